"""Each construct of RELAX NG does what the specification says; jing says the same of every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.relaxng import SchemaError, load_schema
from tests.jing import invalid, require_jing
from tests.relaxng.random_schemas import NS

# What it is about, the schema, valid documents, others.
CASES: list[tuple[str, str, list[str], list[str]]] = [
    (
        "group and choice",
        (
            '<element name="r" {}><element name="a"><empty/></element><choice><element name="b"><empty/>'
            '</element><element name="c"><empty/></element></choice></element>'
        ),
        ["<r><a/><b/></r>", "<r> <a/> <!-- x --><c/></r>"],
        ["<r/>", "<r><b/><a/></r>", "<r><a/><b/><c/></r>", "<r>x<a/><b/></r>"],
    ),
    (
        "interleave",
        (
            '<element name="r" {}><interleave><element name="a"><empty/></element><oneOrMore><element'
            ' name="b"><empty/></element></oneOrMore><text/></interleave></element>'
        ),
        ["<r><b/><a/>x<b/></r>", "<r><a/><b/></r>"],
        ["<r><b/></r>", "<r><a/><a/><b/></r>"],
    ),
    (
        "attributes in a choice",
        (
            '<element name="r" {}><choice><group><attribute name="a"/><attribute name="b"/></group>'
            '<attribute name="c"><value>1</value></attribute></choice></element>'
        ),
        ["<r a='' b=''/>", "<r c='1'/>"],
        ["<r/>", "<r a=''/>", "<r a='' c='1'/>", "<r c='2'/>", "<r a='' b='' d=''/>"],
    ),
    (
        "an attribute that decides about the content",
        (
            '<element name="r" {}><choice><group><attribute name="t"><value>x</value></attribute>'
            '<element name="a"><empty/></element></group><group><attribute name="t"><value>y</value>'
            "</attribute><text/></group></choice></element>"
        ),
        ["<r t='x'><a/></r>", "<r t='y'>z</r>"],
        ["<r t='y'><a/></r>", "<r t='x'>z</r>", "<r t='z'/>"],
    ),
    (
        "two definitions of one element",
        (
            '<element name="r" {}><zeroOrMore><choice><element name="a"><element name="b"><empty/>'
            '</element></element><group><element name="a"><text/></element><element name="c"><empty/>'
            "</element></group></choice></zeroOrMore></element>"
        ),
        ["<r><a><b/></a></r>", "<r><a>x</a><c/></r>", "<r><a/><c/><a><b/></a></r>"],
        ["<r><a>x</a></r>", "<r><a><b/></a><c/></r>"],
    ),
    (
        "name classes",
        (
            '<element {}><anyName><except><nsName ns="urn:n"/><name>x</name></except></anyName>'
            '<zeroOrMore><attribute><nsName ns="urn:m"/></attribute></zeroOrMore><zeroOrMore><element>'
            '<choice><name ns="urn:n">y</name><name>z</name></choice><empty/></element></zeroOrMore>'
            "</element>"
        ),
        ["<r/>", "<q xmlns='urn:m' xmlns:m='urn:m' m:a=''/>", "<r><z/><n:y xmlns:n='urn:n'/></r>"],
        ["<x/>", "<r xmlns='urn:n'/>", "<r a=''/>", "<r><y/></r>"],
    ),
    (
        "data, value, list and exceptions",
        (
            '<element name="r" {}><list><oneOrMore><choice><data type="integer"><except><value'
            ' type="integer">0</value></except></data><value>none</value></choice></oneOrMore></list>'
            "</element>"
        ),
        ["<r>1 -2</r>", "<r> none\n3 </r>", "<r>1<!-- -->2</r>"],
        ["<r/>", "<r>1 0</r>", "<r>00</r>", "<r>x</r>", "<r>1<r/></r>"],
    ),
    (
        "empty data",
        ('<element name="r" {}><data type="string"/></element>'),
        ["<r/>", "<r> </r>", "<r>a</r>"],
        ["<r><r/></r>"],
    ),
    (
        "notAllowed, empty and mixed",
        (
            '<element name="r" {}><choice><notAllowed/><mixed><optional><element name="a"><empty/>'
            "</element></optional></mixed></choice></element>"
        ),
        ["<r>x<a/>y</r>", "<r/>"],
        ["<r><a/><a/></r>"],
    ),
    (
        "combine, div, parentRef and nested grammars",
        (
            '<grammar {}><start combine="choice"><ref name="a"/></start><div><start combine="choice">'
            '<grammar><start><element name="b"><parentRef name="a"/><ref name="a"/></element></start>'
            '<define name="a"><text/></define></grammar></start></div><define name="a"><element'
            ' name="a"><empty/></element></define></grammar>'
        ),
        ["<a/>", "<b><a/>x</b>"],
        ["<b/>", "<b>x<a/></b>", "<c/>"],
    ),
    (
        "ids",
        (
            '<element name="r" {}><zeroOrMore><element name="a"><optional><attribute name="id"><data'
            ' type="ID"/></attribute></optional><optional><attribute name="to"><data type="IDREFS"/>'
            "</attribute></optional></element></zeroOrMore></element>"
        ),
        ["<r><a to='y x'/><a id='x'/><a id=' y '/></r>"],
        ["<r><a id='x'/><a id='x'/></r>", "<r><a to='z'/></r>", "<r><a id='1'/></r>"],
    ),
]


@pytest.mark.parametrize(("what", "text", "good", "bad"), CASES, ids=[case[0] for case in CASES])
def test_constructs(tmp_path: Path, what: str, text: str, good: list[str], bad: list[str]) -> None:
    path = tmp_path / "s.rng"
    path.write_text(text.replace("{}", NS, 1), encoding="utf-8")
    schema = load_schema(path, cached=False)
    assert [d for d in good if schema.validate(etree.ElementTree(etree.fromstring(d)))] == []
    assert [d for d in bad if not schema.validate(etree.ElementTree(etree.fromstring(d)))] == []


@pytest.mark.slow
@pytest.mark.parametrize(("what", "text", "good", "bad"), CASES, ids=[case[0] for case in CASES])
def test_jing_says_the_same(tmp_path: Path, what: str, text: str, good: list[str], bad: list[str]) -> None:
    require_jing()
    path = tmp_path / "s.rng"
    path.write_text(text.replace("{}", NS, 1), encoding="utf-8")
    files = {tmp_path / f"{n}.xml": document for n, document in enumerate(good + bad)}
    for file, document in files.items():
        file.write_text(document, encoding="utf-8")
    assert {files[file] for file in invalid(path, list(files))} == set(bad)


def test_include_replaces_definitions(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "base.rng").write_text(
        f'<grammar {NS} ns="urn:n"><start><ref name="a"/></start>'
        '<define name="a"><element name="a"><ref name="b"/></element></define>'
        '<define name="b"><text/></define></grammar>',
        encoding="utf-8",
    )
    path = tmp_path / "s.rng"
    path.write_text(
        f'<grammar {NS}><include href="parts/base.rng"><define name="b"><empty/></define>'
        "</include></grammar>",
        encoding="utf-8",
    )
    schema = load_schema(path, cached=False)
    assert not schema.validate(etree.ElementTree(etree.fromstring("<a xmlns='urn:n'/>")))
    assert schema.validate(etree.ElementTree(etree.fromstring("<a xmlns='urn:n'>x</a>")))
    path.write_text(path.read_text(encoding="utf-8").replace('"b"', '"c"'), encoding="utf-8")
    with pytest.raises(SchemaError, match="does not define"):
        load_schema(path, cached=False)
