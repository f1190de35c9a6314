"""Building a ``teiHeader`` (TEI Guidelines, chapter 2)."""

from __future__ import annotations

from lxml import etree

from tei.edition.model import Edition
from tei.errors import EditionError
from tei.header.encoding_description import add_encoding_description
from tei.header.facts import SourceFacts, Used
from tei.header.file_description import add_file_description
from tei.header.profile_description import add_profile_description, add_revision_description
from tei.names import TEI_NS, T, qualified


def build_header(edition: Edition, facts: SourceFacts, used: Used | None = None) -> etree._Element:
    """The header of ``edition``, made from the source that ``facts`` describe, without a parent.

    ``used`` is what the encoded text makes use of. The header is indented by two spaces a
    level, as the first child of ``TEI``. It is a function of its arguments alone: it never asks
    the clock, and every date in it is one of the edition's.

    Raises ``EditionError`` when two elements would have the same ``xml:id``.
    """
    used = used or Used()
    header = etree.Element(f"{T}teiHeader", nsmap={None: TEI_NS})
    add_file_description(header, edition, facts, used)
    add_encoding_description(header, edition.declarations, facts, used)
    add_profile_description(header, edition)
    add_revision_description(header, edition.change)
    _check_ids(header)
    etree.indent(header, space="  ", level=1)
    return header


def _check_ids(header: etree._Element) -> None:
    seen: set[str] = set()
    for element in header.iter(etree.Element):
        identifier = element.get(qualified("xml:id"))
        if identifier in seen:
            raise EditionError(
                f'the id "{identifier}" would stand twice in the header',
                hint="a person, group or responsibility has the id of a kind of reaction: give it another",
            )
        if identifier is not None:
            seen.add(identifier)
