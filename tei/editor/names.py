"""The editor's word on names, put over what the rules found."""

from __future__ import annotations

from collections.abc import Iterable

from tei.editor.decided import DecidedName
from tei.editor.places import DecisionError
from tei.span import Span


def with_names(spans: Iterable[Span], names: Iterable[DecidedName]) -> list[Span]:
    """``spans`` of words with the editor's names for those that stand around the same words.

    Raises ``EditionError`` for a decision that changes nothing.
    """
    found = list(spans)
    for name in names:
        given = {"ref": name.ref, "cert": name.cert}
        attributes = {key: value for key, value in given.items() if value is not None}
        new = [Span(name.start, name.end, "persName", attributes)] if name.ref else []
        same = [
            span
            for span in found
            if span.name == "persName" and (span.start, span.end) == (name.start, name.end)
        ]
        if [dict(span.attributes) for span in same] == [dict(span.attributes) for span in new]:
            raise DecisionError(
                f"name: {name.words!r} changes nothing: the rules find the same; take it out", name.words
            )
        found = [span for span in found if span not in same] + new
    return found
