"""Checking one file, in whatever process: what goes wrong with it becomes one of its problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tei.errors import TeiError
from tei.files import is_standard_stream
from tei.problems import Problem, problems_of
from tei.validation import validate

_SCARCE: Final[dict[type[BaseException], str]] = {MemoryError: "memory", RecursionError: "stack"}


@dataclass(frozen=True, slots=True)
class Check:
    """How each file is to be checked: the arguments of :func:`tei.validation.validate`."""

    layers: tuple[str, ...] | None = None
    schemas: tuple[str, ...] = ()
    limit: int = 200

    def __call__(self, path: Path) -> list[Problem]:
        """Return the problems of one file; one that cannot be checked has that problem."""
        try:
            found = validate(path, layers=self.layers, schemas=self.schemas, limit=self.limit)
        except TeiError as error:
            return problems_of(error, shown(path))
        except (MemoryError, RecursionError) as error:
            return [broken_off(path, f"the check ran out of {_SCARCE[type(error)]}")]
        if is_standard_stream(path):
            return [problem._replace(path=shown(path)) for problem in found]
        return found

    def each(self, files: Iterable[Path]) -> Iterator[tuple[Path, list[Problem]]]:
        """Check one file after the other."""
        for file in files:
            yield file, self(file)


def shown(path: Path) -> str:
    """Return the name of a file in a report."""
    return "standard input" if is_standard_stream(path) else str(path)


def broken_off(path: Path, message: str) -> Problem:
    """Return the problem of a file of which nothing is known."""
    hint = "most often memory is short: check the file by itself, or with --jobs 1"
    return Problem("TEI090", "error", message, shown(path), hint=hint)


def size(file: Path) -> int:
    """Return the size of a file in bytes, 0 where it cannot be told."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
