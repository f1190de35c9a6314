"""A report for people: the problems one by one, each with the line of the file and a mark under the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Final

import click

from tei.problems import Problem
from tei.report.excerpts import Excerpt, excerpts
from tei.report.model import Report

_WIDTH: Final = 96
"""How many columns of a terminal a line of the file may take; a longer one is cut around the place."""
_BEHIND: Final = 20
"""So much behind the place should be seen."""
_TAB: Final = "    "
_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "blue"}
_Style = Callable[..., str]


def as_text(report: Report, *, colour: bool = False) -> str:
    """Return every problem: ``path:line:column: severity CODE message``, the line of the file, hint, link.

    A link is shown once. What could command a terminal is written as an escape. Empty where nothing was
    found.
    """
    style: _Style = click.style if colour else _plain
    lines = excerpts(report.problems())
    shown: list[str] = []
    linked: set[str] = set()
    for problem in report.problems():
        head = style(f"{printable(problem.place)}:", bold=True)
        kind = style(f"{problem.severity} {problem.code}", fg=_COLOURS[problem.severity], bold=True)
        shown.append(f"{head} {kind} {printable(problem.message)}")
        if problem.line is not None:
            line = lines.get((problem.path, problem.line, problem.column))
            shown += _excerpt(line, problem, style) if line else []
        if problem.hint:
            shown.append(f"  {style('hint:', fg='cyan')} {printable(problem.hint)}")
        if problem.link and problem.link not in linked:
            linked.add(problem.link)
            shown.append(f"  {style('see:', fg='cyan')} {printable(problem.link)}")
    return "".join(f"{line}\n" for line in shown)


def printable(text: str) -> str:
    """Return ``text`` on one line, with all that could command a terminal written as an escape."""
    return text if text.isprintable() else "".join(map(_character, text))


def printable_lines(text: str) -> str:
    """Return ``text`` as :func:`printable` does, but with its lines kept apart."""
    return "\n".join(map(printable, text.split("\n")))


def _character(char: str) -> str:
    if char == "\t":
        return _TAB
    if char == " " or char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    # A joiner of letters is part of the text; marks that turn the direction of writing could hide something.
    if char in "\u200c\u200d":
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes: two for a wide character, none for a mark."""
    return sum(
        0
        if unicodedata.category(char) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(char) in {"W", "F"})
        for char in text
    )


def _excerpt(line: Excerpt, problem: Problem, style: _Style) -> list[str]:
    """The line of the file, and below it a caret under the place; nothing for a blank line."""
    if not line.text.strip():
        return []
    indent = 0 if line.cut_before else len(line.text) - len(line.text.lstrip())
    if line.at is not None:
        indent = min(indent, line.at)
    text = line.text[indent:]
    if text.isascii() and text.isprintable():
        cells, widths = list(text), [1] * len(text)
    else:
        cells = list(map(printable, text))
        widths = list(map(width, cells))
    place = max(0, (line.at or 0) - indent)
    # A combining mark stands over the character before it.
    while 0 < place < len(widths) and widths[place] == 0:
        place -= 1
    begin, end = _window(widths, place)
    before = "…" if begin > 0 or line.cut_before else ""
    behind = "…" if end < len(cells) or line.cut_behind else ""
    margin = f"{problem.line} |"
    shown = [f"  {style(margin, fg='blue')} {before}{''.join(cells[begin:end]).rstrip()}{behind}"]
    if line.at is not None:
        room = " " * (len(before) + sum(widths[begin:place]))
        caret = style("^", fg=_COLOURS[problem.severity], bold=True)
        shown.append(f"  {style('|'.rjust(len(margin)), fg='blue')} {room}{caret}")
    return shown


def _window(widths: list[int], place: int) -> tuple[int, int]:
    """The piece of a line that fits: all of it, its beginning, or what is around the place."""
    if sum(widths) <= _WIDTH:
        return 0, len(widths)
    begin = 0
    if sum(widths[:place]) > _WIDTH - _BEHIND:
        begin, room = place, _WIDTH // 3
        while begin > 0 and widths[begin - 1] <= room:
            begin -= 1
            room -= widths[begin]
    end, room = begin, _WIDTH
    while end < len(widths) and widths[end] <= room:
        room -= widths[end]
        end += 1
    return begin, end


def _plain(text: str, **_: Any) -> str:
    return text
