"""The command: what it writes, what it says, its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei.commands import cli
from tei.parse import parse_file
from tei.views import view_text

SPEECH = Path(__file__).resolve().parents[1] / "encode" / "golden" / "speech.xml"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.xml"
    path.write_bytes(SPEECH.read_bytes())
    return path


def proof(base: Path, old: str, new: str, view: str = "reading") -> Path:
    text = view_text(base, view).decode()
    assert old in text
    path = base.with_name("proof.txt")
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["merge", *map(str, arguments)])


def test_changes_are_written_and_listed(base: Path) -> None:
    out = base.with_name("out.xml")
    done = run(base, proof(base, "three winters", "four winters"), "-o", out)
    assert done.exit_code == 0
    assert done.stdout == ""
    line = next(
        number
        for number, line in enumerate(base.read_text("utf-8").split("\n"), 1)
        if "three winters" in line
    )
    assert done.stderr == (
        f"{base.with_name('proof.txt')}:7:14: changed “three” to “four” ({base}:{line})\n"
        "tei: 1 change in the reading view, all of them placed\n"
    )
    assert out.read_bytes() == base.read_bytes().replace(b"three winters", b"four winters")


def test_the_base_may_be_the_output(base: Path) -> None:
    before = base.read_bytes()
    assert run(base, proof(base, "three", "four", "source"), "-o", base).exit_code == 0
    assert base.read_bytes() == before.replace(b"three", b"four")


def test_a_refusal_writes_nothing(base: Path) -> None:
    out = base.with_name("out.xml")
    path = proof(base, "said.[1]", "said.[2]")
    path.write_text(path.read_text("utf-8").replace("three", "four"), encoding="utf-8")
    done = run(base, path, "-o", out)
    assert done.exit_code == 1
    assert "refused: changed “1” to “2”" in done.stderr
    assert "nothing is written" in done.stderr
    assert not out.exists()
    done = run(base, path, "--partial", "-o", out)
    assert done.exit_code == 1
    assert out.read_bytes() == base.read_bytes().replace(b"three", b"four")


def test_the_report_may_go_to_a_file(base: Path) -> None:
    report = base.with_name("report.txt")
    done = run(base, proof(base, "three", "four"), "--report", report, "-o", base.with_name("out.xml"))
    assert "changed" not in done.stderr
    assert "changed “three” to “four”" in report.read_text("utf-8")


def test_corrections(base: Path) -> None:
    out = base.with_name("out.xml")
    path = proof(base, "three", "four")
    done = run(base, path, "--as-correction", "--resp", "anna-berg", "-o", out)
    assert done.exit_code == 0
    assert view_text(out, "source") == view_text(base, "source")
    corr = parse_file(out).getroot().find(".//{*}corr[@resp]")
    assert corr is not None
    assert (corr.text, corr.get("resp"), corr.get("cert")) == ("four", "#anna-berg", "high")


def test_wrong_use(base: Path) -> None:
    path = proof(base, "three", "four")
    assert run(base, path, "--resp", "x").exit_code == 2
    done = run(base, path, "--as-correction", "--resp", "x")
    assert done.exit_code == 1
    assert "nobody in the file has the id of #x" in done.stderr
