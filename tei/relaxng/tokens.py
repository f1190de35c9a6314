"""The tokens of the compact syntax of RELAX NG (its specification, section 2 and 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from tei.errors import LimitError, SchemaError

TokenKind = Literal["word", "literal", "sign", "note", "end"]

KEYWORDS: Final = frozenset(
    (
        "attribute", "default", "datatypes", "div", "element", "empty", "external", "grammar",
        "include", "inherit", "list", "mixed", "namespace", "notAllowed", "parent", "start", "string",
        "text", "token"
    )
)  # fmt: skip
_MOST: Final = 2_000_000
_NAME: Final = r"[^\W\d][\w.\-·]*"
_TOKEN: Final = re.compile(
    rf"""(?P<space>[ \t\r\n]+)
    |(?P<comment>\#[^\r\n]*)
    |(?P<literal>\"\"\".*?\"\"\"|\'\'\'.*?\'\'\'|"[^"\r\n]*"|'[^'\r\n]*')
    |(?P<word>\\?{_NAME}(?::(?:\\?{_NAME}|\*))?)
    |(?P<sign>\|=|&=|>>|[=|&,?*+~(){{}}\[\]\-])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\x+\{([0-9A-Fa-f]{1,6})\}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token; ``text`` is what it says, without quotes. A ``note`` is an annotation in brackets."""

    kind: TokenKind
    text: str
    line: int
    column: int


def tokenize(text: str, path: Path) -> list[Token]:
    """Return the tokens of ``text``, the last one of the kind ``end``; comments are left out.

    :raises SchemaError: something in it is no token.
    """
    # Escaped letters may be part of a name; what else is escaped, quotes say, is only text in a literal.
    text = _ESCAPE.sub(lambda m: _character(m, path) if _character(m, path).isalnum() else m[0], text)
    found: list[Token] = []
    at, line, begin = 0, 1, 0
    depth, opened = 0, (1, 1)
    while at < len(text):
        match = _TOKEN.match(text, at)
        place = (line, at - begin + 1)
        if match is None:
            raise SchemaError(f"“{text[at]}” has no place here", path=path, line=place[0], column=place[1])
        said, kind = match[0], match.lastgroup
        at = match.end()
        if "\n" in said:
            line += said.count("\n")
            begin = match.start() + said.rindex("\n") + 1
        if kind in ("space", "comment"):
            continue
        if said == "[":
            opened = place if depth == 0 else opened
            depth += 1
        elif said == "]":
            depth -= 1
            if depth < 0:
                raise SchemaError("“]” has no place here", path=path, line=place[0], column=place[1])
            if depth == 0:
                found.append(Token("note", "", *opened))
        elif depth == 0:
            found.append(_token(kind, said, place, path))
            if len(found) > _MOST:
                raise LimitError("the schema is too large", path=path)
    if depth:
        raise SchemaError("“[” is never closed", path=path, line=opened[0], column=opened[1])
    found.append(Token("end", "", line, at - begin + 1))
    return found


def _token(kind: str | None, said: str, place: tuple[int, int], path: Path) -> Token:
    if kind == "literal":
        quotes = 3 if len(said) >= 6 and said[:3] in ('"""', "'''") else 1
        text = _ESCAPE.sub(lambda match: _character(match, path), said[quotes:-quotes])
        return Token("literal", text, *place)
    return Token("word" if kind == "word" else "sign", said, *place)


def _character(match: re.Match[str], path: Path) -> str:
    code = int(match[1], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise SchemaError(f"there is no character {match[0]}", path=path)
    return chr(code)
