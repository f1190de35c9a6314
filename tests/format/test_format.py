"""What each thing looks like in canonical form."""

from __future__ import annotations

import pytest

from tei.errors import LimitError, ParseError
from tei.format import format_bytes
from tei.format.attributes import in_order
from tei.format.differences import first_difference, unified
from tei.names import TEI_NS, T, qualified

XSI = "http://www.w3.org/2001/XMLSchema-instance"
START = '<?xml version="1.0" encoding="UTF-8"?>\n'


def formatted(document: str) -> str:
    new = format_bytes(document.encode()).decode()
    assert new.startswith(START)
    assert format_bytes(new.encode()).decode() == new
    return new.removeprefix(START)


def header(content: str) -> str:
    """What becomes of ``content`` in a ``fileDesc``."""
    new = formatted(f'<TEI xmlns="{TEI_NS}"><teiHeader><fileDesc>{content}</fileDesc></teiHeader></TEI>')
    before, _, rest = new.partition("    <fileDesc>\n")
    assert before == f'<TEI xmlns="{TEI_NS}">\n  <teiHeader>\n'
    inside, _, after = rest.partition("    </fileDesc>\n")
    assert after == "  </teiHeader>\n</TEI>\n"
    return inside


def text(content: str) -> str:
    """What becomes of ``content`` in a ``text``."""
    new = formatted(f'<TEI xmlns="{TEI_NS}"><text>{content}</text></TEI>')
    return new.removeprefix(f'<TEI xmlns="{TEI_NS}">\n  <text>').removesuffix("</text>\n</TEI>\n")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<p  n='1'\n />", '<p n="1"/>'),
        ("<p></p>", "<p/>"),
        ("<p> </p>", "<p> </p>"),
        ("<p\n>a</p\n>", "<p>a</p>"),
        ("<p rend='\"' n=\"'\"/>", '<p n="\'" rend="&quot;"/>'),
        ("<p n='a\tb&#10;c&#9;&#13;'/>", '<p n="a b&#10;c&#9;&#13;"/>'),
        ("<p>&#233;&#xA0;&lt;>&amp;&apos;&quot;&#13;\r\n</p>", "<p>é\xa0&lt;&gt;&amp;'\"&#13;\n</p>"),
        ("<p>a<![CDATA[<b>&amp;]]>]]&gt;</p>", "<p>a&lt;b&gt;&amp;amp;]]&gt;</p>"),
        ("<!-- a  <b> --><?do  this  ?><?do?>", "<!-- a  <b> --><?do this  ?><?do?>"),
        ("<div>\n\n <p>a</p><p>b</p>\n</div>", "<div>\n\n <p>a</p><p>b</p>\n</div>"),
        ("<list>\n<item/>\t</list>", "<list>\n<item/>\t</list>"),
    ],
)
def test_in_the_text_only_tags_change(given: str, wanted: str) -> None:
    assert text(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            "<titleStmt><title>A</title><author>B</author></titleStmt>",
            "<titleStmt>|  <title>A</title>|  <author>B</author>|</titleStmt>",
        ),
        ("\n\n<extent/>\n\n\n\n<extent/>\n\n", "<extent/>||<extent/>"),
        ("<titleStmt>\n \t</titleStmt>", "<titleStmt/>"),
        (
            "<extent/> <!-- of it -->\n<!-- of the next --><extent/>",
            "<extent/> <!-- of it -->|<!-- of the next -->|<extent/>",
        ),
        ("<sourceDesc>\n\n<?do this?></sourceDesc>", "<sourceDesc>|  <?do this?>|</sourceDesc>"),
        ("<extent>\n   two <num>3</num>\n</extent>", "<extent>$   two <num>3</num>$</extent>"),
        (
            "<extent>\n <measure>1</measure> <measure>2</measure>\n\n\n<num/>\n</extent>",
            "<extent>|  <measure>1</measure> <measure>2</measure>||  <num/>|</extent>",
        ),
        (
            "<notesStmt><note><list><item/>\n</list>a</note></notesStmt>",
            "<notesStmt>|  <note><list><item/>$</list>a</note>|</notesStmt>",
        ),
        (
            "<titleStmt xml:space='preserve'> <title/>\n</titleStmt>",
            '<titleStmt xml:space="preserve"> <title/>$</titleStmt>',
        ),
        (
            "<sourceDesc><x xmlns='urn:x'>\n<y/>\n</x></sourceDesc>",
            '<sourceDesc>|  <x xmlns="urn:x">$<y/>$</x>|</sourceDesc>',
        ),
    ],
)
def test_header_is_laid_out(given: str, wanted: str) -> None:
    # | is a line end with the indentation of the place, $ one that was in the file
    lines = f"      {wanted}".replace("||", "\n\n      ").replace("|", "\n      ").replace("$", "\n")
    assert header(given) == f"{lines}\n"


def test_element_with_text_anywhere_is_laid_out_nowhere() -> None:
    assert "<listBibl> <bibl/></listBibl>" in header(
        "<sourceDesc><listBibl> <bibl/></listBibl><listBibl>a</listBibl></sourceDesc>"
    )
    assert "<listBibl>\n" in header("<sourceDesc><listBibl> <bibl/></listBibl><listBibl/></sourceDesc>")


def test_document_that_is_a_piece_of_a_text_keeps_its_spaces() -> None:
    piece = f'<div xmlns="{TEI_NS}">\n <p/><list> <item/></list></div>'
    assert formatted(piece) == f"{piece}\n"


def test_what_stands_around_the_root() -> None:
    models = '<?xml-model href="a.rng"?><!-- x --> <?xml-model href="b.sch"?>'
    given = f"{models}\n\n<!DOCTYPE TEI SYSTEM 'tei\"2.dtd'><TEI xmlns='{TEI_NS}'/><!-- y -->"
    assert formatted(given).splitlines() == [
        "<!DOCTYPE TEI SYSTEM 'tei\"2.dtd'>",
        '<?xml-model href="a.rng"?>',
        "<!-- x -->",
        '<?xml-model href="b.sch"?>',
        f'<TEI xmlns="{TEI_NS}"/>',
        "<!-- y -->",
    ]
    assert formatted(f'<!DOCTYPE TEI PUBLIC "-//T//X" "t.dtd"><TEI xmlns="{TEI_NS}"/>').startswith(
        '<!DOCTYPE TEI PUBLIC "-//T//X" "t.dtd">\n'
    )
    assert formatted(f'<!DOCTYPE TEI><TEI xmlns="{TEI_NS}"/>').startswith("<!DOCTYPE TEI>\n")


def test_encodings_and_line_ends() -> None:
    document = f'<TEI xmlns="{TEI_NS}">\n  <text>é\n</text>\n</TEI>\n'
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert format_bytes(document.replace("\n", "\r\n").encode(encoding)).decode() == START + document


class TestNamespaces:
    def test_tei_has_no_prefix(self) -> None:
        given = f'<t:TEI xmlns:t="{TEI_NS}"><t:text><t:p/></t:text></t:TEI>'
        assert formatted(given) == f'<TEI xmlns="{TEI_NS}">\n  <text><p/></text>\n</TEI>\n'

    def test_others_keep_theirs(self) -> None:
        given = (
            f'<TEI xmlns:m="urn:m" xmlns="{TEI_NS}" xmlns:a="urn:a"><text><m:p a:n="1" n="2"/></text></TEI>'
        )
        assert formatted(given).splitlines()[:2] == [
            f'<TEI xmlns="{TEI_NS}" xmlns:a="urn:a" xmlns:m="urn:m">',
            '  <text><m:p n="2" a:n="1"/></text>',
        ]

    def test_declared_twice_is_declared_once(self) -> None:
        inside = f'<text xmlns="{TEI_NS}"><m:p xmlns:m="urn:m"/></text>'
        given = f'<TEI xmlns="{TEI_NS}" xmlns:m="urn:m">{inside}</TEI>'
        assert "  <text><m:p/></text>\n" in formatted(given)

    def test_prefix_that_means_something_else_further_in(self) -> None:
        inside = '<k:x xmlns:k="urn:other"><m:p/><p m:n=""/></k:x>'
        start = f'<TEI xmlns="{TEI_NS}" xmlns:k="urn:m" xmlns:m="urn:m">'
        new = formatted(f'{start}<text><p m:n=""/>{inside}</text></TEI>')
        assert new == f'{start}\n  <text><p k:n=""/>{inside}</text>\n</TEI>\n'

    @pytest.mark.parametrize(
        "use", ["<t:p n='t:p'/>", "<t:p>t:p</t:p>", "<?do t:p?>", "<x xmlns='urn:x' t:n=''/>"]
    )
    def test_prefix_that_something_needs_stays_declared(self, use: str) -> None:
        new = formatted(f'<t:TEI xmlns:t="{TEI_NS}"><t:text>{use}</t:text></t:TEI>')
        assert new.startswith(f'<TEI xmlns="{TEI_NS}" xmlns:t="{TEI_NS}">\n')

    def test_tei_within_another_default_keeps_its_prefix(self) -> None:
        new = formatted(
            f'<t:TEI xmlns:t="{TEI_NS}"><t:text><x xmlns="urn:x"><t:p/></x><t:p/></t:text></t:TEI>'
        )
        assert '  <text><x xmlns="urn:x"><t:p/></x><p/></text>\n' in new

    @pytest.mark.parametrize(
        "given",
        [
            f'<t:TEI xmlns:t="{TEI_NS}">\n  <t:text><p/></t:text>\n</t:TEI>\n',
            f'<t:TEI xmlns:t="{TEI_NS}" xmlns:xsi="{XSI}" xsi:type="a"/>\n',
        ],
    )
    def test_names_without_a_prefix_do_not_change_their_meaning(self, given: str) -> None:
        assert formatted(given) == given


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        ("div", "type subtype n xml:id corresp facs rend xml:lang cert {urn:a}b"),
        ("measure", "unit quantity type"),
        ("note", "type place xml:id n resp"),
        ("pb", "n xml:id cert corresp next break"),
        ("q", "who type rend cert xml:id prev"),
        ("said", "who source cert xml:id next"),
    ],
)
def test_order_of_attributes(element: str, wanted: str) -> None:
    order = tuple(qualified(name) for name in wanted.split())
    assert in_order(T + element, tuple(reversed(order))) == order
    assert in_order(T + element, tuple(sorted(order))) == order


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            '<!DOCTYPE TEI [<!ATTLIST p n CDATA "1">]><TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
            "declares something",
        ),
        ('<!DOCTYPE TEI [<!ENTITY a "b">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&a;</TEI>', "entity a"),
        ("<html/>", "no TEI"),
        ("", "empty"),
        ("<TEI", "not well-formed"),
    ],
)
def test_refused(given: str, message: str) -> None:
    with pytest.raises(ParseError, match=message) as caught:
        format_bytes(given.encode(), "some.xml")
    assert caught.value.path == "some.xml"


def test_too_deep() -> None:
    deep = f'<TEI xmlns="{TEI_NS}">{"<list>" * 100_000}{"</list>" * 100_000}</TEI>'
    with pytest.raises(LimitError, match="deep"):
        format_bytes(deep.encode())


def test_first_difference_is_shown_around_its_place() -> None:
    assert first_difference(b"a\nb\r\n", b"a\nb\n") == (2, "b\\r", "b")
    assert first_difference(b"a\n", b"a\nb\n") == (2, "", "b")
    line, found, wanted = first_difference(
        b"x" * 500 + b"<p  n=''>" + b"y" * 500, b"x" * 500 + b'<p n="">' + b"y" * 500
    )
    assert line == 1
    assert found == "…" + "x" * 21 + "<p  n=''>" + "y" * 42 + "…"
    assert wanted.startswith("…" + "x" * 21 + '<p n="">')


def test_unified_diff_groups_what_is_near() -> None:
    old = "".join(f"line {number}\n" for number in range(1, 41))
    new = old.replace("line 2\n", "LINE 2\n").replace("line 7\n", "").replace("line 30\n", "line 30\nmore\n")
    assert "".join(unified(old.encode(), new.encode(), "a")).splitlines() == [
        "--- a",
        "+++ a\tformatted",
        "@@ -1,10 +1,9 @@",
        *(" line 1", "-line 2", "+LINE 2", " line 3", " line 4", " line 5", " line 6", "-line 7"),
        *(" line 8", " line 9", " line 10"),
        "@@ -28,6 +27,7 @@",
        *(" line 28", " line 29", " line 30", "+more", " line 31", " line 32", " line 33"),
    ]
