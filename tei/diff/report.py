"""A difference as text for a terminal or a log, and as JSON for programs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any, Final

from tei.diff.model import KINDS, Change, Difference
from tei.diff.wording import Words, groups, lines, others, safe, subject, summary, words

_SPACES: Final = re.compile(r"\s+")
_SIGNS: Final = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}"), "|": ("‹", "›")}
_BOLD: Final = "\x1b[1m"
_RESET: Final = "\x1b[0m"
_COLOURS: Final = {"-": "\x1b[31m", "+": "\x1b[32m", "|": "\x1b[36m"}


def as_text(difference: Difference, *, colour: bool = False) -> str:
    """The changes, one a line, under the name of their kind; ``""`` where there are none."""
    if not difference.changes:
        return ""
    found: list[str] = []
    for kind in KINDS:
        changes = difference.of(kind)
        if changes:
            found.append(f"{_BOLD}{kind}{_RESET}" if colour else kind)
        for group in groups(changes):
            found.append(f"  {_line(group.change, colour=colour)}")
            if group.others:
                found.append(f"    {others(group)}")
    return "\n".join([*found, summary(difference), ""])


def _line(change: Change, *, colour: bool) -> str:
    page = f"p. {change.page}" if change.page else ""
    shown = "".join(_piece(piece, colour=colour) for piece in words(change)).strip()
    said = subject(change)
    place = "  ".join(filter(None, (lines(change), page)))
    return f"{safe(place)}  {safe(_SPACES.sub(' ', said))}{': ' if said and shown else ''}{shown}"


def _piece(piece: Words, *, colour: bool) -> str:
    if piece.sign == "=":
        return safe(_SPACES.sub(" ", piece.text))
    text = piece.text if piece.text.strip(" ") else "␣" * len(piece.text)
    text = safe(text.replace("\n", "⏎").replace("\t", "→"))
    if colour:
        return f"{_COLOURS[piece.sign]}{text}{_RESET}"
    start, end = _SIGNS[piece.sign]
    return f"{start}{text}{end}"


def as_json(difference: Difference, old: str, new: str) -> str:
    """All changes, with the names of the files, the exit status and the number of changes of each kind."""
    report = {
        "old": old,
        "new": new,
        "status": difference.status,
        "counts": {kind: len(difference.of(kind)) for kind in KINDS},
        "changes": [_as_data(change) for change in difference.changes],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _as_data(change: Change) -> dict[str, Any]:
    data = asdict(change)
    return {
        key: value
        for key, value in data.items()
        # What does not concern this kind of change is left out; a line may be null.
        if key in ("kind", "what", "line_old", "line_new", "page") or value not in ("", (), {})
    }
