"""Which elements have an id that is not theirs? A wrong id leads all its pointers astray: one mistake."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from tei.names import local_name
from tei.validation.index import XML_ID, Index, Pointer
from tei.validation.targets import fits, kind_of

DIGITS: Final = re.compile(r"[0-9]+")

_CANDIDATES: Final = 3000
_TRIED: Final = 20
_LONGER: Final = 3
_Count = tuple[int, ...]
# Elements that are there to be pointed at.
_POINTED_AT: Final = frozenset({"note", "person", "personGrp", "org", "category", "respStmt"})


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Which of ``names`` looks most like ``name``: p91 is not nearly p92, another page is meant."""
    numbers = DIGITS.findall(name)
    alike = (
        one
        for one in names
        if (abs(len(one) - len(name)) <= _LONGER or one.startswith(name) or name.startswith(one))
        and DIGITS.findall(one) == numbers
    )
    return next(iter(get_close_matches(name, list(islice(alike, _CANDIDATES)), n=1, cutoff=0.6)), None)


class WrongId(NamedTuple):
    """An element whose id ``name`` is wrong; it should most likely be ``meant``.

    ``right`` is the element to which the id belongs, if it is used twice.
    """

    element: etree._Element
    name: str
    meant: str | None
    right: etree._Element | None = None


def wrong_ids(index: Index) -> Iterator[WrongId]:
    """The elements that have the id of another one, and those whose id is misspelt."""
    free = dict(index.missing)
    pointers = _pointers_to(index, index.repeated)
    neighbours = _Neighbours(index.tree)
    known = list(islice(index.ids, _CANDIDATES))
    for name, elements in index.repeated.items():
        right = _owner(name, elements, pointers[name], neighbours)
        for element in elements:
            if element is not right:
                meant = _meant(element, name, free, known)
                free.pop(meant or "", None)
                yield WrongId(element, name, meant, right)
    if free:
        yield from _misspelt(index, free)


def _pointers_to(index: Index, names: Collection[str]) -> dict[str, list[Pointer]]:
    found: dict[str, list[Pointer]] = {name: [] for name in names}
    if names:
        for pointer in index.pointers:
            if pointer.target in found:
                found[pointer.target].append(pointer)
    return found


class _Neighbours:
    """The ids around an element, those of its like: ids count on, and a strange one stands out."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self._tree = tree
        self._counts: dict[object, dict[etree._Element, tuple[_Count, _Count]]] = {}

    def agree(self, element: etree._Element, name: str) -> bool:
        """Whether the numbers in ``name`` lie between those of the ids before and behind ``element``."""
        tag = element.tag
        if tag not in self._counts:
            like = [one for one in self._tree.iter(str(tag)) if one.get(XML_ID)]
            counts = [_count(one.get(XML_ID, "")) for one in like]
            around = zip([(), *counts], [*counts[1:], ()], strict=False)
            self._counts[tag] = dict(zip(like, around, strict=False))
        before, behind = self._counts[tag].get(element, ((), ()))
        own = _count(name)
        return bool(own) and before <= own and (not behind or own <= behind)


def _count(name: str) -> _Count:
    return tuple(int(digits[:9]) for digits in DIGITS.findall(name))


def _owner(
    name: str, elements: Sequence[etree._Element], pointers: Sequence[Pointer], neighbours: _Neighbours
) -> etree._Element:
    """Whose id it is: of the kind that its pointers look for, and suiting it; else of the first one."""

    def likely(element: etree._Element) -> tuple[int, int, bool, bool]:
        kind = sum(fits(pointer, element) for pointer in pointers[:_CANDIDATES])
        return kind, _suits(element, name), neighbours.agree(element, name), element is elements[0]

    return max(elements, key=likely)


def _misspelt(index: Index, free: Mapping[str, list[Pointer]]) -> Iterator[WrongId]:
    """Ids that nothing points at, each with a missing id that is meant for the same thing."""
    pointed = {pointer.target for pointer in index.pointers}
    lonely = {name: element for name, element in index.ids.items() if name not in pointed}
    for missing, pointers in islice(free.items(), _CANDIDATES):
        if len(pointers) == 1:  # as likely as not it is the pointer that is misspelt
            continue
        suitable = [
            name
            for name, element in islice(lonely.items(), _CANDIDATES)
            if (_suits(element, missing) > _suits(element, name) or local_name(element.tag) in _POINTED_AT)
            and all(fits(pointer, element) for pointer in pointers)
        ]
        best = get_close_matches(missing, suitable, n=1, cutoff=0.6)
        if best:
            yield WrongId(lonely.pop(best[0]), best[0], missing)


def _suits(element: etree._Element, name: str) -> int:
    """How well an id suits an element: by its ``n``, and by what it points at."""
    digits = DIGITS.findall(element.get("n", ""))
    score = 2 * (bool(digits) and digits == DIGITS.findall(name))
    for attribute in ("next", "prev", "corresp"):
        # What an element points at, it is not.
        score -= f"#{name}" in element.get(attribute, "").split()
    return score


def _meant(
    element: etree._Element, name: str, free: Mapping[str, list[Pointer]], known: Sequence[str]
) -> str | None:
    """The id that ``element`` should have: one that is pointed at and that nothing has.

    Rather not one that looks like a ``known`` id misspelt.
    """
    suitable = [one for one, pointers in free.items() if all(fits(pointer, element) for pointer in pointers)]
    suited = [one for one in suitable[:_CANDIDATES] if _suits(element, one) > 0]
    # The id of something is pointed at more often than a pointer is misspelt in the same way.
    weights = {one: _weight(free[one]) for one in suitable}
    most = max(weights.values(), default=(False, 0))
    often = [one for one in suitable if weights[one] == most]
    if len(often) > 1:
        often = [one for one in often[:_TRIED] if nearest(one, known) is None] or often
    best = suited or get_close_matches(name, often[:_CANDIDATES], n=1, cutoff=0.0)
    return best[0] if best else None


def _weight(pointers: Sequence[Pointer]) -> tuple[bool, int]:
    """Whether the pointers say what kind of thing they look for, and how many they are."""
    kinds = (kind_of(pointer.element, pointer.attribute, own=True) for pointer in pointers[:_CANDIDATES])
    return any(kind is not None for kind in kinds), len(pointers)


def lost_id(element: etree._Element, index: Index) -> str | None:
    """The id that ``element``, which has none, should most likely have."""
    suitable = [
        name
        for name, pointers in index.missing.items()
        if all(fits(pointer, element) for pointer in pointers)
    ]
    suited = [name for name in suitable if _suits(element, name) > 0]
    return next(iter(suited or suitable if len(suitable) == 1 or suited else []), None)
