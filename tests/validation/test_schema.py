"""What the schema layer returns: all, in order, with an end; and its cache, which may be missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tei import cache
from tei.errors import ParseError, SchemaError
from tei.parse import parse_bytes, parse_file
from tei.problems import Problem
from tei.validation.files import RELAX_NG, W3C_SCHEMA, schema_file
from tei.validation.models import Choice, chosen, own_choice
from tei.validation.schema import check_schema, check_schema_file
from tests.jing import tei_all
from tests.validation.samples import COMPLETE, complete, varied

MISTAKE = ("<p>More.</p>", "<p><p>More.</p></p>")


def _problems(data: bytes, limit: int = 200) -> list[Problem]:
    return check_schema(parse_bytes(data), "x.xml", data, limit=limit)


def test_only_what_is_needed_is_imported() -> None:
    code = (
        "import sys; from tei.parse import parse_file; from tei.validation.schema import check_schema;"
        f"assert check_schema(parse_file({str(COMPLETE)!r}), 'x') == [];"
        "sys.exit(bool({'xmlschema', 'elementpath', 'pydantic', 'tei.relaxng.compact'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_works_without_a_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (str(tmp_path / "file"), "/dev/null/x", "relative", ""):
        environment = {**os.environ, "XDG_CACHE_HOME": place, "HOME": str(tmp_path / "home")}
        code = f"from tei.relaxng import load_schema; load_schema({str(schema_file(RELAX_NG))!r})"
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, check=False
        )
        assert (run.returncode, run.stderr) == (0, b"")
    assert not (tmp_path / "relative").exists()


def test_the_cache_keeps_whole_files_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.read("a") is None
    cache.write("a", b"1")
    cache.write("a", b"2")
    assert cache.read("a") == b"2"
    assert [file.name for file in (tmp_path / "tei-edition").iterdir()] == ["a"]
    if hasattr(os, "getuid"):
        monkeypatch.setattr(os, "getuid", lambda: -1)
        assert cache.read("a") is None


def test_the_list_of_problems_has_an_end() -> None:
    data = complete().replace("<p>More.</p>", "<p>" + "<emph x='1'>a</emph>" * 300 + "</p>").encode()
    problems = _problems(data, limit=20)
    assert len(problems) == 21
    assert problems[-1].code == "TEI-S099"


def test_problems_come_in_the_order_of_the_file() -> None:
    data = complete().replace('status="free"', 'status="open"').replace(*MISTAKE).encode()
    problems = _problems(data)
    assert [problem.code for problem in problems] == ["TEI-S006", "TEI-S001"]
    assert problems == _problems(data)


@pytest.mark.parametrize(("name", "meant"), [("i", "italic"), ("bold", "bold"), ("strong", "bold")])
def test_names_that_people_know_from_elsewhere(name: str, meant: str) -> None:
    text = COMPLETE.read_text(encoding="utf-8").replace("<p>", f"<p><{name}>x</{name}>", 1)
    found = [problem.hint for problem in _problems(text.encode()) if problem.code == "TEI-S001"]
    assert found == [f'in TEI that is <hi rend="{meant}">']


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html/>", "<html> may not be the outermost element"),
        ('<p xmlns="http://www.tei-c.org/ns/1.0"/>', "<p> may not be the outermost element"),
        ('<TEI xmlns="urn:x"/>', "<TEI> may not be the outermost element: it is in the namespace urn:x"),
        ("<TEI/>", "<TEI> may not be the outermost element: it is in no namespace"),
    ],
)
def test_another_root(text: str, message: str) -> None:
    for choice in (own_choice(), Choice(xsd=(schema_file(W3C_SCHEMA),))):
        problems = check_schema(parse_bytes(text.encode()), "x.xml", text.encode(), choice)
        if "<p>" in message and choice.xsd:
            continue  # a W3C schema lets every element be the outermost one
        assert [(p.code, p.message, p.line) for p in problems] == [("TEI-S007", message, 1)]
        assert problems[0].hint


def test_a_file_that_is_never_in_memory_has_the_same_problems(tmp_path: Path) -> None:
    data, _ = varied(*MISTAKE)
    file = tmp_path / "bad.xml"
    file.write_bytes(data)
    choice = own_choice()
    streamed = check_schema_file(file, choice)
    assert streamed == check_schema(parse_bytes(data), file, data, choice) != []
    assert check_schema_file(COMPLETE, choice) == []
    w3c = check_schema_file(file, Choice(xsd=(schema_file(W3C_SCHEMA),)))
    assert [problem.code for problem in w3c] == ["TEI-S023"]
    file.write_bytes(data[:-10])
    with pytest.raises(ParseError):
        check_schema_file(file, choice)


def test_all_schemas_of_a_choice_judge() -> None:
    data, line = varied(*MISTAKE)
    choice = Choice(relax_ng=(schema_file(RELAX_NG), tei_all()), xsd=(schema_file(W3C_SCHEMA),))
    problems = check_schema(parse_bytes(data), "x.xml", data, choice)
    assert {(problem.code, problem.line) for problem in problems} == {("TEI-S001", line)}
    assert len(problems) <= 3


def test_a_schema_that_is_changed_is_read_again(tmp_path: Path) -> None:
    schema = tmp_path / "s.rnc"
    data = b"<a/>"
    found = []
    for name in ("a", "another"):
        schema.write_text(f"element {name} {{ empty }}")
        found.append(check_schema(parse_bytes(data), "x", data, chosen(None, "x", [str(schema)])))
    assert [bool(problems) for problems in found] == [False, True]


def test_a_broken_schema_is_told_with_its_place(tmp_path: Path) -> None:
    schema = tmp_path / "s.rnc"
    schema.write_text("start = element a {\n  gone\n}\n")
    with pytest.raises(SchemaError) as caught:
        check_schema(parse_file(COMPLETE), "x", None, Choice(relax_ng=(schema,)))
    assert (caught.value.path, caught.value.line) == (str(schema), 2)
