"""What a check of files found: the problems of each file, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

from tei.problems import Layer, Problem

_NOUNS: Final = {"error": "errors", "warning": "warnings", "info": "info"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file and its problems, by line; ``path`` is shown as it was given."""

    path: str
    problems: tuple[Problem, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether there is no error; warnings are allowed."""
        return all(problem.severity != "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Report:
    """All files that were checked, in their order.

    ``layers`` are the names of the checks that were asked for. ``left_out`` counts files in directories
    that are no TEI; ``accepted`` the problems that a baseline holds and that are therefore not among those
    of the files; ``mended`` its entries that were found no more.
    """

    files: tuple[Checked, ...]
    layers: tuple[str, ...]
    left_out: int = 0
    accepted: int = 0
    mended: int = 0

    def problems(self) -> Iterator[Problem]:
        """All problems, file by file."""
        for file in self.files:
            yield from file.problems

    @property
    def invalid(self) -> int:
        """How many files have errors."""
        return sum(not file.valid for file in self.files)

    def severities(self) -> Counter[str]:
        """How many problems there are of each severity."""
        return Counter(problem.severity for problem in self.problems())

    def found_by(self) -> dict[str, int]:
        """How many problems each layer of checks found, in their order; those with none are left out."""
        found = Counter(problem.layer for problem in self.problems())
        return {layer: found[layer] for layer in get_args(Layer) if found[layer]}


def summary(report: Report) -> str:
    """Say in one to three lines how many files there were and what was found."""
    files = _counted(len(report.files), "file")
    if report.invalid:
        judged = "not valid" if len(report.files) == 1 else f"{report.invalid} not valid"
    else:
        judged = "valid" if report.files else "nothing to check"
    text = f"{files}: {judged}"
    severities = report.severities()
    if severities:
        numbers = ((severities[name], name, several) for name, several in _NOUNS.items())
        listed = [
            f"{number} {name if number == 1 else several}" for number, name, several in numbers if number
        ]
        layers = report.found_by()
        text += f"; {', '.join(listed)} ({', '.join(f'{name} {layers[name]}' for name in layers)})"
    lines = [text]
    if report.left_out:
        lines.append(f"{_counted(report.left_out, 'other XML file')} left out: not TEI")
    if report.accepted or report.mended:
        said = [f"{_counted(report.accepted, 'problem')} accepted"] * bool(report.accepted)
        said += [f"{report.mended} mended; --update-baseline takes them out"] * bool(report.mended)
        lines.append(f"baseline: {', '.join(said)}")
    return "\n".join(lines)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
