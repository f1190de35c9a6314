"""Cut an XPath expression into tokens, so that it can be looked at before anything runs it.

XPath 1.0 to 3.1 (W3C) share these tokens; what one version alone has is a token like any other here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple, cast

from tei.errors import SchemaError

MAX_LENGTH: Final = 20_000
"""The longest expression that is read, in characters; the longest in tei_all has one thousand."""

Kind = Literal["name", "number", "string", "variable", "mark"]

_NAME: Final = r"[^\W\d][\w.\-·]*"
_TOKEN: Final = re.compile(
    rf"""(?P<space>\s+)
    |(?P<comment>\(:)
    |(?P<string>"(?:[^"]|"")*"|'(?:[^']|'')*')
    |(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+\-]?[0-9]+)?|\.[0-9]+(?:[eE][+\-]?[0-9]+)?)
    |(?P<variable>\$\s*{_NAME}(?::{_NAME})?)
    |(?P<name>{_NAME}(?::(?:{_NAME}|\*(?!:)))?|\*:{_NAME}|Q\{{[^{{}}]*\}}{_NAME})
    |(?P<mark>::|:=|//|\.\.|!=|<=|>=|<<|>>|\|\||=>|[/.@()\[\],|+\-*=<>!?#{{}}:])""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token: its kind, its text, and where it begins and ends in the expression."""

    kind: Kind
    text: str
    start: int
    end: int


def tokens(expression: str) -> list[Token]:
    """Return the tokens of ``expression``, comments and white space left out.

    :raises SchemaError: it is too long, or has a character that no token begins with.
    """
    if len(expression) > MAX_LENGTH:
        raise SchemaError(f"an expression is longer than {MAX_LENGTH} characters")
    found: list[Token] = []
    at = 0
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            raise SchemaError(_unreadable(expression, at))
        at = match.end()
        kind = match.lastgroup
        if kind == "comment":
            at = _behind_comment(expression, at)
        elif kind != "space":
            text = match[0] if kind != "variable" else "$" + match[0][1:].strip()
            found.append(Token(cast("Kind", kind), text, match.start(), at))
    return found


def alternatives(expression: str) -> list[str]:
    """Return the parts of a pattern ``a | b``, cut at each ``|`` that stands in no bracket."""
    parts: list[str] = []
    depth = start = 0
    for token in tokens(expression):
        if token.text in ("(", "[", "{"):
            depth += 1
        elif token.text in (")", "]", "}"):
            depth -= 1
        elif depth == 0 and token.text in ("|", "union") and token.kind in ("mark", "name"):
            parts.append(expression[start : token.start].strip())
            start = token.end
    return [*parts, expression[start:].strip()]


def replaced(expression: str, change: Callable[[list[Token], int], tuple[str, int] | None]) -> str:
    """Return ``expression`` with tokens replaced.

    ``change`` gets all tokens and the number of one of them; it returns the new text and how many tokens it
    stands for, or ``None`` to leave this one as it is.
    """
    pieces: list[str] = []
    all_tokens = tokens(expression)
    at = number = 0
    while number < len(all_tokens):
        new = change(all_tokens, number)
        if new is None:
            number += 1
            continue
        text, taken = new
        pieces += [expression[at : all_tokens[number].start], text]
        at = all_tokens[number + taken - 1].end
        number += taken
    return "".join([*pieces, expression[at:]])


def variables(expression: str) -> list[str]:
    """Return the names of the variables that ``expression`` uses, without ``$``."""
    return [token.text[1:] for token in tokens(expression) if token.kind == "variable"]


def prefixes(all_tokens: Iterable[Token]) -> set[str]:
    """Return the namespace prefixes of the names and variables in ``all_tokens``."""
    return {
        token.text.removeprefix("$").partition(":")[0]
        for token in all_tokens
        if token.kind in ("name", "variable") and ":" in token.text and token.text[0] not in "*Q"
    }


def _behind_comment(expression: str, at: int) -> int:
    """Return the place behind a comment that was opened before ``at``; comments may hold others."""
    depth = 1
    while depth:
        match = re.compile(r"\(:|:\)").search(expression, at)
        if match is None:
            raise SchemaError("a comment “(:” of an expression is not closed")
        depth += 1 if match[0] == "(:" else -1
        at = match.end()
    return at


def _unreadable(expression: str, at: int) -> str:
    if expression[at] in "\"'":
        return f"a quotation mark is not closed in the expression: {expression[at:][:40]}"
    return f"“{expression[at]}” has no place in the expression, at character {at + 1}"
