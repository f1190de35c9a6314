"""The text as a reader meets it, for analysers of words: no furniture, words rejoined, readings corrected.

A ``Flow`` is such a text with the way back to the arranged text: names and quotations are
found in its ``text`` and brought home by ``place``. A block of the text (a paragraph, a heading …) is
one line of it; notes are flows of their own, those that run over a page in one piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tei.editor.readings import Corrected
from tei.layout.hyphens import BrokenWord
from tei.layout.lines import Line
from tei.layout.notes import Note
from tei.structure.blocks import Block


@dataclass(frozen=True)
class Flow:
    """``text``, and for each of its characters the offset in the arranged text (``starts``, ``ends``)."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the arranged text of ``self.text[start:end]``, which is not empty."""
        return self.starts[start], self.ends[end - 1]


def make_flow(
    text: str, blocks: Iterable[Sequence[Line]], words: Mapping[int, BrokenWord], corrected: Corrected
) -> Flow:
    """The flow of ``blocks``, given by their lines; ``words`` holds broken words by their line's number."""
    builder = _Builder(text, corrected)
    for block in blocks:
        for line in block:
            builder.line(line, words.get(line.number))
        builder.end_block()
    return Flow("".join(builder.chunks), builder.starts, builder.ends)


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
        self.starts = array("L")
        self.ends = array("L")

    def printed(self, start: int, end: int) -> None:
        """The source's own characters."""
        if start < end:
            self.chunks.append(self.source[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))

    def read(self, characters: str, start: int, end: int) -> None:
        """``characters`` for ``source[start:end]``; what they have in common at both sides is paired."""
        source = self.source[start:end]
        head = _common(characters, source)
        tail = min(_common(characters[::-1], source[::-1]), len(characters) - head, len(source) - head)
        self.printed(start, start + head)
        for character in characters[head : len(characters) - tail]:
            self.single(character, start + head, end - tail)
        self.printed(end - tail, end)

    def single(self, character: str, start: int, end: int) -> None:
        """One character for ``source[start:end]``."""
        self.chunks.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def line(self, line: Line, broken: BrokenWord | None) -> None:
        place = line.start
        for change in self.corrected.between(line.start, line.end):
            if change.start >= place:
                self.printed(place, change.start)
                self.read(change.read, change.start, change.end)
                place = change.end
        self.printed(place, line.start + len(self.source[line.start : line.end].rstrip()))
        if broken is None:
            self.single(" ", line.end, line.end + 1)
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
        rest = self.chunks.pop()[:-1]
        if rest:
            self.chunks.append(rest)
        self.starts.pop()
        self.ends.pop()

    def drop_spaces(self) -> None:
        while self.last().isspace():
            self.drop()

    def end_block(self) -> None:
        while self.last() == " ":
            self.drop()
        if self.ends:
            self.single("\n", self.ends[-1], self.ends[-1])


def _common(one: str, other: str) -> int:
    """The length of the common beginning."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
