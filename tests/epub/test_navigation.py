"""The ways through a book: contents, landmarks, pages."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from tei.epub.book import Book, Entry
from tei.epub.navigation import navigation_document, ncx
from tests.epub.samples import FACTS, book

H = {"h": "http://www.w3.org/1999/xhtml", "n": "http://www.daisy.org/z3986/2005/ncx/"}
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def navs(of: Book, cover: str = "") -> dict[str, etree._Element]:
    root = etree.fromstring(navigation_document(of, cover=cover))
    return {nav.get(EPUB_TYPE) or "": nav for nav in root.iter("{*}nav")}


def links(nav: etree._Element) -> list[tuple[str, str]]:
    return [(link.text or "", link.get("href") or "") for link in nav.iter("{*}a")]


def test_contents_are_nested_as_the_entries_are() -> None:
    toc = navs(book())["toc"]
    assert [span.text for span in toc.iterfind("h:ol/h:li/h:span", H)] == ["Part"]
    assert [link.text for link in toc.iterfind("h:ol/h:li/h:ol/h:li/h:a", H)] == ["One"]
    assert [link.text for link in toc.iterfind("h:ol/h:li/h:ol/h:li/h:ol/h:li/h:a", H)] == ["Two"]


def test_pages_and_landmarks_are_there_but_not_shown() -> None:
    found = navs(book(), cover="cover.xhtml")
    assert links(found["page-list"]) == [
        ("iv", "c001.xhtml#piv"),
        ("1", "c001.xhtml#p1"),
        ("A-2", "c001.xhtml#pA-2"),
    ]
    assert [href for _, href in links(found["landmarks"])] == ["cover.xhtml", "nav.xhtml#toc", "c001.xhtml"]
    assert [found[kind].get("hidden") for kind in ("toc", "page-list", "landmarks")] == [
        None,
        "hidden",
        "hidden",
    ]


def test_no_pages_no_list_of_pages() -> None:
    of = replace(book(), page_list=())
    assert "page-list" not in navs(of)
    assert b"pageList" not in ncx(of)


def test_a_book_without_contents_has_one_entry() -> None:
    of = replace(book(), contents=())
    assert links(navs(of)["toc"]) == [(FACTS.title, "title.xhtml")]
    assert b'src="title.xhtml"' in ncx(of)


def test_headings_are_in_the_language_of_the_book_or_say_which() -> None:
    german = navigation_document(book(replace(FACTS, language="de-AT")))
    assert '<h1 id="toc-title">Inhalt</h1>' in german.decode()
    maltese = navigation_document(book(replace(FACTS, language="mt")))
    assert '<h1 id="toc-title" lang="en" xml:lang="en">Contents</h1>' in maltese.decode()


def test_words_are_escaped_and_never_empty() -> None:
    of = replace(book(), contents=(Entry(" a <b> &\n c ", "c001.xhtml"), Entry("", "c001.xhtml#two")))
    assert [words for words, _ in links(navs(of)["toc"])] == ["a <b> & c", "…"]


def test_the_ncx_has_the_same_entries_and_pages() -> None:
    root = etree.fromstring(ncx(book()))
    points = [
        (point.findtext("n:navLabel/n:text", "", H), point.find("n:content", H))
        for point in root.iter("{*}navPoint")
    ]
    assert [(words, content.get("src")) for words, content in points if content is not None] == [
        ("Part", "c001.xhtml#one"),
        ("One", "c001.xhtml#one"),
        ("Two", "c001.xhtml#two"),
    ]
    assert [page.get("type") for page in root.iter("{*}pageTarget")] == ["front", "normal", "special"]
    uid = root.find("n:head/n:meta[@name='dtb:uid']", H)
    assert uid is not None
    assert uid.get("content") == FACTS.identifier
