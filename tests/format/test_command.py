"""``tei format`` as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei.commands.format import command
from tei.names import TEI_NS

GOOD = f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{TEI_NS}">\n  <text><p n="1"/></text>\n</TEI>\n'
BAD = GOOD.replace('<p n="1"/>', "<p  n='1'></p>")


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments], input=given)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.xml"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.xml"
    path.write_text(GOOD, encoding="utf-8")
    os.utime(path, ns=(1, 1))
    return path


def test_files_are_replaced_where_that_changes_them(bad: Path, good: Path) -> None:
    done = run(bad, good)
    assert done.exit_code == 0
    assert bad.read_text(encoding="utf-8") == GOOD
    assert good.stat().st_mtime_ns == 1, "what is formatted is not written"
    assert done.stdout == ""
    assert done.stderr == f"{bad}: formatted\ntei: 2 files: 1 formatted, 1 left as they are\n"


def test_check_writes_nothing_and_names_the_first_line(bad: Path, good: Path) -> None:
    done = run("--check", bad, good)
    assert done.exit_code == 1
    assert bad.read_text(encoding="utf-8") == BAD
    assert done.stdout.splitlines() == [
        f"{bad}:3: not formatted",
        "  found:    <text><p  n='1'></p></text>",
        '  wanted:   <text><p n="1"/></text>',
    ]
    assert done.stderr == "tei: 2 files: 1 not formatted, 1 formatted\n"
    assert run("--check", good).exit_code == 0


def test_directory_means_all_tei_below_it(bad: Path, good: Path) -> None:
    (bad.parent / "page.xml").write_text("<html/>", encoding="utf-8")
    done = run("--check", bad.parent)
    assert done.stderr == "tei: 2 files: 1 not formatted, 1 formatted\n"
    (bad.parent / "empty").mkdir()
    nothing = run(bad.parent / "empty")
    assert (nothing.exit_code, nothing.stderr) == (0, "tei: 0 files\n")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_diff_can_be_applied(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bad.parent)
    done = run("--diff", bad.name)
    assert done.exit_code == 1
    assert bad.read_text(encoding="utf-8") == BAD
    apply = ["git", "apply", "-p0", "--unsafe-paths", "-"]
    subprocess.run(apply, cwd=bad.parent, input=done.stdout, encoding="utf-8", check=True)
    assert bad.read_text(encoding="utf-8") == GOOD
    assert run("--diff", bad.name).output == ""


def test_standard_input_goes_to_standard_output() -> None:
    done = run("-", given=BAD)
    assert (done.exit_code, done.stdout, done.stderr) == (0, GOOD, "")
    assert run("-", given=GOOD).stdout == GOOD
    checked = run("--check", "-", given=BAD)
    assert checked.exit_code == 1
    assert checked.stdout.startswith("standard input:3: not formatted\n")


def test_output_elsewhere(bad: Path, tmp_path: Path) -> None:
    assert run(bad, "-o", tmp_path / "new.xml").exit_code == 0
    assert (tmp_path / "new.xml").read_text(encoding="utf-8") == GOOD
    assert bad.read_text(encoding="utf-8") == BAD
    assert run(bad, "-o", "-").stdout == GOOD


def test_one_file_that_fails_does_not_stop_the_others(bad: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<TEI>", encoding="utf-8")
    done = run(tmp_path / "missing.xml", broken, bad)
    assert done.exit_code == 1
    assert bad.read_text(encoding="utf-8") == GOOD
    assert broken.read_text(encoding="utf-8") == "<TEI>"
    assert "missing.xml: there is no such file" in done.stderr
    assert "broken.xml:1:" in done.stderr
    assert done.stderr.endswith("tei: 3 files: 1 formatted, 2 not read or written\n")


@pytest.mark.parametrize(
    "arguments",
    [[], ["-o", "new.xml", "--check", "a.xml"], ["-o", "new.xml", "a.xml", "b.xml"], ["-", "a.xml"]],
)
def test_wrong_use(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
