"""The parts of an EPUB before they are written: its facts, its pages, and the ways through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Facts:
    """What the header of a TEI document says of it, as far as an EPUB wants to know.

    ``identifier`` is the same for the same text each time; ``modified`` is a time in UTC
    (``2026-11-22T00:00:00Z``); dates are as the header writes them. What is not known is ``""`` or empty.
    """

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    language: str = "und"
    identifier: str = ""
    publisher: str = ""
    date: str = ""
    modified: str = ""
    rights: str = ""
    description: str = ""
    source: str = ""
    translators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A file of the book: ``name`` (``c003.xhtml``) and ``html``, what stands in its ``body``.

    Elements that may not have content are closed in their only tag, all others have an end tag, so that a
    reader that takes the file for HTML sees the same. ``kind`` is the ``epub:type`` of the body.
    """

    name: str
    title: str
    html: str
    kind: str = "bodymatter"
    language: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a table of contents: its words, where it leads (``c003.xhtml#x``), and what is below it."""

    title: str
    href: str
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Book:
    """All of an EPUB but its cover and its container files.

    ``contents`` are the entries of the table of contents, ``page_list`` the pages of the print (number,
    href), ``landmarks`` what a reader looks for first (``epub:type``, words, href), ``features`` what helps
    a reader besides what each book has (schema.org's ``accessibilityFeature``).
    """

    facts: Facts
    pages: Sequence[Page]
    contents: Sequence[Entry]
    page_list: Sequence[tuple[str, str]] = ()
    landmarks: Sequence[tuple[str, str, str]] = ()
    features: frozenset[str] = field(default_factory=frozenset)
