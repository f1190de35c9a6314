"""The order of attributes in a start tag.

XML gives the order no meaning. This one is what ``tei encode`` writes, so that a file encoded here and edited
by hand changes only where the hand was.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tei.names import XML_NS, local_name

# What a thing is, its number and place, its name, whom or what it points at.
_FIRST: Final = (
    *("scheme", "selector", "ident", "version", "unit", "quantity", "when", "from", "to"),
    *("level", "type", "subtype", "n", "place", "xml:id", "who", "ref", "target"),
)
# Who says so and how surely; what comes next. ``next`` and ``prev`` stay in the order given.
_LAST: Final = {"resp": 1, "cert": 2, "next": 3, "prev": 3, "break": 4}
_MIDDLE: Final = len(_FIRST)
_FOREIGN: Final = _MIDDLE + 10

# Elements with an order of their own, as far as it is another one.
_EXCEPTIONS: Final[dict[str, tuple[str, ...]]] = {
    "note": ("type", "place", "xml:id", "n"),
    "pb": ("n", "xml:id", "cert"),
    "q": ("who", "type"),
}
# In the parts of what is split, the name stands beside those of the other parts.
_PARTS: Final = frozenset({"next", "prev"})
_WHOLE: Final = frozenset({"note", "pb"})


@lru_cache(maxsize=4096)
def in_order(tag: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The ``names`` of the attributes of a ``tag`` (all of them Clark names) in the order to write them.

    Attributes that no list knows stand in alphabetical order between the first and the last ones; those of
    other namespaces than XML's come at the end.
    """
    element = local_name(tag)
    own = _EXCEPTIONS.get(element, ())
    split = element not in _WHOLE and not _PARTS.isdisjoint(names)
    return tuple(sorted(names, key=lambda name: _rank(name, own, split=split)))


def _rank(name: str, own: Iterable[str], *, split: bool) -> tuple[int, int, str]:
    short = f"xml:{name[len(XML_NS) + 2 :]}" if name.startswith(f"{{{XML_NS}}}") else name
    for at, one in enumerate(own):
        if short == one:
            return -1, at, ""
    if short == "xml:id" and split:
        return _MIDDLE + _LAST["cert"], 1, ""
    if short in _FIRST:
        return _FIRST.index(short), 0, ""
    if short in _LAST:
        return _MIDDLE + _LAST[short], 0, ""
    return (_FOREIGN if short.startswith("{") else _MIDDLE), 0, short
