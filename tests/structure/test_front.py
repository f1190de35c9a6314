"""The three sides of a text: title page, half titles, what a library left, and the back."""

from __future__ import annotations

from tests.encoding import block, drawn, pages

FRONT = """\
CITY LIBRARY
12/3

THE HARBOUR

BOATS AND NETS
A History

ANNA BERG
with drawings

Sea Press
Lund
1901

“Nets are for fish.”
"""

TITLE_PAGE = """
[body]
text = "First words"
[[region]]
text = "CITY LIBRARY"
to = "12/3"
type = "libraryStamp"
[[region]]
text = "THE HARBOUR"
type = "halfTitle"
[title_page]
text = "BOATS AND NETS"
to = "“Nets are for fish.”"
part = [
  { kind = "main", text = "BOATS AND NETS" },
  { kind = "sub", text = "A History" },
  { kind = "author", text = "ANNA BERG" },
  { kind = "byline", text = "with drawings" },
  { kind = "publisher", text = "Sea Press" },
  { kind = "place", text = "Lund" },
  { kind = "date", text = "1901" },
  { kind = "epigraph", text = "“Nets are for fish.”" },
]
"""


def test_front_matter() -> None:
    assert drawn(f"{FRONT}\nFirst words.\n", TITLE_PAGE) == block(
        """
        front
          div[libraryStamp]
            ab[libraryStamp] CITY LIBRARY 12/3
          div[halfTitle]
            p THE HARBOUR
          titlePage
            docTitle
              titlePart[main] BOATS AND NETS
              titlePart[sub] A History
            byline
              docAuthor ANNA BERG
            byline with drawings
            docImprint
              publisher Sea Press
              pubPlace Lund
              docDate 1901
            epigraph
              p “Nets are for fish.”
        body
          p First words.
        """
    )


def test_a_region_of_the_front_has_a_heading_when_it_stands_in_capitals() -> None:
    text = "THANKS\n\nTo Ben.\n\nImprint\n\nLund 1901.\n\nFirst words."
    decisions = """
        [body]
        text = "First words"
        [[region]]
        text = "THANKS"
        to = "To Ben."
        type = "acknowledgment"
        [[region]]
        text = "Imprint"
        to = "Lund 1901."
        type = "imprint"
    """
    assert drawn(text, decisions) == block(
        """
        front
          div[acknowledgment]
            head THANKS
            p To Ben.
          div[imprint]
            p Imprint
            p Lund 1901.
        body
          p First words.
        """
    )


def test_headings_are_looked_for_in_the_body_only() -> None:
    text = "I. BEFORE\n\nWords.\n\nI. BOATS\n\nWords.\n\nII. BEHIND\n\nWords."
    decisions = '[body]\ntext = "I. BOATS"\n[back]\ntext = "II. BEHIND"'
    assert drawn(text, decisions) == block(
        """
        front
          div[section]
            p I. BEFORE
            p Words.
        body
          div[chapter I]
            head I. BOATS
            p Words.
        back
          div[section]
            p II. BEHIND
            p Words.
        """
    )


def test_a_slip_of_the_library_between_the_pages() -> None:
    text = pages("Words here.", "RETURN BY\n3 MAY", "Last words.")
    decisions = """
        [back]
        page = "2"
        text = "RETURN BY"
        [[region]]
        page = "2"
        text = "RETURN BY"
        to = "3 MAY"
        type = "librarySlip"
    """
    assert drawn(text, decisions) == block(
        """
        body
          p Words here.
        back
          div[librarySlip]
            ab[librarySlip] RETURN BY 3 MAY
          div[section]
            p Last words.
        """
    )
