"""What became of each change of a text view, as data and as a line of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where it is in the edited text and in the TEI file (``base_line``), the old and new words.

    ``refused`` is the reason why it was not carried into the file, ``None`` where it was; ``note`` what
    else there is to say of it. Of an EPUB ``page`` is the file that ``line`` counts in, and there are no
    columns: ``column`` is 0. Where the markup alone changed, the words are the same.
    """

    line: int
    column: int
    base_line: int | None
    old: str
    new: str
    refused: str | None = None
    note: str | None = None
    page: str | None = None

    @property
    def kind(self) -> str:
        """``inserted``, ``deleted``, ``changed``, ``markup``; or ``spaces``, ``lines``, ``paragraphs``."""
        if self.old == self.new:
            return "markup"
        if not (self.old + self.new).strip():
            ends = max(self.old.count("\n"), self.new.count("\n"))
            return ("spaces", "lines", "paragraphs")[min(ends, 2)]
        if not self.old.strip():
            return "inserted"
        return "changed" if self.new.strip() else "deleted"

    def render(self, path: str, base: str) -> str:
        """A line of a report; ``path`` is the edited text's, ``base`` the TEI file's."""
        place = f"{path}!{self.page}" if self.page else path
        place = f"{place}:{self.line}:{self.column}" if self.column else f"{place}:{self.line}"
        where = f" ({base}:{self.base_line})" if self.base_line is not None else ""
        words = self._words()
        if self.refused is not None:
            return f"{place}: refused: {words}{where}: {self.refused}"
        return f"{place}: {words}{where}{f'; {self.note}' if self.note else ''}"

    def _words(self) -> str:
        old, new = _shown(self.old), _shown(self.new)
        kind = self.kind
        if kind == "markup":
            return f"markup of {new}"
        if kind == "inserted":
            return f"inserted {new}"
        if kind == "deleted":
            return f"deleted {old}"
        return f"changed {old} to {new}"


def _shown(text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 + 1 :]}"
    return "“" + short.replace("\n", "⏎").replace("\t", "⇥") + "”"
