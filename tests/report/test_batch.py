"""Which files are checked, in which order, and what happens when a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tei.batch import check as checking
from tei.batch import processes, run
from tei.batch.changes import changed_files
from tei.batch.check import Check
from tei.batch.files import find_files, is_tei
from tei.batch.run import check_all
from tei.errors import GitError, LimitError
from tei.problems import Problem

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# which files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEI, True),
        ("<teiCorpus/>", True),
        ('<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"/>', True),
        ('<?xml version="1.0"?>\n<!-- ' + "x" * 50_000 + ' -->\n<?xml-model href="a.rng"?>\n<TEI/>', True),
        ("<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI/>", True),
        ("<html/>", False),
        ("<TEI", True),  # broken: better checked than passed over
        ("", True),
        ("words", True),
        ('<?xml version="1.0" encoding="windows-1252"?><TEI/>', True),
    ],
)
def test_what_is_taken_for_tei(folder: Path, text: str, expected: bool) -> None:
    (folder / "a.xml").write_text(text)
    assert is_tei(folder / "a.xml") is expected


def test_directories_are_searched(folder: Path) -> None:
    write(folder, b_xml=TEI, a__c_xml=TEI, a__d_XML=TEI, a__page_xml="<html/>", a__notes_txt=TEI)
    write(folder, _hidden__a_xml=TEI)
    (folder / "a" / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "a" / "pipe.xml")
    found = find_files([Path("a"), Path("b.xml"), Path(), Path("a/page.xml"), Path("-")])
    assert [str(file) for file in found.files] == ["a/c.xml", "a/d.XML", "b.xml", "a/page.xml", "-"]
    assert found.others == 2, "the page, counted once for each directory that was named"


def test_too_many_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tei.batch.files.MAX_FILES", 2)
    write(folder, a_xml=TEI, b_xml=TEI)
    assert len(find_files([Path()]).files) == 2
    write(folder, c_xml=TEI)
    with pytest.raises(LimitError, match="more than 2 XML files"):
        find_files([Path()])


# what a branch touched


class Repository:
    """A repository in a directory of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self("init", "--initial-branch=main")

    def __call__(self, *arguments: str) -> None:
        settings = ("user.name=A", "user.email=a@example.org", "commit.gpgsign=false")
        options = [part for setting in settings for part in ("-c", setting)]
        subprocess.run(["git", *options, *arguments], cwd=self.folder, capture_output=True, check=True)

    def commit(self, message: str = "work") -> None:
        self("add", "--all")
        self("commit", "--message", message)


@pytest.fixture
def repository(folder: Path) -> Repository:
    made = Repository(folder)
    write(
        folder, a_xml=TEI, b_xml=TEI, texts__c_xml=TEI, speech__speech_xml=TEI, speech__source_txt="Friends!"
    )
    made.commit()
    return made


def changed(revision: str = "main", *names: str) -> list[str]:
    return [file.as_posix() for file in changed_files(revision, map(Path, names)).files]


def test_files_that_a_branch_changed(repository: Repository, folder: Path) -> None:
    assert changed() == []
    repository("checkout", "-b", "branch")
    write(folder, a_xml=TEI + "<!-- committed -->", new_xml=TEI, page_xml="<html/>")
    repository("mv", "b.xml", "texts/moved ü.xml")
    repository.commit()
    write(folder, texts__c_xml=TEI + "<!-- not yet -->", texts__untracked_xml=TEI)
    expected = ["a.xml", "new.xml", "texts/c.xml", "texts/moved ü.xml", "texts/untracked.xml"]
    assert changed() == expected
    assert changed_files("main").others == 1
    assert changed("main", "texts") == expected[2:]
    assert changed("main", "a.xml", "speech") == ["a.xml"]
    # What happened on the main branch meanwhile is not this branch's doing.
    repository("stash", "--include-untracked")
    repository("checkout", "main")
    write(folder, b_xml=TEI + "<!-- main -->")
    repository.commit()
    repository("checkout", "branch")
    repository("stash", "pop")
    assert changed() == expected


def test_from_a_directory_below(
    repository: Repository, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a_xml=TEI + "<!-- -->", texts__c_xml=TEI + "<!-- -->")
    monkeypatch.chdir(folder / "texts")
    assert changed() == ["../a.xml", "c.xml"]
    assert changed("main", ".") == ["c.xml"]


def test_the_source_of_an_edition_counts_for_its_file(repository: Repository, folder: Path) -> None:
    write(folder, speech__source_txt="Comrades!")
    assert changed() == ["speech/speech.xml"]
    write(folder, elsewhere__source_txt="No edition.")
    assert changed() == ["speech/speech.xml"]


def test_a_schema_counts_for_all_files(repository: Repository, folder: Path) -> None:
    everything = ["a.xml", "b.xml", "speech/speech.xml", "texts/c.xml"]
    write(folder, project_rng="<grammar/>")
    assert changed() == everything
    repository.commit()
    assert changed() == []
    write(folder, project_schema="<grammar/>")
    assert changed() == []
    assert len(changed_files("main", (), [Path("project.schema")]).files) == len(everything)


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nowhere", "git knows no revision nowhere"),
        ("--output=hit", "this is no revision of git"),
        ("", "this is no revision of git"),
        ("main..main", "git knows no revision"),
        ("orphan", "have no commit in common"),
    ],
)
def test_revisions_that_are_none(repository: Repository, folder: Path, revision: str, message: str) -> None:
    repository("checkout", "--orphan", "orphan")
    repository.commit("a beginning of its own")
    repository("checkout", "main")
    with pytest.raises(GitError, match=message):
        changed(revision)
    assert not (folder / "hit").exists()


def test_no_repository_and_no_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    with pytest.raises(GitError, match="not a git repository"):
        changed()
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(GitError, match="git is needed"):
        changed()


# in several processes


def play(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of validation: what the name of the file asks for. Copies of this process know it, too."""

    def validate(path: Path, **_: object) -> list[Problem]:
        if path.name == "killed.xml":
            os.kill(os.getpid(), signal.SIGKILL)
        if path.name == "memory.xml":
            raise MemoryError
        return [Problem("TEI-S001", "error", path.name, str(path))]

    monkeypatch.setattr(checking, "validate", validate)
    monkeypatch.setattr(processes, "_context", lambda: multiprocessing.get_context("fork"))


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_order_is_that_of_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    play(monkeypatch)
    files = [Path(f"{number}.xml") for number in range(20)]
    for number, file in enumerate(files):
        file.write_text("x" * (number % 7))
    told: list[Path] = []
    found = check_all(files, Check(), jobs=jobs, tell=told.append)
    assert [problem.message for (problem,) in found] == [file.name for file in files]
    assert sorted(told) == sorted(files)


def test_a_process_that_dies_takes_only_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch)
    files = [Path(name) for name in ("a.xml", "killed.xml", "b.xml", "memory.xml", "c.xml")]
    found = check_all(files, Check(), jobs=2)
    assert [problem.code for (problem,) in found] == ["TEI-S001", "TEI090", "TEI-S001", "TEI090", "TEI-S001"]
    assert "ended from outside" in found[1][0].message
    assert "memory" in found[3][0].message


def test_processes_that_begin_afresh(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_context", lambda: multiprocessing.get_context("spawn"))
    write(folder, a_xml="<TEI", b_xml="")
    found = check_all([Path("a.xml"), Path("b.xml"), Path("none.xml")], Check(), jobs=2)
    assert [[problem.code for problem in problems] for problems in found] == [
        ["TEI040"],
        ["TEI040"],
        ["TEI010"],
    ]


def test_as_many_processes_as_are_worth_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    real = processes._pool

    def pool(workers: int) -> ProcessPoolExecutor:
        started.append(workers)
        return real(workers)

    monkeypatch.setattr(processes, "_pool", pool)
    monkeypatch.setattr(run, "processors", lambda: 4)
    play(monkeypatch)
    files = [Path("a.xml"), Path("b.xml"), Path("c.xml")]
    write(folder, a_xml="", b_xml="", c_xml="")
    check_all(files, Check())
    assert started == [], "a process would cost more than it brings"
    os.truncate(folder / "a.xml", 5 << 20)
    check_all(files, Check())
    os.truncate(folder / "b.xml", 50 << 20)
    check_all(files, Check())
    assert started == [2, 3], "never more than there are files"
