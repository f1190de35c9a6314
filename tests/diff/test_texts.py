"""Aligning two texts: exact whatever they are, and fast."""

from __future__ import annotations

import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tei.diff.texts import Edit, Shift, align, align_items, apply
from tests.core.strategies import texts

# Few letters, so that much repeats; lines and words, so that every level has work.
repeating = st.text(st.sampled_from("ab \n"), max_size=120)
pairs = st.one_of(st.tuples(texts, texts), st.tuples(repeating, repeating))


@given(pairs)
def test_applied_the_edits_give_the_new_text(pair: tuple[str, str]) -> None:
    old, new = pair
    edits = align(old, new)
    assert apply(old, new, edits) == new
    assert apply(new, old, [Edit(*edit[2:], *edit[:2]) for edit in edits]) == old


@given(pairs)
def test_something_stays_between_two_edits(pair: tuple[str, str]) -> None:
    edits = align(*pair)
    assert all(edit.start_old < edit.end_old or edit.start_new < edit.end_new for edit in edits)
    assert all(one.end_old < two.start_old for one, two in pairwise(edits))
    assert all(one.end_new < two.start_new for one, two in pairwise(edits))


@given(texts, st.data())
def test_what_stays_is_found_again(text: str, data: st.DataObject) -> None:
    assert align(text, text) == []
    place = data.draw(st.integers(0, len(text)))
    new = f"{text[:place]}§§{text[place:]}"
    assert align(text, new) == [Edit(place, place, place, place + 2)]
    assert align(new, text) == [Edit(place, place + 2, place, place)]


def test_letters_are_told_apart_and_words_are_kept_together() -> None:
    assert align("the offi-\ncers arc here", "the offi-\ncers are here") == [Edit(17, 18, 17, 18)]
    assert align("a house here", "a garden lay here") == [Edit(2, 7, 2, 12)]


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 4), max_size=40))
def test_any_sequences(old: list[int], new: list[int]) -> None:
    built: list[int] = []
    place = 0
    for edit in align_items(old, new):
        built += old[place : edit.start_old]
        built += new[edit.start_new : edit.end_new]
        place = edit.end_old
    assert built + old[place:] == new


@given(pairs)
def test_places_are_carried_over(pair: tuple[str, str]) -> None:
    old, new = pair
    shift = Shift(align(old, new))
    ranges = [shift.range(place) for place in range(len(old) + 1)]
    assert all(0 <= first <= last <= len(new) for first, last in ranges)
    assert ranges == sorted(ranges)
    for place, character in enumerate(old):
        first, last = ranges[place]
        if first == last and ranges[place + 1] == (first + 1, first + 1):
            assert new[first] == character


def test_many_changes_of_a_long_text_are_found_one_by_one() -> None:
    chance = random.Random(5)
    words = [f"{chance.choice('bcdfg')}{chance.choice('aeiou')}{number % 977}" for number in range(100_000)]
    other = list(words)
    places = chance.sample(range(0, len(words), 10), 100)
    for place in places:
        other[place] = "changed"
    old, new = " ".join(words), " ".join(other)
    start = time.process_time()
    edits = align(old, new)
    assert time.process_time() - start < 20
    assert len(edits) == 100


def test_hostile_texts_take_linear_time() -> None:
    """Nothing occurs only once, and nothing fits: ten times the text takes thirty times as long at most."""
    for old, new in (("a ", "b a "), ("a\n", "a\nb\n"), ("ab", "ba"), ("a b c ", "c b a d ")):
        times = []
        for size in (3000, 30_000):
            start = time.process_time()
            edits = align(old * size, new * size)
            times.append(time.process_time() - start)
            assert apply(old * size, new * size, edits) == new * size
        assert times[1] < max(30 * times[0], 1)
