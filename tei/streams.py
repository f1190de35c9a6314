"""Streams: text that is continuous for a reader but not on paper.

``arrange`` puts the pages of a source into reading order. Every analyser and the
weaver work on that *arranged text*; the page breaks keep the order on paper
(``pb/@next``), so that the source view can restore it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tei.edition.text import Stream
from tei.errors import EditionError
from tei.layout.pages import Page


class PlacedPage(NamedTuple):
    """A page at its place in the arranged text: ``start`` to ``end`` there, and its neighbours."""

    page: Page
    start: int
    end: int
    stream: str | None
    facing: str | None  # n of the page that faces it
    next: str | None  # n of the next page on paper, where reading order goes elsewhere
    previous: str | None


class Arrangement(NamedTuple):
    """The source in reading order.

    ``text`` is the arranged text, a permutation of the source's pages; ``streams`` says
    where each stream stands in it.
    """

    text: str
    pages: tuple[PlacedPage, ...]
    streams: tuple[tuple[Stream, int, int], ...]
    pieces: tuple[tuple[int, int], ...]  # (start in the arranged text, start in the source), ascending

    def source_offset(self, offset: int) -> int:
        """Where the character at ``offset`` of the arranged text stands in the source."""
        at = bisect_right(self.pieces, (offset, len(self.text))) - 1
        start, origin = self.pieces[at]
        return origin + offset - start


def arrange(text: str, pages: Sequence[Page], streams: Sequence[Stream]) -> Arrangement:
    """The source ``text`` with the pages of each stream put together.

    Streams over the same stretch of pages follow each other where the first of them begins.
    Raises ``EditionError`` when a stream has a page that the text has not.
    """
    by_value = {page.value: page for page in pages}
    stream_of: dict[int, Stream] = {}
    for stream in streams:
        for value in stream.pages:
            if value not in by_value:
                raise EditionError(f"stream {stream.id!r} has page {value}, which the source has not")
            if value in stream_of:
                raise EditionError(
                    f"page {value} is in the streams {stream_of[value].id!r} and {stream.id!r}"
                )
            stream_of[value] = stream
    order: list[tuple[Page, Stream | None]] = []
    placed: set[int] = set()
    for page in pages:
        if page.value in placed:
            continue
        if page.value not in stream_of:
            order.append((page, None))
            continue
        for stream in _together(streams, stream_of[page.value]):
            for value in stream.pages:
                if value not in placed:
                    order.append((by_value[value], stream))
                    placed.add(value)
    return _build(text, list(pages), order, streams)


def _together(streams: Sequence[Stream], one: Stream) -> list[Stream]:
    """The streams whose pages lie among those of ``one``, in the order of the edition file."""
    return [stream for stream in streams if stream.first <= one.last and one.first <= stream.last]


def _build(
    text: str, pages: list[Page], order: list[tuple[Page, Stream | None]], streams: Sequence[Stream]
) -> Arrangement:
    before = pages[0].start if pages else len(text)
    after = pages[-1].end if pages else len(text)
    chunks = [text[:before]]
    pieces = [(0, 0)]
    place = before
    placed: list[PlacedPage] = []
    bounds: dict[str, tuple[int, int]] = {}
    facing = _facing(streams, {page.value: page for page in pages})
    for page, stream in order:
        length = page.end - page.start
        pieces.append((place, page.start))
        placed.append(
            PlacedPage(
                page, place, place + length, stream.id if stream else None, facing.get(page.value), None, None
            )
        )
        if stream:
            bounds[stream.id] = (bounds.get(stream.id, (place, 0))[0], place + length)
        chunks.append(text[page.start : page.end])
        place += length
    pieces.append((place, after))
    chunks.append(text[after:])
    return Arrangement(
        "".join(chunks),
        tuple(_with_neighbours(pages, placed)),
        tuple((stream, *bounds[stream.id]) for stream in streams),
        tuple(pieces),
    )


def _facing(streams: Sequence[Stream], by_value: dict[int, Page]) -> dict[int, str]:
    """For each page of two streams that alternate, the page on the other side of the opening."""
    facing: dict[int, str] = {}
    for left in streams:
        for right in streams:
            if left.first + 1 == right.first and left.step == right.step == 2:
                for value in left.pages:
                    if value + 1 in right.pages:
                        facing[value] = by_value[value + 1].n
                        facing[value + 1] = by_value[value].n
    return facing


def _with_neighbours(pages: list[Page], placed: list[PlacedPage]) -> list[PlacedPage]:
    """Pages of which reading order and paper order differ point at their neighbours on paper."""
    paper = [page.value for page in pages]
    reading = [item.page.value for item in placed]
    if paper == reading:
        return placed
    n = {page.value: page.n for page in pages}
    on_paper = {value: at for at, value in enumerate(paper)}
    result = []
    for at, item in enumerate(placed):
        here = on_paper[item.page.value]
        following = paper[here + 1] if here + 1 < len(paper) else None
        preceding = paper[here - 1] if here else None
        read_next = reading[at + 1] if at + 1 < len(reading) else None
        read_before = reading[at - 1] if at else None
        result.append(
            item._replace(
                next=n[following] if following is not None and following != read_next else None,
                previous=n[preceding] if preceding is not None and preceding != read_before else None,
            )
        )
    return result
