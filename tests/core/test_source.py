"""Bytes in, the same bytes out; and what is no text is refused."""

from __future__ import annotations

import codecs
import hashlib
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tei.errors import SourceError
from tei.source import Encoding, LineEnd, read_source
from tests.core.strategies import texts

CODECS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252",
    "latin-1", "cp1251", "koi8-r", "mac-roman", "shift_jis", "gb18030",
)  # fmt: skip
# The bytes that no text in a one-byte encoding or in UTF-8 holds.
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@given(st.binary(max_size=80))
@settings(max_examples=500)
@example(b"")
@example(codecs.BOM_UTF8)
@example(codecs.BOM_UTF8 * 2 + b"x")
@example(codecs.BOM_UTF16_LE + b"odd")
@example(codecs.BOM_UTF16_LE + b"\x00\xd8")  # half a surrogate pair
@example(codecs.BOM_UTF32_LE + b"a\x00\x00\x00")
@example(codecs.BOM_UTF16_LE + b"\x00\x00")  # as UTF-32's mark, but no whole character follows
@example(b"\x81\x8d\x8f\x90\x9d")  # no characters in Windows-1252
@example(b"\r\n\r\n\r\n\n")
@example(b"a\r\r\nb\rc")
def test_any_bytes_come_back(data: bytes) -> None:
    try:
        source = read_source(data)
    except SourceError:
        assert NO_TEXT.search(data)
        return
    assert source.to_bytes() == data
    assert source.encoding.to_bytes(source.text) == data
    assert Encoding.from_charset(source.encoding.charset, source.encoding.line_end) == source.encoding
    assert source.size == len(data)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@given(
    texts,
    st.lists(st.sampled_from(["\n", "\r\n", "\r", "\n\r", "\f", "\x85", "\u2028"]), max_size=5),
    st.sampled_from(CODECS),
    st.booleans(),
)
def test_text_in_any_encoding_comes_back(text: str, ends: list[str], codec: str, told: bool) -> None:
    data = "line".join([text, *ends]).encode(codec, errors="ignore")
    try:
        source = read_source(data, codec if told else None)
    except SourceError:
        # Some codecs write what they do not read back the same.
        assert data.decode(codec).encode(codec) != data if told else NO_TEXT.search(data)
        return
    assert source.to_bytes() == data


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", Encoding("utf-8", False, "LF")),
        (b"one\ntwo", "one\ntwo", Encoding("utf-8", False, "LF")),
        (b"one\r\ntwo\r\n", "one\ntwo\n", Encoding("utf-8", False, "CRLF")),
        (b"one\rtwo\r", "one\ntwo\n", Encoding("utf-8", False, "CR")),
        # Mixed: what is not the file's line end stays a character.
        (b"one\r\ntwo\n", "one\r\ntwo\n", Encoding("utf-8", False, "LF")),
        (b"one\r\ntwo\rthree", "one\ntwo\rthree", Encoding("utf-8", False, "CRLF")),
        (b"one\n\rtwo", "one\n\rtwo", Encoding("utf-8", False, "LF")),
        (b"\xef\xbb\xbfone", "one", Encoding("utf-8", True, "LF")),
        ("één\r\n".encode("utf-16"), "één\n", Encoding("utf-16-le", True, "CRLF")),
        (codecs.BOM_UTF16_BE + "één".encode("utf-16-be"), "één", Encoding("utf-16-be", True, "LF")),
        ("zwei Wörter".encode("utf-16-le"), "zwei Wörter", Encoding("utf-16-le", False, "LF")),
        ("zwei Wörter".encode("utf-16-be"), "zwei Wörter", Encoding("utf-16-be", False, "LF")),
        ("é".encode("utf-32"), "é", Encoding("utf-32-le", True, "LF")),
        ("“é”".encode("cp1252"), "“é”", Encoding("cp1252", False, "LF")),
        (b"\x81\xe9", "\x81é", Encoding("latin-1", False, "LF")),
        (b"a\x00\x0cb\x1b", "a\x00\x0cb\x1b", Encoding("utf-8", False, "LF")),
    ],
)
def test_what_is_read(data: bytes, text: str, encoding: Encoding) -> None:
    source = read_source(data)
    assert (source.text, source.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "told", "text", "codec"),
    [
        (b"\xe9", "latin-1", "é", "iso8859-1"),
        (b"\xe9", "CP1252", "é", "cp1252"),
        (b"\xcf\xf0", "cp1251", "Пр", "cp1251"),
        (b"\xef\xbb\xbfa", "utf-8", "a", "utf-8"),
        (b"\xef\xbb\xbfa", "utf-8-sig", "a", "utf-8"),
        (b"\xff\xfea\x00", "utf-16", "a", "utf-16-le"),
        (b"\xfe\xff\x00a", "utf-16", "a", "utf-16-be"),
        (b"a\x00", "utf-16", "a", "utf-16-le"),
    ],
)
def test_an_encoding_that_is_told(data: bytes, told: str, text: str, codec: str) -> None:
    source = read_source(data, told)
    assert (source.text, source.encoding.codec, source.to_bytes()) == (text, codec, data)


def test_an_encoding_that_does_not_fit() -> None:
    with pytest.raises(SourceError, match="the file is not ascii: its bytes do not read as that encoding"):
        read_source(b"\xe9", "ascii")
    with pytest.raises(SourceError, match="unknown character encoding 'klingon'"):
        read_source(b"x", "klingon")
    with pytest.raises(SourceError, match="unknown character encoding 'klingon'"):
        Encoding.from_charset("klingon", "LF")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\xff", b"\x7fELF\x02\x01\x00\xff"])
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="looks like a binary file, not a text: byte 0x") as caught:
        read_source(data)
    assert caught.value.code == "TEI020"
    assert "name its encoding" in str(caught.value)


def test_a_character_that_the_encoding_has_no_place_for() -> None:
    source = read_source("é“x".encode("cp1252"))
    with pytest.raises(SourceError, match="'Ж' cannot be written in the source's encoding, cp1252"):
        source.encoding.to_bytes("aЖb")


@given(texts, st.sampled_from(["LF", "CRLF", "CR"]))
def test_lines_are_counted_from_one(text: str, line_end: LineEnd) -> None:
    source = read_source(text.encode("utf-8", errors="ignore"))
    lines = source.text.split("\n")
    assert len(source.line_starts) == len(lines)
    for number, (start, line) in enumerate(zip(source.line_starts, lines, strict=True), start=1):
        assert source.text[start : start + len(line)] == line
        assert source.line_of(start) == source.line_of(start + len(line)) == number


def test_one_line_of_a_megabyte() -> None:
    data = "wört ".encode() * 200_000
    source = read_source(data)
    assert source.to_bytes() == data
    assert source.line_of(len(source.text)) == 1
