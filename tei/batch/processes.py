"""Checking files in several processes, none of which can take the others with it."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path

from tei.batch.check import Check, broken_off, size
from tei.files import is_standard_stream
from tei.problems import Problem


def check_together(files: Sequence[Path], check: Check, workers: int) -> Iterator[tuple[Path, list[Problem]]]:
    """Yield each of two or more ``files`` with its problems, whichever is done first."""
    # The largest file first: none is then left for the end. Standard input is the parent's, and so is the
    # smallest file: processes that are copies of the parent have the schema then, and need not load it.
    waiting = sorted((file for file in files if not is_standard_stream(file)), key=size, reverse=True)
    yield from check.each([*filter(is_standard_stream, files), waiting.pop()])
    try:
        with _pool(workers) as pool:
            running: dict[Future[list[Problem]], Path] = {pool.submit(check, file): file for file in waiting}
            try:
                for done in as_completed(running):
                    problems = done.result()
                    waiting.remove(running[done])
                    yield running[done], problems
            finally:
                for future in running:
                    future.cancel()
    except BrokenProcessPool:
        yield from _one_by_one(waiting, check)


def _one_by_one(waiting: Sequence[Path], check: Check) -> Iterator[tuple[Path, list[Problem]]]:
    """After a process died: each file in turn, to find out which one it died of."""
    rest = list(waiting)
    while rest:
        try:
            with _pool(1) as pool:
                while rest:
                    problems = pool.submit(check, rest[0]).result()
                    yield rest.pop(0), problems
        except BrokenProcessPool:
            file = rest.pop(0)
            yield file, [broken_off(file, "the process that checked this file was ended from outside")]


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_begin)


def _context() -> BaseContext:
    """How processes begin: where it is safe as copies of this one, which have everything loaded."""
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _begin() -> None:
    # Ctrl-C reaches all processes of a terminal: the parent says so, the others just end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
