"""The line of the file that a problem speaks of, read anew when the report is made."""

from __future__ import annotations

import codecs
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from tei.problems import Problem

REACH: Final = 200
"""How many characters before and behind the place are kept; a line may be as long as the file."""

_PIECE: Final = 1 << 16
_MOST_BYTES: Final = 1 << 30


class Excerpt(NamedTuple):
    """A piece of a line; ``at`` is where the problem stands in it, ``None`` if its column is not known.

    ``cut_before`` and ``cut_behind`` tell that the line goes on there.
    """

    text: str
    at: int | None
    cut_before: bool
    cut_behind: bool


def excerpts(problems: Iterable[Problem]) -> dict[tuple[str, int, int | None], Excerpt]:
    """Return the excerpts for ``problems`` by path, line and column; each file is read once, piece by piece.

    There is none for a problem without a line, for standard input, and for a line that the file has not.
    """
    wanted: defaultdict[str, defaultdict[int, set[int | None]]] = defaultdict(lambda: defaultdict(set))
    for problem in problems:
        if problem.line is not None:
            wanted[problem.path][problem.line].add(problem.column)
    return {
        (path, line, column): excerpt
        for path, places in wanted.items()
        for line, column, excerpt in _read(Path(path), places)
    }


def _read(path: Path, places: Mapping[int, set[int | None]]) -> Iterator[tuple[int, int | None, Excerpt]]:
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return
        last = max(places)
        with path.open(encoding=_encoding(path), errors="replace", newline="\n") as file:
            for number, pieces in groupby(_pieces(file), key=lambda piece: piece[0]):
                if number in places:
                    for column, excerpt in _windows(pieces, places[number]).items():
                        yield number, column, excerpt
                if number >= last:
                    return
    except (OSError, ValueError):
        # Gone meanwhile, or no name of a file: the problem is shown without its line.
        return


def _pieces(file: TextIO) -> Iterator[tuple[int, int, str]]:
    """The text of a file in pieces: the number of the line, where in it the piece begins, the piece."""
    number, start = 1, 0
    while piece := file.readline(_PIECE):
        yield number, start, piece.rstrip("\r\n")
        number, start = (number + 1, 0) if piece.endswith("\n") else (number, start + len(piece))


def _windows(
    pieces: Iterable[tuple[int, int, str]], columns: Iterable[int | None]
) -> dict[int | None, Excerpt]:
    """What stands around each of ``columns`` in the line made of ``pieces``; for ``None`` its beginning."""
    begins = {column: max(0, (column or 1) - 1 - REACH) for column in columns}
    texts = dict.fromkeys(begins, "")
    length = 0
    for _, start, piece in pieces:
        length = start + len(piece)
        for column, begin in begins.items():
            texts[column] += piece[max(0, begin - start) : max(0, begin + 2 * REACH - start)]
    return {
        column: Excerpt(
            text=text,
            at=None if column is None else min(column - 1 - begins[column], len(text)),
            cut_before=begins[column] > 0,
            cut_behind=begins[column] + len(text) < length,
        )
        for column, text in texts.items()
    }


def _encoding(path: Path) -> str:
    """How a file that the parser reads is written: UTF-8, or UTF-16 as its first bytes tell."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[:2] == b"<\x00":
        return "utf-16-le"
    return "utf-16-be" if head[:2] == b"\x00<" else "utf-8-sig"
