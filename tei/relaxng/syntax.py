"""Read the files of a RELAX NG schema: the main one and those that it includes, safely.

Only files in the directory of the main one (or below it) are opened; no network, no other place, not the
same file inside itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from tei.errors import LimitError, SchemaError
from tei.files import read_bytes
from tei.parse import parse_bytes
from tei.references import referred_file

RNG: Final = "http://relaxng.org/ns/structure/1.0"
_PREFIX: Final = f"{{{RNG}}}"
MAX_FILES: Final = 200
"""How many files one schema may be made of; an included file counts each time."""
MAX_CHAIN: Final = 30
"""How many files may include each other in a row."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""How large all files of a schema may be together; tei_all, the largest in use, has one megabyte."""


class Sources:
    """The files of one schema; each is read once, and its hash is kept for the cache."""

    def __init__(self, main: Path, data: bytes) -> None:
        self.main = main
        self._data = data
        self.directory = main.parent.resolve()
        self.hashes: dict[str, str] = {}
        self._trees: dict[Path, etree._Element] = {}
        self._bytes = len(data)
        self._opened = 0

    def root(self) -> etree._Element:
        """Return the root element of the main file."""
        path = self.main.resolve()
        if path not in self._trees:
            self._trees[path] = self._parse(self._data, self.main)
        return self._trees[path]

    def included(self, element: etree._Element, chain: tuple[Path, ...]) -> tuple[Path, etree._Element]:
        """Return the path and the root of the file that ``element`` includes.

        ``chain`` are the files that are being read: the main one first, the one with ``element`` last.
        """
        href = element.get("href")
        where = chain[-1]
        if href is None:
            raise error(element, where, f"<{local(element)}> needs the attribute href")
        path = self._resolve(href, element, where)
        if path in chain:
            raise error(element, where, f"the schema includes itself: {href}")
        self._opened += 1
        if len(chain) >= MAX_CHAIN or self._opened > MAX_FILES:
            raise error(
                element,
                where,
                f"the schema includes too many files: more than {MAX_FILES}, or {MAX_CHAIN} in a row",
            )
        return path, self._read(path)

    def _resolve(self, href: str, element: etree._Element, where: Path) -> Path:
        try:
            return referred_file(href, where, self.directory)
        except SchemaError as problem:
            raise error(element, where, problem.message, problem.hint) from problem

    def _read(self, path: Path) -> etree._Element:
        if path not in self._trees:
            data = read_bytes(path, limit=MAX_BYTES)
            self._bytes += len(data)
            if self._bytes > MAX_BYTES:
                raise LimitError(f"the schema is larger than {MAX_BYTES} bytes", path=path)
            self._trees[path] = self._parse(data, path)
            self.hashes[path.relative_to(self.directory).as_posix()] = hashlib.sha256(data).hexdigest()
        return self._trees[path]

    def _parse(self, data: bytes, shown: Path) -> etree._Element:
        if shown.suffix.lower() == ".rnc":
            from tei.relaxng.compact import parse_compact  # noqa: PLC0415 - rarely needed

            return parse_compact(data, shown)
        return parse_bytes(data, shown).getroot()


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of ``element`` that are RELAX NG; annotations are passed over (section 4.1)."""
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag.startswith(_PREFIX):
            yield child


def local(element: etree._Element) -> str:
    """Return the name of a RELAX NG element without its namespace; an empty string for any other."""
    tag = element.tag
    return tag[len(_PREFIX) :] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""


def error(element: etree._Element, path: Path, message: str, hint: str | None = None) -> SchemaError:
    """Return the error that ``message`` tells of, with the place of ``element``."""
    return SchemaError(message, path=path, line=element.sourceline, hint=hint)
