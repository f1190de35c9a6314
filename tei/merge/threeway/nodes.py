"""Which mark is which in three files, and what became of it on each side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final, Literal

from tei.diff.pairs import NONE, Pairs
from tei.diff.read import Document
from tei.diff.settle import settle
from tei.diff.texts import Edit, align
from tei.merge.threeway.document import Cut
from tei.merge.threeway.regions import MINE, NEW, Region, Side, Way, by_words, join, regions, unchanged
from tei.merge.threeway.tags import Tag, read_tag

SIDES: Final[tuple[Side, Side]] = (MINE, NEW)
_NOTHING: Final = Tag("", {}, "")


def other(side: Side) -> Side:
    """The other side."""
    return NEW if side == MINE else MINE


@dataclass(slots=True)
class MergedTag:
    """The start tag of three; ``origin``: whose change each attribute is, ``disputed``: both sides' was."""

    tag: Tag
    origin: dict[str, Side] = field(default_factory=dict)
    disputed: bool = False


@dataclass(slots=True, eq=False)
class Node:
    """A mark in three files: its numbers there (``NONE``: not there), and what each side changed."""

    old: int
    mine: int
    new: int
    retagged: set[Side] = field(default_factory=set)
    start_moved: set[Side] = field(default_factory=set)
    end_moved: set[Side] = field(default_factory=set)
    reshaped: set[Side] = field(default_factory=set)  # an empty tag became two tags, or two one
    merged: MergedTag | None = None

    def of(self, side: Side | Literal["old"]) -> int:
        """Its number in a file."""
        return self.mine if side == MINE else self.new if side == NEW else self.old

    def touched(self, side: Side) -> bool:
        """Whether a side added, removed or changed it."""
        return (
            (self.old == NONE) != (self.of(side) == NONE)
            or side in self.retagged
            or side in self.start_moved
            or side in self.end_moved
            or side in self.reshaped
        )

    @property
    def both_touched(self) -> bool:
        """Whether both sides did."""
        return self.touched(MINE) and self.touched(NEW)


@dataclass
class Three:
    """Three files side by side; ``node_of`` gives the node of a mark, by side and number."""

    old: Cut
    mine: Cut
    new: Cut
    regions: list[Region]
    nodes: list[Node]
    node_of: dict[Side, list[int]]

    def of(self, side: Side | Literal["old"]) -> Cut:
        """One of the files."""
        return self.mine if side == MINE else self.new if side == NEW else self.old


def side_by_side(old: Cut, mine: Cut, new: Cut) -> Three:
    """Find the regions of text that were changed, and for each mark its partners."""
    edits_mine, pairs_mine = _paired(old, mine)
    edits_new, pairs_new = _paired(old, new)
    tags: dict[Side | None, set[int]] = {
        MINE: _edges(mine.document),
        NEW: _edges(new.document),
        None: _edges(old.document),
    }
    found = regions(mine.text, new.text, edits_mine, edits_new, tags)
    nodes = [
        Node(number, pairs_mine.new_of[number], pairs_new.new_of[number]) for number in range(len(old.marks))
    ]
    nodes += [Node(NONE, number, NONE) for number in pairs_mine.left_new()]
    nodes += [Node(NONE, NONE, number) for number in pairs_new.left_new()]
    three = Three(old, mine, new, found, nodes, {})
    _pair_added(three)
    for side in SIDES:
        three.node_of[side] = [NONE] * len(three.of(side).marks)
        for at, node in enumerate(three.nodes):
            if node.of(side) != NONE:
                three.node_of[side][node.of(side)] = at
    _note_changes(three)
    return three


def _paired(old: Cut, other_cut: Cut) -> tuple[list[Edit], Pairs]:
    one, two = old.document, other_cut.document
    edits = settle(one, two, align(one.text, two.text))
    pairs = Pairs(one, two, edits)
    return by_words(one.text, two.text, edits, _edges(one), _edges(two)), pairs


def _pair_added(three: Three) -> None:
    """Make one of two marks of one name that the two sides put at the same place."""
    joined = join(three.old.text, three.mine.text, three.new.text, three.regions, MINE)
    waiting: dict[Hashable, list[Node]] = defaultdict(list)
    for node in three.nodes:
        if node.old == NONE and node.mine == NONE:
            waiting[_spot(three.new, node.new, joined.new)].append(node)
    gone: set[Node] = set()
    for node in three.nodes if waiting else ():
        if node.old == NONE and node.mine != NONE:
            here = _spot(three.mine, node.mine, joined.mine)
            same = waiting.get(here) if here is not None else None
            if same:
                partner = same.pop(0)
                node.new = partner.new
                gone.add(partner)
    three.nodes = [node for node in three.nodes if node not in gone]


def _spot(cut: Cut, number: int, way: Way) -> Hashable | None:
    """Where a mark stands in the merged text and what it is; ``None`` where its place is not there."""
    mark = cut.marks[number]
    start, end = way.range(mark.start), way.range(mark.end)
    return (start, end, mark.name, mark.content) if start and end else None


def _edges(document: Document) -> set[int]:
    return {mark.start for mark in document.marks} | {mark.end for mark in document.marks}


def _note_changes(three: Three) -> None:
    old = three.old
    for side in SIDES:
        cut = three.of(side)
        way = unchanged(three.regions, side)
        for node in three.nodes:
            number = node.of(side)
            if NONE in (number, node.old):
                continue
            was, now = old.marks[node.old], cut.marks[number]
            written, new = old.opening[node.old], cut.opening[number]
            if written != new and _said(written) != _said(new):
                node.retagged.add(side)
            low, high = way.stretch(was.start)
            if not low <= now.start <= high:
                node.start_moved.add(side)
            low, high = way.stretch(was.end)
            if not low <= now.end <= high:
                node.end_moved.add(side)
            if bool(old.closing[node.old]) != bool(cut.closing[number]):
                node.reshaped.add(side)
    for node in three.nodes:
        if NONE not in (node.mine, node.new) and (node.old == NONE or node.retagged):
            node.merged = _merged(
                read_tag(old.opening[node.old]) if node.old != NONE else None,
                read_tag(three.mine.opening[node.mine]),
                read_tag(three.new.opening[node.new]),
            )


def _said(written: str) -> tuple[str, dict[str, str]]:
    tag = read_tag(written)
    return tag.name, tag.values()


def _merged(old: Tag | None, mine: Tag, new: Tag) -> MergedTag:
    """Attribute by attribute what one side changed; as NEW has it where both or none did."""
    was = old or _NOTHING
    disputed = False
    name = mine.name if new.name == was.name else new.name
    if mine.name not in (was.name, new.name) and new.name != was.name:
        disputed = True
    attributes: dict[str, tuple[str, str]] = {}
    origin: dict[str, Side] = {}
    for key in dict.fromkeys((*new.attributes, *mine.attributes)):
        one, two, three = (tag.attributes.get(key) for tag in (was, mine, new))
        before, left, right = (pair[0] if pair else None for pair in (one, two, three))
        if left in (right, before):
            taken = three
            if right != before:
                origin[key] = NEW
        elif right == before:
            taken = two
            origin[key] = MINE
        else:
            taken, disputed = three, True
        if taken is not None:
            attributes[key] = taken
    values = {key: value for key, (value, _) in attributes.items()}
    if values == mine.values() and values != new.values():
        attributes = dict(mine.attributes)
    return MergedTag(Tag(name, attributes, new.tail), origin, disputed)
