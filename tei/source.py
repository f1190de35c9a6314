"""A source text: read from bytes once, immutable, and back to the same bytes.

Lines are separated by ``\\n`` in ``Source.text`` whatever the file uses; encoding,
byte order mark and line ends are kept beside the text, so that ``to_bytes`` of the
text gives the file back byte for byte.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from tei.errors import SourceError

LineEnd = Literal["LF", "CRLF", "CR"]

LINE_ENDS: Final[dict[LineEnd, str]] = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}

# The longer mark first: UTF-32-LE begins with UTF-16-LE's.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Encoding(NamedTuple):
    """How text was written to bytes: codec, byte order mark, line ends."""

    codec: str
    byte_order_mark: bool
    line_end: LineEnd

    @property
    def charset(self) -> str:
        """The value for a ``mimeType``: ``utf-8``, or ``utf-8; bom=yes``."""
        return f"{self.codec}; bom=yes" if self.byte_order_mark else self.codec

    @classmethod
    def from_charset(cls, charset: str, line_end: LineEnd) -> Encoding:
        """The inverse of ``charset``. Raises ``SourceError`` for a codec that Python does not know."""
        codec, _, rest = charset.partition(";")
        try:
            codecs.lookup(codec.strip())
        except LookupError:
            raise SourceError(f"unknown character encoding {codec.strip()!r}") from None
        return cls(codec.strip(), rest.strip() == "bom=yes", line_end)

    def to_bytes(self, text: str) -> bytes:
        """The bytes of ``text`` (lines ended by ``\\n``) in this encoding.

        Raises ``SourceError`` when the encoding has no place for a character (an edit
        may have brought in one that the original file could not hold).
        """
        mark = "\ufeff" if self.byte_order_mark else ""
        try:
            return (mark + text.replace("\n", LINE_ENDS[self.line_end])).encode(self.codec)
        except UnicodeEncodeError as error:
            bad = text[max(0, error.start - len(mark)) : error.end - len(mark)]
            raise SourceError(f"{bad!r} cannot be written in the source's encoding, {self.codec}") from None


@dataclass(frozen=True)
class Source:
    """An immutable text with its line index and the facts needed to get its bytes back."""

    text: str
    encoding: Encoding
    sha256: str
    size: int

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offset of the first character of each line; the first is 0."""
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, that ``offset`` stands in."""
        return bisect_right(self.line_starts, offset)

    def to_bytes(self) -> bytes:
        """The bytes that the source was read from."""
        return self.encoding.to_bytes(self.text)


def read_source(data: bytes, encoding: str | None = None) -> Source:
    """Read ``data`` as text.

    ``encoding`` is a codec's name when it is known; else a byte order mark decides, then
    UTF-8, UTF-16 without a mark, Windows-1252 and Latin-1, the first that gives the same bytes back.
    Raises ``SourceError`` for a binary file and for a told encoding that does not fit.
    """
    text, codec, mark = _decode(data, encoding)
    line_end = _line_end(text)
    # Only the line end of the file is a line break; any other CR stays a character.
    source = Source(
        text=text.replace(LINE_ENDS[line_end], "\n"),
        encoding=Encoding(codec, mark, line_end),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    if source.to_bytes() != data:  # pragma: no cover - _decode has made sure of it
        raise SourceError("the text does not give the file's bytes back")
    return source


def _line_end(text: str) -> LineEnd:
    """The one line end that every line break of ``text`` can be read as."""
    if "\n" not in text:
        return "CR" if "\r" in text else "LF"
    crlf = text.count("\r\n")
    return "CRLF" if crlf == text.count("\n") else "LF"


def _decode(data: bytes, told: str | None) -> tuple[str, str, bool]:
    if told is not None:
        return _decode_as(data, told)
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _same_bytes(data[len(mark) :], codec)
            if text is not None:
                return text, codec, True
    if len(data) >= 8 and 4 * max(data[::2].count(0), data[1::2].count(0)) > len(data):
        # Every other byte is zero: Western text in UTF-16 that lost its byte order mark.
        codec = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        text = _same_bytes(data, codec)
        if text is not None and not _CONTROL.search(text):
            return text, codec, False
    text = _same_bytes(data, "utf-8")
    if text is not None:
        return text, "utf-8", False
    binary = _BINARY.search(data)
    if binary:
        raise SourceError(
            "this looks like a binary file, not a text: "
            f"byte 0x{data[binary.start()]:02X} at position {binary.start()}",
            hint="give a plain text file; if it is one, name its encoding (edition.toml: source.encoding)",
        )
    for codec in ("cp1252", "latin-1"):
        text = _same_bytes(data, codec)
        if text is not None:
            return text, codec, False
    raise SourceError("the text's encoding is unknown")  # pragma: no cover - Latin-1 takes every byte


def _decode_as(data: bytes, told: str) -> tuple[str, str, bool]:
    try:
        codec = codecs.lookup(told).name
    except LookupError:
        raise SourceError(
            f"unknown character encoding {told!r}", hint="write for example utf-8 or cp1252"
        ) from None
    if codec in ("utf-8-sig", "utf-16", "utf-32"):
        codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[codec]
    for mark, marked in _BYTE_ORDER_MARKS:
        family = marked.rsplit("-", 1)[0] if marked != "utf-8" else marked
        if data.startswith(mark) and codec.startswith(family):
            text = _same_bytes(data[len(mark) :], marked)
            if text is not None:
                return text, marked, True
    text = _same_bytes(data, codec)
    if text is None:
        raise SourceError(f"the file is not {told}: its bytes do not read as that encoding")
    return text, codec, False


def _same_bytes(data: bytes, codec: str) -> str | None:
    """``data`` decoded, or ``None`` where it cannot be, or would not come back the same."""
    try:
        text = data.decode(codec)
        return text if text.encode(codec) == data else None
    except (UnicodeError, LookupError):
        return None
