"""From the source view back into the file: every character stands there, line ends, too."""

from __future__ import annotations

import re
from typing import Final

from tei.merge.blocks import BlockCarrier, in_xml
from tei.merge.carrier import NotWholeError, RefusedError
from tei.merge.corrected import beside_correction, follow
from tei.views.placed import View

_PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n\s*")
_BLANK: Final = " \t\n"
SPLIT_BY_LINES: Final = frozenset({"p", "ab", "item", "l"})
"""What a blank line makes two of in the source view; other elements may well hold one."""
_LB: Final = re.compile(
    r"<(?:[^\s/>:]+:)?lb\b(?:\"[^\"]*\"|'[^']*'|[^\"'>])*?(?:/>|>\s*</(?:[^\s/>:]+:)?lb\s*>)"
)


class SourceCarrier(BlockCarrier):
    """Carries changes of the source view."""

    view: View = "source"

    def carry(self, start: int, end: int, new: str) -> None:
        """Put ``new`` in the place of ``text[start:end]``.

        :raises RefusedError: there is no sure way to do so.
        """
        beside = beside_correction(self, start, end, new)
        if beside is not None and follow(self, beside, new):
            return
        if new and start < end and self._replace_by_lines(start, end, new):
            return
        self._delete(start, end)
        if not new:
            if "\n" in self.text[start:end]:
                self._join(start, end)
            return
        if start < end and new.strip(_BLANK) and self.text[start:end].strip(_BLANK):
            self._in_place(start, end, new)
        else:
            self._insert(start, end, new)

    def _delete(self, start: int, end: int) -> None:
        low = self._trimmed.place(start - 1) + 1 if start else 0
        for place in self.own(start, end):
            self.splices.delete(*place)
        if start < end and self.text[start] == "\n":
            # With a line end go the spaces before it, which an editing program does not show.
            for at in range(low, self._trimmed.place(start)):
                self.splices.delete(self.placed.starts[at], self.placed.ends[at])
        for at in range(start, end):
            if self.text[at] == "\n":
                self._drop_break(at, start)

    def move(self, start: int, end: int, to: int, new: str) -> None:
        """Move the paragraphs ``text[start:end]`` with their markup to ``to``, where ``new`` was put in."""
        try:
            place, element = self._between_blocks(to - 1 if to else None, to if to < len(self.text) else None)
        except RefusedError as reason:
            raise NotWholeError(str(reason)) from reason
        raw = self.taken_out(start, end)
        self._delete(start, end)
        line, stop = self._line_break_near(element), self.markup.line_end
        if new.startswith("\n"):
            self.put(
                place, f"{stop}{f'{line}{stop}' * (len(new) - len(new.lstrip(_BLANK)) - 1)}{raw}", raw=True
            )
        else:
            self.put(
                place, f"{raw}{stop}{f'{line}{stop}' * (len(new) - len(new.rstrip(_BLANK)) - 1)}", raw=True
            )

    def _replace_by_lines(self, start: int, end: int, new: str) -> bool:
        """Lines that were written anew, one for one."""
        old_lines, new_lines = self.text[start:end].split("\n"), new.split("\n")
        if len(old_lines) != len(new_lines) or len(old_lines) == 1:
            return False
        at = start
        for one, other in zip(old_lines, new_lines, strict=True):
            if one != other:
                self.carry(at, at + len(one), other)
            at += len(one) + 1
        return True

    # Lines

    def _drop_break(self, at: int, start: int) -> None:
        """The line end ``at`` goes: so does the break of the line that goes with it."""
        line = self.text.rfind("\n", 0, at) + 1
        if line >= start:  # the line goes as a whole
            low = self.end(line - 1) if line else None
            high = self.start(line)
        else:
            low, high = self.end(at), self.start(at + 1) if at + 1 < len(self.text) else None
        if low is None or high is None or low > high:
            return
        for token in self.tokens(low, high):
            if self._is_break(token, "lb") and not self.markup.needed(self.markup.owners[token]):
                element = self.markup.owners[token]
                self.splices.delete(*self.markup.outside(element))
                return

    def lines(self, text: str, element: int, *, leading: bool) -> str:
        """Text as XML, a break behind each line end or (``leading``) before each line."""
        line = self._line_break_near(element) if self.takes_breaks(element) else ""
        end = self.markup.line_end
        parts = [in_xml(part) for part in text.split("\n")]
        if leading:
            # The break of the line that follows is there already.
            return "".join(f"{line}{part}{end}" for part in parts[:-1]) + parts[-1]
        return f"{end}{line}".join(parts)

    def _line_break_near(self, element: int) -> str:
        """The tag of a line's beginning, if the text has such tags."""
        if element < 0 or not self._has_breaks:
            return ""
        return f"<{self.markup.prefixed(element, 'lb')}/>"

    @property
    def _has_breaks(self) -> bool:
        known = self.__dict__.get("_breaks")
        if known is None:
            # A text in which most lines have one.
            known = self.__dict__["_breaks"] = (
                2 * len(_LB.findall(self.markup.raw)) > self.text.count("\n") + 1
            )
        return bool(known)

    # Words

    def _in_place(self, start: int, end: int, new: str) -> None:
        """Words instead of words: where the first of the old ones stands."""
        at = next(at for at in range(start, end) if self.text[at] not in _BLANK)
        place = self.start(at)
        if place is None:
            raise RefusedError("it has no place in the file")
        self.put(place, self.lines(new, self.markup.around(place), leading=False), raw=True)

    def _insert(self, start: int, end: int, new: str) -> None:
        text = self.text
        before, after = start - 1 if start else None, end if end < len(text) else None
        if not new.strip(_BLANK):
            self._insert_blank(before, after, new)
            return
        left = len(text[:start]) - len(text[:start].rstrip(_BLANK)) if start else 0
        lead = text[start - left : start] + new[: len(new) - len(new.lstrip(_BLANK))]
        right = _run(text, end)
        trail = new[len(new.rstrip(_BLANK)) :] + text[end : end + right]
        alone_before = lead.count("\n") > 1 or start - left == 0
        alone_after = trail.count("\n") > 1 or end + right == len(text)
        before_text = start - left - 1 if start - left else None
        after_text = end + right if end + right < len(text) else None
        parts = _PARAGRAPHS.split(new.strip(_BLANK))
        one, other = self._block_of(before_text), self._block_of(after_text)
        inside = one is not None and one == other
        if alone_before and alone_after and not inside and self._new_paragraphs(before, after, new):
            return
        if len(parts) > 1 and inside and not (alone_before or alone_after):
            self._split_by(before, after, new, one)
            return
        if inside or (not alone_before and not alone_after):
            self._insert_at(before, after, new)
        elif not alone_before:
            self._append(before, new)
        elif not alone_after:
            self._prepend(before, after, new)
        else:
            self._insert_at(before, after, new)

    def _block_of(self, at: int | None) -> int | None:
        return self.block_at(at)

    def _insert_at(self, before: int | None, after: int | None, new: str) -> None:
        at_line = before is None or self.text[before] == "\n"
        if at_line and new.endswith("\n"):
            self._insert_lines(before, after, new)
            return
        glued = (
            before is not None and self.text[before] not in _BLANK and new[0] not in _BLANK,
            after is not None and self.text[after] not in _BLANK and new[-1] not in _BLANK,
        )
        if at_line and after is not None:
            # Behind the break of the line.
            place = self._at_line_start(before, after, new)
        else:
            place = self.point(new, before, after, glued)
        self.put(place, self.lines(new, self.markup.around(place), leading=False), raw=True)

    def _at_line_start(self, before: int | None, after: int, new: str) -> int:
        start = self.start(after)
        if start is None:
            raise RefusedError("it has no place in the file")
        if self.text[after] in _BLANK:  # an empty line that gets words
            place = self.point(new, before, after, (False, False))
            element = self.markup.around(place)
            if not self.holds_text(element):
                raise RefusedError("no text can stand here")
            return place
        if self.text[after].isalnum() and new[-1].isalnum():
            return start
        low = self.end(before) if before is not None else None
        if low is None or low > start:
            return start
        points = [
            one
            for one in self.points(low, start)
            if self.holds_text(one[1]) and not self._break_between(one[0], start)
        ]
        return min(points, key=lambda one: (self.depth(one[1]), -one[0]))[0] if points else start

    def _break_between(self, start: int, end: int) -> bool:
        return any(self._is_break(token) for token in self.tokens(start, end))

    def _insert_lines(self, before: int | None, after: int | None, new: str) -> None:
        """Whole lines, before a line."""
        low = self.end(before) if before is not None else None
        high = self.start(after) if after is not None else None
        if low is None or high is None or low > high:
            self._append(before, new)
            return
        points = [one for one in self.points(low, high) if self.holds_text(one[1])]
        if not points:
            self._append(before, new)
            return
        place, element = min(points, key=lambda one: (self.depth(one[1]), one[0]))
        leading = self._break_between(place, high)
        if not leading and self.takes_breaks(element) and self._has_breaks:
            self.put(place, self.lines(new, element, leading=False), raw=True)
            return
        self.put(place, self.lines(new, element, leading=True), raw=True)

    def _append(self, before: int | None, new: str) -> None:
        """Text that belongs to what stands before it: behind its last word."""
        if before is None:
            raise RefusedError("there is no paragraph before it")
        moved = 0
        while self.text[before - moved] in _BLANK and new.endswith(self.text[before - moved]):
            # To insert "x\n" behind a line end is to insert "\nx" before it.
            new = self.text[before - moved] + new[:-1]
            moved += 1
        at = before - moved
        place = self.end(at)
        if place is None or self.text[at] in _BLANK:
            element = self.markup.around(place) if place is not None else -1
            if place is None or not self.holds_text(element):
                raise RefusedError(
                    "no text can stand here; set it apart by blank lines, or put it into a paragraph"
                )
        points = [(place, self.markup.around(place))]
        if moved and (end := self.start(at + 1)) is not None and end >= place:
            points = self.points(place, end)
        points = [one for one in points if self.holds_text(one[1])] or points[:1]
        place, element = min(points, key=lambda one: self.depth(one[1]))
        self.put(place, self.lines(new, element, leading=False), raw=True)

    def _prepend(self, before: int | None, after: int | None, new: str) -> None:
        """Text that belongs to what stands behind it: before its first word."""
        if after is None:
            raise RefusedError("there is no paragraph behind it")
        self._insert_at(before, after, new)

    # Blank lines and paragraphs

    def _insert_blank(self, before: int | None, after: int | None, new: str) -> None:
        if "\n" in new and before is not None and after is not None:
            block = self._split_here(before, after, new)
            if block is not None:
                self._split_by(before, after, new, block)
                return
        start = self.end(before) if before is not None else None
        end = self.start(after) if after is not None else None
        if start is None or (end is not None and start > end and self.text[before or 0] == "\n"):
            place = end
        else:
            place = start
        if place is None:
            raise RefusedError("it has no place in the file")
        element = self.markup.around(place)
        self.put(place, self.lines(new, element, leading=False), raw=True)

    def _split_here(self, before: int, after: int, new: str) -> int | None:
        """The paragraph that this blank line splits, if it does."""
        low, high = before, after
        while low > 0 and self.text[low] in _BLANK:
            low -= 1
        while high < len(self.text) - 1 and self.text[high] in _BLANK:
            high += 1
        old = self.text[low + 1 : before + 1] + self.text[after:high]
        if old.count("\n") > 1 or (old + new).count("\n") < 2:
            return None
        block = self.block_at(low)
        if block is None or block != self.block_at(high) or self.name(block) not in SPLIT_BY_LINES:
            return None
        return block

    def _split_by(self, before: int | None, after: int | None, new: str, block: int | None) -> None:
        """``new``, with a blank line in it or made by it, splits a block."""
        assert before is not None
        assert after is not None
        assert block is not None
        start, end = self.end(before), self.start(after)
        if start is None or end is None or start > end:
            raise RefusedError("what stands on both sides lies at different places of the file")
        points = [one for one in self.points(start, end) if block in self.markup.ancestors(one[1])]
        if not points:
            raise RefusedError("what was split is no paragraph")
        shallow = min(self.depth(one[1]) for one in points)
        place = next(one[0] for one in points if self.depth(one[1]) == shallow)
        line = self._line_break_near(block)
        # The last blank line is where the one block ends and the other begins.
        at = max((match.end() for match in re.finditer(r"\n\s*\n", new)), default=len(new))
        head, tail = new[:at], new[at:]
        leading = self._break_between(place, end) and not tail
        chain = []
        for element in self.markup.ancestors(self.markup.around(place)):
            chain.append(element)
            if element == block:
                break
        closing = "".join(f"</{self._tag_name(element)}>" for element in chain)
        opening = "".join(self._again(element, element == block) for element in reversed(chain))
        words = head.rstrip(_BLANK)
        blank = head[len(words) :]
        if not words:
            # The block ends behind its last word, not behind the line end that follows.
            at = before
            while at and self.text[at] in _BLANK:
                at -= 1
            last = self.end(at)
            if last is not None and last < place and not self.markup.raw[last:place].strip():
                self.put(last, closing, raw=True)
                closing = ""
        stop = self.markup.line_end
        first = self.lines(words, block, leading=False) if words else ""
        if leading:
            middle = blank.replace("\n", f"{line}{stop}")
            self.put(place, f"{first}{closing}{middle}{opening}", raw=True)
            return
        pieces = blank.split("\n")
        # Each line end has the break of the next line behind it, the last one within the new block.
        middle = f"{stop}{line}".join(pieces[:-1]) + stop if len(pieces) > 1 else ""
        rest = self.lines(tail, block, leading=False)
        begin = line if len(pieces) > 1 else ""
        opened = opening.index(">") + 1
        self.put(
            place,
            f"{first}{closing}{middle}{opening[:opened]}{begin}{pieces[-1]}{opening[opened:]}{rest}",
            raw=True,
        )

    def _new_paragraphs(self, before: int | None, after: int | None, new: str) -> bool:
        """Paragraphs of their own between two blocks; whether there is a place for them."""
        try:
            place, element = self._between_blocks(before, after)
        except RefusedError:
            return False
        at_line = before is None or self.text[before] == "\n"
        line = self._line_break_near(element)
        name = self.markup.prefixed(element, "p")
        stop = self.markup.line_end
        pieces = []
        rows = new.split("\n")
        last = len(rows) - 1
        leading = at_line and new.endswith("\n")
        opened = False
        for number, row in enumerate(rows):
            begin = (
                line
                if (number < last if leading else number > 0) or (at_line and not leading and number == 0)
                else ""
            )
            if row.strip(_BLANK):
                pieces.append(begin if opened else f"<{name}>{begin}")
                opened = True
                ends = number == last or not rows[number + 1].strip(_BLANK)
                pieces.append(f"{in_xml(row)}</{name}>" if ends else in_xml(row))
                opened = not ends
            else:
                pieces.append(f"{begin}{in_xml(row)}")
            if number < last:
                pieces.append(stop)
        self.put(place, "".join(pieces), raw=True)
        return True

    def _between_blocks(self, before: int | None, after: int | None) -> tuple[int, int]:
        """A place between two characters for a paragraph, and the element that it lies in."""
        low = self.end(before) if before is not None else None
        high = self.start(after) if after is not None else None
        if low is None:
            low = high
        if high is None:
            high = low
        points = [] if low is None or high is None or low > high else self.points(low, high)
        points = [one for one in points if self._holds_blocks(one[1])]
        if not points:
            raise RefusedError("no paragraph can stand here")
        return max(points, key=lambda one: (self.depth(one[1]), -one[0]))

    def _holds_blocks(self, element: int) -> bool:
        if element < 0 or self.holds_text(element):
            return False
        return any(
            self.name(self.markup.number(child)) in ("p", "ab", "sp")
            for child in self.markup.elements[element].node
            if isinstance(child.tag, str)
        )

    def _join(self, start: int, end: int) -> None:
        """Of two paragraphs between which the blank line went, one is made."""
        text = self.text
        low, high = start - 1, end
        while low > 0 and text[low] in _BLANK:
            low -= 1
        while high < len(text) and text[high] in _BLANK:
            high += 1
        if low < 0 or high >= len(text) or (text[low + 1 : start] + text[end:high]).count("\n") > 1:
            return
        if text[low + 1 : high].count("\n") < 2:
            return
        one, other = self.block_at(low), self.block_at(high)
        if one is None or other is None or one == other or self.name(one) not in ("p", "ab"):
            return
        if text[start:end].strip(_BLANK) and (
            text[start - 1 : start] in ("", "\n") or text[end : end + 1] in ("", "\n")
        ):
            return  # whole lines went
        self.join_paragraphs(low, high)

    def join_paragraphs(self, before: int, after: int) -> None:
        """Make one paragraph of two between which the blank line went, where that can be done."""
        try:
            self.join(before, after)
        except RefusedError as reason:
            self.notes.append(f"the blank line is gone, the two blocks stay two: {reason}")


def _run(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end] in _BLANK:
        end += 1
    return end - at
