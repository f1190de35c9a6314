"""Who speaks or wrote the words of a quotation, and where they come from (TEI Guidelines, chapter 3.3.3)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from tei.quotations.alignment import Cited, Passage
from tei.quotations.context import Context
from tei.quotations.kind import Certainty, Kind
from tei.quotations.speakers import Name, Names, any_speaker, likely_speaker, named_speaker, signed
from tei.quotations.verbs import continues, resumes

_TO_ANCHOR: Final = re.compile(r"[\s.,;:)\]”’\"'*♦•†‡]*")
_TO_REFERENCE: Final = re.compile(r"[\s.,;”’\"'*♦•]*[(\[]?\s*(?:[Ss]ee\s+|[Cc]f\.\s+|—\s*)?")
_SURE: Final = 0.9
_SPEAKING: Final = frozenset({"said", "quote"})


class Attribution(NamedTuple):
    """``who`` (an id without ``#``), how certain; ``sources`` are pointers (``#n5``, ``#p96``).

    ``earlier`` is the number of the quotation that this one continues, ``by_rule`` what the rules say
    where an editor decides.
    """

    who: str | None = None
    cert: str = "high"
    sources: tuple[str, ...] = ()
    earlier: int | None = None
    by_rule: Attribution | None = None


_NOBODY: Final = Attribution()


class Decision(Protocol):
    """What an editor says of a quotation: ``#id``, several, or (of ``who``) ``none``."""

    @property
    def who(self) -> str | None:
        """Whose words they are."""

    @property
    def source(self) -> str | None:
        """Where they come from."""

    @property
    def cert(self) -> Certainty | None:
        """How sure that is."""


@dataclass(frozen=True)
class Surroundings:
    """What an edition knows about a text whose quotations are attributed. All offsets are in that text.

    ``names``: persons and bodies, (start, end, id). ``anchors``: markers of notes, (offset, id of the note).
    ``references``: bibliographic references, (start, end, id). ``voices``: who says “I” in a stretch.
    ``bodies``: the ids in ``names`` that are no persons (“he” is none of them).
    ``cited``: texts that are cited, each with the stretch whose quotations may cite it.
    """

    names: Sequence[Name] = ()
    anchors: Sequence[tuple[int, str]] = ()
    references: Sequence[tuple[int, int, str]] = ()
    voices: Sequence[tuple[int, int, str]] = ()
    bodies: Collection[str] = ()
    cited: Sequence[tuple[int, int, Cited]] = field(default=())

    @cached_property
    def anchor_offsets(self) -> list[int]:
        """The offsets of ``anchors``."""
        return [offset for offset, _ in self.anchors]

    @cached_property
    def reference_offsets(self) -> list[int]:
        """The offsets of ``references``."""
        return [start for start, _, _ in self.references]


def find_passages(contexts: Sequence[Context], around: Surroundings) -> dict[int, tuple[Passage, Cited]]:
    """By the number of the quotation: where its words stand in a text that it may cite."""
    found: dict[int, tuple[Passage, Cited]] = {}
    for number, context in enumerate(contexts):
        if len(context.words) < 3:
            continue
        for start, end, cited in around.cited:
            inside = start <= context.quotation.start < end
            own = cited.text is context.text and cited.start <= context.quotation.start < cited.end
            if inside and not own and (passage := cited.find(context.inner)):
                found[number] = (passage, cited)
                break
    return found


def attribute(
    contexts: Sequence[Context],
    kinds: Sequence[Kind],
    around: Surroundings,
    passages: dict[int, tuple[Passage, Cited]] | None = None,
    decided: Mapping[int, Decision] = MappingProxyType({}),
) -> list[Attribution]:
    """Speaker and source of each quotation (``kinds`` are theirs); ``decided`` overrules some, by number.

    Only words said or cited have a speaker. What is found in a cited text belongs to whoever speaks there.
    """
    if not contexts:
        return []
    text = contexts[0].text
    found = find_passages(contexts, around) if passages is None else passages
    quoted = [
        (context.quotation.start, context.quotation.end)
        for context, kind in zip(contexts, kinds, strict=True)
        if kind.name in _SPEAKING and not context.block
    ]
    names = Names(text, around.names, quoted, around.bodies)
    result: list[Attribution] = []
    for number, (context, kind) in enumerate(zip(contexts, kinds, strict=True)):
        own = _NOBODY
        if kind.name in _SPEAKING:
            own = _one(number, contexts, names, around, result, found.get(number))
        sources = list(own.sources)
        if number in decided:
            own = _overruled(own, decided[number])
            sources += (decided[number].source or "").split()
        sources += _note(context, contexts, number, around) + _reference(context, around)
        if sources:
            own = own._replace(sources=tuple(dict.fromkeys(sources)))
        result.append(own)
        _heard(context, own, around)
    return _shared(contexts, kinds, result)


def _one(
    number: int,
    contexts: Sequence[Context],
    names: Names,
    around: Surroundings,
    before: Sequence[Attribution],
    cited: tuple[Passage, Cited] | None,
) -> Attribution:
    context = contexts[number]
    me = _voice(number, contexts, around, before)
    if number and continues(contexts[number - 1], context):
        earlier = before[number - 1]
        return earlier._replace(earlier=number - 1, sources=earlier.sources)
    named = named_speaker(context, names, me)
    if number and (not named or named[1] != "high") and resumes(contexts[number - 1], context):
        earlier = before[number - 1]
        return Attribution(earlier.who, earlier.cert)
    if cited is not None:
        passage, source = cited
        page = source.page(passage.start)
        who = source.speaker(passage)
        local = named[0] if named else likely_speaker(context, names)
        other = local is not None and local not in (who, source.who)
        if who is None or (other and (passage.share < _SURE or (named and named[1] == "high"))):
            # Set phrases stand in many places; the sentence names somebody else.
            return Attribution(local, named[1] if named else "low")
        return Attribution(who, "medium", (f"#{page}",) if page else ())
    if named:
        return Attribution(*named)
    if series := _series(number, contexts, names, before):
        return series
    if context.block and (who := signed(context, names)):
        return Attribution(who)
    who = likely_speaker(context, names)
    if who is None:
        # In a commentary, what nobody else is named for is mostly the text commented on.
        who = next(
            (cited.who for start, end, cited in around.cited if start <= context.quotation.start < end), None
        )
    who = who or any_speaker(context, names)
    return Attribution(who, "low") if who else Attribution()


def _heard(context: Context, found: Attribution, around: Surroundings) -> None:
    """What a text that is cited quotes itself is not its speaker's own."""
    if found.who is not None and found.cert != "low":
        start, end = context.quotation.start, context.quotation.end
        for _, _, cited in around.cited:
            if cited.text is context.text and cited.start <= start and end <= cited.end:
                cited.inside.append((start, end, found.who))


def _overruled(found: Attribution, decision: Decision) -> Attribution:
    """``found`` with the speaker that the editor's ``decision`` names, or with none."""
    if decision.who is None:
        return found
    who = None if decision.who == "none" else decision.who.replace("#", "")
    return found._replace(who=who, cert=decision.cert or "high", by_rule=found)


def _voice(
    number: int, contexts: Sequence[Context], around: Surroundings, before: Sequence[Attribution]
) -> str | None:
    """Who says “I” where the quotation stands: whoever speaks in the one around it, if there is one."""
    place = contexts[number].quotation.start
    for other in range(number - 1, max(-1, number - 40), -1):
        if contexts[other].quotation.end > place and before[other].who:
            return before[other].who
    return next((who for start, end, who in around.voices if start <= place < end), None)


def _series(
    number: int, contexts: Sequence[Context], names: Names, before: Sequence[Attribution]
) -> Attribution | None:
    """Whoever speaks in the quotation just before, if nobody else is named in between."""
    if number == 0:
        return None
    context = contexts[number]
    for other in range(number - 1, max(-1, number - 4), -1):
        earlier = contexts[other].quotation
        if earlier.end > context.quotation.start:
            continue
        gap = context.text[earlier.end : context.quotation.start]
        if len(gap) > 160 or gap.count("\n") > 1 or names.between(earlier.end, context.quotation.start):
            return None
        if before[other].who:
            # One step less sure than the one before.
            return Attribution(before[other].who, "medium" if before[other].cert == "high" else "low")
    return None


def _note(context: Context, contexts: Sequence[Context], number: int, around: Surroundings) -> list[str]:
    """The note whose marker follows: at once, or at the end of the sentence."""
    end = context.quotation.end
    at = bisect_right(around.anchor_offsets, max(context.quotation.start, end - 4))
    if at >= len(around.anchors):
        return []
    offset, note = around.anchors[at]
    gap = context.text[end:offset] if offset > end else ""
    if len(gap) < 200 and _TO_ANCHOR.fullmatch(gap):
        return [f"#{note}"]
    later = number + 1 < len(contexts) and contexts[number + 1].quotation.start < offset
    near = len(gap) < 120 and not later and not re.search(r"[.!?]\s+[A-Z]|\n", gap)
    return [f"#{note}"] if near else []


def _reference(context: Context, around: Surroundings) -> list[str]:
    """The bibliographic reference that follows, in brackets mostly."""
    end = context.quotation.end
    match = _TO_REFERENCE.match(context.text, end)
    limit = match.end() if match else end
    at = bisect_right(around.reference_offsets, end - 1)
    if at < len(around.references) and around.references[at][0] <= limit + 2:
        return [f"#{around.references[at][2]}"]
    return []


def _shared(
    contexts: Sequence[Context], kinds: Sequence[Kind], found: Sequence[Attribution]
) -> list[Attribution]:
    """Parts of one quotation share speaker and sources."""
    result = list(found)
    for number in range(len(contexts) - 1, 0, -1):
        earlier = result[number].earlier
        if earlier is None or kinds[number].name not in _SPEAKING:
            continue
        one, other = result[earlier], result[number]
        sources = tuple(dict.fromkeys([*one.sources, *other.sources]))
        result[earlier] = one._replace(sources=sources)
        result[number] = other._replace(who=one.who, cert=one.cert, sources=sources)
    return result
