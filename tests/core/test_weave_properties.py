"""Weaving and unweaving undo each other: for any text and spans, and for any tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei.names import TEI_NS, T
from tei.parse import parse_bytes
from tei.span import Span
from tei.unweave import same_spans, unweave
from tei.weave import weave, weave_xml
from tests.core.strategies import texts, texts_and_spans, trees

SHARED = Path(__file__).resolve().parents[3] / "shared"


def serialised(element: etree._Element) -> etree._Element:
    return parse_bytes(etree.tostring(element, encoding="UTF-8")).getroot()


def canonical(element: etree._Element) -> bytes:
    """C14N of the element alone, as a file would hold it (of a part of a tree libxml2 makes it wrong)."""
    alone = parse_bytes(etree.tostring(element, encoding="UTF-8", with_tail=False))
    return etree.tostring(alone, method="c14n")


@given(texts_and_spans)
@settings(max_examples=400)
def test_text_and_spans_come_back(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    unwoven = unweave(serialised(weave(text, spans, "text", {"xmlns:x": "urn:x"})))
    assert unwoven.text == text
    joined = unwoven.joined()
    assert same_spans(joined, spans), (joined, spans)


@given(texts_and_spans)
def test_order_of_spans_of_different_places_does_not_matter(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    ranked: dict[tuple[int, int], Span] = {(span.start, span.end): span for span in spans}
    distinct = list(ranked.values())
    assert canonical(weave(text, distinct)) == canonical(weave(text, sorted(distinct, key=repr)))


@given(texts_and_spans)
@settings(max_examples=400)
def test_what_is_written_is_what_the_tree_would_be(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    plain = [span for span in spans if span.name.isalnum()]
    written = weave_xml(text, plain, "text", {"n": '<&>"\t\n\r'})
    tree = etree.tostring(weave(text, plain, "text", {"n": '<&>"\t\n\r'}), encoding="unicode")
    assert written.replace("<text", f'<text xmlns="{TEI_NS}"', 1) == tree


@given(texts_and_spans)
def test_identifiers_stay_unique(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    spans = [
        Span(span.start, span.end, span.name, {"xml:id": f"own{at}"} if at % 2 else {}, span.content)
        for at, span in enumerate(spans)
    ]
    tree = weave(text, spans)
    identifiers = tree.xpath("//@xml:id")
    assert len(set(identifiers)) == len(identifiers)
    for pointer in tree.xpath("//@next | //@prev"):
        assert pointer[1:] in identifiers


@given(texts_and_spans)
def test_weaving_what_was_unwoven_builds_the_same_tree(case: tuple[str, list[Span]]) -> None:
    tree = serialised(weave(*case))
    unwoven = unweave(tree)
    assert canonical(weave(unwoven.text, unwoven.spans, unwoven.name, unwoven.attributes)) == canonical(tree)


@given(trees())
@settings(max_examples=400)
def test_any_tree_is_built_again(tree: etree._Element) -> None:
    unwoven = unweave(tree)
    again = weave(unwoven.text, unwoven.spans, unwoven.name, unwoven.attributes)
    assert canonical(again).decode() == canonical(tree).decode()


TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


@pytest.mark.parametrize(
    "xml",
    [
        f'<TEI {TEI} xmlns:x="urn:x" xml:lang="en"><p x:a="1"/></TEI>',
        '<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:p>a<t:g ref="#u000C"/>b</t:p></t:TEI>',
        '<a xmlns:unused="urn:unused" unused:k="v"><b/></a>',
        f'<TEI {TEI}><x xmlns=""><y/></x></TEI>',
        f'<TEI {TEI} xmlns:t="http://www.tei-c.org/ns/1.0"><t:p><p/></t:p></TEI>',
        '<a:r xmlns:a="urn:x" xmlns:b="urn:x"><b:s/><a:s/></a:r>',
        '<o xmlns:p="urn:1"><p:i xmlns:p="urn:2"/><p:i/></o>',
        f'<t {TEI}><g ref="#u000C" n="1"/><g ref="#u000C">x</g><g ref="#u000c"/></t>',
        f"<t {TEI}><corr/><corr>a<hi/></corr><reg>x</reg>y<supplied>z</supplied></t>",
        "<a><!----><!-- c --><?pi?><?pi  x ?> t <b/> u </a>",
    ],
)
def test_namespaces_prefixes_and_special_nodes_are_kept(xml: str) -> None:
    tree = etree.fromstring(xml)
    unwoven = unweave(tree)
    again = weave(unwoven.text, unwoven.spans, unwoven.name, unwoven.attributes)
    assert canonical(again) == canonical(tree)


def test_the_namespaces_of_an_inner_element_are_those_around_it() -> None:
    tree = etree.fromstring(f'<a:TEI xmlns:a="{TEI_NS}" xmlns:x="urn:x"><a:p x:n="1"/></a:TEI>')
    unwoven = unweave(tree[0])
    assert unwoven.name == "p"
    assert unwoven.attributes == {"xmlns:a": TEI_NS, "xmlns:x": "urn:x", "{urn:x}n": "1"}
    assert canonical(weave("", (), unwoven.name, unwoven.attributes)) == canonical(tree[0])


def test_an_entity_that_nothing_resolves_is_kept() -> None:
    parser = etree.XMLParser(resolve_entities=False)
    tree = etree.fromstring('<!DOCTYPE a [<!ENTITY ouml "&#246;">]><a>x&ouml;y</a>', parser)
    unwoven = unweave(tree)
    assert unwoven.text == "xy"
    assert unwoven.spans == (Span(1, 1, "&", {}, "ouml", 0),)
    again = weave(unwoven.text, unwoven.spans, unwoven.name, unwoven.attributes)
    assert etree.tostring(again) == b"<a>x&ouml;y</a>"


@pytest.mark.corpus
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=f"{path.parent.name}/{path.name}", marks=pytest.mark.corpus)
        for path in sorted((SHARED / "corpus" / "tei").rglob("*.xml"))
    ],
)
def test_files_by_other_hands_are_built_again(path: Path) -> None:
    # Not with this project's parser: that one refuses a file that declares entities.
    parser = etree.XMLParser(no_network=True, resolve_entities=b"<!ENTITY %" not in path.read_bytes())
    tree = etree.parse(path, parser).getroot()
    unwoven = unweave(tree)
    again = weave(unwoven.text, unwoven.spans, unwoven.name, unwoven.attributes)
    assert canonical(again) == canonical(tree)
    assert unwoven.spans


@given(texts)
def test_control_characters_stand_in_g(text: str) -> None:
    tree = serialised(weave(text, []))
    forbidden = [c for c in text if ord(c) < 32 and c not in "\t\n\r"]
    forbidden += [c for c in text if c in "\ufffe\uffff" or "\ud800" <= c <= "\udfff"]
    references = [str(g.get("ref")) for g in tree.iter(f"{T}g")]
    assert sorted(references) == sorted(f"#u{ord(c):04X}" for c in forbidden)
    assert unweave(tree).text == text


@given(st.text(st.sampled_from("\f\x00\x1b\ufffe\ud800\udfff"), min_size=1))
@example("\f")
def test_text_of_control_characters_alone(text: str) -> None:
    assert unweave(serialised(weave(text, [Span(0, len(text), "p")]))).text == text


def test_a_text_full_of_control_characters_takes_linear_time() -> None:
    text = "\f" * 200_000
    assert unweave(weave(text, [])).text == text


def test_depth_is_no_affair_of_pythons() -> None:
    text = "x"
    spans = [Span(0, 1, "seg", {"n": str(at)}) for at in range(5000)]
    assert same_spans(unweave(weave(text, spans)).joined(), spans)
