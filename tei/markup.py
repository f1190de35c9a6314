"""An XML file as it is written: its tags and texts with their places, beside the tree made of it.

To change a file here and there and to leave all the rest as it is, byte for byte, its own characters have
to be cut and joined: a tree that is written anew has other quotation marks, references and spaces within
tags. The file must have been parsed before: what follows relies on its being well-formed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

from lxml import etree

from tei.names import XML_NS

_TOKEN: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<!DOCTYPE(?:\"[^\"]*\"|'[^']*'|[^\[>\"'])*+"
    r"(?:\[(?:<!--.*?-->|<\?.*?\?>|\"[^\"]*\"|'[^']*'|[^\]\"'])*+\]\s*)?>"
    r"|<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>|[^<]+",
    re.DOTALL,
)
_NAME: Final = re.compile(r"</?(?:([^\s/>:]+):)?([^\s/>:]+)")
_CHARACTER: Final = re.compile(r"&[^;]*;|\r\n|.", re.DOTALL)
_POINTED_AT: Final = re.compile(r"""["'\s]#([^\s"'#]+)""")
_CDATA: Final = "<![CDATA["
_XML_ID: Final = f"{{{XML_NS}}}id"


class Kind(IntEnum):
    """What a token is; ``OTHER`` is a comment, an instruction, a declaration."""

    TEXT = 0
    CDATA = 1
    OPEN = 2
    CLOSE = 3
    EMPTY = 4
    OTHER = 5


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its node, its tags (numbers of tokens, one number for an empty tag), its parent."""

    node: etree._Element
    name: str
    opening: int
    closing: int
    parent: int


class Markup:
    """A file cut into tokens.

    ``kinds``, ``starts`` and ``ends`` say of each token what it is and where in ``raw`` it stands;
    ``owners`` the element (by its number, -1 outside of all) whose tag it is, or in which it stands.
    """

    def __init__(self, raw: str, root: etree._Element) -> None:
        self.raw = raw
        self.kinds = array("b")
        self.starts = array("q")
        self.ends = array("q")
        self.owners = array("q")
        self.elements: list[Element] = []
        # The token that begins each node (comments, too), and the one that ends it.
        self._tags: dict[etree._Element, tuple[int, int]] = {}
        self._numbers: dict[etree._Element, int] = {}
        self._slots: dict[tuple[etree._Element, bool], Slot] = {}
        self._cut(list(root.iter()))

    def _cut(self, nodes: list[etree._Element]) -> None:
        raw = self.raw
        opened: list[int] = []
        parents: list[int] = []
        closings: list[int] = []
        openings: list[int] = []
        others: list[tuple[etree._Element, int]] = []
        own: list[etree._Element] = []
        waiting = iter(nodes)
        for number, match in enumerate(_TOKEN.finditer(raw)):
            start, end = match.span()
            kind = _kind(raw, start, end)
            owner = opened[-1] if opened else -1
            if kind in (Kind.OPEN, Kind.EMPTY):
                parents.append(owner)
                openings.append(number)
                closings.append(number)
                own.append(next(waiting))
                owner = len(own) - 1
                if kind == Kind.OPEN:
                    opened.append(owner)
            elif kind == Kind.CLOSE:
                closings[opened.pop()] = number
            elif kind == Kind.OTHER and opened:
                others.append((next(waiting), number))
            self.kinds.append(kind)
            self.starts.append(start)
            self.ends.append(end)
            self.owners.append(owner)
        for at, node in enumerate(own):
            named = _NAME.match(raw, self.starts[openings[at]])
            assert named is not None
            self.elements.append(Element(node, named[2], openings[at], closings[at], parents[at]))
            self._tags[node] = openings[at], closings[at]
            self._numbers[node] = at
        for node, number in others:
            self._tags[node] = number, number

    def number(self, node: etree._Element) -> int:
        """The number of an element."""
        return self._numbers[node]

    def span(self, node: etree._Element) -> tuple[int, int]:
        """Where a node begins and ends, its tags included."""
        opening, closing = self._tags[node]
        return self.starts[opening], self.ends[closing]

    def slot(self, node: etree._Element, tail: bool) -> Slot:
        """The places of the characters of ``node.text`` or ``node.tail``."""
        key = (node, tail)
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = self._new_slot(self._tags[node][tail] + 1)
        return found

    def _new_slot(self, token: int) -> Slot:
        first = token
        while token < len(self.kinds) and self.kinds[token] <= Kind.CDATA:
            token += 1
        start, end = self.starts[first], self.ends[token - 1]
        raw = self.raw
        plain = token == first + 1 and self.kinds[first] == Kind.TEXT
        if plain and raw.find("&", start, end) < 0 and raw.find("\r", start, end) < 0:
            return Slot(start, None, None)
        starts, ends = array("q"), array("q")
        for one in range(first, token):
            begin, stop = self.starts[one], self.ends[one]
            if self.kinds[one] == Kind.CDATA:
                begin, stop = begin + len(_CDATA), stop - 3
            for match in _CHARACTER.finditer(raw, begin, stop):
                in_cdata = self.kinds[one] == Kind.CDATA and match[0][0] == "&"
                for at in range(match.start(), match.end()) if in_cdata else (match.start(),):
                    starts.append(at)
                    ends.append(at + 1 if in_cdata else match.end())
        return Slot(start, starts, ends)

    def token_at(self, place: int) -> int:
        """The token that the character at ``place`` belongs to."""
        return bisect_right(self.starts, place) - 1

    def around(self, place: int) -> int:
        """The element within which ``place`` lies; at the start of a tag, the one around the tag."""
        token = self.token_at(place)
        if token < 0:
            return -1
        owner = self.owners[token]
        kind = self.kinds[token]
        if kind in (Kind.OPEN, Kind.EMPTY) and place == self.starts[token]:
            return self.elements[owner].parent
        return owner

    def ancestors(self, element: int) -> list[int]:
        """``element`` and all around it, the innermost first."""
        found = []
        while element >= 0:
            found.append(element)
            element = self.elements[element].parent
        return found

    def inside(self, element: int) -> tuple[int, int]:
        """Where the content of an element begins and ends."""
        one = self.elements[element]
        return self.ends[one.opening], self.starts[one.closing] if one.closing != one.opening else self.ends[
            one.opening
        ]

    def outside(self, element: int) -> tuple[int, int]:
        """Where an element begins and ends, its tags included."""
        one = self.elements[element]
        return self.starts[one.opening], self.ends[one.closing]

    def tag(self, element: int) -> str:
        """The opening tag of an element as it is written."""
        opening = self.elements[element].opening
        return self.raw[self.starts[opening] : self.ends[opening]]

    def prefixed(self, element: int, name: str) -> str:
        """The name of a new TEI element beside ``element``: with the same prefix, if it has one."""
        match = _NAME.match(self.tag(element))
        return f"{match[1]}:{name}" if match and match[1] else name

    @cached_property
    def pointed_at(self) -> frozenset[str]:
        """All ids that something in the file points at."""
        return frozenset(_POINTED_AT.findall(self.raw))

    @cached_property
    def ids(self) -> frozenset[str]:
        """All ids of the file."""
        return frozenset(filter(None, (one.node.get(_XML_ID) for one in self.elements)))

    def needed(self, element: int) -> str | None:
        """The id of an element, if something points at it."""
        own = self.elements[element].node.get(_XML_ID)
        return own if own in self.pointed_at else None

    @cached_property
    def with_source(self) -> list[int]:
        """The elements that name their source (``@source``)."""
        return [number for number, one in enumerate(self.elements) if one.node.get("source")]

    @cached_property
    def line_end(self) -> str:
        """How the lines of the file end."""
        return "\r\n" if "\r\n" in self.raw else "\n"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the characters of one text stand: at ``start`` and on, or each at a place of its own."""

    start: int
    starts: array[int] | None
    ends: array[int] | None

    def extend(self, first: int, last: int, starts: array[int], ends: array[int]) -> None:
        """Add the places of the characters ``first`` to ``last`` (half open)."""
        if self.starts is None or self.ends is None:
            starts.extend(range(self.start + first, self.start + last))
            ends.extend(range(self.start + first + 1, self.start + last + 1))
        else:
            starts.extend(self.starts[first:last])
            ends.extend(self.ends[first:last])

    def span(self, first: int, last: int) -> tuple[int, int]:
        """From where the character ``first`` begins to where the one before ``last`` ends."""
        if self.starts is None or self.ends is None:
            return self.start + first, self.start + last
        return self.starts[first], self.ends[last - 1]


def escaped(text: str) -> str:
    """``text`` as it stands in XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _kind(raw: str, start: int, end: int) -> Kind:
    if raw[start] != "<":
        return Kind.TEXT
    second = raw[start + 1]
    if second == "/":
        return Kind.CLOSE
    if second == "!":
        return Kind.CDATA if raw.startswith(_CDATA, start) else Kind.OTHER
    if second == "?":
        return Kind.OTHER
    return Kind.EMPTY if raw[end - 2] == "/" else Kind.OPEN
