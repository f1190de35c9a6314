"""Random edits of a text as a proofreader makes them; the same seed makes the same edits."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

LEVELS: Final = ("character", "word", "line", "paragraph")

_WORD: Final = re.compile(r"\w+")
_WORDS: Final = [
    "harbour",
    "lantern",
    "winter",
    "quarrel",
    "sober",
    "ledger",
    "morning",
    "bridge",
    "Ämter",
    "one",
]


def edit(text: str, level: str, source: bool, chance: random.Random) -> str:
    """``text`` with one random edit of a level; ``source``: a paragraph is more than a line."""
    kinds = _KINDS[level] if source or level != "line" else _KINDS["paragraph"]
    return chance.choice(kinds)(text, source, chance)


def edit_line(text: str, level: str, chance: random.Random) -> str:
    """``text``, which is all in one line, with a random edit of characters or words."""
    return chance.choice(_KINDS[level])(text, False, chance)


def some_words(chance: random.Random) -> str:
    """A sentence of random words."""
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(3, 9))).capitalize() + "."


def _word(text: str, chance: random.Random) -> re.Match[str]:
    words = list(_WORD.finditer(text, at := chance.randrange(max(1, len(text) - 400)), at + 400))
    if not words:
        words = list(_WORD.finditer(text))
    return chance.choice(words)


def _letter(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    at = chance.randrange(word.start(), word.end())
    return text[:at] + chance.choice("aeioumnty") + text[at + 1 :]


def _letter_in(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    at = chance.randint(word.start(), word.end())
    return text[:at] + chance.choice("aeioumnty,;&<") + text[at:]


def _letter_out(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    at = chance.randrange(word.start(), word.end())
    return text[:at] + text[at + 1 :]


def _transposed(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    if word.end() - word.start() < 2:
        return text
    at = chance.randrange(word.start(), word.end() - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _replaced(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    return text[: word.start()] + chance.choice(_WORDS) + text[word.end() :]


def _word_in(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    return text[: word.start()] + chance.choice(_WORDS) + " " + text[word.start() :]


def _word_behind(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    return text[: word.end()] + " " + chance.choice(_WORDS) + text[word.end() :]


def _word_out(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    end = word.end() + (text[word.end() : word.end() + 1] == " ")
    return text[: word.start()] + text[end:]


def _words_joined(text: str, _source: bool, chance: random.Random) -> str:
    spaces = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    if not spaces:
        return text
    at = chance.choice(spaces)
    return text[:at] + text[at + 1 :]


def _word_split(text: str, _source: bool, chance: random.Random) -> str:
    word = _word(text, chance)
    if word.end() - word.start() < 2:
        return text
    at = chance.randrange(word.start() + 1, word.end())
    return text[:at] + " " + text[at:]


def _line_out(text: str, source: bool, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.choice([at for at, line in enumerate(lines) if line.strip()])
    return "\n".join(lines[:at] + lines[at + 1 :])


def _line_in(text: str, source: bool, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.choice([at for at, line in enumerate(lines) if line.strip()])
    return "\n".join([*lines[:at], some_words(chance), *lines[at:]])


def _line_split(text: str, source: bool, chance: random.Random) -> str:
    spaces = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    if not spaces:
        return text
    at = chance.choice(spaces)
    return text[:at] + "\n" + text[at + 1 :]


def _line_joined(text: str, source: bool, chance: random.Random) -> str:
    ends = [match.span() for match in re.finditer(r"(?<=\S)[ \t]*\n(?=\S)", text)]
    if not ends:
        return text
    start, end = chance.choice(ends)
    return text[:start] + " " + text[end:]


def _breaks(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"(?<=\S)[ \t]*\n[ \t]*\n(?=\S)", text)]


def _paragraph_in(text: str, source: bool, chance: random.Random) -> str:
    breaks = _breaks(text)
    if not breaks:
        return text
    _, end = chance.choice(breaks)
    return text[:end] + some_words(chance) + "\n\n" + text[end:]


def _paragraph_out(text: str, source: bool, chance: random.Random) -> str:
    breaks = _breaks(text)
    if len(breaks) < 2:
        return text
    at = chance.randrange(len(breaks) - 1)
    return text[: breaks[at][1]] + text[breaks[at + 1][1] :]


def _paragraph_split(text: str, source: bool, chance: random.Random) -> str:
    spaces = [match.start() for match in re.finditer(r"(?<=\w[.,;]) (?=\w)", text)]
    if not spaces:
        return text
    at = chance.choice(spaces)
    return text[:at] + "\n\n" + text[at + 1 :]


def _paragraphs_joined(text: str, source: bool, chance: random.Random) -> str:
    breaks = _breaks(text)
    if not breaks:
        return text
    start, end = chance.choice(breaks)
    return text[:start] + ("\n" if source else " ") + text[end:]


def _paragraphs_swapped(text: str, source: bool, chance: random.Random) -> str:
    breaks = _breaks(text)
    if len(breaks) < 3:
        return text
    at = chance.randrange(len(breaks) - 2)
    (_, one), (low, high), (end, _) = breaks[at], breaks[at + 1], breaks[at + 2]
    return text[:one] + text[high:end] + text[low:high] + text[one:low] + text[end:]


_Edit = Callable[[str, bool, random.Random], str]
_KINDS: Final[dict[str, tuple[_Edit, ...]]] = {
    "character": (_letter, _letter_in, _letter_out, _transposed),
    "word": (_replaced, _word_in, _word_behind, _word_out, _words_joined, _word_split),
    "line": (_line_out, _line_in, _line_split, _line_joined),
    "paragraph": (_paragraph_in, _paragraph_out, _paragraph_split, _paragraphs_joined, _paragraphs_swapped),
}
