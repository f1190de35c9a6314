"""``encodingDesc``: how the text was encoded (TEI Guidelines, 2.3; for characters 5.2)."""

from __future__ import annotations

import re

from lxml import etree

from tei import __version__
from tei.edition.model import Declarations
from tei.header.characters import add_character
from tei.header.elements import add, add_paragraphs
from tei.header.facts import SourceFacts, Used

REACTIONS_ID = "reactions"
"""The ``xml:id`` of the taxonomy of audience reactions."""

# Topics of editorialDecl, in TEI's order, with what is true of every text that the encoder makes.
_TOPICS: dict[str, dict[str, str]] = {
    "correction": {"method": "markup"},
    "normalization": {"method": "markup"},
    "hyphenation": {"eol": "all"},
    "punctuation": {"marks": "all"},
    "quotation": {"marks": "all"},
    "segmentation": {},
    "interpretation": {},
}


def add_encoding_description(
    header: etree._Element, declarations: Declarations, facts: SourceFacts, used: Used
) -> None:
    """``encodingDesc`` as the next child of ``header``."""
    description = add(header, "encodingDesc")
    add_paragraphs(add(description, "projectDesc"), declarations.project)
    editorial = add(description, "editorialDecl")
    for topic, attributes in _TOPICS.items():
        add_paragraphs(add(editorial, topic, **attributes), getattr(declarations, topic))
    if used.renditions:
        tags = add(description, "tagsDecl")
        for rendition in used.renditions:
            add(tags, "rendition", rendition.css, scheme="css", selector=rendition.selector)
    if used.reactions:
        taxonomy = add(add(description, "classDecl"), "taxonomy", xml_id=REACTIONS_ID)
        add(taxonomy, "desc", "Reactions of an audience")
        for identifier, meaning in used.reactions:
            add(add(taxonomy, "category", xml_id=identifier), "catDesc", meaning)
    if facts.control_characters:
        characters = add(description, "charDecl")
        for character in facts.control_characters:
            add_character(characters, character)
    application = add(add(description, "appInfo"), "application", ident="tei-edition", version=tei_version())
    add(application, "label", "tei-edition")


def tei_version() -> str:
    """The program's version as ``application/@version`` allows it: numbers set apart by dots."""
    match = re.match(r"[0-9]+(?:\.[0-9]+){0,3}", __version__)
    return match.group() if match else "0"
