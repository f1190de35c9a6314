"""The text as a reader meets it, and the way back to the printed one."""

from __future__ import annotations

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from tei.editor.decided import Reading
from tei.editor.readings import Corrected, emendations
from tei.flow import Flow, make_flow
from tei.layout.hyphens import BrokenWord, Lexicon, broken_words
from tei.layout.lines import Line


def lines_of(text: str) -> list[Line]:
    found: list[Line] = []
    start = 0
    for number, content in enumerate(text.split("\n")):
        found.append(Line(start, start + len(content), -1, "body", number))
        start += len(content) + 1
    return found


def flow_of(text: str, *readings: Reading) -> Flow:
    lines = lines_of(text)
    corrected = Corrected(text, emendations(text, readings))
    touched = {line.number: corrected(line.start, line.end) for line in corrected.lines(lines)}
    words: list[BrokenWord] = broken_words(text, lines, Lexicon(text), {}, touched)
    return make_flow(text, [lines], {word.line.number: word for word in words}, corrected)


def test_a_broken_word_is_whole_and_leads_back_to_both_its_lines() -> None:
    text = "the offi-\ncers came"
    flow = flow_of(text)
    assert flow.text == "the officers came\n"
    start = flow.text.index("officers")
    assert flow.place(start, start + 8) == (4, text.index("cers") + 4)


def test_a_hard_hyphen_stays_whatever_sign_was_printed() -> None:
    assert flow_of("a self¬\nmade man, self-made").text == "a self-made man, self-made\n"


def test_a_reading_stands_for_the_printed_words() -> None:
    text = "Anna s hat and Bcrg"
    flow = flow_of(text, Reading(0, 10, "Anna’s hat", "high"), Reading(15, 19, "Berg", "high"))
    assert flow.text == "Anna’s hat and Berg\n"
    assert flow.place(0, 4) == (0, 4)  # the name alone, without its ’s
    assert flow.place(15, 19) == (15, 19)


def test_words_struck_out_are_not_met() -> None:
    flow = flow_of("one ! two", Reading(0, 9, "one two", "high"))
    assert flow.text.split() == ["one", "two"]


@given(st.lists(st.text(st.sampled_from("ab -¬.’"), max_size=12), min_size=1, max_size=6).map("\n".join))
def test_every_character_leads_back_to_one_in_order(text: str) -> None:
    flow = flow_of(text)
    places = [flow.place(at, at + 1) for at in range(len(flow.text))]
    assert places == sorted(places)
    for (start, end), character in zip(places, flow.text, strict=True):
        assert 0 <= start <= end <= len(text) + 1
        if character.isalnum():
            assert text[start:end] == character


@given(st.lists(st.text(st.sampled_from("ab -¬.’"), max_size=12), min_size=1, max_size=6).map("\n".join))
def test_an_offset_leads_to_the_first_character_there(text: str) -> None:
    flow = flow_of(text, *([Reading(0, 1, "Ab", "high")] if text[:1].isalnum() else []))
    starts = [flow.start(at) for at in range(len(flow.text))]
    assert [flow.index(offset) for offset in range(len(text) + 1)] == [
        bisect_left(starts, offset) for offset in range(len(text) + 1)
    ]
