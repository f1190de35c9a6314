"""Align two texts: which stretches of the one became which of the other.

Lines first, then words, then characters: items that occur once in both texts are the anchors between
which the rest is aligned (Bram Cohen's "patience diff"), and what lies between two anchors goes through
the greedy search of Eugene W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). That
search is cut off after ``MAX_EDITS`` edits and taken up again where it had come to. So the time
is linear in the length of the texts, whatever they are; beyond the bound a result is still exact, but may
say more than the least that changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

MAX_EDITS: Final = 60
"""Edits between two anchors after which the search for the least number of them begins anew."""

#: The longest stretch, old and new together, that is compared character by character.
_MAX_CHARACTERS: Final = 2000
# Where nothing occurs only once, runs of so many items may.
_RUN: Final = 8
_LARGE: Final = 4 * MAX_EDITS

_LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS: Final = re.compile(r"\w+|\n|[^\S\n]+|[^\w\s]")


class Edit(NamedTuple):
    """``old[start_old:end_old]`` became ``new[start_new:end_new]``; at least one of them is not empty."""

    start_old: int
    end_old: int
    start_new: int
    end_new: int


def align(old: str, new: str) -> list[Edit]:
    """The edits that make ``new`` of ``old``, in order; between two of them at least one character stays.

    Everything outside of the edits is the same in both texts: ``apply(old, new, align(old, new)) == new``.
    Takes linear time.
    """
    found: list[Edit] = []
    _refine(old, new, 0, 0, found, (_LINES, _WORDS))
    return _joined(found)


def apply(old: str, new: str, edits: Sequence[Edit]) -> str:
    """``old`` with each stretch that an edit names replaced by that of ``new``."""
    pieces: list[str] = []
    place = 0
    for edit in edits:
        pieces += old[place : edit.start_old], new[edit.start_new : edit.end_new]
        place = edit.end_old
    pieces.append(old[place:])
    return "".join(pieces)


class Shift:
    """Where the places of the old text lie in the new one."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._ends = [edit.end_old for edit in edits]

    def edit_at(self, place: int) -> int | None:
        """The number of the edit that ``place`` of the old text lies in or touches."""
        at = bisect_left(self._ends, place)
        return at if at < len(self._edits) and self._edits[at].start_old <= place else None

    def range(self, place: int) -> tuple[int, int]:
        """The first and the last place of the new text that ``place`` may have become.

        They are one where nothing changed beside it; at an edit, they are where its new text begins and ends.
        """
        at = bisect_left(self._ends, place)
        if at < len(self._edits):
            edit = self._edits[at]
            if edit.start_old <= place:
                return edit.start_new, edit.end_new
        moved = place + (self._edits[at - 1].end_new - self._edits[at - 1].end_old if at else 0)
        return moved, moved


def align_items(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Edit]:
    """As ``align`` for any two sequences; the edits count items."""
    numbers: dict[Hashable, int] = {}
    one = [numbers.setdefault(item, len(numbers)) for item in old]
    other = [numbers.setdefault(item, len(numbers)) for item in new]
    found: list[Edit] = []
    _between_anchors(one, other, found)
    return _joined(found)


# One level after the other


def _refine(
    old: str, new: str, old_at: int, new_at: int, found: list[Edit], levels: tuple[re.Pattern[str], ...]
) -> None:
    """Add the edits between two stretches that begin at ``old_at`` and ``new_at``."""
    if old == new:
        return
    head = _common_head(old, new)
    tail = _common_tail(old, new, min(len(old), len(new)) - head)
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    old_at, new_at = old_at + head, new_at + head
    if not old or not new:
        found.append(Edit(old_at, old_at + len(old), new_at, new_at + len(new)))
        return
    if not levels:
        found += _by_characters(old, new, old_at, new_at)
        return
    old_items, new_items = levels[0].findall(old), levels[0].findall(new)
    old_places = [0, *accumulate(map(len, old_items))]
    new_places = [0, *accumulate(map(len, new_items))]
    for edit in align_items(old_items, new_items):
        start_old, end_old = old_places[edit.start_old], old_places[edit.end_old]
        start_new, end_new = new_places[edit.start_new], new_places[edit.end_new]
        _refine(
            old[start_old:end_old],
            new[start_new:end_new],
            old_at + start_old,
            new_at + start_new,
            found,
            levels[1:],
        )


def _by_characters(old: str, new: str, old_at: int, new_at: int) -> list[Edit]:
    whole = Edit(old_at, old_at + len(old), new_at, new_at + len(new))
    if len(old) + len(new) > _MAX_CHARACTERS:
        return [whole]
    edits: list[Edit] = []
    for edit in align_items(old, new):
        last = edits[-1] if edits else None
        # Letters that two other words happen to share tie nothing together.
        if last and edit.start_old - last.end_old <= min(_size(last), _size(edit)):
            edits[-1] = Edit(last.start_old, edit.end_old, last.start_new, edit.end_new)
        else:
            edits.append(edit)
    changed = sum(edit.end_old - edit.start_old for edit in edits)
    if 2 * (len(old) - changed) < len(old):
        return [whole]
    return [
        Edit(*(at + place for at, place in zip((old_at, old_at, new_at, new_at), edit, strict=True)))
        for edit in edits
    ]


def _size(edit: Edit) -> int:
    return max(edit.end_old - edit.start_old, edit.end_new - edit.start_new)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Edits with those put together that touch."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and joined[-1].end_old == edit.start_old and joined[-1].end_new == edit.start_new:
            last = joined.pop()
            joined.append(Edit(last.start_old, edit.end_old, last.start_new, edit.end_new))
        else:
            joined.append(edit)
    return joined


def _common_head(old: str, new: str) -> int:
    """How many characters both begin with; by halving, for slices compare faster than loops."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_tail(old: str, new: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low


# Anchors


def _between_anchors(old: list[int], new: list[int], found: list[Edit]) -> None:
    anchors = _anchors(old, new)
    if not anchors and min(len(old), len(new)) > _LARGE:
        anchors = _anchors(_runs(old), _runs(new))
    old_at = new_at = 0
    for old_end, new_end in (*anchors, (len(old), len(new))):
        if old_end > old_at or new_end > new_at:
            _Search(old[old_at:old_end], new[new_at:new_end], old_at, new_at).run(found)
        old_at, new_at = old_end, new_end


def _runs(items: list[int]) -> list[int]:
    return [hash(tuple(items[at : at + _RUN])) for at in range(len(items) - _RUN + 1)]


def _anchors(old: list[int], new: list[int]) -> list[tuple[int, int]]:
    """The longest chain of items that occur once in both, in the same order; ``(place, place)`` each."""
    places = _once(new)
    pairs = [(at, places[item]) for item, at in _once(old).items() if item in places]
    pairs.sort()
    kept = longest_rise([place for _, place in pairs])
    return [pairs[at] for at in kept]


def _once(items: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for at, item in enumerate(items):
        found[item] = -1 if item in found else at
    return {item: at for item, at in found.items() if at >= 0}


def longest_rise(values: Sequence[int]) -> list[int]:
    """The places of a longest strictly rising subsequence."""
    tops: list[int] = []  # the lowest value that a rise of each length ends with
    at_top: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(tops, value)
        if length == len(tops):
            tops.append(value)
            at_top.append(at)
        else:
            tops[length], at_top[length] = value, at
        before.append(at_top[length - 1] if length else -1)
    rise: list[int] = []
    at = at_top[-1] if at_top else -1
    while at >= 0:
        rise.append(at)
        at = before[at]
    return rise[::-1]


# Between two anchors


class _Search:
    """The greedy search for a short way from the start of two sequences to their end."""

    def __init__(self, old: list[int], new: list[int], old_at: int, new_at: int) -> None:
        self.old = old
        self.new = new
        self.old_at = old_at
        self.new_at = new_at

    def run(self, found: list[Edit]) -> None:
        """Add the edits; where the bound is reached, keep the way so far and go on from its end."""
        old, new = self.old, self.new
        x = y = 0
        end_x, end_y = len(old), len(new)
        while end_x and end_y and old[end_x - 1] == new[end_y - 1]:
            end_x, end_y = end_x - 1, end_y - 1
        while x < end_x and y < end_y:
            steps = self._steps(x, y, end_x, end_y)
            for from_x, from_y, to_x, to_y in steps:
                self._add(found, from_x, from_y, to_x, to_y)
            x, y = self.x, self.y
        if x < end_x or y < end_y:
            self._add(found, x, y, end_x, end_y)

    def _add(self, found: list[Edit], x: int, y: int, to_x: int, to_y: int) -> None:
        at, other = self.old_at, self.new_at
        last = found[-1] if found else None
        if last is not None and last.end_old == at + x and last.end_new == other + y:
            found[-1] = Edit(last.start_old, at + to_x, last.start_new, other + to_y)
        else:
            found.append(Edit(at + x, at + to_x, other + y, other + to_y))

    def _steps(self, x0: int, y0: int, end_x: int, end_y: int) -> list[tuple[int, int, int, int]]:
        """Single deletions and insertions from ``x0, y0`` on; leaves ``self.x, self.y`` where they lead."""
        old, new = self.old, self.new
        wide, high = end_x - x0, end_y - y0
        reach = {1: 0}  # how far into the old sequence each diagonal was followed
        trace: list[dict[int, int]] = []
        for edits in range(min(MAX_EDITS, wide + high) + 1):
            trace.append(reach.copy())
            lowest = -(edits - 2 * max(0, edits - high))
            highest = edits - 2 * max(0, edits - wide)
            for k in range(lowest, highest + 1, 2):
                down = k == -edits or (k != edits and reach.get(k - 1, -1) < reach.get(k + 1, -1))
                x = reach[k + 1] if down else reach[k - 1] + 1
                y = x - k
                while x < wide and y < high and old[x0 + x] == new[y0 + y]:
                    x, y = x + 1, y + 1
                reach[k] = x
                if x >= wide and y >= high:
                    return self._way_back(trace, k, x, x0, y0)
        # Only the last round's diagonals have been reached with that many edits.
        k = max(range(lowest, highest + 1, 2), key=lambda k: 2 * reach[k] - k)
        return self._way_back(trace, k, reach[k], x0, y0)

    def _way_back(
        self, trace: list[dict[int, int]], k: int, x: int, x0: int, y0: int
    ) -> list[tuple[int, int, int, int]]:
        self.x, self.y = x0 + x, y0 + x - k
        steps: list[tuple[int, int, int, int]] = []
        for edits in range(len(trace) - 1, 0, -1):
            reach = trace[edits]
            down = k == -edits or (k != edits and reach.get(k - 1, -1) < reach.get(k + 1, -1))
            k = k + 1 if down else k - 1
            x = reach[k]
            y = x - k
            steps.append((x0 + x, y0 + y, x0 + x + (not down), y0 + y + down))
        return steps[::-1]
