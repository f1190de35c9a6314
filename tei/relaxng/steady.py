"""Match a regular expression in time that grows with the value only, whatever the expression is.

All ways through the expression are followed at once; the sets of places that they have come to are kept,
so that each character of a further value is one look-up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Final, NamedTuple

from tei.errors import LimitError
from tei.relaxng.chars import Ranges

Matcher = Callable[[str], object]
"""Takes a value; what it returns is true where the whole value matches."""

_MOST_PLACES: Final = 20_000
_MOST_KEPT: Final = 2_000


class Set(NamedTuple):
    """One character of a set."""

    ranges: Ranges


class Row(NamedTuple):
    """One after the other."""

    parts: tuple[Node, ...]


class Either(NamedTuple):
    """One of several."""

    parts: tuple[Node, ...]


class Repeat(NamedTuple):
    """The same, ``least`` to ``most`` times, or without end."""

    node: Node
    least: int
    most: int | None


Node = Set | Row | Either | Repeat


class _Places:
    """The expression as places: each leads on for nothing (``free``), or for one character of a set."""

    def __init__(self, node: Node) -> None:
        self.free: list[list[int]] = [[], []]
        self.sets: list[tuple[Ranges, int] | None] = [None, None]
        self._add(node, 0, 1)

    def _new(self) -> int:
        if len(self.free) > _MOST_PLACES:
            raise LimitError("a regular expression of the schema is too large")
        self.free.append([])
        self.sets.append(None)
        return len(self.free) - 1

    def _add(self, node: Node, start: int, end: int) -> None:
        """Lay ``node`` between two places."""
        if isinstance(node, Set):
            place = self._new()
            self.free[start].append(place)
            self.sets[place] = (node.ranges, end)
        elif isinstance(node, Either):
            for part in node.parts:
                self._add(part, start, end)
        elif isinstance(node, Row):
            for part in node.parts:
                following = self._new()
                self._add(part, start, following)
                start = following
            self.free[start].append(end)
        else:
            self._repeat(node, start, end)

    def _repeat(self, node: Repeat, start: int, end: int) -> None:
        for _ in range(node.least):
            following = self._new()
            self._add(node.node, start, following)
            start = following
        if node.most is None:
            again = self._new()
            self.free[start].append(again)
            self._add(node.node, again, again)
            self.free[again].append(end)
            return
        for _ in range(node.most - node.least):
            self.free[start].append(end)
            following = self._new()
            self._add(node.node, start, following)
            start = following
        self.free[start].append(end)

    def closure(self, places: set[int]) -> frozenset[int]:
        """All places that ``places`` lead to for nothing."""
        found, ahead = set(places), list(places)
        while ahead:
            for following in self.free[ahead.pop()]:
                if following not in found:
                    found.add(following)
                    ahead.append(following)
        return frozenset(found)

    def behind(self, places: frozenset[int], code: int) -> frozenset[int]:
        """All places that ``places`` lead to for the character ``code``."""
        found = set()
        for place in places:
            step = self.sets[place]
            if step is not None and _holds(step[0], code):
                found.add(step[1])
        return self.closure(found)


def _holds(ranges: Ranges, code: int) -> bool:
    at = bisect_right(ranges, (code, 0x110000)) - 1
    return at >= 0 and ranges[at][0] <= code <= ranges[at][1]


def steady_matcher(node: Node) -> Matcher:
    """Return a function that says whether a whole value matches ``node``."""
    places = _Places(node)
    begin = places.closure({0})
    known: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def matches(value: str) -> bool:
        now = begin
        for character in value:
            following = known.get((now, character))
            if following is None:
                if len(known) >= _MOST_KEPT:
                    known.clear()
                following = known[now, character] = places.behind(now, ord(character))
            now = following
            if not now:
                return False
        return 1 in now

    return matches
