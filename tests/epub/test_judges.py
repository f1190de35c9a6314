"""EPUBCheck, Ace and the reader run, are silent on a good book and not on a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.epub.invented import book
from tests.epub.reader.report import open_in_reader
from tests.epub.tools import ace, convert, epubcheck


@pytest.mark.slow
def test_epubcheck_is_silent_on_a_good_book_only(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    good = book(tmp_path)
    bad = book(tmp_path / "bad", ("one.xhtml", "two.xhtml#here", "two.xhtml#there"))
    messages = epubcheck([good, bad])
    assert messages[good] == []
    assert [message.split()[:2] for message in messages[bad]] == [["ERROR", "RSC-012"]]
    assert "EPUB/one.xhtml:" in messages[bad][0]


@pytest.mark.slow
def test_epubcheck_says_what_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(b"This is no archive.")
    assert epubcheck([path])[path]


@pytest.mark.slow
def test_ace_is_silent_on_a_good_book_only(tmp_path: Path) -> None:
    assert ace(book(tmp_path)) == []
    pale = book(tmp_path, ("book.css", "body {", "p { color: #ccc; background: #fff; } body {"))
    assert any(
        "color-contrast EPUB/one.xhtml" in found or "color-contrast one.xhtml" in found for found in ace(pale)
    )


@pytest.mark.slow
def test_calibre_takes_a_good_book(tmp_path: Path) -> None:
    assert convert(book(tmp_path), tmp_path / "book.azw3") == []


@pytest.mark.slow
def test_calibre_complains_of_a_bad_one(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(b"This is no archive.")
    assert convert(path, tmp_path / "book.azw3")


@pytest.mark.slow
def test_a_good_book_reads_well(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    report = open_in_reader(book(tmp_path), pictures, places=["EPUB/one.xhtml", "EPUB/two.xhtml#here"])
    assert report.problems == ()
    assert report.into_notes == ()
    assert (report.title, report.sections) == ("Two Lamps", ("EPUB/one.xhtml", "EPUB/two.xhtml"))
    assert (report.contents, report.pages, report.links, report.notes) == (2, 2, 3, 1)
    # Two sections on two screens by day and night; a note on each screen; a link and no back-link tapped.
    assert (report.rendered, report.opened, report.tapped) == (8, 2, 2)
    assert report.followed == 2 * len({"one", "two#h2", "one#p1", "two#p2", "two#here", "one#r1"})
    assert len(report.screenshots) == 4 * 3
    assert all(picture.stat().st_size > 1000 for picture in report.screenshots)


@pytest.mark.slow
def test_a_reader_meets_what_is_wrong(tmp_path: Path) -> None:
    report = open_in_reader(
        book(
            tmp_path,
            ("nav.xhtml", "one.xhtml#p1", "one.xhtml#p9"),
            ("one.xhtml", "<em>far</em>", '<em style="color: #777">far</em>'),
            ("one.xhtml", 'href="#n1"', 'href="#h1"'),
            ("two.xhtml", "It went out.", f'<span style="white-space: nowrap">It {"went " * 60}out.</span>'),
            ("two.xhtml", 'id="here"', 'id="here" style="display: none"'),
            ("two.xhtml", "Nobody", '<img src="https://x.invalid/a.png" alt=""/>Nobody'),
        ),
        screens=["phone"],
        schemes=["light"],
    )
    for problem in (
        "EPUB/one.xhtml#p9 leads to no element",
        "em “far” has a contrast of 4.5",
        "#h1 leads to h1#h1 “One lamp”, which is not a note",
        "stands outside of its column",
        "EPUB/two.xhtml#here leads to p#here “Nobodysaw. Somebody did.”, which is not shown",
        "asks for https://x.invalid/a.png",
    ):
        assert any(problem in found for found in report.problems), (problem, report.problems)


@pytest.mark.slow
def test_text_that_is_dark_at_night_is_found(tmp_path: Path) -> None:
    dark_ink = book(tmp_path, ("book.css", "body {", "body { color: #111;"))
    report = open_in_reader(dark_ink, screens=["phone"], schemes=["light", "dark"])
    assert report.problems
    assert all(problem.startswith("phone, dark: ") and "contrast" in problem for problem in report.problems)


@pytest.mark.slow
def test_a_link_into_a_note_is_told(tmp_path: Path) -> None:
    path = book(tmp_path, ("two.xhtml", "It went out.", 'It went out; <a href="one.xhtml#n1">see</a>.'))
    report = open_in_reader(path, screens=["phone"], schemes=["light"])
    assert report.problems == ()
    assert [told.split()[2] for told in report.into_notes] == ["EPUB/one.xhtml#n1"]
