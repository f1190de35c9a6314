"""Which texts are values of a datatype; the table is ours and jing's alike."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tei.relaxng.datatypes import BUILT_IN, XSD, DatatypeError, datatype
from tei.relaxng.regex import RegexError, compile_regex
from tests.jing import jing, require_jing
from tests.relaxng.random_schemas import NS

# Type, parameters, values, other texts.
TABLE: list[tuple[str, tuple[tuple[str, str], ...], list[str], list[str]]] = [
    ("string", (), ["", " a\n"], []),
    ("string", (("minLength", "1"),), ["a"], [""]),
    ("string", (("length", "1"),), ["a", "\U0001f600"], ["", "ab"]),
    ("string", (("pattern", "a"), ("pattern", "b")), [], ["a", "b"]),
    ("normalizedString", (), ["a\nb"], []),
    ("token", (("pattern", "a b"),), ["a b", " a \n b "], ["ab"]),
    ("token", (("pattern", r"[^\p{C}\p{Z}]+"),), ["a", "é", "x\u00ad"], ["", "a b", "a\u00a0b"]),
    ("token", (("pattern", r"[\i-[:]][\c-[:]]*"),), ["a", "é1"], ["1", "a:b", ""]),
    ("token", (("pattern", r"(\-?[\d]+/\-?[\d]+)"),), ["1/2", "-1/٣"], ["1", "1/"]),
    ("token", (("pattern", r"a^b$|\.\*"),), ["a^b$", ".*"], ["ab", "xx"]),
    ("token", (("pattern", r"[a-c-[b]]+"),), ["ac"], ["b"]),
    ("token", (("pattern", r"\p{Lu}\P{Lu}{2,3}"),), ["Aéé", "É123"], ["aaa", "Aa", "Aaaaa"]),
    ("token", (("pattern", r"\p{IsGreek}*"),), ["αβγ", ""], ["a"]),
    ("language", (), ["en", "de-Latn-1996", "x-klingon", "i-navajo"], ["", "en_US", "abcdefghi", "1en"]),
    ("Name", (), ["a:b", "_", "a·"], ["", "1", "-a", "a b"]),
    ("NCName", (), [" a ", "é", "a.-1"], ["a:b", "1a", "", "a b", "\U00010330"]),
    ("NMTOKEN", (), ["1", ":", "-"], ["", "a b"]),
    ("NMTOKENS", (("length", "2"),), ["a b"], ["a", "", "a b c"]),
    ("anyURI", (), ["", "a b", "#a", "%20", "x:y", "a/:b", "///", "http://[::1]/", "//a?b#c", "é"], []),
    ("anyURI", (), ["?", "a?:b", "http:?", "//#", "x:/", "ex:/#", "http://a:", "x:[", "{x}"], []),
    ("anyURI", (), [], ["%", "%2", "%zz", "a#b#c", "http:", "//", "1a:b", ":a", "a b:c", "a[b", "x:#"]),
    ("anyURI", (), [], ["http://[", "a_b:c", "é:x", "http://", "#a%2"]),
    ("anyURI", (("pattern", "[^/]+:.*"),), ["x:y"], ["/x:y", "y"]),
    ("boolean", (), ["true", "0", " false "], ["TRUE", "yes", "", "01"]),
    ("decimal", (), ["1", "+1.", ".1", "-0.0"], [".", "1e1", "", "INF", "1,0", "١"]),
    ("decimal", (("totalDigits", "3"),), ["123", "0123", "1.23"], ["1234", "1.234"]),
    ("decimal", (("fractionDigits", "1"),), ["1", "1.1"], ["1.11", "1.10"]),
    ("decimal", (("minInclusive", "1"), ("maxExclusive", "2")), ["1", "1.99"], ["0.9", "2"]),
    ("integer", (), ["-0", "+12", "00"], ["1.0", "", "--1", "٣"]),
    ("nonNegativeInteger", (), ["0", "-0", "+1"], ["-1", "1.0"]),
    ("positiveInteger", (), ["1"], ["0", "-1"]),
    ("byte", (), ["127", "-128"], ["128", "-129"]),
    ("unsignedLong", (), ["18446744073709551615"], ["18446744073709551616", "-1"]),
    ("double", (), ["1", ".5", "1E+5", "INF", "-INF", "NaN"], [".", "1e", "+INF", "inf", "", "0x1"]),
    ("float", (("minExclusive", "1"),), ["2", "INF"], ["1", "NaN"]),
    ("date", (), ["2000-02-29", "-0001-01-01", "12000-01-01", "2001-02-03+14:00"], ["2001-02-29"]),
    ("date", (), [], ["1900-02-29"]),
    ("date", (), [], ["0000-01-01", "2001-1-1", "2001-04-31", "+2001-01-01", "02001-01-01"]),
    ("date", (("minInclusive", "2000-01-01"),), ["2000-01-01", "2000-01-02Z"], ["1999-12-31"]),
    ("dateTime", (), ["2001-01-01T00:00:00.5Z"], ["2001-01-01T24:00:00", "2001-01-01T00:00"]),
    ("time", (), ["23:59:59.25", "12:00:00+14:00"], ["24:00:00", "12:00", "1:00:00", "23:60:00"]),
    ("gYear", (), ["2001", "-2001", "12345", "2001Z"], ["0000", "01", "02001"]),
    ("gYearMonth", (), ["2001-12"], ["2001-13", "2001-00"]),
    ("gMonthDay", (), ["--02-29"], ["--02-30", "-02-03", "--04-31"]),
    ("gMonth", (), ["--12", "--01Z"], ["--13", "--1", "--12--"]),
    ("gDay", (), ["---31"], ["---32", "---00"]),
    ("duration", (), ["P1Y", "-P1M2D", "PT1.5S", "PT.5S"], ["P", "PT", "P1YT", "P1S", "P1W", "PT.S", "+P1D"]),
    ("duration", (("minInclusive", "P1M"),), ["P1M", "P32D"], ["P30D", "P27D"]),
    ("hexBinary", (("length", "1"),), ["0A", " 0a "], ["0", "0A0A", "0g"]),
    ("base64Binary", (), ["", "AA==", "AAA=", "A A A A"], ["A", "AA=", "AB==", "AAB="]),
    ("QName", (), ["a", "xml:a"], [":a", "a:", "1", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "good", "bad"), TABLE)
def test_values(name: str, parameters: tuple[tuple[str, str], ...], good: list[str], bad: list[str]) -> None:
    kind = datatype(XSD, name, parameters)
    assert [text for text in good if not kind.allows(text)] == []
    assert [text for text in bad if kind.allows(text)] == []


@pytest.mark.slow
def test_jing_agrees_with_the_table(tmp_path: Path) -> None:
    require_jing()
    elements, values, lines = "", "", []
    for number, (name, parameters, good, bad) in enumerate(TABLE):
        facets = "".join(f'<param name="{key}">{escape(value)}</param>' for key, value in parameters)
        elements += f'<element name="v{number}"><data type="{name}">{facets}</data></element>'
        for text in good + bad:
            lines.append((name, parameters, text, text in good))
            said = escape(text).replace("\n", "&#10;")
            values += f"<v{number}>{said}</v{number}>\n"
    schema, document = tmp_path / "s.rng", tmp_path / "d.xml"
    schema.write_text(
        f'<element name="r" {NS}><zeroOrMore><choice>{elements}</choice></zeroOrMore></element>',
        encoding="utf-8",
    )
    document.write_text(f"<r>\n{values}</r>", encoding="utf-8")
    wrong = {int(message.split(":")[0]) - 2 for message in jing(schema, [document])[document]}
    assert [line for number, line in enumerate(lines) if (number not in wrong) is not line[3]] == []


@pytest.mark.parametrize(
    ("name", "one", "other", "equal"),
    [
        ("integer", "1", "+01", True),
        ("decimal", "1.0", "1", True),
        ("token", " a  b", "a b", True),
        ("string", "a ", "a", False),
        ("double", "1e1", "10", True),
        ("boolean", "1", "true", True),
        ("dateTime", "2001-01-01T00:00:00Z", "2001-01-01T01:00:00+01:00", True),
        ("date", "2001-01-01", "2001-01-01Z", False),
        ("hexBinary", "0a", "0A", True),
    ],
)
def test_equal_values(name: str, one: str, other: str, equal: bool) -> None:
    kind = datatype(XSD, name)
    assert (kind.key(one) == kind.key(other)) is equal


@pytest.mark.parametrize(
    ("library", "name", "parameters"),
    [
        (BUILT_IN, "integer", ()),
        (BUILT_IN, "token", (("minLength", "1"),)),
        (XSD, "number", ()),
        (XSD, "token", (("size", "1"),)),
        (XSD, "token", (("minLength", "x"),)),
        (XSD, "token", (("minInclusive", "1"),)),
        (XSD, "integer", (("minInclusive", "a"),)),
        (XSD, "boolean", (("totalDigits", "1"),)),
        (XSD, "token", (("pattern", "("),)),
        ("urn:x", "token", ()),
    ],
)
def test_unsound_datatypes(library: str, name: str, parameters: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(DatatypeError):
        datatype(library, name, parameters)


@pytest.mark.parametrize(
    "expression",
    ["(", "a)", "[a", "[]", "a**", "*", r"\q", r"\p{Foo}", r"\p{IsFoo}", "[b-a]", "a{2,1}", "a{"],
)
def test_unsound_expressions(expression: str) -> None:
    with pytest.raises(RegexError):
        compile_regex(expression)
