"""What a layer of checks notes about a tree: a problem whose exact place is looked up last, if at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from tei.places import Place, Places
from tei.problems import Problem, Severity

_NO_MARK: Final = re.compile(r"[^\w*†‡§¶#+]+")

GUIDELINES: Final = "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/"


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem at an element, or at one of its attributes (its name in Clark notation).

    ``place`` is given where it is known better than by the element. ``link`` is a page of the Guidelines;
    ``mend`` the value that the attribute should most likely have; ``lost`` an id that
    is missed, so that another layer can tell whose it was.
    """

    code: str
    severity: Severity
    message: str
    element: etree._Element
    attribute: str | None = None
    hint: str | None = None
    link: str | None = None
    place: Place | None = None
    mend: str | None = None
    lost: str | None = None


def mark_of(words: str) -> str:
    """The mark of a note without brackets and full stops: ``[1]`` and ``1.`` are one."""
    return _NO_MARK.sub("", words)


def as_problems(
    noted: Sequence[Noted], tree: etree._ElementTree, path: str | Path, data: bytes | None
) -> list[Problem]:
    """Return ``noted`` as problems of the file ``path``; with its bytes they have columns."""
    if not noted:
        return []
    places = Places(tree, data, _to_be_found(noted))
    found = []
    for one in noted:
        place = one.place or places.of(one.element, one.attribute)
        found.append(
            Problem(
                code=one.code,
                severity=one.severity,
                message=one.message,
                path=str(path),
                line=place.line,
                column=place.column,
                xpath=tree.getpath(one.element),
                hint=one.hint,
                link=GUIDELINES + one.link if one.link else None,
            )
        )
    return found


def with_columns(problems: Sequence[Problem], tree: etree._ElementTree, data: bytes | None) -> list[Problem]:
    """Return ``problems`` with the columns of the elements that their XPaths name, where they have none."""
    elements = {one.xpath: element_at(tree, one.xpath) for one in problems if one.column is None}
    places = Places(tree, data, [element for element in elements.values() if element is not None])
    found = []
    for one in problems:
        element = elements.get(one.xpath) if one.column is None else None
        if element is not None:
            name = attribute_of(one.xpath)
            place = places.of(element, name)
            # A line that the layer knows better than the element does is kept.
            if one.line in (None, element.sourceline, place.line):
                one = one._replace(line=place.line, column=place.column)  # noqa: PLW2901
        found.append(one)
    return found


def element_at(tree: etree._ElementTree, xpath: str | None) -> etree._Element | None:
    """The element of ``tree`` that the XPath of a problem names; ``None`` if there is none such."""
    if not xpath:
        return None
    path, _, _ = xpath.partition("/@")
    spaces = {prefix: uri for prefix, uri in tree.getroot().nsmap.items() if prefix}
    try:
        found = tree.xpath(path, namespaces=spaces)
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, etree._Element) else None  # noqa: SLF001 - it has no other name


def attribute_of(xpath: str | None) -> str | None:
    """The attribute that the XPath of a problem names, if it names one."""
    return (xpath or "").partition("/@")[2] or None


def _to_be_found(noted: Iterable[Noted]) -> list[etree._Element]:
    return [one.element for one in noted if one.place is None]
