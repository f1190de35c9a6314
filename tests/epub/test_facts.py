"""What is read from a header: whole ones, odd ones, and none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.epub.book import Facts
from tei.epub.facts import read_facts
from tei.epub.language import language_tag
from tei.errors import TeiError
from tei.parse import parse_file

TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
PRINT = (
    "<biblStruct><monogr><author>Anna Berg</author><title>The Sea</title><imprint><pubPlace>Malmö</pubPlace>"
    "<publisher>Press</publisher><date>1901</date></imprint></monogr></biblStruct>"
)
MANUSCRIPT = (
    "<msDesc><msIdentifier><settlement>Malmö</settlement><repository>Archive</repository><idno>MS 3</idno>"
    "</msIdentifier><p>Paper.</p></msDesc>"
)


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def facts(
    title: str = "",
    publication: str = "",
    sources: str = "",
    profile: str = "",
    revision: str = "",
    text: str = "<text><body><p>a</p></body></text>",
    attributes: str = "",
) -> Facts:
    return read_facts(
        etree.fromstring(
            f"<TEI {TEI} {attributes}><teiHeader><fileDesc><titleStmt>{title}</titleStmt>"
            f"<publicationStmt>{publication}</publicationStmt><sourceDesc>{sources}</sourceDesc></fileDesc>"
            f"<profileDesc>{profile}</profileDesc><revisionDesc>{revision}</revisionDesc></teiHeader>{text}</TEI>"
        )
    )


def named(author: str, language: str = "") -> tuple[str, ...]:
    return facts(f"<title>t</title><author>{author}</author>", attributes=f'xml:lang="{language}"').authors


def test_titles_are_told_apart_by_their_type() -> None:
    found = facts(
        '<title type="sub">A  Play</title><title type="short">Sea</title>'
        '<title type="main">The\n Sea :</title>'
    )
    assert (found.title, found.subtitle) == ("The Sea", "A Play")


def test_of_titles_in_several_languages_that_of_the_text_is_taken() -> None:
    titles = '<title type="main" xml:lang="en">The Sea</title><title type="main" xml:lang="sv">Havet</title>'
    assert facts(titles, attributes='xml:lang="sv"').title == "Havet"
    assert facts(titles, attributes='xml:lang="fi"').title == "The Sea"
    assert (
        facts('<title>Море</title><title xml:lang="en">The Sea</title>', attributes='xml:lang="ru"').title
        == "Море"
    )


def test_a_title_shows_readings_for_readers() -> None:
    title = "The<lb/><choice><sic>Sae</sic><corr>Sea</corr></choice><note>lost</note> <!-- x -->Again"
    assert facts(f"<title>{title}</title>").title == "The Sea Again"


def test_a_title_is_found_elsewhere_or_invented() -> None:
    assert facts(sources="<biblStruct><monogr><title>Print</title></monogr></biblStruct>").title == "Print"
    assert facts(text="<text><body><head>Chapter <hi>One</hi></head></body></text>").title == "Chapter One"
    assert facts(attributes='xml:id="sea01"').title == "sea01"
    assert facts().title == "Untitled"
    assert len(facts(text=f"<text><body><head>{'word ' * 500}</head></body></text>").title) < 210


@pytest.mark.parametrize(
    ("author", "names"),
    [
        (" Anna\n Berg ", ("Anna Berg",)),
        ("Berg, Anna, 1850-1901.", ("Berg, Anna, 1850-1901",)),
        ("<name>Anna Berg</name><name>Carl Dahl</name>", ("Anna Berg", "Carl Dahl")),
        (
            "<persName><surname>Berg</surname><forename>Anna</forename></persName><idno>Q1</idno>",
            ("Anna Berg",),
        ),
        ('<persName>Анна</persName><persName xml:lang="en">Anna</persName>', ("Анна",)),
        ('<persName xml:lang="ru">Анна</persName><persName xml:lang="en">Anna</persName>', ("Anna",)),
        ("<persName>Anna Berg</persName><orgName>Harbour</orgName><email>a@b</email>", ("Anna Berg",)),
        ("<orgName>Harbour</orgName><address><addrLine>Malmö</addrLine></address>", ("Harbour",)),
        ("", ()),
    ],
)
def test_authors_are_names_and_nothing_else(author: str, names: tuple[str, ...]) -> None:
    assert named(author, "en") == names


def test_editors_and_translators_are_told_apart_and_no_one_else_is_named() -> None:
    found = facts(
        '<title>t</title><editor>A</editor><editor role="translator">B</editor>'
        '<editor role="general">C</editor>'
        "<respStmt><resp>typing</resp><name>D</name></respStmt>"
    )
    assert (found.editors, found.translators, found.authors) == (("A", "C"), ("B",), ())


def test_authors_of_the_source_stand_in_for_missing_ones() -> None:
    source = "<biblStruct><monogr><author>Anna Berg</author><title>t</title></monogr></biblStruct>"
    assert facts("<title>t</title>", sources=source).authors == ("Anna Berg",)


@pytest.mark.parametrize(
    ("profile", "text", "attributes", "language"),
    [
        ('<langUsage><language ident="deu"/></langUsage>', "", "", "de"),
        ('<langUsage><language ident="de"/></langUsage>', 'xml:lang="pt-br"', "", "pt-BR"),
        (
            '<langUsage><language ident="la" usage="10"/><language ident="grc" usage="90"/></langUsage>',
            "",
            "",
            "grc",
        ),
        ('<langUsage><language ident="la"/><language ident="grc"/></langUsage>', "", 'xml:lang="grc"', "grc"),
        ('<langUsage><language ident="la"/><language ident="grc"/></langUsage>', "", "", "la"),
        ('<langUsage><language ident="Greek"/></langUsage>', 'xml:lang="unk"', "", "und"),
        ("", "", "", "und"),
    ],
)
def test_the_language_is_that_of_the_text(profile: str, text: str, attributes: str, language: str) -> None:
    found = facts(profile=profile, text=f"<text {text}><body/></text>", attributes=attributes)
    assert found.language == language


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("EN", "en"),
        ("eng", "en"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en_gb", "en-GB"),
        ("grc", "grc"),
        ("de-x-old", "de-x-old"),
        ("de-1901", "de-1901"),
        ("german", ""),
        ("x-mine", ""),
        ("", ""),
        (None, ""),
        ("e n", ""),
    ],
)
def test_language_tags_are_valid_or_empty(value: str | None, tag: str) -> None:
    assert language_tag(value) == tag


@pytest.mark.parametrize(
    ("number", "identifier"),
    [
        ('<idno type="DOI">10.1234/sea</idno>', "https://doi.org/10.1234/sea"),
        ('<idno type="doi">https://doi.org/10.1234/sea</idno>', "https://doi.org/10.1234/sea"),
        ('<idno type="ISBN">0-306-40615-2</idno>', "urn:isbn:9780306406157"),
        ('<idno type="ISBN-13">978-0-306-40615-7</idno>', "urn:isbn:9780306406157"),
        (
            '<idno type="UUID">6F1A2F9C-6A7E-5C1E-9D0E-0D6A4F7E9B11</idno>',
            "urn:uuid:6f1a2f9c-6a7e-5c1e-9d0e-0d6a4f7e9b11",
        ),
        ('<idno type="URI" subtype="handle">http://h.example/1/2</idno>', "http://h.example/1/2"),
        (
            '<idno type="x">1</idno><idno><idno type="URI">https://a.example/b</idno></idno>',
            "https://a.example/b",
        ),
    ],
)
def test_a_public_identifier_is_taken_as_a_uri(number: str, identifier: str) -> None:
    assert facts("<title>t</title>", number).identifier == identifier


@pytest.mark.parametrize(
    "number",
    [
        '<idno type="URL">https://a.example</idno>',
        '<idno type="ISBN">978-0-306-40615-8</idno>',
        '<idno type="ISBN">0-306-40615-3</idno>',
        '<idno type="filename">sea.xml</idno>',
        '<idno type="DOI">none</idno>',
    ],
)
def test_what_identifies_no_text_is_not_taken(number: str) -> None:
    assert facts("<title>t</title>", number).identifier.startswith("urn:uuid:")


def test_parts_that_share_an_address_have_identifiers_of_their_own() -> None:
    shared = '<idno type="URI">http://h.example/corpus/1</idno>'
    assert (
        facts("<title>t</title>", shared, attributes='xml:id="s1"').identifier
        == "http://h.example/corpus/1#s1"
    )


def test_a_made_identifier_is_the_same_for_the_same_text_only() -> None:
    def made(title: str, source: str, words: str = "a") -> str:
        return facts(title, sources=source, text=f"<text><body><p>{words}</p></body></text>").identifier

    source = '<bibl><idno type="sha256">00ff</idno></bibl>'
    assert made("<title>t</title>", source) == made("<title>t</title>", source, "a corrected word")
    assert made("<title>t</title>", source) != made("<title>u</title>", source)
    assert made("<title>t</title>", source) != made("<title>t</title>", source.replace("00ff", "00fe"))
    assert made("", "") != made("", "", "other words")


def test_the_publisher_is_a_name() -> None:
    assert (
        facts(publication="<publisher>Press,<address><addrLine>x</addrLine></address></publisher>").publisher
        == "Press"
    )
    assert facts(publication="<authority>The Society</authority>").publisher == "The Society"


@pytest.mark.parametrize(
    ("publication", "revision", "modified"),
    [
        ('<date when="2020-02-03"/>', "", "2020-02-03T00:00:00Z"),
        (
            '<date when="2020-02-03"/>',
            '<change when="2021-05"/><change when="2019"/>',
            "2021-05-01T00:00:00Z",
        ),
        (
            '<date when="2020"/>',
            '<listChange><change when="2021-01-01T01:00:00+02:00"/></listChange>',
            "2020-12-31T23:00:00Z",
        ),
        ("<date>2020-04-05</date>", '<change when="soon"/>', "2020-04-05T00:00:00Z"),
        ('<date when="2020-04-05+02:00"/>', "", "2020-04-05T00:00:00Z"),
        ('<date when="1886"/>', "", "1980-01-01T00:00:00Z"),
        ('<date when="2020-02-31"/>', "", "1980-01-01T00:00:00Z"),
        ("", "", "1980-01-01T00:00:00Z"),
    ],
)
def test_the_last_change(publication: str, revision: str, modified: str) -> None:
    assert facts(publication=publication, revision=revision).modified == modified


def test_the_environment_may_set_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577934245")
    assert facts(publication='<date when="2022"/>').modified == "2020-01-02T03:04:05Z"
    for wrong in ("yesterday", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(TeiError, match="SOURCE_DATE_EPOCH"):
            facts()


def test_rights_are_said_once_in_one_language_with_their_address() -> None:
    found = facts(
        publication='<availability><licence target="https://l.example/by"><p>Free.</p></licence>'
        '<p xml:lang="sv">Fri.</p><p xml:lang="en">Free to  use.</p></availability>',
        attributes='xml:lang="en"',
    )
    assert found.rights == "Free. (https://l.example/by) Free to use."


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (
            PRINT,
            "Anna Berg: The Sea. Malmö: Press, 1901",
        ),
        (
            '<bibl type="digital"><title>Scan</title><bibl>Berg,\n The Sea, 1901.</bibl></bibl>',
            "Berg, The Sea, 1901.",
        ),
        (
            "<bibl><author>Anna Berg</author><title>The Sea</title><date when='1901'/></bibl>",
            "Anna Berg, The Sea, 1901",
        ),
        (
            MANUSCRIPT,
            "Malmö, Archive, MS 3",
        ),
        ("<p>Born  digital.</p>", "Born digital."),
        ("", ""),
    ],
)
def test_the_source_is_one_line(source: str, line: str) -> None:
    assert facts(sources=source).source == line


@pytest.mark.parametrize(
    "document", ["<TEI/>", f"<TEI {TEI}><teiHeader/></TEI>", f"<div {TEI}><p>a</p></div>", "<x/>"]
)
def test_a_document_without_a_header_has_facts(document: str) -> None:
    found = read_facts(etree.fromstring(document))
    assert (found.title, found.language) == ("Untitled", "und")
    assert found.identifier.startswith("urn:uuid:")


def test_a_corpus_speaks_for_itself() -> None:
    header = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt></fileDesc></teiHeader>"
    root = etree.fromstring(
        f"<teiCorpus {TEI}>{header.format('All')}<TEI>{header.format('One')}<text/></TEI></teiCorpus>"
    )
    assert read_facts(root).title == "All"


@pytest.mark.corpus
def test_files_by_other_hands_have_a_title_each_and_no_identifier_in_common(shared: Path) -> None:
    seen: dict[str, Path] = {}
    for path in sorted((shared / "corpus" / "tei").rglob("*.xml")):
        try:
            root = parse_file(path).getroot()
        except TeiError:
            continue
        found = read_facts(root)
        assert found.title == " ".join(found.title.split()) != "", path
        assert found.language == "und" or found.language == language_tag(found.language), path
        assert seen.setdefault(found.identifier, path) == path
    assert len(seen) > 40
