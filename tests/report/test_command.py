"""`tei validate` and `tei explain` as a user meets them."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tei.batch import check as checking
from tei.commands import cli
from tei.encode import encode_path
from tei.errors import EditionError, KeyProblem, ParseError
from tei.problems import Problem, Severity
from tei.report import FORMATS
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def valid() -> str:
    """What `tei encode` makes of the example."""
    return encode_path(ROOT / "docs" / "example" / "speech.txt").xml.decode("utf-8")


@pytest.fixture
def files(folder: Path, valid: str) -> Path:
    """A valid file, and one with two mistakes, in a directory."""
    (folder / "texts").mkdir()
    (folder / "texts" / "good.xml").write_text(valid, encoding="utf-8")
    wrong = valid.replace('who="#anna-berg"', 'who="#nobody"').replace("speaker>", "speeker>", 2)
    assert wrong.count("#nobody") == 1
    (folder / "texts" / "wrong.xml").write_text(wrong, encoding="utf-8")
    (folder / "texts" / "page.xml").write_text("<html/>")
    return folder / "texts"


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=given, prog_name="tei")


def problem(message: str, path: Path | str, severity: Severity = "error") -> Problem:
    return Problem("TEI-S001", severity, message, str(path), line=3, column=4)


# what is reported


def test_every_problem_of_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: dict[str, list[Problem] | Exception] = {
        "a.xml": [problem("wrong", "a.xml"), problem("worse", "a.xml")],
        "b.xml": [],
        "c.xml": ParseError("no XML"),
        "d.xml": EditionError(
            "2 problems", path="edition.toml", problems=[KeyProblem("a", "odd", 1), KeyProblem("", "even")]
        ),
    }

    def validate(path: Path, **_: object) -> list[Problem]:
        found = answers[str(path)]
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(checking, "validate", validate)
    done = run("validate", *answers)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "a.xml:3:4: error TEI-S001 wrong",
        "a.xml:3:4: error TEI-S001 worse",
        "c.xml: error TEI040 no XML",
        "edition.toml:1: error TEI030 a: odd",
        "edition.toml: error TEI030 even",
    ]
    assert done.stderr == "4 files: 3 not valid; 5 errors (well-formed 3, schema 2)\n"
    quiet = run("validate", "-q", "a.xml", "b.xml")
    assert (quiet.exit_code, quiet.stderr) == (1, "")
    assert (run("validate", "-q", "b.xml").exit_code, run("validate", "b.xml").stderr) == (
        0,
        "1 file: valid\n",
    )


def test_a_schema_that_a_file_names_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret").write_text("root:x:0\n", encoding="utf-8")
    Path("texts").mkdir()
    model = '<?xml-model href="../secret" schematypens="http://relaxng.org/ns/structure/1.0"?>'
    Path("texts/a.xml").write_text(f'{model}<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', encoding="utf-8")
    done = run("validate", "texts")
    assert done.exit_code == 1
    assert done.stdout.startswith(
        "texts/a.xml: error TEI080 its schema cannot be used: texts/../secret:1:1: "
    )
    assert "root:x" not in done.stdout


def test_warnings_alone_are_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "validate", lambda path, **_: [problem("odd", path, "warning")])
    done = run("validate", "a.xml")
    assert (done.exit_code, done.stderr) == (0, "1 file: valid; 1 warning (schema 1)\n")
    assert done.stdout == "a.xml:3:4: warning TEI-S001 odd\n"


def test_a_directory_in_several_processes(files: Path) -> None:
    one, two = run("validate", "texts", "-j", "1"), run("validate", "texts", "--jobs", "2")
    assert (one.exit_code, one.stdout, one.stderr) == (two.exit_code, two.stdout, two.stderr)
    assert one.exit_code == 1
    assert "#nobody" in one.stdout
    assert one.stderr.startswith("2 files: 1 not valid; ")
    assert one.stderr.endswith("1 other XML file left out: not TEI\n")


def test_what_is_asked_for_reaches_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def validate(path: Path, **options: object) -> list[Problem]:
        asked.append((path, options))
        return []

    monkeypatch.setattr(checking, "validate", validate)
    run("validate", "a.xml")
    run("validate", "a.xml", "-l", "schema", "-l", "text", "--schema", "tei-edition")
    first = {"layers": None, "schemas": (), "limit": 200}
    then = {"layers": ("schema", "text"), "schemas": ("tei-edition",), "limit": 200}
    assert asked == [(Path("a.xml"), first), (Path("a.xml"), then)]


def test_formats_and_output(files: Path, folder: Path) -> None:
    shown = run("validate", "texts", "-f", "json")
    assert [found["code"] for found in json.loads(shown.stdout)["problems"]].count("TEI-P001") == 1
    done = run("validate", "texts", "--format", "sarif", "-o", "report.sarif")
    assert (done.exit_code, done.stdout) == (1, "")
    results = json.loads((folder / "report.sarif").read_bytes())["runs"][0]["results"]
    assert len(results) == len(json.loads(shown.stdout)["problems"])
    assert run("validate", "texts/good.xml", "-f", "github").stdout == ""


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of files that are any bytes")
@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_text(folder: Path, form: str) -> None:
    (folder / "texts").mkdir()
    for name in (b"\xff.xml", b"a\nb::error::.xml"):
        (folder / "texts" / os.fsdecode(name)).write_bytes(b"<TEI")
    done = run("validate", "texts", "--format", form, "-o", "report", "--baseline", "b", "--update-baseline")
    assert (done.exit_code, done.stderr.count("Traceback")) == (1, 0), done.exception
    report = (folder / "report").read_bytes().decode("utf-8")
    assert ("texts/%FF.xml" if form == "sarif" else "texts/\\udcff.xml") in report
    assert form != "github" or report.count("\n") == 2


def test_standard_input(valid: str) -> None:
    assert run("validate", "-", given=valid).stderr == "1 file: valid\n"
    done = run("validate", "-", "-", given=valid.replace("#anna-berg", "#nobody"))
    assert done.exit_code == 1
    assert re.search(r'^standard input:\d+:\d+: error TEI-P001 who="#nobody"', done.stdout, re.MULTILINE)
    assert done.stderr.startswith("1 file: not valid; ")


def test_baseline(files: Path, folder: Path) -> None:
    before = run("validate", "texts")
    update = run("validate", "texts", "--baseline", "known.json", "--update-baseline")
    assert (update.exit_code, update.stdout) == (0, "")
    wrong = files / "wrong.xml"
    wrong.write_text(
        "<!-- a line more -->\n\n" + wrong.read_text("utf-8").split("\n", 1)[1], encoding="utf-8"
    )
    known = run("validate", "texts", "--baseline", "known.json")
    assert (known.exit_code, known.stdout) == (0, "")
    number = len(re.findall(r": \w+ TEI-", before.stdout))
    assert f"baseline: {number} problems accepted\n" in known.stderr
    wrong.write_text(wrong.read_text("utf-8").replace("#nobody", "#someone"), encoding="utf-8")
    new = run("validate", "texts", "--baseline", "known.json")
    assert new.exit_code == 1
    assert len(re.findall(r": error TEI-", new.stdout)) == 1
    assert "#someone" in new.stdout
    assert ", 1 mended; --update-baseline takes them out\n" in new.stderr
    list_before = (folder / "known.json").read_bytes()
    (files / "wrong.xml").write_text("<TEI")
    broken = run("validate", "texts", "--baseline", "known.json", "--update-baseline")
    assert broken.exit_code == 1
    assert "TEI040" in broken.stdout
    assert (folder / "known.json").read_bytes() == list_before, "nothing is known of the broken file"


def test_changed_since(files: Path, folder: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=True)

    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "--message=all")
    nothing = run("validate", "--changed-since", "main")
    assert (nothing.exit_code, nothing.stderr) == (0, "0 files: nothing to check\n")
    good = files / "good.xml"
    good.write_text(good.read_text("utf-8") + "<!-- touched -->\n", encoding="utf-8")
    assert run("validate", "--changed-since", "main").stderr == "1 file: valid\n"
    assert run("validate", "--changed-since", "main", "texts/wrong.xml").stderr.startswith("0 files")
    unknown = run("validate", "--changed-since", "nowhere")
    assert unknown.exit_code == 1
    assert unknown.stderr.startswith("tei: git knows no revision nowhere\n  hint: ")


# wrong use


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name files or directories"),
        (["a.xml", "--layer", "schemas"], "'schemas' is not one of 'well-formed', 'schema'"),
        (["a.xml", "--format", "xml"], "'xml' is not one of 'text', 'json', 'sarif'"),
        (["a.xml", "--schema", "none.rng"], "none.rng: there is no such file"),
        (["a.xml", "--schema", "https://example.org/a.rng"], "not fetched"),
        (["a.xml", "--schema", "tei_edition"], "give the path of a schema, or tei-edition"),
        (["a.xml", "--jobs", "many"], "'many' is neither auto nor a number from 1 to 256"),
        (["a.xml", "--jobs", "1000"], "'1000' is neither auto nor a number from 1 to 256"),
        (["a.xml", "--update-baseline"], "--update-baseline needs --baseline FILE"),
    ],
)
def test_wrong_use(arguments: list[str], message: str) -> None:
    done = run("validate", *arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: tei validate")
    assert message in done.stderr
    assert done.stdout == ""


def test_a_schema_that_cannot_be_used_is_told_once(files: Path, folder: Path) -> None:
    (folder / "broken.rnc").write_text("start = element TEI {")
    (folder / "broken.sch").write_text("<schema/>")
    for name in ("broken.rnc", "broken.sch"):
        done = run("validate", "texts", "--schema", name)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith("tei: ")
        assert done.stderr.count(f"{name}:") == 1


def test_a_report_that_cannot_be_written(files: Path) -> None:
    done = run("validate", "texts", "-o", "none/report")
    assert done.exit_code == 1
    assert done.stderr.startswith("tei: none/report: not written: ")
    missing = run("validate", "texts", "--baseline", "none.json")
    assert missing.stderr.startswith("tei: none.json: there is no such file")


# on a terminal


def on_a_terminal(*arguments: str, **environment: str) -> bytes:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "tei", *arguments]
    settings = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT), **environment}
    settings.pop("NO_COLOR", None) if "NO_COLOR" not in environment else None
    subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, env=settings, check=False)
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 65536):
            shown += piece
    except OSError:  # Linux says so when all is read
        pass
    finally:
        os.close(leader)
    return shown


def test_colour_is_for_a_terminal_alone(folder: Path) -> None:
    (folder / "a.xml").write_text("<TEI")
    assert b"\x1b[" in on_a_terminal("validate", "a.xml")
    assert b"\x1b[" not in on_a_terminal("validate", "a.xml", NO_COLOR="1")
    assert b"\x1b[" not in on_a_terminal("validate", "a.xml", "-f", "github")
    assert "\x1b[" not in run("validate", "a.xml").output


# Ctrl-C

SLOW = """
    import time
    from pathlib import Path
    from tei.batch import check
    def validate(path, **options):
        Path(f"{path}.begun").touch()
        time.sleep(0 if path.name == "smallest.xml" else 60)
        return []
    check.validate = validate
    from tei.commands import main
    main()
"""


def test_ctrl_c_ends_all_processes(folder: Path) -> None:
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(SLOW),
        "validate",
        "--jobs",
        "2",
        "a.xml",
        "b.xml",
        "smallest.xml",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
    ) as process:
        while len(list(folder.glob("[ab].xml.begun"))) < 2:
            assert process.poll() is None
            signal.sigtimedwait([], 0.01)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (130, b"", b"tei: interrupted")


# tei explain


def test_explain() -> None:
    shown = run("explain", "tei-s003").stdout
    assert shown.startswith("TEI-S003  Text stands where only elements may  (schema)\n\n")
    assert 'wrong:\n  <div type="section">Friends!</div>\n\nright:\n  <div type="section"><p>' in shown
    assert "\n\nsee: https://" in shown
    assert max(map(len, shown.splitlines())) <= 100
    both = run("explain", "TEI-S003", "TEI-S004").stdout
    assert both.startswith(shown)
    assert "TEI-S004" in both


def test_explain_lists_all_codes() -> None:
    from tei.codes import catalogue

    shown = run("explain").stdout
    assert all(f"  {code:<9} {entry.title}\n" in shown for code, entry in catalogue().items())
    assert shown.startswith("well-formed\n  TEI0")


def test_explain_an_unknown_code() -> None:
    done = run("explain", "TEI-S0003")
    assert done.exit_code == 2
    assert "did you mean TEI-S003" in done.stderr
    assert "there is none like it" in run("explain", "nonsense").stderr
