"""Bibliographic references (TEI Guidelines, chapter 3.12) in prose and notes.

A reference is known by its hard parts: volume, number and page, a date, an imprint in brackets. What stands
before them is read from right to left: the title, and the author before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tei.flow import Flow
from tei.quotations.dates import DATE, MONTH, YEAR, date_attributes
from tei.span import Span

_PAGES: Final = r"(?:[1-9]\d{0,3}|[XIVL]{1,7}\b)(?: ?[-–] ?\d{1,4})?(?: *ff\b\.?)?"
_ROMAN: Final = r"(?:[IVXLC]+|I?ll|\d{1,3})"
_SCOPES: Final = (
    ("volume", rf"\b[Vv]ol(?:ume|s)?\b\.? *{_ROMAN}\b"),
    ("issue", r"\b[Nn]os?\. *\d{1,3}(?:[-–]\d{1,3})?"),
    ("page", rf"\bpp?\. *{_PAGES}(?: *[,;] *{_PAGES}(?!\w))*"),
)
_NAME: Final = rf"(?!(?:\w+ )?{MONTH})[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){{0,2}}"
_IMPRINT: Final = rf"\((?:[A-Z][^()\d]{{2,60}}, *)?{_NAME}(?: and {_NAME}| ?, *{_NAME})? ?, *{YEAR}\)"
_JOURNAL: Final = rf"\({_NAME} ?, *{_NAME} ?, *{DATE}\)"
_PLACE: Final = rf"(?<=[,.] )(?:{_NAME} ?, *(?:{YEAR}(?!\d)|no date|n\. ?d\.))"
_CORE: Final = re.compile(
    "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in _SCOPES)
    + rf"|(?P<imprint>{_IMPRINT})|(?P<journal>{_JOURNAL})|(?P<place>{_PLACE})"
    rf"|(?P<date>\b{DATE}|(?:(?<=, )|(?<=\())\b{YEAR}(?!\d))"
    r"|(?P<edition>\b(?:First|Second|Third|Fourth|Fifth) (?:[A-Z]\w+ )?Edition)"
)
_HARD: Final = r"\b(?:[Vv]ol(?:ume)?\.?|[Nn]os?\.|pp?\.) *[\dIVXL]|, \d{4}\)"
_GLUE: Final = re.compile(r"\)?\s*(?:[,;.]|and)?\s*\(?\s*(?:of\s+)?")
_TAIL: Final = re.compile(r"(?:[\s,(.]|\b(?:of|in)\s|(?<=\s)\([^()]{2,60}\))+$")
_SMALL: Final = (
    r"(?:of|the|and|for|in|to|on|an?|de|et|i|za|der|die|das|und|&|by|with|from|du|la|le|at|is|not)"
)
_CAPITAL: Final = r"(?:[A-Z][\w’'&-]*|&|\d{4})"
_TITLE: Final = re.compile(
    rf"(?P<title>(?!\d){_CAPITAL}(?::?\s+(?:{_CAPITAL}|{_SMALL}|[a-z]{{5,12}}(?=[:]?\s[A-Z]))){{0,26}}"
    r"(?<!\sof)(?<!\sthe)(?<!\sand)(?<!\sin)\.?)\s*$"
)
_QUOTED: Final = re.compile(r"[“‘\"](?P<title>[^“”\n]{3,140}?)[,.]?[”’\"]\s*,?\s*(?:in\s+)?(?:the\s+)?$")
_PERSON: Final = (
    r"(?!(?:The|An?|See|In|From)[\s:]|Cf\b)(?:[A-Z]\.\s*)*[A-Z][\w’-]*[a-z]"
    r"(?:\s(?:[A-Z]\.|[A-Z][\w’-]*[a-z])){0,3}"
)
_AUTHOR: Final = re.compile(rf"(?P<author>{_PERSON}(?:\s+and\s+{_PERSON})?)\s*[:,]\s*[“‘\"]?$")
_OWNER: Final = re.compile(
    rf"(?P<author>{_PERSON})(?:[’']s\s+(?=[A-Z])|\s*:\s*|\s+in\s+(?:the\s+)?(?=[A-Z]))(?=\S)"
)
_WORK: Final = re.compile(rf"(?P<author>{_PERSON}):\s+(?P<title>[A-Z][^.:;]{{4,120}})\.$")
_INITIALS: Final = re.compile(r"(?:(?!See|In|From|The|By)[A-Z][a-z]+\s+)?(?:[A-Z]\.\s?)+$")
_EDITOR: Final = re.compile(r"[,.]?\s*\bEds?\.\s+(?P<editor>(?:[A-Z]\.\s*)*[A-Z][\w’-]+)\.?\s*$")
_SAME: Final = re.compile(r"(?:Ibid|[Oo]p\.\s*cit)\.?\s*$")
_NOT_TITLE: Final = re.compile(
    r"^(?:Append\w+|Part|Chapter|Section|See|On|In|At|The\s+(?:text|full)|Of|By|For|After|Since|From|Text|Cf|As|But|And|When"
    r"|He|It|This|Until|Before|During)\b"
)
_LEADING: Final = re.compile(r"^(?:See|Cf\.?|For|In|See:|Cited in|Text in)\s+(?=[A-Z])")
_INSIDE: Final = re.compile(r"\sin\s+(?:the\s+)?(?=[A-Z])")
_LANGUAGE: Final = re.compile(r"English|French|German|Italian|Russian|Spanish|Latin")
_FREE: Final = re.compile(r"(?:Speech|Address|Report|Letter|Lecture|Telegram|Statement|Message|\w+ to the)\b")
_SOFT: Final = re.compile(
    rf"[“‘\"](?P<article>[A-Z][^“”\n]{{3,100}}?),?[”’\"]\s+in\s+(?:the\s+author[’']s\s+)?"
    rf"(?P<work>{_CAPITAL}(?:\s+(?:{_CAPITAL}|{_SMALL})){{1,8}})(?=[.,;]|$)",
    re.MULTILINE,
)
_PRINTED: Final = frozenset({"imprint", "place", "journal"})
_BACK: Final = 260


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reference: ``text[start:end]`` is the element ``name`` with ``attributes``."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliographic reference with its parts."""

    start: int
    end: int
    parts: tuple[Part, ...] = ()


def find_references(text: str, *, note: bool = False, known: Collection[str] = ()) -> list[Reference]:
    """Bibliographic references in ``text``.

    In a ``note`` a title and a date are enough for one; in running text the title must be among those
    ``known`` (see ``known_titles``) or have a volume, a page or an imprint.
    """
    result: list[Reference] = []
    done = 0
    for cores in _clusters(text, note, known):
        reference = _reference(text, cores, done, note, known)
        if reference is not None:
            result.append(reference)
            done = reference.end
    if note:
        result += _soft(text, result)
    return sorted(result, key=lambda reference: reference.start)


def known_titles(references: Iterable[Reference], text: str) -> set[str]:
    """The periodicals that ``references`` of ``text`` name: one cited once is known everywhere."""
    return {
        text[part.start : part.end].strip(" .,")
        for reference in references
        for part in reference.parts
        if part.name == "title" and part.attributes.get("level") == "j"
    }


def _soft(text: str, found: Sequence[Reference]) -> Iterator[Reference]:
    """“A Chapter,” in A Book: two titles and no numbers."""
    for match in _SOFT.finditer(text):
        if not any(other.start < match.end() and match.start() < other.end for other in found):
            article = Part(*match.span("article"), "title", {"level": "a"})
            work = Part(*match.span("work"), "title", {"level": "m"})
            yield Reference(match.start("article"), match.end(), (article, work))


def _cores(text: str, note: bool, known: Collection[str]) -> Iterator[re.Match[str]]:
    """The hard parts. Of running text only those paragraphs are read that hold more than a date."""
    if note:
        yield from _CORE.finditer(text)
        return
    cited = "|".join(re.escape(title) for title in sorted(known))
    hard = re.compile(_HARD + (rf"|(?:{cited}) ?(?:of|,|\() *(?=[A-Z\d])" if cited else ""))
    done = 0
    for match in hard.finditer(text):
        if match.start() < done:
            continue
        done = max(done, text.rfind("\n", done, match.start()) + 1, match.start() - _BACK)
        end = text.find("\n", match.end(), match.end() + _BACK)
        end = min(len(text), match.end() + _BACK) if end < 0 else end
        yield from _CORE.finditer(text, done, end)
        done = end


def _clusters(text: str, note: bool, known: Collection[str]) -> Iterator[list[re.Match[str]]]:
    """Hard parts that follow each other with nothing but commas between them."""
    cluster: list[re.Match[str]] = []
    for match in _cores(text, note, known):
        if cluster:
            gap = text[cluster[-1].end() : match.start()]
            same = cluster[-1].lastgroup == match.lastgroup and ";" in gap
            if len(gap) < 12 and "\n" not in gap and _GLUE.fullmatch(gap) and not same:
                cluster.append(match)
                continue
            yield cluster
        cluster = [match]
    if cluster:
        yield cluster


def _reference(
    text: str, cores: Sequence[re.Match[str]], done: int, note: bool, known: Collection[str]
) -> Reference | None:
    units = [core.lastgroup or "" for core in cores]
    start = cores[0].start()
    low = max(done, text.rfind("\n", max(0, start - _BACK), start) + 1, start - _BACK)
    before = text[low:start]
    tail = _TAIL.search(before)
    head = before[: tail.start()] if tail else before
    linked = before[len(head) :]
    same = _SAME.search(head)
    parts = [] if same else _front(head, low)
    name = next((text[part.start : part.end] for part in reversed(parts) if part.name == "title"), "")
    phrase = (len(name.split()) == 1 and "(" in linked) or re.search(r"\.\s*\($", linked)
    if (phrase and units[0] == "volume") or (_LANGUAGE.fullmatch(name) and len(parts) == 1):
        parts, name = [], ""  # the end of a phrase
    if same:
        start = low + same.start()
    elif not _is_reference(units, name, linked, note, known):
        return None
    if parts:
        parts = _levelled(text, parts, units, cores, known)
        start = min(part.start for part in parts)
        if text[start - 1 : start] in "“‘" and parts[0].attributes.get("level") == "a":
            start -= 1
    end = cores[-1].end()
    year = next((match[0] for core in reversed(cores) if (match := re.search(YEAR, core[0]))), "")
    for core in cores:
        parts += _core(core, year)
    if text[end : end + 1] == ")" and text[start:end].count("(") > text[start:end].count(")"):
        end += 1
    return Reference(start, end, tuple(parts))


def _is_reference(units: Sequence[str], name: str, linked: str, note: bool, known: Collection[str]) -> bool:
    """Whether hard parts (``units``) with the title ``name`` before them, if any, are a reference."""
    kinds = set(units)
    if "volume" in kinds:
        return len(kinds) > 1 or bool(name)
    if not name:
        paged = "page" in kinds and not kinds.isdisjoint({"place", "date"})
        return note and ("imprint" in kinds or paged)
    capitals = len(re.findall(r"(?<![\w’'-])[A-Z]", name))
    if kinds == {"page"}:
        # “his remarks to Smith, p. 5” is about this book.
        return capitals > 1
    if name.strip(" .,") in known or not kinds.isdisjoint({"page", "issue"}):
        return True
    if not kinds.isdisjoint(_PRINTED):
        return note
    joined = "of" not in linked and ("," in linked or "(" in linked)
    return note and joined and capitals > 1


def _levelled(
    text: str, parts: list[Part], units: Sequence[str], cores: Sequence[re.Match[str]], known: Collection[str]
) -> list[Part]:
    """``parts`` with the level of the title that the numbers belong to."""
    number = next((n for n in range(len(parts) - 1, -1, -1) if parts[n].name == "title"), None)
    if number is None or "level" in parts[number].attributes:
        return parts
    last = parts[number]
    name = text[last.start : last.end]
    dated = any(unit == "date" and len(core[0]) > 4 for unit, core in zip(units, cores, strict=True))
    periodical = name in known or ((dated or "issue" in units) and not _PRINTED & set(units))
    level = "j" if periodical else "m"
    if periodical and name not in known and _FREE.match(name):
        level = "u"  # a speech or a letter
    pair = re.fullmatch(r"([A-Z]\w+) and ([A-Z]\w+)", name)
    ends = [(last.start, last.end)]
    if level == "j" and pair and parts[0].name != "author":
        # “Morning and Evening, May 1, 1950”: two newspapers.
        ends = [(last.start + pair.start(n), last.start + pair.end(n)) for n in (1, 2)]
    titles = [Part(start, end, "title", {"level": level}) for start, end in ends]
    return [*parts[:number], *titles, *parts[number + 1 :]]


def _front(head: str, low: int) -> list[Part]:
    """Author, title and editor that end ``head``, which begins at ``low``."""
    edited: list[Part] = []
    if editor := _EDITOR.search(head):
        edited = [Part(low + editor.start("editor"), low + editor.end("editor"), "editor", {})]
        head = head[: editor.start()].rstrip(" .,")
    title = _TITLE.search(head)
    if title is None:
        return _article(head, low) + edited
    begin, name = title.start("title"), title["title"].rstrip()
    if lead := _LEADING.match(name):
        begin, name = begin + lead.end(), name[lead.end() :]
    parts: list[Part] = []
    owner = _OWNER.match(name)
    if owner and len(owner["author"].split()) <= 4:
        initials = _INITIALS.search(head[:begin])
        first = initials.start() if initials else begin
        parts.append(Part(low + first, low + begin + len(owner["author"]), "author", {}))
        begin, name = begin + owner.end(), name[owner.end() :]
    elif (inside := _INSIDE.search(name)) and re.match(r"[A-Z]\w+ (?:of|by) [A-Z]", name):
        begin, name = begin + inside.end(), name[inside.end() :]
    name = name.rstrip(" .")
    if _NOT_TITLE.match(name) or not name:
        return []
    if not parts:
        before = head[:begin].rstrip()
        if before[-1:] == ":" and (author := _AUTHOR.search(before)):
            parts.append(Part(low + author.start("author"), low + author.end("author"), "author", {}))
        elif len(name.split()) == 1 and before[-1:] == "." and (work := _WORK.search(before)):
            # “Smith: A Book. Publisher (Place, year)”
            parts.append(Part(low + work.start("author"), low + work.end("author"), "author", {}))
            parts.append(Part(low + work.start("title"), low + work.end("title"), "title", {"level": "m"}))
            return [*parts, Part(low + begin, low + begin + len(name), "publisher", {}), *edited]
        else:
            parts += _article(head[:begin], low)
    parts.append(Part(low + begin, low + begin + len(name), "title", {}))
    return parts + edited


def _article(head: str, low: int) -> list[Part]:
    """A title in quotation marks that ends ``head``, and its author."""
    quoted = _QUOTED.search(head)
    if quoted is None:
        return []
    words = [word for word in re.findall(r"[\w’'-]+", quoted["title"]) if len(word) > 3]
    if not quoted["title"][:1].isupper() or sum(word[:1].isupper() for word in words) < 0.6 * len(words):
        return []
    parts = [Part(low + quoted.start("title"), low + quoted.end("title"), "title", {"level": "a"})]
    if author := _AUTHOR.search(head[: quoted.start() + 1]):
        parts.insert(0, Part(low + author.start("author"), low + author.end("author"), "author", {}))
    return parts


def _core(core: re.Match[str], year: str) -> list[Part]:
    """The elements of a hard part; ``year`` is for a date that leaves it to the next one."""
    unit = core.lastgroup or ""
    start, end = core.span()
    if unit == "place":
        return list(_imprint(core[0], start))
    if unit in _PRINTED:
        return list(_imprint(core[0][1:-1], start + 1, "title" if unit == "journal" else "publisher"))
    if unit == "date":
        whole = core[0] if re.search(YEAR, core[0]) or not year else f"{core[0]} {year}"
        return [Part(start, end, "date", date_attributes(whole))]
    if unit == "edition":
        return []  # words of the reference, but no element of ours
    attributes = {"unit": unit}
    numbers = re.findall(r"\d+", core[0])
    if unit == "page" and len(numbers) == 2 and re.search(r"\d\s?[-–]\s?\d", core[0]):
        attributes |= {"from": numbers[0], "to": full_number(*numbers)}
    return [Part(start, end, "biblScope", attributes)]


def _imprint(text: str, start: int, first: str = "publisher") -> Iterator[Part]:
    """What stands in “Publisher, Place, 1939” or “Journal, Place, May 1, 1939”."""
    cut = re.search(rf"{DATE}$|{YEAR}$|n[^,]*$", text)
    date = cut.start() if cut else len(text)
    pieces = [match.span() for match in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", text[:date])]
    for number, (left, right) in enumerate(pieces):
        if number or len(pieces) == 1:
            yield Part(start + left, start + right, "pubPlace", {})
        elif first == "title":
            yield Part(start + left, start + right, "title", {"level": "j"})
        elif right - left > 12:
            yield Part(start + left, start + right, "publisher", {})
        # else “Pamphlet, Place, 1937”
    if date < len(text):
        yield Part(start + date, start + len(text), "date", date_attributes(text[date:]))


def full_number(first: str, last: str) -> str:
    """The end of a range with its leading digits: “3” in “221-3” is 223."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def titles_in(references: Iterable[Reference]) -> set[int]:
    """Where the titles of articles begin: they are mostly in quotation marks."""
    return {
        part.start
        for reference in references
        for part in reference.parts
        if part.name == "title" and part.attributes.get("level") == "a"
    }


def reference_spans(
    flow: Flow,
    references: Sequence[Reference],
    prefix: str = "b",
    quoted: Sequence[tuple[int, int]] = (),
) -> list[Span]:
    """``bibl`` with its parts; each has an id (``prefix`` and number).

    ``quoted`` are the quotations that are titles: theirs is the element, marks and all.
    """
    spans: list[Span] = []
    for number, reference in enumerate(references, start=1):
        start = reference.start
        parts: list[Span] = []
        for part in reference.parts:
            around = next(
                (place for place in quoted if place[0] <= part.start and part.end <= place[1]), None
            )
            if around is not None and part.name == "title":
                start = min(start, around[0])
                continue
            parts.append(Span(*flow.place(part.start, part.end), part.name, dict(part.attributes)))
        spans.append(Span(*flow.place(start, reference.end), "bibl", {"xml:id": f"{prefix}{number}"}))
        spans += parts
    return spans
