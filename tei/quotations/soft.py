"""References without a page, a volume or an imprint: “the May issue of The Cat”, “in his Lives of the Cats”.

They are told by the words around them (TEI Guidelines, chapter 3.12.1: a ``bibl`` may be loosely structured).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from tei.quotations.behind import CAPITAL, OWNER, TITLE
from tei.quotations.dates import DATE, MONTH, YEAR, date_attributes
from tei.quotations.fronts import GENRE, PERSON, PERSONS, words_start
from tei.quotations.scopes import PAGES, Part, Reference, scope_parts

_LINK: Final = re.compile(r"[ (](?P<link>[Ii]n|[Ff]rom|of|[Ss]ee|[Cc]f\.) (?=[A-ZÀ-Þ]|h(?:is|er) |the)")
_NAMED: Final = re.compile(rf"(?P<owner>{OWNER})?(?P<title>{TITLE})")
_MADE_FROM: Final = re.compile(
    r"(?i:taken|quoted|cited|translated|reprinted|adapted|reproduced|drawn|derived|borrowed) {1,2}$"
)
_PRINTED_IN: Final = re.compile(
    r"\b(?:published|reported|appeared|printed|reprinted|available) {1,2}(?:only |also )?$"
)
_PLACE_IN: Final = re.compile(
    r"\b(?:character|scene|passage|chapter|line|verse|figure|hero|heroine|quotation|poem|preface|introduction)"
    r" {1,2}$"
)
_DATED: Final = re.compile(rf"(?:\b|(?<=\d))(?P<date>{DATE}|{MONTH}(?:,? {YEAR})?) (?:issue|number) $")
_PIECE: Final = re.compile(
    r"\b(?:(?P<title>[Ee]ditorial|(?:leading )?article)|(?:[Tt]he same )?(?:issue|number|papers?|journal)) $"
)
_DATE: Final = re.compile(DATE)
_START: Final = re.compile(rf"[ *†‡§\d.]*(?P<title>{GENRE}) of ")
_AUTHOR_DATE: Final = re.compile(
    rf"\((?:(?:see|cf\.|See|Cf\.) )?(?P<author>{PERSONS}),? (?P<date>{YEAR})[a-z]?"
    rf" ?[:,] ?(?P<pages>(?:pp?\. ?)?(?=\d){PAGES}(?:, ?(?=\d){PAGES})*)(?=[);])"
)
_QUOTED: Final = re.compile(
    rf"[“\"](?P<article>[A-ZÀ-Þ][^“”\"\n]{{3,100}}?),?[”\"] in "
    rf"(?:{OWNER})?(?P<title>{TITLE})(?= {{0,2}}(?:[.,;)]|$))"
)
_WHOLE: Final = re.compile(
    rf"[ *†‡§\d]*(?:(?:See|Cf\.)(?: also)? )?(?P<author>{PERSON})(?: ?: |(?P<comma>, ))"
    rf"(?P<title>{TITLE})\.? {{0,2}}$"
)
_PAIR: Final = re.compile(rf"(?P<first>{CAPITAL}) and (?P<second>{CAPITAL})")
_YEAR: Final = re.compile(YEAR)
_GENRE: Final = re.compile(rf"{GENRE}\b")
# Such words head the name of a body, not a title.
_BODY: Final = re.compile(
    r"\b(?:Ministry|Department|Committee|Commission|Congress|Conference|Party|Union|Army|Government|Council|Bureau"
    r"|University|Institute|Academy|Court|Republic|Kingdom|House|Order|Board|Office|Church|Commissariat|Society"
    r"|League|Bank|Front|Association|Federation|Secretary|Minister|President|Chairman|Central|Street|Days?|War)\b"
)
_SMALL_INSIDE: Final = re.compile(r" [a-z]")
_CONTEXT: Final = re.compile(
    r"(?:\b(?:[Ii]n|[Ff]rom|[Ss]ee|[Cc]f\.)|[’']s|\b(?:his|her|their|entitled)) {1,2}$"
)
_ISSUES: Final = ("issue ", "issues ", "number ")
_PUBLISHED: Final = re.compile(
    r" (?:was|were) (?:first |originally )?(?:published|printed|reprinted|issued) (?:in|by|at|as)\b"
)
_VERB: Final = re.compile(r" (?:was|were|is|has been) (?:first )?(?:published|reprinted|printed|issued)\b")


def soft_references(text: str, periodicals: Collection[str], works: Collection[str]) -> list[Reference]:
    """References in the note ``text`` that need no hard parts; some may overlap, the first is the best.

    ``periodicals`` and ``works`` are titles that other references name.
    """
    return list(_candidates(text, periodicals, works))


def pieces_at(text: str, years: Sequence[int]) -> list[Reference]:
    """“the issue of May 1, 1950” in running ``text``; ``years`` is where its years stand."""
    opened = (text.rfind("(", max(0, year - 60), year) for year in years)
    named = (_AUTHOR_DATE.match(text, at) for at in opened if at >= 0)
    found = [one for match in named if match and (one := _dated(match))]
    links = (text.rfind(" of ", max(0, year - 26), year) + 1 for year in years)
    return found + [piece for link in links if link and (piece := _piece(text, link))]


def besides(found: Sequence[Reference], others: Iterable[Reference]) -> list[Reference]:
    """Those of ``others`` that overlap with none of ``found`` and with none of those before."""
    taken = sorted((one.start, one.end) for one in found)
    result: list[Reference] = []
    for one in others:
        at = bisect_right(taken, (one.start, one.end))
        if (at == 0 or taken[at - 1][1] <= one.start) and (at == len(taken) or one.end <= taken[at][0]):
            taken.insert(at, (one.start, one.end))
            result.append(one)
    return result


def _candidates(text: str, periodicals: Collection[str], works: Collection[str]) -> Iterator[Reference]:
    if "”" in text or '"' in text:
        for match in _QUOTED.finditer(text):
            article = Part(*match.span("article"), "title", {"level": "a"})
            yield Reference(match.start(), match.end(), (article, *_work(match)))
    if (whole := _WHOLE.match(text)) and is_title_of_work(
        whole["title"], 2, long=whole["comma"] is not None and not whole["title"].startswith(("The ", "A "))
    ):
        yield Reference(whole.start("author"), whole.end("title"), tuple(_work(whole)))
    if (start := _START.match(text)) and (day := _DATE.match(text, start.end())):
        title = Part(*start.span("title"), "title", {"level": "u"})
        date = Part(*day.span(), "date", date_attributes(day[0]))
        yield Reference(title.start, date.end, (title, date))
    yield from (one for match in _AUTHOR_DATE.finditer(text) if (one := _dated(match)))
    for link in _LINK.finditer(text):
        before = text[max(0, link.start(1) - 30) : link.start(1)]
        piece = _piece(text, link.start(1)) if link["link"] == "of" else None
        if piece := piece or _linked(text, link, before, periodicals):
            yield piece
    yield from _published(text)
    yield from _known(text, works)


def _work(match: re.Match[str], level: str = "m") -> list[Part]:
    """Author and title as ``match`` names them."""
    level = "u" if _GENRE.match(match["title"]) else level
    title = Part(*match.span("title"), "title", {"level": level})
    return [Part(*match.span("author"), "author", {}), title] if match["author"] else [title]


def _dated(match: re.Match[str]) -> Reference | None:
    """“(Smith 1950: 45)”."""
    author = Part(*match.span("author"), "author", {})
    date = Part(*match.span("date"), "date", date_attributes(match["date"]))
    pages = scope_parts(match.string, *match.span("pages"), "page")
    return Reference(author.start, pages[-1].end, (author, date, *pages)) if pages else None


def _piece(text: str, link: int) -> Reference | None:
    """“editorial of May 1, 1950” with its “of” at ``link``."""
    kind = _PIECE.search(text, max(0, link - 30), link)
    date = _DATE.match(text, link + 3) if kind else None
    if kind is None or date is None or not _YEAR.search(date[0]):
        return None
    parts = [Part(*kind.span("title"), "title", {"level": "a"})] if kind["title"] else []
    return Reference(kind.start(), date.end(), (*parts, Part(*date.span(), "date", date_attributes(date[0]))))


def _linked(text: str, link: re.Match[str], before: str, periodicals: Collection[str]) -> Reference | None:
    """“taken from Smith’s Lives”, “in his Lives of the Cats”, “the May issue of The Cat”."""
    match = _NAMED.match(text, link.end())
    if match is None:
        return None
    places = _periodicals(match, periodicals)
    parts = [Part(*place, "title", {"level": "j"}) for place in places]
    if link["link"] in ("in", "In") and places and _PRINTED_IN.search(before):
        return Reference(parts[0].start, parts[-1].end, tuple(parts))
    if link["link"] == "of" and before.endswith(_ISSUES):
        date = _DATED.search(text, max(0, link.start(1) - 30), link.start(1))
        if date:
            parts = [
                Part(*date.span("date"), "date", date_attributes(date["date"])),
                *(parts or [Part(*match.span("title"), "title", {"level": "j"})]),
            ]
        return Reference(parts[0].start, parts[-1].end, tuple(parts)) if parts else None
    if _names_work(link["link"], match, before, periodicals):
        start = match.start("author") if match["author"] else match.start("title")
        return Reference(start, match.end(), tuple(_work(match)))
    return None


def _names_work(link: str, match: re.Match[str], before: str, periodicals: Collection[str]) -> bool:
    title, owner = match["title"], match["owner"] or ""
    if link in ("from", "From") and _MADE_FROM.search(before):
        return (owner not in ("", "the ") or title in periodicals) and is_title_of_work(title, 2)
    if match["author"] and _PLACE_IN.search(before):
        return _BODY.match(title) is None
    if link == "of" or owner in ("", "the "):
        return False
    return _GENRE.match(title) is None and is_title_of_work(title, 3, long=True)


def _periodicals(match: re.Match[str], periodicals: Collection[str]) -> list[tuple[int, int]]:
    """Where the periodicals stand in “in The Cat”, “in Cats and Dogs”, if it is any."""
    title = match["title"]
    if title in periodicals:
        return [match.span("title")]
    pair = _PAIR.fullmatch(title)
    if pair and pair["first"] in periodicals and pair["second"] in periodicals:
        start = match.start("title")
        return [(start + pair.start(name), start + pair.end(name)) for name in ("first", "second")]
    return []


def is_title_of_work(title: str, capitals: int, *, long: bool = False) -> bool:
    """Whether words with capitals are a title, and not the name of a body.

    A ``long`` one has a small word inside of it.
    """
    if sum(word[0].isupper() for word in title.split()) < capitals:
        return False
    head = _SMALL_INSIDE.split(title, maxsplit=1)[0]
    if _BODY.search(head):
        return False
    return not long or _SMALL_INSIDE.search(title) is not None


def _published(text: str) -> Iterator[Reference]:
    """“The Lives of the Cats were first published in …”."""
    for match in _PUBLISHED.finditer(text) if "publi" in text or "printed" in text else ():
        low = max(0, match.start() - 200)
        start = low + words_start(text[low : match.start()])
        start += 4 if text.startswith("The ", start) else 0
        if start < match.start() and is_title_of_work(text[start : match.start()], 2, long=True):
            yield Reference(start, match.start(), (Part(start, match.start(), "title", {"level": "m"}),))


def _known(text: str, works: Collection[str]) -> Iterator[Reference]:
    """Works that other references cite with more: “see Lives of the Cats”."""
    for work in works:
        at = text.find(work)
        while at >= 0:
            end = at + len(work)
            before = text[max(0, at - 12) : at]
            if not text[end : end + 1].isalnum() and (_CONTEXT.search(before) or _VERB.match(text, end)):
                yield Reference(at, end, (Part(at, end, "title", {"level": "m"}),))
            at = text.find(work, end)
