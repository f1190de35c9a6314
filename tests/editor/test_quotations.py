"""The editor's word on quotations, over what the rules find."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.encode import encode_path
from tei.errors import EditionError
from tests.encoding import assert_valid, pages, text_of
from tests.structure.made import EDITION

PEOPLE = """\
[[person]]
id = "berg"
name = "Anna Berg"
[[person]]
id = "may"
name = "Theresa May"
[[organization]]
id = "senate"
name = "The Senate"
"""
TEXT = pages(
    "Anna Berg wrote: “It rains in the valley,” and “it has poured in the hills.”*\n\n"
    "It was “weather.”\n\n* Letters to a Friend, p. 5.",
    "The “weather” was no better. Theresa May\nrepeated that “weather” was a word.",
    "“It will stop,” she said, “at noon today.”",
)


def quoted(folder: Path, decisions: str) -> list[tuple[str, str, dict[str, str]]]:
    """Element, words and attributes of each quotation in the text."""
    (folder / "edition.toml").write_text(f'people = "persons.toml"\n{EDITION}', encoding="utf-8")
    (folder / "persons.toml").write_text(PEOPLE, encoding="utf-8")
    (folder / "decisions.toml").write_text(decisions, encoding="utf-8")
    (folder / "source.txt").write_text(TEXT, encoding="utf-8")
    tree = etree.ElementTree(etree.fromstring(encode_path(folder).xml))
    assert_valid(tree)
    names = ("said", "quote", "q", "soCalled", "mentioned", "term", "gloss", "title")
    return [
        (
            etree.QName(one).localname,
            "".join(map(str, one.itertext())),
            {str(key): str(value) for key, value in one.attrib.items()},
        )
        for one in text_of(tree).iter(*(f"{{*}}{name}" for name in names))
        if "level" not in one.attrib
    ]


def test_what_the_rules_find(tmp_path: Path) -> None:
    found = quoted(tmp_path, "")
    assert [(name, words) for name, words, _ in found] == [
        ("q", "“It rains in the valley,”"),
        ("q", "“it has poured in the hills.”"),
        ("soCalled", "“weather.”"),
        ("soCalled", "“weather”"),
        ("soCalled", "“weather”"),
        ("said", "“It will stop,”"),
        ("said", "“at noon today.”"),
    ]
    assert all(attributes["who"] == "#berg" for name, _, attributes in found if name == "q")


def test_another_kind(tmp_path: Path) -> None:
    decisions = 'quotation = [{ page = "2", text = "“weather” was a", kind = "mentioned" }]'
    assert quoted(tmp_path, decisions)[-3] == ("mentioned", "“weather”", {})


def test_words_that_stand_more_than_once(tmp_path: Path) -> None:
    decisions = 'quotation = [{ page = "2", text = "weather", after = "that “", kind = "term" }]'
    assert quoted(tmp_path, decisions)[-3] == ("term", "“weather”", {})


def test_another_speaker_is_certain_and_the_note_stays_the_source(tmp_path: Path) -> None:
    decisions = 'quotation = [{ text = "it has poured", who = "#may" }]'
    name, words, attributes = quoted(tmp_path, decisions)[1]
    assert (name, words) == ("q", "“it has poured in the hills.”")
    assert attributes == {"who": "#may", "type": "written", "source": "#n1.1"}


def test_the_speaker_of_one_part_is_that_of_the_other(tmp_path: Path) -> None:
    found = quoted(tmp_path, 'quotation = [{ text = "It will stop", who = "#senate" }]')
    assert [attributes["who"] for _, _, attributes in found[-2:]] == ["#senate", "#senate"]


def test_nobody(tmp_path: Path) -> None:
    found = quoted(tmp_path, 'quotation = [{ text = "It rains", who = "none" }]')
    assert found[0][0] == "quote"
    assert "who" not in found[0][2]


def test_several_and_a_body(tmp_path: Path) -> None:
    decisions = 'quotation = [{ text = "It rains", who = "#senate #may", cert = "low" }]'
    name, _, attributes = quoted(tmp_path, decisions)[0]
    assert (name, attributes["who"], attributes["cert"]) == ("q", "#senate #may", "low")
    root = etree.fromstring(encode_path(tmp_path).xml)
    bodies = [body.findtext("{*}orgName") for body in root.findall(".//{*}particDesc/{*}listOrg/{*}org")]
    assert bodies == ["The Senate"]


def test_a_source(tmp_path: Path) -> None:
    found = quoted(tmp_path, 'quotation = [{ text = "It rains", source = "#p2" }]')
    assert found[0][2]["source"].split()[-1] == "#p2"


def test_no_quotation(tmp_path: Path) -> None:
    found = quoted(tmp_path, 'quotation = [{ page = "1", text = "weather", kind = "none" }]')
    assert [words for _, words, _ in found] == [
        "“It rains in the valley,”",
        "“it has poured in the hills.”",
        "“weather”",
        "“weather”",
        "“It will stop,”",
        "“at noon today.”",
    ]


def test_one_that_the_rules_miss(tmp_path: Path) -> None:
    decisions = 'quotation = [{ page = "2", text = "was no", to = "better.", kind = "said", who = "#may" }]'
    assert ("said", "was no better.", {"who": "#may"}) in quoted(tmp_path, decisions)


def test_one_that_ends_elsewhere(tmp_path: Path) -> None:
    decisions = 'quotation = [{ text = "“It rains", to = "it has poured in the hills.”", kind = "quote" }]'
    assert quoted(tmp_path, decisions)[0][1] == "“It rains in the valley,” and “it has poured in the hills.”"


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ('text = "weather", page = "1", kind = "soCalled", cert = "{cert}"', "changes nothing"),
        ('text = "Anna Berg", kind = "said"', "begins no quotation; quote its first words"),
        ('text = "It snows", kind = "said"', "is not there; quote the source as it is printed"),
        ('text = "It rains", to = "It snows", kind = "said"', "'It snows' is not there"),
    ],
)
def test_a_decision_that_cannot_be_carried_out(decision: str, message: str, tmp_path: Path) -> None:
    cert = next(found[2].get("cert", "high") for found in quoted(tmp_path, "") if found[1] == "“weather.”")
    with pytest.raises(EditionError, match=rf"decisions\.toml:2: quotation.*{message}"):
        quoted(tmp_path, f"quotation = [\n  {{ {decision.format(cert=cert)} }},\n]\n")


@pytest.mark.parametrize("who", ["may", "#", "#may, #berg", ""])
def test_a_pointer_that_is_none(who: str, tmp_path: Path) -> None:
    with pytest.raises(EditionError, match=r"quotation.*who.*(is no pointer; write|is empty)"):
        quoted(tmp_path, f'quotation = [{{ text = "It rains", who = "{who}" }}]')
