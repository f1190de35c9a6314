"""Where divisions begin: at headings, found or decided, and with streams."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tei.editor.decided import Decided, DecidedHead
from tei.streams import Arrangement
from tei.structure.divisions import Opening
from tei.structure.draft import Draft
from tei.structure.headings import Head, find_headings


def mark_headings(
    draft: Draft, decided: Decided, arrangement: Arrangement, body: tuple[int, int]
) -> list[Opening]:
    """``head`` for each heading of the body; the divisions that headings and streams begin, in order."""
    openings = [opening for head in decided.heads for opening in _mark_decided(draft, head)]
    inside = draft.starts_within(decided.documents, decided.verse, decided.extracts)
    outside = {start for start in draft.starts if not body[0] <= start < body[1]}
    kinds = {head.start: head.type for head in decided.heads}
    excluded = frozenset({*kinds, *decided.not_heads, *inside, *outside})
    streams = [(start, end) for _, start, end in arrangement.streams]
    found = find_headings(draft.text, draft.blocks, streams, excluded, kinds)
    for head in _with_text(draft, found, openings):
        blocks = draft.blocks[head.first : head.last + 1]
        draft.wrap(blocks, "head")
        for block in blocks:
            block.name = ""
        openings.append(Opening(blocks[0].start, head.type, head.n))
    return _with_streams(draft, openings, arrangement, body[1])


def _mark_decided(draft: Draft, head: DecidedHead) -> list[Opening]:
    attributes = {"type": "sub"} if head.type == "sub" else {}
    if head.run_in:
        attributes["rend"] = "run-in"
    draft.add(head.start, head.end if head.run_in else draft.inked_end(head.end), "head", attributes)
    for block in draft.between(head.start, head.end):
        if head.run_in:
            block.opening = head.end - block.start
        else:
            block.name = ""
    return [] if head.type in ("text", "sub") else [Opening(head.start, head.type, head.n)]


def _with_text(draft: Draft, heads: Sequence[Head], decided: Sequence[Opening]) -> list[Head]:
    """``heads`` without those that nothing stands under: such a line is no heading."""
    kept: list[Head] = []
    begun = [(opening.start, opening.level) for opening in decided]  # and those kept so far
    for head in reversed(heads):
        own = Opening(draft.blocks[head.first].start, head.type)
        until, level = min((other for other in begun if other[0] > own.start), default=(len(draft.text), -1))
        under = draft.blocks[head.last + 1 : bisect_left(draft.starts, until)]
        if level > own.level or any(block.name for block in under):
            kept.append(head)
            begun.append((own.start, own.level))
    return kept[::-1]


def _with_streams(draft: Draft, openings: list[Opening], arrangement: Arrangement, end: int) -> list[Opening]:
    """The openings with those of the streams, which take over the heading they begin with."""
    facing = _facing(arrangement)
    for stream, start, _ in arrangement.streams:
        head = draft.first_at(start, start)
        own = next(
            (opening for opening in openings if (opening.start, opening.type) == (head, stream.type)), None
        )
        if own:
            openings.remove(own)
        openings.append(
            Opening(
                head if own else start, stream.type, own.n if own else None, stream.id, facing.get(stream.id)
            )
        )
    # What follows a stream under no heading of its own cannot stand beside a division.
    begun = {opening.start for opening in openings}
    for _, _, stop in arrangement.streams:
        start = draft.first_at(stop, end)
        if start < end and start not in begun:
            openings.append(Opening(start, "section"))
            begun.add(start)
    return sorted(openings, key=lambda opening: (opening.start, opening.level))


def _facing(arrangement: Arrangement) -> dict[str, str]:
    """For each of two streams that share their pages, the other."""
    streams = [stream for stream, _, _ in arrangement.streams]
    return {
        one.id: other.id
        for one in streams
        for other in streams
        if one is not other and one.first <= other.last and other.first <= one.last
    }
