"""Blocks: paragraphs and the like, put together from lines.

A blank line ends a paragraph, a page does not: whether the text goes on over the page is
read from its last line (a broken word, an unfinished sentence, a line that is filled).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low
from typing import Final, NamedTuple

from tei.layout.lines import XML_SPACE, Line

_SENTENCE_END: Final = re.compile(r"[.!?…:;][\s\"'’”»*♦•)\]}]*\Z")
_BROKEN: Final = re.compile(r"[^\W_][-¬\u00ad\u2010]\s*\Z")
_UNWRAPPED_LENGTH: Final = 120
# A last line shorter than this share of the usual one ends a paragraph.
_SHORT: Final = 0.85


@dataclass(slots=True)
class Block:
    """Lines that belong together: a paragraph until something else is found out.

    ``name`` and ``attributes`` are those of the element it becomes; with no name it becomes none.
    ``opening`` is the length of a heading that runs in at its start, or of a printed marker.
    """

    lines: list[Line]
    name: str = "p"
    attributes: dict[str, str] = field(default_factory=dict)
    opening: int = 0

    @property
    def start(self) -> int:
        """Where the first line starts."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where the last line ends, its line break left out."""
        return self.lines[-1].end

    def text(self, text: str) -> str:
        """The block's characters, lines joined by spaces."""
        return " ".join(line.content(text) for line in self.lines)


class BlockDecisions(NamedTuple):
    """Starts of lines where the editor says that a paragraph goes on or begins."""

    joins: frozenset[int] = frozenset()
    splits: frozenset[int] = frozenset()


def find_blocks(text: str, lines: Sequence[Line], decisions: BlockDecisions) -> list[Block]:
    """The blocks that the body lines among ``lines`` make up, in reading order."""
    flow = [line for line in lines if line.role == "body"]
    layout = _Wrapping(text, flow)
    blocks: list[Block] = []
    for line in flow:
        if blocks and not layout.begins_block(blocks[-1].lines[-1], line, lines, decisions):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block([line]))
    return blocks


class _Wrapping:
    """How a text is set: line by line or paragraph by paragraph, with indents or without."""

    def __init__(self, text: str, flow: Sequence[Line]) -> None:
        self.text = text
        lengths = [line.end - line.start for line in flow]
        long = sum(length > _UNWRAPPED_LENGTH for length in lengths)
        self.unwrapped = long * 4 > len(lengths)
        self.widths: dict[int, int] = {}
        pages: dict[int, list[int]] = {}
        for line, length in zip(flow, lengths, strict=True):
            pages.setdefault(line.page, []).append(length)
        for page, found in pages.items():
            self.widths[page] = median_low(found)

    def begins_block(
        self, before: Line, line: Line, lines: Sequence[Line], decisions: BlockDecisions
    ) -> bool:
        if line.start in decisions.splits:
            return True
        if line.start in decisions.joins:
            return False
        if before.page == line.page:
            if line.number > before.number + 1:
                # White space that XML takes for text cannot stand between blocks.
                return True
            return self.unwrapped or self._is_indented(before, line)
        return self._begins_on_page(before, line, lines)

    def _is_indented(self, before: Line, line: Line) -> bool:
        return 2 <= self._indent(line) <= 8 and self._indent(before) == 0

    def _indent(self, line: Line) -> int:
        content = self.text[line.start : line.end]
        return len(content) - len(content.lstrip(" "))

    def _begins_on_page(self, before: Line, line: Line, lines: Sequence[Line]) -> bool:
        if is_heading_line(line.content(self.text)):
            return True
        if goes_on(self.text, before.end):
            return False
        if before.end - before.start < self.widths[before.page] * _SHORT:
            return True
        # The line is filled and ends a sentence: a blank line under a running head is the only evidence.
        above = lines[line.number - 1] if line.number else None
        below_head = next((other for other in reversed(lines[: line.number]) if other.role != "blank"), None)
        if (
            above is not None
            and above.role == "blank"
            and below_head is not None
            and below_head.role == "running head"
        ):
            return True
        return self.unwrapped


def goes_on(text: str, end: int) -> bool:
    """Whether the text that stops at ``end`` stops in a word or a sentence."""
    tail = text[max(0, end - 40) : end]
    return bool(_BROKEN.search(tail)) or not _SENTENCE_END.search(tail)


def is_heading_line(content: str) -> bool:
    """Whether a line is set in capitals, as only a heading's are."""
    letters = [character for character in content if character.isalpha()]
    return len(letters) >= 5 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def inked(text: str, block: Block) -> tuple[int, int]:
    """The offsets of a block without its opening and the white space around it."""
    start = block.start + block.opening
    content = text[start : block.end]
    if block.opening:
        start += len(content) - len(content.lstrip(XML_SPACE))
    return start, block.end - (len(content) - len(content.rstrip(XML_SPACE)))
