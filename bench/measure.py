"""Measure whole processes: wall time and peak memory, as the kernel counts them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# ru_maxrss is in KiB, on macOS in bytes.
_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Figure:
    """The best wall time of several runs, in seconds, and the highest peak memory, in bytes."""

    seconds: float
    peak: int


class FailedRunError(Exception):
    """A process that was to be measured ended with an error."""


def run(command: Sequence[str]) -> Figure:
    """Run ``command`` once, its output thrown away; raise :class:`FailedRunError` where its status is not 0.

    This process must stay small: the kernel counts the memory of a parent as the first peak of
    its child, so nothing that is measured may be imported here.
    """
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], list(command), os.environ, file_actions=silent)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if code := os.waitstatus_to_exitcode(status):
        raise FailedRunError(f"{Path(command[0]).name} ended with status {code}")
    return Figure(seconds, usage.ru_maxrss * _RSS_UNIT)


def best(steps: Sequence[Sequence[str]], runs: int) -> Figure:
    """Run all ``steps`` one after the other, ``runs`` times: the least sum of times, the highest peak."""
    figures = [[run(step) for step in steps] for _ in range(runs)]
    return Figure(
        min(sum(figure.seconds for figure in once) for once in figures),
        max(figure.peak for once in figures for figure in once),
    )


def largest_source(editions: Path) -> Path | None:
    """Return the edition directory with the largest ``source.txt``, ``None`` where there is none."""
    sources = [path.with_name("source.txt") for path in editions.glob("*/edition.toml")]
    found = [source for source in sources if source.is_file()]
    return max(found, key=lambda source: source.stat().st_size).parent if found else None
