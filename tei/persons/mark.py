"""The people whom a text names, marked in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tei.editor.readings import Emendation
from tei.flow import Flow
from tei.persons.find import find_names, name_spans
from tei.persons.register import Register, RegisteredPerson
from tei.span import Span


def mark_names(flows: Iterable[Flow], register: Register, changes: Sequence[Emendation]) -> list[Span]:
    """``persName`` for the people of ``register`` in ``flows``. A name takes all of an emended word."""
    return [
        _whole(span, changes) for flow in flows for span in name_spans(flow, find_names(flow.text, register))
    ]


def people_named(register: Register, spans: Iterable[Span]) -> list[RegisteredPerson]:
    """The people of ``register`` that ``spans`` point at, in its order."""
    used = {
        pointer.removeprefix("#")
        for span in spans
        for attribute in ("ref", "who", "source")
        for pointer in span.attributes.get(attribute, "").split()
    }
    return [person for person in register.person if person.id in used]


def _whole(span: Span, changes: Sequence[Emendation]) -> Span:
    """``span``, made longer where it shares only a part of an emendation that lies across its edge."""
    first = bisect_left(changes, span.start, key=lambda change: change.end)
    for change in changes[first:]:
        if change.start >= span.end:
            break
        if change.start < span.start < change.end < span.end:
            span = replace(span, start=change.start)
        if span.start < change.start < span.end < change.end:
            span = replace(span, end=change.end)
    return span
