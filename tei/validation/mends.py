"""What a file would be with its plain mistakes mended, so that what follows from them is not told as well.

``<cor>`` for ``<corr>`` is one mistake. As it stands, the text of the file would differ from its source, too:
so the layers behind the schema look at the tree as it is most likely meant, and leave it as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from tei.names import T, local_name, qualified
from tei.places import written
from tei.problems import Problem
from tei.validation.files import RELAX_NG, schema_file
from tei.validation.identities import lost_id
from tei.validation.index import XML_ID, Index
from tei.validation.noted import Noted, element_at

_MOST: Final = 50
_ELEMENT: Final = re.compile(r'<element name="([^"]+)"')
_ATTRIBUTE: Final = re.compile(r'<attribute name="([^"]+)"')
_NEEDED: Final = re.compile(r"needs the attribute (\S+)")
_NOTE_ANCHOR: Final = "noteAnchor"


class Mend(NamedTuple):
    """``attribute`` of ``element`` becomes ``value``, or goes; without an attribute its tag does."""

    element: etree._Element
    attribute: str | None
    value: str | None


@contextmanager
def mended(mends: Sequence[Mend]) -> Iterator[None]:
    """Change the tree for a while."""
    before: list[tuple[etree._Element, str, dict[str, str]]] = []
    try:
        for element, attribute, value in mends:
            before.append((element, str(element.tag), {str(k): str(v) for k, v in element.attrib.items()}))
            if attribute is None:
                element.tag = value or element.tag
            elif value is None:
                element.attrib.pop(attribute, None)
            else:
                element.set(attribute, value)
        yield
    finally:
        for element, tag, attributes in reversed(before):
            element.tag = tag
            element.attrib.clear()
            element.attrib.update(attributes)


def of_notes(noted: Iterable[Noted]) -> list[Mend]:
    """The mends that a layer of checks proposes itself."""
    return [Mend(one.element, one.attribute, one.mend) for one in noted if one.attribute and one.mend]


def of_schema(tree: etree._ElementTree, problems: Iterable[Problem]) -> list[Mend]:
    """The mends of what our schema finds in ``tree``: misspelt names, lost ids, pointers without ``#``."""
    found: list[Mend] = []
    index: Index | None = None
    for problem in islice(problems, _MOST):
        element = element_at(tree, problem.xpath)
        if element is None or not isinstance(element.tag, str):
            continue
        if problem.code == "TEI-S001":
            found += _renamed(element)
        elif problem.code == "TEI-S004":
            found += _renamed_attributes(element)
        elif problem.code in {"TEI-S005", "TEI-S006"}:
            index = Index(tree) if index is None else index
            found += _put_back(element, problem.message, index) + _with_sign(element, index)
    return found


def _renamed(element: etree._Element) -> list[Mend]:
    elements, _ = _names()
    name = local_name(element.tag).rpartition("}")[2]
    if f"{T}{name}" == element.tag and name in elements:
        return []
    near = name if name in elements else _nearest(name, elements)
    return [Mend(element, None, T + near)] if near else []


def _renamed_attributes(element: etree._Element) -> list[Mend]:
    _, attributes = _names()
    found = []
    for key in map(str, element.keys()):
        name = written(element, key)
        near = None if name in attributes else _nearest(name, attributes)
        if near and element.get(qualified(near)) is None:
            found += [Mend(element, qualified(near), element.get(key)), Mend(element, key, None)]
    return found


def _put_back(element: etree._Element, message: str, index: Index) -> list[Mend]:
    needed = _NEEDED.search(message)
    if needed is None:
        return []
    if needed[1] == "xml:id":
        name = lost_id(element, index)
        return [Mend(element, XML_ID, name)] if name else []
    if needed[1] == "target" and element.get("type") == _NOTE_ANCHOR:
        pointed = {pointer.target for pointer in index.pointers}
        names = [
            note.get(XML_ID)
            for note in index.tree.iter(f"{T}note")
            if note.get("place") and not note.get("prev")
        ]
        lonely = [name for name in names if name and name not in pointed]
        return [Mend(element, "target", f"#{lonely[0]}")] if len(lonely) == 1 else []
    return []


def _with_sign(element: etree._Element, index: Index) -> list[Mend]:
    return [
        Mend(element, str(key), " ".join(f"#{word}" if word in index.ids else word for word in value.split()))
        for key, value in element.items()
        if key in _LOCAL and "#" not in value and any(word in index.ids for word in value.split())
    ]


_LOCAL: Final = frozenset(
    {"ana", "corresp", "next", "prev", "ref", "resp", "source", "target", "toWhom", "who"}
)


def _nearest(name: str, names: frozenset[str]) -> str | None:
    return next(iter(get_close_matches(name, sorted(names), n=1, cutoff=0.6)), None)


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The names of the elements and of the attributes in the project's schema."""
    grammar = schema_file(RELAX_NG).read_text(encoding="utf-8")
    return frozenset(_ELEMENT.findall(grammar)), frozenset(_ATTRIBUTE.findall(grammar))
