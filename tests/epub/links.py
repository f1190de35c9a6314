"""What can be told of an EPUB without a reader: whether its links lead somewhere, and the words one reads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from lxml import etree

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_NCX: Final = "{http://www.daisy.org/z3986/2005/ncx/}"
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_CONTAINER: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_MARKUP: Final = frozenset({"application/xhtml+xml", "image/svg+xml"})
_LINKS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_RESOURCES: Final = ("src", "poster", "data")
_IDREFS: Final = (
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "for",
    "headers",
)
_CSS_URL: Final = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
# fmt: off
# Elements that words do not run across (HTML standard, section 15.3: `display` other than inline).
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
})
# fmt: on
_UNSEEN: Final = frozenset({"head", "script", "style", "template"})


@dataclass(frozen=True)
class Item:
    """A file of the manifest."""

    name: str
    media_type: str
    properties: frozenset[str]


class Epub:
    """The files of an EPUB, and what its package document says of them."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        container = _parse(self.files["META-INF/container.xml"])
        self.package_name = next(container.iter(f"{_CONTAINER}rootfile")).attrib["full-path"]
        self.package = _parse(self.files[self.package_name])
        self.items: dict[str, Item] = {}
        for item in self.package.iter(f"{_OPF}item"):
            properties = frozenset((item.get("properties") or "").split())
            name = self.resolve(item.attrib["href"])[0]
            self.items[item.attrib["id"]] = Item(name, item.attrib["media-type"], properties)
        self._trees: dict[str, etree._Element] = {}
        self._ids: dict[str, dict[str, etree._Element]] = {}

    @cached_property
    def spine(self) -> list[str]:
        """The names of the files to read, in order."""
        itemrefs = self.package.iter(f"{_OPF}itemref")
        return [self.items[itemref.attrib["idref"]].name for itemref in itemrefs]

    @property
    def aside(self) -> list[str]:
        """The names of those that are no part of the reading order, such as the cover."""
        itemrefs = self.package.iter(f"{_OPF}itemref")
        return [self.items[one.attrib["idref"]].name for one in itemrefs if one.get("linear") == "no"]

    @property
    def navigation(self) -> str:
        """The name of the navigation document."""
        return next(item.name for item in self.items.values() if "nav" in item.properties)

    def resolve(self, href: str, base: str | None = None) -> tuple[str, str]:
        """Return the file and the id that ``href``, in the file ``base``, leads to."""
        parts = urlsplit(href)
        base = self.package_name if base is None else base
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
        return (name if parts.path else base), unquote(parts.fragment)

    def tree(self, name: str) -> etree._Element:
        """Return the root of a file of markup."""
        if name not in self._trees:
            self._trees[name] = _parse(self.files[name])
        return self._trees[name]

    def ids(self, name: str) -> dict[str, etree._Element]:
        """Return the elements of a file by their ids."""
        if name not in self._ids:
            elements = self.tree(name).iter(etree.Element)
            self._ids[name] = {
                element.attrib["id"]: element for element in elements if "id" in element.attrib
            }
        return self._ids[name]


def links(path: Path) -> list[str]:
    """Return what is wrong with the links of an EPUB, each as ``file:line: problem``; empty means nothing.

    Each link of each file, of its style sheets, and of the ways through it (contents, page list, landmarks;
    the NCX) has to lead to a file of the manifest and to an id in it, each number of the page list to a page
    break of that number, each note's back-link to a reference to that note.
    """
    book = Epub(path)
    return [
        *_manifest_problems(book),
        *(problem for item in book.items.values() for problem in _file_problems(book, item)),
        *_page_list_problems(book),
        *_note_problems(book),
    ]


def words(path: Path) -> list[str]:
    """Return the words that an EPUB shows, in reading order.

    Left out are the navigation document, what is not in the reading order, elements that are ``hidden``, and
    those of the class ``gen``, which are generated; but those of the classes ``read``, ``note`` and ``notes``
    hold words of the text. Words do not run across the bounds of blocks; notes stand where they are in the
    file.
    """
    book = Epub(path)
    pieces: list[str] = []
    for name in book.spine:
        if name not in (book.navigation, *book.aside):
            _gather(book.tree(name), pieces)
            pieces.append(" ")
    return "".join(pieces).split()


def _gather(root: etree._Element, pieces: list[str]) -> None:
    depth_unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            depth_unseen += depth_unseen > 0 or _is_unseen(element)
            if not depth_unseen:
                pieces.append(" " if _is_block(element) else "")
                pieces.append(element.text or "")
            continue
        if event == "end":
            was_unseen = depth_unseen > 0
            depth_unseen -= was_unseen
            if _is_block(element) and not depth_unseen:
                pieces.append(" ")
        if not depth_unseen and element is not root:
            pieces.append(element.tail or "")


def _is_block(element: etree._Element) -> bool:
    return etree.QName(element).localname in _BLOCKS


def _is_unseen(element: etree._Element) -> bool:
    """Whether an element is hidden, or generated and neither read for words of the text nor a note."""
    classes = set((element.get("class") or "").split())
    generated = "gen" in classes and not classes & {"read", "note", "notes"}
    return generated or etree.QName(element).localname in _UNSEEN or "hidden" in element.attrib


def _manifest_problems(book: Epub) -> Iterator[str]:
    named = {item.name for item in book.items.values()}
    for name in sorted(named - book.files.keys()):
        yield f"{book.package_name}: the manifest names {name}, which is not in the archive"
    others = {name for name in book.files if name != "mimetype" and not name.startswith("META-INF/")}
    for name in sorted(others - named - {book.package_name}):
        yield f"{book.package_name}: {name} is not in the manifest"


def _file_problems(book: Epub, item: Item) -> Iterator[str]:
    if item.name not in book.files:
        return
    if item.media_type == "text/css":
        for url in _CSS_URL.findall(book.files[item.name].decode("utf-8")):
            yield from _target_problems(book, item.name, item.name, url, link=False)
    elif item.media_type == "application/x-dtbncx+xml":
        for content in book.tree(item.name).iter(f"{_NCX}content"):
            where = f"{item.name}:{content.sourceline}"
            yield from _target_problems(book, item.name, where, content.attrib["src"], link=True)
    elif item.media_type in _MARKUP:
        seen: set[str] = set()
        for element in book.tree(item.name).iter(etree.Element):
            yield from _element_problems(book, item.name, element, seen)


def _element_problems(book: Epub, name: str, element: etree._Element, seen: set[str]) -> Iterator[str]:
    where = f"{name}:{element.sourceline}"
    is_anchor = etree.QName(element).localname in ("a", "area")
    for attribute in _LINKS:
        if attribute in element.attrib:
            yield from _target_problems(book, name, where, element.attrib[attribute], link=is_anchor)
    for attribute in _RESOURCES:
        if attribute in element.attrib:
            yield from _target_problems(book, name, where, element.attrib[attribute], link=False)
    for attribute in _IDREFS:
        for idref in (element.get(attribute) or "").split():
            if idref not in book.ids(name):
                yield f"{where}: {attribute} names {idref}, which is not an id here"
    own = element.get("id")
    if own is not None and own in seen:
        yield f"{where}: the id {own} is there twice"
    if own is not None:
        seen.add(own)


def _target_problems(book: Epub, base: str, where: str, href: str, *, link: bool) -> Iterator[str]:
    if urlsplit(href).scheme or href.startswith("//"):
        if not link and not href.startswith("data:"):
            yield f"{where}: {href} is remote"
        return
    name, fragment = book.resolve(href, base)
    item = next((item for item in book.items.values() if item.name == name), None)
    if item is None or name not in book.files:
        yield f"{where}: {href} leads to no file of the book"
    elif link and name not in book.spine:
        yield f"{where}: {href} leads to a file that is not in the spine"
    elif fragment and item.media_type in _MARKUP and fragment not in book.ids(name):
        yield f"{where}: {href} leads to no id"


def _page_list_problems(book: Epub) -> Iterator[str]:
    for nav in book.tree(book.navigation).iter(f"{XHTML}nav"):
        if nav.get(_TYPE) != "page-list":
            continue
        for anchor in nav.iter(f"{XHTML}a"):
            label = " ".join("".join(anchor.itertext()).split())
            name, fragment = book.resolve(anchor.attrib["href"], book.navigation)
            target = book.ids(name).get(fragment) if name in book.files else None
            if target is None:
                continue
            where = f"{book.navigation}:{anchor.sourceline}"
            if "pagebreak" not in (target.get(_TYPE) or "").split():
                yield f"{where}: page {label} leads to what is no page break"
            said = target.get("aria-label") or target.get("title") or "".join(target.itertext())
            if label not in " ".join(said.split()):
                yield f"{where}: page {label} leads to the page break “{said}”"


def _note_problems(book: Epub) -> Iterator[str]:
    references: dict[tuple[str, str], tuple[str, str]] = {}
    back_links: list[tuple[str, etree._Element]] = []
    for name in dict.fromkeys(book.spine):
        for anchor in book.tree(name).iter(f"{XHTML}a"):
            if "noteref" in (anchor.get(_TYPE) or "").split() and "href" in anchor.attrib:
                references[name, anchor.get("id") or ""] = book.resolve(anchor.attrib["href"], name)
            elif anchor.get("role") == "doc-backlink":
                back_links.append((name, anchor))
    notes = {fragment for _, fragment in references.values()}
    for name, anchor in back_links:
        note = next((up.get("id") for up in anchor.iterancestors() if up.get("id") in notes), None)
        back = book.resolve(anchor.get("href") or "", name)
        if references.get(back) != (name, note):
            where = f"{name}:{anchor.sourceline}"
            yield f"{where}: {anchor.get('href')} does not lead back to a reference to its note"


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)
