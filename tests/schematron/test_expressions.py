"""What is translated to XPath 1.0, and that it means the same there."""

from __future__ import annotations

import pytest
from lxml import etree

from tei.schematron.full import Full
from tei.schematron.nodes import Node, Nodes
from tei.schematron.quick import NotQuickError, Quick
from tei.schematron.translate import translate, translate_pattern
from tests.schematron.made import TEI, Expressions, document

SPACES = {"tei": TEI, "xs": "http://www.w3.org/2001/XMLSchema"}


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_libxml2_and_elementpath_agree_on_random_expressions(seed: int, later: bool) -> None:
    made = Expressions(seed, later=later)
    source, tree = made.one(), made.document()
    quick = translate(source, {}, first=not later)
    xpath = etree.XPath(f"boolean({quick.text})", namespaces=SPACES)
    full, nodes = Full(source, SPACES, first=not later), Nodes(tree)
    for element in list(tree.iter("*"))[::5]:
        expected = full.truth(full.items(nodes, Node(element), {}))
        assert xpath(element) is expected, (source, quick.text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("@a eq 'x'", "(@a = 'x')"),
        ("string-length(@a) gt 0", "(string-length(@a) > 0)"),
        ("@a = ('x', 'y')", "((@a = 'x') or (@a = 'y'))"),
        ("exists(tei:p) and empty(@a)", "(boolean(self::node()[tei:p]) and not(self::node()[@a]))"),
        ("current()/@a", "./@a"),
        ("//tei:p[@n = current()/@n]", "/descendant::tei:p[(@n = $tei-current/@n)]"),
        ("//tei:p[1]", "//tei:p[1]"),
        ("//@xml:id", "/descendant-or-self::*/@xml:id"),
        ("@a = 'it''s'", '(@a = "it\'s")'),
        (".[@a]", "self::node()[@a]"),
        ("tei:div (: a comment (: in one :) :) /tei:p", "tei:div/tei:p"),
        ("if (@a) then @b else @c", "(((@a) and (@b)) or (not(@a) and (@c)))"),
    ],
)
def test_what_is_translated(source: str, text: str) -> None:
    assert translate(source, {}, first=False).text == text


@pytest.mark.parametrize(
    "source",
    [
        "@a < 5",  # a number made of an attribute: an error in XPath 2.0 where it is none
        "@a < @b",  # strings have an order in XPath 2.0, numbers in 1.0
        "tei:p eq 'x'",  # more than one node is an error
        "contains(tei:p, 'x')",
        "@a = true()",
        "number(@a) = 1",
        "1 div 0 = 1",
        "0.1 + 0.2 = 0.3",
        "matches(@a, 'x')",
        "id('x')",
        "tei:p/string(.)",
        "some $x in tei:p satisfies $x = 'a'",
        "tei:p except tei:q",
        "string(@a eq 'x')",
        "concat(@a, 1)",
        "@a/following::tei:p",
        "tei:p[matches(., 'x')]/tei:q",
        "$unknown",
    ],
)
def test_what_is_not_translated(source: str) -> None:
    with pytest.raises(NotQuickError):
        translate(source, {}, first=False)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("tei:p", 3),
        ("tei:div/tei:p", 2),
        ("tei:p[1]", 2),
        ("tei:p[last()]", 2),
        ("/tei:TEI", 1),
        ("/tei:p", 0),
        ("tei:p | tei:div", 4),
        ("@n", 1),
        ("tei:p/@n | tei:hi", 2),
        ("text()", 2),
        ("tei:hi//text()", 1),
        ("node()[self::tei:hi]", 1),
    ],
)
def test_patterns_find_what_matches_anywhere(pattern: str, found: int) -> None:
    tree = document('<p>x</p><div><p n="1"/><p><hi>y</hi></p></div>')
    quick = translate_pattern(pattern, {}, first=False)
    assert len(etree.XPath(quick.text, namespaces=SPACES)(tree)) == found


def test_conditions_of_a_pattern_that_cannot_be_translated_are_kept_for_later() -> None:
    quick = translate_pattern("tei:p[@n][matches(@n, '[0-9]')]", {}, first=False)
    assert (quick.text, quick.rest) == ("/descendant::tei:p[@n]", ("matches(@n, '[0-9]')",))


def test_a_variable_is_written_out_where_it_has_the_same_context() -> None:
    known = {"here": Quick("@n", "nodes", single=True), "all": Quick("//@n", "nodes", absolute=True)}
    assert translate("$here = 'a'", known, first=False).text == "((@n) = 'a')"
    assert translate("//tei:p[@n = $all]", known, first=False).text == "//tei:p[(@n = (//@n))]"
    with pytest.raises(NotQuickError):
        translate("//tei:p[@n = $here]", known, first=False)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("string(.)", "a b c d e"),
        (".//tei:hi/string(.)", "d"),
        ("string-join(.//node()/name(), ',')", ",tei:q,,,,,tei:hi,,"),
        ("count(.//text()[1]/following::node())", "8"),
        ("tei:q/@n/following::tei:hi/string(.)", "d"),
        ("count(tei:q/@n/preceding::node())", "1"),
        ("(tei:hi | tei:q | text())[2]/name()", "tei:q"),
        ("for $t in tokenize('a, b', ',\\s*') return upper-case($t)", "A B"),
        ("replace('abab', '(a)(b)', '$2$1')", "baba"),
        ("matches('ab', '^A', 'i')", "true"),
    ],
)
def test_elementpath_is_put_right(source: str, text: str) -> None:
    """Its string values, its order of nodes, what follows a text or an attribute: each was wrong in 5.1.4."""
    text_of = f'<tei:p xmlns:tei="{TEI}">a <tei:q n="1">b <!--x-->c</tei:q> <tei:hi>d</tei:hi> e</tei:p>'
    tree = etree.ElementTree(etree.fromstring(text_of))
    full, nodes = Full(source, SPACES, first=False), Nodes(tree)
    assert full.text(full.items(nodes, Node(tree.getroot()), {})) == text
