"""Quotations, references and cross-references of an edition, marked in its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from tei.editor.decided import DecidedQuotation
from tei.editor.places import DecisionError
from tei.editor.quotations import by_number, decided_in, with_kinds, with_missed
from tei.flow import Flow
from tei.quotations.alignment import Cited
from tei.quotations.attribution import Surroundings, attribute, find_passages
from tei.quotations.context import contexts, set_off
from tei.quotations.crossrefs import cross_reference_spans, find_cross_references
from tei.quotations.kinds import classify
from tei.quotations.marks import find_quotations
from tei.quotations.references import Reference, find_all_references, reference_spans, titles_in
from tei.quotations.spans import element, quotation_spans
from tei.span import Span


class Surrounded(NamedTuple):
    """A flow, the names in it (start, end, id), and whether it is a note."""

    flow: Flow
    names: Sequence[tuple[int, int, str]]
    is_note: bool


@dataclass(frozen=True)
class Known:
    """What an edition knows that helps with its quotations; offsets are those of the arranged text.

    ``anchors`` of notes (offset, id); ``speeches`` that one person speaks (start, end, id); ``pages``
    (offset, id, number); ``divisions`` by kind and number (“appendix c”: id); ``extracts``, the set-off
    quotations; ``author`` of the rest; ``bodies``: ids that are no persons; ``decisions`` of the editor.
    """

    anchors: Sequence[tuple[int, str]]
    speeches: Sequence[tuple[int, int, str]]
    pages: Sequence[tuple[int, str, str]]
    divisions: Mapping[str, str]
    extracts: Sequence[tuple[int, int]]
    author: str | None
    bodies: frozenset[str]
    decisions: Sequence[DecidedQuotation] = ()

    @cached_property
    def page_ids(self) -> dict[str, str]:
        """The id of each page by its number."""
        return {n.strip("[]"): identifier for _, identifier, n in self.pages}


def mark_quotations(flows: Sequence[Surrounded], known: Known) -> list[Span]:
    """``said``, ``quote``, ``soCalled`` … with ``@who`` and ``@source``; ``bibl`` and ``ref``.

    Offsets are those of the arranged text. The span of a set-off quotation has ``rend="block"`` and the
    offsets of the extract it is for.
    """
    references = find_all_references([(one.flow.text, one.is_note) for one in flows])
    cited = _cited(flows, known)
    return [
        span
        for number, one in enumerate(flows)
        for span in _mark_flow(number, one, known, references[number], cited)
    ]


def _cited(flows: Sequence[Surrounded], known: Known) -> list[tuple[int, int, int, Cited]]:
    """The speeches as texts that the rest may cite, each with the flow it stands in and where it does."""
    found = []
    for number, one in enumerate(flows):
        if one.is_note:
            continue
        for start, end, who in known.speeches:
            first, last = one.flow.index(start), one.flow.index(end)
            pages = [
                (one.flow.index(at), identifier) for at, identifier, _ in known.pages if start <= at < end
            ]
            found.append((number, first, last, Cited(one.flow.text, first, last, who, pages)))
    return found


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
        else {(flow.index(start), flow.index(end)): (start, end) for start, end in known.extracts}
    )
    quotations = [*find_quotations(text), *(set_off(*place) for place in extracts if place[0] < place[1])]
    ours = list(decided_in(flow, known.decisions))
    quotations = with_missed(flow, quotations, ours)
    quotations, decided = by_number(flow, quotations, ours)
    found = contexts(text, quotations)
    prefix = f"n{number}" if one.is_note else "t"
    voices = [] if one.is_note else [(flow.index(a), flow.index(b), who) for a, b, who in known.speeches]
    if known.author:
        voices.append((0, len(text), known.author))
    around = Surroundings(
        names=one.names,
        anchors=[]
        if one.is_note
        else sorted((flow.index(at), identifier) for at, identifier in known.anchors),
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
    by_rule = classify(found, {found[at].quotation.start for at in passages}, titles)
    kinds = with_kinds(by_rule, decided)
    attributions = attribute(found, kinds, around, passages, decided)
    for at, decision in decided.items():
        own = attributions[at]
        ruled = element(found[at], by_rule[at], own.by_rule or own)
        if decision.to is None and not decision.source and ruled == element(found[at], kinds[at], own):
            raise DecisionError(
                f"quotation: {decision.words!r} changes nothing: the rules find the same; take it out",
                decision.words,
            )
    spans = quotation_spans(flow, found, kinds, attributions, f"quotation-{prefix}.")
    quoted = [
        (context.quotation.start, context.quotation.end)
        for context, kind in zip(found, kinds, strict=True)
        if kind.name == "title"
    ]
    placed = [
        _placed(span, context.quotation.start, context.quotation.end, extracts)
        for span, context in zip(spans, found, strict=True)
    ]
    crosses = find_cross_references(text, known.page_ids, known.divisions, references)
    return [
        *placed,
        *reference_spans(flow, references, f"ref-{prefix}.", quoted),
        *cross_reference_spans(flow, crosses),
    ]


def _placed(span: Span, start: int, end: int, extracts: dict[tuple[int, int], tuple[int, int]]) -> Span:
    """A set-off quotation at the place of its extract."""
    place = extracts.get((start, end)) if span.attributes.get("rend") == "block" else None
    return replace(span, start=place[0], end=place[1]) if place else span
