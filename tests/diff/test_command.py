"""``tei diff`` as it is installed, alone and in git."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from tei.diff import compare
from tei.diff.report import as_text
from tei.names import TEI_NS

PROGRAM = Path(sys.executable).with_name("tei")
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
TITLE = "<titleStmt><title>Boats</title></titleStmt>"
OLD = f"""<TEI xmlns="{TEI_NS}"><teiHeader><fileDesc>{TITLE}</fileDesc></teiHeader>
<text xml:space="preserve"><body><pb n="7"/><p><lb/>The boats came home,
<lb/>and Anna Berg arc waiting.</p></body></text></TEI>"""
TEXT = OLD.replace(" arc ", " are ")
MARKUP = OLD.replace("Anna Berg", "<persName>Anna Berg</persName>")
HEADER = OLD.replace("<title>", '<title type="main">')

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a directory of its own, in which ``tei`` is this program and git knows nobody."""
    if not PROGRAM.is_file():
        pytest.skip("needs the console script beside this Python")
    for name, data in {"old": OLD, "text": TEXT, "markup": MARKUP, "header": HEADER}.items():
        (tmp_path / f"{name}.xml").write_text(data, encoding="utf-8")
    environment = {
        "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PAGER": "cat",
        "LC_ALL": "C.UTF-8",
        **{
            f"GIT_{who}_{what}": "a@b.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(*command: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment,
            check=False,
        )

    return run


@pytest.mark.parametrize(("new", "status"), [("old", 0), ("text", 4), ("markup", 8), ("header", 16)])
def test_the_exit_status_tells_what_changed(run: Run, new: str, status: int) -> None:
    done = run("tei", "diff", "old.xml", f"{new}.xml")
    assert (done.returncode, done.stderr) == (status, "")
    assert bool(done.stdout) == bool(status)
    assert run("tei", "diff", "--exit-zero", "old.xml", f"{new}.xml").returncode == 0


def test_the_exit_status_is_a_sum(run: Run, tmp_path: Path) -> None:
    (tmp_path / "all.xml").write_text(
        TEXT.replace("<title>", "<title n='1'>").replace("Anna", "<hi>Anna</hi>")
    )
    assert run("tei", "diff", "old.xml", "all.xml").returncode == 28


def test_one_line_a_change(run: Run) -> None:
    assert run("tei", "diff", "old.xml", "text.xml").stdout == (
        "text\n  3 → 3  p. 7  came home, and Anna Berg [-arc-]{+are+} waiting.\n1 change of the text\n"
    )
    assert run("tei", "diff", "old.xml", "markup.xml").stdout == (
        "markup\n"
        "  3 → 3  p. 7  persName added: The boats came home, and ‹Anna Berg› arc waiting.\n"
        "1 change of the markup\n"
    )
    assert run("tei", "diff", "old.xml", "header.xml").stdout == (
        'header\n  1 → 1  /teiHeader/fileDesc/titleStmt/title +type="main"\n1 change of the header\n'
    )


def test_colours_take_the_place_of_brackets() -> None:
    roots = [etree.fromstring(text) for text in (OLD, TEXT)]
    shown = as_text(compare(*roots), colour=True)
    assert "\x1b[31marc\x1b[0m\x1b[32mare\x1b[0m waiting" in shown
    assert as_text(compare(roots[0], roots[0]), colour=True) == ""


def test_standard_input_and_output(run: Run, tmp_path: Path) -> None:
    done = run("tei", "diff", "old.xml", "-", "-o", "out.txt", given=TEXT)
    assert (done.returncode, done.stdout) == (4, "")
    assert "{+are+}" in (tmp_path / "out.txt").read_text("utf-8")
    assert run("tei", "diff", "-", "-", given=TEXT).returncode == 2


def test_what_goes_wrong_is_told_from_what_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<TEI>")
    for name in ("bad.xml", "absent.xml"):
        done = run("tei", "diff", "old.xml", name)
        assert (done.returncode, done.stdout) == (1, "")
        assert name in done.stderr
    assert run("tei", "diff", "old.xml").returncode == 2


def test_changes_that_differ_in_their_place_alone_are_counted(run: Run, tmp_path: Path) -> None:
    for name, ref in (("one", "a"), ("two", "b")):
        people = "\n".join(
            f'<p>Here is <name ref="#{ref}">Number {number}</name></p>' for number in range(20)
        )
        (tmp_path / f"{name}.xml").write_text(f'<TEI xmlns="{TEI_NS}"><text>{people}</text></TEI>')
    lines = run("tei", "diff", "one.xml", "two.xml").stdout.splitlines()
    assert len(lines) == 6
    assert lines[4].strip() == "and 17 more of the same: lines 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, …"
    assert (
        len(json.loads(run("tei", "diff", "--format", "json", "one.xml", "two.xml").stdout)["changes"]) == 20
    )


def test_json(run: Run) -> None:
    report = json.loads(run("tei", "diff", "--format", "json", "old.xml", "markup.xml").stdout)
    (change,) = report.pop("changes")
    assert report == {
        "old": "old.xml",
        "new": "markup.xml",
        "status": 8,
        "counts": {"text": 0, "markup": 1, "header": 0},
    }
    assert change == {
        "kind": "markup",
        "what": "added",
        "line_old": 3,
        "line_new": 3,
        "page": "7",
        "element": "persName",
        "new": "Anna Berg",
        "before": "The boats came home,\nand ",
        "after": " arc waiting.\n",
    }


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _ in attrs if name in ("src", "href", "onclick")]


def test_the_page_needs_nothing_else(run: Run, tmp_path: Path) -> None:
    for name, word in (("one", "x"), ("two", "&lt;script>alert(1)&lt;/script>")):
        (tmp_path / f"{name}.xml").write_text(OLD.replace("boats", word))
    text = run("tei", "diff", "--format", "html", "one.xml", "two.xml").stdout
    page = Page(text)
    assert {"html", "title", "h2", "table", "del", "ins"} <= set(page.tags)
    assert not {"script", "link", "img"} & set(page.tags)
    assert not page.links
    assert text == run("tei", "diff", "--format", "html", "one.xml", "two.xml").stdout


def test_no_text_commands_a_terminal(run: Run, tmp_path: Path) -> None:
    odd = '<g ref="#u001B"/>[2J<g ref="#uD800"/>\u202e\u009b'
    (tmp_path / "odd.xml").write_text(OLD.replace("boats", f"boats {odd}"), encoding="utf-8")
    for form in ("text", "html"):
        done = run("tei", "diff", "--format", form, "old.xml", "odd.xml")
        assert done.returncode == 4
        assert not re.search("[\x1b\u202e\x9b]", done.stdout)
    changes = json.loads(run("tei", "diff", "--format", "json", "old.xml", "odd.xml").stdout)["changes"]
    assert changes[0]["new"].strip() == "\x1b[2J\ud800\u202e\x9b"


# In git, by the very commands that the guide shows.


def commands(name: str) -> list[str]:
    page = GUIDE.read_text(encoding="utf-8")
    block = re.search(f"<!-- tested: git {name} -->\n+```console\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert block, f"docs/commands.md does not say how: {name}"
    return re.findall(r"^\$ (.*)$", block[1], re.MULTILINE)


@pytest.fixture
def git(run: Run, tmp_path: Path) -> Run:
    """A repository with two versions of a file; runs a line of the shell in it."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    run("git", "init", "-q")
    for data in (OLD, TEXT.replace("Anna Berg", "<persName>Anna Berg</persName>")):
        (tmp_path / "my-edition.xml").write_text(data, encoding="utf-8")
        run("git", "add", "my-edition.xml")
        assert run("git", "commit", "-q", "-m", "a version").returncode == 0
    return lambda line: run("sh", "-c", line)


def test_git_shows_the_text(git: Run) -> None:
    for command in commands("textconv"):
        assert git(command).returncode == 0
    for command in ("git diff HEAD~1 -- my-edition.xml", "git log -p -1"):
        shown = git(command).stdout
        assert "-The boats came home, and Anna Berg arc waiting." in shown
        assert "+The boats came home, and Anna Berg are waiting." in shown
        assert "persName" not in shown


def test_git_difftool(git: Run) -> None:
    *configured, command = commands("difftool")
    for line in configured:
        assert git(line).returncode == 0
    done = git(command)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[-arc-]{+are+}" in done.stdout
    assert "persName added" in done.stdout


def test_git_diff_itself(git: Run, tmp_path: Path) -> None:
    for line in (*commands("textconv"), *commands("command")):
        assert git(line).returncode == 0
    done = git("git diff HEAD~1 -- my-edition.xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "persName added" in done.stdout
    (tmp_path / "new.xml").write_text(OLD)
    done = git("git add new.xml && git diff --cached -- new.xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "{+The boats came home,⏎and Anna Berg arc waiting." in done.stdout
    done = git("git rm -q -f my-edition.xml && git diff --cached -- my-edition.xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "[-The boats" in done.stdout


def test_a_check_that_allows_changes_of_the_markup_alone(git: Run, tmp_path: Path) -> None:
    before, check = commands("check")
    assert git(before).returncode == 0
    assert git(check).returncode != 0
    (tmp_path / "my-edition.xml").write_text(MARKUP)
    assert git(check).returncode == 0
    (tmp_path / "my-edition.xml").write_text(HEADER)
    assert git(check).returncode != 0
    (tmp_path / "my-edition.xml").write_text("<TEI>")
    assert git(check).returncode != 0
