"""Regular expressions of XML Schema (part 2, appendix F), translated into those of Python.

They differ: ``^`` and ``$`` are plain characters, a class may have another one taken from it, ``\\p{L}``
names a category of Unicode, ``\\i`` and ``\\c`` the characters of names. Most values are ASCII, so each
expression is translated twice: first for ASCII alone, which is quick, and for all of Unicode when a value
needs it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final
from unicodedata import category

from tei.relaxng.chars import BLOCKS, NAME_CHARACTERS, NAME_STARTS, Ranges
from tei.relaxng.steady import Either, Matcher, Node, Repeat, Row, Set, steady_matcher

_ASCII: Final = 0x7F
_ALL: Final = sys.maxunicode
_CATEGORIES: Final = frozenset(
    (
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
        "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C",
        "Cc", "Cf", "Co", "Cn", "Cs"
    )
)  # fmt: skip
_SINGLE: Final = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL: Final = frozenset("\\|.-^?*+{}()[]")
_META: Final = frozenset(".\\?*+()|[]")
_LONGEST: Final = 4096
_MOST_REPEATED: Final = 10_000
_DEEPEST: Final = 50
_SIMPLE: Final[dict[str, tuple[int, int | None]]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_FEW: Final = 4
_SHORT: Final = 40
# The word of TEI (teidata.word), the type of most of its attributes. jing, by which schemas are made and
# files judged, lets soft hyphens, characters for private use and others of \p{C} pass here, on every Java
# since version 9; so do we.
_WORD: Final = r"[^\p{C}\p{Z}]+"
_is_word: Final = re.compile("[^ \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+").fullmatch


class RegexError(ValueError):
    """An expression that is not one of XML Schema's."""


@lru_cache(maxsize=4096)
def compile_regex(expression: str) -> Matcher:
    """Return a function that says whether a whole string matches ``expression``.

    :raises RegexError: it is not an expression of XML Schema.
    """
    if len(expression) > _LONGEST:
        raise RegexError(f"longer than {_LONGEST} characters")
    if expression == _WORD:
        return _is_word
    quick = _compile(expression, _ASCII)
    whole: list[Matcher] = []

    def matches(value: str) -> object:
        if value.isascii():
            return quick(value)
        if not whole:
            whole.append(_compile(expression, _ALL))
        return whole[0](value)

    return matches


def _compile(expression: str, last: int) -> Matcher:
    node = _Reader(expression, last).read()
    try:
        quick = re.compile(_written(node), re.DOTALL).fullmatch
    except (re.error, OverflowError, RecursionError) as problem:
        raise RegexError(str(problem)) from problem
    # Python goes back and tries again: a repetition of repetitions may take it for ever, and several side by
    # side too long where a value is long.
    longest = 0 if _nested(node) else _SHORT
    steady: list[Matcher] = []

    def matches(value: str) -> object:
        if len(value) <= longest:
            return quick(value)
        if not steady:
            steady.append(steady_matcher(node))
        return steady[0](value)

    return quick if _harmless(node) else matches


def _nested(node: Node) -> bool:
    """Whether something repeated without end holds something repeated without end, or many times."""
    if isinstance(node, Repeat):
        many = node.most is None or node.most > _FEW
        return (many and _repeats(node.node)) or _nested(node.node)
    return isinstance(node, Either | Row) and any(_nested(part) for part in node.parts)


def _repeats(node: Node) -> bool:
    if isinstance(node, Repeat):
        return node.most is None or node.most > 1 or node.least != node.most or _repeats(node.node)
    return isinstance(node, Either | Row) and any(_repeats(part) for part in node.parts)


def _harmless(node: Node) -> bool:
    """Whether there is at most one repetition: one way, then, to match a value."""
    if isinstance(node, Either):
        return False
    if isinstance(node, Row):
        return sum(_repeats(part) for part in node.parts) < 2 and all(_harmless(part) for part in node.parts)
    return not isinstance(node, Repeat) or isinstance(node.node, Set)


def _written(node: Node) -> str:
    """The expression as Python writes it."""
    if isinstance(node, Either):
        return "(?:" + "|".join(_written(part) for part in node.parts) + ")"
    if isinstance(node, Row):
        return "".join(_written(part) for part in node.parts)
    if isinstance(node, Repeat):
        most = "" if node.most is None else str(node.most)
        return f"(?:{_written(node.node)}){{{node.least},{most}}}"
    if not node.ranges:
        return r"(?!)"
    return (
        "["
        + "".join(_character(a) if a == b else f"{_character(a)}-{_character(b)}" for a, b in node.ranges)
        + "]"
    )


class _Reader:
    """Goes through an expression once; ``last`` is the last character that values may hold."""

    def __init__(self, expression: str, last: int) -> None:
        self.text = expression
        self.at = 0
        self.last = last
        self.depth = 0

    def read(self) -> Node:
        """Return the expression as nodes."""
        result = self._expression()
        if self.at < len(self.text):
            raise RegexError(f"“{self.text[self.at]}” has no place at {self.at + 1}")
        return result

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise RegexError("it ends too early")
        self.at += 1
        return self.text[self.at - 1]

    def _expression(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise RegexError("nested too deeply")
        branches = [self._branch()]
        while self._peek() == "|":
            self._next()
            branches.append(self._branch())
        self.depth -= 1
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _branch(self) -> Node:
        pieces: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            pieces.append(self._quantified(self._atom()))
        return pieces[0] if len(pieces) == 1 else Row(tuple(pieces))

    def _atom(self) -> Node:
        character = self._next()
        if character == "(":
            inside = self._expression()
            if self._next() != ")":
                raise RegexError("a bracket is not closed")
            return inside
        if character == "[":
            return Set(self._class())
        if character == ".":
            return Set(_complement(((10, 10), (13, 13)), self.last))
        if character == "\\":
            return Set(self._escape())
        if character in _META or character in "{}":
            raise RegexError(f"“{character}” has no place at {self.at}")
        return Set(_within(_one(character), self.last))

    def _quantified(self, node: Node) -> Node:
        character = self._peek()
        if character and character in _SIMPLE:
            self._next()
            return Repeat(node, *_SIMPLE[character])
        if character != "{":
            return node
        match = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}").match(self.text, self.at)
        if match is None:
            raise RegexError(f"not a number of repetitions at {self.at + 1}")
        self.at = match.end()
        least = int(match[1])
        most = int(match[3]) if match[3] else None if match[2] else least
        if max(least, most or 0) > _MOST_REPEATED or (most is not None and most < least):
            raise RegexError(f"not a number of repetitions: {match[0]}")
        return Repeat(node, least, most)

    def _escape(self) -> Ranges:
        """What the escape behind a backslash stands for."""
        character = self._next()
        if character in _SINGLE:
            return _one(_SINGLE[character])
        if character in _LITERAL:
            return _one(character)
        if character in "pP":
            match = re.compile(r"\{([A-Za-z0-9\-]+)\}").match(self.text, self.at)
            if match is None:
                raise RegexError(f"a category is expected at {self.at + 1}")
            self.at = match.end()
            found = self._category(match[1])
        elif character in "sS":
            found = ((9, 10), (13, 13), (32, 32))
        elif character in "iI":
            found = _within(NAME_STARTS, self.last)
        elif character in "cC":
            found = _within(NAME_CHARACTERS, self.last)
        elif character in "dD":
            found = self._category("Nd")
        elif character in "wW":
            found = _complement(
                _union([*self._category("P"), *self._category("Z"), *self._category("C")]), self.last
            )
        else:
            raise RegexError(f"there is no \\{character}")
        return _complement(found, self.last) if character.isupper() else found

    def _category(self, name: str) -> Ranges:
        if name.startswith("Is"):
            if name[2:] not in BLOCKS:
                raise RegexError(f"there is no block {name[2:]}")
            return _within(BLOCKS[name[2:]], self.last)
        if name not in _CATEGORIES:
            raise RegexError(f"there is no category {name}")
        return _category_ranges(name, self.last)

    def _class(self) -> Ranges:
        """A class in brackets; the first of them has been read."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise RegexError("nested too deeply")
        negative = self._peek() == "^"
        if negative:
            self._next()
        found: list[tuple[int, int]] = []
        taken: Ranges = ()
        empty = True
        while True:
            character = self._next()
            if character == "]" and not empty:
                break
            if character == "-" and self._peek() == "[" and not empty:
                self._next()
                taken = self._class()
                if self._next() != "]":
                    raise RegexError("a class is not closed")
                break
            empty = False
            found += self._member(character)
        self.depth -= 1
        result = _union(found)
        if negative:
            result = _complement(result, self.last)
        if taken:
            result = _complement(_union([*_complement(result, self.last), *taken]), self.last)
        return _within(result, self.last)

    def _member(self, character: str) -> Ranges:
        """One character, escape or range of a class; ``character`` is its first."""
        if character == "\\":
            first = self._escape()
        elif character in "[]":
            raise RegexError(f"“{character}” has no place at {self.at}")
        else:
            first = _one(character)
        following = self.text[self.at + 1 : self.at + 2]
        if self._peek() != "-" or following in ("", "[", "]") or first[0][0] != first[-1][1]:
            return first
        if character == "-":
            return first
        self._next()
        end = self._next()
        last = self._escape() if end == "\\" else _one(end)
        if last[0][0] != last[-1][1] or last[0][0] < first[0][0]:
            raise RegexError(f"not a range before {self.at + 1}")
        return ((first[0][0], last[0][0]),)


def _character(code: int) -> str:
    return f"\\U{code:08x}"


def _one(character: str) -> Ranges:
    return ((ord(character), ord(character)),)


def _union(ranges: Iterable[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _complement(ranges: Ranges, last: int) -> Ranges:
    found: list[tuple[int, int]] = []
    start = 0
    for first, end in ranges:
        if first > start:
            found.append((start, min(first - 1, last)))
        start = end + 1
        if start > last:
            break
    if start <= last:
        found.append((start, last))
    return tuple(found)


def _within(ranges: Ranges, last: int) -> Ranges:
    return tuple((first, min(end, last)) for first, end in ranges if first <= last)


@cache
def _category_ranges(name: str, last: int) -> Ranges:
    return _union(
        pair for key, ranges in _all_categories(last).items() if key.startswith(name) for pair in ranges
    )


@cache
def _all_categories(last: int) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    start, before = 0, category("\0")
    for code in range(1, last + 1):
        now = category(chr(code))
        if now != before:
            found.setdefault(before, []).append((start, code - 1))
            start, before = code, now
    found.setdefault(before, []).append((start, last))
    return found
