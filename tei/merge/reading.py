"""From the reading view back into the file: a block is a line there, and only markup parts blocks."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from typing import Final

from lxml import etree

from tei.markup import Kind
from tei.merge.blocks import BlockCarrier, in_xml
from tei.merge.carrier import RefusedError
from tei.merge.notes import note_of, take_note_out
from tei.views.blocks import LINE
from tei.views.elements import COMPACT, strength
from tei.views.placed import View
from tei.views.walk import name_of

#: What parts blocks, lines and cells; each ``findall`` is one of them.
SEPARATOR: Final = re.compile(r"\n\n|\n|\t")
_NAMES: Final = {"\n\n": "a blank line", "\n": "a line end", "\t": "a tab"}
_TABLE: Final = "the cells of a table are neither made nor taken away here"


class ReadingCarrier(BlockCarrier):
    """Carries changes of the reading view."""

    view: View = "reading"
    gone: Collection[int] = frozenset()  # the notes that the changes take out

    def carry(self, start: int, end: int, new: str) -> None:
        """Put ``new`` in the place of ``text[start:end]``.

        :raises RefusedError: there is no sure way to do so.
        """
        if self._fill_gap(start, end, new):
            return
        start, end, new = self._whole_separators(start, end, new)
        found = self._made_stretches(start, end)
        made = [one for one in found if not (self._take_note(*one) or self._take_gap(*one, new))]
        if found and not made and not new and not self.own(start, end):
            return
        if made:
            self._around_made(start, end, new, made)
            return
        if start == end and (within := self.placed.made_in(start, start + 1)) and within[0].start < start:
            raise self._made_error(within[0].start, within[0].end)
        self._by_separators(start, end, new)

    def _whole_separators(self, start: int, end: int, new: str) -> tuple[int, int, str]:
        """The change with the rest of the blank line that it begins or ends within."""
        text = self.text
        lead = start > 0 and text[start - 1] == "\n" and (text[start:end] + new).startswith("\n")
        trail = text[end : end + 1] == "\n" and (text[start:end].endswith("\n") or new.endswith("\n"))
        if lead:
            return start - 1, end, f"\n{new}"
        return (start, end + 1, f"{new}\n") if trail else (start, end, new)

    def _made_stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        if start == end:
            return []
        return [(max(one.start, start), min(one.end, end)) for one in self.placed.made_in(start, end)]

    def _take_note(self, start: int, end: int) -> bool:
        """Take out the note that a stretch stands for or belongs to, if it goes; whether it does."""
        number = note_of(self, self.made_of(start, end)[0], self.gone) if self.gone else None
        if number is None:
            return False
        take_note_out(self, number, self.gone)
        return True

    def _take_gap(self, start: int, end: int, new: str) -> bool:
        """Take out the gap that ``[…]`` stands for, if it is not in ``new``; whether there was one."""
        place = self.made(start, end)[0]
        if self.plain or place is None or self.text[start:end] in new:
            return False
        token = self.markup.token_at(place[0])
        if self.name(self.markup.owners[token]) != "gap":
            return False
        self.splices.delete(*place)
        self.notes.append("the <gap> is gone")
        return True

    def _fill_gap(self, start: int, end: int, new: str) -> bool:
        """Put words in the place of a gap; whether ``text[start:end]`` is one."""
        alone = self._made_stretches(start, end) == [(start, end)] and not SEPARATOR.search(new)
        place = self.made(start, end)[0] if alone else None
        if not new or place is None or not self._take_gap(start, end, new):
            return False
        self.put(place[0], new)
        return True

    def _around_made(self, start: int, end: int, new: str, made: list[tuple[int, int]]) -> None:
        """What the view has made must be in ``new``, too; what stands around it is carried."""
        pieces = []
        at = start
        for low, high in made:
            words = self.text[low:high]
            found = new.find(words)
            if found < 0:
                raise self._made_error(low, high)
            pieces.append((at, low, new[:found]))
            new = new[found + len(words) :]
            at = high
        pieces.append((at, end, new))
        for low, high, words in pieces:
            if self.text[low:high] != words:
                self._by_separators(low, high, words)

    def _made_error(self, start: int, end: int) -> RefusedError:
        words = self.text[start:end]
        if words.strip("[]").isdigit():
            mend = (
                "notes come and go in the TEI file"
                if self.plain
                else "a note goes when all its words are taken out, with the number before them"
            )
            return RefusedError(f"“{words}” is made by the reading view for a note; {mend}")
        return RefusedError(
            f"“{words}” is made by the reading view and stands for markup; it cannot be changed here"
        )

    def _by_separators(self, start: int, end: int, new: str) -> None:
        old_marks = list(SEPARATOR.finditer(self.text, start, end))
        new_marks = list(SEPARATOR.finditer(new))
        # A change of several blocks is one of each, as long as they are parted in the same way.
        at = new_at = 0
        low = start
        while at < len(old_marks) and at < len(new_marks) and old_marks[at][0] == new_marks[at][0]:
            self.inline(low, old_marks[at].start(), new[new_at : new_marks[at].start()])
            low, new_at = old_marks[at].end(), new_marks[at].end()
            at += 1
        old_rest, new_rest = old_marks[at:], new_marks[at:]
        if old_rest and new_rest and self._regrouped(low, end, new[new_at:]):
            return
        if old_rest and new_rest:
            raise RefusedError(f"{_NAMES[old_rest[0][0]]} cannot become {_NAMES[new_rest[0][0]]} here")
        if any(mark[0] == "\t" for mark in (*old_rest, *new_rest)):
            raise RefusedError(_TABLE)
        if new_rest:
            self._insert_blocks(low, end, SEPARATOR.split(new[new_at:]), max(mark[0] for mark in new_rest))
        elif old_rest:
            self._join_blocks(low, end, new[new_at:])
        else:
            self.inline(low, end, new[new_at:])

    def _regrouped(self, start: int, end: int, new: str) -> bool:
        """Make two groups of verses one, or one two; whether the change means that."""
        if self.text[start:end].strip() or new.strip() or not start or end >= len(self.text):
            return False
        return self.regroup(start - 1, end, apart="\n\n" in new)

    # Within a line

    def line(self, start: int, end: int) -> tuple[int, int]:
        """Where the line (or cell) begins and ends within which a stretch lies."""
        low = max(self.text.rfind("\n", 0, start), self.text.rfind("\t", 0, start)) + 1
        high = min((at for mark in "\n\t" if (at := self.text.find(mark, end)) >= 0), default=len(self.text))
        return low, high

    def inline(self, start: int, end: int, new: str) -> None:
        """Put ``new`` in the place of ``text[start:end]``, all within a line."""
        if self.text[start:end] == new:
            return
        low, high = self.line(start, end)
        first, last = start, end
        while first > low and self.text[first - 1] == " ":
            first -= 1
        while last < high and self.text[last] == " ":
            last += 1
        new = self.text[first:start] + new + self.text[end:last]
        before = first - 1 if first > low else None
        after = last if last < high else None
        self.change(first, last, new, before, after)

    def change(self, first: int, last: int, new: str, before: int | None, after: int | None) -> None:
        """As ``inline``; the stretch takes in all spaces up to the characters ``before`` and ``after``."""
        old = self.text[first:last]
        core = new.strip(" ")
        lead, trail = (
            new != new.lstrip(" ") and before is not None,
            new != new.rstrip(" ") and after is not None,
        )
        if old.strip(" "):
            had = old != old.lstrip(" "), old != old.rstrip(" ")
            low = first + len(old) - len(old.lstrip(" "))
            high = last - (len(old) - len(old.rstrip(" ")))
            self._replace(low, high, core, (before, after), (lead, trail), had)
        elif core:
            self._insert(core, (before, after), (lead, trail))
        elif before is not None and after is not None:
            self._space(before, after, wanted=bool(new))

    def _space(self, before: int, after: int, *, wanted: bool) -> None:
        if wanted:
            place = self.point(" ", before, after, (True, True))
            self.put(place, " ")
        else:
            self.close_up(self.end(before), self.start(after))

    def _insert(self, core: str, beside: tuple[int | None, int | None], wanted: tuple[bool, bool]) -> None:
        before, after = beside
        lead, trail = wanted
        glued = before is not None and not lead, after is not None and not trail
        place = self.point(core, before, after, glued)
        start = self.end(before) if before is not None else None
        end = self.start(after) if after is not None else None
        left = start is not None and start <= place and self.blank(start, place)
        right = end is not None and place <= end and self.blank(place, end)
        if left and glued[0]:
            self.close_up(start, place)
        if right and glued[1]:
            self.close_up(place, end)
        self.put(place, f"{' ' * (lead and not left)}{core}{' ' * (trail and not right)}")

    def _replace(
        self,
        low: int,
        high: int,
        core: str,
        beside: tuple[int | None, int | None],
        wanted: tuple[bool, bool],
        had: tuple[bool, bool],
    ) -> None:
        before, after = beside
        places = self.own(low, high)
        if not places:
            raise RefusedError("it has no place in the file")
        first = places[0][0]
        for place in places:
            self.splices.delete(*place)
        self._drop_spaces(places)
        # White space with a line's end in it stays between the places.
        had = had[0], had[1] or any(self.blank(one[1], other[0]) for one, other in pairwise(places))
        start = self.end(before) if before is not None else None
        end = self.start(after) if after is not None else None
        if core:
            if had[0] and not wanted[0] and before is not None:
                self.close_up(start, first)
            if had[1] and not wanted[1] and after is not None:
                self.close_up(first, end)
            lead = " " * (wanted[0] and not had[0])
            self.put(first, f"{lead}{core}{' ' * (wanted[1] and not had[1])}")
            return
        if before is None or after is None:
            return
        if not any(wanted) and any(had):
            self.close_up(start, end)
        elif any(wanted) and not any(had):
            self.put(first, " ")
        elif all(had):
            # One of the two spaces goes with the words, if it is no line's end.
            for one, other in ((places[-1][1], end), (start, first)):
                if one is not None and other is not None and self._drop_space(one, other):
                    break

    def _drop_space(self, start: int, end: int) -> bool:
        """Take out a single space, if it is all the text between two places."""
        found = [
            (max(start, self.markup.starts[token]), min(end, self.markup.ends[token]))
            for token in (self.tokens(start, end) if start < end else ())
            if self.markup.kinds[token] <= Kind.CDATA
        ]
        if len(found) != 1 or self.markup.raw[slice(*found[0])] != " ":
            return False
        self.splices.delete(*found[0])
        return True

    def _drop_spaces(self, places: list[tuple[int, int]]) -> None:
        """Spaces between words that went; a line's end stays."""
        for one, other in pairwise(places):
            for token in self.tokens(one[1], other[0]) if one[1] < other[0] else ():
                if self.markup.kinds[token] <= Kind.CDATA:
                    low, high = max(one[1], self.markup.starts[token]), min(other[0], self.markup.ends[token])
                    if self.markup.raw[low:high].strip(" ") == "":
                        self.splices.delete(low, high)

    # Blocks

    def _insert_blocks(self, start: int, end: int, parts: list[str], mark: str) -> None:
        """``text[start:end]`` becomes ``parts``; the first and last belong to blocks that are there."""
        first, high = self.line(start, end)
        low = self._behind_number(first)
        parts = [part.strip(" ") for part in parts]
        if start == end and start in (first, low) and not parts[-1]:
            self._new(parts[:-1], start - 1 if start and self.text[start - 1] == "\n" else None, start, mark)
        elif start == end == high and not parts[0]:
            self._new(parts[1:], end - 1, end if end < len(self.text) else None, mark)
        elif start == low and end == high and start < end:
            self.inline(start, end, parts[0])
            self._new(parts[1:], end - 1, None, mark)
        else:
            self._split(start, end, parts, mark)

    def _behind_number(self, low: int) -> int:
        """Where the words of a line begin: behind the number that the view puts before a note."""
        made = (
            self.placed.made_in(self._trimmed.place(low), self._trimmed.place(low) + 1) if self.text else []
        )
        if not made or made[0].place is not None:
            return low
        while low < len(self.text) and (self._trimmed.place(low) < made[0].end or self.text[low] == " "):
            low += 1
        return low

    def contents(self, part: str) -> str:
        """A new block's text as XML."""
        return in_xml(part)

    def _new(self, parts: list[str], before: int | None, after: int | None, mark: str) -> None:
        """New blocks between two lines, parted from them and from each other by ``mark``."""
        beside, behind = self._side(before, after, mark)
        self.new_blocks([self.contents(part) for part in parts], beside, after=behind)

    def _side(self, before: int | None, after: int | None, mark: str) -> tuple[int, bool]:
        """The element beside which a new block may stand, and whether it stands behind it."""
        while before is not None and before >= 0 and self.text[before] in "\n\t":
            before -= 1
        while after is not None and after < len(self.text) and self.text[after] in "\n\t":
            after += 1
        low = self.end(before) if before is not None and before >= 0 else None
        high = self.start(after) if after is not None and after < len(self.text) else None
        sides: list[tuple[bool, bool, bool, int, bool, int]] = []
        for at, behind in ((before, True), (after, False)):
            block = self.block_at(at) if at is not None and 0 <= at < len(self.text) else None
            if block is None:
                continue
            beside = self._beside(block, mark)
            if beside is not None:
                first, last = self.markup.outside(beside)
                # A paragraph that goes on behind the list in it neither ends nor begins here.
                goes_on = low is not None and high is not None and (last > high if behind else first < low)
                unlike = self.name(block) not in ("p", "ab", "l", "item", "seg")
                sides.append((goes_on, unlike, self._in_note(block), self.depth(beside), not behind, beside))
        if not sides:
            raise RefusedError(
                "there is no paragraph beside it that a new one could follow or precede"
                if mark == "\n\n"
                else "a paragraph is one line here; set a new one apart by a blank line"
            )
        sides.sort()
        *_, earlier, beside = sides[-1 if self.other_side else 0]
        return beside, not earlier

    def move(self, start: int, end: int, to: int, new: str) -> None:
        """Move the blocks ``text[start:end]`` with all their markup to ``to``, where ``new`` was put in."""
        raw = self.taken_out(start, end)
        mark = "\n\n" if "\n\n" in new else "\n"
        beside, behind = self._side(to - 1 if to else None, to if to < len(self.text) else None, mark)
        apart = self._apart(beside)
        low, high = self.markup.outside(beside)
        self.put(high if behind else low, apart + raw if behind else raw + apart, raw=True)

    def _beside(self, block: int, mark: str) -> int | None:
        """The element beside which a new block stands as far apart as ``mark`` says."""
        by_lines = self.is_line(block)
        if by_lines == (mark == "\n"):
            return block
        if by_lines:
            # A paragraph beside verses stands beside their group, one beside entries beside their list.
            for one in self.markup.ancestors(block)[1:]:
                if self.name(one) not in ("lg", "list", "item", "opener", "closer", "titlePage", "docTitle"):
                    break
                block = one
            return block
        return None

    def is_line(self, block: int) -> bool:
        """Whether blocks like this one are parted by a line end only."""
        names = self.markup.ancestors(block)
        if self.name(block) == "item":
            return any(self.markup.elements[one].node.get("type") in COMPACT for one in names)
        parent = self.name(names[1]) if len(names) > 1 else ""
        return strength(self.name(block), parent) == LINE

    def _in_note(self, block: int) -> bool:
        return any(self.name(one) == "note" for one in self.markup.ancestors(block))

    def _split(self, start: int, end: int, parts: list[str], mark: str) -> None:
        before, after = self._beside_split(start, end)
        block = self.block_at(before)
        if block is None or block != self.block_at(after):
            if mark == "\n\n" and self._in_paragraphs(before, after, parts):
                return
            raise RefusedError("what was split is no paragraph, verse or item")
        if self.is_line(block) and mark == "\n\n":
            # Between groups of verses, or of lines of another kind, there is a blank line.
            block = self.markup.elements[block].parent
        elif not self.is_line(block) and mark == "\n":
            raise RefusedError("a paragraph is one line here; part two of them by a blank line")
        first, second = self.end(before), self.start(after)
        if first is None or second is None or first > second:
            raise RefusedError("what stands on both sides lies at different places of the file")
        if not self.plain:
            for place in self.own(before + 1, after):
                self.splices.delete(*place)
        if parts[0]:
            self.take_in(first, f"{' ' * (self.text[before + 1 : start] != '')}{parts[0]}")
        # Between the elements that end and begin here, as far out as there is a place.
        points = [one for one in self.points(first, second) if block in self.markup.ancestors(one[1])]
        at = min(points, key=lambda one: self.depth(one[1]))[0] if points else first
        self.split(at, block, [self.contents(part) for part in parts[1:-1]])
        if parts[-1]:
            self.take_in(second, f"{parts[-1]}{' ' * (self.text[end:after] != '')}")

    def _beside_split(self, start: int, end: int) -> tuple[int, int]:
        """The words beside a place where a line is split: the last before it, the first behind it."""
        low, high = self.line(start, end)
        before, after = start - 1, end
        while before >= low and self.text[before] == " ":
            before -= 1
        while after < high and self.text[after] == " ":
            after += 1
        if before < low or after >= high:
            raise RefusedError("what stands beside it is no text of its own")
        return before, after

    def _in_paragraphs(self, before: int, after: int, parts: list[str]) -> bool:
        """Make two paragraphs of the words of a note that has none; whether it could be done."""
        first, second = self.end(before), self.start(after)
        if self.plain or any(parts) or len(parts) != 2 or first is None or second is None or first > second:
            return False
        note = self.markup.around(first)
        children = [name_of(child) for child in self.markup.elements[note].node.iterchildren(etree.Element)]
        if note != self.markup.around(second) or self.name(note) != "note":
            return False
        if any(strength(child, "note") >= LINE for child in children):
            return False
        name = self.markup.prefixed(note, "p")
        for place in self.own(before + 1, after):
            self.splices.delete(*place)
        start, end = self.markup.inside(note)
        self.put(start, f"<{name}>", raw=True)
        self.put(first, f"</{name}><{name}>", raw=True)
        self.put(end, f"</{name}>", raw=True)
        self.notes.append("the <note> has paragraphs now")
        return True

    def take_in(self, place: int, words: str) -> None:
        """Words that go to a block's end or beginning."""
        self.put(place, words)

    def _join_blocks(self, start: int, end: int, new: str) -> None:
        """``text[start:end]`` with the ends of blocks in it becomes ``new``, which has none."""
        low, _ = self.line(start, start)
        _, high = self.line(end, end)
        marks = list(SEPARATOR.finditer(self.text, start, end))
        if low == start or end == high:
            # Whole blocks went, and with them what parted them from the rest.
            for one, other in zip(
                [start, *(m.end() for m in marks)], [*(m.start() for m in marks), end], strict=True
            ):
                self.inline(one, other, self._kept_part(one, other, start, end, low, new))
            return
        before, after = start - 1, end
        while before > low and self.text[before] == " ":
            before -= 1
        while after < high - 1 and self.text[after] == " ":
            after += 1
        if self._begins_note(after):
            raise RefusedError("behind it a note begins, which stands apart")
        new = self.text[before + 1 : start] + new + self.text[end:after]
        if not (self.plain or self.text[start:end].strip() or self.alike(before, after)):
            self.absorb(before, after, new)
            return
        for one, other in zip(
            [start, *(m.end() for m in marks)], [*(m.start() for m in marks), end], strict=True
        ):
            for place in self.own(one, other):
                self.splices.delete(*place)
        met, behind = self.join(before, after)
        core = new.strip(" ")
        first, second = self.end(before), self.start(after)
        if core:
            lead = " " * new.startswith(" ")
            self.take_in(first if first is not None else met, f"{lead}{core}")
        wanted = new.endswith(" ")
        if wanted and not self.blank(first, second):
            self.put(behind, " ")
        elif not wanted and self.blank(first, second):
            self.close_up(first, second)

    def _begins_note(self, at: int) -> bool:
        """Whether a note's number stands here, and not a gap."""
        made = self.made(at, at + 1)
        if not made or made[0] is None:
            return bool(made)
        return self.name(self.markup.owners[self.markup.token_at(made[0][0])]) != "gap"

    def _kept_part(self, one: int, other: int, start: int, end: int, low: int, new: str) -> str:
        """Of the new text, what goes to this part of the old: to the line of which something is left."""
        to_last = low == start
        return new if (other == end if to_last else one == start) else ""
