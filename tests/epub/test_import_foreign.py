"""EPUBs by others become sound TEI: valid, every word once, structure where it is marked."""

# Samples of markup are better read in one line.
# ruff: noqa: E501

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei.epub.archive import write_archive
from tei.epub.edition import epub_bytes
from tei.epub.reading.importer import epub_to_tei, tei_bytes
from tei.errors import LimitError, TeiError
from tei.parse import parse_bytes
from tei.validation import validate_tree
from tests.epub.links import links
from tests.epub.tools import epubcheck
from tests.jing import jing, require_jing, tei_all

NS = "http://www.tei-c.org/ns/1.0"
METADATA = """<dc:identifier id="i">urn:isbn:1</dc:identifier><dc:title id="t">The Harbour</dc:title><dc:title id="s">Three Speeches</dc:title>
<meta refines="#s" property="title-type">subtitle</meta><dc:language>sv</dc:language><dc:creator>Anna Berg</dc:creator>
<dc:contributor id="c">Eva Falk</dc:contributor><meta refines="#c" property="role" scheme="marc:relators">trl</meta>
<dc:date>1901-03-03</dc:date><dc:rights>Free for all.</dc:rights><dc:source>https://example.org/harbour</dc:source>"""


def epub(*bodies: str, metadata: str = METADATA) -> bytes:
    """An EPUB with a page for each body."""
    pages = {f"Text/{number}.xhtml": body for number, body in enumerate(bodies, start=1)}
    items = "".join(
        f'<item id="p{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="p{at}"/>' for at in range(len(pages)))
    package = f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>'
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    html = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>{}</html>'
    files = [("META-INF/container.xml", container), ("a.opf", package)]
    files += [
        (name, html.format(body if body.startswith("<body") else f"<body>{body}</body>"))
        for name, body in pages.items()
    ]
    return write_archive([(name, data.encode()) for name, data in files])


def imported(*bodies: str) -> etree._Element:
    tree = epub_to_tei(epub(*bodies))
    # As it is written: the check has to see what a file holds.
    tree = parse_bytes(tei_bytes(tree))
    assert [str(problem) for problem in validate_tree(tree, "a.xml")] == []
    return tree.getroot()


def text(*bodies: str) -> str:
    """The content of the TEI's body in one line."""
    body = imported(*bodies).find(f".//{{{NS}}}body")
    assert body is not None
    found = etree.tostring(body, encoding="unicode", with_tail=False).replace("\n", "")
    return re.sub(r"^<body[^>]*>|</body>$| xmlns=\"[^\"]*\"", "", found)


ELEMENTS = [
    ("<p>  a\n b </p>", "<p>a b</p>"),
    ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
    ("<p>a&nbsp;b &mdash; c</p>", "<p>a\u00a0b — c</p>"),
    ("<p><em>a</em> <i>b</i> <b>c</b> <cite>d</cite> <q>e</q></p>", '<p><emph>a</emph> <hi rend="italic">b</hi> <hi rend="bold">c</hi> <title>d</title> <q>e</q></p>'),
    ('<p><i xml:lang="la">a</i><span class="smallcaps">b</span><i epub:type="se:name.publication.book">c</i></p>', '<p><foreign rend="italic" xml:lang="la">a</foreign><hi rend="sc">b</hi><title>c</title></p>'),
    ("<p>a<br/> b</p><hr/>", '<p>a<lb/>b</p><ab type="break"/>'),
    ('<p><a href="https://example.org/">a</a> <a href="javascript:x">b</a></p>', '<p><ref target="https://example.org/">a</ref> b</p>'),
    ("<ol><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ol>", '<list rend="numbered"><item>a</item><item><p>b</p><list rend="bulleted"><item>c</item></list></item></list>'),
    ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dt>d</dt><dd>e</dd><dd>f</dd></dl>", '<list type="gloss"><label>a</label><item>b</item><label>c</label><item/><label>d</label><item><p>e</p><p>f</p></item></list>'),
    ("<table><caption>a</caption><tr><th>b</th><td>c</td></tr></table>", '<table><head>a</head><row><cell role="label">b</cell><cell>c</cell></row></table>'),
    ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>", '<quote rend="block"><p>a</p><p><quote rend="block"><p>b</p></quote></p></quote>'),
    ('<figure><img src="../i/a%20b.png" alt="A ship"/><figcaption>Leaving</figcaption></figure>', '<p><figure><graphic url="i/a%20b.png" mimeType="image/png"/><figDesc>A ship</figDesc><head>Leaving</head></figure></p>'),
    ('<blockquote><span epub:type="pagebreak" title="7"/></blockquote><p>a</p>', '<pb n="7" xml:id="p7-1"/><p>a</p>'),
    ("<ul><li><hr/><blockquote>a</blockquote></li><p>b</p></ul>", '<list rend="bulleted"><item><ab type="break"/><quote rend="block"><p>a</p></quote><p>b</p></item></list>'),
    ("<table><caption>only</caption></table>", "<p>only</p>"),
    ("<table><tfoot><tr><td>e</td><td/></tr></tfoot><thead><tr><td>a</td><td>b</td></tr></thead><tbody><tr><td rowspan='2' colspan='1'>c</td><td colspan='0'><p>d</p><p>d</p></td></tr><tr/></tbody></table>", '<table><row role="label"><cell>a</cell><cell>b</cell></row><row><cell rows="2">c</cell><cell><p>d</p><p>d</p></cell></row><row><cell>e</cell><cell/></row></table>'),
    ("<table><tr><th>a</th><th>b</th></tr><tr><td><table><tr><td>c</td><td>d</td></tr></table></td></tr></table>", '<table><row role="label"><cell role="label">a</cell><cell role="label">b</cell></row><row><cell><table><row><cell>c</cell><cell>d</cell></row></table></cell></row></table>'),
    ("<table><p>a</p><tr><td>b</td><b>c</b></tr></table>", "<table><row><cell>a</cell></row><row><cell>b</cell><cell>c</cell></row></table>"),
    ("<table role='presentation'><tr><td><p>a</p></td><td>b</td></tr></table><table><tr><td>c</td></tr></table>", "<p>a</p><p>b</p><p>c</p>"),
    ("<blockquote><table><tr><td>a</td><td>b</td></tr></table></blockquote>", '<quote rend="block"><table><row><cell>a</cell><cell>b</cell></row></table></quote>'),
    ("<figure><table><tr><td>a</td><td>b</td></tr></table><figcaption>c</figcaption></figure>", "<table><head>c</head><row><cell>a</cell><cell>b</cell></row></table>"),
    ("<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>", '<quote rend="block"><p>a</p></quote><p>b</p>'),
    ('<figure><img src="a.JPG" alt="A"/><figcaption><p> A </p></figcaption></figure><p>b</p>', '<figure><graphic url="Text/a.JPG" mimeType="image/jpeg"/><head>A</head></figure><p>b</p>'),
    ('<figure><img src="data:image/png;base64,AA" alt="A"/><figcaption><p>b</p><p>c</p></figcaption></figure><p>d</p>', "<figure><figDesc>A</figDesc><p>b</p><p>c</p></figure><p>d</p>"),
    ('<div class="figcenter"><a href="a_large.png"><img src="a.xyz" alt=""/></a><p class="caption">A</p></div><p>b</p>', '<figure><graphic url="Text/a.xyz"/><head>A</head></figure><p>b</p>'),
    ('<p>x</p><p id="i" lang="la"><i><img src="a.png" alt="A"/></i><br/></p><p><a href="#i">y</a></p>', '<p>x</p><figure xml:lang="la" xml:id="i"><graphic url="Text/a.png" mimeType="image/png"/><figDesc>A</figDesc></figure><p><ref target="#i">y</ref></p>'),
    ('<p><img src="t.png" alt="T"/>he</p>', '<p><ref type="image" target="Text/t.png">T</ref>he</p>'),
    ('<blockquote><img src="a.png" alt="A"/></blockquote>', '<quote rend="block"><p><figure><graphic url="Text/a.png" mimeType="image/png"/><figDesc>A</figDesc></figure></p></quote>'),
    ('<ul><li><img alt="A"/></li></ul>', '<list rend="bulleted"><item><figure><figDesc>A</figDesc></figure></item></list>'),
    ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"><title>A</title><image l:href="a.svg"/></svg>', '<p><figure><graphic url="Text/a.svg" mimeType="image/svg+xml"/><figDesc>A</figDesc></figure></p>'),
    ("<figure></figure><figure><img/></figure><p>a</p>", "<p>a</p>"),
    ('<p>a<span epub:type="pagebreak" id="p7" title="7"/>b<span class="pagenum"><a id="Page_8">[Pg 8]</a></span></p>', '<p>a<pb n="7" xml:id="p7-1"/>b<pb n="8" xml:id="p8"/></p>'),
    ('<blockquote epub:type="z3998:verse"><p><span>a</span><br/><span class="i1">b</span></p><p><span>c</span></p></blockquote>', '<quote rend="block"><lg><l>a</l><l>b</l></lg><lg><l>c</l></lg></quote>'),
    ('<div class="line-block">a<br/>b <em>c</em></div>', "<lg><l>a</l><l>b <emph>c</emph></l></lg>"),
    ('<div class="poem"><div class="stanza"><span class="i0">a<br/></span><span class="i2">b</span></div><div class="stanza"><div class="line">c</div><div class="line">d</div></div></div>', "<lg><l>a</l><l>b</l></lg><lg><l>c</l><l>d</l></lg>"),
    ("<pre>a\n b</pre>", '<ab type="preformatted">a b</ab>'),
    ("<script>x</script><style>y</style><p>a</p>", "<p>a</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "tei"), ELEMENTS)
def test_an_element(html: str, tei: str) -> None:
    found = re.sub(r' xml:id="p7(-\d)?"', ' xml:id="p7-1"', text(html))
    assert found == tei


def everything() -> etree._ElementTree:
    """One document with all elements and ways of notes."""
    notes = (page for pages in NOTES.values() for page in pages)
    tree = epub_to_tei(epub(*(html for html, _ in ELEMENTS), *notes))
    return parse_bytes(tei_bytes(tree))


def test_what_is_imported_comes_back_from_a_book_of_ours(tmp_path: Path) -> None:
    tree = everything()
    file = tmp_path / "a.epub"
    file.write_bytes(epub_bytes(tree))
    assert tei_bytes(epub_to_tei(file.read_bytes())) == tei_bytes(tree)
    assert links(file) == []
    assert epubcheck([file]) == {file: []}


def test_what_is_imported_is_valid_tei(tmp_path: Path) -> None:
    require_jing()
    file = tmp_path / "a.xml"
    file.write_bytes(tei_bytes(everything()))
    assert jing(tei_all(), [file]) == {file: []}


def test_divisions_from_headings() -> None:
    pages = ("<p>a</p><h1>A</h1><p>b</p><h2>B</h2><h3>C</h3><p>c</p>", "<p>goes on</p><h2>D</h2><p>d</p>")
    assert text(*pages) == (
        '<p>a</p><div type="section"><head>A</head><p>b</p><div type="section"><head>B</head><div type="section">'
        '<head>C</head><p>c</p><p>goes on</p></div></div><div type="section"><head>D</head><p>d</p></div></div>'
    )


def test_divisions_from_sections() -> None:
    pages = (
        '<section epub:type="part"><h2>I</h2></section>',
        '<section data-parent="i"><section epub:type="chapter"><hgroup><h3>A</h3><p>Of rain</p></hgroup><p>a</p><section><h4>B</h4><p>b</p></section><p>c</p></section></section>',
        '<section epub:type="chapter"><h3>C</h3><p>d</p></section>',
        '<section epub:type="afterword"><h2>D</h2><p>e</p></section>',
    )
    assert text(*pages) == (
        '<div type="part"><head>I</head><div type="chapter"><head>A</head><head type="sub">Of rain</head><p>a</p>'
        '<div type="section"><head>B</head><p>b</p></div><div type="section"><p>c</p></div></div>'
        '<div type="chapter"><head>C</head><p>d</p></div></div><div type="afterword"><head>D</head><p>e</p></div>'
    )


def test_a_picture_before_a_heading_and_a_division_of_pictures() -> None:
    image = '<img src="a.png" alt="A"/>'
    chapter = f'<section epub:type="chapter">{image}<h2>A</h2><p>a</p></section>'
    figure = '<figure><graphic url="Text/a.png" mimeType="image/png"/><figDesc>A</figDesc></figure>'
    plates = f'<section epub:type="chapter"><h2>B</h2>{image}<p>{image}</p></section>'
    assert text(chapter, plates) == (
        f'<div type="chapter">{figure}<head>A</head><p>a</p></div>'
        f'<div type="chapter"><head>B</head>{figure}<p>{figure}</p></div>'
    )


NOTES = {
    "Standard Ebooks": (
        '<p>x<a href="2.xhtml#note-1" id="noteref-1" epub:type="noteref">1</a> y</p>',
        '<section epub:type="endnotes" role="doc-endnotes"><h2>Endnotes</h2><ol><li id="note-1" epub:type="endnote"><p>One. <a href="1.xhtml#noteref-1" epub:type="backlink">↩</a></p></li></ol></section>',
    ),
    "pandoc": (
        '<p>x<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> y</p><section class="footnotes" role="doc-endnotes"><hr/><ol><li id="fn1"><p>One.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    ),
    "EPUB 3": (
        '<p>x<a epub:type="noteref" href="#n">*</a> y</p><aside epub:type="footnote" id="n">One.</aside>',
    ),
    "Project Gutenberg": (
        '<p>x<a id="FNanchor_1"></a><a href="#Footnote_1" class="fnanchor">[1]</a> y</p><div class="footnotes"><h3>FOOTNOTES:</h3><div class="footnote"><p><a id="Footnote_1"></a><a href="#FNanchor_1"><span class="label">[1]</span></a> One.</p></div></div>',
    ),
    "no words for it": (
        '<p>x<sup><a href="2.xhtml#f" id="r">1</a></sup> y</p>',
        '<p><a id="f" href="1.xhtml#r">1</a>. One.</p>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("pages", NOTES.values(), ids=NOTES)
def test_notes_stand_where_their_marks_stood(pages: tuple[str, ...]) -> None:
    root = imported(*pages)
    (note,) = root.iter(f"{{{NS}}}note")
    assert "".join(note.itertext()).split() == ["One."]
    above = note.getparent()
    assert above is not None
    assert (above.text, (note.tail or "").strip() or "y") == ("x", "y")
    body = root.find(f".//{{{NS}}}body")
    assert body is not None
    assert "".join(body.itertext()).split() in (["xOne.", "y"], ["xOne.y"])


def test_a_note_may_refer_to_where_it_stands() -> None:
    found = text(
        '<section id="s"><h2>A</h2><p>x<a href="2.xhtml#n" id="r" epub:type="noteref">1</a></p></section>',
        '<aside id="n" epub:type="footnote"><p>In <a href="1.xhtml#s">this poem</a>. <a href="1.xhtml#r">1</a></p></aside>',
    )
    assert '<p>In <ref target="#s">this poem</ref>.</p></note>' in found


def test_links_within_the_book() -> None:
    found = text(
        '<p><a href="2.xhtml#a">see</a> <a href="#gone">x</a></p>', '<p id="a">b</p><h2 id="b">c</h2>'
    )
    assert '<ref target="#a">see</ref> x' in found
    assert '<p xml:id="a">b</p>' in found


def test_the_header() -> None:
    root = imported("<p>a</p>")
    header = root[0]

    def words(path: str) -> list[str | None]:
        return [one.text for one in header.iterfind(path, {None: NS})]

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert words(".//titleStmt/title") == ["The Harbour", "Three Speeches"]
    assert words(".//titleStmt/author") == ["Anna Berg"]
    assert words(".//titleStmt/respStmt/name") == ["Eva Falk"]
    assert words(".//publicationStmt/date") == ["1901-03-03"]
    assert words(".//availability/p") == ["Free for all."]
    assert words(".//sourceDesc/bibl/ref") == ["https://example.org/harbour"]


def test_a_book_that_says_nothing_of_itself() -> None:
    tree = epub_to_tei(epub("<p>a</p>", "", metadata=""))
    assert validate_tree(parse_bytes(tei_bytes(tree)), "a.xml") == []


def test_pages_too_deep() -> None:
    with pytest.raises(LimitError, match="nested more than 100 deep"):
        epub_to_tei(epub("<div>" * 150 + "</div>" * 150))


# fmt: off
_HTML = [
    "p", "div", "section", "h1", "h2", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tr", "td", "th", "caption", "pre", "q",
    "blockquote", "figure", "figcaption", "em", "i", "span", "sup", "a", "br", "hr", "header", "hgroup", "aside", "img",
]
# fmt: on
_SAID = [
    "",
    ' id="a"',
    ' id="b"',
    ' href="#a"',
    ' href="#b" epub:type="noteref"',
    ' epub:type="footnote" id="a"',
    ' epub:type="z3998:verse"',
]
_SAID += [
    ' src="a.png" alt="x"',
    ' src="b"',
    ' rowspan="2"',
    ' class="figure"',
    ' class="caption"',
    ' role="none"',
]
_SAID += [' class="poem"', ' epub:type="chapter"', ' lang="de"', ' class="pagenum"', ' class="stanza"', ' role="doc-endnotes"']  # fmt: skip


@st.composite
def pages(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(st.sampled_from(_HTML))
    inside = (
        st.one_of(st.sampled_from(["x ", " ", "y", "7"]), pages(depth=depth - 1)) if depth else st.just("")
    )
    return f"<{name}{draw(st.sampled_from(_SAID))}>{''.join(draw(st.lists(inside, max_size=4)))}</{name}>"


@given(st.lists(st.lists(pages(), max_size=4).map("".join), min_size=1, max_size=3))
def test_any_pages_become_valid_tei(bodies: list[str]) -> None:
    try:
        imported(*bodies)
    except TeiError as error:
        pytest.fail(str(error))


MARKDOWN = {
    "prose": "% The Harbour\n% Anna Berg\n\n# One\n\nFirst *a* **b**.[^1]\n\n> c\n\n## Two\n\n- d\n- e[^1]\n\n[^1]: Note.\n",
    "verse and tables": "---\ntitle: Songs\nlang: de\n---\n\n# A\n\n| Line one\n| Line two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTerm\n:   Words\n\n```\ncode\n```\n",
    "no headings": "a\n\n1. b\n\n   c\n",
}  # fmt: skip


@pytest.mark.parametrize("to", ["epub3", "epub2"])
@pytest.mark.parametrize("markdown", MARKDOWN.values(), ids=MARKDOWN)
def test_what_pandoc_makes(markdown: str, to: str, tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    made = tmp_path / "a.epub"
    pypandoc.convert_text(markdown, to, format="markdown", outputfile=str(made), extra_args=["--quiet"])
    tree = parse_bytes(tei_bytes(epub_to_tei(made.read_bytes())))
    assert [str(problem) for problem in validate_tree(tree, "a.xml")] == []
    expected = pypandoc.convert_text(markdown, "plain", format="markdown", extra_args=["--wrap=none"])
    words = set(re.findall(r"\w+", " ".join(str(one) for one in tree.getroot()[1].itertext())))
    assert set(re.findall(r"[A-Za-z]\w*", expected)) <= words
