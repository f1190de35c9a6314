"""The checker of links finds what is wrong, and the words of a book are those that one reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.epub.invented import FILES, book, write
from tests.epub.links import links, words


def test_a_good_book_has_no_problem(tmp_path: Path) -> None:
    assert links(book(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("one.xhtml", "two.xhtml#here", "two.xhtml#there"), "two.xhtml#there leads to no id"),
        (("one.xhtml", "two.xhtml#here", "three.xhtml"), "three.xhtml leads to no file of the book"),
        (("one.xhtml", "two.xhtml#here", "nav.xhtml"), "nav.xhtml leads to a file that is not in the spine"),
        (("one.xhtml", 'href="book.css"', 'href="https://x.invalid/a.css"'), "is remote"),
        (("one.xhtml", 'aria-labelledby="h1"', 'aria-labelledby="h9"'), "aria-labelledby names h9"),
        (("one.xhtml", 'id="n1"', 'id="r1"'), "the id r1 is there twice"),
        (("nav.xhtml", "one.xhtml#p1", "one.xhtml#h1"), "page 1 leads to what is no page break"),
        (("nav.xhtml", "one.xhtml#p1", "two.xhtml#p2"), "page 1 leads to the page break “2”"),
        (("nav.xhtml", "two.xhtml#h2", "two.xhtml#h3"), "two.xhtml#h3 leads to no id"),
        (("one.xhtml", 'href="#r1"', 'href="#p1"'), "#p1 does not lead back to a reference to its note"),
        (("book.css", "margin: 0", "background: url(paper.png)"), "paper.png leads to no file"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, change: tuple[str, str, str], problem: str) -> None:
    assert any(problem in found for found in links(book(tmp_path, change)))


def test_a_file_that_is_not_in_the_manifest_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "book.epub", {**FILES, "EPUB/stray.xhtml": FILES["EPUB/two.xhtml"]})
    assert links(path) == ["EPUB/package.opf: EPUB/stray.xhtml is not in the manifest"]


def test_links_out_of_the_book_are_no_concern(tmp_path: Path) -> None:
    assert links(book(tmp_path, ("one.xhtml", "two.xhtml#here", "https://x.invalid/"))) == []


def test_words_are_those_that_one_reads(tmp_path: Path) -> None:
    assert " ".join(words(book(tmp_path))) == (
        "One lamp A lamp stood on the farther shore*; see the other. Or a lantern. "
        "The other It went out. Nobody saw."
    )


def test_a_comment_is_no_word_and_breaks_none(tmp_path: Path) -> None:
    path = book(tmp_path, ("two.xhtml", "It went out.", "It we<!-- not -->nt<?pi data?> o<b>u</b>t."))
    assert "It went out." in " ".join(words(path))
