"""Headings and the divisions that they open."""

from __future__ import annotations

import pytest

from tests.encoding import block, drawn, pages

STREAMS = """
[[stream]]
id = "talk"
type = "speech"
first = 2
last = 4
who = "#anna"
[[stream]]
id = "remarks"
type = "commentary"
first = 3
last = 5
[[person]]
id = "anna"
name = "Anna"
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # By a word.
        (["PART ONE", "*"], ["part ONE"]),
        (["PART TWO THE BOATS", "*"], ["part TWO"]),
        (["Part 2: THE BOATS", "*"], ["part 2"]),
        (["Chapter Three", "*"], []),
        (["Part of it was lost", "*"], []),
        (["APPENDIX B. LETTERS", "*"], ["appendix B"]),
        (["CHAPTER IV", "*", "SECTION 2", "*"], ["chapter IV", "section 2"]),
        # By a number and capitals.
        (["I. THE BOATS", "*"], ["chapter I"]),
        (["1 THE BOATS", "*"], ["chapter 1"]),
        (["I. The boats", "*"], []),
        (["12, 14", "*"], []),
        (["I. A I", "*"], []),
        (["THE BOATS", "*"], []),
        (["I. THE BOATS (translated by Anna)", "*"], ["chapter I"]),
        # A misread numeral is known by its place in the count.
        (["I. ONE", "*", "IL. TWO", "*", "ILI. THREE", "*"], ["chapter I", "chapter II", "chapter III"]),
        (["I. ONE", "*", "JJ. TWO", "*"], ["chapter I", "chapter II"]),
        (["1. ONE", "*", "3. TWO", "*"], ["chapter 1", "chapter 2"]),
        # A first chapter begins the count anew.
        (["I. ONE", "*", "II. TWO", "*", "I. ONE", "*"], ["chapter I", "chapter II", "chapter I"]),
        # Lettered subheads, in sequence only.
        (["A. Boats", "*", "B. Nets", "*"], ["subsection A", "subsection B"]),
        (["B. Boats", "*"], []),
        (["A. Boats", "*", "C. Nets", "*"], ["subsection A"]),
        (["A. " + "Boats and more boats, as far as one could see " * 3, "*"], []),
        (["A. boats", "*"], []),
        (["I. ONE", "*", "A. Boats", "*", "II. TWO", "*", "A. Boats", "*"],
         ["chapter I", "subsection A", "chapter II", "subsection A"]),
        # In an appendix what is numbered is a section.
        (["APPENDIX A", "*", "I. ONE", "*"], ["appendix A", "section I"]),
        # Markdown.
        (["# Boats", "*", "## Nets", "*", "### Fish", "*", "#### Cod", "*", "###### Eggs", "*"],
         ["part", "chapter", "section", "subsection", "subsection"]),
        (["#Boats", "*"], []),
        (["# ", "*"], []),
        # A heading is not longer than a paragraph of some lines.
        (["I. " + "BOATS AND MORE BOATS " * 20, "*"], []),
    ],
)  # fmt: skip
def test_what_is_a_heading(lines: list[str], expected: list[str]) -> None:
    text = "\n\n".join("Some words stand here." if line == "*" else line for line in lines) + "\n"
    divs = [line.strip() for line in drawn(text).splitlines() if line.strip().startswith("div")]
    assert [div[4:-1] for div in divs] == expected


def test_the_tree() -> None:
    text = """\
A word before.
PART ONE
I. BOATS
Boats.
A. Large ones
Large.
B. Small ones
Small.
II. NETS
Nets.
PART TWO
I. FISH
Fish.
APPENDIX A
More.""".replace("\n", "\n\n")
    assert drawn(text) == block(
        """
        p A word before.
        div[part ONE]
          head PART ONE
          div[chapter I]
            head I. BOATS
            p Boats.
            div[subsection A]
              head A. Large ones
              p Large.
            div[subsection B]
              head B. Small ones
              p Small.
          div[chapter II]
            head II. NETS
            p Nets.
        div[part TWO]
          head PART TWO
          div[chapter I]
            head I. FISH
            p Fish.
          div[appendix A]
            head APPENDIX A
            p More.
        """
    )


def test_capitals_over_several_lines() -> None:
    assert drawn(
        "I. THE BOATS\nAND THE NETS\n\nOF THE HARBOUR\n\nWords.\n\nMORE CAPITALS\n\nWords."
    ) == block(
        """
        div[chapter I]
          head I. THE BOATS AND THE NETS OF THE HARBOUR
          p Words.
          p MORE CAPITALS
          p Words.
        """
    )
    # A number begins a heading of its own.
    assert "head I. BOATS\n" in drawn("PART ONE\n\nI. BOATS\n\nWords.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # At the end of the text, and before a heading that is not deeper.
        ("Words.\n\nI. THE END", "p Words.\np I. THE END"),
        ("I. ONE\n\nII. TWO\n\nWords.", "p I. ONE\ndiv[chapter II]\n  head II. TWO\n  p Words."),
        ("PART ONE\n\nI. ONE", "div[part ONE]\n  head PART ONE\n  p I. ONE"),
        ("# Boats", "p # Boats"),
        # A reaction or a list under it is something.
        ("I. ONE\n\n(Applause.)", "div[chapter I]\n  head I. ONE\n  p\n    kinesic[applause] (Applause.)"),
    ],
)  # fmt: skip
def test_nothing_under_it_is_no_heading(text: str, expected: str) -> None:
    assert drawn(text) == expected


def test_streams_are_divisions_and_number_sections() -> None:
    text = pages(
        "I. BOATS\n\nFirst words.",
        "I. THE TALK\n\nFriends! Here we\n",
        "REMARKS\n\nHe says little",
        "are at last.\n\nII. NETS\n\nNets now.",
        "of nets.",
        "II. FISH\n\nLast words.",
    )
    assert drawn(text, edition=STREAMS) == block(
        """
        div[chapter I]
          head I. BOATS
          p First words.
        div[speech]
          div[section I]
            head I. THE TALK
            sp[#anna]
              p Friends! Here we |are at last.
          div[section II]
            head II. NETS
            sp[#anna]
              p Nets now.
        div[commentary]
          p REMARKS
          p He says little |of nets.
        div[chapter II]
          head II. FISH
          p Last words.
        """
    )


def test_the_editor_decides_on_headings() -> None:
    text = "Boats\n\nWords.\n\nI. NETS\n\nWords.\n\nII. FISH\n\nWords."
    assert drawn(
        text, '[[head]]\ntext = "Boats"\ntype = "part"\nn = "1"\n[[not_head]]\ntext = "I. NETS"'
    ) == block(
        """
        div[part 1]
          head Boats
          p Words.
          p I. NETS
          p Words.
          div[chapter I]
            head II. FISH
            p Words.
        """
    )


def test_a_decided_heading_counts() -> None:
    text = "The Boats\n\nWords.\n\nIT. NETS\n\nWords."
    assert "div[chapter II]\n  head IT. NETS" in drawn(text, '[[head]]\ntext = "The Boats"\ntype = "chapter"')


def test_a_head_of_the_text_and_subheads_open_no_division() -> None:
    text = "The Harbour\n\nby the editor\n\nI. NETS\n\nof the North\n\nWords."
    decisions = """
        [[head]]
        text = "The Harbour"
        type = "text"
        [[head]]
        text = "of the North"
        type = "sub"
    """
    assert drawn(text, decisions) == block(
        """
        head The Harbour
        p by the editor
        div[chapter I]
          head I. NETS
          head[sub] of the North
          p Words.
        """
    )


def test_a_heading_that_runs_in() -> None:
    text = "Words.\n\nThe nets. They were old\nand torn.\n\nWords."
    decisions = '[[head]]\ntext = "The nets."\ntype = "section"\nrun_in = true'
    assert drawn(text, decisions) == block(
        """
        p Words.
        div[section]
          head[run-in] The nets.
          p They were old and torn.
          p Words.
        """
    )


def test_a_heading_over_several_lines_by_its_first_and_last_words() -> None:
    text = "Boats\nand nets\nof old\nWords go on."
    assert drawn(text, '[[head]]\ntext = "Boats"\nto = "of old"\ntype = "chapter"') == block(
        """
        div[chapter]
          head Boats and nets of old
          p Words go on.
        """
    )


def test_a_note_anchor_and_a_page_break_in_a_heading() -> None:
    text = pages("Words here", "I. THE BOATS*\n\nWords.\n\n* Not all of them.", "The end.")
    assert drawn(text, inline=["ref"]) == block(
        """
        p Words here
        div[chapter I]
          head I. THE BOATS<ref #n2.1>*<>
          p Words. … |The end.
            note[*] * …
              p Not all of them.
        """
    )
