"""What a person changed in a text view: the stretches that differ, laid so that they mean something.

Of two ways to say what was inserted or taken out, one begins where a line or a word begins and ends where
it ends.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from tei.diff.texts import Edit, align, align_items

_LINE_END: Final = re.compile(r"\r\n?")
_TRAILING: Final = re.compile(r"[ \t]+(?=\n|\Z)")
_SPACES: Final = re.compile(r" {2,}|(?<=\n) +")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_SPACE: Final = re.compile(r"\s")
_FARTHEST: Final = 1000
# A passage with so many edits, no more than so many characters apart, may have been written anew.
_MANY: Final = 4
_NEAR: Final = 12
# Fewer characters that went and came are no sign of something moved.
_MOVED: Final = 5


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A text without spaces at line ends and without line ends at its end, and where its characters stood."""

    text: str
    places: array[int] | None  # ``None``: each where it stands

    def place(self, at: int) -> int:
        """The place of a character in the text as it was."""
        return at if self.places is None else self.places[at]

    def index(self, place: int) -> int:
        """The character here that stood at ``place``, or the first behind it."""
        return place if self.places is None else bisect_left(self.places, place)


def trimmed(text: str) -> Trimmed:
    """``text`` without what an editing program may strip off or add."""
    whole = text.rstrip("\n \t") if text.strip("\n \t") else ""
    if not _TRAILING.search(whole):
        return Trimmed(whole, None)
    places = array("q")
    pieces = []
    at = 0
    for match in _TRAILING.finditer(whole):
        pieces.append(whole[at : match.start()])
        places.extend(range(at, match.start()))
        at = match.end()
    pieces.append(whole[at:])
    places.extend(range(at, len(whole)))
    return Trimmed("".join(pieces), places)


def normal(edited: str, view: str, *, folded: bool) -> str:
    """``edited`` with the line ends of ``view``, trimmed; where ``folded``, with no runs of blanks."""
    if "\r" not in view:
        edited = _LINE_END.sub("\n", edited)
    elif "\r\n" not in view:
        edited = edited.replace("\r\n", "\n")
    text = trimmed(edited.removeprefix("\ufeff") if not view.startswith("\ufeff") else edited).text
    if not folded:
        return text
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(lambda run: "" if _at_line(text, run) else " ", text)).lstrip(
        "\n "
    )


def _at_line(text: str, run: re.Match[str]) -> bool:
    return run.start() > 0 and text[run.start() - 1] == "\n"


def hunks(old: str, new: str) -> list[Edit]:
    """The edits that make ``new`` of ``old``, each where it best fits the lines and words.

    Lines come first: a line that is elsewhere now is not taken for another that has a few words in common
    with it.
    """
    edits = _joined(_by_lines(old, new))
    found: list[Edit] = []
    for at, edit in enumerate(edits):
        low = found[-1].end_old + 1 if found else 0
        high = edits[at + 1].start_old - 1 if at + 1 < len(edits) else len(old)
        found.append(_best(old, new, edit, low, high))
    return found


def moves(old: str, new: str, edits: list[Edit]) -> dict[int, int]:
    """Which lines that went here came there: the numbers of both edits, each with that of the other."""
    gone: dict[str, list[int]] = {}
    come: dict[str, list[int]] = {}
    for number, edit in enumerate(edits):
        one, other = old[edit.start_old : edit.end_old], new[edit.start_new : edit.end_new]
        if (one and other) or "\n" not in one + other:
            continue
        words = (one or other).strip()
        if len(words) >= _MOVED:
            (gone if one else come).setdefault(words, []).append(number)
    found: dict[int, int] = {}
    for words, numbers in gone.items():
        if len(numbers) == 1 and len(come.get(words, ())) == 1:
            found[numbers[0]], found[come[words][0]] = come[words][0], numbers[0]
    return found


def by_words(old: str, edits: list[Edit]) -> list[Edit]:
    """``edits`` with those put together that change one word."""
    found: list[Edit] = []
    for edit in edits:
        last = found[-1] if found else None
        if last and not _SPACE.search(old, last.end_old, edit.start_old):
            found[-1] = Edit(last.start_old, edit.end_old, last.start_new, edit.end_new)
        else:
            found.append(edit)
    return found


def _by_lines(old: str, new: str) -> list[Edit]:
    # With a line end of its own at its end, the last line is like any other.
    old_lines, new_lines = _lines(old), _lines(new)
    old_places = [0, *accumulate(map(len, old_lines))]
    new_places = [0, *accumulate(map(len, new_lines))]
    found: list[Edit] = []
    for edit in align_items(old_lines, new_lines):
        bounds = Edit(
            old_places[edit.start_old],
            old_places[edit.end_old],
            new_places[edit.start_new],
            new_places[edit.end_new],
        )
        found += _within(old, new, _bounded(old, new, bounds))
    return found


def _lines(text: str) -> list[str]:
    """The lines with their ends; the last one has an end, too."""
    return [f"{line}\n" for line in text.split("\n")]


def _bounded(old: str, new: str, edit: Edit) -> Edit:
    """An edit within the two texts, which lack the end of the last line: it stands before the line then."""
    over_old, over_new = edit.end_old - len(old), edit.end_new - len(new)
    if over_old <= 0 and over_new <= 0:
        return edit
    if edit.start_old < edit.end_old and edit.start_new < edit.end_new:
        return Edit(edit.start_old, min(edit.end_old, len(old)), edit.start_new, min(edit.end_new, len(new)))
    return Edit(
        min(edit.start_old, len(old) + 1) - 1,
        edit.end_old - 1,
        min(edit.start_new, len(new) + 1) - 1,
        edit.end_new - 1,
    )


def _within(old: str, new: str, edit: Edit) -> list[Edit]:
    """What changed within lines that are not the same."""
    one, other = old[edit.start_old : edit.end_old], new[edit.start_new : edit.end_new]
    if not one or not other:
        return [edit]
    finer = align(one, other)
    kept = len(one) - sum(part.end_old - part.start_old for part in finer)
    if 2 * kept < min(len(one.strip()), len(other.strip())):
        return _lines_anew(one, other, edit)
    shifted = [
        Edit(
            part.start_old + edit.start_old,
            part.end_old + edit.start_old,
            part.start_new + edit.start_new,
            part.end_new + edit.start_new,
        )
        for part in finer
    ]
    return _without_chance(old, shifted)


def _lines_anew(one: str, other: str, edit: Edit) -> list[Edit]:
    """Lines instead of others: one for one if they are as many, else as a whole."""
    old_lines, new_lines = one.split("\n"), other.split("\n")
    if len(old_lines) != len(new_lines):
        return [edit]
    found = []
    at, new_at = edit.start_old, edit.start_new
    for line, replaced in zip(old_lines, new_lines, strict=True):
        if line != replaced:
            found.append(Edit(at, at + len(line), new_at, new_at + len(replaced)))
        at, new_at = at + len(line) + 1, new_at + len(replaced) + 1
    return found


def _without_chance(old: str, edits: list[Edit]) -> list[Edit]:
    """Where hardly a word of a passage is left, the few that both have are there by chance: one edit."""
    found: list[Edit] = []
    run: list[Edit] = []
    for edit in edits:
        if run and (
            edit.start_old - run[-1].end_old > _NEAR or "\n" in old[run[-1].end_old : edit.start_old]
        ):
            found += _one_if_chance(run)
            run = []
        run.append(edit)
    return found + _one_if_chance(run)


def _one_if_chance(run: list[Edit]) -> list[Edit]:
    if len(run) < _MANY:
        return run
    first, last = run[0], run[-1]
    changed = sum(max(edit.end_old - edit.start_old, edit.end_new - edit.start_new) for edit in run)
    kept = last.end_old - first.start_old - sum(edit.end_old - edit.start_old for edit in run)
    if changed < 2 * kept:
        return run
    return [Edit(first.start_old, last.end_old, first.start_new, last.end_new)]


def _joined(edits: list[Edit]) -> list[Edit]:
    found: list[Edit] = []
    for edit in edits:
        if found and found[-1].end_old >= edit.start_old:
            last = found.pop()
            found.append(Edit(last.start_old, edit.end_old, last.start_new, edit.end_new))
        else:
            found.append(edit)
    return found


def _best(old: str, new: str, edit: Edit, low: int, high: int) -> Edit:
    """A pure insertion or deletion, moved to and fro by characters that are alike, where it fits best."""
    if edit.start_old < edit.end_old and edit.start_new < edit.end_new:
        return edit
    inserted = edit.start_old == edit.end_old
    text, start, end = (
        (new, edit.start_new, edit.end_new) if inserted else (old, edit.start_old, edit.end_old)
    )
    left = min(_FARTHEST, edit.start_old - low)
    right = min(_FARTHEST, high - edit.end_old)
    best, shift = _score(text, start, end), 0
    at = 0
    while -at < left and text[start + at - 1] == text[end + at - 1]:
        at -= 1
        score = _score(text, start + at, end + at)
        if score > best:
            best, shift = score, at
    at = 0
    while at < right and end + at < len(text) and text[start + at] == text[end + at]:
        at += 1
        score = _score(text, start + at, end + at)
        if score > best:
            best, shift = score, at
    return Edit(edit.start_old + shift, edit.end_old + shift, edit.start_new + shift, edit.end_new + shift)


def _score(text: str, start: int, end: int) -> int:
    """How well ``text[start:end]`` can be taken for something inserted or taken out as a whole."""
    at_line = start == 0 or text[start - 1] == "\n"
    to_line = end == len(text) or text[end] == "\n"
    piece = text[start:end]
    if at_line and piece.endswith("\n\n"):
        return 7
    if to_line and piece.startswith("\n\n"):
        return 6
    if at_line and piece.endswith("\n") and not piece.startswith("\n"):
        return 5
    if to_line and piece.startswith("\n") and not piece.endswith("\n"):
        return 4
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if piece.endswith(" ") and before.isspace():
        return 3
    if piece.startswith(" ") and not after.isalnum():
        return 2
    return int(not (before.isalnum() and piece[0].isalnum())) if after.isalnum() or piece[-1].isalnum() else 0
