"""What a passage in quotation marks is: words said or written, distance, an expression, a title.

Each quotation is weighed on what stands around it (TEI Guidelines, chapters 3.3.3 and 3.3.4). Close calls say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from tei.quotations.context import Context
from tei.quotations.wording import (
    DOCUMENT,
    LABEL,
    MEANING,
    NOT_NOUN,
    ORAL,
    PRONOUN,
    VOICE,
    WORD,
    WORK,
    WRITTEN,
)

KindName = Literal["said", "quote", "soCalled", "mentioned", "term", "gloss", "title"]
Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` is the element that fits, ``reason`` says why in a few words, ``level`` is a title's."""

    name: KindName
    cert: Certainty
    reason: str
    level: str | None = None


_NAME: Final = (
    r"(?:(?:Comrade|Marshal|General|Mr\.|Mrs\.|Dr\.|Premier|the)\s+)?[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}"
)
_SO_CALLED: Final = re.compile(
    r"\b(?:so-called|so\s+called|alleged|supposed|pseudo)\s*(?:[\w-]+\s+){0,1}$", re.IGNORECASE
)
_NAMED: Final = re.compile(rf"\b{LABEL}\s*[,:]?\s*$")
_THE_WORD: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|an?|[Aa]nother)\s+(?:[\w-]+\s+){{0,2}}{WORD}(?:\s+(?:such\s+as|like|{PRONOUN}|used))*\s*[,:]?\s*$"
    rf"|\b{WORD}\s+for\s[^.;:,]{{1,50}}:\s*$"
)
_WORDS_OF: Final = re.compile(
    r"(?:[’']s|[Tt]hese|following|with the|in the|by the|[a-z]+ous)\s+(?:own\s+)?(?:words|phrases)\s*[,:]?\s*$"
)
_MEANT: Final = re.compile(rf"\b{MEANING}\s*[,:]?\s*$")
_RENDERED: Final = re.compile(r"^\s*(?:instead\s+of|in\s+place\s+of|for)\s+[“‘\"]|^\s*means\b")
_WORK_BEFORE: Final = re.compile(
    rf"\b(?:{WORK}(?:\s+(?:called|entitled|titled|on|of|the|his|famous|under\s+the\s+title))?"
    r"|(?:edition|copy|editor|author|version|volume)s?\s+of\s+(?:the|his|her|their)?)\s*[,:]?\s*$"
)
_WORK_NEAR: Final = re.compile(rf"\b{WORK}\b[^.;:“”]{{0,60}},\s*$")
_GENRE: Final = re.compile(
    r"\b(?:Biography|History|Course|Report|Essays?|Letters?|Contribution|Introduction|Problems|Lessons|Principles"
    r"|Diar(?:y|ies)|Manifesto|Memoirs|Notes|Theses|Reply|Remarks)\b"
)
_SEE_BEFORE: Final = re.compile(r"(?:\b[Ss]ee:?|\b[Cc]f\.|[\w.]\.?\s[A-Z][a-z]+,|^\W*[A-Z][\w. ]+,|:)\s*$")
_PUBLICATION: Final = re.compile(
    r"^[,.]?\s*(?:\(|in\s+)?(?:[A-Z][\w.:’'-]*\s+){0,5}[A-Z][\w.:’'-]*\s*,?\s*(?:\(|[A-Z][a-z]{2,8}\.?,?\s*\d|\d|Vol|No|p\.|pp\.)"
    r"|^[,.]?\s*in\s+(?:the\s+)?(?:author’s\s+)?(?:[A-Z][\w.:’-]*\s*){2}"
)
_DIRECT: Final = r"(?:[^.:;!?“”]{0,70})[,:]\s*(?:\.\s*){0,3}$"
# Not “the answer”, “are added”: the same letters may be a noun, or a passive.
_ACTIVE: Final = rf"{NOT_NOUN}(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )"
_ORAL_BEFORE: Final = re.compile(rf"\b{NOT_NOUN}{ORAL}\b{_DIRECT}")
_VOICE_BEFORE: Final = re.compile(rf"\b{_ACTIVE}{VOICE}\b{_DIRECT}")
_VOICES: Final = re.compile(
    r"\b(?:[Vv]oices?|[Cc]r(?:y|ies)|[Ss]houts?|[Ee]xclamations?)\b[^.:;“”]{0,40}:\s*$"
)
_THAT: Final = re.compile(r"\bthat\b[^:]*$")
_WRITTEN_BEFORE: Final = re.compile(rf"\b{WRITTEN}\b(?:[^.;!?“”]{{0,70}})$")
_COLON_NAME: Final = re.compile(rf"(?:^|[.!?)”]\s+)\W*(?!Re\b|Cf\b|See\b){_NAME}:\s*$")
_ASIDE: Final = r"(?:\s+\w+ly|\s+had|\s+has|\s+would|\s+then|\s+here|\s+now|\s+again|\s+once|\s+later)*"
_SUBJECT: Final = rf"(?:{PRONOUN}|{_NAME})"
_ORAL_AFTER: Final = re.compile(
    rf"^[\s,—–-]*(?:{_SUBJECT}{_ASIDE}\s+{ORAL}\b|(?!t[eo]l)(?:{ORAL}\s+(?:the\s+[a-z]+|{_SUBJECT})))"
)
_VOICE_AFTER: Final = re.compile(
    rf"^[\s,—–-]*(?:{_SUBJECT}{_ASIDE}\s+{VOICE}\b|{VOICE}\s+(?:the\s+\w+|{_SUBJECT}))"
)
_WRITTEN_AFTER: Final = re.compile(rf"^[\s,—–-]*(?:{_SUBJECT}{_ASIDE}\s+{WRITTEN}\b|{WRITTEN}\s+{_SUBJECT})")
_PRESENT: Final = re.compile(
    r"\b(?:says|asks|tells(?:\s+us)?|adds|declares|states|admits|claims|argues|warns|suggests|informs|writes|explains|observes"
    r"|concludes|insists|maintains|mentions|points\s+out|reads|continues|asserts)\b"
)
_ATTRIBUTED: Final = re.compile(
    rf"(?:\b(?:[Aa]ccording\s+to|[Ii]n\s+the\s+words\s+of|[Qq]uot(?:ing|es|ed))\s+{_NAME}[^.;“”]{{0,50}}|[’']s\s+(?:own\s+)?words\W*"
    rf"|\b{_SUBJECT}{_ASIDE}\s+(?:{VOICE}|{ORAL}|{WRITTEN})\b[^.;:“”]{{0,60}}(?:\bthat|,|:)\W*)$"
)
_LEADING: Final = re.compile(r"(?:that|[,:]|words)\W*$|ccording|[Qq]uot|in the words")
_DOCUMENT_LEAD: Final = re.compile(
    rf"\b(?:{DOCUMENT}|article|law|order)\b[^.;!?“”]{{0,80}}$|\b(?:[Pp]ublished|[Vv]ol\.|pp?\.\s*\d)[^;“”]{{0,60}}$"
)
_CITED_AFTER: Final = re.compile(
    r"^[\s,.;]*(?:—\s*[Ii]bid|[(\[]\s*(?:pp?\.|[Vv]ol|[Ss]ee|[Ii]bid|[A-Z][\w. ]+,\s|\d{4}|[Cc]f\.|(?:[A-Z]\w+\s){1,4}\d))"
)
_DETERMINED: Final = re.compile(
    r"\b(?:the|an?|his|her|its|their|our|your|this|that|these|those|such|some|of|no|new|any|own|[\w]+[’']s)\s*$",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|must|may|might|shall|should|do|does|did|not|cannot)\b"
)
_FRAGMENT: Final = re.compile(
    r"(?:\w+ly|to|in|by|for|from|at|on|with|as|not|had|has|have|would|will|was|were|is|are|and|or|but|if)\b"
)
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "is",
        "nor",
        "not",
        "of",
        "on",
        "or",
        "the",
        "to",
        "vs",
        "with",
        "against",
        "without",
        "toward",
        "towards",
        "about",
        "over",
        "under",
        "into",
        "from",
    ]
)
_LETTERS: Final = re.compile(r"[^0-9a-z]+")
_NEAR: Final = 160
_LENGTH: Final = (-9.0, -3.0, -2.0, -1.0, -0.3, 0.4, 1.2, 2.0)


def classify(
    contexts: Sequence[Context], cited: Collection[int] = (), titles: frozenset[int] | set[int] = frozenset()
) -> list[Kind]:
    """The kind of each quotation.

    ``cited`` holds the starts of those that are known to cite a text (found there word by word),
    ``titles`` the offsets at which references name the title of an article.
    """
    seen = Counter(_LETTERS.sub("", context.inner.lower()) for context in contexts)
    weights = [
        _weight(context, seen[_LETTERS.sub("", context.inner.lower())], context.quotation.start in cited)
        for context in contexts
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
            known = _title(context) or _expression(context)
        if known is None:
            weight = weights[number] + _company(contexts, weights, number)
            known = _speech(context, weight, context.quotation.start in cited)
        result.append(known)
    return _partners(contexts, result)


def _title(context: Context) -> Kind | None:
    """A title: capitals, and a word for a work before it or its publication after it."""
    words = context.words
    if not words or len(words) > 30 or context.block:
        return None
    lead = context.lead[-_NEAR:]
    work = _WORK_BEFORE.search(lead)
    capitals = _title_case(words, loose=work is not None)
    if not capitals:
        return None
    if not work and len(words) > 3 and (near := _WORK_NEAR.search(lead)) and context.inner[-1:] not in ".!?":
        work = near
    if work:
        level = "m" if re.match(r"book|film|novel|play|pamphlet|histor|biograph|opera", work[0]) else "a"
        return Kind("title", "high" if len(words) > 1 else "medium", f"after “{work[0].strip()}”", level)
    if len(words) > 1 and _PUBLICATION.match(context.after):
        return Kind("title", "high", "its publication follows", "a")
    if len(words) > 1 and _GENRE.search(context.inner):
        return Kind("title", "medium", "named like a work", "m")
    author = len(words) > 2 and context.inner[-1:] in ",." and _SEE_BEFORE.search(lead)
    if author and not _VOICE_BEFORE.search(lead) and context.noted is False and _is_note(context):
        return Kind("title", "medium", "after an author", "a")
    return None


def _is_note(context: Context) -> bool:
    """Whether the text is that of a note: it begins with a marker."""
    return context.text[:1] in "*♦•†‡[(0123456789"


def _title_case(words: Sequence[str], *, loose: bool = False) -> bool:
    """Whether the words are capitalised as in a title (not printed in capitals throughout).

    ``loose``: one word may be small that is not in a title.
    """
    long = [word for word in words if word.lower() not in _SMALL]
    if not long or (not words[0][:1].isupper() and not words[0][:1].isdigit()):
        return False
    if all(word.isupper() for word in long if len(word) > 1) and len(long) > 1:
        return False
    small = sum(not (word[:1].isupper() or word[:1].isdigit()) for word in long)
    return small == 0 or (loose and len(long) > 4 and small == 1)


def _expression(context: Context) -> Kind | None:
    """A word or phrase that is spoken of, named or explained."""
    if context.block or len(context.words) > 8:
        return None
    lead, size = context.lead[-_NEAR:], len(context.words)
    if _SO_CALLED.search(lead):
        return Kind("soCalled", "high", "so called")
    # A sentence is no expression, unless its wording is the matter.
    whole = (
        size > 3
        and context.inner[:1].isupper()
        and context.inner[-1:] in ".!?"
        and not context.after.strip()
        and not _title_case(context.words)
    )
    if _RENDERED.match(context.after) or (
        size <= 8 and re.search(r"\b(?:instead|in\s+place)\s+of\s*$", lead)
    ):
        return Kind("mentioned", "high", "one wording for another")
    if whole:
        return None
    if (match := _THE_WORD.search(lead)) and not _WORDS_OF.search(lead):
        return Kind("term", "high" if size <= 5 else "medium", f"after “{match[0].strip()}”")
    if match := _MEANT.search(lead):
        return Kind("gloss", "medium", f"after “{match[0].strip()}”")
    if size <= 5 and (match := _NAMED.search(lead)):
        return Kind("term", "medium", f"after “{match[0].strip()}”")
    if size <= 5 and re.search(r"\b[a-z]+\s+i\s+[a-z]+\s*[—–(-]\s*$", lead):
        return Kind("gloss", "medium", "after foreign words")
    return None


def _weight(context: Context, repeated: int, cited: bool) -> float:
    """How much speaks for somebody's words (above zero) and against distance (below)."""
    if context.block:
        return 9.0
    words, inner, lead = context.words, context.inner, context.lead[-_NEAR:]
    size = len(words)
    weight = _LENGTH[min(size, len(_LENGTH) - 1)] if size else -9.0
    sentence = inner[:1].isupper() and inner[-1:] in ".!?" and (size > 2 or inner[-1:] in "!?")
    if sentence and not _title_case(words):
        weight += 1.5
    weight += 2.0 * context.noted
    weight += 2.0 * (_CITED_AFTER.match(context.after) is not None)
    if (_LEADING.search(lead) and _ATTRIBUTED.search(lead)) or _after(context):
        weight += 2.2 if size > 1 or sentence else 1.0
    elif _direct(context):
        weight += 2.5
    if size > 2:
        weight += 1.0 * (_FINITE.search(inner) is not None)
        weight += 0.9 * (_FRAGMENT.match(inner) is not None)
    weight += 1.5 * (". . ." in inner or "…" in inner or "..." in inner)
    if size <= 4 and _DETERMINED.search(lead):
        weight -= 0.7
    if size > 1 and _title_case(words) and not sentence:
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


def _direct(context: Context) -> bool:
    lead = context.lead[-_NEAR:]
    return bool(
        _VOICES.search(lead)
        or _WORDS_OF.search(lead)
        or (lead[-1:] in ",:" and (_ORAL_BEFORE.search(lead) or _VOICE_BEFORE.search(lead)))
        or _WRITTEN_BEFORE.search(lead)
    )


def _after(context: Context) -> bool:
    after = context.after
    if context.inner[-1:] not in ",?!" and after[:1] != ",":
        return False
    return bool(_ORAL_AFTER.match(after) or _VOICE_AFTER.match(after) or _WRITTEN_AFTER.match(after))


def _speech(context: Context, weight: float, cited: bool) -> Kind:
    """Distance, words said, or words cited from writing."""
    if weight <= 0:
        cert: Certainty = "high" if weight < -1.2 else "medium" if weight < -0.5 else "low"
        return Kind("soCalled", cert, "a few words with no speaker")
    lead, after = context.lead[-_NEAR:], context.after
    sure: Certainty = "high" if weight > 1.5 else "medium" if weight > 0.6 else "low"
    attached = context.inner[-1:] in ",?!" or after[:1] == ","
    direct = lead[-1:] == ":" or not _THAT.search(lead)
    oral = (direct and _ORAL_BEFORE.search(lead)) or (attached and _ORAL_AFTER.match(after))
    if context.block or cited:
        if oral and not context.block and not _PRESENT.search(oral[0]):
            return Kind("said", "low", "a verb of speech, though cited")
        return Kind("quote", sure, "cited")
    if context.noted or _CITED_AFTER.match(after):
        return Kind("quote", sure, "a reference follows")
    if _VOICES.search(lead):
        return Kind("said", "high", "a voice")
    written = (
        _WRITTEN_BEFORE.search(lead)
        or (attached and _WRITTEN_AFTER.match(after))
        or _DOCUMENT_LEAD.search(lead)
        or re.search(r"\b(?:stating|declaring|resolving)\b", lead)
    )
    if oral and not written:
        return Kind("quote" if _PRESENT.search(oral[0]) else "said", sure, "a verb of speech")
    if written:
        return Kind("quote", sure, "a verb or a thing of writing")
    voice = (direct and (_VOICE_BEFORE.search(lead) or _COLON_NAME.search(lead))) or (
        attached and _VOICE_AFTER.match(after)
    )
    if not voice:
        return Kind("quote", sure, "words of some length")
    if _PRESENT.search(voice[0]):
        return Kind("quote", "medium", "the present tense of a text")
    if context.inner[:1].islower() and not attached:
        # The sentence goes on with words of another's: so one cites.
        return Kind("quote", "medium", "a fragment after a verb of speech")
    return Kind("said", "medium", "a verb of speech or writing")


_LIST: Final = re.compile(r"^[\s,]*(?:and|or|,)?\s*$")


def _partners(contexts: Sequence[Context], kinds: Sequence[Kind]) -> list[Kind]:
    """Members of a list are of one kind; the second part of an interrupted quotation is like the first."""
    result = list(kinds)
    titles = {
        _LETTERS.sub("", context.inner.lower()): kind
        for context, kind in zip(contexts, kinds, strict=True)
        if kind.name == "title" and kind.cert == "high"
    }
    for number, context in enumerate(contexts):
        known = titles.get(_LETTERS.sub("", context.inner.lower()))
        if known and result[number].name in ("soCalled", "quote") and _title_case(context.words):
            result[number] = replace(known, cert="medium", reason="a title elsewhere")
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
            result[number] = replace(first, cert="medium", reason="in a list with an expression")
        elif continues(before, own) and first.name != second.name:
            known = first if first.name in ("said", "quote") and first.cert != "low" else second
            if known.name not in ("said", "quote"):
                known = replace(known, name="quote", cert="medium")
            result[number - 1] = result[number] = replace(known, reason="interrupted: " + known.reason)
    return result


_LED: Final = re.compile(r"[^.;!?“”\n]{0,80}[,:]\s*")
_BETWEEN: Final = re.compile(
    rf"^\s*[,—–-]*\s*(?:{_SUBJECT}{_ASIDE}\s+(?:{ORAL}|{VOICE}|{WRITTEN})\b|(?:{ORAL}|{VOICE}|{WRITTEN})\s+{_SUBJECT})[^.;!?“”‘\n]{{0,70}}[,:—–-]\s*$"
)


def continues(first: Context, second: Context) -> bool:
    """Whether ``second`` takes up ``first`` again after its attribution: “This,” says he, “is true.”"""
    if first.quotation.depth != second.quotation.depth or first.block or second.block:
        return False
    gap = first.text[first.quotation.end : second.quotation.start]
    if len(gap) > 120 or first.quotation.end > second.quotation.start:
        return False
    dash = "\n" not in gap and len(gap) < 80 and re.fullmatch(r"\s*—[^“”]*—\s*", gap) is not None
    return dash or (_BETWEEN.match(gap) is not None and (first.inner[-1:] in ",—–" or gap[:1] == ","))
