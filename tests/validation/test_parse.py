"""The parser takes nothing from outside, expands nothing, and says where it stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.errors import FileError, LimitError, ParseError
from tei.parse import MAX_ATTRIBUTES, MAX_DEPTH, parse_bytes, parse_file
from tei.validation import validate

BOMB = """<!DOCTYPE a [
  <!ENTITY b "bbbbbbbbbb">
]>
<a x="&b;&b;">&b;</a>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_declared_entities_are_refused_in_every_encoding(encoding: str) -> None:
    text = BOMB if encoding != "utf-16-le" else f'<?xml version="1.0" encoding="utf-16le"?>{BOMB}'
    with pytest.raises(ParseError, match="the entity b") as caught:
        parse_bytes(text.encode(encoding), "a.xml")
    assert (caught.value.path, caught.value.line) == ("a.xml", 2)


def test_parameter_entities_are_refused() -> None:
    with pytest.raises(ParseError, match="entity"):
        parse_bytes(b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><a/>')


def test_a_document_type_alone_is_read_but_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text('<!ATTLIST a x CDATA "added"><!ENTITY e "x">')
    file = tmp_path / "a.xml"
    file.write_text('<!DOCTYPE a SYSTEM "a.dtd"><a/>')
    assert parse_file(file).getroot().keys() == []
    file.write_text('<!DOCTYPE a SYSTEM "a.dtd"><a>\n&e;</a>')
    with pytest.raises(ParseError, match="&e; is not declared") as caught:
        parse_file(file)
    assert caught.value.line == 2


def test_a_doctype_in_the_text_is_only_text() -> None:
    root = parse_bytes(b"<a><![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]></a>").getroot()
    assert root.text == "<!DOCTYPE a [<!ENTITY b 'c'>]>"


@pytest.mark.parametrize("name", ["utf-7", "ISO-8859-1", "ibm037", "x-unheard-of"])
def test_other_encodings_are_refused(name: str) -> None:
    with pytest.raises(ParseError, match=name):
        parse_bytes(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode())


def test_broken_bytes_are_refused() -> None:
    with pytest.raises(ParseError, match="not well-formed"):
        parse_bytes(b"<a>\n\xff</a>")


def test_the_place_of_an_error_is_given() -> None:
    with pytest.raises(ParseError, match="mismatch") as caught:
        parse_bytes(b"<a>\n  <b></c>\n</a>", "a.xml")
    assert (caught.value.line, caught.value.column) == (2, 10)


@pytest.mark.parametrize("data", [b"", b" \n", b"text", b"<a/><b/>"])
def test_no_document(data: bytes) -> None:
    with pytest.raises(ParseError):
        parse_bytes(data)


def test_bounds() -> None:
    deep = MAX_DEPTH * b"<a>" + MAX_DEPTH * b"</a>"
    assert parse_bytes(deep).getroot().tag == "a"
    for levels in (MAX_DEPTH + 1, 100_000):
        with pytest.raises(LimitError, match="deep"):
            parse_bytes(levels * b"<a>" + levels * b"</a>")
    with pytest.raises(LimitError, match="larger"):
        parse_bytes(b"<a/>", limit=3)


def test_a_tag_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tei.parse.MAX_TAG", 50)
    long = "x" * 60
    for tag in (f"<b c='>' d='{long}'/>", f"<b c='>' d='{long}", f"<b {long}"):
        with pytest.raises(LimitError, match="a tag is longer than 50 bytes") as caught:
            parse_bytes(f"<a>\n{tag}</a>".encode())
        assert caught.value.line == 2
    for text in (
        f"<a>{long}<b c='>'/>{long}</a>",
        f"<a><!--{long}-->{long}</a>",
        f"<a><![CDATA[{long}]]></a>",
    ):
        assert parse_bytes(text.encode()).getroot().tag == "a"


@pytest.mark.parametrize(
    "count", [MAX_ATTRIBUTES + 1, 450_000]
)  # counted in the tree, and before there is one
def test_too_many_attributes(count: int) -> None:
    tag = "<a " + " ".join(f'a{number}=""' for number in range(count)) + "/>"
    with pytest.raises(LimitError, match=f"more than {MAX_ATTRIBUTES} attributes"):
        parse_bytes(tag.encode())


def test_equal_ids_do_not_stop_the_parser() -> None:
    tree = parse_bytes(b'<a><b xml:id="x"/><b xml:id="x"/></a>')
    assert len(tree.getroot()) == 2


def test_lines_beyond_the_16_bits_of_libxml2() -> None:
    tree = parse_bytes(b"<a>" + 70_000 * b"\n<b/>" + b"</a>")
    assert tree.getroot()[-1].sourceline == 70_001


def test_validate_gives_broken_files_as_problems(tmp_path: Path) -> None:
    file = tmp_path / "bad.xml"
    file.write_text("<a>\n<b></a>")
    (problem,) = validate(file)
    assert str(problem).startswith(f"{file}:2:1: error TEI040 not well-formed: <b> is not closed")
    with pytest.raises(FileError):
        validate(tmp_path / "none.xml")


@pytest.mark.parametrize("place", ["http://example.org/tei.dtd", "other.dtd"])
def test_a_document_type_fetches_nothing(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.dtd").write_text("<!ELEMENT TEI EMPTY", encoding="utf-8")
    for kind in ("SYSTEM", 'PUBLIC "-//TEI//x"'):
        assert parse_bytes(f'<!DOCTYPE TEI {kind} "{place}"><TEI>a</TEI>'.encode()).getroot().text == "a"
