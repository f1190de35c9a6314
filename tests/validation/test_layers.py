"""Each layer runs alone; what several of them see is told once; large files are read as a stream."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tei.errors import FileError
from tei.validation import LAYERS, validate
from tei.validation import layers as module
from tests.conftest import ROOT
from tests.validation.samples import COMPLETE

ESSAY = ROOT / "encoded" / "deutscher-1956" / "deutscher-1956.xml"


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    """A copy of the essay with its source."""
    shutil.copytree(ESSAY.parent, tmp_path / ESSAY.stem)
    return tmp_path / ESSAY.stem / ESSAY.name


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_layers_have_the_order_of_the_checks() -> None:
    assert LAYERS == ("well-formed", "schema", "rules", "pointers", "text", "consistency")


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_alone_finds_only_its_own(layer: str, essay: Path) -> None:
    change(essay, '<q who="#', '<q kind="x" who="#')
    change(essay, "<persName ref=", "<persName/><persName ref=")
    change(essay, '<note place="bottom"', '<note resp="#nobody" place="bottom"')
    change(essay, "</body>", "x</body>")
    problems = validate(essay, layers=[layer])
    assert all(problem.layer == layer for problem in problems)
    assert bool(problems) == (layer not in {"well-formed", "rules"})


def test_what_is_not_well_formed_goes_no_further(essay: Path) -> None:
    change(essay, "</persName>", "")
    (problem,) = validate(essay, layers=["consistency"])
    assert problem.layer == "well-formed"


def test_an_unknown_layer() -> None:
    with pytest.raises(ValueError, match="there is no layer 'schemas'; the layers are well-formed, schema"):
        validate(COMPLETE, layers=["schemas"])


def test_an_unknown_schema_and_an_unknown_file(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        validate(COMPLETE, schemas=[str(tmp_path / "none.rng")])
    with pytest.raises(FileError):
        validate(tmp_path / "none.xml")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('who="#', 'who="', "TEI-S006"),  # neither a lost pointer
        ("<sic>", "<sci>", "TEI040"),
        ("<sic>man</sic>", "", "TEI-S002"),
        ('xml:id="n1"', 'xml:id="n2"', "TEI-P001"),
        ('xml:id="n1"', 'xml:id="n 1"', "TEI-S006"),
        ('ref="#pyatakov"', 'ref="#encoder"', "TEI-P003"),  # nor somebody who is not mentioned
        ('xml:id="n1"', 'xml:id="n1" id="n1"', "TEI-S004"),
        ("</div>", "loose words</div>", "TEI-S003"),  # nor a changed text
        ("<corr ", '<corr xml:id="deutscher" ', "TEI-P002"),
    ],
)
def test_one_mistake_is_one_problem(old: str, new: str, code: str, essay: Path) -> None:
    body = essay.read_text(encoding="utf-8")
    at = body.index("<text ")
    assert old in body[at:]
    essay.write_text(body[:at] + body[at:].replace(old, new, 1), encoding="utf-8")
    assert [problem.code for problem in validate(essay)] == [code]


def test_a_file_in_another_namespace_is_one_problem(essay: Path) -> None:
    change(essay, "http://www.tei-c.org", "https://www.tei-c.org")
    assert [problem.code for problem in validate(essay)] == ["TEI-S007"]


def test_the_place_of_an_attribute(essay: Path) -> None:
    change(essay, '<note place="', '<note\n  m="x" place="')
    (problem,) = validate(essay)
    lines = essay.read_text(encoding="utf-8").split("\n")
    assert (problem.code, problem.column) == ("TEI-S004", 3)
    assert lines[(problem.line or 0) - 1].startswith('  m="x"')


def test_no_message_is_as_long_as_what_it_tells_of(essay: Path) -> None:
    name = "n" * 10_000
    change(essay, "<persName", f"<{name}/><persName")
    (problem,) = validate(essay)
    assert problem.code == "TEI-S001"
    assert len(problem.message) < 1100


def test_at_most_so_many_problems_and_errors_first(essay: Path) -> None:
    text = essay.read_text(encoding="utf-8")
    text = text.replace("<persName ref=", "<persName/><persName ref=")
    text = text.replace("</body>", '<p rendd="x"><seg>y</seg></p></body>')
    essay.write_text(text, encoding="utf-8")
    problems = validate(essay, limit=5)
    assert len(problems) == 6
    assert problems[-1].code == "TEI-S099"
    assert "error" in {problem.severity for problem in problems[:-1]}
    assert len(validate(essay)) > 100


def test_a_large_file_is_read_as_a_stream(essay: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", 1000)
    (problem,) = validate(essay)
    assert (problem.code, problem.severity) == ("TEI051", "info")
    assert "rules, text, consistency" in problem.message
    assert validate(essay, layers=["schema", "pointers"]) == []
    change(essay, "<persName ref=", '<persName ref="#nobody" rendd="x" ref2=')
    found = [(one.code, one.column is not None) for one in validate(essay, layers=["schema", "pointers"])]
    assert ("TEI-P001", True) in found
    assert ("TEI-S004", True) in found
    change(essay, "</persName>", "")
    (problem,) = validate(essay)
    assert problem.code == "TEI040"


def test_the_layers_of_this_project_do_not_run_for_another_schema(tmp_path: Path) -> None:
    schema = tmp_path / "all.rnc"
    schema.write_text(
        "start = any\nany = element * { (attribute * { text } | any | text)* }", encoding="utf-8"
    )
    file = tmp_path / "a.xml"
    file.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p/><ref target="#x"/></body></text></TEI>',
        encoding="utf-8",
    )
    assert [problem.code for problem in validate(file, schemas=[str(schema)])] == ["TEI-P001"]


def test_a_schema_that_is_not_there_matters_to_the_layers_that_need_it(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(
        '<?xml-model href="https://example.org/a.rng"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'
    )
    for layer, codes in (("schema", ["TEI-S020"]), ("rules", ["TEI-S020"]), ("pointers", []), ("text", [])):
        assert [problem.code for problem in validate(file, layers=[layer])] == codes
