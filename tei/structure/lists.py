"""Lists: paragraphs that are numbered through (TEI Guidelines, chapter 3.8)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

from tei.editor.decided import Decided
from tei.structure.blocks import Block, inked
from tei.structure.draft import Draft

_LABEL: Final = re.compile(r"[\"“‘]?(\(?(?:[0-9]{1,2}|[a-z])[.)])\s+(?=\S)")
# Items farther apart than this are not one list.
_FARTHEST: Final = 9


class Item(NamedTuple):
    """An item of a list: its blocks (first and last index) and the label it begins with (offsets)."""

    first: int
    last: int
    label: tuple[int, int] | None


def find_lists(text: str, blocks: Sequence[Block], excluded: frozenset[int]) -> list[list[Item]]:
    """Runs of paragraphs labelled 1., 2., 3. … or a), b), c) …; what stands between two belongs to the first.

    A list of another kind of label that begins within an item is a list in that item; an outer list
    comes before those in it. ``excluded`` holds the starts of blocks that no list reaches over:
    headings and the like.
    """
    lists: list[list[Item]] = []
    open_lists: list[list[Item]] = []  # from the outermost in
    for number, block in enumerate(blocks):
        if block.start in excluded or block.name != "p":
            _finish(lists, open_lists, 0)
            continue
        match = _LABEL.match(text, *inked(text, block))
        value = _value(match[1]) if match else None
        if match is None or value is None:
            continue
        label = match.span(1)
        values = [_value(text[slice(*items[-1].label)]) if items[-1].label else None for items in open_lists]
        at = max((at for at, last in enumerate(values) if _follows(last, value)), default=-1)
        if at >= 0 and number - open_lists[at][-1].first <= _FARTHEST:
            _finish(lists, open_lists, at + 1)
            items = open_lists[at]
            items[-1] = Item(items[-1].first, number - 1, items[-1].label)
            items.append(Item(number, number, label))
        elif value[0] == 1:
            same = (at for at, last in enumerate(values) if last and last[1:] == value[1:])
            _finish(lists, open_lists, next(same, len(open_lists)))
            open_lists.append([Item(number, number, label)])
    _finish(lists, open_lists, 0)
    return sorted((found for found in lists if len(found) > 1), key=lambda items: items[0].first)


def _finish(lists: list[list[Item]], open_lists: list[list[Item]], depth: int) -> None:
    """Close the lists that lie ``depth`` or more deep."""
    lists += open_lists[depth:]
    del open_lists[depth:]


def _value(label: str) -> tuple[int, str, bool] | None:
    """What a label counts, how it ends, and whether it is a number."""
    inner = label.strip("().")
    if inner.isdigit():
        return int(inner), label[-1], True
    return (ord(inner) - 96, label[-1], False) if len(inner) == 1 else None


def _follows(before: tuple[int, str, bool] | None, value: tuple[int, str, bool]) -> bool:
    return before is not None and value == (before[0] + 1, before[1], before[2])


def mark_lists(
    draft: Draft, decided: Decided, turn_starts: frozenset[int], extracts: Sequence[tuple[int, int]]
) -> None:
    """The lists that their labels show, and those that the editor names."""
    barred = draft.taken() | draft.starts_within(
        decided.documents, decided.verse, decided.regions, decided.items
    )
    for items in find_lists(draft.text, draft.blocks, frozenset(barred | decided.not_items | turn_starts)):
        if not _splits_an_extract(draft, items, extracts):
            _mark_list(draft, items, extracts)
    for region in decided.items:
        first = bisect_left(draft.starts, region.start)
        _mark_list(
            draft, [Item(first + at, first + at, None) for at, _ in enumerate(draft.within(region))], extracts
        )


def _splits_an_extract(draft: Draft, items: Sequence[Item], extracts: Sequence[tuple[int, int]]) -> bool:
    """Whether an extract is neither around a list nor within an item: then the numbers are its own."""
    bounds = [
        (draft.blocks[item.first].start, inked(draft.text, draft.blocks[item.last])[1]) for item in items
    ]
    start, end = bounds[0][0], bounds[-1][1]
    return any(
        a < end
        and start < b
        and not (a <= start and end <= b)
        and not any(first < a and b <= last for first, last in bounds)
        for a, b in extracts
    )


def _mark_list(draft: Draft, items: Sequence[Item], extracts: Sequence[tuple[int, int]]) -> None:
    start, end = draft.blocks[items[0].first].start, inked(draft.text, draft.blocks[items[-1].last])[1]
    draft.add(start, end, "list")
    within = [(a, b) for a, b in extracts if not (a <= start and end <= b)]
    for item in items:
        blocks = draft.blocks[item.first : item.last + 1]
        attributes = {"n": draft.text[slice(*item.label)].strip("().")} if item.label else {}
        if len(blocks) == 1 and not any(a <= blocks[0].start < b for a, b in within):
            blocks[0].name, blocks[0].attributes = "item", attributes
        else:
            draft.wrap(blocks, "item", attributes)
