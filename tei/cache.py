"""The user's cache: what can be made again, kept for the next time.

Its files hold data, never code. A cache that is missing, read-only, broken or somebody else's is no error:
what it would hold is made anew.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

LARGEST: Final = 64 * 1024 * 1024
"""The largest file of the cache that is read, in bytes."""


def directory() -> Path | None:
    """Return where this program may keep what it can make again, ``None`` where there is no such place."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        place = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # no home
        return None
    # A relative path would leave files wherever the program happens to run.
    return place / "tei-edition" if place.is_absolute() else None


def read(name: str) -> bytes | None:
    """Return what is kept under ``name``, ``None`` if there is nothing, or nothing that may be trusted."""
    place = directory()
    if place is None:
        return None
    try:
        file = place / name
        status = file.stat()
        if status.st_size > LARGEST or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
            return None
        return file.read_bytes()
    except OSError:
        return None


def write(name: str, data: bytes) -> None:
    """Keep ``data`` under ``name``, whole or not at all; a place that cannot be written to is no error."""
    place = directory()
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            Path(temporary).replace(place / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
