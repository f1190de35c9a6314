"""Schemas and documents that mean harm end with a clear error, soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.errors import LimitError, ParseError, TeiError
from tei.parse import parse_file
from tei.relaxng import SchemaError, load_schema
from tests.relaxng.random_schemas import NS

ANYTHING = (
    f'<grammar {NS}><start><ref name="x"/></start><define name="x"><element><anyName/><zeroOrMore><choice>'
    '<ref name="x"/><text/><attribute><anyName/></attribute></choice></zeroOrMore></element></define>'
    "</grammar>"
)


def _schema(directory: Path, text: str, name: str = "s.rng") -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_schema_that_includes_itself(tmp_path: Path) -> None:
    path = _schema(tmp_path, f'<grammar {NS}>\n<include href="s.rng"/></grammar>')
    with pytest.raises(SchemaError, match="includes itself") as caught:
        load_schema(path, cached=False)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "href",
    [
        "../s.rng",
        "/etc/passwd",
        "%2e%2e/s.rng",
        "http://example.org/s.rng",
        "file:///etc/passwd",
        "//h/s",
        "a\\b",
        "",
    ],
)
def test_only_files_beside_the_schema_are_read(tmp_path: Path, href: str) -> None:
    path = _schema(tmp_path, f'<grammar {NS}><include href="{href}"/></grammar>')
    with pytest.raises(SchemaError):
        load_schema(path, cached=False)


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    _schema(tmp_path, f"<text {NS}/>", "outside.rng")
    (inner / "link.rng").symlink_to(tmp_path / "outside.rng")
    path = _schema(inner, f'<element name="a" {NS}><externalRef href="link.rng"/></element>')
    with pytest.raises(SchemaError, match="not inside the directory"):
        load_schema(path, cached=False)


def test_includes_that_multiply(tmp_path: Path) -> None:
    for number in range(12):
        references = f'<externalRef href="f{number + 1}.rng"/>' * 4
        _schema(tmp_path, f"<group {NS}>{references}</group>", f"f{number}.rng")
    _schema(tmp_path, f"<text {NS}/>", "f12.rng")
    path = _schema(tmp_path, f'<element name="a" {NS}><externalRef href="f0.rng"/></element>')
    with pytest.raises(SchemaError, match="too many files"):
        load_schema(path, cached=False)


@pytest.mark.parametrize("optional", [False, True])
def test_definitions_that_multiply(tmp_path: Path, optional: bool) -> None:
    start, end = ("<choice><empty/><group>", "</group></choice>") if optional else ("<group>", "</group>")
    defines = "".join(
        f'<define name="d{n}">{start}<ref name="d{n + 1}"/><ref name="d{n + 1}"/>{end}</define>'
        for n in range(40)
    )
    path = _schema(
        tmp_path,
        f'<grammar {NS}><start><element name="a"><ref name="d0"/></element></start>{defines}'
        '<define name="d40"><element name="b"><empty/></element></define></grammar>',
    )
    document = _schema(tmp_path, f"<a>{'<b/>' * 100}</a>", "d.xml")
    schema = load_schema(path, cached=False)
    if optional:
        with pytest.raises(LimitError, match="ambiguous"):
            schema.validate_file(document)
    else:
        assert [finding.kind for finding in schema.validate_file(document)] == ["incomplete"]


@pytest.mark.parametrize(
    "text",
    [
        f"<element name='a' {NS}>{'<group>' * 3000}<text/>{'</group>' * 3000}</element>",
        f"<element name='a' {NS}/>",
        f"<element {NS}><text/></element>",
        "<element xmlns='urn:x' name='a'/>",
        f'<grammar {NS}><start><ref name="gone"/></start></grammar>',
        f'<grammar {NS}><define name="a"><text/></define></grammar>',
        (
            f'<grammar {NS}><start><ref name="a"/></start>'
            '<define name="a"><choice><ref name="a"/><empty/></choice></define></grammar>'
        ),
        "\x00",
        "",
    ],
)
def test_broken_schemas(tmp_path: Path, text: str) -> None:
    with pytest.raises(TeiError):
        load_schema(_schema(tmp_path, text), cached=False)


@pytest.mark.parametrize(
    "text", ["start = element a { " + "(" * 3000, 'start = "', "start = [", "a", "start = x:y", "}"]
)
def test_broken_compact_schemas(tmp_path: Path, text: str) -> None:
    with pytest.raises(TeiError):
        load_schema(_schema(tmp_path, text, "s.rnc"), cached=False)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ("<a>" * 100_000, LimitError),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', ParseError),
        ("<a>", ParseError),
        ("<a x='" + "v" * 50_000_000 + "'/>", LimitError),
        ("<a " + " ".join(f"x{n}=''" for n in range(20_000)) + "/>", LimitError),
    ],
)
def test_hostile_documents(tmp_path: Path, document: str, error: type[TeiError]) -> None:
    schema = load_schema(_schema(tmp_path, ANYTHING), cached=False)
    path = _schema(tmp_path, document, "d.xml")
    with pytest.raises(error) as caught:
        schema.validate_file(path)
    assert caught.value.path == str(path)
    if len(document) < 10_000_000:  # a value as long as that is read where the whole file is
        with pytest.raises(error):
            parse_file(path)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("(a+)+b", "a" * 5000),
        (r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}", ".".join(["1" * 2000] * 4) + "X"),
    ],
)
def test_expressions_that_try_for_ever(tmp_path: Path, expression: str, value: str) -> None:
    path = _schema(
        tmp_path,
        f'<element name="a" {NS}><data type="string"><param name="pattern">{expression}</param></data>'
        "</element>",
    )
    assert load_schema(path, cached=False).validate_file(_schema(tmp_path, f"<a>{value}</a>", "d.xml"))


def test_a_spoiled_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = _schema(tmp_path, f'<element name="a" {NS}><externalRef href="b.rng"/></element>')
    part = _schema(tmp_path, f"<empty {NS}/>", "b.rng")
    good, other = _schema(tmp_path, "<a/>", "good.xml"), _schema(tmp_path, "<a>x</a>", "other.xml")
    assert not load_schema(path).validate_file(good)
    [file] = (tmp_path / "cache").rglob("*.json")
    for spoiled in (
        b"",
        b"{}",
        b'{}\n{"format":1,"nodes":[["element","a",7]],"start":0,"ids":{}}',
        b"[1]\n[]",
    ):
        file.write_bytes(spoiled)
        assert load_schema(path).validate_file(other)
    # A change of an included file counts, too.
    part.write_text(f"<text {NS}/>", encoding="utf-8")
    assert not load_schema(path).validate_file(other)
