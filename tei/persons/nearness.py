"""Words that differ from a known name by a misreading or a misprint."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Final

#: Letters that print and machine readers confuse, brought to one shape.
_SHAPES: Final = str.maketrans("cu10vf", "enloyt")
_DERIVED: Final = re.compile(r".+(?:ism|ist|ists|ite|ites|ian|ians|ovite|shchina|grad|burg|ization|ized)")


def _skeleton(word: str) -> str:
    return word.replace("rn", "m").replace("ii", "n").translate(_SHAPES)


def distance(one: str, other: str, most: int) -> int:
    """How many letters to insert, delete, replace or swap with a neighbour; ``most + 1`` beyond ``most``.

    >>> distance("rudsutak", "rudzutak", 2), distance("abc", "xyz", 1)
    (1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, opposite in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def allowance(length: int) -> int:
    """How many letters of a name of ``length`` may differ: none below 6, one below 9, then two."""
    return 0 if length < 6 else 1 if length < 9 else 2


class Nearby:
    """Finds the known word nearest to an unknown one, in a time that does not depend on the text.

    ``words`` gives for each known word whose it is: words of the same owner do not compete.
    """

    def __init__(self, words: Mapping[str, Hashable]) -> None:
        self._owners = words
        self._shapes: dict[str, str] = {}
        self._buckets: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= 5:
                self._shapes.setdefault(_skeleton(word), word)
            if allowance(len(word)):
                self._buckets[word[0]].append((word, _letters(word)))

    def nearest(self, word: str) -> str | None:
        """The one known word that ``word`` can be a misreading of; ``None`` when there is none, or two.

        A word that only adds to a known one, or the other way round, is not a misreading but another word.
        """
        if len(word) < 5 or _DERIVED.fullmatch(word):
            return None
        same = self._shapes.get(_skeleton(word))
        if same is not None:
            return same
        letters = _letters(word)
        best: list[str] = []
        least = 3
        for known, its_letters in self._buckets.get(word[0], ()):
            most = min(allowance(len(known)), least)
            if (letters ^ its_letters).bit_count() > 2 * most or abs(len(known) - len(word)) > most:
                continue
            if known.startswith(word) or word.startswith(known):
                continue
            apart = distance(word, known, most)
            if apart <= most:
                best = [known] if apart < least else [*best, known]
                least = apart
        return best[0] if best and len({self._owners[known] for known in best}) == 1 else None


def is_derived(word: str) -> bool:
    """Whether a folded word has the ending of what is named after someone: a school of thought, a town."""
    return bool(_DERIVED.fullmatch(word))


def _letters(word: str) -> int:
    """The set of letters of ``word`` as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
