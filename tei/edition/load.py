"""Reading an edition file, and the edition of a text that has none.

Whatever is wrong in a file is said in one ``EditionError``, all of it at once.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from tei.edition.fields import Section
from tei.edition.model import RULES_CHECKED_APART, Edition, Publication, Rights, SourceFile, Work
from tei.edition.positions import key_lines, line_of
from tei.edition.problems import described_errors, shown
from tei.edition.rules import Key, broken_rules, key_path
from tei.errors import EditionError, FileError, KeyProblem
from tei.files import read_bytes

EDITION_FILE: Final = "edition.toml"
"""The name of an edition file inside its directory."""
LARGEST_FILE: Final = 8 * 1024 * 1024
"""Bytes that an edition file may have."""
_MOST_SHOWN: Final = 50

S = TypeVar("S", bound=Section)


def load_edition(directory: Path) -> Edition:
    """The edition that ``directory / "edition.toml"`` describes.

    Where the file names a SHA-256 and the source is present, the two are compared; whether the
    source is there at all is for the encoder to ask.

    Raises ``FileError`` when a file cannot be read, ``LimitError`` beyond ``LARGEST_FILE``,
    ``EditionError`` for everything that is wrong in it; its ``problems`` lists them in the order of the file.
    """
    path = directory / EDITION_FILE
    try:
        edition, _ = _load(path, Edition, lambda raw: _rules_across(raw, directory))
    except FileError as error:
        if error.path == str(path):
            error.hint = error.hint or f"an edition is a directory that holds {EDITION_FILE} and the text"
        raise
    return edition


def load_section(path: Path, model: type[S]) -> S:
    """Another TOML file of an edition, read as ``model``. Raises what ``load_edition`` raises."""
    section, _ = _load(path, model, None)
    return section


def _load(
    path: Path, model: type[S], rules: Callable[[dict[str, Any]], Iterable[tuple[Key, str]]] | None
) -> tuple[S, str]:
    text = _read(path)
    raw = _parse(text, path)
    found: list[tuple[Key, str]] = []
    section = None
    try:
        section = model.model_validate(raw, context={RULES_CHECKED_APART: True})
    except ValidationError as error:
        found.extend(described_errors(error, model, raw))
    # A value that is wrong in itself is not told a second time that it breaks a rule.
    places = {at for at, _ in found}
    found.extend((at, message) for at, message in (rules(raw) if rules else ()) if at not in places)
    if section is None or found:
        raise _error(found, key_lines(text), path)
    return section, text


def _rules_across(raw: dict[str, Any], directory: Path) -> Iterator[tuple[Key, str]]:
    for rule in broken_rules(raw):
        yield rule.at, rule.message if rule.value is None else f"{shown(rule.value)} {rule.message}"
    yield from _changed_source(raw.get("source"), directory)


def default_edition(path: Path) -> Edition:
    """The edition of a loose text file: a title made from its name, and nothing that is not known.

    ``path`` need not exist (``-`` for standard input); only its name is looked at. The language is "und"
    (undetermined), the rights are unknown, and there are no dates.
    """
    return Edition(
        work=Work(title=_readable(path.stem), language="und"),
        source=SourceFile(origin="A loose text file; where it comes from is not recorded."),
        publication=Publication(authority="not stated", date=None),
        rights=Rights(status="unknown", statement="Nothing is recorded about the rights in this text."),
    )


def _readable(stem: str) -> str:
    """A file's name as a title: spaces for "-" and "_", a capital at the start."""
    kept = "".join(char if char.isprintable() else " " for char in stem)
    words = re.sub(r"[\s_-]+", " ", kept).strip()
    if not any(char.isalnum() for char in words):
        return "Untitled"
    return words[0].upper() + words[1:]


def _read(path: Path) -> str:
    data = read_bytes(path, limit=LARGEST_FILE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte 0x{data[error.start]:02X}"
        problem = KeyProblem("", message, line)
        hint = "save the file as UTF-8"
        raise EditionError(message, path=path, line=line, hint=hint, problems=[problem]) from None


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        message = "lists or tables are nested too deeply"
        raise EditionError(message, path=path, problems=[KeyProblem("", message)]) from None
    except ValueError as error:  # TOMLDecodeError, and numbers beyond Python's limit
        raise _syntax_error(str(error), text, path) from None


def _syntax_error(reason: str, text: str, path: Path) -> EditionError:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", reason)
    line = column = None
    if place:
        reason = reason[: place.start()]
        line, column = (int(part) if part else None for part in place.groups())
        line = line or text.count("\n") + 1
    rows = text.split("\n")
    row = rows[line - 1].strip() if line is not None and line <= len(rows) else ""
    message = f"is no TOML: {reason[:1].lower()}{reason[1:]}" + (f", in {shown(row)}" if row else "")
    hint = 'text stands in quotes (key = "value"), each key on its own line below its [section]'
    problem = KeyProblem("", message, line)
    return EditionError(message, path=path, line=line, column=column, hint=hint, problems=[problem])


def _changed_source(raw: object, directory: Path) -> list[tuple[Key, str]]:
    try:
        source = SourceFile.model_validate(raw)
    except ValidationError:
        return []
    path = directory / source.file
    if source.sha256 is None or not path.is_file():
        return []
    actual = hashlib.sha256(read_bytes(path)).hexdigest()
    if actual == source.sha256:
        return []
    message = (
        f"{shown(source.sha256)} is not the SHA-256 of {source.file}, which is {actual}; "
        "put the original file back, or, when the change is meant, write the new number here"
    )
    return [(("source", "sha256"), message)]


def _error(found: list[tuple[Key, str]], lines: dict[Key, int], path: Path) -> EditionError:
    problems = [KeyProblem(key_path(at), message, line_of(lines, at)) for at, message in found]
    problems.sort(key=lambda problem: (problem.line is None, problem.line or 0))
    if len(problems) == 1:
        only = problems[0]
        return EditionError(f"{only.key}: {only.message}", path=path, line=only.line, problems=problems)
    listed = "".join(f"\n  {problem}" for problem in problems[:_MOST_SHOWN])
    more = f"\n  … and {len(problems) - _MOST_SHOWN} more" if len(problems) > _MOST_SHOWN else ""
    return EditionError(f"{len(problems)} problems:{listed}{more}", path=path, problems=problems)
