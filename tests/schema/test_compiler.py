"""What each part of PureODD becomes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from schema.odd.model import OddError
from schema.odd.pages import pages
from schema.odd.read import read_odd
from schema.odd.relaxng import relax_ng
from schema.odd.schematron import schematron
from tests.jing import invalid

REMARK = '<remarks><p>See <ref target="https://example.org/p">p</ref>.</p></remarks>'
EXAMPLE = '<exemplum><egXML xmlns="http://www.tei-c.org/ns/Examples"><a/></egXML></exemplum>'
LEAF = (
    '<elementSpec ident="b" mode="add"><gloss>b</gloss><desc>b</desc><content/>'
    f"{EXAMPLE}{REMARK}</elementSpec>"
)


def odd_of(content: str, *, before: str = "", extra: str = "", inside: str = "") -> str:
    """An ODD of the root element `a` with this content, of the empty element `b`, and of `extra`."""
    return f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron">
<teiHeader><fileDesc><titleStmt><title>small</title></titleStmt></fileDesc></teiHeader>
<text><body>
<div xml:id="about"><head>About</head><p>A <gi>p</gi>.</p></div>
<div xml:id="one"><head>One</head><p>Page.</p>
<specGrp xml:id="s">
<elementSpec ident="a" mode="add"><gloss>letter</gloss><desc>a letter</desc>
{before}<content>{content}</content>{inside}{EXAMPLE}{REMARK}</elementSpec>
{LEAF}{extra}
</specGrp></div>
<div xml:id="two"><head>Two</head>
<schemaSpec ident="x" start="a" ns="urn:x"><specGrpRef target="#s"/></schemaSpec></div>
</body></text></TEI>"""


def compiled(tmp_path: Path, text: str) -> str:
    """The definitions of the grammar without those of `b`, as text."""
    file = tmp_path / "small.odd"
    file.write_text(text, encoding="utf-8")
    grammar = relax_ng(read_odd(file), documented=False)
    return "".join(
        etree.tostring(define, encoding="unicode").replace(' xmlns="http://relaxng.org/ns/structure/1.0"', "")
        for define in grammar[1:]
        if define.get("name") != "b"
    )


MODEL = '<classSpec ident="m" type="model" mode="add"><desc>m</desc></classSpec>'
MEMBER = f"""<elementSpec ident="c" mode="add"><gloss>c</gloss><desc>c</desc>
<classes mode="replace"><memberOf key="m"/></classes><content><textNode/></content>
{EXAMPLE}{REMARK}</elementSpec>"""
B = '<ref name="b"/>'
ELEMENT = '<elementRef key="b"/>'
TOKEN = '<datatype><dataRef name="token"/></datatype>'
VALUE = '<valItem ident="{0}"><desc>{0}.</desc></valItem>'.format


@pytest.mark.parametrize(
    ("content", "pattern"),
    [
        ("", "<empty/>"),
        ("<empty/>", "<empty/>"),
        ("<textNode/>", "<text/>"),
        ('<elementRef key="b"/>', B),
        ('<elementRef key="b" minOccurs="0"/>', f"<optional>{B}</optional>"),
        ('<elementRef key="b" minOccurs="0" maxOccurs="unbounded"/>', f"<zeroOrMore>{B}</zeroOrMore>"),
        ('<elementRef key="b" maxOccurs="unbounded"/>', f"<oneOrMore>{B}</oneOrMore>"),
        ('<sequence><textNode/><elementRef key="b"/></sequence>', f"<text/>{B}"),
        (
            '<sequence minOccurs="0"><textNode/><elementRef key="b"/></sequence>',
            f"<optional><text/>{B}</optional>",
        ),
        (
            f"<alternate><textNode/><sequence>{ELEMENT}{ELEMENT}</sequence></alternate>",
            f"<choice><text/><group>{B}{B}</group></choice>",
        ),
    ],
)
def test_content(tmp_path: Path, content: str, pattern: str) -> None:
    assert (
        compiled(tmp_path, odd_of(content))
        == f'<define name="a"><element name="a">{pattern}</element></define>'
    )


def test_a_class_of_elements_is_the_choice_of_its_members(tmp_path: Path) -> None:
    found = compiled(tmp_path, odd_of('<classRef key="m"/>', extra=MODEL + MEMBER))
    assert '<define name="m"><choice><ref name="c"/></choice></define>' in found
    assert '<element name="c"><text/></element>' in found, "a class without attributes leaves no trace"


def test_a_macro_is_a_definition(tmp_path: Path) -> None:
    macro = (
        '<macroSpec ident="k" mode="add"><desc>k</desc><content><elementRef key="b"/></content></macroSpec>'
    )
    found = compiled(tmp_path, odd_of('<macroRef key="k"/>', extra=macro))
    assert f'<element name="a"><ref name="k"/></element></define><define name="k">{B}</define>' in found


ATTRIBUTE = """<attList><attDef ident="{name}" usage="{usage}"><desc>d</desc>{rest}</attDef></attList>"""


@pytest.mark.parametrize(
    ("usage", "rest", "pattern"),
    [
        (
            "req",
            '<datatype><dataRef name="date"/></datatype>',
            '<attribute name="n"><data type="date"/></attribute>',
        ),
        (
            "opt",
            '<datatype maxOccurs="unbounded"><dataRef name="token" restriction="[a|b]"/></datatype>',
            '<optional><attribute name="n"><list><oneOrMore>'  # noqa: ISC004
            '<data type="token"><param name="pattern">[a|b]</param></data>'
            "</oneOrMore></list></attribute></optional>",
        ),
        (
            "req",
            '<datatype><dataRef name="int"><dataFacet name="maxInclusive" value="9"/></dataRef></datatype>',
            '<attribute name="n"><data type="int"><param name="maxInclusive">9</param></data></attribute>',
        ),
        (
            "req",
            f'{TOKEN}<valList type="closed">{VALUE("x")}{VALUE("y")}</valList>',
            '<attribute name="n"><choice><value>x</value><value>y</value></choice></attribute>',
        ),
        (
            "req",
            f'{TOKEN}<valList type="open">{VALUE("x")}</valList>',
            '<attribute name="n"><data type="token"/></attribute>',
        ),
    ],
)
def test_attributes(tmp_path: Path, usage: str, rest: str, pattern: str) -> None:
    inside = ATTRIBUTE.format(name="n", usage=usage, rest=rest)
    found = compiled(tmp_path, odd_of("", inside=inside))
    assert found == f'<define name="a"><element name="a">{pattern}<empty/></element></define>'


def test_classes_of_attributes_hand_their_attributes_down(tmp_path: Path) -> None:
    rest = '<datatype><dataRef key="t"/></datatype>'
    inner = ATTRIBUTE.format(name="n", usage="opt", rest=rest)
    extra = f"""<classSpec ident="att.in" type="atts" mode="add"><desc>d</desc>{inner}</classSpec>
<classSpec ident="att.out" type="atts" mode="add"><desc>d</desc>
<classes><memberOf key="att.in"/></classes></classSpec>
<dataSpec ident="t" mode="add"><desc>d</desc>
<content><alternate><dataRef name="date"/><dataRef name="gYear"/></alternate></content></dataSpec>"""
    before = '<classes mode="replace"><memberOf key="att.out"/></classes>'
    text = odd_of("", before=before, extra=extra)
    found = compiled(tmp_path, text)
    assert '<define name="a"><element name="a"><ref name="att.out"/><empty/></element></define>' in found
    assert '<define name="att.out"><ref name="att.in"/></define>' in found
    assert '<define name="t"><choice><data type="date"/><data type="gYear"/></choice></define>' in found
    odd = read_odd(tmp_path / "small.odd")
    schema = tmp_path / "small.rng"
    schema.write_bytes(etree.tostring(relax_ng(odd, documented=True)))
    documents = {"good": '<a xmlns="urn:x" n="1901"/>', "bad": '<a xmlns="urn:x" n="then"/>'}
    files = [tmp_path / f"{name}.xml" for name in documents]
    for file in files:
        file.write_text(documents[file.stem])
    assert invalid(schema, files) == {tmp_path / "bad.xml"}


def test_descriptions_stand_where_editors_look_for_them(tmp_path: Path) -> None:
    listed = f'{TOKEN}<valList type="closed">{VALUE("x")}</valList>'
    inside = ATTRIBUTE.format(name="n", usage="req", rest=listed)
    (tmp_path / "small.odd").write_text(odd_of("", inside=inside))
    grammar = relax_ng(read_odd(tmp_path / "small.odd"), documented=True)
    words = [
        str(e.text)
        for e in grammar.iter("{http://relaxng.org/ns/compatibility/annotations/1.0}documentation")
    ]
    assert words == ["(letter) a letter", "d", "x.", "b"]


RULE = """<constraintSpec ident="TEI-R001" scheme="schematron"><desc>it has words</desc><constraint>
<sch:rule context="tei:a">
<sch:assert id="TEI-R001" role="error" see="https://example.org/" test="normalize-space()">it,
n="<sch:value-of select="@n"/>", is empty; <sch:span class="remedy">fill it</sch:span></sch:assert>
</sch:rule></constraint></constraintSpec>"""


def test_a_rule_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "small.odd").write_text(odd_of("", inside=RULE))
    schema = schematron(read_odd(tmp_path / "small.odd"))
    names = {"s": "http://purl.oclc.org/dsdl/schematron"}
    assert schema.xpath("string(//s:rule/@context)", namespaces=names) == "tei:a"
    assert schema.xpath("normalize-space(//s:assert)", namespaces=names) == 'it, n="", is empty'
    assert schema.xpath("string(//s:assert/s:value-of/@select)", namespaces=names) == "@n"
    assert (
        schema.xpath(
            "string(id(//s:assert/@diagnostics)|//s:diagnostic[@id = //s:assert/@diagnostics])",
            namespaces=names,
        )
        == "fill it"
    )


ATT = ATTRIBUTE.format(name="n", usage="opt", rest=TOKEN)


NONE = odd_of("")
OPTION = '<elementRef key="b" minOccurs="2" maxOccurs="5"/>'
ORPHAN = '<classes mode="replace"><memberOf key="att.global"/></classes>'
CHANGED = '<elementSpec ident="p" mode="change"/>'
SEMI = '</datatype><valList type="semi"/>'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (odd_of('<elementRef key="z"/>'), 8, "there is no elementSpec z"),
        (odd_of('<classRef key="b"/>'), 8, "there is no classSpec b"),
        (odd_of(OPTION), 8, 'minOccurs="2" with maxOccurs="5" is not known here'),
        (odd_of('<classRef key="b" expand="sequence"/>'), 8, "expand on <classRef> is not known here"),
        (odd_of("<textNode/><textNode/>"), 8, "put the parts of a content model into a sequence"),
        (odd_of("<sequence/>"), 8, "an empty <sequence>"),
        (odd_of("<anyElement/>"), 8, "<anyElement> is not known here"),
        (odd_of("", extra=CHANGED), 9, 'needs mode="add" or mode="replace"'),
        (
            odd_of("", inside=ATT.replace("List>", 'List org="choice">', 1)),
            8,
            "org on <attList> is not known",
        ),
        (odd_of("", inside=ATT.replace(' usage="opt"', "")), 8, "<attDef> needs the attribute usage"),
        (odd_of("", inside=ATT.replace("</datatype>", SEMI)), 8, "a list of values is closed or"),
        (odd_of("", before=ORPHAN), 7, "there is no classSpec att.global"),
        (
            odd_of("", inside=RULE.replace('id="TEI-R001" r', 'id="R2" r')),
            10,
            "the id of the assert is the ident",
        ),
        (odd_of("", inside=RULE.replace("sch:span", "sch:emph")), 10, "how to mend what is wrong"),
        (odd_of("", extra=LEAF), 12, "b is specified twice"),
        (NONE.replace("#s", "#t"), 12, "there is no specGrp with the xml:id t"),
        (NONE.replace('<specGrpRef target="#s"/>', ""), 12, "these groups are not part of the schema: s"),
    ],
)
def test_what_is_not_known_is_refused_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    file = tmp_path / "small.odd"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OddError) as caught:
        read_odd(file)
    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert words in str(caught.value)


def test_a_class_that_nothing_belongs_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.odd").write_text(odd_of('<classRef key="m"/>', extra=MODEL))
    with pytest.raises(OddError, match="the class m has no members"):
        relax_ng(read_odd(tmp_path / "small.odd"), documented=False)


def test_pages_say_where_an_element_may_stand(tmp_path: Path) -> None:
    (tmp_path / "small.odd").write_text(odd_of('<classRef key="m"/>', extra=MODEL + MEMBER))
    made = pages(read_odd(tmp_path / "small.odd"))
    assert set(made) == {"index.md", "rules.md", "one.md"}
    assert "May contain: [m](one.md#m)" in made["one.md"]
    assert "May stand in: wherever [m](one.md#m) may\n\nMay contain: text" in made["one.md"]
    assert "| [c](one.md#c) | c |" in made["index.md"]
