"""The text of an EPUB's pages as the reading view would have it, and the markup that a person gave it there.

What the pages show is put into a small tree of TEI again, without what is hidden or made by the book, and
read by the reading view's own rules for lines and blocks. So it does not matter whether a program that the
pages were edited with has kept what they carry for the way back (:mod:`tei.epub.carry`): their classes and
what they show are enough.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate, pairwise
from typing import Final

from lxml import etree

from tei.diff.texts import Edit, align_items
from tei.epub.document import XHTML_NS
from tei.epub.reading.tags import carried_name
from tei.views.blocks import BLANK, BLOCK, NONE, Blocks
from tei.views.elements import CONTAINERS
from tei.views.notes import Notes
from tei.views.prose import Children, Prose
from tei.views.walk import SPACE, name_of, walk

_X: Final = f"{{{XHTML_NS}}}"
_EVENTS: Final = ("start", "end", "comment", "pi")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ATTRIBUTE: Final = re.compile(r"(?:^|\s)(type|rend|break)\s*=\s*(?:'([^']*)'|\"([^\"]*)\")")
# Neither can occur in XML, nor is one of them a space.
_PARTING: Final = re.compile("(\n+)")
_CHUNK: Final = re.compile("\x01([0-9]+)\x02")
#: What the elements of XHTML are in TEI where an editing program has put them in.
_BLOCKS: Final[dict[str, str]] = {
    **dict.fromkeys(("p", "div", "section", "article", "pre", "dt", "dd", "figcaption", "center"), "p"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "head"),
    **dict.fromkeys(("ul", "ol", "dl"), "list"),
    "li": "item",
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
    **dict.fromkeys(("td", "th"), "cell"),
}
#: Elements of XHTML that mean something to a reader and of which TEI would want to know.
MEANT: Final = frozenset(["a", "b", "br", "em", "hr", "i", "img", "s", "strong", "sub", "sup", "svg", "u"])
_WORDLESS: Final = frozenset({"br", "hr", "img", "svg"})
#: What the pages show of these is all that they are.
_AS_SHOWN: Final = frozenset({"g", "gap", "pc", "w"})
_TRANSPARENT: Final = ""
_ANCHORED: Final = "anchored"
_UNANCHORED: Final = "unanchored"
_NOTE: Final = "noteText"


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text that an element of XHTML stands around; ``own``: the name of the TEI it carries."""

    start: int
    end: int
    tag: str
    own: str | None


@dataclass
class PageText:
    """What the pages show, laid out like a reading view, and where it stands.

    ``marked`` are its elements.
    """

    text: str
    marked: list[Marked] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _places: list[tuple[str, int]] = field(default_factory=list)

    def parted_like(self, view: str) -> PageText:
        """The same, with the line ends and blank lines of ``view`` between lines that it has like this.

        What sets two blocks apart depends on more than programs keep in pages, and nobody edits it there.
        """
        mine, theirs = (_PARTING.split(text.rstrip("\n")) for text in (self.text, view))
        if mine[1::2] == theirs[1::2]:
            return self
        before = [0, *accumulate(map(len, mine))][::2]
        there: list[int] = []  # of each line its number in the view
        edits = align_items(theirs[::2], mine[::2])
        for edit in [*edits, _end(theirs[::2], mine[::2])]:
            kept = edit.start_new - len(there)
            there += range(edit.start_old - kept, edit.start_old)
            old, new = range(edit.start_old, edit.end_old), range(edit.start_new, edit.end_new)
            there += old if len(old) == len(new) else [-1] * len(new)
        for number, (one, other) in enumerate(pairwise(there)):
            if 0 <= one == other - 1:
                mine[2 * number + 1] = theirs[2 * one + 1]
        after = [0, *accumulate(map(len, mine))][::2]

        def moved(place: int) -> int:
            line = max(0, bisect_right(before, place) - 1)
            return place - before[line] + after[line]

        return PageText(
            "".join([*mine, "\n"]),
            [replace(one, start=moved(one.start), end=moved(one.end)) for one in self.marked],
            [moved(start) for start in self._starts],
            self._places,
        )

    def place(self, at: int) -> tuple[str, int]:
        """The page on which a character stands (``""`` where there is none), and its line in the file."""
        number = max(0, bisect_right(self._starts, at) - 1)
        if number >= len(self._starts):
            return "", 0
        page, line = self._places[number]
        return page, line


def page_text(pages: Iterable[tuple[str, etree._Element]]) -> PageText:
    """The text of ``pages``: the name and the ``body`` of each, in their order."""
    shown = _Shown()
    for name, body in pages:
        shown.add(name, body)
    reader = _PageReader(Blocks(), shown)
    walk(shown.tree(), reader)
    return reader.finish()


class _Shown:
    """The tree of what is shown."""

    def __init__(self) -> None:
        self._root = etree.Element("text")
        self._texts: dict[tuple[etree._Element, bool], list[str]] = {}
        self.places: dict[tuple[etree._Element, bool], tuple[str, int]] = {}
        self.tags: dict[etree._Element, tuple[str, str | None]] = {}
        self._stack = [self._root]
        self._last: etree._Element | None = None  # the last child of the innermost element

    def add(self, page: str, body: etree._Element) -> None:
        """Add a page."""
        skipped: etree._Element | None = None
        shown: list[bool] = []
        for event, node in etree.iterwalk(body, events=_EVENTS):
            if skipped is None and event == "start":
                name = _tei_name(node) if node is not body else _TRANSPARENT
                if name is not None:
                    shown.append(bool(name))
                    if name:
                        self._begin(node, name)
                    # Where a line is broken there is a space.
                    self._text(" " if _local(node) == "br" and name else node.text, node, page)
                else:
                    skipped = node
                continue
            if skipped is None and event == "end":
                if shown.pop():
                    self._last = self._stack.pop()
            elif node is skipped and event == "end":
                skipped = None
            if skipped is None and node is not body:
                self._text(node.tail, node, page)

    def _begin(self, node: etree._Element, name: str) -> None:
        found = _ATTRIBUTE.finditer(node.get("data-tei") or "")
        attributes = {str(match[1]): str(match[2] or match[3] or "") for match in found}
        child = etree.SubElement(self._stack[-1], name, attributes)
        classes = (node.get("class") or "").split()
        if "gen" not in classes:
            self.tags[child] = _local(node), carried_name(classes)
        self._stack.append(child)
        self._last = None

    def _text(self, text: str | None, node: etree._Element, page: str) -> None:
        if not text:
            return
        last = self._last
        slot = (self._stack[-1] if last is None else last), last is not None
        self.places.setdefault(slot, (page, node.sourceline or 0))
        self._texts.setdefault(slot, []).append(text)

    def tree(self) -> etree._Element:
        """The tree, with its texts."""
        for (node, tail), pieces in self._texts.items():
            if tail:
                node.tail = "".join(pieces)
            else:
                node.text = "".join(pieces)
        return self._root


def _tei_name(node: etree._Element) -> str | None:
    """What an element of a page is in TEI; ``""``: it is transparent; ``None``: it is not shown."""
    if node.get("hidden") is not None:
        return None
    classes = (node.get("class") or "").split()
    if "gen" in classes:
        return _generated(node, classes)
    tag = _local(node)
    own = carried_name(classes)
    if own is not None:
        return own if _NAME.fullmatch(own) else "other"
    if "wrap" in classes:
        return _TRANSPARENT
    if tag in MEANT:
        return "hi"
    name = _BLOCKS.get(tag, _TRANSPARENT)
    # A "div" around blocks is none itself.
    return "other" if name == "p" and any(_is_block(child) for child in node) else name


def _generated(node: etree._Element, classes: list[str]) -> str | None:
    """As ``_tei_name``, for what the book has made."""
    if "mark" in classes:
        beside = node.getnext()
        unanchored = beside is not None and beside.get("data-at") is not None and not node.tail
        return _UNANCHORED if unanchored else _ANCHORED
    if "back" in classes:
        return _ANCHORED
    if "note" in classes:
        return _NOTE
    return None if {"read", "notes"}.isdisjoint(classes) else _TRANSPARENT


def _is_block(node: etree._Element) -> bool:
    return isinstance(node.tag, str) and _local(node) in _BLOCKS


def _end(old: list[str], new: list[str]) -> Edit:
    return Edit(len(old), len(old), len(new), len(new))


def _local(node: etree._Element) -> str:
    return str(node.tag).removeprefix(_X)


class _PageReader(Prose):
    """Prose with its notes as the pages show them; each text is marked, so that it is found again."""

    def __init__(self, out: Blocks, shown: _Shown) -> None:
        super().__init__(out, Notes())
        self.shown = shown
        self._place = "", 0
        self._places: list[tuple[str, int]] = []
        self._marked: list[tuple[int, int, str, str | None]] = []
        self._began: list[int] = []
        self._number: list[str] | None = None  # of a note, being read
        self._parts = 0

    def at(self, node: etree._Element, tail: bool) -> None:
        """Where the text stands that comes next."""
        self._place = self.shown.places[node, tail]

    def enter(self, node: etree._Element) -> Children:
        """Begin an element."""
        children = self._enter(node, name_of(node))
        if children is not None:
            self._began.append(len(self._places))
        return children

    def _enter(self, node: etree._Element, name: str) -> Children:
        if name in (_ANCHORED, _UNANCHORED):
            self._number = []
            between = name == _UNANCHORED and self.parent in CONTAINERS
            write = partial(self._write_number, between if name == _UNANCHORED else None)
            return self.begin(node, name, NONE, write)
        if name == _NOTE:
            self._parts = 0
            return self.begin(node, name, BLOCK, partial(self.out.tie, BLOCK))
        if name == "note" and self.parent == _NOTE:
            self._parts += 1
            if self._parts > 1:
                self.out.resume()
            return self.begin(node, "note", NONE)
        if name == "pb" and node.get("break") == "no":
            self.out.join()
        if name in _AS_SHOWN:
            return self.begin(node, name)
        if name in ("note", "pb"):
            return self.begin(node, name, None if name == "note" else NONE)
        return super().enter(node)

    def _write_number(self, between: bool | None) -> None:
        words = f"[{''.join(self._number or ())}]"
        self._number = None
        if between is None:
            self.out.write(self._chunk(words))
        else:
            self.out.mark(self._chunk(words), between)
        if self.parent == _NOTE:
            self.out.write(" ")
            self.out.tie(BLANK)

    def text(self, text: str) -> None:
        """Text of the innermost element."""
        if self._number is not None:
            self._number.append(text)
        else:
            super().text(self._chunk(text))

    def _chunk(self, text: str) -> str:
        number = len(self._places)
        self._places.append(self._place)
        first = len(text) - len(text.lstrip(SPACE))
        return f"{text[: first + 1]}\x01{number}\x02{text[first + 1 :]}" if first < len(text) else text

    def leave(self, node: etree._Element) -> None:
        """End the innermost element."""
        super().leave(node)
        began = self._began.pop()
        if node in self.shown.tags:
            self._marked.append((began, len(self._places), *self.shown.tags[node]))

    def finish(self) -> PageText:
        """What was read."""
        pieces = _CHUNK.split(self.out.finish())
        text = "".join(pieces[::2])
        ends = list(accumulate(len(piece) for piece in pieces[::2]))
        starts = {int(number): end - 1 for number, end in zip(pieces[1::2], ends, strict=False)}
        order = sorted(starts, key=lambda number: starts[number])
        behind = {one: starts[other] for one, other in pairwise(order)}
        # Of each number the first chunk from it on, and the last one before it, that has words.
        count = len(self._places)
        after, before = [count] * (count + 1), [-1] * (count + 1)
        for number in range(count):
            before[number + 1] = number if number in starts else before[number]
            back = count - 1 - number
            after[back] = back if back in starts else after[back + 1]
        marked = []
        for first, last, tag, own in self._marked:
            begin = starts.get(after[first], len(text))
            if after[first] < last:
                end = behind.get(before[last], len(text))
                while end > begin and text[end - 1].isspace():
                    end -= 1
                marked.append(Marked(begin, end, tag, own))
            elif tag in _WORDLESS:
                marked.append(Marked(begin, begin, tag, own))
        return PageText(
            text,
            marked,
            [starts[number] for number in order],
            [self._places[number] for number in order],
        )
