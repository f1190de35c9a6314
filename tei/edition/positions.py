"""On which line of a TOML file each key stands.

The standard library's reader gives values without places. This scanner runs only once
something is wrong with a file, and only over text that the reader has accepted, so it need not
check anything again.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from typing import Final

from tei.edition.rules import Key

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRING: Final = re.compile(
    r"""
      \"{3} (?: [^"\\]++ | \\. | "(?!"") )* "{3,5}    # of several lines, with escapes
    | '{3} (?: [^']++ | '(?!'') )* '{3,5}             # of several lines, as it is
    | " (?: [^"\\\n] | \\. )* "                     # of one line, with escapes
    | ' [^'\n]* '                                  # of one line, as it is
    """,
    re.DOTALL | re.VERBOSE,
)
_SCALAR: Final = re.compile(r"[^,\]}\n#]+")


def key_lines(text: str) -> dict[Key, int]:
    """The line, counted from 1, of every key, table and list entry in ``text``, which is valid TOML."""
    scanner = _Scanner(text)
    # Something this scanner does not know ends it: the lines found so far are still right.
    with contextlib.suppress(AttributeError, LookupError, RecursionError, ValueError):
        scanner.document()
    return scanner.lines


def line_of(lines: dict[Key, int], at: Key) -> int | None:
    """The line of ``at``, or of the nearest table or list around it that has one."""
    while at:
        if at in lines:
            return lines[at]
        at = at[:-1]
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Key, int] = {}
        self._line = 1
        self._counted_to = 0
        self._entries: dict[Key, int] = {}

    def document(self) -> None:
        table: Key = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self) -> Key:
        is_list = self.text.startswith("[[", self.at)
        self.at += 1 + is_list
        keys = self._keys()
        table: Key = ()
        for number, key in enumerate(keys):
            table = (*table, key)
            if is_list and number == len(keys) - 1:
                self._entries[table] = self._entries.get(table, -1) + 1
            if table in self._entries:
                table = (*table, self._entries[table])
        self._note(table)
        self.at += 1 + is_list
        return table

    def _pair(self, table: Key) -> None:
        place = (*table, *self._keys())
        self._note(place)
        self.at += 1  # the sign =
        self._skip(_SPACE)
        self._value(place)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            if self.text[self.at] in "\"'":
                raw = self._skip(_STRING)
                keys.append(str(tomllib.loads(f"key={raw}")["key"]))
            else:
                keys.append(self._skip(_BARE_KEY))
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _value(self, place: Key) -> None:
        char = self.text[self.at]
        if char in "[{":
            self.at += 1
            self._inside(place, "]" if char == "[" else "}")
        elif char in "\"'":
            self._skip(_STRING)
        else:
            self._skip(_SCALAR)

    def _inside(self, place: Key, closer: str) -> None:
        """The entries of a list, or the pairs of a table written in one place."""
        number = 0
        self._skip(_BLANK)
        while not self.text.startswith(closer, self.at):
            if closer == "}":
                self._pair(place)
            else:
                self._note((*place, number))
                self._value((*place, number))
                number += 1
            self._skip(_BLANK)
            if self.text.startswith(",", self.at):
                self.at += 1
            self._skip(_BLANK)
        self.at += 1

    def _note(self, place: Key) -> None:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        for length in range(1, len(place) + 1):
            self.lines.setdefault(place[:length], self._line)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        # No match where one must be is an AttributeError, which ``key_lines`` turns into "no more lines".
        self.at = match.end()  # type: ignore[union-attr]
        return match.group()  # type: ignore[union-attr]
