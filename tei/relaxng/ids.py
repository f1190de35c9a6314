"""Which attributes hold ids (RELAX NG DTD Compatibility, section 5), and are they sound?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tei.errors import LimitError
from tei.relaxng import grammar as g
from tei.relaxng.datatypes import XSD
from tei.relaxng.grammar import Grammar
from tei.relaxng.names import NameClass, overlap

ID_TYPES: Final = frozenset({"ID", "IDREF", "IDREFS"})
MAX_IDS: Final = 1_000_000
"""How many ids of one document are remembered."""


def id_attributes(grammar: Grammar) -> dict[str, dict[str, str]]:
    """Return, by element and attribute, the type of the attributes that hold ids or refer to them.

    Where the schema is not clear about it (the same attribute of the same element holds an id here and
    anything there), the result is empty: ids are not checked then.
    """
    found: dict[str, dict[str, str]] = {}
    attributes: list[tuple[NameClass, NameClass, str]] = []
    for number in sorted(grammar.reachable()):
        node = grammar.nodes[number]
        if node[0] != g.ELEMENT:
            continue
        for name, kind in _attributes(grammar, node[2]):
            attributes.append((node[1], name, kind))
            if kind:
                if not isinstance(node[1], str) or not isinstance(name, str):
                    return {}
                if found.setdefault(node[1], {}).setdefault(name, kind) != kind:
                    return {}
    for element, name, kind in attributes:
        if kind:
            continue
        if isinstance(element, str):
            if any(overlap(name, other) for other in found.get(element, ())):
                return {}
        elif any(
            overlap(element, other) and any(overlap(name, n) for n in names) for other, names in found.items()
        ):
            return {}
    return found


def _attributes(grammar: Grammar, content: int) -> list[tuple[NameClass, str]]:
    """The attributes that the pattern ``content`` allows, each with its kind of id or an empty string."""
    found: list[tuple[NameClass, str]] = []
    seen = {content}
    ahead = [content]
    while ahead:
        node = grammar.nodes[ahead.pop()]
        if node[0] == g.ELEMENT:
            continue
        if node[0] == g.ATTRIBUTE:
            found.append((node[1], _kind(grammar, node[2])))
            continue
        for child in g.children(node):
            if child not in seen:
                seen.add(child)
                ahead.append(child)
    return found


def _kind(grammar: Grammar, number: int) -> str:
    node = grammar.nodes[number]
    # A name that stands for one pattern is kept as a group of one.
    while node[0] == g.GROUP and len(node[1]) == 1:
        node = grammar.nodes[node[1][0]]
    return node[2] if node[0] in (g.DATA, g.VALUE) and node[1] == XSD and node[2] in ID_TYPES else ""


@dataclass(slots=True)
class Ids:
    """The ids of one document, and what refers to them; a place is the number of a tag."""

    defined: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int, int]] = field(default_factory=list)
    """An id, the place where it stands again and the one where it stood first."""
    referred: dict[str, int] = field(default_factory=dict)
    """The first place of each reference."""

    def add(self, kind: str, value: str, place: int) -> None:
        """Take the value of an attribute that is an ``ID``, an ``IDREF`` or ``IDREFS``.

        :raises LimitError: there are more of them than are kept in memory.
        """
        words = value.split()
        if len(self.defined) + len(self.referred) > MAX_IDS:
            raise LimitError(f"there are more than {MAX_IDS} ids, the most that are compared")
        if kind != "ID":
            for word in words:
                self.referred.setdefault(word, place)
        elif len(words) == 1:
            first = self.defined.setdefault(words[0], place)
            if first != place:
                self.repeated.append((words[0], place, first))

    def missing(self) -> list[tuple[str, int]]:
        """Return the references to ids that are nowhere, each with its place."""
        return [(name, place) for name, place in self.referred.items() if name not in self.defined]
