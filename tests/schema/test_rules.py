"""The project's own rules at their edges; the catalogue of codes has a plain example of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from schema.odd.read import read_odd
from tei.codes import catalogue
from tei.parse import parse_bytes
from tei.schematron import Schematron, load_schematron

FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><profileDesc><langUsage>
<language ident="en">English</language><language ident="la">Latin</language>
</langUsage></profileDesc></teiHeader><text><body>{}</body></text></TEI>"""
PC = '<pc force="weak">-</pc>'


@pytest.fixture(scope="module")
def rules(root: Path) -> Schematron:
    return load_schematron(root / "schema" / "tei-edition.sch")


def broken(rules: Schematron, content: str) -> list[str | None]:
    tree = parse_bytes(FRAME.replace("{}", content).encode())
    return [failure.id for failure in rules.check(tree)]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("TEI-R001", f"<p>com{PC}<hi>mittee</hi>\nmet</p>"),
        ("TEI-R001", f"<p><persName>Ny{PC}</persName>gaard</p>"),
        ("TEI-R002", "<p><choice><orig>show</orig><reg>show</reg></choice>\n<lb/>it</p>"),
        ("TEI-R003", "<p><choice><sic>a</sic><corr> </corr></choice></p>"),
        ("TEI-R005", '<p><date from="1901-03-03" to="1901-03-02"/></p>'),
        ("TEI-R005", '<p><date from="1901-03" to="1901-02"/></p>'),
        ("TEI-R006", '<p><date notBefore="1902" notAfter="1901"/></p>'),
        ("TEI-R009", '<p><foreign xml:lang="la-VA">urbi</foreign></p>'),
        ("TEI-R016", '<p part="I">a</p><p part="M">b</p>'),
        ("TEI-R016", '<p part="F">a</p><p part="I">b</p><p part="F">c</p><p part="I">d</p>'),
    ],
)
def test_what_a_rule_finds(rules: Schematron, code: str, content: str) -> None:
    assert code in broken(rules, content)


@pytest.mark.parametrize(
    "content",
    [
        f'<p><persName>Ny{PC}</persName>\n<lb break="no"/>gaard</p>',
        f"<p>com{PC} \nmittee</p>",
        f'<p><choice><sic>com{PC}</sic><corr>com</corr></choice> \n<lb break="no"/>mittee</p>',
        f"<p>com{PC}</p>",
        '<p><choice><sic>re</sic><corr>re</corr></choice>\n<lb break="no"/>construction</p>',
        '<p><date from="1901" to="1900-12-31"/></p>',
        '<p><date from="1901-03-03T12:00:00" to="1901-03-03T11:00:00"/></p>',
        '<p><date notBefore="1901" notAfter="1901"/><date when="1901"/><date from="1901"/></p>',
        '<p><biblScope from="xii" to="iv"/><biblScope from="5"/><biblScope from="5" to="5"/></p>',
        '<p xml:lang="la"><foreign xml:lang="en">words</foreign></p>',
        '<p><q>“Hear!”</q><gap reason="lost" unit="line"/></p>',
        '<sp who="#a"><p>a</p></sp>',
        '<note place="bottom" prev="#n1"><p>a</p></note><note place="end"><p>b</p></note>',
        '<p part="I">a</p><p part="M">b</p><p part="F">c</p><p part="N">d</p><p part="Y">e</p>',
        "<figure><p>a map, torn out</p></figure><list><item>a</item></list>",
        '<div type="section"><p>a</p></div>',
    ],
)
def test_what_a_rule_lets_pass(rules: Schematron, content: str) -> None:
    assert broken(rules, content) == []


def test_a_message_tells_what_was_found(rules: Schematron) -> None:
    tree = parse_bytes(FRAME.replace("{}", '<p><date from="1903" to="1901"/></p>').encode())
    assert [failure.message for failure in rules.check(tree)] == ['from="1903" is later than to="1901"']


def test_the_catalogue_says_more_of_every_rule(root: Path) -> None:
    odd = read_odd(root / "schema" / "tei-edition.odd")
    written = {rule.code: rule.see for rule in odd.rules()}
    assert len(written) >= 20
    assert {code: entry.link for code, entry in catalogue().items() if code in written} == written


def test_the_rules_are_numbered_and_their_roles_known(root: Path) -> None:
    tree = etree.parse(root / "schema" / "tei-edition.sch")
    asserts = list(tree.iter("{http://purl.oclc.org/dsdl/schematron}assert"))
    assert [a.get("id") for a in asserts] == [f"TEI-R{n:03}" for n in range(1, len(asserts) + 1)]
    assert {a.get("role") for a in asserts} == {"error", "warning"}
