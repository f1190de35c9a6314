"""From a reference in a schema to a file on this machine, and nowhere else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from tei.errors import SchemaError

_HINT: Final = "only files in the directory of the schema are read"


def referred_file(reference: str, where: Path, directory: Path) -> Path:
    """Return the file that ``reference`` (a relative URI) in the file ``where`` leads to, links followed.

    ``directory``, an absolute path, is the one that it must stand in or below.

    :raises SchemaError: it is an address, leads out of the directory, or nothing is there. The error has no
        place yet.
    """
    try:
        parts = urlsplit(reference)
    except ValueError as problem:
        raise SchemaError(f"not a reference to a file: {reference}", hint=_HINT) from problem
    if parts.scheme or parts.netloc or parts.query or parts.fragment:
        raise SchemaError(f"not a file beside the schema: {reference}", hint=_HINT)
    name = unquote(parts.path)
    if not name or "\\" in name or "\0" in name or PurePosixPath(name).is_absolute():
        raise SchemaError(f"not a file beside the schema: {reference}", hint=_HINT)
    # Links are followed first: one that leads out is refused like a path that does.
    path = (where.parent / name).resolve()
    if not path.is_relative_to(directory):
        raise SchemaError(f"not inside the directory of the schema: {reference}", hint=_HINT)
    if not path.is_file():
        raise SchemaError(f"there is no such file: {reference}")
    return path
