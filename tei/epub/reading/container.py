"""The files of an EPUB, and the pages in their reading order (EPUB 3.3, “Open Container Format”).

Nothing is unpacked to the disk; a file is read when it is asked for, and never more of it than is allowed.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Final
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from tei.epub.archive import MEDIA_TYPE
from tei.errors import LimitError, ParseError
from tei.parse import MAX_DEPTH, parse_bytes

MAX_FILES: Final = 20_000
"""The most files that an EPUB may hold."""
MAX_UNPACKED: Final = 256 * 1024 * 1024
"""The most bytes that are unpacked of one EPUB, all files together."""

CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
# TEI as deep as is read, and the wrappers that XHTML needs around its lists and tables.
_DEPTH: Final = 4 * MAX_DEPTH
_OCF: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_XENC: Final = "{http://www.w3.org/2001/04/xmlenc#}"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_XHTML_TYPES: Final = frozenset({"application/xhtml+xml", "text/html", "application/xml"})
_BROKEN: Final = (
    BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, UnicodeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
_ENTITY: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]*;)")
_OF_XML: Final = frozenset({b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"})


@dataclass(frozen=True)
class SpineItem:
    """A page of the reading order: its path in the archive, its properties, whether it is read in line."""

    path: str
    properties: frozenset[str]
    linear: bool


class Container:
    """An EPUB that is open for reading.

    :raises ParseError: it is no ZIP archive, broken, encrypted, or lacks what every EPUB has.
    :raises LimitError: it holds more files than are read.
    """

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        self._left = MAX_UNPACKED
        try:
            self._archive = ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise ParseError(
                f"this is no EPUB: no ZIP archive, or a broken one ({error})", path=shown
            ) from error
        if len(entries) > MAX_FILES:
            raise LimitError(
                f"the EPUB holds {len(entries)} files; {MAX_FILES} are the most that is read", path=shown
            )
        self._entries: dict[str, ZipInfo] = {}
        for entry in entries:
            if entry.filename in self._entries:
                raise ParseError(f"the EPUB holds two files {entry.filename!r}", path=shown)
            self._entries[entry.filename] = entry
        if CONTAINER not in self._entries:
            raise ParseError(f"this is no EPUB: {CONTAINER} is missing", path=shown)
        self._encrypted: frozenset[str] = frozenset()
        self._encrypted = frozenset(self._find_encrypted())
        self._check_type()
        self.package_path = self._find_package()
        self.package = self.xml(self.package_path)

    def place(self, path: str) -> str:
        """How a message names a file of the archive."""
        return f"{self.shown}!{path}"

    def read(self, path: str) -> bytes:
        """The content of a file.

        :raises ParseError: it is missing, encrypted or broken.
        :raises LimitError: more would be unpacked of this EPUB than is allowed.
        """
        entry = self._entries.get(path)
        if entry is None:
            raise ParseError(f"the file {path!r} is missing in the EPUB", path=self.shown)
        if entry.flag_bits & 1 or path in self._encrypted:
            raise ParseError(
                "this file is encrypted; it cannot be read",
                path=self.place(path),
                hint="an EPUB without copy protection is needed",
            )
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            # EPUB 3.3, “ZIP file requirements”
            raise ParseError("this file is packed in a way that no EPUB may use", path=self.place(path))
        try:
            with self._archive.open(entry) as file:
                data = file.read(self._left + 1)
        except _BROKEN as error:
            raise ParseError(
                f"this file cannot be unpacked; the archive is broken ({error})", path=self.place(path)
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise LimitError(
                f"the EPUB unpacks to more than {MAX_UNPACKED // 1048576} MiB, the most that is read",
                path=self.place(path),
            )
        return data

    def xml(self, path: str) -> etree._Element:
        """The root of a file of XML; the entities of HTML are the characters that they stand for.

        :raises ParseError: as ``read``; or it is not well-formed, or not safe.
        :raises LimitError: as ``read``; or its elements are nested too deeply.
        """
        data = self.read(path)
        if b"&" in data:
            data = _ENTITY.sub(_character, data)
        return parse_bytes(data, self.place(path), depth=_DEPTH).getroot()

    def spine(self) -> Iterator[SpineItem]:
        """The pages in reading order (EPUB 3.3, “The spine element”).

        :raises ParseError: it names what is not there, or there is none.
        """
        items = {item.get("id"): item for item in self.package.iter(f"{_OPF}item")}
        references = list(self.package.iter(f"{_OPF}itemref"))
        if not references:
            raise ParseError("the spine, which says in what order an EPUB is read, is missing or empty",
                             path=self.place(self.package_path))  # fmt: skip
        for reference in references:
            item = items.get(reference.get("idref"))
            if item is None:
                raise ParseError(
                    f"the spine names {reference.get('idref')!r}, which is not in the manifest",
                    path=self.place(self.package_path),
                    line=reference.sourceline,
                )
            if item.get("media-type") in _XHTML_TYPES:
                path = self.resolve(item.get("href", ""), self.package_path)
                properties = frozenset((item.get("properties") or "").split())
                yield SpineItem(path, properties, reference.get("linear") != "no")

    def resolve(self, href: str, base: str) -> str:
        """The path in the archive that ``href`` means in the file ``base``; it need not be there."""
        path = unquote(urlsplit(href).path)
        return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base

    def _check_type(self) -> None:
        """Refuse what says that it is something else."""
        if "mimetype" not in self._entries:
            return
        kind = self.read("mimetype").strip().removeprefix(b"\xef\xbb\xbf")
        if kind != MEDIA_TYPE.encode():
            raise ParseError(f"this is no EPUB: its type is {kind[:60].decode('latin-1')!r}", path=self.shown)

    def _find_encrypted(self) -> Iterator[str]:
        """The files that are encrypted (EPUB 3.3, “Encryption file”); fonts are in many a good book."""
        if _ENCRYPTION in self._entries:
            for reference in self.xml(_ENCRYPTION).iter(f"{_XENC}CipherReference"):
                yield posixpath.normpath(unquote(urlsplit(reference.get("URI", "")).path))

    def _find_package(self) -> str:
        for rootfile in self.xml(CONTAINER).iter(f"{_OCF}rootfile"):
            path = rootfile.get("full-path")
            if path:
                return path
        raise ParseError("the container names no package document", path=self.place(CONTAINER))


def _character(match: re.Match[bytes]) -> bytes:
    if match[1] in _OF_XML:
        return match[0]
    found = html5.get(match[1].decode("ascii"))
    return match[0] if found is None else "".join(f"&#{ord(one)};" for one in found).encode()
