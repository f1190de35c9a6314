"""The editor's word on names and quotations, put over what the rules found."""

from __future__ import annotations

from collections.abc import Iterable

from tei.editor.decided import DecidedMark
from tei.editor.places import DecisionError
from tei.span import Span

#: The elements that a decision on words replaces one for another.
KINDS_OF_WORDS = frozenset(
    {"persName", "said", "quote", "q", "soCalled", "mentioned", "term", "gloss", "title", "orgName"}
)


def with_marks(spans: Iterable[Span], marks: Iterable[DecidedMark]) -> list[Span]:
    """``spans`` of words with the editor's put for those that stand around the same words.

    Raises ``EditionError`` for a decision that changes nothing.
    """
    found = list(spans)
    for mark in marks:
        same = [
            span
            for span in found
            if (span.start, span.end) == (mark.start, mark.end) and span.name in KINDS_OF_WORDS
        ]
        new = [Span(mark.start, mark.end, mark.name, mark.attributes)] if mark.name else []
        if [(span.name, dict(span.attributes)) for span in same] == [
            (span.name, dict(span.attributes)) for span in new
        ]:
            words = mark.decision.text
            raise DecisionError(
                f"mark: {words!r} changes nothing: the rules find the same; take it out", words
            )
        found = [span for span in found if span not in same] + new
    return found
