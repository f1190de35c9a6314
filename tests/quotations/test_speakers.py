from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.quotations.context import contexts
from tei.quotations.marks import find_quotations
from tei.quotations.speakers import Names, any_speaker, likely_speaker, named_speaker

PEOPLE = {"Brown": "brown", "White": "white", "Green": "green", "Council": "council"}


def named(text: str, me: str | None = None) -> tuple[str | None, str] | None:
    """The speaker of the last quotation."""
    found = contexts(text, find_quotations(text))
    places = [(match.start(), match.end(), PEOPLE[match[0]]) for match in re.finditer("|".join(PEOPLE), text)]
    quoted = [(one.quotation.start, one.quotation.end) for one in found]
    return named_speaker(found[-1], Names(text, places, quoted, {"council"}), me)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Brown, a man of few words, then said that “it was late.”", "brown"),
        ("Brown, who had met White, asked me, “Is it late?”", "brown"),
        ("Brown and White wrote from London: “It is late.”", "brown white"),
        ("White quoted Brown as declaring that “it was late.”", "brown"),
        ("Brown got up, took his hat and told White, “It is late.”", "brown"),
        ("Brown had this to say: “It is late.”", "brown"),
        ("So far, wrote Brown, “it was not late.”", "brown"),
        ("“It was,” pointed out White, “not late.”", "white"),
        ("Brown’s answer to White was to proclaim that “it was late.”", "brown"),
        ("Brown: “It is late.”", "brown"),
        ("Since Brown came, White tells us that “it was late.”", "white"),
        ("Since Brown says that “it was late,” nobody came.", "brown"),
    ],
)
def test_sure_ones(text: str, who: str) -> None:
    assert named(text) == (who, "high")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        # A pronoun means the subject of its sentence, or of the one before.
        ("Brown left with White. He said that “it was late.”", "brown"),
        ("When he had left the Council, Brown wept. He cried, “It is late.”", "brown"),
        ("Brown’s last letters were read. In them he said that “it was late.”", "brown"),
        ("One more line was written by White. “It is late,” he writes.", "white"),
        # Not the verb's subject, but where the words come from.
        ("We learn from Brown that “it was late.”", "brown"),
        ("According to Brown, who had his news from a friend of the house, it was “late at night.”", "brown"),
        ("There is a letter by White: “It is late.”", "white"),
        ("It was “late at night” (White’s words).", "white"),
    ],
)
def test_others(text: str, who: str) -> None:
    found = named(text)
    assert found is not None
    assert found == (who, "medium")


@pytest.mark.parametrize(
    "text",
    [
        "Brown was away when the Evening Paper declared that “it was late.”",
        "White had gone. The same article declared: “It is late.”",
        "Brown saw White. “It is late,” the porter said.",
    ],
)
def test_somebody_without_a_known_name(text: str) -> None:
    assert named(text) == (None, "high")


@pytest.mark.parametrize(
    "text",
    [
        "They came to Brown and asked, “Is it late?”",
        "It was late (a friend of White had warned of it), “too late for all.”",
        "“It is late,” we reply: “It is not late.”",
    ],
)
def test_nobody(text: str) -> None:
    found = named(text)
    assert found is None or found[0] is None


def test_whoever_says_i() -> None:
    assert named("I telephoned to Brown and told him, “It is late.”", "white") == ("white", "medium")


def test_a_paragraph_that_answers() -> None:
    assert named("“Is it late?” Brown had asked White.\n“It is late, I think.”") is None


def test_a_sign_in_the_text_that_stands_for_names_in_a_scene() -> None:
    assert named("@ @ White @. Brown said: “It is late.”") == ("brown", "high")


@given(st.text(alphabet="“”@ ,.:()Ihesaid—’s\n", max_size=80))
def test_any_text(text: str) -> None:
    found = contexts(text, find_quotations(text))
    names = Names(text, [(match.start(), match.end(), "x") for match in re.finditer("Ih|es", text)])
    for context in found:
        named_speaker(context, names, "me")
        likely_speaker(context, names)
        any_speaker(context, names)
