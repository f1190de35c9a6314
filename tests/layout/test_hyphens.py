"""Words broken at line ends: which hyphens belong to the word."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tei.edition.text import Stream
from tei.layout.hyphens import Lexicon, broken_words, hyphen_spans, joined
from tei.layout.lines import read_lines
from tei.streams import arrange
from tests.layout.made import foot, lay


def broken(
    text: str, decided: Mapping[int, bool] | None = None, corrected: Mapping[int, str] | None = None
) -> list[tuple[str, bool]]:
    """The broken words of ``text`` with their hyphens, and whether these are soft."""
    lines = [line for line in read_lines(arrange(text, [], ())) if line.role == "body"]
    return [
        (text[word.start : word.end].replace(" ", "").replace("\n", ""), word.soft)
        for word in broken_words(text, lines, Lexicon(text), decided or {}, corrected or {})
    ]


@pytest.mark.parametrize("hyphen", ["-", "¬", "\u00ad", "\u2010"])
def test_a_word_that_occurs_whole_had_a_soft_hyphen(hyphen: str) -> None:
    assert broken(f"The har{hyphen}\nbour, the harbour.") == [(f"har{hyphen}bour", True)]


@pytest.mark.parametrize("hyphen", ["-", "¬"])
def test_a_word_that_occurs_with_a_hyphen_keeps_it(hyphen: str) -> None:
    assert broken(f"A low{hyphen}\nlying coast; a low-lying one.") == [(f"low{hyphen}lying", False)]
    # What occurs more often decides.
    assert broken(f"A low{hyphen}\nlying, lowlying, lowlying, low-lying.") == [(f"low{hyphen}lying", True)]


def test_upper_and_lower_case_are_one() -> None:
    assert broken("HAR-\nBOUR and harbour") == [("HAR-BOUR", True)]
    assert broken("Low-\nlying and low-lying") == [("Low-lying", False)]


def test_with_no_evidence_a_hyphen_is_soft() -> None:
    assert broken("a lan-\nguid sea") == [("lan-guid", True)]
    assert broken("a sea-swell lan\n-guid") == []


def test_a_capital_after_a_hyphen_keeps_it() -> None:
    assert broken("the Anglo-\nNorman coast") == [("Anglo-Norman", False)]
    # But a word in capitals is simply broken.
    assert broken("THE HAR-\nBOUR") == [("HAR-BOUR", True)]


def test_a_digit_beside_a_hyphen_keeps_it() -> None:
    assert broken("from 1911-\n1912 on") == [("1911-1912", False)]
    assert broken("a U-\n2 boat, a 3-\nmaster") == [("U-2", False), ("3-master", False)]


@pytest.mark.parametrize("first", ["self", "non", "ex", "half", "Self"])
def test_parts_that_keep_their_hyphen(first: str) -> None:
    assert broken(f"a {first}-\nrighting boat") == [(f"{first}-righting", False)]
    # The mark that a reader of the print set for a soft hyphen weighs more.
    assert broken(f"a {first}¬\nrighting boat") == [(f"{first}¬righting", True)]


def test_compounds_are_broken_at_their_hyphen_and_elsewhere() -> None:
    assert broken("man-of-\nwar and man-of-war") == [("man-of-war", False)]
    assert broken("man-of-\nwar’s-man") == [("man-of-war’s-man", True)]


@pytest.mark.parametrize(
    "text", ["sea -\nand air", "sea—\nand", "- \nsea", "sea\n-ice", "sea-\n...", "sea-", ""]
)
def test_what_is_no_broken_word(text: str) -> None:
    assert broken(text) == []


def test_a_dash_of_two_hyphens_breaks_no_word() -> None:
    assert broken("the sea--\nand the air") == []


def test_a_broken_word_may_go_on_behind_a_mark() -> None:
    assert broken("the har-\n‘bour, the harbour") == [("har-‘bour", True)]


def test_white_space_after_the_hyphen_does_not_hide_it() -> None:
    assert broken("the har- \n bour, harbour") == [("har-bour", True)]


def test_an_editor_decides() -> None:
    text = "a lan-\nguid and low-\nlying and low-lying"
    first, second = text.index("-"), text.index("-", 10)
    assert broken(text) == [("lan-guid", True), ("low-lying", False)]
    assert broken(text, {first: False, second: True}) == [
        ("lan-guid", False), ("low-lying", True),
    ]  # fmt: skip


def test_spans_of_hyphens() -> None:
    text = "har-\nbour low-\nlying low¬\nlying lan¬\nguid; harbour, low-lying, low-lying"
    words = broken_words(text, read_lines(arrange(text, [], ())), Lexicon(text), {}, {})
    spans = hyphen_spans(text, words)
    assert [(text[span.start - 3 : span.end], span.attributes["force"]) for span in spans] == [
        ("har-", "weak"), ("low¬", "strong"), ("lan¬", "weak"),
    ]  # fmt: skip
    # A plain hyphen that belongs to its word needs no mark, but the line break has to know of it.
    assert len(words) == 4
    assert [joined(text, word) for word in words] == ["harbour", "low-lying", "low-lying", "languid"]


def test_a_misread_half_is_judged_by_its_correction() -> None:
    text = "the har-\nhour, the harbour"
    assert broken(text) == [("har-hour", True)]
    assert broken("the low-\niying and the low-lying") == [("low-iying", True)]
    assert broken("the low-\niying and the low-lying", corrected={1: "lying and the low-lying"}) == [
        ("low-iying", False)
    ]
    # A hyphen that was not printed breaks the word all the same, and gets no mark.
    text = "the har.\nbour, the harbour"
    assert broken(text) == []
    (word,) = broken_words(text, read_lines(arrange(text, [], ())), Lexicon(text), {}, {0: "the har-"})
    assert (word.hyphen, word.soft) == (None, True)
    assert hyphen_spans(text, [word]) == []


def test_a_word_broken_at_the_end_of_a_page() -> None:
    laid = lay(foot("We left the har-", "bour at dawn.", "The harbour slept."))
    body = [line for line in laid.lines if line.role == "body"]
    (word,) = broken_words(laid.text, body, Lexicon(laid.text), {}, {})
    assert (word.line.page, word.rest.page, word.soft) == (0, 1, True)
    assert laid.text[word.start : word.end] == "har-\n\n1\n\n\nbour"


def test_a_word_broken_across_facing_streams() -> None:
    text = foot("Begin.", "We left the har-", "A fine re-", "bour at dawn.", "mark. The harbour", "End.")
    streams = (
        Stream(id="talk", type="speech", first=2, last=4),
        Stream(id="gloss", type="commentary", first=3, last=5),
    )
    laid = lay(text, streams=streams)
    body = [line for line in laid.lines if line.role == "body"]
    words = broken_words(laid.text, body, Lexicon(laid.text), {}, {})
    found = [(laid.text[w.line.start : w.line.end], laid.text[w.rest.start : w.rest.end]) for w in words]
    assert found == [("We left the har-", "bour at dawn."), ("A fine re-", "mark. The harbour")]
