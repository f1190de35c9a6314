"""A small set of problems, with the file that they are in."""

from __future__ import annotations

from pathlib import Path

from tei.problems import Problem
from tei.report import Checked, Report
from tei.validation import LAYERS

NAME = "teксты/a: 100%, b.xml"
LINES = (
    "<TEI>",
    '\t<p who="#borg">Friends!</p>',
    "<p>漢字 e\u0301te\u0301 <hi>x</hi></p>",
    "<p>" + "word " * 60 + "<hi>x</hi>" + " word" * 60 + "</p>",
    "<p>a\x1b[31mred\u202e</p>",
    "   ",
)
LINK = "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/SA.html"


def problem(code: str, message: str, line: int | None = None, column: int | None = None) -> Problem:
    return Problem(code, "error", message, NAME, line, column)


PROBLEMS = (
    problem("TEI-P001", 'who="#borg" on <p> points at nothing', 2, 5)._replace(
        hint="mend the pointer", link=LINK, xpath="/*/*[1]"
    ),
    problem("TEI-S001", "<hi> is not allowed here in <p>", 3, 13)._replace(severity="warning"),
    problem("TEI-S001", "<hi> is not allowed here in <p>", 4, 304)._replace(link=LINK),
    problem("TEI-S003", "100% wrong:\x1b[2Jtwo\nlines", 5, 5)._replace(severity="info"),
    problem("TEI-S003", "nothing to show", 6, 2),
    problem("TEI-T001", "line unknown"),
)
UNREADABLE = Problem("TEI040", "error", "not well-formed: & stands by itself", "broken.xml", 1, 1)
REPORT = Report(
    files=(Checked(NAME, PROBLEMS), Checked("fine.xml"), Checked("broken.xml", (UNREADABLE,))),
    layers=LAYERS,
    left_out=2,
    accepted=3,
    mended=1,
)


def write_files(folder: Path) -> None:
    """Put the file of the problems into ``folder``."""
    path = folder / NAME
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(LINES), encoding="utf-8", newline="")
