"""Names around a quotation: which of them is the subject of the verb that introduces it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from tei.quotations.context import Context
from tei.quotations.wording import EVIDENT, NOT_NOUN, ORAL, VOICE, WRITTEN

_VERB: Final = re.compile(
    rf"\b{NOT_NOUN}(?:{ORAL}|{VOICE}|{WRITTEN}|calls?|called|coined|used|invoked|formulated|replied|spoke|speaks|branded|dubbed)\b"
)
_PRONOUN: Final = re.compile(r"\b(?:he|she|He|She|his|His|her|Her)\b")
_SELF: Final = re.compile(r"\b(?:I|we|We)\b(?:\s+\w+){0,3}\s*$")
_SUBJECT: Final = re.compile(r"\b(he|she|He|She|I|we|We)\b(?:\s+[\w-]+){0,4}\s*$")
_INVERTED: Final = re.compile(r"[\s“”,—–-]*$")
_EVIDENT: Final = re.compile(rf"^[’']s?\s+(?:[\w-]+\s+){{0,4}}{EVIDENT}s?\b")
_OWNED: Final = re.compile(r"[’'](?:s\b|(?=\s))")
_SOURCE: Final = re.compile(
    r"\b(?:according\s+to|in\s+the\s+words\s+of|words\s+of|quot(?:ing|es|ed|ations?)(?:\s+from)?|as|by|from|cites?|citing)\s+(?:Comrade\s+)?$",
    re.IGNORECASE,
)
_SIGNATURE: Final = re.compile(
    r"\W*(?:From|Report|Letter|Speech|Resolution|Draft|Address|[A-Z][\w.’-]+(?:\s[A-Z][\w.]+)*(?:[’']s|\s(?:to|at|in)\b))[^\n]*"
    r"(?:\d{4}|Vol|p\.|pp\.|Congress|[Ss]peech|Tribunal)"
)
_ASIDE: Final = re.compile(r"—([^—\n]{3,70})—")
_IN_BRACKET: Final = re.compile(
    r"[’']s\s+(?:words|phrase|term|expression|formula)|\s+(?:called|said|wrote|put)\b|\)|,\s*\d|\.\s*$",
    re.MULTILINE,
)
_CLAUSE_END: Final = re.compile(r"[.;:?!“”‘\n]")
_SENTENCE_END: Final = re.compile(r"[.!?…][)\]”’\"*]*\s+(?=[\"“‘«„(\[]?[A-Z])|\n")
_GOVERNED: Final = re.compile(
    r"\b(?i:of|at|in|to|on|from|with|against|for|about|under|after|before|between|into|and|than|through|upon"
    r"|among|like|as|towards?|near|outside|inside|within|during|since|over)\s+(?:the\s+|a\s+)?(?:[A-Z][a-z]+\s+)?$"
)
_BACK: Final = 2400
_NEAR: Final = 700
_EARLY: Final = 32
_OTHER_SUBJECT: Final = re.compile(r",\s+(?:an?|the|this|that)\s+[^,.;]{3,70}$")

Name = tuple[int, int, str]


class Names:
    """Persons and bodies named in a text: offsets and id of each, in order."""

    def __init__(
        self,
        text: str,
        names: Iterable[Name],
        quoted: Sequence[tuple[int, int]] = (),
        bodies: Collection[str] = (),
    ) -> None:
        self.text = text
        self.bodies = bodies
        self.all = sorted(names)
        self._starts = [name[0] for name in self.all]
        self._quoted = sorted(quoted)
        self._quoted_starts = [start for start, _ in self._quoted]

    def between(self, start: int, end: int) -> list[Name]:
        """The names that stand wholly in ``text[start:end]``, those inside quotations left out."""
        found = self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [name for name in found if name[1] <= end and not self._inside(name, start)]

    def inside(self, start: int, end: int) -> list[Name]:
        """All names in ``text[start:end]``, also those inside quotations."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _inside(self, name: Name, start: int) -> bool:
        number = bisect_right(self._quoted_starts, name[0]) - 1
        for begin, end in self._quoted[max(0, number - 2) : number + 1]:
            if begin <= name[0] < end and begin > start:
                return True
        return False

    def owned(self, name: Name) -> bool:
        """Whether a possessive follows."""
        return _OWNED.match(self.text, name[1]) is not None

    def free(self, names: Iterable[Name]) -> list[Name]:
        """Those of ``names`` that may be a subject: no possessors, nothing after a preposition."""
        return [
            name
            for name in names
            if not self.owned(name) and not _GOVERNED.search(self.text[max(0, name[0] - 24) : name[0]])
        ]

    def antecedent(self, offset: int) -> str | None:
        """Whom a pronoun at ``offset`` means: the subject of its sentence or of one before."""
        low = max(0, offset - _BACK)
        cuts = [match.end() for match in _SENTENCE_END.finditer(self.text, low, offset)]
        second: str | None = None
        end = offset
        for start in [*reversed(cuts), low]:
            people = [name for name in self.between(start, end) if name[2] not in self.bodies]
            for name in self.free(people):
                lead = self.text[start : name[0]]
                verb = re.match(r"\s+(?!and\b|or\b)[a-z]", self.text[name[1] : name[1] + 8])
                if len(lead) < _EARLY or lead.endswith("by "):
                    return name[2]
                if verb and (len(lead) < 2 * _EARLY or re.search(r"(?:,|\bwhen)\s*$", lead)):
                    return name[2]
                second = second or name[2]
            if second and offset - start > _NEAR:
                return second
            end = start
        return second


def named_speaker(context: Context, names: Names, me: str | None) -> tuple[str, str] | None:
    """Who is named as the speaker in the sentence around the quotation: (id, certainty).

    ``me`` is whoever says “I” there.
    """
    return _within(context, names) or _after(context, names, me) or _before(context, names, me)


def _within(context: Context, names: Names) -> tuple[str, str] | None:
    """Whom “Let us consider—says X—what …” names."""
    start = context.quotation.start
    for match in _ASIDE.finditer(context.text, start, min(start + 700, context.quotation.end)):
        if _VERB.search(match[1]):
            # The aside is the commentator's, though it stands inside the quotation.
            if found := names.inside(match.start(1), match.end(1)):
                return found[0][2], "high"
            if _PRONOUN.search(match[1]) and (who := names.antecedent(start)):
                return who, "medium"
    return None


def _after(context: Context, names: Names, me: str | None) -> tuple[str, str] | None:
    """Whom “…,” says X, or “…” (X's words) names."""
    start, after = context.after_start, context.after
    bracket = re.match(r"\s*(?:\(|—\s*)", after)
    if bracket:
        # “…” (Smith); “…” (as Smith called it); “…” (Smith's words)
        found = names.between(start, start + 60)
        near = bool(found) and found[0][0] <= start + bracket.end() + 3
        if near and _IN_BRACKET.match(context.text, found[0][1]):
            return found[0][2], "medium"
    if context.inner[-1:] not in ",?!—" and after[:1] not in (",", "—"):
        return None
    cut = _CLAUSE_END.search(after.lstrip(" ,—"))
    size = (cut.start() if cut else len(after)) + len(after) - len(after.lstrip(" ,—"))
    clause = after[: min(size, 110)]
    verb = _VERB.search(clause[:60])
    if verb is None:
        return None
    found = names.between(start, start + len(clause))
    early = [name for name in found if name[0] - start <= verb.start() or name[0] - start - verb.end() < 16]
    pronoun = re.match(r"[\s,—]*(?:\w+\s+)?(?:he|she|I|we)\b", clause[: verb.end() + 6])
    if early and not (pronoun and pronoun.end() < early[0][0] - start):
        return early[0][2], "high"
    if pronoun:
        if pronoun[0].endswith(("I", "we")):
            return (me, "medium") if me else None
        who = names.antecedent(context.quotation.start)
        return (who, "medium") if who else None
    return None


def _before(context: Context, names: Names, me: str | None) -> tuple[str, str] | None:
    start, end = context.sentence_start, context.quotation.start
    lead = context.text[start:end]
    found = names.between(start, end)
    # “Smith: “…””
    if names.free(found[-1:]) and re.fullmatch(r"\s*(?:\([^)]*\)\s*)?:\W*", context.text[found[-1][1] : end]):
        return found[-1][2], "high"
    verbs = list(_VERB.finditer(lead[-240:]))
    shift = start + max(0, len(lead) - 240)
    for verb in reversed(verbs):
        place = shift + verb.start()
        who = _subject(context.text, names, found, place, shift + verb.end(), me)
        if who:
            return who, "high" if end - place < 100 else "medium"
    free = names.free(found)
    for name in reversed(found):
        tail = context.text[name[1] : name[1] + 60]
        if _EVIDENT.match(tail) and not (free and free[-1][0] > name[0]):
            return name[2], "high"
        if _SOURCE.search(context.text[max(start, name[0] - 40) : name[0]]):
            return name[2], "medium"
    return None


def _subject(
    text: str, names: Names, found: Sequence[Name], place: int, end: int, me: str | None
) -> str | None:
    """The subject of the verb ``text[place:end]``."""
    before = [name for name in found if name[1] <= place]
    first = before[-1][1] if before else max(0, place - 60)
    pronoun = _SUBJECT.search(text[first:place])
    if pronoun:
        return me if pronoun[1] in ("I", "we", "We") else names.antecedent(first + pronoun.start())
    if before and re.search(r"\b(?:which|who|that)\b[^,.;]{0,30}$", text[first:place]) and place - first < 60:
        return before[-1][2]
    after = [name for name in found if 0 <= name[0] - end < 16]
    if after and not before and text[after[0][1] : after[0][1] + 1] in ",:":
        return after[0][2]
    if before and _OTHER_SUBJECT.search(text[first:place]):
        return None
    return _agent(names, [name for name in before if place - name[1] < 120])


def _agent(names: Names, before: Sequence[Name]) -> str | None:
    """The last of some names that is not a possessor."""
    free = names.free(before)
    return (free or before)[-1][2] if before else None


def likely_speaker(context: Context, names: Names) -> str | None:
    """Whom the sentence is about, where no verb tells who speaks."""
    start, end = context.sentence_start, context.quotation.start
    found = names.between(start, end)
    free = names.free(found)
    if free:
        return free[0][2]
    earlier = context.text.rfind("\n", max(0, start - 400), start) + 1
    if _PRONOUN.search(context.text[max(start - 300, earlier) : end]):
        return names.antecedent(start)
    return None


def any_speaker(context: Context, names: Names) -> str | None:
    """The last resort: whoever is named in the sentence, or was the subject before a set-off quotation."""
    found = names.between(context.sentence_start, context.quotation.start)
    if found and not _PRONOUN.search(context.lead):
        return found[-1][2]
    return names.antecedent(context.quotation.start) if context.block or context.leads else None


def signed(context: Context, names: Names) -> str | None:
    """Whom a short paragraph after a set-off quotation names, such as “From Smith's speech of 1903”."""
    match = re.compile(r"\s*([^\n]{4,220})(?:\n|$)").match(context.text, context.quotation.end)
    if match is None or not _SIGNATURE.match(match[1]):
        return None
    found = names.between(match.start(1), match.end(1))
    return found[0][2] if found else None
