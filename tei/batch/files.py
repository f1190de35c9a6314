"""Which files are meant by the names that a user gives: files, and directories with all TEI below them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple
from xml.parsers import expat

from tei.errors import FileError, LimitError
from tei.files import is_standard_stream

MAX_FILES: Final = 100_000
"""How many files with the ending ``.xml`` may stand below a directory."""

_ROOTS: Final = frozenset({"TEI", "teiCorpus", "TEI.2"})
_PIECE: Final = 1 << 14
_HEAD: Final = 1 << 20


class Found(NamedTuple):
    """The files to work on, each once; ``others`` counts XML files in directories that are no TEI."""

    files: tuple[Path, ...]
    others: int


def find_files(names: Iterable[Path]) -> Found:
    """Return the files that ``names`` mean: a file (or ``-``) itself, of a directory all TEI below it.

    The TEI below a directory are the files ``*.xml`` whose outermost element is ``TEI`` or ``teiCorpus``,
    or that break before any element. Directories whose names begin with a dot, and symbolic links to
    directories, are left out.

    :raises FileError: a directory cannot be read.
    :raises LimitError: more than ``MAX_FILES`` XML files stand below one.
    """
    found: dict[str, Path] = {}
    others = 0
    for name in names:
        if is_standard_stream(name) or not name.is_dir():
            found.setdefault(os.path.normpath(name), name)
            continue
        for file in _xml_below(name):
            if is_tei(file):
                found.setdefault(os.path.normpath(file), file)
            else:
                others += 1
    return Found(tuple(found.values()), others)


def is_tei(path: Path) -> bool:
    """Whether the outermost element is one of TEI's, in any namespace, or the file cannot be read so far.

    A file that is broken at its very beginning is better checked and reported than passed over.
    """
    roots: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: roots.append(name)
    try:
        with path.open("rb") as file:
            while not roots and file.tell() < _HEAD and (piece := file.read(_PIECE)):
                parser.Parse(piece, False)
    except (OSError, expat.ExpatError):
        pass
    return not roots or roots[0].rpartition(":")[2] in _ROOTS


def _xml_below(directory: Path) -> Iterator[Path]:
    number = 0
    for place, folders, names in os.walk(directory, onerror=_refuse):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            # A pipe or a device with such a name would never end.
            if not name.lower().endswith(".xml") or not path.is_file():
                continue
            number += 1
            if number > MAX_FILES:
                raise LimitError(
                    f"more than {MAX_FILES:,} XML files stand below this directory",
                    path=directory,
                    hint="name smaller directories",
                )
            yield path


def _refuse(error: OSError) -> None:
    reason = (error.strerror or type(error).__name__).lower()
    raise FileError(f"this directory cannot be read: {reason}", path=error.filename)
