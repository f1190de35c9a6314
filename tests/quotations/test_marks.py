from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.quotations.marks import Quotation, find_quotations


def texts(text: str) -> list[tuple[str, int]]:
    return [(text[found.start : found.end], found.depth) for found in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes.”", [("“yes.”", 0)]),
        ('He said "yes" and "no."', [('"yes"', 0), ('"no."', 0)]),
        ("the ‘good’ and ‘great’ men", [("‘good’", 0), ("‘great’", 0)]),
        ("„Ja“, sagte er, »nein« und ‚doch‘.", [("„Ja“", 0), ("»nein«", 0), ("‚doch‘", 0)]),
        ("Il dit « oui » et «non».", [("« oui »", 0), ("«non»", 0)]),
        ("He said ``yes'' to it.", [("``yes''", 0)]),
        ("“He called it ‘so’ twice.”", [("“He called it ‘so’ twice.”", 0), ("‘so’", 1)]),
        ("‘Ask, “Why?”’ he said.", [("‘Ask, “Why?”’", 0), ("“Why?”", 1)]),
        ("(“word”) — “other”—“third”", [("“word”", 0), ("“other”", 0), ("“third”", 0)]),
    ],
)
def test_pairs(text: str, expected: list[tuple[str, int]]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The dogs’ dinner and the cat’s.",
        "It's the boys' own; 'tis so, rock ’n’ roll.",
        "In the ‘90s and ’20s, O’Brien’s men didn’t.",
        "A board of 6' by 4' and 5\" nails.",
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the ‘Victors’ Congress’. Of the rest", ["‘Victors’ Congress’"]),
        ("the ‘victors’ of the town’s day", ["‘victors’"]),
        ("a ‘workers’ and peasants’ paper’, he said", ["‘workers’ and peasants’ paper’"]),
        ("‘It isn’t Tom’s,’ said Ann, ‘it’s ours.’", ["‘It isn’t Tom’s,’", "‘it’s ours.’"]),
        ("It was 'so' in Jones's day.", ["'so'"]),
    ],
)
def test_apostrophes_inside_single_quotation_marks(text: str, expected: list[str]) -> None:
    found = [text for text, _ in texts(text)]
    if expected == ["‘workers’ and peasants’ paper’"]:
        # “and” after the first mark tells that a quotation has ended.
        expected = ["‘workers’"]
    assert found == expected


def test_a_quotation_reopened_at_each_paragraph_is_one() -> None:
    text = "He wrote:\n“One.\n“Two ‘a’.\n“Three.”\nEnd “x.”"
    first, inner, last = find_quotations(text)
    assert [text[a:b] for a, b in first.parts] == ["“One.", "“Two ‘a’.", "“Three.”"]
    assert (first.start, first.end, first.closed) == (text.index("“One"), text.index("\nEnd"), True)
    assert text[inner.start : inner.end] == "‘a’"
    assert last.depth == 0


def test_an_aside_in_brackets_interrupts_a_reopened_quotation() -> None:
    text = "“One.\n(Applause.)\n“Two.”"
    (found,) = find_quotations(text)
    assert found.end == len(text)


def test_a_nested_one_is_reopened_too() -> None:
    text = "“He told me:\n“ ‘First.\n“ ‘Second.’ ”"
    outer, inner = find_quotations(text)
    assert text[outer.start : outer.end] == text
    assert (inner.depth, len(inner.parts)) == (1, 2)


def test_not_reopened_but_closed_later() -> None:
    text = "He said: “One.\nTwo.” Then “three.”"
    assert [text for text, _ in texts(text)] == ["“One.\nTwo.”", "“three.”"]


def test_unclosed_ends_with_its_paragraph() -> None:
    text = "He said: “One and two.*\nThe next one has “three.”"
    first, second = find_quotations(text)
    assert text[first.start : first.end] == "“One and two."
    assert not first.closed
    assert second.closed


def test_a_closing_mark_misread() -> None:
    text = "He said: “One and two.' Then he left."
    (found,) = find_quotations(text)
    assert text[found.start : found.end] == "“One and two.'"


def test_marks_the_wrong_way_round() -> None:
    assert texts("He said ”yes“ to it.") == [("”yes“", 0)]
    assert texts('He said “yes" to it.') == [('“yes"', 0)]


def test_stray_marks_are_left_alone() -> None:
    assert texts("A stray” here and there.") == []


def test_one_closing_mark_for_two() -> None:
    text = "“They made a “Short Course.”\nNext."
    assert texts(text) == [("“They made a “Short Course.”", 0), ("“Short Course.”", 1)]


MARKS = st.text(alphabet="“”‘’\"'„«» \nab.,s", max_size=60)


@given(MARKS)
def test_nested_and_in_bounds(text: str) -> None:
    found = find_quotations(text)
    assert found == sorted(found, key=lambda one: (one.start, -one.end))
    open_ones: list[Quotation] = []
    for one in found:
        while open_ones and open_ones[-1].end <= one.start:
            open_ones.pop()
        assert all(one.end <= around.end for around in open_ones)
        assert one.depth == len(open_ones)
        open_ones.append(one)
        assert 0 <= one.start < one.end <= len(text)
        assert one.parts[0][0] == one.start
        assert one.parts[-1][1] == one.end
        assert all("\n" not in text[a:b] for a, b in one.parts)


@pytest.mark.parametrize("unit", ["“", "‘", "“a ‘b ", '" ', "' ", "“a\n", "‘s’ s ", "« „ "])
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        find_quotations(unit * count)
        return time.process_time() - begin

    small, large = seconds(10_000), seconds(80_000)
    assert large < 30 * small + 0.5
