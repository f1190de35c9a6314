"""Cross-references: “see p. 164”, “pp. 221-3”, “Appendix C” (TEI Guidelines, chapter 3.7).

The page of another book is part of its bibliographic reference; any other page is one of this edition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tei.flow import Flow
from tei.quotations.references import Reference
from tei.span import Span

_NUMBER: Final = r"[1-9]\d{0,3}(?: ?[-–] ?\d{1,4})?(?: *ff\b\.?)?"
_CROSS: Final = re.compile(
    rf"(?:\b[Pp]p?\.|\b[Pp]ages?)\s*(?P<pages>{_NUMBER}(?:\s*(?:[,;]|and)\s*{_NUMBER}(?!\w))*)"
    r"|\b(?P<division>(?:Appendix|Chapter|Part|Section)\s+(?:[A-Z]|[IVXL]+|\d+)\b)"
)
_ONE: Final = re.compile(r"(?P<first>\d{1,4})(?:\s?[-–]\s?\d{1,4})?(?:\s*ff\b\.?)?")
_HEADING: Final = re.compile(r"\w+\s+\w+\s*\.?\s*(?:$|[—–-])")


@dataclass(frozen=True, slots=True)
class CrossReference:
    """``text[start:end]`` points to ``target``, an id without ``#``; ``type``: ``page`` or ``division``."""

    start: int
    end: int
    target: str
    type: str


def find_cross_references(
    text: str,
    pages: Mapping[str, str],
    divisions: Mapping[str, str],
    references: Sequence[Reference] = (),
) -> list[CrossReference]:
    """References to places of this edition.

    ``pages`` gives the id of a page by its number as printed, ``divisions`` that of “Appendix A”.
    What stands inside bibliographic ``references`` (in order) is left out, and so is a heading. Each page of
    “pp. 3-4, 221” is one; a range points to its first page.
    """
    starts = [reference.start for reference in references]
    found: list[CrossReference] = []
    for match in _CROSS.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < references[at].end:
            continue
        if name := match["division"]:
            target = divisions.get(" ".join(name.split()))
            if target and not _is_heading(text, match.start()):
                found.append(CrossReference(match.start(), match.end(), target, "division"))
            continue
        for number, piece in enumerate(_ONE.finditer(text, match.start("pages"), match.end("pages"))):
            if page := pages.get(piece["first"]):
                # The first one takes the “pp.” with it.
                start = match.start() if number == 0 else piece.start()
                found.append(CrossReference(start, piece.end(), page, "page"))
    return found


def _is_heading(text: str, start: int) -> bool:
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    return begin == start and _HEADING.match(text[start : end if end >= 0 else len(text)]) is not None


def cross_reference_spans(flow: Flow, references: Sequence[CrossReference]) -> list[Span]:
    """``ref`` with ``@type`` and ``@target``."""
    return [
        Span(*flow.place(one.start, one.end), "ref", {"type": one.type, "target": f"#{one.target}"})
        for one in references
    ]
