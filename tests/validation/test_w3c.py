"""W3C schemas of any kind judge a file; those that mean harm end with a clear error, soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.errors import TeiError
from tei.parse import parse_bytes
from tei.validation.w3c import w3c_problems

START = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n'
ELEMENT = '<xs:element name="a" type="xs:string"/>'


def _type(inside: str) -> str:
    return f'<xs:element name="a"><xs:complexType>{inside}</xs:complexType></xs:element>'


def _simple(inside: str) -> str:
    return (
        f'<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string">{inside}</xs:restriction>'
        "</xs:simpleType></xs:element>"
    )


def _doubled(kind: str, inside: str, last: str) -> str:
    made = [f'<xs:{kind} name="g{n}">{inside.replace("NEXT", f"g{n + 1}")}</xs:{kind}>' for n in range(40)]
    return "".join(made) + f'<xs:{kind} name="g40">{last}</xs:{kind}>'


def _found(directory: Path, schema: str, document: bytes) -> list[tuple[str, str]]:
    file = directory / "s.xsd"
    file.write_text(schema, encoding="utf-8")
    return [(p.code, p.message) for p in w3c_problems(parse_bytes(document), "x.xml", file)]


@pytest.mark.parametrize(
    ("inside", "document", "code", "message"),
    [
        (ELEMENT, b"<b/>", "TEI-S007", "<b> may not be the outermost element"),
        (
            _type('<xs:sequence><xs:element name="b"/></xs:sequence>'),
            b"<a/>",
            "TEI-S002",
            "<a> is not complete",
        ),
        (
            _type('<xs:sequence><xs:element name="b"/></xs:sequence>'),
            b"<a><c/></a>",
            "TEI-S001",
            "<c> is not allowed here in <a>",
        ),
        (
            _type('<xs:attribute name="n"/>'),
            b"<a m=''/>",
            "TEI-S004",
            "the attribute m is not allowed on <a>",
        ),
        (_type('<xs:attribute name="n" use="required"/>'), b"<a/>", "TEI-S005", "<a> needs the attribute n"),
        (
            _type('<xs:attribute name="n" type="xs:int"/>'),
            b"<a n='x'/>",
            "TEI-S006",
            'n="x" on <a> is not a value allowed there',
        ),
        (
            _simple('<xs:pattern value="[0-9]+"/>'),
            b"<a>x</a>",
            "TEI-S008",
            "“x” is not a value allowed in <a>",
        ),
    ],
)
def test_what_it_finds_is_said_as_relax_ng_says_it(
    tmp_path: Path, inside: str, document: bytes, code: str, message: str
) -> None:
    assert _found(tmp_path, f"{START}{inside}</xs:schema>", document) == [(code, message)]


def test_the_elements_of_schemas_themselves_are_not_expected(tmp_path: Path) -> None:
    (tmp_path / "s.xsd").write_text(f"{START}{ELEMENT}</xs:schema>", encoding="utf-8")
    (problem,) = w3c_problems(parse_bytes(b"<b/>"), "x.xml", tmp_path / "s.xsd")
    assert problem.hint == "expected <a>"


def test_schemas_include_others(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "b.xsd").write_text(
        f'{START}<xs:include schemaLocation="../s.xsd"/>{ELEMENT}</xs:schema>'
    )
    imported = (
        '<xs:import namespace="http://www.w3.org/XML/1998/namespace"'
        ' schemaLocation="http://www.w3.org/2001/xml.xsd"/>'
    )
    schema = f'{START}{imported}<xs:include schemaLocation="parts/b.xsd"/></xs:schema>'
    assert _found(tmp_path, schema, b"<a>x</a>") == []
    assert _found(tmp_path, schema, b"<a><b/></a>") != []


PAIR = '<xs:sequence><xs:group ref="NEXT"/><xs:group ref="NEXT"/></xs:sequence>'
UNION = '<xs:union memberTypes="NEXT NEXT"/>'
ITSELF = '<xs:complexContent><xs:extension base="t"/></xs:complexContent>'
SCHEMAS = {
    "there is no such file": f'<xs:include schemaLocation="gone.xsd"/>{ELEMENT}',
    "not inside the directory": f'<xs:include schemaLocation="../s.xsd"/>{ELEMENT}',
    "not a file beside": f'<xs:include schemaLocation="/etc/passwd"/>{ELEMENT}',
    "schema: http://": '<xs:import namespace="urn:x" schemaLocation="http://example.org/x.xsd"/>',
    "redefine the same schema": f'<xs:redefine schemaLocation="s.xsd"/>{ELEMENT}',
    "pattern .a cannot be used": _simple('<xs:pattern value="(a"/>'),
    "99999999 is more than": _type('<xs:sequence minOccurs="99999999"><xs:any/></xs:sequence>'),
    "g25 refers .* too many": _doubled("group", PAIR, "<xs:sequence/>") + ELEMENT,
    "g25 refers to others": _doubled("simpleType", UNION, '<xs:restriction base="xs:int"/>') + ELEMENT,
    "nested too deeply": _type("<xs:sequence>" * 50 + '<xs:element name="b"/>' + "</xs:sequence>" * 50),
    "nested more than": _type("<xs:sequence>" * 100_000),
    "Circular": f'<xs:complexType name="t">{ITSELF}</xs:complexType>{ELEMENT}',
    "larger than": ELEMENT * 50_000,
}


@pytest.mark.parametrize(("said", "inside"), SCHEMAS.items(), ids=list(SCHEMAS))
def test_schemas_that_cannot_be_used(tmp_path: Path, said: str, inside: str) -> None:
    with pytest.raises(TeiError, match=said) as caught:
        _found(tmp_path, f"{START}{inside}</xs:schema>", b"<a/>")
    assert caught.value.path == str(tmp_path / "s.xsd")


@pytest.mark.parametrize("text", ["", "text", "<a/>", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'])
def test_what_is_no_schema(tmp_path: Path, text: str) -> None:
    with pytest.raises(TeiError) as caught:
        _found(tmp_path, text, b"<a/>")
    assert (caught.value.path, caught.value.line) == (str(tmp_path / "s.xsd"), 1)


def test_a_schema_that_includes_itself_is_read_once(tmp_path: Path) -> None:
    schema = f'{START}<xs:include schemaLocation="s.xsd"/>{ELEMENT}</xs:schema>'
    assert _found(tmp_path, schema, b"<a/>") == []


def test_a_pattern_does_not_try_for_ever(tmp_path: Path) -> None:
    schema = START + _simple('<xs:pattern value="(a+)+b"/>') + "</xs:schema>"
    assert [code for code, _ in _found(tmp_path, schema, b"<a>" + b"a" * 5000 + b"</a>")] == ["TEI-S008"]


def test_the_file_does_not_choose_the_schema(tmp_path: Path) -> None:
    document = (
        b"<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
        b" xsi:noNamespaceSchemaLocation='http://example.org/x.xsd'>x</a>"
    )
    assert _found(tmp_path, f"{START}{ELEMENT}</xs:schema>", document) == []
