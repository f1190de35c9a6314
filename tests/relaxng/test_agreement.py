"""The verdicts are those of jing: on spoiled TEI, on files by other hands, on schemas made up at random."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tei.relaxng import Schema, SchemaError, load_schema
from tei.validation.files import RELAX_NG, schema_file
from tests.jing import invalid, jing, require_jing, tei_all, translated
from tests.relaxng.mutants import mutant
from tests.relaxng.random_schemas import Maker
from tests.validation.samples import COMPLETE

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "tei"
_PARSER = etree.XMLParser(collect_ids=False, resolve_entities=False, huge_tree=True)


def _disagreements(schema: Schema, path: Path, files: list[Path]) -> list[Path]:
    theirs = invalid(path, files)
    ours = set()
    for file in files:
        found = schema.validate(etree.parse(file, _PARSER), file.read_bytes())
        if found:
            ours.add(file)
        # The other way of reading comes to the same.
        assert [(f.kind, f.line, f.column) for f in schema.validate_file(file)] == [
            (f.kind, f.line, f.column) for f in found
        ]
    return sorted(ours ^ theirs)


def _mutants(sources: list[Path], count: int, directory: Path) -> Iterator[Path]:
    for number in range(count):
        source = sources[number % len(sources)]
        path = directory / f"{number}-{source.stem}.xml"
        path.write_bytes(mutant(source.read_bytes(), number))
        yield path


def _corpus(largest: int) -> list[Path]:
    if not CORPUS.is_dir():
        pytest.skip("needs the directory shared beside the checkout")
    files = [file for file in sorted(CORPUS.rglob("*")) if file.suffix in (".xml", ".tei")]
    return [f for f in files if f.stat().st_size < largest and b"<!DOCTYPE" not in f.read_bytes()]


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_mutants_by_our_schema(tmp_path: Path, count: int) -> None:
    require_jing()
    schema = load_schema(schema_file(RELAX_NG), cached=False)
    files = list(_mutants([COMPLETE], count, tmp_path))
    assert _disagreements(schema, schema_file(RELAX_NG), files) == []


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_mutants_by_tei_all(tmp_path: Path, count: int) -> None:
    require_jing()
    files = list(_mutants([COMPLETE], count, tmp_path))
    assert _disagreements(load_schema(tei_all(), cached=False), tei_all(), files) == []


@pytest.mark.corpus
@pytest.mark.slow
def test_files_by_other_hands(tmp_path: Path) -> None:
    require_jing()
    files = [*_corpus(10_000_000), *_mutants(_corpus(60_000), 2000, tmp_path)]
    assert _disagreements(load_schema(tei_all(), cached=False), tei_all(), files) == []


@pytest.mark.parametrize(
    "seed", [8, *(pytest.param(n, marks=pytest.mark.slow) for n in [3, 21, *range(100, 140)])]
)
def test_random_schemas(tmp_path: Path, seed: int) -> None:
    require_jing()
    maker = Maker(seed)
    path = tmp_path / "s.rng"
    path.write_text(maker.schema(), encoding="utf-8")
    files = []
    for number in range(60):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_text(maker.document(), encoding="utf-8")
    try:
        schema = load_schema(path, cached=False)
    except SchemaError:
        # jing's own message about a schema is not one about a file.
        with pytest.raises(AssertionError, match=r"s\.rng"):
            jing(path, files)
    else:
        assert _disagreements(schema, path, files) == []


@pytest.mark.parametrize("all_of_tei", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_both_syntaxes_are_one_schema(tmp_path: Path, all_of_tei: bool) -> None:
    require_jing()
    source = tei_all() if all_of_tei else schema_file(RELAX_NG)
    compact = load_schema(translated(source, tmp_path / "s.rnc"), cached=False)
    plain = load_schema(source, cached=False)
    verdicts = set()
    for file in _mutants([COMPLETE], 400 if all_of_tei else 40, tmp_path):
        tree = etree.parse(file, _PARSER)
        found = plain.validate(tree)
        assert [(f.kind, f.line, f.message) for f in compact.validate(tree)] == [
            (f.kind, f.line, f.message) for f in found
        ]
        verdicts.add(bool(found))
    assert verdicts == {True, False}


@pytest.mark.parametrize("count", [60, pytest.param(600, marks=pytest.mark.slow)])
def test_a_schema_by_other_hands(tmp_path: Path, count: int) -> None:
    """As corpora have them: written by hand, of two files, with what no schema made from an ODD has."""
    require_jing()
    (tmp_path / "common.rnc").write_text(COMMON, encoding="utf-8")
    (tmp_path / "corpus.rnc").write_text(CORPUS_SCHEMA, encoding="utf-8")
    source = tmp_path / "source.xml"
    source.write_text(SITTING, encoding="utf-8")
    plain = translated(tmp_path / "corpus.rnc", tmp_path / "corpus.rng")
    files = list(_mutants([source], count, tmp_path))
    schema = load_schema(tmp_path / "corpus.rnc", cached=False)
    assert schema.validate_file(source) == []
    assert _disagreements(schema, plain, files) == []


COMMON = r"""
default namespace = "http://www.tei-c.org/ns/1.0"
namespace xi = "http://www.w3.org/2001/XInclude"
namespace local = ""
namespace svg = "http://www.w3.org/2000/svg"
id = attribute xml:id { xsd:ID }
global = id?, attribute xml:lang { xsd:language }?, attribute n { xsd:string }?
pointers = list { xsd:anyURI+ }
moment = xsd:gYear | xsd:gYearMonth | xsd:date | xsd:dateTime
time = attribute when { moment }
  | (attribute from { moment }, attribute to { moment }?)
  | (attribute from { moment }?, attribute to { moment })
  | (attribute notBefore { moment }, attribute notAfter { moment }?)
words = xsd:string { pattern = "(\S)|(\S[\S ]*\S)" }
person = element person {
  global,
  (element sex { attribute value { "M" | "F" | "U" }, empty }? & element birth { time, words? }?
   & element idno { attribute type { "URI" | xsd:Name }, xsd:anyURI { pattern = "https?://.+" } }*
   & element persName { (element surname { words }+ & element forename { words }*) | words }+)
}
included = element xi:include { attribute href { xsd:anyURI } }
foreign = element * - (xi:* | local:* | person) {
  attribute * - (svg:* | xml:*) { text }*, mixed { foreign* }
}
"""
CORPUS_SCHEMA = r"""
default namespace = "http://www.tei-c.org/ns/1.0"
include "common.rnc" { words = text }
start = element TEI {
  global,
  element teiHeader { element listPerson { (person | included)+ }, element date { time, text } },
  element standOff { foreign+ }?,
  element text { element body { part+ } }
}
part = element div {
  global,
  ((attribute type { "debate" }, head*, note*, u, (u | note)*)
   | (attribute type { "comments" }, head*, note+)
   | (attribute type { xsd:token { minLength = "9" } }, xsd:integer { minInclusive = "3" }))
}
head = element head { global, words }
note = element note { global, attribute type { xsd:NCName - "plain" }?, mixed { element time { time }* } }
u = element u {
  global, attribute who { xsd:anyURI }?, attribute ana { pointers },
  attribute quantity { xsd:decimal { totalDigits = "3" } }?,
  (element seg { global, mixed { note* } } | note)+
}
"""
SITTING = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="s1" xml:lang="en">
<teiHeader><listPerson>
<person xml:id="a"><persName><forename>Ada</forename><surname>Wren</surname></persName><sex value="F"/>
<birth when="1901-02">Leeds</birth><idno type="URI">https://example.org/a</idno></person>
<include xmlns="http://www.w3.org/2001/XInclude" href="b.xml"/>
</listPerson><date from="1931" to="1931-05-06">6 May</date></teiHeader>
<standOff><map xmlns="urn:m" x="1">A <title xmlns="http://www.tei-c.org/ns/1.0">map</title></map></standOff>
<text><body><div type="debate"><head>The bell</head>
<note type="time">At <time when="1931-05-06T10:00:00"/></note>
<u who="#a" ana="#chair #guest" quantity="1.50"><seg>Is it cast?<note>Laughter</note> It is.</seg></u></div>
<div type="comments" n="2"><note>Rose</note></div><div type="the number"> 12 </div></body></text></TEI>
"""
