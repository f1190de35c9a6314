"""Changes of a file, all told in places of the file as it was, made at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field


@dataclass
class Splices:
    """What is to be taken out of a text and what is to be put in.

    What is put in at one place comes in the order of the calls. A place within what is taken out is a place
    still.
    """

    deleted: list[tuple[int, int]] = field(default_factory=list)
    inserted: list[tuple[int, int, str]] = field(default_factory=list)

    def delete(self, start: int, end: int) -> None:
        """Take out ``start`` to ``end``."""
        if start < end:
            self.deleted.append((start, end))

    def insert(self, place: int, text: str, order: int = 0) -> None:
        """Put ``text`` in at ``place``; of two at one place the one of the lower ``order`` comes first."""
        if text:
            self.inserted.append((place, order, text))

    def mark(self) -> tuple[int, int]:
        """Where the changes are now, to come back to."""
        return len(self.deleted), len(self.inserted)

    def back(self, mark: tuple[int, int]) -> None:
        """Forget the changes since ``mark``."""
        del self.deleted[mark[0] :], self.inserted[mark[1] :]

    def frozen(self) -> Gone:
        """What is taken out so far, to be asked."""
        return Gone(_merged(self.deleted), sorted(place for place, _, text in self.inserted if text.strip()))

    def applied(self, text: str) -> str:
        """``text`` with all the changes."""
        pieces: list[str] = []
        waiting = sorted(self.inserted, key=lambda one: one[:2])
        at = number = 0
        for start, end in [*_merged(self.deleted), (len(text), len(text))]:
            while number < len(waiting) and waiting[number][0] <= start:
                place, _, new = waiting[number]
                pieces += text[at:place], new
                at = place
                number += 1
            pieces.append(text[at:start])
            while number < len(waiting) and waiting[number][0] < end:
                pieces.append(waiting[number][2])
                number += 1
            at = end
        pieces.append(text[at:])
        return "".join(pieces)


class Gone:
    """What was taken out of a text, and where something was put in."""

    def __init__(self, ranges: list[tuple[int, int]], inserted: list[int]) -> None:
        self._ranges = ranges
        self._starts = [start for start, _ in ranges]
        self._inserted = inserted

    def covers(self, place: int) -> bool:
        """Whether the character at ``place`` is taken out."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ranges[at][1]

    def left(self, start: int, end: int) -> list[tuple[int, int]]:
        """What is left of ``start`` to ``end``."""
        found = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._ranges) and self._ranges[at][0] < end:
            low, high = self._ranges[at]
            if low > start:
                found.append((start, low))
            start = max(start, high)
            at += 1
        if start < end:
            found.append((start, end))
        return found

    def filled(self, start: int, end: int) -> bool:
        """Whether something was put in from ``start`` to ``end`` (both included)."""
        at = bisect_left(self._inserted, start)
        return at < len(self._inserted) and self._inserted[at] <= end


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
