"""The links within a stranger's EPUB, and the ids that their ends have in TEI."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei.epub.foreign.markup import X

Place: TypeAlias = tuple[str, str]
"""A file and an id in it."""

_NCNAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_WEB: Final = re.compile(r"(?:https?://|mailto:)[A-Za-z0-9][^\s<>\"{}|\\^`\[\]]*")


@dataclass(frozen=True)
class ForeignPage:
    """A page: its path in the archive, and its body."""

    path: str
    body: etree._Element


class Links:
    """All links between ``pages``: ``found`` tells where each leads, ``targets`` what stands there."""

    def __init__(self, pages: Sequence[ForeignPage]) -> None:
        self.found: dict[etree._Element, Place] = {}
        self.order: dict[etree._Element, int] = {}
        self.targets: dict[Place, etree._Element] = {}
        self._places: dict[etree._Element, Place] = {}
        self._ids: dict[Place, str] = {}
        self._used: set[str] = set()
        self._paths = {page.body: page.path for page in pages}
        for page in pages:
            for node in page.body.iter(f"{X}*"):
                if (identifier := node.get("id")) and (page.path, identifier) not in self.targets:
                    self.targets[page.path, identifier] = node
                    self._places[node] = (page.path, identifier)
        for page in pages:
            for link in page.body.iter(f"{X}a"):
                place = self._place(link.get("href", ""), page.path)
                if place in self.targets:
                    self.found[link] = place
                    self.order[link] = len(self.order)
        self._wanted = set(self.found.values())

    @staticmethod
    def web(link: etree._Element) -> str | None:
        """The address in the web that a link leads to, if any."""
        href = link.get("href", "").strip()
        return href if _WEB.fullmatch(href) else None

    def id_of(self, node: etree._Element) -> str | None:
        """The ``xml:id`` of an element that a link leads to."""
        place = self._places.get(node)
        return self.id_at(place) if place in self._wanted and place is not None else None

    def id_at(self, place: Place) -> str:
        """The ``xml:id`` of a place."""
        if place not in self._ids:
            name = place[1] if _NCNAME.fullmatch(place[1]) else f"id-{len(self._ids) + 1}"
            self._ids[place] = self.new_id(name)
        return self._ids[place]

    def new_id(self, name: str) -> str:
        """An ``xml:id`` like ``name`` that no other element has."""
        made, number = name, 1
        while made in self._used:
            number += 1
            made = f"{name}-{number}"
        self._used.add(made)
        return made

    def path_from(self, node: etree._Element, href: str) -> str:
        """The path in the archive that ``href`` means where ``node`` stands."""
        body = next((one for one in node.iterancestors() if one in self._paths), node)
        return self._place(href, self._paths.get(body, ""))[0] or href

    @staticmethod
    def _place(href: str, base: str) -> Place:
        try:
            parts = urlsplit(href.strip())
        except ValueError:  # a broken address
            return base, ""
        if parts.scheme or parts.netloc:
            return "", ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
        return (path if parts.path else base), unquote(parts.fragment)
