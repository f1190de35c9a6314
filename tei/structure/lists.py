"""Lists: paragraphs that are numbered through, tables of contents, indexes (TEI Guidelines, chapter 3.8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tei.editor.readings import Corrected
from tei.layout.furniture import page_id
from tei.span import Span
from tei.structure.blocks import Block, inked

_LABEL: Final = re.compile(r"[\"“‘]?(\(?(?:[0-9]{1,2}|[a-z])[.)])\s+(?=\S)")
_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{0,3}(?![0-9A-Za-z’'])")
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
            if (
                _follows(_value(text[slice(*last.label)]) if last.label else None, value)
                and number - last.first <= _FARTHEST
            ):
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


def contents_refs(
    text: str, block: Block, known: frozenset[int], lowest: int, corrected: Corrected
) -> tuple[list[Span], int]:
    """The link at the end of an entry of a table of contents, and its page; pages only count up."""
    _, end = inked(text, block)
    numbers = _numbers(text, block.lines[-1].start, end, corrected)
    if not numbers or numbers[-1][1] < len(text[:end].rstrip()):
        return [], lowest
    first, last, value = numbers[-1]
    if value not in known or value < lowest:
        return [], lowest
    return [_page_ref(first, last, value)], value


def index_refs(text: str, block: Block, known: frozenset[int], corrected: Corrected) -> list[Span]:
    """Links for all page numbers in an entry of an index; of ``147-9`` the second leads to 149."""
    spans: list[Span] = []
    for line in block.lines:
        before: tuple[int, int] | None = None
        for start, end, number in _numbers(text, line.start, line.end, corrected):
            value = number
            if before and text[before[0] : start] in ("-", "–") and value < before[1]:
                shown = str(value)
                value = int(str(before[1])[: -len(shown)] + shown)
            if value in known:
                spans.append(_page_ref(start, end, value))
            before = (end, value)
    return spans


def _page_ref(start: int, end: int, value: int) -> Span:
    return Span(start, end, "ref", {"type": "page", "target": f"#{page_id(str(value))}"})


def _numbers(text: str, start: int, end: int, corrected: Corrected) -> list[tuple[int, int, int]]:
    """The numbers between two offsets, each with its place; a misread one is what it should read."""
    emended = corrected.between(start, end)
    found = [
        (match.start(), match.end(), int(match[0]))
        for match in _NUMBER.finditer(text, start, end)
        if not any(change.start < match.end() and match.start() < change.end for change in emended)
    ]
    for change in emended:
        read = _NUMBER.search(change.read)
        if read:
            found.append((change.start, change.end, int(read[0])))
    return sorted(found)


def index_entries(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The entries of an index: each begins a line; a line that begins none goes on with the last."""
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
