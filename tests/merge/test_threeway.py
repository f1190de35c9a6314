"""Three files made one, rule by rule: what is taken, what follows, what is a conflict and how it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from tei.errors import ParseError
from tei.merge.threeway import Joint, merge_three
from tei.parse import parse_bytes

SPEECH = Path(__file__).resolve().parents[1] / "encode" / "golden" / "speech.xml"
FILE = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n'
    "<teiHeader><fileDesc><titleStmt><title>A title</title></titleStmt></fileDesc></teiHeader>\n"
    "<text><body>\n{}\n</body></text>\n</TEI>\n"
)
HEAD, TAIL = FILE.split("{}")


def joined(old: str, mine: str, new: str) -> tuple[str, Joint]:
    joint = merge_three(*(FILE.format(body).encode() for body in (old, mine, new)))
    text = joint.xml.decode()
    assert text.startswith(HEAD)
    assert text.endswith(TAIL)
    return text[len(HEAD) : -len(TAIL)], joint


def sides(body: str) -> tuple[str, str]:
    """The two files that a file with conflict markers stands for."""
    pattern = r"<<<<<<< MINE\n(.*?)=======\n(.*?)>>>>>>> NEW\n?"
    mine, new = (re.sub(pattern, part, f"{body}\n", flags=re.DOTALL).rstrip("\n") for part in (r"\1", r"\2"))
    return mine, new


CHOICE = "<choice><sic>two</sic><corr>too</corr></choice>"

CLEAN = {
    "one element in the other": (
        "<p>one two three</p>",
        "<p>one <hi>two</hi> three</p>",
        "<p>one <quote>two three</quote></p>",
        "<p>one <quote><hi>two</hi> three</quote></p>",
    ),
    "attributes of one element": (
        '<p n="1" rend="a">one</p>',
        '<p n="2" rend="a">one</p>',
        '<p n="1" rend="b">one</p>',
        '<p n="2" rend="b">one</p>',
    ),
    "a name and an attribute": ("<p>one</p>", "<ab>one</ab>", '<p n="1">one</p>', '<ab n="1">one</ab>'),
    "the edges of one element": (
        "<p>one <hi>two</hi> three</p>",
        "<p><hi>one two</hi> three</p>",
        "<p>one <hi>two three</hi></p>",
        "<p><hi>one two three</hi></p>",
    ),
    "tags taken off, words changed": (
        "<p>one <hi>two</hi> three</p>",
        "<p>one two three</p>",
        "<p>one <hi>two</hi> four</p>",
        "<p>one two four</p>",
    ),
    "both added the same": (
        "<p>one two</p>",
        '<p>one <persName ref="#a">two</persName></p>',
        '<p>one <persName cert="low">two</persName></p>',
        '<p>one <persName cert="low" ref="#a">two</persName></p>',
    ),
    "both took the same out": ("<p>one <hi>two</hi></p>", "<p>one </p>", "<p>one </p>", "<p>one </p>"),
    "a correction under a name": (
        "<p>one two three</p>",
        f"<p>one {CHOICE} three</p>",
        "<p><persName>one two</persName> three</p>",
        f"<p><persName>one {CHOICE}</persName> three</p>",
    ),
    "a correction of just the name": (
        "<p>one two three</p>",
        f"<p>one {CHOICE} three</p>",
        "<p>one <persName>two</persName> three</p>",
        f"<p>one <persName>{CHOICE}</persName> three</p>",
    ),
    "a paragraph split, words marked in one half": (
        "<p>One two. Three four.</p>",
        "<p>One two.</p><p>Three four.</p>",
        "<p>One two. Three <hi>four.</hi></p>",
        "<p>One two.</p><p>Three <hi>four.</hi></p>",
    ),
    "a comment and an instruction": (
        "<p>one two</p>",
        "<p>one <!-- really? -->two</p>",
        "<p>one two<?page 4?></p>",
        "<p>one <!-- really? -->two<?page 4?></p>",
    ),
    "an empty element filled": (
        "<p>one<desc/></p>",
        "<p>one<desc>thing</desc></p>",
        '<p>one<desc n="1"/></p>',
        '<p>one<desc n="1">thing</desc></p>',
    ),
    "paragraphs side by side": (
        "<p>one</p>\n<p>two</p>",
        "<p>One</p>\n<p>two</p>",
        "<p>one</p>\n<p>new</p>\n<p>two</p>",
        "<p>One</p>\n<p>new</p>\n<p>two</p>",
    ),
    "what is written stays as it is written": (
        "<p n='1'>caf&#233; &amp; <hi  rend='x' >one</hi > two</p>",
        "<p n='1'>caf&#233; &amp; <hi  rend='x' >one</hi > <seg>two</seg></p>",
        "<p n='2'>caf&#233; &amp; <hi  rend='x' >one</hi > two</p>",
        "<p n='2'>caf&#233; &amp; <hi  rend='x' >one</hi > <seg>two</seg></p>",
    ),
}


@pytest.mark.parametrize("case", CLEAN.values(), ids=CLEAN)
def test_what_both_did_is_in_the_result(case: tuple[str, str, str, str]) -> None:
    old, mine, new, expected = case
    body, joint = joined(old, mine, new)
    assert (body, joint.conflicts, joint.problems) == (expected, (), ())
    other, joint = joined(old, new, mine)
    assert not joint.conflicts
    assert canonical(other) == canonical(expected)


def canonical(body: str) -> bytes:
    return etree.tostring(parse_bytes(FILE.format(body).encode()), method="c14n")


CONFLICTS = {
    "the same word changed": (
        "<p>one two</p>",
        "<p>one three</p>",
        "<p>one four</p>",
        "both sides changed the words",
    ),
    "the same attribute changed": (
        '<p n="1">one</p>',
        '<p n="2">one</p>',
        '<p n="3">one</p>',
        "both sides changed it",
    ),
    "one element added with other values": (
        "<p>one two</p>",
        '<p><persName ref="#a">one</persName> two</p>',
        '<p><persName ref="#b">one</persName> two</p>',
        "both sides changed it",
    ),
    "elements that cross": (
        "<p>one two three</p>",
        "<p><hi>one two</hi> three</p>",
        "<p>one <quote>two three</quote></p>",
        "the elements would cross each other",
    ),
    "two elements around the same words": (
        "<p>one two three</p>",
        "<p>one <hi>two</hi> three</p>",
        "<p>one <term>two</term> three</p>",
        "each side put another element around the same words",
    ),
    "a paragraph split in the middle of a new element": (
        "<p>One two. Three four.</p>",
        "<p>One two.</p><p>Three four.</p>",
        "<p>One <hi>two. Three</hi> four.</p>",
        "the elements would cross each other",
    ),
    "taken off, and changed": (
        "<p>one <hi>two</hi></p>",
        "<p>one two</p>",
        '<p>one <hi rend="b">two</hi></p>',
        "one side removed it, the other changed it",
    ),
    "deleted, and marked within": (
        "<p>one</p>\n<p>two three</p>",
        "<p>one</p>",
        "<p>one</p>\n<p>two <hi>three</hi></p>",
        "one side changed the words, the other the markup in them",
    ),
    "deleted, and pointed at": (
        '<p>one<note xml:id="n1">two</note> three</p>',
        '<p>one<note xml:id="n1">two</note> <ref target="#n1">three</ref></p>',
        "<p>one three</p>",
        "one side points at it, the other removed it",
    ),
}


@pytest.mark.parametrize("case", CONFLICTS.values(), ids=CONFLICTS)
def test_what_cannot_be_had_together_is_shown_and_either_side_can_be_taken(case: tuple[str, ...]) -> None:
    old, mine, new, why = case
    body, joint = joined(old, mine, new)
    assert why in {conflict.why for conflict in joint.conflicts}
    assert sides(body) == (mine, new)
    assert joint.taken == ()


def test_a_conflict_says_what_each_file_has_and_where() -> None:
    _, joint = joined(
        '<p>a</p>\n<p n="1">one</p>', '<p>a</p>\n<p n="2">one</p>', '<p>a</p>\n\n<p n="3">one</p>'
    )
    assert [conflict.render("mine.xml") for conflict in joint.conflicts] == [
        (
            'mine.xml:5: conflict: both sides changed it: MINE has <p n="2">one</p> (line 5), '
            'NEW has <p n="3">one</p> (line 6), OLD had <p n="1">one</p> (line 5)'
        )
    ]


def test_beside_a_conflict_all_else_is_joined() -> None:
    old = "<p>one two</p>\n\n\n\n<p>three</p>\n\n\n\n<p>four</p>"
    mine = old.replace("one", "One").replace("three", "<hi>three</hi>").replace("four", "five")
    new = old.replace("one", "ONE").replace("two", "<q>two</q>")
    body, joint = joined(old, mine, new)
    assert len(joint.conflicts) == 1
    assert body.endswith("<p><hi>three</hi></p>\n\n\n\n<p>five</p>")
    assert sides(body)[0].startswith("<p>One <q>two</q></p>")
    assert [taken.what for taken in joint.taken] == ["added <hi>three</hi>", "changed “four” to “five”"]


# Identifiers


def test_pointers_made_by_hand_follow_what_they_mean() -> None:
    body, joint = joined(
        '<p>a b c<note xml:id="n1">x</note></p>',
        '<p>a <ref target="#n1">b</ref> c<note xml:id="n1">x</note></p>',
        '<p>a<note xml:id="n1">new</note> b c<note xml:id="n2">x</note></p>',
    )
    assert not joint.conflicts
    assert (
        body == '<p>a<note xml:id="n1">new</note> <ref target="#n2">b</ref> c<note xml:id="n2">x</note></p>'
    )


def test_pointers_of_the_encoder_follow_an_identifier_given_by_hand() -> None:
    body, joint = joined(
        '<p>a b<note xml:id="n1">x</note></p>',
        '<p>a b<note xml:id="first">x</note></p>',
        '<p><ref target="#n1 #n1">a</ref> b<note xml:id="n1">x</note></p>',
    )
    assert not joint.conflicts
    assert body == '<p><ref target="#first #first">a</ref> b<note xml:id="first">x</note></p>'


def test_an_identifier_given_twice_is_changed_with_what_points_at_it() -> None:
    body, joint = joined(
        "<p>a b c</p>",
        '<p>a <hi xml:id="k">b</hi> <ref target="#k">c</ref></p>',
        '<p xml:id="k" corresp="#k">a b c</p>',
    )
    assert not joint.conflicts
    assert body == '<p xml:id="k" corresp="#k">a <hi xml:id="k-2">b</hi> <ref target="#k-2">c</ref></p>'


# Whole files


def test_a_file_that_did_not_change_changes_nothing() -> None:
    old, other = FILE.format("<p>one</p>").encode(), FILE.format("<p n='1' >two</p >").encode()
    assert merge_three(old, old, other) == merge_three(old, other, old) == Joint(other)
    assert merge_three(old, other, other) == Joint(other)


def test_what_stands_outside_of_the_outermost_element_is_joined_too() -> None:
    old = FILE.format("<p>one</p>")
    mine, new = f"<!-- by hand -->\n{old}", f'{old}<?made by="tei"?>\n'
    joint = merge_three(old.encode(), mine.encode(), new.encode())
    assert (joint.xml.decode(), joint.conflicts) == (f'<!-- by hand -->\n{old}<?made by="tei"?>\n', ())
    joint = merge_three(old.encode(), mine.encode(), f"<!-- new -->\n{old}".encode())
    assert len(joint.conflicts) == 1
    assert "<<<<<<< MINE\n<!-- by hand -->\n=======\n<!-- new -->\n>>>>>>> NEW\n" in joint.xml.decode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_line_ends_and_encoding_are_those_of_the_new_file(line_end: str, codec: str) -> None:
    old = FILE.format("<p>öne\ntwo</p>")
    mine, new = old.replace("öne", "<hi>öne</hi>"), old.replace("two", "<hi>two</hi>").replace("\n", line_end)
    joint = merge_three(old.encode(), mine.replace("\n", "\r\n").encode(), new.encode(codec))
    expected = FILE.format("<p><hi>öne</hi>\n<hi>two</hi></p>").replace("\n", line_end)
    assert (joint.xml, joint.conflicts) == (expected.encode(codec), ())


def test_without_an_old_file_whatever_differs_is_in_conflict() -> None:
    mine, new = FILE.format("<p>one</p>"), FILE.format("<p>two</p>")
    joint = merge_three(b"", mine.encode(), new.encode())
    assert len(joint.conflicts) == 1
    assert sides(joint.xml.decode()) == (mine.rstrip("\n"), new.rstrip("\n"))


def test_a_file_that_is_not_well_formed_is_named() -> None:
    good = FILE.format("<p>one</p>").encode()
    with pytest.raises(ParseError, match=r"new\.xml:5"):
        merge_three(good, FILE.format("<p>two</p>").encode(), good.replace(b"</p>", b""), new_path="new.xml")


def test_what_is_only_together_invalid_is_a_conflict() -> None:
    # A paragraph put before what is now a heading; the schema wants headings first.
    anew = SPEECH.read_text(encoding="utf-8")
    old = anew.replace("<head><lb/>I. AT THE HARBOUR</head>", "<p><lb/>I. AT THE HARBOUR</p>")
    mine = old.replace("<p><lb/>I. AT", "<p>By hand.</p>\n<p><lb/>I. AT")
    assert anew != old != mine
    joint = merge_three(old.encode(), mine.encode(), anew.encode())
    assert {conflict.why for conflict in joint.conflicts} == {"the result would not be valid"}
    assert sides(joint.xml.decode()) == (mine.rstrip("\n"), anew.rstrip("\n"))
