"""Tables of contents and indexes: their entries, and the links to the pages that they name.

TEI Guidelines, chapters 3.8 and 4.7.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from tei.editor.readings import Corrected
from tei.layout.furniture import page_id
from tei.span import Span
from tei.structure.blocks import Block, inked
from tei.structure.headings import arabic

_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{0,3}(?![0-9A-Za-z’'])")
_ENTRY_LABEL: Final = re.compile(r"([IVXLC]{1,7}|[0-9]{1,3})[.)]?\s")
_NAMED_ENTRY: Final = re.compile(r"(?:part|book|chapter|appendix|index|bibliography)\b", re.IGNORECASE)
_PART: Final = re.compile(r"(?:part|book)\b", re.IGNORECASE)
# How an entry of an index ends, and how a line begins that goes on with one.
_CLOSED: Final = re.compile(
    r"(?:[0-9]\)?\s*(?:ff?\.?|passim|n\.?)?|\bpassim|\b(?:see|appendi)[^0-9]*[^\s,;(–—-])\Z", re.IGNORECASE
)
_OPEN: Final = re.compile(r"\b(?:and|the|of|see|also|in|to|or)\Z")
_RUNS_ON: Final = re.compile(r"(?:[0-9(]|ff?\b|passim\b|see\b|and\b)")


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
    before: tuple[int, int] | None = None
    for line in block.lines:
        for start, end, number in _numbers(text, line.start, line.end, corrected):
            value = number
            if before and text[before[0] : start].strip() in ("-", "–") and value < before[1]:
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


def index_entries(blocks: Sequence[Block], corrected: Corrected) -> list[Block]:
    """The entries of an index: a line may begin one where the last is closed; the alphabet decides.

    Of the lines that may, those begin an entry that make the longest run in alphabetical order.
    """
    lines = [line for block in blocks for line in block.lines]
    candidates: list[tuple[str, int]] = []
    entry = ""
    for number, line in enumerate(lines):
        content = corrected(line.start, line.end).strip()
        if number == 0 or (_CLOSED.search(entry) and not _OPEN.search(entry) and not _RUNS_ON.match(content)):
            candidates.append((_letters(content), number))
            entry = content
        else:
            entry = f"{entry} {content}"
    begins = _longest_in_order(candidates)
    entries: list[Block] = []
    for number, line in enumerate(lines):
        if number in begins or not entries:
            entries.append(Block([line], "item"))
        else:
            entries[-1].lines.append(line)
    return entries


def _letters(content: str) -> str:
    """The first letters of an entry, by which an index is sorted."""
    plain = unicodedata.normalize("NFKD", content).casefold()
    return "".join(character for character in plain if character.isalpha())[:2]


def _longest_in_order(candidates: Sequence[tuple[str, int]]) -> frozenset[int]:
    """The numbers of the longest run of ``candidates`` whose letters never go back (by patience sorting)."""
    tops: list[str] = []
    at_top: list[int] = []
    before: list[int] = []
    for at, (letters, _) in enumerate(candidates):
        pile = bisect_right(tops, letters)
        before.append(at_top[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [letters]
        at_top[pile : pile + 1] = [at]
    chosen: set[int] = set()
    at = at_top[-1] if at_top else -1
    while at >= 0:
        chosen.add(candidates[at][1])
        at = before[at]
    return frozenset(chosen)


def contents_entries(text: str, blocks: Sequence[Block], corrected: Corrected) -> list[Block]:
    """The entries of a table of contents: one goes on to its page, or to the label of the next."""
    entries: list[Block] = []
    closed = True
    for block in blocks:
        content = corrected(*inked(text, block)).strip()
        if not closed and not _begins_entry(corrected(*inked(text, entries[-1])), content):
            entries[-1].lines += block.lines
        else:
            entries.append(block)
        # The title of a part has no page of its own.
        closed = content[-1:].isdigit() or bool(_PART.match(content))
    return entries


def _begins_entry(before: str, content: str) -> bool:
    """Whether ``content`` begins with the label that is due behind the entry ``before``."""
    if _NAMED_ENTRY.match(content):
        return True
    label, last = _ENTRY_LABEL.match(content), _ENTRY_LABEL.match(before)
    if not label:
        return False
    value = arabic(label[1])
    if not last:
        return value is not None
    due = arabic(last[1])
    return value is not None and due is not None and value == due + 1
