"""What stands before the hard parts of a reference: title, author, editor (TEI Guidelines, chapter 3.12.2).

It is read from right to left: “Author: Title”, “Author, Title”, “Author’s Title”, “Author, “Article,” Title”.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tei.quotations.cores import EDITION
from tei.quotations.dates import DATE, date_attributes
from tei.quotations.scopes import Part

_NO_PERSON: Final = (
    r"(?!(?:The|An?(?!\.)|See|In|From|By|For|Of|On|Cf|As|At|And|Also|Collected|Report|Speech|Address|Letter|Chapter"
    r"|Part|Appendix|Volume|Introduction|Preface|Editorial|Cited|Quoted|Text|Vide"
    r"|Thus|But|Yet|Even|When|While|Since|After|Before|Then|There|This|That|His|Her|Their|It|He|She|If)\b)"
)
_PERSON: Final = (
    r"(?:[A-ZÀ-Þ]\.[ -]?){0,3}[A-ZÀ-Þ][\w’'-]{0,24}[a-zß-ÿ]"
    r"(?: (?:[A-ZÀ-Þ]\.|(?:v[ao]n|d[eaiu]|de[rn]|l[ae]) (?=[A-ZÀ-Þ])|[A-ZÀ-Þ][\w’'-]{0,24}[a-zß-ÿ])){0,4}"
)
PERSON: Final = _NO_PERSON + _PERSON
"""A name as references give it: “J. Smith”, “John A. Smith”, “Smith”."""
GENRE: Final = (
    r"(?:Speech|Address|Report|Letter|Lecture|Telegram|Statement|Message|Resolution|Decree|Interview|Draft"
    r"|Order|Communiqu[eé]|Theses|Remarks)"
)
"""Kinds of writings and speeches that stand where a title does."""
_SMALL: Final = (
    "of the and for in to on a an de et i za der die das und by with from du la le les des al at is not or"
    " dei del della el y un une über zur zum im von no na o ob v"
)
SMALL: Final = frozenset(_SMALL.split())
"""Small words that a title has inside of it."""

_WORD: Final = re.compile(r"(?:[^\W\d_][\w’'&/-]*|&|\d{4}|[IVXLC]+):?")
PERSONS: Final = rf"{PERSON}(?: and {_PERSON})?"
"""One name or two."""
_LONGEST: Final = 27
_BREAK: Final = re.compile(r"(?:(?<![ .(][A-Z])(?<!^[A-Z])[.;!?]|[”\")]) +(?=[(“\"]?[A-ZÀ-Þ])|[;(] *")
_CUE: Final = (
    r"(?:^[ *†‡§\d.)]*|[(;—:“] *|(?<![A-Z ])[.!?”] +"
    r"|\b(?:[Ss]ee|[Vv]ide|[Ii]n|[Bb]y|[Ff]rom|of|[Cc]f\.?|[Ss]ee also|[Aa]nd|also"
    r"|with|translated|that|is|are),?:? +)"
)
_COLON: Final = re.compile(rf"{_CUE}(?P<author>{PERSONS}) *: +(?=[A-ZÀ-Þ\d])")
_COMMA: Final = re.compile(rf"{_CUE}(?P<author>{PERSON}(?:(?:, {_PERSON})? and {_PERSON})?) *, *$")
_SAME_AUTHOR: Final = re.compile(rf"{_CUE}(?P<author>{PERSONS})$")
_BY_QUOTED: Final = re.compile(rf"(?P<author>{PERSONS}) *[:,] *[“‘\"]?$")
_OWNER: Final = re.compile(rf"(?P<author>{PERSON})[’']s +(?:[a-z]+ +){{0,2}}$")
_IN_HIS: Final = re.compile(rf"\bby (?P<author>{PERSON}),? in (?:his|her|their) +(?:[a-z]+ +)?$")
_OWN: Final = re.compile(rf"(?P<author>{PERSON})[’']s +(?=[A-ZÀ-Þ\d])")
_IN: Final = re.compile(rf"(?P<author>{PERSON}) +in +(?:the +)?(?=[A-ZÀ-Þ])")
_INITIALS: Final = re.compile(r"(?:\b(?!See|In|From|The|By)[A-Z][a-z]+ +)?\b(?:[A-Z]\. ?)+$")
_INSIDE: Final = re.compile(r" in +(?:the +)?(?=[A-ZÀ-Þ])")
_CALCULATION: Final = re.compile(r"[A-Z]\w+ (?:of|by) [A-Z]")
# A title in a language that gives it few capitals stands at the start, alone or behind its author.
_FOREIGN: Final = re.compile(
    rf"(?:^[ *†‡§\d.)]*|\b[Ss]ee |; )(?:(?P<author>{PERSON}), )?"
    rf"(?P<title>[A-ZÀ-Þ][\w’'-]+(?: [\w’'-]+){{1,9}})$"
)
_ENGLISH: Final = re.compile(
    r" (?:the|of|and|in|was|were|is|are|to|this|that|he|she|it|his|her|their|for|by|at|on|from|with|had|has)"
    r"(?= |$)"
)
_WORK: Final = re.compile(rf"{_CUE}(?P<author>{PERSON}): +(?P<title>[A-ZÀ-Þ][^.:;]{{4,120}})\.$")
_QUOTED: Final = re.compile(r"[“‘\"„](?P<title>[^“”„\n]{3,140}?)[,.]?[”’\"] *,? *(?:in +)?(?:the +)?$")
_SLANTED: Final = re.compile(r"(?<!\w)_(?P<title>[^_\n]{2,140})_ *$")
_EDITOR: Final = re.compile(
    r"[,.(]* *(?:\b[Ee]ds?\.(?: +by)?|\b[Ee]dited +by) +"
    r"(?P<editor>(?:[A-Z]\. *)*[A-Z][\w’-]+(?: (?:[A-Z]\.|[A-Z][\w’-]+)){0,2})\.? *$"
)
_NOT_TITLE: Final = re.compile(
    r"(?:Append\w+|Part|Chapter|Section|See|On|In|At|The +(?:text|full)|Of|By|For|After|Since|From|Text|Cf|As"
    r"|But|And|Born|Died|Elected|Appointed|Arrested|Executed|Shot|Killed|Founded|Delivered|Signed|Adopted|Held|Dated|Expelled"
    r"|When|He|She|They|We|It|This|Until|Before|During|Page|Note|Paragraph|Article)\b"
)
_LEADING: Final = re.compile(
    r"(?:See(?: also)?|Cf\.?|For|In|From|Also|Vide|Text in"
    r"|(?:Quoted|Cited|Reprinted|Translated|Published|Printed|Taken|Reported) (?:in|from|by)) +(?=[A-ZÀ-Þ])"
)
_NAMED: Final = re.compile(r"\b(?:entitled|called|titled) *:? *[“‘\"]?$")
_ARTICLE: Final = re.compile(
    r"\b(?:article|essay|paper|chapter|story|poem) +(?:entitled|called|titled) *:? *$"
)
_GENRE: Final = re.compile(
    rf"(?:^[ *†‡§]*|[(;.:] *|\bthe +)(?P<title>(?:{GENRE}\b|(?:[A-Z]\w+ ){{1,2}}Communiqu[eé]\b)"
    rf"[^.;:()\n,]{{0,80}}?) *"
    rf"(?:, *(?P<date>{DATE}) *)?[,;] *$"
)
_EDITION: Final = re.compile(rf",? *{EDITION} *$")
_ENDING: Final = " \n.,;:"


class Front(NamedTuple):
    """The parts before the hard parts, and what the words around say of the title.

    ``named``: a word like “entitled” is before it; ``before`` is the text before the first part.
    """

    parts: list[Part]
    named: bool = False
    before: str = ""


def read_front(head: str, low: int, *, firm: bool) -> Front:
    """Author, title and editor that end ``head``, which begins at offset ``low``.

    ``firm``: the hard parts have pages or an imprint, so that the name before a title is its author.
    """
    edited: list[Part] = []
    if (" Ed" in head or " ed" in head) and (editor := _EDITOR.search(head)):
        edited = [_part(editor, "editor", low)]
        head = head[: editor.start()].rstrip(_ENDING)
    if head.endswith(("”", "’", '"', "_")):
        return _marked(head, low, edited)
    if colon := _colon(head):
        author, title = colon
        titled = [Part(low + author[0], low + author[1], "author", {}), _title(head, title, low)]
        return _behind_article(head[: author[0]], low, titled, edited)
    begin = words_start(head)
    if begin == len(head) and firm and (front := _foreign(head, low)):
        return front._replace(parts=[*front.parts, *edited])
    name = head[begin:].rstrip(" .:")
    named = _NAMED.search(head, max(0, begin - 24), begin) is not None
    lead = None if named else _LEADING.match(name)
    if lead:
        begin, name = begin + lead.end(), name[lead.end() :]
    parts: list[Part] = []
    if (
        own := _owner(head, begin, name, firm=firm, led=lead is not None and " by " in lead[0])
    ) and not named:
        first, last, cut = own
        parts.append(Part(low + first, low + last, "author", {}))
        begin, name = begin + cut, name[cut:]
        start = first
    elif (inside := _INSIDE.search(name)) and _CALCULATION.match(name):
        begin, name = begin + inside.end(), name[inside.end() :]
        start = begin
    else:
        start = begin
    if not name or (_NOT_TITLE.match(name) and not named):
        return Front([])
    if not parts:
        parts = _author_before(head, begin, low, firm=firm)
        if parts:
            start = parts[0].start - low
            if len(parts) == 2:
                return Front([*parts, Part(low + begin, low + begin + len(name), "publisher", {}), *edited])
    level = {"level": "a"} if _ARTICLE.search(head, max(0, begin - 40), begin) else {}
    parts.append(Part(low + begin, low + begin + len(name), "title", level))
    return _behind_article(head[:start], low, parts, edited)._replace(named=named)


def _foreign(head: str, low: int) -> Front | None:
    """“Jean Dupont, La vie des chats”, “Izbrannye proizvedeniia” at the end of ``head``."""
    found = _FOREIGN.search(head)
    if found is None or _ENGLISH.search(found[0]) or _NOT_TITLE.match(found["title"]):
        return None
    author = [_part(found, "author", low)] if found["author"] else []
    return Front([*author, _part(found, "title", low)], before=head[: found.start()])


def read_author(head: str, low: int) -> list[Part]:
    """The author in “Smith, op. cit.”; ``head``, which begins at ``low``, ends before the latter."""
    author = _SAME_AUTHOR.search(head)
    return [_part(author, "author", low)] if author else []


def _part(match: re.Match[str], name: str, low: int, attributes: dict[str, str] | None = None) -> Part:
    return Part(low + match.start(name), low + match.end(name), name, attributes or {})


def _title(head: str, start: int, low: int) -> Part:
    return Part(low + start, low + len(head.rstrip(_ENDING)), "title", {})


def _colon(head: str) -> tuple[tuple[int, int], int] | None:
    """Author and start of the title in “… John Smith: A Life of Cats” at the end of ``head``."""
    if ":" not in head:
        return None
    start = 0
    for found in _BREAK.finditer(head):
        start = found.end()
    for match in _COLON.finditer(head, max(0, start - 1)):
        rest = head[match.end() :]
        before = head[: match.start("author")].split()
        # “The Life of Smith: A Symposium” is all title.
        inside = before and before[-1] == "of" and len(before) > 1 and before[-2][:1].isupper()
        if match.start("author") >= start and not inside and len(rest.split()) <= _LONGEST:
            return match.span("author"), match.end()
    return None


def words_start(head: str) -> int:
    """Where the words with capitals begin that end ``head``."""
    begin = end = len(head)
    upper = False
    for count in range(_LONGEST):
        end = len(head[:end].rstrip())
        start = head.rfind(" ", 0, end) + 1
        bare = head[start:end].rstrip(".,;:") if count == 0 else head[start:end]
        opening = bare.lstrip('“‘"„(_*†‡§[')
        end = start
        if bare == ":" or (count == 0 and not bare):
            continue
        if not _WORD.fullmatch(opening):
            break
        if opening[0].isupper() or opening == "&" or opening[0].isdigit():
            upper = True
            begin = start + head[start:].index(opening)
        elif opening.rstrip(":") not in SMALL or not upper:
            break
        if opening != bare or start == 0:
            break
    while begin < len(head) and not head[begin].isupper():  # a year, “&”
        following = head.find(" ", begin)
        if following < 0:
            return len(head)
        begin = following + 1
    return begin


def _owner(head: str, begin: int, name: str, *, firm: bool, led: bool) -> tuple[int, int, int] | None:
    """Start and end of the author in “Smith’s Cats”, “J. Smith in Cats and Dogs”; what to cut off."""
    if own := _OWN.match(name):
        initials = _INITIALS.search(head, max(0, begin - 40), begin)
        return (initials.start() if initials else begin), begin + len(own["author"]), own.end()
    if inside := _IN.match(name):
        initials = _INITIALS.search(head, max(0, begin - 40), begin)
        # “Cats in Boots” is a title.
        if led or (initials and initials.end() == begin) or len(inside["author"].split()) > 1:
            first = initials.start() if initials else begin
            return first, begin + len(inside["author"]), inside.end()
        return None
    low = max(0, begin - 100)
    near = head[low:begin]
    before = _OWNER.search(head, low, begin) if firm and ("’s " in near or "'s " in near) else None
    if before is None and near.endswith(("his ", "her ", "their ")):
        before = _IN_HIS.search(head, low, begin)
    if before:
        return before.start("author"), before.end("author"), 0
    return None


def _author_before(head: str, begin: int, low: int, *, firm: bool) -> list[Part]:
    """The author in “Smith, Cats”; author and title where what was taken for the title is the publisher."""
    before = head[:begin].rstrip()
    if before.endswith(".") and " " not in head[begin:].strip() and (work := _WORK.search(before)):
        # “Smith: A Book. Publisher (Place, year)”
        return [_part(work, "author", low), _part(work, "title", low, {"level": "m"})]
    if not before.endswith(","):
        return []
    author = _COMMA.search(before)
    # In “London, Evening News, May 1, 1950” there is none.
    if author and (firm or re.search(r"[A-Z]\.", author["author"])):
        return [_part(author, "author", low)]
    return []


def _marked(head: str, low: int, edited: list[Part]) -> Front:
    """A title in quotation marks or underscores that ends ``head``, with its author."""
    if slanted := _SLANTED.search(head):
        start, level = slanted.start(), {"level": "m"}
        title = _part(slanted, "title", low, level)
        before = head[:start].rstrip()
        author = _COMMA.search(before) if before.endswith(",") else _BY_QUOTED.search(before)
        if author is None:
            author = _OWNER.search(head, 0, start)
        parts = [title] if author is None else [_part(author, "author", low), title]
        return _behind_article(head[: parts[0].start - low], low, parts, edited)
    return Front(_article(head, low) + edited)


def _behind_article(before: str, low: int, parts: list[Part], edited: list[Part]) -> Front:
    """``parts`` with the “Article,” in …, or the Report of May 1, 1950, … that ``before`` ends with."""
    article = _article(before, low)
    if not article and before.endswith((", ", "; ")) and (genre := _GENRE.search(before)):
        article = [_part(genre, "title", low, {"level": "u"})]
        if genre["date"]:
            article.append(_part(genre, "date", low, date_attributes(genre["date"])))
    return Front([*article, *parts, *edited], before=before)


def _article(head: str, low: int) -> list[Part]:
    """A title in quotation marks that ends ``head``, and its author."""
    quoted = _QUOTED.search(head) if "”" in head or '"' in head or "’" in head else None
    if quoted is None or not is_title(quoted["title"]):
        return []
    parts = [_part(quoted, "title", low, {"level": "a"})]
    author = _BY_QUOTED.search(head, 0, quoted.start() + 1) or _OWNER.search(head, 0, quoted.start())
    if author:
        parts.insert(0, _part(author, "author", low))
    return parts


def is_title(words: str) -> bool:
    """Whether the long words of ``words`` have capitals, as in an English title."""
    longer = [word for word in re.findall(r"[\w’'-]+", words) if len(word) > 3]
    return words[:1].isupper() and sum(word[:1].isupper() for word in longer) >= 0.6 * len(longer)


def without_edition(head: str) -> str:
    """``head`` without the “, Third Edition” it ends with."""
    found = (
        _EDITION.search(head, max(0, len(head) - 60)) if head.endswith(("dition", "ditions", "ed.")) else None
    )
    return head[: found.start()] if found else head
