"""The whole EPUB of a TEI document: its pages and the ways through them, packed (EPUB 3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final

from lxml import etree

from tei.epub.archive import write_archive
from tei.epub.book import Book, Entry, Facts, Page
from tei.epub.cover import cover_page, cover_raster
from tei.epub.document import xhtml_document
from tei.epub.facts import read_facts
from tei.epub.labels import Labels, labels_for
from tei.epub.matter import index_of_persons, timeline, title_page
from tei.epub.navigation import COVER_FILE, NAVIGATION_FILE, NCX_FILE, navigation_document, ncx
from tei.epub.package import PACKAGE_FILE, ROOT, Cover, container_xml, package_document
from tei.epub.written import Heading, Written
from tei.epub.xhtml import write
from tei.errors import ParseError
from tei.views.texts import check_is_tei

STYLESHEET: Final = "style.css"
_OLDER: Final = frozenset({"TEI.2", "teiCorpus.2"})
_TITLE_PAGE: Final = "title.xhtml"
_PEOPLE: Final = "persons.xhtml"
_REACTIONS: Final = "reactions.xhtml"


def epub_bytes(tree: etree._ElementTree, *, css: bytes | None = None) -> bytes:
    """The EPUB of a TEI document; ``css`` takes the place of our own style sheet.

    Raises ``ParseError`` for what is no TEI P5.
    """
    root = tree.getroot()
    check_is_tei(root)
    if root.tag in _OLDER:
        raise ParseError(
            f"<{root.tag}> is TEI P4, which is not read",
            line=root.sourceline,
            hint="make P5 of it first, for instance with p4top5.xsl of the TEI Stylesheets",
        )
    facts = read_facts(root)
    labels = labels_for(facts.language)
    written = write(root, labels)
    pages = _pages(root, facts, written, labels)
    book = Book(
        facts,
        pages,
        _contents(written.headings, pages),
        _once(written.pages),
        _landmarks(pages, labels),
        frozenset({"index"} if any(page.name == _PEOPLE for page in pages) else ()),
    )
    cover = Cover()
    files: list[tuple[str, bytes]] = [
        (PACKAGE_FILE, package_document(book, cover=cover, resources=[STYLESHEET])),
        (NAVIGATION_FILE, navigation_document(book, stylesheet=STYLESHEET, cover=COVER_FILE)),
        (NCX_FILE, ncx(book)),
        (STYLESHEET, css if css is not None else own_stylesheet()),
        (cover.image, cover_raster(facts)),
        (COVER_FILE, cover_page(facts)),
    ]
    files += [(page.name, xhtml_document(page, STYLESHEET)) for page in pages]
    inside = [(f"{ROOT}{name}", data) for name, data in files]
    return write_archive([("META-INF/container.xml", container_xml()), *inside], modified=facts.modified)


def own_stylesheet() -> bytes:
    """The style sheet that a book has if no other is given."""
    return resources.files("tei.epub").joinpath(STYLESHEET).read_bytes()


def _pages(root: etree._Element, facts: Facts, written: Written, labels: Labels) -> list[Page]:
    """The pages of the book in their order."""

    def page(name: str, title: str, html: str, kind: str) -> Page:
        return Page(name, title or facts.title, html, kind, facts.language)

    pages = [page(_TITLE_PAGE, facts.title, title_page(facts, root, labels), "frontmatter titlepage")]
    pages += [page(name, title, html, "bodymatter") for name, title, html in written.files]
    for name, title, html in (
        (_PEOPLE, labels.people, index_of_persons(root, written.people, labels)),
        (_REACTIONS, labels.reactions, timeline(written.reactions, labels)),
    ):
        if html:
            pages.append(page(name, title, html, "backmatter"))
    return pages


def _contents(headings: Sequence[Heading], pages: Sequence[Page]) -> list[Entry]:
    """The table of contents: the headings as they lie in each other, and the pages that the book adds."""
    added = [Entry(page.title, page.name) for page in pages if page.kind == "backmatter"]
    return [*_nested(list(headings)), *added] if headings else added


def _nested(headings: Sequence[Heading]) -> list[Entry]:
    entries: list[Entry] = []
    at = 0
    while at < len(headings):
        end = at + 1
        while end < len(headings) and headings[end].depth > headings[at].depth:
            end += 1
        below = tuple(_nested(headings[at + 1 : end]))
        entries.append(Entry(headings[at].words, headings[at].href, below))
        at = end
    return entries


def _once(pages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pages of the print; of two with one number the first."""
    found: dict[str, str] = {}
    for number, href in pages:
        found.setdefault(number, href)
    return list(found.items())


def _landmarks(pages: Sequence[Page], labels: Labels) -> list[tuple[str, str, str]]:
    body = next((page for page in pages if page.kind == "bodymatter"), None)
    found = [("titlepage", labels.edition, _TITLE_PAGE)]
    if body is not None:
        found.append(("bodymatter", body.title, body.name))
    if any(page.name == _PEOPLE for page in pages):
        found.append(("index", labels.people, _PEOPLE))
    return found
