"""Put the marks of the result in order at each place, and write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tei.diff.pairs import NONE
from tei.diff.texts import align_items
from tei.merge.threeway.nodes import SIDES, Three
from tei.merge.threeway.placing import READINGS, Placed, has_end
from tei.merge.threeway.regions import MINE, NEW, Joined, Side


@dataclass
class Woven:
    """All tags of the result in order, as ``(place, event)``; an event is ``2 * node``, + 1 for an end tag.

    ``crossing`` are pairs of nodes that cannot nest.
    """

    events: list[tuple[int, int]] = field(default_factory=list)
    crossing: list[tuple[int, int]] = field(default_factory=list)


class Weaver:
    """Orders the events at each place: as the one side has them, or the other, or both in one."""

    def __init__(
        self, three: Three, joined: Joined, placed: Placed, prefer: Side, forced: Callable[[int], bool]
    ) -> None:
        self.three = three
        self.joined = joined
        self.placed = placed
        self.prefer: Side = prefer
        self.forced = forced
        self.woven = Woven()
        self.stack: list[int] = []

    def run(self) -> Woven:
        """All events in order."""
        mine, new = (self._by_place(side) for side in SIDES)
        for place in sorted({*mine, *new}):
            here, there = mine.get(place, []), new.get(place, [])
            if here == there or not here:
                self._emit_all(place, there)
            elif not there:
                self._emit_all(place, here)
            else:
                self._both(place, here, there)
        self.woven.crossing += [(node, node) for node in self.stack]
        return self.woven

    def _by_place(self, side: Side) -> dict[int, list[int]]:
        """The events of the result by place, as far as a side has them there, and in its order."""
        cut = self.three.of(side)
        way = self.joined.mine if side == MINE else self.joined.new
        node_of = self.three.node_of[side]
        starts, ends = self.placed.start, self.placed.end
        marks = cut.marks
        found: dict[int, list[int]] = defaultdict(list)
        for event in cut.events:
            mark = event >> 1
            node = node_of[mark]
            start = starts[node]
            if start == NONE:
                continue
            is_end = event & 1
            place = ends[node] if is_end else start
            known = way.range(marks[mark].end if is_end else marks[mark].start)
            there = known is not None and known[0] <= place <= known[1]
            if there and (not is_end or self._has_end(node)):
                found[place].append(2 * node + is_end)
            if not is_end and not cut.closing[mark] and ends[node] == place and self._has_end(node):
                found[place].append(2 * node + 1)
        return found

    def _has_end(self, node: int) -> bool:
        """Whether the node has an end tag in the result."""
        return has_end(self.three, self.placed, node)

    # One place

    def _both(self, place: int, mine: list[int], new: list[int]) -> None:
        """Put two sequences together; what both have keeps the rest apart."""
        common = set(mine) & set(new)
        one = [event for event in mine if event in common]
        other = [event for event in new if event in common]
        if one != other:
            changed: set[int] = set()
            for edit in align_items(one, other):
                changed |= set(one[edit.start_old : edit.end_old]) | set(other[edit.start_new : edit.end_new])
            if self._ordering(one, other, changed) == MINE:
                new = [event for event in new if event not in changed]
            else:
                mine = [event for event in mine if event not in changed]
            common -= changed
        at_mine = at_new = 0
        for anchor in [*(event for event in mine if event in common), None]:
            to_mine = mine.index(anchor, at_mine) if anchor is not None else len(mine)
            to_new = new.index(anchor, at_new) if anchor is not None else len(new)
            self._runs(place, mine[at_mine:to_mine], new[at_new:to_new])
            if anchor is not None:
                self._emit(place, anchor)
            at_mine, at_new = to_mine + 1, to_new + 1

    def _ordering(self, mine: Sequence[int], new: Sequence[int], changed: set[int]) -> Side:
        """The side that changed the order of what both have; if both did or in conflict, the preferred."""
        was = self.three.old
        known: dict[int, tuple[int, int]] = {}
        for event in mine:
            old = self.three.nodes[event >> 1].old
            if old == NONE or (event in changed and self.forced(event >> 1)):
                return self.prefer
            is_end = event & 1
            known[event] = was.ranks[2 * old + (is_end if was.closing[old] else 0)], is_end
        ordered = sorted(mine, key=known.__getitem__)
        if mine == ordered:
            return NEW
        return MINE if new == ordered else self.prefer

    def _runs(self, place: int, mine: list[int], new: list[int]) -> None:
        """Put together what only the one and only the other has: what closes first, then what is longer."""
        one, two = mine[::-1], new[::-1]
        while one and two:
            self._emit(place, (one if self._is_first(one[-1], two[-1]) else two).pop())
        self._emit_all(place, one[::-1] or two[::-1])

    def _is_first(self, one: int, two: int) -> bool:
        top = self.stack[-1] if self.stack else NONE
        for event, answer in ((one, True), (two, False)):
            if event & 1 and event >> 1 == top:
                return answer
        # An end tag that does not close what is open waits until it does.
        if one & 1 or two & 1:
            return not one & 1
        keys = []
        for event in (one, two):
            node = event >> 1
            side = self.placed.shape[node]
            mark, cut = self.three.nodes[node].of(side), self.three.of(side)
            inner = cut.marks[mark].name in READINGS
            keys.append((self._has_end(node), -self.placed.end[node], inner, cut.opening[mark]))
        return keys[0] <= keys[1]

    def _emit_all(self, place: int, events: Sequence[int]) -> None:
        for event in events:
            self._emit(place, event)

    def _emit(self, place: int, event: int) -> None:
        self.woven.events.append((place, event))
        node = event >> 1
        if not event & 1:
            if not self.stack and len(self.woven.events) > 1:
                # Outside of the outermost element.
                self.woven.crossing.append((node, self.woven.events[0][1] >> 1))
            if self._has_end(node):
                self.stack.append(node)
            return
        if self.stack and self.stack[-1] == node:
            self.stack.pop()
        elif node in self.stack:
            at = self.stack.index(node)
            self.woven.crossing += [(node, inside) for inside in self.stack[at + 1 :]]
            del self.stack[at]
        else:
            self.woven.crossing.append((node, node))
