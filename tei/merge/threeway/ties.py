"""What goes together: a change that is in conflict takes along what would make no sense without it."""

from __future__ import annotations

from typing import Final

from tei.diff.pairs import NONE
from tei.merge.threeway.document import Cut
from tei.merge.threeway.nodes import SIDES, Three
from tei.merge.threeway.regions import Side

#: How many elements may begin between the halves of one that was split.
_BESIDE: Final = 500


def belongs(three: Three, number: int, region: int) -> bool:
    """Whether a node belongs to a region: an edge of it lies inside, or it came or went with the words."""
    node = three.nodes[number]
    for file in ("old", *SIDES):
        if node.of(file) == NONE:
            continue
        one = three.regions[region]
        low, high = one.old if file == "old" else one.of(file)
        mark = three.of(file).marks[node.of(file)]
        if low < mark.start < high or low < mark.end < high or low <= mark.start <= mark.end <= high:
            return True
    return False


def regions_at(three: Three, side: Side, number: int) -> list[int]:
    """The regions that an edge of a mark lies in or touches."""
    mark = three.of(side).marks[number]
    return [
        at
        for at, region in enumerate(three.regions)
        if any(region.of(side)[0] <= place <= region.of(side)[1] for place in (mark.start, mark.end))
    ]


def regions_tied(three: Three, number: int, side: Side) -> list[int]:
    """The words that a side changed just where it put, removed or moved the edges of a node."""
    node = three.nodes[number]
    moved = side in node.start_moved or side in node.end_moved
    if node.of(side) != NONE and (node.old == NONE or moved):
        return [at for at in regions_at(three, side, node.of(side)) if three.regions[at].taken == side]
    if node.of(side) == NONE and node.old != NONE:
        mark = three.old.marks[node.old]
        return [
            at
            for at, region in enumerate(three.regions)
            if region.taken == side
            and any(region.old[0] <= place <= region.old[1] for place in (mark.start, mark.end))
        ]
    return []


def tied(three: Three, number: int, side: Side) -> list[int]:
    """The nodes that a side added together with a node.

    They are an element that holds only elements, and these; and the halves of an element that was split.
    """
    node = three.nodes[number]
    if node.of(side) == NONE:
        return []
    cut, node_of = three.of(side), three.node_of[side]
    steps = [step for step, moved in ((-1, node.start_moved), (1, node.end_moved)) if side in moved]
    if steps:
        halves = [node_of[mark] for step in steps for mark in _beside(cut, node.of(side), step)]
        return [half for half in halves if three.nodes[half].old == NONE]
    if node.old != NONE:
        return []
    found: list[int] = []
    for holder in (node.of(side), cut.marks[node.of(side)].parent):
        if holder == NONE or three.nodes[node_of[holder]].old != NONE:
            continue
        children = _children(cut, holder)
        if children is not None:
            found += [node_of[holder], *(node_of[child] for child in children)]
    return [one for one in found if three.nodes[one].old == NONE]


def _beside(cut: Cut, number: int, step: int) -> list[int]:
    """The element of the same name right behind a mark, or (``step`` is -1) right before it."""
    mark = cut.marks[number]
    at = number + step
    while 0 <= at < len(cut.marks) and abs(at - number) < _BESIDE:
        other = cut.marks[at]
        if (other.name, other.parent) == (mark.name, mark.parent):
            between = cut.text[other.end : mark.start] if step < 0 else cut.text[mark.end : other.start]
            return [] if between.strip() else [at]
        at += step
    return []


def _children(cut: Cut, holder: int) -> list[int] | None:
    """The children of an element that has no words of its own (as ``choice``); ``None`` for others."""
    mark = cut.marks[holder]
    found: list[int] = []
    at = mark.start
    number = holder + 1
    while number < len(cut.marks) and cut.marks[number].start <= mark.end:
        child = cut.marks[number]
        if child.parent == holder:
            if cut.text[at : child.start].strip():
                return None
            found.append(number)
            at = child.end
        number += 1
    return found if found and not cut.text[at : mark.end].strip() else None
