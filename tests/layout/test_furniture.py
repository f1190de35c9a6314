"""Page breaks, page numbers, running heads and form feeds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.edition.text import PageFact
from tei.layout.furniture import page_id
from tei.layout.lines import XML_SPACE
from tests.layout.made import foot, lay

HEAD = "WINTER AT SEA"


def headed(*heads: str) -> str:
    return foot(*(f"{head}\n{word} went the wind." for head, word in zip(heads, "ABCDEFGHIJ", strict=False)))


def test_running_heads_in_misread_spellings() -> None:
    heads = ("WINTER AT SEA", "W INTER AT SEA", "WINTEK AT 5EA", "WINTER AT SFA.", "WlNTER AT SEA 12")
    laid = lay(headed(*heads), heads=(HEAD,))
    assert laid.marked("fw", "header") == list(heads)
    assert laid.role("running head") == list(heads)
    assert laid.role("body") == [f"{word} went the wind." for word in "ABCDE"]


def test_what_is_too_unlike_a_running_head_is_text() -> None:
    laid = lay(headed(HEAD, "WINTERY ATTITUDES OF SEA BIRDS", "SEA", "SUMMER ON LAND", HEAD), heads=(HEAD,))
    assert laid.marked("fw", "header") == [HEAD, HEAD]


def test_only_the_first_line_of_a_page_is_its_running_head() -> None:
    laid = lay(foot(f"{HEAD}\nBlow.\n{HEAD}\nBlow.", "Calm.", f"Calm.\n{HEAD}"), heads=(HEAD,))
    assert laid.marked("fw", "header") == [HEAD]
    assert laid.role("running head") == [HEAD]


def test_a_first_line_that_is_decided_to_be_a_heading_is_no_running_head() -> None:
    text = headed(*[HEAD] * 3)
    assert lay(text, heads=(HEAD,)).role("running head") == [HEAD] * 3
    laid = lay(text, heads=(HEAD,), titles=(HEAD,))
    assert laid.role("running head") == [HEAD] * 2
    assert laid.role("body")[0] == HEAD


def test_running_heads_that_nobody_names_are_those_that_come_again() -> None:
    assert lay(headed(*[HEAD] * 4)).role("running head") == [HEAD] * 4
    assert lay(headed(*[HEAD] * 3)).role("running head") == []
    assert lay(headed(*[HEAD] * 3, "SUMMER", HEAD)).role("body")[3] == "SUMMER"


def test_a_running_head_stands_without_the_white_space_around_it() -> None:
    text = headed(f"  \t{HEAD} ", HEAD, HEAD)
    laid = lay(text, heads=(HEAD,))
    span = next(span for span in laid.spans if span.attributes.get("type") == "header")
    assert text[span.start : span.end] == HEAD
    assert span.attributes == {"type": "header", "place": "top"}


def test_page_numbers_at_the_foot_and_at_the_top() -> None:
    laid = lay(foot("Ice.", "Fog.", "Rain."))
    assert [(s.attributes["place"]) for s in laid.spans if s.name == "fw"] == ["bottom"] * 3
    assert laid.marked("fw", "pageNum") == laid.role("page number") == ["1", "2", "3"]
    laid = lay("1\n\nIce.\n\n\n2\n\nFog.\n\n\n3\n\nRain.\n")
    assert [(s.attributes["place"]) for s in laid.spans if s.name == "fw"] == ["top"] * 3


def test_a_misread_number_keeps_both_readings() -> None:
    laid = lay(foot("Ice.", "Fog.", "Rain.", "Hail.", first=9).replace("\n10\n", "\nlO\n"))
    assert laid.marked("fw", "pageNum") == ["9", "lO", "11", "12"]
    assert laid.marked("choice") == laid.marked("sic") == ["lO"]
    (corr,) = [span for span in laid.spans if span.name == "corr"]
    assert (corr.content, corr.attributes) == ("10", {"cert": "high"})
    assert [span.attributes["n"] for span in laid.spans if span.name == "pb"] == ["9", "10", "11", "12"]


def test_page_breaks() -> None:
    text = foot("Ice.", "Fog.", "Rain.", "Hail.", first=9).replace("\n\n10\n", "\n")
    laid = lay(text, facts=(PageFact(n=10, printed=False),))
    breaks = [span for span in laid.spans if span.name == "pb"]
    assert [span.attributes for span in breaks] == [
        {"n": "9", "xml:id": "p9"}, {"n": "[10]", "xml:id": "p10"}, {"n": "11", "xml:id": "p11"},
        {"n": "12", "xml:id": "p12"},
    ]  # fmt: skip
    assert [laid.text[span.start :].split()[0] for span in breaks] == ["Ice.", "Fog.", "Rain.", "Hail."]
    assert all(span.start == span.end for span in breaks)
    # Short as it is, "Fog." is no misread number where none was printed.
    assert laid.role("page number") == ["9", "11", "12"]
    # That a number is inferred is said.
    text = text.replace("Fog.", "Fog came.")
    inferred = [span for span in lay(text).spans if span.attributes.get("cert") == "high"]
    assert [span.attributes["n"] for span in inferred] == ["10"]


@pytest.mark.parametrize(("n", "identifier"), [("87", "p87"), ("[87]", "p87"), ("S705", "pS705")])
def test_identifiers_of_pages(n: str, identifier: str) -> None:
    assert page_id(n) == identifier


def test_lines_of_nothing_but_form_feeds_are_furniture() -> None:
    laid = lay("Ice.\n\f\nFog.\n \f\f\t\n\fRain.\n")
    assert laid.marked("fw", "formFeed") == ["\f", "\f\f"]
    assert len(laid.role("form feed")) == 2
    # A form feed glued to the text is a character of its line.
    assert laid.role("body") == ["Ice.", "Fog.", "Rain."]


def test_form_feeds_on_no_page_are_furniture_too() -> None:
    laid = lay("\f\n")
    assert (laid.marked("fw"), laid.role("body")) == (["\f"], [])


def test_a_form_feed_does_not_hide_what_stands_at_the_top() -> None:
    pages = [f"{HEAD}\nBlow {at}." for at in range(4)]
    for gap in ("\n\f\n", "\n\f"):
        laid = lay(foot(*pages, gap=gap))
        assert laid.role("running head") == laid.marked("fw", "header") == [HEAD] * 4
        assert laid.marked("fw", "formFeed") == ["\f"] * 3
        assert laid.marked("fw", "pageNum") == ["1", "2", "3", "4"]
    laid = lay("\n\f\n".join(f"{at}\n\nBlow." for at in range(1, 5)))
    assert [s.attributes["place"] for s in laid.spans if s.attributes.get("type") == "pageNum"] == ["top"] * 4


def test_form_feeds_on_the_line_of_a_number() -> None:
    laid = lay("Ice.\n\n1\f\nFog.\n\n2\f\nRain.\n\n3\f\n")
    assert laid.marked("fw", "pageNum") == ["1", "2", "3"]
    assert laid.marked("fw", "formFeed") == ["\f"] * 3


@given(
    st.lists(
        st.sampled_from(("", "\f", "\xa0", " \f\f", "WORD", "1", "2", "\f3", "\xa04\xa0", "5\f", "6 ", "l0")),
        max_size=40,
    )
)
def test_all_ink_of_furniture_is_marked_once(content: list[str]) -> None:
    laid = lay("\n".join(content))
    marked = sorted((span.start, span.end) for span in laid.spans if span.name == "fw")
    for (_, end), (start, _) in pairwise(marked):
        assert end <= start
    for line in laid.lines:
        inked = {at for at in range(line.start, line.end) if laid.text[at] not in XML_SPACE}
        within = {at for start, end in marked for at in range(start, end)} & inked
        if line.role in ("running head", "page number", "form feed"):
            assert within == inked
        else:
            assert not within
