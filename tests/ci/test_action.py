"""The action for GitHub: its steps are executed by a shell, in an environment like the runner's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.runner import ACTION, ROOT, STEPS, Done, Runner, require_package_index


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A checkout with one good file and one with two mistakes, in a directory with a space in its name."""
    place = tmp_path / "work space"
    (place / "texts").mkdir(parents=True)
    from tei.encode import encode_path

    good = encode_path(ROOT / "docs" / "example" / "harbour").xml
    (place / "texts" / "good.xml").write_bytes(good)
    bad = good.replace(b'who="#berg"', b'who="#borg"', 1).replace(b"titlePage>", b"titelPage>")
    (place / "texts" / "bad one.xml").write_bytes(bad)
    return place


def check(workspace: Path, **inputs: str) -> Done:
    temp = workspace.parent / "temp"
    temp.mkdir(exist_ok=True)
    runner = Runner(workspace, temp, **inputs)
    runner.outputs["install"] = {"python": sys.executable}
    return runner.run("check")


def test_good_file_passes(workspace: Path) -> None:
    done = check(workspace, paths="texts/good.xml", format_check="true")
    assert done.status == 0, done.log
    assert done.outputs == {"errors": "0", "warnings": "0"}
    assert done.summary.startswith("### TEI: errors: 0, warnings: 0\n")


def test_bad_file_stops_the_job_with_annotations_and_a_summary(workspace: Path) -> None:
    done = check(workspace, paths="texts")
    assert done.status == 1
    assert done.outputs["errors"] == "2"
    lines = [line for line in done.log.splitlines() if line.startswith("::error ")]
    assert len(lines) == 2
    assert all(line.startswith("::error file=texts/bad one.xml,line=") for line in lines)
    assert re.search(
        r"^    texts/bad one\.xml:\d+(:\d+)?: error TEI-P001 who=\"#borg\"", done.summary, re.MULTILINE
    )


def test_inputs_reach_the_program(workspace: Path) -> None:
    alone = check(workspace, paths="texts/bad one.xml\ntexts/good.xml\n", layers="pointers\n")
    assert alone.outputs["errors"] == "1"
    by_schema = check(workspace, paths="texts", schema="tei-edition", layers="schema")
    assert by_schema.outputs["errors"] == "1"
    wrong = check(workspace, paths="texts", layers="no-such-layer")
    assert wrong.status == 2
    assert "no-such-layer" in wrong.log


def test_baseline(workspace: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "tei", "validate", "texts", "--baseline", "known.json", "--update-baseline"],
        cwd=workspace,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    done = check(workspace, paths="texts", baseline="known.json")
    assert done.status == 0, done.log
    assert done.outputs["errors"] == "0"


def test_only_what_the_branch_changed(workspace: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=workspace, capture_output=True, check=True)

    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "--message=all")
    assert check(workspace, changed_since="main").status == 0
    bad = workspace / "texts" / "bad one.xml"
    bad.write_bytes(bad.read_bytes() + b"<!-- touched -->\n")
    done = check(workspace, changed_since="main")
    assert done.status == 1
    assert done.outputs["errors"] == "2"


def test_sarif(workspace: Path) -> None:
    done = check(workspace, paths="texts", sarif="report.sarif")
    assert done.status == 1
    assert done.outputs["sarif"] == "report.sarif"
    runs = json.loads((workspace / "report.sarif").read_bytes())["runs"]
    assert [result["ruleId"] for result in runs[0]["results"]] == ["TEI-S001", "TEI-P001"]
    asked = check(workspace, paths="texts/good.xml", upload_sarif="true")
    assert asked.status == 0
    assert Path(asked.outputs["sarif"]).is_file(), "what is to be uploaded is written, wherever"


def test_unformatted_file(workspace: Path) -> None:
    good = workspace / "texts" / "good.xml"
    good.write_bytes(good.read_bytes().replace(b'<measure unit="page"', b"<measure unit='page'"))
    before = good.read_bytes()
    assert check(workspace, paths="texts/good.xml").status == 0
    done = check(workspace, paths="texts/good.xml", format_check="true")
    assert done.status == 1
    assert done.outputs["errors"] == "0"
    assert "    texts/good.xml:" in done.summary
    assert good.read_bytes() == before
    # Between these two lines the runner takes nothing for a command.
    stop = re.search(r"^::stop-commands::(\w+)\n(.*)\n::\1::$", done.log, re.MULTILINE | re.DOTALL)
    assert stop is not None
    assert "not formatted" in stop[2]


def test_no_input_is_run_as_a_command_or_taken_for_an_option(workspace: Path) -> None:
    evil = "$(touch hit) `touch hit`; touch hit #\"'; touch hit\n--output=hit\n-ohit\n*"
    values = evil.split("\n")
    called = workspace.parent / "called"
    program = workspace.parent / "python"
    # In place of Python: notes what it is called with.
    program.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" '' >> '{called}'\n", encoding="utf-8")
    program.chmod(0o755)
    runner = Runner(workspace, workspace.parent, **dict.fromkeys(Runner.names(), evil))
    runner.outputs["install"] = {"python": str(program)}
    assert runner.run("check").status == 0
    assert not (workspace / "hit").exists()
    validated, sarif, _token = called.read_text(encoding="utf-8").removesuffix("\0\0").split("\0\0")
    options = [
        f"--{name}={value}" for name in ("schema", "layer", "changed-since", "baseline") for value in values
    ]
    common = ["-m", "tei", "validate", "--quiet", *options]
    assert validated.split("\0") == [*common, "--format=github", "--", *values]
    assert sarif.split("\0") == [*common, "--format=sarif", f"--output={values[0]}", "--", *values]


def test_no_module_of_the_checkout_is_run(workspace: Path) -> None:
    (workspace / "tei").mkdir()
    (workspace / "tei" / "__init__.py").write_text("raise SystemExit('not ours')")
    assert check(workspace, paths="texts/good.xml").status == 0


def test_steps_take_inputs_only_from_their_environment() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")


def test_every_input_is_used_and_documented() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    used = json.dumps(STEPS)
    for name, one in ACTION["inputs"].items():
        assert f"inputs.{name} " in used
        assert one["description"]
        assert f"| `{name}` |" in page
    for name, one in ACTION["outputs"].items():
        assert one["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
        assert f"`{name}`" in page


def test_actions_of_others_are_pinned_to_a_major_version() -> None:
    uses = [step["uses"] for step in STEPS if "uses" in step]
    assert len(uses) == 3
    assert all(re.fullmatch(r"(actions|github)/[\w/-]+@v\d+", one) for one in uses)


def test_version_of_the_program_is_one_line(tmp_path: Path) -> None:
    runner = Runner(tmp_path, tmp_path)
    runner.outputs["python"] = {"python-path": sys.executable}
    done = runner.run("program")
    assert done.status == 0, done.log
    assert re.fullmatch("[0-9a-f]{16}", done.outputs["hash"])


@pytest.mark.slow
def test_program_is_installed_and_checks(workspace: Path) -> None:
    temp = workspace.parent / "temp"
    temp.mkdir()
    runner = Runner(workspace, temp, paths="texts")
    runner.outputs["python"] = {"python-path": sys.executable}
    installed = runner.run("install")
    if installed.status:
        require_package_index(temp)
    assert installed.status == 0, installed.log
    assert Path(installed.outputs["python"]).is_relative_to(temp)
    done = runner.run("check")
    assert (done.status, done.outputs["errors"]) == (1, "2"), done.log
