"""The hooks for pre-commit: installed by the real program, and run by git in a scratch repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import yaml  # type: ignore[import-untyped]

from tei.commands import COMMANDS
from tests.ci.runner import require_package_index

ROOT: Final = Path(__file__).resolve().parents[2]
HOOKS: Final = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
# What a package of this project is built from.
PARTS: Final = (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE", "tei", "schema")

CONFIGURATION: Final = """
repos:
  - repo: {program}
    rev: {revision}
    hooks:
      - id: tei-format
      - id: tei-validate
      - id: tei-format-check
        stages: [manual]
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def done(*command: str | Path, cwd: Path) -> str:
    finished = run(*command, cwd=cwd)
    assert finished.returncode == 0, finished.stdout
    return finished.stdout


def new_repository(place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    done("git", "init", "--quiet", "--initial-branch=main", cwd=place)
    for key, value in (("user.name", "A"), ("user.email", "a@example.org"), ("commit.gpgsign", "false")):
        done("git", "config", key, value, cwd=place)
    return place


def test_manifest_is_what_the_program_wants() -> None:
    checked = run(sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hook_is_a_command_and_is_documented(hook: dict[str, str]) -> None:
    program, command, *options = hook["entry"].split()
    assert program == "tei"
    assert command in COMMANDS
    usage = run(sys.executable, "-m", "tei", command, "--help", cwd=ROOT).stdout
    assert all(option in usage for option in options)
    assert f"| `{hook['id']}` |" in (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the hooks installed from a copy of this checkout."""
    folder = tmp_path_factory.mktemp("hooks")
    program = new_repository(folder / "program")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, program / name)
    done("git", "add", ".", cwd=program)
    done("git", "commit", "--quiet", "--message=program", cwd=program)
    revision = done("git", "rev-parse", "HEAD", cwd=program).strip()
    mine = new_repository(folder / "mine")
    text = CONFIGURATION.format(program=program, revision=revision)
    (mine / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    pre_commit = (sys.executable, "-m", "pre_commit")
    installed = run(*pre_commit, "install-hooks", cwd=mine, PRE_COMMIT_HOME=str(folder / "home"))
    if installed.returncode:
        require_package_index(folder)
    assert installed.returncode == 0, installed.stdout
    done(*pre_commit, "install", cwd=mine)
    return mine


def commit(scratch: Path) -> subprocess.CompletedProcess[str]:
    done("git", "add", ".", cwd=scratch)
    return run("git", "commit", "--message=change", cwd=scratch, PRE_COMMIT_HOME=str(scratch.parent / "home"))


@pytest.mark.slow
def test_hooks_pass_stop_and_format(scratch: Path) -> None:
    from tei.encode import encode_path

    file = scratch / "texts" / "good one.xml"
    file.parent.mkdir()
    good = encode_path(ROOT / "docs" / "example" / "harbour").xml
    file.write_bytes(good)
    (scratch / "grammar.rng").write_text("<grammar/>", encoding="utf-8")
    passed = commit(scratch)
    assert passed.returncode == 0, passed.stdout
    assert len(re.findall(r"^TEI is \w+\.+Passed$", passed.stdout, re.MULTILINE)) == 2

    file.write_bytes(good.replace(b'who="#berg"', b'who="#borg"', 1))
    stopped = commit(scratch)
    assert stopped.returncode == 1
    assert re.search(r"^texts/good one\.xml:\d+(:\d+)?: error TEI-P001 ", stopped.stdout, re.MULTILINE)
    assert "TEI is formatted" in stopped.stdout

    badly = good.replace(b'<measure unit="page" quantity="5">', b"<measure quantity='5' unit='page'>")
    assert badly != good
    file.write_bytes(badly + b"<!-- the end -->")
    checked = run(
        *(
            sys.executable,
            "-m",
            "pre_commit",
            "run",
            "--hook-stage=manual",
            "tei-format-check",
            "--all-files",
        ),
        cwd=scratch,
        PRE_COMMIT_HOME=str(scratch.parent / "home"),
    )
    assert checked.returncode == 1
    assert "texts/good one.xml:15: not formatted" in checked.stdout
    assert file.read_bytes() == badly + b"<!-- the end -->"
    formatted = commit(scratch)
    assert formatted.returncode == 1, "what was formatted is to be looked at and added"
    assert file.read_bytes() == good + b"<!-- the end -->\n"
    assert commit(scratch).returncode == 0
