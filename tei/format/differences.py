"""What formatting would change in a file, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from tei.diff.texts import Edit, align_items

_CONTEXT: Final = 3
# A line that is shown is cut to this length, around the place that counts.
_SHOWN: Final = 72
_BEFORE: Final = 24


class Difference(NamedTuple):
    """The first line that would change: its number, what stands in it and what would."""

    line: int
    found: str
    wanted: str


def first_difference(old: bytes, new: bytes) -> Difference:
    """The first line of ``old`` that is another one in ``new``, the formatted file; they must differ.

    Both readings are cut around the first character that differs.
    """
    olds, news = _lines(old), _lines(new)
    size = min(len(olds), len(news))
    at = next((number for number in range(size) if olds[number] != news[number]), size)
    found, wanted = ("".join(lines[at : at + 1]) for lines in (olds, news))
    length = min(len(found), len(wanted))
    column = next((place for place in range(length) if found[place] != wanted[place]), length)
    start = max(0, column - _BEFORE) if max(len(found), len(wanted)) > _SHOWN else 0
    return Difference(at + 1, _cut(found, start), _cut(wanted, start))


def unified(old: bytes, new: bytes, path: str) -> Iterator[str]:
    """The lines of a unified diff from ``old`` to ``new``, as GNU diff and git write it; linear time."""
    olds, news = _lines(old), _lines(new)
    yield f"--- {path}\n"
    yield f"+++ {path}\tformatted\n"
    for hunk in _hunks(align_items(olds, news)):
        yield from _hunk(olds, news, hunk)


def _hunks(edits: list[Edit]) -> Iterator[list[Edit]]:
    """The edits in groups that share lines of context."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.start_old - group[-1].end_old > 2 * _CONTEXT:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(olds: list[str], news: list[str], edits: list[Edit]) -> Iterator[str]:
    first, last = edits[0], edits[-1]
    before = min(_CONTEXT, first.start_old)
    after = min(_CONTEXT, len(olds) - last.end_old)
    old = _range(first.start_old - before, last.end_old + after)
    new = _range(first.start_new - before, last.end_new + after)
    yield f"@@ -{old} +{new} @@\n"
    at = first.start_old - before
    for edit in edits:
        yield from _marked(" ", olds[at : edit.start_old])
        yield from _marked("-", olds[edit.start_old : edit.end_old])
        yield from _marked("+", news[edit.start_new : edit.end_new])
        at = edit.end_old
    yield from _marked(" ", olds[at : at + after])


def _range(start: int, end: int) -> str:
    # Of no lines, the number is that of the line before them.
    count = end - start
    return f"{start + bool(count)},{count}" if count != 1 else str(start + 1)


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    *whole, rest = _decoded(data).split("\n")
    return [f"{line}\n" for line in whole] + [rest] * bool(rest)


def _decoded(data: bytes) -> str:
    """The text of an XML file that has been read before: its encoding is one of those that are read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:2]:
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", errors="replace")
    return data.decode("utf-8", errors="replace")


def _cut(line: str, start: int) -> str:
    """What can be seen of a line from ``start`` on; what is not seen in it is written out."""
    whole = line.removesuffix("\n")
    shown = whole[start : start + _SHOWN]
    shown = shown.replace("\r", "\\r").replace("\t", "\\t").replace("\ufeff", "\\ufeff")
    return f"{'…' * (start > 0)}{shown}{'…' * (start + _SHOWN < len(whole))}"
