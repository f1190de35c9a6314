"""The ways through a book: the navigation document (EPUB 3.3) and the NCX for older readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from typing import Final

from tei.epub.book import Book, Entry
from tei.epub.document import document
from tei.epub.labels import Labels, labels_for
from tei.epub.language import UNDETERMINED

NAVIGATION_FILE: Final = "nav.xhtml"
NCX_FILE: Final = "toc.ncx"
COVER_FILE: Final = "cover.xhtml"

_NCX_NS: Final = "http://www.daisy.org/z3986/2005/ncx/"


def navigation_document(book: Book, *, stylesheet: str = "", cover: str = "") -> bytes:
    """The navigation document: table of contents, landmarks and, where the print had pages, their list.

    It stands in the spine as the page of contents, so landmarks and pages are ``hidden`` there: reading
    systems show them in their own menus (EPUB 3.3, “The hidden attribute”). ``cover`` is the file of the
    cover page, which gets a landmark, as does the table of contents itself; those that ``book`` has already
    are not repeated.
    """
    facts = book.facts
    labels = labels_for(facts.language)
    lang = (
        "" if _speaks(labels, facts.language) else f' lang="{labels.language}" xml:lang="{labels.language}"'
    )
    parts = [
        '\n<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n',
        f'<h1 id="toc-title"{lang}>{_text(labels.contents)}</h1>\n',
        *_list(contents_of(book)),
        "</nav>\n",
        _hidden("landmarks", labels.landmarks, lang),
        "<ol>\n",
        *(
            f'<li><a epub:type="{_text(kind)}" href="{_text(href)}">{_text(words)}</a></li>\n'
            for kind, words, href in _landmarks(book, labels, cover)
        ),
        "</ol>\n</nav>\n",
    ]
    if book.page_list:
        pages = (f'<li><a href="{_text(href)}">{_text(number)}</a></li>\n' for number, href in book.page_list)
        parts += (
            _hidden("page-list", labels.pages, lang, ' role="doc-pagelist"'),
            "<ol>\n",
            *pages,
            "</ol>\n</nav>\n",
        )
    return document(
        f"{labels.contents} – {facts.title}",
        "".join(parts).encode(),
        kind="frontmatter",
        language=facts.language,
        stylesheet=stylesheet,
    )


def contents_of(book: Book) -> Sequence[Entry]:
    """The entries of the table of contents; a book without any has one, which leads to its first page."""
    if book.contents or not book.pages:
        return book.contents
    first = book.pages[0]
    return (Entry(first.title or book.facts.title, first.name),)


def ncx(book: Book) -> bytes:
    """The contents and the list of pages as an NCX, for older readers (EPUB 3.3, “Legacy features”)."""
    facts = book.facts
    contents = contents_of(book)
    lang = "" if facts.language == UNDETERMINED else f' xml:lang="{_text(facts.language)}"'
    numbers = [number for number, _ in book.page_list if _is_decimal(number)]
    facts_of_it = {
        "dtb:uid": facts.identifier,
        "dtb:depth": str(_depth(contents)),
        "dtb:totalPageCount": str(len(book.page_list)),
        "dtb:maxPageNumber": str(max(map(int, numbers), default=0)),
    }
    parts = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ncx xmlns="{_NCX_NS}" version="2005-1"{lang}>\n<head>\n',
        *(f'<meta name="{name}" content="{_text(value)}"/>\n' for name, value in facts_of_it.items()),
        f"</head>\n<docTitle><text>{_text(facts.title)}</text></docTitle>\n<navMap>\n",
        *_points(contents, count(1)),
        "</navMap>\n",
    ]
    if book.page_list:
        pages = (_page_target(number, *page) for number, page in enumerate(book.page_list, start=1))
        parts += ("<pageList>\n", *pages, "</pageList>\n")
    parts.append("</ncx>\n")
    return "".join(parts).encode()


def _list(entries: Sequence[Entry]) -> Iterator[str]:
    yield "<ol>\n"
    for entry in entries:
        words = _text(entry.title) or "…"
        yield f'<li><a href="{_text(entry.href)}">{words}</a>' if entry.href else f"<li><span>{words}</span>"
        if entry.below:
            yield "\n"
            yield from _list(entry.below)
        yield "</li>\n"
    yield "</ol>\n"


def _landmarks(book: Book, labels: Labels, cover: str) -> Iterator[tuple[str, str, str]]:
    given = {kind for kind, _, _ in book.landmarks}
    if cover and "cover" not in given:
        yield "cover", labels.cover, cover
    if "toc" not in given:
        yield "toc", labels.contents, f"{NAVIGATION_FILE}#toc"
    yield from book.landmarks


def _hidden(kind: str, heading: str, lang: str, role: str = "") -> str:
    return (
        f'<nav epub:type="{kind}"{role} id="{kind}" aria-labelledby="{kind}-title" hidden="hidden">\n'
        f'<h2 id="{kind}-title"{lang}>{_text(heading)}</h2>\n'
    )


def _points(entries: Sequence[Entry], numbers: Iterator[int], above: str = "") -> Iterator[str]:
    for entry in entries:
        # What only groups others leads where the first of them does: a navPoint has to lead somewhere.
        href = entry.href or _first_href(entry) or above
        if not href:
            continue
        yield (
            f'<navPoint id="point-{next(numbers)}">'
            f"<navLabel><text>{_text(entry.title) or '…'}</text></navLabel>"
            f'<content src="{_text(href)}"/>'
        )
        if entry.below:
            yield "\n"
            yield from _points(entry.below, numbers, href)
        yield "</navPoint>\n"


def _first_href(entry: Entry) -> str:
    return next((below.href or _first_href(below) for below in entry.below), "")


def _page_target(number: int, words: str, href: str) -> str:
    kind, value = "special", ""
    if _is_decimal(words):
        kind, value = "normal", f' value="{int(words)}"'
    elif words and set(words.lower()) <= set("ivxlcdm"):
        kind = "front"
    return (
        f'<pageTarget id="page-{number}" type="{kind}"{value}>'
        f"<navLabel><text>{_text(words)}</text></navLabel>"
        f'<content src="{_text(href)}"/></pageTarget>\n'
    )


def _is_decimal(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 10


def _depth(entries: Sequence[Entry]) -> int:
    return 1 + max((_depth(entry.below) for entry in entries if entry.below), default=0)


def _speaks(labels: Labels, language: str) -> bool:
    return labels.language == language.partition("-")[0].lower()


def _text(value: str) -> str:
    return escape(" ".join(value.split()))
