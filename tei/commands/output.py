"""What the commands share: the option ``-o`` and where a result goes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_Function = TypeVar("_Function", bound=Callable[..., Any])


def output_option(function: _Function) -> _Function:
    """Add ``-o FILE`` to a command; its parameter is ``output``, ``None`` for standard output."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Where to write; standard output if left out or '-'. "
        "An old file is replaced only by a whole new one.",
    )(function)


def write_result(output: Path | None, data: bytes) -> None:
    """Write the result of a command to the file ``output``, or to standard output."""
    from tei.files import is_standard_stream, write_atomically

    if output is not None and not is_standard_stream(output):
        write_atomically(output, data)
        return
    # Unbuffered (python -u, PYTHONUNBUFFERED), a pipe takes a part and says how much; no error comes.
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()
