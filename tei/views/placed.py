"""The source view and the reading view with a way back: each character knows where in the file it comes from.

There are no rules of the views here. The reading view is made by its own reader, into blocks that are told
where each text comes from, and that put marks into it which XML cannot hold; when the text is done, the
marks are taken out.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from lxml import etree

from tei.markup import Markup, Slot
from tei.views.blocks import Blocks
from tei.views.paper import paper_order
from tei.views.prose import Children
from tei.views.reading import Reader, read_into
from tei.views.source import Cut
from tei.views.texts import texts
from tei.views.walk import SPACE, walk

View = Literal["source", "reading"]

# Neither can occur in XML, nor is one of them a space.
_MARK: Final = re.compile("\x01([0-9]+):([0-9]+)(g?)\x02")
_NUMBER: Final = re.compile(r"\[([0-9]{1,9})\]")
_WORD: Final = re.compile(f"[^{SPACE}]+")
_BLANK: Final = re.compile(f"[{SPACE}]*")
_NOWHERE: Final = -1


@dataclass
class Placed:
    """A view of a file, and where in it each character stands.

    ``starts[i]`` and ``ends[i]`` are the place of ``text[i]`` in the file; -1 where the view has made the
    character. ``made`` names the stretches that are not only white space and that the view has made, with
    the place of the element that each of them stands for, if it stands for one. ``notes`` are those that
    the view has numbered, with all their parts.
    """

    text: str
    starts: array[int]
    ends: array[int]
    made: list[Made] = field(default_factory=list)
    notes: dict[int, list[etree._Element]] = field(default_factory=dict)

    def number_of(self, made: Made) -> int | None:
        """The number of the note that a stretch stands for, if it stands for one."""
        match = _NUMBER.fullmatch(self.text, made.start, made.end)
        number = int(match[1]) if match else None
        return number if number in self.notes else None

    @cached_property
    def marks(self) -> dict[int, list[Made]]:
        """The marks of each note by its number."""
        found: dict[int, list[Made]] = {}
        for made in self.made:
            if made.place is not None and (number := self.number_of(made)) is not None:
                found.setdefault(number, []).append(made)
        return found

    @cached_property
    def marked(self) -> dict[tuple[int, int], set[int]]:
        """The numbers of the notes that have a mark at each place of the file."""
        found: dict[tuple[int, int], set[int]] = {}
        for number, marks in self.marks.items():
            for mark in marks:
                assert mark.place is not None
                found.setdefault(mark.place, set()).add(number)
        return found

    @cached_property
    def numbers(self) -> dict[etree._Element, int]:
        """The number of each note, and of each part of one."""
        return {part: number for number, parts in self.notes.items() for part in parts}

    def made_in(self, start: int, end: int) -> list[Made]:
        """What the view has made of ``text[start:end]``, spaces and line ends apart."""
        at = bisect_left(self.made, start + 1, key=lambda one: one.end)
        found = []
        while at < len(self.made) and self.made[at].start < end:
            found.append(self.made[at])
            at += 1
        return found


@dataclass(frozen=True, slots=True)
class Made:
    """A stretch that a view has made, such as a note's number; ``place``: of what it stands for."""

    start: int
    end: int
    place: tuple[int, int] | None


def placed_source(root: etree._Element, markup: Markup) -> Placed:
    """The source view of ``root`` with its places."""
    placed = Placed("", array("q"), array("q"))
    chunks: list[str] = []
    for text in texts(root):
        cut = _PlacedCut()
        walk(text, cut)
        for piece in paper_order(cut.breaks):
            for at, chunk in enumerate(cut.pieces[piece]):
                node, tail = cut.where[piece][at]
                chunks.append(chunk)
                if tail is None:  # a character that XML forbids is one element
                    start, end = markup.span(node)
                    placed.starts.append(start)
                    placed.ends.append(end)
                else:
                    markup.slot(node, tail).extend(0, len(chunk), placed.starts, placed.ends)
    placed.text = "".join(chunks)
    return placed


class _PlacedCut(Cut):
    """Cuts a text at its page breaks, and notes where each piece of text comes from."""

    def __init__(self) -> None:
        super().__init__()
        self.where: list[list[tuple[etree._Element, bool | None]]] = [[]]

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        piece = self.pieces[-1]
        before = len(piece)
        children = super().enter(node)
        if len(piece) > before:
            self.where[-1].append((node, None))
        if len(self.pieces) > len(self.where):
            self.where.append([])
        return children

    def at(self, node: etree._Element, tail: bool) -> None:
        """Where the text stands that comes next."""
        self.where[-1].append((node, tail))


def placed_reading(root: etree._Element, markup: Markup) -> Placed:
    """The reading view of ``root`` with its places."""
    out = _MarkedBlocks(markup)
    return _unmarked(read_into(out, root, _PlacedReader), out, markup)


class _MarkedBlocks(Blocks):
    """Blocks whose texts are marked behind their first character that is no space."""

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self.markup = markup
        self.origins: list[tuple[etree._Element | None, bool]] = []
        self.lengths: list[int] = []
        self.node: etree._Element | None = None  # the element that began last
        self.given: tuple[int, int] | None = None  # the text under way: its number, its length
        self._marked = False
        self.notes: dict[int, list[etree._Element]] = {}

    def write(self, text: str) -> None:
        """Add ``text``, marked unless it is blank or marked already."""
        super().write(text if self._marked else self._mark(text))

    def mark(self, text: str, between_blocks: bool) -> None:
        """Add ``text``, which is no part of the line."""
        text = self._mark(text)
        self._marked = True
        super().mark(text, between_blocks)
        self._marked = False

    def _mark(self, text: str) -> str:
        first = len(text) - len(text.lstrip(SPACE))
        if first == len(text):
            return text
        if self.given is not None:
            number, length = self.given
            mark = f"\x01{number}:{length - len(text) + first}\x02"
        else:
            self.origins.append((self.node, False))
            count = sum(character not in SPACE for character in text)
            mark = f"\x01{len(self.origins) - 1}:{count}g\x02"
        return f"{text[: first + 1]}{mark}{text[first + 1 :]}"


class _PlacedReader(Reader):
    """A reader that tells its blocks where each text comes from."""

    out: _MarkedBlocks

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._place: tuple[etree._Element, bool] | None = None

    def at(self, node: etree._Element, tail: bool) -> None:
        """Where the text stands that comes next."""
        self._place = node, tail

    def enter(self, node: etree._Element) -> Children:
        self.out.node = node
        return super().enter(node)

    def text(self, text: str) -> None:
        assert self._place is not None
        self.out.origins.append(self._place)
        self.out.given = len(self.out.origins) - 1, len(text)
        super().text(text)
        self.out.given = None

    def _number(self, note: etree._Element) -> int:
        number = super()._number(note)
        self.out.notes[number] = self.notes.chains[note]
        return number

    def _write_notes(self) -> None:
        self.out.node = None  # the number before a note stands for no element
        super()._write_notes()

    def _write_part(self, part: etree._Element) -> None:
        super()._write_part(part)
        self.out.node = None


@dataclass(slots=True)
class _Stretch:
    """Text of the view between two marks: of a slot (from ``offset`` on), or made."""

    start: int
    end: int
    origin: int
    offset: int
    made: bool


def _unmarked(marked: str, out: _MarkedBlocks, markup: Markup) -> Placed:
    pieces = _MARK.split(marked)
    text = "".join(pieces[::4])
    starts, ends = array("q", [_NOWHERE]) * len(text), array("q", [_NOWHERE]) * len(text)
    placed = Placed(text, starts, ends, notes=out.notes)
    done: dict[int, int] = {}  # how far each slot has been read
    last: dict[int, int] = {}  # where in the view its last character stands
    for one in _stretches(text, pieces):
        node, tail = out.origins[one.origin]
        if one.made:
            place = markup.span(node) if node is not None else None
            placed.made.append(Made(one.start, one.end, place))
            continue
        assert node is not None
        slot = markup.slot(node, tail)
        source = (node.tail if tail else node.text) or ""
        offset = done.get(one.origin, one.offset)
        before = last.get(one.origin)
        for word in _WORD.finditer(text, one.start, one.end):
            blank = _BLANK.match(source, offset)
            assert blank is not None
            start = blank.end()
            if before is not None and start > offset and word.start() == before + 2:
                starts[before + 1], ends[before + 1] = slot.span(offset, start)
            offset = start + len(word[0])
            assert source[start:offset] == word[0], "a view changes no letter of a text"
            _put(slot, start, offset, starts, ends, word.start())
            before = word.end() - 1
        done[one.origin] = offset
        if before is not None:
            last[one.origin] = before
    return placed


def _put(slot: Slot, first: int, end: int, starts: array[int], ends: array[int], at: int) -> None:
    some, others = array("q"), array("q")
    slot.extend(first, end, some, others)
    starts[at : at + len(some)] = some
    ends[at : at + len(others)] = others


def _stretches(text: str, pieces: list[str]) -> Iterator[_Stretch]:
    """The text between marks; what is made interrupts the text around it, which goes on behind it."""
    place = len(pieces[0])
    under_way: _Stretch | None = None
    for at in range(1, len(pieces), 4):
        origin, number, made = int(pieces[at]), int(pieces[at + 1]), bool(pieces[at + 2])
        start = place - 1
        place += len(pieces[at + 3])
        if under_way is not None and start > under_way.start:
            under_way.end = start
            yield under_way
        if not made:
            under_way = _Stretch(start, place, origin, number, made=False)
            continue
        end = _after(text, start, number)
        yield _Stretch(start, end, origin, number, made=True)
        if under_way is not None:
            under_way = _Stretch(end, place, under_way.origin, under_way.offset, made=False)
    if under_way is not None:
        under_way.end = len(text)
        yield under_way


def _after(text: str, start: int, count: int) -> int:
    """The place behind ``count`` characters that are no spaces."""
    place = start
    while count:
        count -= text[place] not in SPACE
        place += 1
    return place
