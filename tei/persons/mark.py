"""The people whom a text names, marked in it, and those of the register whom it does name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tei.editor.readings import Emendation
from tei.flow import Flow
from tei.persons.find import find_names, name_spans
from tei.persons.register import Register, RegisteredPerson
from tei.span import Span


@dataclass(frozen=True)
class Named:
    """The ``persName`` spans of a text, and the people they point at, in the order of the register."""

    spans: tuple[Span, ...]
    people: tuple[RegisteredPerson, ...]


def mark_names(flows: Iterable[Flow], register: Register, changes: Sequence[Emendation]) -> Named:
    """Find the people of ``register`` in ``flows``. A name that ends in an emended word takes all of it."""
    spans = [
        _whole(span, changes) for flow in flows for span in name_spans(flow, find_names(flow.text, register))
    ]
    used = {span.attributes.get("ref", "").removeprefix("#") for span in spans}
    return Named(tuple(spans), tuple(person for person in register.person if person.id in used))


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
