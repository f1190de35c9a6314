"""One mistake, one message: what was found, where, and what was expected there."""

from __future__ import annotations

import pytest
from lxml import etree

from tei.relaxng import Finding, Schema, load_schema
from tei.validation.files import RELAX_NG, schema_file
from tests.validation.samples import varied


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
