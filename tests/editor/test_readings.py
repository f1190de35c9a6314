"""From what an editor quotes and reads to the words that change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tei.editor.decided import Reading
from tei.editor.readings import Corrected, Emendation, emendations
from tei.names import local_name
from tests.encoding import document, text_of
from tests.structure.made import reading_of


def changes(source: str, read: str) -> list[tuple[str, str]]:
    """What is read for which words, where ``read`` is read for the whole of ``source``."""
    found = emendations(source, [Reading(0, len(source), read, "high")])
    return [(source[change.start : change.end], change.read) for change in found]


@pytest.mark.parametrize(
    ("source", "read", "expected"),
    [
        ("the arc boats", "the are boats", [("arc", "are")]),
        # Words quoted only so that the place is found stay as they are.
        ("the boats", "the boats", []),
        ("the  boats", "the boats", []),
        ("the\nboats", "the boats", []),
        # A word more, a word less: where no word stands instead, its neighbours carry it.
        ("the boats", "the old boats", [("the boats", "the old boats")]),
        ("the old boats", "the boats", [("old", "")]),
        ("old boats", "boats", [("old", "")]),
        ("boats old", "boats", [("old", "")]),
        # Words put together and taken apart.
        ("har bour", "harbour", [("har bour", "harbour")]),
        ("theharbour", "the harbour", [("theharbour", "the harbour")]),
        ("har\n bour is", "harbour is", [("har\n bour", "harbour")]),
        # Marks beside a word.
        ("boats . Nets", "boats. Nets", [("boats .", "boats.")]),
        ("boats Nets", "boats. Nets", [("boats", "boats.")]),
        ("“boats", "boats", [("“", "")]),
        # Two changes with a word between them are two, with none they are one.
        ("arc thc boats", "are the boats", [("arc thc", "are the")]),
        ("arc old thc boats", "are old the boats", [("arc", "are"), ("thc", "the")]),
        ("a; b", "c, d", [("a; b", "c, d")]),
    ],
)
def test_only_what_differs_is_a_reading(source: str, read: str, expected: list[tuple[str, str]]) -> None:
    found = changes(source, read)
    assert found == expected


WORDS = st.sampled_from(
    ["a", "b", "ab", "boats", "boat", "nets", "Übel", "3", ".", ",", "“", "-", "¬", "…", "'s"]
)
SPACE = st.sampled_from([" ", "", "  ", "\n", "\t", "\u00a0", " \n "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    chunks = draw(st.lists(st.tuples(WORDS, SPACE), min_size=1, max_size=12))
    return "".join(word + space for word, space in chunks).strip()


@st.composite
def edits(draw: st.DrawFn, source: str) -> str:
    """A reading of ``source``: another text, or the same with some of it taken out or put in."""
    if draw(st.integers(0, 4)) == 0:
        return draw(texts())
    read = source
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(read)))
        read = read[:at] + draw(st.one_of(WORDS, SPACE, st.just(""))) + read[at + draw(st.integers(0, 3)) :]
    return " ".join(read.split())


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, str, str, str]:
    source = draw(texts())
    return (
        draw(st.sampled_from(["", "Before. "])),
        source,
        draw(st.sampled_from(["", " After."])),
        draw(edits(source)),
    )


@settings(max_examples=300)
@given(cases())
def test_the_words_become_the_reading_and_nothing_else_changes(case: tuple[str, str, str, str]) -> None:
    before, source, after, read = case
    text = before + source + after
    start, end = len(before), len(before) + len(source)
    found = emendations(text, [Reading(start, end, read, "low")])
    corrected = Corrected(text, found)
    assert corrected(start, end).split() == read.split()
    assert corrected(0, len(text)).split() == f"{before}{read}{after}".split()
    place = start
    for change in found:
        assert place <= change.start < change.end <= end
        place = change.end
        assert change.cert == "low"
        sic = text[change.start : change.end]
        assert sic == sic.strip()
        assert change.read == change.read.strip()
        assert sic.split() != change.read.split()


def test_corrected_text_between_any_two_places() -> None:
    text = "arc thc hoats"
    change = [
        Emendation(0, 3, "are", "high"),
        Emendation(4, 7, "the", "high"),
        Emendation(8, 13, "boats", "low"),
    ]
    corrected = Corrected(text, change)
    assert corrected(0, 13) == "are the boats"
    assert corrected(3, 8) == " the "
    assert corrected(7, 8) == " "
    assert corrected(13, 13) == ""
    assert corrected.between(3, 4) == []
    assert corrected.between(2, 5) == change[:2]


def test_a_reading_in_the_tree() -> None:
    edition = '[[responsibility]]\nid = "ed"\nresp = "reading"\nname = "Ed"'
    tree = document("The boats arc here.\n", '[[correct]]\ntext = "boats arc"\nread = "boats are"', edition)
    choice = next(text_of(tree).iter("{*}choice"))
    assert [(local_name(child.tag), child.text, dict(child.attrib)) for child in choice] == [
        ("sic", "arc", {}),
        ("corr", "are", {"resp": "#ed", "cert": "high"}),
    ]
    assert reading_of(tree) == "The boats are here.\n"
