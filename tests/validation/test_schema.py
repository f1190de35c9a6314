"""The schema files, the cache of the built schema, and problems as a whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tei.parse import parse_bytes, parse_file
from tei.problems import Problem
from tei.validation import compiled, validate, validate_schema, validate_tree
from tests.jing import require_jing
from tests.validation.samples import COMPLETE, complete, varied


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    compiled.w3c_schema.cache_clear()
    yield tmp_path / "tei-edition"
    compiled.w3c_schema.cache_clear()


def _finds_a_mistake() -> bool:
    compiled.w3c_schema.cache_clear()
    data, line = varied("<p>More.</p>", "<p><p>More.</p></p>")
    return [(p.code, p.line) for p in validate_schema(parse_bytes(data), "x")] == [("TEI-S001", line)]


def test_the_generated_files_are_up_to_date(root: Path) -> None:
    require_jing()
    command = [sys.executable, str(root / "schema" / "generate.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_cache_is_written_and_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _finds_a_mistake()
    (file,) = cache.iterdir()
    monkeypatch.setattr(compiled, "_build", lambda: pytest.fail("built again"))
    assert _finds_a_mistake()
    assert list(cache.iterdir()) == [file]


@pytest.mark.parametrize("data", [b"", b"broken", b"\x80\x04N.", b"\x80\x05}\x94."])
def test_a_broken_cache_is_made_again(cache: Path, data: bytes) -> None:
    assert _finds_a_mistake()
    (file,) = cache.iterdir()
    good = len(file.read_bytes())
    file.write_bytes(data)
    assert _finds_a_mistake()
    assert len(file.read_bytes()) > good / 2


def test_no_place_for_a_cache_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    for place in (str(tmp_path / "file"), "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", place)
        assert _finds_a_mistake()
    assert not Path("relative").exists()


def test_a_valid_file_needs_no_xmlschema() -> None:
    code = (
        "import sys; from tei.validation import validate;"
        f"assert validate({str(COMPLETE)!r}) == []; sys.exit('xmlschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_validating_twice_gives_the_same() -> None:
    tree = parse_file(COMPLETE)
    assert validate_tree(tree, "x") == validate_tree(tree, "x") == []
    data, _ = varied('xml:id="p92"', 'xml:id="p91"')
    tree = parse_bytes(data)
    assert validate_tree(tree, "x") == validate_tree(tree, "x") != []


def test_the_list_of_problems_has_an_end() -> None:
    data = complete().replace("<p>More.</p>", "<p>" + "<emph x='1'>a</emph>" * 300 + "</p>").encode()
    problems = validate_schema(parse_bytes(data), "x.xml", limit=20)
    assert len(problems) == 21
    assert problems[-1].code == "TEI-S099"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html/>", "the outermost element is <html>, in no namespace"),
        ('<p xmlns="http://www.tei-c.org/ns/1.0"/>', "the outermost element is <p>"),
        ('<TEI xmlns="urn:x"/>', "the outermost element is <TEI>, in the namespace urn:x"),
    ],
)
def test_another_root(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(text)
    assert [(problem.code, problem.message, problem.line) for problem in validate(file)] == [
        ("TEI-S007", message, 1)
    ]


def test_what_only_relax_ng_refuses_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tei.validation.schema.w3c_errors", lambda tree: iter(()))
    data, _ = varied("<p>More.</p>", "<p><p>More.</p></p>")
    (problem,) = validate_schema(parse_bytes(data), "x.xml")
    assert problem.code == "TEI-S098"


def test_rendering() -> None:
    problem = Problem("TEI-S001", "error", "no", "a.xml", line=3, column=4, hint="yes")
    assert str(problem) == "a.xml:3:4: error TEI-S001 no\n  hint: yes"
    assert Problem("TEI-S001", "warning", "no", "a.xml").render() == "a.xml: warning TEI-S001 no"


def test_the_hint_names_what_is_expected() -> None:
    data, _ = varied("<label>bell</label>", "")
    (problem,) = validate_schema(parse_bytes(data.replace(b"<item>rings</item>", b"<p/>")), "x.xml")
    assert problem.message == "<p> is not allowed here in <list>"
    assert problem.hint is not None
    assert problem.hint.startswith("expected <item>, <label>, <anchor>")
    assert problem.link is not None
