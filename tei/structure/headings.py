"""Headings: which blocks are one, of what kind of division, under which number.

A heading says so by its first words ("Part", "Appendix", a numeral or a letter that counts
on), by standing in capitals, or because the editor says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from tei.structure.blocks import Block

#: Kinds of division from the outermost in; equals exclude each other.
LEVELS: Final[Mapping[str, int]] = {
    "part": 0,
    "chapter": 1,
    "appendix": 1,
    "speech": 1,
    "commentary": 1,
    "section": 2,
    "subsection": 3,
}

_ROMAN: Final = re.compile(r"[IVXLC]{1,7}")
_NUMBERED: Final = re.compile(r"([IVXLCJ1T]{1,6}|[0-9]{1,2})[.,]?\s+(?=\S)")
_NAMED: Final = re.compile(r"(part|chapter|appendix|section)\s+([\w.]{1,8})\b", re.IGNORECASE)
_LETTERED: Final = re.compile(r"([A-Z])\.\s+(?=[\"“‘]?[A-Z])")
_MARKDOWN: Final = re.compile(r"(#{1,6})\s+\S")
_TAGGED: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_LONGEST: Final = 400
_LONGEST_LETTERED: Final = 90


class Head(NamedTuple):
    """A heading: the first and last of its blocks, the division's kind and number."""

    first: int
    last: int
    type: str
    n: str | None


def find_headings(
    text: str,
    blocks: Sequence[Block],
    streams: Sequence[tuple[int, int]],
    excluded: frozenset[int],
    decided: Mapping[int, str],
) -> list[Head]:
    """The headings among ``blocks`` that show themselves.

    ``streams`` are the bounds of streams: what is numbered in them is a section of the stream.
    ``excluded`` holds the starts of blocks that the editor has decided on, ``decided`` the kinds of
    the headings among them, which the counts take notice of.
    """
    heads: list[Head] = []
    counters = _Counters()
    stream: tuple[int, int] | None = None
    chapter = 0
    for number, block in enumerate(blocks):
        content = block.text(text)
        inside = next((bounds for bounds in streams if bounds[0] <= block.start < bounds[1]), None)
        if inside != stream:
            # A stream counts for itself; behind it the chapters count on.
            chapter = chapter if stream else counters.last("chapter")
            stream = inside
            counters.set("chapter", 0 if stream else chapter)
        if block.start in decided:
            counters.set(decided[block.start], counters.last(decided[block.start]) + 1)
        if block.start in excluded or not block.name or len(content) > _LONGEST:
            continue
        if heads and heads[-1].last == number - 1 and is_capitals(content) and not _NUMBERED.match(content):
            # A heading set in several lines with space between them.
            heads[-1] = heads[-1]._replace(last=number)
            continue
        head = _read(number, content, counters, stream is not None)
        if head:
            heads.append(head)
    return heads


class _Counters:
    """The last number of each kind of division; an inner count starts anew under an outer heading."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def last(self, kind: str) -> int:
        return self._last.get(kind, 0)

    def set(self, kind: str, value: int) -> None:
        if kind not in LEVELS:
            return
        self._last[kind] = value
        for other, level in LEVELS.items():
            if level > LEVELS[kind]:
                self._last.pop(other, None)


def _read(number: int, content: str, counters: _Counters, in_stream: bool) -> Head | None:
    markdown = _MARKDOWN.match(content)
    if markdown:
        kind = ("part", "chapter", "section", "subsection")[min(len(markdown[1]), 4) - 1]
        return Head(number, number, kind, None)
    named = _NAMED.match(content)
    if named and (is_capitals(named[0]) or is_capitals(content[named.end() :])):
        kind = named[1].lower()
        n = named[2].strip(".")
        counters.set(kind, arabic(n) or counters.last(kind) + 1)
        return Head(number, number, kind, n)
    numbered = _NUMBERED.match(content)
    if numbered and is_capitals(content[numbered.end() :]):
        # A misread numeral is known by its place in the count.
        kind = "section" if in_stream or counters.last("appendix") else "chapter"
        value = 1 if arabic(numbered[1]) == 1 else counters.last(kind) + 1
        counters.set(kind, value)
        return Head(number, number, kind, str(value) if numbered[1].isdecimal() else roman(value))
    lettered = _LETTERED.match(content)
    if lettered and len(content) <= _LONGEST_LETTERED:
        value = ord(lettered[1]) - 64
        if counters.last("subsection") + 1 == value:
            counters.set("subsection", value)
            return Head(number, number, "subsection", lettered[1])
    return None


def is_capitals(content: str) -> bool:
    """Whether the words are set in capitals, but for a bracket or a misread letter."""
    letters = [character for character in _TAGGED.sub("", content) if character.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def arabic(numeral: str) -> int | None:
    """The value of a Roman numeral or number; ``None`` for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    if not _ROMAN.fullmatch(numeral):
        return None
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[character] for character in numeral]
    total = sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
    return total if roman(total) == numeral else None


def roman(value: int) -> str:
    """The Roman numeral of ``value``."""
    numeral = ""
    for number, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        numeral += sign * (value // number)
        value %= number
    return numeral
