"""The command with three files: by itself, and as git's merge driver."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei.commands import cli
from tei.diff import compare_files
from tei.parse import parse_file
from tei.validation import validate_tree

SPEECH = Path(__file__).resolve().parents[1] / "encode" / "golden" / "speech.xml"
WAIT = '<soCalled source="#n1" cert="low">“Wait,”</soCalled>'
#: A better encoder: another element, another name for a note.
ANEW = {WAIT: '<said source="#n9">“Wait,”</said>', 'xml:id="n1"': 'xml:id="n9"', '"#n1"': '"#n9"'}
BY_HAND = {
    "Friends!": "<emph>Friends!</emph>",
    "three winters": '<date notBefore="1898">three winters</date>',
}


def changed(path: Path, replacements: dict[str, str]) -> Path:
    text = path.read_text(encoding="utf-8")
    for old, new in replacements.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    paths = tuple(tmp_path / f"{name}.xml" for name in ("old", "mine", "new"))
    for path in paths:
        path.write_bytes(SPEECH.read_bytes())
    old, mine, new = paths
    return old, changed(mine, BY_HAND), changed(new, ANEW)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["merge", *map(str, arguments)])


def test_the_edits_are_in_the_new_file(files: tuple[Path, Path, Path]) -> None:
    old, mine, new = files
    report = old.with_name("report.txt")
    done = run("--base", old, mine, new, "-o", mine, "--report", report)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"tei: {mine}: 2 changes of MINE taken over\n"
    expected = changed(new, BY_HAND)
    assert mine.read_bytes() == expected.read_bytes()
    assert not validate_tree(parse_file(mine), mine)
    assert [line.split(": ", 1)[1] for line in report.read_text(encoding="utf-8").splitlines()] == [
        "added <emph>Friends!</emph>",
        'added <date notBefore="1898">three winters</date>',
    ]


def test_a_conflict_is_told_and_written_with_markers(files: tuple[Path, Path, Path]) -> None:
    old, mine, new = files
    changed(mine, {WAIT: WAIT.replace("low", "high")})
    done = run("--base", old, mine, new, "--name", "speech.xml")
    assert done.exit_code == 1
    first, last = done.stderr.splitlines()
    assert first.startswith("speech.xml:")
    assert 'conflict: both sides changed it: MINE has <soCalled source="#n1" cert="high">' in first
    assert last == (
        "tei: speech.xml: 2 changes of MINE taken over, 1 conflict: see the lines between <<<<<<< and >>>>>>>"
    )
    assert done.stdout.count("<<<<<<< MINE\n") == done.stdout.count(">>>>>>> NEW\n") == 1
    assert done.stdout.count("<emph>Friends!</emph>") == 1


@pytest.mark.parametrize(
    "options", [["--partial"], ["--view", "source"], ["--as-correction"], ["--resp", "editor"]]
)
def test_options_of_the_other_kind_are_wrong_use(files: tuple[Path, Path, Path], options: list[str]) -> None:
    old, mine, new = files
    assert run("--base", old, mine, new, *options).exit_code == 2


def test_a_broken_file_leaves_the_output_as_it_was(files: tuple[Path, Path, Path]) -> None:
    old, mine, new = files
    before = mine.read_bytes()
    changed(new, {"</TEI>": ""})
    done = run("--base", old, mine, new, "-o", mine)
    assert done.exit_code == 1
    assert str(new) in done.stderr
    assert mine.read_bytes() == before


# With git


class Repository:
    """A repository whose XML files are merged by the program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path / "speech.xml"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "HOME": str(path.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "An Editor")
        self.git("config", "user.email", "editor@example.org")
        self.git("config", "merge.tei.name", "TEI, joined by its markup")
        driver = f'"{sys.executable}" -m tei merge --base %O --name %P -o %A %A %B'
        self.git("config", "merge.tei.driver", driver)
        self.git("config", "merge.tei.recursive", "binary")
        (path / ".gitattributes").write_text("*.xml merge=tei\n", encoding="utf-8")
        self.file.write_bytes(SPEECH.read_bytes())
        self.commit("Encoded")
        self.git("branch", "editor")

    def git(self, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == status, done.stdout
        return done.stdout

    def commit(self, message: str, replacements: dict[str, str] | None = None) -> None:
        changed(self.file, replacements or {})
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    (tmp_path / "work").mkdir()
    found = Repository(tmp_path / "work")
    found.commit("Encoded anew", ANEW)
    found.git("checkout", "-q", "editor")
    found.commit("Dates", BY_HAND)
    return found


def joined(folder: Path) -> Path:
    path = folder / "expected.xml"
    path.write_bytes(SPEECH.read_bytes())
    return changed(changed(path, ANEW), BY_HAND)


@pytest.mark.parametrize("how", [["merge", "-q", "main"], ["rebase", "-q", "main"], ["cherry-pick", "main"]])
def test_git_joins_two_branches(repository: Repository, how: list[str]) -> None:
    repository.git(*how)
    assert repository.file.read_bytes() == joined(repository.path.parent).read_bytes()
    assert repository.git("status", "--short") == ""


def test_git_shows_a_conflict_and_takes_its_solution(repository: Repository) -> None:
    repository.commit("Sure", {WAIT: WAIT.replace("low", "high")})
    told = repository.git("merge", "main", status=1)
    assert "speech.xml:" in told
    assert "conflict: both sides changed it" in told
    assert repository.git("status", "--short") == "UU speech.xml\n"
    text = repository.file.read_text(encoding="utf-8")
    head, rest = text.split("<<<<<<< MINE\n")
    _, rest = rest.split("=======\n")
    new, tail = rest.split(">>>>>>> NEW\n")
    repository.file.write_text(head + new + tail, encoding="utf-8")
    repository.git("commit", "-qam", "Joined")
    expected = joined(repository.path.parent)
    assert compare_files(repository.file, expected).status == 0
