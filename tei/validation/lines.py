"""Does every line begin with ``lb``, and are broken words joined?

A line of the file is a line of the source, and ``lb`` says so to programs that fold white space
(TEI Guidelines, chapter 3.11.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lxml import etree

from tei.names import EDITORIAL, T
from tei.places import Place, place_at, text_of
from tei.validation.noted import Noted
from tei.views.texts import texts
from tei.views.walk import SPACE, walk

_LB: Final = f"{T}lb"
_PC: Final = f"{T}pc"
_CORRECTED: Final = frozenset({f"{T}choice", f"{T}surplus", f"{T}unclear", f"{T}gap"})
_NOTE: Final = f"{T}note"
_ASIDE: Final = frozenset({_NOTE, f"{T}fw"})
_LEFT_OUT: Final = frozenset(T + name for name in EDITORIAL)
_HYPHENS: Final = frozenset("-¬‐‑­=⸗–—~")
_SHOWN: Final = 40
_LINK: Final = "CO.html#CORS5"


def note_lines(root: etree._Element, data: bytes | None) -> list[Noted]:
    """Return what is wrong with the line breaks of the texts in ``root``, which was parsed from ``data``."""
    lines = _Lines()
    for text in texts(root):
        lines.begin()
        walk(text, lines)
    # Where most lines have no lb, they are not meant to have any; so it is with empty ones.
    missing = lines.missing if len(lines.missing) < lines.count else []
    if len(lines.missing_empty) < lines.count_empty:
        missing += lines.missing_empty
    return [*(_without_break(*one) for one in _placed(missing, root, data)), *lines.noted]


_Missing = tuple[etree._Element, bool, int]  # noqa: SLF001 - an element, whether in its tail, the character


def _placed(
    missing: list[_Missing], root: etree._Element, data: bytes | None
) -> Iterable[tuple[etree._Element, str, Place | None]]:
    if not missing:
        return
    raw, markup = "", None
    if data is not None:
        from tei.markup import Markup

        raw = text_of(data)
        markup = Markup(raw, root)
    for node, tail, at in missing:
        words = ((node.tail if tail else node.text) or "")[at:].split("\n")[0]
        place = place_at(raw, markup.slot(node, tail).span(at, at + 1)[0]) if markup is not None else None
        yield node, words, place


def _without_break(element: etree._Element, words: str, place: Place | None) -> Noted:
    words = words.strip() if len(words) <= _SHOWN else words.strip()[: _SHOWN - 1] + "…"
    return Noted(
        code="TEI-C011",
        severity="warning",
        message=f"a line begins here without <lb/>: “{words}”" if words else "an empty line has no <lb/>",
        element=element,
        hint="write <lb/> before its first word"
        if words
        else "write <lb/> here, as at every line of the source",
        link=_LINK,
        place=place,
    )


class _Flow(NamedTuple):
    """The words under way: running heads and notes come in between, and have their own."""

    hyphen: bool | None = None  # whether the last word ends with one; ``None`` where an editor corrects it
    divided: bool = False  # that hyphen only divides a word
    line: etree._Element | None = None  # the break behind it


class _Lines:
    """Goes along the lines of a text."""

    def __init__(self) -> None:
        self.count = 0
        self.missing: list[_Missing] = []
        self.count_empty = 0
        self.missing_empty: list[_Missing] = []
        self.noted: list[Noted] = []
        self.begin()

    def begin(self) -> None:
        """A text begins."""
        self._waiting = True  # a line has begun, and neither lb nor words stand in it
        self._empty = False  # nothing but lb stands in it
        self._flow = _Flow()
        self._around: list[_Flow] = []
        self._place: tuple[etree._Element, bool] | None = None
        self._dividing = False

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        """An element begins: perhaps a line; what an editor adds is left out."""
        tag = node.tag
        if tag == _LB:
            self._at_break(node)
        elif tag in _LEFT_OUT or (tag == _NOTE and node.get("type") == "editorial"):
            self._flow = _Flow()
            return None
        elif tag in _ASIDE:
            self._around.append(self._flow)
            self._flow = _Flow()
        elif tag == _PC:
            self._dividing = node.get("force") == "weak"
        return node

    def at(self, node: etree._Element, tail: bool) -> None:
        """Where the text stands that comes next."""
        self._place = node, tail

    def text(self, text: str) -> None:
        """Look for lines that begin in ``text``."""
        assert self._place is not None
        place = 0
        for number, piece in enumerate(text.split("\n")):
            if number:
                if self._waiting:
                    self.missing_empty.append((*self._place, place - 1))
                self.count_empty += self._empty
                self._waiting, self._empty = True, False
            words = piece.strip(SPACE)
            if words:
                if self._waiting:
                    self.missing.append((*self._place, place + piece.index(words[0])))
                elif self._flow.line is not None:
                    self._at_words(self._flow.line)
                self._waiting = self._empty = False
                self._flow = _Flow(words[-1] in _HYPHENS, self._dividing)
            place += len(piece) + 1

    def leave(self, node: etree._Element) -> None:
        """An element ends."""
        tag = node.tag
        if tag in _ASIDE:
            self._flow = self._around.pop()
        elif tag == _PC:
            self._dividing = False
        elif tag in _CORRECTED:
            self._flow = _Flow()

    def _at_break(self, node: etree._Element) -> None:
        self.count += 1
        self._waiting, self._empty = False, True
        self._flow = self._flow._replace(line=node)

    def _at_words(self, line: etree._Element) -> None:
        """The first words behind a break: do they go on with the word before it?"""
        attribute = None
        if line.get("break") == "no" and self._flow.hyphen is False:
            message = (
                'break="no" says that a word goes on here, and the words before do not end with a hyphen'
            )
            attribute, hint = "break", 'remove break="no", or put the hyphen back'
        elif line.get("break") != "no" and self._flow.divided:
            message = "the word before ends with a hyphen that only divides it, and <lb/> does not join it"
            hint = 'write <lb break="no"/>'
        else:
            return
        self.noted.append(Noted("TEI-C012", "warning", message, line, attribute, hint, _LINK))
