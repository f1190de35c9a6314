"""Compare the markup of two documents: what was added, removed, renamed, moved, and which attributes changed.

One change is one finding: an element that was added with others in it, a paragraph that was split. Markup
that came or went with its words belongs to the change of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tei.diff.edits import after, before, is_space_between_blocks
from tei.diff.model import AttributeChange, Change, What, attribute_changes
from tei.diff.order import find_moved
from tei.diff.pairs import NONE, Pairs
from tei.diff.read import Document, Mark
from tei.diff.texts import Edit

_SPACE: Final = re.compile(r"\s*")
#: How much white space may lie between the halves of an element that was split.
_GAP: Final = 400
#: Of the words in a long element, so many characters are shown at its start and at its end.
_SHOWN: Final = 60

Along = dict[int, Counter[str]]
Found = tuple[int, Change]


def compare_marks(old: Document, new: Document, edits: Sequence[Edit]) -> tuple[list[Found], Along]:
    """The changes of the markup, each with its place in the new text, and what came or went with each edit.

    ``edits`` are those of the text; the second result counts, for the number of an edit, the names of the
    elements that came with its new words (above 0) or went with its old ones (below 0).
    """
    return _Comparison(old, new, edits).run()


class _Comparison:
    def __init__(self, old: Document, new: Document, edits: Sequence[Edit]) -> None:
        self.old = old
        self.new = new
        self.edits = edits
        self.pairs = Pairs(old, new, edits)
        self.along: Along = defaultdict(Counter)
        self.found: list[Found] = []
        self.added: dict[int, Counter[str]] = {}  # the outermost of each group, with what is inside
        self.removed: dict[int, Counter[str]] = {}

    def run(self) -> tuple[list[Found], Along]:
        moved = set(find_moved(self.pairs))
        self.added = self._groups(self.new, self.pairs.left_new(), 1)
        self.removed = self._groups(self.old, self.pairs.left_old(), -1)
        for number, partner in enumerate(self.pairs.new_of):
            if partner != NONE:
                self._compare(number, partner, number in moved)
        for number, inside in self.removed.items():
            mark = self.old.marks[number]
            place = self.pairs.shift.range(mark.start)[0]
            self._tell(place, "removed", mark, None, along=inside)
        for number, inside in self.added.items():
            mark = self.new.marks[number]
            self._tell(mark.start, "added", None, mark, along=inside)
        return self.found, self.along

    # What came and what went

    def _groups(self, document: Document, numbers: Iterable[int], sign: int) -> dict[int, Counter[str]]:
        """Marks without a partner, each with those inside of it; without those that go with their words."""
        edits = [
            edit if sign > 0 else Edit(edit.start_new, edit.end_new, edit.start_old, edit.end_old)
            for edit in self.edits
        ]
        starts = [edit.start_new for edit in edits]
        groups: dict[int, Counter[str]] = {}
        outermost: dict[int, int] = {}
        for number in numbers:
            mark = document.marks[number]
            at = self._edit_of(mark, edits, starts)
            if at is not None:
                self.along[at][mark.name] += sign
                continue
            top = outermost.get(mark.parent, number)
            outermost[number] = top
            if top == number:
                groups[number] = Counter()
            else:
                groups[top][mark.name] += sign
        return groups

    def _edit_of(self, mark: Mark, edits: Sequence[Edit], starts: Sequence[int]) -> int | None:
        """The edit whose new words a mark came with."""
        at = bisect_right(starts, mark.start) - 1
        # A point between two edits: what came with the words before it, or with those behind it.
        if at < 0 or mark.end > edits[at].end_new or edits[at].start_new == edits[at].end_new:
            return None
        edit = edits[at]
        if is_space_between_blocks(self.old, self.new, self.edits[at]):
            return None
        if edit.start_old == edit.end_old:
            return at
        # Around words that stood there in another form, markup was put; it did not come with them.
        inside = edit.start_new < mark.start or mark.end < edit.end_new
        on_edge = mark.empty and mark.start in (edit.start_new, edit.end_new)
        return at if inside and not on_edge else None

    # What changed

    def _compare(self, number: int, partner: int, moved: bool) -> None:
        one, other = self.old.marks[number], self.new.marks[partner]
        attributes = attribute_changes(one.attributes, other.attributes)
        in_place = self.pairs.in_place(number)
        what: What | None = None
        along: Mapping[str, int] = {}
        if not in_place or moved:
            what = "moved" if moved or one.empty or not self._overlap(one, other) else "edges"
            if what == "edges":
                what = self._split_or_joined(number, partner) or what
        elif one.name != other.name:
            what = "renamed"
        elif one.content != other.content:
            what = "content"
        elif attributes:
            what = "attributes"
        if what is not None:
            self._tell(other.start, what, one, other, attributes, along)

    def _overlap(self, one: Mark, other: Mark) -> bool:
        shift = self.pairs.shift
        return shift.range(one.start)[0] < other.end and other.start < shift.range(one.end)[1]

    def _split_or_joined(self, number: int, partner: int) -> What | None:
        pairs = self.pairs
        (start_old, end_old), (start_new, end_new) = pairs.spots_old[number], pairs.spots_new[partner]
        if start_old != start_new:
            return None
        parts = self._run(self.new, partner, self.added, pairs.spots_new, end_old)
        if parts:
            for part in parts:
                del self.added[part]
            return "split"
        parts = self._run(self.old, number, self.removed, pairs.spots_old, end_new)
        for part in parts:
            del self.removed[part]
        return "joined" if parts else None

    def _run(
        self,
        document: Document,
        first: int,
        others: Mapping[int, Counter[str]],
        spots: Sequence[tuple[int, int]],
        end: int,
    ) -> list[int]:
        """The elements named as ``first`` that follow it one by one up to ``end``, all among ``others``."""
        mark = document.marks[first]
        run: list[int] = []
        number = first + 1
        place = mark.end
        while number < len(document.marks) and spots[first][1] != end:
            other = document.marks[number]
            gap = _SPACE.match(document.text, place, place + _GAP)
            if gap is None or other.start > gap.end():
                return []
            if number in others and other.name == mark.name and other.start >= place and not other.empty:
                run.append(number)
                if spots[number][1] == end:
                    return run
                place = other.end
            number += 1
        return []

    # How it is told

    def _tell(
        self,
        place: int,
        what: What,
        one: Mark | None,
        other: Mark | None,
        attributes: tuple[AttributeChange, ...] = (),
        along: Mapping[str, int] | None = None,
    ) -> None:
        mark = one or other
        assert mark is not None
        if one is None or other is None:
            # All attributes of what came or went.
            attributes = attribute_changes(one.attributes if one else {}, other.attributes if other else {})
        shown = (self.new, other) if other is not None else (self.old, one)
        document, seen = shown
        assert seen is not None
        page = self.new.page_of(other.start) if other is not None else None
        change = Change(
            "markup",
            what,
            one.line if one else self.old.line_of(self._place_in_old(place)),
            other.line if other else self.new.line_of(place),
            page or (self.old.page_of(one.start) if one else None),
            element=mark.name,
            renamed=other.name if one and other and one.name != other.name else "",
            attributes=attributes,
            old=_words(self.old, one),
            new=_words(self.new, other),
            before=before(document.text, seen.start),
            after=after(document.text, seen.end),
            along=along or {},
        )
        self.found.append((place, change))

    def _place_in_old(self, place: int) -> int:
        at = bisect_right([edit.start_new for edit in self.edits], place) - 1
        if at < 0:
            return place
        edit = self.edits[at]
        return edit.end_old if place <= edit.end_new else edit.end_old + place - edit.end_new


def _words(document: Document, mark: Mark | None) -> str:
    if mark is None:
        return ""
    if mark.content is not None:
        return mark.content
    if mark.end - mark.start <= 2 * _SHOWN:
        return document.text[mark.start : mark.end]
    # Its edges are what tells a long element from another.
    return (
        f"{document.text[mark.start : mark.start + _SHOWN]} … {document.text[mark.end - _SHOWN : mark.end]}"
    )
