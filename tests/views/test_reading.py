"""The reading view, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei.names import TEI_NS
from tei.span import Span
from tei.views import reading_text
from tei.weave import weave


def read(content: str, wrapper: str = "div") -> str:
    root = etree.fromstring(f'<{wrapper} xmlns="{TEI_NS}">{content}</{wrapper}>')
    return reading_text(root)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ""),
        (" \n <lb/><pb/> <p> <lb/></p>", ""),
        ("<p>one\n<lb/>two\t three</p>", "one two three\n"),
        ("<p>one<lb/>two</p>", "one two\n"),
        ("<p>no\u00a0break \u00a0</p>", "no\u00a0break \u00a0\n"),
        ("<p>e\u0301 is not composed</p>", "e\u0301 is not composed\n"),
        ("<p>one</p><p>two</p>", "one\n\ntwo\n"),
        # Broken words.
        ('<p>o<pc force="weak">-</pc>\n<lb break="no"/>ne</p>', "one\n"),
        ('<p>o<pc force="weak">-</pc>\n<lb/>ne</p>', "o ne\n"),
        (
            '<p>o<pc force="weak">\u00ad</pc>\n<lb/><fw>9</fw>\n<pb break="no"/>\n<lb/><fw>X</fw>ne</p>',
            "one\n",
        ),
        ('<p>o<pc force="strong">¬</pc>\n<lb break="no"/>ne</p>', "o-ne\n"),
        ('<p>o-\n<lb break="no"/>ne</p>', "o-ne\n"),
        ('<p>l<pc force="weak">’</pc>eau<pc force="strong">.</pc></p>', "l’eau.\n"),
        # What an editor has done.
        ("<p><choice><sic>a</sic> <corr>b</corr></choice></p>", "b\n"),
        ("<p><choice>\n<reg>b</reg>\n<orig>a</orig>\n</choice>c</p>", "bc\n"),
        ("<p><choice><abbr>Dr</abbr><expan>Doctor</expan></choice> <abbr>No</abbr></p>", "Doctor No\n"),
        ("<p><choice><unclear>x</unclear><unclear>y</unclear></choice></p>", "x\n"),
        ("<p>a<surplus>b</surplus><del>c</del><supplied>d</supplied><unclear>e</unclear></p>", "ade\n"),
        ("<p><subst><del>a</del> <add>b</add></subst><restore><del>c</del></restore></p>", "bc\n"),
        ("<p><app><lem>a</lem><rdg>b</rdg></app><app><rdg>c</rdg><rdg>d</rdg></app></p>", "ac\n"),
        ("<p>a<gap><desc>hole</desc></gap> b<space/>c</p><gap/>", "a[…] b c\n\n[…]\n"),
        ('<p>a<g ref="#u000C"/>b<g ref="#u0007"/>c<g ref="#none"/><g>d</g></p>', "a bcd\n"),
        # Not the work.
        ('<fw type="bom">\ufeff</fw><ab type="librarySlip">x</ab><div type="scanNoise"><p>y</p></div>', ""),
        # Lines and blocks.
        ("<head>H</head><lg><l>a</l><l>b</l></lg><lg><l>c</l></lg>", "H\n\na\nb\n\nc\n"),
        (
            "<sp><speaker>A.</speaker><p>a</p><p>b</p></sp><sp><speaker>B.</speaker></sp><p>c</p>",
            "A.\na\n\nb\n\nB.\n\nc\n",
        ),
        ("<sp><speaker/><p>a</p></sp>", "a\n"),
        ("<list><label>1</label><item>a</item><label>2</label> <item><p>b</p></item></list>", "1 a\n\n2 b\n"),
        ("<list><item><label>1</label><p>a</p><p>b</p></item></list>", "1 a\n\nb\n"),
        (
            '<p>a</p><quote rend="block"><p>b</p></quote><quote>c</quote><p><quote>d</quote>.</p>',
            "a\n\nb\n\nc\n\nd.\n",
        ),
        (
            (
                "<table><row><cell/><cell>a</cell><cell/></row><row><cell/></row>"
                "<row><cell><p>b</p><p>c</p></cell><cell>d</cell></row></table>"
            ),
            "\ta\nb c\td\n",
        ),
        (
            (
                "<table><row><cell><table><row><cell>a</cell><cell>b</cell></row></table></cell><cell>c</cell></row>"
                "</table>"
            ),
            "a b\tc\n",
        ),
        (
            '<div type="index"><list><item>a</item><item>b<list><item>c</item></list></item></list></div>',
            "a\nb\nc\n",
        ),
        # Tokens.
        (
            '<p><w>a</w>\n<w join="right">b</w>\n<pc>,</pc>\n<w>c</w><w>d</w>\n<pc join="left">.</pc></p>',
            "a b, cd.\n",
        ),
        # Other tongues and elements that nobody knows.
        (
            '<egXML xmlns="http://www.tei-c.org/ns/Examples"><fw>x</fw></egXML><p><blort>a</blort>b</p>',
            "x\n\nab\n",
        ),
        ("<p>a<!-- b -->c<?d e?>f</p>", "acf\n"),
    ],
)
def test_rules(content: str, expected: str) -> None:
    assert read(content) == expected


ANCHOR = '<ref type="noteAnchor" target="#{}">*</ref>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # Numbered in the order of the anchors, gathered after the outermost division.
        (
            (
                f"<div><div><p>a{ANCHOR.format('n2')} b{ANCHOR.format('n1')}</p>"
                '<note xml:id="n1" place="bottom">N1</note>'
                '<note xml:id="n2" place="bottom">N2</note></div><p>c</p></div><div><p>d</p></div>'
            ),
            "a[1] b[2]\n\nc\n\n[1] N2\n\n[2] N1\n\nd\n",
        ),
        # A part is no chapter; what stands before its chapters has its notes there.
        (
            (
                f'<div type="part"><head>P{ANCHOR.format("n1")}</head>'
                '<note place="bottom" xml:id="n1">N1</note>'
                "<div><p>a<note>N2</note></p></div><div><p>b</p></div></div>"
            ),
            "P[1]\n\n[1] N1\n\na[2]\n\n[2] N2\n\nb\n",
        ),
        # Two anchors of one note; an anchor of two notes; an anchor without a note.
        (
            (
                f"<p>a{ANCHOR.format('n1')}{ANCHOR.format('n1')}"
                f"{ANCHOR.format('n1 #n2')}{ANCHOR.format('n3')}</p>"
                '<note xml:id="n1" place="bottom">N1</note><note xml:id="n2" place="bottom">N2</note>'
            ),
            "a[1][1][1][2]*\n\n[1] N1\n\n[2] N2\n",
        ),
        # The mark that loses, as part of a misreading, anchors nothing.
        (
            (
                f"<p>a<choice><sic>/{ANCHOR.format('n1')}</sic><corr>b</corr></choice> c</p>"
                '<note xml:id="n1" place="bottom">N</note>'
            ),
            "ab c [1]\n\n[1] N\n",
        ),
        # A note between blocks is numbered at the end of the block before it.
        ('<p>a.</p>\n<note place="bottom">N</note>\n<p>b</p>', "a. [1]\n\nb\n\n[1] N\n"),
        ('<note type="editorial">N</note>', "[1]\n\n[1] N\n"),
        # Its own mark, alone or in brackets.
        ("<p>a<note><p>[<label>7</label>] N.</p></note></p>", "a[1]\n\n[1] N.\n"),
        ("<p>a<note><label>7</label>. N.</note></p>", "a[1]\n\n[1] N.\n"),
        ("<p>a<note>N <label>7</label>. N.</note></p>", "a[1]\n\n[1] N 7. N.\n"),
        (
            "<p>a<note><lb/><label><choice><sic>♦</sic><corr>*“</corr></choice></label> <p>N”</p></note></p>",
            "a[1]\n\n[1] “N”\n",
        ),
        # A chain, its words broken at the page; chains that bite their tails.
        (
            (
                '<p>a<note xml:id="x" next="#y">run<pc force="weak">-</pc></note>b<note xml:id="y" prev="#x">'
                '<lb break="no"/>ning</note></p>'
            ),
            "a[1]b\n\n[1] running\n",
        ),
        (
            '<p>a<note xml:id="x" next="#y">X</note><note xml:id="y" next="#x">Y</note></p>',
            "a[1]\n\n[1] X Y\n",
        ),
        # Notes in notes, and notes that only each other knows of.
        ("<p>a<note>b<note>c</note></note></p>", "a[1]\n\n[1] b[2]\n\n[2] c\n"),
        (
            (
                f'<p>a</p><note xml:id="x" place="bottom">X{ANCHOR.format("y")}</note>'
                f'<note xml:id="y" place="bottom">Y{ANCHOR.format("x")}</note>'
            ),
            "a\n\n[1] Y[2]\n\n[2] X[1]\n",
        ),
        # By other hands.
        (
            '<p>a<ref target="#x">1</ref> see <ref target="#x">note 1</ref></p><note xml:id="x">X</note>',
            "a[1] see note 1\n\n[1] X\n",
        ),
        ('<p>a<anchor xml:id="t"/>b</p><note target="#t">X</note>', "a[1]b\n\n[1] X\n"),
        (
            (
                '<u><seg>a</seg><note type="time">11:00</note><seg>b <note>sic</note> c</seg></u>'
                '<note type="speaker">S</note>'
            ),
            "a\n\n11:00\n\nb sic c\n\nS\n",
        ),
    ],
)
def test_notes(content: str, expected: str) -> None:
    assert read(content, "body") == expected


def test_corpus_of_texts_and_old_tei() -> None:
    inner = "<TEI><teiHeader/><text><body><p>a<note>N</note></p></body></text></TEI>"
    assert read(f"<teiHeader/>{inner}{inner}", "teiCorpus") == "a[1]\n\n[1] N\n\na[2]\n\n[2] N\n"
    assert (
        reading_text(etree.fromstring("<TEI.2><text><body><p>a<lb/>b</p></body></text></TEI.2>")) == "a b\n"
    )
    assert read("<teiHeader><p>no</p></teiHeader>", "TEI") == ""
    assert (
        read(
            "<teiHeader/><sourceDoc><surface><zone><line>a</line><line>b</line></zone></surface></sourceDoc>",
            "TEI",
        )
        == "a b\n"
    )


def test_glyphs_are_read_as_declared() -> None:
    header = (
        '<teiHeader><encodingDesc><charDecl><glyph xml:id="s"><mapping type="diplomatic">ſ</mapping>'
        '<mapping type="standard">s</mapping></glyph></charDecl></encodingDesc></teiHeader>'
    )
    assert read(f'{header}<text><body><p>a<g ref="#s"/></p></body></text>', "TEI") == "as\n"


def test_deep_documents() -> None:
    for name in ("div", "hi", "note", "choice", "list", "cell"):
        root = etree.Element(f"{{{TEI_NS}}}{name}")
        element = root
        for _ in range(3_000):
            element = etree.SubElement(element, f"{{{TEI_NS}}}{name}")
        element.text = "x"
        assert "x" in reading_text(root)


NAMES = (
    "p",
    "hi",
    "note",
    "fw",
    "div",
    "l",
    "quote",
    "sp",
    "speaker",
    "item",
    "list",
    "choice",
    "sic",
    "corr",
    "del",
    "lb",
    "pb",
    "cell",
    "row",
    "w",
    "gap",
)


@st.composite
def woven(draw: st.DrawFn) -> etree._Element:
    text = draw(st.text("ab \n\t\u00a0\x0c-", max_size=60))
    ends = st.integers(0, len(text))
    spans = []
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=12)):
        start, end = sorted((draw(ends), draw(ends)))
        if name in ("lb", "pb", "gap"):
            end = start
        attributes = {"break": "no"} if name in ("lb", "pb") and draw(st.booleans()) else {}
        spans.append(Span(start, end, name, attributes))
    return weave(text, spans, draw(st.sampled_from(("body", "div", "p", "text"))))


@given(woven())
def test_form(root: etree._Element) -> None:
    text = reading_text(root)
    if not text:
        return
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not text.startswith("\n")
    for line in text[:-1].split("\n"):
        assert line == line.rstrip(" \t\r\n")
        assert "  " not in line
    assert "\n\n\n" not in text


@given(st.text("ab\n ", max_size=30), st.data())
def test_furniture_is_never_read(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True))
    filled, spans, at = "", [], 0
    for place in sorted(places):
        filled += text[at:place]
        spans.append(Span(len(filled), len(filled) + 3, data.draw(st.sampled_from(("fw", "surplus", "del")))))
        filled += "XYZ"
        at = place
    filled += text[at:]
    read_text = reading_text(weave(filled, [Span(0, len(filled), "p"), *spans], "div"))
    assert read_text == reading_text(weave(text, [Span(0, len(text), "p")], "div"))


@given(st.text("abc", min_size=2, max_size=12), st.data())
def test_words_are_rejoined_wherever_they_break(word: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(word) - 1))
    between = data.draw(
        st.sampled_from(
            (
                "\n",
                "\n<lb/>\n",
                "\n<lb/><fw>9</fw>\n<pb/>\n<lb/><fw>HEAD</fw>\n",
                "\n<note place='bottom'>N</note>\n",
            )
        )
    )
    content = f'<p>x {word[:cut]}<pc force="weak">¬</pc>{between}<lb break="no"/>{word[cut:]} y</p>'
    expected = f"x {word} y" if "note" not in between else f"x {word}[1] y"
    assert read(content).split("\n")[0] == expected
