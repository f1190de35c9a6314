"""A report as workflow commands: GitHub Actions shows each problem beside its line in the pull request.

The form and its escapes are those of GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from typing import Final

from tei.report.addresses import below
from tei.report.as_text import printable, printable_lines
from tei.report.model import Report

_COMMANDS: Final = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(report: Report) -> str:
    """Return one command a line for each problem; the hint is a second line of its message."""
    lines = []
    for problem in report.problems():
        where = {
            "file": below(problem.path),
            "line": problem.line,
            "col": problem.column,
            "title": problem.code,
        }
        given = ",".join(
            f"{key}={_property(printable(str(value)))}" for key, value in where.items() if value is not None
        )
        text = problem.message if problem.hint is None else f"{problem.message}\nhint: {problem.hint}"
        lines.append(f"::{_COMMANDS[problem.severity]} {given}::{_data(printable_lines(text))}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
