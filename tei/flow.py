"""The text as a reader meets it, for analysers of words: no furniture, words rejoined, readings corrected.

A ``Flow`` is such a text with the way back to the arranged text: names and quotations are
found in its ``text`` and brought home by ``place``. A block of the text (a paragraph, a heading …) is
one line of it; notes are flows of their own, those that run over a page in one piece.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple

from tei.editor.readings import Corrected
from tei.layout.hyphens import BrokenWord
from tei.layout.lines import Line
from tei.layout.notes import Note
from tei.structure.blocks import Block


class Piece(NamedTuple):
    """Characters of a flow: the source's own from ``start`` on, or others that stand for all of it."""

    start: int
    end: int
    printed: bool


@dataclass(frozen=True)
class Flow:
    """``text``, made of ``pieces``; ``at`` is where each of them begins in it."""

    text: str
    at: Sequence[int]
    pieces: Sequence[Piece]

    @classmethod
    def plain(cls, text: str) -> Flow:
        """A text that is read just as it stands.

        >>> Flow.plain("Rain.").place(0, 4)
        (0, 4)
        """
        return cls(text, (0,), (Piece(0, len(text), True),))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the arranged text of ``self.text[start:end]``, which is not empty."""
        return self.start(start), self._end(end - 1)

    def start(self, index: int) -> int:
        """The offset in the arranged text of the character ``index``."""
        number = bisect_right(self.at, index) - 1
        piece = self.pieces[number]
        return piece.start + (index - self.at[number]) * piece.printed

    def _end(self, index: int) -> int:
        number = bisect_right(self.at, index) - 1
        piece = self.pieces[number]
        return piece.start + index - self.at[number] + 1 if piece.printed else piece.end

    def index(self, offset: int) -> int:
        """The first character that stands at or behind ``offset`` of the arranged text."""
        number = bisect_left(self.pieces, offset, key=_start)
        if number:
            before = self.pieces[number - 1]
            index = self.at[number - 1] + offset - before.start
            limit = self.at[number] if number < len(self.at) else len(self.text)
            if before.printed and index < limit:
                return index
        return self.at[number] if number < len(self.at) else len(self.text)


_start: Final = attrgetter("start")


def make_flow(
    text: str, blocks: Iterable[Sequence[Line]], words: Mapping[int, BrokenWord], corrected: Corrected
) -> Flow:
    """The flow of ``blocks``, given by their lines; ``words`` holds broken words by their line's number."""
    builder = _Builder(text, corrected)
    for block in blocks:
        for line in block:
            builder.line(line, words.get(line.number))
        builder.end_block()
    return builder.flow()


def text_flows(
    text: str,
    blocks: Iterable[Block],
    notes: Iterable[Note],
    words: Iterable[BrokenWord],
    corrected: Corrected,
) -> list[Flow]:
    """The flow of the body, made of ``blocks``, and one for each note with what it runs on to."""
    by_line = {word.line.number: word for word in words}
    flows = [make_flow(text, (block.lines for block in blocks), by_line, corrected)]
    return flows + [make_flow(text, [lines], by_line, corrected) for lines in note_flows(notes)]


def note_flows(notes: Iterable[Note]) -> list[list[Line]]:
    """The lines of each note, those of the pages that it runs on to with them."""
    flows: dict[str, list[Line]] = {}
    for note in notes:
        flow = flows.pop(note.identifier, [])
        flow += note.lines
        flows[note.following or note.identifier] = flow
    return list(flows.values())


class _Builder:
    def __init__(self, text: str, corrected: Corrected) -> None:
        self.source = text
        self.corrected = corrected
        self.chunks: list[str] = []
        self.pieces: list[Piece] = []

    def flow(self) -> Flow:
        """What was built."""
        at = list(accumulate(map(len, self.chunks), initial=0))
        return Flow("".join(self.chunks), at[:-1], self.pieces)

    def printed(self, start: int, end: int) -> None:
        """The source's own characters."""
        if start < end:
            self.chunks.append(self.source[start:end])
            self.pieces.append(Piece(start, end, True))

    def read(self, characters: str, start: int, end: int) -> None:
        """``characters`` for ``source[start:end]``; what they have in common at both sides is paired."""
        source = self.source[start:end]
        head = _common(characters, source)
        tail = min(_common(characters[::-1], source[::-1]), len(characters) - head, len(source) - head)
        self.printed(start, start + head)
        self.other(characters[head : len(characters) - tail], start + head, end - tail)
        self.printed(end - tail, end)

    def other(self, characters: str, start: int, end: int) -> None:
        """Characters that stand for ``source[start:end]``."""
        if characters:
            self.chunks.append(characters)
            self.pieces.append(Piece(start, end, False))

    def line(self, line: Line, broken: BrokenWord | None) -> None:
        place = line.start
        for change in self.corrected.between(line.start, line.end):
            if change.start >= place:
                self.printed(place, change.start)
                self.read(change.read, change.start, change.end)
                place = change.end
        self.printed(place, line.start + len(self.source[line.start : line.end].rstrip()))
        if broken is None:
            self.other(" ", line.end, line.end + 1)
            return
        self.drop_spaces()
        if broken.soft:
            if not self.last().isalnum():
                self.drop()
                self.drop_spaces()
        elif self.last() == "¬":
            self.chunks[-1] = self.chunks[-1][:-1] + "-"

    def last(self) -> str:
        return self.chunks[-1][-1] if self.chunks else ""

    def drop(self) -> None:
        rest, piece = self.chunks.pop()[:-1], self.pieces.pop()
        if rest:
            self.chunks.append(rest)
            self.pieces.append(piece._replace(end=piece.end - 1) if piece.printed else piece)

    def drop_spaces(self) -> None:
        while self.last().isspace():
            self.drop()

    def end_block(self) -> None:
        while self.last() == " ":
            self.drop()
        if self.pieces:
            end = self.pieces[-1].end
            self.other("\n", end, end)


def _common(one: str, other: str) -> int:
    """The length of the common beginning."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
