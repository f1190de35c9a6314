"""Lists in a text, tables of contents, and indexes."""

from __future__ import annotations

import pytest

from tests.encoding import block, drawn, pages

REF = ("ref",)


def items(text: str, decisions: str = "") -> list[str]:
    return [line.strip() for line in drawn(text, decisions).splitlines() if line.strip().startswith("item")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. One.\n\n2. Two.\n\n3. Three.", ["item[1] 1. One.", "item[2] 2. Two.", "item[3] 3. Three."]),
        ("a) One.\n\nb) Two.", ["item[a] a) One.", "item[b] b) Two."]),
        ("(1) One.\n\n(2) Two.", ["item[1] (1) One.", "item[2] (2) Two."]),
        ("“1. One.\n\n“2. Two.", ["item[1] “1. One.", "item[2] “2. Two."]),
        # What is no list: one item, a count that jumps or starts late, another kind of label.
        ("1. One.", []),
        ("1. One.\n\n3. Three.", []),
        ("2. Two.\n\n3. Three.", []),
        ("1. One.\n\n2) Two.", []),
        ("1. One.\n\nb. Two.", []),
        ("1.One.\n\n2.Two.", []),
        # It is a list as far as the count goes.
        ("1. One.\n\n2. Two.\n\n4. Four.", ["item[1] 1. One.", "item[2] 2. Two."]),
        ("1. One.\n\n2. Two.\n\n1. One.\n\n2. Two.", ["item[1] 1. One.", "item[2] 2. Two."] * 2),
        # A heading stands between: two lists of one item are none.
        ("1. One.\n\nPART TWO\n\n2. Two.", []),
        # So does a turn of another speaker.
        ("MR. A: 1. One.\n\nMR. B: 2. Two.\n\nMR. A: Three.\n\nMR. B: Four.", []),
    ],
)  # fmt: skip
def test_numbered_paragraphs(text: str, expected: list[str]) -> None:
    assert items(text) == expected


def test_what_stands_between_two_items_belongs_to_the_first() -> None:
    assert drawn("Words.\n\n1. One.\n\nMore of it.\n\n2. Two.\n\nWords.") == block(
        """
        p Words.
        list
          item[1]
            p 1. One.
            p More of it.
          item[2] 2. Two.
        p Words.
        """
    )


def test_items_too_far_apart_are_no_list() -> None:
    between = "".join(f"Words {number}.\n\n" for number in range(9))
    assert items(f"1. One.\n\n{between}2. Two.") == []
    assert len(items(f"1. One.\n\n{between[10:]}2. Two.")) == 2


def test_a_list_over_pages() -> None:
    text = pages("1. One.\n\n2. Two goes on and", "on. \n\n3. Three.", "The end.")
    assert drawn(text).startswith(
        block(
            """
            list
              item[1] 1. One.
              item[2] 2. Two goes on and |on.
              item[3] 3. Three. |The end.
            """
        )
    )


def test_a_list_in_a_list() -> None:
    text = "1. One:\n\na) Alpha.\n\nb) Beta.\n\n2. Two.\n\na) Alpha.\n\nb) Beta."
    assert drawn(text) == block(
        """
        list
          item[1]
            p 1. One:
            list
              item[a] a) Alpha.
              item[b] b) Beta.
          item[2] 2. Two.
        list
          item[a] a) Alpha.
          item[b] b) Beta.
        """
    )


def test_the_editor_decides_on_items() -> None:
    text = "1. One.\n\n2. Two.\n\nSalt\n\nBread\n\nFish\n\nWords."
    decisions = '[[not_items]]\ntext = "2. Two."\n[[items]]\ntext = "Salt"\nto = "Fish"'
    assert drawn(text, decisions) == block(
        """
        p 1. One.
        p 2. Two.
        list
          item Salt
          item Bread
          item Fish
        p Words.
        """
    )


CONTENTS = """\
[[region]]
page = "1"
text = "CONTENTS"
to = "{to}"
type = "contents"
[body]
page = "2"
text = "The text"
"""


def contents(page: str, to: str, more: str = "", numbers: int = 12) -> str:
    """The drawing of a table of contents on page 1 of a text of ``numbers`` pages."""
    text = pages(page, "The text begins.", *(f"Page {n} here." for n in range(3, numbers + 1)))
    drawing = drawn(text, CONTENTS.format(to=to) + more, inline=REF)
    front = drawing[: drawing.index("\nbody")].split("\n")
    assert front[0] == "front"
    return "\n".join(line[2:] for line in front[1:])


def test_contents() -> None:
    page = (
        "CONTENTS\n\nPART ONE: BOATS\n\nI. Boats 2\n\nII. Nets and all that\n\ngo with them 4\n\nAppendix 11"
    )
    assert contents(page, "Appendix 11") == block(
        """
        div[contents]
          head CONTENTS
          list[contents]
            item PART ONE: BOATS
            item I. Boats <ref #p2>2<>
            item II. Nets and all that go with them <ref #p4>4<>
            item Appendix <ref #p11>11<>
        """
    )


def test_the_title_of_a_part_has_no_page() -> None:
    found = contents("CONTENTS\n\nPart One\n\nForeword 2\n\nThe nets\n\nof old 4", "of old 4")
    assert [line.strip() for line in found.splitlines()[3:]] == [
        "item Part One",
        "item Foreword <ref #p2>2<>",
        "item The nets of old <ref #p4>4<>",
    ]


def test_an_entry_that_has_lost_its_page() -> None:
    found = contents("CONTENTS\n\nI. Boats 2\n\nII. Nets\n\nIII. Fish 7", "Fish 7")
    assert [line.strip() for line in found.splitlines()[3:]] == [
        "item I. Boats <ref #p2>2<>",
        "item II. Nets",
        "item III. Fish <ref #p7>7<>",
    ]


@pytest.mark.parametrize(
    ("entry", "linked"),
    [
        ("II. Nets 7", "<ref #p7>7<>"),
        # Pages that the text has not, or that go back, are misread; so is a number amid the words.
        ("II. Nets 77", None),
        ("II. Nets 3", None),
        ("II. The year 7 of nets", None),
        ("II. Nets 7 and", None),
    ],
)
def test_links_only_where_they_can_be_right(entry: str, linked: str | None) -> None:
    found = contents(f"CONTENTS\n\nI. Boats 4\n\n{entry}\n\nIII. Fish 9", "Fish 9")
    assert ("<ref #p7>" in found) == (linked is not None)
    assert found.count("<ref") == 2 + (linked is not None)


def test_a_misread_page_is_linked_as_it_should_read() -> None:
    found = contents(
        "CONTENTS\n\nI. Boats 2\n\nII. Nets S\n\nIII. Fish 11",
        "Fish 11",
        '[[correct]]\npage = "1"\ntext = "Nets S"\nread = "Nets 5"\n',
    )
    assert "item II. Nets <ref #p5>S<>" in found
    assert "III. Fish <ref #p11>11<>" in found


def index(entries: str, numbers: int = 150, more: str = "") -> list[str]:
    last = entries.splitlines()[-1]
    # No two pages begin alike, or that would be a running head.
    words = (f"{chr(97 + n // 26) * 3} {chr(97 + n % 26) * 3}" for n in range(numbers - 1))
    text = pages(*words, f"INDEX\n\n{entries}")
    at = f'page = "{numbers}"\ntext = "INDEX"\n'
    decisions = f'[back]\n{at}[[region]]\n{at}to = "{last}"\ntype = "index"\n{more}'
    drawing = drawn(text, decisions, inline=REF)
    assert "\n  div[index]\n    head INDEX\n    list[index]\n" in drawing
    return [line.strip()[5:] for line in drawing.splitlines() if line.strip().startswith("item")]


def refs(numbers: str) -> str:
    """A list of page numbers as the drawing shows their links."""
    return ", ".join(f"<ref #p{n}>{n}<>" for n in numbers.split())


def test_an_index() -> None:
    entries = "Anchors, 3, 12\nBoats, 4; large, 5,\n9; small, 11\nCod, see\nFish\nNets, 7"
    assert index(entries) == [
        f"Anchors, {refs('3 12')}",
        "Boats, <ref #p4>4<>; large, <ref #p5>5<>, <ref #p9>9<>; small, <ref #p11>11<>",
        "Cod, see Fish",
        "Nets, <ref #p7>7<>",
    ]


def test_the_alphabet_tells_sub_entries_and_run_on_lines_from_entries() -> None:
    # "large" stands behind a closed line, but out of the order of the entries.
    assert index("Boats, 4\nlarge, 5\nCod, 6\nEels, 7") == [
        f"Boats, {refs('4')} large, {refs('5')}",
        f"Cod, {refs('6')}",
        f"Eels, {refs('7')}",
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("147-9", "<ref #p147>147<>-<ref #p149>9<>"),
        ("137–42", "<ref #p137>137<>–<ref #p142>42<>"),
        ("8-11", "<ref #p8>8<>-<ref #p11>11<>"),
        ("9, 7", "<ref #p9>9<>, <ref #p7>7<>"),
        ("7 ff.", "<ref #p7>7<> ff."),
        # No page of the text; a part of a word; a year.
        ("151", "151"),
        ("0", "0"),
        ("12th, 7", "12th, <ref #p7>7<>"),
        ("1924, 7", "1924, <ref #p7>7<>"),
    ],
)
def test_ranges_of_pages(printed: str, expected: str) -> None:
    assert index(f"Anchors, {printed}\nBoats, 4")[0] == f"Anchors, {expected}"


def test_a_misread_page_of_an_index() -> None:
    at = 'page = "150"\n'
    more = f'[[correct]]\n{at}text = "Boats, l2"\nread = "Boats, 12"\n'
    assert index("Anchors, 3\nBoats, l2\nCod, 4", more=more)[1] == "Boats, <ref #p12>l2<>"
