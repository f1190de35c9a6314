"""The TEI of an EPUB: of one of ours the very TEI that it was made of, of another one sound TEI."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree

from tei.epub.document import XHTML_NS
from tei.epub.foreign.book import foreign_tei
from tei.epub.foreign.links import ForeignPage
from tei.epub.reading.container import Container, SpineItem
from tei.epub.reading.pages import PageReader, is_own_page
from tei.errors import ParseError
from tei.files import is_standard_stream, read_bytes
from tei.parse import parse_bytes
from tei.views.walk import SPACE

_BODY: Final = f"{{{XHTML_NS}}}body"


def import_epub(path: str | Path) -> etree._ElementTree:
    """The TEI of the EPUB ``path``, or of standard input where it is ``-``.

    :raises FileError: the file is missing or may not be read.
    :raises ParseError: it is no EPUB, is broken or encrypted, or its pages lack what TEI needs.
    :raises LimitError: it is too large, holds too many files, or unpacks to too much.
    """
    shown = "standard input" if is_standard_stream(path) else str(path)
    return epub_to_tei(read_bytes(path), shown)


def epub_to_tei(data: bytes, shown: str = "EPUB") -> etree._ElementTree:
    """The TEI of an EPUB given as bytes; ``shown`` is its name in errors. Raises as ``import_epub``."""
    container = Container(data, shown)
    pages = [(item, _body(container, item)) for item in container.spine()]
    if not any(is_own_page(body) for _, body in pages):
        strange = [ForeignPage(item.path, body) for item, body in pages if "nav" not in item.properties]
        return foreign_tei(container.package, strange)
    reader = PageReader()
    for item, body in pages:
        if is_own_page(body):
            reader.read(body, container.place(item.path))
        elif not _is_added(item, body):
            raise ParseError(
                "this page is no part of the edition: nothing in it tells what it is in TEI",
                path=container.place(item.path),
                hint="take it out of the book's spine, or put its words into one of the other pages",
            )
    return parse_bytes(reader.finish(), shown)


def tei_bytes(tree: etree._ElementTree) -> bytes:
    """A TEI document as it is written to a file: UTF-8, with a line that says so."""
    xml: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + xml + b"\n"


def _body(container: Container, item: SpineItem) -> etree._Element:
    body = container.xml(item.path).find(_BODY)
    if body is None:
        raise ParseError("this page is no XHTML: it has no body", path=container.place(item.path))
    return body


def _is_added(item: SpineItem, body: etree._Element) -> bool:
    """Whether a page without TEI is one that books have besides their text, such as cover and contents."""
    if not item.linear or "nav" in item.properties:
        return True
    if (body.text or "").strip(SPACE):
        return False
    for child in body:
        generated = "gen" in (child.get("class") or "").split()
        if (child.tail or "").strip(SPACE) or not (
            generated or not "".join(map(str, child.itertext())).strip(SPACE)
        ):
            return False
    return True
