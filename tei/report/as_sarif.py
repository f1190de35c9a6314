"""A report in SARIF 2.1.0, the format in which GitHub, GitLab and editors take the findings of a check.

Standard: OASIS, Static Analysis Results Interchange Format Version 2.1.0, 2020 (section numbers below are
its own).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tei import __version__
from tei.codes import catalogue
from tei.problems import Problem
from tei.report.addresses import below
from tei.report.excerpts import excerpts
from tei.report.fingerprints import fingerprints
from tei.report.model import Report

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_ROOT: Final = "%SRCROOT%"


def as_sarif(report: Report) -> str:
    """Return one run with a result for each problem and a rule for each code among them.

    Files below the working directory have addresses relative to it. Columns count characters (3.14.17).
    """
    problems = list(report.problems())
    marks = fingerprints(problems, excerpts(problems))
    codes = sorted({problem.code for problem in problems})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "tei",
                        "fullName": f"tei-edition {__version__}",
                        "version": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "The directory in which the check ran."}}
                },
                "results": [
                    _result(problem, mark, codes.index(problem.code))
                    for problem, mark in zip(problems, marks, strict=True)
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, Any]:
    """What the catalogue says of a code (3.49)."""
    entry = catalogue().get(code)
    if entry is None:
        return {"id": code}
    help_text = {"text": entry.text, "markdown": entry.text}
    if entry.wrong and entry.right:
        help_text["markdown"] += (
            f"\n\nWrong:\n\n```xml\n{entry.wrong}\n```\n\nRight:\n\n```xml\n{entry.right}\n```\n"
        )
    rule = {
        "id": code,
        "shortDescription": {"text": f"{entry.title}."},
        "fullDescription": {"text": entry.text},
        "help": help_text,
        "properties": {"tags": [entry.layer]},
    }
    return rule | ({"helpUri": entry.link} if entry.link else {})


def _result(problem: Problem, mark: str, rule: int) -> dict[str, Any]:
    """A problem as a result (3.27); the hint is part of its message."""
    text = problem.message if problem.hint is None else f"{problem.message}\nhint: {problem.hint}"
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _address(problem.path)},
    }
    if problem.line is not None:
        region = {"startLine": problem.line}
        if problem.column is not None:
            region["startColumn"] = problem.column
        location["physicalLocation"]["region"] = region
    if problem.xpath is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.xpath, "kind": "element"}]
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": text},
        "locations": [location],
        # GitHub compares results of different commits by a fingerprint of this very name.
        "partialFingerprints": {"primaryLocationLineHash": mark},
    }


def _address(path: str) -> dict[str, str]:
    """The address of a file (3.4)."""
    place = below(path)
    if Path(place).is_absolute():
        return {"uri": Path(place).as_uri()}
    return {"uri": quote(os.fsencode(place)), "uriBaseId": _ROOT}
