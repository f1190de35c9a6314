"""Where pages begin and end, in each of the conventions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.edition.text import Layout, PageFact
from tei.errors import EditionError
from tei.layout.pages import find_pages
from tests.core.strategies import texts
from tests.layout.made import foot, page_texts

MARK = "[[Page 3]]"
FIVE = ("Snow fell.", "It lay.", "It thawed.", "It ran off.", "Then spring.")


def test_numbers_at_the_foot() -> None:
    assert page_texts(foot(*FIVE, first=8)) == list(zip(("8", "9", "10", "11", "12"), FIVE, strict=True))


def test_numbers_at_the_top() -> None:
    text = "\n\n\n".join(f"{number}\n{page}" for number, page in enumerate(FIVE, start=8))
    assert page_texts(text) == list(zip(("8", "9", "10", "11", "12"), FIVE, strict=True))


@pytest.mark.parametrize(("side", "first"), [("top", "It lay."), ("bottom", "Snow fell.")])
def test_the_edition_says_on_which_side_the_numbers_stand(side: str, first: str) -> None:
    text = "Snow fell.\n\n1\n\nIt lay.\n\n2\n\nIt thawed.\n"
    layout = Layout.model_validate({"page_numbers": side})
    assert page_texts(text, layout)[0] == ("1", first)


def test_the_edition_says_that_there_are_no_pages() -> None:
    assert find_pages(foot(*FIVE), Layout(page_numbers="none")) == []


@pytest.mark.parametrize("printed", ["- {} -", "— {} —", "[{}]", "( {} )", "  {}. "])
def test_numbers_with_ornaments(printed: str) -> None:
    text = "\n\n\n".join(f"{page}\n\n{printed.format(number)}" for number, page in enumerate(FIVE, start=8))
    pages = find_pages(text, Layout())
    assert [page.n for page in pages] == ["8", "9", "10", "11", "12"]
    numbers = [text[slice(*page.number)] for page in pages if page.number]
    assert numbers == [printed.format(number).strip() for number in range(8, 13)]


def test_two_lone_numbers_make_no_pages() -> None:
    assert find_pages("Snow fell.\n\n1\n\n\nIt lay.\n\n2\n", Layout()) == []
    assert find_pages(foot(*FIVE[:3]), Layout()) != []


def test_a_misread_number_keeps_its_reading() -> None:
    text = foot(*FIVE, first=8).replace("\n10\n", "\nl0\n")
    pages = find_pages(text, Layout())
    assert [(page.value, page.state) for page in pages] == [
        (8, "clean"), (9, "clean"), (10, "garbled"), (11, "clean"), (12, "clean"),
    ]  # fmt: skip
    number = pages[2].number
    assert number is not None
    assert text[slice(*number)] == "l0"


def test_a_number_misread_as_another_is_misread_too() -> None:
    text = foot(*FIVE, first=8).replace("\n10\n", "\n6\n")
    assert [(page.value, page.state) for page in find_pages(text, Layout())][2] == (10, "garbled")


def test_a_lost_number_leaves_a_gap() -> None:
    text = foot(*FIVE, first=8).replace("\n\n10\n", "\n")
    assert page_texts(text) == list(zip(("8", "9", "10", "11", "12"), FIVE, strict=True))
    assert [page.state for page in find_pages(text, Layout())][2] == "lost"


def test_several_lost_numbers_in_a_row() -> None:
    text = foot(*FIVE, first=8).replace("\n\n10\n", "\n").replace("\n\n11\n", "\n")
    assert page_texts(text) == list(zip(("8", "9", "10", "11", "12"), FIVE, strict=True))


def test_a_lost_number_with_no_gap_gives_no_page() -> None:
    text = foot(*FIVE, first=8).replace("\n\n10\n\n\n", "\n")
    assert [page.n for page in find_pages(text, Layout())] == ["8", "9", "11", "12"]


def test_a_number_that_was_never_printed_stands_in_brackets() -> None:
    text = foot(*FIVE, first=8).replace("\n\n10\n", "\n")
    layout = Layout(page=(PageFact(n=10, printed=False),))
    assert page_texts(text, layout)[2] == ("[10]", "It thawed.")


def test_a_blank_page_takes_no_text() -> None:
    text = foot(*FIVE[:2], first=8) + "\n\n" + foot(*FIVE[2:], first=11)
    blank = PageFact(n=10, printed=False, blank=True)
    assert page_texts(text, Layout(page=(blank,))) == [
        ("8", "Snow fell."), ("9", "It lay."), ("[10]", ""),
        ("11", "It thawed."), ("12", "It ran off."), ("13", "Then spring."),
    ]  # fmt: skip
    # Without the fact there is nothing that would show the page.
    assert [page.value for page in find_pages(text, Layout())] == [8, 9, 11, 12, 13]


def test_lone_numbers_elsewhere_are_no_page_numbers() -> None:
    text = foot(*FIVE, "Alder\n\n3\n\nAsh\n\n44\n\n7", "Beech, 2\n\n101", first=8)
    assert [page.value for page in find_pages(text, Layout())] == [8, 9, 10, 11, 12, 13, 14]


def test_text_before_the_first_page_belongs_to_none() -> None:
    text = "A stamp.\n\n\n\n" + foot(*FIVE, first=8)
    assert page_texts(text)[0] == ("8", "Snow fell.")
    assert find_pages(text, Layout())[0].start == text.index("Snow")


def test_marks_that_say_they_are_pages() -> None:
    text = "Title\n[[Page S11]]\nSnow fell.\n[[Page S12]]\nIt lay.\n12\n[[Page S13]]\nIt thawed."
    assert page_texts(text) == [("S11", "Snow fell."), ("S12", "It lay. 12"), ("S13", "It thawed.")]
    assert [page.value for page in find_pages(text, Layout())] == [11, 12, 13]


def test_a_mark_that_comes_again_opens_no_page() -> None:
    text = "[[Page 1]]\nSnow\n[[Page 2]]\nfell.\n[[Page 2]]\nIt lay.\n[[Page 3]]\nIt thawed."
    assert [page.n for page in find_pages(text, Layout())] == ["1", "2", "3"]


def test_markdown_marks() -> None:
    text = "".join(f"### Source page {number}\n\n{page}\n\n" for number, page in enumerate(FIVE, start=1))
    assert page_texts(text) == list(zip("12345", FIVE, strict=True))


def test_the_word_page_in_a_sentence_is_no_mark() -> None:
    text = "See page 1.\nSee page 2.\nSee page 3.\nOn page 4 too.\n"
    assert find_pages(text, Layout()) == []


def test_form_feeds_part_unnumbered_pages() -> None:
    text = "Snow fell.\n\fIt lay.\n\fIt thawed.\n"
    assert page_texts(text) == [("[1]", "Snow fell."), ("[2]", "It lay."), ("[3]", "It thawed.")]


def test_a_form_feed_after_the_last_page_opens_none() -> None:
    assert [page.n for page in find_pages("Snow fell.\n\fIt lay.\n\f\n", Layout())] == ["[1]", "[2]"]
    assert find_pages("Snow fell.\n\f", Layout()) == []


def test_a_form_feed_before_the_first_page_opens_none() -> None:
    assert page_texts("\fSnow fell.\n\fIt lay.\n") == [("[1]", "Snow fell."), ("[2]", "It lay.")]


def test_a_form_feed_after_a_number_at_the_foot() -> None:
    for gap in ("\n\f", "\n\n\f", "\f\n"):
        text = gap.join(f"{page}\n\n{number}" for number, page in enumerate(FIVE, start=1))
        assert page_texts(text) == list(zip("12345", FIVE, strict=True)), gap


def test_a_form_feed_before_a_number_at_the_top() -> None:
    for gap in ("\n\f", "\n\n\f", "\n\f\n"):
        text = gap.join(f"{number}\n\n{page}" for number, page in enumerate(FIVE, start=1))
        assert page_texts(text) == list(zip("12345", FIVE, strict=True)), gap


def test_a_fact_that_does_not_hold() -> None:
    holds = PageFact(n=10, begins="It thawed")
    assert len(find_pages(foot(*FIVE, first=8), Layout(page=(holds,)))) == 5
    with pytest.raises(EditionError, match="page 10 begins 'It thawed") as caught:
        find_pages(foot(*FIVE, first=8), Layout(page=(PageFact(n=10, begins="Summer"),)))
    assert "not 'Summer'" in str(caught.value)
    assert "state the pages that have no printed number" in str(caught.value)


@given(
    st.lists(st.one_of(texts, st.integers(1, 12).map(str), st.sampled_from(("", "\f", MARK))), max_size=30),
    st.sampled_from(("auto", "top", "bottom", "none")),
)
def test_pages_are_contiguous_and_hold_their_numbers(lines: list[str], side: str) -> None:
    text = "\n".join(lines)
    pages = find_pages(text, Layout.model_validate({"page_numbers": side}))
    assert len({page.n for page in pages}) == len(pages)
    for before, after in pairwise(pages):
        assert before.end == after.start
    for page in pages:
        assert 0 <= page.start <= page.end <= len(text)
        if page.number:
            assert page.start <= page.number[0] < page.number[1] <= page.end
    if pages:
        assert not text[pages[-1].end :].strip() or pages[-1].number
