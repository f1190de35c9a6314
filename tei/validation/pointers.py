"""Ids and what points at them (TEI Guidelines, chapter 16.2): every ``#id`` needs its element, one of it.

RELAX NG and W3C schema see only whether a pointer is written correctly, not whether it arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from lxml import etree

from tei.names import XML_NS, local_name
from tei.problems import Problem

POINTERS: Final = (
    *("ana", "corresp", "facs", "next", "prev", "ref", "resp", "source", "target", "toWhom", "who"),
    *("copyOf", "edRef", "exclude", "hand", "rendition", "sameAs", "select", "spanTo", "synch", "targetEnd"),
)
"""The attributes of TEI that hold one or several pointers, without those of elements this schema lacks."""

_ID: Final = f"{{{XML_NS}}}id"
_LINK: Final = "https://www.tei-c.org/Vault/P5/4.3.0/doc/tei-p5-doc/en/html/SA.html#SAPTL"


def check_pointers(tree: etree._ElementTree, path: str) -> list[Problem]:
    """Return one problem for each repeated ``xml:id`` and for each local pointer that leads nowhere.

    Pointers out of the file (``https://…``, ``people.xml#x``) are not followed.
    """
    lines: dict[str, int | None] = {}
    problems = []
    for element in tree.iter("*"):
        name = element.get(_ID)
        if name is None:
            continue
        if name in lines:
            problems.append(_duplicate(element, name, lines[name], path))
        else:
            lines[name] = element.sourceline
    problems += [
        Problem(
            code="TEI-P001",
            severity="error",
            message=f'{attribute}="{pointer}" on <{local_name(element.tag)}> points at no xml:id here',
            path=path,
            line=element.sourceline,
            xpath=tree.getpath(element),
            hint="mend the pointer, or give its target this xml:id",
            link=_LINK,
        )
        for element, attribute, pointer in _local_pointers(tree)
        if pointer[1:] not in lines and unquote(pointer[1:]) not in lines
    ]
    return problems


def _duplicate(element: etree._Element, name: str, first: int | None, path: str) -> Problem:
    return Problem(
        code="TEI-P002",
        severity="error",
        message=f'xml:id="{name}" is used again on <{local_name(element.tag)}>',
        path=path,
        line=element.sourceline,
        xpath=element.getroottree().getpath(element),
        hint=f"an id names one element; this one was given in line {first} already",
        link=_LINK,
    )


def _local_pointers(tree: etree._ElementTree) -> Iterator[tuple[etree._Element, str, str]]:
    for element in tree.iter("*"):
        attributes = element.attrib
        if not attributes:
            continue
        for attribute in POINTERS:
            value = attributes.get(attribute)
            if value is not None:
                for pointer in value.split():
                    if pointer.startswith("#"):
                        yield element, attribute, pointer
