"""Rules that stand in RELAX NG, W3C schemas and ODDs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.schematron import Schematron, load_schematron
from tests import jing
from tests.schematron.made import SCH, TEI, document, messages

RNG = "http://relaxng.org/ns/structure/1.0"


def grammar(body: str) -> str:
    return f'<grammar xmlns="{RNG}" xmlns:sch="{SCH}" xmlns:tei="{TEI}" ns="{TEI}">{body}</grammar>'


def test_patterns_rules_and_assertions_in_relax_ng(tmp_path: Path) -> None:
    (tmp_path / "part.rng").write_text(
        grammar(
            '<define name="x"><sch:pattern><sch:rule context="tei:p">'
            '<sch:assert test="@a">no a</sch:assert></sch:rule></sch:pattern></define>'
        )
    )
    (tmp_path / "main.rng").write_text(
        grammar(
            '<sch:ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>'
            '<include href="part.rng"/><start><element name="p">'
            '<sch:rule context="t:p[@a]"><sch:assert test="@a ne \'x\'">a is x</sch:assert></sch:rule>'
            '<sch:assert test="@b">no b</sch:assert><empty/></element></start>'
        )
    )
    schema = load_schematron(tmp_path / "main.rng")
    assert sorted(messages(schema.check(document('<p/><p a="x" b="1"/>')))) == ["a is x", "no a", "no b"]


def test_constraints_of_an_odd(tmp_path: Path) -> None:
    (tmp_path / "my.odd").write_text(
        f'<TEI xmlns="{TEI}" xmlns:sch="{SCH}"><text><body><p>As in <sch:pattern><sch:rule context="tei:p">'
        '<sch:assert test="false()">an example</sch:assert>'
        '</sch:rule></sch:pattern>.</p><schemaSpec ident="my">'
        '<elementSpec ident="p" mode="change"><constraintSpec ident="a" scheme="schematron"><constraint>'
        '<sch:assert test="@n">no n</sch:assert></constraint></constraintSpec>'
        '<constraintSpec ident="b" scheme="schematron" mode="delete"><constraint>'
        '<sch:assert test="false()">deleted</sch:assert></constraint></constraintSpec>'
        '<constraintSpec ident="c" scheme="schematron"><constraint><sch:rule context="tei:p/tei:hi">'
        "<sch:report test=\"matches(., '^x')\">an x</sch:report></sch:rule></constraint></constraintSpec>"
        '<attList><attDef ident="n"><constraintSpec ident="d" scheme="schematron"><constraint>'
        '<sch:assert test="string-length(.) lt 2">too long</sch:assert>'
        "</constraint></constraintSpec></attDef></attList>"
        '</elementSpec><classSpec ident="att.my" type="atts">'
        '<constraintSpec ident="e" scheme="schematron"><constraint>'
        '<sch:assert test="@n">lost</sch:assert></constraint>'
        "</constraintSpec></classSpec></schemaSpec></body></text></TEI>"
    )
    schema = load_schematron(tmp_path / "my.odd")
    found = schema.check(document('<p/><p n="12"><hi>xy</hi></p>'))
    assert sorted(messages([f for f in found if f.kind != "unrun"])) == ["an x", "no n", "too long"]
    assert [f.attribute for f in found if f.message == "too long"] == ["n"]
    assert [f.message for f in found if f.kind == "unrun"] == [
        '<assert>: it has no context: put it into <sch:rule context="…">'
    ]


def test_rules_in_a_w3c_schema(tmp_path: Path) -> None:
    (tmp_path / "my.xsd").write_text(
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:sch="{SCH}">'
        "<xs:annotation><xs:appinfo>"
        f'<sch:ns prefix="tei" uri="{TEI}"/><sch:pattern><sch:rule context="tei:p">'
        '<sch:assert test="@n">no n</sch:assert></sch:rule>'
        "</sch:pattern></xs:appinfo></xs:annotation></xs:schema>"
    )
    assert messages(load_schematron(tmp_path / "my.xsd").check(document("<p/>"))) == ["no n"]


# Each is what a rule of tei_all speaks of, and the words it says.
WRONG = {
    '<p><date when="1900" from="1899"/></p>': "The @when attribute cannot be used with any other",
    '<p subtype="a"/>': "should not be categorized in detail with @subtype",
    "<p><p/></p>": "Paragraphs may not occur inside other paragraphs or ab elements",
    '<list type="gloss"><item/></list>': "should include a sequence of one or more pairs",
    "<p><s><s/></s></p>": "You may not nest one s element within another",
    '<p><ref target="#a" cRef="b"/></p>': "may be supplied on ref",
    '<p><ptr target="#a" cRef="b"/></p>': "may be supplied on ptr",
    "<lg><l><l/></l></lg>": "Lines may not contain lines or lg elements",
    "<lg/>": "must contain at least one child l, lg, or gap element",
    '<p><anchor spanTo="#b"/><anchor xml:id="a"/></p>': "must follow the current element anchor",
    '<p><rt target="#a" from="#b"/></p>': "When target= is present, neither from= nor to= should be",
    "<p><dimensions><height/><height/></dimensions></p>": "may appear once only",
    '<path points="1,2 3,4 1,2"/>': "The first and last elements of this path are the same",
    '<p><join target="#a"/></p>': "at least two values for @target on join",
    '<content><sequence><p minOccurs="3" maxOccurs="2"/></sequence></content>': "@maxOccurs should be",
    "<p><subst><add/></subst></p>": "must have at least one child add and at least one child del",
}


@pytest.fixture(scope="module")
def tei_all() -> Schematron:
    return load_schematron(jing.tei_all())


@pytest.mark.parametrize("text", WRONG)
def test_the_rules_of_tei_all(text: str, tei_all: Schematron) -> None:
    said = messages(tei_all.check(document(text)))
    assert any(WRONG[text] in message for message in said), said


def test_the_rules_of_tei_all_say_nothing_of_sound_text(tei_all: Schematron) -> None:
    assert tei_all.left_out == []
    text = '<list type="gloss"><label>a</label><item/></list><p type="a" subtype="b"><date when="1900"/></p>'
    assert tei_all.check(document(text)) == []
