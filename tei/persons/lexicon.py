"""The forms of a register, laid out for looking up."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from tei.persons.nearness import Nearby, allowance, distance
from tei.persons.register import Register, RegisteredPerson
from tei.persons.tokens import Token, is_initial, is_ordinal, is_patronymic, tokens

NOBODY: Final = -1
"""Stands for the person in a phrase that names none."""
#: Letters of the shortest head that is found with a space inside.
_SPLIT: Final = 7
#: Initials of two letters, as transliteration makes them.
_DIGRAPHS: Final = frozenset({"ya", "ye", "yu", "zh", "kh", "ch", "sh", "ts", "vl", "vs", "al", "dz", "dj"})


@dataclass
class Known:
    """What can stand before a person's surname."""

    identifier: str
    alone: bool
    #: The words that tell this person from others of the name.
    near: re.Pattern[str] | None
    given: set[str] = field(default_factory=set)
    #: Words that mean this person alone even where the surname does not.
    sole: set[str] = field(default_factory=set)
    #: Sequences of initials, such as ("v",) and ("v", "i").
    initials: set[tuple[str, ...]] = field(default_factory=set)

    def has(self, before: list[Token]) -> bool:
        """Whether ``before``, the words before a surname, can be this person's forenames or initials."""
        letters = tuple(token.folded.rstrip(".") for token in before if is_initial(token))
        if len(letters) == len(before):
            if letters in self.initials:
                return True
            # Of someone whose forenames are not known, any initials will do.
            plain = all(len(letter) == 1 or letter in _DIGRAPHS for letter in letters)
            dotted = all(token.word.endswith(".") for token in before)
            return plain and dotted and not self.given and not self.initials and len(letters) <= 3
        if is_initial(before[0]):
            return False
        return all(is_initial(token) or self._given(token.folded) for token in before)

    def _given(self, word: str) -> bool:
        if word in self.given:
            return True
        most = allowance(len(word))
        return most > 0 and any(
            word[0] == name[0] and distance(word, name, most) <= most for name in self.given
        )


class Phrase(NamedTuple):
    """A form of several words (or of initials only) that is found as it stands."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    person: int


@dataclass
class Lexicon:
    """``heads`` are surnames and other words that name someone alone; ``phrases`` go by their first word."""

    people: list[Known] = field(default_factory=list)
    heads: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    nearby: Nearby = field(default_factory=lambda: Nearby({}))
    nearby_given: Nearby = field(default_factory=lambda: Nearby({}))
    #: Beginnings of long heads, which a stray space may part from the rest.
    beginnings: set[str] = field(default_factory=set)
    #: Words of the register that are no misreading of another.
    words: set[str] = field(default_factory=set)

    def head(self, word: str, person: int) -> None:
        """Let ``word`` alone name ``person``."""
        if person not in self.heads[word]:
            self.heads[word].append(person)

    def phrase(self, found: list[Token], gaps: tuple[str, ...], person: int) -> None:
        """Let the words ``found`` with ``gaps`` between them name ``person``."""
        phrase = Phrase(tuple(token.folded for token in found), gaps, person)
        if phrase not in self.phrases[phrase.words[0]]:
            self.phrases[phrase.words[0]].append(phrase)


def gap(text: str, one: Token, other: Token) -> str | None:
    """What joins two tokens into one name: ``"-"``, ``"the"``, ``" "``, or ``None`` when they are apart."""
    between = text[one.end : other.start]
    if between in ("-", " the "):
        return between.strip()
    return " " if len(between) <= 3 and not between.strip(" \t\u00a0") else None


#: By the register's identity: to compare registers takes longer than to search a short note.
_MADE: dict[int, tuple[Register, Lexicon]] = {}
_MOST_KEPT: Final = 16


def lexicon(register: Register) -> Lexicon:
    """The lexicon of ``register``; made once for a register that is used again."""
    kept = _MADE.get(id(register))
    if kept is None or kept[0] is not register:
        if len(_MADE) >= _MOST_KEPT:
            _MADE.pop(next(iter(_MADE)))
        kept = _MADE[id(register)] = (register, _make(register))
    return kept[1]


def _make(register: Register) -> Lexicon:
    made = Lexicon()
    for number, person in enumerate(register.person):
        known = Known(person.id, person.alone, _any_of(person.near))
        made.people.append(known)
        _add_forms(made, number, person, known)
    for text in register.not_names:
        found = tokens(text)
        if found:
            made.phrase(found, _gaps(text, found), NOBODY)
    for phrases in made.phrases.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
        made.words.update(word for phrase in phrases for word in phrase.words)
    made.nearby = Nearby({head: tuple(people) for head, people in made.heads.items()})
    made.beginnings = {
        head[:at] for head in made.heads if len(head) >= _SPLIT for at in range(2, len(head) - 2)
    } - made.heads.keys()
    given = set().union(*(known.given for known in made.people))
    made.nearby_given = Nearby(dict.fromkeys(given))
    made.words.update(given)
    made.words.update(made.heads)
    return made


def _any_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _gaps(text: str, found: list[Token]) -> tuple[str, ...]:
    return tuple(gap(text, one, other) or " " for one, other in pairwise(found))


def _add_forms(made: Lexicon, number: int, person: RegisteredPerson, known: Known) -> None:
    for text in (person.name, *person.forms):
        found = tokens(text)
        if not found:
            continue
        *before, last = found
        gaps = _gaps(text, found)
        patronymic = text != person.name and bool(before) and is_patronymic(last.folded)
        ordinal = bool(before) and is_ordinal(last.word)
        if not before and not is_initial(last):
            made.head(last.folded, number)
            known.sole.add(last.folded)
        elif is_initial(last) or ordinal or patronymic or set(gaps) - {" "}:
            made.phrase(found, gaps, number)
        else:
            made.head(last.folded, number)
            _add_given(known, before)
            if not person.alone and not any(is_initial(token) for token in before):
                made.phrase(found, gaps, number)
        if len(found) >= 3 and is_patronymic(found[1].folded) and not is_initial(found[0]):
            made.phrase(found[:2], (" ",), number)
        if patronymic:
            _add_given(known, found)


def _add_given(known: Known, before: list[Token]) -> None:
    """Let ``before``, and the initials they begin with, stand before the surname."""
    known.given.update(token.folded for token in before if not is_initial(token))
    letters = tuple(
        token.folded.rstrip(".") if is_initial(token) else token.folded[0]
        for token in before
        if token.word[0].isupper()
    )
    known.initials.update(letters[:length] for length in range(1, len(letters) + 1))
    if before and not is_initial(before[0]):
        known.initials.add((before[0].folded[:2],))
