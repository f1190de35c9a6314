"""Find the marks that changed their place in the tree, though not in the text.

Offsets do not say how elements nest that begin and end at one place, nor in what order empty ones stand
there: ``<p><lb/>One</p>`` and ``<lb/><p>One</p>`` differ in nothing else.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from tei.diff.pairs import NONE, Pairs

# One element around words outweighs any number of empty ones.
_HEAVY: Final = 1 << 32


def find_moved(pairs: Pairs) -> list[int]:
    """The old marks that stand inside of, or before, others than they did; as few as can be.

    At a place whose text changed, such a pair is taken back instead: there it was a guess.
    """
    sound = [pairs.in_place(number) for number in range(len(pairs.old.marks))]
    moved: list[int] = []

    def blame(number: int) -> None:
        sound[number] = False
        if min(pairs.spots_old[number]) < 0:
            pairs.part(number)
        else:
            moved.append(number)

    for number in _out_of_order(pairs, sound):
        blame(number)
    old, new = pairs.old.marks, pairs.new.marks
    for number, mark in enumerate(old):
        if not sound[number]:
            continue
        around = mark.parent
        while around >= 0 and not sound[around]:
            around = old[around].parent
        there = new[pairs.new_of[number]].parent
        while there >= 0 and not (pairs.old_of[there] != NONE and sound[pairs.old_of[there]]):
            there = new[there].parent
        if (pairs.new_of[around] if around >= 0 else NONE) != there:
            blame(number)
    return moved


def _out_of_order(pairs: Pairs, sound: list[bool]) -> list[int]:
    """The marks outside of the heaviest run that is in the same order on both sides."""
    numbers = [number for number, is_sound in enumerate(sound) if is_sound]
    partners = [pairs.new_of[number] for number in numbers]
    if all(one < other for one, other in pairwise(partners)):
        return []
    best = _Best(len(pairs.new.marks))
    totals: list[int] = []
    before: list[int] = []
    for at, (number, partner) in enumerate(zip(numbers, partners, strict=True)):
        total, last = best.below(partner)
        total += 1 if pairs.old.marks[number].empty else _HEAVY
        totals.append(total)
        before.append(last)
        best.put(partner, total, at)
    at = max(range(len(totals)), key=totals.__getitem__)
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [number for at, number in enumerate(numbers) if at not in kept]


class _Best:
    """The greatest total put at any index below a given one (a Fenwick tree), and who put it."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)

    def below(self, index: int) -> tuple[int, int]:
        found = (0, -1)
        while index > 0:
            found = max(found, self._tree[index])
            index -= index & -index
        return found

    def put(self, index: int, total: int, who: int) -> None:
        index += 1
        while index < len(self._tree):
            self._tree[index] = max(self._tree[index], (total, who))
            index += index & -index
