"""A schema in its simple form: a table of patterns that name each other by number.

This is what simplification (RELAX NG, section 4) leaves: no includes, no references, no ``optional``. It is
plain data, so that it can be kept in a file and read back without running anything from that file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tei.relaxng.names import ANY, EITHER, NAMESPACE, NameClass, simple_names

# The kinds of nodes: the first member of each tuple.
ELEMENT: Final = "element"  # (kind, name class, content)
ATTRIBUTE: Final = "attribute"  # (kind, name class, value)
CHOICE: Final = "choice"  # (kind, (pattern, …))
GROUP: Final = "group"  # (kind, (pattern, …))
INTERLEAVE: Final = "interleave"  # (kind, (pattern, …))
MORE: Final = "oneOrMore"  # (kind, pattern)
LIST: Final = "list"  # (kind, pattern)
DATA: Final = "data"  # (kind, library, type, ((parameter, value), …), exception or None)
VALUE: Final = "value"  # (kind, library, type, text)
TEXT: Final = "text"  # (kind,)
EMPTY: Final = "empty"  # (kind,)
NOT_ALLOWED: Final = "notAllowed"  # (kind,)

Node = tuple[Any, ...]
_FORMAT: Final = 1
_LENGTHS: Final = {
    ELEMENT: 3,
    ATTRIBUTE: 3,
    CHOICE: 2,
    GROUP: 2,
    INTERLEAVE: 2,
    MORE: 2,
    LIST: 2,
    DATA: 5,
    VALUE: 4,
    TEXT: 1,
    EMPTY: 1,
    NOT_ALLOWED: 1,
}


@dataclass(slots=True)
class Grammar:
    """All patterns of a schema; ``start`` is the number of the one that a document must match.

    ``ids`` says which attributes of which elements hold an ``ID``, ``IDREF`` or ``IDREFS``.
    """

    nodes: list[Node]
    start: int
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def reachable(self) -> Iterator[int]:
        """Yield the numbers of the patterns that the start needs, each once."""
        seen = {self.start}
        ahead = [self.start]
        while ahead:
            number = ahead.pop()
            yield number
            for child in children(self.nodes[number]):
                if child not in seen:
                    seen.add(child)
                    ahead.append(child)

    def definitions(self) -> dict[str, tuple[int, ...]]:
        """Return, for each name of an element, the patterns that define such an element."""
        found: dict[str, list[int]] = {}
        for number in sorted(self.reachable()):
            node = self.nodes[number]
            if node[0] == ELEMENT:
                for name in simple_names(node[1]):
                    found.setdefault(name, []).append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}


def children(node: Node) -> tuple[int, ...]:
    """Return the numbers of the patterns that ``node`` is made of."""
    kind = node[0]
    if kind in (CHOICE, GROUP, INTERLEAVE):
        return tuple(node[1])
    if kind in (ELEMENT, ATTRIBUTE):
        return (node[2],)
    if kind in (MORE, LIST):
        return (node[1],)
    if kind == DATA and node[4] is not None:
        return (node[4],)
    return ()


def to_json(grammar: Grammar) -> str:
    """Return ``grammar`` as text, for :func:`from_json`."""
    whole = {"format": _FORMAT, "start": grammar.start, "nodes": grammar.nodes, "ids": grammar.ids}
    return json.dumps(whole, separators=(",", ":"))


def from_json(text: str | bytes) -> Grammar:
    """Return the grammar that :func:`to_json` wrote down.

    :raises ValueError: the text is no such thing; nothing in it is trusted.
    """
    whole = json.loads(text)
    if not isinstance(whole, dict) or whole.get("format") != _FORMAT:
        raise ValueError("not a grammar of this version")
    nodes, start, ids = whole["nodes"], whole["start"], whole["ids"]
    if not isinstance(nodes, list) or type(start) is not int or not 0 <= start < len(nodes):
        raise ValueError("not a table of patterns")
    return Grammar([_node(node, len(nodes)) for node in nodes], start, _ids(ids))


def _node(node: Any, count: int) -> Node:
    if not isinstance(node, list) or not node or _LENGTHS.get(node[0]) != len(node):
        raise ValueError("not a pattern")
    kind = node[0]
    if kind in (CHOICE, GROUP, INTERLEAVE):
        made: Node = (kind, tuple(node[1]))
    elif kind in (ELEMENT, ATTRIBUTE):
        made = (kind, _name_class(node[1]), node[2])
    elif kind == DATA:
        if not all(len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in node[3]):
            raise ValueError("not a parameter")
        made = (kind, str(node[1]), str(node[2]), tuple((name, value) for name, value in node[3]), node[4])
    else:
        made = tuple(node)
    for child in children(made):
        if type(child) is not int or not 0 <= child < count:
            raise ValueError("a pattern that is not there")
    return made


def _name_class(data: Any) -> NameClass:
    if isinstance(data, str):
        return data
    if not isinstance(data, list) or not data or data[0] not in (ANY, NAMESPACE, EITHER):
        raise ValueError("not a name class")
    if data[0] == NAMESPACE:
        return (NAMESPACE, str(data[1]), None if data[2] is None else _name_class(data[2]))
    return (data[0], *(None if part is None else _name_class(part) for part in data[1:]))


def _ids(data: Any) -> dict[str, dict[str, str]]:
    if not isinstance(data, dict):
        raise ValueError("not a table of ids")  # noqa: TRY004 - whatever is wrong, the file is
    return {str(name): {str(k): str(v) for k, v in attributes.items()} for name, attributes in data.items()}
