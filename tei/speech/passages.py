"""Who speaks where: a stream of which the edition names the speaker is one speech (TEI Guidelines, chapter 7.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tei.layout.lines import XML_SPACE
from tei.span import Span
from tei.speech.reactions import Reaction
from tei.streams import Arrangement
from tei.structure.blocks import Block, inked
from tei.structure.outline import Outline

_AROUND: Final = XML_SPACE + "\\"


def speech_spans(arrangement: Arrangement, outline: Outline, reactions: Sequence[Reaction]) -> list[Span]:
    """``<sp>`` around the words of each stream that has a speaker.

    A paragraph that is nothing but a reaction is none: its block becomes the reaction alone.
    """
    text = arrangement.text
    by_start = {reaction.start: reaction for reaction in reactions}
    for block in outline.blocks:
        _unwrap(text, block, by_start)
    heads = [span for span in outline.spans if span.name == "head"]
    spans: list[Span] = []
    for stream, start, end in arrangement.streams:
        if stream.who is None:
            continue
        inside = [block for block in outline.blocks if start <= block.start < end]
        spoken = [
            block for block in inside if not any(head.start <= block.start < head.end for head in heads)
        ]
        if spoken:
            spans.append(Span(spoken[0].start, inked(text, spoken[-1])[1], "sp", {"who": stream.who}))
    return spans


def _unwrap(text: str, block: Block, reactions: dict[int, Reaction]) -> None:
    start, end = inked(text, block)
    while start < end and text[start] in XML_SPACE:
        start += 1
    reaction = reactions.get(start)
    if reaction and block.name == "p" and not text[reaction.end : end].strip(_AROUND):
        block.name = ""
