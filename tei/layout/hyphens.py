"""Words broken at line ends: soft hyphens, that the typesetter added, and hard ones, that belong to the word.

TEI Guidelines, chapter 3.2.2: ``pc/@force`` says whether a hyphen separates words,
``lb/@break="no"`` that the line break does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from tei.layout.lines import Line
from tei.span import Span

# The hyphens at a line's end: plain, the OCR's mark for a soft one, Unicode's soft and true hyphens.
HYPHENS: Final = "-¬\u00ad\u2010"
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2010’'][^\W\d_]+)*")
_LEFT: Final = re.compile(rf"([^\W_]+(?:[-’'][^\W_]+)*)( ?)[{HYPHENS}]\s*\Z")
_RIGHT: Final = re.compile(r"\W{0,2}([^\W_]+(?:[-’'][^\W_]+)*)")
# English words that as a rule keep the hyphen before what follows (Hart's Rules, 3.3).
_KEEPERS: Final = frozenset({"self", "all", "ex", "non", "half", "so", "by"})


class BrokenWord(NamedTuple):
    """A word (``start`` to ``end``) broken at the end of ``line`` and going on in ``rest``."""

    start: int
    end: int
    line: Line
    rest: Line
    hyphen: int | None  # offset; None where only the corrected reading has one
    soft: bool


class Lexicon:
    """How often words stand unbroken in a text: the evidence for what a broken one should read."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _counts(self) -> Counter[str]:
        # What stands between two blanks comes again and again: only one of each is looked at closely.
        counts = Counter(self._text.lower().split())
        for chunk in [chunk for chunk in counts if not chunk.isalpha()]:
            times = counts.pop(chunk)
            for word in _WORD.findall(chunk):
                counts[word] += times
        return counts

    def has(self, word: str) -> bool:
        """Whether ``word`` stands in the text unbroken."""
        return self._counts[word.lower()] > 0

    def is_soft(self, left: str, right: str, hyphen: str) -> bool:
        """Whether ``left`` + ``right`` is one word without its hyphen."""
        if not right[:1].isalpha() or not left[-1:].isalpha():
            return False
        joined = self._counts[f"{left}{right}".lower()]
        apart = self._counts[f"{left}-{right}".lower()]
        if joined != apart:
            return joined > apart
        if right[:1].isupper() and not left.isupper():
            return False
        # Neither form occurs: a part of a compound keeps its hyphen where it stands so in other compounds.
        return hyphen != "-" or left.lower() not in _KEEPERS


def broken_words(
    text: str,
    flow: Iterable[Line],
    lexicon: Lexicon,
    decided: Mapping[int, bool],
    corrected: Mapping[int, str],
) -> list[BrokenWord]:
    """The words broken at line ends in ``flow`` (lines that a reader reads on end).

    ``decided`` says of offsets of hyphens whether the editor holds them for soft; ``corrected`` holds the
    lines (by number) that the editor reads otherwise.
    """
    found: list[BrokenWord] = []
    before: Line | None = None
    for line in flow:
        word = _broken_word(text, before, line, lexicon, decided, corrected) if before is not None else None
        if word:
            found.append(word)
        before = line
    return found


def _broken_word(
    text: str,
    before: Line,
    line: Line,
    lexicon: Lexicon,
    decided: Mapping[int, bool],
    corrected: Mapping[int, str],
) -> BrokenWord | None:
    if before.number not in corrected and text[before.start : before.end].rstrip()[-1:] not in HYPHENS:
        return None
    printed = _left(text, max(before.start, before.end - 60), before.end)
    left = printed
    if before.number in corrected:
        left = _left(corrected[before.number], 0, len(corrected[before.number]))
    if left is None:
        return None
    printed_rest = _RIGHT.match(text, line.start, line.end)
    right = _RIGHT.match(corrected[line.number]) if line.number in corrected else printed_rest
    if right is None:
        return None
    if left[2] and not lexicon.has(left[1] + right[1]):
        # With a space before it, a hyphen is a dash, unless the two parts make a word of the text.
        return None
    hyphen = printed.end(2) if printed else None
    soft = decided.get(hyphen) if hyphen is not None else None
    if soft is None:
        soft = lexicon.is_soft(left[1], right[1], left[0].strip()[-1])
    start = printed.start(1) if printed else before.end
    end = printed_rest.end(1) if printed_rest else line.start
    return BrokenWord(start, end, before, line, hyphen, soft)


def _left(text: str, start: int, end: int) -> re.Match[str] | None:
    """What a hyphen breaks off at the end of ``text[start:end]``."""
    # The word stands behind the last space but for one before the hyphen: to search from there is faster.
    space = text[start:end].rstrip().rfind(" ", 0, -2)
    return _LEFT.search(text, start + max(space, 0), end)


def joined(text: str, word: BrokenWord) -> str:
    """The word as it reads unbroken."""
    return (
        text[word.start : word.hyphen]
        + ("" if word.soft else "-")
        + text[word.rest.start : word.end].lstrip()
    )


def hyphen_spans(text: str, words: Iterable[BrokenWord]) -> list[Span]:
    """``<pc>`` for the hyphens of broken words; a plain hard hyphen is left as it is."""
    return [
        Span(word.hyphen, word.hyphen + 1, "pc", {"force": "weak" if word.soft else "strong"})
        for word in words
        if word.hyphen is not None and (word.soft or text[word.hyphen] == "¬")
    ]
