"""Schemas that cannot be used, and parts of them that are left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.errors import FileError, ParseError, SchemaError, TeiError
from tei.schematron import load_schematron
from tests.schematron.made import check, document, load, messages, rule, schema_text

CIRCLE = (
    '<pattern><rule abstract="true" id="a"><extends rule="b"/></rule>'
    '<rule abstract="true" id="b"><extends rule="a"/></rule>'
    '<rule context="tei:p"><extends rule="a"/></rule></pattern>'
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rule("tei:p", '<assert test="@n ==">x</assert>'), "not an expression of XPath"),
        (rule("tei:p", '<assert test="count(tei:p">x</assert>'), "not an expression of XPath"),
        (rule("tei:p[", '<assert test="@n">x</assert>'), "not an expression of XPath"),
        (rule("tei:p", '<assert test="@n = \'a">x</assert>'), "quotation mark is not closed"),
        (rule("tei:p", '<assert test="@n = ¶">x</assert>'), "“¶” has no place"),
        (rule("tei:p", '<assert test="ns:p">x</assert>'), "the prefix ns is not declared"),
        (rule("tei:p", "<assert>x</assert>"), "<assert> needs the attribute test"),
        ('<pattern><rule><assert test="1">x</assert></rule></pattern>', "<rule> needs the attribute context"),
        (rule("tei:p", '<extends rule="none"/>'), "no abstract rule with the id none"),
        ('<pattern is-a="none"/>', "no abstract pattern with the id none"),
        (rule("tei:p", '<assert test="1" diagnostics="none">x</assert>'), "no diagnostic with the id none"),
        ('<include href="none.sch"/>', "there is no such file"),
        ('<include href="rules.sch"/>', "includes itself"),
        ('<include href="https://example.org/x.sch"/>', "not a file beside the schema"),
        ('<include href="../other.sch"/>', "not inside the directory"),
        ('<include href="/etc/passwd"/>', "not a file beside the schema"),
        ("<include/>", "<include> needs the attribute href"),
        (CIRCLE, "extends itself"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, body: str, said: str) -> None:
    (tmp_path.parent / "other.sch").write_text(schema_text(""))
    with pytest.raises(SchemaError, match="(?s)" + said.replace("(", r"\(")) as caught:
        load(tmp_path, "\n" + body)
    assert caught.value.line == 2
    assert str(caught.value.path).endswith("rules.sch")
    assert caught.value.code == "TEI080"


def test_an_unknown_query_language(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="“xquery” is not supported") as caught:
        load(tmp_path, "", binding="xquery")
    assert "xslt2" in str(caught.value.hint)


def test_an_expression_of_xpath_2_where_xpath_1_is_declared(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as caught:
        load(tmp_path, rule("tei:p", "<assert test=\"@n eq 'a'\">x</assert>"), binding="xslt")
    assert 'queryBinding="xslt2"' in str(caught.value.hint)


def test_files_that_are_no_schematron(tmp_path: Path) -> None:
    for name, text, error in (
        ("a.sch", "<schema/>", SchemaError),
        ("b.sch", "<schema", ParseError),
        ("c.sch", '<schema xmlns="http://www.ascc.net/xml/schematron"/>', SchemaError),
        ("d.rng", '<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>', SchemaError),
        ("e.sch", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', ParseError),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(error):
            load_schematron(tmp_path / name)
    with pytest.raises(FileError):
        load_schematron(tmp_path / "none.sch")


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "out.sch").write_text(schema_text(""))
    (inside / "link.sch").symlink_to(tmp_path / "out.sch")
    with pytest.raises(SchemaError, match="not inside the directory"):
        load(inside, '<include href="link.sch"/>')


XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rule("tei:p", "<assert test=\"key('k', @n)\">x</assert>"), "it calls key()"),
        (rule("tei:p", "<assert test=\"doc('x.xml')//a\">x</assert>"), "it calls doc()"),
        (rule("tei:p", "<assert test=\"document('x.xml')\">x</assert>"), "it calls document()"),
        (rule("tei:p", "<assert test=\"fn:unparsed-text('x')\">x</assert>"), "it calls unparsed-text()"),
        (rule("tei:p", "<assert test=\"environment-variable('HOME')\">x</assert>"), "environment-variable()"),
        (rule("tei:p", "<assert test=\"doc#1('x')\">x</assert>"), "it calls doc()"),
        (
            rule("tei:p", "<assert test=\"Q{http://www.w3.org/2005/xpath-functions}doc('x')\">x</assert>"),
            "calls doc()",
        ),
        (
            rule("tei:p", "<assert test=\"function-lookup(xs:QName('fn:doc'), 1)('x')\">x</assert>"),
            "function-lookup()",
        ),
        (rule("tei:p", '<assert test="tei:own(@n)">x</assert>'), "it calls an unknown function"),
        (rule("tei:p", '<assert test="$none">x</assert>'), "uses the variable $none"),
        (rule("tei:p", '<let name="v"><x/></let><assert test="$v">x</assert>'), "content is not supported"),
        (
            '<pattern documents="x.xml"><rule context="/"><assert test="false()">x</assert></rule></pattern>',
            "other doc",
        ),
        (
            f'<xsl:function {XSL} name="tei:own"/>',
            "<xsl:function> tei:own: XSLT inside a schema is not supported",
        ),
        (f'<xsl:key {XSL} name="k" match="tei:p" use="@n"/>', "<xsl:key> k: "),
    ],
)
def test_what_cannot_be_run_is_left_out_and_said(tmp_path: Path, body: str, said: str) -> None:
    schema = load(tmp_path, body + rule("tei:p", '<assert test="@n">no n</assert>'))
    assert len(schema.left_out) == 1
    found = schema.check(document("<p/>"))
    assert sorted(f.kind for f in found) == ["assert", "unrun"]
    assert [said in f.message for f in found if f.kind == "unrun"] == [True]
    assert [f.line for f in found if f.kind == "unrun"] == [1]


def test_behind_a_rule_whose_context_cannot_be_run_no_other_of_its_pattern_is(tmp_path: Path) -> None:
    body = (
        '<pattern><rule context="tei:p[key(\'k\', .)]"><assert test="false()">a</assert></rule>'
        '<rule context="tei:p"><assert test="false()">b</assert></rule></pattern>'
    )
    found = check(tmp_path, body, "<p/>")
    assert [f.kind for f in found] == ["unrun", "unrun"]
    assert messages(found)[1] == "the rule for tei:p: the rule before it in its pattern cannot be run"


def test_rules_that_extend_rules_do_not_multiply_without_end(tmp_path: Path) -> None:
    chain = "".join(
        f'<rule abstract="true" id="r{n}"><extends rule="r{n + 1}"/><extends rule="r{n + 1}"/></rule>'
        for n in range(40)
    )
    last = '<rule abstract="true" id="r40"><assert test="1">x</assert></rule>'
    with pytest.raises(TeiError, match="more than 10000 assertions"):
        load(tmp_path, f'<pattern>{chain}{last}<rule context="tei:p"><extends rule="r0"/></rule></pattern>')


def test_files_that_include_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "a.sch").write_text(schema_text('<include href="b.sch"/>'))
    (tmp_path / "b.sch").write_text(schema_text('<include href="a.sch"/>'))
    with pytest.raises(SchemaError, match="includes itself"):
        load_schematron(tmp_path / "a.sch")
