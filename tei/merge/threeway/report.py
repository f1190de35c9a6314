"""What became of each change, as data and as a line of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from tei.problems import Problem

_LONGEST: Final = 75


@dataclass(frozen=True, slots=True)
class Said:
    """What one file has at a place: its line (from 1) and its words or its element, ``None`` for nothing."""

    line: int
    what: str | None

    def __str__(self) -> str:
        return f"{self.what or 'nothing'} (line {self.line})"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where the two sides cannot both be had: why, and what each file has there."""

    why: str
    old: Said
    mine: Said
    new: Said

    def render(self, path: str) -> str:
        """A line of a report; ``path`` is the name of MINE."""
        sides = f"MINE has {self.mine}, NEW has {self.new}, OLD had {self.old}"
        return f"{path}:{self.mine.line}: conflict: {self.why}: {sides}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A change of MINE that is in the result: its line in MINE, and what it is in words."""

    line: int
    what: str

    def render(self, path: str) -> str:
        """A line of a report; ``path`` is the name of MINE."""
        return f"{path}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Joint:
    """The joined file.

    ``taken`` are the changes of MINE that are in it, ``conflicts`` what could not be joined: there ``xml``
    holds the lines of both sides between markers, and is no XML yet. ``problems`` says what is not valid in
    the result though both files were.
    """

    xml: bytes
    conflicts: tuple[Conflict, ...] = ()
    taken: tuple[Taken, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def shortened(text: str) -> str:
    """A text short enough for a line."""
    if len(text) > 4 * _LONGEST:
        text = f"{text[: 2 * _LONGEST]}…{text[-2 * _LONGEST :]}"
    text = re.sub(r"\s*\n\s*", "⏎", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST * 2 // 3]}…{text[-_LONGEST // 3 :]}"
