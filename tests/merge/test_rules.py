"""What becomes of the markup, case by case: a text, an edit of its view, the text after the merge."""

from __future__ import annotations

import pytest
from lxml import etree

from tei.errors import MergeError, ParseError, SourceError
from tei.markup import Markup
from tei.merge import Correction, Merged, merge
from tei.names import TEI_NS
from tei.parse import parse_bytes
from tei.views import reading_text, source_text
from tei.views.placed import placed_reading, placed_source

HEAD = f'<TEI xmlns="{TEI_NS}"><teiHeader/><text><body>'
FOOT = "</body></text></TEI>"


def document(content: str) -> bytes:
    return f"{HEAD}{content}{FOOT}".encode()


def carried(content: str, view: str, old: str, new: str, correction: Correction | None = None) -> Merged:
    base = document(content)
    root = parse_bytes(base).getroot()
    text = (source_text if view == "source" else reading_text)(root)
    assert text.count(old) == 1, text
    edited = text.replace(old, new)
    return merge(
        base, edited.encode(), view="source" if view == "source" else "reading", correction=correction
    )


def content_of(merged: Merged) -> str:
    return merged.xml.decode().removeprefix(HEAD).removesuffix(FOOT)


# Something for each element to stand in, so that nothing new is made.
MORE = "<p>Z<hi>z</hi></p>"


@pytest.mark.parametrize(
    ("content", "old", "new", "expected"),
    [
        # In a word, at its edges, in the middle of an element.
        ("<p>the <hi>Lennin</hi> file</p>", "Lennin", "Lenin", "<p>the <hi>Lenin</hi> file</p>"),
        ("<p>the <hi>Lenin</hi> file</p>", "Lenin", "Lenins", "<p>the <hi>Lenins</hi> file</p>"),
        ("<p>the <hi>Lenin</hi> file</p>", "Lenin", "ALenin", "<p>the <hi>ALenin</hi> file</p>"),
        ("<p>the <hi>Lenin</hi> file</p>", "Lenin", "Stalin", "<p>the <hi>Stalin</hi> file</p>"),
        # A word beside an element does not get into it.
        ("<p>the <hi>Lenin</hi> file</p>", "Lenin", "Lenin old", "<p>the <hi>Lenin</hi> old file</p>"),
        ("<p>the <hi>Lenin</hi> file</p>", "Lenin", "new Lenin", "<p>the new <hi>Lenin</hi> file</p>"),
        ("<p>the <hi>Lenin</hi> file</p>", "Lenin", "Lenin,", "<p>the <hi>Lenin</hi>, file</p>"),
        ("<p><hi>Lenin</hi> file</p>", "Lenin", "Old Lenin", "<p>Old <hi>Lenin</hi> file</p>"),
        ("<p>file <hi>Lenin</hi></p>", "Lenin", "Lenin old", "<p>file <hi>Lenin</hi> old</p>"),
        # What is emptied goes; what belongs to the page or is pointed at stays.
        ("<p>the <hi>old</hi> file</p>", "old ", "", "<p>the file</p>"),
        ("<p>a <hi>b<pb/></hi> c</p>", "b ", "", "<p>a <pb/>c</p>"),
        (
            '<p>a <hi xml:id="h">b</hi> c</p><p corresp="#h">d</p>',
            "b ",
            "",
            '<p>a <hi xml:id="h"></hi>c</p><p corresp="#h">d</p>',
        ),
        ("<p>a<note>N</note> b</p>" + MORE, "b\n", "c\n", "<p>a<note>N</note> c</p>" + MORE),
        # Line breaks and broken words.
        ("<p>foot\n<lb/>ball</p>", "foot ball", "football", '<p>foot\n<lb break="no"/>ball</p>'),
        ("<p>foot\n<lb break='yes'/>ball</p>", "foot ball", "football", '<p>foot\n<lb break="no"/>ball</p>'),
        (
            '<p>of<pc force="weak">-</pc>\n<lb break="no"/>fice</p>',
            "office",
            "officer",
            '<p>of<pc force="weak">-</pc>\n<lb break="no"/>ficer</p>',
        ),
        ("<p>one\n<lb/>two</p>", "one two", "one and two", "<p>one and\n<lb/>two</p>"),
        # The editor's reading is what a reader sees.
        (
            "<p>It <choice><sic>arc</sic><corr>are</corr></choice> so</p>",
            "are",
            "is",
            "<p>It <choice><sic>arc</sic><corr>is</corr></choice> so</p>",
        ),
        ("<p>It <choice><sic>arc</sic><corr>are</corr></choice> so</p>", "are ", "", "<p>It so</p>"),
        # Paragraphs.
        ("<p>a</p><p>b</p>", "a\n\nb", "a\n\nnew\n\nb", "<p>a</p><p>new</p><p>b</p>"),
        ("<p>a</p>\n  <p>b</p>", "a\n\nb", "a\n\nnew\n\nb", "<p>a</p>\n  <p>new</p>\n  <p>b</p>"),
        ("<p>a</p><p>b</p>", "b", "b\n\nnew & <more>", "<p>a</p><p>b</p><p>new &amp; &lt;more&gt;</p>"),
        ("<p>a</p><p>b</p><p>c</p>", "b\n\n", "", "<p>a</p><p>c</p>"),
        ("<p>one. Two.</p>", "one. Two.", "one.\n\nTwo.", "<p>one.</p><p>Two.</p>"),
        (
            '<p rend="x" xml:id="p">one. <hi>Two. Three.</hi></p>',
            "Two. Three.",
            "Two.\n\nThree.",
            '<p rend="x" xml:id="p">one. <hi>Two.</hi></p><p rend="x"><hi>Three.</hi></p>',
        ),
        (
            '<p><q who="#a">“One. Two.”</q></p><p xml:id="a">z</p>',
            "One. Two.",
            "One.\n\nTwo.",
            (
                '<p><q who="#a" xml:id="q-s1.part1" next="#q-s1.part2">“One.</q></p>'
                '<p><q who="#a" xml:id="q-s1.part2" prev="#q-s1.part1">Two.”</q></p><p xml:id="a">z</p>'
            ),
        ),
        ("<p>one.</p>\n<p>Two.</p>", "one.\n\nTwo.", "one. Two.", "<p>one.\nTwo.</p>"),
        ("<p>one.</p><p>Two.</p>", "one.\n\nTwo.", "one. Two.", "<p>one. Two.</p>"),
        ("<lg><l>one</l><l>two</l></lg>", "one\n", "one\nand\n", "<lg><l>one</l><l>and</l><l>two</l></lg>"),
        # What stands in different elements, or is of different kinds: a paragraph takes in the other's words.
        ("<head>A</head><p>b</p>", "A\n\nb", "A b", "<p>A b</p>"),
        (
            "<div><p>a</p></div><div><p>b</p><p>c</p></div>",
            "a\n\nb",
            "a b",
            "<div><p>a b</p></div><div><p>c</p></div>",
        ),
        (
            "<lg><l>a</l><l>b</l></lg><lg><l>c</l><l>d</l></lg>",
            "b\n\nc",
            "b\nc",
            "<lg><l>a</l><l>b</l><l>c</l><l>d</l></lg>",
        ),
        ("<lg><l>a</l><l>b c</l></lg>", "b c", "b\n\nc", "<lg><l>a</l><l>b</l></lg><lg><l>c</l></lg>"),
        (
            "<p>a</p><vocal><desc>(Laughter)</desc></vocal><p>b</p>",
            "a\n\n(",
            "a (",
            "<p>a <vocal><desc>(Laughter)</desc></vocal></p><p>b</p>",
        ),
        ("<p>a<note><p>N</p></note></p>", "[1] N", "[1] new\n\nN", "<p>a<note><p>new</p><p>N</p></note></p>"),
        # A gap can be filled; a new entry stands beside others, not behind the paragraph around the list.
        ("<p>a<gap/> b</p>", "[…]", "x", "<p>ax b</p>"),
        (
            "<p>These:<list><item>a</item></list> and so on</p>",
            "a\n",
            "new\n\na\n",
            "<p>These:<list><item>new</item><item>a</item></list> and so on</p>",
        ),
        # A paragraph that was moved takes its markup along.
        (
            "<p>A <hi>first</hi> paragraph</p><p>the second</p>",
            "A first paragraph\n\nthe second",
            "the second\n\nA first paragraph",
            "<p>the second</p><p>A <hi>first</hi> paragraph</p>",
        ),
    ],
)
def test_reading_view(content: str, old: str, new: str, expected: str) -> None:
    merged = carried(content, "reading", old, new)
    assert [change.refused for change in merged.refused] == []
    assert content_of(merged) == expected


@pytest.mark.parametrize(
    ("content", "old", "new", "expected"),
    [
        ("<p><lb/>one\n<lb/>two\n</p>", "one\n", "one\nnew\n", "<p><lb/>one\n<lb/>new\n<lb/>two\n</p>"),
        ("<p><lb/>one\n<lb/>two\n<lb/>three\n</p>", "two\n", "", "<p><lb/>one\n<lb/>three\n</p>"),
        ("<p><lb/>one\n<lb/>two\n</p>", "one\ntwo", "one two", "<p><lb/>one two\n</p>"),
        ("<p><lb/>one two\n</p>", "one two", "one\ntwo", "<p><lb/>one\n<lb/>two\n</p>"),
        (
            "<p><lb/>one</p>\n<lb/>\n<p><lb/>two</p>\n",
            "one\n\n",
            "one\n\nnew\n\n",
            "<p><lb/>one</p>\n<lb/>\n<p><lb/>new</p>\n<lb/>\n<p><lb/>two</p>\n",
        ),
        (
            "<p><lb/>one</p>\n<lb/>\n<p><lb/>two</p>\n<lb/>\n<p><lb/>three</p>\n",
            "two\n\n",
            "",
            "<p><lb/>one</p>\n<lb/>\n<p><lb/>three</p>\n",
        ),
        (
            "<p><lb/>one.\n<lb/>Two.</p>\n",
            "one.\n",
            "one.\n\n",
            "<p><lb/>one.</p>\n<lb/>\n<p><lb/>Two.</p>\n",
        ),
        (
            '<p><lb/>of<pc force="weak">-</pc>\n<lb break="no"/>fice\n<lb/>x</p>',
            "of-\nfice",
            "office",
            "<p><lb/>office\n<lb/>x</p>",
        ),
        # Spaces at the end of a line are not seen; with the line end they go.
        ("<p><lb/>one \n<lb/>two \n</p>", "one \ntwo", "one two", "<p><lb/>one two \n</p>"),
    ],
)
def test_source_view(content: str, old: str, new: str, expected: str) -> None:
    merged = carried(content, "source", old, new)
    assert [change.refused for change in merged.refused] == []
    root = parse_bytes(merged.xml).getroot()
    assert source_text(root) == source_text(parse_bytes(document(expected)).getroot())
    assert content_of(merged) == expected


SIC = '<choice><sic>{}</sic><corr resp="#ed" cert="high">{}</corr></choice>'


@pytest.mark.parametrize("view", ["source", "reading"])
@pytest.mark.parametrize(
    ("content", "old", "new", "expected"),
    [
        ("<p>you arc so</p>", "arc", "are", f"<p>you {SIC.format('arc', 'are')} so</p>"),
        (
            "<p>the <hi>Lennin</hi></p>",
            "Lennin",
            "Lenin",
            f"<p>the <hi>{SIC.format('Lennin', 'Lenin')}</hi></p>",
        ),
        (
            "<p>you so</p>",
            "you so",
            "you are so",
            '<p>you <supplied reason="omitted" resp="#ed" cert="high">are </supplied>so</p>',
        ),
        (
            "<p>you are are so</p>",
            "are are",
            "are",
            '<p>you are <surplus reason="misread" resp="#ed" cert="high">are</surplus> so</p>',
        ),
        ("<p>foot ball</p>", "foot ball", "football", f"<p>{SIC.format('foot ball', 'football')}</p>"),
        ("<p>football</p>", "football", "foot ball", f"<p>{SIC.format('football', 'foot ball')}</p>"),
        (
            "<p>a <hi>b c</hi> d e</p>",
            "c d",
            "X",
            (
                f"<p>a <hi>b {SIC.format('c', 'X')}</hi> "
                '<surplus reason="misread" resp="#ed" cert="high">d</surplus> e</p>'
            ),
        ),
    ],
)
def test_corrections(view: str, content: str, old: str, new: str, expected: str) -> None:
    editor = '<listPerson><person xml:id="ed"><persName>E</persName></person></listPerson>'
    merged = carried(content + editor, view, old, new, Correction("#ed"))
    assert [change.refused for change in merged.refused] == []
    assert content_of(merged) == expected + editor


@pytest.mark.parametrize(
    ("content", "old", "new", "reason"),
    [
        ("<p>a<note>N</note> b</p>", "a[1]", "a[2]", "is made by the reading view"),
        ("<p>a<note>N</note> b</p>", "a[1] b\n\n", "", "is made by the reading view"),
        ("<sp><p>a</p></sp><pb/><sp><p>b</p></sp>", "a\n\nb", "a b", "a <pb> stands between the two"),
        (
            '<p>a</p><head xml:id="x">B</head><p corresp="#x">c</p>',
            "a\n\nB",
            "a B",
            "something points at the <head>",
        ),
        (
            "<div><p>a</p></div><div><p>b<lg><l>c</l></lg></p></div>",
            "a\n\nb",
            "a b",
            "holds more than the words",
        ),
        ("<p>one two</p>", "one two", "one\ntwo", "a paragraph is one line here"),
        ("<table><row><cell>a</cell><cell>b</cell></row></table>", "a\tb", "a b", "the cells of a table"),
    ],
)
def test_what_cannot_be_placed_is_refused(content: str, old: str, new: str, reason: str) -> None:
    merged = carried(content + MORE, "reading", old, new)
    assert any(reason in (change.refused or "") for change in merged.changes), merged.changes
    # What is refused leaves no trace.
    assert merged.xml == document(content + MORE)


ARC = "<p>you <choice><sic>arc</sic><corr>are</corr></choice></p>"


def test_a_corrected_word_is_not_corrected_again() -> None:
    merged = carried(ARC, "source", "arc", "ark", Correction())
    assert "corrected in the file already" in (merged.changes[0].refused or "")
    merged = carried(ARC, "source", "arc", "are", Correction())
    assert [(change.refused, change.note) for change in merged.changes] == [
        (None, "it is corrected like this already")
    ]
    assert content_of(merged) == ARC
    merged = carried(ARC, "reading", "are", "were", Correction())
    assert "not recorded again" in (merged.changes[0].note or "")
    assert content_of(merged) == ARC.replace("are", "were")


@pytest.mark.parametrize(
    ("content", "old", "new", "expected", "note"),
    [
        (ARC, "arc", "are", "<p>you are</p>", "it is what its correction says, and needs none any more"),
        (ARC, "arc", "ark", ARC.replace("arc", "ark"), "its correction, “are”, stays as it is"),
        (
            "<p><choice><orig>yat Lennin</orig><reg>that Lennin</reg></choice></p>",
            "Lennin",
            "Lenin",
            "<p><choice><orig>yat Lenin</orig><reg>that Lenin</reg></choice></p>",
            "and in its correction",
        ),
    ],
)
def test_a_correction_follows_what_it_corrects(
    content: str, old: str, new: str, expected: str, note: str
) -> None:
    merged = carried(content + MORE, "source", old, new)
    assert [(change.refused, change.note) for change in merged.changes] == [(None, note)]
    assert content_of(merged) == expected + MORE


LINED = "<p><lb/>one\n<lb/>two</p>\n<lb/>\n<p><lb/>three</p>\n"


@pytest.mark.parametrize(
    ("old", "new", "expected", "note"),
    [
        ("one\ntwo", "one two", LINED, "the source keeps its lines"),
        ("one\ntwo", "one\n\ntwo", LINED.replace("one\n", "one</p><p>\n"), None),
        ("two\n\nthree", "two\nthree", LINED.replace("</p>\n<lb/>\n<p>", "\n<lb/>\n"), None),
        (
            "one\ntwo",
            "onetwo",
            LINED.replace(
                "one\n<lb/>two", '<choice><sic>one\n<lb/>two</sic><corr cert="high">onetwo</corr></choice>'
            ),
            None,
        ),
    ],
)
def test_lines_and_corrections(old: str, new: str, expected: str, note: str | None) -> None:
    merged = carried(LINED, "source", old, new, Correction())
    assert [(change.refused, change.note) for change in merged.changes] == [(None, note)]
    assert content_of(merged) == expected


def test_what_the_source_has_alone_can_be_corrected() -> None:
    merged = carried("<p>a <orig>wrd</orig></p>", "reading", "wrd", "word", Correction())
    assert (
        content_of(merged)
        == '<p>a <orig><choice><sic>wrd</sic><corr cert="high">word</corr></choice></orig></p>'
    )


@pytest.mark.parametrize(
    ("content", "view", "old", "new", "reason"),
    [
        # The correction would lack what an editor has written out.
        ("<p>i<ex>hes</ex>u now</p>", "source", "iu", "io", "correct it in the reading view"),
        # XML that is shown, not TEI.
        (
            '<p>a</p><egXML xmlns="http://www.tei-c.org/ns/Examples"><p>wrd</p></egXML>',
            "source",
            "wrd",
            "word",
            "no element of TEI P5",
        ),
    ],
)
def test_where_no_correction_can_be_recorded(
    content: str, view: str, old: str, new: str, reason: str
) -> None:
    merged = carried(content, view, old, new, Correction())
    assert [reason in (change.refused or "") for change in merged.changes] == [True]
    assert content_of(merged) == content


FILE = (
    "\ufeff<?xml version='1.0'  encoding='UTF-8' ?>\r\n<!-- a > b -->"
    "<!DOCTYPE TEI [<!ELEMENT x (y) > <!-- ' -->]>\r\n"
    f"<TEI  xmlns='{TEI_NS}' ><teiHeader ></teiHeader><text><body>\r\n"
    "<p  rend = 'a>b' >one &amp; <![CDATA[two <&lt; ]]>thr&#101;e<?do it?> &lt;four&gt;</p ><p/>"
    "\r\n</body></text></TEI >\r\n"
)


def test_all_else_stays_byte_for_byte() -> None:
    base = FILE.encode()
    edited = "one & two <&lt; three <five>\n"
    merged = merge(base, edited.encode(), view="reading")
    assert merged.xml == base.replace(b"four", b"five")
    merged = merge(base, edited.replace("two", "2").replace("three", "thr3e").encode(), view="reading")
    assert merged.xml == base.replace(b"four", b"five").replace(b"two", b"2").replace(b"&#101;", b"3")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_stay(codec: str) -> None:
    text = document("<p>Ämter now</p>").decode()
    base = f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode(codec)
    if codec != "utf-16":
        base = f'\ufeff<?xml version="1.0" encoding="utf-16"?>{text}'.encode(codec)
    merged = merge(base, "Ämter naow\n".encode(), view="reading")
    assert merged.xml == base.replace(
        "now".encode("utf-16-le"), "naow".encode("utf-16-le")
    ) or merged.xml == (base.replace("now".encode("utf-16-be"), "naow".encode("utf-16-be")))


LINES = "<p><lb/>one  \n<lb/>two \n<lb/>\n<lb/>three words here\n</p>"


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
        lambda text: "\ufeff" + text,
        lambda text: text.replace("two \n", "two\r\n"),
    ],
)
@pytest.mark.parametrize("view", ["source", "reading"])
def test_what_an_editing_program_does_is_no_edit(save: object, view: str) -> None:
    assert callable(save)
    base = document(LINES)
    text = (source_text if view == "source" else reading_text)(parse_bytes(base).getroot())
    merged = merge(base, save(text).encode(), view="source" if view == "source" else "reading")
    assert merged.changes == []
    assert merged.xml == base
    merged = merge(base, save(text.replace("words", "more words")).encode())
    assert len(merged.changes) == 1
    assert merged.xml == base.replace(b"words", b"more words")


def test_the_view_is_found_out() -> None:
    base = document("".join(f"<p><lb/>line {n} of a\n<lb/>paragraph</p>\n<lb/>\n" for n in range(9)))
    root = parse_bytes(base).getroot()
    for view, make in (("source", source_text), ("reading", reading_text)):
        assert merge(base, make(root).replace("line 4", "line four").encode()).view == view
    with pytest.raises(MergeError, match="made from no view") as caught:
        merge(base, b"Something else altogether.\n", edited_path="proof.txt")
    assert caught.value.path == "proof.txt"


def test_what_is_no_text_or_no_tei() -> None:
    with pytest.raises(SourceError):
        merge(document("<p>a</p>"), b"\xff\x01\x02abc")
    with pytest.raises(ParseError):
        merge(b"<html/>", b"a")
    with pytest.raises(MergeError, match="nobody in the file"):
        merge(document("<p>a</p>"), b"b\n", view="reading", correction=Correction("#nobody"))


SHAPES = """
<head>A <hi>head</hi><note place="bottom">its <hi>note</hi></note></head><p>one\n<lb/>two &amp; three
<g ref="#u000C"/>x <choice><sic>arc</sic><corr>are</corr></choice> of<pc force="strong">-</pc>
<lb break="no"/>fice <gap/> end</p>
<table><row><cell>a</cell><cell>b\n c</cell></row></table><lg><l>v 1</l><l>v  2</l></lg>
<p>wo<note>N</note><lb break="no"/>rd</p>
"""


@pytest.mark.parametrize("make", [placed_source, placed_reading])
def test_each_character_knows_its_place(make: object) -> None:
    assert callable(make)
    raw = document(SHAPES).decode()
    root = parse_bytes(raw.encode()).getroot()
    placed = make(root, Markup(raw, root))
    assert placed.text == (source_text if make is placed_source else reading_text)(root)
    assert len(placed.text) == len(placed.starts) == len(placed.ends)
    for at, character in enumerate(placed.text):
        start, end = placed.starts[at], placed.ends[at]
        if start < 0:
            assert character.isspace() or placed.made_in(at, at + 1), at
            continue
        there = etree.fromstring(f'<a xmlns="{TEI_NS}">{raw[start:end]}</a>')
        assert raw[start:end].startswith("<g ") or (there.text or "").strip() == character.strip()
