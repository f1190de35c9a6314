"""What was written of a document, and what was met on the way: where things stand, what an index wants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tei.epub.carry import quoted

_LINK: Final = re.compile("\0([^\0]*)\0")


@dataclass(frozen=True)
class Mention:
    """An element worth an entry in an index: where it stands, and on which page of the print."""

    node: etree._Element
    href: str
    page: str


@dataclass(frozen=True)
class Heading:
    """A heading of a division: its words, where it stands, and how many headed divisions are around it."""

    words: str
    href: str
    depth: int


@dataclass
class Written:
    """What was written: name, title and content of each file; and what was met on the way.

    ``places`` tell where each ``xml:id`` has come to stand, ``pages`` are the page breaks (number, place).
    """

    files: list[tuple[str, str, str]] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    pages: list[tuple[str, str]] = field(default_factory=list)
    people: list[Mention] = field(default_factory=list)
    reactions: list[Mention] = field(default_factory=list)

    def linked(self, html: str) -> str:
        """``html`` with its pointers turned into links, those that lead nowhere left out."""

        def link(match: re.Match[str]) -> str:
            place = self.places.get(match[1])
            return f" href={quoted(place)}" if place else ""

        return _LINK.sub(link, html)


def pointer(identifier: str) -> str:
    """The attribute ``href`` of a link to an ``xml:id``, which ``Written.linked`` fills in."""
    return f"\0{identifier}\0"
