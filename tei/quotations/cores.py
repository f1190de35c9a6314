"""The hard parts of references: volumes and pages, dates, imprints (TEI Guidelines, chapter 3.12.2).

They are the parts that can be told by their form alone; what a reference is, is built on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tei.quotations.dates import DATE, MONTH, YEAR, date_attributes
from tei.quotations.scopes import PAGES, Part, scope_parts

_COUNT: Final = r"(?:[IVXLC]{1,8}\b|[ivxlc]{1,8}\b|I?ll\b|\d{1,3}(?!\d))"
_COUNTS: Final = rf"{_COUNT}(?: ?[-–/] ?{_COUNT}| {{1,2}}(?:and|und|et) {{1,2}}{_COUNT})?"
NAME: Final = (
    rf"(?!(?:\w+ )?{MONTH})(?:St\. )?[A-ZÀ-Þ][\w’']{{1,24}}(?:-[a-z]{{2,3}}(?=-))?"
    rf"(?:[ -][A-ZÀ-Þ][\w’']{{1,24}}){{0,3}}"
)
"""One to four words with capitals, no month before them: a place, a publisher."""
_NO_DATE: Final = r"(?:no date|n\. ?d\.|s\. ?a\.|o\. ?J\.)"
_YEARS: Final = rf"{YEAR}(?:[-–]\d{{2,4}})?(?!\d)"
_PLACES: Final = rf"{NAME}(?:(?: and | & | ?, {{0,2}}|[/–]){NAME})?"
_IMPRINT: Final = (
    # (Place, 1939), (Publisher, Place, 1939), (Place: Publisher, 1939)
    rf"\((?:\d\w+ ed\.,? )?(?:[A-ZÀ-Þ][^():\d\n]{{2,60}}, {{0,2}})?{_PLACES} ?"
    rf"(?:: ?[A-ZÀ-Þ][^():\d\n]{{2,50}})?"
    rf", {{0,2}}(?:{_YEARS}|{_NO_DATE})\.?\)"
)
_PUBLISHED: Final = rf"(?<=, )(?:first )?published (?:in|at) (?:{NAME},? (?:in )?)?{YEAR}(?!\d)"
_JOURNAL: Final = rf"\({NAME} ?, {{0,2}}{NAME} ?, {{0,2}}{DATE}\)"
_PLACE: Final = (
    rf"(?<=[,.] )(?!The ){NAME}(?: ?: [A-ZÀ-Þ][\w’' &.-]{{2,40}})? ?, {{0,2}}(?:{_YEARS}|{_NO_DATE})"
)
_ORDINAL: Final = (
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Revised|[1-9]\d?(?:st|nd|rd|th))"
)
EDITION: Final = rf"\b{_ORDINAL}(?: and {_ORDINAL})?(?: (?:[A-Z]\w+|revised))? (?:[Ee]ditions?\b|ed\.)"
"""“Third Edition”, “Second and Third Editions”, “2nd ed.”"""
_SAME: Final = (
    r"\b(?:[Ii]bid(?:em\b|\b\.?)|[Oo]p\. ?cit\b\.?|[Ll]oc\. ?cit\b\.?|Idem\b|[Aa]\. ?a\. ?O\.|[Ee]benda\b"
    r"|Ebd\.)"
)
_UNITS: Final = (
    (
        "volume",
        rf"\b(?:[Vv]ol(?:umes?|s)?\b\.?|Bde?\.|Band\b|[Tt]omes?\b|[Tt]\.) {{0,2}}{_COUNTS}",
    ),
    ("issue", r"\b(?:[Nn]os?\.|[Nn]r\.|[Hh]eft\b|[Nn]°) {0,2}\d{1,3}(?:[-–/]\d{1,3})?(?!\d)"),
    (
        "page",
        (
            rf"\b(?:pp?\.|[Pp]ages? ?(?=\d)|S\.(?= ?\d)) {{0,2}}{PAGES}"
            rf"(?: {{0,2}}(?:[,;]|and\b) {{0,2}}(?=\d)(?!\d+ [A-Z]){PAGES}(?![\w’']))*"
        ),
    ),
    ("chapter", rf"\b(?:[Cc]hap(?:ters?|s)?\b\.?|[Cc]h\.|Kap\.) {{0,2}}{_COUNTS}"),
    # “Works, XXI, 399”: the volume without its label, before the page.
    ("roman", rf"(?<=, )[IVXLC]{{1,7}}(?=(?: \({YEAR}\))?, (?:pp?\. ?)?\d)"),
)
# No part begins inside of a word, and few with a small letter: to say so first saves trying them all.
_FIRST: Final = (
    r"(?:(?<!\w)|(?=\())(?=[(\dA-ZÀ-Þ]|vol|n[ror°.]|pp?\.|page|first p|publi|tom|t\.|ch|ibid|op|loc|a\.|eben"
    r"|jan|fév|ma[ri]|avr|jui|aoû|sep|oct|nov|déc|s\.)"
)
_CORE: Final = re.compile(
    f"{_FIRST}(?:"
    + "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in _UNITS)
    + rf"|(?P<imprint>{_IMPRINT})|(?P<journal>{_JOURNAL})|(?P<published>{_PUBLISHED})|(?P<place>{_PLACE})"
    rf"|(?P<date>\b{DATE}|(?:(?<=, )|(?<=\()){_YEARS})|(?P<edition>{EDITION})|(?P<same>{_SAME}))"
)
_BARE: Final = re.compile(rf"\)? ?[,:] ?(?P<pages>(?=\d){PAGES})(?= {{0,2}}(?:[.;)]|, \D|$))")
_GLUE: Final = re.compile(r"\)? {0,2}(?:[,;.]|and)? {0,2}\(? {0,2}(?:of {1,2})?")
_YEAR: Final = re.compile(YEAR)
_ENDING_DATE: Final = re.compile(rf"(?:{DATE}|{_YEARS}|{_NO_DATE})\.?$")
_PIECE: Final = re.compile(r"[^, ](?:[^,]*[^, ])?")
PRINTED: Final = frozenset({"imprint", "place", "journal"})
"""The units that say where a work came out."""


class Core(NamedTuple):
    """A hard part: ``text[start:end]`` and what it is (``unit``)."""

    start: int
    end: int
    unit: str
    text: str


def find_cores(text: str, start: int, end: int) -> Iterator[Core]:
    """The hard parts in ``text[start:end]``."""
    at = start
    numbered = False  # a volume or an issue may have its pages without “p.” behind it: “XII (1950), 345-67”
    while match := _CORE.search(text, at, end):
        unit = match.lastgroup or ""
        at = match.end()
        yield Core(match.start(), at, "volume" if unit == "roman" else unit, match[0])
        numbered = unit in ("volume", "roman", "issue") or (numbered and unit == "date")
        if numbered and (bare := _BARE.match(text, at, end)):
            at = bare.end()
            yield Core(bare.start("pages"), at, "page", bare["pages"])


def clusters(text: str, start: int, end: int) -> Iterator[list[Core]]:
    """Hard parts in ``text[start:end]`` that follow each other with nothing but commas between them."""
    cluster: list[Core] = []
    for core in find_cores(text, start, end):
        if cluster:
            same = cluster[-1].unit == core.unit and ";" in text[cluster[-1].end : core.start]
            if not same and core.unit != "same" and joined(text, cluster[-1].end, core.start):
                cluster.append(core)
                continue
            yield cluster
        cluster = [core]
    if cluster:
        yield cluster


def joined(text: str, end: int, start: int) -> bool:
    """Whether only commas, brackets and the like stand between a part's ``end`` and another's ``start``."""
    return start - end < 12 and "\n" not in text[end:start] and bool(_GLUE.fullmatch(text, end, start))


def core_parts(cores: Sequence[Core]) -> list[Part]:
    """The elements of the hard parts of one reference."""
    # A date that leaves its year to the next one: “Mar. 10 and June 29, 1956”.
    year = next((found[0] for core in reversed(cores) if (found := _YEAR.search(core.text))), "")
    return [part for core in cores for part in _core_parts(core, year)]


def _core_parts(core: Core, year: str) -> Iterator[Part]:
    start, end = core.start, core.end
    if core.unit == "published":
        year = core.text[-4:]
        yield Part(end - 4, end, "date", {"when": year})
    elif core.unit == "place":
        yield from _imprint(core.text, start)
    elif core.unit in PRINTED:
        yield from _imprint(core.text[1:-1], start + 1, "title" if core.unit == "journal" else "publisher")
    elif core.unit == "date":
        whole = core.text if _YEAR.search(core.text) or not year else f"{core.text} {year}"
        yield Part(start, end, "date", date_attributes(whole))
    elif core.unit not in ("edition", "same"):  # those are words of the reference, but no element of ours
        yield from (
            Part(start + part.start, start + part.end, part.name, part.attributes)
            for part in scope_parts(core.text, 0, end - start, core.unit)
        )


def _imprint(text: str, start: int, first: str = "publisher") -> Iterator[Part]:
    """What stands in “Publisher, Place, 1939”, “Place: Publisher, 1939” or “Journal, Place, May 1, 1939”."""
    cut = _ENDING_DATE.search(text)
    date = cut.start() if cut else len(text)
    pieces = [match.span() for match in _PIECE.finditer(text, 0, date)]
    for number, (left, right) in enumerate(pieces):
        colon = text.find(":", left, right)
        if colon >= 0 and first == "publisher":
            yield Part(start + left, start + len(text[:colon].rstrip()), "pubPlace", {})
            begin = colon + 1 + len(text[colon + 1 : right]) - len(text[colon + 1 : right].lstrip())
            yield Part(start + begin, start + right, "publisher", {})
        elif number or len(pieces) == 1:
            yield Part(start + left, start + right, "pubPlace", {})
        elif first == "title":
            yield Part(start + left, start + right, "title", {"level": "j"})
        elif right - left > 12:
            yield Part(start + left, start + right, "publisher", {})
        # else “Pamphlet, Place, 1937”
    if cut:
        stop = date + len(text[date:].rstrip(".")) if not text.endswith(("d.", "a.", "J.")) else len(text)
        yield Part(start + date, start + stop, "date", date_attributes(text[date:stop]))
