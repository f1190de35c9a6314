"""The outline of a text: all spans that make up its structure, from the lines to the divisions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tei.editor.decided import Decided
from tei.editor.readings import Corrected
from tei.layout.lines import Line
from tei.layout.notes import Note
from tei.span import Span
from tei.speech.reactions import Reaction
from tei.streams import Arrangement
from tei.structure.blocks import Block, BlockDecisions, find_blocks, goes_on, inked
from tei.structure.divisions import division_spans
from tei.structure.documents import mark_documents
from tei.structure.draft import Draft
from tei.structure.extracts import mark_extracts
from tei.structure.lists import mark_lists
from tei.structure.matter import mark_matter, mark_sides
from tei.structure.openings import mark_headings
from tei.structure.speeches import mark_speeches


class Outline(NamedTuple):
    """The blocks of a text and the spans of its structure.

    ``speakers`` are those (id and name) whom printed labels name; ``apart`` are stretches that are no part
    of the work, which no analyser of words reads; ``extracts`` are the set-off quotations.
    """

    blocks: Sequence[Block]
    spans: Sequence[Span]
    speakers: Sequence[tuple[str, str]]
    apart: Sequence[tuple[int, int]]
    extracts: Sequence[tuple[int, int]]


def outline(
    arrangement: Arrangement,
    lines: list[Line],
    notes: Sequence[Note],
    decided: Decided,
    corrected: Corrected,
    reactions: Sequence[Reaction],
) -> Outline:
    """Work out the structure: each step takes the blocks that are its own, the rest are paragraphs."""
    text = arrangement.text
    joins = decided.blocks.joins | _line_starts_within(text, reactions)
    splits = decided.blocks.splits | _bounds(arrangement, lines, decided)
    draft = Draft(text, find_blocks(text, lines, BlockDecisions(joins, splits)))
    pages = frozenset(page.page.value for page in arrangement.pages)
    body = mark_sides(draft, decided)
    apart = mark_matter(draft, decided, corrected, pages, body)
    openings = mark_headings(draft, decided, arrangement, body)
    spoken = mark_speeches(draft, arrangement, lines, reactions, [opening.start for opening in openings])
    extracts = mark_extracts(draft, decided, spoken.turn_starts)
    mark_lists(draft, decided, spoken.turn_starts, extracts)
    mark_documents(draft, decided)
    _mark_verse(draft, decided)
    _mark_named(draft, decided)
    draft.spans += division_spans(openings, body[1], [end for _, _, end in arrangement.streams])
    _mark_blocks(draft, body)
    _mark_notes(draft, notes, BlockDecisions(joins, decided.blocks.splits))
    return Outline(draft.blocks, draft.spans, spoken.speakers, apart, extracts)


def _line_starts_within(text: str, reactions: Sequence[Reaction]) -> frozenset[int]:
    """The starts of the lines that go on with a reaction: no paragraph begins there."""
    return frozenset(
        reaction.start + at + 1
        for reaction in reactions
        for at, character in enumerate(text[reaction.start : reaction.end])
        if character == "\n"
    )


def _bounds(arrangement: Arrangement, lines: Sequence[Line], decided: Decided) -> frozenset[int]:
    """Where a paragraph begins for certain.

    A stream, and what follows it, begins with a new one; so does what follows a decided stretch, though a
    page may end between.
    """
    starts = [line.start for line in lines if line.role == "body"]
    places = [at for _, start, end in arrangement.streams for at in (start, end)]
    found = {
        starts[at]
        for at in (bisect_left(starts, place) for place in [*places, *decided.ends])
        if at < len(starts)
    }
    size = len(arrangement.text)
    return frozenset({*found, decided.body or 0, decided.back if decided.back is not None else size})


def _mark_verse(draft: Draft, decided: Decided) -> None:
    for region in decided.verse:
        draft.add(region.start, draft.inked_end(region.end), "lg")
        for block in draft.within(region):
            block.name = ""
            for line in block.lines:
                draft.add(line.start, draft.line_end(line), "l")


def _mark_named(draft: Draft, decided: Decided) -> None:
    """Paragraphs that the editor says are something else."""
    named = {block.start: block for block in decided.named}
    for block in draft.blocks:
        other = named.get(block.start)
        if other is None:
            continue
        if other.name == "epigraph":
            # It holds paragraphs, no words of its own.
            draft.wrap([block], "epigraph")
        else:
            block.name = other.name
            block.attributes = {"type": other.type} if other.type else {}


def _mark_blocks(draft: Draft, body: tuple[int, int]) -> None:
    for block in draft.blocks:
        if block.name:
            draft.add(*inked(draft.text, block), block.name, block.attributes)
    if not any(body[0] <= start < body[1] for start in draft.starts):
        # A body needs at least one block (TEI Guidelines, chapter 4.1). It stands before the last
        # line break, outside of what is printed there.
        last = body[1] - 1 if draft.text[body[0] : body[1]].endswith("\n") else body[0]
        draft.add(last, last, "p")


def _mark_notes(draft: Draft, notes: Sequence[Note], decisions: BlockDecisions) -> None:
    """Paragraphs inside notes, the printed marker left before the first."""
    broken = False
    for note in notes:
        starts = {line.start for line in note.lines}
        lines = [Line(line.start, line.end, 0, "body", line.number) for line in note.lines]
        own = BlockDecisions(decisions.joins, decisions.splits & starts)
        found: list[Span] = []
        for block in find_blocks(draft.text, lines, own):
            if note.marker and block.start <= note.marker[0] < block.end:
                block.opening = note.marker[1] - block.start
            found.append(Span(*inked(draft.text, block), "p"))
        if note.following and goes_on(draft.text, note.end):
            found[-1] = replace(found[-1], attributes={"part": "I"})
            broken = True
        elif note.preceding and broken:
            found[0] = replace(found[0], attributes={"part": "F"})
            broken = False
        draft.spans += found
