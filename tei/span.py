"""The one piece of data that every analyser makes: a span over a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


# Nothing changes a span. Declared frozen, it would take three times as long to make.
@dataclass(slots=True)
class Span:
    """An element that is to stand around ``text[start:end]``.

    ``start`` and ``end`` are offsets in code points, half open; an empty element
    (``start == end``) stands at a point. ``name`` is the element's local name in
    the TEI namespace, or ``{uri}local`` outside of it (``{}local`` for none), or
    ``!--``, ``?target`` and ``&`` for a comment, a processing instruction and an
    unresolved entity. Attributes are named the same way, those of the XML
    namespace with their prefix (``xml:id``); ``xmlns`` and ``xmlns:x`` stand for
    namespace declarations.

    ``content`` is text that is *not* in the source: what an editor reads or
    supplies (``corr``, ``supplied`` …). Such a span is empty as to offsets.

    ``depth`` is the number of ancestors below the root. Only ``unweave`` fills it
    in: with the order of the list it says how elements nest where the offsets
    leave that open (two empty elements at one place). Analysers leave it ``None``.
    """

    start: int
    end: int
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: str | None = None
    depth: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end} <{self.name}>")
        if self.content is not None and self.start != self.end:
            raise ValueError(
                f"editorial text takes no room in the source: {self.start}..{self.end} <{self.name}>"
            )
