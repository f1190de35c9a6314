"""The shapes in which transcripts and plays print who speaks.

A *label* is what stands at the start of a line before the words: "MR. SMITH:", "Jane Roe (Green):",
"**Ann:**", "Q.", "Mr. BROWN of Ohio.", "ANNA [rising]", "Mr ROE -". This module only says what looks like
one; whether a text uses the shape for speakers is weighed in `tei.speech.turns`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from tei.speech.naming import Shape, cleaned, is_emphasised_name, shape, slug

Kind = Literal[
    "colon-caps",
    "colon-name",
    "colon-bold",
    "colon-bracket",
    "dash-caps",
    "dash-name",
    "point-caps",
    "point-name",
    "point-bold",
    "plain-caps",
    "plain-bold",
    "plain-name",
    "question-answer",
]


def _upper_case() -> str:
    """The capitals of the Latin, Greek and Cyrillic scripts, as ranges for a character class."""
    ranges: list[list[int]] = []
    for code in range(0x41, 0x530):
        if chr(code).isupper():
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" if last > first else chr(first) for first, last in ranges)


_UPPER: Final = _upper_case()
_ABBREVIATIONS: Final = re.compile(
    r"mr|mrs|ms|messrs|dr|hon|rev|prof|st|gen|col|capt|sen|rep|nos?|vol|art|mm|mme|sr|sra|nr", re.IGNORECASE
)
_LINE: Final = re.compile(r"[\n\r]+|\A")
# A blank that ends no line, be it a no-break space or a tab.
_BLANK: Final = r"[^\S\n\r]"
_TIME: Final = r"\d\d?:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
# Before a label may stand: the number of the line in a court's transcript, indentation, a mark of quotation,
# of a list or of another voice in captions (">>"), tags and times.
_PREFIX: Final = re.compile(
    rf"\ufeff?{_BLANK}*(?:\d\d?{_BLANK}{{2,}})?(?:(?:>{{1,3}}|[*-]){_BLANK}+|>>)?"
    rf"(?:(?:<[^<>\n\r]{{1,40}}>|\\?[\[(]{_TIME}\\?[\])]|{_TIME}(?={_BLANK})){_BLANK}*){{0,3}}"
)
# The time of a turn, where nothing else stands behind the label.
_TIME_BEHIND: Final = re.compile(rf"{_BLANK}*\\?[\[(]?{_TIME}\\?[\])]?(?={_BLANK}*(?:[\n\r]|\Z))")
_TIME_BEFORE: Final = re.compile(_TIME)
_WORDS_BELOW: Final = re.compile(rf"{_BLANK}*[\n\r]\s{{0,40}}(?!{_TIME})\S")
_NESTED: Final = r"(?:[^()\[\]:]|\([^():\[\]]{0,80}\))"
_GROUP: Final = rf"(?:\((?:{_NESTED}{{1,240}}|{_TIME})\)|\[[^():\[\]]{{1,80}}\])"
_NAME: Final = r"[^\n\r:()\[\]*_!?;“”\"]"
_COLON: Final = re.compile(
    rf"{_NAME}{{1,90}}(?:(?:{_BLANK}{{0,3}}|\r?\n|\r){_GROUP}){{0,2}}{_BLANK}?:(?![^\s<\"“‘'(\[«„–—{_UPPER}-])"
)
_DASH: Final = re.compile(
    rf"[^\n\r:()\[\]*_!?;“”\"–—]{{1,90}}?(?:{_BLANK}{{0,3}}{_GROUP}){{0,2}}"
    rf"(?:,[^\n\r.:;!?–—]{{1,80}})?{_BLANK}{{0,3}}\.?{_BLANK}{{0,3}}"
    rf"(?<!\w)(?:[–—-]|--)(?:(?=\s)|(?<=[ ]-)(?=[{_UPPER}]))"
)
_ANY_DASH: Final = re.compile(r"[–—-](?=\s)|[ ]-")
_BRACKETED: Final = re.compile(r"\[([^\[\]\n\r:]{1,60})(?:\][^\S\n\r]?:|:\])(?=\s)")
_BOLD: Final = re.compile(
    rf"(\*\*|__|\*|_)(?=[^\s*_:])(?P<name>[^\n\r*_:()]{{1,80}}(?:\([^():*_]{{1,160}}\))?)"
    rf"(?:(?P<colon>:\1|\1{_BLANK}?:)|(?P<point>\.\1(?=\s))|\1(?={_BLANK}*(?:[\[(]{_TIME}[\])])?{_BLANK}*[\n\r]))"
)
# One letter: "Q." and "A.", "P:" and "R:" (pregunta, respuesta), or initials.
_LETTER: Final = re.compile(
    rf"[QA]\.(?=\s)|Q(?={_BLANK}+\S)|A(?={_BLANK}{{3,}}\S)|[{_UPPER}](?::(?=\s)|{_BLANK}[–—-](?=\s))"
)
_TITLE: Final = "Mr|Mrs|Ms|Dr|Messrs|Hon|Rev|Prof|St|Gen|Col|Capt|Sen|Rep|Sra?|Sres|Abg|Dep"
_ARTICLE: Final = "The|An?|El|L[aeo]s?|Il|O|De[rn]?|Die|Das"
_ABBREVIATED: Final = f"{_TITLE}|{_TITLE.upper()}"
_OFFICE: Final = r",[ ][^\n\r.:;!?]{1,120}"
_POINT_CAPS: Final = re.compile(
    rf"(?:(?:{_ABBREVIATED}|Mme|MM?|{_ARTICLE})\.?[ ]){{0,3}}(?:[{_UPPER}]\.[ ]?){{0,3}}"
    rf"[{_UPPER}][{_UPPER}'’-]{{1,40}}(?:"
    # Initials behind the name, and the office on the rest of the line: "ROE J. J., chairman of the club."
    rf"(?P<initials>(?:[ ][{_UPPER}]\.){{1,3}})"
    rf"(?:(?P<office>{_OFFICE}(?:(?:\r?\n|\r)[^\n\r.:;!?]{{1,120}}){{0,3}}\.)(?={_BLANK}*[\n\r])|(?=\s))"
    rf"|[^\n\r.:,;!?()\[\]“”\"_]{{0,50}}"
    rf"(?:(?:[ ]?\([{_UPPER}][{_UPPER}/ –-]{{1,30}}\)|,?[ ]_[^_\n\r]{{1,80}}_)?\.(?=[ \t\n\r]|--|[–—])"
    rf"|(?=[ \t]?[\[(])))"
)
_POINT_NAME: Final = re.compile(
    rf"(?:(?:{_ARTICLE})[ ])?(?:(?:{_ABBREVIATED}|Mme|MM?)\.?[ ])?"
    rf"(?:l[ea][ ][^\W\d_]{{4,20}}|[{_UPPER}][\w'’-]{{1,20}})"
    rf"(?:[ ](?:[{_UPPER}][\w'’-]{{1,20}}|[{_UPPER}]\.|of|de|du|von|van|la)){{0,3}}"
    rf"(?:[ ]?\([^()\[\]]{{1,160}}\)|{_OFFICE})?\.(?=[ \t\n\r]|--|[–—])"
)
_PLAIN_CAPS: Final = re.compile(
    rf"[{_UPPER}][^\n\r:;!?()\[\]*_“”\"]{{1,40}}(?:[ ]\([^()\n\r]{{1,30}}\))?"
    rf"(?={_BLANK}*(?:\r\n?|\n){_BLANK}*\S)"
)
_PLAIN_NAME: Final = re.compile(
    rf"[{_UPPER}][^\n\r:;,!?()\[\]*_“”\"<>\d]{{1,40}}(?:\d{{1,2}}(?={_BLANK}))?(?={_BLANK}|[\n\r])(?<![.])"
)


@dataclass(frozen=True, slots=True)
class Label:
    """Something that looks like a label: ``text[start:end]``, mark or colon included.

    ``name`` is the speaker as printed there, without marks, parties and the like; ``key`` the same for
    comparison. ``alone`` means that nothing follows on the line, ``personal`` that it holds a title, an
    office or a party, ``stage`` that a stage direction stands for the mark, ``vague`` that it is a name only
    if it comes back often. ``line_start`` is where its line begins.
    """

    start: int
    end: int
    name: str
    key: str
    kind: Kind
    alone: bool
    personal: bool
    line_start: int
    stage: bool = False
    vague: bool = False

    @property
    def mark(self) -> str:
        """What ends the label: "colon", "dash", "point", "plain" (nothing) or "question"."""
        return self.kind.partition("-")[0]


def find_labels(text: str, starts: list[int]) -> list[Label]:
    """Everything in ``text`` that is shaped like a label, in order.

    ``starts`` are the offsets of its paragraphs.
    """
    paragraphs = set(starts)
    lines = sorted({match.end() for match in _LINE.finditer(text)} | paragraphs)
    found: list[Label] = []
    end = 0
    for line_start in lines:
        prefix = _PREFIX.match(text, line_start)
        start = prefix.end() if prefix is not None else line_start
        if start >= len(text) or start < end:
            continue
        initial = text[start]
        label: Label | None = None
        if initial in "*_" or text[line_start:start].endswith("* "):
            label = _bold(text, line_start, start)
        elif initial == "[":
            label = _bracketed(text, line_start, start)
        elif initial.isupper():
            indented = start - line_start >= 2
            label = (
                _letter(text, line_start, start)
                or _with_colon(text, line_start, start)
                or _with_dash(text, line_start, start)
                or _with_point(text, line_start, start, mixed=line_start in paragraphs or indented)
                or _plain(text, line_start, start)
            )
        if label is not None:
            found.append(label)
            end = label.end
    return found


def _bold(text: str, line_start: int, start: int) -> Label | None:
    match = _BOLD.match(text, start)
    if match is None:
        return None
    printed = match["name"].rstrip()
    look = shape(printed)
    if look is None and is_emphasised_name(printed):
        look = Shape(caps=False, personal=False, vague=len(printed) > 1)
    kind: Kind = "colon-bold" if match["colon"] else "point-bold" if match["point"] else "plain-bold"
    return look and _label(text, match, line_start, cleaned(printed), kind, look)


def _bracketed(text: str, line_start: int, start: int) -> Label | None:
    match = _BRACKETED.match(text, start)
    look = match and shape(match[1])
    if match is None or look is None:
        return None
    return _label(text, match, line_start, cleaned(match[1]), "colon-bracket", look)


def _letter(text: str, line_start: int, start: int) -> Label | None:
    match = _LETTER.match(text, start)
    if match is None:
        return None
    return _label(text, match, line_start, text[start], "question-answer", Shape(caps=True, personal=True))


def _with_colon(text: str, line_start: int, start: int) -> Label | None:
    match = _COLON.match(text, start)
    look = match and shape(match.group()[:-1])
    if match is None or look is None:
        return None
    kind: Kind = "colon-caps" if look.caps else "colon-name"
    return _label(text, match, line_start, cleaned(match.group()[:-1]), kind, look)


def _with_dash(text: str, line_start: int, start: int) -> Label | None:
    match = _DASH.match(text, start) if _ANY_DASH.search(text, start, start + 400) else None
    if match is None:
        return None
    printed = match.group().rstrip("–—- ").rstrip().removesuffix(".").rstrip()
    look = shape(printed)
    if look is None or look.vague:
        return None
    kind: Kind = "dash-caps" if look.caps else "dash-name"
    return _label(text, match, line_start, cleaned(printed), kind, look)


def _with_point(text: str, line_start: int, start: int, *, mixed: bool) -> Label | None:
    """A label in capitals before a full stop or stage direction; if ``mixed``, one in small letters too."""
    match = _POINT_CAPS.match(text, start)
    if match is not None:
        printed = match.group().rstrip()
        # An office on the rest of the line is no part of the name.
        name = printed.removesuffix(match["office"] or ("" if match["initials"] else "."))
        look = shape(name)
        if look is not None and look.caps:
            name = cleaned(name)
            stage = not printed.endswith(".")
            return _label(text, match, line_start, name, "point-caps", look, stage=stage)
    match = _POINT_NAME.match(text, start) if mixed else None
    if match is None:
        return None
    printed = match.group()[:-1]
    look = shape(printed)
    if look is None or look.caps:
        return None
    name = cleaned(printed)
    if _ABBREVIATIONS.fullmatch(name.split()[-1]):
        return None  # "Mr. | Smith", "Question No. | 5"
    # What stands in brackets here is a stage direction, no party.
    bare = shape(name)
    return bare and _label(text, match, line_start, name, "point-name", bare)


def _plain(text: str, line_start: int, start: int) -> Label | None:
    """A name on a line of its own, right above the words: in capitals, or with the time."""
    match = _PLAIN_CAPS.match(text, start)
    printed = match.group().rstrip() if match else ""
    if match is not None and printed.isupper() and printed[-1] not in ".,":
        look = shape(printed)
        if look is not None and look.caps:
            return _label(text, match, line_start, cleaned(printed), "plain-caps", look)
    match = _PLAIN_NAME.match(text, start)
    if match is None:
        return None
    printed = match.group().rstrip()
    before = _TIME_BEFORE.search(text, line_start, start)
    end = start + len(printed)
    # Where every line has a time, the time says nothing.
    if _TIME_BEHIND.match(text, end) is None and (before is None or not _WORDS_BELOW.match(text, end)):
        return None
    look = shape(printed)
    if look is None or look.vague:
        return None
    return _label(text, match, line_start, cleaned(printed), "plain-name", look)


def _label(
    text: str,
    match: re.Match[str],
    line_start: int,
    name: str,
    kind: Kind,
    look: Shape,
    *,
    stage: bool = False,
) -> Label:
    end = match.start() + len(match.group().rstrip())
    time = _TIME_BEHIND.match(text, end)
    end = time.end() if time else end
    return Label(
        start=match.start(),
        end=end,
        name=name,
        key=slug(name),
        kind=kind,
        alone=not _rest_of_line(text, end).strip("*_").strip(),
        personal=look.personal,
        line_start=line_start,
        stage=stage,
        vague=look.vague,
    )


def _rest_of_line(text: str, start: int) -> str:
    rest = text[start : start + 80]
    return rest.partition("\n")[0].partition("\r")[0]
