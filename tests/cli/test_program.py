"""The installed program, from outside: what it writes, what it says, and with which status it ends.

What the command line promises whatever the library does is tested, with stand-ins, in ``test_promises.py``.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from lxml import etree

from tests.structure.made import EDITION

TEXT = "I. BOATS\n\nThe offi¬\ncers came. (Applause.)\n".encode()
PROGRAM = Path(sys.executable).with_name("tei")
needs_full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a device that is always full"
)


@pytest.fixture(scope="session")
def program() -> str:
    if not PROGRAM.is_file():
        pytest.skip("needs the console script beside this Python")
    return str(PROGRAM)


class Done:
    """How a run of the program ended."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.status = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode()


class Runner:
    """Runs the program in a directory of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder

    def __call__(self, *arguments: str | Path, given: bytes = b"") -> Done:
        command = [self.program, *map(str, arguments)]
        return Done(subprocess.run(command, input=given, capture_output=True, cwd=self.folder, check=False))

    def fails(self, *arguments: str | Path, given: bytes = b"", status: int = 1) -> str:
        """One message on standard error, nothing on standard output, no trace of Python."""
        done = self(*arguments, given=given)
        assert (done.status, done.out) == (status, b""), done.err
        assert "Traceback" not in done.err
        lines = done.err.splitlines()
        assert sum(not line.startswith(" ") for line in lines) == 1, done.err
        assert lines[0].startswith("tei: ")
        return done.err.removeprefix("tei: ")


@pytest.fixture
def tei(program: str, tmp_path: Path) -> Runner:
    (tmp_path / "boats.txt").write_bytes(TEXT)
    return Runner(program, tmp_path)


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """The directory of a small edition, under ``encoded/``."""
    folder = tmp_path / "encoded" / "boats"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_bytes(TEXT)
    (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
    return folder


# What goes well.


def test_there_and_back(tei: Runner, tmp_path: Path) -> None:
    done = tei("encode", "boats.txt", "-o", "boats.xml")
    assert (done.status, done.out, done.err) == (0, b"", "")
    done = tei("validate", "boats.xml")
    assert (done.status, done.out, done.err) == (0, b"", "1 file: valid\n")
    assert tei("text", "--view", "source", "boats.xml").out == TEXT
    assert tei("text", "boats.xml").out == b"I. BOATS\n\nThe officers came. (Applause.)\n"
    assert tei("text", "--view", "spoken", "boats.xml", "-o", "spoken.txt").status == 0
    assert (tmp_path / "spoken.txt").is_file()
    assert tei("encode", "boats.txt").out == (tmp_path / "boats.xml").read_bytes()


def test_in_pipes(tei: Runner) -> None:
    xml = tei("encode", "-", given=TEXT)
    assert (xml.status, xml.err) == (0, "")
    assert tei("encode", "-", "-o", "-", given=TEXT).out == xml.out
    assert tei("validate", "-", given=xml.out).err == "1 file: valid\n"
    assert tei("text", "-", "--view", "source", given=xml.out).out == TEXT
    title = etree.fromstring(xml.out).findtext(".//{*}titleStmt/{*}title")
    assert title


def test_an_edition(tei: Runner, edition: Path) -> None:
    (edition / "decisions.toml").write_text('[[not_head]]\ntext = "I. BOATS"\n')
    root = etree.fromstring(tei("encode", edition).out)
    assert root.findtext(".//{*}titleStmt/{*}title") == "A Text"
    assert root.find(".//{*}div") is None
    assert tei("encode", edition / ".").out == tei("encode", "encoded/boats").out


def test_build(tei: Runner, edition: Path, tmp_path: Path) -> None:
    done = tei("build")
    assert (done.status, done.err) == (0, "")
    made = {path.name: path.read_bytes() for path in (tmp_path / "build").iterdir()}
    assert sorted(made) == ["boats.epub", "boats.spoken.txt", "boats.txt", "boats.xml"]
    assert made["boats.xml"] == tei("encode", edition).out
    assert made["boats.txt"] == tei("text", "build/boats.xml").out
    head, row = (line.split() for line in done.out.decode().splitlines())
    assert head == ["edition", "pages", "paragraphs", "notes", "reactions", "persons", "seconds"]
    assert (row[:6], row[7]) == (["boats", "0", "1", "0", "1", "0"], "ok")
    assert 0 < float(row[6]) < 60


# What goes wrong.


def test_no_such_file(tei: Runner) -> None:
    for command in ("encode", "text"):
        assert tei.fails(command, "none") == "none: there is no such file\n"
    done = tei("validate", "none", "boats.txt")
    assert done.status == 1
    assert done.out.splitlines()[0] == b"none: error TEI010 there is no such file"
    assert done.err.startswith("2 files: 2 not valid")


def test_a_directory_that_is_no_edition(tei: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    message = tei.fails("encode", "empty")
    assert message.startswith("empty/edition.toml: there is no such file")
    assert "an edition is a directory that holds edition.toml" in message
    assert "this is a directory" in tei.fails("text", "empty")
    assert "no edition found" in tei.fails("build")


def test_a_binary_file(tei: Runner, tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01\xff\xfe")
    message = tei.fails("encode", "picture", "-o", "picture.xml")
    assert message.startswith("picture: this looks like a binary file, not a text: byte 0x1A at position 6\n")
    assert not (tmp_path / "picture.xml").exists()
    assert tei.fails("text", "picture").startswith("picture:1:1: ")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("edition.toml", "[work]", "[work", "edition.toml:1:"),
        ("edition.toml", 'language = "en"', "language = ", "edition.toml:3:"),
        ("edition.toml", "title =", "titel =", "edition.toml: 2 problems:"),
        ("edition.toml", '"free"', '"gratis"', "rights.status: "),
        ("decisions.toml", "", "[[join]\n", "decisions.toml:1:"),
        ("decisions.toml", "", '\n[[join]]\ntxet = "The"\n', '[1].txet: unknown key; did you mean "text"'),
        ("decisions.toml", "", '\n\n[[join]]\ntext = "The goats"\n', ":4: join: 'The goats' is not there"),
        ("decisions.toml", "", '[[join]]\npage = "7"\ntext = "The"\n', ":3: join: there is no page '7'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_of_an_edition(
    tei: Runner, edition: Path, file: str, old: str, new: str, message: str
) -> None:
    text = (edition / file).read_text() if old else ""
    assert old in text
    (edition / file).write_text(text.replace(old, new, 1) if old else new)
    done = tei("encode", "encoded/boats", "-o", "boats.xml")
    assert (done.status, done.out) == (1, b"")
    assert "Traceback" not in done.err
    assert message in done.err
    # What would be right is said as well, and nothing is written.
    assert not (tei.folder / "boats.xml").exists()


def test_a_misspelt_key_is_told_with_the_one_that_was_meant(tei: Runner, edition: Path) -> None:
    (edition / "edition.toml").write_text(EDITION.replace("title =", "titel ="))
    message = tei("encode", edition).err
    assert "titel" in message
    assert "title" in message


def test_an_edition_without_its_source(tei: Runner, edition: Path) -> None:
    (edition / "source.txt").unlink()
    message = tei.fails("encode", "encoded/boats")
    assert message.startswith("encoded/boats: the edition has no source.txt\n  hint: ")


def test_a_source_that_was_changed(tei: Runner, edition: Path) -> None:
    digest = hashlib.sha256(TEXT).hexdigest()
    told = EDITION.replace("[source]\n", f'[source]\nsha256 = "{digest}"\n')
    (edition / "edition.toml").write_text(told)
    assert tei("encode", edition).status == 0
    (edition / "source.txt").write_bytes(TEXT + b" ")
    message = tei("encode", edition)
    assert message.status == 1
    assert "source.sha256" in message.err
    assert hashlib.sha256(TEXT + b" ").hexdigest() in message.err


def test_decisions_that_do_not_go_together(tei: Runner, edition: Path, tmp_path: Path) -> None:
    (edition / "decisions.toml").write_text('[[region]]\ntext = "The offi"\ntype = "imprint"\n')
    (tmp_path / "boats.xml").write_bytes(b"old")
    done = tei("encode", "encoded/boats", "-o", "boats.xml")
    assert done.status == 1
    assert done.err.splitlines()[-1] == "tei: not written: the decisions of the edition do not go together"
    assert "Traceback" not in done.err
    assert (tmp_path / "boats.xml").read_bytes() == b"old"


def test_one_edition_of_two_fails(tei: Runner, edition: Path, tmp_path: Path) -> None:
    other = edition.with_name("another")
    other.mkdir()
    (other / "edition.toml").write_text("[work")
    done = tei("build")
    assert done.status == 1
    assert done.err.startswith("tei: another: ")
    assert [row.split()[0] + row.split()[-1] for row in done.out.decode().splitlines()[1:]] == [
        "anotherFAILED",
        "boatsok",
    ]
    assert (tmp_path / "build" / "boats.xml").is_file()
    assert not (tmp_path / "build" / "another.xml").exists()


@pytest.mark.parametrize(
    "content", [b"", b"<TEI", b"Boats", b"<a/>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'x'>]><a>&b;</a>"]
)
def test_xml_that_is_none_or_no_tei(tei: Runner, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.xml").write_bytes(content)
    assert tei.fails("text", "bad.xml").startswith("bad.xml")
    done = tei("validate", "bad.xml")
    assert (done.status, done.err[:17]) == (1, "1 file: not valid")
    assert "Traceback" not in done.err


def test_wrong_use(tei: Runner) -> None:
    done = tei("text", "boats.xml", "--view", "birds-eye")
    assert (done.status, done.out) == (2, b"")
    assert "'birds-eye' is not one of 'source', 'reading', 'spoken'" in done.err
    for arguments in ((), ("encode",), ("validate",), ("nonsense",), ("encode", "--nonsense", "boats.txt")):
        done = tei(*arguments)
        assert done.status == 2
        assert "Usage: tei" in done.err


def test_a_target_that_cannot_be_written(tei: Runner, tmp_path: Path) -> None:
    assert tei.fails("encode", "boats.txt", "-o", "none/boats.xml") == (
        "none/boats.xml: not written: the directory of this file does not exist\n"
    )
    assert "this is a directory" in tei.fails("encode", "boats.txt", "-o", ".")
    (tmp_path / "boats.xml").write_bytes(b"old")
    (tmp_path / "boats.xml").chmod(0o444)
    assert "boats.xml: this file is read-only" in tei.fails("encode", "boats.txt", "-o", "boats.xml")
    assert (tmp_path / "boats.xml").read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_a_directory_that_is_read_only(program: str) -> None:
    # Root may write everywhere; then somebody else runs the program.
    user = 65534 if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "target"
        target.mkdir()
        (folder / "boats.txt").write_bytes(TEXT)
        (target / "boats.xml").write_bytes(b"old")
        (target / "boats.xml").chmod(0o666)
        target.chmod(0o555)
        folder.chmod(0o755)
        command = [program, "encode", "--no-validate", "boats.txt", "-o", "target/boats.xml"]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"}
        try:
            done = subprocess.run(
                command, capture_output=True, cwd=folder, user=user, env=environment, check=False
            )
        except PermissionError:
            pytest.skip("nobody else may run the program here")
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr == (
            b"tei: target/boats.xml: not written: this file, or its directory, may not be written\n"
        )
        assert [path.read_bytes() for path in target.iterdir()] == [b"old"]
        target.chmod(0o755)


@needs_full_disk
@pytest.mark.parametrize("arguments", [["encode", "boats.txt"], ["build", "-o", "made"]])
def test_standard_output_on_a_full_disk(tei: Runner, edition: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [tei.program, *arguments], stdout=full, stderr=subprocess.PIPE, cwd=tei.folder, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"tei: standard output: no space left on device\n"


@needs_full_disk
def test_a_full_device(tei: Runner) -> None:
    assert tei.fails("encode", "boats.txt", "-o", "/dev/full") == (
        "/dev/full: not written: no space is left on the disk\n"
    )


# A file system that has no room: every write to a file beyond some bytes fails, and so does the last step.
LIMITED = """
    import resource, signal, sys
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    from tei.commands import main
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of resources")
def test_an_old_file_stays_whole_when_there_is_no_room(tei: Runner, tmp_path: Path) -> None:
    (tmp_path / "boats.xml").write_bytes(b"old")
    command = [sys.executable, "-c", textwrap.dedent(LIMITED), "encode", "boats.txt", "-o", "boats.xml"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = Done(subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False))
    assert (done.status, done.out) == (1, b"")
    assert done.err == "tei: boats.xml: not written: the file would grow beyond the size allowed\n"
    assert {path.name for path in tmp_path.iterdir()} == {"boats.txt", "boats.xml"}
    assert (tmp_path / "boats.xml").read_bytes() == b"old"


# Ctrl-C between the bytes and the rename: the slow disk says when it is at work.
SLOW = """
    import os, sys, time
    real = os.fsync
    def fsync(handle):
        real(handle)
        print("writing", flush=True)
        time.sleep(60)
    os.fsync = fsync
    from tei.commands import main
    main()
"""


@pytest.mark.parametrize(
    "arguments", [["encode", "boats.txt", "-o", "out/boats.xml"], ["build", "-o", "out"]]
)
def test_ctrl_c_in_the_middle_of_writing(
    tei: Runner, edition: Path, tmp_path: Path, arguments: list[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "boats.xml").write_bytes(b"old")
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SLOW), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"writing\n"
        # The new file is there, under another name.
        assert len(list(out.iterdir())) == 2
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().split(b"\n")[-2:] == [b"tei: interrupted", b""]
        assert process.wait(30) == 130
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"boats.xml": b"old"}


def test_a_reader_that_goes_away(tei: Runner, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"The boats are here.\n\n" * 20_000)
    with subprocess.Popen(
        [tei.program, "encode", "--no-validate", "long.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141
