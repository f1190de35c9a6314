"""The shapes in which transcripts and plays print who speaks.

A *label* is what stands at the start of a line before the words: "MR. SMITH:", "Jane Roe (Green):",
"**Ann:**", "Q.", "Mr. BROWN of Ohio.", "ANNA [rising]". This module only says what looks like one;
whether a text uses the shape for speakers is weighed in `tei.speech.turns`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Kind = Literal["colon-caps", "colon-name", "colon-bold", "point-caps", "point-name", "question-answer"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
_ABBREVIATIONS: Final = _words(
    "mr mrs ms messrs dr hon rev prof st gen col capt sen rep no nos vol art mm mme sr sra"
)
_LINE: Final = re.compile(r"[\n\r]+|\A")
# Before a label may stand: indentation, a mark of quotation or of a list, tags or times.
_PREFIX: Final = re.compile(
    r"\ufeff?[ \t]*(?:[>*-][ \t]+)?"
    r"(?:(?:<[^<>\n\r]{1,40}>|\\?[\[(]\d\d?:\d\d(?::\d\d)?(?:\.\d+)?\\?[\])])[ \t]*){0,3}"
)
_GROUP: Final = r"(?:\((?:[^():\[\]]{1,80}|\d\d?:\d\d(?::\d\d)?)\)|\[[^():\[\]]{1,80}\])"
_COLON: Final = re.compile(
    rf"[^\n\r:()\[\]*_!?;“”\"]{{1,90}}(?:(?:[ \t]|\r?\n|\r)?{_GROUP}){{0,2}}[ \t]?:(?![^\s<\"“‘'(\[-])"
)
_BOLD: Final = re.compile(r"(\*\*|__|\*)(?=[^\s*_:])[^\n\r*_:]{1,80}(?::\1|\1[ \t]?:)")
_QUESTION_ANSWER: Final = re.compile(r"[QA](?:[.:](?=\s)|(?=[ \t]{3,}\S))")
_TITLE: Final = "Mr|Mrs|Ms|Dr|Messrs|Hon|Rev|Prof|St|Gen|Col|Capt|Sen|Rep"
_ABBREVIATED: Final = f"{_TITLE}|{_TITLE.upper()}"
_POINT_CAPS: Final = re.compile(
    rf"(?:(?:{_ABBREVIATED}|The|An?)\.?[ ]){{0,3}}(?:[{_UPPER}]\.[ ]?){{0,3}}"
    rf"[{_UPPER}][{_UPPER}'’-]+[^\n\r.:,;!?()\[\]“”\"]{{0,50}}"
    rf"(?:(?:[ ]?\([{_UPPER}][{_UPPER}/ –-]{{1,30}}\))?\.(?=[ \t\n\r]|--)|(?=[ \t]?[\[(]))"
)
_POINT_NAME: Final = re.compile(
    rf"(?:The[ ])?(?:(?:{_ABBREVIATED}|Mme|MM?)\.?[ ])?(?:l[ea][ ][^\W\d_]{{4,20}}|[{_UPPER}][\w'’-]{{1,20}})"
    rf"(?:[ ](?:[{_UPPER}][\w'’-]{{1,20}}|[{_UPPER}]\.|of|de|du|von|van|la)){{0,3}}\.(?=[ \t\n\r])"
)
_GROUPS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_GLUED_TITLE: Final = re.compile(r"^(Mr|Mrs|Ms|Dr|Prof)\.(?=\w)")
_NUMBER: Final = re.compile(r"#?\d{1,3}|[A-Z]")
_ROMAN: Final = re.compile(r"[IVXLCDM]+")
_SPACE: Final = re.compile(r"\s+")

_TITLES: Final = _words(
    """
    mr mrs ms miss messrs dr prof professor sir lord lady dame hon honourable honorable rev reverend
    adv advocate sen senator rep representative gen general admiral adm col colonel capt captain maj
    major lt sgt judge justice deputy delegate comrade chairman chairwoman chairperson chair president
    vice-president secretary minister speaker premier governor ambassador councillor councilman
    councilwoman alderman mayor director commissioner attorney king queen prince princess duke father
    mother brother sister uncle aunt präsident präsidentin vizepräsident vizepräsidentin
    alterspräsident herr frau abg abgeordneter abgeordnete bundeskanzler bundeskanzlerin
    bundesminister bundesministerin staatsminister staatsministerin staatssekretär m mm mme mlle
    monsieur madame président présidente ministre sr sra señor señora presidente presidenta onorevole
    mnr mev mnre voorzitter heer mevrouw staatssecretaris thiru thirumathi smt shri тов товарищ
    председатель депутат г-н г-жа
    """
)
_ROLES: Final = _words(
    """
    court jury juror jurors witness defendant clerk interpreter reporter reporters question questioner
    answer moderator host interviewer interviewee audience crowd chorus narrator announcer operator
    member members voice voices speaker president chairman chair chairperson secretary participant
    participants panellist panelist caller student teacher all both everyone many several plaintiff
    bailiff officer foreperson foreman delegates deputies whip interlocutor translator unidentified
    unknown male female man woman chief bystander
    """
)
# What people are reported to do while they speak: "Smith interrupting:".
_MANNERS: Final = _words(
    """
    interrupting interjecting continuing reading shouting laughing rising replying answering resuming
    speaking aside singing whispering concluding calling cont'd continued cont
    """
)
_PARTICLES: Final = _words(
    """
    of the and von van de der den di da del della du la le les des y e al el bin ibn ter ten zu zum
    zur und pro tempore arap a an mc o' & 's
    """
)
_WITH_A_ROLE: Final = _words(
    """
    for in on to at from with off elect designate für im
    """
)
# Words that no label of a speaker begins with.
_NO_SPEAKER: Final = _words(
    """
    by to dear note notes nb source sources copies copy date dates time place present also subject re
    from cc bcc postscript ps chapter part section sections appendix figure fig table act scene speech
    exhibit see example examples warning summary contents content title author authors contact
    location translation fact facts conclusion introduction abstract keywords references reference
    published publisher before after page pages vol volume number no item items motion ayes noes yeas
    nays result results total agenda minutes however therefore thus english french german afrikaans
    update correction correspondence address telephone phone email fax website url http https step tip
    hint abbreviations signed for if when where why how what which who there here this that these
    those it he she they we i you my our your his her their in on at with and but or so yes
    """
)


@dataclass(frozen=True, slots=True)
class Label:
    """Something that looks like a label: ``text[start:end]``, mark or colon included.

    ``name`` is the speaker as printed there, without marks, parties and the like; ``key`` the same for
    comparison. ``alone`` means that nothing follows on the line, ``personal`` that it holds a title, an
    office or a party. ``line_start`` is where its line begins.
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


def slug(name: str) -> str:
    """A name as an XML id: small letters of ASCII, digits and hyphens; it begins with a letter."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    words = "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    ).split()
    ascii_words = ["".join(c if c.isascii() else f"u{ord(c):x}" for c in word) for word in words]
    joined = "-".join(ascii_words)
    return joined if joined[:1].isalpha() else f"speaker-{joined}".rstrip("-")


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
        elif initial.isupper():
            indented = start - line_start >= 2
            label = (
                (_question_or_answer(text, line_start, start) if initial in "QA" else None)
                or _with_colon(text, line_start, start)
                or _with_point(text, line_start, start, mixed=line_start in paragraphs or indented)
            )
        if label is not None:
            found.append(label)
            end = label.end
    return found


def _bold(text: str, line_start: int, start: int) -> Label | None:
    match = _BOLD.match(text, start)
    if match is None:
        return None
    name = _clean(match.group().replace(match[1], "").rstrip(" \t:").rstrip())
    shape = _shape(name)
    return shape and _label(text, match, line_start, name, "colon-bold", personal=shape.personal)


def _question_or_answer(text: str, line_start: int, start: int) -> Label | None:
    match = _QUESTION_ANSWER.match(text, start)
    return match and _label(text, match, line_start, match.group()[0], "question-answer", personal=True)


def _with_colon(text: str, line_start: int, start: int) -> Label | None:
    match = _COLON.match(text, start)
    shape = match and _shape(match.group()[:-1])
    if match is None or shape is None:
        return None
    kind: Kind = "colon-caps" if shape.caps else "colon-name"
    return _label(text, match, line_start, _clean(match.group()[:-1]), kind, personal=shape.personal)


def _with_point(text: str, line_start: int, start: int, *, mixed: bool) -> Label | None:
    """A label in capitals before a full stop or stage direction; if ``mixed``, one in small letters too."""
    match = _POINT_CAPS.match(text, start)
    if match is not None:
        printed = match.group().rstrip()
        shape = _shape(printed.removesuffix("."))
        if shape is not None and shape.caps:
            name = _clean(printed.removesuffix("."))
            stage = not printed.endswith(".")
            return _label(text, match, line_start, name, "point-caps", personal=shape.personal, stage=stage)
    match = _POINT_NAME.match(text, start) if mixed else None
    shape = match and _shape(match.group()[:-1])
    if match is None or shape is None or shape.caps:
        return None
    name = _clean(match.group()[:-1])
    if _bare(name.split()[-1]) in _ABBREVIATIONS:
        return None  # "Mr. | Smith", "Question No. | 5"
    return _label(text, match, line_start, name, "point-name", personal=shape.personal)


def _label(
    text: str,
    match: re.Match[str],
    line_start: int,
    name: str,
    kind: Kind,
    *,
    personal: bool,
    stage: bool = False,
) -> Label:
    end = match.start() + len(match.group().rstrip())
    return Label(
        start=match.start(),
        end=end,
        name=name,
        key=slug(name),
        kind=kind,
        alone=not _rest_of_line(text, end).strip("*_ \t"),
        personal=personal,
        line_start=line_start,
        stage=stage,
    )


def _rest_of_line(text: str, start: int) -> str:
    return re.split(r"[\n\r]", text[start : start + 80], maxsplit=1)[0]


def _clean(printed: str) -> str:
    """The speaker's name: of "The Minister (Mr. Roe)" Mr. Roe, of "Jane Roe (Green), Minister" Jane Roe."""
    for group in _GROUPS.findall(printed):
        first = group.split()[:1]
        if first and _bare(first[0]) in _TITLES and len(group.split()) > 1:
            return _SPACE.sub(" ", group).strip()
    base = _GROUPS.sub(" ", printed)
    head = base.split(",")[0]
    words = _GLUED_TITLE.sub(r"\1. ", _SPACE.sub(" ", head).strip()).split(" ")
    while len(words) > 1 and words[-1].casefold() in _MANNERS:
        words.pop()
    return " ".join(words)


def _bare(word: str) -> str:
    return word.casefold().strip(".,'’")


class _Shape(NamedTuple):
    """How a name is printed: in capitals; with a title, an office, a party or the like."""

    caps: bool
    personal: bool


def _shape(printed: str) -> _Shape | None:
    """How the words of a label are printed; ``None`` if they are no name."""
    groups = _GROUPS.findall(printed)
    base, _, office = _GROUPS.sub(" ", printed).partition(",")
    words = _GLUED_TITLE.sub(r"\1. ", base.strip()).split()
    if not words or len(words) > 9 or _bare(words[0]) in _NO_SPEAKER:
        return None
    if len(words) == 1 and _ROMAN.fullmatch(words[0].strip(".")):
        return None
    titled = any(_is_office(word) for word in words)
    manner = False
    while len(words) > 1 and words[-1].casefold() in _MANNERS:
        words.pop()
        manner = True
    if titled and len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        words.pop()  # "Speaker 1"
    classes = [_word_class(word, titled=titled) for word in words]
    if "other" in classes or not {"caps", "name"} & set(classes) or _sentence_ends(words):
        return None
    if office.strip() and not _names_office(office):
        return None
    caps = "caps" in classes and _capitals_lead(words, classes)
    return _Shape(caps, titled or manner or bool(groups) or bool(office.strip()))


def _is_office(word: str) -> bool:
    return _bare(word) in _TITLES or _bare(word) in _ROLES


def _names_office(words: str) -> bool:
    """Whether what follows a name and a comma is an office ("Minister for Trade"), not more of a sentence."""
    parts = words.replace(",", " ").split()
    if len(parts) > 9 or any(char.isdigit() for char in words):
        return False
    return any(map(_is_office, parts)) or all(
        part[0].isupper() or _bare(part) in _PARTICLES or _bare(part) in _WITH_A_ROLE for part in parts
    )


def _sentence_ends(words: list[str]) -> bool:
    """Whether a sentence ends before the last word ("JONES. Oh"): a point after more than an abbreviation."""
    return any(
        word.endswith(".") and len(_bare(word)) > 3 and "." not in word[:-1] and _bare(word) not in _TITLES
        for word in words[:-1]
    )


def _word_class(word: str, *, titled: bool) -> str:
    """``caps``, ``name`` (capitalised), ``link`` (title, initial, particle) or ``other``."""
    bare = _bare(word)
    letters = [char for char in word if char.isalpha()]
    if not letters or any(char.isdigit() for char in word):
        return "other"
    if len(letters) > 1 and all(char.isupper() for char in letters) and "." not in word.rstrip("."):
        return "caps"
    if bare in _PARTICLES or (titled and bare in _WITH_A_ROLE):
        return "link"
    if word[0].isupper() or bare in _TITLES:
        return "link" if len(letters) == 1 or "." in word.rstrip(".") else "name"
    return "other"


def _capitals_lead(words: list[str], classes: list[str]) -> bool:
    """Whether the name itself is in capitals: "Mr. ROE of Ohio" is, "Mr. Roe of the UN" is not."""
    for word, kind in zip(words, classes, strict=True):
        if kind == "caps":
            return True
        if kind == "name" and not _is_office(word):
            return False
    return False
