"""Find for each mark of the old document the one that it has become in the new.

The places of the old marks are carried through the edits of the text, so that both sides are measured alike.
Marks at one place with one name and the same attributes are the same; of what is left over, the one that
is most alike is taken: the same identifier, the same place, the same name with one edge in place, the
same empty element nearby. Each search looks at a bounded number of candidates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from tei.diff.read import Document, Mark
from tei.diff.texts import Edit, Shift, align_items

#: Of so many marks at one place the best is chosen.
_CANDIDATES: Final = 64
#: How far, in characters, an empty element may have moved and still be the same.
_NEAR: Final = 400

NONE: Final = -1
# In place of a parent: one that stands at the same place, one that has no partner.
_HERE: Final = -2
_LOST: Final = -3


class Pairs:
    """Which mark became which.

    ``new_of[i]`` is the number of the new mark that the old mark ``i`` became, ``old_of`` the way back,
    both ``NONE`` where there is none. ``spots_old`` and ``spots_new`` are the places of the marks in terms
    that both documents share: an offset in the new text or, below 0, an edit that the place touches.
    """

    def __init__(self, old: Document, new: Document, edits: Sequence[Edit]) -> None:
        self.old = old
        self.new = new
        self.edits = edits
        self.shift = Shift(edits)
        self.new_of = [NONE] * len(old.marks)
        self.old_of = [NONE] * len(new.marks)
        self.spots_old = [(self._spot(mark.start), self._spot(mark.end)) for mark in old.marks]
        back = Shift([Edit(edit.start_new, edit.end_new, edit.start_old, edit.end_old) for edit in edits])
        self.spots_new = [
            (_spot_of_new(back, mark.start), _spot_of_new(back, mark.end)) for mark in new.marks
        ]
        self._same()
        self._alike()

    def _spot(self, place: int) -> int:
        edit = self.shift.edit_at(place)
        return self.shift.range(place)[0] if edit is None else ~edit

    def in_place(self, old: int) -> bool:
        """Whether the old mark was paired with one whose edges are where its own were."""
        return self.new_of[old] != NONE and self.spots_old[old] == self.spots_new[self.new_of[old]]

    def pair(self, old: int, new: int) -> None:
        """Say that ``old`` became ``new``."""
        self.new_of[old], self.old_of[new] = new, old

    def part(self, old: int) -> None:
        """Take a pair back."""
        self.old_of[self.new_of[old]] = NONE
        self.new_of[old] = NONE

    def _same(self) -> None:
        """Pair the marks that did not change: those of one place in their order, as many as go together."""
        here: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, spots in enumerate(self.spots_new):
            here[spots].append(number)
        there: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, spots in enumerate(self.spots_old):
            there[spots].append(number)
        old, new = self.old.marks, self.new.marks
        # What reaches beyond an edit is sure, and tells where that belongs which stands in it.
        for spots, numbers in sorted(
            there.items(), key=lambda item: min(item[0]) < 0 and 1 + (max(item[0]) < 0)
        ):
            others = here.get(spots, [])
            one: list[Hashable] = [_likeness(old[number]) for number in numbers]
            other: list[Hashable] = [_likeness(new[number]) for number in others]
            if one != other and others:
                # Of several that are alike, the one in the same element; that may stand at this place, too.
                inside_old, inside_new = set(numbers), set(others)
                around = [old[number].parent for number in numbers]
                above = [_HERE if parent in inside_old else self._partner(parent) for parent in around]
                one = list(zip(one, above, strict=True))
                around = [new[number].parent for number in others]
                above = [_HERE if parent in inside_new else parent for parent in around]
                other = list(zip(other, above, strict=True))
            for i, j in _staying(one, other):
                self.pair(numbers[i], others[j])

    def _partner(self, old: int) -> int:
        """The new mark that an old one has become; the parent of the root is that of the root."""
        return old if old < 0 else _LOST if self.new_of[old] == NONE else self.new_of[old]

    def _alike(self) -> None:
        old, new = self.old.marks, self.new.marks
        spots_old, spots_new = self.spots_old, self.spots_new
        self._pass(lambda i: (spots_old[i], _likeness(old[i])), lambda j: (spots_new[j], _likeness(new[j])))
        self._pass(lambda i: _identity(old[i]), lambda j: _identity(new[j]))
        self._pass(
            lambda i: (spots_old[i], old[i].name, old[i].content is None),
            lambda j: (spots_new[j], new[j].name, new[j].content is None),
        )
        self._pass(
            lambda i: None if old[i].empty else (spots_old[i][0], _likeness(old[i])),
            lambda j: None if new[j].empty else (spots_new[j][0], _likeness(new[j])),
        )
        self._pass(
            lambda i: None if old[i].empty else (spots_old[i][1], _likeness(old[i])),
            lambda j: None if new[j].empty else (spots_new[j][1], _likeness(new[j])),
        )
        self._pass(
            lambda i: (spots_old[i], old[i].content is None, old[i].name[0] in "!?"),
            lambda j: (spots_new[j], new[j].content is None, new[j].name[0] in "!?"),
        )
        self._nearby()
        # What came with its words is what went with them; the change of the text speaks for it.
        for i, j in enumerate(self.new_of):
            if (
                j != NONE
                and self._in_edits(i, j)
                and not self.in_place(i)
                and _likeness(old[i]) == _likeness(new[j])
            ):
                self.part(i)

    def _in_edits(self, old: int, new: int) -> bool:
        """Whether both stand in places where the text changed."""
        return max(*self.spots_old[old], *self.spots_new[new]) < 0

    def _pass(
        self,
        key_old: Callable[[int], Hashable | None],
        key_new: Callable[[int], Hashable | None],
    ) -> None:
        """Pair what is left and has the same key, in order; of several, that whose parent is paired too."""
        left_old, left_new = self.left_old(), self.left_new()
        if not left_old or not left_new:
            return
        found: dict[Hashable, dict[int, None]] = defaultdict(dict)
        for number in left_new:
            key = key_new(number)
            if key is not None:
                found[key][number] = None
        for number in left_old:
            key = key_old(number)
            candidates = found.get(key) if key is not None else None
            if candidates:
                best = self._best(number, islice(candidates, _CANDIDATES))
                del candidates[best]
                self.pair(number, best)

    def _best(self, old: int, candidates: Iterable[int]) -> int:
        mark = self.old.marks[old]
        parent = self._partner(mark.parent)

        def likeness(number: int) -> tuple[bool, int]:
            other = self.new.marks[number]
            same = sum(other.attributes.get(name) == value for name, value in mark.attributes.items())
            return other.parent == parent, same

        return max(candidates, key=likeness)

    def _nearby(self) -> None:
        """Pair what stands a little further on or back, or what still stands around some of its words."""
        left: dict[Hashable, list[int]] = defaultdict(list)
        for number in self.left_new():
            mark = self.new.marks[number]
            left[_likeness(mark), mark.empty].append(number)
        for number in self.left_old() if left else ():
            mark = self.old.marks[number]
            others = left.get((_likeness(mark), mark.empty))
            if not others:
                continue
            start, end = self.shift.range(mark.start)[0], self.shift.range(mark.end)[1]
            at = bisect_left(others, start, key=lambda other: self.new.marks[other].start)
            near = [i for i in range(max(0, at - 2), at + 2) if self._is_near(start, end, others[i : i + 1])]
            if near:
                best = min(near, key=lambda i: abs(self.new.marks[others[i]].start - start))
                self.pair(number, others.pop(best))

    def _is_near(self, start: int, end: int, numbers: Sequence[int]) -> bool:
        if not numbers:
            return False
        other = self.new.marks[numbers[0]]
        if other.empty:
            return abs(other.start - start) <= _NEAR
        return other.start < end and start < other.end

    def left_old(self) -> list[int]:
        """The old marks that have no partner."""
        return [number for number, partner in enumerate(self.new_of) if partner == NONE]

    def left_new(self) -> list[int]:
        """The new marks that have no partner."""
        return [number for number, partner in enumerate(self.old_of) if partner == NONE]


def _spot_of_new(back: Shift, place: int) -> int:
    edit = back.edit_at(place)
    return place if edit is None else ~edit


def _staying(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The items that are in both, in the same order: their numbers in ``old`` and in ``new``."""
    if old == new:
        yield from zip(range(len(old)), range(len(new)), strict=True)
        return
    at, shift = 0, 0
    for edit in (*align_items(old, new), Edit(len(old), len(old), len(new), len(new))):
        yield from ((number, number + shift) for number in range(at, edit.start_old))
        at, shift = edit.end_old, edit.end_new - edit.end_old


def _likeness(mark: Mark) -> Hashable:
    given = mark.attributes
    if not given:
        return mark.name if mark.content is None else (mark.name, mark.content)
    return mark.name, mark.content, frozenset(given.items())


def _identity(mark: Mark) -> Hashable | None:
    identifier = mark.attributes.get("xml:id")
    return (mark.name, identifier) if identifier else None
