"""A small invented book, and an EPUB made of it, for the tests of the parts of an EPUB."""

from __future__ import annotations

from tei.epub.archive import write_archive
from tei.epub.book import Book, Entry, Facts, Page
from tei.epub.cover import cover_page, cover_raster
from tei.epub.document import xhtml_document
from tei.epub.navigation import COVER_FILE, NAVIGATION_FILE, NCX_FILE, navigation_document, ncx
from tei.epub.package import PACKAGE_FILE, ROOT, Cover, container_xml, package_document

FACTS = Facts(
    title="The Harbour & the Sea",
    subtitle="Three Speeches",
    authors=("Anna Berg",),
    editors=("Carl Dahl",),
    translators=("Eva Falk",),
    language="en",
    identifier="urn:uuid:6f1a2f9c-6a7e-5c1e-9d0e-0d6a4f7e9b11",
    publisher="Harbour Press",
    date="2020-03-04",
    modified="2021-05-06T00:00:00Z",
    rights="All rights reserved.",
    description="Speeches held in winter.",
    source="Anna Berg: The Harbour. Malmö: Harbour Press, 1901",
)


def book(facts: Facts = FACTS) -> Book:
    """Two pages, contents in two levels, and three pages of a print."""
    mark = '<span id="p{0}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{0}"></span>'
    pages = (
        Page(
            "title.xhtml",
            facts.title,
            "<section><h1>Title</h1></section>",
            "frontmatter titlepage",
            facts.language,
        ),
        Page(
            "c001.xhtml",
            "One",
            '<section><h1 id="one">One</h1>'
            f"<p>{mark.format('iv')}a<br/>{mark.format('1')}b</p>"
            f'<h2 id="two">Two</h2><p>{mark.format("A-2")}c</p></section>',
            language=facts.language,
        ),
    )
    return Book(
        facts=facts,
        pages=pages,
        contents=(Entry("Part", "", (Entry("One", "c001.xhtml#one", (Entry("Two", "c001.xhtml#two"),)),)),),
        page_list=(("iv", "c001.xhtml#piv"), ("1", "c001.xhtml#p1"), ("A-2", "c001.xhtml#pA-2")),
        landmarks=(("bodymatter", "Start", "c001.xhtml"),),
    )


def epub(of: Book) -> bytes:
    """The whole EPUB of a book, with a cover."""
    cover = Cover()
    files = {
        PACKAGE_FILE: package_document(of, cover=cover, resources=("style.css",)),
        NAVIGATION_FILE: navigation_document(of, stylesheet="style.css", cover=COVER_FILE),
        NCX_FILE: ncx(of),
        cover.page: cover_page(of.facts),
        cover.image: cover_raster(of.facts),
        "style.css": b"p { margin: 0 }\n",
    } | {page.name: xhtml_document(page, "style.css") for page in of.pages}
    return write_archive(
        [("META-INF/container.xml", container_xml()), *((ROOT + name, data) for name, data in files.items())],
        modified=of.facts.modified,
    )
