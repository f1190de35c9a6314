"""Speeches: turns that labels mark, and streams of which the edition names the speaker.

TEI Guidelines, chapter 7.2.2: ``sp`` holds the ``speaker`` as printed and the words as paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tei.layout.lines import XML_SPACE, Line
from tei.span import Span
from tei.speech.reactions import Reaction
from tei.streams import Arrangement
from tei.structure.blocks import Block, inked
from tei.structure.draft import Draft

if TYPE_CHECKING:
    from tei.speech.turns import Turn

_AROUND: Final = XML_SPACE + "\\"
# Ids that the encoder gives out itself: pages, notes, characters, parts of split elements.
_TAKEN: Final = re.compile(r"[pn][0-9].*|u[0-9A-Fa-f]{4,6}|reaction-.*|.*-[0-9]+")


class Spoken(NamedTuple):
    """What labels say: where turns begin (starts of lines), and the speakers (id and name)."""

    turn_starts: frozenset[int] = frozenset()
    speakers: tuple[tuple[str, str], ...] = ()


def mark_speeches(
    draft: Draft,
    arrangement: Arrangement,
    lines: Iterable[Line],
    reactions: Iterable[Reaction],
    boundaries: Sequence[int],
) -> Spoken:
    """``sp`` for the streams that one person speaks; where there are none, for the turns that labels mark.

    No turn reaches over ``boundaries``, where divisions begin.
    """
    _unwrap_reactions(draft.text, draft.blocks, reactions, frozenset(boundaries))
    spoken = [(stream.who, start, end) for stream, start, end in arrangement.streams if stream.who]
    for who, start, end in spoken:
        heads = [span for span in draft.spans if span.name == "head"]
        draft.spans += _stream_spans(draft.text, draft.between(start, end - 1), heads, who)
    if spoken:
        # The edition says who speaks: what looks like a label is none.
        return Spoken()
    # The patterns of labels take long to compile: only where labels are looked for.
    from tei.speech.turns import find_turns, turn_spans

    paragraphs = [inked(draft.text, block) for block in draft.blocks if block.name == "p"]
    turns = find_turns(_body_text(draft.text, lines), paragraphs, boundaries)
    draft.set_blocks(_split_at_turns(draft.text, draft.blocks, turns))
    spans, speakers = _fitted(draft.text, draft.blocks, turns, *turn_spans(turns))
    draft.spans += spans
    starts = frozenset(draft.text.rfind("\n", 0, turn.start) + 1 for turn in turns)
    return Spoken(starts, tuple(speakers))


def _body_text(text: str, lines: Iterable[Line]) -> str:
    """The text with blanks for notes, running heads and the like: no label stands in them."""
    chunks: list[str] = []
    place = 0
    for line in lines:
        if line.role not in ("body", "blank"):
            chunks += [text[place : line.start], " " * (line.end - line.start)]
            place = line.end
    # A lone carriage return ends no line here.
    return "".join([*chunks, text[place:]]).replace("\r", " ")


def _split_at_turns(text: str, blocks: list[Block], turns: Iterable[Turn]) -> list[Block]:
    """``blocks``, those cut in two in which a turn begins after the first line."""
    starts = {text.rfind("\n", 0, turn.start) + 1 for turn in turns}
    result: list[Block] = []
    for block in blocks:
        rest = block
        for number, line in enumerate(block.lines):
            if number and line.start in starts:
                at = rest.lines.index(line)
                result.append(replace(rest, lines=rest.lines[:at]))
                rest = replace(rest, lines=rest.lines[at:], opening=0)
        result.append(rest)
    return result


def _fitted(
    text: str,
    blocks: Sequence[Block],
    turns: Sequence[Turn],
    spans: Iterable[Span],
    speakers: Iterable[tuple[str, str]],
) -> tuple[list[Span], list[tuple[str, str]]]:
    """``sp`` and ``speaker`` of ``turns``, as the blocks have room for them, and the speakers (id and name).

    The label becomes the opening of its block. A label with nothing behind it stays a paragraph.
    """
    starts = [block.start for block in blocks]
    who = [span.attributes["who"] for span in spans if span.name == "sp"]
    found: list[Span] = []
    for turn, speaker in zip(turns, who, strict=True):
        first = bisect_right(starts, turn.start) - 1
        spoken = list(blocks[first : bisect_left(starts, turn.end)])
        start, end = spoken[0].start, turn.label[1]
        if not any(
            block.name and text[max(block.start, end) : block.end].strip(XML_SPACE) for block in spoken
        ):
            continue
        for block in spoken:
            if block.start < end:
                block.opening = min(end, block.end) - block.start
                if not text[block.start + block.opening : block.end].strip(XML_SPACE):
                    block.name = ""
        found.append(Span(start, inked(text, spoken[-1])[1], "sp", {"who": f"#{_id(speaker[1:])}"}))
        found.append(Span(start, end, "speaker"))
    used = {span.attributes["who"] for span in found if span.name == "sp"}
    return found, [(_id(key), name) for key, name in speakers if f"#{_id(key)}" in used]


def _id(key: str) -> str:
    return f"speaker-{key}" if _TAKEN.fullmatch(key) else key


def _stream_spans(text: str, blocks: Sequence[Block], heads: Sequence[Span], who: str) -> list[Span]:
    """``sp`` around each run of the blocks of a stream that one person speaks; no heading stands in one."""
    spans: list[Span] = []
    run: list[Block] = []
    heads = sorted(heads, key=lambda head: head.start)
    starts = [head.start for head in heads]
    for block in [*blocks, None]:
        at = bisect_right(starts, block.start) - 1 if block is not None else -1
        if block is not None and not (at >= 0 and block.start < heads[at].end):
            run.append(block)
            continue
        if run:
            spans.append(Span(run[0].start, inked(text, run[-1])[1], "sp", {"who": who}))
        run = []
    return spans


def _unwrap_reactions(
    text: str, blocks: Iterable[Block], reactions: Iterable[Reaction], boundaries: Container[int]
) -> None:
    """A paragraph that is nothing but a reaction is none: the reaction stands alone, among others."""
    ends = {reaction.start: reaction.end for reaction in reactions}
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.name and block.start not in boundaries:
            run.append(block)
            continue
        alone = [other for other in run if other.name == "p" and _is_reaction(text, other, ends)]
        if len(alone) < len(run):
            for other in alone:
                other.name = ""
        run = [block] if block is not None and block.name else []


def _is_reaction(text: str, block: Block, ends: Mapping[int, int]) -> bool:
    start, end = inked(text, block)
    while start < end and text[start] in _AROUND:
        start += 1
    return start in ends and not text[ends[start] : end].strip(XML_SPACE)
