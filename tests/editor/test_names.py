"""The editor's word on names, over what the rules find."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.encode import encode_path
from tei.errors import EditionError
from tests.encoding import assert_valid
from tests.structure.made import EDITION

PEOPLE = """\
[[person]]
id = "berg"
name = "Anna Berg"
[[person]]
id = "may"
name = "Theresa May"
alone = false
"""
TEXT = "Anna Berg spoke of the weather in Berg, a town.\n\nIn summer May came.\n"


def named(folder: Path, decisions: str) -> list[tuple[str, str | None]]:
    """Each name that is marked in the text, and the person it points at."""
    (folder / "edition.toml").write_text(f'people = "persons.toml"\n{EDITION}', encoding="utf-8")
    (folder / "persons.toml").write_text(PEOPLE, encoding="utf-8")
    (folder / "decisions.toml").write_text(decisions, encoding="utf-8")
    (folder / "source.txt").write_text(TEXT, encoding="utf-8")
    tree = etree.ElementTree(etree.fromstring(encode_path(folder).xml))
    assert_valid(tree)
    found = tree.findall("{*}text//{*}persName")
    return [("".join(map(str, name.itertext())), name.get("ref")) for name in found]


def test_what_the_rules_find(tmp_path: Path) -> None:
    assert named(tmp_path, "") == [("Anna Berg", "#berg"), ("Berg", "#berg")]


def test_a_name_that_the_rules_miss(tmp_path: Path) -> None:
    decisions = '[[name]]\ntext = "May"\nafter = "In summer"\nref = "#may"\n'
    assert named(tmp_path, decisions) == [("Anna Berg", "#berg"), ("Berg", "#berg"), ("May", "#may")]


def test_a_name_that_is_none(tmp_path: Path) -> None:
    decisions = '[[name]]\ntext = "Berg"\nafter = "weather in"\nref = "none"\n'
    assert named(tmp_path, decisions) == [("Anna Berg", "#berg")]


def test_people_whom_the_text_names_stand_in_the_header(tmp_path: Path) -> None:
    named(tmp_path, "")
    root = etree.fromstring(encode_path(tmp_path).xml)
    people = root.findall(".//{*}listPerson/{*}person")
    assert [person.get("{http://www.w3.org/XML/1998/namespace}id") for person in people] == ["berg"]


def test_a_decision_that_changes_nothing_is_reported(tmp_path: Path) -> None:
    decisions = '\n[[name]]\ntext = "Anna Berg"\nref = "#berg"\n'
    with pytest.raises(EditionError, match=r"decisions\.toml:3: name: 'Anna Berg' changes nothing"):
        named(tmp_path, decisions)


def test_a_decision_without_a_place_is_reported(tmp_path: Path) -> None:
    decisions = '[[name]]\ntext = "Anna Burg"\nref = "none"\n'
    with pytest.raises(EditionError, match=r"decisions\.toml:2: name: 'Anna Burg' is not there"):
        named(tmp_path, decisions)
