"""The table of elements without text is what the schemas say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from tei.format.containers import CONTAINERS
from tests.jing import tei_all

R: Final = "{http://relaxng.org/ns/structure/1.0}"
# Of one line with the text around them, or the text itself.
LEFT_OUT: Final = {"choice", "subst", "ruby", "text", "sourceDoc"}


@cache
def contents(path: Path) -> dict[str, tuple[bool, bool]]:
    """Of each element that a RELAX NG schema names: may it hold text, may it hold elements?"""
    root = etree.parse(path).getroot()
    defined = defaultdict(list)
    for definition in root.iter(f"{R}define"):
        defined[definition.get("name")].append(definition)

    def within(pattern: etree._Element, seen: set[str | None]) -> Iterator[str]:
        for node in pattern.iterchildren(etree.Element):
            kind = str(node.tag).removeprefix(R)
            name = node.get("name")
            if kind == "ref" and name not in seen:
                seen.add(name)
                for definition in defined[name]:
                    yield from within(definition, seen)
            elif kind not in {"ref", "attribute"}:
                yield kind
                if kind != "element":
                    yield from within(node, seen)

    found: dict[str, tuple[bool, bool]] = {}
    for element in root.iter(f"{R}element"):
        name = element.get("name")
        if name is not None:
            kinds = set(within(element, set()))
            text, elements = found.get(name, (False, False))
            found[name] = (
                text or bool(kinds & {"text", "data", "value", "list", "mixed"}),
                elements or "element" in kinds,
            )
    return found


def test_table_is_that_of_tei() -> None:
    of_tei = {name for name, (text, elements) in contents(tei_all()).items() if elements and not text}
    assert len(of_tei) > 200
    assert of_tei - LEFT_OUT == CONTAINERS


def test_schema_of_the_project_allows_no_text_there(root: Path) -> None:
    ours = contents(root / "schema" / "tei-edition.rng")
    assert len(ours.keys() & CONTAINERS) > 40
    assert not [name for name in ours.keys() & CONTAINERS if ours[name][0]]


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_left_out(name: str) -> None:
    assert name not in CONTAINERS
