"""Making the elements of the header; none is ever made empty."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from tei.edition.fields import paragraphs
from tei.edition.model import Identifier, Named
from tei.names import FORBIDDEN, element_name, qualified


def add(
    parent: etree._Element, name: str, text: str | None = None, /, **attributes: str | None
) -> etree._Element:
    """A new last child of ``parent``; attributes that are ``None`` are left out, ``xml_id`` is ``xml:id``."""
    child = etree.SubElement(parent, element_name(name))
    for key, value in attributes.items():
        if value is not None:
            child.set(qualified(key.replace("xml_", "xml:", 1)), value)
    child.text = text
    return child


def add_text(parent: etree._Element, name: str, text: str | None, /, **attributes: str | None) -> None:
    """A new child that holds ``text``; none where there is no text."""
    if text:
        add(parent, name, text, **attributes)


def add_date(parent: etree._Element, name: str, date: str | None) -> None:
    """A new child for a date, which stands both in ``when`` and as text."""
    add_text(parent, name, date, when=date)


def add_paragraphs(parent: etree._Element, prose: str) -> None:
    """A ``p`` for each paragraph of ``prose``."""
    for paragraph in paragraphs(prose):
        add(parent, "p", paragraph)


def add_notes(parent: etree._Element, prose: str | None, **attributes: str | None) -> None:
    """A ``note`` for each paragraph of ``prose``."""
    for paragraph in paragraphs(prose or ""):
        add(parent, "note", paragraph, **attributes)


def add_named(parent: etree._Element, name: str, people: Iterable[Named]) -> None:
    """A child (``author``, ``editor``) for each of ``people``."""
    for person in people:
        add(parent, name, person.name, ref=person.ref)


def add_identifiers(parent: etree._Element, identifiers: Iterable[Identifier]) -> None:
    """An ``idno`` for each identifier."""
    for identifier in identifiers:
        add(parent, "idno", identifier.value, type=identifier.type)


def add_measure(parent: etree._Element, unit: str, quantity: int) -> None:
    """A ``measure`` of so many of a unit (an English noun in the singular)."""
    text = f"{quantity} {unit}" if quantity == 1 else f"{quantity} {unit}s"
    add(parent, "measure", text, unit=unit, quantity=str(quantity))


def printable(text: str) -> str:
    """``text`` with a replacement character for each that XML forbids (names of files hold anything)."""
    return FORBIDDEN.sub("\ufffd", text)
