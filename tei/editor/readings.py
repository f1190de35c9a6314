"""Corrections as markup (TEI Guidelines, chapter 3.5.1): the source's words stay, the reading stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from tei.editor.decided import Move, Reading
from tei.span import Span

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")


class Corrected:
    """The text as corrected, for analysers that must know what a word is meant to be."""

    def __init__(self, text: str, readings: Sequence[Reading]) -> None:
        self._text = text
        self._readings = readings
        self._starts = [reading.start for reading in readings]

    def __call__(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with the readings that lie wholly in it."""
        chunks: list[str] = []
        place = start
        for reading in self._readings[max(0, bisect_right(self._starts, start) - 1) :]:
            if reading.start >= end:
                break
            if place <= reading.start and reading.end <= end:
                chunks += [self._text[place : reading.start], reading.read]
                place = reading.end
        return "".join([*chunks, self._text[place:end]])


def reading_spans(text: str, readings: Iterable[Reading], moves: Iterable[Move], resp: str | None) -> list[Span]:
    """``<choice>`` for each word that is to be read otherwise, ``<surplus>`` for what is to be left out,
    and for a misplaced line both that and ``<supplied>`` where it belongs."""
    spans: list[Span] = []
    by = {"resp": resp} if resp else {}
    for reading in readings:
        for start, end, read in _differences(text, reading):
            attributes = {**by, "cert": reading.cert}
            if read:
                spans += [Span(start, end, "choice"), Span(start, end, "sic"), Span(end, end, "corr", attributes, read)]
            else:
                spans.append(Span(start, end, "surplus", {"reason": "misread", **attributes}))
    for move in moves:
        moved = text[move.start : move.end]
        spans.append(Span(move.start, move.end, "surplus", {"reason": "misplaced", **by}))
        spans.append(Span(move.to, move.to, "supplied", {"reason": "misplaced", **by}, f" {moved}"))
    return spans


def _differences(text: str, reading: Reading) -> list[tuple[int, int, str]]:
    """The words of a reading that differ from the source's: start, end and what to read there.

    What the decision quotes only to be found again stays as it is.
    """
    old = _TOKEN.findall(text[reading.start : reading.end])
    new = _TOKEN.findall(reading.read)
    offsets = [reading.start]
    for token in old:
        offsets.append(offsets[-1] + len(token))
    found: list[tuple[int, int, str]] = []
    matcher = SequenceMatcher(None, [_blank(token) for token in old], [_blank(token) for token in new], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        if old_from == old_to:
            # Something is missing: the word before it (or after) is read with it.
            if old_from and not old[old_from - 1].isspace():
                old_from, new_from = old_from - 1, new_from - 1
            else:
                old_to, new_to = old_to + 1, new_to + 1
        read = "".join(new[max(new_from, 0) : new_to])
        start, end = offsets[old_from], offsets[min(old_to, len(old))]
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        trail = len(text[start:end]) - len(text[start:end].rstrip())
        if lead + trail < end - start:
            start, end, read = start + lead, end - trail, read.strip()
        found.append((start, end, read))
    return found


def _blank(token: str) -> str:
    return " " if token.isspace() else token
