"""Files too large to be held in memory: they are read as a stream, by the layers that can do with one.

Ids and pointers are remembered by name, up to a bound; where something is wrong, its first place is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, get_args

from tei.errors import FileError, LimitError, ParseError
from tei.problems import Layer, Problem, problems_of
from tei.relaxng.documents import safe_parser, scan
from tei.validation.index import POINTERS
from tei.validation.models import chosen
from tei.validation.schema import check_schema_file

_XML_ID: Final = "http://www.w3.org/XML/1998/namespace}id"
_MOST_NAMES: Final = 1_000_000
_STREAMED: Final = frozenset({"well-formed", "schema", "pointers"})


class _First(NamedTuple):
    line: int
    column: int
    words: str


def check_large(path: Path, wanted: frozenset[str], schemas: Sequence[str], limit: int) -> list[Problem]:
    """Return the problems of the file ``path`` that can be found without holding it in memory.

    :raises FileError, SchemaError: the file or a schema cannot be read.
    """
    choice = chosen(None, path, schemas)
    try:
        found = _pointers(path, limit)
        if "pointers" not in wanted:
            found = []
        if "schema" in wanted:
            found += check_schema_file(path, choice, limit=limit)
    except (ParseError, LimitError) as error:
        return problems_of(error, str(path))
    left_out = [layer for layer in get_args(Layer) if layer in wanted and layer not in _STREAMED]
    if left_out:
        size = path.stat().st_size // (1024 * 1024)
        message = f"not checked, as the file is so large ({size} MiB): {', '.join(left_out)}"
        hint = "all layers run on a file up to 64 MiB and half a million elements: divide it, if they matter"
        found.append(Problem("TEI051", "info", message, str(path), hint=hint))
    return found


def _pointers(path: Path, limit: int) -> list[Problem]:
    """Read the whole file once: repeated ids, and pointers to ids that are nowhere.

    :raises ParseError, LimitError: the file is not well-formed, or beyond a bound.
    """
    names = _Names(path, limit)
    try:
        with path.open("rb") as stream:
            scan(stream, names.at_start, lambda _: None, lambda _: None, names.parser)
    except OSError as error:
        raise FileError(f"not read: {error.strerror}", path=path) from error
    return names.problems()


class _Names:
    """The ids of a file that is read, and the pointers whose ids have not come yet."""

    def __init__(self, path: Path, limit: int) -> None:
        self.path = path
        self.limit = limit
        self.parser = safe_parser()
        self.lines: dict[str, int] = {}
        self.waiting: dict[str, _First] = {}
        self.repeated: list[Problem] = []

    def at_start(self, name: str, attributes: list[str]) -> None:
        """A tag: expat's names of its element and attributes."""
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            if key == _XML_ID:
                self._at_id(name, value)
            elif key in POINTERS and "#" in value:
                self._at_pointers(name, key, value)

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _at_id(self, name: str, value: str) -> None:
        place = self._here()
        if value in self.lines:
            if len(self.repeated) <= self.limit:
                message = f'xml:id="{value}" is used again on <{_local(name)}>'
                hint = f"an id names one element; this one was given in line {self.lines[value]} already"
                self.repeated.append(Problem("TEI-P002", "error", message, str(self.path), *place, hint=hint))
            return
        self.waiting.pop(value, None)
        self.lines[value] = place[0]
        if len(self.lines) > _MOST_NAMES:
            raise LimitError(f"the file has more than {_MOST_NAMES} ids", path=self.path, line=place[0])

    def _at_pointers(self, name: str, key: str, value: str) -> None:
        for word in value.split():
            target = word[1:]
            if word[0] != "#" or not target or target in self.lines or target in self.waiting:
                continue
            words = f'{key}="{word}" on <{_local(name)}> points at no xml:id here'
            self.waiting[target] = _First(*self._here(), words)
            if len(self.waiting) > _MOST_NAMES:
                message = f"the file has more than {_MOST_NAMES} pointers to ids that come later"
                raise LimitError(message, path=self.path, line=self.parser.CurrentLineNumber)

    def problems(self) -> list[Problem]:
        """What is wrong, once the file has ended."""
        hint = "mend the pointer, or give its target this xml:id"
        missing = islice(self.waiting.values(), self.limit + 1)
        return self.repeated + [
            Problem("TEI-P001", "error", one.words, str(self.path), one.line, one.column, hint=hint)
            for one in missing
        ]


def _local(name: str) -> str:
    return name.rpartition("}")[2]
