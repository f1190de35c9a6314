from __future__ import annotations

import re

import pytest

from tei.flow import Flow
from tei.quotations.alignment import Cited
from tei.quotations.attribution import Attribution, Surroundings, attribute
from tei.quotations.context import contexts, set_off
from tei.quotations.kinds import classify
from tei.quotations.marks import find_quotations
from tei.quotations.spans import quotation_spans
from tei.span import Span

PEOPLE = {"Brown": "brown", "White": "white", "Green": "green", "Times": "times", "Council": "council"}


def around(text: str, **more: object) -> Surroundings:
    names = [(match.start(), match.end(), PEOPLE[match[0]]) for match in re.finditer("|".join(PEOPLE), text)]
    return Surroundings(names, bodies={"times", "council"}, **more)  # type: ignore[arg-type]


def attributed(text: str, *blocks: str, **more: object) -> list[Attribution]:
    places = [set_off(text.index(block), text.index(block) + len(block)) for block in blocks]
    found = contexts(text, sorted([*find_quotations(text), *places], key=lambda one: one.start))
    return attribute(found, classify(found), around(text, **more))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“The work is done at last,” said Brown to White.", "brown"),
        ("“The work is done at last,” White had said to Brown.", "white"),
        ("Brown wrote to White: “The work is done at last.”", "brown"),
        ("Brown had warned White that “the work would never be done.”", "brown"),
        ("White met Brown. He asked him, “Is the work done at last?”", "white"),
        ("Of White it is told what Brown says of Green: “He has never done his work.”", "brown"),
        ("According to Brown, it was “done in a hurry and without care.”", "brown"),
        ("Brown’s reply that it was “done in a hurry and without care” is known.", "brown"),
        ("After Brown’s report on Green’s work, the Times spoke of “work done without any care.”", "times"),
        ("It was “done in a hurry and without care” (Brown’s words).", "brown"),
        ("It was “work that nobody had done” (as Green called it), said White.", "green"),
        ("The Times had a decree of the Council which declared: “The work is to be done.”", "council"),
        ("Near the Council he declared: “The work is to be done.”", None),
    ],
)
def test_speaker(text: str, who: str | None) -> None:
    assert attributed(text)[0].who == who


def test_parts_are_linked_and_share_their_speaker() -> None:
    text = "“The work,” says Brown, “is done.” *\nWhite left."
    first, second = attributed(text, anchors=[(text.index("*"), "n1.1")])
    assert (first.who, second.who, second.earlier) == ("brown", "brown", 0)
    assert first.sources == second.sources == ("#n1.1",)


def test_set_off_ones_with_an_aside_or_a_signature() -> None:
    text = "Much was said of it:\nLet us see for a moment—says Brown—what it was.\nThe end."
    assert attributed(text, "Let us see for a moment—says Brown—what it was.")[0].who == "brown"
    text = "Much was said:\nWe have lost much time.\nFrom a speech of Green, 1921.\nThe end."
    assert attributed(text, "We have lost much time.")[0].who == "green"


def test_whoever_says_i() -> None:
    text = "I told him then, “It was never done.”"
    assert attributed(text, voices=[(0, len(text), "white")])[0].who == "white"


SPEECH = (
    "We have met here, and we know that the old mill has stood without water for many a year. "
    "Nobody has asked why. Brown told me, “The wheel was broken by the frost.” So it was."
)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("the old mill has stood without water for many a year", "white"),
        ("the old mill has been standing without water for many a year", "white"),
        ("the wheel was broken by the frost", "brown"),
        ("the new mill runs day and night", None),
    ],
)
def test_words_of_the_cited_text(words: str, who: str | None) -> None:
    inside = [(SPEECH.index("“"), SPEECH.index("”") + 1, "brown")]
    cited = Cited(SPEECH, 0, len(SPEECH), "white", [(0, "p1"), (SPEECH.index("Nobody"), "p2")], inside)
    text = f"And so it is “{words},” we hear."
    found = contexts(text, find_quotations(text))
    (one,) = attribute(found, classify(found), Surroundings(cited=[(0, len(text), cited)]))
    if who is None:
        assert one.sources == ()
        return
    assert one.who == who
    assert one.sources == ("#p1" if who == "white" else "#p2",)


def flow(text: str) -> Flow:
    return Flow.plain(text)


def test_spans() -> None:
    text = (
        "“The work,” Brown cried, “is done.” White wrote: “It is not done at all.” It was a “success” of "
        "sorts. "
        "The inscription was “not done by anybody who knew how” all the same."
    )
    found = contexts(text, find_quotations(text))
    kinds = classify(found)
    spans = quotation_spans(flow(text), found, kinds, attribute(found, kinds, around(text)))
    assert [span.name for span in spans] == ["said", "said", "q", "soCalled", "q"]
    first, second, third, fourth, _ = (dict(span.attributes) for span in spans)
    assert (first["xml:id"], first["next"], second["xml:id"], second["prev"]) == ("q1", "#q2", "q2", "#q1")
    assert first["who"] == second["who"] == "#brown"
    assert (third["type"], third["who"]) == ("written", "#white")
    assert "who" not in fourth


def test_unknown_author_is_a_quote() -> None:
    text = "The sign had “nobody may enter this place by night.” *"
    found = contexts(text, find_quotations(text))
    kinds = classify(found)
    one = attribute(found, kinds, Surroundings(anchors=[(len(text) - 1, "n2.1")]))
    (span,) = quotation_spans(flow(text), found, kinds, one)
    assert span == Span(text.index("“"), text.index("”") + 1, "quote", {"source": "#n2.1"})
