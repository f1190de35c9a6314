"""The sentence around a quotation: does it say that somebody speaks, or writes?"""

from __future__ import annotations

import re
from typing import Final, Literal

from tei.quotations.context import NEAR, Context
from tei.quotations.wording import DOCUMENT, NOT_NOUN, ORAL, PRONOUN, VOICE, WRITTEN

Manner = Literal["oral", "voice", "written", "fragment"]
"""Words spoken, words spoken or written, words written, words worked into a sentence."""

_NAME: Final = (
    r"(?:(?:Comrade|Marshal|General|Mr\.|Mrs\.|Dr\.|Premier|the)\s+)?[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}"
)
_WORDS_OF: Final = re.compile(
    r"(?:[’']s|[Tt]hese|following|with the|in the|by the|[a-z]+ous)\s+(?:own\s+)?"
    r"(?:words|phrases)\s*[,:]?\s*$"
)
_DIRECT: Final = r"(?:[^.:;!?“”]{0,70})[,:]\s*(?:\.\s*){0,3}$"
# Not “the answer”, “are added”: the same letters may be a noun, or a passive.
_ACTIVE: Final = rf"{NOT_NOUN}(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )"
_ORAL_BEFORE: Final = re.compile(rf"\b{NOT_NOUN}{ORAL}\b{_DIRECT}")
_VOICE_BEFORE: Final = re.compile(rf"\b{_ACTIVE}{VOICE}\b{_DIRECT}")
_VOICES: Final = re.compile(
    r"\b(?:[Vv]oices?|[Cc]r(?:y|ies)|[Ss]houts?|[Ee]xclamations?)\b[^.:;“”]{0,40}:\s*$"
)
_THAT: Final = re.compile(r"\bthat\b[^:.!?]*$")
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
_IN_WORDS: Final = re.compile(r"\bin (?:his|her|their) (?:own )?words,[^,.;:“”]{0,30}$")
_LEADING: Final = re.compile(r"(?:that|[,:]|words)\W*$|ccording|[Qq]uot|in the words")
_DOCUMENT_LEAD: Final = re.compile(
    r"\b(?:stating|declaring|resolving)\b|"
    rf"\b(?:{DOCUMENT}|article|law|order)\b[^.;!?“”]{{0,80}}$|\b(?:[Pp]ublished|[Vv]ol\.|pp?\.\s*\d)[^;“”]{{0,60}}$"
)
_CITED_AFTER: Final = re.compile(
    r"^[\s,.;]*(?:—\s*[Ii]bid|[(\[]\s*(?:pp?\.|[Vv]ol|[Ss]ee|[Ii]bid|[A-Z][\w. ]+,\s|\d{4}|[Cc]f\."
    r"|(?:[A-Z]\w+\s){1,4}\d))"
)
_BETWEEN: Final = re.compile(
    rf"^\s*[,—–-]*\s*(?:{_SUBJECT}{_ASIDE}\s+(?:{ORAL}|{VOICE}|{WRITTEN})\b|(?:{ORAL}|{VOICE}|{WRITTEN})\s+{_SUBJECT})[^.;!?“”‘\n]{{0,70}}[,:—–-]\s*$"
)

_RESUMED: Final = re.compile(
    rf"\s*,?\s*(?:{_SUBJECT}{_ASIDE}\s+(?:{ORAL}|{VOICE}|{WRITTEN})\b|(?:{ORAL}|{VOICE}|{WRITTEN})\s+{_SUBJECT})"
    r"[^.;!?“”‘\n]{0,70}\.\s*"
)


def words_of(lead: str) -> bool:
    """Whether ``lead`` ends like “in his words” or “these words:”."""
    return _WORDS_OF.search(lead) is not None


def introduced(context: Context) -> bool:
    """Whether what precedes leads directly to somebody's words: “he wrote:”."""
    lead = context.lead[-NEAR:]
    return bool(
        _VOICES.search(lead)
        or _WORDS_OF.search(lead)
        or (lead[-1:] in ",:" and (_ORAL_BEFORE.search(lead) or _VOICE_BEFORE.search(lead)))
        or _WRITTEN_BEFORE.search(lead)
    )


def attributed(context: Context) -> bool:
    """Whether somebody is named as the speaker: “according to X”, “X said that”, or after the quotation."""
    lead, after = context.lead[-NEAR:], context.after
    if (_LEADING.search(lead) and _ATTRIBUTED.search(lead)) or _IN_WORDS.search(lead):
        return True
    if not _is_attached(context):
        return False
    return bool(_ORAL_AFTER.match(after) or _VOICE_AFTER.match(after) or _WRITTEN_AFTER.match(after))


def cited_after(context: Context) -> bool:
    """Whether a bibliographic reference follows."""
    return _CITED_AFTER.match(context.after) is not None


def _is_attached(context: Context) -> bool:
    """Whether what follows may be “said X”."""
    return context.inner[-1:] in ",?!" or context.after[:1] == ","


def speech_verb(context: Context) -> tuple[Manner, bool] | None:
    """How the words are introduced, and whether the verb is in the present (so one cites a text)."""
    lead, after = context.lead[-NEAR:], context.after
    attached = _is_attached(context)
    direct = lead[-1:] == ":" or not _THAT.search(lead)
    if _VOICES.search(lead):
        return "oral", False
    oral = (direct and _ORAL_BEFORE.search(lead)) or (attached and _ORAL_AFTER.match(after))
    if (
        _WRITTEN_BEFORE.search(lead)
        or (attached and _WRITTEN_AFTER.match(after))
        or _DOCUMENT_LEAD.search(lead)
    ):
        return "written", oral is not None
    if oral:
        return "oral", _PRESENT.search(oral[0]) is not None
    voice = direct and (_VOICE_BEFORE.search(lead) or _COLON_NAME.search(lead))
    voice = voice or (attached and _VOICE_AFTER.match(after))
    if not voice:
        return None
    if context.inner[:1].islower() and not attached:
        # The sentence goes on with words of another's: so one cites.
        return "fragment", False
    return "voice", _PRESENT.search(voice[0]) is not None


def continues(first: Context, second: Context) -> bool:
    """Whether ``second`` takes up ``first`` again after its attribution: “This,” says he, “is true”."""
    if first.quotation.depth != second.quotation.depth or first.block or second.block:
        return False
    gap = first.text[first.quotation.end : second.quotation.start]
    if len(gap) > 120 or first.quotation.end > second.quotation.start:
        return False
    dash = "\n" not in gap and len(gap) < 80 and re.fullmatch(r"\s*—[^“”]*—\s*", gap) is not None
    return dash or (_BETWEEN.match(gap) is not None and (first.inner[-1:] in ",—–" or gap[:1] == ","))


def resumes(first: Context, second: Context) -> bool:
    """Whether the speaker goes on in a new sentence: “Is it so?” he asked. “I doubt it”."""
    if first.quotation.depth != second.quotation.depth or first.block or second.block:
        return False
    if first.quotation.end > second.quotation.start:
        return False
    gap = first.text[first.quotation.end : second.quotation.start]
    return len(gap) < 100 and _RESUMED.fullmatch(gap) is not None and second.inner[:1].isupper()
