"""Titles and expressions in quotation marks: not anybody's words (TEI Guidelines, chapter 3.3.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tei.quotations.context import Context
from tei.quotations.kind import Certainty, Kind, KindName
from tei.quotations.verbs import words_of

# Patterns for shapes: one letter stands for a word (see the module “wording”).
_SO_CALLED: Final = re.compile(r"kw?$")
_INSTEAD: Final = re.compile(r"zf$")
_THE_WORD: Final = re.compile(r"[dlt][wNyL]{0,2}[XJx](?:da|[aheIG])*[,:]?$|XF[^.;:,]{1,10}:$")
_MEANT: Final = re.compile(r"(?:Ma?|iL|tB|w\.w\.)[,:]?$")
_NAMED: Final = re.compile(r"(?:[KC][amdnjlybp]*|R[^.;:,“”]{0,4}a[dn]?|\(w?Cw{0,3})[,:]?$")
# What follows: “… label”, “… as it was called”, “… in the wide sense of the word”; “Work is the …”.
_LABELLED: Final = re.compile(r"w?X|,?a[mheI][^.,;:]{0,3}[CKR]|idw?wfdX")
_DEFINED: Final = re.compile(r"B[yw]?d|M")
# Each with the number of words that may follow.
_BEFORE: Final[tuple[tuple[KindName, re.Pattern[str], int], ...]] = (
    ("term", _THE_WORD, 8),
    ("gloss", _MEANT, 8),
    ("term", _NAMED, 3),
)
_WORK: Final = re.compile(r"(?:T(?:[CHifbpdnjw]|pdJ)?|HJ?|Jf?|Uf[dnj]?)[,:]?$")
_WORK_NEAR: Final = re.compile(r"[TH][^.;:“”]{0,10},$")
_AUTHOR: Final = re.compile(r"(?:Y[:.]?|[\w.]N,|^\W*N[\w.]*,|:)$")
# Patterns for text.
_RENDERED: Final = re.compile(r"\s*(?:instead\s+of|in\s+place\s+of|for)\s+[“‘\"]|\s*means\b")
_FOREIGN: Final = re.compile(r"\b[a-z]+\s+i\s+[a-z]+\s*[—–(-]\s*$")
_NAME: Final = re.compile(
    r"(?:[A-Z][\w-]+ )+(?:[Gg]roup|[Ll]aw|[Aa]ffair|[Cc]ase|[Pp]lan|Front|Committee|[Tt]rial|[Dd]octrine"
    r"|Act|Pact|Treaty)\W?|[A-Z]{2,5}s?\W?"
)
_OPEN: Final = frozenset("—–(")
_BOOK: Final = re.compile("book|film|novel|play|pamphlet|histor|biograph|opera")
_GENRE: Final = re.compile(
    r"\b(?:Biography|History|Course|Report|Essays?|Letters?|Contribution|Introduction|Problems|Lessons|Principles"
    r"|Diar(?:y|ies)|Manifesto|Memoirs|Notes|Theses|Reply|Remarks)\b"
)
_PUBLICATION: Final = re.compile(
    r"[,.]?\s*(?:\(|in\s+)?(?:[A-Z][\w.:’'-]*\s+){0,5}[A-Z][\w.:’'-]*\s*,?\s*(?:\(|[A-Z][a-z]{2,8}\.?,?\s*\d|\d|Vol|No|p\.|pp\.)"
    r"|[,.]?\s*in\s+(?:the\s+)?(?:author’s\s+)?(?:[A-Z][\w.:’-]*\s*){2}"
)
_PARTICLES: Final = (
    "a about against an and as at but by for from in into is nor not of on or over the to toward towards"
    " under vs with without"
)
_SMALL: Final = frozenset(_PARTICLES.split())


def title(context: Context) -> Kind | None:
    """A title: capitals, and a word for a work before it or its publication after it."""
    words = context.words
    if not words or len(words) > 30 or context.block or words[0][:1].islower():
        return None
    lead = context.lead_shape
    work = _WORK.search(lead)
    if not is_title_case(words, loose=work is not None):
        return None
    if not work and len(words) > 3 and context.inner[-1:] not in ".!?":
        work = _WORK_NEAR.search(lead)
    if work:
        level = "m" if _BOOK.match(context.lead_words[work.start()]) else "a"
        before = " ".join(context.lead_words[work.start() :])
        return Kind("title", "high" if len(words) > 1 else "medium", f"after “{before}”", level)
    if len(words) == 1:
        return None
    if _PUBLICATION.match(context.after):
        return Kind("title", "high", "its publication follows", "a")
    if _GENRE.search(context.inner):
        return Kind("title", "medium", "named like a work", "m")
    author = len(words) > 2 and context.inner[-1:] in ",." and _AUTHOR.search(lead)
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
    if not words or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    long = [word for word in words if word.lower() not in _SMALL]
    small = sum(not (word[0].isupper() or word[0].isdigit()) for word in long)
    if not long or small > (loose and len(long) > 4):
        return False
    return len(long) == 1 or not all(word.isupper() for word in long if len(word) > 1)


def expression(context: Context) -> Kind | None:
    """A word or phrase that is spoken of, named or explained."""
    size = len(context.words)
    if context.block or size > 8:
        return None
    lead = context.lead_shape
    if _SO_CALLED.search(lead):
        return Kind("soCalled", "high", "so called")
    if _RENDERED.match(context.after) or _INSTEAD.search(lead):
        return Kind("mentioned", "high", "one wording for another")
    if _is_sentence(context):
        return None
    for name, pattern, most in _BEFORE:
        match = pattern.search(lead) if size <= most else None
        if match and not words_of(lead):
            cert: Certainty = "high" if pattern is _THE_WORD and size <= 5 else "medium"
            return Kind(name, cert, "after “" + " ".join(context.lead_words[match.start() :]) + "”")
    if size <= 4 and (_is_name(context) or _is_explained(context)):
        return Kind("term", "medium", "a name, a label or what is explained")
    if size <= 5 and lead[-1:] in _OPEN and _FOREIGN.search(context.lead):
        return Kind("gloss", "medium", "after a foreign word")
    return None


def _is_sentence(context: Context) -> bool:
    """Whether the words are a sentence: no expression, unless its wording is the matter."""
    return (
        len(context.words) > 3
        and context.inner[:1].isupper()
        and context.inner[-1:] in ".!?"
        and not context.after.strip()
        and not is_title_case(context.words)
    )


def _is_name(context: Context) -> bool:
    """Whether the words are the name of a group, an affair … or stand for one: “NEP”, not in a heading."""
    near = context.lead[-12:] + context.after[:12]
    return _NAME.fullmatch(context.inner) is not None and near.upper() != near


def _is_explained(context: Context) -> bool:
    """Whether what follows says that the words are a label, or what they are."""
    if context.inner[-1:] in ".;!?":
        return False
    after = context.after_shape
    return bool(_LABELLED.match(after) or (_DEFINED.match(after) and not context.lead_shape.strip("*")))
