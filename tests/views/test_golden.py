"""The three views of a small book whose results were checked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.errors import ParseError, SourceError
from tei.parse import parse_file
from tei.views import source_text, view_text

GOLDEN = Path(__file__).parent / "golden"
SOURCE = """\

CITY LIBRARY
A BOOK
in Two Streams
by A. Writer
CONTENTS
One 1
Two 2
PART ONE
A Head*
in two lines

It is arc a soft break: offi¬
cers, and a self-made one, and a ready¬
made one.** The page ends with a wo-
* First note.
** Second note, that
l
\fA BOOK
rd. “A  voice,” Smith’s own.
Roses are red,
Violets are blue.
runs on.
In two paragraphs.
PART TWO
The Speech
A comment.
Without a mark.
SMITH: Comrades! You went (as (laughter).
Orienta-
4
ac
d
efg
tion.
(Applause.)
Moscow, May 1
Dear Friend!
I read this out.
Jones
1. One thing
2. and another.
"""


@pytest.mark.parametrize("view", ["reading", "spoken"])
def test_golden(view: str) -> None:
    expected = (GOLDEN / f"book.{view}.txt").read_bytes()
    assert view_text(GOLDEN / "book.xml", view) == expected


def test_source_is_in_paper_order() -> None:
    assert source_text(parse_file(GOLDEN / "book.xml").getroot()) == SOURCE


def test_source_is_in_the_encoding_that_the_header_states() -> None:
    expected = ("\ufeff" + SOURCE.replace("\n", "\r\n")).encode("utf-16-le")
    assert view_text(GOLDEN / "book.xml", "source") == expected


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("charset=utf-16-le", "charset=klingon", ParseError, "unknown character encoding 'klingon'"),
        ("charset=utf-16-le; bom=yes", "charset=hex", SourceError, "cannot be written"),
        ("charset=utf-16-le; bom=yes", "charset=ascii", SourceError, "cannot be written"),
        (">CRLF<", ">LFCR<", ParseError, "line end is 'LFCR'"),
        ('next="#p3"', 'next="#p7"', ParseError, '@next="#p7" of <pb n="2" xml:id="p2"> names no page break'),
        ('n="5" xml:id="p5"', 'n="5" xml:id="p3"', ParseError, "names more than one page break"),
        ("<TEI xmlns=", "<TEI xmlns='urn:x' xmlns:t=", ParseError, "this is no TEI"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(
    tmp_path: Path, old: str, new: str, error: type[Exception], message: str
) -> None:
    file = tmp_path / "bad.xml"
    text = (GOLDEN / "book.xml").read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(error) as caught:
        view_text(file, "source")
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(file))


def test_unknown_view() -> None:
    with pytest.raises(ValueError, match="no such view"):
        view_text(GOLDEN / "book.xml", "bird's-eye")
