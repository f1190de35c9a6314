"""Why is a file not well-formed? Said in words that need no knowledge of parsers.

A parser stops where it cannot go on, which may be a chapter behind the mistake: a closing tag that is missing
is missed only when another one comes. Here the file is read once more, with the open elements in mind.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from tei.errors import LimitError, ParseError
from tei.names import FORBIDDEN
from tei.places import Place, place_at, text_of

# Tags, attributes and references that are looked at; beyond them the parser's own words have to do.
_MOST: Final = 400_000
_NAME: Final = re.compile(r"[^\W\d][\w.\-·]*+(?::[^\W\d][\w.\-·]*+)?")
_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,8};|#x[0-9A-Fa-f]{1,7};|([^\W\d][\w.\-]{0,60});)?")
_PREFIX: Final = re.compile(r"xmlns:([\w.\-]+)\s*=")
_KNOWN: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})
_QUOTED: Final = {'"': re.compile(r'"[^"]*+"'), "'": re.compile(r"'[^']*+'")}
_DECLARATION: Final = re.compile(r"<!DOCTYPE(?:\"[^\"]*+\"|'[^']*+'|\[[^\]]*+\]|[^\[>\"'])*+>")
# What git and ``tei merge --base`` write at the beginning of a line, before the first of two versions.
_CONFLICT: Final = re.compile(r"<{7}(?: |\r?\n|\Z)")
_SHOWN: Final = 30

_OPEN_BLOCKS: Final = frozenset(
    {
        "ab",
        "argument",
        "back",
        "body",
        "byline",
        "closer",
        "div",
        "epigraph",
        "front",
        "head",
        "opener",
        "p",
        "sp",
    }
    | {"signed", "salute", "teiHeader", "text", "trailer"}
)
# What cannot stand in an element, so that the element must have ended before it.
_ENDED_BY: Final = {
    **dict.fromkeys(("p", "ab", "head", "trailer", "opener", "closer", "byline"), _OPEN_BLOCKS),
    **dict.fromkeys(("l", "lg"), _OPEN_BLOCKS),
    "item": frozenset({"item", "div", "head", "sp", "back", "body"}),
    "note": frozenset({"note", "div", "head", "sp", "back", "body"}),
    "sp": frozenset({"sp", "div", "head", "back", "body"}),
    "list": frozenset({"div", "sp", "back", "body"}),
    "row": frozenset({"row"}),
    "cell": frozenset({"cell", "row"}),
    "div": frozenset({"back", "body", "front"}),
    "front": frozenset({"back", "body"}),
    "body": frozenset({"back"}),
    "teiHeader": frozenset({"text"}),
}
# These may stand behind the end of what they interrupt.
_ASIDE: Final = frozenset({"note", "fw"})
_NOT_IN_ITSELF: Final = frozenset({"l", "front", "body"})


def explain(data: bytes, error: ParseError | LimitError) -> ParseError | LimitError:
    """Return ``error``, which parsing ``data`` raised, with a better message and place where one is found."""
    if isinstance(error, LimitError) or not error.message.startswith("not well-formed"):
        return error
    found = _bad_bytes(data) or _Reading(text_of(data)).mistake()
    if found is None:
        return error
    line, column = found.place
    return ParseError(
        f"not well-formed: {found.message}", path=error.path, line=line, column=column, hint=found.hint
    )


class _Mistake(NamedTuple):
    message: str
    place: Place
    hint: str | None


class _StopError(Exception):
    """The first mistake was found."""

    def __init__(self, offset: int, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


class _GiveUpError(Exception):
    """There is too much to be looked at."""


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, its type, where it begins, where it must have ended."""

    name: str
    type: str | None
    offset: int
    ended: int | None = None
    last: int = 0  # the end of the last words or elements in it that notes and the like do not count as
    loose: int | None = None  # where words begin that stand in it without a paragraph around them


def _bad_bytes(data: bytes) -> _Mistake | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        return _Mistake(
            f"the byte 0x{data[error.start]:02X} is no UTF-8",
            place_at(before, len(before)),
            "save the file as UTF-8; it may be in Latin-1 or in an encoding of Windows",
        )
    return None


class _Reading:
    """One pass over a file, up to the first mistake."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.stack: list[_Open] = []
        self.prefixes = frozenset(_PREFIX.findall(raw))
        self.root: _Open | None = None
        self.steps = 0

    def mistake(self) -> _Mistake | None:
        """The first mistake that is understood, ``None`` if there is none."""
        try:
            self._read()
        except _GiveUpError:
            return None
        except _StopError as stop:
            return _Mistake(stop.message, place_at(self.raw, stop.offset), stop.hint)
        return None

    def _read(self) -> None:
        raw, at, size = self.raw, 0, len(self.raw)
        while at < size:
            sign = raw.find("<", at)
            self._text(at, sign if sign >= 0 else size)
            if sign < 0:
                break
            at = self._markup(sign)
        if self.stack:
            self._unclosed(size, None)
        if self.root is None:
            raise _StopError(0, "there is no element in the file", "a TEI file begins with <TEI …>")

    def _count_on(self) -> None:
        self.steps += 1
        if self.steps > _MOST:
            raise _GiveUpError

    def _text(self, start: int, end: int) -> None:
        raw = self.raw
        bad = FORBIDDEN.search(raw, start, end)
        sign = raw.find("&", start, end)
        while sign >= 0:
            if bad is not None and bad.start() < sign:
                break
            self._reference(sign)
            sign = raw.find("&", sign + 1, end)
        if bad is not None:
            raise _StopError(
                bad.start(),
                f"the character U+{ord(bad[0]):04X} is a control character, which XML forbids",
                "remove it",
            )
        if self.stack and self.stack[-1].name in _WITHOUT_WORDS and self.stack[-1].loose is None:
            words = raw[start:end]
            if words.strip():
                self.stack[-1].loose = start + len(words) - len(words.lstrip())
        if self.stack and self.stack[-1].ended is None and (words := raw[start:end].rstrip()):
            top = self.stack[-1]
            if self._behind_blank(top, "", start + len(words) - len(words.lstrip())):
                top.ended = start
            else:
                top.last = start + len(words)
        if not self.stack and (words := raw[start:end].strip()):
            where = (
                "before the first element" if self.root is None else f"behind the end of <{self.root.name}>"
            )
            offset = start + raw[start:end].index(words[0])
            raise _StopError(offset, f"text stands {where}: “{_short(words)}”", "put it inside, or remove it")
        cdata_end = raw.find("]]>", start, end)
        if cdata_end >= 0:
            raise _StopError(cdata_end, "]]> stands in the text", "write ]]&gt;")

    def _reference(self, at: int) -> None:
        self._count_on()
        match = _REFERENCE.match(self.raw, at)
        assert match is not None
        if match[0].startswith("&#"):
            code = int(match[0][3:-1], 16) if match[0][2] == "x" else int(match[0][2:-1])
            if code > sys.maxunicode or FORBIDDEN.match(chr(code)):
                raise _StopError(at, f"{match[0]} is a character that XML forbids", "remove it")
        if match[0] == "&":
            words = self.raw[at : at + 20].split("\n")[0]
            raise _StopError(at, f"& stands by itself: “{_short(words)}”", "write &amp;")
        if match[1] and match[1] not in _KNOWN:
            raise _StopError(
                at,
                f"the entity &{match[1]}; is not declared",
                f"write the character itself; if an ampersand is meant, write &amp;{match[1]};",
            )

    def _markup(self, at: int) -> int:
        self._count_on()
        raw = self.raw
        for opening, closing, what in _SECTIONS:
            if raw.startswith(opening, at):
                end = raw.find(closing, at + len(opening))
                if end < 0:
                    raise _StopError(at, f"{what} begins here and does not end", f"end it with {closing}")
                if opening == "<!--" and (dashes := raw.find("--", at + 4, end + 1)) >= 0:
                    raise _StopError(
                        dashes, "-- stands inside a comment", "write one dash, or two with a space between"
                    )
                if opening == "<?" and at > 0 and raw.startswith("<?xml", at) and raw[at + 5] in " \t\r\n":
                    raise _StopError(
                        at, "the XML declaration is not at the very beginning of the file", "move it there"
                    )
                return end + len(closing)
        if raw.startswith("<!DOCTYPE", at):
            match = _DECLARATION.match(raw, at)
            if match is None:
                raise _StopError(at, "the document type does not end", "end it with >")
            return match.end()
        if raw.startswith("</", at):
            return self._closing(at)
        if _CONFLICT.match(raw, at) and (at == 0 or raw[at - 1] == "\n"):
            raise _StopError(
                at,
                "a merge has left a conflict here",
                "keep one of the two parts, and take out the lines with <<<<<<<, ======= and >>>>>>>",
            )
        name = _NAME.match(raw, at + 1)
        if name is None:
            raise _StopError(
                at, f"< stands in the text: “{_short(raw[at : at + 20])}”", "write &lt; for the sign itself"
            )
        return self._opening(at, name[0], name.end())

    def _opening(self, start: int, name: str, at: int) -> int:
        raw = self.raw
        seen: set[str] = set()
        kind = None
        while True:
            space = _SPACE.match(raw, at)
            assert space is not None
            at, spaced = space.end(), space.end() > space.start()
            if raw.startswith("/>", at):
                self._begin(start, name, kind, empty=True)
                return at + 2
            if raw.startswith(">", at):
                self._begin(start, name, kind, empty=False)
                return at + 1
            attribute, value, begin, at = self._attribute(start, name, at)
            if not spaced:
                raise _StopError(
                    begin,
                    f"a space is missing before {attribute} in <{name}>",
                    f'write <{name} … {attribute}="…">',
                )
            if attribute in seen:
                raise _StopError(begin, f"<{name}> has the attribute {attribute} twice", "leave one of them")
            self._declared(attribute, begin)
            seen.add(attribute)
            kind = value if attribute == "type" else kind

    def _attribute(self, start: int, name: str, begin: int) -> tuple[str, str, int, int]:
        self._count_on()
        raw = self.raw
        found = _NAME.match(raw, begin)
        if found is None:
            if begin >= len(raw) or raw[begin] == "<":
                raise _StopError(
                    start,
                    f"the tag <{name} is not closed by >",
                    "write > at its end; for the sign itself write &lt;",
                )
            message = f"{raw[begin]} stands where an attribute or the end of the tag <{name}> is expected"
            raise _StopError(begin, message, "check the quotation marks of the attributes before it")
        attribute = found[0]
        space = _SPACE.match(raw, found.end())
        assert space is not None
        if space.end() >= len(raw):
            raise _StopError(
                start,
                f"the file ends in the middle of the tag <{name}",
                "was it saved or copied as a whole? its last part is missing",
            )
        if not raw.startswith("=", space.end()):
            hint = f'write {attribute}="…"; if < is meant as a sign, write &lt;'
            raise _StopError(begin, f"the attribute {attribute} of <{name}> has no value", hint)
        space = _SPACE.match(raw, space.end() + 1)
        assert space is not None
        at = space.end()
        quoted = _QUOTED.get(raw[at : at + 1])
        if quoted is None:
            hint = f'write {attribute}="…"'
            raise _StopError(begin, f"the value of {attribute} of <{name}> is not in quotation marks", hint)
        value = quoted.match(raw, at)
        if value is None or "<" in value[0]:
            message = (
                f"the value of {attribute} of <{name}> does not end: its closing quotation mark is missing"
            )
            if value is not None and not re.search(r"<[\w/]", value[0]):
                message = f"the value of {attribute} of <{name}> holds the sign <"
            raise _StopError(begin, message, f'write {attribute}="…"; for the sign < itself write &lt;')
        for reference in re.finditer("&", value[0]):
            self._reference(at + reference.start())
        return attribute, value[0][1:-1], begin, value.end()

    def _declared(self, name: str, at: int) -> None:
        prefix, colon, _ = name.partition(":")
        # Declared anywhere: nearer than that is not needed to tell a mistake.
        if colon and prefix not in {"xml", "xmlns"} and prefix not in self.prefixes:
            raise _StopError(
                at,
                f"the prefix {prefix} of {name} is not declared",
                f'write xmlns:{prefix}="…" with its namespace into the first tag, or leave the prefix out',
            )

    def _begin(self, start: int, name: str, kind: str | None, *, empty: bool) -> None:
        self._declared(name, start)
        one = _Open(name, kind, start)
        if not self.stack:
            if self.root is not None:
                raise _StopError(
                    start,
                    f"<{name}> is a second outermost element; <{self.root.name}> has ended before it",
                    "a file has one element around all others: was its closing tag written too early?",
                )
            self.root = one
        else:
            parent = self.stack[-1]
            if parent.ended is None and (_ends(parent, one) or self._behind_blank(parent, name, start)):
                parent.ended = start
        if not empty:
            self.stack.append(one)

    def _behind_blank(self, parent: _Open, name: str, start: int) -> bool:
        """Whether an empty line stands before ``start``: a paragraph has none, unless a page ends in it."""
        if parent.name not in _WITHOUT_BLANK or not parent.last or name in _EMPTY:
            return False
        gap = self.raw[parent.last : start]
        return (
            len(gap) <= _NEAR
            and _BLANK_LINE.search(gap) is not None
            and "<pb" not in gap
            and "<fw" not in gap
        )

    def _closing(self, at: int) -> int:
        raw = self.raw
        name = _NAME.match(raw, at + 2)
        end = raw.find(">", at)
        if name is None or end < 0 or raw[name.end() : end].strip():
            shown = _short(raw[at : at + 20].split("\n")[0])
            raise _StopError(at, f"this is no whole closing tag: “{shown}”", "write it as </name>")
        if not self.stack:
            raise _StopError(at, f"the closing tag </{name[0]}> has no opening tag", "remove it")
        if self.stack[-1].name != name[0]:
            self._mismatch(at, name[0], end + 1)
        self.stack.pop()
        if self.stack and self.stack[-1].ended is None and name[0] not in _ASIDE:
            self.stack[-1].last = end + 1
        return end + 1

    def _mismatch(self, at: int, found: str, behind: int) -> None:
        top = self.stack[-1]
        opened = f"<{top.name}>, opened in line {self._line(top.offset)},"
        if self._closes_more(found) and not self._opens_more(top.name):
            if top.loose is not None:
                message = f"<{found}> is missing here: </{found}> follows in line {self._line(at)}"
                raise _StopError(
                    top.loose, message, f"write <{found}> before the words, or remove </{found}>"
                )
            hint = f"remove it, or write <{found}> where the element begins"
            raise _StopError(at, f"the closing tag </{found}> has no opening tag", hint)
        if found in (one.name for one in self.stack):
            if re.match(rf"\s*</{re.escape(top.name)}\s*>", self.raw[behind : behind + 200]):
                message = f"{opened} must be closed before </{found}>: elements may not overlap"
                raise _StopError(at, message, f"write </{top.name}></{found}>")
            self._unclosed(at, found)
        expected = f"</{top.name}> is expected here: {opened} is still open, and </{found}> closes nothing"
        if SequenceMatcher(None, found, top.name).ratio() < _ALIKE and self._closed_soon(top.name, behind):
            raise _StopError(at, f"the closing tag </{found}> has no opening tag", "remove it")
        if self._count(found) > self._count(top.name) + 1:
            # The file knows the name of the closing tag: it is the opening one that is misspelt.
            raise _StopError(
                top.offset,
                f"<{top.name}> is closed by </{found}> in line {self._line(at)}",
                f"write the same name in both tags: <{found}>",
            )
        raise _StopError(at, expected, f"write </{top.name}>")

    def _closes_more(self, name: str) -> bool:
        """Whether the file has more closing tags of this name than opening ones."""
        return self.raw.count(f"</{name}>") > self._opening_tags(name)

    def _opens_more(self, name: str) -> bool:
        return self.raw.count(f"</{name}>") < self._opening_tags(name)

    def _opening_tags(self, name: str) -> int:
        return sum(self.raw.count(f"<{name}{behind}") for behind in " >\n\r\t")

    def _count(self, name: str) -> int:
        return sum(
            self.raw.count(f"{before}{name}{behind}") for before in ("<", "</") for behind in (" ", ">")
        )

    def _closed_soon(self, name: str, behind: int) -> bool:
        following = re.compile(r"</([^\s>]+)").search(self.raw, behind)
        return following is not None and following[1] == name

    def _unclosed(self, at: int, found: str | None) -> None:
        """The innermost open element has no end. Say where it should be, as well as can be told."""
        top = self.stack[-1]
        offset, name = top.offset, top.name
        where = "the file ends" if found is None else f"</{found}> follows in line {self._line(at)}"
        if name in _ENDED_BY and top.last > offset:
            opened = f"the <{name}> opened in line {self._line(offset)} is not closed"
            message = f"</{name}> is missing: {opened}, and {where}"
            raise _StopError(top.last, message, f"write </{name}> here, if the element ends here")
        message = f"<{name}> is not closed: </{name}> is missing, and {where}"
        raise _StopError(offset, message, f"write </{name}> where the element ends")

    def _line(self, offset: int) -> int | None:
        return place_at(self.raw, offset).line


_ALIKE: Final = 0.5
_NEAR: Final = 1000
_WITHOUT_BLANK: Final = frozenset({"p"})
# Words in these have a paragraph, a heading or the like around them.
_WITHOUT_WORDS: Final = frozenset({"back", "body", "cit", "div", "front", "lg", "list", "sp", "table"})
_EMPTY: Final = frozenset({"lb", "pb", "cb", "milestone", "fw", "note"})
_BLANK_LINE: Final = re.compile(r"\n[ \t]*(?:<lb\b[^<>]*>)?[ \t]*\r?\n")
_SECTIONS: Final = (
    ("<!--", "-->", "a comment"),
    ("<![CDATA[", "]]>", "a CDATA section"),
    ("<?", "?>", "a processing instruction"),
)


def _ends(parent: _Open, child: _Open) -> bool:
    """Whether ``child`` cannot stand in ``parent``, which therefore should have ended before it."""
    if parent.name == child.name == "div":
        return parent.type is not None and parent.type == child.type
    return child.name in _ENDED_BY.get(parent.name, ()) or (
        parent.name == child.name and child.name in _NOT_IN_ITSELF
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
