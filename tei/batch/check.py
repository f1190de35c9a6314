"""Checking one file, in whatever process: what goes wrong with it becomes one of its problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tei.errors import FileError, LimitError, ParseError, SchemaError, TeiError
from tei.files import is_standard_stream
from tei.problems import Problem, problems_of
from tei.validation import validate

_SCARCE: Final[dict[type[BaseException], str]] = {MemoryError: "memory", RecursionError: "stack"}
_OF_SCHEMAS: Final = (FileError, LimitError, ParseError, SchemaError)


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
            if isinstance(error, _OF_SCHEMAS) and not self.schemas and error.path not in {None, shown(path)}:
                return [_unusable(path, error)]
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


def _unusable(path: Path, error: TeiError) -> Problem:
    """Return the problem of a file whose own schema cannot be used.

    A file can name any other as its schema: what is in that one is none of the report's business.
    """
    said = str(error).partition("\n")[0]
    hint = error.hint or "mend the schema, or choose another one with --schema FILE"
    return Problem(SchemaError.code, "error", f"its schema cannot be used: {said}", shown(path), hint=hint)


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
