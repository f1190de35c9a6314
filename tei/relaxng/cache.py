"""Simplified schemas on disk, so that a large one is read in milliseconds the next time.

A file in the user's cache directory holds plain data (JSON), never code. Its name comes from the bytes of
the schema's main
file; the files that it includes are listed inside with their hashes, and checked each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from tei.relaxng.grammar import Grammar, from_json, to_json

_VERSION: Final = b"relaxng 1"
_MOST_FILES: Final = 200
_LARGEST: Final = 64 * 1024 * 1024


def load(main: Path, data: bytes) -> Grammar | None:
    """Return the grammar kept for the schema ``main``, whose bytes are ``data``; ``None`` if none fits."""
    file = _file(main, data)
    if file is None:
        return None
    try:
        status = file.stat()
        if status.st_size > _LARGEST or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
            return None
        head, _, body = file.read_bytes().partition(b"\n")
        directory = main.parent.resolve()
        for name, digest in json.loads(head).items():
            path = (directory / name).resolve()
            if not path.is_relative_to(directory) or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                return None
        return from_json(body)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None  # whatever is wrong with a cache, reading the schema anew mends it


def save(main: Path, data: bytes, hashes: dict[str, str], grammar: Grammar) -> None:
    """Keep ``grammar``, made from files with these ``hashes``; where that fails, it is no error."""
    file = _file(main, data)
    if file is None or len(hashes) > _MOST_FILES:
        return
    with contextlib.suppress(OSError, ValueError):
        head = json.dumps(hashes, sort_keys=True, separators=(",", ":"))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(f"{head}\n{to_json(grammar)}".encode())
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _cache_directory() -> Path | None:
    """Return where this program may keep what it can make again, ``None`` where there is no such place."""
    # As in tei.validation.compiled; that package takes longer to import than a schema to load.
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        directory = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # no home
        return None
    return directory / "tei-edition" if directory.is_absolute() else None


def _file(main: Path, data: bytes) -> Path | None:
    directory = _cache_directory()
    if directory is None:
        return None
    digest = hashlib.sha256(_VERSION + main.suffix.encode() + b"\0" + data).hexdigest()
    return directory / f"relaxng-{digest}.json"
