"""The text as a reader meets it, for analysers of words: no furniture, words rejoined, readings corrected.

A ``Flow`` is such a text with the way back to the arranged text: names and quotations are
found in its ``text`` and brought home by ``place``. A block of the text (a paragraph, a heading …) is
one line of it; notes are flows of their own, those that run over a page in one piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tei.editor.readings import Corrected, Emendation
from tei.layout.hyphens import BrokenWord
from tei.layout.lines import Line


@dataclass(frozen=True)
class Flow:
    """``text``, and for each of its characters the offset in the arranged text (``starts``, ``ends``)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the arranged text of ``self.text[start:end]``, which is not empty."""
        return self.starts[start], self.ends[end - 1]

    def index(self, offset: int) -> int:
        """The first character of the flow at or behind ``offset`` of the arranged text.

        Good for flows whose lines are in the arranged text's order, as all are.
        """
        return bisect_right(self.ends, offset)


def make_flow(
    text: str, blocks: Iterable[Sequence[Line]], words: Mapping[int, BrokenWord], corrected: Corrected
) -> Flow:
    """The flow of ``blocks``, given by their lines; ``words`` holds broken words by their line's number."""
    builder = _Builder(text, corrected)
    for block in blocks:
        for line in block:
            builder.line(line, words.get(line.number))
        builder.end_block()
    return Flow("".join(builder.characters), tuple(builder.starts), tuple(builder.ends))


class _Builder:
    def __init__(self, text: str, corrected: Corrected) -> None:
        self.source = text
        self.corrected = corrected
        self.characters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, characters: str, start: int, end: int) -> None:
        """``characters`` for ``source[start:end]``; what they have in common at both sides is paired."""
        source = self.source[start:end]
        head = _common(characters, source)
        tail = min(_common(characters[::-1], source[::-1]), len(characters) - head, len(source) - head)
        for at in range(len(characters)):
            self.characters.append(characters[at])
            if at < head:
                self.starts.append(start + at)
                self.ends.append(start + at + 1)
            elif at >= len(characters) - tail:
                self.starts.append(end - len(characters) + at)
                self.ends.append(end - len(characters) + at + 1)
            else:
                self.starts.append(start + head)
                self.ends.append(end - tail)

    def line(self, line: Line, broken: BrokenWord | None) -> None:
        place = line.start
        for change in self.corrected.between(line.start, line.end):
            if change.start < place:
                continue
            self.add(self.source[place : change.start], place, change.start)
            self._change(change)
            place = change.end
        end = line.start + len(self.source[line.start : line.end].rstrip())
        if place < end:
            self.add(self.source[place:end], place, end)
        if broken is None:
            self.add(" ", line.end, line.end + 1)
            return
        while self.characters and self.characters[-1].isspace():
            self.drop()
        if not broken.soft and self.characters and self.characters[-1] == "¬":
            self.characters[-1] = "-"
        if broken.soft and self.characters and not self.characters[-1].isalnum():
            self.drop()
            while self.characters and self.characters[-1].isspace():
                self.drop()

    def _change(self, change: Emendation) -> None:
        if change.read:
            self.add(change.read, change.start, change.end)

    def drop(self) -> None:
        self.characters.pop()
        self.starts.pop()
        self.ends.pop()

    def end_block(self) -> None:
        while self.characters and self.characters[-1] == " ":
            self.drop()
        if self.ends:
            self.characters.append("\n")
            self.starts.append(self.ends[-1])
            self.ends.append(self.ends[-1])


def _common(one: str, other: str) -> int:
    """The length of the common beginning."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
