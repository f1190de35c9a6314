"""Join two files that were both made of a third: a new encoding and the hand edits on the earlier one.

The three files are taken apart into text and marks. The texts are merged as diff3 does. Each mark is merged
as to whether it is there, its name, its attributes, its two edges. Then the marks are put in order around
the merged text, each tag as it is written in one of the files. What cannot be had together is a conflict.
The work is then done twice, for the one side and for the other being preferred in all conflicts: both
results are XML, and what differs between them stands between conflict markers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from tei.diff.pairs import NONE
from tei.errors import ParseError
from tei.merge.threeway.document import Cut, cut
from tei.merge.threeway.markers import with_markers
from tei.merge.threeway.nodes import SIDES, Three, side_by_side
from tei.merge.threeway.placing import Findings, Placed, Placer
from tei.merge.threeway.regions import MINE, NEW, Side, join
from tei.merge.threeway.report import Conflict, Joint, Said, shortened
from tei.merge.threeway.telling import Teller
from tei.merge.threeway.ties import belongs, regions_at, regions_tied, tied
from tei.merge.threeway.weaving import Weaver, Woven
from tei.merge.threeway.writing import Writer
from tei.parse import parse_bytes
from tei.problems import Problem
from tei.validation import validate_tree

CROSSING: Final = "the elements would cross each other"
BOTH_TEXT: Final = "both sides changed the words"
OUTSIDE: Final = "both sides changed what stands outside of the outermost element"
INVALID: Final = "the result would not be valid"
_ROUNDS: Final = 40
#: How many lines from where a result is not valid the guilty changes are looked for, the nearest first.
_FAR: Final = (0, 1, 3, 10, 30)


class _Tangled(Exception):  # noqa: N818 - never leaves this module
    """No order can be found, though nothing more is known to be in conflict."""


def merge_three(
    old: bytes,
    mine: bytes,
    new: bytes,
    *,
    old_path: str | Path = "OLD",
    mine_path: str | Path = "MINE",
    new_path: str | Path = "NEW",
) -> Joint:
    """Join ``mine`` and ``new``, which were both made of ``old``; the paths are their names in messages.

    What no change touches is byte for byte as in ``new``. Where ``old`` is empty, whatever differs is in
    conflict.

    :raises ParseError: a file is not well-formed, not safe, or not TEI.
    :raises LimitError: one is too large or nested too deeply.
    """
    if mine in (old, new):
        return Joint(new)
    if old == new:
        return Joint(mine)
    cut_mine, cut_new = cut(mine, str(mine_path)), cut(new, str(new_path))
    if not old.strip():
        return _unjoined(cut_mine, cut_new)
    three = side_by_side(cut(old, str(old_path)), cut_mine, cut_new)
    return _Merge(three, str(mine_path)).run()


def _unjoined(mine: Cut, new: Cut) -> Joint:
    """Both files whole: what differs is in conflict."""
    conflict = Conflict(
        "nothing can be joined", Said(1, None), Said(1, "another file"), Said(1, "another file")
    )
    return Joint(new.encoded(with_markers(mine.raw, new.raw)), (conflict,))


def _errors(data: bytes, path: str) -> list[Problem]:
    tree = parse_bytes(data, path)
    return [problem for problem in validate_tree(tree, path) if problem.severity == "error"]


def _one_of(old: str, mine: str, new: str, prefer: Side) -> str:
    if new == old or (mine != old and prefer == MINE):
        return mine
    return new


@dataclass(frozen=True, eq=False)
class _Variant:
    before: str
    writer: Writer
    woven: Woven
    after: str

    @cached_property
    def xml(self) -> str:
        return f"{self.before}{self.writer.write(self.woven)}{self.after}"

    def lines(self) -> Iterator[tuple[int, int]]:
        return self.writer.lines(self.woven, self.before.count("\n") + 1)


class _Merge:
    def __init__(self, three: Three, path: str) -> None:
        self.three = three
        self.path = path
        self.forced: dict[int, str] = {}
        self.disputed: dict[int, str] = {}
        # Nodes and regions that are in conflict only because of others: of them nothing need be told.
        self.carried: set[int] = set()
        self.silent: set[int] = set()
        self.problems: dict[str, list[Problem]] = {}
        self.touched = [
            number for number, node in enumerate(three.nodes) if node.touched(MINE) or node.touched(NEW)
        ]
        for number, region in enumerate(three.regions):
            if region.conflict:
                region.conflict = False
                self._dispute(number, BOTH_TEXT)

    def run(self) -> Joint:
        """The joined file, with all that there is to say of it."""
        three = self.three
        try:
            mine, new = self._sound_variants()
        except (_Tangled, ParseError):
            return _unjoined(three.mine, three.new)
        teller = Teller(three)
        taken = tuple(teller.taken(self.forced))
        if mine == new:
            return Joint(three.new.encoded(new), (), taken, tuple(self._problems(new)))
        own = {node: why for node, why in self.forced.items() if node not in self.carried}
        words = {region: why for region, why in self.disputed.items() if region not in self.silent}
        conflicts = (*self._outside_conflicts(), *teller.conflicts(words, own))
        return Joint(three.new.encoded(with_markers(mine, new)), conflicts, taken)

    def _sound_variants(self) -> tuple[str, str]:
        """The two results; changes that only together make a result invalid are in conflict."""
        for _ in range(_ROUNDS):
            variants = self._variants()
            for variant in dict.fromkeys(variants):
                lines = [one.line or 0 for one in self._problems(variant.xml) if one.layer != "pointers"]
                if lines and self._doubt(variant, lines):
                    break
            else:
                return variants[0].xml, variants[1].xml
        raise _Tangled

    def _doubt(self, variant: _Variant, lines: Sequence[int]) -> bool:
        """Let what was changed on some lines be in conflict, or near them; whether anything was found."""
        tags = [(line, node) for line, node in variant.lines() if self._is_touched(node)]
        for far in _FAR:
            near = {node for line, node in tags if any(abs(line - one) <= far for one in lines)}
            if self._note(Findings(dict.fromkeys(near, INVALID))):
                return True
        return False

    def _problems(self, xml: str) -> list[Problem]:
        """What is wrong with a result, if nothing is wrong with the two files."""
        if xml not in self.problems:
            found = _errors(self.three.new.encoded(xml), self.path)
            self.problems[xml] = found if found and self._both_valid else []
        return self.problems[xml]

    @cached_property
    def _both_valid(self) -> bool:
        cuts = (self.three.mine, self.three.new)
        return not any(_errors(cut.encoded(cut.raw), self.path) for cut in cuts)

    def _variants(self) -> tuple[_Variant, _Variant]:
        """The result with MINE preferred in all conflicts, and with NEW."""
        for _ in range(_ROUNDS):
            mine = self._variant(MINE)
            if mine is None:
                continue
            if not self.forced and not self.disputed and self._outside(MINE) == self._outside(NEW):
                return mine, mine
            new = self._variant(NEW)
            if new is not None:
                return mine, new
        raise _Tangled

    def _variant(self, prefer: Side) -> _Variant | None:
        """The result for one preferred side; ``None`` where more conflicts were found on the way."""
        three = self.three
        joined = join(three.old.text, three.mine.text, three.new.text, three.regions, prefer)
        found = Findings()
        placed = Placer(three, joined, prefer, self.forced.__contains__, found).run()
        if self._note(found):
            return None
        writer = Writer(three, joined, placed)
        if self._note(writer.findings(self.forced)):
            return None
        woven = Weaver(three, joined, placed, prefer, self.forced.__contains__).run()
        if woven.crossing:
            crossing = Findings(
                {node: CROSSING for pair in woven.crossing for node in pair if self._is_touched(node)}
            )
            if not self._note(crossing) and not self._widen(woven.crossing, placed):
                raise _Tangled
            return None
        before, after = self._outside(prefer)
        return _Variant(before, writer, woven, after)

    def _outside(self, prefer: Side) -> tuple[str, str]:
        """What stands before and after the outermost element."""
        old, mine, new = (self.three.of(file) for file in ("old", *SIDES))
        return (
            _one_of(old.before, mine.before, new.before, prefer),
            _one_of(old.after, mine.after, new.after, prefer),
        )

    def _outside_conflicts(self) -> Iterator[Conflict]:
        files = [self.three.of(file) for file in ("old", *SIDES)]
        for mine, new, at_end in zip(self._outside(MINE), self._outside(NEW), (False, True), strict=True):
            if mine != new:
                said = (
                    Said(
                        cut.raw.count("\n") - cut.after.count("\n") + 1, shortened(cut.after.strip()) or None
                    )
                    if at_end
                    else Said(1, shortened(cut.before.strip()) or None)
                    for cut in files
                )
                yield Conflict(OUTSIDE, *said)

    def _is_touched(self, node: int) -> bool:
        return self.three.nodes[node].touched(MINE) or self.three.nodes[node].touched(NEW)

    def _widen(self, crossing: Sequence[tuple[int, int]], placed: Placed) -> bool:
        """Let the words at the edges of what crosses be in conflict, or all that begins or ends there."""
        nodes = {node for pair in crossing for node in pair}
        found = Findings()
        for number in nodes:
            for side in SIDES:
                mark = self.three.nodes[number].of(side)
                if mark != NONE:
                    found.regions |= dict.fromkeys(regions_at(self.three, side, mark), CROSSING)
        if self._note(found):
            return True
        places = {place for number in nodes for place in (placed.start[number], placed.end[number])}
        for number in range(len(self.three.nodes)):
            if placed.start[number] in places or placed.end[number] in places:
                found.nodes[number] = CROSSING
                if not self._is_touched(number):
                    self.carried.add(number)
        return self._note(found)

    # What is in conflict

    def _note(self, found: Findings) -> bool:
        """Add what was found, and what cannot be told apart from it; whether anything was new."""
        before = len(self.forced) + len(self.disputed)
        for number, why in found.regions.items():
            self._dispute(number, why)
        for number, why in found.nodes.items():
            self._force(number, why)
        return len(self.forced) + len(self.disputed) > before

    def _force(self, number: int, why: str) -> None:
        waiting = [number]
        while waiting:
            one = waiting.pop()
            if one in self.forced:
                continue
            self.forced[one] = why
            if one != number:
                self.carried.add(one)
            for side in SIDES:
                waiting += tied(self.three, one, side)
                for region in regions_tied(self.three, one, side):
                    self._dispute(region, why, carried=True)

    def _dispute(self, number: int, why: str, *, carried: bool = False) -> None:
        region = self.three.regions[number]
        if region.conflict:
            return
        region.conflict = True
        self.disputed[number] = why
        if carried:
            self.silent.add(number)
        for node in self.touched:
            if node not in self.forced and belongs(self.three, node, number):
                self.carried.add(node)
                self._force(node, why)
