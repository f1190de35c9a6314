"""Reading with a bound, writing all or nothing."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from pathlib import Path

import pytest

from tei.errors import FileError, LimitError
from tei.files import make_directory, read_bytes, write_atomically


class Stream:
    """A standard stream with nothing but its buffer."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_reads_a_file_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"\x00\r\n\xff")
    assert read_bytes(file) == read_bytes(str(file)) == b"\x00\r\n\xff"
    monkeypatch.setattr(sys, "stdin", Stream(b"in"))
    assert read_bytes("-") == b"in"


def test_reads_up_to_the_limit_and_no_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"12345")
    assert read_bytes(file, limit=5) == b"12345"
    with pytest.raises(LimitError, match="larger than 4 bytes"):
        read_bytes(file, limit=4)
    monkeypatch.setattr(sys, "stdin", Stream(b"12345"))
    with pytest.raises(LimitError, match=r"^standard input: "):
        read_bytes("-", limit=4)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless device")
def test_an_endless_device_is_bounded() -> None:
    with pytest.raises(LimitError):
        read_bytes("/dev/zero", limit=1000)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent", "no such file"),
        ("", "this is a directory"),
        ("file/below", "not a directory"),
        ("n" * 300, "too long"),
        ("nul\0", "no name of a file"),
        ("circle", "circle"),
    ],
)
def test_says_why_a_file_cannot_be_read(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(FileError, match=message):
        read_bytes(f"{tmp_path}/{name}")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent/file", "directory of this file does not exist"),
        ("", "this is a directory"),
        ("file/below", "not a directory"),
        ("n" * 300, "too long"),
        ("nul\0", "no name of a file"),
        ("circle", "circle"),
    ],
)
def test_says_why_a_file_cannot_be_written(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to("circle")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileError, match=message):
        write_atomically(f"{tmp_path}/{name}", b"x")
    assert sorted(tmp_path.iterdir()) == before


def test_writes_with_the_mode_of_the_old_file_or_the_usual_one(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_bytes(b"old")
    old.chmod(0o640)
    plain.touch()
    write_atomically(old, b"new")
    write_atomically(new, b"new")
    assert old.read_bytes() == new.read_bytes() == b"new"
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == plain.stat().st_mode
    assert sorted(tmp_path.iterdir()) == [new, old, plain]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to("target")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_name_as_long_as_may_be(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("n" * 255), b"new")
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o444)
    with pytest.raises(FileError, match="read-only"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def _no_space(_handle: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _interrupt(_handle: int) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("failure", "error"), [(_no_space, FileError), (_interrupt, KeyboardInterrupt)])
@pytest.mark.parametrize("existing", [True, False])
def test_nothing_is_left_behind(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: object,
    error: type[BaseException],
    existing: bool,
) -> None:
    file = tmp_path / "file"
    if existing:
        file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failure)
    with pytest.raises(error):
        write_atomically(file, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"] * existing


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_device_is_written_to_directly() -> None:
    write_atomically("/dev/null", b"new")
    with pytest.raises(FileError, match="no space is left"):
        write_atomically("/dev/full", b"new")
    assert not Path("/dev/null").is_file()


def test_makes_directories(tmp_path: Path) -> None:
    make_directory(tmp_path / "a" / "b")
    make_directory(tmp_path / "a" / "b")
    (tmp_path / "file").touch()
    for wrong in ("file", "file/below"):
        with pytest.raises(FileError, match="directory"):
            make_directory(tmp_path / wrong)
