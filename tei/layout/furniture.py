"""Page furniture: breaks, numbers, running heads, form feeds (TEI Guidelines, chapters 3.11.3 and 12.6)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from tei.edition.text import Layout
from tei.layout.lines import XML_SPACE, Line, by_page
from tei.span import Span
from tei.streams import Arrangement, PlacedPage

_LIKE: Final = 0.75
_OFTEN: Final = 4
_BLANK: Final = XML_SPACE + "\f"


def page_id(n: str) -> str:
    """The ``xml:id`` of the page break of page ``n``: ``p87`` for ``87`` and ``[87]``."""
    return "p" + re.sub(r"\W", "", n)


def mark_furniture(
    arrangement: Arrangement, lines: list[Line], layout: Layout, titles: frozenset[int]
) -> list[Span]:
    """Page breaks, page numbers, running heads and form feeds as spans; their lines get their roles.

    ``titles`` holds the starts of lines that the editor says are headings, whatever they look like.
    """
    text = arrangement.text
    spans = [span for page in arrangement.pages for span in _page_break(page)]
    for line in lines:
        if line.role == "body" and not text[line.start : line.end].strip(_BLANK):
            line.role = "form feed"
            spans += _form_feeds(text, line)
    pages = by_page(lines, len(arrangement.pages))
    for placed, on_page in zip(arrangement.pages, pages, strict=True):
        spans += _page_number(text, placed, on_page)
    wanted = [_folded(head) for head in layout.running_heads] or _repeated(text, pages)
    for on_page in pages:
        first = next((line for line in on_page if line.role == "body"), None)
        if first is None or first.start in titles:
            continue
        if _is_like(_folded(first.content(text)), wanted):
            first.role = "running head"
            spans += _form_feeds(text, first)
            spans.append(Span(*_inked(text, first), "fw", {"type": "header", "place": "top"}))
    return spans


def _page_break(placed: PlacedPage) -> list[Span]:
    page = placed.page
    attributes = {"n": page.n, "xml:id": page_id(page.n)}
    if page.state == "lost":
        attributes["cert"] = "high"
    if placed.facing:
        attributes["corresp"] = f"#{page_id(placed.facing)}"
    if placed.next:
        attributes["next"] = f"#{page_id(placed.next)}"
    if placed.previous:
        attributes["prev"] = f"#{page_id(placed.previous)}"
    return [Span(placed.start, placed.start, "pb", attributes)]


def _page_number(text: str, placed: PlacedPage, lines: list[Line]) -> list[Span]:
    page = placed.page
    if page.number is None:
        return []
    at = page.number[0] + placed.start - page.start
    line = next(line for line in lines if line.start <= at < line.end)
    line.role = "page number"
    at_top = line is next(other for other in lines if other.role not in ("blank", "form feed"))
    start, end = _inked(text, line)
    spans = _form_feeds(text, line)
    spans += [Span(start, end, "fw", {"type": "pageNum", "place": "top" if at_top else "bottom"})]
    if page.state == "garbled":
        spans += [
            Span(start, end, "choice"),
            Span(start, end, "sic"),
            Span(end, end, "corr", {"cert": "high"}, str(page.value)),
        ]
    return spans


def _inked(text: str, line: Line, blank: str = _BLANK) -> tuple[int, int]:
    """The part of a line between white space and form feeds."""
    content = text[line.start : line.end]
    start = line.end - len(content.lstrip(blank))
    return start, max(start, line.start + len(content.rstrip(blank)))


def _form_feeds(text: str, line: Line) -> list[Span]:
    """The form feeds before and behind what is printed on a line."""
    start, end = _inked(text, line)
    sides = (replace(line, end=start), replace(line, start=end))
    inked = [_inked(text, side, XML_SPACE) for side in sides]
    return [Span(*side, "fw", {"type": "formFeed"}) for side in inked if side[0] < side[1]]


def _folded(text: str) -> str:
    return re.sub(r"[^\w]|\d", "", text).upper()


def _is_like(folded: str, wanted: Sequence[str]) -> bool:
    """Whether a line reads as one of the running heads, a few letters misread."""
    return any(
        abs(len(folded) - len(head)) <= len(head) // 4
        and SequenceMatcher(None, folded, head, autojunk=False).ratio() >= _LIKE
        for head in wanted
        if head
    )


def _repeated(text: str, pages: list[list[Line]]) -> list[str]:
    """First lines that come again on many pages: running heads that no edition file names."""
    first = Counter(
        _folded(line.content(text))
        for on_page in pages
        if (line := next((line for line in on_page if line.role == "body"), None)) is not None
    )
    enough = max(_OFTEN, len(pages) // 8)
    return [head for head, count in first.items() if head and count >= enough]
