"""Read a document for comparison: its text, the markup over it, its headers, and where each of them stands.

The text is that of the source view in the order of the file: all characters outside of ``teiHeader`` but
for what an editor adds (``corr``, ``reg``, ``expan``, ``ex``, ``supplied``, ``note[@type='editorial']``; TEI
Guidelines, chapters 3.5 and 11.3), which is the content of a mark.

Where ``xml:space="preserve"`` holds, every character counts. Elsewhere white space is folded: a run of
it is one space, and at the edges of blocks it means nothing; there one line break parts the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tei.names import EDITORIAL, XML_NS, id_character
from tei.views.blocks import LINE
from tei.views.elements import strength
from tei.views.walk import SPACE, name_of

_XML: Final = f"{{{XML_NS}}}"
_XML_SPACE: Final = f"{_XML}space"
_RUN: Final = re.compile(f"[{SPACE}]+")
_KEEPS_SPACE: Final = etree.XPath(
    "boolean(//@xml:space[.='preserve'][not(ancestor::*[local-name()='teiHeader'])])"
)

Attributes = Mapping[str, str]


@dataclass(slots=True, eq=False)
class Mark:
    """A node of the tree over the text ``start`` to ``end``; named as a ``Span``.

    ``content`` is an editor's text, or that of a comment or an instruction. ``parent`` is the number of the
    mark around it, -1 for the outermost. ``line`` is where its tag begins.
    """

    start: int
    end: int
    name: str
    attributes: Attributes
    content: str | None
    parent: int
    line: int
    keeps_space: bool

    @property
    def empty(self) -> bool:
        """Whether it stands at a point."""
        return self.start == self.end


@dataclass
class Document:
    """A document taken apart. ``marks`` are in document order."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    headers: list[etree._Element] = field(default_factory=list)
    #: Comments and instructions before and after the outermost element, as ``(name, content, line)``.
    around: list[tuple[str, str, int]] = field(default_factory=list)
    #: Where blocks begin and end outside of ``xml:space="preserve"``, rising.
    edges: Sequence[int] = ()
    _line_places: Sequence[int] = (0,)
    _lines: Sequence[int] = (1,)
    _page_places: Sequence[int] = ()
    _pages: Sequence[str] = ()

    def line_of(self, place: int) -> int:
        """The line of the file that the character at ``place`` stands in."""
        return self._lines[max(0, bisect_right(self._line_places, place) - 1)]

    def page_of(self, place: int) -> str | None:
        """The number of the page of the print that ``place`` stands on, if there is one."""
        at = bisect_right(self._page_places, place)
        return self._pages[at - 1] if at else None

    def is_edge(self, start: int, end: int) -> bool:
        """Whether a block outside of ``xml:space="preserve"`` begins or ends from ``start`` to ``end``."""
        at = bisect_right(self.edges, start - 1)
        return at < len(self.edges) and self.edges[at] <= end


def keeps_space(root: etree._Element) -> bool:
    """Whether ``xml:space="preserve"`` holds anywhere but in the headers."""
    return bool(_KEEPS_SPACE(root))


def read(root: etree._Element, *, fold: bool = False) -> Document:
    """Take ``root`` apart; ``fold``: white space means nothing even where ``xml:space="preserve"`` holds."""
    reader = _Reader(fold=fold)
    reader.walk(root)
    return reader.finish(root)


class _Reader:
    """Text and marks as they come."""

    def __init__(self, *, fold: bool) -> None:
        self.fold = fold
        self.document = Document()
        self.chunks: list[str] = []
        self.place = 0
        self.last = ""  # the last character
        self.line = 1
        self.places: list[int] = []
        self.lines: list[int] = []
        self.edges: list[int] = []
        self.folded: set[int] = set()  # the places of white space that stands for any

    def walk(self, root: etree._Element) -> None:
        marks = self.document.marks
        # A stack of our own: how deep a document is, is not Python's affair.
        open_elements: list[tuple[etree._Element, int, bool, bool, Iterator[etree._Element]]] = []
        outer_keeps = False
        node: etree._Element | None = root
        while True:
            if node is not None:
                entered = self._enter(node, open_elements[-1][1] if open_elements else -1, outer_keeps)
                if entered is not None:
                    keeps, is_block = entered
                    open_elements.append((node, len(marks) - 1, outer_keeps, is_block, iter(node)))
                    outer_keeps = keeps
                    self._text(node.text, keeps)
                else:
                    self._text(node.tail, outer_keeps)
            if not open_elements:
                return
            parent, number, before, is_block, children = open_elements[-1]
            node = next(children, None)
            if node is None:
                open_elements.pop()
                marks[number].end = self.place
                outer_keeps = before
                if is_block and not before:
                    self._edge()
                if not open_elements:
                    return
                self._text(parent.tail, outer_keeps)

    def _enter(self, node: etree._Element, parent: int, keeps: bool) -> tuple[bool, bool] | None:
        """Begin a node; whether it keeps white space and is a block, or ``None`` where it has no inside."""
        marks = self.document.marks
        name = special_name(node)
        if name:
            content = node.text or ""
            marks.append(Mark(self.place, self.place, name, {}, content, parent, self.line, keeps))
            self.line += content.count("\n")
            return None
        name = name_of(node)
        line = self.line
        self.line = max(line, node.sourceline or 0)
        if name == "teiHeader":
            self.document.headers.append(node)
            self.line += _line_breaks(node)
            return None
        attributes = attributes_of(node)
        if name == "g" and not len(node) and not node.text and list(attributes) == ["ref"]:
            character = id_character(attributes["ref"])
            if character is not None:
                self._put(character)
                return None
        around = marks[parent].name if parent >= 0 else ""
        is_block = parent >= 0 and strength(name, around) >= LINE
        if is_block and not keeps:
            self._edge()
        if name in EDITORIAL or (name == "note" and attributes.get("type") == "editorial"):
            own = self._keeps(attributes, keeps)
            content = inner_markup(node) if own else _RUN.sub(" ", inner_markup(node)).strip(" ")
            marks.append(Mark(self.place, self.place, name, attributes, content, parent, line, keeps))
            self.line += _line_breaks(node)
            return None
        inside = self._keeps(attributes, keeps)
        marks.append(Mark(self.place, self.place, name, attributes, None, parent, line, inside))
        return inside, is_block

    def _keeps(self, attributes: Attributes, outer: bool) -> bool:
        if self.fold:
            return False
        stated = attributes.get("xml:space")
        return outer if stated is None else stated == "preserve"

    def _text(self, text: str | None, keeps: bool) -> None:
        if not text:
            return
        first, *others = text.split("\n")
        self._piece(first, keeps)
        for piece in others:
            if keeps:
                self._put("\n")
            else:
                self._blank()
            self.line += 1
            self._piece(piece, keeps)

    def _piece(self, piece: str, keeps: bool) -> None:
        if keeps or not piece:
            if piece:
                self._put(piece)
            return
        piece = _RUN.sub(" ", piece)
        if piece[0] == " ":
            self._blank()
            piece = piece[1:]
        if piece:
            self._put(piece)

    def _put(self, text: str) -> None:
        if not self.lines or self.lines[-1] != self.line:
            self.places.append(self.place)
            self.lines.append(self.line)
        self.chunks.append(text)
        self.place += len(text)
        self.last = text[-1]

    def _blank(self) -> None:
        """White space that is folded."""
        if self.last not in ("", " ", "\n"):
            self.folded.add(self.place)
            self._put(" ")

    def _edge(self) -> None:
        """A block begins or ends."""
        if self.last == " " and self.place - 1 in self.folded:
            self.chunks[-1] = f"{self.chunks[-1][:-1]}\n"
            self.last = "\n"
        elif self.last not in ("", "\n"):
            self.folded.add(self.place)
            self._put("\n")
        self.edges.append(self.place)

    def finish(self, root: etree._Element) -> Document:
        document = self.document
        document.text = "".join(self.chunks)
        document.edges = self.edges
        if self.places:
            document._line_places, document._lines = self.places, self.lines  # noqa: SLF001 - its maker
        for mark in document.marks:
            if not mark.keeps_space:
                _tighten(mark, self.folded)
        pages = [
            (mark.start, mark.attributes.get("n") or mark.attributes.get("xml:id", ""))
            for mark in document.marks
            if mark.name == "pb"
        ]
        pages = [page for page in pages if page[1]]
        document._page_places = [place for place, _ in pages]  # noqa: SLF001
        document._pages = [page for _, page in pages]  # noqa: SLF001
        document.around = list(_around(root))
        return document


def _tighten(mark: Mark, folded: Container[int]) -> None:
    """Take folded white space out of the mark's edges: there it means nothing."""
    while mark.start < mark.end and mark.start in folded:
        mark.start += 1
    while mark.start < mark.end and mark.end - 1 in folded:
        mark.end -= 1
    if mark.empty:
        while mark.end in folded:
            mark.end += 1
        mark.start = mark.end


def attributes_of(node: etree._Element) -> dict[str, str]:
    """The attributes of ``node``, those of the XML namespace with their prefix; no namespace declarations."""
    given = node.items()
    if not given:
        return {}
    return {
        f"xml:{name[len(_XML) :]}" if name.startswith(_XML) else name: value
        for name, value in ((str(key), str(value)) for key, value in given)
    }


def special_name(node: etree._Element) -> str:
    """``!--`` for a comment, ``?target`` for an instruction, ``&`` for an entity; ``""`` for an element."""
    tag: object = node.tag
    if isinstance(tag, str):
        return ""
    if tag is etree.Entity:
        return "&"
    return "!--" if tag is etree.Comment else f"?{getattr(node, 'target', '')}"


def special_markup(name: str, content: str) -> str:
    """What is no element, as XML."""
    return f"<!--{content}-->" if name == "!--" else f"<{name} {content}?>"


def inner_markup(node: etree._Element) -> str:
    """What stands in ``node``, with its markup; for comparison and for the eye."""
    if special_name(node) or not len(node):
        return node.text or ""
    pieces: list[str] = []
    # Without recursion: how deep a document is, is not Python's affair.
    for event, one in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces += special_markup(special_name(one), one.text or ""), one.tail or ""
        elif event == "start":
            pieces += "" if one is node else _tag(one), one.text or ""
        elif one is not node:
            pieces += f"</{name_of(one)}>" if one.text or len(one) else "", one.tail or ""
    return "".join(pieces)


def markup(node: etree._Element) -> str:
    """``node`` as XML without namespace declarations, its attributes in the order of their names."""
    special = special_name(node)
    if special:
        return special_markup(special, node.text or "")
    end = f"</{name_of(node)}>" if node.text or len(node) else ""
    return f"{_tag(node)}{inner_markup(node)}{end}"


def _tag(node: etree._Element) -> str:
    given = "".join(f' {key}="{value}"' for key, value in sorted(attributes_of(node).items()))
    return f"<{name_of(node)}{given}{'' if node.text or len(node) else '/'}>"


def _line_breaks(node: etree._Element) -> int:
    """The lines that the inside of ``node`` goes on for."""
    return (
        sum(str(text).count("\n") for text in node.itertext()) if len(node) else (node.text or "").count("\n")
    )


def _around(root: etree._Element) -> Iterator[tuple[str, str, int]]:
    before = list(root.itersiblings(preceding=True))[::-1]
    for node in (*before, *root.itersiblings()):
        yield special_name(node), node.text or "", node.sourceline or 1
