"""The verdicts are those of jing: on spoiled TEI, on files by other hands, on schemas made up at random."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tei.relaxng import Schema, SchemaError, load_schema
from tei.validation.files import RELAX_NG, schema_file
from tests.jing import invalid, jing, require_jing, tei_all
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
    "seed", [3, 8, 21, *(pytest.param(n, marks=pytest.mark.slow) for n in range(100, 140))]
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


def test_both_syntaxes_are_one_schema(tmp_path: Path) -> None:
    compact = load_schema(schema_file(RELAX_NG).with_suffix(".rnc"), cached=False)
    plain = load_schema(schema_file(RELAX_NG), cached=False)
    for file in _mutants([COMPLETE], 60, tmp_path):
        tree = etree.parse(file, _PARSER)
        assert compact.validate(tree) == plain.validate(tree)
