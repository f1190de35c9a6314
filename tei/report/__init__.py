"""What a check of files found, shown in one of several formats, each a module loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from tei.report.model import Checked, Report

__all__ = ["FORMATS", "Checked", "Report", "render"]

FORMATS: Final = ("text", "json", "sarif", "junit", "github")
"""``text`` is for people, ``github`` for the log of GitHub Actions; the others are for programs."""


def render(report: Report, form: str, *, colour: bool = False) -> str:
    """Return ``report`` in the format ``form``, one of ``FORMATS``; ``colour`` is for ``text`` on a terminal.

    The files with problems are read once more, for the lines in question; one that has gone has none.
    """
    module = import_module(f"{__name__}.as_{form}")
    if form == "text":
        return cast("str", module.as_text(report, colour=colour))
    return cast("Callable[[Report], str]", getattr(module, f"as_{form}"))(report)
