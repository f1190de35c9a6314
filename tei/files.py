"""Reading and writing files: whole, bounded, and never half.

Everything that the command line reads or writes goes through here, so that a failure of the file
system becomes one clear :class:`~tei.errors.FileError`, and an output file is either the old one or
the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

from tei.errors import FileError, LimitError

STANDARD_STREAM: Final = "-"
"""The name that stands for standard input or standard output."""

MAX_BYTES: Final = 256 * 1024 * 1024
"""The largest input read where the caller names no other bound."""

_READING: Final = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file: a part of its path is not a directory",
    errno.EISDIR: "this is a directory; a file is needed",
    errno.EACCES: "this file may not be read",
    errno.ENAMETOOLONG: "this name is too long for a file",
    errno.ELOOP: "the symbolic links of this path go round in a circle",
}
_WRITING: Final = {
    errno.ENOENT: "the directory of this file does not exist",
    errno.ENOTDIR: "a part of this path is not a directory",
    errno.EISDIR: "this is a directory; a file is needed",
    errno.EACCES: "this file, or its directory, may not be written",
    errno.EPERM: "this file, or its directory, may not be written",
    errno.EROFS: "this file stands on a file system that is read-only",
    errno.ENOSPC: "no space is left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would grow beyond the size allowed",
    errno.ENAMETOOLONG: "this name is too long for a file",
    errno.ELOOP: "the symbolic links of this path go round in a circle",
}


def is_standard_stream(path: str | Path) -> bool:
    """Tell whether ``path`` is ``-``, that is standard input or output."""
    return str(path) == STANDARD_STREAM


def read_bytes(path: str | Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return all bytes of a file, or of standard input where ``path`` is ``-``.

    :raises FileError: the file is missing, a directory, or may not be read.
    :raises LimitError: it holds more than ``limit`` bytes (also where its size is not known
        beforehand: a pipe, a device).
    """
    try:
        if is_standard_stream(path):
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except ValueError as error:  # a NUL in the name
        raise FileError(f"this is no name of a file ({error})", path=repr(str(path))) from error
    except OSError as error:
        raise FileError(_explain(error, _READING), path=_shown(path)) from error
    if len(data) > limit:
        raise LimitError(
            f"the input is larger than {_megabytes(limit)}, the most that is read",
            path=_shown(path),
            hint="split the text into several files",
        )
    return data


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that the file holds all of it, or stays as it was.

    The bytes go to a temporary file in the same directory, to the disk, and then take the name of
    ``path``. On any failure, an interruption from the keyboard too, the temporary file is removed.
    The mode of an existing file is kept, and a symbolic link stays a link. A device or a pipe
    (``/dev/stdout``), which cannot be replaced, is written to directly.

    :raises FileError: missing directory, read-only target, full disk and the like.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise FileError(_WRITING[errno.EISDIR], path=path)
        if mode is not None and not stat.S_ISREG(mode):
            with target.open("wb") as device:
                device.write(data)
            return
        # Renaming needs no right on the file it replaces, and root has every right: the mode has
        # to be looked at, or a file that someone protected would be overwritten.
        if mode is not None and not (mode & 0o222 and os.access(target, os.W_OK)):
            raise FileError(
                "this file is read-only; it was left as it is",
                path=path,
                hint="make it writable, or choose another output with -o",
            )
        _replace(target, data, 0o666 & ~_umask() if mode is None else stat.S_IMODE(mode))
    except ValueError as error:
        raise FileError(f"this is no name of a file ({error})", path=repr(str(path))) from error
    except OSError as error:
        raise FileError(f"not written: {_explain(error, _WRITING)}", path=path) from error


def make_directory(path: str | Path) -> None:
    """Make the directory ``path`` and those above it, where they do not exist yet.

    :raises FileError: it cannot be made, or a file stands in its place.
    """
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise FileError("a directory is needed here, and a file stands in its place", path=path) from error
    except OSError as error:
        raise FileError(f"this directory cannot be made: {_explain(error, _WRITING)}", path=path) from error


def _replace(target: Path, data: bytes, mode: int) -> None:
    temporary: str | None = None
    try:
        # A short part of the name: the whole of it could make the temporary name too long.
        handle, temporary = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
        temporary = None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _mode_of(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def _umask() -> int:
    # The only way to read it is to set it; the program has one thread.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _explain(error: OSError, messages: dict[int, str]) -> str:
    known = messages.get(error.errno or 0)
    return known or (error.strerror or type(error).__name__).lower()


def _shown(path: str | Path) -> str:
    return "standard input" if is_standard_stream(path) else str(path)


def _megabytes(limit: int) -> str:
    return f"{limit // 1048576} MiB" if limit >= 1048576 else f"{limit} bytes"
