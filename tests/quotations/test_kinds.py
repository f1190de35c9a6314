from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.quotations.context import contexts, set_off
from tei.quotations.kind import Kind
from tei.quotations.kinds import classify
from tei.quotations.marks import find_quotations
from tei.quotations.verbs import continues


def kinds(text: str) -> list[Kind]:
    return classify(contexts(text, find_quotations(text)))


def names(text: str) -> list[str]:
    return [kind.name for kind in kinds(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # spoken
        ("Then he asked me, “Have you seen this?”", "said"),
        ("“I have not,” she answered.", "said"),
        ("Mr. Brown told us: “We are late.”", "said"),
        ("(Laughter, voices: “Quite right.”)", "said"),
        ("“It will rain,” said Brown to the men.", "said"),
        ("Brown declared: “The work has been done as it should be.”", "said"),
        ("Once, pointing to a copy of the letter, he asked me, “Have you read this?”", "said"),
        (
            "“Had they done a thing?” he asked, and answered “No, they were late in all that they did.”",
            "said",
        ),
        ("He had met us at that time, and stated at that time, “I do not know who it was.”", "said"),
        ("When they come we reply: “It is for you to go.”", "said"),
        # written
        ("In his letter Brown wrote: “The work is done.”", "quote"),
        ("The resolution reads: “The council has decided to go.”", "quote"),
        ("“The work has been done well by all,” writes Brown.", "quote"),
        ("“The work has been done,” says Brown, in the middle of the book.", "quote"),
        ("He denounced those who were “trying to prove that it could not be done.”", "quote"),
        ("The friendship was “sealed with ink” *—so much for that.", "quote"),
        ("According to Brown, it was “a long way.”", "quote"),
        ("It was “a long way down” (p. 12).", "quote"),
        ("It was “beaten, beaten, beaten” (Brown’s words).", "quote"),
        ("It would not remain a “mere playing with figures” (Brown), they said.", "quote"),
        # at a distance
        ("They praised his “achievements” in every paper.", "soCalled"),
        ("The so-called “experts” and the rest.", "soCalled"),
        ("They were elected as “friends of peace” and the like.", "soCalled"),
        # expressions
        ("He used the term “fellow traveller” of them.", "term"),
        ("It was known as the “Brighton affair” in town.", "term"),
        ("“Hopeless” instead of “desperate” in line two.", "mentioned"),
        ("The word means “a small boat” in English.", "gloss"),
        ("He used the “foreign friend” label of them all.", "term"),
        ("This was the “cleaning of the cleaners,” as it was called, of that year.", "term"),
        ("They were tried under the “Brown Law” of that year.", "term"),
        ("“Work done” is the part of the day that is over.", "term"),
        # titles
        ("Let us recall the film, “The Fall of London.”", "title"),
        ("An article entitled “On the Growing of Potatoes” came out.", "title"),
        ("* See: “The Case of the Lost Diaries,” in Comment, August 1956, p. 4.", "title"),
    ],
)
def test_kind_by_evidence(text: str, expected: str) -> None:
    assert names(text)[0] == expected, kinds(text)[0]


def test_close_calls_say_so() -> None:
    (sure,) = kinds("They praised his “achievements” in every paper.")
    (unsure,) = kinds("It was for want of “care in handling such goods” that they broke.")
    assert sure.cert == "high"
    assert unsure.cert != "high"


def test_a_verb_in_a_clause_with_that_introduces_no_direct_speech() -> None:
    assert names("Brown said that besides White, “only two men had seen the paper.”") == ["quote"]
    assert names("Brown denied that it was late. Then he said, “I go.”") == ["said"]


def test_a_list_of_utterances() -> None:
    text = (
        "He could look at a man and say: “Why are you late today?” or “Why do you not look at me when I ask?”"
    )
    assert names(text) == ["said", "said"]


def test_nouns_that_look_like_verbs() -> None:
    assert names("This state of affairs was hard to mend, “because nobody wished to mend it at all.”") == [
        "quote"
    ]


def test_parts_of_an_interrupted_quotation_are_alike() -> None:
    text = "“It was,” Brown cried, “a mistake.” And “It is,” he added, “no use.”"
    found = contexts(text, find_quotations(text))
    assert {kind.name for kind in classify(found)} == {"said"}
    assert continues(found[0], found[1])
    assert not continues(found[1], found[2])


def test_a_speaker_goes_on_in_a_new_sentence() -> None:
    assert names("‘Will you come?’, he growled. ‘You are all slow people here.’") == ["said", "said"]


def test_short_ones_of_one_author_follow_the_long_ones() -> None:
    text = (
        "The paper attacked them for “repeating” old mistakes, making “improper public remarks” and "
        "“spreading opinions that are foreign to the spirit of the club.”"
    )
    assert names(text) == ["quote"] * 3


def test_set_off_ones_are_cited() -> None:
    text = "He wrote:\nThe work is done.\nEnd."
    start = text.index("The work")
    (kind,) = classify(contexts(text, [set_off(start, text.index("\nEnd"))]))
    assert (kind.name, kind.cert) == ("quote", "high")


def test_a_title_known_once_is_known_everywhere() -> None:
    text = "The book “Short Lives” is good. They read “Short Lives” aloud.\nIn “Short Lives” it is said."
    assert names(text) == ["title"] * 3


def test_cited_words_are_a_quotation() -> None:
    text = "He spoke of “the two old friends” again."
    start = text.index("“")
    assert classify(contexts(text, find_quotations(text)))[0].name == "soCalled"
    assert classify(contexts(text, find_quotations(text)), {start})[0].name == "quote"


@given(st.text(alphabet="“”‘’\"' \nAab.,:;(*said wrote", max_size=80))
def test_any_text_is_classified(text: str) -> None:
    found = find_quotations(text)
    assert len(classify(contexts(text, found))) == len(found)
