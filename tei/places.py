"""Where in a file the elements of a tree stand: line and column of start tags and of the attributes in them.

A tree knows only the lines of its elements, and none of their columns. The bytes that it was parsed from are
read once more, by another parser, when there is something to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from xml.parsers import expat

from lxml import etree

from tei.names import XML_NS
from tei.parse import codec_of

_TAG: Final = re.compile(r"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*+>?""")
_ATTRIBUTE: Final = re.compile(r"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
# The longest tag that is searched for an attribute.
_MOST: Final = 1 << 20


class Place(NamedTuple):
    """A place in a file; both count from 1, the column in characters. ``None``: not known."""

    line: int | None
    column: int | None = None


class Places:
    """The places of some elements of one file, found in one pass over its bytes."""

    def __init__(
        self, tree: etree._ElementTree, data: bytes | None, elements: Iterable[etree._Element]
    ) -> None:
        """Find ``elements`` of ``tree``, which was parsed from ``data``; without it, only lines are known."""
        self._data = data
        self._codec = codec_of(data) if data is not None else ""
        self._found: dict[etree._Element, tuple[Place, int]] = {}
        wanted = set(elements)
        if data is not None and wanted:
            self._find(data, {number: one for number, one in enumerate(tree.iter("*")) if one in wanted})

    def _find(self, data: bytes, wanted: dict[int, etree._Element]) -> None:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        number = -1

        def at_start(*_: object) -> None:
            nonlocal number
            number += 1
            element = wanted.get(number)
            if element is not None:
                place = Place(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
                self._found[element] = place, parser.CurrentByteIndex

        parser.StartElementHandler = at_start
        try:
            parser.Parse(data, True)
        except expat.ExpatError:  # what only the other parser reads keeps the lines that it told
            self._found.clear()

    def of(self, element: etree._Element, attribute: str | None = None) -> Place:
        """The place of the start tag of ``element``, or of its ``attribute`` (in Clark notation)."""
        known = self._found.get(element)
        if known is None or self._data is None:
            return Place(element.sourceline or None)
        place, offset = known
        if attribute is None or place.line is None or place.column is None:
            return place
        raw = self._data[offset : offset + _MOST].decode(self._codec, errors="replace")
        tag = _TAG.match(raw)
        name = written(element, attribute)
        for match in _ATTRIBUTE.finditer(tag[0] if tag else ""):
            if match[1] == name:
                return after(place, raw[: match.start()])
        return place


def after(place: Place, text: str) -> Place:
    """The place behind ``text``, which begins at ``place``."""
    if place.line is None or place.column is None:
        return place
    ends = list(_LINE_END.finditer(text))
    if not ends:
        return Place(place.line, place.column + len(text))
    return Place(place.line + len(ends), len(text) - ends[-1].end() + 1)


def place_at(raw: str, offset: int) -> Place:
    """The place of the character ``offset`` of a whole file."""
    return after(Place(1, 1), raw[:offset])


def text_of(data: bytes) -> str:
    """The characters of an XML file in UTF-8 or UTF-16, without its byte order mark."""
    return data.decode(codec_of(data), errors="replace").removeprefix("\ufeff")


def written(element: etree._Element, attribute: str) -> str:
    """The name of an attribute as it is written in the file: with the prefix of its namespace."""
    if not attribute.startswith("{"):
        return attribute
    namespace, _, name = attribute[1:].partition("}")
    if namespace == XML_NS:
        return f"xml:{name}"
    prefix = next((key for key, value in element.nsmap.items() if key and value == namespace), None)
    return f"{prefix}:{name}" if prefix else name
