"""Patterns in memory: each different one is made once, so that two are equal when they are the same object.

They are made from the table of a :class:`~tei.relaxng.grammar.Grammar` when they are needed: most files use a
small part of a large schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tei.errors import LimitError
from tei.relaxng import grammar as g
from tei.relaxng.datatypes import Datatype, datatype
from tei.relaxng.grammar import Grammar
from tei.relaxng.names import NameClass

MAX_PATTERNS: Final = 200_000
"""How many patterns are kept at once; tei_all with all its files needs some thousands."""
MAX_OPTIONS: Final = 20_000
MAX_WORK: Final = 500_000
"""How much may be worked out in one go, in options weighed; a file with all of TEI needs some thousands."""
_PATTERN: Final = 5  # what a new pattern counts for
_LONG: Final = 60
_AMBIGUOUS: Final = "the schema is too ambiguous: there are too many ways in which the document could go on"


class Pattern:
    """A pattern. ``nullable``: empty content matches it; the other three say what stands in it."""

    __slots__ = ("attributes", "nullable", "opened", "strings", "texts")

    nullable: bool
    attributes: bool
    """Attributes stand in it, outside of its elements."""
    strings: bool
    """``data``, ``value`` or ``list`` stand in it, outside of its elements and attributes."""
    texts: bool
    """``text`` stands in it, outside of its elements and attributes."""
    opened: dict[str, tuple[tuple[Element, Pattern], ...]] | None
    """For :mod:`tei.relaxng.derivatives`: what is left behind an element, by its name."""

    def __init__(self, *, nullable: bool = False, parts: Iterable[Pattern] = ()) -> None:
        self.nullable = nullable
        self.opened = None
        self.attributes = self.strings = self.texts = False
        for part in parts:
            self.attributes |= part.attributes
            self.strings |= part.strings
            self.texts |= part.texts


class Empty(Pattern):
    """Nothing at all."""

    __slots__ = ()


class NotAllowed(Pattern):
    """What no content matches."""

    __slots__ = ()


class Text(Pattern):
    """Any text."""

    __slots__ = ()


class Choice(Pattern):
    """One of several; never one of them a choice again."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[Pattern, ...]) -> None:
        super().__init__(nullable=any(option.nullable for option in options), parts=options)
        self.options = options


class Group(Pattern):
    """One and then the other; the first of them is a group again only where that is a long one."""

    __slots__ = ("left", "length", "right")

    def __init__(self, left: Pattern, right: Pattern) -> None:
        super().__init__(nullable=left.nullable and right.nullable, parts=(left, right))
        self.left = left
        self.right = right
        self.length: int = _length(left) + _length(right)


class Interleave(Pattern):
    """Both, their parts in any order among each other."""

    __slots__ = ("left", "right")

    def __init__(self, left: Pattern, right: Pattern) -> None:
        super().__init__(nullable=left.nullable and right.nullable, parts=(left, right))
        self.left = left
        self.right = right


class OneOrMore(Pattern):
    """The same once or more."""

    __slots__ = ("body",)

    def __init__(self, body: Pattern) -> None:
        super().__init__(nullable=body.nullable, parts=(body,))
        self.body = body


class Attribute(Pattern):
    """An attribute; ``value`` is what it holds."""

    __slots__ = ("name", "value")

    def __init__(self, name: NameClass, value: Pattern) -> None:
        super().__init__()
        self.attributes = True
        self.name = name
        self.value = value


class Element(Pattern):
    """An element; ``content`` is the number of its content in the grammar."""

    __slots__ = ("content", "name")

    def __init__(self, name: NameClass, content: int) -> None:
        super().__init__()
        self.name = name
        self.content = content


class Data(Pattern):
    """A text of a datatype that does not match ``excluded``."""

    __slots__ = ("excluded", "type")

    def __init__(self, kind: Datatype, excluded: Pattern | None) -> None:
        super().__init__()
        self.strings = True
        self.type = kind
        self.excluded = excluded


class Value(Pattern):
    """One value of a datatype."""

    __slots__ = ("key", "text", "type")

    def __init__(self, kind: Datatype, text: str) -> None:
        super().__init__()
        self.strings = True
        self.type = kind
        self.text = text
        self.key = kind.key(text)


class List(Pattern):
    """Words with white space in between."""

    __slots__ = ("body",)

    def __init__(self, body: Pattern) -> None:
        super().__init__()
        self.strings = True
        self.body = body


def _length(pattern: Pattern) -> int:
    return min(pattern.length, _LONG) if isinstance(pattern, Group) else 1


EMPTY: Final = Empty(nullable=True)
NOT_ALLOWED: Final = NotAllowed()
TEXT: Final = Text(nullable=True)
TEXT.texts = True


class Patterns:
    """Makes the patterns of one grammar, each once."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.work = 0
        self._numbers: dict[int, Pattern] = {}
        self._made: dict[tuple[object, ...], Pattern] = {}

    @property
    def crowded(self) -> bool:
        """Whether there are so many patterns that they had better be forgotten."""
        return len(self._made) > MAX_PATTERNS

    def forget(self) -> None:
        """Forget all patterns; those in use stay valid, but are no longer found to be equal to new ones."""
        self._numbers.clear()
        self._made.clear()

    def _add_work(self, amount: int) -> None:
        self.work += amount
        if self.work > MAX_WORK:
            raise LimitError(_AMBIGUOUS)

    def choice(self, options: Iterable[Pattern]) -> Pattern:
        """Return the choice of ``options``, as simple as can be."""
        found: dict[Pattern, None] = {}
        for option in options:
            self.work += 1
            if option.__class__ is Choice:
                found.update(dict.fromkeys(option.options))
            elif option is not NOT_ALLOWED:
                found[option] = None
        if EMPTY in found and any(option.nullable for option in found if option is not EMPTY):
            del found[EMPTY]
        if len(found) < 2:
            return next(iter(found), NOT_ALLOWED)
        if len(found) > MAX_OPTIONS:
            raise LimitError(_AMBIGUOUS)
        self._add_work(len(found))
        key = ("|", frozenset(found))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Choice(tuple(found))
        return made

    def group(self, left: Pattern, right: Pattern) -> Pattern:
        """Return ``left`` followed by ``right``."""
        if left is NOT_ALLOWED or right is NOT_ALLOWED:
            return NOT_ALLOWED
        if left is EMPTY:
            return right
        if right is EMPTY:
            return left
        # Spelled from the right, equal groups are found to be equal however they came about. Long ones stay
        # as they are: a group of groups of the same may be longer than any memory.
        while isinstance(left, Group) and left.length <= _LONG:
            first, then = left.left, left.right
            left, right = first, self.group(then, right)
        key = (",", left, right)
        made = self._made.get(key)
        if made is None:
            self._add_work(_PATTERN)
            made = self._made[key] = Group(left, right)
        return made

    def interleave(self, left: Pattern, right: Pattern) -> Pattern:
        """Return ``left`` and ``right``, their parts in any order among each other."""
        if left is NOT_ALLOWED or right is NOT_ALLOWED:
            return NOT_ALLOWED
        if left is EMPTY:
            return right
        if right is EMPTY:
            return left
        key = ("&", frozenset((left, right)), left is right)
        made = self._made.get(key)
        if made is None:
            self._add_work(_PATTERN)
            made = self._made[key] = Interleave(left, right)
        return made

    def more(self, body: Pattern) -> Pattern:
        """Return ``body`` once or more."""
        if body is NOT_ALLOWED or body is EMPTY or body is TEXT or isinstance(body, OneOrMore):
            return body
        key = ("+", body)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = OneOrMore(body)
        return made

    def optional(self, body: Pattern) -> Pattern:
        """Return ``body`` or nothing."""
        return body if body.nullable else self.choice((body, EMPTY))

    def element(self, number: int) -> Element:
        """Return the element that stands at ``number`` in the grammar."""
        found = self.pattern(number)
        assert isinstance(found, Element)
        return found

    def pattern(self, number: int) -> Pattern:
        """Return the pattern that stands at ``number`` in the grammar."""
        made = self._numbers.get(number)
        if made is None:
            try:
                made = self._make(number)
            except RecursionError as problem:
                raise LimitError("the patterns of the schema are nested too deeply") from problem
            self._numbers[number] = made
        return made

    def _make(self, number: int) -> Pattern:
        node = self.grammar.nodes[number]
        kind = node[0]
        if kind == g.ELEMENT:
            return self._element(node[1], node[2])
        if kind == g.ATTRIBUTE:
            return self._attribute(node[1], self.pattern(node[2]))
        if kind == g.CHOICE:
            return self.choice([self.pattern(part) for part in node[1]])
        if kind in (g.GROUP, g.INTERLEAVE):
            join = self.group if kind == g.GROUP else self.interleave
            made: Pattern = EMPTY
            for part in reversed(node[1]):
                made = join(self.pattern(part), made)
            return made
        if kind == g.MORE:
            return self.more(self.pattern(node[1]))
        return self._leaf(node)

    def _leaf(self, node: g.Node) -> Pattern:
        kind = node[0]
        if kind == g.DATA:
            type_, number = datatype(node[1], node[2], node[3]), node[4]
            excluded = None if number is None else self.pattern(number)
            return self._kept(("data", type_, excluded), Data(type_, excluded))
        if kind == g.VALUE:
            type_ = datatype(node[1], node[2])
            return self._kept(("value", type_, node[3]), Value(type_, node[3]))
        if kind == g.LIST:
            body = self.pattern(node[1])
            return NOT_ALLOWED if body is NOT_ALLOWED else self._kept(("list", body), List(body))
        return TEXT if kind == g.TEXT else EMPTY if kind == g.EMPTY else NOT_ALLOWED

    def _element(self, name: NameClass, content: int) -> Pattern:
        return self._kept(("element", name, content), Element(name, content))

    def _attribute(self, name: NameClass, value: Pattern) -> Pattern:
        if value is NOT_ALLOWED:
            return NOT_ALLOWED
        return self._kept(("attribute", name, value), Attribute(name, value))

    def _kept(self, key: tuple[object, ...], made: Pattern) -> Pattern:
        return self._made.setdefault(key, made)


def attributes_in(pattern: Pattern) -> Iterator[Attribute]:
    """Yield the attributes that stand in ``pattern`` outside of its elements, each once, in order."""
    seen: set[Pattern] = {pattern}
    ahead = [pattern]
    while ahead:
        part = ahead.pop()
        if isinstance(part, Attribute):
            yield part
        elif part.attributes:
            for child in reversed(parts_of(part)):
                if child.attributes and child not in seen:
                    seen.add(child)
                    ahead.append(child)


def parts_of(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return the parts of ``pattern``, but for those inside of elements, attributes and lists."""
    if isinstance(pattern, Choice):
        return pattern.options
    if isinstance(pattern, Group | Interleave):
        return (pattern.left, pattern.right)
    if isinstance(pattern, OneOrMore):
        return (pattern.body,)
    return ()
