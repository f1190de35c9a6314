"""Spoil a document at random places, in the ways in which people spoil documents."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Final

from lxml import etree

XML: Final = "{http://www.w3.org/XML/1998/namespace}"
TEI: Final = "{http://www.tei-c.org/ns/1.0}"
NAMES: Final = (
    "p", "div", "head", "lb", "pb", "note", "hi", "ref", "q", "quote", "sp", "speaker", "stage", "l",
    "lg", "list", "item", "name", "persName", "date", "title", "bibl", "ab", "seg", "w", "pc",
    "teiHeader", "fileDesc", "titleStmt", "publicationStmt", "sourceDesc", "text", "body", "front",
    "back", "choice", "sic", "corr", "abbr", "expan", "gap", "unclear", "figure", "graphic", "table",
    "row", "cell", "egXML", "idno", "listBibl", "biblStruct", "monogr", "imprint", "para", "foo",
)  # fmt: skip
ATTRIBUTES: Final = (
    "type", "subtype", "n", "rend", "who", "ref", "target", "corresp", "when", "from", "to",
    "notBefore", "notAfter", "cert", "resp", "source", "place", "unit", "quantity", "extent", "level",
    "key", "ana", "facs", "next", "prev", "part", "break", "reason", "cols", "rows", "scheme", "colour",
    "when-iso", "calendar", "min", "max", "atLeast", "scope", "precision", "evidence", "url",
    "mimeType", "width",
)  # fmt: skip
VALUES: Final = (
    "", " ", "x", "two words", " bottom ", "high", "I", "no", "3", "-1", "1.50",
    "1901", "1901-02-30", "1901-02", "--02-03",
    "#a", "#a #b", "a", "#1", "#", "http://example.org/a%20b?c=d#e", "a b#c#d", "%zz",
    "en", "en-GB", "preserve", "m", "[87]", "é", "½",
    "a\u00a0b", "1901-02-03T10:00:00Z", "P1Y", "true", "TRUE", "10px", "1e5", "NaN", "a:b",
    "☃", "soft\u00adhyphen", "١٢", "x-y",
    "mailto:", "Y", "maybe",
)  # fmt: skip
Change = Callable[[list[etree._Element], random.Random], None]


def mutant(data: bytes, seed: int) -> bytes:
    """Return the document ``data`` with one to three changes, always the same for the same ``seed``."""
    choose = random.Random(seed)
    tree = etree.fromstring(data, etree.XMLParser(collect_ids=False, resolve_entities=False, huge_tree=True))
    for _ in range(choose.choice((1, 1, 1, 2, 3))):
        elements = list(tree.iter(etree.Element))
        if len(elements) > 1:
            choose.choice(CHANGES)(elements, choose)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)


def _pick(elements: list[etree._Element], choose: random.Random) -> etree._Element:
    # Half of the time near the start: that is where the structure is.
    return elements[
        choose.randint(1, min(60, len(elements) - 1) if choose.random() < 0.5 else len(elements) - 1)
    ]


def _drop(element: etree._Element) -> None:
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def delete(elements: list[etree._Element], choose: random.Random) -> None:
    _drop(_pick(elements, choose))


def unwrap(elements: list[etree._Element], choose: random.Random) -> None:
    element = _pick(elements, choose)
    parent = element.getparent()
    assert parent is not None
    place = parent.index(element)
    tail, text = element.tail, element.text
    children = list(element)
    parent.remove(element)
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")
    if tail and len(parent):
        last = parent[min(place + max(len(children) - 1, 0), len(parent) - 1)]
        last.tail = (last.tail or "") + tail


def duplicate(elements: list[etree._Element], choose: random.Random) -> None:
    element = _pick(elements, choose)
    twin = copy.deepcopy(element)
    if choose.random() < 0.7:
        for inner in twin.iter(etree.Element):
            inner.attrib.pop(f"{XML}id", None)
    element.addnext(twin)


def rename(elements: list[etree._Element], choose: random.Random) -> None:
    names = [*(f"{TEI}{name}" for name in NAMES), "{urn:x}p", "p", *{str(e.tag) for e in elements[:200]}]
    _pick(elements, choose).tag = choose.choice(sorted(names))


def move(elements: list[etree._Element], choose: random.Random) -> None:
    element, target = _pick(elements, choose), _pick(elements, choose)
    if element is target or element in target.iterancestors():
        return
    _drop(element)
    element.tail = None
    target.insert(choose.randint(0, len(target)), element)


def wrap(elements: list[etree._Element], choose: random.Random) -> None:
    element = _pick(elements, choose)
    parent = element.getparent()
    assert parent is not None
    outer = etree.Element(f"{TEI}{choose.choice(NAMES)}")
    outer.tail, element.tail = element.tail, None
    parent.replace(element, outer)
    outer.append(element)


def insert(elements: list[etree._Element], choose: random.Random) -> None:
    target = _pick(elements, choose)
    target.insert(choose.randint(0, len(target)), etree.Element(f"{TEI}{choose.choice(NAMES)}"))


def swap(elements: list[etree._Element], choose: random.Random) -> None:
    element = _pick(elements, choose)
    following = element.getnext()
    if following is not None:
        element.tail, following.tail = following.tail, element.tail
        following.addnext(element)


def set_attribute(elements: list[etree._Element], choose: random.Random) -> None:
    element = _pick(elements, choose)
    own = [*map(str, element.attrib)] * 10
    name = choose.choice(
        [*ATTRIBUTES, f"{XML}id", f"{XML}lang", f"{XML}space", f"{XML}base", "{urn:x}y", *own]
    )
    element.set(name, choose.choice(VALUES))


def drop_attribute(elements: list[etree._Element], choose: random.Random) -> None:
    element = choose.choice([e for e in elements if e.attrib] or elements)
    if element.attrib:
        del element.attrib[choose.choice(sorted(map(str, element.attrib)))]


def copy_attribute(elements: list[etree._Element], choose: random.Random) -> None:
    source, target = _pick(elements, choose), _pick(elements, choose)
    for name, value in source.attrib.items():
        target.set(name, value)


def add_text(elements: list[etree._Element], choose: random.Random) -> None:
    element = _pick(elements, choose)
    text = choose.choice(("text", " \n", "\u00a0", "1901", "#a"))
    if choose.random() < 0.5:
        element.tail = f"{element.tail or ''}{text}"
    else:
        element.text = f"{element.text or ''}{text}"


def drop_text(elements: list[etree._Element], choose: random.Random) -> None:
    _pick(elements, choose).text = None


CHANGES: Final[tuple[Change, ...]] = (
    delete, unwrap, duplicate, rename, move, wrap, insert, swap, set_attribute, set_attribute,
    set_attribute, drop_attribute, copy_attribute, add_text, drop_text,
)  # fmt: skip
