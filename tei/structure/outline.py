"""The outline of a text: all spans that make up its structure, from the lines to the divisions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tei.editor.decided import Decided, DecidedHead, Region
from tei.editor.readings import Corrected
from tei.layout.lines import Line
from tei.layout.notes import Note
from tei.span import Span
from tei.speech.reactions import Reaction
from tei.streams import Arrangement
from tei.structure.blocks import Block, BlockDecisions, find_blocks, goes_on, inked
from tei.structure.divisions import Opening, division_spans
from tei.structure.documents import Piece, cut, document_spans
from tei.structure.extracts import find_extracts
from tei.structure.headings import Head, find_headings, is_capitals
from tei.structure.lists import Item, contents_entries, contents_refs, find_lists, index_entries, index_refs
from tei.structure.speeches import (
    find_speeches,
    split_at_turns,
    stream_speech_spans,
    turn_speech_spans,
    unwrap_reactions,
)
from tei.structure.title_page import title_page_spans

#: What a library, a scanner or a reader left on the pages: no part of the work.
NOT_THE_WORK: Final = frozenset({"libraryStamp", "librarySlip", "scanNoise"})
_HEADLESS: Final = frozenset({"halfTitle", "imprint"})


@dataclass
class Outline:
    """The blocks of a text and the spans of its structure; ``apart`` are stretches that no analyser reads.

    ``speakers`` are those (id and name) whom printed labels name.
    """

    blocks: list[Block]
    spans: list[Span] = field(default_factory=list)
    speakers: list[tuple[str, str]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)


def outline(
    arrangement: Arrangement,
    lines: list[Line],
    notes: Sequence[Note],
    decided: Decided,
    corrected: Corrected,
    reactions: Sequence[Reaction],
) -> Outline:
    """Blocks, lists, extracts, documents, divisions and the text's three sides."""
    return _Outliner(arrangement, lines, notes, decided, corrected, reactions).outline()


class _Outliner:
    def __init__(
        self,
        arrangement: Arrangement,
        lines: list[Line],
        notes: Sequence[Note],
        decided: Decided,
        corrected: Corrected,
        reactions: Sequence[Reaction],
    ) -> None:
        self.arrangement = arrangement
        self.text = arrangement.text
        self.notes = notes
        self.decided = decided
        self.corrected = corrected
        self.reactions = reactions
        starts = [line.start for line in lines if line.role == "body"]
        # A stream, and what follows it, begins with a new paragraph; so does what follows a decided stretch,
        # though a page may end between.
        places = [at for _, start, end in arrangement.streams for at in (start, end)]
        places += decided.ends
        bounds = {starts[at] for at in (bisect_left(starts, place) for place in places) if at < len(starts)}
        bounds |= {decided.body or 0, decided.back if decided.back is not None else len(self.text)}
        self.joins = decided.blocks.joins | _line_starts_within(self.text, reactions)
        self.blocks = find_blocks(
            self.text, lines, BlockDecisions(self.joins, decided.blocks.splits | frozenset(bounds))
        )
        self.lines = lines
        self.starts = [block.start for block in self.blocks]
        self.known_pages = frozenset(page.page.value for page in arrangement.pages)
        self.spans: list[Span] = []
        self.apart: list[tuple[int, int]] = []
        self.speakers: list[tuple[str, str]] = []
        self.turn_starts: frozenset[int] = frozenset()

    def outline(self) -> Outline:
        front_end, back_start = self._sides()
        self._front_and_back(front_end, back_start)
        openings = self._headings(front_end, back_start)
        self._speeches([opening.start for opening in openings])
        self._extracts()
        self._lists()
        self._documents()
        self._verse()
        self._named()
        self.spans += division_spans(openings, back_start, [end for _, _, end in self.arrangement.streams])
        for block in self.blocks:
            if block.name:
                self.spans.append(Span(*inked(self.text, block), block.name, block.attributes))
        self._notes()
        if not any(block.start >= front_end and block.start < back_start for block in self.blocks):
            # A body needs at least one block (TEI Guidelines, chapter 4.1).
            # It stands before the last line break, outside of what is printed there.
            last = back_start - 1 if self.text[front_end:back_start].endswith("\n") else front_end
            self.spans.append(Span(last, last, "p"))
        return Outline(self.blocks, self.spans, self.speakers, self.apart)

    # The three sides of a text

    def _sides(self) -> tuple[int, int]:
        size = len(self.text)
        front_end = self.decided.body or 0
        back_start = self.decided.back if self.decided.back is not None else size
        if front_end:
            self.spans.append(Span(0, front_end, "front"))
        self.spans.append(Span(front_end, back_start, "body"))
        if back_start < size:
            self.spans.append(Span(back_start, size, "back"))
        return front_end, back_start

    def _front_and_back(self, front_end: int, back_start: int) -> None:
        for region in self.decided.regions:
            if region.type in NOT_THE_WORK:
                self._take(region)
                end = self._inked_end(region.end)
                self.spans.append(Span(region.start, end, "div", {"type": region.type}))
                self.spans.append(Span(region.start, end, "ab", {"type": region.type}))
                self.apart.append((region.start, region.end))
            elif region.type == "contents":
                self._contents(region)
            elif region.type == "index":
                self._index(region)
            else:
                blocks = self._in(region)
                if (
                    len(blocks) > 1
                    and region.type not in _HEADLESS
                    and is_capitals(blocks[0].text(self.text))
                ):
                    blocks[0].name = "head"
                self.spans.append(Span(region.start, region.end, "div", {"type": region.type}))
        if self.decided.title_page:
            self._title_page(self.decided.title_page)
        self._strays(front_end, back_start)

    def _strays(self, front_end: int, back_start: int) -> None:
        """A division around what stands between the regions of front and back, where no paragraph may."""
        title_page = [self.decided.title_page] if self.decided.title_page else []
        taken = {block.start for region in (*self.decided.regions, *title_page) for block in self._in(region)}
        run: list[Block] = []
        for block in [*self.blocks, None]:
            if block is not None and block.start not in taken and not front_end <= block.start < back_start:
                if run and (run[-1].start < front_end) == (block.start < front_end):
                    run.append(block)
                    continue
                following = [block]
            else:
                following = []
            if run:
                self.spans.append(
                    Span(run[0].start, inked(self.text, run[-1])[1], "div", {"type": "section"})
                )
            run = following

    def _in(self, region: Region) -> list[Block]:
        return self.blocks[bisect_left(self.starts, region.start) : bisect_right(self.starts, region.end)]

    def _take(self, region: Region) -> list[Block]:
        """The blocks of a region, which then are no paragraphs any more."""
        blocks = self._in(region)
        for block in blocks:
            block.name = ""
        return blocks

    def _inked_end(self, end: int) -> int:
        return (
            len(self.text[:end].rstrip())
            if end - 200 < 0
            else end - (200 - len(self.text[end - 200 : end].rstrip()))
        )

    def _title_page(self, region: Region) -> None:
        self._take(region)
        self.spans += title_page_spans(region.start, self._inked_end(region.end), region.parts)

    def _contents(self, region: Region) -> None:
        blocks = self._below_head(region)
        entries = contents_entries(self.text, blocks, self.corrected)
        lowest = 0
        for block in entries:
            block.name = "item"
            refs, lowest = contents_refs(self.text, block, self.known_pages, lowest, self.corrected)
            self.spans += refs
        self._replace(blocks, entries)
        self._list_div(region, entries, "contents")

    def _index(self, region: Region) -> None:
        blocks = self._below_head(region)
        entries = index_entries(blocks, self.corrected)
        for block in entries:
            self.spans += index_refs(self.text, block, self.known_pages, self.corrected)
        self._replace(blocks, entries)
        self._list_div(region, entries, "index")

    def _below_head(self, region: Region) -> list[Block]:
        """The blocks of a region without the heading that it begins with, if it does."""
        blocks = self._in(region)
        if blocks and is_capitals(blocks[0].text(self.text)):
            blocks[0].name = "head"
            return blocks[1:]
        return blocks

    def _replace(self, blocks: Sequence[Block], entries: Sequence[Block]) -> None:
        """Put ``entries`` in the place of ``blocks``, of whose lines they consist."""
        if blocks:
            first = self.blocks.index(blocks[0])
            self.blocks[first : first + len(blocks)] = entries
            self.starts = [block.start for block in self.blocks]

    def _list_div(self, region: Region, entries: Sequence[Block], kind: str) -> None:
        self.spans.append(Span(region.start, region.end, "div", {"type": kind}))
        if entries:
            self.spans.append(
                Span(entries[0].start, inked(self.text, entries[-1])[1], "list", {"type": kind})
            )

    # Headings

    def _headings(self, front_end: int, back_start: int) -> list[Opening]:
        streams = [(start, end) for _, start, end in self.arrangement.streams]
        decided = {head.start: head for head in self.decided.heads}
        inside = {
            block.start
            for region in (*self.decided.documents, *self.decided.verse, *self.decided.extracts)
            for block in self._in(region)
        }
        outside = {block.start for block in self.blocks if not front_end <= block.start < back_start}
        excluded = frozenset(decided) | self.decided.not_heads | frozenset(inside | outside)
        openings: list[Opening] = []
        for head in self.decided.heads:
            end = head.end if head.run_in else self._inked_end(head.end)
            self.spans.append(Span(head.start, end, "head", _head_attributes(head)))
            for block in self.blocks[
                bisect_left(self.starts, head.start) : bisect_right(self.starts, head.end)
            ]:
                if head.run_in:
                    block.opening = head.end - block.start
                else:
                    block.name = ""
            if head.type not in ("text", "sub"):
                openings.append(Opening(head.start, head.type, head.n))
        kinds = {head.start: head.type for head in self.decided.heads}
        for found in self._with_text(
            find_headings(self.text, self.blocks, streams, excluded, kinds), openings
        ):
            blocks = self.blocks[found.first : found.last + 1]
            self.spans.append(Span(blocks[0].start, inked(self.text, blocks[-1])[1], "head"))
            for block in blocks:
                block.name = ""
            openings.append(Opening(blocks[0].start, found.type, found.n))
        return self._with_streams(openings, back_start)

    def _with_text(self, heads: Sequence[Head], decided: Sequence[Opening]) -> list[Head]:
        """``heads`` without those that nothing stands under: such a line is no heading."""
        kept: list[Head] = []
        following: tuple[int, int] | None = None  # where the next heading starts, and its level
        others = [(opening.start, opening.level) for opening in decided]
        for head in reversed(heads):
            own = Opening(self.blocks[head.first].start, head.type)
            following = min(
                [*([following] if following else []), *(o for o in others if o[0] > own.start)], default=None
            )
            until = following[0] if following else len(self.text)
            under = self.blocks[head.last + 1 : bisect_left(self.starts, until)]
            if any(block.name for block in under) or (following and following[1] > own.level):
                kept.append(head)
                following = (own.start, own.level)
        return kept[::-1]

    def _with_streams(self, openings: list[Opening], back_start: int) -> list[Opening]:
        """The openings with those of the streams, which take over the heading they begin with."""
        facing = self._facing()
        for stream, start, _ in self.arrangement.streams:
            first = bisect_left(self.starts, start)
            head = self.starts[first] if first < len(self.starts) else start
            own = next(
                (opening for opening in openings if opening.start == head and opening.type == stream.type),
                None,
            )
            if own:
                openings.remove(own)
            n = own.n if own else None
            openings.append(Opening(head if own else start, stream.type, n, stream.id, facing.get(stream.id)))
        # What follows a stream under no heading of its own cannot stand beside a division.
        begun = {opening.start for opening in openings}
        for _, _, end in self.arrangement.streams:
            following = bisect_left(self.starts, end)
            start = self.starts[following] if following < len(self.starts) else back_start
            if start < back_start and start not in begun:
                openings.append(Opening(start, "section"))
                begun.add(start)
        return sorted(openings, key=lambda opening: (opening.start, opening.level))

    def _facing(self) -> dict[str, str]:
        """For each of two streams that share their pages, the other."""
        streams = [stream for stream, _, _ in self.arrangement.streams]
        return {
            one.id: other.id
            for one in streams
            for other in streams
            if one is not other and one.first <= other.last and other.first <= one.last
        }

    # Speeches

    def _speeches(self, boundaries: Sequence[int]) -> None:
        unwrap_reactions(self.text, self.blocks, self.reactions, set(boundaries))
        heads = [span for span in self.spans if span.name == "head"]
        spoken = [stream for stream in self.arrangement.streams if stream[0].who]
        for stream, start, end in spoken:
            blocks = [block for block in self.blocks if start <= block.start < end]
            self.spans += stream_speech_spans(self.text, blocks, heads, stream.who or "")
        if spoken:
            # The edition says who speaks: what looks like a label is none.
            return
        turns = find_speeches(self._body_text(), self.blocks, boundaries)
        self.blocks = split_at_turns(self.text, self.blocks, turns)
        self.starts = [block.start for block in self.blocks]
        self.turn_starts = frozenset(self.text.rfind("\n", 0, turn.start) + 1 for turn in turns)
        spans, self.speakers = turn_speech_spans(self.text, self.blocks, turns)
        self.spans += spans

    def _body_text(self) -> str:
        """The text with blanks for notes, running heads and the like: no label stands in them."""
        chunks: list[str] = []
        place = 0
        for line in self.lines:
            if line.role not in ("body", "blank"):
                chunks += [self.text[place : line.start], " " * (line.end - line.start)]
                place = line.end
        # A lone carriage return ends no line here.
        return "".join([*chunks, self.text[place:]]).replace("\r", " ")

    # Blocks of other kinds

    def _plain(self, region: Region) -> list[Block]:
        return [block for block in self._in(region) if block.name == "p"]

    def _not_plain(self) -> set[int]:
        taken = {block.start for block in self.blocks if block.name != "p"}
        for region in (*self.decided.documents, *self.decided.verse, *self.decided.regions):
            taken |= {block.start for block in self._in(region)}
        return taken

    def _extracts(self) -> None:
        excluded = frozenset(self._not_plain()) | self.decided.not_extracts | self.turn_starts
        decided = {block.start for region in self.decided.extracts for block in self._in(region)}
        for first, last in find_extracts(self.text, self.blocks, excluded | frozenset(decided)):
            self._quote(self.blocks[first].start, inked(self.text, self.blocks[last])[1])
        for region in self.decided.extracts:
            self._quote(region.start, self._inked_end(region.end))
        self.extracts = sorted((span.start, span.end) for span in self.spans if span.name == "quote")

    def _quote(self, start: int, end: int) -> None:
        self.spans.append(Span(start, end, "quote", {"rend": "block"}))

    def _lists(self) -> None:
        barred = self._not_plain() | self.decided.not_items | self.turn_starts
        decided = {block.start for region in self.decided.items for block in self._in(region)}
        for items in find_lists(self.text, self.blocks, frozenset(barred | decided)):
            if self._splits_an_extract(items):
                continue
            self._list(items)
        for region in self.decided.items:
            first = bisect_left(self.starts, region.start)
            self._list([Item(first + at, first + at, None) for at, _ in enumerate(self._in(region))])

    def _splits_an_extract(self, items: Sequence[Item]) -> bool:
        """Whether an extract is neither around a list nor within an item: then the numbers are its own."""
        bounds = [
            (self.blocks[item.first].start, inked(self.text, self.blocks[item.last])[1]) for item in items
        ]
        start, end = bounds[0][0], bounds[-1][1]
        return any(
            a < end
            and start < b
            and not (a <= start and end <= b)
            and not any(first < a and b <= last for first, last in bounds)
            for a, b in self.extracts
        )

    def _list(self, items: Sequence[Item]) -> None:
        start, end = self.blocks[items[0].first].start, inked(self.text, self.blocks[items[-1].last])[1]
        self.spans.append(Span(start, end, "list"))
        for item in items:
            blocks = self.blocks[item.first : item.last + 1]
            attributes = {"n": self.text[slice(*item.label)].strip("().")} if item.label else {}
            if len(blocks) == 1 and not self._holds_extract(blocks[0], start, end):
                blocks[0].name, blocks[0].attributes = "item", attributes
            else:
                self.spans.append(Span(blocks[0].start, inked(self.text, blocks[-1])[1], "item", attributes))

    def _holds_extract(self, block: Block, start: int, end: int) -> bool:
        """Whether a quotation lies in the block, as against around the list (``start`` to ``end``)."""
        return any(a <= block.start < b and not (a <= start and end <= b) for a, b in self.extracts)

    def _documents(self) -> None:
        for region in self.decided.documents:
            pieces: list[Piece] = []
            for block in self._in(region):
                if block.name != "p":
                    continue
                start, end = inked(self.text, block)
                parts = [part for part in region.parts if start <= part.start < end]
                pieces += cut(self.text, start, end, parts)
                block.name = ""
            self.spans += document_spans(region.start, self._inked_end(region.end), region.type, pieces)

    def _verse(self) -> None:
        for region in self.decided.verse:
            lines = [line for block in self._in(region) for line in block.lines]
            for block in self._in(region):
                block.name = ""
            self.spans.append(Span(region.start, self._inked_end(region.end), "lg"))
            for line in lines:
                self.spans.append(
                    Span(line.start, line.start + len(self.text[line.start : line.end].rstrip()), "l")
                )

    def _named(self) -> None:
        for decided in self.decided.named:
            for block in self.blocks:
                if block.start != decided.start:
                    continue
                if decided.name == "epigraph":
                    # It holds paragraphs, no words of its own.
                    self.spans.append(Span(*inked(self.text, block), "epigraph"))
                    continue
                block.name = decided.name
                block.attributes = {"type": decided.type} if decided.type else {}

    def _notes(self) -> None:
        """Paragraphs inside notes, the printed marker left before the first."""
        broken = False
        for note in self.notes:
            found: list[Span] = []
            splits = frozenset(line.start for line in note.lines if line.start in self.decided.blocks.splits)
            lines = [Line(line.start, line.end, 0, "body", line.number) for line in note.lines]
            for block in find_blocks(self.text, lines, BlockDecisions(self.joins, splits)):
                if note.marker and block.start <= note.marker[0] < block.end:
                    block.opening = note.marker[1] - block.start
                found.append(Span(*inked(self.text, block), "p"))
            if note.following and goes_on(self.text, note.end):
                found[-1] = replace(found[-1], attributes={"part": "I"})
                broken = True
            elif note.preceding and broken:
                found[0] = replace(found[0], attributes={"part": "F"})
                broken = False
            self.spans += found


def _line_starts_within(text: str, reactions: Sequence[Reaction]) -> frozenset[int]:
    """The starts of the lines that go on with a reaction: no paragraph begins there."""
    return frozenset(
        reaction.start + at + 1
        for reaction in reactions
        for at, character in enumerate(text[reaction.start : reaction.end])
        if character == "\n"
    )


def _head_attributes(head: DecidedHead) -> dict[str, str]:
    attributes = {"type": "sub"} if head.type == "sub" else {}
    return {**attributes, "rend": "run-in"} if head.run_in else attributes
