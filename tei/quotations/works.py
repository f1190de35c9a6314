"""Whether what stands before hard parts is a work, and which level its title has."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from tei.quotations.cores import PRINTED, Core
from tei.quotations.fronts import GENRE, PERSONS
from tei.quotations.scopes import Part

_CAPITALS: Final = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ]")
_EVENT: Final = re.compile(
    r"\b(?:Congress|Conference|Treaty|Convention|Battle|Council|War|Peace|Meeting|Session|Exhibition|Plenum|Synod"
    r"|Revolution|Trials?)$"
)
# What else has a number.
_NUMBERED: Final = re.compile(
    r"\b(?:Room|Route|Regiment|Order|Decree|School|Block|Camp|Hospital|House|Flat|Building|Factory|Plant|Unit|Division"
    r"|Brigade|Squadron|Prison|Cell|Ward|Resolution|Directive|Circular|Paragraph|Article|Point|Rule|Law|Act|Bill|Case"
    r"|Exhibit|Document|Plan|Table|Figure|Chart|Symphony|Concerto|Sonata|Quartet|Station|Group|Commission|Sector|Enemy"
    r"|Prisoner|Chairman|Appendix|Bus|Gate|Pit|Mine|Battery|Battalion|Army|Bureau|Annex|Item|Protocol)$"
)
_EVENT_OR_OFFICE: Final = re.compile(
    r"\b(?:Conference|Treaty|Convention|Battle|Siege|Peace|Pact|Exhibition|Synod|Trials?|Congress)\b"
    r"|^(?:President|Premier|Prime Minister|Senator|General|Marshal|Secretary|Chancellor|Professor|King|Queen"
    r"|Emperor|Lord|Dr\.|Mrs?\.)(?!\w)"
)
_PERIODICAL: Final = re.compile(
    r"\b(?:Annals|Archiv|Bulletin|Cahiers|Chronicle|Daily|Gazette|Herald|Jahrbuch|Journal|Magazine|Monthly|News"
    r"|Newsletter|Post|Press|Quarterly|Review|Revue|Rivista|Times|Transactions|Tribune|Weekly|Zeitschrift|Zeitung)\b"
)
_DATED_NAME: Final = re.compile(rf"(?P<author>{PERSONS}),? (?P<date>(?:1[5-9]|20)\d\d)")
_PAIR: Final = re.compile(r"([A-ZÀ-Þ][\w’-]+) and ([A-ZÀ-Þ][\w’-]+)")
_OF_PERSON: Final = re.compile(r"\b(?:to|about|with|by|on|against|of|for|the|that|between) +$")
FREE: Final = re.compile(rf"(?:{GENRE}\b|[\w.]+ to (?:the\b|[A-ZÀ-Þ]))")
"""How the words begin that a speech or a letter is cited by: “Report of …”, “Smith to Brown”."""
_DAY: Final = re.compile(r"[A-Z][a-z]+\.? \d{1,2}, |\d [A-Z]|[a-z.] (?:1[5-9]|20)\d\d")


class Claim(NamedTuple):
    """What may be a work: the words with capitals (``name``), and what is around them.

    ``units`` are the kinds of hard parts; ``linked`` links the name to them, ``before`` is before it.
    ``titled``: there is an author, an article, or a word like “entitled”, too.
    """

    name: str
    units: frozenset[str]
    linked: str
    before: str
    titled: bool


def is_work(claim: Claim) -> bool:
    """Whether a page, a number or an imprint is of a work, not of a passage of this text or of an event."""
    if "issue" in claim.units and _NUMBERED.search(claim.name):
        return False
    if claim.units <= {"page", "chapter"}:
        # “his remarks to Smith, p. 5” is about this book.
        of_person = _OF_PERSON.search(claim.before) and " of " not in claim.name
        return claim.titled or (capitals(claim.name) > 1 and not of_person)
    if not claim.units.isdisjoint({"page", "issue"}):
        # “The Cat No. 5” is an issue; “the Board, No. 5 Main Street” has an address.
        return claim.titled or len(claim.units) > 1 or not claim.linked.strip()
    return not claim.units.isdisjoint({"imprint", "published"}) and claim.titled and " " in claim.name


def is_noted(claim: Claim) -> bool:
    """Whether, in a note, an imprint or a date makes a work of what stands before it."""
    if claim.units <= {"page", "chapter"} or ("issue" in claim.units and _NUMBERED.search(claim.name)):
        return False
    if claim.units == {"issue"}:
        return True
    if not claim.units.isdisjoint(PRINTED):
        return claim.titled or not _EVENT.search(claim.name)  # “the Second Congress (London, 1903)”
    if not claim.titled and not FREE.match(claim.name) and _EVENT_OR_OFFICE.search(claim.name):
        return False  # “The Battle of Waterloo, June 18, 1815”
    loose = not {"of", "on"}.isdisjoint(claim.linked.split())
    return not loose and ("," in claim.linked or "(" in claim.linked) and capitals(claim.name) > 1


def is_known(name: str, known: Collection[str]) -> bool:
    """Whether ``name`` is a title that is ``known``, or two of them (“Morning and Evening”)."""
    name = name.strip(" .,")
    pair = _PAIR.fullmatch(name)
    return name in known or (pair is not None and pair[1] in known and pair[2] in known)


def capitals(name: str) -> int:
    """How many words of ``name`` begin with a capital."""
    return len(_CAPITALS.findall(name))


def levelled(text: str, parts: Sequence[Part], cores: Sequence[Core], known: Collection[str]) -> list[Part]:
    """``parts`` with the level of the title that the hard parts (``cores``) belong to.

    ``@level`` is that of the TEI Guidelines, chapter 3.12.2.1: ``j`` a periodical, ``m`` a book, ``a`` an
    article, ``u`` what is not published: a speech, a letter. A name with a year is an author.
    """
    number = next((n for n in range(len(parts) - 1, -1, -1) if parts[n].name == "title"), None)
    if number is None or "level" in parts[number].attributes:
        return list(parts)
    last = parts[number]
    name = text[last.start : last.end]
    if dated := _DATED_NAME.fullmatch(name):
        # “(Smith and Brown 1950, p. 5)”
        year = Part(last.start + dated.start("date"), last.end, "date", {"when": dated["date"]})
        author = last._replace(end=last.start + dated.end("author"), name="author")
        return [*parts[:number], author, year]
    if len(parts) == 1 and cores[0].unit == "date" and " " not in name and cores[0].text.isdigit():
        return [last._replace(name="author")]  # “Smith (1950), p. 5”
    level = _level(name, parts, number, cores, known)
    pair = _PAIR.fullmatch(name)
    ends = [(last.start, last.end)]
    if level == "j" and pair and parts[0].name != "author":
        # “Morning and Evening, May 1, 1950”: two newspapers.
        ends = [(last.start + pair.start(n), last.start + pair.end(n)) for n in (1, 2)]
    titles = [last._replace(start=start, end=end, attributes={"level": level}) for start, end in ends]
    return [*parts[:number], *titles, *parts[number + 1 :]]


def _level(
    name: str, parts: Sequence[Part], number: int, cores: Sequence[Core], known: Collection[str]
) -> str:
    units = {core.unit for core in cores}
    if "journal" in units:
        return "a"
    if is_known(name, known):
        return "j"
    # A place with the day is where a newspaper comes out.
    if any(core.unit in PRINTED and not _DAY.search(core.text) for core in cores):
        return "m"
    if "issue" in units or any(core.unit == "date" and len(core.text) > 4 for core in cores):
        return "u" if FREE.match(name) else "j"
    if number and (parts[number - 1].name == "author" or any(part.name == "editor" for part in parts)):
        return "m"
    of_article = "volume" in units and any(part.attributes.get("level") == "a" for part in parts[:number])
    return "j" if of_article or _PERIODICAL.search(name) else "m"
