"""What the words of a text are: names, quotations, references (after its structure is known)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tei.edition.model import Edition
from tei.editor.decided import Decided
from tei.editor.readings import Emendation
from tei.flow import Flow
from tei.layout.furniture import page_id
from tei.layout.notes import Note
from tei.persons.find import find_names
from tei.persons.mark import mark_names, whole
from tei.persons.register import Register, RegisteredGroup
from tei.quotations.mark import Known, Surrounded, mark_quotations
from tei.span import Span
from tei.streams import Arrangement
from tei.structure.divisions import numbered_divisions
from tei.structure.outline import Outline


def mark_words(
    flows: Sequence[Flow],
    register: Register,
    edition: Edition,
    arrangement: Arrangement,
    notes: Sequence[Note],
    structure: Outline,
    changes: Sequence[Emendation],
    decided: Decided,
) -> list[Span]:
    """Spans for names, quotations and references; the first of ``flows`` is the body, the rest are notes."""
    groups = _groups(register)
    named: list[Span] = []
    surrounded: list[Surrounded] = []
    for number, flow in enumerate(flows):
        mentions = find_names(flow.text, register)
        named += mark_names(flow, mentions, changes)
        names = [(one.start, one.end, one.ref) for one in mentions if one.ref is not None]
        names += [
            (match.start(), match.end(), groups[1][match[0]]) for match in groups[0].finditer(flow.text)
        ]
        surrounded.append(Surrounded(flow, sorted(names), number > 0))
    known = Known(
        anchors=[(note.anchor[0], note.identifier) for note in notes if note.anchor],
        speeches=[
            (start, end, stream.who.removeprefix("#"))
            for stream, start, end in arrangement.streams
            if stream.who
        ],
        pages=[(page.start, page_id(page.page.n), page.page.n) for page in arrangement.pages],
        divisions=numbered_divisions(structure.spans),
        extracts=structure.extracts,
        author=_author(edition),
        bodies=frozenset(body.id for body in _bodies(register)),
        decisions=decided.quotations,
    )
    # A name that makes up an author or title is inside of it.
    spans = [*(whole(span, changes) for span in mark_quotations(surrounded, known)), *named]
    return _within_notes(
        arrangement.text, spans, [note for note in notes if note.following or note.preceding]
    )


def _within_notes(text: str, spans: Iterable[Span], notes: Sequence[Note]) -> list[Span]:
    """``spans``, those cut in two that go on in the part of their note on another page."""
    begins = {note.identifier: note.start for note in notes}
    starts = [note.start for note in notes]
    found: list[Span] = []
    count = 0
    for span in spans:
        at = bisect_right(starts, span.start) - 1
        note = notes[at] if at >= 0 else None
        if note is None or note.following is None or not span.start < note.end < span.end:
            found.append(span)
            continue
        count += 1
        first, rest = span.attributes.get("xml:id", f"over-page{count}"), f"over-page{count}.rest"
        chain = {key: value for key, value in span.attributes.items() if key not in ("next", "prev")}
        end = note.start + len(text[note.start : note.end].rstrip())
        found.append(replace(span, end=end, attributes={**chain, "xml:id": first, "next": f"#{rest}"}))
        begun = begins[note.following]
        if begun < span.end:
            attributes = {**chain, "xml:id": rest, "prev": f"#{first}"}
            found.append(replace(span, start=begun, attributes=attributes))
    return found


def _bodies(register: Register) -> tuple[RegisteredGroup, ...]:
    return (*register.group, *register.organization)


def _groups(register: Register) -> tuple[re.Pattern[str], dict[str, str]]:
    forms = {form: body.id for body in _bodies(register) for form in body.forms}
    longest_first = sorted(forms, key=len, reverse=True)
    # The first letter stands before all else, so that the engine skips from one to the next.
    pattern = "|".join(rf"{re.escape(form[0])}(?<!\w.){re.escape(form[1:])}" for form in longest_first)
    return re.compile(rf"(?:{pattern})\b" if forms else r"(?!)"), forms


def _author(edition: Edition) -> str | None:
    """The id of the one author of the work, when the edition gives it."""
    refs = [author.ref for author in edition.work.authors if author.ref]
    return refs[0].removeprefix("#") if len(refs) == 1 and refs[0].startswith("#") else None
