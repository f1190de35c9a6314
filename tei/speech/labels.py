"""The shapes in which transcripts and plays print who speaks.

A *label* is what stands at the start of a line before the words: "MR. SMITH:", "Jane Roe (Green):",
"**Ann:**", "Q.", "Mr. BROWN of Ohio.", "ANNA [rising]". This module only says what looks like one;
whether a text uses the shape for speakers is weighed in `tei.speech.turns`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["colon-caps", "colon-name", "colon-bold", "point-caps", "point-name", "question-answer"]


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
# Before a label may stand: indentation, a mark of quotation or of a list, tags that someone put there.
_START: Final = r"(?:(?<=[\n\r])|\A\ufeff?)[ \t]*(?:[>*-][ \t]+)?(?:<[^<>\n\r]{1,40}>[ \t]*){0,3}"
_GROUP: Final = r"(?:\([^():\[\]]{1,80}\)|\[[^():\[\]]{1,80}\])"
_COLON: Final = re.compile(
    rf"{_START}(?P<label>[{_UPPER}][^\n\r:()\[\]*_!?;“”\"]{{0,90}}(?:(?:[ \t]|\r?\n|\r)?{_GROUP}){{0,2}}"
    r"[ \t]?:)(?![^\s<\"“‘'(\[-])"
)
_BOLD: Final = re.compile(
    rf"{_START}(?P<label>(?P<mark>\*\*|__|\*)(?=[^\s*_:])[^\n\r*_:]{{1,80}}(?::(?P=mark)|(?P=mark)[ \t]?:))"
)
_QUESTION_ANSWER: Final = re.compile(rf"{_START}(?P<label>[QA](?:[.:](?=\s)|(?=[ \t]{{3,}}\S)))")
_TITLE_ABBREVIATIONS: Final = (
    "Mr|Mrs|Ms|Dr|Messrs|Hon|Rev|Prof|St|Gen|Col|Capt|Sen|Rep|MR|MRS|MS|DR|MESSRS|HON|REV|PROF|ST|GEN|COL|CAPT"
)
_POINT_CAPS: Final = re.compile(
    rf"{_START}(?P<label>(?:(?:{_TITLE_ABBREVIATIONS}|The|An?)\.?[ ]){{0,3}}(?:[{_UPPER}]\.[ ]?){{0,3}}"
    rf"[{_UPPER}][{_UPPER}'’-]+[^\n\r.:,;!?()\[\]“”\"]{{0,50}}(?:\.(?=[ \t\n\r]|--)|(?=[ \t]?[\[(])))"
)
_POINT_NAME: Final = re.compile(
    rf"[ \t]*(?P<label>(?:(?:{_TITLE_ABBREVIATIONS})\.[ ])?[{_UPPER}][\w'’-]{{1,20}}(?:[ ][{_UPPER}][\w'’-]{{1,20}}){{0,2}}\.)"
    r"(?=[ \t\n\r])"
)
_GROUPS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_GLUED_TITLE: Final = re.compile(r"^(Mr|Mrs|Ms|Dr|Prof)\.(?=\w)")
_ROMAN: Final = re.compile(r"[IVXLCDM]+")
_SPACE: Final = re.compile(r"\s+")

_TITLES: Final = frozenset(
    """mr mrs ms miss messrs dr prof professor sir lord lady dame hon honourable honorable rev reverend adv advocate
    sen senator rep representative gen general col colonel capt captain maj major lt sgt judge justice deputy delegate
    comrade chairman chairwoman chairperson chair president vice-president secretary minister speaker premier governor
    ambassador councillor councilman councilwoman alderman mayor director commissioner attorney king queen prince
    princess duke father mother brother sister uncle aunt
    präsident präsidentin vizepräsident vizepräsidentin alterspräsident herr frau abg abgeordneter abgeordnete
    bundeskanzler bundeskanzlerin bundesminister bundesministerin staatsminister staatsministerin staatssekretär
    m mm mme mlle monsieur madame président présidente ministre
    sr sra señor señora presidente presidenta onorevole
    mnr mev mnre adv voorzitter thiru thirumathi smt shri
    тов товарищ председатель депутат г-н г-жа""".split()
)
_ROLES: Final = frozenset(
    """court jury juror jurors witness defendant clerk interpreter reporter reporters question questioner answer
    moderator host interviewer interviewee audience crowd chorus narrator announcer operator member members voice
    voices speaker president chairman chair chairperson secretary participant participants panelist caller student
    teacher all both everyone many several plaintiff bailiff officer foreperson foreman delegates deputies whip
    interlocutor translator unidentified unknown male female man woman chief bystander""".split()
)
# What people are reported to do while they speak: "Smith interrupting:".
_MANNERS: Final = frozenset(
    """interrupting interjecting continuing reading shouting laughing rising replying answering resuming speaking
    aside singing whispering concluding calling cont'd continued cont""".split()
)
_PARTICLES: Final = frozenset(
    """of the and von van de der den di da del della du la le les des y e al el bin ibn ter ten zu zum zur und pro
    tempore arap a an mc o' & 's""".split()
)
_WITH_A_ROLE: Final = frozenset("for in on to at from with off elect designate für im".split())
# Words that no label of a speaker begins with.
_NO_SPEAKER: Final = frozenset(
    """by to dear note notes nb source sources copies copy date dates time place present also subject re from cc
    bcc postscript ps chapter part section sections appendix figure fig table act scene speech exhibit see example
    examples warning summary contents content title author authors contact location translation fact facts conclusion
    introduction abstract keywords references reference published publisher before after page pages vol volume
    number no item items motion ayes noes yeas nays result results total agenda minutes however therefore thus
    english french german afrikaans update correction correspondence address telephone phone email fax website url
    http https step tip hint abbreviations signed for if when where why how what which who there here this that these
    those it he she they we i you my our your his her their in on at with and but or so yes""".split()
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
    words = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)).split()
    ascii_words = ["".join(c if c.isascii() else f"u{ord(c):x}" for c in word) for word in words]
    joined = "-".join(ascii_words)
    return joined if joined[:1].isalpha() else f"speaker-{joined}".rstrip("-")


def find_labels(text: str, starts: list[int]) -> list[Label]:
    """Everything in ``text`` that is shaped like a label, in order; ``starts`` are the offsets of its paragraphs."""
    found: dict[int, Label] = {}
    for label in _all_shapes(text, starts):
        # One place has one label; the shapes are tried from the most telling to the least.
        found.setdefault(label.start, label)
    return [found[start] for start in sorted(found)]


def _all_shapes(text: str, starts: list[int]) -> Iterator[Label]:
    for match in _BOLD.finditer(text):
        label = match["label"]
        name = _clean(label.replace(match["mark"], "").rstrip(" \t:").rstrip())
        shape = _shape(name)
        if shape is not None:
            yield _label(text, match, name, "colon-bold", personal=shape[1])
    for match in _QUESTION_ANSWER.finditer(text):
        yield _label(text, match, match["label"][0], "question-answer", personal=True)
    for match in _COLON.finditer(text):
        printed = match["label"][:-1]
        shape = _shape(printed)
        if shape is not None:
            caps, personal = shape
            kind: Kind = "colon-caps" if caps else "colon-name"
            yield _label(text, match, _clean(printed), kind, personal=personal)
    for match in _POINT_CAPS.finditer(text):
        printed = match["label"].rstrip()
        stage = not printed.endswith(".")
        shape = _shape(printed.removesuffix("."))
        if shape is not None and shape[0]:
            name = _clean(printed.removesuffix("."))
            yield _label(text, match, name, "point-caps", personal=shape[1], stage=stage)
    for start in starts:
        point = _POINT_NAME.match(text, start)
        if point is not None:
            shape = _shape(point["label"][:-1])
            if shape is not None and not shape[0]:
                yield _label(text, point, _clean(point["label"][:-1]), "point-name", personal=shape[1])


def _label(
    text: str, match: re.Match[str], name: str, kind: Kind, *, personal: bool, stage: bool = False
) -> Label:
    start = match.start("label")
    end = start + len(match["label"].rstrip())
    return Label(
        start=start,
        end=end,
        name=name,
        key=slug(name),
        kind=kind,
        alone=not _rest_of_line(text, end).strip("*_ \t"),
        personal=personal,
        line_start=match.start(),
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


def _shape(printed: str) -> tuple[bool, bool] | None:
    """Whether words look like a name: (in capitals, with a title, office or party); ``None`` if they do not."""
    groups = _GROUPS.findall(printed)
    base, _, office = _GROUPS.sub(" ", printed).partition(",")
    words = _GLUED_TITLE.sub(r"\1. ", base.strip()).split()
    if not words or len(words) > 9 or len(office.split()) > 9:
        return None
    if _bare(words[0]) in _NO_SPEAKER or (len(words) == 1 and _ROMAN.fullmatch(words[0].strip("."))):
        return None
    titled = any(_bare(word) in _TITLES or _bare(word) in _ROLES for word in words)
    manner = False
    while len(words) > 1 and words[-1].casefold() in _MANNERS:
        words.pop()
        manner = True
    classes = [_word_class(word, titled=titled) for word in words]
    if "other" in classes or not {"caps", "name"} & set(classes):
        return None
    caps = "caps" in classes and _capitals_lead(words, classes)
    return caps, titled or manner or bool(groups) or bool(office.strip())


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
    """Whether the name itself is in capitals: "Mr. BROWN of Ohio" is, "Anna BROWN" and "Mr. Smith of the UN" not."""
    for word, kind in zip(words, classes, strict=True):
        if kind == "caps":
            return True
        if kind == "name" and _bare(word) not in _TITLES and _bare(word) not in _ROLES:
            return False
    return False
