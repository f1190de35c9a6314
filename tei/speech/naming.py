"""Names of speakers as labels print them: what can be one, in what letters, and the id made of it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GROUPS: Final = re.compile(r"[(\[]((?:[^()\[\]]|\([^()\[\]]*\))*)[)\]]")
_STAGE: Final = re.compile(r"_[^_]*_")
_GLUED_TITLE: Final = re.compile(r"^(Mr|Mrs|Ms|Dr|Prof|HON|Hon)\.(?=\w)")
_NUMBER: Final = re.compile(r"#?\d{1,3}|[A-Z]")
_ROMAN: Final = re.compile(r"[IVXLCDM]+")
_CODE: Final = re.compile(r"[A-Z]{1,3}\d{1,2}")
_SPACE: Final = re.compile(r"\s+")

_TITLES: Final = _words(
    """
    mr mrs ms miss messrs dr prof professor sir lord lady dame hon honourable honorable rev reverend
    adv advocate sen senator rep representative gen general admiral adm col colonel capt captain maj
    major lt sgt judge justice deputy delegate comrade chairman chairwoman chairperson chair president
    vice-president secretary minister speaker premier governor ambassador councillor councilman
    councilwoman alderman mayor director commissioner attorney king queen prince princess duke father
    mother brother sister uncle aunt präsident präsidentin vizepräsident vizepräsidentin
    alterspräsident herr frau abg abgeordneter abgeordnete bundeskanzler bundeskanzlerin bundesrat
    bundesminister bundesministerin staatsminister staatsministerin staatssekretär staatssekretärin
    minister ministerin m mm mme mlle monsieur madame président présidente ministre hon honorable
    député députée sénateur sénatrice rapporteur rapporteure général capitaine sr sra srs señor señora
    presidente presidenta vicepresidente vicepresidenta ministro ministra diputado diputada senador
    senadora deputado deputada relator relatora onorevole signor signora deputato deputata senatore
    senatrice ministra mnr mev mnre voorzitter heer mevrouw staatssecretaris thiru thirumathi tmt smt
    shri тов товарищ председатель председательствующий депутат министр президент г-н г-жа головуючий
    poseł posłanka marszałek wicemarszałek prezydent przewodniczący przewodnicząca pan pani sekretarz
    prezes poslanec poslankyně předseda předsedkyně místopředseda ministr ministryně başkan sayın
    руководитель заместитель фракция talman talmannen statsrådet president presidenten domnul doamna elnök
    """
)
# After these comes a name, never an office.
_MR: Final = _words(
    """
    mr mrs ms miss dr prof sir lord lady dame hon m mm mme mlle monsieur madame sr sra señor señora herr frau
    signor signora mnr mev mevrouw тов
    """
)
_ROLES: Final = _words(
    """
    court jury juror jurors witness defendant clerk interpreter reporter reporters questioner
    moderator host interviewer interviewee audience crowd chorus narrator announcer operator
    member members voice voices speaker president chairman chair chairperson secretary participant
    participants panellist panelist caller student teacher all both everyone many several plaintiff
    bailiff officer foreperson foreman delegates deputies whip interlocutor translator unidentified
    unknown male female man woman chief bystander aide staff moderador moderadora moderateur modérateur
    moderatorin ведущий journaliste journalist periodista zuruf głos głosy hlas alle tous todos tutti все
    """
)
# What stands for a speaker if nothing stands beside it ("Question 5:" is a heading).
_BY_ITSELF: Final = _words(
    """
    question answer pregunta respuesta pergunta resposta frage antwort domanda risposta réponse vraag
    antwoord pytanie odpowiedź вопрос ответ
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
    of the and von van de der den di da del della du la le les des do dos das y e et i al el bin ibn ter
    ten zu zum zur und un une una uno ein eine pro tempore arap a an o mc o' & + 's d' l' vel
    """
)
_WITH_A_ROLE: Final = _words(
    """
    for in on to at from with off elect designate für im très diplômé adjoint adjointe behalf group au
    nom nome nombre namen namens groupe gruppo grupo fraktion fractie skupiny schriftlich writing
    écrit escrito por par iscritto schriftelijk government opposition
    """
)
_ARTICLES: Final = _words(
    "the a an le la les un une l' il lo gli i el los las una der die das ein eine o os as"
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
    parameters parameter returns return usage description output input default type pros cons benefits
    features requirements status priority duration cost size version license licence genre format isbn
    ingredients directions difficulty objective objectives problem solution background context purpose
    scope method methods findings discussion recommendation recommendations deadline attendees apologies
    absent action actions decision decisions remark remarks definition theorem proof lemma
    szene scène scena escena sahne préface
    """
)


class Shape(NamedTuple):
    """How a name is printed.

    ``caps``: in capitals; ``personal``: with a title, an office, a party or the like; ``vague``: an article
    and words in small letters ("The old man"), which is a name only if it comes back.
    """

    caps: bool
    personal: bool
    vague: bool = False


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """A name as an XML id: small letters of ASCII, digits and hyphens; it begins with a letter."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ı", "i"))
    words = "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    ).split()
    ascii_words = ["".join(c if c.isascii() else f"u{ord(c):x}" for c in word) for word in words]
    joined = "-".join(ascii_words)
    return joined if joined[:1].isalpha() else f"speaker-{joined}".rstrip("-")


@lru_cache(maxsize=4096)
def cleaned(printed: str) -> str:
    """The speaker's name: of "The Minister (Mr. Roe)" Mr. Roe, of "Jane Roe (Green), Minister" Jane Roe."""
    for group in _GROUPS.findall(printed):
        first = group.split()[:1]
        if first and _bare(first[0]) in _MR and len(group.split()) > 1:
            return _SPACE.sub(" ", group).strip()
    words = _spelled(_base(printed).split(",")[0])
    while len(words) > 1 and words[-1].casefold() in _MANNERS:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=4096)
def shape(printed: str) -> Shape | None:
    """How the words of a label are printed; ``None`` if they are no name."""
    groups = _GROUPS.findall(printed)
    base, _, office = _base(printed).partition(",")
    words = _spelled(base)
    if not words or len(words) > 9 or _bare(words[0]) in _NO_SPEAKER:
        return None
    if len(words) == 1 and _ROMAN.fullmatch(words[0].strip(".")):
        return None
    if len(words) == 1 and _CODE.fullmatch(words[0]):
        return Shape(caps=True, personal=False)  # "P1", a participant
    titled = any(map(_is_office, words)) or (len(words) == 1 and _bare(words[0]) in _BY_ITSELF)
    manner = False
    while len(words) > 1 and words[-1].casefold() in _MANNERS:
        words.pop()
        manner = True
    if titled and len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        words.pop()  # "Speaker 1"
    if _sentence_ends(words) or (office.strip() and not _names_office(office)):
        return None
    classes = [_word_class(word, titled=titled) for word in words]
    if "other" in classes:
        return _vague(words)
    if not {"caps", "name"} & set(classes):
        return None
    caps = "caps" in classes and _capitals_lead(words, classes)
    return Shape(caps, titled or manner or bool(groups) or bool(office.strip()))


def is_emphasised_name(printed: str) -> bool:
    """Whether words set off by asterisks or underscores can be a name: in small letters, or a single one."""
    words = _spelled(_base(printed).partition(",")[0])
    return (
        0 < len(words) <= 5
        and _bare(words[0]) not in _NO_SPEAKER
        and words[0][0].isupper()
        and all(char.isalpha() or char in ".'’-&" for word in words for char in word)
        and not _sentence_ends(words)
    )


def _base(printed: str) -> str:
    """A label without what stands in brackets, and without a stage direction in italics."""
    return _GROUPS.sub(" ", _STAGE.sub(" ", printed) if printed.count("_") > 1 else printed)


def _spelled(base: str) -> list[str]:
    """The words of a name."""
    plain = _SPACE.sub(" ", base).strip()
    return _GLUED_TITLE.sub(r"\1. ", plain).split(" ") if plain else []


def _vague(words: list[str]) -> Shape | None:
    """An article with words in small letters, which may be someone in a play ("The old man")."""
    if not 1 < len(words) <= 4 or words[0].casefold() not in _ARTICLES:
        return None
    plain = all(all(char.isalpha() or char in "'’-." for char in word) for word in words)
    return Shape(caps=False, personal=False, vague=True) if plain else None


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'").strip(".,'")


def _is_title(word: str) -> bool:
    bare = _bare(word)
    return (bare.partition("'")[2] or bare) in _TITLES  # "L'hon."


def _is_office(word: str) -> bool:
    return _is_title(word) or _bare(word) in _ROLES


def _names_office(words: str) -> bool:
    """Whether what follows a name and a comma is an office ("Minister for Trade"), not more of a sentence."""
    parts = words.replace(",", " ").split()
    if len(parts) > 9 or any(char.isdigit() for char in words):
        return False
    return any(map(_is_office, parts[:3])) or all(
        part[0].isupper() or _bare(part) in _PARTICLES or _bare(part) in _WITH_A_ROLE for part in parts
    )


def _sentence_ends(words: list[str]) -> bool:
    """Whether a sentence ends before the last word ("JONES. Oh"): a point after more than an abbreviation."""
    return any(
        word.endswith(".")
        and ("." in word[-2:-1] or (len(_bare(word)) > 3 and "." not in word[:-1] and not _is_title(word)))
        for word in words[:-1]
    )


def _word_class(word: str, *, titled: bool) -> str:
    """``caps``, ``name`` (capitalised), ``link`` (title, initial, particle) or ``other``."""
    bare = _bare(word)
    letters = [char for char in word if char.isalpha()]
    if word in {"&", "+"}:
        return "link"
    if not letters or any(char.isdigit() for char in word):
        return "other"
    if len(letters) > 1 and all(char.isupper() for char in letters) and "." not in word.rstrip("."):
        return "caps"
    if bare in _PARTICLES or (titled and bare in _WITH_A_ROLE):
        return "link"
    if word[0].isupper() or _is_office(word):
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
