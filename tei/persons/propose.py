"""Proposing a register for a text that has none: who may be named in it, how often, in which forms.

No statistical model and no list of names of people is used, only evidence in the text: a title, initials or
a common forename before a word, a speaker's label, a verb of saying behind it, and against
it the company of places and institutions. What has too little evidence is kept as doubtful.

>>> text = "Mr. Marlow sat down. Then Charles Marlow rose, and Marlow’s men. In London rain fell."
>>> [(found.id, found.name, found.count) for found in propose_register(text)]
[('marlow', 'Charles Marlow', 3)]
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final

from tei.persons.nearness import Nearby, is_derived
from tei.persons.runs import Run, Runs
from tei.persons.tokens import LONGEST, fold, is_initial, is_ordinal, is_patronymic
from tei.persons.wording import COLLECTIVE, DEEDS, FORENAMES, NOT_NAMES, SURNAME_ENDINGS

_PLACED: Final = re.compile(
    r"\b(?:in|into|at|near|through|across|throughout|outside|inside|of the|via)\s+$", re.IGNORECASE
)
_THE: Final = re.compile(r"\b(?:the|an?|this|that|these|those|every|each|our|der|die|das)\s+$", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"[’'][sS]?\b(?![a-z])")
_AFTER: Final = re.compile(r",?\s+([a-z]+)")
_LISTED: Final = re.compile(r"(?:,|,? (?:and|or|und|et))\s")
_ROUNDS: Final = 5
#: What speaks against a name may do so once in so many times.
_SELDOM: Final = 3
_OFTEN: Final = 5
_MOST_CONTEXTS: Final = 3
_CONTEXT: Final = 40
#: Evidence that alone makes a person; of the rest two kinds are needed.
STRONG: Final = frozenset({"title", "initials", "forename", "patronymic", "label", "company"})


@dataclass
class Candidate:
    """Someone who may be named in the text.

    ``forms`` counts the forms of the name, ``evidence`` what speaks for a person ("title", "initials",
    "forename", "patronymic", "label", "company", "shape", "deed", "possessive"), ``contexts`` shows
    some of the places; ``doubtful`` when the evidence is thin.
    """

    id: str
    name: str
    forms: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    contexts: list[str] = field(default_factory=list)
    doubtful: bool = False

    @property
    def count(self) -> int:
        """How many times the text names this candidate."""
        return self.forms.total()


@dataclass
class _Surname:
    """All that is known of one last word."""

    runs: list[Run] = field(default_factory=list)
    evidence: Counter[str] = field(default_factory=Counter)
    against: int = 0

    def is_person(self) -> bool:
        """Whether the evidence is enough, and more than what speaks for a place or thing."""
        strong = sum(self.evidence[kind] for kind in STRONG)
        weak = self.evidence["deed"] + self.evidence["possessive"]
        if not strong:
            often = min(self.evidence["deed"], self.evidence["possessive"]) >= 2
            return often and self.against * _SELDOM <= len(self.runs)
        return self.against <= 2 * strong + weak

    def may_be_person(self) -> bool:
        """Whether there is any evidence worth showing the editor."""
        weak = sum(self.evidence[kind] for kind in ("deed", "possessive", "company", "listed"))
        often = len(self.runs) >= _OFTEN and not self.against
        score = weak + 2 * (self.evidence["shape"] > 0) + often
        return score >= 2 and self.against * _SELDOM <= len(self.runs)


def propose_register(text: str) -> list[Candidate]:
    """The candidates, those that are sure first, then by count and name. Lines may be wrapped."""
    return _Proposal(text).candidates()


class _Proposal:
    def __init__(self, text: str) -> None:
        self.text = text
        self.runs = Runs(text)
        self.surnames: dict[str, _Surname] = defaultdict(_Surname)
        #: Pairs of last words that stand side by side in a list, and the latest last word with its end.
        self.neighbours: list[tuple[str, str]] = []
        self.last: tuple[str, int] | None = None

    def candidates(self) -> list[Candidate]:
        for run in self.runs.runs():
            self._weigh(run)
        self._keep_company()
        self._join_misreadings()
        found: list[Candidate] = []
        for surname, known in sorted(self.surnames.items()):
            if known.is_person():
                found.extend(self._people(surname, known))
            elif known.may_be_person():
                found.extend(self._people(surname, known, doubtful=True))
        found = _with_first_names([*found, *self._called(found)])
        found.sort(key=lambda candidate: (candidate.doubtful, -candidate.count, candidate.name))
        return _with_ids(found)

    # Evidence for and against.

    def _weigh(self, run: Run) -> None:
        words = run.words
        last = run.tokens[-1]
        head = words[0] if is_ordinal(last.word) and len(words) == 2 else words[-1]
        run.evidence = evidence = self._evidence(run, words)
        if len(head) < 3 or head in NOT_NAMES or any(word in COLLECTIVE for word in words):
            return
        if is_derived(head) and not evidence & STRONG:
            return
        if self.runs.ordinary(head) and not run.titled:
            return
        if last.word.isupper() and len(head) <= 4 and not (run.titled or run.label):
            return
        known = self.surnames[head]
        known.runs.append(run)
        start = run.tokens[0].start
        if self.last is not None and _LISTED.fullmatch(self.text, self.last[1], start):
            self.neighbours.append((self.last[0], head))
        self.last = (head, last.end)
        known.evidence.update(evidence)
        before = self.text[max(0, run.tokens[0].start - 12) : run.tokens[0].start]
        if not evidence & STRONG and (_PLACED.search(before) or _THE.search(before)):
            known.against += 1

    def _evidence(self, run: Run, words: list[str]) -> set[str]:
        found = set()
        if run.titled:
            found.add("title")
        if run.label:
            found.add("label")
        if len(words) > 1:
            initials = [token for token in run.tokens[:-1] if is_initial(token)]
            # A letter without a point may be anything ("Plan B"); several together are initials.
            if len(initials) > 1 or any(token.word.endswith(".") for token in initials):
                found.add("initials")
            if words[0] in FORENAMES:
                found.add("forename")
            if any(is_patronymic(word) for word in words[1:]):
                found.add("patronymic")
        if words[-1].endswith(SURNAME_ENDINGS) and len(words[-1]) > 4:
            found.add("shape")
        end = run.tokens[-1].end
        if _POSSESSIVE.match(self.text, end):
            found.add("possessive")
        after = _AFTER.match(self.text, end, end + LONGEST)
        if after is not None and after[1] in DEEDS:
            found.add("deed")
        return found

    def _keep_company(self) -> None:
        """Who is listed with people ("Marlow, Kurtz and Powell") is likely one of them."""
        for _ in range(_ROUNDS):
            company: Counter[str] = Counter()
            for one, other in self.neighbours:
                company[one] += self.surnames[other].is_person()
                company[other] += self.surnames[one].is_person()
            changed = False
            for name, count in company.items():
                known = self.surnames[name]
                support = count + known.evidence["shape"] + known.evidence["deed"]
                known.evidence["listed"] = count
                if count and support >= 2 and not known.evidence["company"]:
                    known.evidence["company"] = count
                    changed = True
            if not changed:
                return

    # Who is who.

    def _join_misreadings(self) -> None:
        """Let rare words of thin evidence go with the known surname that they are a misreading of."""
        sure = [name for name, known in self.surnames.items() if known.is_person() and len(known.runs) >= 3]
        nearby = Nearby({name: name for name in sure})
        for name in sorted(self.surnames):
            known = self.surnames[name]
            if name in sure or len(known.runs) > 3 or self.runs.small(name):
                continue
            meant = nearby.nearest(name)
            if meant is not None and len(self.surnames[meant].runs) > 2 * len(known.runs):
                self.surnames[meant].runs.extend(known.runs)
                self.surnames[meant].evidence.update(known.evidence)
                del self.surnames[name]

    def _people(self, surname: str, known: _Surname, *, doubtful: bool = False) -> list[Candidate]:
        """The bearers of one surname: a new one for every forename that does not fit one before."""
        spelt = Counter(self._form(run) for run in known.runs)
        for run in known.runs:
            # What stands once before a name that is often alone belongs to the sentence.
            casual = len(run.tokens) > 1 and spelt[self._form(run)] == 1 and len(known.runs) >= _OFTEN
            if casual and not run.evidence & {"forename", "initials", "patronymic", "title"}:
                del run.tokens[:-1]
        runs = sorted(known.runs, key=lambda run: -len(run.given))
        found: list[tuple[list[str], Candidate]] = []
        for run in runs:
            given = run.given
            fitting = [(names, person) for names, person in found if _fits(given, names)]
            if fitting:
                # A surname alone may be any of them: the one most often named.
                person = max(fitting, key=lambda pair: pair[1].count)[1]
            else:
                person = Candidate(surname, self._form(run), doubtful=doubtful)
                found.append((given, person))
            person.forms[self._form(run)] += 1
            person.evidence.update(run.evidence)
            if len(person.contexts) < _MOST_CONTEXTS:
                person.contexts.append(self._context(run))
        for _, person in found:
            full = [form for form in person.forms if " " in form] or list(person.forms)
            person.name = max(full, key=lambda form: (_spelt_out(form), person.forms[form], form))
        return [person for _, person in found]

    def _called(self, found: list[Candidate]) -> list[Candidate]:
        """Those called by a forename alone, which one sure candidate bears and nothing else tells."""
        bearers = Counter(fold(person.name.split()[0]) for person in found if not person.doubtful)
        return [
            person
            for name, known in sorted(self.surnames.items())
            if bearers[name] == 1 and not (known.is_person() or known.may_be_person())
            for person in self._people(name, known, doubtful=True)
        ]

    def _form(self, run: Run) -> str:
        form = re.sub(r"\s+", " ", self.text[run.tokens[0].start : run.tokens[-1].end])
        return form.title() if form.isupper() and len(form) > 3 else form

    def _context(self, run: Run) -> str:
        start, end = run.tokens[0].start, run.tokens[-1].end
        around = self.text[max(0, start - _CONTEXT) : end + _CONTEXT]
        return " ".join("".join(char if char.isprintable() else " " for char in around).split())


def _spelt_out(form: str) -> bool:
    """Whether a form begins with a forename, and not with an initial."""
    return len(form.split(maxsplit=1)[0].rstrip(".")) > 2


def _fits(given: list[str], names: list[str]) -> bool:
    """Whether forenames or initials can be those of someone whose forenames are ``names``."""
    if not given:
        return True
    one, other = given[0], names[0] if names else ""
    if len(one) <= 2 or len(other) <= 2:
        return bool(other) and one[0] == other[0]
    return one == other or (one.startswith(other[:3]) and other.startswith(one[:3]))


def _with_first_names(found: list[Candidate]) -> list[Candidate]:
    """Join who is called by a forename with the one candidate who bears it."""
    bearers: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        if " " in candidate.name:
            bearers[fold(candidate.name.split()[0])].append(candidate)
    kept = []
    for candidate in found:
        same = bearers.get(fold(candidate.name), [])
        if len(same) == 1 and all(" " not in form for form in candidate.forms):
            same[0].forms.update(candidate.forms)
            same[0].evidence.update(candidate.evidence)
            same[0].contexts = (same[0].contexts + candidate.contexts)[:_MOST_CONTEXTS]
            same[0].doubtful = same[0].doubtful and candidate.doubtful
        else:
            kept.append(candidate)
    return kept


def _with_ids(found: list[Candidate]) -> list[Candidate]:
    """Give each candidate an id that is a plain word and unlike the others."""
    used: set[str] = set()
    for candidate in found:
        words = [re.sub(r"[^a-z]", "", fold(word)) for word in candidate.name.split()]
        base = re.sub(r"[^a-z]", "", candidate.id) or "person"
        choices = [base, *(f"{base}-{word}" for word in words[:-1] if word)]
        choice = next((choice for choice in choices if choice not in used), None)
        number = 2
        while choice is None:
            choice = f"{base}-{number}" if f"{base}-{number}" not in used else None
            number += 1
        used.add(choice)
        candidate.id = choice
    return found
