"""Put the edits of a text where they agree with its markup.

An insertion can often be said to stand in several places: "the big cat" has got ``big␣`` or ``␣big``. Of
these places, that is taken at which the markup of both texts agrees best, then the start of a line, then
that of a word. A deletion is an insertion the other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from tei.diff.read import Document
from tei.diff.texts import Edit

#: How far an edit is moved; what the search for better places may cost in all.
_FAR: Final = 200
_COST: Final = 500_000

_WORD: Final = re.compile(r"\w")
_Edges = dict[int, set[tuple[str, str]]]


def settle(old: Document, new: Document, edits: Sequence[Edit]) -> list[Edit]:
    """The same edits, each moved to the place that is best by the markup and by the words."""
    settled: list[Edit] = []
    rest = _COST
    edges: tuple[_Edges, _Edges] | None = None
    for at, edit in enumerate(edits):
        insertion = edit.start_old == edit.end_old
        if rest > 0 and (insertion or edit.start_new == edit.end_new):
            before = settled[-1].end_old + 1 if settled else 0
            after = edits[at + 1].start_old - 1 if at + 1 < len(edits) else len(old.text)
            stretch = _Stretch(
                *(
                    (new.text, *edit[2:], edit.start_old)
                    if insertion
                    else (old.text, *edit[:2], edit.start_new)
                )
            )
            stretch.measure(edit.start_old - before, after - edit.end_old)
            if stretch.left or stretch.right:
                edges = edges or (_edges(old), _edges(new))
                without, within = edges if insertion else edges[::-1]
                by = stretch.best(without, within)
                edit = Edit(*(place + by for place in edit))  # noqa: PLW2901
                rest -= stretch.cost
        settled.append(edit)
    return settled


def _edges(document: Document) -> _Edges:
    found: _Edges = defaultdict(set)
    for mark in document.marks:
        found[mark.start].add(("<", mark.name))
        found[mark.end].add((">", mark.name))
    return found


class _Stretch:
    """``text[start:end]``, and the place ``point`` in the text without it."""

    def __init__(self, text: str, start: int, end: int, point: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.point = point
        self.left = self.right = self.cost = 0

    def measure(self, left: int, right: int) -> None:
        """How far it can be moved so that leaving it out gives the same text; at most so far."""
        text, start, end = self.text, self.start, self.end
        while self.left < min(left, _FAR) and text[start - 1 - self.left] == text[end - 1 - self.left]:
            self.left += 1
        while self.right < min(right, _FAR) and text[end + self.right] == text[start + self.right]:
            self.right += 1

    def best(self, without: _Edges, within: _Edges) -> int:
        """How far it is best moved, backwards below 0, by the edges of the text without it and with it."""
        window = [
            (place, without[place])
            for place in range(self.point - self.left, self.point + self.right + 1)
            if place in without
        ]
        shifts = sorted(range(-self.left, self.right + 1), key=lambda by: (abs(by), by))
        self.cost = len(shifts) * (1 + sum(len(edges) for _, edges in window))
        return max(shifts, key=lambda by: (self._agreement(by, window, within), self._look(by)))

    def _agreement(self, by: int, window: Sequence[tuple[int, set[tuple[str, str]]]], within: _Edges) -> int:
        """How many edges near it are where they should be."""
        size = self.end - self.start
        found = 0
        for place, edges in window:
            there = self.start + place - self.point
            if place <= self.point + by:
                found += len(edges & within.get(there, set()))
            if place >= self.point + by:
                found += len(edges & within.get(there + size, set()))
        return found

    def _look(self, by: int) -> int:
        """How natural it is to a reader: whole lines, whole words, no space at its start."""
        text, start, end = self.text, self.start + by, self.end + by
        line = start == 0 or text[start - 1] == "\n"
        words = not (self._is_in_word(start) or self._is_in_word(end))
        return 4 * line + 2 * words + (not text[start].isspace())

    def _is_in_word(self, place: int) -> bool:
        return bool(
            0 < place < len(self.text) and _WORD.match(self.text[place - 1]) and _WORD.match(self.text[place])
        )
