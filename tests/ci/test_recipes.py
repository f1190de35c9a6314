"""The recipes of docs/ci.md are run, as far as that needs no server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, Final

import pytest
import yaml  # type: ignore[import-untyped]

from tests.ci.runner import ACTION

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def block(kind: str, beginning: str) -> str:
    """The block of the page in this language that begins so."""
    (found,) = (
        text for text in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) if text.startswith(beginning)
    )
    return str(found)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    from tei.encode import encode_path

    (tmp_path / "texts").mkdir()
    xml = encode_path(ROOT / "docs" / "example" / "harbour").xml
    (tmp_path / "texts" / "one.xml").write_bytes(xml)
    return tmp_path


def shell(command: str, project: Path) -> int:
    """The exit status of a command line; ``tei`` is the program of this checkout."""
    program = project / "bin" / "tei"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, shell=True, cwd=project, env={**os.environ, "PATH": path}, capture_output=True, check=False
    )
    return done.returncode


def spoil(project: Path) -> None:
    file = project / "texts" / "one.xml"
    file.write_bytes(file.read_bytes().replace(b'who="#berg"', b'who="#borg"', 1))


def test_configuration_of_pre_commit(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(block("yaml", "repos:").replace("REV", "a1" * 20), encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_workflow_of_github_uses_what_the_action_has() -> None:
    (step,) = (
        step
        for step in yaml.safe_load(block("yaml", "name: TEI"))["jobs"]["tei"]["steps"]
        if step["uses"].startswith("OWNER/")
    )
    assert step["with"].keys() <= ACTION["inputs"].keys()


def test_recipe_for_gitlab(project: Path) -> None:
    job: dict[str, Any] = yaml.safe_load(block("yaml", "tei:"))["tei"]
    _install, check = job["script"]
    assert shell(check, project) == 0
    report = project / job["artifacts"]["reports"]["junit"]
    assert ET.parse(report).getroot().get("failures") == "0"
    spoil(project)
    assert shell(check, project) == 1
    assert ET.parse(report).getroot().get("failures") == "1"


def test_makefile(project: Path) -> None:
    (project / "Makefile").write_text(block("make", "check:"), encoding="utf-8")
    assert shell("make check", project) == 0
    spoil(project)
    assert shell("make check", project) != 0


def test_line_for_cron_is_silent_when_all_is_fine(project: Path) -> None:
    command = block("cron", "0 6").partition(" && ")[2]
    assert shell(f'test -z "$({command.strip()} 2>&1)"', project) == 0
    spoil(project)
    assert shell(f'test -n "$({command.strip()} 2>&1)"', project) == 0
