"""Checking many files, in several processes where that is worth it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tei.batch.check import Check, size
from tei.problems import Problem

_WORTH: Final = 4 << 20
"""A further process costs about what checking so many bytes does: it has to load the schema as well."""


def check_all(
    files: Sequence[Path],
    check: Check,
    *,
    jobs: int | None = None,
    tell: Callable[[Path], None] | None = None,
) -> list[list[Problem]]:
    """Return the problems of each of ``files``, in their order, whichever is done first.

    :param jobs: how many processes; ``None``: one for each processor, if the files are large enough for it.
    :param tell: called with each file when it is done.
    """
    workers = min(len(files), jobs or _sensible(files))
    found: dict[Path, list[Problem]] = {}
    checked = check.each(files) if workers <= 1 else _together(files, check, workers)
    for file, problems in checked:
        found[file] = problems
        if tell:
            tell(file)
    return [found[file] for file in files]


def processors() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _sensible(files: Sequence[Path]) -> int:
    return min(processors(), 1 + sum(map(size, files)) // _WORTH)


def _together(files: Sequence[Path], check: Check, workers: int) -> Iterator[tuple[Path, list[Problem]]]:
    # What processes need takes long to import, and most often there is one file.
    from tei.batch.processes import check_together  # noqa: PLC0415

    return check_together(files, check, workers)
