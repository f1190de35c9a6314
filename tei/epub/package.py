"""The package document: what an EPUB is, of what it consists, in which order it is read (EPUB 3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import Final

from tei.epub.accessibility import accessibility_metadata
from tei.epub.book import Book, Facts
from tei.epub.dates import EARLIEST, w3c_date
from tei.epub.language import is_right_to_left
from tei.epub.navigation import COVER_FILE, NAVIGATION_FILE, NCX_FILE

ROOT: Final = "EPUB/"
"""The directory of the archive that holds all but ``mimetype`` and ``META-INF``."""

PACKAGE_FILE: Final = "package.opf"

_OPF_NS: Final = "http://www.idpf.org/2007/opf"
_DC_NS: Final = "http://purl.org/dc/elements/1.1/"
_XHTML: Final = "application/xhtml+xml"
_MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".ncx": "application/x-dtbncx+xml",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": _XHTML,
}


@dataclass(frozen=True)
class Cover:
    """The files of a cover: the ``image`` that a library shows, and the ``page`` in the book, if any."""

    image: str = "cover.png"
    page: str = COVER_FILE


def package_document(book: Book, *, cover: Cover | None = None, resources: Sequence[str] = ()) -> bytes:
    """The package document: metadata, manifest and spine.

    The manifest holds the pages of ``book``, the navigation document, the NCX, the files of ``cover``
    and ``resources`` (style sheets, images: paths from the directory of the package document). The page of
    contents is read behind a title page (a first page whose ``kind`` names one), else before all; the
    page of the cover is no part of the reading order (``linear="no"``).
    """
    facts = book.facts
    tag = f' xml:lang="{_text(facts.language)}"'
    direction = ' page-progression-direction="rtl"' if is_right_to_left(facts.language) else ""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<package xmlns="{_OPF_NS}" version="3.0" unique-identifier="id"{tag}>\n',
        f'<metadata xmlns:dc="{_DC_NS}">\n',
        *_metadata(facts),
        *accessibility_metadata(book),
        # Not of EPUB 3, but the only thing that readers made for EPUB 2 know (EPUB 3.3, “Legacy features”).
        f'<meta name="cover" content="{_identifier(cover.image)}"/>\n' if cover else "",
        "</metadata>\n<manifest>\n",
        *(_item(name, properties) for name, properties in _files(book, cover, resources)),
        f'</manifest>\n<spine toc="{_identifier(NCX_FILE)}"{direction}>\n',
        *_spine(book, cover),
        "</spine>\n</package>\n",
    ]
    return "".join(parts).encode()


def container_xml() -> bytes:
    """``META-INF/container.xml``, which says where the package document is (EPUB 3.3, “Container file”)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">\n<rootfiles>\n'
        f'<rootfile full-path="{ROOT}{PACKAGE_FILE}" media-type="application/oebps-package+xml"/>\n'
        "</rootfiles>\n</container>\n"
    ).encode()


def _metadata(facts: Facts) -> Iterator[str]:
    yield f'<dc:identifier id="id">{_text(facts.identifier)}</dc:identifier>\n'
    yield f'<dc:title id="title">{_text(facts.title)}</dc:title>\n'
    if facts.subtitle:
        yield _refine("title", "title-type", "main") + _refine("title", "display-seq", "1")
        yield f'<dc:title id="subtitle">{_text(facts.subtitle)}</dc:title>\n'
        yield _refine("subtitle", "title-type", "subtitle") + _refine("subtitle", "display-seq", "2")
    yield f"<dc:language>{_text(facts.language)}</dc:language>\n"
    for element, role, names in (
        ("creator", "aut", facts.authors),
        ("contributor", "edt", facts.editors),
        ("contributor", "trl", facts.translators),
    ):
        for number, name in enumerate(names, start=1):
            yield f'<dc:{element} id="{role}-{number}">{_text(name)}</dc:{element}>\n'
            yield _refine(f"{role}-{number}", "role", role, scheme="marc:relators")
    for element, value in (
        ("publisher", facts.publisher),
        ("date", w3c_date(facts.date)),
        ("description", facts.description),
        ("source", facts.source),
        ("rights", facts.rights),
    ):
        if value:
            yield f"<dc:{element}>{_text(value)}</dc:{element}>\n"
    yield f'<meta property="dcterms:modified">{facts.modified or EARLIEST}</meta>\n'


def _refine(what: str, key: str, value: str, scheme: str = "") -> str:
    of_scheme = f' scheme="{scheme}"' if scheme else ""
    return f'<meta refines="#{what}" property="{key}"{of_scheme}>{_text(value)}</meta>\n'


def _files(book: Book, cover: Cover | None, resources: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield NAVIGATION_FILE, "nav"
    yield NCX_FILE, ""
    if cover is not None:
        yield cover.image, "cover-image"
        if cover.page:
            yield cover.page, "svg"
    for page in book.pages:
        yield page.name, ""
    for name in resources:
        yield name, ""


def _item(name: str, properties: str) -> str:
    media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower())
    if media_type is None:
        raise ValueError(f"{name!r} is of no kind that an EPUB may hold without a fallback")
    announced = f' properties="{properties}"' if properties else ""
    return f'<item id="{_identifier(name)}" href="{_text(name)}" media-type="{media_type}"{announced}/>\n'


def _spine(book: Book, cover: Cover | None) -> Iterator[str]:
    if cover is not None and cover.page:
        yield f'<itemref idref="{_identifier(cover.page)}" linear="no"/>\n'
    names = [page.name for page in book.pages]
    behind_title = 1 if book.pages and "titlepage" in book.pages[0].kind.split() else 0
    names.insert(behind_title, NAVIGATION_FILE)
    for name in names:
        yield f'<itemref idref="{_identifier(name)}"/>\n'


def _identifier(name: str) -> str:
    # A letter in front, and nothing that an XML name may not hold; names differ, so do these.
    return "f-" + "".join(
        one if one.isascii() and (one.isalnum() or one in ".-") else f"_{ord(one):x}_" for one in name
    )


def _text(value: str) -> str:
    return escape(value)
