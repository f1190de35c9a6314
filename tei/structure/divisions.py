"""Divisions: the tree that headings and streams make of a text (TEI Guidelines, chapter 4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from tei.span import Span
from tei.structure.headings import LEVELS

# Sections are numbered anew in each chapter.
_REFERRED_TO: Final = frozenset({"part", "chapter", "appendix"})
_NUMBER: Final = re.compile("[A-Za-z]{1,8}|[0-9]{1,4}")


class Opening(NamedTuple):
    """Where a division begins: at a heading or with a stream."""

    start: int
    type: str
    n: str | None = None
    identifier: str | None = None
    corresp: str | None = None

    @property
    def level(self) -> int:
        """How deep the division lies; 0 is the outermost."""
        return LEVELS.get(self.type, max(LEVELS.values()))


def numbered_divisions(spans: Iterable[Span]) -> dict[str, str]:
    """The id of each division that a text can refer to, by its kind and number: ``appendix c``."""
    return {
        f"{span.attributes['type']} {span.attributes['n'].lower()}": span.attributes["xml:id"]
        for span in spans
        if span.name == "div" and "n" in span.attributes and "xml:id" in span.attributes
    }


def division_spans(openings: Sequence[Opening], end: int, stops: Sequence[int] = ()) -> list[Span]:
    """The divisions that ``openings`` (in order) begin, up to ``end``.

    A division reaches to the next that is not deeper. At ``stops`` all deeper divisions end though
    none begins (the end of a stream).
    """
    openings = _with_ids(openings)
    spans: list[Span] = []
    open_divisions: list[Opening] = []
    events: list[tuple[int, Opening | None]] = sorted(
        [(opening.start, opening) for opening in openings] + [(stop, None) for stop in stops],
        key=lambda event: (event[0], event[1] is not None),
    )
    for at, opening in events:
        level = opening.level if opening else LEVELS["speech"]
        while open_divisions and open_divisions[-1].level >= level:
            spans.append(_span(open_divisions.pop(), at))
        if opening:
            open_divisions.append(opening)
    while open_divisions:
        spans.append(_span(open_divisions.pop(), end))
    return [span for span in spans if span.start < span.end]


def _with_ids(openings: Sequence[Opening]) -> list[Opening]:
    """``openings`` with an id for each numbered part, chapter or appendix of which there is one only."""
    kinds = Counter((opening.type, opening.n) for opening in openings)
    return [
        opening._replace(identifier=f"{opening.type}-{opening.n.lower()}")
        if opening.type in _REFERRED_TO
        and opening.n
        and kinds[opening.type, opening.n] == 1
        and _NUMBER.fullmatch(opening.n)
        and opening.identifier is None
        else opening
        for opening in openings
    ]


def _span(opening: Opening, end: int) -> Span:
    attributes = {"type": opening.type}
    if opening.n:
        attributes["n"] = opening.n
    if opening.identifier:
        attributes["xml:id"] = opening.identifier
    if opening.corresp:
        attributes["corresp"] = f"#{opening.corresp}"
    return Span(opening.start, end, "div", attributes)
