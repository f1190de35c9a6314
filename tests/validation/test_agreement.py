"""Whatever is done to a good file, all judges agree on it, and what is valid here is valid TEI.

Random variations of the good file go to our validator and jing (RELAX NG) and to xmlschema (W3C schema),
and those that are valid to jing with the schema of all of TEI.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei.names import T
from tei.parse import parse_file
from tei.validation.files import RELAX_NG, schema_file
from tests.jing import invalid, require_jing, tei_all
from tests.validation.samples import COMPLETE, by_relax_ng, by_w3c_schema, schema_elements

Change = Callable[[list[etree._Element], st.DataObject], None]

NAMES = [f"{T}{name}" for name in [*schema_elements(), "u", "milestone"]] + ["{urn:x}p", "p"]
XML = "{http://www.w3.org/XML/1998/namespace}"
ATTRIBUTES = [
    *("ana", "cert", "corresp", "n", "next", "part", "place", "rend", "resp", "source", "subtype", "target"),
    *("type", "unit", "when", "who", "quantity", "break", "reason", "level", "colour"),
    *(f"{XML}id", f"{XML}lang", f"{XML}space", "{urn:x}y"),
]
VALUES = [
    *("", " ", "x", "two words", " bottom ", "high", "I", "no", "3", "-1", "1.50", "1901", "1901-02-30"),
    *(
        "1901-02",
        "#p90",
        "#p90 #p91",
        "p90",
        "#1",
        "#",
        "https://example.org/a%20b?c=d#e",
        "a b",
        "en",
        "en-GB",
    ),
    *("preserve", "default", "header", "page", "m", "[87]", "é", "½"),
]


def _pick(elements: list[etree._Element], data: st.DataObject) -> etree._Element:
    # Never the root: without it there is nothing left to judge.
    return elements[data.draw(st.integers(1, len(elements) - 1))]


def delete(elements: list[etree._Element], data: st.DataObject) -> None:
    element = _pick(elements, data)
    _drop(element)


def duplicate(elements: list[etree._Element], data: st.DataObject) -> None:
    element = _pick(elements, data)
    twin = copy.deepcopy(element)
    if data.draw(st.booleans()):
        for inner in twin.iter(etree.Element):
            inner.attrib.pop(f"{XML}id", None)
    element.addnext(twin)


def rename(elements: list[etree._Element], data: st.DataObject) -> None:
    _pick(elements, data).tag = data.draw(st.sampled_from(NAMES))


def move(elements: list[etree._Element], data: st.DataObject) -> None:
    element, target = _pick(elements, data), _pick(elements, data)
    if element not in target.iterancestors() and element is not target:
        _drop(element)
        element.tail = None
        target.insert(data.draw(st.integers(0, len(target))), element)


def set_attribute(elements: list[etree._Element], data: st.DataObject) -> None:
    element = _pick(elements, data)
    name = data.draw(st.sampled_from([*ATTRIBUTES, *element.attrib]))
    element.set(name, data.draw(st.sampled_from(VALUES)))


def drop_attribute(elements: list[etree._Element], data: st.DataObject) -> None:
    element = data.draw(st.sampled_from([e for e in elements if e.attrib] or elements))
    if element.attrib:
        del element.attrib[data.draw(st.sampled_from(sorted(element.attrib)))]


def add_text(elements: list[etree._Element], data: st.DataObject) -> None:
    # Not only white space: an empty element may hold that in RELAX NG, and not in a W3C schema.
    element = _pick(elements, data)
    element.tail = f"{element.tail or ''}text"


def _drop(element: etree._Element) -> None:
    """Take ``element`` out, its text stays where it is."""
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


CHANGES: list[Change] = [delete, duplicate, rename, move, set_attribute, drop_attribute, add_text]


def _variation(data: st.DataObject) -> bytes:
    tree = parse_file(COMPLETE)
    for change in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3)):
        elements = list(tree.iter(etree.Element))
        if len(elements) > 1:
            change(elements, data)
    return etree.tostring(tree, encoding="UTF-8")


@pytest.mark.slow
def test_all_judges_agree(tmp_path: Path) -> None:
    verdicts: dict[bytes, bool] = {}

    @given(st.data())
    @settings(
        max_examples=250,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def judge(data: st.DataObject) -> None:
        document = _variation(data)
        verdict = by_relax_ng(document)
        event("valid" if verdict else "invalid")
        assert by_w3c_schema(document) is verdict
        verdicts[document] = verdict

    judge()
    assert {True, False} <= set(verdicts.values())
    require_jing()
    files = {tmp_path / f"{number}.xml": document for number, document in enumerate(verdicts)}
    for file, document in files.items():
        file.write_bytes(document)
    ours = invalid(schema_file(RELAX_NG), list(files))
    assert ours == {file for file, document in files.items() if not verdicts[document]}
    assert not invalid(tei_all(), [file for file in files if file not in ours])
