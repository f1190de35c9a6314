"""Names of the TEI and XML namespaces, and the characters that XML cannot hold."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

TEI_NS: Final = "http://www.tei-c.org/ns/1.0"
XML_NS: Final = "http://www.w3.org/XML/1998/namespace"
T: Final = f"{{{TEI_NS}}}"

#: Elements whose text an editor adds: no view of the source shows it (TEI Guidelines, chapters 3.5 and 11.3).
EDITORIAL: Final = frozenset({"corr", "reg", "expan", "supplied", "ex"})

#: Characters that an XML 1.0 document may not contain (section 2.2); ``<g>`` stands for each of them.
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@lru_cache
def qualified(name: str) -> str:
    """The Clark name that lxml wants for a span's or attribute's short name."""
    if name.startswith("xml:"):
        return f"{{{XML_NS}}}{name[4:]}"
    return name


@lru_cache
def element_name(name: str) -> str:
    """The Clark name of an element: a bare name is TEI's, ``{}x`` is in no namespace."""
    if name.startswith("{}"):
        return name[2:]
    return name if name.startswith("{") else T + name


def local_name(tag: object) -> str:
    """The local name of a TEI element's tag; the tag itself outside TEI; ``""`` for a comment or the like."""
    if not isinstance(tag, str):
        return ""
    return tag.removeprefix(T)


def character_id(character: str) -> str:
    """The ``xml:id`` of the ``<char>`` that declares ``character``: ``u000C``."""
    return f"u{ord(character):04X}"


def id_character(reference: str) -> str | None:
    """The character that ``g/@ref`` stands for, if it is one that XML forbids."""
    match = re.fullmatch("#u([0-9A-F]{4,6})", reference)
    character = chr(int(match[1], 16)) if match and int(match[1], 16) <= 0x10FFFF else ""
    return character if character and FORBIDDEN.fullmatch(character) else None
