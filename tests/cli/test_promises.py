"""What the command line itself promises: statuses, messages, whole files. Stand-ins play the library."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from tei.commands import cli
from tei.errors import SourceError
from tei.files import read_bytes
from tei.problems import Problem, Severity

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = {"pages": 3, "paragraphs": 12, "notes": 1, "reactions": 0, "persons": 2}


@dataclass
class Encoded:
    xml: bytes
    counts: dict[str, int] = field(default_factory=lambda: dict(COUNTS))
    name: str = "speech"

    @property
    def source(self) -> bytes:
        return self.xml[5:-6]


class Library:
    """A stand-in for the functions that the commands call; a test replaces what it needs."""

    def __init__(self) -> None:
        self.encode: Callable[[Path], Encoded] = lambda path: Encoded(b"<TEI>" + _text(path) + b"</TEI>")
        self.validate: Callable[[Path], list[Problem]] = lambda path: []
        self.view: Callable[[Path, str], bytes] = lambda path, view: (
            path.read_bytes()[5:-6] if view == "source" else view.encode()
        )


def _text(path: Path) -> bytes:
    return read_bytes(path / "source.txt" if path.is_dir() else path)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    played = Library()
    modules: set[str] = set()
    for name, function, call in (
        ("tei.encode", "encode_path", lambda path: played.encode(path)),
        ("tei.validation", "validate", lambda path: played.validate(path)),
        ("tei.validation", "validate_tree", lambda tree, path: played.validate(path)),
        ("tei.views", "view_text", lambda path, view: played.view(path, view)),
        ("tei.epub.edition", "epub_bytes", lambda tree: b"EPUB"),
    ):
        module = sys.modules[name] if name in modules else ModuleType(name)
        modules.add(name)
        setattr(module, function, call)
        monkeypatch.setitem(sys.modules, name, module)
    return played


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="tei")


def fails(error: BaseException) -> Callable[..., object]:
    def function(*_: object) -> object:
        raise error

    return function


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "encoded" / "speech"
    folder.mkdir(parents=True)
    (folder / "edition.toml").touch()
    (folder / "source.txt").write_bytes(b"Friends!\r\n")
    return folder


def test_encode_writes_to_standard_output_or_a_file(library: Library, edition: Path, tmp_path: Path) -> None:
    assert run("encode", edition).stdout_bytes == b"<TEI>Friends!\r\n</TEI>"
    assert run("encode", edition, "-o", "-").stdout_bytes == b"<TEI>Friends!\r\n</TEI>"
    done = run("encode", edition, "-o", tmp_path / "out.xml")
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "out.xml").read_bytes() == b"<TEI>Friends!\r\n</TEI>"


def test_an_error_of_the_library_is_one_message_and_status_1(library: Library, tmp_path: Path) -> None:
    library.encode = fails(
        SourceError("a byte that is no text", path="a.txt", line=2, column=7, hint="mend it")
    )  # type: ignore[assignment]
    (tmp_path / "out.xml").write_bytes(b"old")
    done = run("encode", "a.txt", "-o", tmp_path / "out.xml")
    assert done.exit_code == 1
    assert done.stderr == "tei: a.txt:2:7: a byte that is no text\n  hint: mend it\n"
    assert done.stdout == ""
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_an_interruption_says_so(library: Library, error: BaseException) -> None:
    library.encode = fails(error)  # type: ignore[assignment]
    done = run("encode", "a.txt")
    if isinstance(error, KeyboardInterrupt):
        assert (done.exit_code, done.stderr) == (130, "tei: interrupted\n")
    else:
        assert done.exit_code == 1


def test_an_error_of_the_system_is_one_message(library: Library) -> None:
    library.encode = fails(OSError(errno.EIO, os.strerror(errno.EIO), "a.txt"))  # type: ignore[assignment]
    done = run("encode", "a.txt")
    assert (done.exit_code, done.stderr) == (1, "tei: a.txt: input/output error\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["encode"],
        ["encode", "a", "b"],
        ["validate"],
        ["text", "a", "--view", "x"],
        ["--nonsense"],
    ],
)
def test_wrong_use_is_status_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: tei")


def test_text_passes_the_view_on(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<TEI>a\r\n</TEI>")
    assert run("text", tmp_path / "a.xml").stdout_bytes == b"reading"
    assert run("text", tmp_path / "a.xml", "--view", "source").stdout_bytes == b"a\r\n"


def problem(message: str, path: Path | str = "a.xml", severity: Severity = "error") -> Problem:
    return Problem(code="TEI-S001", severity=severity, message=message, path=str(path), line=3, column=4)


def test_build_says_a_warning_and_goes_on(library: Library, edition: Path) -> None:
    library.validate = lambda path: [problem("odd", path, "warning")]
    done = run("build")
    assert done.exit_code == 0
    assert "warning TEI-S001 odd" in done.stderr


def test_build_makes_everything_and_a_table(library: Library, edition: Path, tmp_path: Path) -> None:
    done = run("build")
    assert (done.exit_code, done.stderr) == (0, "")
    assert {path.name: path.read_bytes() for path in (tmp_path / "build").iterdir()} == {
        "speech.xml": b"<TEI>Friends!\r\n</TEI>",
        "speech.txt": b"reading",
        "speech.spoken.txt": b"spoken",
        "speech.epub": b"EPUB",
    }
    head, row = (line.split() for line in done.stdout.splitlines())
    assert head == ["edition", "pages", "paragraphs", "notes", "reactions", "persons", "seconds"]
    assert row[:6] + row[7:] == ["speech", "3", "12", "1", "0", "2", "ok"]


def test_build_goes_on_after_a_failure(library: Library, edition: Path) -> None:
    other = edition.with_name("another")
    other.mkdir()
    (other / "edition.toml").touch()
    done = run("build")
    assert done.exit_code == 1
    assert "another" in done.stderr
    failed, fine = done.stdout.splitlines()[1:]
    assert failed.endswith("FAILED")
    assert fine.endswith("ok")


def test_build_compares_the_source_view(library: Library, edition: Path) -> None:
    library.view = lambda path, view: b"Friends.\r\n"
    done = run("build", edition)
    assert done.exit_code == 1
    assert "differs from the source from byte 7 on" in done.stderr


def test_build_reports_what_validation_finds(library: Library, edition: Path) -> None:
    library.validate = lambda path: [problem("wrong", path)]
    done = run("build", "-o", "out")
    assert done.exit_code == 1
    assert done.stderr == f"tei: speech: {Path('out/speech.xml')}:3:4: error TEI-S001 wrong\n"


def test_build_without_an_edition(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("build")
    assert done.exit_code == 1
    assert "no edition found" in done.stderr
    assert not list(tmp_path.iterdir())


# In a process of its own: what no runner can play.
CHILD = """
    import sys, types
    module = types.ModuleType("tei.encode")
    class Encoded:
        xml = b"x" * 1_000_000
        counts = {}
    def encode_path(path):
        if str(path) == "wait":
            print("ready", file=sys.stderr, flush=True)
            import time
            time.sleep(60)
        return Encoded()
    module.encode_path = encode_path
    sys.modules["tei.encode"] = module
    from tei.commands import main
    main()
"""


RAW = ("--no-validate", "a")


def child(*arguments: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(CHILD), *arguments]


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def buffering(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", request.param)


@pytest.mark.usefixtures("buffering")
def test_all_of_a_large_result_goes_down_a_pipe() -> None:
    done = subprocess.run(child("encode", "--no-validate", "a"), stdout=subprocess.PIPE, cwd=ROOT, check=True)
    assert done.stdout == b"x" * 1_000_000


@pytest.mark.usefixtures("buffering")
def test_a_reader_that_goes_away_is_no_trouble() -> None:
    with subprocess.Popen(
        child("encode", "--no-validate", "a"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["encode", *RAW], ["encode", *RAW, "-o", "/dev/full"], ["--help"]])
@pytest.mark.usefixtures("buffering")
def test_a_full_disk_is_one_message(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(child(*arguments), stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"no space left" in done.stderr or b"no space is left" in done.stderr


def test_ctrl_c_is_one_word(tmp_path: Path) -> None:
    with subprocess.Popen(
        child("encode", "wait", "-o", str(tmp_path / "out.xml")), stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == b"tei: interrupted"
        assert process.wait(30) == 130
    assert not list(tmp_path.iterdir())
