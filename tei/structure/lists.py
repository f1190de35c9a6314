"""Lists: paragraphs that are numbered through, tables of contents, indexes (TEI Guidelines, chapter 3.8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tei.layout.furniture import page_id
from tei.structure.blocks import Block, inked
from tei.span import Span

_LABEL: Final = re.compile(r"[\"“‘]?(\(?(?:[0-9]{1,2}|[a-z])[.)])\s+(?=\S)")
_ENTRY_PAGE: Final = re.compile(r"([0-9]{1,4})\s*\Z")
_INDEX_PAGE: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{1,4}(?![0-9A-Za-z’'])")
# Items farther apart than this are not one list.
_FARTHEST: Final = 9


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its blocks (first and last index) and the label it begins with (offsets)."""

    first: int
    last: int
    label: tuple[int, int] | None


def find_lists(text: str, blocks: Sequence[Block], excluded: frozenset[int]) -> list[list[Item]]:
    """Runs of paragraphs labelled 1., 2., 3. … or a), b), c) …; what stands between two belongs to the first.

    ``excluded`` holds the starts of blocks that no list reaches over: headings and the like.
    """
    lists: list[list[Item]] = []
    items: list[Item] = []
    for number, block in enumerate(blocks):
        if block.start in excluded or block.name != "p":
            _finish(lists, items)
            continue
        start, end = inked(text, block)
        match = _LABEL.match(text, start, end)
        value = _value(match[1]) if match else None
        if items and value is not None and match:
            last = items[-1]
            if _follows(_value(text[slice(*last.label)]) if last.label else None, value) and number - last.first <= _FARTHEST:
                items[-1] = Item(last.first, number - 1, last.label)
                items.append(Item(number, number, match.span(1)))
                continue
        if value == (1, match[1][-1], match[1].strip("().").isdigit()) if match else False:
            _finish(lists, items)
            items = [Item(number, number, match.span(1))] if match else []
    _finish(lists, items)
    return [found for found in lists if len(found) > 1]


def _finish(lists: list[list[Item]], items: list[Item]) -> None:
    if items:
        lists.append(list(items))
        items.clear()


def _value(label: str) -> tuple[int, str, bool] | None:
    """What a label counts, how it ends, and whether it is a number."""
    inner = label.strip("().")
    if inner.isdigit():
        return int(inner), label[-1], True
    return (ord(inner) - 96, label[-1], False) if len(inner) == 1 else None


def _follows(before: tuple[int, str, bool] | None, value: tuple[int, str, bool]) -> bool:
    return before is not None and value == (before[0] + 1, before[1], before[2])


def contents_refs(text: str, block: Block, known: frozenset[int], lowest: int, read: Callable[[int, int], str]) -> tuple[list[Span], int]:
    """The link at the end of an entry of a table of contents, and the page that it leads to.

    ``read`` gives the text between two offsets as corrected; pages only count up.
    """
    start, end = inked(text, block)
    last = text.rfind(" ", start, len(text[:end].rstrip())) + 1
    match = _ENTRY_PAGE.search(text, start, end)
    corrected = _ENTRY_PAGE.search(read(max(start, last - 8), end))
    if not match or not corrected:
        return [], lowest
    value = int(corrected[1])
    if value not in known or value < lowest:
        return [], lowest
    return [Span(*match.span(1), "ref", {"type": "page", "target": f"#{page_id(str(value))}"})], value


def index_refs(text: str, block: Block, known: frozenset[int]) -> list[Span]:
    """Links for all page numbers in an entry of an index."""
    start, end = inked(text, block)
    return [
        Span(*match.span(), "ref", {"type": "page", "target": f"#{page_id(match[0])}"})
        for match in _INDEX_PAGE.finditer(text, start, end)
        if int(match[0]) in known and match[0][0] != "0"
    ]


def index_entries(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The entries of an index, of which each begins a line: a line that does not goes on with the one before."""
    entries: list[Block] = []
    for block in blocks:
        for line in block.lines:
            content = line.content(text)
            begins = content[:1].isupper() or content[:1] in "“‘\"'"
            if entries and not begins:
                entries[-1].lines.append(line)
            else:
                entries.append(Block([line], "item"))
    return entries
