"""How a report names a file to programs that look for it: relative to some directory, with slashes."""

from __future__ import annotations

import os
from pathlib import Path


def below(path: str | Path, base: str | Path = ".") -> str:
    """Return ``path`` relative to the directory ``base`` where it stands below it, else as a whole path."""
    # Not resolved: a symbolic link keeps the name that the user knows.
    whole, root = Path(os.path.abspath(path)), Path(os.path.abspath(base))  # noqa: PTH100
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


def from_directory(path: str | Path, base: str | Path) -> str:
    """Return the way from the directory ``base`` to ``path``, with ``..`` where needed."""
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:  # on another drive
        return Path(os.path.abspath(path)).as_posix()  # noqa: PTH100
