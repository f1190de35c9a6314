"""The sentence around a quotation: does it say that somebody speaks, or writes?

All patterns are for shapes: one letter stands for a word (see :mod:`tei.quotations.wording`).
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from tei.quotations.context import Context
from tei.quotations.wording import TOKEN, shape

Manner = Literal["oral", "voice", "written", "fragment"]
"""Words spoken, words spoken or written, words written, words worked into a sentence."""


class Evidence(NamedTuple):
    """What the sentence tells of a quotation.

    ``introduced``: it leads directly to somebody's words (“he wrote:”); ``attributed``: somebody is named for
    them (“according to X”, “X said that”, or after the quotation). ``manner`` says how they are introduced;
    ``present``: by a verb in the present, so that a text is cited.
    """

    introduced: bool = False
    attributed: bool = False
    manner: Manner | None = None
    present: bool = False


_NOTHING: Final = Evidence()

# After “the”, “his”, “in” … it is a noun (“the answer”); after “is” a passive (“are added”).
_NO_NOUN: Final = "(?<![dlnjfis])"
_ORAL: Final = f"{_NO_NOUN}(?:[Oo]|[SC]u)"
_VOICE: Final = f"{_NO_NOUN}(?<!B)(?:[VvQ]|Sf|CF|(?<=[eI])E)"
_WRITTEN: Final = "(?:W|r(?=:))"
_VERB: Final = f"(?:{_NO_NOUN}(?:[OoVvQ]|S[fu]|C[uF])|{_WRITTEN})"
_SUBJECT: Final = "(?:[heI]|d?N+)[yA]*"
_TURNED: Final = "(?:[heI]|d?N|dw)"
# No “that” in between, unless it is “at that time”.
_DIRECT: Final = r"(?:[^.:;!?“”t]|(?<=[pbif])t){0,14}[,:]\.{0,3}$"
_HINT: Final = re.compile("[OoVvQWrSCZxgDTUPE]|N:")
_ORAL_BEFORE: Final = re.compile(rf"{_ORAL}(?:{_DIRECT}|$)")
_VOICE_BEFORE: Final = re.compile(rf"{_VOICE}{_DIRECT}")
_WRITTEN_BEFORE: Final = re.compile(rf"{_WRITTEN}[^.;!?“”]{{0,14}}$")
_VOICES: Final = re.compile(r"g[^.:;“”]{0,8}:$")
_WORDS_OF: Final = re.compile(r"(?:(?:[snjl’]w?|[ipb]d)x[,:]?|x:)$")
_IN_WORDS: Final = re.compile(r"i[nj]w?x,[^,.;:“”]{0,6}$")
_COLON_NAME: Final = re.compile(r"(?:^|[.!?)”])\W*d?N+(?:\([^()]*\))?:$")
_AFTER: Final = re.compile(
    rf"[,—–]*(?:{_SUBJECT}(?:(?P<oral>{_ORAL})|(?P<voice>{_VOICE})|{_WRITTEN})"
    rf"|(?:(?P<oral_first>{_ORAL})|(?P<voice_first>{_VOICE})|{_WRITTEN})u?{_TURNED})"
)
_ATTRIBUTED: Final = re.compile(
    rf"(?:(?:Zp|idxf|Q)d?N+[^.;“”]{{0,10}}|sw?x\W*|{_SUBJECT}{_VERB}[^.;:“”]{{0,12}}[t,:]\W*)$"
)
_DOCUMENT: Final = re.compile(r"(?:[DTU][^.;!?“”]{0,16}|P\.?0[^;“”]{0,12})$")
_CREDITED: Final = re.compile(r"[,.]?\(a?d?N+(?:sx|C|\))")
_CITED_AFTER: Final = re.compile(
    r"[\s,.;]*(?:—\s*[Ii]bid|[(\[]\s*(?:pp?\.|[Vv]ol|[Ss]ee|[Ii]bid|[A-Z][\w. ]+,\s|\d{4}|[Cc]f\."
    r"|(?:[A-Z]\w+\s){1,4}\d))"
)
_SAYS: Final = f"(?:{_SUBJECT}{_VERB}|{_VERB}u?{_TURNED})[^.;!?“”‘]{{0,14}}"
_BETWEEN: Final = re.compile(rf"[,—–]*{_SAYS}[,:—–.]$")


def evidence(context: Context) -> Evidence:
    """What the words before and after a quotation tell of it."""
    lead = context.lead_shape
    attached = context.inner[-1:] in ",?!" or context.after[:1] == ","
    bracket = context.after[:3].lstrip(",. ")[:1] == "("
    after = context.after_shape if attached or bracket else ""
    if not after and not _HINT.search(lead):
        return _NOTHING
    said = _AFTER.match(after)
    # A verb before the words, or one after them.
    oral = _ORAL_BEFORE.search(lead)
    voice = _VOICE_BEFORE.search(lead) if lead[-1:] in ",:." else None
    written = _WRITTEN_BEFORE.search(lead)
    voices = _VOICES.search(lead)
    introduced = bool(oral or voice or written or voices or _WORDS_OF.search(lead))
    attributed = bool(said or _CREDITED.match(after) or _ATTRIBUTED.search(lead) or _IN_WORDS.search(lead))
    spoken = said and (said["oral"] or said["oral_first"])
    voiced = said and (said["voice"] or said["voice_first"])
    manner: Manner | None = None
    present = False
    if voices:
        manner = "oral"
    elif written or (said and not spoken and not voiced):
        manner, present = "written", bool(oral or spoken)
    elif oral or spoken:
        manner, present = "oral", "o" in (oral[0] if oral else spoken or "")
    elif _DOCUMENT.search(lead):
        manner = "written"
    elif voice or voiced or (lead[-1:] == ":" and _COLON_NAME.search(lead)):
        # Where the sentence goes on with words of another's, one cites.
        manner = "fragment" if context.inner[:1].islower() and not attached else "voice"
        present = manner == "voice" and "v" in (voice[0] if voice else voiced or "")
    return Evidence(introduced, attributed, manner, present)


def words_of(shape_before: str) -> bool:
    """Whether a lead of this shape ends like “in his words” or “these words:”."""
    return _WORDS_OF.search(shape_before) is not None


def cited_after(context: Context) -> bool:
    """Whether a bibliographic reference follows."""
    return _CITED_AFTER.match(context.after) is not None


def continues(first: Context, second: Context) -> bool:
    """Whether ``second`` takes up ``first`` again after its attribution: “This,” says he, “is true”."""
    gap = _gap(first, second)
    if len(gap) < 80 and gap.count("—") > 1 and re.fullmatch(r"\s*—[^“”]*—\s*", gap):
        return True
    tied = first.inner[-1:] in ",—–" or gap[:1] == ","
    return tied and gap.rstrip()[-1:] != "." and _is_between(gap)


def resumes(first: Context, second: Context) -> bool:
    """Whether the speaker goes on in a new sentence: “Is it so?” he asked. “I doubt it”."""
    gap = _gap(first, second)
    return gap.rstrip()[-1:] == "." and second.inner[:1].isupper() and _is_between(gap)


def _is_between(gap: str) -> bool:
    """Whether all that stands between two quotations is “said he”."""
    return _BETWEEN.match(shape(TOKEN.findall(gap))) is not None


def _gap(first: Context, second: Context) -> str:
    """What stands between two quotations of one paragraph that may be one; nothing if they may not."""
    start, end = first.quotation.end, second.quotation.start
    if not start <= end < start + 120 or first.quotation.depth != second.quotation.depth:
        return ""
    if first.block or second.block:
        return ""
    gap = first.text[start:end]
    return "" if "\n" in gap else gap
