"""A text's structure while it is being worked out: its blocks, and the spans found so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from tei.editor.decided import Region
from tei.layout.lines import Line
from tei.span import Span
from tei.structure.blocks import Block, inked


class Draft:
    """The blocks of ``text`` in order, each to become an element by its ``name``, and ``spans`` of more.

    A block that something else has taken for itself has no name any more.
    """

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.spans: list[Span] = []
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        self.set_blocks(blocks)

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        """Put ``blocks`` in the place of all there were."""
        self.blocks = list(blocks)
        self.starts = [block.start for block in self.blocks]

    def replace(self, blocks: Sequence[Block], others: Sequence[Block]) -> None:
        """Put ``others`` in the place of ``blocks``, of whose lines they consist."""
        if blocks:
            first = self.blocks.index(blocks[0])
            self.set_blocks([*self.blocks[:first], *others, *self.blocks[first + len(blocks) :]])

    def between(self, start: int, end: int) -> list[Block]:
        """The blocks that begin from ``start`` to ``end``, both included."""
        return self.blocks[bisect_left(self.starts, start) : bisect_right(self.starts, end)]

    def within(self, region: Region) -> list[Block]:
        """The blocks of a region."""
        return self.between(region.start, region.end)

    def starts_within(self, *regions: Sequence[Region]) -> set[int]:
        """Where the blocks of regions begin."""
        return {block.start for some in regions for region in some for block in self.within(region)}

    def first_at(self, offset: int, default: int) -> int:
        """Where the first block at or behind ``offset`` begins."""
        at = bisect_left(self.starts, offset)
        return self.starts[at] if at < len(self.starts) else default

    def inked_end(self, end: int) -> int:
        """``end`` without the white space before it."""
        while end and self.text[end - 1].isspace():
            end -= 1
        return end

    def line_end(self, line: Line) -> int:
        """The end of a line without the white space before it."""
        return max(line.start, self.inked_end(line.end))

    def add(self, start: int, end: int, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """One more span."""
        self.spans.append(Span(start, end, name, attributes or {}))

    def wrap(self, blocks: Sequence[Block], name: str, attributes: Mapping[str, str] | None = None) -> None:
        """A span around ``blocks``."""
        self.add(blocks[0].start, inked(self.text, blocks[-1])[1], name, attributes)

    def taken(self) -> set[int]:
        """Where the blocks begin that are no plain paragraphs."""
        return {block.start for block in self.blocks if block.name != "p"}
