"""Changes as an editor's corrections: what the source says stays, the reading stands beside it.

TEI Guidelines, chapters 3.5.1, "Apparent Errors", and 11.3.3.1, ``surplus`` and ``supplied``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tei.markup import Kind, escaped
from tei.merge.blocks import BlockCarrier, in_xml
from tei.merge.carrier import RefusedError
from tei.merge.corrected import CORRECTED, beside_correction
from tei.merge.reading import ReadingCarrier
from tei.merge.source import SPLIT_BY_LINES, SourceCarrier
from tei.names import EDITORIAL, T
from tei.views.walk import name_of

_WORD: Final = re.compile(r"[\w’'\-]")
#: In these TEI allows ``choice``, but neither ``supplied`` nor ``surplus``.
_CHOICE_ONLY: Final = frozenset({"desc"})
#: These hold single characters.
_WHOLE: Final = frozenset({"pc", "g"})
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Correction:
    """Who answers for the corrections (a pointer such as ``#editor``), and how sure they are."""

    resp: str | None = None
    cert: str = "high"

    @property
    def attributes(self) -> str:
        """As attributes of an element."""
        resp = f' resp="{escaped(self.resp)}"' if self.resp else ""
        return f'{resp} cert="{escaped(self.cert)}"'


class _Correcting(BlockCarrier):
    """Records changes of words as ``choice``, ``supplied`` and ``surplus``."""

    plain = True
    correction = Correction()

    def correct(self, first: int, last: int, new: str, low: int, high: int) -> None:
        """Record that ``text[first:last]``, within ``text[low:high]``, should be ``new``."""
        text = self.text
        only_choice = self._only_choice(first, last)
        first, last, new = self._whole_words(first, last, new, low, high, always=only_choice)
        old = text[first:last]
        if old.strip() == new.strip():
            raise RefusedError("a change of spaces alone is no correction of words")
        if self.made(first, last):
            raise RefusedError("a part of the word is made by the view")
        low_core = first + len(old) - len(old.lstrip())
        high_core = last - (len(old) - len(old.rstrip()))
        core = _BLANKS.sub(" ", new.strip())
        if not old.strip():
            self._supply(core, new, old, first, last, low, high)
            return
        places = self.own(low_core, high_core)
        if not places:
            raise RefusedError("it has no place in the file")
        self._record(places[0][0], places[-1][1], core)

    def _only_choice(self, first: int, last: int) -> bool:
        place = self.start(min(first, len(self.text) - 1)) if self.text else None
        other = self.end(last - 1) if last else None
        return any(
            name_of(self.markup.elements[one].node) in _CHOICE_ONLY
            for at in (place, other)
            if at is not None
            for one in self.markup.ancestors(self.markup.around(at))
        )

    def _whole_words(
        self, first: int, last: int, new: str, low: int, high: int, *, always: bool
    ) -> tuple[int, int, str]:
        text = self.text
        # What stands at each edge, inside of the change and beside it, before and after: where there was or
        # is no space, the word beside it belongs to the change.
        inner_start = text[first : first + 1] if first < high else "", new[:1] or text[last : last + 1]
        inner_end = text[last - 1 : last] if last > low else "", new[-1:] or text[first - 1 : first]
        start, end = first, last
        if always or not all(one.isspace() for one in inner_start):
            start = self._edge(first, low, -1, over_space=always)
        if always or not all(one.isspace() for one in inner_end):
            end = self._edge(last, high, 1, over_space=always)
        return start, end, text[start:first] + new + text[last:end]

    def _edge(self, at: int, bound: int, step: int, *, over_space: bool) -> int:
        text = self.text
        while over_space and at != bound and text[at - (step < 0)].isspace():
            at += step
        if at == bound or not _WORD.match(text[at - (step < 0)]):
            return at
        # Of two paragraphs with nothing between them, each has its own words.
        home = at if step < 0 else at - 1
        block = self.block_at(home if 0 <= home < len(text) and not text[home].isspace() else at - (step < 0))
        while at != bound and _WORD.match(text[at - (step < 0)]) and self.block_at(at - (step < 0)) == block:
            beside = text[at - 1 : at + 1] if at else ""
            if len(beside.strip()) == 2 and self.blank(self.end(at - 1), self.start(at)):
                break  # a line ends here, and the word with it, without any space
            at += step
        return at

    def _supply(self, core: str, new: str, old: str, first: int, last: int, low: int, high: int) -> None:
        before = first - 1 if first > low else None
        after = last if last < high else None
        lead = new[:1].isspace() or (old[:1].isspace() and before is not None)
        trail = new[-1:].isspace() or old[-1:].isspace()
        glued = before is not None and not new[:1].isspace(), after is not None and not new[-1:].isspace()
        place = self.point(core, before, after, glued)
        start = self.end(before) if before is not None else None
        end = self.start(after) if after is not None else None
        left = start is not None and start <= place and self.blank(start, place)
        right = end is not None and place <= end and self.blank(place, end)
        front = " " * (lead and not left and before is not None)
        words = f"{front}{core}{' ' * (trail and not right and after is not None)}"
        if self._is_reading(place):
            self.put(place, words)
        else:
            self.put(place, self.supplied(words, place), raw=True)

    def supplied(self, words: str, place: int) -> str:
        """Words that the source lacks, as XML."""
        name = self._new_name(place, "supplied")
        return f'<{name} reason="omitted"{self.correction.attributes}>{in_xml(words)}</{name}>'

    def _new_name(self, place: int, name: str) -> str:
        around = max(0, self.markup.around(place))
        element = self.markup.elements[around]
        if not str(element.node.tag).startswith(T):
            raise RefusedError(f"<{element.name}> is no element of TEI P5 here, and only TEI P5 has <{name}>")
        return self.markup.prefixed(around, name)

    def _is_reading(self, place: int) -> bool:
        """Whether a place is within what an editor has put in: that is no source, and may be changed."""
        return any(self.name(one) in EDITORIAL for one in self.markup.ancestors(self.markup.around(place)))

    def _record(self, start: int, end: int, core: str) -> None:
        if self._is_reading(start) and self._is_reading(end - 1):
            self.splices.delete(start, end)
            self.put(start, core)
            self.notes.append("what an editor has put in is changed, and not recorded again")
            return
        around = self.markup.ancestors(self.markup.around(start))
        if any(self.name(one) in CORRECTED and self.name(two) == "choice" for one, two in pairwise(around)):
            raise RefusedError("this is corrected in the file already; change the correction there")
        pieces = self._pieces(start, end)
        if core and self.view == "source":
            self._check_hidden(start, end)
        for number, (low, high) in enumerate(pieces):
            if number == 0 and core:
                choice, sic, corr = (self._new_name(low, name) for name in ("choice", "sic", "corr"))
                self.put(low, f"<{choice}><{sic}>", raw=True)
                self.put(
                    high,
                    f"</{sic}><{corr}{self.correction.attributes}>{in_xml(core)}</{corr}></{choice}>",
                    raw=True,
                )
            else:
                surplus = self._new_name(low, "surplus")
                self.put(low, f'<{surplus} reason="misread"{self.correction.attributes}>', raw=True)
                self.put(high, f"</{surplus}>", raw=True)

    def _check_hidden(self, start: int, end: int) -> None:
        """Make sure that a correction of the source view is not without words that only a reader sees."""
        markup = self.markup
        for token in range(markup.token_at(start), markup.token_at(end - 1) + 1):
            owner = markup.owners[token]
            if (
                markup.kinds[token] == Kind.TEXT
                and self.name(owner) in EDITORIAL
                and markup.starts[token] > start
            ):
                raise RefusedError(
                    f"an editor has put <{self.name(owner)}> into the word; correct it in the reading view"
                )

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretch, in as few pieces as have whole elements in them only."""
        markup = self.markup
        start, end = self._with_whole_elements(start, end)
        pieces = []
        low = start
        token = markup.token_at(start)
        while token < len(markup.kinds) and markup.starts[token] < end:
            kind, element = markup.kinds[token], markup.owners[token]
            if kind in (Kind.OPEN, Kind.CLOSE) and markup.starts[token] >= start:
                closing = markup.elements[element].closing
                whole = (
                    kind == Kind.OPEN and markup.ends[closing] <= end and self.name(element) not in _BLOCKS
                )
                if whole and markup.elements[element].node.get("type") == "noteAnchor":
                    self.notes.append("the note's mark stays")
                    pieces.append((low, markup.starts[token]))
                    token = closing
                    low = markup.ends[closing]
                elif whole:
                    token = closing
                else:
                    pieces.append((low, markup.starts[token]))
                    low = markup.ends[token]
            token += 1
        pieces.append((low, end))
        return [trimmed for piece in pieces if (trimmed := self._without_blank(*piece)) is not None]

    def _with_whole_elements(self, start: int, end: int) -> tuple[int, int]:
        """The stretch with the tags of elements of which all words are in it."""
        markup = self.markup
        for one in markup.ancestors(markup.around(start)):
            if self.name(one) in _WHOLE:
                start = markup.outside(one)[0]
        for one in markup.ancestors(markup.around(end - 1)):
            if self.name(one) in _WHOLE:
                end = markup.outside(one)[1]
        # An element of which all words are in it is in it as a whole.
        for one in markup.ancestors(markup.around(end - 1)):
            if markup.outside(one)[0] < start or markup.raw[end : markup.inside(one)[1]].strip():
                break
            end = markup.outside(one)[1]
        for one in markup.ancestors(markup.around(start)):
            if markup.outside(one)[1] > end or markup.raw[markup.inside(one)[0] : start].strip():
                break
            start = markup.outside(one)[0]
        return start, end

    def _without_blank(self, start: int, end: int) -> tuple[int, int] | None:
        """A piece without white space and breaks at its edges; ``None`` if no text is left."""
        texts = [
            (max(start, self.markup.starts[token]), min(end, self.markup.ends[token]))
            for token in self.tokens(start, end)
            if self.markup.kinds[token] <= Kind.CDATA
        ]
        if not any(self.markup.raw[low:high].strip() for low, high in texts):
            return None
        raw = self.markup.raw
        while start < end and raw[start].isspace():
            start += 1
        while start < end and raw[end - 1].isspace():
            end -= 1
        return start, end


_BLOCKS: Final = frozenset(
    ["p", "ab", "l", "lg", "item", "head", "sp", "div", "list", "table", "row", "cell", "speaker", "label"]
)


class CorrectingReading(_Correcting, ReadingCarrier):
    """Records changes of the reading view."""

    def inline(self, start: int, end: int, new: str) -> None:
        """Record a change within a line."""
        if self.text[start:end] != new:
            self.correct(start, end, new, *self.line(start, end))

    def contents(self, part: str) -> str:
        """A new block's text."""
        return f'<supplied reason="omitted"{self.correction.attributes}>{in_xml(part)}</supplied>'

    def take_in(self, place: int, words: str) -> None:
        """Words that go to a block's end or beginning."""
        self.put(place, self.supplied(words, place), raw=True)

    def _split(self, start: int, end: int, parts: list[str], mark: str) -> None:
        if self.text[start:end].strip():
            raise RefusedError("words that went where a paragraph was split; make two changes of it")
        super()._split(start, end, parts, mark)

    def _join_blocks(self, start: int, end: int, new: str) -> None:
        low, _ = self.line(start, start)
        _, high = self.line(end, end)
        if low != start and end != high and self.text[start:end].strip():
            raise RefusedError("words that went where paragraphs were joined; make two changes of it")
        super()._join_blocks(start, end, new)


class CorrectingSource(_Correcting, SourceCarrier):
    """Records changes of the source view."""

    def carry(self, start: int, end: int, new: str) -> None:
        """Record a change; the lines of the source stay as they are."""
        old = self.text[start:end]
        beside = beside_correction(self, start, end, new)
        if beside is not None and beside.new.split() == beside.correction.split():
            self.notes.append("it is corrected like this already")
            return
        if not (old + new).strip() and "\n" in old + new:
            self._lines(start, end, new)
        elif "\n" not in old + new:
            low = self.text.rfind("\n", 0, start) + 1
            high = self.text.find("\n", end)
            self.correct(start, end, new, low, high if high >= 0 else len(self.text))
        elif old.strip() and new.strip() and old.count("\n") == new.count("\n"):
            at = start
            for one, other in zip(old.split("\n"), new.split("\n"), strict=True):
                if one != other:
                    self.carry(at, at + len(one), other)
                at += len(one) + 1
        elif not old.strip():
            self._supply_lines(start, end, new)
        else:
            self.correct(start, end, new, start, end)

    def _lines(self, start: int, end: int, new: str) -> None:
        """Lines were split or joined: the source has its own, but paragraphs begin and end with markup."""
        text = self.text
        if not start or end >= len(text):
            self.notes.append("the source keeps its lines")
            return
        low, high = start - 1, end
        while low > 0 and text[low].isspace():
            low -= 1
        while high < len(text) - 1 and text[high].isspace():
            high += 1
        blank = f"{text[low + 1 : start]}{new}{text[end:high]}"
        parted = text[low + 1 : high].count("\n") > 1
        one, other = self.block_at(low), self.block_at(high)
        if not blank:
            self.correct(start, end, new, text.rfind("\n", 0, low) + 1, _line_end(text, high))
        elif parted == (blank.count("\n") > 1) or (parted and one == other):
            self.notes.append("the source keeps its lines")
        elif parted:
            self.join_paragraphs(low, high)
        elif one is None or one != other or self.name(one) not in SPLIT_BY_LINES:
            self.notes.append("the source keeps its lines")
        else:
            self._split_between(low, high, one)

    def _split_between(self, low: int, high: int, block: int) -> None:
        first, second = self.end(low), self.start(high)
        if first is None or second is None or first > second:
            raise RefusedError("what stands on both sides lies at different places of the file")
        points = [point for point in self.points(first, second) if block in self.markup.ancestors(point[1])]
        self.split(min(points, key=lambda point: self.depth(point[1]))[0], block, [])

    def _supply_lines(self, start: int, end: int, new: str) -> None:
        text = self.text
        low, high = start - 1, end
        while low >= 0 and text[low].isspace():
            low -= 1
        while high < len(text) and text[high].isspace():
            high += 1
        lead, trail = (
            text[low + 1 : start] + new[: len(new) - len(new.lstrip())],
            new[len(new.rstrip()) :] + text[end:high],
        )
        parts = [_BLANKS.sub(" ", part) for part in re.split(r"\n\s*\n", new.strip())]
        one = self.block_at(low) if low >= 0 else None
        other = self.block_at(high) if high < len(text) else None
        if lead.count("\n") > 1 and trail.count("\n") > 1 and one != other:
            block, after = (one, True) if one is not None else (other, False)
            if block is None:
                raise RefusedError("there is no paragraph beside it")
            self.new_blocks(
                [self.supplied(part, self.markup.inside(block)[0]) for part in parts], block, after=after
            )
            return
        words = " ".join(parts)
        if low >= 0 and (lead.count("\n") <= 1 or high >= len(text)):
            place = self.end(low)
            words = f" {words}"
        else:
            place = self.start(high) if high < len(text) else None
            words = f"{words} "
        if place is None:
            raise RefusedError("it has no place in the file")
        self.put(place, self.supplied(words, place), raw=True)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
