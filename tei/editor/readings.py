"""Corrections as markup: the source's words stay, the reading stands beside them.

TEI Guidelines, chapter 3.5.1, "Apparent Errors".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from tei.editor.decided import Move, Reading
from tei.layout.hyphens import HYPHENS
from tei.layout.lines import Line
from tei.span import Span

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")


class Emendation(NamedTuple):
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

    def between(self, start: int, end: int) -> Sequence[Emendation]:
        """The emendations that touch ``start`` to ``end``."""
        first = last = bisect_left(self._starts, end)
        while first and self._changes[first - 1].end > start:
            first -= 1
        return self._changes[first:last]

    def lines(self, lines: Sequence[Line]) -> list[Line]:
        """Those of ``lines`` (in order) that are read otherwise than they stand."""
        starts = [line.start for line in lines]
        numbers = {
            number
            for change in self._changes
            for number in range(bisect_right(starts, change.start) - 1, bisect_right(starts, change.end))
        }
        return [lines[number] for number in sorted(numbers)]

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
    for number, move in enumerate(moves, start=1):
        moved = text[move.start : move.end].rstrip(HYPHENS)
        attributes = {"reason": "misplaced", **by}
        identifier = f"misplaced-line{number}"
        spans.append(Span(move.start, move.end, "surplus", {"xml:id": identifier, **attributes}))
        spans.append(
            Span(move.to, move.to, "supplied", {"corresp": f"#{identifier}", **attributes}, f" {moved}")
        )
    return spans


def _differences(text: str, reading: Reading) -> list[Emendation]:
    source = text[reading.start : reading.end]
    old, new = _TOKEN.findall(source), _TOKEN.findall(reading.read)
    offsets = [reading.start]
    for token in old:
        offsets.append(offsets[-1] + len(token))
    found = [
        Emendation(
            # Of a change and words struck out beside it, the reading may have space at its edge.
            offsets[change.old[0]],
            offsets[change.old[1]],
            "".join(new[slice(*change.new)]).strip(),
            reading.cert,
        )
        for change in _changes(old, new)
    ]
    if " ".join(Corrected(text, found)(reading.start, reading.end).split()) != " ".join(reading.read.split()):
        return [Emendation(reading.start, reading.end, reading.read, reading.cert)]
    return found


class _Change(NamedTuple):
    """Tokens of the old text and the tokens of the new one that stand for them (half-open ranges)."""

    old: tuple[int, int]
    new: tuple[int, int]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """What differs. Each change begins and ends with a word or mark, never with white space."""
    matcher = SequenceMatcher(
        None, [_blank(token) for token in old], [_blank(token) for token in new], autojunk=False
    )
    changes: list[_Change] = []
    for tag, *bounds in matcher.get_opcodes():
        if tag == "equal":
            continue
        change = _edged(old, new, *bounds)
        if changes and not any(token.isalnum() for token in old[changes[-1].old[1] : change.old[0]]):
            # Nothing but points and space between two changes: one reading.
            before = changes.pop()
            change = _Change((before.old[0], change.old[1]), (before.new[0], change.new[1]))
        changes.append(change)
    return changes


def _edged(
    old: Sequence[str], new: Sequence[str], old_from: int, old_to: int, new_from: int, new_to: int
) -> _Change:
    """A change made wider until white space is at none of its edges."""
    if new_from == new_to and any(not token.isspace() for token in old[old_from:old_to]):
        # Words struck out: the space around them stays.
        while old[old_to - 1].isspace():
            old_to -= 1
        while old[old_from].isspace():
            old_from += 1
        return _Change((old_from, old_to), (new_from, new_to))
    while old_from and new_from and _open_edge(old[old_from:old_to], new[new_from:new_to], 0):
        old_from, new_from = old_from - 1, new_from - 1
    while (
        old_to < len(old) and new_to < len(new) and _open_edge(old[old_from:old_to], new[new_from:new_to], -1)
    ):
        old_to, new_to = old_to + 1, new_to + 1
    return _Change((old_from, old_to), (new_from, new_to))


def _open_edge(old: Sequence[str], new: Sequence[str], edge: int) -> bool:
    """Whether a change has nothing, or white space, at one of its edges."""
    return any(not tokens or tokens[edge].isspace() for tokens in (old, new))


def _blank(token: str) -> str:
    return " " if token.isspace() else token
