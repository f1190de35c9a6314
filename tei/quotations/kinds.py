"""What a passage in quotation marks is: words said or written, distance, an expression, a title.

Each quotation is weighed on what stands around it (TEI Guidelines, chapters 3.3.3 and 3.3.4). A close
call says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from tei.quotations.context import Context
from tei.quotations.expressions import expression, is_title_case, title
from tei.quotations.kind import Certainty, Kind
from tei.quotations.verbs import Evidence, cited_after, continues, evidence, resumes

_DETERMINERS: Final = frozenset("dlnjtsf")
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|must|may|might|shall|should|do|does|did|not|cannot)\b"
)
_FRAGMENT: Final = re.compile(
    r"(?:\w+ly|to|in|by|for|from|at|on|with|as|not|had|has|have|would|will|was|were|is|are|and|or|but|if)\b"
)
_LENGTH: Final = (-9.0, -3.0, -2.0, -1.0, -0.3, 0.4, 1.2, 2.0)
_LIST: Final = re.compile(r"^[\s,;]*(?:and|or)?\s*$")
_LED: Final = re.compile(r"[^.;!?“”\n]{0,80}[,:]\s*")


def classify(
    contexts: Sequence[Context], cited: Collection[int] = (), titles: frozenset[int] | set[int] = frozenset()
) -> list[Kind]:
    """The kind of each quotation.

    ``cited`` holds the starts of those that are known to cite a text (found there word by word),
    ``titles`` the offsets at which references name the title of an article.
    """
    keys = [" ".join(context.words).lower() for context in contexts]
    seen = Counter(keys)
    told = [evidence(context) for context in contexts]
    weights = [
        _weight(context, one, seen[key], context.quotation.start in cited)
        for context, one, key in zip(contexts, told, keys, strict=True)
    ]
    result: list[Kind] = []
    for number, context in enumerate(contexts):
        if (
            not context.block
            and titles
            and not titles.isdisjoint(range(context.quotation.start, context.quotation.start + 3))
        ):
            known: Kind | None = Kind("title", "high", "in a reference", "a")
        else:
            known = title(context) or expression(context)
        if known is None:
            weight = weights[number] + _company(contexts, weights, number)
            known = _speech(context, told[number], weight, context.quotation.start in cited)
        result.append(known)
    return _partners(contexts, result, keys, told)


def _weight(context: Context, told: Evidence, repeated: int, cited: bool) -> float:
    """How much speaks for somebody's words (above zero) and against distance (below)."""
    if context.block:
        return 9.0
    words, inner = context.words, context.inner
    size = len(words)
    weight = _LENGTH[min(size, len(_LENGTH) - 1)] if size else -9.0
    sentence = inner[:1].isupper() and inner[-1:] in ".!?" and (size > 2 or inner[-1:] in "!?")
    if sentence and not is_title_case(words):
        weight += 1.5
    weight += 2.0 * context.noted
    weight += 2.0 * (cited_after(context))
    if told.attributed:
        weight += 2.2 if size > 1 or sentence else 1.0
    elif told.introduced:
        weight += 2.5
    if size > 2:
        weight += 1.0 * (_FINITE.search(inner, 0, 300) is not None)
        weight += 0.9 * (_FRAGMENT.match(inner) is not None)
    weight += 1.5 * (". . ." in inner or "…" in inner or "..." in inner)
    if size <= 4 and context.lead_shape[-1:] in _DETERMINERS:
        weight -= 0.7
    if size > 1 and is_title_case(words) and not sentence:
        weight -= 1.0
    if repeated > 2 and size < 7:
        weight -= 1.5
    if cited and size > 2 and repeated < 3:
        weight += 0.6 if size == 3 else 1.3
    return weight


def _company(contexts: Sequence[Context], weights: Sequence[float], number: int) -> float:
    """What the other quotations of the sentence add: those of one author come in series."""
    own = contexts[number].quotation
    first = contexts[number].sentence_start
    strong = near = 0
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(contexts) and abs(other - number) < 6:
            quotation = contexts[other].quotation
            inside = quotation.start >= first if step < 0 else contexts[other].sentence_start <= own.start
            if not inside or quotation.depth != own.depth or contexts[other].block:
                break
            near += 1
            strong += weights[other] >= 1.5
            other += step
    size = len(contexts[number].words)
    if not strong:
        return 0.0
    gain = 0.9 if size > 2 else 0.0
    if near > 1:
        gain = 2.0
        if size and contexts[number].words[0].endswith("ing"):
            gain += 1.2
    return gain


def _speech(context: Context, told: Evidence, weight: float, cited: bool) -> Kind:
    """Distance, words said, or words cited from writing."""
    if weight <= 0:
        cert: Certainty = "high" if weight < -2.7 else "medium" if weight < -2.2 else "low"
        return Kind("soCalled", cert, "a few words with no speaker")
    sure: Certainty = "high" if weight > 1.7 else "medium" if weight > 0.7 else "low"
    manner, present = told.manner, told.present
    if context.block or cited:
        if manner == "oral" and not present and not context.block:
            return Kind("said", "low", "a verb of speech, though cited")
        return Kind("quote", sure, "cited")
    if context.noted or cited_after(context):
        return Kind("quote", sure, "a reference follows")
    if manner == "oral" and not present:
        return Kind("said", sure, "a verb of speech")
    if manner == "voice" and not present:
        return Kind("said", "medium", "a verb of speech or writing")
    if manner is None or manner == "written":
        return Kind(
            "quote", sure, "words of some length" if manner is None else "a verb or a thing of writing"
        )
    return Kind("quote", "medium", "the present tense of a text" if present else "a fragment")


def _interrupted(told: Evidence) -> Kind:
    """The kind that the attribution between two parts tells."""
    spoken = told.manner in ("oral", "voice") and not told.present
    return Kind("said" if spoken else "quote", "medium", "its attribution")


def _partners(
    contexts: Sequence[Context], kinds: Sequence[Kind], keys: Sequence[str], told: Sequence[Evidence]
) -> list[Kind]:
    """Members of a list are of one kind; the second part of an interrupted quotation is like the first."""
    result = list(kinds)
    titles = {
        key: kind
        for key, kind in zip(keys, kinds, strict=True)
        if kind.name == "title" and kind.cert == "high"
    }
    for number, context in enumerate(contexts):
        known = titles.get(keys[number]) if titles else None
        if known and result[number].name in ("soCalled", "quote") and is_title_case(context.words):
            result[number] = known._replace(cert="medium", reason="a title elsewhere")
    for number in range(1, len(contexts)):
        before, own = contexts[number - 1], contexts[number]
        if (
            own.block
            and result[number - 1].name == "said"
            and _LED.fullmatch(own.text[before.quotation.end : own.quotation.start])
        ):
            result[number - 1] = Kind("quote", "medium", "it goes on in a set-off quotation")
            continue
        if before.quotation.end > own.quotation.start or own.quotation.start - before.quotation.end > 80:
            continue
        between = own.text[before.quotation.end : own.quotation.start]
        first, second = result[number - 1], result[number]
        if (
            first.name in ("term", "mentioned", "gloss")
            and second.name == "soCalled"
            and _LIST.match(between)
        ):
            result[number] = first._replace(cert="medium", reason="in a list with an expression")
        elif first.name == "said" and second.name == "quote" and _LIST.match(between):
            result[number] = first._replace(reason="in a list: " + first.reason)
        elif continues(before, own) and first.name != second.name:
            known = first if first.name in ("said", "quote") else _interrupted(told[number - 1])
            result[number - 1] = result[number] = known._replace(reason="interrupted: " + known.reason)
        elif (
            resumes(before, own)
            and first.name in ("said", "quote")
            and second.name in ("said", "quote")
            and not continues(own, contexts[min(number + 1, len(contexts) - 1)])
        ):
            result[number] = first._replace(reason="goes on: " + first.reason)
    return result
