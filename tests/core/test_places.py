"""Line and column of tags and attributes, counted in characters, in every encoding that is read."""

from __future__ import annotations

import pytest

from tei.parse import parse_bytes
from tei.places import Place, Places, place_at

TEXT = "<?xml version='1.0'?>\n<a xmlns:q='urn:q'>é𝄞<b n='1' q:x=\"a>b\"\n   xml:id='c'/>\n</a>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tags_and_attributes(encoding: str) -> None:
    data = TEXT.encode(encoding)
    tree = parse_bytes(data)
    element = tree.getroot()[0]
    places = Places(tree, data, [element])
    assert places.of(element) == Place(2, 22)
    assert places.of(element, "n") == Place(2, 25)
    assert places.of(element, "{urn:q}x") == Place(2, 31)
    assert places.of(element, "{http://www.w3.org/XML/1998/namespace}id") == Place(3, 4)
    assert places.of(element, "none") == Place(2, 22)


def test_windows_line_ends_and_lines_beyond_16_bits() -> None:
    data = f"<a>{70_000 * chr(10)}<!-- <b/> -->\r\n <b\r\n n='1'/></a>".encode()
    tree = parse_bytes(data)
    places = Places(tree, data, [tree.getroot()[-1]])
    assert places.of(tree.getroot()[-1]) == Place(70_002, 2)
    assert places.of(tree.getroot()[-1], "n") == Place(70_003, 2)


def test_without_the_bytes_lines_are_known() -> None:
    tree = parse_bytes(b"<a>\n<b/></a>")
    assert Places(tree, None, [tree.getroot()[0]]).of(tree.getroot()[0], "n") == Place(2)


def test_the_place_of_a_character() -> None:
    assert place_at("ab\r\nc\rd\ne", 7) == Place(3, 2)
    assert place_at("ab", 0) == Place(1, 1)
