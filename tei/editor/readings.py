"""Corrections as markup: the source's words stay, the reading stands beside them.

TEI Guidelines, chapter 3.5.1, "Apparent Errors".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from tei.editor.decided import Move, Reading
from tei.layout.hyphens import HYPHENS
from tei.span import Span

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Emendation:
    """Words of the source, ``start`` to ``end``, and what to read for them; with no ``read`` they go."""

    start: int
    end: int
    read: str
    cert: str


def emendations(text: str, readings: Iterable[Reading]) -> list[Emendation]:
    """What the editor's readings change, word by word; what they quote only to be found again stays."""
    return [emendation for reading in readings for emendation in _differences(text, reading)]


class Corrected:
    """The text as corrected, for analysers that must know what a word is meant to be."""

    def __init__(self, text: str, changes: Sequence[Emendation]) -> None:
        self._text = text
        self._changes = changes
        self._starts = [change.start for change in changes]

    def between(self, start: int, end: int) -> list[Emendation]:
        """The emendations that touch ``start`` to ``end``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, end)
        return [change for change in self._changes[first:last] if change.end > start and change.start < end]

    def __call__(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` as emended."""
        chunks: list[str] = []
        place = start
        for change in self.between(start, end):
            chunks += [self._text[place : change.start], change.read]
            place = change.end
        return "".join([*chunks, self._text[place:end]])


def reading_spans(
    text: str, changes: Iterable[Emendation], moves: Iterable[Move], resp: str | None
) -> list[Span]:
    """``<choice>`` for each word to be read otherwise, ``<surplus>`` for what is to be left out.

    A misplaced line is ``<surplus>`` where it stands, ``<supplied>`` where it belongs.
    """
    spans: list[Span] = []
    by = {"resp": resp} if resp else {}
    for change in changes:
        attributes = {**by, "cert": change.cert}
        start, end = change.start, change.end
        if change.read:
            spans += [
                Span(start, end, "choice"),
                Span(start, end, "sic"),
                Span(end, end, "corr", attributes, change.read),
            ]
        else:
            spans.append(Span(start, end, "surplus", {"reason": "misread", **attributes}))
    for move in moves:
        moved = text[move.start : move.end].rstrip(HYPHENS)
        spans.append(Span(move.start, move.end, "surplus", {"reason": "misplaced", **by}))
        spans.append(Span(move.to, move.to, "supplied", {"reason": "misplaced", **by}, f" {moved}"))
    return spans


def _differences(text: str, reading: Reading) -> list[Emendation]:
    old = _TOKEN.findall(text[reading.start : reading.end])
    new = _TOKEN.findall(reading.read)
    offsets = [reading.start]
    for token in old:
        offsets.append(offsets[-1] + len(token))
    found: list[Emendation] = []
    for old_from, old_to, new_from, new_to in _changes(old, new):
        start, end = offsets[old_from], offsets[old_to]
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        trail = len(text[start:end]) - len(text[start:end].rstrip())
        found.append(
            Emendation(start + lead, end - trail, "".join(new[new_from:new_to]).strip(), reading.cert)
        )
    return found


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The runs of tokens that differ, each with a word of the old text in it to hang the reading on."""
    matcher = SequenceMatcher(
        None, [_blank(token) for token in old], [_blank(token) for token in new], autojunk=False
    )
    changes: list[tuple[int, int, int, int]] = []
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        bare = not "".join(old[old_from:old_to]).strip()
        before = 1 if bare and old_from and new_from else 0
        behind = 1 if ((bare and not before) or old[old_to - 1].isspace()) and old_to < len(old) else 0
        start, new_start = old_from - before, new_from - before
        if changes and changes[-1][1] >= start:
            start, _, new_start, _ = changes.pop()
        changes.append((start, old_to + behind, new_start, min(new_to + behind, len(new))))
    return changes


def _blank(token: str) -> str:
    return " " if token.isspace() else token
