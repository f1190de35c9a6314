"""What is named and what points in a tree, gathered once for all checks that need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple
from urllib.parse import unquote

from lxml import etree

from tei.names import TEI_NS, XML_NS, local_name

XML_ID: Final = f"{{{XML_NS}}}id"

POINTERS: Final = frozenset(
    {
        "active",
        "adj",
        "adjFrom",
        "adjTo",
        "ana",
        "calendar",
        "change",
        "children",
        "copyOf",
        "corresp",
        "datcat",
    }
    | {
        "datingMethod",
        "decls",
        "domains",
        "edRef",
        "end",
        "exclude",
        "facs",
        "feats",
        "follow",
        "hand",
        "inst",
    }
    | {
        "lemmaRef",
        "location",
        "mergedIn",
        "mutual",
        "new",
        "next",
        "nymRef",
        "origin",
        "parts",
        "passive",
        "perf",
    }
    | {"period", "prev", "ptr", "ref", "render", "rendition", "resp", "sameAs", "scheme", "select", "since"}
    | {
        "source",
        "spanTo",
        "start",
        "synch",
        "target",
        "targetEnd",
        "toWhom",
        "url",
        "valueDatcat",
        "where",
        "who",
    }
    | {"wit"}
)
"""The attributes of TEI that hold one or several pointers (datatype ``teidata.pointer``)."""

_EXAMPLES: Final = "{http://www.tei-c.org/ns/Examples}"
_FIND_IDS: Final = etree.XPath("//@xml:id")
_FIND_POINTERS: Final = etree.XPath("//@*[contains(., '#')]")
_FIND_BASES: Final = etree.XPath("boolean(//@xml:base)")
_FIND_PREFIXES: Final = etree.XPath("//t:prefixDef[@ident]", namespaces={"t": TEI_NS})
_PREFIXED: Final = etree.XPath("//@*[contains(., ':')]")
# ``(.+)`` and the like: what a prefix is followed by stands for itself.
_WHOLE: Final = frozenset({"(.+)", "(.*)", r"(\S+)", r"(\S*)", "([a-zA-Z0-9_-]+)", "([a-z]+)", "([a-zA-Z]+)"})


class Pointer(NamedTuple):
    """One pointer into the same file: where it stands, as it is written, the id that it names."""

    element: etree._Element
    attribute: str
    written: str
    target: str


class Index:
    """The ids of a tree, and the pointers to them."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self.tree = tree
        self.ids: dict[str, etree._Element] = {}
        self.repeated: dict[str, list[etree._Element]] = {}
        """The elements of each id that several have, the first one included."""
        for value in _FIND_IDS(tree):
            self._add(str(value), value.getparent())

    def _add(self, name: str, element: etree._Element) -> None:
        first = self.ids.setdefault(name, element)
        if first is not element:
            self.repeated.setdefault(name, [first]).append(element)

    @cached_property
    def pointers(self) -> list[Pointer]:
        """All pointers into this file, in document order within each kind of pointer."""
        return [*self._hashes(), *self._prefixed()]

    @cached_property
    def missing(self) -> dict[str, list[Pointer]]:
        """The ids that are pointed at and that no element has."""
        found: dict[str, list[Pointer]] = {}
        for pointer in self.pointers:
            if pointer.target not in self.ids:
                found.setdefault(pointer.target, []).append(pointer)
        return found

    def pointed_by(self, attribute: str, name: str) -> Iterator[Pointer]:
        """The pointers in ``attribute`` of the elements called ``name``."""
        for pointer in self.pointers:
            if pointer.attribute == attribute and local_name(pointer.element.tag) == name:
                yield pointer

    def _hashes(self) -> Iterator[Pointer]:
        bases = bool(_FIND_BASES(self.tree))
        for value in _FIND_POINTERS(self.tree):
            name = value.attrname
            if name not in POINTERS:
                continue
            element = value.getparent()
            # What an example points at is no affair of the file that shows it.
            if element.tag.startswith(_EXAMPLES) or (bases and _elsewhere(element)):
                continue
            for word in value.split():
                if word[0] == "#" and len(word) > 1:
                    yield Pointer(element, name, word, self._named(word[1:]))

    def _named(self, written: str) -> str:
        return written if written in self.ids or "%" not in written else unquote(written)

    def _prefixed(self) -> Iterator[Pointer]:
        prefixes = self._prefixes()
        if not prefixes:
            return
        for value in _PREFIXED(self.tree):
            if value.attrname not in POINTERS:
                continue
            for word in value.split():
                prefix, colon, rest = word.partition(":")
                pattern = prefixes.get(prefix) if colon else None
                if pattern is not None:
                    target = pattern.replace("$1", rest)[1:]
                    yield Pointer(value.getparent(), value.attrname, word, self._named(target))

    def _prefixes(self) -> Mapping[str, str]:
        """The prefixes that stand for a place in this file (TEI Guidelines, 16.2.3), with their patterns.

        The patterns come from the file: they are compared, and never run.
        """
        found: dict[str, str] = {}
        for one in _FIND_PREFIXES(self.tree):
            pattern = one.get("replacementPattern", "")
            local = pattern.startswith("#") and pattern.count("$") == 1 and "$1" in pattern
            if local and one.get("matchPattern", "") in _WHOLE:
                found[one.get("ident", "")] = pattern
        return found


def _elsewhere(element: etree._Element) -> bool:
    """Whether relative pointers on ``element`` start from another file (``xml:base``)."""
    node: etree._Element | None = element
    while node is not None:
        if node.get(_BASE):
            return True
        node = node.getparent()
    return False


_BASE: Final = f"{{{XML_NS}}}base"
