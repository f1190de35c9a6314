"""A report as JUnit XML, the format of test results that Jenkins and GitLab show."""

from __future__ import annotations

from typing import get_args

from lxml import etree

from tei.problems import Layer, Problem
from tei.report.as_text import printable, printable_lines
from tei.report.model import Checked, Report


def as_junit(report: Report) -> str:
    """Return a test suite for each file, in it a test for each layer of checks: failed if it found errors.

    Warnings are told in ``system-out``. Where a file is not well-formed, the other layers are skipped.
    """
    root = etree.Element("testsuites", name="tei validate")
    for file in report.files:
        root.append(_suite(file, report.layers))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name) or 0) for suite in root)))
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data.decode("utf-8")


def _suite(file: Checked, layers: tuple[str, ...]) -> etree._Element:
    suite = etree.Element("testsuite", name=printable(file.path))
    found = {problem.layer for problem in file.problems}
    unreadable = any(p.layer == "well-formed" and p.severity == "error" for p in file.problems)
    failures = skipped = 0
    names = [layer for layer in get_args(Layer) if layer in {"well-formed", *layers, *found}]
    for name in names:
        case = etree.SubElement(suite, "testcase", name=name, classname=printable(file.path))
        errors = [p for p in file.problems if p.layer == name and p.severity == "error"]
        others = [p for p in file.problems if p.layer == name and p.severity != "error"]
        if errors:
            failures += 1
            first = f"{printable(errors[0].message)}" + (
                f" (and {len(errors) - 1} more)" if errors[1:] else ""
            )
            failure = etree.SubElement(case, "failure", type=errors[0].code, message=first)
            failure.text = _lines(errors)
        elif unreadable and name not in found:
            skipped += 1
            etree.SubElement(case, "skipped")
        if others:
            etree.SubElement(case, "system-out").text = _lines(others)
    for key, number in (("tests", len(names)), ("failures", failures), ("errors", 0), ("skipped", skipped)):
        suite.set(key, str(number))
    return suite


def _lines(problems: list[Problem]) -> str:
    return "\n".join(printable_lines(str(problem)) for problem in problems)
