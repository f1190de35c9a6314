"""Every error that the library raises on purpose, each with a stable code.

The library raises; only the command line prints. A message says what was found,
where, and how to mend it. Codes never change their meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class TeiError(Exception):
    """Base of all errors of this library: ``code``, ``message`` and, where known, a place.

    ``line`` and ``column`` count from 1.
    """

    code = "TEI000"

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class FileError(TeiError):
    """A file that cannot be read or written."""

    code = "TEI010"


class GitError(TeiError):
    """git is missing, or cannot tell what changed."""

    code = "TEI011"


class BaselineError(TeiError):
    """A baseline, the list of accepted problems, that says something wrong."""

    code = "TEI012"


class SourceError(TeiError):
    """A source that is no text: a binary file, or characters no encoding can carry."""

    code = "TEI020"


class KeyProblem(NamedTuple):
    """One thing that is wrong in an edition's file.

    ``key`` is the way to it as written in the file (``print.date``, ``person[3].id``; entries
    of a list count from 1); ``message`` says what was found there and what would be right.
    """

    key: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line is not None else ""
        return f"{place}{self.key}: {self.message}" if self.key else f"{place}{self.message}"


class EditionError(TeiError):
    """An edition file (``edition.toml``) that says something wrong or not enough.

    ``problems`` lists all that was found, in the order of the file.
    """

    code = "TEI030"

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
        problems: Sequence[KeyProblem] = (),
    ) -> None:
        super().__init__(message, path=path, line=line, column=column, hint=hint)
        self.problems = list(problems)


class ParseError(TeiError):
    """An XML file that is not well-formed, not safe, or not TEI."""

    code = "TEI040"


class LimitError(TeiError):
    """Input beyond a stated bound (bytes, depth, number of elements)."""

    code = "TEI050"


class WeaveError(TeiError):
    """Spans that cannot be woven into the text they are given with."""

    code = "TEI060"


class MergeError(TeiError):
    """An edited text that cannot be merged into the TEI file as a whole."""

    code = "TEI070"


class SchemaError(TeiError):
    """A schema that cannot be used: not sound, not safe, too large, or in no language known here."""

    code = "TEI080"
