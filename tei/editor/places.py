"""Finding the words that a decision names.

Words are compared without regard to white space and line-end hyphens, and must occur exactly
once on their page: a decision that finds no place, or two, is an error of the edition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

from tei.edition.decisions import Place, Stretch
from tei.errors import EditionError
from tei.layout.hyphens import HYPHENS
from tei.streams import Arrangement

# What typing a quotation over again loses or adds: all space, and the hyphens of broken words.
_LOOSE: Final = re.compile(r"[\s\-¬\u00ad\u2010]+")
_TIGHT: Final = re.compile(r"[^\s\-¬\u00ad\u2010]+")


class DecisionError(EditionError):
    """A decision of which the ``words`` are not found where it says, or are found twice."""

    def __init__(self, message: str, words: str) -> None:
        super().__init__(message)
        self.words = words


class _Folded:
    """A text without what typing loses or adds: the runs of the rest, put together."""

    def __init__(self, runs: Sequence[re.Match[str]]) -> None:
        words = [run[0] for run in runs]
        self.text = "".join(words)
        self._runs = runs
        self._at = list(accumulate(map(len, words), initial=0))

    def offset(self, at: int) -> int:
        """Where the character ``at`` stands in the text itself."""
        number = bisect_right(self._at, at) - 1
        return self._runs[number].start() + at - self._at[number]


class Finder:
    """Finds words on the pages of an arranged text."""

    def __init__(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._folded: dict[str, _Folded] = {}

    @cached_property
    def _bounds(self) -> dict[str, tuple[int, int]]:
        """Where each page stands; ``""`` is the whole text, ``front`` and ``end`` what is on no page."""
        pages = self._arrangement.pages
        size = len(self._arrangement.text)
        bounds = {"": (0, size)}
        if pages:
            bounds["front"] = (0, pages[0].start)
            bounds["end"] = (pages[-1].end, size)
        for page in pages:
            bounds[page.page.n] = bounds[page.page.n.strip("[]")] = (page.start, page.end)
        return bounds

    def find(self, words: str, page: str | None, what: str) -> tuple[int, int]:
        """Where ``words`` stand on ``page``: offsets in the arranged text.

        Raises ``EditionError`` when they stand there not at all or more than once.
        """
        key = page or ""
        if key not in self._bounds:
            raise DecisionError(f"{what}: there is no page {page!r}", words)
        start, end = self._bounds[key]
        text = self._arrangement.text
        found = [(at, at + len(words)) for at in _occurrences(text, words, start, end)]
        if not found:
            folded = self._fold(key)
            wanted = _LOOSE.sub("", words)
            places = _occurrences(folded.text, wanted, 0, len(folded.text)) if wanted else []
            found = [(folded.offset(at), folded.offset(at + len(wanted) - 1) + 1) for at in places]
        # The start of "still" is not the word "stil".
        found = [place for place in found if self._is_whole(*place)]
        if len(found) > 1:
            # Of several, one that makes up its line is meant: nothing could be added to quote more.
            found = [
                place for place in found if self.begins_line(place[0]) and self.ends_line(place[1])
            ] or found
        if not found:
            raise self.error(words, page, what, "is not there; quote the source as it is printed")
        if len(found) > 1:
            raise self.error(words, page, what, "stands there more than once; quote more words")
        return found[0]

    def tail(self, end: int, words: str) -> int:
        """Where ``words`` begin, which end at ``end``."""
        wanted = len(_LOOSE.sub("", words))
        while wanted:
            end -= 1
            wanted -= not _LOOSE.match(self._arrangement.text[end])
        return end

    def place(self, place: Place, what: str) -> tuple[int, int]:
        """Where the words of ``place`` stand."""
        return self.find(place.text, place.page, what)

    def stretch(self, stretch: Stretch, what: str) -> tuple[int, int]:
        """From the first words of ``stretch`` to its last."""
        start, end = self.place(stretch, what)
        if stretch.to is not None:
            end = self.find(stretch.to, stretch.to_page or stretch.page, what)[1]
        if end <= start:
            raise self.error(stretch.to or "", stretch.to_page, what, f"stands before {stretch.text!r}")
        return start, end

    def line_start(self, offset: int) -> int:
        """The start of the line that ``offset`` stands in."""
        return self._arrangement.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """The end of the line that ``offset`` stands in (or ends), its line break left out."""
        end = self._arrangement.text.find("\n", offset)
        return end if end >= 0 else len(self._arrangement.text)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether neither end lies inside a word."""
        text = self._arrangement.text
        return not any(
            0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end)
        )

    def begins_line(self, offset: int) -> bool:
        """Whether nothing but space stands before ``offset`` in its line."""
        return not self._arrangement.text[self.line_start(offset) : offset].strip()

    def ends_line(self, offset: int) -> bool:
        """Whether nothing but space stands behind ``offset`` in its line."""
        return not self._arrangement.text[offset : self.line_end(offset)].strip()

    def line_hyphen(self, offset: int) -> int | None:
        """The hyphen that ends the line of ``offset``, if one does."""
        line = self._arrangement.text[offset : self.line_end(offset)].rstrip()
        return offset + len(line) - 1 if line.endswith(tuple(HYPHENS)) else None

    def _fold(self, key: str) -> _Folded:
        if key not in self._folded:
            self._folded[key] = _Folded(list(_TIGHT.finditer(self._arrangement.text, *self._bounds[key])))
        return self._folded[key]

    def error(self, words: str, page: str | None, what: str, problem: str) -> DecisionError:
        """An error about the decision ``what`` on ``words``."""
        where = f" on page {page}" if page else ""
        return DecisionError(f"{what}: {words!r}{where} {problem}", words)


def _occurrences(text: str, words: str, start: int, end: int) -> list[int]:
    """The places of ``words`` in ``text[start:end]``."""
    found: list[int] = []
    at = text.find(words, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1, end)
    return found
