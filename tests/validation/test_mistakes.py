"""Each deliberate mistake is found by both schemas, and told once, with its code, its line and a hint."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from tei.parse import parse_bytes
from tei.problems import Problem
from tei.validation.files import RELAX_NG, W3C_SCHEMA, schema_file
from tei.validation.models import Choice
from tei.validation.schema import check_schema
from tests.jing import invalid, jing, require_jing, tei_all
from tests.validation.samples import COMPLETE, by_relax_ng, by_w3c_schema, schema_elements, varied


class Mistake(NamedTuple):
    """``old`` becomes ``new``; the problem has ``code`` and stands ``lower`` lines below it."""

    name: str
    old: str
    new: str
    code: str
    lower: int = 0


SPEECH = "<speaker>WREN:</speaker> <p>Friends, bells!"
BOTTOM = '<note place="bottom" xml:id="n90.1" n="*" resp="#ed">'
PAGE = '<pb n="92" xml:id="p92" prev="#p90"/>'
AGENCY = "<publisher>The Bell Society</publisher><authority>Basil Finch</authority>"
NUMBERED = "<pubPlace>Leeds</pubPlace>\n        <date"
EMPH = "<emph>then"

MISTAKES = [
    Mistake("unknown element", "<p>What bells", "<para>x</para><p>What bells", "TEI-S001"),
    Mistake("element of TEI that is not in use", "<p>What bells", "<u>x</u><p>What bells", "TEI-S001"),
    Mistake(
        "foreign namespace",
        "<emph>then</emph>",
        '<b xmlns="http://www.w3.org/1999/xhtml">then</b>',
        "TEI-S001",
    ),
    Mistake("no namespace", "<emph>then</emph>", '<emph xmlns="">then</emph>', "TEI-S001"),
    Mistake("p in p", "<p>More.</p>", "<p><p>More.</p></p>", "TEI-S001"),
    Mistake("p in head", "<head>PART ONE</head>", "<head><p>PART ONE</p></head>", "TEI-S001"),
    Mistake("p in persName", ">Ada Wren</persName> of", "><p>Ada</p></persName> of", "TEI-S001"),
    Mistake("text in div", "<p>Notes on it.</p>", "loose <p>Notes on it.</p>", "TEI-S003"),
    Mistake("text in body", "</front><body>", "</front><body>loose", "TEI-S003"),
    Mistake("text in list", "<label>bell</label>", "loose <label>bell</label>", "TEI-S003"),
    Mistake("text in sp", SPEECH, f"loose {SPEECH}", "TEI-S003"),
    Mistake("text in block quote", "<p>Set off from the text.</p>", "Set off from the text.", "TEI-S003"),
    Mistake("text in choice", "<sic>Bel</sic>", "<sic>Bel</sic>l", "TEI-S003"),
    Mistake("text in lb", '<lb break="no"/>cially', '<lb break="no">x</lb>cially', "TEI-S003"),
    Mistake("head after p", "<p>Notes on it.</p>", "<p>Notes on it.</p><head>Late</head>", "TEI-S001"),
    Mistake("p after div", "</div>\n</body>", "</div><p>x</p>\n</body>", "TEI-S001"),
    Mistake(
        "p after closing trailer", "<trailer>END</trailer>", "<trailer>END</trailer><p>x</p>", "TEI-S001"
    ),
    Mistake("label without item", "<item>rings</item>", "", "TEI-S002"),
    Mistake("sp without speech", "<p>More.</p></sp>", '<p>More.</p></sp><sp who="#wren"></sp>', "TEI-S002"),
    Mistake("reaction without desc", "<desc>(Applause.)</desc>", "", "TEI-S002"),
    Mistake("line break in desc", "(Applause.)", "(App<lb/>lause.)", "TEI-S001"),
    Mistake(
        "corr before sic",
        '<sic>Bel</sic><corr cert="high" resp="#ed">Bell</corr>',
        "<corr>Bell</corr><sic>Bel</sic>",
        "TEI-S002",
    ),
    Mistake("sic with reg", "<orig>shew</orig>", "<sic>shew</sic>", "TEI-S001"),
    Mistake(
        "choice with one reading", "<abbr>Mr.</abbr><expan>Mister</expan>", "<abbr>Mr.</abbr>", "TEI-S002"
    ),
    Mistake("empty titlePage", "<item>rings</item>", "<item><titlePage/></item>", "TEI-S001"),
    Mistake("address outside of its line", "<addrLine>2 Bell Lane</addrLine>", "2 Bell Lane", "TEI-S003"),
    Mistake("note without place", BOTTOM, '<note xml:id="n90.1">', "TEI-S005"),
    Mistake("note without id", BOTTOM, '<note place="bottom">', "TEI-S005"),
    Mistake("pb without n", PAGE, '<pb xml:id="p92"/>', "TEI-S005"),
    Mistake("pb without id", PAGE, '<pb n="92"/>', "TEI-S005"),
    Mistake(
        "ref without target", '<ref type="noteAnchor" target="#n90.1">', '<ref type="noteAnchor">', "TEI-S005"
    ),
    Mistake("div without type", '<div type="speech" xml:id="speech">', '<div xml:id="speech">', "TEI-S005"),
    Mistake("kinesic without type", '<kinesic type="applause"', "<kinesic", "TEI-S005"),
    Mistake("vocal without type", '<vocal type="laughter"', "<vocal", "TEI-S005"),
    Mistake("incident without type", '<incident type="action"', "<incident", "TEI-S005"),
    Mistake("change without when", '<change when="2024-05-01"', "<change", "TEI-S005"),
    Mistake("availability without status", '<availability status="free">', "<availability>", "TEI-S005"),
    Mistake("gap without reason", '<gap reason="illegible"/>', "<gap/>", "TEI-S005"),
    Mistake("text that may be reflowed", '<text xml:space="preserve">', "<text>", "TEI-S005"),
    Mistake("unknown attribute", '<div type="speech"', '<div colour="red" type="speech"', "TEI-S004"),
    Mistake("who on quote", '<quote source="#n90.1">', '<quote who="#wren" source="#n90.1">', "TEI-S004"),
    Mistake("type on hi", '<hi rend="italic">', '<hi rend="italic" type="x">', "TEI-S004"),
    Mistake("attribute in a namespace", EMPH, '<emph xmlns:x="urn:x" x:y="1">then', "TEI-S004"),
    Mistake(
        "attribute of schema instances",
        EMPH,
        '<emph xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="false">then',
        "TEI-S004",
    ),
    Mistake("status not in the list", 'status="free"', 'status="open"', "TEI-S006"),
    Mistake(
        "kind of running matter",
        '<fw type="header" place="top">',
        '<fw type="header" place="left">',
        "TEI-S006",
    ),
    Mistake("force of a hyphen", '<pc force="weak">', '<pc force="soft">', "TEI-S006"),
    Mistake("place of a note", BOTTOM, BOTTOM.replace("bottom", "somewhere"), "TEI-S006"),
    Mistake("certainty", 'cert="high"', 'cert="90%"', "TEI-S006"),
    Mistake("date that is none", '<date when="2024-05-01">', '<date when="2024-02-30">', "TEI-S006"),
    Mistake("pointer without #", '<sp who="#wren">', '<sp who="wren">', "TEI-S006"),
    Mistake("type of two words", '<div type="speech"', '<div type="a speech"', "TEI-S006"),
    Mistake("language", '<foreign xml:lang="la">', '<foreign xml:lang="lat in">', "TEI-S006"),
    Mistake("id that is no name", 'xml:id="a1"', 'xml:id="1a"', "TEI-S006"),
    Mistake("publicationStmt out of order", NUMBERED, f'<idno type="DOI">1</idno>{NUMBERED}', "TEI-S001"),
    Mistake("publicationStmt without publisher", AGENCY, "", "TEI-S002", 1),
    Mistake(
        "person without a name",
        '<personGrp xml:id="audience"><name>The audience</name>',
        '<personGrp xml:id="audience">',
        "TEI-S002",
    ),
]
# By the rules of W3C schemas these attributes may stand on every element.
BY_BOTH = [m for m in MISTAKES if m.name != "attribute of schema instances"]


def _problems(data: bytes, choice: Choice | None = None) -> list[Problem]:
    return check_schema(parse_bytes(data), "bad.xml", data, choice)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_it_is_told_once_where_it_stands(mistake: Mistake) -> None:
    data, line = varied(mistake.old, mistake.new)
    [problem] = _problems(data)
    assert (problem.code, problem.line) == (mistake.code, line + mistake.lower), str(problem)
    assert problem.column
    assert problem.path == "bad.xml"
    assert problem.xpath
    assert problem.hint
    assert problem.link


@pytest.mark.parametrize("mistake", BY_BOTH, ids=lambda m: m.name)
def test_the_w3c_schema_finds_it_in_the_same_line(mistake: Mistake) -> None:
    data, line = varied(mistake.old, mistake.new)
    problems = _problems(data, Choice(xsd=(schema_file(W3C_SCHEMA),)))
    # Where something is missing before an element, it says that the element is not allowed.
    codes = {mistake.code, "TEI-S001"} if mistake.code == "TEI-S002" else {mistake.code}
    assert (problems[0].line, problems[0].code in codes) == (line + mistake.lower, True), problems


@pytest.mark.slow
def test_jing_finds_every_one(tmp_path: Path) -> None:
    require_jing()
    files = []
    for number, mistake in enumerate(MISTAKES):
        file = tmp_path / f"{number}.xml"
        file.write_bytes(varied(mistake.old, mistake.new)[0])
        files.append(file)
    assert invalid(schema_file(RELAX_NG), files) == set(files)


def test_the_good_file_is_valid_to_all() -> None:
    data = COMPLETE.read_bytes()
    assert by_relax_ng(data)
    assert by_w3c_schema(data)


def test_the_good_file_is_valid_tei() -> None:
    assert jing(tei_all(), [COMPLETE]) == {COMPLETE: []}


def test_the_good_file_uses_every_element() -> None:
    used = {etree.QName(element).localname for element in etree.parse(COMPLETE).iter(etree.Element)}
    assert schema_elements() == sorted(used)
