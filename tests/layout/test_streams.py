"""Pages in reading order, and back to where they stand on paper."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.edition.text import Layout, Stream
from tei.errors import EditionError
from tei.layout.lines import by_page, read_lines, runs
from tei.layout.pages import Page, find_pages
from tei.streams import Arrangement, arrange
from tests.layout.made import foot

LEFT = Stream(id="talk", type="speech", first=2, last=6)
RIGHT = Stream(id="gloss", type="commentary", first=3, last=7)
TEXT = "Slip.\n\n\n" + foot(*(f"page{at}" for at in range(1, 9)))


def facing(*streams: Stream) -> Arrangement:
    return arrange(TEXT, find_pages(TEXT, Layout()), streams)


def test_facing_streams_are_read_one_after_the_other() -> None:
    arrangement = facing(LEFT, RIGHT)
    assert [item.page.n for item in arrangement.pages] == ["1", "2", "4", "6", "3", "5", "7", "8"]
    assert arrangement.text.split() == [
        "Slip.", "page1", "1", "page2", "2", "page4", "4", "page6", "6",
        "page3", "3", "page5", "5", "page7", "7", "page8", "8",
    ]  # fmt: skip


def test_the_order_of_the_edition_file_is_the_reading_order() -> None:
    assert [item.page.n for item in facing(RIGHT, LEFT).pages] == ["1", "3", "5", "7", "2", "4", "6", "8"]


def test_streams_of_separate_stretches_stand_each_where_it_begins() -> None:
    streams = [
        Stream(id="a", type="speech", first=1, last=3), Stream(id="b", type="speech", first=2, last=4),
        Stream(id="c", type="speech", first=5, last=7), Stream(id="d", type="speech", first=6, last=8),
    ]  # fmt: skip
    arrangement = facing(*streams)
    assert [item.page.n for item in arrangement.pages] == ["1", "3", "2", "4", "5", "7", "6", "8"]
    assert [arrangement.text[start:end].split()[0] for _, start, end in arrangement.streams] == [
        "page1", "page2", "page5", "page6",
    ]  # fmt: skip


def test_pages_face_each_other() -> None:
    arrangement = facing(LEFT, RIGHT)
    assert {item.page.n: item.facing for item in arrangement.pages} == {
        "1": None, "2": "3", "3": "2", "4": "5", "5": "4", "6": "7", "7": "6", "8": None,
    }  # fmt: skip


def test_pages_point_at_their_neighbours_on_paper_where_reading_leads_elsewhere() -> None:
    arrangement = facing(LEFT, RIGHT)
    assert {item.page.n: (item.previous, item.next) for item in arrangement.pages} == {
        "1": (None, None), "2": (None, "3"), "4": ("3", "5"), "6": ("5", "7"),
        "3": ("2", "4"), "5": ("4", "6"), "7": ("6", None), "8": (None, None),
    }  # fmt: skip
    plain = facing()
    assert all(item.next is item.previous is item.facing is item.stream is None for item in plain.pages)
    assert plain.text == TEXT


def test_streams_know_where_they_stand() -> None:
    arrangement = facing(LEFT, RIGHT)
    stretches = {stream.id: arrangement.text[start:end].split() for stream, start, end in arrangement.streams}
    assert stretches == {
        "talk": ["page2", "2", "page4", "4", "page6", "6"],
        "gloss": ["page3", "3", "page5", "5", "page7", "7"],
    }
    assert [item.stream for item in arrangement.pages][:5] == [None, "talk", "talk", "talk", "gloss"]


def test_streams_that_overlap_by_turns_place_each_page_once() -> None:
    streams = [
        Stream(id="one", type="speech", first=1, last=2, step=3),
        Stream(id="two", type="speech", first=2, last=5, step=3),
        Stream(id="three", type="speech", first=3, last=3),
    ]
    assert [item.page.n for item in facing(*streams).pages] == ["1", "2", "5", "3", "4", "6", "7", "8"]


def test_a_stream_with_a_page_that_is_not_there() -> None:
    with pytest.raises(EditionError, match="stream 'far' has page 10, which the source has not"):
        facing(Stream(id="far", type="speech", first=6, last=12))


def test_a_page_in_two_streams() -> None:
    with pytest.raises(EditionError, match="page 4 is in the streams 'talk' and 'other'"):
        facing(LEFT, Stream(id="other", type="speech", first=4, last=4))


@st.composite
def arrangements(draw: st.DrawFn) -> tuple[str, Arrangement]:
    """Any text cut into pages anywhere, some empty, with one, two or three streams in step."""
    text = draw(st.text(st.sampled_from("ab\n\n \f"), max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=14)))
    pages = [Page(at, start, end) for at, (start, end) in enumerate(pairwise(cuts), start=1)]
    step = draw(st.integers(1, 3))
    first = draw(st.integers(1, 4))
    streams = [
        Stream(id=f"s{at}", type="speech", first=first + at, last=last, step=step)
        for at in range(step)
        if (last := draw(st.integers(first + at, max(first + at, len(pages))))) <= len(pages)
    ]
    return text, arrange(text, pages, draw(st.permutations(streams)))


@given(arrangements())
def test_the_arranged_text_is_a_permutation_and_offsets_lead_back(case: tuple[str, Arrangement]) -> None:
    text, arrangement = case
    assert Counter(arrangement.text) == Counter(text)
    back = [arrangement.source_offset(offset) for offset in range(len(text))]
    assert sorted(back) == list(range(len(text)))
    assert "".join(text[offset] for offset in back) == arrangement.text
    for item in arrangement.pages:
        assert arrangement.text[item.start : item.end] == text[item.page.start : item.page.end]


@given(arrangements())
def test_pointers_lead_through_the_pages_in_their_order_on_paper(case: tuple[str, Arrangement]) -> None:
    _, arrangement = case
    reading = [item.page.n for item in arrangement.pages]
    paper = sorted(reading, key=int)
    items = {item.page.n: item for item in arrangement.pages}
    for at, n in enumerate(paper[:-1]):
        read_on = dict(pairwise(reading)).get(n)
        assert (items[n].next or read_on) == paper[at + 1]
        read_before = dict(pairwise(reading[::-1])).get(paper[at + 1])
        assert (items[paper[at + 1]].previous or read_before) == n


@given(arrangements())
def test_lines_are_those_of_the_arranged_text(case: tuple[str, Arrangement]) -> None:
    _, arrangement = case
    lines = read_lines(arrangement)
    text = arrangement.text
    assert "\n".join(text[line.start : line.end] for line in lines) == text
    assert [line.number for line in lines] == list(range(len(lines)))
    for line in lines:
        assert (line.role == "blank") == (not text[line.start : line.end].strip(" \t\r"))
        on = [at for at, item in enumerate(arrangement.pages) if item.start <= line.start < item.end]
        assert [line.page] == (on or [-1])
    assert sum(map(len, by_page(lines, len(arrangement.pages)))) <= len(lines)


def test_runs_end_at_other_lines() -> None:
    lines = read_lines(arrange("a\nb\n\nc\n \t\nd", [], ()))
    assert [[line.number for line in run] for run in runs(lines, "body")] == [[0, 1], [3], [5]]
    assert [[line.number for line in run] for run in runs(lines, "blank")] == [[2], [4]]
