"""The elements for quotations (TEI Guidelines, chapter 3.3.3).

Words spoken are ``said``. Words cited from writing are ``quote``, unless their author is known: ``quote``
has no ``@who``, so that they are then ``<q type="written" who="…">``, which the Guidelines offer for just
this. Words at a distance are ``soCalled``, expressions ``mentioned``, ``term`` or ``gloss``, titles
``title``. All of them may point to a note, a ``bibl`` or the place cited by ``@source``; close calls have
``@cert``.
"""

from __future__ import annotations

from collections.abc import Sequence

from tei.flow import Flow
from tei.quotations.attribution import Attribution
from tei.quotations.context import Context
from tei.quotations.kind import Kind
from tei.span import Span

_DEGREES = ("high", "medium", "low")


def element(context: Context, kind: Kind, attribution: Attribution) -> tuple[str, dict[str, str]]:
    """Name and attributes of the element around a quotation; a set-off one has ``rend="block"``."""
    attributes: dict[str, str] = {}
    name: str = "quote" if context.block else kind.name
    degree = 0 if context.block else _DEGREES.index(kind.cert)
    # A mere guess at the speaker is not written down.
    decided = attribution.by_rule is not None
    if attribution.who and (decided or attribution.cert != "low") and name in ("said", "quote"):
        attributes["who"] = " ".join(f"#{who}" for who in attribution.who.split())
        if name == "quote":
            name, attributes["type"] = "q", "written"
        degree = max(degree, _DEGREES.index(attribution.cert))
    elif name == "title" and kind.level:
        attributes["level"] = kind.level
    if context.block:
        attributes["rend"] = "block"
    if attribution.sources:
        attributes["source"] = " ".join(dict.fromkeys(attribution.sources))
    if degree:
        attributes["cert"] = _DEGREES[degree]
    return name, attributes


def quotation_spans(
    flow: Flow,
    contexts: Sequence[Context],
    kinds: Sequence[Kind],
    attributions: Sequence[Attribution],
    prefix: str = "q",
) -> list[Span]:
    """A span for each quotation, in offsets of the arranged text, even if it runs over several paragraphs.

    The parts of an interrupted one have ids (``prefix`` and number) and point at each other.
    """
    following = {one.earlier: number for number, one in enumerate(attributions) if one.earlier is not None}
    linked = sorted({*following, *following.values()})
    ids = {number: f"{prefix}{count}" for count, number in enumerate(linked, start=1)}
    spans: list[Span] = []
    for number, (context, kind, attribution) in enumerate(zip(contexts, kinds, attributions, strict=True)):
        name, attributes = element(context, kind, attribution)
        if number in ids:
            attributes["xml:id"] = ids[number]
        if number in following:
            attributes["next"] = f"#{ids[following[number]]}"
        if attribution.earlier is not None:
            attributes["prev"] = f"#{ids[attribution.earlier]}"
        quotation = context.quotation
        spans.append(Span(*flow.place(quotation.start, quotation.end), name, attributes))
    return spans
