"""Decisions with their places found: what the analysers are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from tei.edition.decisions import Decisions, Document, Place, Stretch, TitlePage
from tei.editor.places import Finder
from tei.layout.notes import MARKERS, NoteDecisions
from tei.quotations.kind import Certainty, KindName
from tei.structure.blocks import BlockDecisions


class DocumentPart(NamedTuple):
    """A part of a document or title page at its place."""

    start: int
    end: int
    kind: str


class Region(NamedTuple):
    """A stretch of whole lines that is something of its own, with its parts."""

    start: int
    end: int
    type: str
    parts: tuple[DocumentPart, ...] = ()


class DecidedHead(NamedTuple):
    """A heading by the editor's word; one that is not run in takes up whole lines."""

    start: int
    end: int
    type: str
    n: str | None
    run_in: bool


class DecidedBlock(NamedTuple):
    """A paragraph that is another element: where its first line starts, and which it is."""

    start: int
    name: str
    type: str | None


class Reading(NamedTuple):
    """What ``start`` to ``end`` should read; an empty reading strikes the words out."""

    start: int
    end: int
    read: str
    cert: Literal["high", "medium", "low"]


class Move(NamedTuple):
    """A line that stands at a wrong place, and the offset that it belongs at."""

    start: int
    end: int
    to: int


class DecidedName(NamedTuple):
    """Whose name ``start`` to ``end`` is (``#id``); with no ``ref`` it is nobody's."""

    start: int
    end: int
    ref: str | None
    cert: str | None
    words: str


class DecidedQuotation(NamedTuple):
    """What the quotation is of which ``start`` to ``end`` are the first words.

    ``to``: the end of one that the rules miss. What is ``None`` is left to the rules.
    """

    start: int
    end: int
    to: int | None
    kind: KindName | Literal["none"] | None
    who: str | None
    source: str | None
    cert: Certainty | None
    words: str


@dataclass(frozen=True)
class Decided:
    """All decisions of an edition as offsets of its arranged text.

    Behind each of the ``ends`` a new block begins.
    """

    blocks: BlockDecisions
    ends: tuple[int, ...]
    notes: NoteDecisions
    hard_hyphens: frozenset[int]
    soft_hyphens: frozenset[int]
    heads: tuple[DecidedHead, ...]
    not_heads: frozenset[int]
    named: tuple[DecidedBlock, ...]
    body: int | None
    back: int | None
    title_page: Region | None
    regions: tuple[Region, ...]
    extracts: tuple[Region, ...]
    not_extracts: frozenset[int]
    verse: tuple[Region, ...]
    items: tuple[Region, ...]
    not_items: frozenset[int]
    documents: tuple[Region, ...]
    names: tuple[DecidedName, ...]
    quotations: tuple[DecidedQuotation, ...]
    readings: tuple[Reading, ...]
    moves: tuple[Move, ...]


def resolve(decisions: Decisions, finder: Finder) -> Decided:
    """Find the place of every decision. Raises ``EditionError`` for one that finds none, or two."""
    return _Resolver(decisions, finder).resolve()


class _Resolver:
    def __init__(self, decisions: Decisions, finder: Finder) -> None:
        self.decisions = decisions
        self.finder = finder

    def resolve(self) -> Decided:
        decisions = self.decisions
        regions = self._regions("region", [(region, region.type) for region in decisions.region])
        documents = tuple(
            self._document("document", document, document.type) for document in decisions.document
        )
        extracts = self._regions("extract", [(stretch, "extract") for stretch in decisions.extract])
        verse = self._regions("verse", [(stretch, "verse") for stretch in decisions.verse])
        items = self._regions("items", [(stretch, "list") for stretch in decisions.items])
        heads = tuple(self._heads())
        title_page = (
            self._document("title_page", decisions.title_page, "titlePage") if decisions.title_page else None
        )
        stretches = [*regions, *documents, *extracts, *verse, *items, *([title_page] if title_page else [])]
        starts = {region.start for region in stretches} | {head.start for head in heads}
        # A block must begin where a decided stretch does, and another one behind its end.
        ends = [
            *(region.end for region in stretches),
            *(head.end for head in heads if not head.run_in),
        ]
        parts = [part for region in stretches for part in region.parts]
        starts |= {part.start for part in parts if self.finder.begins_line(part.start)}
        ends += [part.end for part in parts if self.finder.ends_line(part.end)]
        return Decided(
            blocks=BlockDecisions(
                joins=frozenset(self._lines("join", decisions.join)),
                splits=frozenset([*self._lines("split", decisions.split), *starts]),
            ),
            ends=tuple(ends),
            notes=self._notes(),
            hard_hyphens=frozenset(self._hyphens(soft=False)),
            soft_hyphens=frozenset(self._hyphens(soft=True)),
            heads=heads,
            not_heads=frozenset(self._lines("not_head", decisions.not_head)),
            named=tuple(
                DecidedBlock(
                    self.finder.line_start(self.finder.place(block, "block")[0]), block.name, block.type
                )
                for block in decisions.block
            ),
            body=self._line(decisions.body, "body"),
            back=self._line(decisions.back, "back"),
            title_page=title_page,
            regions=regions,
            extracts=extracts,
            not_extracts=frozenset(self._lines("not_extract", decisions.not_extract)),
            verse=verse,
            items=items,
            not_items=frozenset(self._lines("not_items", decisions.not_items)),
            documents=documents,
            names=tuple(self._names()),
            quotations=tuple(sorted(self._quotations(), key=lambda quotation: quotation.start)),
            readings=tuple(self._readings()),
            moves=tuple(self._moves()),
        )

    def _line(self, place: Place | None, what: str) -> int | None:
        return self.finder.line_start(self.finder.place(place, what)[0]) if place else None

    def _lines(self, what: str, places: Iterable[Place]) -> list[int]:
        return [self.finder.line_start(self.finder.place(place, what)[0]) for place in places]

    def _regions(self, what: str, stretches: Sequence[tuple[Stretch, str]]) -> tuple[Region, ...]:
        found = []
        for stretch, kind in stretches:
            start, end = self.finder.stretch(stretch, what)
            found.append(Region(self.finder.line_start(start), self.finder.line_end(end), kind))
        return tuple(sorted(found, key=lambda region: region.start))

    def _document(self, what: str, document: Document | TitlePage, kind: str) -> Region:
        start, end = self.finder.stretch(document, what)
        parts = []
        for part in document.part:
            words = f"{part.after} {part.text}" if part.after else part.text
            place, last = self.finder.find(words, part.page or document.page, f"{what}.part")
            if part.after:
                place = self.finder.tail(last, part.text)
            parts.append(DocumentPart(place, last, part.kind))
        parts.sort(key=lambda part: part.start)
        return Region(self.finder.line_start(start), self.finder.line_end(end), kind, tuple(parts))

    def _heads(self) -> list[DecidedHead]:
        heads = []
        for head in self.decisions.head:
            start, end = self.finder.stretch(head, "head")
            if not head.run_in:
                start, end = self.finder.line_start(start), self.finder.line_end(end)
            heads.append(DecidedHead(start, end, head.type, head.n, head.run_in))
        return sorted(heads, key=lambda head: head.start)

    def _notes(self) -> NoteDecisions:
        starts: dict[int, tuple[int, int] | None] = {}
        continuations: set[int] = set()
        text: set[int] = set()
        ends: dict[int, int] = {}
        for note in self.decisions.note:
            line = self.finder.line_start(self.finder.place(note, "note")[0])
            if note.kind == "continuation":
                continuations.add(line)
            elif note.kind == "text":
                text.add(line)
            else:
                starts[line] = self._anchor(note.anchor, note.marker, note.anchor_page or note.page)
            if note.to:
                ends[line] = self.finder.line_end(self.finder.find(note.to, note.page, "note.to")[1])
        return NoteDecisions(starts, frozenset(continuations), ends, frozenset(text))

    def _anchor(self, words: str | None, marker: str | None, page: str | None) -> tuple[int, int] | None:
        if words is None:
            return None
        _, end = self.finder.find(words, page, "note.anchor")
        length = len(marker) if marker else len(words) - len(words.rstrip(MARKERS))
        if not length:
            raise self.finder.error(
                words, page, "note.anchor", "ends with no marker; end it there, or name the marker"
            )
        return end - length, end

    def _hyphens(self, *, soft: bool) -> list[int]:
        found = []
        for hyphen in self.decisions.hyphen:
            if hyphen.soft is soft:
                offset = self.finder.line_hyphen(self.finder.place(hyphen, "hyphen")[0])
                if offset is None:
                    raise self.finder.error(
                        hyphen.text, hyphen.page, "hyphen", "does not stand at a hyphen that ends a line"
                    )
                found.append(offset)
        return found

    def _names(self) -> Iterator[DecidedName]:
        for name in self.decisions.name:
            start, end = self._behind(name.after, name, "name")
            yield DecidedName(start, end, None if name.ref == "none" else name.ref, name.cert, name.text)

    def _quotations(self) -> Iterator[DecidedQuotation]:
        for quotation in self.decisions.quotation:
            start, end = self._behind(quotation.after, quotation, "quotation")
            last = None
            if quotation.to is not None:
                page = quotation.to_page or quotation.page
                last = self.finder.find(quotation.to, page, "quotation.to")[1]
            yield DecidedQuotation(
                start,
                end,
                last,
                quotation.kind,
                quotation.who,
                quotation.source,
                quotation.cert,
                quotation.text,
            )

    def _behind(self, after: str | None, place: Place, what: str) -> tuple[int, int]:
        """Where the words of ``place`` stand, right behind the words ``after`` if those are given."""
        if after is None:
            return self.finder.place(place, what)
        end = self.finder.find(f"{after} {place.text}", place.page, what)[1]
        return self.finder.tail(end, place.text), end

    def _readings(self) -> list[Reading]:
        readings = []
        for correction in self.decisions.correct:
            start, end = self.finder.place(correction, "correct")
            readings.append(Reading(start, end, correction.read, correction.cert))
        readings.sort(key=lambda reading: reading.start)
        for one, other in pairwise(readings):
            if other.start < one.end:
                raise self.finder.error(
                    other.read, None, "correct", f"stands for words that {one.read!r} stands for, too"
                )
        return readings

    def _moves(self) -> list[Move]:
        moves = []
        for line in self.decisions.misplaced:
            start, end = self.finder.place(line, "misplaced")
            to = self.finder.find(line.after, line.after_page, "misplaced.after")[1]
            moves.append(Move(start, end, to))
        return moves
