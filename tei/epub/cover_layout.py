"""How a cover is composed: a label of paper on a ground of one colour; what is on it, where, how large.

Two colours, one family of letters, and room. The composition is the same for the drawing (SVG) and for the
picture made of dots; what differs is how wide letters are, which the caller says.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tei.epub.book import Facts

WIDTH: Final = 1600
HEIGHT: Final = 2560
PAPER: Final = "#f6f1e6"
LABEL: Final = (190, 300, 1410, 1740)
"""Left, top, right and bottom of the label."""

FRAMES: Final = ((30, 5), (46, 2))
"""The lines around the label: how far inside, and how thick."""

Measure = Callable[[str, int, bool], float]
"""How wide a text is: the text, the size of the letters, whether they are italic."""

# Dark enough for words of 7:1 on the paper, and told apart in grey as well.
_INKS: Final = ("#6b1f2a", "#1f3a5f", "#22503b", "#4a2b52", "#5a3a1c", "#1d4a52", "#33383f")
_CENTRE: Final = WIDTH // 2
_ROOM: Final = 960
_LEADING: Final = 1.22
_SHORT: Final = 0.55
_TITLE_SIZES: Final = (168, 150, 134, 120, 108, 96, 86, 76, 68, 60, 54, 48)
_SUBTITLE_SIZES: Final = (64, 58, 52, 46, 42)
_AUTHOR_SIZES: Final = (76, 68, 60, 54, 48)
_AUTHORS_SHOWN: Final = 3
_ELLIPSIS: Final = "…"
# No line starts with one of these where a script has no spaces to break at.
_NOT_FIRST: Final = frozenset(
    "、。，．：；？！）」』】〉》”’)]}!?,.:;ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NOT_LAST: Final = frozenset("（「『【〈《“‘([{")


@dataclass(frozen=True)
class Line:
    """A line of words, centred at ``x``, standing on ``y``."""

    text: str
    x: int
    y: int
    size: int
    italic: bool = False


@dataclass(frozen=True)
class Composition:
    """A cover: its colour, its lines, its ornaments as the centres and half widths of lozenges.

    ``rules`` are thin horizontal lines: from, to, height. What is on the ground is of paper, what is on the
    label of ink.
    """

    ink: str
    lines: Sequence[Line]
    on_label: Sequence[tuple[int, int, int]]
    on_ground: Sequence[tuple[int, int, int]]
    rules: Sequence[tuple[int, int, int]]


def compose(facts: Facts, measure: Measure) -> Composition:
    """The cover of a text; parts that are empty are left out, and their room is given to the others.

    The colour follows from the identifier, so that books stand apart on a shelf and each keeps its own.
    """
    _, top, _, bottom = LABEL
    lines: list[Line] = []
    rules: list[tuple[int, int, int]] = []
    ornaments: list[tuple[int, int, int]] = []
    upper, lower = top + 150, bottom - 130
    author = _authors(facts.authors)
    if author:
        size, words = _fit(author, _AUTHOR_SIZES, _ROOM, 240, measure, italic=False)
        lines += _set(words, size, upper + size, italic=False)
        upper = lines[-1].y + 70
    if facts.title:
        title, subtitle = _title_block(facts, lower - upper - 120, measure)
        if author:
            rules, ornaments = [*_rules(upper + 20)], [(_CENTRE, upper + 20, 15)]
            upper += 60
        height = _height(*title) + (_height(*subtitle) + 50 if subtitle[1] else 0)
        # A little above the middle, where the eye takes the middle to be.
        start = upper + max(0, round((lower - upper - height) * 0.42))
        lines += _set(title[1], title[0], start + round(title[0] * 0.8), italic=False)
        if subtitle[1]:
            size, words = subtitle
            lines += _set(words, size, start + _height(*title) + 50 + round(size * 0.8), italic=True)
    else:
        ornaments += _fleuron(_CENTRE, (upper + lower) // 2, 40)
    ground = [*_fleuron(_CENTRE, (bottom + HEIGHT) // 2, 22)]
    return Composition(_ink(facts), lines, ornaments, ground, rules)


def estimated_width(text: str, size: int, italic: bool) -> float:
    """How wide a text is in the widest of the serif typefaces that readers use, more or less."""
    return sum(map(_em, text)) * size * (0.95 if italic else 1)


def _em(character: str) -> float:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1
    if category == "Lu":
        return 0.76
    if character in "mwшщжюмфыωфѡ—…":
        return 0.84
    if character in "iljftr.,;:!'’|()[]- ":
        return 0.36
    return 0.58


def _ink(facts: Facts) -> str:
    digest = hashlib.sha256((facts.identifier or facts.title).encode()).digest()
    return _INKS[digest[0] % len(_INKS)]


def _authors(authors: Sequence[str]) -> str:
    shown = list(authors[:_AUTHORS_SHOWN])
    return " · ".join(shown) + (f" {_ELLIPSIS}" if len(authors) > len(shown) else "")


def _title_block(
    facts: Facts, room: int, measure: Measure
) -> tuple[tuple[int, Sequence[str]], tuple[int, Sequence[str]]]:
    subtitle: tuple[int, Sequence[str]] = (0, ())
    if facts.subtitle:
        subtitle = _fit(facts.subtitle, _SUBTITLE_SIZES, _ROOM, round(room * 0.45), measure, italic=True)
        room -= _height(*subtitle) + 50
    return _fit(facts.title, _TITLE_SIZES, _ROOM, room, measure, italic=False), subtitle


def _fit(
    text: str, sizes: Sequence[int], width: int, height: int, measure: Measure, *, italic: bool
) -> tuple[int, Sequence[str]]:
    """The largest of ``sizes`` at which ``text`` fits, and its lines; what never fits is cut."""
    parts = _breakable(text)
    # Large letters are for few words: a title of many lines is easier to take in when it is smaller.
    for number, size in enumerate(sizes):
        lines = _broken(parts, width, size, measure, italic=italic)
        if lines and _height(size, lines) <= height and (len(lines) <= 4 or number > len(sizes) // 2):
            # A short last line is worth a step or two, where it can be had in.
            if len(lines) > 1 and measure(lines[-1], size, italic) < _SHORT * width:
                for smaller in sizes[number + 1 : number + 3]:
                    fewer = _broken(parts, width, smaller, measure, italic=italic)
                    if len(fewer) < len(lines):
                        return smaller, fewer
            return size, lines
    size = sizes[-1]
    lines = _broken(_breakable(text, anywhere=True), width, size, measure, italic=italic) or [_ELLIPSIS]
    most = max(1, int(height / (size * _LEADING)))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,;:.") + _ELLIPSIS]
    return size, lines


def _broken(
    parts: Sequence[tuple[str, bool]], width: float, size: int, measure: Measure, *, italic: bool
) -> list[str]:
    """The lines, as even as their number allows; none where a part is wider than ``width``."""
    widths: dict[str, float] = {}

    def wide(text: str) -> float:
        if text not in widths:
            widths[text] = measure(text, size, italic)
        return widths[text]

    if any(wide(part) > width for part, _ in parts):
        return []
    best = _greedy(parts, width, wide)
    low, high = max((wide(part) for part, _ in parts), default=0.0), width
    while high - low > size / 8:
        middle = (low + high) / 2
        tried = _greedy(parts, middle, wide)
        if len(tried) <= len(best):
            best, high = tried, middle
        else:
            low = middle
    return best


def _greedy(parts: Sequence[tuple[str, bool]], width: float, wide: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    for part, spaced in parts:
        joined = f"{lines[-1]} {part}" if lines and spaced else f"{lines[-1]}{part}" if lines else part
        if lines and wide(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def _breakable(text: str, *, anywhere: bool = False) -> list[tuple[str, bool]]:
    """The parts between which a line may end, each with whether a space stands before it."""
    parts: list[tuple[str, bool]] = []
    for word in text.split(" "):
        spaced = True
        for piece in _pieces(word, anywhere=anywhere):
            parts.append((piece, spaced))
            spaced = False
    return parts


def _pieces(word: str, *, anywhere: bool) -> Iterator[str]:
    start = 0
    for place in range(1, len(word)):
        before, after = word[place - 1], word[place]
        if before in _NOT_LAST or after in _NOT_FIRST or unicodedata.combining(after):
            continue
        wide = unicodedata.east_asian_width(before) in "WF" or unicodedata.east_asian_width(after) in "WF"
        if wide or (anywhere and place - start >= 12) or (before in "-–—" and place - start > 2):
            yield word[start:place]
            start = place
    yield word[start:]


def _set(words: Sequence[str], size: int, first: int, *, italic: bool) -> Iterator[Line]:
    for number, text in enumerate(words):
        yield Line(text, _CENTRE, first + round(number * size * _LEADING), size, italic)


def _height(size: int, lines: Sequence[str]) -> int:
    return round(len(lines) * size * _LEADING)


def _rules(y: int) -> Iterator[tuple[int, int, int]]:
    yield _CENTRE - 190, _CENTRE - 40, y
    yield _CENTRE + 40, _CENTRE + 190, y


def _fleuron(x: int, y: int, half: int) -> Iterator[tuple[int, int, int]]:
    """Nine lozenges that stand as one, and a small one to either side."""
    step = round(half * 1.25)
    for row in range(-2, 3):
        for column in range(-2 + abs(row), 3 - abs(row), 2):
            yield x + column * step, y + row * step, half
    for side in (-1, 1):
        yield x + side * step * 4, y, half // 2
