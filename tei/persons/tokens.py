"""Words that can be part of a name: capitalised words, initials and particles, with their places."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100\u0106\u010c\u0160\u017d\u0141\u015a\u0179\u017b\u0130"
_PARTICLES: Final = "de|von|van|der|den|la|le|du|di|da|zu|ibn|bin|ben|al|el|ten|ter"
_FIRSTS: Final = "".join(sorted({particle[0] for particle in _PARTICLES.split("|")}))
_RESTS: Final = "|".join(f"(?<={particle[0]}){particle[1:]}" for particle in _PARTICLES.split("|"))
# The first letter stands before all else in the pattern: so the engine skips from one to the next.
TOKEN: Final = re.compile(
    rf"[{_UPPER}{_FIRSTS}](?<!\w.)(?:(?<=[{_UPPER}])(?:[a-z]?\.(?![a-z0-9])"
    rf"|(?:[^\W_]{{0,2}}[’'](?=[{_UPPER}][^\W_]))?[^\W_]*(?:-[a-z][^\W_]*)*)|(?:{_RESTS})(?=[ ]))"
)
"""An initial (``V.``, ``Yu.``); a capitalised word with what hyphen or apostrophe joins to it; a particle."""
LONGEST: Final = 40
"""A longer word is no name."""
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_PATRONYMIC: Final = re.compile(r".{2,}(?:[oe]vich|yich|ych|mich|ovna|evna|ichna|[iy]n?ishna|inichna)")


class Token(NamedTuple):
    """``text[start:end]``, and the word as lower-case ASCII letters (an initial keeps its full stop)."""

    start: int
    end: int
    word: str
    folded: str


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """``word`` in lower case, without accents, its apostrophes and hyphens plain."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.replace("’", "'"))
        word = "".join(char for char in word if not unicodedata.combining(char))
    return word.lower()


def tokens(text: str) -> list[Token]:
    """All tokens of ``text`` in order; runs in linear time.

    >>> [token.folded for token in tokens("Dr. J. V. O’Neill’s friend Zoë van Dam")]
    ['dr.', 'j.', 'v.', "o'neill", 'zoe', 'van', 'dam']
    """
    return [
        Token(match.start(), match.end(), word, fold(word))
        for match in TOKEN.finditer(text)
        if len(word := match.group()) <= LONGEST
    ]


def is_initial(token: Token) -> bool:
    """A capital with its full stop (``V.``, ``Yu.``), or standing alone where a full stop was lost."""
    return token.word.endswith(".") or len(token.word) == 1


def is_ordinal(word: str) -> bool:
    """A Roman numeral up to thirty-nine, as monarchs bear it."""
    return bool(_ROMAN.fullmatch(word))


def is_patronymic(folded: str) -> bool:
    """Whether a folded word has the ending of a Russian patronymic (some surnames have it too)."""
    return bool(_PATRONYMIC.fullmatch(folded))
