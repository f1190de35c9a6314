"""Simplified schemas in the user's cache, so that a large one is read in milliseconds the next time.

A file there holds plain data (JSON). Its name comes from the bytes of the schema's main file; the files that
it includes are listed inside with their hashes, and checked each time.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from tei import cache
from tei.relaxng.grammar import Grammar, from_json, to_json

_VERSION: Final = b"relaxng 1"
_MOST_FILES: Final = 200


def load(main: Path, data: bytes) -> Grammar | None:
    """Return the grammar kept for the schema ``main``, whose bytes are ``data``; ``None`` if none fits."""
    kept = cache.read(_name(main, data))
    if kept is None:
        return None
    try:
        head, _, body = kept.partition(b"\n")
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
    if len(hashes) <= _MOST_FILES:
        head = json.dumps(hashes, sort_keys=True, separators=(",", ":"))
        cache.write(_name(main, data), f"{head}\n{to_json(grammar)}".encode())


def _name(main: Path, data: bytes) -> str:
    digest = hashlib.sha256(_VERSION + main.suffix.encode() + b"\0" + data).hexdigest()
    return f"relaxng-{digest}.json"
