"""Notes in the reading view: what a proofreader does to their words, their numbers and their marks."""

from __future__ import annotations

import pytest

from tei.merge import Correction, merge
from tei.parse import parse_bytes
from tei.views import reading_text
from tests.merge.test_rules import carried, content_of, document

ONE = '<ref type="noteAnchor" target="#n1">*</ref>'
TWO = '<ref type="noteAnchor" target="#n2">**</ref>'
FIRST = '<note place="bottom" xml:id="n1"><label>*</label> First.</note>'
SECOND = '<note place="bottom" xml:id="n2"><label>**</label> Second.</note>'
PARTS = (
    '<note place="bottom" xml:id="n1" next="#n2">Fi<lb/>rst</note><pb n="2"/>'
    '<note place="bottom" xml:id="n2" prev="#n1">and<pb n="3"/> last.</note>'
)
END = "<p>End.</p>"


@pytest.mark.parametrize(
    ("content", "old", "expected"),
    [
        # Its mark goes, too; the other note and its mark stay.
        (f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}", "[1] First.\n\n", f"<p>a b{TWO}</p>{SECOND}{END}"),
        (f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}", "[2] Second.\n", f"<p>a{ONE} b</p>{FIRST}{END}"),
        (f"<p>a {ONE} b {TWO}.</p>{FIRST}{SECOND}{END}", "[1] First.\n\n", f"<p>a b {TWO}.</p>{SECOND}{END}"),
        (f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}", "[1] First.\n\n[2] Second.\n", f"<p>a b</p>{END}"),
        # Marked in other ways, or in no other way than by standing there.
        ("<p>a<note>First.</note> b</p>" + END, "[1] First.\n", "<p>a b</p>" + END),
        (
            '<p>a<anchor xml:id="a1"/> b</p><note target="#a1" place="bottom">First.</note>' + END,
            "[1] First.\n",
            "<p>a b</p>" + END,
        ),
        (f"<p>a{ONE} b{ONE}</p>{FIRST}{END}", "[1] First.\n", f"<p>a b</p>{END}"),
        # The mark of two that go.
        (
            f'<p>a<ref type="noteAnchor" target="#n1 #n2">*</ref></p>{FIRST}{SECOND}{END}',
            "[1] First.\n\n[2] Second.\n",
            f"<p>a</p>{END}",
        ),
        # What else it is made of: the parts on other pages; but the pages stay.
        (
            f"<p>a{ONE}</p>{PARTS}{END}",
            "[1] Fi rst and last.\n",
            f'<p>a</p><pb n="2"/><pb n="3"/>{END}',
        ),
        # It was the source of a quotation.
        (
            f'<p><q source="#n1">a</q>{ONE} <q source="#n1 #n2">b</q>{TWO}</p>{FIRST}{SECOND}{END}',
            "[1] First.\n\n",
            f'<p><q>a</q> <q source="#n2">b</q>{TWO}</p>{SECOND}{END}',
        ),
        # Brackets of the text itself are no marks.
        (
            f"<p>[1] a{ONE} [2] b{TWO}</p>{FIRST}{SECOND}",
            "[1] First.\n\n",
            f"<p>[1] a [2] b{TWO}</p>{SECOND}",
        ),
    ],
)
def test_a_note_goes_with_its_number(content: str, old: str, expected: str) -> None:
    merged = carried(content, "reading", old, "")
    assert [change.refused for change in merged.changes] == [None]
    assert content_of(merged) == expected
    assert "is gone" in (merged.changes[0].note or "")


def test_a_note_goes_from_both_places() -> None:
    base = document(f"<p>a{ONE} b{TWO} c</p>{FIRST}{SECOND}{END}")
    text = reading_text(parse_bytes(base).getroot())
    edited = text.replace("[1] First.\n\n", "").replace("[1]", "").replace("c\n", "d\n")
    merged = merge(base, edited.encode(), view="reading")
    assert not merged.refused
    assert content_of(merged) == f"<p>a b{TWO} d</p>{SECOND}{END}"
    assert len(merged.changes) == 3


@pytest.mark.parametrize(
    ("content", "old", "new", "reason"),
    [
        # The mark alone; the number alone; the first of two paragraphs.
        (f"<p>a{ONE} b</p>{FIRST}{END}", "a[1] ", "a ", "goes when all its words are taken out"),
        (f"<p>a{ONE} b</p>{FIRST}{END}", "[1] First", "First", "goes when all its words are taken out"),
        (
            f'<p>a{ONE} b</p><note xml:id="n1"><p>First.</p><p>Second.</p></note>{END}',
            "[1] First.\n\n",
            "",
            "goes when all its words are taken out",
        ),
        # A paragraph that holds a mark, and the note is left.
        (f"<p>c</p><p>a{ONE} b</p>{FIRST}{END}", "a[1] b\n\n", "", "goes when all its words are taken out"),
        # The order of notes is that of their marks.
        (
            f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}",
            "[1] First.\n\n[2] Second.",
            "[2] Second.\n\n[1] First.",
            None,
        ),
        # Something else names the note, or its mark is that of another one.
        (f'<p>a{ONE} <ref target="#n1">see above</ref></p>{FIRST}{END}', "[1] First.\n", "", "#n1"),
        (
            f'<p>a<ref type="noteAnchor" target="#n1 #n2">*</ref></p>{FIRST}{SECOND}{END}',
            "[1] First.\n\n",
            "",
            "is that of another one, too",
        ),
    ],
)
def test_notes_that_stay(content: str, old: str, new: str, reason: str | None) -> None:
    merged = carried(content, "reading", old, new)
    assert content_of(merged) == content
    assert merged.refused == merged.changes
    assert reason is None or all(reason in (change.refused or "") for change in merged.changes)


def test_a_note_is_moved_neither_wholly_nor_by_half() -> None:
    content = (
        f"<div><p>a{ONE}</p>{FIRST.replace('First', 'The first note')}</div><div>{END}<p>More.</p></div>"
    )
    base = document(content)
    text = reading_text(parse_bytes(base).getroot())
    note = "[1] The first note.\n\n"
    assert note in text
    edited = text.replace(note, "").replace("More.", f"{note}More.")
    merged = merge(base, edited.encode(), view="reading")
    assert len(merged.refused) == 2
    assert content_of(merged) == content


def test_a_refused_note_leaves_the_other_changes() -> None:
    content = (
        f'<p>a{ONE} <ref target="#n1">see above</ref> b{TWO}</p><p>Much is sayd here.</p>{FIRST}{SECOND}'
    )
    base = document(content)
    text = reading_text(parse_bytes(base).getroot())
    edited = text.replace("[1] First.\n\n", "").replace("sayd", "said")
    merged = merge(base, edited.encode(), view="reading")
    assert content_of(merged) == content.replace("sayd", "said")
    assert len(merged.refused) == 1


def test_a_correction_takes_no_note_out() -> None:
    content = f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}"
    merged = carried(content, "reading", "[1] First.\n\n", "", Correction())
    assert content_of(merged) == content
    assert merged.refused


@pytest.mark.parametrize(
    ("content", "old", "new", "expected"),
    [
        # New words of a note, whose number is left alone.
        (
            f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}",
            "[1] First.",
            "[1] Quite another thing.",
            f"<p>a{ONE} b{TWO}</p>{FIRST.replace('First.', 'Quite another thing.')}{SECOND}{END}",
        ),
        # A note without paragraphs gets some when its words are parted.
        (
            f"<p>a{ONE}</p><note xml:id='n1'><label>*</label> First. Then.</note>{END}",
            "First. Then",
            "First.\n\nThen",
            f"<p>a{ONE}</p><note xml:id='n1'><p><label>*</label> First.</p><p>Then.</p></note>{END}",
        ),
        # What is noted between two speeches goes into the one that it is joined with.
        (
            "<u><seg>a</seg><note>b</note></u><u>c</u>",
            "a\n\nb",
            "a b",
            "<u><seg>a <note>b</note></seg></u><u>c</u>",
        ),
    ],
)
def test_words_of_notes(content: str, old: str, new: str, expected: str) -> None:
    merged = carried(content, "reading", old, new)
    assert [change.refused for change in merged.changes] == [None]
    assert content_of(merged) == expected


def test_a_paragraph_before_a_note_follows_what_stands_there() -> None:
    content = f"<p>a{ONE} b{TWO}</p>{FIRST}{SECOND}{END}"
    merged = carried(content, "reading", "[1] First", "New.\n\n[1] First")
    assert content_of(merged) == f"{content}<p>New.</p>"
