"""Speeches: turns by labels, and streams of which the edition names the speaker."""

from __future__ import annotations

from tests.encoding import block, drawn, pages


def test_turns() -> None:
    text = "MR. A: Boats.\n\nMore boats.\n\nMR. B: Nets. (Laughter.)\n\n(Applause.)\n\nMR. A: Fish."
    assert drawn(text) == block(
        """
        sp[#mr-a]
          speaker MR. A:
          p Boats.
          p More boats.
        sp[#mr-b]
          speaker MR. B:
          p Nets. …
            vocal[laughter] (Laughter.)
        kinesic[applause] (Applause.)
        sp[#mr-a]
          speaker MR. A:
          p Fish.
        """
    )


def test_a_heading_ends_a_turn() -> None:
    text = "I. ONE\n\nMR. A: Boats.\n\nMR. B: Nets.\n\nII. TWO\n\nMR. A: Fish.\n\nMR. B: Cod."
    assert drawn(text) == block(
        """
        div[chapter I]
          head I. ONE
          sp[#mr-a]
            speaker MR. A:
            p Boats.
          sp[#mr-b]
            speaker MR. B:
            p Nets.
        div[chapter II]
          head II. TWO
          sp[#mr-a]
            speaker MR. A:
            p Fish.
          sp[#mr-b]
            speaker MR. B:
            p Cod.
        """
    )


def test_no_label_stands_in_a_note() -> None:
    text = pages(
        "MR. A: Boats.*\n\nMR. B: Nets.\n\n* So he said.\nMR. C: No.",
        "MR. A: Fish and\n",
        "cod.",
        "MR. B: Eels.",
    )
    drawing = drawn(text)
    assert "note[*] * …\n  p So he said. MR. C: No." in drawing
    assert [line for line in drawing.split("\n") if line.startswith("sp")] == [
        *("sp[#mr-a]", "sp[#mr-b]", "sp[#mr-a]", "sp[#mr-b]"),
    ]  # fmt: skip


def test_where_the_edition_names_the_speaker_labels_are_words() -> None:
    edition = '[[stream]]\nid = "talk"\ntype = "speech"\nfirst = 2\nlast = 3\nstep = 1\nwho = "#anna"\n'
    edition += '[[person]]\nid = "anna"\nname = "Anna"'
    text = pages("Before.", "MR. A: Boats.\n\nMR. B: Nets.", "(Applause.)\n\nFish.", "After.")
    assert drawn(text, edition=edition) == block(
        """
        p Before.
        div[speech]
          sp[#anna]
            p MR. A: Boats.
            p MR. B: Nets. |…
              kinesic[applause] (Applause.)
            p Fish.
        div[section]
          p After.
        """
    )


def test_a_reaction_over_two_lines_of_a_text_with_a_paragraph_on_each_line() -> None:
    long = "They said the same thing over and over again, as people at the harbour are wont to do."
    text = f"{long} {long}\n{long} {long} (Loud\napplause.)\n{long} {long}"
    assert [line[:14].strip() for line in drawn(text).split("\n")] == [
        *("p They said th", "p They said th", "kinesic[appl", "p They said th"),
    ]  # fmt: skip
