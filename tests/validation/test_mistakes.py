"""Each deliberate mistake is found by both schemas, and reported with its code and its line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from tei.validation import validate
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
    Mistake("text without body", "</front><body>", "</front><bodies>", "XML"),
    Mistake("label without item", "<item>rings</item>", "", "TEI-S002"),
    Mistake("sp without speech", "<p>More.</p></sp>", '<p>More.</p></sp><sp who="#wren"></sp>', "TEI-S002"),
    Mistake("reaction without desc", "<desc>(Applause.)</desc>", "", "TEI-S002"),
    Mistake("line break in desc", "(Applause.)", "(App<lb/>lause.)", "TEI-S001"),
    Mistake(
        "corr before sic",
        '<sic>Bel</sic><corr cert="high" resp="#ed">Bell</corr>',
        "<corr>Bell</corr><sic>Bel</sic>",
        "TEI-S001",
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
        "XSI",
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
    Mistake("publicationStmt without publisher", AGENCY, "", "TEI-S001", 1),
    Mistake("header without extent of the source", "<titleStmt>", "<titleStmt/><titleStmt>", "TEI-S002"),
    Mistake(
        "person without a name",
        '<personGrp xml:id="audience"><name>The audience</name>',
        '<personGrp xml:id="audience">',
        "TEI-S002",
    ),
]
SPECIAL = {"XML": "TEI040", "XSI": "TEI-S004"}
BY_SCHEMA = [m for m in MISTAKES if m.code not in SPECIAL]


@pytest.mark.parametrize("mistake", BY_SCHEMA, ids=lambda m: m.name)
def test_both_schemas_find_it(mistake: Mistake) -> None:
    data, _ = varied(mistake.old, mistake.new)
    assert not by_relax_ng(data)
    assert not by_w3c_schema(data)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_it_is_reported_where_it_stands(mistake: Mistake, tmp_path: Path) -> None:
    data, line = varied(mistake.old, mistake.new)
    file = tmp_path / "bad.xml"
    file.write_bytes(data)
    problems = validate(file)
    found = [(problem.code, problem.line) for problem in problems]
    expected = SPECIAL.get(mistake.code, mistake.code)
    if mistake.code == "XML":
        assert [code for code, _ in found] == [expected]
        return
    assert (expected, line + mistake.lower) in found, [str(problem) for problem in problems]
    assert all(problem.path == str(file) for problem in problems)


def test_jing_finds_every_one(tmp_path: Path) -> None:
    require_jing()
    from tei.validation.files import RELAX_NG, schema_file

    files = []
    for number, mistake in enumerate(BY_SCHEMA):
        file = tmp_path / f"{number}.xml"
        file.write_bytes(varied(mistake.old, mistake.new)[0])
        files.append(file)
    assert invalid(schema_file(RELAX_NG), files) == set(files)


def test_the_good_file_is_valid_to_all(tmp_path: Path) -> None:
    data = COMPLETE.read_bytes()
    assert validate(COMPLETE) == []
    assert by_relax_ng(data)
    assert by_w3c_schema(data)


def test_the_good_file_is_valid_tei() -> None:
    assert jing(tei_all(), [COMPLETE]) == {COMPLETE: []}


def test_the_good_file_uses_every_element() -> None:
    used = {etree.QName(element).localname for element in etree.parse(COMPLETE).iter(etree.Element)}
    assert schema_elements() == sorted(used)


def test_ids_and_pointers(tmp_path: Path) -> None:
    file = tmp_path / "bad.xml"
    text = COMPLETE.read_text(encoding="utf-8")
    text = text.replace('xml:id="p92"', 'xml:id="p91"').replace('<sp who="#wren">', '<sp who="#nobody">')
    file.write_text(text, encoding="utf-8")
    found = [(problem.code, problem.message) for problem in validate(file)]
    assert found == [
        ("TEI-P001", 'next="#p92" on <pb> points at no xml:id here'),
        ("TEI-P001", 'who="#nobody" on <sp> points at no xml:id here'),
        ("TEI-P002", 'xml:id="p91" is used again on <pb>'),
    ]
