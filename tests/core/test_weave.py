"""What weaving makes of spans: nesting, splitting, editorial text, errors."""

from __future__ import annotations

import pytest
from lxml import etree

from tei.errors import WeaveError
from tei.names import TEI_NS
from tei.span import Span
from tei.unweave import join_parts, same_spans, unweave
from tei.weave import weave, weave_xml


def woven(text: str, *spans: Span) -> str:
    """The content of the woven element, without the declaration of the namespace."""
    xml = etree.tostring(weave(text, spans), encoding="unicode")
    return xml.partition(">")[2].rpartition("<")[0]


def test_outer_and_inner() -> None:
    assert woven("abc", Span(1, 2, "hi"), Span(0, 3, "p")) == "<p>a<hi>b</hi>c</p>"


def test_at_one_place_kinds_nest_as_tei_wants_them() -> None:
    spans = [Span(0, 3, name) for name in ("hi", "p", "div", "back", "quote")]
    assert woven("abc", *spans) == ("<back><div><p><hi><quote>abc</quote></hi></p></div></back>")


def test_a_block_quotation_stands_around_its_paragraphs() -> None:
    assert woven("a b", Span(0, 3, "p"), Span(0, 3, "quote", {"rend": "block"})) == (
        '<quote rend="block"><p>a b</p></quote>'
    )


def test_equals_nest_in_the_order_given() -> None:
    assert woven("a", Span(0, 1, "hi", {"n": "1"}), Span(0, 1, "hi", {"n": "2"})) == (
        '<hi n="1"><hi n="2">a</hi></hi>'
    )
    assert woven("a", Span(0, 1, "hi", {"n": "2"}), Span(0, 1, "hi", {"n": "1"})) == (
        '<hi n="2"><hi n="1">a</hi></hi>'
    )


def test_touching_spans_do_not_nest() -> None:
    assert woven("ab", Span(0, 1, "hi"), Span(1, 2, "seg")) == "<hi>a</hi><seg>b</seg>"


def test_an_inline_element_that_runs_over_two_paragraphs_is_split_at_them() -> None:
    spans = [Span(0, 3, "p"), Span(5, 8, "p"), Span(1, 7, "said", {"who": "#a", "xml:id": "s"})]
    assert woven("one\n\ntwo", *spans) == (
        '<p>o<said who="#a" xml:id="s" next="#s.part2">ne</said></p>\n\n'
        '<p><said who="#a" xml:id="s.part2" prev="#s">tw</said>o</p>'
    )


def test_white_space_between_the_parts_is_in_neither() -> None:
    assert woven("one \n two.", Span(0, 3, "p"), Span(1, 9, "said")) == (
        '<p>o<said xml:id="said-1.part1" next="#said-1.part2">ne</said></p> \n '
        '<said xml:id="said-1.part2" prev="#said-1.part1">two</said>.'
    )


def test_parts_without_an_identifier_of_their_own_are_numbered() -> None:
    spans = [Span(0, 1, "p"), Span(1, 2, "p"), Span(2, 3, "p"), Span(0, 3, "said")]
    assert woven("abc", *spans) == (
        '<p><said xml:id="said-1.part1" next="#said-1.part2">a</said></p>'
        '<p><said xml:id="said-1.part2" prev="#said-1.part1" next="#said-1.part3">b</said></p>'
        '<p><said xml:id="said-1.part3" prev="#said-1.part2">c</said></p>'
    )


def test_an_identifier_that_looks_made_up_is_kept() -> None:
    spans = [Span(0, 2, "hi", {"xml:id": "hi-1"}), Span(1, 3, "seg")]
    assert sorted(map(repr, unweave(weave("abc", spans)).joined())) == sorted(map(repr, spans))


def test_a_note_between_the_lines_of_a_quotation_does_not_split_it() -> None:
    spans = [Span(0, 6, "quote"), Span(2, 4, "note")]
    assert woven("abcdef", *spans) == "<quote>ab<note>cd</note>ef</quote>"


def test_empty_elements_split_nothing() -> None:
    spans = [Span(0, 4, "hi"), Span(2, 2, "pb", {"n": "7"}), Span(2, 2, "lb"), Span(0, 4, "p")]
    assert woven("abcd", *spans) == '<p><hi>ab<pb n="7"/><lb/>cd</hi></p>'


def test_a_correction_stands_behind_what_it_corrects() -> None:
    spans = [Span(0, 8, "p"), Span(5, 8, "choice"), Span(5, 8, "sic"), Span(8, 8, "corr", {}, "are")]
    assert woven("they arc", *spans) == ("<p>they <choice><sic>arc</sic><corr>are</corr></choice></p>")


def test_a_supplied_letter_stands_at_the_start_of_its_word_or_behind_it() -> None:
    assert woven("a ead b", Span(2, 5, "hi"), Span(2, 2, "supplied", {}, "r")) == (
        "a <hi><supplied>r</supplied>ead</hi> b"
    )
    assert woven("a rea b", Span(2, 5, "hi"), Span(5, 5, "supplied", {}, "d")).count("d</supplied>") == 1


def test_an_editors_text_is_no_text_of_the_source() -> None:
    unwoven = unweave(weave("they", [Span(4, 4, "supplied", {}, " are")]))
    assert unwoven.text == "they"
    assert unwoven.joined() == [Span(4, 4, "supplied", {}, " are")]


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([Span(0, 4, "p")], "<p> at 0..4 reaches beyond the text (3 characters)"),
        ([Span(0, 0, "corr", {}, "a\fb")], "'a\\x0cb' holds a character that XML forbids"),
        ([Span(0, 1, "hi", {"n": "a\fb"})], "<hi> at 0..1: "),
        ([Span(0, 1, "no name")], "<no name> at 0..1: "),
        ([Span(0, 0, "!--", {}, "a--b")], "<!--> at 0..0: "),
        ([Span(0, 1, "p", depth=1)], "<p> at 0 is 1 deep, but only 0 elements are open"),
        ([Span(0, 1, "p", depth=0), Span(0, 2, "hi", depth=1)], "<hi> at 0..2 does not fit into its parent"),
        ([Span(1, 2, "p", depth=0), Span(0, 2, "p", depth=0)], "<p> at 0..2 does not fit"),
    ],
)
def test_what_cannot_be_woven_is_refused(spans: list[Span], told: str) -> None:
    with pytest.raises(WeaveError) as caught:
        weave("abc", spans)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (Span(0, 4, "p"), "<p> at 0..4 reaches beyond the text (3 characters)"),
        (Span(0, 0, "corr", {}, "a\fb"), "'a\\x0cb' holds a character that XML forbids"),
        (Span(0, 1, "hi", {"n": "a\fb"}), "<hi> at 0..1: the value 'a\\x0cb' holds"),
        (Span(0, 1, "hi", {"no name": "n"}), "'no name' is no name"),
        (Span(0, 1, "{urn:x}mark"), "'{urn:x}mark' is no name"),
        (Span(0, 0, "!--", {}, "a"), "'!--' is no name"),
    ],
)
def test_what_cannot_be_written_is_refused(span: Span, told: str) -> None:
    with pytest.raises(WeaveError) as caught:
        weave_xml("abc", [span], "text", {})
    assert told in str(caught.value)


@pytest.mark.parametrize(("start", "end", "content"), [(2, 1, None), (-1, 1, None), (0, 1, "x")])
def test_what_is_no_span(start: int, end: int, content: str | None) -> None:
    with pytest.raises(ValueError, match=r"not a span|takes no room"):
        Span(start, end, "p", {}, content)


def test_pointers_of_the_authors_own_are_left_alone() -> None:
    spans = [
        Span(0, 1, "note", {"xml:id": "n1", "next": "#n2"}),
        Span(1, 2, "note", {"xml:id": "n2", "prev": "#n1"}),
    ]
    assert join_parts(spans) == spans


def test_a_part_of_a_longer_chain_is_split_within_it() -> None:
    given = [Span(0, 2, "hi"), Span(1, 3, "seg", {"xml:id": "b", "prev": "#a", "next": "#c"})]
    woven = weave("abc", given)
    parts = woven.findall(f"{{{TEI_NS}}}hi/{{{TEI_NS}}}seg") + woven.findall(f"{{{TEI_NS}}}seg")
    assert [(part.get("prev"), part.get("next")) for part in parts] == [("#a", "#b.part2"), ("#b", "#c")]
    assert same_spans(unweave(woven).joined(), given)


def test_what_follows_something_split_follows_its_last_part() -> None:
    given = [
        Span(0, 2, "said", {"xml:id": "a", "next": "#b"}),
        Span(0, 1, "p"),
        Span(1, 3, "p"),
        Span(2, 3, "said", {"xml:id": "b", "prev": "#a"}),
    ]
    woven = weave("abc", given)
    chain = [(part.get("prev"), part.get("next")) for part in woven.iter(f"{{{TEI_NS}}}said")]
    assert chain == [(None, "#a.part2"), ("#a", "#b"), ("#a.part2", None)]
    assert same_spans(unweave(woven).joined(), given)
