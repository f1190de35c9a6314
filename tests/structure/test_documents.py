"""Letters and other documents that a text prints whole, and verse."""

from __future__ import annotations

import pytest

from tests.encoding import block, drawn, pages

LETTER = """\
Before it.

The Harbour, 3 May 1901
Dear Anna,

The boats are here.

They are many. With love,
Ben

P.S. Bring nets.

Sent on Monday.

After it."""

PARTS = """
[[document]]
text = "The Harbour, 3 May"
to = "Sent on Monday."
type = "letter"
part = [
  { kind = "dateline", text = "The Harbour, 3 May 1901" },
  { kind = "salute", text = "Dear Anna," },
  { kind = "salute", text = "With love," },
  { kind = "signed", text = "Ben" },
  { kind = "postscript", text = "P.S. Bring nets." },
  { kind = "trailer", text = "Sent on Monday." },
]
"""


def test_a_letter() -> None:
    assert drawn(LETTER, PARTS) == block(
        """
        p Before it.
        floatingText[letter]
          opener
            dateline The Harbour, 3 May 1901
            salute Dear Anna,
          p The boats are here.
          p They are many.
          closer
            salute With love,
            signed Ben
          postscript
            p P.S. Bring nets.
          trailer Sent on Monday.
        p After it.
        """
    )


def document(text: str, parts: str, to: str, kind: str = "document") -> str:
    first = text.partition("\n")[0]
    decisions = f'[[document]]\ntext = "{first}"\nto = "{to}"\ntype = "{kind}"\npart = [{parts}]'
    return drawn(f"Before it.\n\n{text}\n\nAfter it.", decisions)


def inside(drawing: str) -> str:
    lines = drawing.split("\n")
    assert (lines[0], lines[-1]) == ("p Before it.", "p After it.")
    assert lines[1].startswith("floatingText[")
    return "\n".join(line[2:] for line in lines[2:-1])


def test_an_address_of_several_lines() -> None:
    found = document(
        "To the Mayor\nTown Hall\n\nWe want nets.\n\nAnna\nHarbour Street",
        """
        { kind = "address", text = "To the Mayor" }, { kind = "address", text = "Town Hall" },
        { kind = "signed", text = "Anna" }, { kind = "address", text = "Harbour Street" }
        """,
        "Harbour Street",
    )
    assert inside(found) == block(
        """
        opener
          address
            addrLine To the Mayor
            addrLine Town Hall
        p We want nets.
        closer
          signed Anna
          address
            addrLine Harbour Street
        """
    )


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # Run in at the end of the last paragraph; what else stands there belongs to the signature.
        ("We want nets. Anna", "p We want nets.\ncloser\n  signed Anna"),
        ("We want nets. Anna.", "p We want nets.\ncloser\n  signed Anna."),
        ("We want nets. Anna”", "p We want nets.\ncloser\n  signed Anna”"),
    ],
)
def test_a_signature_that_runs_in(last: str, expected: str) -> None:
    assert inside(document(last, '{ kind = "signed", text = "Anna" }', last)) == expected


def test_words_that_stand_there_twice_are_told_by_those_before_them() -> None:
    found = document(
        "I am Anna and want nets.\n\nYours, Anna",
        '{ kind = "signed", text = "Anna", after = "Yours," }',
        "Yours, Anna",
    )
    assert inside(found) == "p I am Anna and want nets.\np Yours,\ncloser\n  signed Anna"


def test_a_part_between_paragraphs_is_a_block_of_its_own() -> None:
    found = document(
        "We want nets.\n\nThe Harbour, 3 May\n\nAnd boats.",
        '{ kind = "dateline", text = "The Harbour, 3 May" }',
        "And boats.",
    )
    assert inside(found) == "p We want nets.\nab[dateline] The Harbour, 3 May\np And boats."


def test_minutes_with_speakers_and_a_heading() -> None:
    found = document(
        "MINUTES\n\nAnna: Nets!\n\nMore nets!\n\nBen: Boats!\n\nCarl",
        """
        { kind = "head", text = "MINUTES" }, { kind = "speaker", text = "Anna:" },
        { kind = "speaker", text = "Ben:" }, { kind = "signed", text = "Carl" }
        """,
        "Carl",
        "minutes",
    )
    assert inside(found) == block(
        """
        head MINUTES
        sp
          speaker Anna:
          p Nets!
          p More nets!
        sp
          speaker Ben:
          p Boats!
        closer
          signed Carl
        """
    )


def test_a_document_over_a_page() -> None:
    text = pages("Before it.\n\nDear Anna,\n\nThe boats are", "here now.\n\nBen\n\nAfter it.", "The end.")
    decisions = """
        [[document]]
        page = "1"
        text = "Dear Anna,"
        to = "Ben"
        to_page = "2"
        type = "letter"
        part = [{ kind = "salute", text = "Dear Anna," }, { kind = "signed", text = "Ben", page = "2" }]
    """
    assert drawn(text, decisions).startswith(
        block(
            """
            p Before it.
            floatingText[letter]
              opener
                salute Dear Anna,
              p The boats are |here now.
              closer
                signed Ben
            p After it.
            """
        )
    )


def test_a_document_without_parts_is_made_of_paragraphs() -> None:
    assert inside(document("I. BOATS\n\nBoats.", "", "Boats.")) == "p I. BOATS\np Boats."


def test_verse() -> None:
    text = "They sang:\n\nThe boats are in,\n  The nets are dry,\n\nAnd so am I.\n\nThat was all."
    assert drawn(text, '[[verse]]\ntext = "The boats are in,"\nto = "And so am I."') == block(
        """
        p They sang:
        lg
          l The boats are in,
          l The nets are dry,
          l And so am I.
        p That was all.
        """
    )


@pytest.mark.parametrize(
    ("name", "attribute", "expected"),
    [
        ("byline", "", "byline"),
        ("dateline", "", "dateline"),
        ("epigraph", "", "epigraph\n    p"),
        ("ab", 'type = "ornament"', "ab[ornament]"),
    ],
)
def test_a_paragraph_that_is_something_else(name: str, attribute: str, expected: str) -> None:
    text = "I. NETS\n\nBy the old harbour\n\nWords."
    decisions = f'[[block]]\ntext = "By the old harbour"\nname = "{name}"\n{attribute}'
    assert f"\n  {expected} By the old harbour\n  p Words." in drawn(text, decisions)
