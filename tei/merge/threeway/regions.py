"""Three texts made one: what each side changed, where both did, and where each place of a text has come to.

The method is that of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007): changes of
the two sides that overlap or touch are one region; one that both changed in different ways is a conflict.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tei.diff.texts import Edit

Side = Literal["mine", "new"]
MINE: Final = "mine"
NEW: Final = "new"
_WORD: Final = re.compile(r"[\w&#;]")
_FAR: Final = 60


@dataclass(slots=True)
class Region:
    """A stretch that one side changed, or both: its places in the old text and in those of the two sides.

    ``taken`` is the side whose text is in the result; ``None``: both say the same, or (``conflict``) whoever
    is preferred.
    """

    old: tuple[int, int]
    mine: tuple[int, int]
    new: tuple[int, int]
    taken: Side | None = None
    conflict: bool = False

    def of(self, side: Side) -> tuple[int, int]:
        """Its places in the text of a side."""
        return self.mine if side == MINE else self.new


def by_words(
    old: str, new: str, edits: Sequence[Edit], tags_old: Container[int], tags_new: Container[int]
) -> list[Edit]:
    """The edits with the rest of the words that they touch; a word ends where a tag stands, too."""
    found: list[Edit] = []
    for number, edit in enumerate(edits):
        start_old, end_old, start_new, end_new = edit
        first = found[-1].end_old if found else 0
        last = edits[number + 1].start_old if number + 1 < len(edits) else len(old)
        if _is_word(old[start_old:end_old][:1] + new[start_new:end_new][:1]):
            for _ in range(_FAR):
                tagged = (start_new < end_new and start_new in tags_new) or (
                    start_old < end_old and start_old in tags_old
                )
                if tagged or start_old <= first or not _WORD.match(old[start_old - 1]):
                    break
                start_old, start_new = start_old - 1, start_new - 1
        if _is_word(old[start_old:end_old][-1:] + new[start_new:end_new][-1:]):
            for _ in range(_FAR):
                tagged = (start_new < end_new and end_new in tags_new) or (
                    start_old < end_old and end_old in tags_old
                )
                if tagged or end_old >= last or not _WORD.match(old[end_old]):
                    break
                end_old, end_new = end_old + 1, end_new + 1
        if found and found[-1].end_old == start_old:
            before = found.pop()
            start_old, start_new = before.start_old, before.start_new
        found.append(Edit(start_old, end_old, start_new, end_new))
    return found


def _is_word(characters: str) -> bool:
    return any(_WORD.match(one) for one in characters)


def regions(
    mine: str,
    new: str,
    edits_mine: Sequence[Edit],
    edits_new: Sequence[Edit],
    tags: Mapping[Side | None, Container[int]],
) -> list[Region]:
    """What was changed from the old text to ``mine`` and to ``new``, in order.

    ``tags`` are the places of tags in the texts of the two sides and (``None``) in the old one: changes that
    only touch and have a tag between them have nothing to do with each other.
    """
    waiting: list[tuple[Edit, Side]] = sorted(
        [(edit, MINE) for edit in edits_mine] + [(edit, NEW) for edit in edits_new],
        key=lambda one: (one[0].start_old, one[0].end_old, one[1]),
    )
    found: list[Region] = []
    shift_mine = shift_new = 0
    at = 0
    while at < len(waiting):
        start = waiting[at][0].start_old
        end = start
        first = at
        while at < len(waiting) and (at == first or _meet(waiting[first:at], waiting[at], tags)):
            end = max(end, waiting[at][0].end_old)
            at += 1
        group = waiting[first:at]
        grown_mine = sum(_growth(edit) for edit, side in group if side == MINE)
        grown_new = sum(_growth(edit) for edit, side in group if side == NEW)
        region = Region(
            (start, end),
            (start + shift_mine, end + shift_mine + grown_mine),
            (start + shift_new, end + shift_new + grown_new),
        )
        shift_mine += grown_mine
        shift_new += grown_new
        sides = {side for _, side in group}
        if len(sides) == 1:
            region.taken = MINE if MINE in sides else NEW
        else:
            region.conflict = mine[slice(*region.mine)] != new[slice(*region.new)]
        found.append(region)
    return found


def _meet(
    group: Sequence[tuple[Edit, Side]], one: tuple[Edit, Side], tags: Mapping[Side | None, Container[int]]
) -> bool:
    """Whether an edit overlaps or touches those before it."""
    edit, side = one
    place = edit.start_old
    end = max(before.end_old for before, _ in group)
    if place != end:
        return place < end
    last, last_side = max(group, key=lambda before: before[0].end_old)
    is_insertion, was_insertion = place == edit.end_old, last.start_old == last.end_old
    if is_insertion and was_insertion:
        return True
    if is_insertion:
        return edit.start_new not in tags[side]
    return (last.end_new not in tags[last_side]) if was_insertion else place not in tags[None]


def _growth(edit: Edit) -> int:
    return edit.end_new - edit.start_new - edit.end_old + edit.start_old


def unchanged(found: Sequence[Region], side: Side) -> Way:
    """The way from the old text to that of a side; within a change, any place of it is as good."""
    own = [region for region in found if region.taken in (None, side)]
    return Way(
        [region.old for region in own],
        [region.of(side) for region in own],
        [False] * len(own),
        list(range(len(own))),
    )


class Way:
    """Where the places of one text lie in another.

    ``here`` and ``there`` are stretches that became one another; ``exact``: they hold the same characters.
    """

    def __init__(
        self,
        here: Sequence[tuple[int, int]],
        there: Sequence[tuple[int, int]],
        exact: Sequence[bool],
        numbers: Sequence[int],
    ) -> None:
        self._here = here
        self._there = there
        self._exact = exact
        self._numbers = numbers
        self._ends = [end for _, end in here]

    def range(self, place: int) -> tuple[int, int] | None:
        """The first and the last place that ``place`` may be now; ``None``: what it stood in is gone."""
        at = bisect_left(self._ends, place)
        if at == len(self._here) or self._here[at][0] > place:
            moved = place + (self._there[at - 1][1] - self._ends[at - 1] if at else 0)
            return moved, moved
        found = self._within(at, place)
        at += 1
        # Where another stretch begins just there, the place may be before or behind what was put in.
        while found is not None and at < len(self._here) and self._here[at][0] == place:
            found = found[0], (self._within(at, place) or found)[1]
            at += 1
        return found

    def _within(self, at: int, place: int) -> tuple[int, int] | None:
        start, end = self._here[at]
        to_start, to_end = self._there[at]
        if self._exact[at]:
            return to_start + place - start, to_start + place - start
        if start == end:
            return to_start, to_end
        if place == start:
            return to_start, to_start
        return (to_end, to_end) if place == end else None

    def stretch(self, place: int) -> tuple[int, int]:
        """As ``range``; for what is gone, all that stands there instead."""
        found = self.range(place)
        return self._there[bisect_left(self._ends, place)] if found is None else found

    def back(self) -> Way:
        """The way from there to here."""
        return Way(self._there, self._here, self._exact, self._numbers)

    def region(self, place: int) -> int | None:
        """The number of the region that ``place`` lies in or touches."""
        at = bisect_left(self._ends, place)
        return self._numbers[at] if at < len(self._here) and self._here[at][0] <= place else None


@dataclass
class Joined:
    """The merged text, and the ways of the two sides to it."""

    text: str
    mine: Way
    new: Way


def join(old: str, mine: str, new: str, found: Sequence[Region], prefer: Side) -> Joined:
    """The text with all changes; of those in conflict, with those of the side ``prefer``."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    exact_mine: list[bool] = []
    exact_new: list[bool] = []
    at = length = 0
    for region in found:
        kept = old[at : region.old[0]]
        taken = prefer if region.conflict else region.taken
        put = mine[slice(*region.mine)] if taken in (None, MINE) else new[slice(*region.new)]
        pieces += kept, put
        start = length + len(kept)
        length = start + len(put)
        places.append((start, length))
        exact_mine.append(taken in (None, MINE))
        exact_new.append(taken in (None, NEW))
        at = region.old[1]
    pieces.append(old[at:])
    numbers = range(len(found))
    return Joined(
        "".join(pieces),
        Way([region.mine for region in found], places, exact_mine, numbers),
        Way([region.new for region in found], places, exact_new, numbers),
    )
