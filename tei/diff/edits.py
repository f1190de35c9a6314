"""The edits of a text as a reader sees them: what means nothing left out, what belongs together as one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tei.diff.model import Change, What
from tei.diff.read import Document
from tei.diff.texts import Edit

#: Words shown around a change, in characters; how far a change is widened to whole words.
AROUND: Final = 30
_WIDEN: Final = 40
#: A stretch of this length that was deleted here and inserted there was moved.
_MOVED: Final = 20

_WORD: Final = re.compile(r"\w")


def is_space_between_blocks(old: Document, new: Document, edit: Edit) -> bool:
    """Whether an edit changed nothing but white space that means nothing: at the edge of a block."""
    return (
        not old.text[edit.start_old : edit.end_old].strip()
        and not new.text[edit.start_new : edit.end_new].strip()
        and (old.is_edge(edit.start_old, edit.end_old) or new.is_edge(edit.start_new, edit.end_new))
    )


@dataclass(slots=True)
class TextChange:
    """Edits that a reader sees as one change: which (``first`` to ``last``) and the stretches they span."""

    first: int
    last: int
    stretch: Edit
    origin: TextChange | None = None  # the deletion that it makes a move of


def text_changes(old: Document, new: Document, edits: Sequence[Edit]) -> list[TextChange]:
    """The edits that mean something, put together where a reader sees one change."""
    found: list[TextChange] = []
    for number, edit in enumerate(edits):
        if is_space_between_blocks(old, new, edit):
            continue
        last = found[-1] if found else None
        if last is not None and last.last == number - 1 and _belong(old.text, last.stretch, edit):
            found[-1] = TextChange(
                last.first,
                number,
                Edit(last.stretch.start_old, edit.end_old, last.stretch.start_new, edit.end_new),
            )
        else:
            found.append(TextChange(number, number, edit))
    return _moves(old, new, found)


def _belong(text: str, one: Edit, other: Edit) -> bool:
    gap = other.start_old - one.end_old
    if gap > 200:
        return False
    between = text[one.end_old : other.start_old]
    size = min(max(edit.end_old - edit.start_old, edit.end_new - edit.start_new) for edit in (one, other))
    return gap <= size or not re.search(r"\s", between) or not _WORD.search(between)


def _moves(old: Document, new: Document, found: list[TextChange]) -> list[TextChange]:
    """Take what was deleted in one place and inserted in another for one change."""
    deleted: dict[str, list[TextChange]] = defaultdict(list)
    for change in found:
        stretch = change.stretch
        if stretch.start_new == stretch.end_new and stretch.end_old - stretch.start_old >= _MOVED:
            deleted[old.text[stretch.start_old : stretch.end_old].strip()].append(change)
    gone: set[int] = set()
    for change in found:
        stretch = change.stretch
        if deleted and stretch.start_old == stretch.end_old and stretch.end_new - stretch.start_new >= _MOVED:
            origins = deleted.get(new.text[stretch.start_new : stretch.end_new].strip())
            if origins:
                origin = origins.pop(0)
                change.origin = origin
                gone.add(id(origin))
    return [change for change in found if id(change) not in gone]


def describe(old: Document, new: Document, change: TextChange, along: dict[str, int]) -> Change:
    """A change of the text as data, widened to whole words."""
    edit = change.stretch
    if change.origin is not None:
        origin = change.origin.stretch
        return Change(
            "text",
            "moved",
            old.line_of(origin.start_old),
            new.line_of(edit.start_new),
            new.page_of(edit.start_new),
            old=old.text[origin.start_old : origin.end_old],
            new=new.text[edit.start_new : edit.end_new],
            before=before(new.text, edit.start_new),
            after=after(new.text, edit.end_new),
            along=along,
        )
    edit = _widened(old.text, new.text, edit)
    what: What = "replaced"
    if edit.start_old == edit.end_old:
        what = "inserted"
    elif edit.start_new == edit.end_new:
        what = "deleted"
    return Change(
        "text",
        what,
        old.line_of(edit.start_old),
        new.line_of(edit.start_new),
        old.page_of(edit.start_old) if what == "deleted" else new.page_of(edit.start_new),
        old=old.text[edit.start_old : edit.end_old],
        new=new.text[edit.start_new : edit.end_new],
        before=before(new.text, edit.start_new),
        after=after(new.text, edit.end_new),
        along=along,
    )


def _widened(old: str, new: str, edit: Edit) -> Edit:
    """The edit with the rest of the words that it touches."""
    start_old, end_old, start_new, end_new = edit
    firsts = [
        text[start]
        for text, start, end in ((old, start_old, end_old), (new, start_new, end_new))
        if start < end
    ]
    lasts = [
        text[end - 1]
        for text, start, end in ((old, start_old, end_old), (new, start_new, end_new))
        if start < end
    ]
    left = right = 0
    if any(_WORD.match(first) for first in firsts):
        while left < min(_WIDEN, start_old) and _WORD.match(old[start_old - left - 1]):
            left += 1
    if any(_WORD.match(last) for last in lasts):
        while right < _WIDEN and end_old + right < len(old) and _WORD.match(old[end_old + right]):
            right += 1
    return Edit(start_old - left, end_old + right, start_new - left, end_new + right)


def before(text: str, place: int) -> str:
    """A few words before ``place``."""
    words = text[max(0, place - AROUND) : place]
    cut = re.search(r"\s", words) if place > AROUND else None
    return words[cut.end() :] if cut and cut.end() < len(words) else words


def after(text: str, place: int) -> str:
    """A few words after ``place``."""
    words = text[place : place + AROUND]
    if place + AROUND < len(text):
        head, space, _ = words.rstrip().rpartition(" ")
        return head if space and head.strip() else words
    return words
