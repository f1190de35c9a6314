"""A small part of the runner of GitHub Actions: it executes the steps of ``action.yml``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import yaml  # type: ignore[import-untyped]

ROOT: Final = Path(__file__).resolve().parents[2]
ACTION: Final[dict[str, Any]] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: Final[list[dict[str, Any]]] = ACTION["runs"]["steps"]

_EXPRESSION: Final = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
# How the runner starts `shell: bash` (Workflow syntax, "jobs.<job_id>.steps[*].shell").
_SHELL: Final = ("--noprofile", "--norc", "-eo", "pipefail")


def require_package_index(folder: Path) -> None:
    """Skip the test that asks, because an installation failed, if no package can be had at all."""
    probe = ("-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder / "probe"), "hatchling")
    if subprocess.run([sys.executable, *probe], cwd=folder, capture_output=True, check=False).returncode:
        pytest.skip("no package index can be reached, and this is installed from one")


class Done(NamedTuple):
    """What a step left behind: its exit status, its log, its outputs and its summary."""

    status: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """Runs steps of the action in the directory ``workspace``, with ``inputs`` besides the default ones."""

    def __init__(self, workspace: Path, temp: Path, **inputs: str) -> None:
        self.workspace = workspace
        self.temp = temp
        self.inputs = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        for name, value in inputs.items():
            assert name.replace("_", "-") in self.inputs
            self.inputs[name.replace("_", "-")] = value
        self.outputs: dict[str, Mapping[str, str]] = {}

    @staticmethod
    def names() -> list[str]:
        """The names of all inputs, as keywords."""
        return [name.replace("-", "_") for name in ACTION["inputs"]]

    def run(self, identifier: str) -> Done:
        """Execute the step with this ``id`` as the runner does."""
        step = next(step for step in STEPS if step.get("id") == identifier)
        bash = shutil.which("bash")
        assert bash is not None
        assert step["shell"] == "bash"
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            [bash, *_SHELL, str(script)],
            cwd=self.workspace,
            env={
                **{key: value for key, value in os.environ.items() if key != "GITHUB_ACTIONS"},
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp),
                **{name: str(file) for name, file in files.items()},
                **{name: self.filled(value) for name, value in step.get("env", {}).items()},
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
        self.outputs[identifier] = outputs
        return Done(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text("utf-8"))

    def filled(self, value: str) -> str:
        """``value`` with its expressions replaced by what they stand for."""
        return _EXPRESSION.sub(lambda match: self._value(match[1]), value)

    def _value(self, expression: str) -> str:
        match expression.split("."):
            case ["inputs", name]:
                return self.inputs[name]
            case ["runner", "temp"]:
                return str(self.temp)
            case ["steps", step, "outputs", name]:
                return self.outputs[step][name]
        raise AssertionError(f"the runner of this test knows no ${{{{ {expression} }}}}")
