"""What the rules of a schema say of a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.errors import SchemaError
from tei.schematron import load_schematron
from tests.schematron.made import check, document, load, messages, rule, schema_text

GLOSS = '<list type="gloss"><item>a boat</item></list>'


@pytest.mark.parametrize("binding", ["xslt", "xpath", "xslt2", "xpath2", "xslt3", "xpath31", "XSLT2"])
def test_an_assert_that_does_not_hold_and_a_report_that_does(tmp_path: Path, binding: str) -> None:
    body = rule(
        "tei:list", '<assert test="tei:label">no label</assert>', '<report test="tei:item">an item</report>'
    )
    found = check(tmp_path, body, GLOSS, binding=binding)
    assert [(f.kind, f.message) for f in found] == [("assert", "no label"), ("report", "an item")]
    element = found[0].element
    assert element is not None
    assert etree.QName(element).localname == "list"


def test_a_rule_that_holds_says_nothing(tmp_path: Path) -> None:
    body = rule(
        "tei:list", '<assert test="tei:item">no item</assert>', '<report test="tei:label">a label</report>'
    )
    assert check(tmp_path, body, GLOSS) == []


def test_the_first_rule_of_a_pattern_that_fits_takes_the_node(tmp_path: Path) -> None:
    body = (
        '<pattern><rule context="tei:p[@rend]"><assert test="@rend = \'b\'">first</assert></rule>'
        '<rule context="tei:p[@type]"><assert test="false()">second</assert></rule>'
        '<rule context="tei:p"><assert test="false()">third</assert></rule></pattern>'
        + rule("tei:p", '<assert test="false()">other</assert>')
    )
    found = check(tmp_path, body, '<p rend="a" type="t" n="1"/><p type="t" n="2"/><p n="3"/>')
    assert [(f.element.get("n"), f.message) for f in found if f.element is not None] == [
        ("1", "first"),
        ("2", "second"),
        ("3", "third"),
        ("1", "other"),
        ("2", "other"),
        ("3", "other"),
    ]


def test_contexts_of_every_kind(tmp_path: Path) -> None:
    text = '<p n="1"><hi rend="i">x</hi>y<!--c--><?go on?></p><div><p n="2"/></div>'
    for context, found in {
        "/": [None],
        "/tei:TEI": ["TEI"],
        "tei:p": ["p", "p"],
        "tei:div/tei:p": ["p"],
        "tei:body//tei:p": ["p", "p"],
        "tei:p[2] | tei:hi": ["hi"],
        "tei:hi | tei:div": ["hi", "div"],
        "tei:p[1]": ["p", "p"],
        "*[@n]": ["p", "p"],
        "tei:hi/@rend": ["hi"],
        "@*": ["p", "hi", "p"],
        "tei:p/text()": ["hi"],
        "tei:hi/text()": ["hi"],
        "tei:p[matches(@n, '[2-9]')]": ["p"],
        "tei:p[@n][matches(@n, '[2-9]')] | tei:hi": ["hi", "p"],
    }.items():
        failures = check(
            tmp_path, rule(context.replace("'", "&apos;"), '<assert test="false()">no</assert>'), text
        )
        names = [None if f.element is None else etree.QName(f.element).localname for f in failures]
        assert names == found, context


def test_an_attribute_is_named(tmp_path: Path) -> None:
    body = rule("@*", '<assert test=". = \'a\'">wrong: <name/>=<value-of select="."/></assert>')
    found = check(tmp_path, body, '<p n="b" xml:id="c"/>')
    assert [(f.attribute, f.message) for f in found] == [
        ("n", "wrong: n=b"),
        ("{http://www.w3.org/XML/1998/namespace}id", "wrong: xml:id=c"),
    ]


def test_messages_hold_values_and_names(tmp_path: Path) -> None:
    body = rule(
        "tei:p",
        '<assert test="false()">In <name/> of <name path=".."/>:\n  <value-of select="count(tei:hi)"/> '
        '<emph>hi</emph>, <dir>they</dir> <span class="x">are</span> <value-of select="tei:hi"/>, '
        '<value-of select="tei:hi/string-length(.)"/>, <value-of select="1 = 1"/>.</assert>',
    )
    assert messages(check(tmp_path, body, "<p><hi>a</hi><hi>bc</hi></p>")) == [
        "In p of body: 2 hi, they are a bc, 1 2, true."
    ]


def test_in_xpath_1_a_value_is_that_of_the_first_node(tmp_path: Path) -> None:
    body = rule("tei:p", '<report test="true()"><value-of select="tei:hi"/></report>')
    assert messages(check(tmp_path, body, "<p><hi>a</hi><hi>b</hi></p>", binding="xslt")) == ["a"]


def test_variables_of_schema_pattern_and_rule(tmp_path: Path) -> None:
    body = (
        '<let name="known" value="//tei:p/@xml:id"/><let name="sign" value="\'#\'"/>'
        '<pattern><let name="most" value="count($known)"/><rule context="tei:ref">'
        '<let name="name" value="substring-after(@target, $sign)"/>'
        '<assert test="$name = $known">'
        '<value-of select="$name"/> is none of <value-of select="$most"/></assert>'
        '<assert test="some $one in $known satisfies $one eq $name">again</assert>'
        "</rule></pattern>"
    )
    text = '<p xml:id="a"><ref target="#a"/></p><p xml:id="b"><ref target="#c"/></p>'
    assert messages(check(tmp_path, body, text)) == ["c is none of 2", "again"]


def test_a_variable_of_a_rule_hides_that_of_the_schema(tmp_path: Path) -> None:
    body = '<let name="x" value="\'a\'"/>' + rule(
        "tei:p", '<let name="x" value="\'b\'"/>', '<assert test="$x = \'a\'"><value-of select="$x"/></assert>'
    )
    assert messages(check(tmp_path, body, "<p/>")) == ["b"]


def test_a_variable_in_a_predicate_keeps_the_value_of_its_rule(tmp_path: Path) -> None:
    body = rule("tei:ref", '<let name="it" value="@n"/>', '<assert test="//tei:p[@n = $it]">none</assert>')
    assert messages(check(tmp_path, body, '<p n="1"><ref n="1"/><ref n="2"/></p>')) == ["none"]


def test_current_is_the_node_of_the_rule(tmp_path: Path) -> None:
    body = rule(
        "tei:ref",
        '<assert test="//tei:p[@n = current()/@n]">none for <value-of select="current()/@n"/></assert>',
    )
    for binding in ("xslt", "xslt2"):
        found = check(tmp_path, body, '<p n="1"><ref n="1"/><ref n="2"/></p>', binding=binding)
        assert messages(found) == ["none for 2"]


def test_abstract_rules_and_their_own_ancestors(tmp_path: Path) -> None:
    body = (
        '<pattern><rule abstract="true" id="named"><assert test="@n">no n</assert></rule>'
        '<rule abstract="true" id="all"><extends rule="named"/><assert test="@rend">no rend</assert></rule>'
        '<rule context="tei:p"><extends rule="all"/><assert test="text()">empty</assert></rule></pattern>'
    )
    assert messages(check(tmp_path, body, "<p/>")) == ["no n", "no rend", "empty"]


def test_abstract_patterns(tmp_path: Path) -> None:
    body = (
        '<pattern abstract="true" id="both"><rule context="$item"><assert test="$item-part and @rend">'
        '<name/> <value-of select="count($item-part)"/></assert></rule></pattern>'
        '<pattern is-a="both"><param name="item" value="tei:p"/>'
        '<param name="item-part" value="tei:hi"/></pattern>'
        '<pattern is-a="both"><param name="item" value="tei:ab"/>'
        '<param name="item-part" value="tei:q"/></pattern>'
    )
    assert messages(check(tmp_path, body, '<p rend="x"><hi/></p><p><hi/></p><ab/>')) == ["p 1", "ab 0"]


def test_phases(tmp_path: Path) -> None:
    head = '<phase id="one"><active pattern="a"/></phase><phase id="two"><active pattern="b"/></phase>'
    body = head + "".join(
        f'<pattern id="{name}"><rule context="tei:p"><assert test="false()">{name}</assert></rule></pattern>'
        for name in "ab"
    )
    schema = load(tmp_path, body, head='defaultPhase="two"')
    tree = document("<p/>")
    assert messages(schema.check(tree)) == ["b"]
    assert messages(schema.check(tree, "one")) == ["a"]
    assert messages(schema.check(tree, "#ALL")) == ["a", "b"]
    with pytest.raises(SchemaError, match="no phase three") as caught:
        schema.check(tree, "three")
    assert "one, two" in str(caught.value.hint)


def test_roles_ids_and_what_else_a_rule_says(tmp_path: Path) -> None:
    body = (
        rule(
            "tei:p",
            '<assert id="A" role="warning" see="https://a.org" diagnostics="more" test="@n">a</assert>',
            '<assert role="nonfatal" test="@n">b</assert>',
            '<assert role="info" test="@n">c</assert>',
            '<assert severity="info" role="error" test="@n">d</assert>',
            '<assert role="fatal" test="@n">e</assert>',
        )
        + '<pattern><rule context="tei:p" role="warn" see="s"><assert test="@n">f</assert></rule></pattern>'
        + '<diagnostics><diagnostic id="more">It is a <name/>.</diagnostic></diagnostics>'
    )
    found = check(tmp_path, body, "<p/>")
    assert [f.severity for f in found] == ["warning", "warning", "info", "info", "error", "warning"]
    assert found[0][4:8] == ("A", "warning", "warning", "https://a.org")
    assert found[0].diagnostics == ("It is a p.",)
    assert found[5].see == "s"
    assert found[0].line == 1
    assert Path(found[0].schema).name == "rules.sch"


def test_the_subject_is_the_place_that_is_shown(tmp_path: Path) -> None:
    body = rule("tei:p", '<assert subject="tei:hi[2]/@rend" test="false()">x</assert>')
    (found,) = check(tmp_path, body, '<p><hi/><hi rend="b"/></p>')
    assert found.element is not None
    assert (etree.QName(found.element).localname, found.attribute) == ("hi", "rend")


def test_parts_in_other_files(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/pattern.sch").write_text(
        schema_text(
            '<pattern id="p"><rule context="tei:p"><extends href="rule.sch#named"/></rule></pattern>'
            '<pattern id="q"><rule context="tei:p">'
            '<assert test="false()">not asked for</assert></rule></pattern>'
        )
    )
    (tmp_path / "parts/rule.sch").write_text(
        schema_text('<pattern><rule id="named" context="x"><assert test="@n">no n</assert></rule></pattern>')
    )
    body = '<include href="parts/pattern.sch#p"/>'
    found = check(tmp_path, body, "<p/>")
    assert messages(found) == ["no n"]
    assert found[0].schema.endswith("rule.sch")


def test_an_included_schema_stands_for_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "all.sch").write_text(schema_text(rule("tei:p", '<assert test="@n">no n</assert>')))
    assert messages(check(tmp_path, '<include href="all.sch"/>', "<p/>")) == ["no n"]


def test_one_error_in_a_document_leaves_the_other_rules_alone(tmp_path: Path) -> None:
    body = rule(
        "tei:date",
        '<assert id="D" test="xs:date(@when) lt xs:date(\'2000-01-01\')">late</assert>',
        '<assert test="@n">no n</assert>',
    )
    found = check(
        tmp_path, body, '<p><date when="soon"/><date when="2001-01-01"/><date when="1900-01-01" n="1"/></p>'
    )
    assert [f.kind for f in found] == ["unrun", "assert", "assert", "assert"]
    assert found[0].message.startswith("assert D could not be run: ")
    assert "elementpath" not in found[0].message
    assert messages(found[1:]) == ["late", "no n", "no n"]


def test_a_schema_is_used_again_and_again(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        '<let name="all" value="count(//tei:p)"/>' + rule("tei:p", '<assert test="$all = 1">x</assert>'),
    )
    assert schema.check(document("<p/>")) == []
    assert messages(schema.check(document("<p/><p/>"))) == ["x", "x"]
    assert schema.check(document("<p/>")) == []


def test_only_so_many_failures_are_listed(tmp_path: Path) -> None:
    found = check(tmp_path, rule("tei:p", '<assert test="@n">no n</assert>'), "<p/>" * 1_500)
    assert len(found) == 1_001
    assert found[-1].message == "there are more than 1000 failures; only these are listed"


def test_the_prefixes_of_the_schema_file_itself_will_do(tmp_path: Path) -> None:
    file = tmp_path / "own.sch"
    file.write_text(
        '<s:schema xmlns:s="http://purl.oclc.org/dsdl/schematron" xmlns:t="http://www.tei-c.org/ns/1.0">'
        '<s:pattern><s:rule context="t:p"><s:assert test="@n">no n</s:assert></s:rule></s:pattern></s:schema>'
    )
    assert messages(load_schematron(file).check(document("<p/>"))) == ["no n"]
