"""The tags of TEI that an element of XHTML carries (``tei.epub.carry``)."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from tei.epub.carry import OWN_ID, quoted
from tei.names import XML_NS

_LANG: Final = f"{{{XML_NS}}}lang"
_ID: Final = f"{{{XML_NS}}}id"
_NAME: Final = r"[^\W\d][\w.\-\u00b7]*(?::[^\W\d][\w.\-\u00b7]*)?"
_START: Final = re.compile(rf"<({_NAME})\s*")
_ATTRIBUTE: Final = re.compile(rf"""({_NAME})(?:\s*=\s*('[^<']*'|"[^<"]*"))?(?:\s+|$)""")
_CLASS: Final = re.compile(rf"tei-({_NAME})")


class End(str):
    """An end-tag."""

    __slots__ = ()


class CarriedError(Exception):
    """What an element carries is damaged."""


def carried_name(classes: list[str]) -> str | None:
    """The name of the TEI element that one of these classes tells of."""
    for token in classes:
        if token.startswith("tei-"):
            return token[4:]
    return None


class TagReader:
    """Builds start-tags and end-tags; most of them are like one before."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[str, End]] = {}

    def tags(self, node: etree._Element, name: str) -> tuple[str, End]:
        """The start-tag and the end-tag of the element that ``node`` carries, ``name`` being of its class.

        :raises CarriedError: ``data-tei`` is no list of attributes.
        """
        data = node.get("data-tei", "")
        identifier = node.get("id")
        if identifier is not None and identifier.startswith(OWN_ID):
            identifier = None
        language = node.get(_LANG)
        if language is None:
            language = node.get("lang")
        if identifier is None and language is None:
            found = self._known.get((name, data))
            if found is None:
                found = self._known[name, data] = _tags(name, data, {})
            return found
        apart = {"xml:id": identifier, "xml:lang": language}
        return _tags(name, data, {key: value for key, value in apart.items() if value is not None})


def _tags(name: str, data: str, apart: dict[str, str]) -> tuple[str, End]:
    at = 0
    match = _START.match(data)
    if match:
        name, at = match[1], match.end()
    elif not _CLASS.fullmatch(f"tei-{name}"):
        raise CarriedError(f"{name!r} is no name of an element")
    own: dict[str, str] = {}
    while at < len(data):
        match = _ATTRIBUTE.match(data, at)
        if match is None:
            raise CarriedError(f"data-tei={quoted(data)} is no list of attributes")
        key, value = match[1], match[2]
        if key in own:
            raise CarriedError(f"data-tei={quoted(data)} has {key} twice")
        if value is not None:
            own[key] = value
        elif key in apart:
            own[key] = quoted(apart[key])
        at = match.end()
    # What is said in no other way comes first.
    first = {key: quoted(value) for key, value in apart.items() if key not in own}
    attributes = "".join(f" {key}={value}" for key, value in {**first, **own}.items())
    return f"<{name}{attributes}>", End(f"</{name}>")
