"""Quotations, references and cross-references of an edition, marked in its text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tei.flow import Flow
from tei.quotations.alignment import Cited
from tei.quotations.attribution import Surroundings, attribute, find_passages
from tei.quotations.context import contexts, set_off
from tei.quotations.crossrefs import cross_reference_spans, find_cross_references
from tei.quotations.kinds import classify
from tei.quotations.marks import find_quotations
from tei.quotations.references import Reference, find_references, known_titles, reference_spans, titles_in
from tei.quotations.spans import quotation_spans
from tei.span import Span


@dataclass(frozen=True)
class Surrounded:
    """A flow, the names in it (start, end, id), and whether it is a note."""

    flow: Flow
    names: Sequence[tuple[int, int, str]]
    is_note: bool


@dataclass(frozen=True)
class Known:
    """What an edition knows that helps with its quotations; offsets are those of the arranged text.

    ``anchors`` of notes (offset, id); ``speeches`` that one person speaks (start, end, id); ``pages``
    (offset, id, number); ``extracts``, the set-off quotations; ``author`` of the rest; ``bodies``: ids that
    are no persons.
    """

    anchors: Sequence[tuple[int, str]]
    speeches: Sequence[tuple[int, int, str]]
    pages: Sequence[tuple[int, str, str]]
    extracts: Sequence[tuple[int, int]]
    author: str | None
    bodies: frozenset[str]

    @cached_property
    def page_ids(self) -> dict[str, str]:
        """The id of each page by its number."""
        return {n.strip("[]"): identifier for _, identifier, n in self.pages}


def mark_quotations(flows: Sequence[Surrounded], known: Known) -> list[Span]:
    """``said``, ``quote``, ``soCalled`` … with ``@who`` and ``@source``; ``bibl`` and ``ref``.

    Offsets are those of the arranged text. The span of a set-off quotation has ``rend="block"`` and the
    offsets of the extract it is for.
    """
    references = [find_references(one.flow.text, note=one.is_note) for one in flows]
    titles: set[str] = set()
    for one, found in zip(flows, references, strict=True):
        titles |= known_titles(found, one.flow.text)
    cited = _cited(flows, known)
    spans: list[Span] = []
    for number, one in enumerate(flows):
        found = find_references(one.flow.text, note=one.is_note, known=titles)
        spans += _mark_flow(number, one, known, found, cited)
    return spans


def _cited(flows: Sequence[Surrounded], known: Known) -> list[tuple[int, int, int, Cited]]:
    """The speeches as texts that the rest may cite, each with the flow it stands in and where it does."""
    found = []
    for number, one in enumerate(flows):
        if one.is_note:
            continue
        for start, end, who in known.speeches:
            first, last = _index(one.flow, start), _index(one.flow, end)
            pages = [
                (_index(one.flow, at), identifier) for at, identifier, _ in known.pages if start <= at < end
            ]
            found.append((number, first, last, Cited(one.flow.text, first, last, who, pages)))
    return found


def _index(flow: Flow, offset: int) -> int:
    """The first character of a flow at or behind an offset of the arranged text."""
    return bisect_left(flow.starts, offset)


def _mark_flow(
    number: int,
    one: Surrounded,
    known: Known,
    references: Sequence[Reference],
    cited: Sequence[tuple[int, int, int, Cited]],
) -> list[Span]:
    flow, text = one.flow, one.flow.text
    extracts = (
        {}
        if one.is_note
        else {(_index(flow, start), _index(flow, end)): (start, end) for start, end in known.extracts}
    )
    quotations = [*find_quotations(text), *(set_off(*place) for place in extracts if place[0] < place[1])]
    quotations.sort(key=lambda quotation: (quotation.start, -quotation.end))
    found = contexts(text, quotations)
    prefix = f"n{number}" if one.is_note else "t"
    voices = [] if one.is_note else [(_index(flow, a), _index(flow, b), who) for a, b, who in known.speeches]
    if known.author:
        voices.append((0, len(text), known.author))
    around = Surroundings(
        names=one.names,
        anchors=[]
        if one.is_note
        else sorted((_index(flow, at), identifier) for at, identifier in known.anchors),
        references=[
            (reference.start, reference.end, f"ref-{prefix}.{count}")
            for count, reference in enumerate(references, start=1)
        ],
        voices=voices,
        bodies=known.bodies,
        cited=[
            (0 if flow_number != number else last, len(text), speech)
            for flow_number, _, last, speech in cited
        ],
    )
    passages = find_passages(found, around)
    titles = titles_in(references)
    kinds = classify(found, {found[at].quotation.start for at in passages}, titles)
    spans = quotation_spans(
        flow, found, kinds, attribute(found, kinds, around, passages), f"quotation-{prefix}."
    )
    quoted = [
        (context.quotation.start, context.quotation.end)
        for context, kind in zip(found, kinds, strict=True)
        if kind.name == "title"
    ]
    placed = [
        _placed(span, context.quotation.start, context.quotation.end, extracts)
        for span, context in zip(spans, found, strict=True)
    ]
    crosses = find_cross_references(text, known.page_ids, {}, references)
    return [
        *placed,
        *reference_spans(flow, references, f"ref-{prefix}.", quoted),
        *cross_reference_spans(flow, crosses),
    ]


def _placed(span: Span, start: int, end: int, extracts: dict[tuple[int, int], tuple[int, int]]) -> Span:
    """A set-off quotation at the place of its extract."""
    place = extracts.get((start, end)) if span.attributes.get("rend") == "block" else None
    return replace(span, start=place[0], end=place[1]) if place else span
