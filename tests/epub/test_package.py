"""The package document: what a book says of itself, what it consists of, and its order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tei.epub.book import Book, Facts
from tei.epub.package import Cover, container_xml, package_document
from tests.epub.samples import FACTS, book, epub
from tests.epub.tools import epubcheck

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def read(of: Book, **options: object) -> etree._Element:
    return etree.fromstring(package_document(of, **options))  # type: ignore[arg-type]


def values(package: etree._Element, key: str) -> list[str]:
    return [meta.text or "" for meta in package.iter(f"{OPF}meta") if meta.get("property") == key]


def dublin_core(package: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in package.iter(DC + name)]


def spine(package: etree._Element) -> list[str]:
    files = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    return [
        f"{files[item.get('idref')]}{' no' if item.get('linear') == 'no' else ''}"
        for item in package.iter(f"{OPF}itemref")
    ]


def test_it_says_who_and_what() -> None:
    package = read(book())
    assert dublin_core(package, "title") == ["The Harbour & the Sea", "Three Speeches"]
    assert dublin_core(package, "creator") == ["Anna Berg"]
    assert dublin_core(package, "contributor") == ["Carl Dahl", "Eva Falk"]
    assert values(package, "role") == ["aut", "edt", "trl"]
    assert dublin_core(package, "date") == ["2020-03-04"]
    assert values(package, "dcterms:modified") == ["2021-05-06T00:00:00Z"]
    assert dublin_core(package, "source") == [FACTS.source]


def test_the_unique_identifier_is_that_of_the_text() -> None:
    package = read(book())
    named = [one for one in package.iter() if one.get("id") == package.get("unique-identifier")]
    assert [element.text for element in named] == [FACTS.identifier]


def test_what_is_not_known_is_not_said() -> None:
    package = read(book(Facts("Alone", identifier="urn:x:y", date="about 1900")))
    assert not any(
        dublin_core(package, name) for name in ("creator", "date", "publisher", "rights", "source")
    )
    assert dublin_core(package, "language") == ["und"]


def test_the_cover_is_marked_and_out_of_the_reading_order() -> None:
    package = read(book(), cover=Cover())
    covers = [
        item.get("href") for item in package.iter(f"{OPF}item") if item.get("properties") == "cover-image"
    ]
    assert covers == ["cover.png"]
    assert spine(package) == ["cover.xhtml no", "title.xhtml", "nav.xhtml", "c001.xhtml"]


def test_without_a_title_page_the_contents_come_first() -> None:
    of = book()
    assert spine(read(replace(of, pages=of.pages[1:]))) == ["nav.xhtml", "c001.xhtml"]


def test_a_script_from_right_to_left_turns_the_pages_the_other_way() -> None:
    order = next(read(book(replace(FACTS, language="ar"))).iter(f"{OPF}spine"))
    assert order.get("page-progression-direction") == "rtl"


def test_features_of_pages_are_said_only_where_there_are_pages() -> None:
    with_pages, without = read(book()), read(replace(book(), page_list=()))
    assert "pageNavigation" in values(with_pages, "schema:accessibilityFeature")
    assert values(with_pages, "pageBreakSource") == [FACTS.source]
    assert "pageNavigation" not in values(without, "schema:accessibilityFeature")
    assert values(without, "pageBreakSource") == []


def test_features_that_the_book_claims_are_said() -> None:
    assert "index" in values(
        read(replace(book(), features=frozenset({"index"}))), "schema:accessibilityFeature"
    )


def test_a_file_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"film\.xyz"):
        package_document(book(), resources=("film.xyz",))


def test_the_container_leads_to_the_package_document() -> None:
    assert b'full-path="EPUB/package.opf"' in container_xml()


@pytest.mark.slow
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    files = []
    for name, facts in (
        ("full", FACTS),
        ("bare", Facts("Alone", identifier="urn:x:y")),
        ("hebrew", replace(FACTS, language="he", title="שלום")),
    ):
        files.append(tmp_path / f"{name}.epub")
        files[-1].write_bytes(epub(book(facts)))
    files.append(tmp_path / "empty.epub")
    files[-1].write_bytes(epub(replace(book(), contents=(), page_list=(), landmarks=())))
    assert {path.name: messages for path, messages in epubcheck(files).items() if messages} == {}
