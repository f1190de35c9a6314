"""Changes carried into a file, looked at, and carried again without those that did not come out right.

The view of the result is made and compared with the edited text, and the result is validated: a change that
fails is refused, and the work is done again without it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from tei.diff.hunks import Trimmed, by_words, hunks, moves, normal, trimmed
from tei.diff.texts import Edit, align
from tei.errors import MergeError, ParseError
from tei.markup import Markup
from tei.merge.blocks import BlockCarrier
from tei.merge.carrier import NotWholeError, RefusedError
from tei.merge.corrections import CorrectingReading, CorrectingSource, Correction
from tei.merge.emptied import drop_emptied
from tei.merge.notes import notes_taken_out, reading_without
from tei.merge.reading import ReadingCarrier
from tei.merge.shape import Judge
from tei.merge.source import SourceCarrier
from tei.parse import parse_bytes
from tei.views import reading_text, source_text
from tei.views.placed import Placed, View

_ROUNDS: Final = 12
VIEWS: Final[dict[View, Callable[[etree._Element], str]]] = {"source": source_text, "reading": reading_text}
"""What makes each view of a document."""
_NOT_SO: Final = (
    "carried into the file, it does not come out like this: what makes the view stands in the way"
)
_HALF: Final = "it was moved, and what was done at the other end of the move is refused"
#: Where a change lies, and its number.
_Placing = tuple[Edit, int]


@dataclass
class Attempt:
    """A result: the file's bytes and its root; what there is to say of each change, by its number.

    ``gone``: the numbers of the notes that went, each with that of the change that took it out.
    """

    data: bytes
    root: etree._Element
    notes: dict[int, list[str]]
    gone: dict[int, int] = field(default_factory=dict)


class Attempts:
    """The merge of an edited text into the file that ``placed`` is a view of; ``codec`` is that of the file.

    ``hunks`` are the changes, ``refused`` says of those that cannot be placed why.
    """

    def __init__(
        self,
        markup: Markup,
        codec: str,
        placed: Placed,
        view: View,
        text: str,
        path: str,
        correction: Correction | None,
    ) -> None:
        self.markup = markup
        self.codec = codec
        self.placed = placed
        self.view: View = view
        self.path = path
        self.correction = correction
        self.root = markup.elements[0].node
        self.old: Trimmed = trimmed(placed.text)
        self.new = normal(text, placed.text, folded=view == "reading")
        found = hunks(self.old.text, self.new)
        self.hunks = found if correction is None else by_words(self.old.text, found)
        self.moves = moves(self.old.text, self.new, self.hunks)
        self.unmoved: set[int] = set()
        self.other_side: set[int] = set()
        self.refused: dict[int, str] = {}

    def run(self) -> Attempt:
        """The result: all changes that could be placed.

        :raises MergeError: it cannot be told which of the changes are at fault.
        """
        attempt = self._until_true(self._attempt)
        if self._judge(attempt):
            for number, partner in self.moves.items():
                if number < partner and self._judge(self._attempt(frozenset({number, partner}))):
                    self.unmoved |= {number, partner}
            self._find_invalid(range(len(self.hunks)))
            attempt = self._until_true(self._attempt)
            while (reason := self._judge(attempt)) is not None:
                self._refuse_first_invalid(reason)
                attempt = self._until_true(self._attempt)
        return attempt

    # One attempt

    def _carrier(self) -> BlockCarrier:
        if self.correction is None:
            kind = SourceCarrier if self.view == "source" else ReadingCarrier
            return kind(self.markup, self.placed, self.old)
        correcting = CorrectingSource if self.view == "source" else CorrectingReading
        carrier = correcting(self.markup, self.placed, self.old)
        carrier.correction = self.correction
        return carrier

    def _attempt(self, only: frozenset[int] | None = None) -> Attempt:
        carrier = self._carrier()
        assert isinstance(carrier, SourceCarrier | ReadingCarrier)
        gone: dict[int, int] = {}
        if isinstance(carrier, ReadingCarrier) and self.correction is None:
            edits = {number: self.hunks[number] for number in self._open()}
            carrier.gone = gone = notes_taken_out(carrier, edits, self.new)
        notes: dict[int, list[str]] = {}
        moved = self.moves if self.correction is None else {}
        for number, hunk in enumerate(self.hunks):
            if number in self.refused or (only is not None and number not in only):
                continue
            carrier.notes = notes[number] = []
            carrier.other_side = number in self.other_side
            partner = moved.get(number)
            there = partner is not None and partner not in self.refused and (only is None or partner in only)
            if partner is not None and there and number not in self.unmoved:
                if hunk.start_old < hunk.end_old or self._move(carrier, number, partner):
                    continue
                return self._attempt(only)
            before = carrier.splices.mark()
            try:
                carrier.carry(hunk.start_old, hunk.end_old, self.new[hunk.start_new : hunk.end_new])
            except RefusedError as reason:
                self.refused[number] = str(reason)
                carrier.splices.back(before)
                if partner is not None:
                    self.refused.setdefault(partner, _HALF)  # else the words would stand twice, or nowhere
                if partner is not None or number in gone.values():
                    return self._attempt(only)
            if partner is not None:
                carrier.notes.append("moved as words only, without its markup")
        if self.correction is None:
            drop_emptied(carrier)
        data = carrier.splices.applied(self.markup.raw).encode(self.codec, "xmlcharrefreplace")
        return Attempt(data, parse_bytes(data, self.path).getroot(), notes, gone)

    def _move(self, carrier: SourceCarrier | ReadingCarrier, number: int, partner: int) -> bool:
        """Move what went at ``partner`` and came at ``number``; whether it could be done."""
        old, new = self.hunks[partner], self.hunks[number]
        before = carrier.splices.mark()
        try:
            carrier.move(old.start_old, old.end_old, new.start_old, self.new[new.start_new : new.end_new])
        except NotWholeError:
            self.unmoved |= {number, partner}
        except RefusedError as reason:
            self.refused.update(dict.fromkeys((number, partner), str(reason)))
        else:
            carrier.notes.append("moved with its markup")
            return True
        carrier.splices.back(before)
        return False

    def _until_true(self, attempt: Callable[[], Attempt]) -> Attempt:
        """Attempts until what comes out is what is meant; each leaves out what did not come out."""
        for _ in range(_ROUNDS):
            try:
                made = attempt()
            except ParseError:
                # Tags that cross: no change is known to be guilty, so each is tried alone.
                if not self._find_guilty():
                    raise
                continue
            wrong = self._wrong(made)
            if not wrong:
                return made
            for number in wrong:
                if number in self.moves and number not in self.unmoved and self.correction is None:
                    self.unmoved |= {number, self.moves[number]}
                else:
                    self.refused[number] = _NOT_SO
        raise MergeError(
            "the changes cannot be told apart", path=self.path, hint="merge fewer of them at once"
        )

    def _find_guilty(self) -> bool:
        before = len(self.refused)
        for number in range(len(self.hunks)):
            if number in self.refused:
                continue
            try:
                self._attempt(frozenset({number}))
            except ParseError:
                self.refused[number] = _NOT_SO
        return len(self.refused) > before

    # Is it what is meant?

    def _expected(self, gone: dict[int, int]) -> tuple[str, list[_Placing]]:
        """The edited text without what is refused, and where in it each change lies.

        Of the notes that are ``gone`` the marks are, too.
        """
        meant = [
            (hunk.start_old, hunk.end_old, self.new[hunk.start_new : hunk.end_new], number)
            for number, hunk in enumerate(self.hunks)
            if number not in self.refused
        ]
        changed = list(meant)
        for note, number in gone.items():
            for mark in self.placed.marks.get(note, ()):
                start, end = self.old.index(mark.start), self.old.index(mark.end)
                if not any(low <= start and end <= high for low, high, *_ in changed):
                    meant.append((start, end, "", number))
        pieces: list[str] = []
        places: list[_Placing] = []
        at = length = 0
        for start, end, new, number in sorted(meant):
            length += start - at
            pieces += self.old.text[at:start], new
            places.append((Edit(start, end, length, length + len(new)), number))
            length += len(new)
            at = end
        pieces.append(self.old.text[at:])
        return "".join(pieces), places

    def _wrong(self, made: Attempt) -> list[int]:
        """The numbers of the changes that did not come out as they were meant."""
        expected, places = self._expected(made.gone)
        try:
            if self.correction is not None:
                if (
                    difference := align(source_text(self.root), source_text(made.root))
                ) and self.view == "source":
                    return self._near(difference, [(self.hunks[number], number) for number in self._open()])
                if difference:
                    return self._open()
                if self.view == "source":
                    return []
            text = reading_without(made.root, made.gone) if made.gone else VIEWS[self.view](made.root)
            got = normal(text, self.placed.text, folded=self.view == "reading")
        except ParseError:
            return self._open()
        if got == normal(expected, self.placed.text, folded=self.view == "reading"):
            return []
        return self._near(
            [Edit(e.start_new, e.end_new, e.start_old, e.end_old) for e in align(got, expected)],
            places,
            new=True,
        )

    def _open(self) -> list[int]:
        return [number for number in range(len(self.hunks)) if number not in self.refused]

    def _near(
        self, differences: Sequence[Edit], places: Sequence[_Placing], *, new: bool = False
    ) -> list[int]:
        """The changes nearest to where something came out wrong."""
        starts = [place.start_new if new else place.start_old for place, _ in places]
        found: set[int] = set()
        for difference in differences:
            at = bisect_right(starts, difference.start_old)
            near = places[max(0, at - 1) : at + 1]
            if near:
                found.add(min((_distance(place, difference, new=new), number) for place, number in near)[1])
        return sorted(found)

    # Is it valid?

    def _judge(self, made: Attempt) -> str | None:
        """Why the result may not be written, if so."""
        return self.judge.fault(made.root.getroottree())

    @cached_property
    def judge(self) -> Judge:
        """Says whether a result is as sound as the file."""
        return Judge(self.root.getroottree(), self.path)

    def _find_invalid(self, numbers: Sequence[int]) -> None:
        """Refuse the changes that make the file invalid, found by halves."""
        numbers = [number for number in numbers if number not in self.refused]
        if not numbers:
            return
        reason = self._judge(self._attempt(frozenset(numbers)))
        if reason is None:
            return
        if len(numbers) == 1:
            if self._inserts_block(numbers[0]) and numbers[0] not in self.other_side:
                self.other_side.add(numbers[0])
                self._find_invalid(numbers)
                return
            self.refused[numbers[0]] = f"the file would not be valid: {reason}"
            return
        half = len(numbers) // 2
        self._find_invalid(numbers[:half])
        self._find_invalid(numbers[half:])

    def _inserts_block(self, number: int) -> bool:
        hunk = self.hunks[number]
        return hunk.start_old == hunk.end_old and "\n" in self.new[hunk.start_new : hunk.end_new]

    def _refuse_first_invalid(self, reason: str) -> None:
        """Refuse the first change that, together with those before it, makes the file invalid."""
        numbers = self._open()
        low, high = 0, len(numbers)
        while low + 1 < high:
            middle = (low + high) // 2
            if self._judge(self._attempt(frozenset(numbers[:middle]))) is None:
                low = middle
            else:
                high = middle
        if not numbers:
            raise MergeError(f"the result is not valid: {reason}", path=self.path)
        self.refused[numbers[high - 1]] = f"the file would not be valid: {reason}"


def _distance(place: Edit, difference: Edit, *, new: bool) -> int:
    low, high = (place.start_new, place.end_new) if new else (place.start_old, place.end_old)
    return max(low - difference.end_old, difference.start_old - high, 0)
