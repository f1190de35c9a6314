"""The header of a stranger's EPUB, from its package document (TEI Guidelines, chapter 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from tei.epub.dates import w3c_date
from tei.epub.language import UNDETERMINED, language_tag
from tei.header.elements import add, add_date, add_text
from tei.names import TEI_NS, T

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_URI: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+")
_TYPE: Final = re.compile(r"[^A-Za-z0-9._-]")
_MOST: Final = 2000  # characters of one value


class Metadata:
    """What a package document says of its book."""

    def __init__(self, package: etree._Element) -> None:
        self._package = package
        self._refined: dict[str, dict[str, str]] = {}
        for meta in package.iter(f"{_OPF}meta"):
            if refines := meta.get("refines"):
                named = self._refined.setdefault(refines.removeprefix("#"), {})
                named.setdefault(meta.get("property", ""), (meta.text or "").strip())

    def values(self, name: str) -> list[str]:
        """All values of an element of Dublin Core."""
        return [words for words, _ in self._found(name)]

    def people(self, name: str, *roles: str) -> list[str]:
        """Those who have one of ``roles`` (MARC relators; ``""`` is none given)."""
        found = []
        for words, node in self._found(name):
            role = node.get(f"{_OPF}role") or self._refined.get(node.get("id", ""), {}).get("role", "")
            if role in roles:
                found.append(words)
        return found

    def titles(self) -> list[tuple[str, str]]:
        """The titles, each as ``main`` or ``sub``."""
        found: list[tuple[str, str]] = []
        for words, node in self._found("title"):
            kind = self._refined.get(node.get("id", ""), {}).get("title-type", "")
            if kind in ("", "main", "subtitle"):
                found.append((words, "sub" if kind == "subtitle" else "main"))
        found.sort(key=lambda one: one[1] != "main")
        return found or [("Untitled", "main")]

    @property
    def language(self) -> str:
        """The language of the book."""
        return next((tag for one in self.values("language") if (tag := language_tag(one))), UNDETERMINED)

    def _found(self, name: str) -> Iterator[tuple[str, etree._Element]]:
        for node in self._package.iter(f"{_DC}{name}"):
            words = " ".join("".join(str(one) for one in node.itertext("*")).split())[:_MOST]
            if words:
                yield words, node


def build_header(package: etree._Element) -> etree._Element:
    """The ``teiHeader`` of a book, which says what its package document says, and how the TEI was made."""
    data = Metadata(package)
    header = etree.Element(f"{T}teiHeader", nsmap={None: TEI_NS})
    file = add(header, "fileDesc")
    statement = add(file, "titleStmt")
    for title, kind in data.titles():
        add(statement, "title", title, type=kind)
    authors = data.people("creator", "", "aut")
    for author in authors:
        add(statement, "author", author)
    for editor in [*data.people("creator", "edt"), *data.people("contributor", "edt")]:
        add(statement, "editor", editor)
    for role, words in (("trl", "translation"), ("ill", "illustrations")):
        for name in [*data.people("contributor", role), *data.people("creator", role)]:
            responsibility = add(statement, "respStmt")
            add(responsibility, "resp", words)
            add(responsibility, "name", name)
    _publication(file, data)
    _source(file, data, authors)
    encoding = add(header, "encodingDesc")
    add(add(encoding, "projectDesc"), "p", "Made from an EPUB by program.")
    editorial = add(encoding, "editorialDecl")
    add(
        add(editorial, "segmentation"),
        "p",
        "Divisions follow the sections and headings of the EPUB. White space is folded as a browser does it."
        " Notes stand where their marks stood. Pictures are named by their paths in the EPUB, which"
        " has their files.",
    )
    languages = add(add(header, "profileDesc"), "langUsage")
    add(languages, "language", data.language, ident=data.language)
    etree.indent(header, space="  ", level=1)
    return header


def _publication(file: etree._Element, data: Metadata) -> None:
    statement = add(file, "publicationStmt")
    publishers = data.values("publisher")
    add(statement, "publisher", publishers[0] if publishers else "unknown")
    add_date(statement, "date", next((date for one in data.values("date") if (date := w3c_date(one))), None))
    for identifier in data.values("identifier"):
        kind = _TYPE.sub("", identifier.partition(":")[0]) if ":" in identifier else ""
        add(statement, "idno", identifier, type=kind if kind[:1].isalpha() else "id")
    availability = add(statement, "availability", status="unknown")
    rights = data.values("rights")
    for words in rights or ["The EPUB states nothing about the rights in the text."]:
        add(availability, "p", words)


def _source(file: etree._Element, data: Metadata, authors: list[str]) -> None:
    bibl = add(add(file, "sourceDesc"), "bibl", type="digital")
    for title, _ in data.titles():
        add(bibl, "title", title)
    for author in authors:
        add(bibl, "author", author)
    for words in data.values("source"):
        if _URI.fullmatch(words):
            add(bibl, "ref", words, target=words)
        else:
            add_text(bibl, "note", words)
    for words in data.values("description")[:1]:
        add(bibl, "note", re.sub("<[^>]*>", " ", words))
