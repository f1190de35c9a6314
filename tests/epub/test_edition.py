"""The EPUB of a whole document: what stands in it, and where it leads."""

# Samples of markup are better read in one line.
# ruff: noqa: E501

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei.epub.edition import epub_bytes
from tei.errors import ParseError, TeiError
from tei.parse import parse_bytes, parse_file
from tei.views import reading_text
from tests.conftest import ROOT, SHARED
from tests.epub.links import links, words
from tests.epub.tools import ace, epubcheck

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
EDITIONS = sorted(ROOT.glob("encoded/*/*.xml"))
CORPUS = sorted(SHARED.glob("corpus/tei/*/*.xml"))
XHTML = "{http://www.w3.org/1999/xhtml}"


def tei(text: str, header: str = "") -> etree._ElementTree:
    """A document with ``text`` for its ``text``."""
    title = "<titleStmt><title>A Book</title></titleStmt>"
    file = f"<fileDesc>{title}<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    document = f"<TEI {NS}><teiHeader>{file}{header}</teiHeader><text>{text}</text></TEI>"
    return parse_bytes(document.encode())


def book(text: str, header: str = "") -> ZipFile:
    return ZipFile(io.BytesIO(epub_bytes(tei(text, header))))


def page(text: str, name: str = "c001", header: str = "") -> etree._Element:
    """The body of a page."""
    root = etree.fromstring(book(text, header).read(f"EPUB/{name}.xhtml"))
    body = root.find(f"{XHTML}body")
    assert body is not None
    return body


def html(text: str) -> str:
    """The page of a text, without what is hidden, as XHTML in short."""
    body = page(text)
    for hidden in body.xpath("//*[@hidden]"):
        above = hidden.getparent()
        before = hidden.getprevious()
        tail = hidden.tail or ""
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            above.text = (above.text or "") + tail
        above.remove(hidden)
    written = etree.tostring(body, encoding="unicode")
    written = re.sub(r' (?:xmlns(?::epub)?|data-[a-z]+|id)="[^"]*"', "", written)
    inner = re.search('<div class="tei-body b">(.*)</div></div></div></body>', written, re.DOTALL)
    assert inner is not None, written
    return inner[1]


def body(text: str) -> str:
    return html(f"<body>{text}</body>")


def read(data: bytes, folder: Path) -> list[str]:
    """The words of an EPUB that are of its text."""
    file = folder / "book.epub"
    file.write_bytes(data)
    return words(file)


def reading(root: etree._Element) -> list[str]:
    """The words of the reading view; a note is numbered in brackets there."""
    return re.sub(r"(?<!\S)\[\d+\] |\[\d+\]", "", reading_text(root)).split()


# The judges.


@pytest.mark.parametrize("file", EDITIONS, ids=lambda file: file.stem)
def test_the_editions_are_sound(file: Path, tmp_path: Path) -> None:
    made = tmp_path / f"{file.stem}.epub"
    made.write_bytes(epub_bytes(parse_file(file)))
    assert epubcheck([made]) == {made: []}
    assert links(made) == []
    assert ace(made) == []


@pytest.mark.slow
def test_the_corpus_is_sound(tmp_path: Path) -> None:
    made = []
    for file in CORPUS:
        try:
            data = epub_bytes(parse_file(file))
        except ParseError:
            continue
        made.append(tmp_path / f"{file.parent.name}-{file.stem}.epub")
        made[-1].write_bytes(data)
        assert links(made[-1]) == [], file
    if not made:
        pytest.skip("no corpus beside the checkout")
    assert {path.name: found for path, found in epubcheck(made).items() if found} == {}


# Every word, once, in order.


@pytest.mark.parametrize("file", EDITIONS, ids=lambda file: file.stem)
def test_every_word_of_the_editions(file: Path, tmp_path: Path) -> None:
    tree = parse_file(file)
    assert read(epub_bytes(tree), tmp_path) == reading(tree.getroot())


def test_every_word_of_the_corpus(tmp_path: Path) -> None:
    for file in CORPUS:
        try:
            tree = parse_file(file)
            data = epub_bytes(tree)
        except ParseError:
            continue
        # Numbers in brackets that are of the text itself are left out on both sides.
        found = re.sub(r"\[\d+\]", "", " ".join(read(data, tmp_path))).split()
        assert found == re.sub(r"\[\d+\]", "", reading_text(tree.getroot())).split(), file


# What elements become.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Rain.</p>", '<p class="tei-p">Rain.</p>'),
        ("<p>a<list><item>b</item></list></p>", '<div class="tei-p b">a<ul class="tei-list"><li class="tei-item">b</li></ul></div>'),
        ("<p><emph>a</emph> <foreign xml:lang='la'>b</foreign></p>", '<p class="tei-p"><em class="tei-emph">a</em> <i class="tei-foreign" lang="la" xml:lang="la">b</i></p>'),
        ("<lg><l>a</l><l>b</l></lg>", '<div class="tei-lg b"><div class="tei-l b">a</div><div class="tei-l b">b</div></div>'),
        ("<p><quote>a</quote></p>", '<p class="tei-p"><span class="tei-quote">a</span></p>'),
        ("<quote rend='block'><p>a</p></quote>", '<blockquote class="tei-quote r-block"><p class="tei-p">a</p></blockquote>'),
        ("<p><hi rend='italic bold'>a</hi></p>", '<p class="tei-p"><span class="tei-hi r-italic r-bold">a</span></p>'),
        ("<p>a<gap/>b</p>", '<p class="tei-p">a<span class="tei-gap"><span class="gen read">[…]</span></span>b</p>'),
        ("<p>a<lb/>b</p>", '<p class="tei-p">a<wbr class="tei-lb"/><span class="gen read"> </span>b</p>'),
        ("<p><choice><sic>arc</sic><corr>are</corr></choice></p>", '<p class="tei-p"><span class="tei-choice"><span class="tei-corr" title="in the source: arc">are</span></span></p>'),
        ("<p>x <nonsense>y</nonsense></p>", '<p class="tei-p">x <span class="tei-nonsense">y</span></p>'),
        ("<table><row><cell>a</cell></row></table>", '<table class="tei-table"><tr class="tei-row"><td class="tei-cell">a</td></tr></table>'),
        ("<table><head>H</head><row role='label'><cell>a</cell><cell/></row><row><cell role='label' rows='2'>b</cell><cell>c</cell></row></table>", '<table class="tei-table"><caption class="tei-head">H</caption><tr class="tei-row"><th class="tei-cell" scope="col">a</th><td class="tei-cell"/></tr><tr class="tei-row"><th class="tei-cell" rowspan="2" scope="row">b</th><td class="tei-cell">c</td></tr></table>'),
        ("<figure><graphic url='a.png'/><head>H</head><figDesc>A <hi>b</hi></figDesc></figure>", '<figure class="tei-figure"><span class="tei-graphic"/><p class="tei-head">H</p><span class="gen picture">A b</span></figure>'),
        ("<list><head>H</head><item>b</item></list>", '<ul class="tei-list"><li class="wrap"><p class="tei-head">H</p></li><li class="tei-item">b</li></ul>'),
    ],
)  # fmt: skip
def test_an_element(text: str, expected: str) -> None:
    assert body(text) == expected


def test_a_broken_word_is_one_word() -> None:
    text = 'offi<pc force="weak">¬</pc> \n<lb break="no"/>cers'
    assert (
        "".join(
            page(f"<body><p>{text}</p></body>").xpath(
                "//*[@class='tei-p']//text()[not(ancestor::*[@hidden])]"
            )
        )
        == "officers"
    )


def test_headings_go_down_one_level_at_a_time() -> None:
    text = "<div><head>A</head><div><p>x</p><div><head>B</head><head type='sub'>C</head><p>y</p></div></div></div>"
    found = page(f"<body>{text}</body>").xpath(
        "//*[local-name()='h1' or local-name()='h2' or @role='doc-subtitle']"
    )
    assert [(etree.QName(one).localname, "".join(one.itertext())) for one in found] == [
        ("h1", "A"),
        ("h2", "B"),
        ("p", "C"),
    ]


# Chapters, notes, pages.

CHAPTERS = "<body><div type='part'><head>P</head><div><head>A</head><p>a</p></div><div><head>B</head><p>b</p></div></div></body>"


def test_a_file_for_each_chapter() -> None:
    archive = book(CHAPTERS)
    assert [name for name in archive.namelist() if "/c0" in name] == [f"EPUB/c00{n}.xhtml" for n in (1, 2, 3)]
    contents = etree.fromstring(archive.read("EPUB/nav.xhtml")).find(f".//{XHTML}nav")
    assert contents is not None
    assert [link.text for link in contents.iter(f"{XHTML}a")] == ["P", "A", "B"]


def test_notes_stand_at_the_end_of_their_chapter_and_lead_back() -> None:
    note = '<ref type="noteAnchor" target="#n1">*</ref> then.<note place="bottom" xml:id="n1"><label>*</label> <p>Now.</p></note>'
    found = page(f"<body><div><p>Here{note} More.</p></div><div><p>b</p></div></body>")
    mark, aside = found.xpath("//*[@role='doc-noteref']")[0], found.xpath("//*[@role='doc-footnote']")[0]
    back = aside.xpath(".//*[@role='doc-backlink']")[0]
    assert mark.get("href") == f"#{aside.get('id')}"
    assert back.get("href") == f"#{mark.get('id')}"
    assert aside.get("{http://www.idpf.org/2007/ops}type") == "footnote"
    assert found.xpath("//*[local-name()='aside']/ancestor::*[@role='doc-chapter' or local-name()='section']")


def test_two_marks_of_one_note(tmp_path: Path) -> None:
    marks = '<ref type="noteAnchor" target="#n1">*</ref> and again<ref type="noteAnchor" target="#n1">*</ref>'
    note = '<note place="bottom" xml:id="n1"><label>*</label> <p>Now.</p></note>'
    file = tmp_path / "book.epub"
    file.write_bytes(epub_bytes(tei(f"<body><p>Here{marks}.{note}</p></body>")))
    assert links(file) == []
    assert epubcheck([file]) == {file: []}


def test_a_language_is_named_as_readers_know_it() -> None:
    assert body('<p><foreign xml:lang="lat">a</foreign></p>') == (
        '<p class="tei-p"><i class="tei-foreign" lang="la" xml:lang="la">a</i></p>'
    )


def test_pages_and_the_page_that_faces_each() -> None:
    pages = '<p><pb n="1" xml:id="p1" corresp="#p2"/>One wo<pb n="2" xml:id="p2" corresp="#p1" break="no"/>rd more.</p>'
    archive = book(f"<body>{pages}</body>")
    nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
    listed = [link.get("href") for link in nav.xpath("//*[@role='doc-pagelist']//*[@href]")]
    assert listed == ["c001.xhtml#p1", "c001.xhtml#p2"]
    found = etree.fromstring(archive.read("EPUB/c001.xhtml"))
    links = found.xpath("//*[@class='gen facing']")
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("c001.xhtml#p2", "Facing page 2"),
        ("c001.xhtml#p1", "Facing page 1"),
    ]
    # A word is not torn, neither by a link nor by the number of the page that begins in it.
    number = links[1].getprevious()
    assert (number.text, number.getprevious().tail) == ("[2]", "rd")


def test_a_quotation_leads_to_the_page_that_it_cites() -> None:
    text = '<p><pb n="7" xml:id="p7"/>Rain. He said <q source="#n2 #p7">“rain”</q> again.</p>'
    (link,) = page(f"<body>{text}</body>").xpath("//*[@class='gen source']")
    assert (link.get("href"), link.text) == ("c001.xhtml#p7", "7")


def test_people_and_reactions_have_their_pages() -> None:
    header = '<profileDesc><particDesc><listPerson><person xml:id="b"><persName>Anna Berg</persName></person></listPerson></particDesc></profileDesc>'
    text = '<body><p><pb n="3"/><persName ref="#b">Berg</persName>, <persName ref="#b">Anna</persName> <kinesic type="applause"><desc>(Applause.)</desc></kinesic></p></body>'
    people = page(text, "persons", header)
    assert "".join(people.itertext()) == "PersonsBerg, Anna3\u00a0(2)"
    assert "".join(page(text, "reactions", header).itertext()) == "Reactions3 (Applause.)"


# The container.


def test_the_same_bytes_each_time() -> None:
    assert epub_bytes(tei(CHAPTERS)) == epub_bytes(tei(CHAPTERS))


def test_the_type_comes_first_and_is_stored() -> None:
    first = book(CHAPTERS).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)


def test_no_script_and_nothing_from_elsewhere() -> None:
    archive = book(
        '<body><p><ref target="https://example.org/">x</ref> <ref target="javascript:alert(1)">y</ref></p><figure><graphic url="http://example.org/a.png"/></figure></body>'
    )
    for name in archive.namelist():
        if name.endswith("html"):
            root = etree.fromstring(archive.read(name))
            assert not root.xpath("//*[local-name()='script' or @src]")
            assert all(not link.startswith("javascript") for link in root.xpath("//@href"))


def test_another_style_sheet() -> None:
    archive = ZipFile(io.BytesIO(epub_bytes(tei(CHAPTERS), css=b"p { color: red }")))
    assert archive.read("EPUB/style.css") == b"p { color: red }"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("<TEI.2><text/></TEI.2>", "is TEI P4, which is not read"),
        ("<html/>", "this is no TEI"),
    ],
)
def test_what_is_no_tei(document: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        epub_bytes(parse_bytes(document.encode()))


@pytest.mark.parametrize("text", ["", "<body/>", "<front/><body><p/></body>", "<body><div/></body>"])
def test_a_book_with_nothing_in_it(text: str, tmp_path: Path) -> None:
    file = tmp_path / "empty.epub"
    file.write_bytes(epub_bytes(tei(text)))
    assert epubcheck([file]) == {file: []}


_NAMES = [
    "p",
    "div",
    "head",
    "list",
    "item",
    "label",
    "table",
    "row",
    "cell",
    "quote",
    "q",
    "note",
    "lb",
    "pb",
    "hi",
]
_NAMES += [
    "ref",
    "choice",
    "sic",
    "corr",
    "lg",
    "l",
    "sp",
    "speaker",
    "stage",
    "floatingText",
    "body",
    "gap",
    "__init__",
    "cit",
    "w",
]


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(st.sampled_from(_NAMES))
    attributes = draw(
        st.sampled_from(
            [
                "",
                ' xml:id="a"',
                ' n="1"',
                ' rend="block"',
                ' target="#a"',
                ' type="noteAnchor" target="#a"',
                ' break="no"',
                ' place="bottom"',
            ]
        )
    )
    inside = (
        ""
        if not depth
        else "".join(
            draw(
                st.lists(
                    st.one_of(st.sampled_from(["x ", " ", "\n", "&lt;"]), trees(depth=depth - 1)), max_size=4
                )
            )
        )
    )
    return f"<{name}{attributes}>{inside}</{name}>"


@given(st.lists(trees(), min_size=1, max_size=3).map("".join))
def test_any_tree_becomes_well_formed_pages(text: str) -> None:
    try:
        archive = book(f"<body>{text}</body>")
    except TeiError:
        return
    for name in archive.namelist():
        if name.endswith("html"):
            root = etree.fromstring(archive.read(name))
            assert not root.xpath("//*[local-name()='p']//*[local-name()='p' or local-name()='div']")
            assert not root.xpath("//*[local-name()='ul']/*[local-name()!='li']")
