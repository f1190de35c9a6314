"""The TEI of an EPUB that somebody else made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from tei.epub.foreign.blocks import Blocks
from tei.epub.foreign.divisions import Divisions
from tei.epub.foreign.header import build_header
from tei.epub.foreign.links import ForeignPage, Links
from tei.epub.foreign.markup import element
from tei.epub.foreign.notes import Notes
from tei.errors import LimitError
from tei.names import TEI_NS, T, qualified

MAX_DEPTH: Final = 100
"""The deepest nesting of elements that is read in a page."""

_TOO_DEEP: Final = etree.XPath(f"boolean({'/*' * MAX_DEPTH}/*)".replace("boolean(/", "boolean(./", 1))


def foreign_tei(package: etree._Element, pages: Sequence[ForeignPage]) -> etree._ElementTree:
    """The TEI of a book with this package document and these pages, in reading order.

    :raises LimitError: the elements of a page are nested too deeply.
    """
    for page in pages:
        if _TOO_DEEP(page.body):
            raise LimitError(f"elements are nested more than {MAX_DEPTH} deep", path=page.path)
    header = build_header(package)
    root = etree.Element(f"{T}TEI", nsmap={None: TEI_NS})
    language = header.find(f".//{T}language")
    assert language is not None
    root.set(qualified("xml:lang"), language.get("ident", ""))
    root.text = "\n  "
    root.append(header)
    header.tail = "\n  "
    text = etree.SubElement(root, f"{T}text")
    text.set(qualified("xml:space"), "preserve")
    text.tail = "\n"
    body = etree.SubElement(text, f"{T}body")
    _fill(body, pages)
    etree.cleanup_namespaces(root)
    return etree.ElementTree(root)


def _fill(body: etree._Element, pages: Sequence[ForeignPage]) -> None:
    links = Links(pages)
    notes = Notes(links)
    divisions = Divisions(body)
    blocks = Blocks(links, notes, divisions)
    for page in pages:
        blocks.page(page.body)
    for note in notes.by_body.values():
        # Its mark stands in what is not read, such as a table of contents.
        if not note.placed:
            note.placed = True
            made = element("note", place=note.place, xml_id=note.identifier)
            blocks.fill(note.body, made)
            divisions.add(made)
    divisions.finish()
    _mend_links(body)


def _mend_links(body: etree._Element) -> None:
    """Links to what was left out lead nowhere: their words remain."""
    identifiers = {one.get(qualified("xml:id")) for one in body.iter(etree.Element)}
    for link in list(body.iter(f"{T}ref")):
        target = link.get("target", "")
        if target.startswith("#") and target[1:] not in identifiers:
            link.tag = f"{T}seg"
            del link.attrib["target"]
