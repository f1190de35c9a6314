"""Names around a quotation: which of them is the subject of the verb that introduces it.

A sentence is looked at as a *scene*: its shape (see :mod:`tei.quotations.wording`) with ``@`` for each name
that is known and ``"`` for each quotation of somebody's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from tei.quotations.context import Context
from tei.quotations.wording import TOKEN, shape

# Patterns for scenes; a noun such as “the answer” is no verb.
_VERB: Final = r"(?:(?<![dlnjfis])(?:[OoVvQG]|S[fu]?|C)|W|r(?=:))"
_VERBS: Final = re.compile(_VERB)
_FREE: Final = "(?<![fpib])(?<![fpib]d)(?<![fpib]N)(?<![fpib]dN)"
# What stands before a verb, if it is its subject: “X, the author, had then”; “quoted X as”.
_NAMED: Final = re.compile(rf'(?:{_FREE}|(?<=Q))(@)(?:,[^@heI",;]{{1,14}},|\([^()]*\)|a|Adp)?[yA]*$')
_RELATIVE: Final = re.compile(r"(@),?q(?:,[^;:.]{1,16},)?[yAmB]*$")
_PRONOUN: Final = re.compile(r"([heI])(?:,[^@heI,;]{1,10},)?[yA]*$")
_OTHER: Final = re.compile(r"(?:N|(?<!s)[dnl][wyN]{0,2}[wDTEXU])[yA]*$")
_OWN: Final = re.compile(r"(@)s[wyN0L]{0,3}[DTEXwxJOV][yA]*$")
_JOINED: Final = re.compile(r"[c,p][yA]*$")
_DEED: Final = re.compile(r"[DTE][fb]d?N*(@)[^@;:.]{0,8}q[yA]*$")
_SOLE: Final = re.compile(r"^[cy,]*(?:[ipbq][^@heI;:.]{0,10},)?[dN]{0,2}([@h])(?!s)[^@heI;:.]*$")
_FIRST: Final = re.compile(
    r"(?:^|(?<=[.;:]))(?:[^@heI.;:]*?,)?[^@heI.;:,fpib]{0,3}([@heI])(?:(?!s)|s[wyN]{0,2}[DTEX])"
)
_NAME_COLON: Final = re.compile(r"(?:^|[.!?;—])\W?[dN]{0,2}(@)(?:\([^()]*\))?:\W*$")
_TURNED: Final = re.compile(rf'(?:^|[,;.—"”])y?{_VERB}u?[dN]{{0,2}}(@)[,:]?$')
_EVIDENT: Final = re.compile(r"(@)s[wyN0L]{0,4}[DTEXxJOVv](?:[^@heI;:]{0,8}[:t]|,)?$")
_REPLY: Final = re.compile(r"(@)s[wyN0L]{0,3}[DTEX]t[^@I;:.]{0,16}$")
_HIS: Final = re.compile(r"(j)[wyN0]{0,3}[DTEXxJOVv][^@heI;:]{0,8}$")
_SOURCE: Final = re.compile(
    r"(?:Zp[dN]{0,2}(?=@[^;:.]{0,25}$)|p(?=@t$)"
    r"|(?:xf|Qf?p?|[OVWKCDTEX]b|[DTE]f(?=[^,]*:))[dN]{0,2}(?=@[^@heI;:]{0,6}:?$))(@)"
)
# What follows a quotation.
_BRACKET: Final = re.compile(r"[(—–]a?@(?:\)|s[xXE]|[CVvW]|,|\.)")
_SAID: Final = re.compile(
    rf"[,—–]*(?:[dN]*@(?:,[^@heI,;.]{{1,10}},)?[yA]*{_VERB}|([heI])[yA]*{_VERB}"
    rf"|{_VERB}[yu]?(?:d?[wN]{{0,3}}@|([heI])))(?![^.;,]{{0,8}}:)"
)
_STRANGER: Final = re.compile(
    rf"[,—–]*(?:(?:d[wN]{{1,2}}|N{{1,3}})[yA]*{_VERB}|{_VERB}(?:dw|N))(?![^.;,]{{0,8}}:)"
)
# Which of these comes first; one that is nobody known ends the search.
_SUBJECTS: Final = (
    (_NAMED, "high"),
    (_RELATIVE, "high"),
    (_PRONOUN, ""),
    (_DEED, "medium"),
    (_OTHER, "high"),
    (_OWN, "medium"),
)
_SOURCES: Final = ((_EVIDENT, "high"), (_REPLY, "medium"), (_SOURCE, "medium"), (_HIS, ""))
_ASIDE: Final = re.compile(r"—([^—\n]{3,70})—")
_SIGNATURE: Final = re.compile(
    r"\W*(?:From|Report|Letter|Speech|Resolution|Draft|Address"
    r"|[A-Z][\w.’-]+(?:\s[A-Z][\w.]+)*(?:[’']s|\s(?:to|at|in)\b))[^\n]*"
    r"(?:\d{4}|Vol|p\.|pp\.|Congress|[Ss]peech|Tribunal)"
)
_SIGNED: Final = re.compile(r"\s*([^\n]{4,220})(?:\n|$)")
_PERSONAL: Final = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er)\b")
_SENTENCE_END: Final = re.compile(r"[.!?…][)\]”’\"*]*\s+(?=[\"“‘«„(\[]?[A-Z])|\n")
_GOVERNED: Final = re.compile(r"(?:[fpibaF]|(?<=.)c)d?N*$")
_ENDS: Final = frozenset(".!?")
# How many characters of what precedes or follows are looked at; how many words before the quotation.
_BACK: Final = 1200
_LEAD: Final = 240
_REACH: Final = 45
_BEHIND: Final = 90

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
        self._scenes: dict[tuple[int, int], tuple[str, list[Name]]] = {}

    def inside(self, start: int, end: int) -> list[Name]:
        """All names in ``text[start:end]``, also those inside quotations."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def between(self, start: int, end: int) -> list[Name]:
        """The names that stand wholly in ``text[start:end]``, those inside quotations left out."""
        places = self._quotations(start, end)
        return [
            name
            for name in self.inside(start, end)
            if name[1] <= end and not any(first <= name[0] < last for first, last in places)
        ]

    def _quotations(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The quotations that begin within ``text[start:end]``."""
        return self._quoted[bisect_right(self._quoted_starts, start) : bisect_left(self._quoted_starts, end)]

    def any_in(self, start: int, end: int) -> bool:
        """Whether a name or a quotation begins in ``text[start:end]``."""
        return bool(self.inside(start, end) or self._quotations(start, end))

    def scene(self, start: int, end: int) -> tuple[str, list[Name]]:
        """The scene of ``text[start:end]`` and its names: one for each ``@``."""
        known = self._scenes.get((start, end))
        if known is None:
            known = self._scenes[start, end] = self._scene(start, end)
        return known

    def _scene(self, start: int, end: int) -> tuple[str, list[Name]]:
        found: list[Name] = []
        parts: list[str] = []
        at = start
        places = self.inside(start, end)
        if quoted := self._quotations(start, end):
            places = sorted([*places, *((first, last, "") for first, last in quoted)])
        for place in places:
            first, last, who = place
            if first < at:
                continue
            parts.append(self.text[at:first].replace("@", "w"))
            if who and last <= end:
                found.append(place)
                parts.append(" @ ")
            else:
                parts.append(' " ')
            at = last
        parts.append(self.text[at:end].replace("@", "w"))
        return shape(TOKEN.findall("".join(parts))), found

    def antecedent(self, start: int, scene: str = "", found: Sequence[Name] = ()) -> tuple[str, str] | None:
        """Whom a pronoun means, and how sure that is.

        It stands behind ``scene`` with its names ``found``, the first part of a sentence that begins at
        ``start``. Meant is the subject of that sentence, or of one before.
        """
        low = max(0, start - _BACK)
        cuts = [match.end() for match in _SENTENCE_END.finditer(self.text, low, start)]
        end = start
        second: str | None = None
        steps = 0
        for first in [start, *reversed(cuts), low]:
            if first < end:
                scene, found = self.scene(first, end)
                end = first
            if found:
                who, sure = self._topic(scene, found)
                steps += who is not None
                if who and sure:
                    # Far from it, somebody else may have come in between.
                    return who, "medium" if steps < 2 else "low"
                second = second or who
        return (second, "low") if second else None

    def _topic(self, scene: str, found: Sequence[Name]) -> tuple[str | None, bool]:
        """Whom a sentence is about, and whether that is sure."""
        second: str | None = None
        people = [
            (match.start(), name[2])
            for match, name in zip(re.finditer("@", scene), found, strict=True)
            if name[2] not in self.bodies
        ]
        first = scene.find("h") if "h" in scene else len(scene)
        for at, who in people:
            if scene[at + 1 : at + 2] == "s" or _GOVERNED.search(scene, 0, at):
                continue
            verb = re.match("[yA]*[^c,.;)]", scene[at + 1 :])
            if at > first and not (verb and scene[at - 1] == ","):
                continue
            # Where “I” or “we” is the subject, it is the first that is spoken of.
            if at < 7 or verb or "I" in scene[:at]:
                return who, True
            second = second or who
        for at, who in people:
            if (at and scene[at - 1] == "b") or (at < 3 and not second and scene[at + 1 : at + 2] == "s"):
                return who, True
        return second, False


def named_speaker(context: Context, names: Names, me: str | None) -> tuple[str | None, str] | None:
    """Who is named as the speaker in the sentence around the quotation: (id, certainty).

    ``me`` is whoever says “I” there.
    """
    return _within(context, names) or _after(context, names, me) or _before(context, names, me)


def _within(context: Context, names: Names) -> tuple[str | None, str] | None:
    """Whom “Let us consider—says X—what …” names."""
    start = context.quotation.start
    for match in _ASIDE.finditer(context.text, start, min(start + 700, context.quotation.end)):
        aside = shape(TOKEN.findall(match[1]))
        if _VERBS.search(aside) and aside[0] != "a":
            # The aside is the commentator's, though it stands inside the quotation.
            if found := names.inside(match.start(1), match.end(1)):
                return found[0][2], "high" if context.block else "medium"
            if "h" in aside:
                return names.antecedent(start)
    return None


def _after(context: Context, names: Names, me: str | None) -> tuple[str | None, str] | None:
    """Whom “…,” says X, or “…” (X's words) names."""
    start, after = context.after_start, context.after
    first = after[:2].strip()[:1]
    if not first or (first not in "(,—–" and context.inner[-1:] not in ",?!—"):
        return None
    scene, found = names.scene(start, start + min(_BEHIND, len(after)))
    if found and _BRACKET.match(scene):
        return found[0][2], "medium"
    said = _SAID.match(scene)
    if said is None:
        return (None, "high") if _STRANGER.match(scene) else None
    pronoun = said[1] or said[2]
    if pronoun is None:
        return found[0][2], "high"
    lead, known = _lead(context, names)
    return _meant(pronoun, context, names, me, lead, known)


def _lead(context: Context, names: Names) -> tuple[str, list[Name]]:
    """The scene of the sentence before the quotation."""
    end = context.quotation.start
    start = max(context.sentence_start, end - _LEAD)
    # With nothing in it, its shape is known already.
    return names.scene(start, end) if names.any_in(start, end) else (context.lead_shape.replace("@", "w"), [])


def _before(context: Context, names: Names, me: str | None) -> tuple[str | None, str] | None:
    """Whom the sentence before the quotation names."""
    scene, found = _lead(context, names)
    if context.leads and scene[-1:] in _ENDS:
        # A sentence of the paragraph before that leads nowhere.
        return None
    place, cert = _place(scene)
    if place is None:
        return (None, "high") if cert else None
    number = scene.count("@", 0, place)
    if scene[place] == "@":
        both = number and scene[place - 2 : place] == "@c" and not _GOVERNED.search(scene, 0, place - 2)
        return " ".join(name[2] for name in found[number - 1 if both else number : number + 1]), cert
    return _meant(scene[place], context, names, me, scene[:place], found[:number])


def _place(scene: str) -> tuple[int | None, str]:
    """Where in a scene the speaker stands, and how sure that is."""
    for pattern in (_NAME_COLON, _TURNED):
        if match := pattern.search(scene):
            return match.start(1), "high"
    for verb in reversed(list(_VERBS.finditer(scene, max(0, len(scene) - _REACH)))):
        if scene.count(")", verb.end()) > scene.count("(", verb.end()):
            continue
        for pattern, cert in _SUBJECTS:
            if match := pattern.search(scene, 0, verb.start()):
                return match.start(1) if match.lastindex else None, cert
        if _JOINED.search(scene, 0, verb.start()) and (match := _FIRST.search(scene, 0, verb.start())):
            return match.start(1), "high"
        if match := _SOLE.search(scene, 0, verb.start()):
            return match.start(1), "medium"
    for pattern, cert in _SOURCES:
        if match := pattern.search(scene):
            return match.start(1), cert
    return None, ""


def _meant(
    pronoun: str, context: Context, names: Names, me: str | None, scene: str, found: Sequence[Name]
) -> tuple[str | None, str] | None:
    """Whom a pronoun means that stands behind ``scene`` in the sentence."""
    if pronoun == "I":
        return (me, "medium") if me else None
    return None if pronoun == "e" else names.antecedent(context.sentence_start, scene, found)


def likely_speaker(context: Context, names: Names) -> str | None:
    """Whom the sentence is about, where no verb tells who speaks."""
    scene, found = _lead(context, names)
    for match, name in zip(re.finditer("@", scene), found, strict=True):
        at = match.start()
        if scene[at + 1 : at + 2] != "s" and not _GOVERNED.search(scene, 0, at):
            return name[2]
    start = context.sentence_start
    paragraph = context.text.rfind("\n", max(0, start - 400), start) + 1
    if _PERSONAL.search(context.text, max(start - 300, paragraph), context.quotation.start):
        return _only(names.antecedent(start))
    return None


def any_speaker(context: Context, names: Names) -> str | None:
    """The last resort: whoever is named in the sentence, or was the subject before a set-off quotation."""
    scene, found = _lead(context, names)
    if found and not ("h" in scene or "j" in scene):
        return found[-1][2]
    return _only(names.antecedent(context.quotation.start)) if context.block or context.leads else None


def _only(found: tuple[str, str] | None) -> str | None:
    """The name without its certainty."""
    return found[0] if found else None


def signed(context: Context, names: Names) -> str | None:
    """Whom a short paragraph after a set-off quotation names, such as “From Smith's speech of 1903”."""
    match = _SIGNED.match(context.text, context.quotation.end)
    if match is None or not _SIGNATURE.match(match[1]):
        return None
    found = names.between(match.start(1), match.end(1))
    return found[0][2] if found else None
