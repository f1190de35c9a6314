"""The baseline: problems that a project has accepted for now, so that only new ones are reported.

A JSON file with one entry a line, sorted, so that git merges it line by line. An entry is found again by
the name of the file and its fingerprint, wherever the line has moved to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from tei.errors import BaselineError
from tei.files import read_bytes
from tei.problems import Problem, layer_of
from tei.report.addresses import from_directory
from tei.report.excerpts import excerpts
from tei.report.fingerprints import fingerprints
from tei.report.model import Checked, Report

VERSION: Final = 1
_LARGEST: Final = 64 * 1024 * 1024
_ANEW: Final = "write it anew: tei validate … --baseline FILE --update-baseline"


class Entry(NamedTuple):
    """An accepted problem; ``path`` is relative to the baseline's directory. ``message`` is for people."""

    path: str
    code: str
    fingerprint: str
    message: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is found by."""
        return self.path, self.fingerprint


@dataclass(frozen=True)
class Baseline:
    """The accepted problems, and the directory that their paths are relative to."""

    entries: tuple[Entry, ...]
    directory: Path

    def without_accepted(self, report: Report) -> Report:
        """Return ``report`` without the problems of this baseline, and with the counts of them."""
        known = {entry.key for entry in self.entries}
        seen: set[tuple[str, str]] = set()
        files = []
        for file in report.files:
            marked = _marked(file, self.directory)
            kept = tuple(problem for problem, entry in marked if entry is None or entry.key not in known)
            seen.update(entry.key for _, entry in marked if entry is not None)
            files.append(Checked(file.path, kept))
        looked_for = self._looked_for(report)
        accepted = sum(len(file.problems) for file in report.files) - sum(len(f.problems) for f in files)
        mended = sum(looked_for(entry) and entry.key not in seen for entry in self.entries)
        return replace(report, files=tuple(files), accepted=accepted, mended=mended)

    def updated(self, report: Report) -> Baseline:
        """Return a baseline with all problems of ``report``; entries that were not looked for stay.

        What keeps a file from being checked at all (``TEI0…``) is not accepted.
        """
        looked_for = self._looked_for(report)
        kept = [e for e in self.entries if not looked_for(e) and (self.directory / e.path).exists()]
        new = [
            entry for file in report.files for _, entry in _marked(file, self.directory) if entry is not None
        ]
        return replace(self, entries=tuple(sorted({*kept, *new})))

    def _looked_for(self, report: Report) -> Callable[[Entry], bool]:
        """Whether an entry would have been found: its file was checked to the end, in its layer."""
        judged = {
            from_directory(file.path, self.directory)
            for file in report.files
            if not any(_is_final(problem) and problem.severity == "error" for problem in file.problems)
        }
        return lambda entry: entry.path in judged and layer_of(entry.code) in report.layers

    def as_json(self) -> bytes:
        """Return the content of the file."""
        lines = ",\n".join(
            "  " + json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(self.entries)
        )
        rows = f"[\n{lines}\n ]" if lines else "[]"
        text = f'{{\n "version": {VERSION},\n "problems": {rows}\n}}\n'
        return text.encode("utf-8", errors="backslashreplace")


def load_baseline(path: Path, *, new: bool = False) -> Baseline:
    """Read a baseline; with ``new`` one that is not there is empty.

    :raises FileError: it is not there, or may not be read.
    :raises BaselineError: it is no JSON, or not as this program writes it.
    """
    if new and not path.exists():
        return Baseline((), path.parent)
    try:
        data: Any = json.loads(read_bytes(path, limit=_LARGEST))
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"the baseline is no JSON: {error}", path=path, hint=_ANEW) from error
    if (
        not isinstance(data, dict)
        or data.get("version") != VERSION
        or not isinstance(data.get("problems"), list)
    ):
        message = f'this is no baseline: an object with "version": {VERSION} and "problems" is expected'
        raise BaselineError(message, path=path, hint=_ANEW)
    return Baseline(tuple(_entry(entry, n, path) for n, entry in enumerate(data["problems"], 1)), path.parent)


def _entry(entry: object, number: int, path: Path) -> Entry:
    if isinstance(entry, Mapping):
        values = [entry.get(field) for field in Entry._fields]
        if all(isinstance(value, str) for value in values):
            return Entry(*map(str, values))
    fields = ", ".join(Entry._fields)
    raise BaselineError(f"problem {number} of the baseline has not the texts {fields}", path=path, hint=_ANEW)


def _marked(file: Checked, directory: Path) -> list[tuple[Problem, Entry | None]]:
    """Each problem with the entry that would accept it; none for what cannot be accepted."""
    marks = fingerprints(file.problems, excerpts(file.problems))
    return [
        (
            problem,
            None
            if _is_final(problem)
            else Entry(from_directory(file.path, directory), problem.code, mark, problem.message),
        )
        for problem, mark in zip(file.problems, marks, strict=True)
    ]


def _is_final(problem: Problem) -> bool:
    return not problem.code.startswith("TEI-")
