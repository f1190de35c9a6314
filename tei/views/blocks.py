"""Lines and blocks of plain text, put together from pieces as they come."""

from __future__ import annotations

import re
from typing import Final

from tei.views.walk import SPACE

#: What can stand between two pieces of text, from weak to strong; of several the strongest counts.
NONE, BLANK, LINE, BLOCK = range(4)

_RUN: Final = re.compile(f"[{SPACE}]+")
# NUL cannot occur in XML, so it can stand for the tab between two cells until white space has been folded.
_CELL: Final = "\0"
_AROUND_CELL: Final = re.compile(f" ?{_CELL} ?")
_WORD: Final = re.compile(f"[^{SPACE}]*")
_CLOSING: Final = tuple(",.;:!?)]”’»")


class Blocks:
    """Text that grows at its end: lines in which white space is folded, blocks set apart by a blank line."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._before = NONE  # what stands before the line under way
        self._pending = NONE
        self._most = BLOCK
        self._swallow = False
        self._aside = False
        self._flat = 0
        # Where a mark stands that only white space has followed; a mark that waits for its word to end.
        self._mark_at: int | None = None
        self._held = ""

    def write(self, text: str) -> None:
        """Add ``text``; white space at the start of a line goes."""
        if self._swallow:
            text = text.lstrip(SPACE)
        if not text.strip(SPACE):
            if text and self._pending <= BLANK:
                self._line.append(" ")
            return
        if self._aside:
            self._aside = False
            if text.startswith(_CLOSING) and self._pending <= BLANK:
                self._strip()
        self._break()
        self._swallow = False
        self._most = BLOCK
        self._mark_at = None
        if self._held:
            word = _WORD.match(text)
            end = word.end() if word else 0
            text = text[:end] + self._held + text[end:]
            self._held = ""
        self._line.append(text)

    def separate(self, strength: int) -> None:
        """What comes next is set apart by a space, or stands on a line or in a block of its own."""
        if self._flat and strength > BLANK:
            strength = BLANK
        self._pending = max(self._pending, min(strength, self._most))

    def tie(self, strength: int) -> None:
        """What comes next is set apart by ``strength`` at the most."""
        self._most = strength

    def resume(self) -> None:
        """What comes next goes on in the same line as what came last."""
        self._pending = min(self._pending, BLANK)
        self.write(" ")
        self.tie(BLANK)

    def join(self) -> None:
        """No white space between what came last and what comes next, as long as they share a line."""
        if self._pending <= BLANK:
            self._pending = NONE
            if self._mark_at is not None:
                self._held = "".join(self._line[self._mark_at :]).replace(" ", "")
                del self._line[self._mark_at :]
                self._mark_at = None
            self._strip()
        self._swallow = True

    def aside(self) -> None:
        """Something was left out here: a full stop after it closes up to the word before."""
        self._aside = True

    def mark(self, text: str, between_blocks: bool) -> None:
        """Add ``text``, which is no part of the line that it stands in.

        ``between_blocks``: it goes to the end of what came last. Else it stands where it is, but
        a word that is broken there comes first.
        """
        if between_blocks and self._pending > BLANK and self._line:
            self._strip()
            self._line.append(f" {text}")
            return
        if self._held:
            self._held += text
            return
        at = self._mark_at if self._pending <= BLANK else None
        self.write(text)
        self._mark_at = len(self._line) - 1 if at is None else at

    def cell(self, first: bool) -> None:
        """A table cell begins, inside of which there are no lines."""
        if not first:
            if self._flat:
                self.write(" ")
            else:
                self._break()
                self._line.append(_CELL)
        self._flat += 1

    def end_cell(self) -> None:
        """The cell ends."""
        self._pending = NONE if self._flat == 1 else self._pending
        self._flat -= 1

    def finish(self) -> str:
        """All of it, ended by one line break; ``""`` if nothing was written."""
        self._end_line()
        return "".join([*self._done, "\n"]) if self._done else ""

    def _break(self) -> None:
        if self._pending == BLANK:
            self._line.append(" ")
        elif self._pending:
            self._end_line()
        self._pending = NONE

    def _end_line(self) -> None:
        if self._held:
            self._line.append(f" {self._held}")
        self._mark_at, self._held = None, ""
        line = _RUN.sub(" ", "".join(self._line)).strip(" ")
        self._line.clear()
        if _CELL in line:
            line = _AROUND_CELL.sub("\t", line).rstrip("\t ")
        if line:
            if self._done:
                self._done.append("\n\n" if self._before == BLOCK else "\n")
            self._done.append(line)
            self._before = self._pending
        else:
            self._before = max(self._before, self._pending)

    def _strip(self) -> None:
        """Take white space off the end of the line under way."""
        while self._line:
            last = self._line[-1].rstrip(SPACE)
            if last:
                self._line[-1] = last
                return
            self._line.pop()
