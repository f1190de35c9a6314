"""Titles and expressions in quotation marks: not anybody's words (TEI Guidelines, chapter 3.3.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tei.quotations.context import NEAR, Context
from tei.quotations.kind import Certainty, Kind, KindName
from tei.quotations.verbs import words_of
from tei.quotations.wording import LABEL, MEANING, PRONOUN, WORD, WORK

_SO_CALLED: Final = re.compile(
    r"\b(?:so-called|so\s+called|alleged|supposed|pseudo)\s*(?:[\w-]+\s+){0,1}$", re.IGNORECASE
)
_NAMED: Final = re.compile(rf"\b{LABEL}\s*[,:]?\s*$|\((?:\w+ )?called [a-z ]{{0,20}}$")
_THE_WORD: Final = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|an?|[Aa]nother)\s+(?:[\w-]+\s+){{0,2}}{WORD}(?:\s+(?:such\s+as|like|{PRONOUN}|used))*\s*[,:]?\s*$"
    rf"|\b{WORD}\s+for\s[^.;:,]{{1,50}}:\s*$"
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
_INSTEAD: Final = re.compile(r"\b(?:instead|in\s+place)\s+of\s*$")
_FOREIGN: Final = re.compile(r"\b[a-z]+\s+i\s+[a-z]+\s*[—–(-]\s*$")
_SMALL: Final = frozenset(
    [
        "a",
        "about",
        "against",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "not",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "toward",
        "towards",
        "under",
        "vs",
        "with",
        "without",
    ]
)


def title(context: Context) -> Kind | None:
    """A title: capitals, and a word for a work before it or its publication after it."""
    words = context.words
    if not words or len(words) > 30 or context.block:
        return None
    lead = context.lead[-NEAR:]
    work = _WORK_BEFORE.search(lead)
    capitals = is_title_case(words, loose=work is not None)
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
    if author and not context.noted and _is_note(context):
        return Kind("title", "medium", "after an author", "a")
    return None


def _is_note(context: Context) -> bool:
    """Whether the text is that of a note: it begins with a marker."""
    return context.text[:1] in "*♦•†‡[(0123456789"


def is_title_case(words: Sequence[str], *, loose: bool = False) -> bool:
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


def expression(context: Context) -> Kind | None:
    """A word or phrase that is spoken of, named or explained."""
    if context.block or len(context.words) > 8:
        return None
    lead, size = context.lead[-NEAR:], len(context.words)
    if _SO_CALLED.search(lead):
        return Kind("soCalled", "high", "so called")
    # A sentence is no expression, unless its wording is the matter.
    whole = (
        size > 3
        and context.inner[:1].isupper()
        and context.inner[-1:] in ".!?"
        and not context.after.strip()
        and not is_title_case(context.words)
    )
    if _RENDERED.match(context.after) or _INSTEAD.search(lead):
        return Kind("mentioned", "high", "one wording for another")
    if whole:
        return None
    tests: tuple[tuple[KindName, re.Pattern[str]], ...] = (
        ("term", _THE_WORD),
        ("gloss", _MEANT),
        ("term", _NAMED),
        ("gloss", _FOREIGN),
    )
    for name, pattern in tests[: 4 if size <= 5 else 2]:
        match = pattern.search(lead)
        if match and not words_of(lead):
            cert: Certainty = "high" if pattern is _THE_WORD and size <= 5 else "medium"
            return Kind(name, cert, f"after “{match[0].strip()}”")
    return None
