"""What is made from the ODD: is it noticed when out of date, and do its pages hold together?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schema import generate
from schema.odd.pages import pages
from schema.odd.read import read_odd


def test_a_changed_a_missing_and_a_left_over_file_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "PAGES", tmp_path / "docs")
    files = {tmp_path / "a.rng": b"1\n", tmp_path / "b.rng": b"2\n", tmp_path / "docs" / "c.md": b"3\n"}
    monkeypatch.setattr(generate, "generate", lambda: files)
    assert generate.main([]) == 0
    assert {path: path.read_bytes() for path in files} == files
    assert generate.main(["--check"]) == 0
    (tmp_path / "a.rng").write_bytes(b"1\r\n")  # as a checkout on Windows has it
    assert generate.main(["--check"]) == 0
    (tmp_path / "a.rng").write_bytes(b"x")
    (tmp_path / "b.rng").unlink()
    (tmp_path / "docs" / "old.md").write_bytes(b"")
    assert generate.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert [line.split()[0] for line in said.splitlines()] == ["a.rng", "b.rng", "docs/old.md"]
    assert (tmp_path / "a.rng").read_bytes() == b"x", "a check changes nothing"
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert not (tmp_path / "docs" / "old.md").exists()


def test_an_odd_that_is_wrong_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "wrong.odd"
    source.write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>")
    monkeypatch.setattr(generate, "SOURCE", source)
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().err == f"{source}:1: an ODD has one schemaSpec; here are 0\n"


def test_every_link_between_the_pages_leads_to_a_heading(root: Path) -> None:
    slugify = pytest.importorskip("markdown.extensions.toc").slugify
    made = pages(read_odd(root / "schema" / "tei-edition.odd"))
    anchors = {
        name: [slugify(heading, "-") for heading in re.findall("^#+ (.*)$", text, re.MULTILINE)]
        for name, text in made.items()
    }
    # Two headings of one name would get other anchors.
    assert all(len(found) == len(set(found)) for found in anchors.values())
    links = [link for text in made.values() for link in re.findall(r"\]\(([a-z]+\.md)(?:#([^)]+))?\)", text)]
    assert len(links) > 1000
    assert [(page, anchor) for page, anchor in links if anchor and anchor not in anchors[page]] == []
    assert {page for page, _ in links} <= made.keys()


def test_the_pages_are_in_the_menu(root: Path) -> None:
    menu = (root / "mkdocs.yml").read_text(encoding="utf-8")
    missing = [path.name for path in generate.PAGES.glob("*.md") if f"schema/{path.name}\n" not in menu]
    assert not missing
