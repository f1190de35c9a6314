"""What a reviewer is told of changes to a small document."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from lxml import etree

from tei.diff import Change, Difference, compare, compare_files
from tei.errors import ParseError
from tei.names import TEI_NS
from tei.parse import parse_bytes

TITLE = "<titleStmt><title>Boats</title><author>A. Berg</author></titleStmt>"
HEADER = f"<teiHeader><fileDesc>{TITLE}</fileDesc></teiHeader>"
BODY = """<text xml:space="preserve"><body><pb n="7"/><p xml:id="a"><lb/>The boats came home late that
<lb/>evening, and <persName ref="#berg">Anna Berg</persName> arc waiting.</p>
<p><lb/>Nobody spoke of the storm that night.</p>
<pb n="8"/><p><lb/>In the morning the harbour was empty.</p></body></text>"""


def document(body: str = BODY, header: str = HEADER, before: str = "") -> etree._Element:
    return parse_bytes(f'{before}<TEI xmlns="{TEI_NS}">\n{header}\n{body}</TEI>'.encode()).getroot()


def changed(*pairs: tuple[str, str], header: tuple[str, str] = ("", "")) -> Difference:
    body = BODY
    for old, new in pairs:
        assert old in body
        body = body.replace(old, new, 1)
    return compare(document(), document(body, HEADER.replace(*header)))


def one(*pairs: tuple[str, str], header: tuple[str, str] = ("", "")) -> Change:
    (found,) = changed(*pairs, header=header).changes
    return found


def told(change: Change) -> tuple[str, str, str]:
    return change.what, change.old, change.new


# The text


def test_a_word_is_shown_whole_with_its_place() -> None:
    found = one(("arc waiting", "are waiting"))
    assert told(found) == ("replaced", "arc", "are")
    assert (found.kind, found.line_old, found.line_new, found.page) == ("text", 4, 4, "7")
    assert found.before.endswith("Anna Berg ")
    assert found.after.startswith(" waiting.")


def test_a_letter_more_in_a_word_is_another_word() -> None:
    assert told(one(("spoke", "spokes"))) == ("replaced", "spoke", "spokes")


def test_a_phrase_written_anew_is_one_change() -> None:
    found = one(("spoke of the storm that night", "said a word about their long and bitter journey"))
    assert found.what == "replaced"
    assert found.new.startswith("said")


def test_a_paragraph_that_came_brings_its_markup() -> None:
    found = one(("night.</p>\n", "night.</p>\n<p><lb/>The <hi>lamps</hi> were lit.</p>\n"))
    assert told(found) == ("inserted", "", "The lamps were lit.\n")
    assert found.along == {"hi": 1, "lb": 1, "p": 1}
    assert (found.line_old, found.line_new) == (6, 6)


def test_a_paragraph_that_went_takes_its_markup_along() -> None:
    found = one(("<p><lb/>Nobody spoke of the storm that night.</p>\n", ""))
    assert (found.what, found.along) == ("deleted", {"lb": -1, "p": -1})
    assert found.page == "7"


def test_a_paragraph_that_stands_elsewhere_now_is_moved() -> None:
    paragraph = "<p><lb/>Nobody spoke of the storm that night.</p>\n"
    found = one((paragraph, ""), ('<pb n="7"/>', f'<pb n="7"/>{paragraph}'))
    assert (found.kind, found.what, found.along) == ("text", "moved", {})
    assert (found.line_old, found.line_new) == (5, 3)


def test_identifiers_move_with_their_words() -> None:
    paragraph = '<p xml:id="b"><lb/>Nobody at all spoke of the storm.</p>\n'
    one = BODY.replace('<pb n="8"/>', f'{paragraph}<pb n="8"/>')
    other = BODY.replace('<pb n="7"/>', f'<pb n="7"/>{paragraph}')
    (found,) = compare(document(one), document(other)).changes
    assert (found.what, found.along) == ("moved", {})


# The markup


def test_what_was_put_around_words_is_added() -> None:
    found = one(("harbour", '<placeName ref="#h">harbour</placeName>'))
    assert (found.kind, *told(found)) == ("markup", "added", "", "harbour")
    assert [(each.name, each.old, each.new) for each in found.attributes] == [("ref", None, "#h")]
    assert found.page == "8"


def test_a_correction_is_one_change() -> None:
    found = one((" arc ", " <choice><sic>arc</sic><corr>are</corr></choice> "))
    assert (found.what, found.element, found.along) == ("added", "choice", {"corr": 1, "sic": 1})


def test_another_reading_is_no_change_of_the_text() -> None:
    corrected = BODY.replace(" arc ", " <choice><sic>arc</sic><corr>are</corr></choice> ")
    other = corrected.replace(">are<", ">was<")
    (found,) = compare(document(corrected), document(other)).changes
    assert (found.kind, *told(found), found.element) == ("markup", "content", "are", "was", "corr")


@pytest.mark.parametrize(
    ("old", "new", "what", "element"),
    [
        ('ref="#berg"', 'ref="#holm"', "attributes", "persName"),
        ("persName>", "persName>", "", ""),
        ("and <persName", "<hi>and </hi><persName", "added", "hi"),
        ('<p xml:id="a"><lb/>', '<lb/><p xml:id="a">', "moved", "lb"),
        ("<lb/>The boats", "The <lb/>boats", "moved", "lb"),
        ('<pb n="8"/>', "", "removed", "pb"),
        ('<pb n="8"/>', '<milestone n="8"/>', "renamed", "pb"),
        ("night.</p>\n", "night.</p><!-- sic -->\n", "added", "!--"),
        ("The boats came", "<?draft 1?>The boats came", "added", "?draft"),
        (" late that\n<lb/>evening", " late</p> <p>that\n<lb/>evening", "split", "p"),
        ("</p>\n<p><lb/>Nobody", "\n<lb/>Nobody", "joined", "p"),
    ],
)
def test_each_change_of_the_markup_has_its_name(old: str, new: str, what: str, element: str) -> None:
    difference = changed((old, new))
    assert [(each.what, each.element) for each in difference.changes] == ([(what, element)] if what else [])
    assert difference.status == (8 if what else 0)


def test_an_edge_that_moved_leaves_what_is_inside_alone() -> None:
    around = BODY.replace("and <persName", "<q>and</q> <persName")
    other = BODY.replace("and <persName", "<q>and <persName").replace("</persName>", "</persName></q>")
    (found,) = compare(document(around), document(other)).changes
    assert told(found) == ("edges", "and", "and Anna Berg")


def test_markup_over_words_that_changed_has_not_changed() -> None:
    found = one(("Anna Berg", "Nils Holm"))
    assert (found.kind, found.new) == ("text", "Nils Holm")
    difference = changed(('"#berg">Anna Berg', '"#holm">Nils Holm'))
    assert [(each.kind, each.what) for each in difference.changes] == [
        ("text", "replaced"),
        ("markup", "attributes"),
    ]
    assert difference.status == 12


def test_a_form_feed_is_text() -> None:
    found = one(("night.", 'night.<g ref="#u000C"/>'))
    assert told(found) == ("inserted", "", "\f")


# White space and spelling


def test_white_space_counts_where_it_is_to_be_kept() -> None:
    found = one(("Nobody spoke", "Nobody  spoke"))
    assert told(found) == ("inserted", "", " ")


LOOSE = "<text><body><p>One  man.</p><p>Two <hi>men</hi>.</p></body></text>"


@pytest.mark.parametrize(
    "other",
    [
        LOOSE.replace("><", ">\n  <"),
        LOOSE.replace("One  man", "\n\tOne\nman").replace("<p>Two", "<p>\n  Two"),
        LOOSE.replace("<hi>men</hi>", "<hi>\n men</hi>"),
    ],
)
def test_a_file_that_is_laid_out_anew_has_not_changed(other: str) -> None:
    assert compare(document(LOOSE), document(other)).changes == ()


def test_words_that_were_joined_have_changed() -> None:
    (found,) = compare(document(LOOSE), document(LOOSE.replace("One  man", "Oneman"))).changes
    assert told(found) == ("deleted", " ", "")


def test_a_split_paragraph_is_no_change_of_the_text() -> None:
    other = LOOSE.replace("Two <hi>", "Two</p>\n<p><hi>")
    assert [each.what for each in compare(document(LOOSE), document(other)).changes] == ["split"]


def test_the_spelling_of_xml_is_no_change() -> None:
    words = '<t:p n="1" rend="b">caf&#233; &amp; <![CDATA[<]]></t:p>'
    one = f'<t:TEI xmlns:t="{TEI_NS}"><t:text>{words}</t:text></t:TEI>'
    other = f"<TEI xmlns='{TEI_NS}'><text><p rend='b' n='1'>café &#38; &lt;</p></text></TEI>"
    trees = [parse_bytes(text.encode()).getroot() for text in (one, other)]
    assert compare(*trees).changes == ()


# The header


@pytest.mark.parametrize(
    ("old", "new", "what", "path"),
    [
        ("Boats", "Ships", "replaced", "title"),
        ("<title>", '<title type="main">', "attributes", "title"),
        ("<author>A. Berg</author>", "", "removed", "author"),
        ("</author>", "</author><author>N. Holm</author>", "added", "author[2]"),
        (
            "<title>Boats</title><author>A. Berg</author>",
            "<author>A. Berg</author><title>Boats</title>",
            "moved",
            "",
        ),
    ],
)
def test_each_change_of_the_header_has_its_path(old: str, new: str, what: str, path: str) -> None:
    found = one(header=(old, new))
    assert (found.kind, found.what) == ("header", what)
    assert found.path.startswith("/teiHeader/fileDesc/titleStmt/")
    assert found.path.endswith(path)
    assert changed(header=(old, new)).status == 16


def test_one_person_more_in_a_long_list_is_one_change() -> None:
    people = [
        f'<person xml:id="p{number}"><persName>Person {number}</persName></person>' for number in range(9)
    ]
    header = "<teiHeader><listPerson>{}</listPerson></teiHeader>"
    old = document(header=header.format("".join(people)))
    new = document(header=header.format("".join([*people[:4], '<person xml:id="x"/>', *people[4:]])))
    (found,) = compare(old, new).changes
    assert (found.what, found.path) == ("added", "/teiHeader/listPerson/person[5]")


def test_what_stands_outside_of_the_root_belongs_to_the_header() -> None:
    (found,) = compare(document(), document(before="<?xml-model href='a.rng'?>")).changes
    assert (found.kind, found.what, found.path) == ("header", "added", "/processing-instruction(xml-model)")


# A book


def book(pages: int, change: bool) -> bytes:
    """Paragraphs of a few lines, names in them, every thousandth word another where ``change``."""
    chance = random.Random(7)
    parts: list[str] = []
    count = 0
    for page in range(pages):
        parts.append(f'<pb n="{page}"/>')
        for _ in range(4):
            parts.append("<p>")
            for _ in range(8):
                words = [f"{chance.choice(SYLLABLES)}{chance.choice(SYLLABLES)}" for _ in range(9)]
                count += 1
                if change and count % 100 == 0:
                    words[4] = "changed" if count % 200 else f"<hi>{words[4]}</hi>"
                parts.append(f'<lb/><name ref="#{words[0]}">{words[0]}</name> {" ".join(words[1:])}\n')
            parts.append("</p>")
    return f'<TEI xmlns="{TEI_NS}"><text xml:space="preserve">{"".join(parts)}</text></TEI>'.encode()


SYLLABLES = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "ol", "im")]


def test_a_hundred_changes_of_a_book_are_a_hundred_lines() -> None:
    old, new = (parse_bytes(book(320, change)).getroot() for change in (False, True))
    start = time.process_time()
    difference = compare(old, new)
    assert time.process_time() - start < 30
    assert {(each.kind, each.what) for each in difference.changes} == {
        ("text", "replaced"),
        ("markup", "added"),
    }
    assert len(difference.changes) == 320 * 4 * 8 // 100


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<lb/>", "<pb/>"),
        ('<p n="1">x</p>', '<p n="2">y</p>'),
        ("<hi>a</hi>", "<hi>a</hi>a"),
        ("<p>a b </p>", "a b "),
        ("<corr>a</corr>", "<!--a-->"),
    ],
)
def test_hostile_documents_take_linear_time(old: str, new: str) -> None:
    times = []
    for size in (600, 6000):
        roots = [document(f'<text xml:space="preserve">{each * size}</text>') for each in (old, new)]
        start = time.process_time()
        assert compare(*roots).changes
        times.append(time.process_time() - start)
    assert times[1] < max(40 * times[0], 1)


# Files


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "boats.xml"
    path.write_bytes(etree.tostring(document()))
    (text, header) = compare_files(os.devnull, path).changes
    assert (text.kind, text.what, header.what, header.path) == ("text", "inserted", "added", "/teiHeader")
    assert compare_files(path, os.devnull).status == 20


def test_what_is_no_tei_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.xml"
    path.write_text("<html/>")
    with pytest.raises(ParseError, match=r"page\.xml"):
        compare_files(path, path)


def test_lines_are_those_of_the_file() -> None:
    """Tags over several lines, comments and headers do not put them out."""
    body = BODY.replace('<p xml:id="a">', '<!-- one\ntwo --><p\n  xml:id="a"\n>')
    header = HEADER.replace("<author>", "<!--\n\n--><author\n>")
    other = body.replace("harbour", "haven")
    (found,) = compare(document(body, header), document(other, header)).changes
    assert found.line_new is not None
    assert "haven" in f'<TEI xmlns="{TEI_NS}">\n{header}\n{other}</TEI>'.split("\n")[found.line_new - 1]
