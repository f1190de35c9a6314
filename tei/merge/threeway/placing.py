"""Where each mark of the result stands: an element's edges are merged like its attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tei.diff.pairs import NONE
from tei.merge.threeway.nodes import SIDES, Node, Three
from tei.merge.threeway.regions import MINE, NEW, Joined, Side, Way

#: Why something is a conflict.
CHANGED_BOTH: Final = "both sides changed it"
REMOVED: Final = "one side removed it, the other changed it"
TEXT: Final = "one side changed the words, the other the markup in them"
SAME_WORDS: Final = "each side put another element around the same words"

#: What holds several readings of the same words (TEI Guidelines, chapters 3.5, 12): nothing ends within.
READINGS: Final = frozenset({"choice", "subst", "app"})

_Range = tuple[int, int]


@dataclass
class Findings:
    """What was found to be in conflict, with the reason: nodes and regions, by number."""

    nodes: dict[int, str] = field(default_factory=dict)
    regions: dict[int, str] = field(default_factory=dict)


@dataclass
class Placed:
    """The marks that are in the result, by number of the node: their edges, and whose tags they bear.

    ``shape`` is the side that says whether the element has an end tag; ``whole`` the one whose start tag is
    taken, ``None``: the merged one.
    """

    start: list[int]
    end: list[int]
    whole: list[Side | None]
    shape: list[Side]

    def alive(self, node: int) -> bool:
        """Whether the node is in the result."""
        return self.start[node] != NONE


class Placer:
    """Decides on each node, for one preferred side; what is in conflict goes into ``found``."""

    def __init__(
        self, three: Three, joined: Joined, prefer: Side, forced: Callable[[int], bool], found: Findings
    ) -> None:
        self.three = three
        self.ways: dict[Side, Way] = {MINE: joined.mine, NEW: joined.new}
        self.prefer: Side = prefer
        self.forced = forced
        self.found = found
        count = len(three.nodes)
        self.placed = Placed([NONE] * count, [NONE] * count, [None] * count, [NEW] * count)
        self._readings: dict[Side, list[_Range]] = {
            side: [
                (mark.start, mark.end)
                for node in three.nodes
                if node.old == NONE and node.of(side) != NONE
                for mark in (three.of(side).marks[node.of(side)],)
                if mark.name in READINGS
            ]
            for side in SIDES
        }
        self._open_ranges: list[tuple[int, Side, bool, _Range]] = []

    def run(self) -> Placed:
        """The places of all nodes."""
        for number, node in enumerate(self.three.nodes):
            self._node(number, node)
        for number, side, is_end, found in self._open_ranges:
            if self.placed.alive(number):
                self._settle(number, side, is_end, found)
        self._same_words()
        return self.placed

    # One node

    def _node(self, number: int, node: Node) -> None:
        if self.forced(number):
            if node.of(self.prefer) != NONE:
                self._by_one(number, node, self.prefer)
            return
        has_mine, has_new = node.mine != NONE, node.new != NONE
        if has_mine and has_new:
            self._by_both(number, node)
        elif has_mine or has_new:
            side: Side = MINE if has_mine else NEW
            if node.old == NONE:
                self._by_one(number, node, side)
            elif node.touched(side):
                self.found.nodes[number] = REMOVED

    def _by_one(self, number: int, node: Node, side: Side) -> None:
        """Place a node as one side has it."""
        mark = self.three.of(side).marks[node.of(side)]
        start, end = self._range(side, mark.start), self._range(side, mark.end)
        if start is None or end is None:
            self._lost(number, side, *(at for at, to in ((mark.start, start), (mark.end, end)) if to is None))
            return
        if not mark.empty and start[0] >= end[1]:
            # Its words are not in the result.
            self._lost(number, side, mark.start, mark.end)
            return
        self._put(number, side, start, end)
        self.placed.whole[number] = self.placed.shape[number] = side

    def _by_both(self, number: int, node: Node) -> None:
        merged = node.merged
        if merged is not None and merged.disputed:
            self.found.nodes[number] = CHANGED_BOTH
        elif merged is None:
            self.placed.whole[number] = NEW
        start = self._edge(number, node, False)
        end = self._edge(number, node, True)
        if start is not None and end is not None:
            (from_side, start_range), (to_side, end_range) = start, end
            self._put(number, from_side, start_range, end_range, to_side)
            # Of a lone tag and two, two: there may be something inside.
            self.placed.shape[number] = NEW if self.three.new.closing[node.new] else MINE

    def _edge(self, number: int, node: Node, is_end: bool) -> tuple[Side, _Range] | None:
        """Which side says where an edge is, and where that is."""
        moved = node.end_moved if is_end else node.start_moved
        if len(moved) == 1:
            side = next(iter(moved))
            found = self._range(side, self._place(node, side, is_end))
            if found is None:
                self._lost(number, side, self._place(node, side, is_end))
                return None
            return side, found
        here = self._range(NEW, self._place(node, NEW, is_end))
        if here is not None and here[0] == here[1] and not moved:
            return NEW, here
        there = self._range(MINE, self._place(node, MINE, is_end))
        if here is None or there is None:
            if here is None and there is None:
                self._lost(number, NEW, self._place(node, NEW, is_end))
                return None
            return (NEW, here) if here is not None else (MINE, there or (0, 0))
        low, high = max(here[0], there[0]), min(here[1], there[1])
        if low <= high:
            return (MINE if there[0] == there[1] and here[0] != here[1] else NEW), (low, high)
        if moved:
            self.found.nodes[number] = CHANGED_BOTH
        return self.prefer, here if self.prefer == NEW else there

    def _place(self, node: Node, side: Side, is_end: bool) -> int:
        mark = self.three.of(side).marks[node.of(side)]
        return mark.end if is_end else mark.start

    def _range(self, side: Side, place: int) -> _Range | None:
        return self.ways[side].range(place)

    def _lost(self, number: int, side: Side, *places: int) -> None:
        """Words that a change of ``side`` stands at were changed by the other."""
        regions = {self.ways[side].region(place) for place in places} - {None}
        for region in regions:
            assert region is not None
            if not self.three.regions[region].conflict:
                self.found.regions[region] = TEXT
        self.found.nodes.setdefault(number, TEXT)

    def _put(self, number: int, side: Side, start: _Range, end: _Range, to_side: Side | None = None) -> None:
        # Of several places, the tight one; until all the others are known.
        self.placed.start[number] = start[1]
        self.placed.end[number] = max(start[1], end[0])
        for is_end, found, whose in ((False, start, side), (True, end, to_side or side)):
            if found[0] != found[1]:
                self._open_ranges.append((number, whose, is_end, found))

    def _is_in_readings(self, side: Side, place: int) -> bool:
        """Whether what the other side inserted at a place is one of several readings."""
        number = self.ways[side].region(place)
        if number is None:
            return False
        other: Side = NEW if side == MINE else MINE
        start, end = self.three.regions[number].of(other)
        return any(low <= start and end <= high for low, high in self._readings[other])

    def _same_words(self) -> None:
        """Find elements that the two sides put around exactly the same words."""
        added: dict[Side, dict[_Range, list[int]]] = {MINE: defaultdict(list), NEW: defaultdict(list)}
        for number, node in enumerate(self.three.nodes):
            start, end = self.placed.start[number], self.placed.end[number]
            side: Side = NEW if node.mine == NONE else MINE
            if node.old != NONE or NONE not in (node.mine, node.new) or start >= end:
                continue
            if self.three.of(side).marks[node.of(side)].name not in READINGS:
                added[side][start, end].append(number)
        for place, numbers in added[MINE].items():
            others = added[NEW].get(place, ())
            for number in (*numbers, *others) if others else ():
                self.found.nodes[number] = SAME_WORDS

    # Edges beside words that the other side inserted

    def _settle(self, number: int, side: Side, is_end: bool, found: _Range) -> None:
        """Of the places that an edge may have, take one that keeps it in order with its neighbours."""
        cut = self.three.of(side)
        node_of = self.three.node_of[side]
        mark = self.three.nodes[number].of(side)
        lone = not cut.closing[mark]
        rank = cut.ranks[2 * mark + (1 if is_end and not lone else 0)]
        place = cut.place(cut.events[rank])
        bounds = list(found)
        for step in (-1, 1):
            at = rank + step
            while 0 <= at < len(cut.events) and cut.place(cut.events[at]) == place:
                event = cut.events[at]
                neighbour = node_of[event >> 1]
                if neighbour != number and self.placed.alive(neighbour):
                    known = self.placed.end[neighbour] if event & 1 else self.placed.start[neighbour]
                    if found[0] <= known <= found[1]:
                        bounds[step > 0] = known
                        break
                at += step
        low, high = bounds
        if self._is_in_readings(side, place):
            low = high = found[1]
        if lone:
            self.placed.start[number] = self.placed.end[number] = low
        elif is_end:
            self.placed.end[number] = max(self.placed.start[number], min(low, high))
        else:
            self.placed.start[number] = min(self.placed.end[number], max(low, high))


def has_end(three: Three, placed: Placed, node: int) -> bool:
    """Whether a node has an end tag in the result."""
    side = placed.shape[node]
    return bool(three.of(side).closing[three.nodes[node].of(side)])
