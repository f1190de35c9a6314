"""Front and back matter: title page, contents, index, and what is no part of the work.

TEI Guidelines, chapters 4.5 to 4.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tei.editor.decided import Decided, Region
from tei.editor.readings import Corrected
from tei.structure.blocks import Block
from tei.structure.draft import Draft
from tei.structure.headings import is_capitals
from tei.structure.tables import contents_entries, contents_refs, index_entries, index_refs
from tei.structure.title_page import title_page_spans

#: What a library, a scanner or a reader left on the pages: no part of the work.
NOT_THE_WORK: Final = frozenset({"libraryStamp", "librarySlip", "scanNoise"})
_HEADLESS: Final = frozenset({"halfTitle", "imprint"})


def mark_sides(draft: Draft, decided: Decided) -> tuple[int, int]:
    """``front``, ``body`` and ``back``; where the body starts and ends."""
    size = len(draft.text)
    start = decided.body or 0
    end = decided.back if decided.back is not None else size
    if start:
        draft.add(0, start, "front")
    draft.add(start, end, "body")
    if end < size:
        draft.add(end, size, "back")
    return start, end


def mark_matter(
    draft: Draft, decided: Decided, corrected: Corrected, pages: frozenset[int], body: tuple[int, int]
) -> list[tuple[int, int]]:
    """The regions that the editor names, and a division around what stands between them.

    Returns the stretches that are no part of the work.
    """
    apart: list[tuple[int, int]] = []
    for region in decided.regions:
        if region.type in NOT_THE_WORK:
            _mark_apart(draft, region)
            apart.append((region.start, region.end))
        elif region.type == "contents":
            _mark_contents(draft, region, corrected, pages)
        elif region.type == "index":
            _mark_index(draft, region, corrected, pages)
        else:
            if region.type not in _HEADLESS and len(draft.within(region)) > 1:
                _below_head(draft, region)
            draft.add(region.start, region.end, "div", {"type": region.type})
    title_pages = [decided.title_page] if decided.title_page else []
    for region in title_pages:
        _drop(draft, region)
        draft.spans += title_page_spans(region.start, draft.inked_end(region.end), region.parts)
    _mark_strays(draft, draft.starts_within(decided.regions, title_pages), body)
    return apart


def _drop(draft: Draft, region: Region) -> None:
    """The blocks of a region are no paragraphs any more."""
    for block in draft.within(region):
        block.name = ""


def _mark_apart(draft: Draft, region: Region) -> None:
    _drop(draft, region)
    for name in ("div", "ab"):
        draft.add(region.start, draft.inked_end(region.end), name, {"type": region.type})


def _below_head(draft: Draft, region: Region) -> list[Block]:
    """The blocks of a region without the heading that it begins with, if it does."""
    blocks = draft.within(region)
    if blocks and is_capitals(blocks[0].text(draft.text)):
        blocks[0].name = "head"
        return blocks[1:]
    return blocks


def _mark_contents(draft: Draft, region: Region, corrected: Corrected, pages: frozenset[int]) -> None:
    blocks = _below_head(draft, region)
    entries = contents_entries(draft.text, blocks, corrected)
    lowest = 0
    for block in entries:
        block.name = "item"
        refs, lowest = contents_refs(draft.text, block, pages, lowest, corrected)
        draft.spans += refs
    _mark_list(draft, region, blocks, entries)


def _mark_index(draft: Draft, region: Region, corrected: Corrected, pages: frozenset[int]) -> None:
    blocks = _below_head(draft, region)
    entries = index_entries(blocks, corrected)
    for block in entries:
        draft.spans += index_refs(draft.text, block, pages, corrected)
    _mark_list(draft, region, blocks, entries)


def _mark_list(draft: Draft, region: Region, blocks: Sequence[Block], entries: Sequence[Block]) -> None:
    draft.replace(blocks, entries)
    draft.add(region.start, region.end, "div", {"type": region.type})
    if entries:
        draft.wrap(entries, "list", {"type": region.type})


def _mark_strays(draft: Draft, taken: set[int], body: tuple[int, int]) -> None:
    """A division around what stands between the regions of front and back, where no paragraph may."""
    run: list[Block] = []
    for block in [*draft.blocks, None]:
        stray = block is not None and block.start not in taken and not body[0] <= block.start < body[1]
        same_side = bool(run) and block is not None and (run[-1].start < body[0]) == (block.start < body[0])
        if run and not (stray and same_side):
            draft.wrap(run, "div", {"type": "section"})
            run = []
        if stray and block is not None:
            run.append(block)
