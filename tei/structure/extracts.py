"""Set-off quotations: blocks in smaller type, without quotation marks (TEI Guidelines, chapter 3.3.3).

Smaller type has more letters to a line. How much more is compared with the other lines of the
page; a colon before the block, or another extract, makes up for a lesser difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median_low
from typing import Final

from tei.editor.decided import Decided
from tei.layout.lines import Line
from tei.span import Span
from tei.structure.blocks import Block, inked
from tei.structure.draft import Draft

_WIDER_AFTER_COLON: Final = 1.05
_WIDER_AFTER_EXTRACT: Final = 1.03
_WIDER: Final = 1.09
_FEWEST_LINES: Final = 3
_HOLDERS: Final = frozenset({"sp", "item", "note", "floatingText"})
_MARKS: Final = '"“‘„«'


def mark_extracts(draft: Draft, decided: Decided, turn_starts: frozenset[int]) -> list[tuple[int, int]]:
    """``quote`` around the extracts that show themselves and those that the editor names; where they are."""
    barred = draft.taken() | draft.starts_within(
        decided.documents, decided.verse, decided.regions, decided.extracts
    )
    found = find_extracts(draft.text, draft.blocks, frozenset(barred | decided.not_extracts | turn_starts))
    runs = [draft.blocks[first : last + 1] for first, last in found]
    extracts = [(run[0].start, inked(draft.text, run[-1])[1]) for run in runs]
    extracts += [(region.start, draft.inked_end(region.end)) for region in decided.extracts]
    for start, end in extracts:
        draft.add(start, end, "quote", {"rend": "block"})
    return sorted(extracts)


def find_extracts(text: str, blocks: Sequence[Block], excluded: frozenset[int]) -> list[tuple[int, int]]:
    """Runs of blocks (first and last index) that are set off as quotations.

    ``excluded`` holds the starts of blocks that are something else for certain.
    """
    widths = _page_widths(blocks)
    found: list[tuple[int, int]] = []
    for number, block in enumerate(blocks):
        if number == 0 or block.start in excluded or block.name != "p":
            continue
        before = blocks[number - 1]
        after_extract = bool(found) and found[-1][1] == number - 1
        ratio = _ratio(block, widths)
        if ratio is None or block.text(text)[:1] in _MARKS:
            continue
        if after_extract:
            wide = ratio >= _WIDER_AFTER_EXTRACT
        elif before.text(text).rstrip("*♦• ").endswith(":"):
            wide = ratio >= _WIDER_AFTER_COLON
        else:
            wide = ratio >= _WIDER and len(block.lines) >= _FEWEST_LINES
        if wide and after_extract:
            found[-1] = (found[-1][0], number)
        elif wide:
            found.append((number, number))
    return found


def holder(structure: Iterable[Span], start: int, end: int) -> str:
    """The name of the innermost element around an extract that says what may stand in it, or ``""``."""
    around = [
        (span.end - span.start, span.name != "sp", span.name)
        for span in structure
        if span.name in _HOLDERS and span.start <= start and end <= span.end
        # An item that is all of the extract stands in it.
        if span.name != "item" or (span.start, span.end) != (start, end)
    ]
    return min(around)[2] if around else ""


def _page_widths(blocks: Sequence[Block]) -> dict[int, float]:
    """The usual length of a filled line on each page."""
    lengths: dict[int, list[int]] = {}
    for block in blocks:
        for line in block.lines[:-1]:
            lengths.setdefault(line.page, []).append(line.end - line.start)
    return {page: median_low(found) for page, found in lengths.items()}


def _ratio(block: Block, widths: dict[int, float]) -> float | None:
    """How the block's filled lines compare with its page's; ``None`` where that says nothing."""
    page = block.lines[0].page
    filled: list[Line] = [line for line in block.lines[:-1] if line.page == page]
    if page < 0 or not filled or page not in widths:
        return None
    return median_low([line.end - line.start for line in filled]) / widths[page]
