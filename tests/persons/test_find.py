"""The names of people, found by a register and by rules, in small invented texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.flow import Flow, Piece
from tei.persons.find import NameMention, find_names, name_spans
from tei.persons.register import Group, Person, Register

REGISTER = Register(
    person=(
        Person(id="marlow", name="Charles Ivanovich Marlow", forms=("Charlie", "C. M.", "J. Marlow")),
        Person(id="kurtz", name="Kurtz"),
        Person(id="zaborovsky", name="Anna Zaborovsky", forms=("Zaborowski",)),
        Person(id="edward-vii", name="Edward VII"),
        Person(id="ida-the-tall", name="Ida the Tall"),
        Person(id="stone", name="Peter Stone"),
        Person(id="wei-lin", name="Lin Wei-ming", alone=False),
        Person(id="marlow-junior", name="Tom Marlow", forms=("Tom",), alone=False),
        Person(id="brand", name="Otto Brand", near=("harbour",)),
        Person(id="brand-emma", name="Emma Brand", near=("school",)),
        Person(id="adams", name="John Adams"),
        Person(id="adams-ruth", name="Ruth Adams"),
    ),
    group=(Group(id="crew", name="The crew"),),
    not_names=("Marlow Sound",),
)


def found(text: str) -> list[tuple[str, str]]:
    return [
        (text[mention.start : mention.end], (mention.ref or "") + ("?" if mention.cert else ""))
        for mention in find_names(text, REGISTER)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Captain Marlow’s boat, and Kurtz's.", [("Marlow", "marlow"), ("Kurtz", "kurtz")]),
        ("MARLOW’S LETTER TO KURTZ", [("MARLOW", "marlow"), ("KURTZ", "kurtz")]),
        ("by C. I. Marlow, C.I. Marlow", [("C. I. Marlow", "marlow"), ("C.I. Marlow", "marlow")]),
        ("signed J. Marlow", [("J. Marlow", "marlow")]),
        ("Charles Ivanovich smiled.", [("Charles Ivanovich", "marlow")]),
        ("Charles Ivanovich Marlow", [("Charles Ivanovich Marlow", "marlow")]),
        ("Charlie came.", [("Charlie", "marlow")]),
        ("Dictated to C. M.*", [("C. M.", "marlow")]),
        ("the A. C. M. Board", []),
        ("C. M. Ferguson", []),
        ("Marlow, Charles, 12-14", [("Marlow, Charles", "marlow")]),
        ("King Edward VII of England", [("Edward VII", "edward-vii")]),
        ("the days of Ida the Tall, a Tall man", [("Ida the Tall", "ida-the-tall")]),
        ("Lin Wei-ming spoke; Wei-ming left.", [("Lin Wei-ming", "wei-lin")]),
        ("a Zaborowsky and a Zaborovskii", [("Zaborowsky", "zaborovsky"), ("Zaborovskii", "zaborovsky")]),
        ("Za borovsky and Zabo-rovsky", [("Za borovsky", "zaborovsky"), ("Zabo-rovsky", "zaborovsky")]),
        ("Marlowism, a Marlowist, Marlowgrad, Marlow-grad, Marlows", []),
        ("the post-Marlow era, a Marlow-like man", [("Marlow", "marlow"), ("Marlow", "marlow")]),
        ("the Marlow-Kurtz pact", [("Marlow", "marlow"), ("Kurtz", "kurtz")]),
        (
            "the Marlow Prize, Marlow prizes, Radio Marlow, the Order of Marlow, Marlow Sound, Marlow, Inc.",
            [],
        ),
        ("the Marlow case, the Marlow cult", [("Marlow", "marlow"), ("Marlow", "marlow")]),
        ("C. MARLOW’S JOURNEY", [("MARLOW", "marlow")]),
        ("World War I. Marlow slept. Appendix B. Kurtz", [("Marlow", "marlow"), ("Kurtz", "kurtz")]),
        ("Tom Marlow and Tom", [("Tom Marlow", "marlow-junior"), ("Tom", "marlow-junior")]),
    ],
)
def test_forms(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


def test_ordinary_words_are_no_names() -> None:
    text = "A stone is a stone. Stone is hard, and stone lasts. Here lives Peter Stone. I met Stone."
    assert found(text) == [("Peter Stone", "stone"), ("Stone", "stone")]


def test_one_surname_of_two_people() -> None:
    assert found("In the harbour Brand waited.") == [("Brand", "brand")]
    assert found("At school Brand waited.") == [("Brand", "brand-emma")]
    assert found("Ruth Adams came. Adams sat down.") == [
        ("Ruth Adams", "adams-ruth"),
        ("Adams", "adams-ruth"),
    ]
    assert found("Adams sat down.") == [("Adams", "adams?")]


def test_spans_come_home() -> None:
    text = "Mar¬\nlow"
    flow = Flow("Marlow", (0, 3), (Piece(0, 3, True), Piece(5, 8, True)))
    (span,) = name_spans(flow, find_names(flow.text, REGISTER))
    assert (text[span.start : span.end], span.name, span.attributes) == (text, "persName", {"ref": "#marlow"})
    flow = Flow.plain("Adams")
    (span,) = name_spans(flow, find_names(flow.text, REGISTER))
    assert span.attributes == {"ref": "#adams", "cert": "low"}
    (span,) = name_spans(flow, [NameMention(0, 5, None)])
    assert span.attributes == {}


PIECES = st.sampled_from(
    [
        "Marlow",
        "marlow",
        "MARLOW",
        "’s",
        "C.",
        "I.",
        "V",
        ",",
        " ",
        "\n",
        "-",
        "the",
        "Tall",
        "Ida",
        "Edward",
        "VII",
        "Charles",
        "Ivanovich",
        "von",
        "Brand",
        "harbour",
        "Za",
        "borovsky",
        "Adams",
        ".",
        "“",
        "Lin",
    ]
)


@given(st.one_of(st.lists(PIECES).map("".join), st.text()))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    mentions = find_names(text, REGISTER)
    ids = {person.id for person in REGISTER.person}
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert mention.ref in ids
        end = mention.end
    assert mentions == find_names(text, REGISTER)


@pytest.mark.parametrize(
    "piece",
    [
        "Marlow ",
        "C. ",
        "Adams ",
        "Brand ",
        "A-a",
        "Charles ",
        "V. I. ",
        "M’",
        "Za",
        "Marlow, ",
        "Xy%d ",
        "stone Stone ",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        text = "".join(piece % n if "%" in piece else piece for n in range(times))
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            find_names(text, REGISTER)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(16000) < 16 * seconds(2000) + 0.05
