"""Every format shows the same problems, each as its readers expect it."""

from __future__ import annotations

import json
import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
from lxml import etree

from tei import __version__
from tei.problems import Problem
from tei.relaxng import load_schema
from tei.report import FORMATS, Checked, Report, render
from tei.report.as_text import printable, width
from tei.report.model import summary
from tests.report.made import NAME, PROBLEMS, REPORT, write_files

HERE = Path(__file__).parent
RENEW = "UPDATE_GOLDEN=1 python -m pytest tests/report writes these files anew"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", FORMATS)
def test_golden(form: str) -> None:
    shown = render(REPORT, form).replace(__version__, "VERSION")
    if form == "sarif":  # the words of the catalogue are not the subject here
        log = json.loads(shown)
        driver = log["runs"][0]["tool"]["driver"]
        driver["rules"] = [rule["id"] for rule in driver["rules"]]
        shown = json.dumps(log, indent=1, ensure_ascii=False) + "\n"
    golden = HERE / "golden" / f"report.{form}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == golden.read_text(encoding="utf-8"), RENEW


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_no_trouble(form: str) -> None:
    shown = render(Report((Checked("a.xml"),), ("schema",)), form)
    if form in {"text", "github"}:
        assert shown == ""
    elif form == "junit":
        assert etree.fromstring(shown.encode()).get("failures") == "0"
    else:
        assert json.loads(shown)


# text


def carets(report: Report) -> list[tuple[str, str]]:
    """For each caret, what is before it and what is in its column, wide characters counted twice."""
    lines = render(report, "text").split("\n")
    found = []
    for line, mark in pairwise(lines):
        if re.fullmatch(r" +\| +\^", mark):
            column, before = 0, ""
            for char in line:
                if column >= mark.index("^") and width(char):
                    break
                before += char
                column += width(char)
            found.append((before.partition("| ")[2], line.removeprefix(before)[:4]))
    return found


def test_the_caret_is_under_its_column() -> None:
    assert [at for _, at in carets(REPORT)] == ["who=", "<hi>", "<hi>", "\\u00"]


@pytest.mark.parametrize(
    ("line", "column", "at"),
    [
        ("<p><hi>", 4, "<hi>"),
        ("\t\t<p>\t<hi>", 7, "<hi>"),
        ("<p>漢字漢字<hi>", 8, "<hi>"),
        ("<p>e\u0301e\u0301<hi>", 8, "<hi>"),
        ("<p>e\u0301<hi>", 5, "e\u0301<h"),  # the mark itself: under its letter
        ("<p>🙂🙂<hi>", 6, "<hi>"),
        ("<p>\u200e<hi>", 5, "<hi>"),
        ("x" * 5000 + "<hi>" + "y" * 5000, 5001, "<hi>"),
        ("漢" * 5000 + "<hi>" + "字" * 5000, 5001, "<hi>"),
        ("<p>", 4, ""),
    ],
)
def test_the_caret_in_odd_lines(folder: Path, line: str, column: int, at: str) -> None:
    (folder / "a.xml").write_text(f"<TEI>\r\n{line}\r\n", encoding="utf-8", newline="")
    problem = Problem("TEI-S001", "error", "wrong", "a.xml", 2, column)
    report = Report((Checked("a.xml", (problem,)),), ("schema",))
    ((_, found),) = carets(report)
    assert found.startswith(at)
    assert all(width(row) <= 120 for row in render(report, "text").split("\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_line_in_every_encoding_that_is_read(folder: Path, encoding: str) -> None:
    (folder / "a.xml").write_text('<?xml version="1.0"?>\n<p>é<hi/></p>\n', encoding=encoding)
    problem = Problem("TEI-S001", "error", "wrong", "a.xml", 2, 5)
    report = Report((Checked("a.xml", (problem,)),), ("schema",))
    assert carets(report) == [("<p>é", "<hi/")]


def test_a_file_that_has_gone_or_is_none(folder: Path) -> None:
    for path in ("gone.xml", "-", "standard input", str(folder), "a\0b"):
        problem = Problem("TEI-S001", "error", "wrong", path, 2, 5)
        shown = render(Report((Checked(path, (problem,)),), ("schema",)), "text")
        assert shown.endswith(":2:5: error TEI-S001 wrong\n")
        assert shown.count("\n") == 1


@pytest.mark.parametrize(("line", "column"), [(9, 5), (1, 900)])
def test_a_place_that_the_file_has_not(folder: Path, line: int, column: int) -> None:
    (folder / "a.xml").write_text("<TEI/>\n")
    problem = Problem("TEI-S001", "error", "wrong", "a.xml", line, column)
    shown = render(Report((Checked("a.xml", (problem,)),), ()), "text")
    assert shown == f"a.xml:{line}:{column}: error TEI-S001 wrong\n"


def test_colour_adds_nothing_but_colour() -> None:
    plain = render(REPORT, "text")
    coloured = render(REPORT, "text", colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    assert click.unstyle(coloured) == plain


def test_nothing_commands_the_terminal() -> None:
    assert (
        printable("\x1b[2J\u202e\x9b\r\n\u2028\0") == "\\u001b[2J\\u202e\\u009b\\u000d\\u000a\\u2028\\u0000"
    )
    assert printable("“Grüße”\u00a0\u200d 漢") == "“Grüße”\u00a0\u200d 漢"


def test_summary() -> None:
    assert summary(REPORT) == (
        "3 files: 2 not valid; 5 errors, 1 warning, 1 info (well-formed 1, schema 4, pointers 1, text 1)\n"
        "2 other XML files left out: not TEI\n"
        "baseline: 3 problems accepted, 1 mended; --update-baseline takes them out"
    )
    assert summary(Report((Checked("a.xml"),), ())) == "1 file: valid"
    assert summary(Report((Checked("a.xml", (PROBLEMS[1],)),), ())) == "1 file: valid; 1 warning (schema 1)"
    assert summary(Report((), ())) == "0 files: nothing to check"


# json


def test_json_has_all_of_every_problem() -> None:
    data = json.loads(render(REPORT, "json"))
    fields = set(Problem._fields) | {"layer", "fingerprint"}
    assert [set(found) for found in data["problems"]] == [fields] * 7
    for found, problem in zip(data["problems"], REPORT.problems(), strict=True):
        assert {key: found[key] for key in Problem._fields} == problem._asdict()
    assert data["summary"]["severities"] == {"error": 5, "warning": 1, "info": 1}
    assert data["summary"]["layers"]["schema"] == 4
    assert data["summary"]["layers"]["consistency"] == 0
    assert sum(data["summary"]["layers"].values()) == 7


# sarif: its own schema is not free enough to be copied here; these are the parts of it that are used

SARIF: dict[str, tuple[set[str], set[str]]] = {
    # object: keys that it must have, keys that it may have (SARIF 2.1.0, sections 3.13 to 3.52)
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "columnKind", "originalUriBaseIds"}),
    "driver": ({"name"}, {"fullName", "version", "informationUri", "rules"}),
    "rule": ({"id"}, {"shortDescription", "fullDescription", "help", "helpUri", "properties"}),
    "result": (
        {"message"},
        {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints"},
    ),
    "location": (set(), {"physicalLocation", "logicalLocations"}),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "artifactLocation": ({"uri"}, {"uriBaseId"}),
    "region": ({"startLine"}, {"startColumn"}),
    "message": ({"text"}, {"markdown"}),
}


def has_shape(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    needed, allowed = SARIF[kind]
    assert needed <= value.keys() <= needed | allowed, kind
    return value


def test_sarif_keeps_to_the_standard() -> None:
    log = has_shape("log", json.loads(render(REPORT, "sarif")))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    has_shape("run", run)
    assert run["columnKind"] == "unicodeCodePoints"
    rules = has_shape("driver", run["tool"]["driver"])["rules"]
    for rule in rules:
        has_shape("rule", rule)
        for key in ("shortDescription", "fullDescription", "help"):
            has_shape("message", rule[key])
    results = run["results"]
    assert len(results) == 7
    for result, problem in zip(results, REPORT.problems(), strict=True):
        has_shape("result", result)
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"].startswith(problem.message)
        (location,) = result["locations"]
        place = has_shape("physicalLocation", has_shape("location", location)["physicalLocation"])
        has_shape("artifactLocation", place["artifactLocation"])
        region = place.get("region")
        assert (region is None) == (problem.line is None)
        if region is not None:
            has_shape("region", region)
            assert (region["startLine"], region["startColumn"]) == (problem.line, problem.column)
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"[0-9a-f]{16}:[0-9]+", mark) for mark in marks)


def test_sarif_addresses(folder: Path) -> None:
    def address(path: str) -> dict[str, str]:
        report = Report((Checked(path, (Problem("TEI-S001", "error", "wrong", path),)),), ())
        (result,) = json.loads(render(report, "sarif"))["runs"][0]["results"]
        found: dict[str, str] = result["locations"][0]["physicalLocation"]["artifactLocation"]
        return found

    assert address(NAME)["uri"] == "te%D0%BA%D1%81%D1%82%D1%8B/a%3A%20100%25%2C%20b.xml"
    assert address(str(folder / "sub" / "a.xml")) == {"uri": "sub/a.xml", "uriBaseId": "%SRCROOT%"}
    assert address("./sub/../a.xml")["uri"] == "a.xml"
    assert address("../a.xml") == {"uri": (folder.parent / "a.xml").as_uri()}


# junit and github

# What Jenkins and GitLab read of it, after the schema of Jenkins' xUnit plug-in.
JUNIT = """
start = element testsuites { attribute name { text }, counts, suite* }
counts = attribute tests { n }, attribute failures { n }, attribute errors { n }
n = xsd:nonNegativeInteger
suite = element testsuite { attribute name { text }, counts, attribute skipped { n }, case* }
case = element testcase {
  attribute name { text }, attribute classname { text },
  (element skipped { empty } | failure)?,
  element system-out { text }?
}
failure = element failure { attribute type { text }, attribute message { text }, text }
"""


def test_junit_keeps_to_its_schema(folder: Path) -> None:
    (folder / "junit.rnc").write_text(JUNIT)
    root = etree.fromstring(render(REPORT, "junit").encode())
    assert load_schema(folder / "junit.rnc").validate(etree.ElementTree(root)) == []
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [NAME, "fine.xml", "broken.xml"]
    for whole in (root, *suites):
        cases = list(whole.iter("testcase"))
        assert whole.get("tests") == str(len(cases))
        assert whole.get("failures") == str(len(list(whole.iter("failure"))))
    failed = [case.get("name") for case in suites[0] if case.find("failure") is not None]
    assert failed == ["schema", "pointers", "text"]
    assert [case.get("name") for case in suites[2] if case.find("skipped") is None] == ["well-formed"]
    shown = "".join(root.itertext())
    assert all(printable(problem.message.split("\n")[0]) in shown for problem in REPORT.problems())


def test_github_escapes_what_is_special() -> None:
    lines = render(REPORT, "github").splitlines()
    assert len(lines) == 7
    assert lines[0] == (
        "::error file=teксты/a%3A 100%25%2C b.xml,line=2,col=5,title=TEI-P001"
        '::who="#borg" on <p> points at nothing%0Ahint: mend the pointer'
    )
    assert lines[3].startswith("::notice ")
    assert lines[3].endswith("::100%25 wrong:\\u001b[2Jtwo%0Alines")


def test_the_command_offers_the_formats_and_layers_that_there_are() -> None:
    from tei.commands.validate import FORMATS as OFFERED
    from tei.commands.validate import LAYERS as OFFERED_LAYERS
    from tei.validation import LAYERS

    assert OFFERED == FORMATS
    assert OFFERED_LAYERS == LAYERS
