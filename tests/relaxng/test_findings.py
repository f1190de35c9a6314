"""One mistake, one message: what was found, where, and what was expected there."""

from __future__ import annotations

import pytest
from lxml import etree

from tei.relaxng import Finding, Schema, load_schema
from tei.validation.files import RELAX_NG, schema_file
from tests.validation.samples import complete, varied


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema(schema_file(RELAX_NG), cached=False)


def _findings(schema: Schema, data: bytes) -> list[Finding]:
    parser = etree.XMLParser(collect_ids=False)
    return schema.validate(etree.ElementTree(etree.fromstring(data, parser)), data)


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("<editorialDecl>", "<editorialDecl><p2/>", "element", "<p2>"),
        ("<encodingDesc>", "<encodingDesc colour='x'>", "attribute", "colour"),
        ("<encodingDesc>", "<encodingDesc>loose", "text", "loose"),
        ("<encodingDesc>", "<encodingDesc xml:lang='e n'>", "attribute-value", "xml:lang"),
        ("<encodingDesc>", "<encodingDesc><lb/>", "element", "<lb>"),
    ],
)
def test_one_mistake_one_finding(schema: Schema, old: str, new: str, kind: str, said: str) -> None:
    data, line = varied(old, new)
    [finding] = _findings(schema, data)
    assert (finding.kind, finding.line) == (kind, line)
    assert said in finding.message
    assert finding.column
    assert finding.xpath


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (
            '<fw type="header" place="top">',
            '<fw type="header" plase="top">',
            "the attribute plase is not allowed on <fw>",
            "perhaps place was meant",
        ),
        (
            '<div type="speech" xml:id="speech">',
            '<div typ="speech" xml:id="speech">',
            "the attribute typ is not allowed on <div>",
            "perhaps type was meant",
        ),
        (
            '<sp who="#wren">',
            '<sp who="wren">',
            'who="wren" on <sp> is not a value allowed there',
            "perhaps “#wren” was meant",
        ),
        (
            "<p>More.</p>",
            "<p><p>More.</p></p>",
            "<p> is not allowed here in <p>",
            "perhaps the end tag of the <p> around it is missing",
        ),
        (
            "<p>More.</p>",
            "<p><div>More.</div></p>",
            "<div> is not allowed here in <p>",
            "<div> may stand around <p>, not inside it",
        ),
        (
            "<p>Notes on it.</p>",
            "<p>Notes on it.</p><head>One</head><head>Two</head>",
            "<head> may stand in <div>, but not here (and 1 more like it in the same element)",
            "it must come earlier, or it is one too many",
        ),
        (
            "<p>Set off from the text.</p>",
            "Set off from the text.",
            "text is not allowed directly in <quote>: “Set off from the text.”",
            None,
        ),
    ],
)
def test_what_was_meant(schema: Schema, old: str, new: str, message: str, hint: str | None) -> None:
    data, line = varied(old, new)
    [finding] = _findings(schema, data)
    assert (finding.message, finding.hint, finding.line) == (message, hint, line)


def test_an_element_around_several_that_is_missing(schema: Schema) -> None:
    text = complete().replace("<publicationStmt>", "").replace("</publicationStmt>", "")
    [finding] = _findings(schema, text.encode())
    assert "more like it in the same element, up to line" in finding.message
    assert finding.hint == "it may stand inside of <publicationStmt>, which is allowed here"
    assert finding.also


def test_mistakes_apart_are_told_apart(schema: Schema) -> None:
    data, line = varied(
        "<p>Notes on it.</p>",
        "<p>Notes on it.</p><head>One</head>\n<p>More.</p><head>Two</head>",
    )
    assert [finding.line for finding in _findings(schema, data)] == [line, line + 1]


def test_a_missing_element(schema: Schema) -> None:
    data, _ = varied("<encodingDesc>", "<encodingDesc/><profileDesc/><!--")
    text = data.decode().replace("</encodingDesc>", "-->", 1)
    kinds = {finding.kind for finding in _findings(schema, text.encode())}
    assert kinds <= {"incomplete", "element", "missing"}
    assert kinds


def test_more_than_the_limit(schema: Schema) -> None:
    data = b"<TEI xmlns='http://www.tei-c.org/ns/1.0'>" + b"<x/>" * 50 + b"</TEI>"
    tree = etree.ElementTree(etree.fromstring(data))
    assert len(schema.validate(tree, limit=10)) == 11


def test_the_wrong_root(schema: Schema) -> None:
    [finding] = _findings(schema, b"\n<TEI><teiHeader/></TEI>")
    assert (finding.kind, finding.line, finding.column) == ("root", 2, 1)
    assert finding.hint is not None
    assert "http://www.tei-c.org/ns/1.0" in finding.hint
