"""Words that are cited from another place of the same edition, found there again.

The words of the cited text are indexed in runs of three; a quotation lies where most of its runs
lie on one diagonal. So it is found too when it leaves words out or changes some.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_RUN: Final = 3
_COMMON: Final = 12
_DRIFT: Final = 6
_WORDS: Final = 400


class Passage(NamedTuple):
    """Where words stand in the cited text (offsets), and which part of them was found there."""

    start: int
    end: int
    share: float


@dataclass
class Cited:
    """A text that is cited: ``text[start:end]``.

    ``who`` speaks or wrote it; ``pages`` are the offsets at which its pages begin, with their ids, in
    order; ``inside`` are passages in it that are somebody else's: (start, end, who).
    """

    text: str
    start: int
    end: int
    who: str | None = None
    pages: Sequence[tuple[int, str]] = ()
    inside: list[tuple[int, int, str]] = field(default_factory=list)
    _places: list[tuple[int, int]] = field(default_factory=list, repr=False)
    _runs: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list), repr=False)

    def __post_init__(self) -> None:
        matches = list(_WORD.finditer(self.text, self.start, self.end))
        self._places = [match.span() for match in matches]
        words = [match[0].lower() for match in matches]
        for number, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
            self._runs[run].append(number)

    def find(self, words: str) -> Passage | None:
        """The passage that ``words`` cite, if they are four words of it at least.

        Three words are enough where they stand there only once.
        """
        wanted = [match[0].lower() for match in _WORD.finditer(words)][:_WORDS]
        if len(wanted) < _RUN:
            return None
        hits: list[tuple[int, int]] = []
        rare = False
        for number, run in enumerate(zip(wanted, wanted[1:], wanted[2:], strict=False)):
            places = self._runs.get(run, ())
            if 0 < len(places) <= _COMMON:
                rare = rare or len(places) == 1
                hits += [(number, place) for place in places]
        if not hits:
            return None
        votes = Counter((place - number) // _DRIFT for number, place in hits)
        best = max(votes, key=lambda key: (votes[key] + votes.get(key + 1, 0), -key))
        near = [(n, place) for n, place in hits if best <= (place - n) // _DRIFT <= best + 1]
        found = {n + step for n, _ in near for step in range(_RUN)}
        share = len(found) / len(wanted)
        enough = len(found) >= 4 if len(wanted) > _RUN else rare
        # Where words are left out, the rest stands further on: a long run is proof enough.
        if not (enough and share >= 0.6) and (len(found) < 7 or share < 0.3):
            return None
        first = min(place for _, place in near)
        last = max(place for _, place in near) + _RUN - 1
        return Passage(self._places[first][0], self._places[last][1], round(share, 3))

    def page(self, offset: int) -> str | None:
        """The id of the page that ``offset`` stands on."""
        number = bisect_right([start for start, _ in self.pages], offset) - 1
        return self.pages[number][1] if number >= 0 else None

    def speaker(self, passage: Passage) -> str | None:
        """Whose words the passage holds."""
        for start, end, who in self.inside:
            if start <= passage.start and passage.end <= end:
                return who
        return self.who
