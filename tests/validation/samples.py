"""The good fixture, which uses every element of the schema, and how the tests judge variations of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree

from tei.parse import parse_bytes
from tei.validation.files import RELAX_NG, W3C_SCHEMA, schema_file
from tei.validation.models import Choice
from tei.validation.schema import check_schema

FIXTURES: Final = Path(__file__).with_name("fixtures")
COMPLETE: Final = FIXTURES / "complete.xml"
RNG: Final = "{http://relaxng.org/ns/structure/1.0}"


def complete() -> str:
    """The text of the good fixture."""
    return COMPLETE.read_text(encoding="utf-8")


def varied(old: str, new: str) -> tuple[bytes, int]:
    """The fixture with ``old``, which must stand in it once, replaced; and the line of the change."""
    text = complete()
    assert text.count(old) == 1, f"{text.count(old)} times in the fixture: {old}"
    line = text[: text.index(old)].count("\n") + 1
    return text.replace(old, new).encode(), line


def by_relax_ng(data: bytes) -> bool:
    """The verdict of our RELAX NG schema."""
    return not check_schema(parse_bytes(data), "x.xml", data, limit=1)


def by_w3c_schema(data: bytes) -> bool:
    """The verdict of our W3C schema."""
    choice = Choice(xsd=(schema_file(W3C_SCHEMA),))
    return not check_schema(parse_bytes(data), "x.xml", data, choice, limit=1)


def schema_elements() -> list[str]:
    """The names of all elements that the schema declares."""
    tree = etree.parse(schema_file(RELAX_NG))
    return sorted({str(element.get("name")) for element in tree.iter(f"{RNG}element")})
