"""Title pages (TEI Guidelines, chapter 4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tei.editor.decided import DocumentPart
from tei.span import Span

_TITLES: Final = frozenset({"main", "sub"})
_IMPRINT: Final = frozenset({"publisher", "place", "date"})
_NAMES: Final = {
    "author": "docAuthor",
    "byline": "byline",
    "publisher": "publisher",
    "place": "pubPlace",
    "date": "docDate",
    "imprint": "imprimatur",
}


def title_page_spans(start: int, end: int, parts: Sequence[DocumentPart]) -> list[Span]:
    """A ``titlePage`` from ``start`` to ``end`` with ``parts``, which are in order."""
    spans = [Span(start, end, "titlePage")]
    spans += [
        Span(part.start, part.end, "titlePart", {"type": part.kind}) for part in parts if part.kind in _TITLES
    ]
    for name, kinds in (("docTitle", _TITLES), ("docImprint", _IMPRINT)):
        spans += [Span(run[0].start, run[-1].end, name) for run in _runs(parts, kinds)]
    for part in parts:
        if part.kind == "epigraph":
            spans += [Span(part.start, part.end, "epigraph"), Span(part.start, part.end, "p")]
        elif part.kind in _NAMES:
            spans.append(Span(part.start, part.end, _NAMES[part.kind]))
            if part.kind == "author":
                spans.append(Span(part.start, part.end, "byline"))
    return spans


def _runs(parts: Sequence[DocumentPart], kinds: frozenset[str]) -> list[list[DocumentPart]]:
    """Runs of neighbouring parts of ``kinds``."""
    found: list[list[DocumentPart]] = []
    last = False
    for part in parts:
        if part.kind in kinds:
            if last:
                found[-1].append(part)
            else:
                found.append([part])
        last = part.kind in kinds
    return found
