"""The source of a text as one line: the print, the manuscript, or what else ``sourceDesc`` describes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from tei.epub.header_words import best, local, people, phrase, words

_DESCRIPTIONS: Final = ("bibl", "biblStruct", "biblFull", "msDesc", "recording", "scriptStmt")
# Kinds of digital copies: the text was taken from them, but they are not what a reader asks for.
_DIGITAL: Final = ("digital", "born", "electronic", "computer")
# Not of the description itself.
_LEFT_OUT: Final = frozenset(
    re.findall(r"\w+", "note idno email availability ref ptr extent relatedItem graphic licence bibl")
)
_PLACE: Final = ("settlement", "institution", "repository", "collection", "idno", "msName")


def cite_source(sources: etree._Element | None, language: str) -> str:
    """The bibliographic description of the source in ``sourceDesc`` (TEI Guidelines, 2.2.7) as one line.

    The first source that is not a digital copy; else the first of all; else the words of ``sourceDesc``.
    """
    element = source_of(sources)
    if sources is None or element is None:
        return words(sources)
    kind = local(element)
    if kind == "biblStruct":
        return _structured(element, language)
    if kind == "biblFull":
        return _full(element, language)
    if kind == "msDesc":
        return _manuscript(element)
    return _loose(element)


def source_of(sources: etree._Element | None) -> etree._Element | None:
    """The element that describes the source, by the order of :func:`cite_source`, if there is one."""
    found = (
        [] if sources is None else [one for one in sources.iter(etree.Element) if local(one) in _DESCRIPTIONS]
    )
    printed = (one for one in found if not (one.get("type") or "").lower().startswith(_DIGITAL))
    return next(printed, next(iter(found), None))


def _structured(book: etree._Element, language: str) -> str:
    analytic = book.find("{*}analytic")
    whole = book.find("{*}monogr")
    first = whole if analytic is None else analytic
    if first is None:
        return words(book)
    makers = people(first.findall("{*}author") or first.findall("{*}editor"), language)
    titles = [_title(level, language) for level in (analytic, whole) if level is not None]
    imprint = None if whole is None else whole.find("{*}imprint")
    scope = [
        phrase(one)
        for parent in (whole, imprint)
        if parent is not None
        for one in parent.findall("{*}biblScope")
    ]
    return _sentence(makers, titles, imprint, scope, language)


def _full(book: etree._Element, language: str) -> str:
    statement = book.find("{*}titleStmt")
    if statement is None:
        return words(book)
    makers = people(statement.findall("{*}author"), language)
    return _sentence(makers, [_title(statement, language)], book.find("{*}publicationStmt"), [], language)


def _manuscript(description: etree._Element) -> str:
    place = description.find("{*}msIdentifier")
    if place is None:
        return words(description)
    parts = [
        phrase(one) if local(one) != "idno" else words(one)
        for one in place.iter(*(f"{{*}}{name}" for name in _PLACE))
    ]
    return ", ".join(dict.fromkeys(filter(None, parts))) or words(description)


def _loose(reference: etree._Element) -> str:
    own = (reference.text or "", *(child.tail or "" for child in reference))
    if any(text.strip() for text in own):
        return words(reference, _LEFT_OUT - {"ref"}) or words(reference)
    parts = [
        phrase(child) or (child.get("when") or "") for child in reference if local(child) not in _LEFT_OUT
    ]
    return ", ".join(filter(None, parts)) or words(reference)


def _title(parent: etree._Element, language: str) -> str:
    return phrase(best(parent.findall("{*}title"), language))


def _sentence(
    makers: Iterable[str],
    titles: Iterable[str],
    imprint: etree._Element | None,
    scope: Iterable[str],
    language: str,
) -> str:
    published = ""
    if imprint is not None:
        places = [phrase(one) for one in imprint.findall("{*}pubPlace")]
        houses = people(imprint.findall("{*}publisher"), language)
        date = imprint.find("{*}date")
        day = "" if date is None else words(date) or (date.get("when") or "")
        house = ": ".join(filter(None, ("; ".join(dict.fromkeys(filter(None, places))), "; ".join(houses))))
        published = ", ".join(filter(None, (house, day)))
    named = ": ".join(filter(None, ("; ".join(makers), ". ".join(filter(None, titles)))))
    ended = (published, ", ".join(filter(None, scope)))
    return ". ".join(part.removesuffix(".") for part in (named, *ended) if part)
