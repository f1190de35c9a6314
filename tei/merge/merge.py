"""Merge an edited text view into the TEI file that it was made of.

The views know of each character where in the file it stands (:mod:`tei.merge.places`). What differs between
the view and the edited text (:mod:`tei.merge.hunks`) becomes changes of the file's own characters, so that
everything else stays as it is, byte for byte. Then the view of the result is made and compared with the
edited text: a change that did not come out as it was meant is refused, and the work is done again without
it.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from lxml import etree

from tei.diff.texts import Edit, align
from tei.errors import MergeError, ParseError, SourceError
from tei.merge.blocks import BlockCarrier
from tei.merge.carrier import NotWholeError, RefusedError
from tei.merge.changes import Change
from tei.merge.corrections import CorrectingReading, CorrectingSource, Correction
from tei.merge.detect import edited_text, view_of
from tei.merge.emptied import drop_emptied
from tei.merge.hunks import Trimmed, by_words, hunks, moves, normal, trimmed
from tei.merge.markup import Markup
from tei.merge.places import Placed, View, placed_reading, placed_source
from tei.merge.reading import ReadingCarrier
from tei.merge.shape import is_valid, made_anew
from tei.merge.source import SourceCarrier
from tei.parse import parse_bytes
from tei.validation import check_pointers, validate_tree
from tei.views import reading_text, source_text
from tei.views.texts import check_is_tei

_ROUNDS: Final = 12
_VIEWS: Final[dict[View, Callable[[etree._Element], str]]] = {"source": source_text, "reading": reading_text}
_NOT_SO: Final = (
    "carried into the file, it does not come out like this: what makes the view stands in the way"
)


@dataclass
class Merged:
    """The file's bytes with all ``changes`` that are not refused; ``view`` is that of the edited text."""

    xml: bytes
    view: View
    changes: list[Change] = field(default_factory=list)

    @property
    def refused(self) -> list[Change]:
        """The changes that are not in the file."""
        return [change for change in self.changes if change.refused is not None]


def merge(
    base: bytes,
    edited: bytes,
    *,
    path: str | Path = "base",
    edited_path: str | Path = "edited",
    view: View | None = None,
    correction: Correction | None = None,
) -> Merged:
    """Carry the changes in ``edited``, a text view of the TEI file ``base``, into the file.

    ``path`` and ``edited_path`` are the files' names in messages; ``view`` the one that the text was made
    from, found out where it is ``None``. With ``correction`` the changes are recorded as an editor's, and
    the source view stays as it is. A valid file stays valid.

    :raises ParseError, LimitError: the file is not well-formed, not safe, not TEI.
    :raises SourceError: the edited file is no text.
    :raises MergeError: the edited text was made from no view of the file.
    """
    try:
        return _Merge(base, edited, path, view, correction).run()
    except (MergeError, SourceError) as error:
        error.path = error.path or str(edited_path)
        raise


@dataclass
class _Attempt:
    data: bytes
    root: etree._Element
    notes: dict[int, list[str]]


class _Merge:
    def __init__(
        self, base: bytes, edited: bytes, path: str | Path, view: View | None, correction: Correction | None
    ) -> None:
        self.base = base
        self.path = path
        self.correction = correction
        tree = parse_bytes(base, path)
        self.root = tree.getroot()
        check_is_tei(self.root)
        self.codec = _codec(base)
        self.markup = Markup(base.decode(self.codec), self.root)
        if correction is not None and correction.resp and correction.resp[1:] not in self.markup.ids:
            raise MergeError(
                f"nobody in the file has the id of {correction.resp}",
                path=path,
                hint="name the xml:id of a respStmt, person or editor in the header",
            )
        text = edited_text(edited, self.root)
        self.view = view or view_of(text, {name: make(self.root) for name, make in _VIEWS.items()})
        make = placed_source if self.view == "source" else placed_reading
        self.placed: Placed = make(self.root, self.markup)
        self.old: Trimmed = trimmed(self.placed.text)
        self.new = normal(text, self.placed.text, folded=self.view == "reading")
        found = hunks(self.old.text, self.new)
        self.hunks = found if correction is None else by_words(self.old.text, found)
        self.moves = moves(self.old.text, self.new, self.hunks)
        self.unmoved: set[int] = set()
        self.refused: dict[int, str] = {}

    def run(self) -> Merged:
        if not self.hunks:
            return Merged(self.base, self.view)
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
        return Merged(attempt.data, self.view, self._changes(attempt))

    # One attempt

    def _carrier(self) -> BlockCarrier:
        if self.correction is None:
            kind = SourceCarrier if self.view == "source" else ReadingCarrier
            return kind(self.markup, self.placed, self.old)
        correcting = CorrectingSource if self.view == "source" else CorrectingReading
        carrier = correcting(self.markup, self.placed, self.old)
        carrier.correction = self.correction
        return carrier

    def _attempt(self, only: frozenset[int] | None = None) -> _Attempt:
        carrier = self._carrier()
        assert isinstance(carrier, SourceCarrier | ReadingCarrier)
        notes: dict[int, list[str]] = {}
        moved = self.moves if self.correction is None else {}
        for number, hunk in enumerate(self.hunks):
            if number in self.refused or (only is not None and number not in only):
                continue
            carrier.notes = notes[number] = []
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
                carrier.notes.append("moved as words only, without its markup")
        if self.correction is None:
            drop_emptied(carrier)
        data = carrier.splices.applied(self.markup.raw).encode(self.codec, "xmlcharrefreplace")
        return _Attempt(data, parse_bytes(data, self.path).getroot(), notes)

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

    def _until_true(self, attempt: Callable[[], _Attempt]) -> _Attempt:
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

    def _expected(self) -> tuple[str, list[Edit]]:
        """The edited text without what is refused, and where in it each change lies."""
        pieces: list[str] = []
        places: list[Edit] = []
        at = length = 0
        for number, hunk in enumerate(self.hunks):
            kept = self.old.text[at : hunk.start_old]
            length += len(kept)
            refused = number in self.refused
            new = (
                self.old.text[hunk.start_old : hunk.end_old]
                if refused
                else self.new[hunk.start_new : hunk.end_new]
            )
            pieces += kept, new
            places.append(Edit(hunk.start_old, hunk.end_old, length, length + len(new)))
            length += len(new)
            at = hunk.end_old
        pieces.append(self.old.text[at:])
        return "".join(pieces), places

    def _wrong(self, made: _Attempt) -> list[int]:
        """The numbers of the changes that did not come out as they were meant."""
        expected, places = self._expected()
        try:
            if self.correction is not None:
                if (
                    difference := align(source_text(self.root), source_text(made.root))
                ) and self.view == "source":
                    return self._near(difference, [Edit(*hunk) for hunk in self.hunks])
                if difference:
                    return self._open()
                if self.view == "source":
                    return []
            got = normal(_VIEWS[self.view](made.root), self.placed.text, folded=self.view == "reading")
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

    def _near(self, differences: Sequence[Edit], places: Sequence[Edit], *, new: bool = False) -> list[int]:
        """The changes nearest to where something came out wrong."""
        open_ones = self._open()
        starts = [places[number].start_new if new else places[number].start_old for number in open_ones]
        found: set[int] = set()
        for difference in differences:
            at = bisect_right(starts, difference.start_old)
            near = open_ones[max(0, at - 1) : at + 1]

            if near:
                found.add(min((_distance(places[number], difference, new=new), number) for number in near)[1])
        return sorted(found)

    # Is it valid?

    def _judge(self, made: _Attempt) -> str | None:
        """Why the result may not be written, if so."""
        if self.was_valid:
            errors = [
                one for one in validate_tree(made.root.getroottree(), self.path) if one.severity == "error"
            ]
            return errors[0].message if errors else None
        # Most TEI by other hands is not valid by the project's schema: nothing new may stand in it.
        new = made_anew(self.root, made.root)
        if new is not None:
            return new
        known = {problem.message for problem in check_pointers(self.root.getroottree(), str(self.path))}
        lost = [
            one for one in check_pointers(made.root.getroottree(), str(self.path)) if one.message not in known
        ]
        return lost[0].message if lost else None

    @cached_property
    def was_valid(self) -> bool:
        """Whether the file is valid as it is."""
        return is_valid(self.root.getroottree())

    def _find_invalid(self, numbers: Sequence[int]) -> None:
        """Refuse the changes that make the file invalid, found by halves."""
        numbers = [number for number in numbers if number not in self.refused]
        if not numbers:
            return
        reason = self._judge(self._attempt(frozenset(numbers)))
        if reason is None:
            return
        if len(numbers) == 1:
            self.refused[numbers[0]] = f"the file would not be valid: {reason}"
            return
        half = len(numbers) // 2
        self._find_invalid(numbers[:half])
        self._find_invalid(numbers[half:])

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

    # The report

    def _changes(self, made: _Attempt) -> list[Change]:
        found = []
        line, at, line_start = 1, 0, 0
        for number, hunk in enumerate(self.hunks):
            line += self.new.count("\n", at, hunk.start_new)
            line_start = self.new.rfind("\n", 0, hunk.start_new) + 1
            at = hunk.start_new
            notes = made.notes.get(number, [])
            found.append(
                Change(
                    line,
                    hunk.start_new - line_start + 1,
                    self._base_line(hunk),
                    self.old.text[hunk.start_old : hunk.end_old],
                    self.new[hunk.start_new : hunk.end_new],
                    self.refused.get(number),
                    "; ".join(notes) or None,
                )
            )
        return found

    def _base_line(self, hunk: Edit) -> int | None:
        for at in range(min(hunk.start_old, len(self.old.text) - 1), -1, -1):
            place = self.placed.starts[self.old.place(at)]
            if place >= 0:
                return self.markup.raw.count("\n", 0, place) + 1
        return None


def _distance(place: Edit, difference: Edit, *, new: bool) -> int:
    low, high = (place.start_new, place.end_new) if new else (place.start_old, place.end_old)
    return max(low - difference.end_old, difference.start_old - high, 0)


def _codec(data: bytes) -> str:
    """How the file's bytes are to be read and written again; a byte order mark is a character here."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\x00")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\x00<")):
        return "utf-16-be"
    declared = data[:100].lower()
    return "ascii" if b"ascii" in declared.partition(b"?>")[0] else "utf-8"
