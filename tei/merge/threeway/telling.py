"""Say in words what was taken of MINE and what is in conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from tei.diff.pairs import NONE
from tei.merge.threeway.nodes import SIDES, Node, Three
from tei.merge.threeway.regions import MINE, NEW, Region, Side, Way, unchanged
from tei.merge.threeway.report import Conflict, Said, Taken, shortened

_File = Side | Literal["old"]


class Teller:
    """Knows the three files and finds the same place in each."""

    def __init__(self, three: Three) -> None:
        self.three = three
        self.ways: dict[Side, Way] = {side: unchanged(three.regions, side) for side in SIDES}
        # Where the result has none of the old words, as MINE has it.
        self._deleted = [
            region.old
            for region in three.regions
            if region.taken != NEW and not region.conflict and region.mine[0] == region.mine[1]
        ]
        self.back: dict[Side, Way] = {side: way.back() for side, way in self.ways.items()}

    # Conflicts

    def conflicts(self, regions: Mapping[int, str], nodes: Mapping[int, str]) -> list[Conflict]:
        """The conflicts in the order of MINE: of ``regions`` and ``nodes``, each with its reason."""
        found = [self._region(self.three.regions[number], why) for number, why in regions.items()]
        found += [self._node(self.three.nodes[number], why) for number, why in nodes.items()]
        found = sorted(
            dict.fromkeys(found),
            key=lambda one: (one.mine.line, one.old.line, one.why, one.mine.what is None),
        )
        return list(_together(found))

    def _region(self, region: Region, why: str) -> Conflict:
        said = [
            Said(cut.line_of(start), _quoted(cut.text[start:end]))
            for cut, (start, end) in (
                (self.three.old, region.old),
                (self.three.mine, region.mine),
                (self.three.new, region.new),
            )
        ]
        return Conflict(why, *said)

    def _node(self, node: Node, why: str) -> Conflict:
        return Conflict(why, *(self._element(node, file) for file in ("old", *SIDES)))

    def _element(self, node: Node, file: _File) -> Said:
        cut = self.three.of(file)
        if node.of(file) != NONE:
            return Said(cut.line(node.of(file)), shortened(cut.written(node.of(file))))
        return Said(cut.line_of(self._place(node, file)), None)

    def _place(self, node: Node, file: _File) -> int:
        """Where a node that is not in a file would stand there."""
        if node.old != NONE:
            at = self.three.old.marks[node.old].start
        else:
            side: Side = MINE if node.mine != NONE else NEW
            at = self.back[side].stretch(self.three.of(side).marks[node.of(side)].start)[0]
        return at if file == "old" else self.ways[file].stretch(at)[0]

    # What was taken

    def taken(self, nodes: Mapping[int, str]) -> list[Taken]:
        """The changes of MINE that are in the result, in the order of MINE: all but those of ``nodes``."""
        added = [
            self.three.mine.marks[node.mine]
            for number, node in enumerate(self.three.nodes)
            if number not in nodes and node.old == NONE and node.mine != NONE
        ]
        found = list(self._texts([(mark.start, mark.end) for mark in added if not mark.empty]))
        for number, node in enumerate(self.three.nodes):
            if number not in nodes and node.touched(MINE):
                found += self._change(node)
        return [taken for _, taken in sorted(found, key=lambda one: (one[0], one[1].what))]

    def _texts(self, added: list[tuple[int, int]]) -> Iterator[tuple[int, Taken]]:
        """Changes of words; not those that came with an element: where the ``added`` ones stand."""
        for region in self.three.regions:
            if region.taken == NEW or region.conflict or _came_along(region, added):
                continue
            old, new = self.three.old.text[slice(*region.old)], self.three.mine.text[slice(*region.mine)]
            if not new:
                words = f"deleted {_quoted(old)}"
            else:
                words = f"changed {_quoted(old)} to {_quoted(new)}" if old else f"inserted {_quoted(new)}"
            yield region.mine[0], Taken(self.three.mine.line_of(region.mine[0]), words)

    def _change(self, node: Node) -> Iterator[tuple[int, Taken]]:
        old, mine = self.three.old, self.three.mine
        if node.mine == NONE:
            gone = old.marks[node.old]
            if any(low <= gone.start < gone.end <= high for low, high in self._deleted):
                return
            place = self._place(node, MINE)
            yield place, Taken(mine.line_of(place), f"removed {shortened(old.written(node.old))}")
            return
        mark, line = mine.marks[node.mine], mine.line(node.mine)
        if node.old == NONE:
            around = self.three.node_of[MINE][mark.parent] if mark.parent != NONE else NONE
            if around != NONE and self.three.nodes[around].old == NONE:
                return
            yield mark.start, Taken(line, f"added {shortened(mine.written(node.mine))}")
            return
        if MINE in node.retagged:
            was, now = old.opening[node.old], mine.opening[node.mine]
            yield mark.start, Taken(line, f"changed {shortened(was)} to {shortened(now)}")
        if MINE in node.start_moved or MINE in node.end_moved or MINE in node.reshaped:
            yield mark.start, Taken(line, f"moved the edges of {shortened(mine.written(node.mine))}")


def _together(conflicts: list[Conflict]) -> Iterator[Conflict]:
    """The conflicts; two at one place, of which MINE has the one and NEW the other, are one."""
    last: Conflict | None = None
    for one in conflicts:
        if last is not None and _is_other_half(last, one):
            last = Conflict(one.why, one.old, last.mine, one.new)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _is_other_half(last: Conflict, one: Conflict) -> bool:
    same = (last.why, last.mine.line) == (one.why, one.mine.line)
    return same and not (last.old.what or last.new.what or one.old.what or one.mine.what)


def _came_along(region: Region, added: list[tuple[int, int]]) -> bool:
    """Whether words were inserted with an element around them."""
    start, end = region.mine
    return region.old[0] == region.old[1] and any(low <= start and end <= high for low, high in added)


def _quoted(text: str) -> str | None:
    return f"“{shortened(text)}”" if text else None
