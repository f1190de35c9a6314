"""The ODD is good TEI, its examples are good, and all that is documented is true."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from lxml import etree

from schema.odd.model import ClassSpec, ElementSpec, Odd, Spec
from schema.odd.read import read_odd
from schema.odd.relaxng import relax_ng
from tei.names import TEI_NS, T
from tests.jing import jing, require_jing, tei_all

RNG = "{http://relaxng.org/ns/structure/1.0}"


@pytest.fixture(scope="module")
def odd(root: Path) -> Odd:
    return read_odd(root / "schema" / "tei-edition.odd")


def startable(grammar: etree._Element, place: Path) -> Path:
    """The schema, written to `place`, so that any of its elements may be the root of a document."""
    grammar = copy.deepcopy(grammar)
    start = grammar.find(f"{RNG}start")
    assert start is not None
    for child in list(start):
        start.remove(child)
    choice = etree.SubElement(start, f"{RNG}choice")
    for define in grammar.iterchildren(f"{RNG}define"):
        if define.find(f"{RNG}element[@name]") is not None:
            etree.SubElement(choice, f"{RNG}ref", attrib={"name": str(define.get("name"))})
    assert len(choice) > 100
    place.write_bytes(etree.tostring(grammar))
    return place


def test_the_odd_is_valid_tei(root: Path) -> None:
    file = root / "schema" / "tei-edition.odd"
    assert jing(tei_all(), [file]) == {file: []}


def test_every_example_is_valid_here_and_in_tei(odd: Odd, tmp_path: Path) -> None:
    require_jing()
    files = {}
    for spec in odd.elements():
        for number, example in enumerate(spec.examples):
            file = tmp_path / f"{spec.ident}-{number}.xml"
            name = re.match(r"<([A-Za-z]+)", example)
            assert name is not None
            file.write_text(example.replace(name[0], f'{name[0]} xmlns="{TEI_NS}"', 1), encoding="utf-8")
            files[file] = spec
    ours = startable(relax_ng(odd, documented=False), tmp_path / "ours.rng")
    all_of_tei = startable(etree.parse(tei_all()).getroot(), tmp_path / "tei_all.rng")
    for schema in (ours, all_of_tei):
        assert {file.name: found for file, found in jing(schema, list(files)).items() if found} == {}


def test_every_element_shows_itself_and_where_the_guidelines_have_it(odd: Odd) -> None:
    for spec in odd.elements():
        assert spec.examples, spec.ident
        for example in spec.examples:
            assert re.search(rf"<{spec.name}\b", example), spec.ident
        assert spec.remarks[-1].endswith(f"/en/html/ref-{spec.name}.html)."), spec.ident


def test_every_attribute_of_an_element_is_told_once(odd: Odd) -> None:
    """An attribute of the element's own must not come from one of its classes, too."""

    def names(spec: Spec) -> list[str]:
        assert isinstance(spec, ElementSpec | ClassSpec)
        above = [name for key in spec.classes for name in names(odd.specs[key])]
        return [*above, *(attribute.name for attribute in spec.attributes)]

    for spec in odd.elements():
        found = names(spec)
        assert sorted(found) == sorted(set(found)), spec.ident


def test_elements_with_two_contents_are_told_apart(odd: Odd) -> None:
    twice = {spec.ident: spec.name for spec in odd.elements() if spec.ident != spec.name}
    assert twice["quote.block"] == "quote"
    assert all(isinstance(odd.specs[name], ElementSpec) for name in twice.values())


def test_the_header_of_the_odd_names_what_the_schema_is(root: Path) -> None:
    tree = etree.parse(root / "schema" / "tei-edition.odd")
    schema = tree.find(f".//{T}schemaSpec")
    assert schema is not None
    assert (schema.get("ident"), schema.get("start")) == ("tei-edition", "TEI")
    # TEI's own tools take from TEI only what is named: each element of theirs is in the list of its module.
    included = {n for m in schema.iterchildren(f"{T}moduleRef") for n in str(m.get("include", "")).split()}
    replaced = {str(s.get("ident")) for s in tree.iter(f"{T}elementSpec") if s.get("mode") == "replace"}
    assert included == replaced
