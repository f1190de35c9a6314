"""Name classes: which elements or attributes a pattern speaks of (RELAX NG, section 3 and 9.3).

A name is written as lxml writes it: ``{namespace}local``, or ``local`` in no namespace. A name class is
plain data, so that it can be kept in a file: a string is that very name, any other class is a tuple.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

NameClass = str | tuple["str | NameClass | None", ...]
"""``name``, ``("ns", namespace, except)``, ``("any", except)`` or ``("|", class, class…)``."""

ANY: Final = "any"
NAMESPACE: Final = "ns"
EITHER: Final = "|"
XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"
_PREFIXES: Final = {XML_NAMESPACE: "xml:", "http://www.w3.org/2001/XMLSchema-instance": "xsi:"}

# Names that no schema writes: they stand for "any other namespace" and "any other local name".
_ELSEWHERE: Final = "\x01"


def namespace_of(name: str) -> str:
    """Return the namespace of ``name``, an empty string where it has none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def local_of(name: str) -> str:
    """Return ``name`` without its namespace."""
    return name.rpartition("}")[2]


def full_name(namespace: str, local: str) -> str:
    """Return the name ``local`` of ``namespace``."""
    return f"{{{namespace}}}{local}" if namespace else local


def contains(name_class: NameClass, name: str) -> bool:
    """Say whether ``name`` belongs to ``name_class`` (section 9.3.3)."""
    if isinstance(name_class, str):
        return name_class == name
    if name_class[0] == EITHER:
        return any(contains(part, name) for part in name_class[1:] if part is not None)
    if name_class[0] == NAMESPACE and namespace_of(name) != name_class[1]:
        return False
    excluded = name_class[-1]
    return excluded is None or not contains(excluded, name)


def simple_names(name_class: NameClass) -> Iterator[str]:
    """Yield the single names in ``name_class``; what stands in an exception is none of them."""
    if isinstance(name_class, str):
        yield name_class
    elif name_class[0] == EITHER:
        for part in name_class[1:]:
            if part is not None:
                yield from simple_names(part)


def is_open(name_class: NameClass) -> bool:
    """Say whether ``name_class`` has names without end: ``anyName`` or ``nsName`` stands in it."""
    if isinstance(name_class, str):
        return False
    return name_class[0] != EITHER or any(is_open(part) for part in name_class[1:] if part is not None)


def overlap(one: NameClass, other: NameClass) -> bool:
    """Say whether some name belongs to both classes (section 7.3 and 7.4).

    The names and namespaces that the two mention, and one of each that neither mentions, decide it.
    """
    if isinstance(one, str):
        return contains(other, one)
    if isinstance(other, str):
        return contains(one, other)
    names = {*_witnesses(one), *_witnesses(other)}
    return any(contains(one, name) and contains(other, name) for name in names)


def _witnesses(name_class: NameClass) -> Iterator[str]:
    if isinstance(name_class, str):
        yield name_class
        return
    if name_class[0] == NAMESPACE:
        yield full_name(str(name_class[1]), _ELSEWHERE)
    elif name_class[0] == ANY:
        yield full_name(_ELSEWHERE, _ELSEWHERE)
    for part in name_class[2:] if name_class[0] == NAMESPACE else name_class[1:]:
        if part is not None:
            yield from _witnesses(part)


def describe(name_class: NameClass) -> str:
    """Say ``name_class`` in words, for a message."""
    if isinstance(name_class, str):
        return shown(name_class)
    if name_class[0] == EITHER:
        return " or ".join(describe(part) for part in name_class[1:] if part is not None)
    if name_class[0] == NAMESPACE:
        return (
            f"any name of the namespace {name_class[1]}" if name_class[1] else "any name without a namespace"
        )
    return "any other name" if name_class[-1] is not None else "any name"


def shown(name: str) -> str:
    """Return ``name`` as a reader knows it: its local part, and a prefix that always means the same."""
    return _PREFIXES.get(namespace_of(name), "") + local_of(name)
