"""``fileDesc``: what this edition is, who publishes it, and what it was made from (TEI Guidelines, 2.2)."""

from __future__ import annotations

import os
from urllib.parse import quote

from lxml import etree

from tei.edition.model import Edition, Print, Rights
from tei.header.elements import (
    add,
    add_date,
    add_identifiers,
    add_measure,
    add_named,
    add_notes,
    add_paragraphs,
    add_text,
    printable,
)
from tei.header.facts import SourceFacts, Used


def add_file_description(header: etree._Element, edition: Edition, facts: SourceFacts, used: Used) -> None:
    """``fileDesc`` as the next child of ``header``."""
    description = add(header, "fileDesc")
    _title_statement(description, edition)
    if edition.publication.edition:
        add(add(description, "editionStmt"), "edition", edition.publication.edition)
    extent = add(description, "extent")
    for unit, quantity in (*used.measures, ("line", facts.lines)):
        add_measure(extent, unit, quantity)
    _publication_statement(description, edition)
    sources = add(description, "sourceDesc")
    if edition.print:
        _print(sources, edition.print)
    _digital_source(sources, edition, facts)


def _title_statement(description: etree._Element, edition: Edition) -> None:
    statement = add(description, "titleStmt")
    add(statement, "title", edition.work.title, type="main")
    add_text(statement, "title", edition.work.subtitle, type="sub")
    add_named(statement, "author", edition.work.authors)
    add_named(statement, "editor", edition.work.editors)
    for responsibility in edition.responsibility:
        entry = add(statement, "respStmt", xml_id=responsibility.id)
        add(entry, "resp", responsibility.resp)
        add(entry, "name", responsibility.name)


def _publication_statement(description: etree._Element, edition: Edition) -> None:
    publication = edition.publication
    statement = add(description, "publicationStmt")
    add_text(statement, "publisher", publication.publisher)
    add_text(statement, "authority", publication.authority)
    add_text(statement, "pubPlace", publication.pub_place)
    add_date(statement, "date", publication.date)
    add_identifiers(statement, publication.idno)
    _availability(statement, edition.rights)


def _availability(statement: etree._Element, rights: Rights) -> None:
    availability = add(statement, "availability", status=rights.status)
    if rights.licence:
        target = rights.licence.target
        add(availability, "licence", rights.licence.text or target, target=target)
    add_paragraphs(availability, rights.statement)


def _print(sources: etree._Element, printed: Print) -> None:
    book = add(sources, "biblStruct", type="print")
    if printed.container:
        article = add(book, "analytic")
        add_named(article, "author", printed.authors)
        add(article, "title", printed.title, level="a")
        monograph = add(book, "monogr")
        add(monograph, "title", printed.container, level=printed.container_level)
    else:
        monograph = add(book, "monogr")
        add_named(monograph, "author", printed.authors)
        add(monograph, "title", printed.title, level="m")
    add_identifiers(monograph, printed.idno)
    imprint = add(monograph, "imprint")
    add_text(imprint, "publisher", printed.publisher)
    add_text(imprint, "pubPlace", printed.pub_place)
    add_date(imprint, "date", printed.date)
    for scope in printed.scope:
        add(monograph, "biblScope", scope.value, unit=scope.unit)
    add_text(monograph, "extent", printed.extent)
    add_notes(book, printed.note)
    add_text(book, "ref", printed.url, target=printed.url)


def _digital_source(sources: etree._Element, edition: Edition, facts: SourceFacts) -> None:
    digital = add(sources, "bibl", type="digital")
    add(digital, "title", edition.work.title)
    name = facts.file_name
    add(
        digital,
        "ref",
        printable(name),
        target=quote(os.fsencode(name)),
        mimeType=f"text/plain; charset={facts.charset}",
    )
    add(digital, "idno", facts.sha256, type="sha256")
    extent = add(digital, "extent")
    add_measure(extent, "byte", facts.size_bytes)
    add_measure(extent, "line", facts.lines)
    add(digital, "note", facts.line_end, type="lineEnd")
    add_notes(digital, edition.source.origin, type="origin")
