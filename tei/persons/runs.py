"""Runs of capitalised words in an unknown text, and what of them can be a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tei.persons.tokens import LONGEST, TOKEN, Token, fold, is_initial
from tei.persons.wording import FORENAMES, NOT_NAMES, TITLES
from tei.speech.turns import find_turns

_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n“”\"‘(\[*•—>\])])\s*$")
_PARAGRAPH: Final = re.compile(r"\S.*?(?=\n[ \t\r]*\n|\Z)", re.DOTALL)
#: Particles that stand in a name only behind another.
_INNER: Final = frozenset({"der", "den", "la", "le", "ter", "ten"})
_OUTER: Final = frozenset({"von", "van", "de"})
_WRAPPED: Final = 45
_MOST_WORDS: Final = 5


@dataclass
class Run:
    """Capitalised words that stand together, without the title before them; ``evidence`` is of a person."""

    tokens: list[Token]
    titled: bool
    label: bool
    evidence: set[str] = field(default_factory=set)

    @property
    def words(self) -> list[str]:
        """The words, folded, initials without their full stops."""
        return [token.folded.rstrip(".") for token in self.tokens]

    @property
    def given(self) -> list[str]:
        """The words before the last, without particles."""
        return [token.folded.rstrip(".") for token in self.tokens[:-1] if token.word[0].isupper()]


class Runs:
    """The runs of ``text``; ``ordinary`` says what words it has mostly in small letters."""

    def __init__(self, text: str) -> None:
        self._text = text
        words = Counter(re.findall(r"[^\W\d_]+", text))
        self._lower = {word: count for word, count in words.items() if word.islower()}
        self._capital: Counter[str] = Counter()
        for word, count in words.items():
            if not word.islower():
                self._capital[fold(word)] += count
        blocks = [match.span() for match in _PARAGRAPH.finditer(text)]
        self._labels = sorted(turn.label for turn in find_turns(text, blocks))

    def ordinary(self, word: str) -> bool:
        """Whether a folded word is in small letters at least as often as with a capital."""
        return self._lower.get(word, 0) >= max(2, self._capital[word])

    def small(self, word: str) -> bool:
        """Whether a folded word is in small letters anywhere."""
        return word in self._lower

    def runs(self) -> Iterator[Run]:
        """The runs in the order of the text."""
        run: list[Token] = []
        labels = iter([*self._labels, (len(self._text) + 1, len(self._text) + 1)])
        label = next(labels)
        in_label = named = second = False
        for match in TOKEN.finditer(self._text):
            word = match.group()
            if len(word) > LONGEST:
                continue
            token = Token(match.start(), match.end(), word, fold(word))
            over = token.start >= label[1]
            while token.start >= label[1]:
                label = next(labels)
            inside = token.start >= label[0]
            apart = over or inside != in_label
            if run and (apart or not self._joined(run[-1], token) or len(run) >= _MOST_WORDS):
                # Behind the name, a label has the speaker's party or place.
                if not second:
                    yield from self._trimmed(run, label=in_label)
                named = named or in_label
                run = []
            named = named and not apart
            in_label = inside
            if run or word[0].isupper():
                second = second if run else (in_label and named)
                run.append(token)
        if run and not second:
            yield from self._trimmed(run, label=in_label)

    def _joined(self, one: Token, other: Token) -> bool:
        between = self._text[one.end : other.start]
        if other.folded in _INNER and one.folded not in _OUTER:
            return False
        if one.folded.rstrip(".") in TITLES and between in (". ", ".", ".\n", ".\t"):
            return True
        if between == "-":
            return other.word[0].isupper()
        if len(between) > 2 or between.strip() or between.count("\n") > 1:
            return False
        # A name goes on in the next line only where lines are wrapped.
        return "\n" not in between or "\n" not in self._text[max(0, one.end - _WRAPPED) : one.end]

    def _trimmed(self, run: list[Token], *, label: bool) -> Iterator[Run]:
        """The name in ``run``: behind the last title, and without words that only begin a sentence."""
        opens = bool(_SENTENCE_START.search(self._text[max(0, run[0].start - 6) : run[0].start]))
        titles = [at for at, token in enumerate(run) if self._is_title(token)]
        titled = bool(titles) and titles[-1] < len(run) - 1
        if titled:
            run, opens = run[titles[-1] + 1 :], False
        elif titles and not any(token.folded in FORENAMES for token in run[: titles[0]]):
            return
        part: list[Token] = []
        for token in run:
            if self._is_ordinary(token, opens=opens, titled=titled):
                yield from _part(part, titled=titled, label=label)
                part, titled = [], False
            else:
                part.append(token)
            opens = False
        yield from _part(part, titled=titled, label=label)

    def _is_title(self, token: Token) -> bool:
        return token.folded.rstrip(".") in TITLES

    def _is_ordinary(self, token: Token, *, opens: bool, titled: bool) -> bool:
        """A word that is capitalised only for its place or in a heading, or that is never a name."""
        if is_initial(token) and token.folded not in ("i", "a"):
            return False
        if token.folded in NOT_NAMES or any(char.isdigit() for char in token.word):
            return True
        if token.folded in FORENAMES or titled:
            return False
        return self.small(token.folded) if opens else self.ordinary(token.folded)


def _part(part: list[Token], *, titled: bool, label: bool) -> Iterator[Run]:
    """The run that ``part`` makes, without particles and initials that lead nowhere."""
    while part and (not part[-1].word[0].isupper() or is_initial(part[-1])):
        part = part[:-1]
    while part and not part[0].word[0].isupper():
        part = part[1:]
    if part:
        yield Run(part, titled, label)
