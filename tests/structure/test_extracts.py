"""Set-off quotations, known by their longer lines."""

from __future__ import annotations

import pytest

from tests.encoding import block, drawn, pages


def lines(width: int, count: int, last: str = "the end of it.") -> str:
    """A paragraph of ``count`` lines of ``width`` letters and a shorter last line."""
    line = ("net boat fish " * 12)[: width - 1].strip().ljust(width, "s")
    return "\n".join([line.capitalize(), *[line] * (count - 1), last])


BODY = lines(60, 4)
COLON = lines(60, 4, "they said this:")


def drawing(text: str, decisions: str = "") -> list[str]:
    """The drawing of the first page of a text."""
    return drawn(pages(text, "# Two\n\nWords.", "More."), decisions).split("\ndiv")[0].splitlines()


def kinds(text: str, decisions: str = "") -> str:
    """``p`` for each paragraph of the text, ``q`` for a set-off quotation of one, ``qq`` for one of two."""
    found = []
    for line in drawing(text, decisions):
        if line.startswith("quote"):
            assert "[block]" in line
            found.append("")
        elif line.startswith("  "):
            found[-1] += "q"
        else:
            found.append("p")
    return " ".join(found)


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        # As wide as the text; a little wider; much wider.
        ([lines(60, 4)], "p p p p"),
        ([lines(63, 4)], "p p p p"),
        ([lines(67, 4)], "p p q p"),
        ([lines(50, 4)], "p p p p"),
        # Two filled lines of smaller type are too little to tell, three lines in all are enough.
        ([lines(67, 1)], "p p p p"),
        ([lines(67, 2)], "p p q p"),
        # One line has no filled line at all.
        (["Short."], "p p p p"),
        # What goes on in smaller type goes on in the quotation.
        ([lines(67, 4), lines(62, 4)], "p p qq p"),
        ([lines(67, 4), lines(60, 4)], "p p q p p"),
        # Quotation marks of its own: it is not set off.
        (["“" + lines(67, 4)], "p p p p"),
    ],
)
def test_by_width(middle: list[str], expected: str) -> None:
    assert kinds("\n\n".join([BODY, BODY, *middle, BODY])) == expected


def test_a_colon_makes_up_for_a_lesser_difference() -> None:
    middle = lines(63, 4)
    assert kinds(f"{BODY}\n\n{COLON}\n\n{middle}\n\n{BODY}") == "p p q p"
    assert kinds("\n\n".join([BODY, COLON + "*", lines(63, 1), BODY])) == "p p q p"
    assert kinds("\n\n".join([BODY, COLON, lines(61, 4), BODY])) == "p p p p"


def test_width_says_nothing_in_a_text_without_pages() -> None:
    assert "quote" not in drawn("\n\n".join([BODY, BODY, lines(67, 4), BODY]))


def test_the_editor_decides() -> None:
    text = "\n\n".join([BODY, "Salt.", "Bread.", lines(67, 4), BODY])
    assert kinds(text) == "p p p q p"
    assert kinds(text, '[[extract]]\ntext = "Salt"\nto = "Bread."') == "p qq q p"
    first = lines(67, 1).split("\n")[0]
    assert kinds(text, f'[[not_extract]]\ntext = "{first}"') == "p p p p p"


def test_where_the_author_is_known() -> None:
    """``sp`` holds no ``q`` (TEI Guidelines, chapter 3.13.2), so that one stands in a block of its own."""
    berg = '[[person]]\nid = "berg"\nname = "Anna Berg"\n'
    words = "Salt and bread for the winter."
    decisions = f'[[extract]]\ntext = "{words}"\n[[quotation]]\ntext = "{words}"\nwho = "#berg"\n'
    text = f"Somebody wrote:\n\n{words}\n\nBut who?"
    assert drawn(text, decisions, berg) == block(
        """
        p Somebody wrote:
        q[written block #berg]
          p Salt and bread for the winter.
        p But who?
        """
    )
    assert drawn(f"MR. A: {text}\n\nMR. B: Nets.", decisions, berg) == block(
        """
        sp[#mr-a]
          speaker MR. A:
          p Somebody wrote:
          ab[extract]
            q[written block #berg]
              p Salt and bread for the winter.
          p But who?
          p MR. B: Nets.
        """
    )
    listed = f"MR. A: Two:\n\n1. Boats.\n\n{words}\n\n2. Nets."
    assert "    item[1]\n      p 1. Boats.\n      q[written block #berg]" in drawn(listed, decisions, berg)


def test_a_list_with_an_extract_in_an_item_and_a_list_in_an_extract() -> None:
    inside = "\n\n".join([BODY, f"1. {BODY}", lines(70, 4), f"2. {BODY}", BODY])
    assert [line.strip()[:12].split()[0] for line in drawing(inside)] == [
        *("p", "list", "item[1]", "p", "quote[block]", "p", "item[2]", "p"),
    ]  # fmt: skip
    around = "\n\n".join([BODY, f"1. {lines(70, 4)}", f"2. {lines(70, 4)}", BODY])
    assert [line.strip().split()[0] for line in drawing(around)] == [
        *("p", "quote[block]", "list", "item[1]", "item[2]", "p"),
    ]  # fmt: skip
    # An extract that holds one item of two: the numbers are the quoted text's own.
    across = "\n\n".join([BODY, f"1. {BODY}", f"2. {lines(70, 4)}", lines(70, 4), BODY])
    assert not any("list" in line for line in drawing(across))
