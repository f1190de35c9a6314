"""A report for programs, as JSON with stable keys."""

from __future__ import annotations

import json
from typing import get_args

from tei import __version__
from tei.problems import Severity
from tei.report.excerpts import excerpts
from tei.report.fingerprints import fingerprints
from tei.report.model import Report

VERSION = 1
"""Rises when a key goes or changes its meaning; a new key leaves it as it is."""


def as_json(report: Report) -> str:
    """Return the files, the counts and all problems; every key is always there, if only with ``null``."""
    problems = list(report.problems())
    severities = report.severities()
    marks = fingerprints(problems, excerpts(problems))
    data = {
        "version": VERSION,
        "tool": {"name": "tei-edition", "version": __version__},
        "summary": {
            "files": len(report.files),
            "invalid": report.invalid,
            "severities": {severity: severities[severity] for severity in get_args(Severity)},
            "layers": dict.fromkeys(report.layers, 0) | report.found_by(),
            "left_out": report.left_out,
            "accepted": report.accepted,
            "mended": report.mended,
        },
        "files": [{"path": file.path, "valid": file.valid} for file in report.files],
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "severity": problem.severity,
                "layer": problem.layer,
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
                "xpath": problem.xpath,
                "link": problem.link,
                "fingerprint": mark,
            }
            for problem, mark in zip(problems, marks, strict=True)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
