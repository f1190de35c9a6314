"""Books opened in a reader, on a phone and a desk, by day and by night: all is shown, every link lands."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from tei.epub.edition import epub_bytes, own_stylesheet
from tei.parse import parse_bytes, parse_file
from tests.epub.reader.report import Report, open_in_reader
from tests.epub.tools import ace

#: Something of each kind, two pages that face each other, somebody who is named in the text and in a note.
KINDS: Final = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>The Harbour</title><author>Anna Berg</author></titleStmt>
<publicationStmt><p>Harbour Press</p></publicationStmt><sourceDesc><p>A print of 1901.</p></sourceDesc>
</fileDesc>
<profileDesc><particDesc><listPerson>
<person xml:id="berg"><persName>Anna Berg</persName></person></listPerson>
</particDesc><langUsage><language ident="en">English</language></langUsage></profileDesc></teiHeader>
<text><front><titlePage>
<docTitle><titlePart>The Harbour</titlePart>
<titlePart type="sub">A Speech</titlePart>
</docTitle>
<docAuthor>Anna Berg</docAuthor><docImprint>Malmö 1901</docImprint></titlePage>
<div type="contents"><head>Contents</head><list type="contents">
<item>The speech <ref target="#p2">2</ref></item>
<item>What was said of the speech in the papers of the town, and by whom
<ref target="#p3">3</ref></item></list></div></front>
<body>
<pb n="2" xml:id="p2" corresp="#p3"/>
<div type="speech"><head>The Speech</head><sp who="#berg"><speaker>ANNA BERG.</speaker>
<p>Friends! <persName ref="#berg">Berg</persName> has the floor.<note place="bottom" xml:id="n1">So
<persName ref="#berg">Berg</persName> said.</note> “Wait,” they said to us, on this
<choice><sic>shoar</sic><corr>shore</corr></choice>.</p>
<kinesic type="applause"><desc>(Applause.)</desc></kinesic>
<p>For three winters the offi<pb n="4" xml:id="p4" corresp="#p3" break="no"/>cers have told us.</p>
<p>And <hi rend="bold">again</hi>, <foreign xml:lang="fr">encore</foreign>.</p></sp></div>
<div type="commentary"><head>The Commentary</head><p>On <pb n="3" xml:id="p3" corresp="#p2"/>the words
<quote source="#p4">“told us”</quote> see above.</p><quote rend="block"><p>Set apart.</p></quote>
<floatingText type="letter"><body><opener><dateline>Malmö, 3 March 1901</dateline>
<salute>Dear Anna,</salute></opener>
<p>Wait.</p><closer><signed>The officers</signed></closer></body></floatingText></div>
<div><head>A Play</head><stage>A harbour, at night. Boats.</stage>
<sp><speaker>OFFICER</speaker><stage>(aside)</stage>
<l n="4">Nobody waits in winter;</l><l n="5">the harbour is too cold for that, and far too long is every
line of verse.</l></sp>
<lg><l>One</l><l rend="indent">Two</l></lg></div>
<div><head>Words</head><entry><form><orth>harbour</orth></form><gramGrp><pos>n</pos></gramGrp>
<sense><cit type="trans"><quote>hamn</quote></cit>
<cit type="trans"><quote>port</quote></cit></sense></entry></div>
<div><head>Tables</head><table><row role="label"><cell>Year</cell><cell>Ships</cell></row>
<row><cell cols="2">none before 1900</cell></row><row><cell>1901</cell><cell>12</cell></row></table></div>
</body></text></TEI>"""

CORPUS: Final = {
    "drama": "gerdracor/gotter-medea",
    "verse": "tcp/A20026",
    "letter": "dta-copadocs/kfb_00936_g_pp_1893_07_13",
    "dictionary": "freedict/pol-gle",
    "parliament": "parlamint-at/ParlaMint-AT_2017-03-29-025-XXV-NRSITZ-00172",
    "inscription": "isicily/ISic003442",
}
# Of thousands of links, so many that each chapter is come to from elsewhere.
_SAMPLE: Final = 120


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    return book_of(parse_bytes(KINDS.encode()), tmp_path)


def book_of(tree: etree._ElementTree, folder: Path) -> Path:
    path = folder / "book.epub"
    path.write_bytes(epub_bytes(tree))
    return path


def assert_reads_well(report: Report) -> None:
    assert report.problems == ()
    # Readers that keep notes for the pop-up would show nothing.
    assert report.into_notes == ()
    assert report.sections
    assert report.rendered % len(report.sections) == 0


def test_every_kind_of_text_reads_well(kinds: Path) -> None:
    report = open_in_reader(kinds)
    assert_reads_well(report)
    assert report.rendered == 4 * len(report.sections)
    assert report.title == "The Harbour"
    assert (report.pages, report.notes, report.opened) == (3, 1, 2)
    # The tapped ones are links between the pages of the print: no reader is to take them for notes.
    assert report.tapped >= 2 * 3


def test_a_book_is_for_everybody(kinds: Path) -> None:
    assert ace(kinds) == []


def test_the_style_sheet_is_small_and_leaves_colours_to_the_reader() -> None:
    sheet = own_stylesheet().decode()
    assert len(sheet) < 8 * 1024
    declared = [line for line in sheet.replace(";", ";\n").splitlines() if "color" in line.partition(":")[0]]
    assert [line.strip() for line in declared if "inherit" not in line and "/*" not in line] == []
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_essay_reads_well(root: Path, tmp_path: Path) -> None:
    tree = parse_file(root / "encoded" / "deutscher-1956" / "deutscher-1956.xml")
    assert_reads_well(open_in_reader(book_of(tree, tmp_path), schemes=["light"]))


def test_the_long_book_reads_well(root: Path, tmp_path: Path) -> None:
    tree = parse_file(root / "encoded" / "wolfe-1957" / "wolfe-1957.xml")
    path = book_of(tree, tmp_path)
    report = open_in_reader(path, screens=["phone"], schemes=["dark"], max_notes=8, max_links=_SAMPLE)
    assert_reads_well(report)
    assert report.pages == 322
    assert (report.opened, report.followed) == (8, _SAMPLE)


@pytest.mark.slow
def test_each_link_of_the_long_book_lands(root: Path, tmp_path: Path) -> None:
    tree = parse_file(root / "encoded" / "wolfe-1957" / "wolfe-1957.xml")
    report = open_in_reader(book_of(tree, tmp_path), max_notes=None)
    assert_reads_well(report)
    assert report.opened == 2 * report.notes


@pytest.mark.corpus
@pytest.mark.parametrize("kind", CORPUS)
def test_texts_of_others_read_well(kind: str, shared: Path, tmp_path: Path) -> None:
    tree = parse_file(shared / "corpus" / "tei" / f"{CORPUS[kind]}.xml")
    assert_reads_well(
        open_in_reader(book_of(tree, tmp_path), screens=["phone"], max_notes=3, max_links=_SAMPLE)
    )
