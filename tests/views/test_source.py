"""The source view: whatever is woven, in whatever order, the text comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei.errors import ParseError
from tei.names import TEI_NS
from tei.span import Span
from tei.views import source_bytes, source_text
from tei.weave import weave

INLINE = ("hi", "said", "persName", "quote", "fw", "choice", "sic", "del", "note")
CHARACTERS = st.characters(codec="utf-8") | st.sampled_from("\n \t\f\0\r\ufeff\ufffe¬-")


@st.composite
def editions(draw: st.DrawFn) -> tuple[str, etree._Element]:
    """A text, and a tree in which its pages stand in another order, among any markup."""
    pages = draw(st.lists(st.text(CHARACTERS, max_size=12), min_size=1, max_size=7))
    before = draw(st.text(CHARACTERS, max_size=5))
    order = draw(st.permutations(range(len(pages))))
    arranged, spans = before, []
    for at, page in enumerate(order):
        attributes = {"n": str(page + 1), "xml:id": f"p{page}"}
        follows = order[at + 1] if at + 1 < len(order) else None
        precedes = order[at - 1] if at else None
        if page + 1 < len(pages) and follows != page + 1:
            attributes["next"] = f"#p{page + 1}"
        if page and precedes != page - 1:
            attributes["prev"] = f"#p{page - 1}"
        spans.append(Span(len(arranged), len(arranged), "pb", attributes))
        arranged += pages[page]
    places = st.integers(0, len(arranged))
    for name in draw(st.lists(st.sampled_from((*INLINE, "lb", "corr", "supplied")), max_size=8)):
        start, end = sorted((draw(places), draw(places)))
        if name in ("lb", "corr", "supplied"):
            spans.append(
                Span(start, start, name, {}, None if name == "lb" else draw(st.text("xyz", max_size=3)))
            )
        else:
            spans.append(Span(start, end, name))
    return before + "".join(pages), weave(arranged, spans)


@given(editions())
def test_text_comes_back(edition: tuple[str, etree._Element]) -> None:
    text, root = edition
    assert source_text(root) == text


def parse(content: str) -> etree._Element:
    return etree.fromstring(f'<text xmlns="{TEI_NS}">{content}</text>')


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (" <front/> a\n<body>b</body>\n", "  a\nb\n"),
        ('a<corr>b</corr><reg>c<hi>d</hi></reg><note type="editorial">e</note><note>f</note>', "af"),
        ('a<!-- b --><?c d?><g ref="#u0001"/>e<g ref="#u0041"/><g ref="#u0001">f</g>', "a\x01ef"),
        ('<pb xml:id="a" prev="#b"/>A<pb xml:id="b"/>B', "BA"),
        ('0<pb xml:id="a" next="#c"/>A<pb xml:id="b"/>B<pb xml:id="c" next="#b"/>C', "0ACB"),
    ],
)
def test_what_counts(content: str, expected: str) -> None:
    assert source_text(parse(content)) == expected
    assert source_bytes(parse(content)) == expected.encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<pb n="7" next="#x"/>', '@next="#x" of <pb n="7"> names no page break'),
        ('<pb xml:id="a" prev="#a"/>', "names this page break"),
        (
            '<pb xml:id="a" next="#c"/><pb xml:id="b" next="#c"/><pb xml:id="c"/>',
            'two pages are said to come before <pb xml:id="c">',
        ),
        (
            '<pb xml:id="a" next="#c"/><pb xml:id="b" prev="#a"/><pb xml:id="c"/>',
            'two pages are said to follow <pb xml:id="a">',
        ),
        ('<pb xml:id="a" next="#c"/><pb xml:id="b"/><pb xml:id="c"/>', 'no page leads to <pb xml:id="b">'),
        ('<pb xml:id="a" next="#b" prev="#b"/><pb xml:id="b"/>', 'in a circle through <pb xml:id="a">'),
    ],
)
def test_broken_chains_name_the_page(content: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        source_text(parse("\n\n" + content))
    assert message in caught.value.message
    assert caught.value.line == 3


def test_each_text_of_a_corpus_in_its_own_encoding() -> None:
    def document(charset: str) -> str:
        digital = f'<bibl type="digital"><ref target="x" mimeType="text/plain; charset={charset}"/></bibl>'
        header = f"<teiHeader><fileDesc><sourceDesc>{digital}</sourceDesc></fileDesc></teiHeader>"
        return f"<TEI>{header}<text>é\n</text></TEI>"

    root = etree.fromstring(
        f'<teiCorpus xmlns="{TEI_NS}">{document("utf-8; bom=yes")}{document("latin-1")}</teiCorpus>'
    )
    assert source_bytes(root) == b"\xef\xbb\xbf\xc3\xa9\n\xe9\n"
