"""Finding the names of people in a plain text, and bringing them home as ``persName``.

The text is one as a reader meets it (``tei.flow``): its lines are paragraphs, its words are whole.
A mention is the name only, without title or possessive (TEI Guidelines, chapter 14.2.1):

>>> from tei.persons.register import Person, Register
>>> register = Register(person=(Person(id="marlow", name="Charles Ivanovich Marlow"),))
>>> text = "Captain C. I. Marlow’s story is no Marlowian tale, Charles Ivanovich."
>>> [text[found.start : found.end] for found in find_names(text, register)]
['C. I. Marlow', 'Charles Ivanovich']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from tei.flow import Flow
from tei.persons.lexicon import NOBODY, Lexicon, gap, lexicon
from tei.persons.nearness import is_derived
from tei.persons.register import Register
from tei.persons.tokens import LONGEST, TOKEN, Token, fold, is_initial
from tei.span import Span

#: What is named after a person is not the person.
_INSTITUTIONS: Final = frozenset(
    {
        "prize",
        "prizes",
        "award",
        "medal",
        "school",
        "schools",
        "institute",
        "university",
        "college",
        "academy",
    }
    | {"library", "museum", "archive", "archives", "theatre", "theater", "hall", "mausoleum", "foundation"}
    | {"street", "square", "avenue", "boulevard", "road", "bridge", "canal", "stadium", "airport", "station"}
    | {"factory", "works", "plant", "mine", "kolkhoz", "sovkhoz", "hospital", "house", "park", "verlag"}
)
_NAMED_AFTER: Final = re.compile(r"(?:\b[Rr]adio|\bOrder of|\b[Ss]treet of|\b[Cc]ity of) +$")
#: … also where it is written small, as a kind of thing.
_THINGS: Final = frozenset({"prize", "prizes", "medal", "medals", "award", "awards"})
_FIRM: Final = re.compile(r",? (?:Inc|Ltd|GmbH|S\.A)\b|[ ]&[ ](?:Sons?|Bros)\b")
_NEXT: Final = re.compile(r"[ ]([A-Z][^\W\d_]*\.?)")
_NEXT_WORD: Final = re.compile(r"[ ]([a-z]+)\b")
_ENUMERATORS: Final = frozenset("IVXABCDEFGH")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;\n“”\"‘(\[*•—]) *$")
_NUMBERED: Final = re.compile(
    r"\b(?:Appendix|Part|Vol|Vol\.|Volume|Chapter|Section|Book|Act|Plan|War|Table) $"
)
_POSSESSIVE: Final = re.compile(r"[’'][sS]\b")
_MOST_BEFORE: Final = 4
_AROUND: Final = 200


class NameMention(NamedTuple):
    """``text[start:end]`` names the person ``ref``; ``cert`` is "low" where nothing settles who it is."""

    start: int
    end: int
    ref: str | None
    cert: Literal["low"] | None = None


def find_names(text: str, register: Register) -> list[NameMention]:
    """The mentions of the register's people in ``text``, in order and without overlap; in linear time."""
    return _Search(text, lexicon(register)).mentions()


def name_spans(flow: Flow, mentions: Iterable[NameMention]) -> list[Span]:
    """``persName`` spans over the arranged text for ``mentions`` found in ``flow.text``."""
    spans = []
    for mention in mentions:
        start, end = flow.place(mention.start, mention.end)
        attributes = {} if mention.ref is None else {"ref": f"#{mention.ref}"}
        if mention.cert is not None:
            attributes["cert"] = mention.cert
        if start < end:
            spans.append(Span(start, end, "persName", attributes))
    return spans


class _Found(NamedTuple):
    """A mention before it is known whose: tokens ``first`` to ``last`` (inclusive), and who it can be."""

    first: int
    last: int
    people: tuple[int, ...]
    full: bool


class _Search:
    def __init__(self, text: str, known: Lexicon) -> None:
        self.text = text
        self.known = known
        self.lower = set(text.split())
        self.ordinary: dict[str, bool] = {}
        #: For each word that can stand for a name's head, that head.
        self.heads: dict[str, str] = {}
        self.tokens = self._tokens()

    def mentions(self) -> list[NameMention]:
        found = self._phrases()
        taken: dict[int, _Found] = {
            at: phrase for phrase in found for at in range(phrase.first, phrase.last + 1)
        }
        kept = {id(phrase): phrase for phrase in found}
        for at, token in enumerate(self.tokens):
            head = self.heads.get(token.word)
            if head is None or at in taken:
                continue
            mention = self._head(at, head, taken)
            if mention is None:
                continue
            for inside in range(mention.first, mention.last + 1):
                old = taken.get(inside)
                if old is not None:
                    kept.pop(id(old), None)
                taken[inside] = mention
            kept[id(mention)] = mention
        ordered = sorted(kept.values(), key=lambda mention: mention.first)
        return self._resolved(mention for mention in ordered if NOBODY not in mention.people)

    # What each word can mean.

    def _whole(self, token: Token) -> Token:
        """``token`` with the rest of its name where a stray space parts them, without what a hyphen adds.

        "Mar lowski" is one name, "Marlowski-like" holds one; but "Mar-lowski" is a misread Marlowski.
        """
        base, hyphen, tail = token.folded.partition("-")
        parted = hyphen and base in self.known.heads and not {token.folded, base + tail} & self.known.words
        if parted and not is_derived(base + tail):
            end = token.start + token.word.index("-")
            self.heads[self.text[token.start : end]] = base
            return Token(token.start, end, self.text[token.start : end], base)
        if token.folded not in self.known.beginnings:
            return token
        rest = _NEXT_WORD.match(self.text, token.end, token.end + LONGEST)
        if rest is None or token.folded + rest[1] not in self.known.heads:
            return token
        self.heads[self.text[token.start : rest.end()]] = token.folded + rest[1]
        return Token(token.start, rest.end(), self.text[token.start : rest.end()], token.folded + rest[1])

    def _tokens(self) -> list[Token]:
        """The tokens that can be part of a name; each different word is looked up once."""
        kinds: dict[str, bool] = {}
        found = []
        for match in TOKEN.finditer(self.text):
            word = match.group()
            useful = kinds.get(word)
            if useful is None:
                useful = kinds[word] = len(word) <= LONGEST and self._useful(word)
            if useful:
                found.append(self._whole(Token(match.start(), match.end(), word, fold(word))))
        return found

    def _useful(self, word: str) -> bool:
        head = self._known_head(word)
        if head is not None:
            self.heads[word] = head
            return True
        folded = fold(word)
        return (
            len(word) == 1
            or word.endswith(".")
            or folded in self.known.words
            or folded in self.known.beginnings
            or folded.partition("-")[0] in self.known.heads
            or (folded not in self.lower and self.known.nearby_given.nearest(folded) is not None)
        )

    def _known_head(self, word: str) -> str | None:
        if len(word) == 1 or word.endswith("."):
            return None
        folded = fold(word)
        if folded in self.known.heads:
            return folded
        joined = folded.replace("-", "")
        if joined != folded and len(joined) < 8:
            return None
        if joined in self.known.heads:
            return joined
        if folded in self.known.words or joined in self.lower or not (word.isupper() or word[1:].islower()):
            return None
        return self.known.nearby.nearest(joined)

    def _ordinary(self, head: str, word: str) -> bool:
        """Whether the text has the word mostly as an ordinary one."""
        if head not in self.lower:
            return False
        if word in self.ordinary:
            return self.ordinary[word]
        self.ordinary[word] = self.text.count(f" {head} ") >= self.text.count(f" {word.capitalize()} ")
        return self.ordinary[word]

    # Forms that are found as they stand.

    def _phrases(self) -> list[_Found]:
        found: list[_Found] = []
        free = 0
        phrases = self.known.phrases
        for at, token in enumerate(self.tokens):
            if at < free or token.folded not in phrases:
                continue
            longest = 0
            people: list[int] = []
            for phrase in phrases[token.folded]:
                if len(phrase.words) < longest:
                    break
                if self._stands(phrase.words, phrase.gaps, at):
                    longest = len(phrase.words)
                    people.append(phrase.person)
            if people and (NOBODY in people or self._is_free(at, at + longest - 1)):
                found.append(_Found(at, at + longest - 1, tuple(people), full=True))
                free = at + longest
        return found

    def _stands(self, words: tuple[str, ...], gaps: tuple[str, ...], at: int) -> bool:
        last = at + len(words) - 1
        if last >= len(self.tokens):
            return False
        if any(self.tokens[at + n].folded != word for n, word in enumerate(words)):
            return False
        if any(
            gap(self.text, self.tokens[at + n], self.tokens[at + n + 1]) != expected
            for n, expected in enumerate(gaps)
        ):
            return False
        if all(word.endswith(".") for word in words):
            # Initials alone: not where more initials or another's surname go with them.
            before = at > 0 and is_initial(self.tokens[at - 1]) and self._joined(at - 1)
            after = _NEXT.match(self.text, self.tokens[last].end)
            return not before and (after is None or after[1] in self.heads or fold(after[1]) in self.lower)
        return True

    def _joined(self, at: int) -> bool:
        """Whether the token ``at`` and the next belong to one name, as far as spaces tell."""
        return gap(self.text, self.tokens[at], self.tokens[at + 1]) == " "

    # Surnames, and what stands before them.

    def _head(self, at: int, head: str, taken: dict[int, _Found]) -> _Found | None:
        people = tuple(self.known.heads[head])
        first, able = self._before(at, people, taken)
        last = at
        if first == at:
            last, able = self._inverted(at, people)
        full = last > first
        if not full:
            able = tuple(person for person in people if self._may_be_alone(person, head))
            if not able or not self._stands_alone(self.tokens[at], head):
                return None
        if not self._is_free(first, last):
            return None
        return _Found(first, last, able, full=full)

    def _may_be_alone(self, person: int, head: str) -> bool:
        known = self.known.people[person]
        return known.alone or head in known.sole

    def _before(
        self, at: int, people: tuple[int, ...], taken: dict[int, _Found]
    ) -> tuple[int, tuple[int, ...]]:
        """The first token of the name that ends in the head ``at``, and the people it fits."""
        first = at
        while first > 0 and at - first < _MOST_BEFORE and self._joined(first - 1):
            other = taken.get(first - 1)
            if other is not None and not set(other.people) & set(people):
                break
            first -= 1
        for start in range(first, at):
            before = self.tokens[start:at]
            able = tuple(person for person in people if self.known.people[person].has(before))
            if able and not self._enumerates(start, at):
                return start, able
        return at, people

    def _enumerates(self, start: int, at: int) -> bool:
        """Whether the one initial before the name ``at`` numbers something: "V. Marlow’s Journey"."""
        token = self.tokens[start]
        if at - start != 1 or token.word.rstrip(".") not in _ENUMERATORS:
            return False
        if token.start > 0 and self.text[token.start - 1] != "\n":
            return bool(_NUMBERED.search(self.text[max(0, token.start - 10) : token.start]))
        return bool(_POSSESSIVE.match(self.text, self.tokens[at].end))

    def _inverted(self, at: int, people: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        """The last token of a name as an index has it, "Marlow, Charles" at the start of a line."""
        token = self.tokens[at]
        if not (token.start == 0 or self.text[token.start - 1] == "\n"):
            return at, people
        if self.text[token.end : token.end + 2] != ", ":
            return at, people
        last = at
        able = people
        while last + 1 < len(self.tokens) and last - at < _MOST_BEFORE:
            after = self.tokens[at + 1 : last + 2]
            if after[0].start != token.end + 2 or (len(after) > 1 and not self._joined(last)):
                break
            fitting = tuple(person for person in people if self.known.people[person].has(after))
            if not fitting:
                break
            last, able = last + 1, fitting
        return last, able

    def _stands_alone(self, token: Token, head: str) -> bool:
        """Whether a word that can be a surname is one here, with no forename to say so."""
        if not self._ordinary(head, token.word):
            return True
        return not token.word.isupper() and not _SENTENCE_START.search(
            self.text[max(0, token.start - 4) : token.start]
        )

    def _is_free(self, first: int, last: int) -> bool:
        """Not part of the name of something else."""
        start, end = self.tokens[first].start, self.tokens[last].end
        if _NAMED_AFTER.search(self.text[max(0, start - 24) : start]):
            return False
        if _FIRM.match(self.text, end):
            return False
        after = _NEXT.match(self.text, end, end + LONGEST)
        if after is not None:
            return fold(after[1]) not in _INSTITUTIONS
        small = _NEXT_WORD.match(self.text, end, end + LONGEST)
        return small is None or small[1] not in _THINGS

    # Whose name it is.

    def _resolved(self, found: Iterable[_Found]) -> list[NameMention]:
        latest: dict[int, int] = {}
        mentions = []
        for number, mention in enumerate(found):
            start, end = self.tokens[mention.first].start, self.tokens[mention.last].end
            person, sure = self._person(mention, latest, start, end)
            latest[person] = number
            mentions.append(
                NameMention(start, end, self.known.people[person].identifier, None if sure else "low")
            )
        return mentions

    def _person(self, mention: _Found, latest: dict[int, int], start: int, end: int) -> tuple[int, bool]:
        people = mention.people
        if len(people) == 1:
            return people[0], True
        told = [person for person in people if self.known.people[person].near]
        if told:
            nearest = self._nearest_told(told, start, end)
            if nearest is not None:
                return nearest, True
            people = tuple(person for person in people if person not in told) or people
            if len(people) == 1:
                return people[0], True
        named = [person for person in people if person in latest]
        if named:
            return max(named, key=lambda person: latest[person]), True
        return people[0], False

    def _nearest_told(self, people: list[int], start: int, end: int) -> int | None:
        """The one of ``people`` whose telling word stands nearest to the name."""
        found: list[tuple[int, int]] = []
        for person in people:
            near = self.known.people[person].near
            for match in near.finditer(self.text, max(0, start - _AROUND), end + _AROUND) if near else ():
                away = start - match.end() if match.start() < start else match.start() - end
                found.append((away, person))
        return min(found)[1] if found else None
