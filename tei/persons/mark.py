"""The people whom a text names, marked in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from tei.editor.readings import Emendation
from tei.flow import Flow
from tei.persons.find import NameMention, name_spans
from tei.span import Span

_END: Final = attrgetter("end")
# Parts of a reference, which a reading may not hold.
_NOT_IN_READINGS: Final = frozenset(
    {"author", "editor", "title", "publisher", "pubPlace", "date", "biblScope", "bibl"}
)


def mark_names(flow: Flow, mentions: Iterable[NameMention], changes: Sequence[Emendation]) -> list[Span]:
    """``persName`` for ``mentions`` in ``flow``. A name takes all of an emended word."""
    return [whole(span, changes) for span in name_spans(flow, mentions)]


def pointed_at(spans: Iterable[Span]) -> set[str]:
    """The ids that ``spans`` point at as people or sources."""
    return {
        pointer.removeprefix("#")
        for span in spans
        for attribute in ("ref", "who", "source")
        for pointer in span.attributes.get(attribute, "").split()
    }


def whole(span: Span, changes: Sequence[Emendation]) -> Span:
    """``span``, made longer where it shares only a part of an emendation that lies across its edge."""
    first = bisect_left(changes, span.start, key=_END)
    for change in changes[first:]:
        if change.start >= span.end:
            break
        if span.name in _NOT_IN_READINGS and change.start <= span.start and span.end <= change.end:
            span = replace(span, start=change.start, end=change.end)
        if change.start < span.start < change.end < span.end:
            span = replace(span, start=change.start)
        if span.start < change.start < span.end < change.end:
            span = replace(span, end=change.end)
    return span
