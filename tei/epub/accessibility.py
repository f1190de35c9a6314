"""What an EPUB says of its accessibility (EPUB Accessibility 1.1, “Discoverability”; schema.org).

It says what the program knows to be true of every book that it makes, and no more. That a publication
conforms to the specification (``dcterms:conformsTo``) is for someone to say who has looked at it: the text,
the languages marked in it and the descriptions of its images are those of the TEI document.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from tei.epub.book import Book

_ALWAYS: Final = frozenset(
    {"ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"}
)
_WITH_PAGES: Final = frozenset({"pageBreakMarkers", "pageNavigation"})


def accessibility_metadata(book: Book) -> Iterator[str]:
    """The ``meta`` elements of the package document that tell how a book can be read, and what helps in it.

    Of the features, ``book.features`` are said besides those that every book of the program has; those of
    pages where there is a page list.
    """
    features = _ALWAYS | book.features | (_WITH_PAGES if book.page_list else frozenset())
    yield _meta("schema:accessMode", "textual")
    yield _meta("schema:accessModeSufficient", "textual")
    yield from (_meta("schema:accessibilityFeature", feature) for feature in sorted(features, key=str.lower))
    yield _meta("schema:accessibilityHazard", "none")
    yield _meta("schema:accessibilitySummary", _summary(book, features), ' xml:lang="en"')
    if book.page_list:
        # EPUB Accessibility 1.1, “Page navigation”: where page breaks are marked, whose pages they are.
        yield _meta("pageBreakSource", book.facts.source or book.facts.title)


def _summary(book: Book, features: frozenset[str]) -> str:
    ways = ["headings", "links", "a table of contents"]
    if "index" in features:
        ways.append("an index")
    if book.page_list:
        ways.append("a list of the pages of the print")
    listed = " and ".join(filter(None, (", ".join(ways[:-1]), ways[-1])))
    text = "All of the text can be read aloud, enlarged and shown in other colours and fonts"
    return f"{text}; {listed} lead through it."


def _meta(key: str, value: str, attributes: str = "") -> str:
    return f'<meta property="{key}"{attributes}>{escape(value)}</meta>\n'
