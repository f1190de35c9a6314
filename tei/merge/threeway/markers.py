"""Two versions of a file in one, with git's conflict markers around the lines that differ."""

from __future__ import annotations

import re
from typing import Final

from tei.diff.texts import Edit, align_items

#: Differences with fewer common lines between them are one.
_NEAR: Final = 3
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")

MARKS: Final = ("<<<<<<< MINE", "=======", ">>>>>>> NEW")


def with_markers(mine: str, new: str) -> str:
    """The lines of both: the upper parts of all conflicts make ``mine``, the lower parts make ``new``."""
    one, other = _LINE.findall(mine), _LINE.findall(new)
    head, middle, tail = (f"{mark}\n" for mark in MARKS)
    pieces: list[str] = []
    at = 0
    for edit in _grouped(align_items(one, other)):
        pieces += one[at : edit.start_old]
        pieces += head, *_ended(one[edit.start_old : edit.end_old]), middle
        pieces += *_ended(other[edit.start_new : edit.end_new]), tail
        at = edit.end_old
    return "".join([*pieces, *one[at:]])


def _ended(lines: list[str]) -> list[str]:
    """The lines, the last of them with a line end: a marker needs a line of its own."""
    return [*lines[:-1], lines[-1] if lines[-1].endswith("\n") else lines[-1] + "\n"] if lines else []


def _grouped(edits: list[Edit]) -> list[Edit]:
    found: list[Edit] = []
    for edit in edits:
        if found and edit.start_old - found[-1].end_old < _NEAR:
            last = found.pop()
            found.append(Edit(last.start_old, edit.end_old, last.start_new, edit.end_new))
        else:
            found.append(edit)
    return found
