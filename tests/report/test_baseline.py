"""A baseline keeps what is accepted out of the report, wherever its line has moved to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tei.errors import BaselineError, FileError
from tei.problems import Problem
from tei.report import Checked, Report
from tei.report.baseline import Baseline, load_baseline
from tei.report.excerpts import excerpts
from tei.report.fingerprints import fingerprints

TEXT = '<TEI>\n<p who="#a">One.</p>\n<p who="#b">Two.</p>\n<p who="#b">Two.</p>\n</TEI>\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(text: str, path: str = "a.xml") -> Report:
    """Problems as a check would find them: one for each `who`, its message naming the line."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    found = tuple(
        Problem("TEI-P001", "error", f"line {number} points at nothing", path, number, line.index("who") + 1)
        for number, line in enumerate(text.splitlines(), 1)
        if "who" in line
    )
    return Report((Checked(path, found),), ("pointers",))


def baseline_of(made: Report) -> Baseline:
    return Baseline((), Path()).updated(made)


def marks(made: Report) -> list[str]:
    problems = list(made.problems())
    return fingerprints(problems, excerpts(problems))


def test_fingerprints_stay_when_lines_move() -> None:
    before = marks(report(TEXT))
    assert len(set(before)) == 3
    assert before[1][:-1] == before[2][:-1], "the same line twice: told apart by a number"
    assert marks(report(TEXT.replace("<TEI>\n", "<TEI>\n<!-- new -->\n\n"))) == before
    assert marks(report(TEXT.replace("<p ", "    <p "))) == before
    assert marks(report(TEXT.replace("\n", "\r\n"))) == before
    assert marks(report(TEXT, "elsewhere/b.xml")) == before
    assert marks(report(TEXT.replace("#a", "#c")))[0] != before[0]
    long = "word " * 2000
    moved = marks(report(f'<TEI>\n<p>{long}<q who="#a">One.</q>{long}</p>\n</TEI>\n'))
    assert moved == marks(report(f'<TEI>\n<p>{long}{long}<q who="#a">One.</q>{long}more</p>\n</TEI>\n'))


def test_only_new_problems_are_reported() -> None:
    known = baseline_of(report(TEXT))
    again = known.without_accepted(report("<!-- -->\n" + TEXT))
    assert (list(again.problems()), again.accepted, again.mended) == ([], 3, 0)
    more = known.without_accepted(report(TEXT.replace("</TEI>", '<p who="#new"/>\n</TEI>')))
    assert [problem.line for problem in more.problems()] == [5]
    assert more.accepted == 3
    # One of two alike has gone; a third one comes.
    fewer = known.without_accepted(report(TEXT.replace('<p who="#b">Two.</p>\n', "", 1)))
    assert (list(fewer.problems()), fewer.accepted, fewer.mended) == ([], 2, 1)
    third = known.without_accepted(report(TEXT + '<p who="#b">Two.</p>\n'))
    assert [problem.line for problem in third.problems()] == [6]


def test_it_is_written_and_read_again(folder: Path) -> None:
    path = folder / "ci" / "baseline.json"
    path.parent.mkdir()
    made = Baseline((), path.parent).updated(report(TEXT, "texts/ü.xml"))
    path.write_bytes(made.as_json())
    assert load_baseline(path) == made
    data = json.loads(path.read_bytes())
    assert [entry["path"] for entry in data["problems"]] == ["../texts/ü.xml"] * 3
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line.rstrip(",")) for line in lines[3:6]] == data["problems"], "one a line"
    assert lines[3:6] == sorted(lines[3:6])
    assert load_baseline(path).without_accepted(report(TEXT, "texts/ü.xml")).accepted == 3
    assert Baseline((), path.parent).updated(report(TEXT, "texts/ü.xml")).as_json() == path.read_bytes()


def test_an_update_keeps_what_was_not_checked() -> None:
    both = baseline_of(report(TEXT, "a.xml")).updated(report(TEXT, "b.xml"))
    assert len(both.entries) == 6
    none = both.updated(report("<TEI/>", "b.xml"))
    assert {entry.path for entry in none.entries} == {"a.xml"}
    Path("a.xml").unlink()
    assert both.updated(report(TEXT, "b.xml")).entries == both.entries[3:], "a file that has gone has none"
    assert both.without_accepted(report(TEXT, "b.xml")).mended == 0, "a.xml was not looked at"


def test_what_was_not_looked_for_is_not_mended() -> None:
    known = baseline_of(report(TEXT))
    broken = Problem("TEI040", "error", "not well-formed", "a.xml", 1, 1)
    for made in (
        Report((Checked("a.xml"),), ("schema", "text")),
        Report((Checked("a.xml", (broken,)),), ("pointers",)),
    ):
        assert known.without_accepted(made).mended == 0
        assert known.updated(made) == known


def test_what_keeps_a_file_from_being_checked_is_never_accepted() -> None:
    broken = Problem("TEI040", "error", "not well-formed", "a.xml", 1, 1)
    made = Report((Checked("a.xml", (broken,)),), ())
    assert baseline_of(made).entries == ()
    assert baseline_of(made).without_accepted(made) == made


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no JSON"),
        ("<<<<<<< HEAD\n", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "this is no baseline"),
        ('{"version": 2, "problems": []}', "this is no baseline"),
        ('{"version": 1, "problems": {}}', "this is no baseline"),
        ('{"version": 1, "problems": [{"path": "a"}]}', "problem 1 of the baseline"),
        ('{"version": 1, "problems": [3]}', "problem 1 of the baseline"),
    ],
)
def test_a_baseline_that_is_none(folder: Path, content: str, message: str) -> None:
    path = folder / "baseline.json"
    path.write_text(content)
    with pytest.raises(BaselineError, match=message) as caught:
        load_baseline(path)
    assert caught.value.path == str(path)
    assert "--update-baseline" in str(caught.value.hint)


def test_a_baseline_that_is_not_there(folder: Path) -> None:
    with pytest.raises(FileError):
        load_baseline(folder / "none.json")
    assert load_baseline(folder / "none.json", new=True).entries == ()
