"""Bibliographic references (TEI Guidelines, chapter 3.12) and cross-references (chapter 3.7) in prose and notes.

A reference is known by its hard parts: volume, number and page, a date, an imprint in brackets. What stands
before them is read from right to left: the title, and the author before it. The page of another book is
part of its reference; any other page is one of this edition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tei.flow import Flow
from tei.quotations.dates import DATE, MONTH, date_attributes
from tei.span import Span

_PAGES: Final = r"(?:[1-9]\d{0,3}|[XIVL]{1,7})(?:\s?[-–]\s?\d{1,4})?(?:\s*ff\b\.?)?"
_ROMAN: Final = r"(?:[IVXLC]+|I?ll|\d{1,3})"
_SCOPES: Final = (
    ("volume", rf"(?:[Vv]ol(?:ume|s)?\b\.?|t\.)\s*{_ROMAN}\b"),
    ("issue", r"[Nn]os?\.\s*\d{1,3}(?:[-–]\d{1,3})?"),
    ("part", r"[Pp]t\.\s*\d{1,2}\b"),
    ("page", rf"pp?\.\s*{_PAGES}(?:\s*[,;]\s*{_PAGES}(?!\w))*"),
)
_EDITION: Final = r"(?:\w+\s){0,2}(?:[Ee]dition|[Ee]d\.)"
_NAME: Final = r"[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2}"
_IMPRINT: Final = rf"\((?:[A-Z][^()]{{2,60}},\s*)?{_NAME}(?:\s+and\s+{_NAME}|,\s*{_NAME})?(?:,\s*{DATE})?\)"
_CORE: Final = re.compile(
    "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in _SCOPES)
    + rf"|(?P<imprint>{_IMPRINT})|(?P<date>{DATE})|(?P<edition>(?:First|Second|Third|Fourth|Fifth|\d\w\w)\s+(?:[A-Z]\w+\s+)?Edition)"
)
_GLUE: Final = re.compile(r"\s*[,;.]?\s*\(?\s*(?:of\s+)?")
_SMALL: Final = r"(?:of|the|and|for|in|to|on|an?|de|et|i|za|der|die|das|und|&|by|with|from|du|la|le|at|is|not|a)"
_CAPITAL: Final = r"(?:[A-Z][\w’'&-]*|&|XX|\d{4}(?=:))"
_TITLE: Final = re.compile(
    rf"(?P<title>{_CAPITAL}(?::?\s+(?:{_CAPITAL}|{_SMALL}|[a-z]{{5,12}}(?=\s[A-Z]))){{0,14}}(?<!\sof)(?<!\sthe)(?<!\sand)(?<!\sin)\.?)\s*$"
)
_QUOTED: Final = re.compile(r"[“‘\"](?P<title>[^“”\n]{3,140}?)[,.]?[”’\"]\s*,?\s*(?:in\s+)?(?:the\s+)?$")
_AUTHOR: Final = re.compile(
    r"(?P<author>(?:[A-Z]\.\s*){0,3}[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+|and\s+[A-Z][\w.’'-]*)){0,4})\s*[:,]\s*[“‘\"]?$"
)
_SAME: Final = re.compile(r"(?P<title>Ibid)\.?\s*$|(?P<other>[Oo]p\.\s*cit\.)\s*$")
_NOT_TITLE: Final = re.compile(
    r"^(?:Appendix|Appendices|Part|Chapter|Section|See|On|In|At|The\s+(?:text|full)|Of|By|For|After|Since|From|Text|Cf|As|But|And|When|He|It|This|Until|Before|During)\b"
)
_LEADING: Final = re.compile(r"^(?:See|Cf\.?|For|In|See:|Cited in|The)\s+(?=[A-Z])")
_CROSS: Final = re.compile(
    rf"(?:\b[Pp]p?\.|\b[Pp]ages?)\s*(?P<pages>{_PAGES}(?:\s*(?:[,;]|and)\s*{_PAGES}(?!\w))*)|\b(?P<appendix>Appendix\s+[A-Z]\b)"
)
_ONE: Final = re.compile(r"(?P<first>\d{1,4})(?:\s?[-–]\s?(?P<last>\d{1,4}))?(?:\s*ff\b\.?)?")
_BACK: Final = 220


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a reference: ``text[start:end]`` is the element ``name`` with ``attributes``."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliographic reference with its parts, or a cross-reference (``target`` is then a pointer)."""

    start: int
    end: int
    parts: tuple[Part, ...] = ()
    target: str | None = None
    type: str | None = None


def find_references(text: str, *, note: bool = False, known: Collection[str] = ()) -> list[Reference]:
    """Bibliographic references in ``text``.

    In a ``note`` a title and a date are enough for one; in running text the title must be among those
    ``known`` (see ``known_titles``) or have a volume, a page or an imprint.
    """
    result: list[Reference] = []
    done = 0
    for cores in _clusters(text):
        reference = _reference(text, cores, done, note, known)
        if reference is not None:
            result.append(reference)
            done = reference.end
    return result


def known_titles(references: Sequence[Reference], text: str) -> set[str]:
    """The titles that ``references`` of ``text`` give: a periodical cited once is known everywhere."""
    return {
        text[part.start : part.end].strip(" .,")
        for reference in references
        for part in reference.parts
        if part.name == "title" and part.attributes.get("level") == "j"
    }


def _clusters(text: str) -> Iterator[list[re.Match[str]]]:
    """Hard parts that follow each other with nothing but commas between them."""
    cluster: list[re.Match[str]] = []
    for match in _CORE.finditer(text):
        if cluster:
            gap = text[cluster[-1].end() : match.start()]
            if len(gap) < 12 and (_GLUE.fullmatch(gap) or re.fullmatch(r"\)?[,.;]?\s*\(?", gap)) and "\n" not in gap:
                same = cluster[-1].lastgroup == match.lastgroup
                if not (same and ";" in gap):
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
    glue = len(before) - len(re.sub(r"(?:[\s,(]|(?<=[a-z])\.|\bof\s|\bin\s)+$", "", before))
    linked = before[len(before) - glue :]
    head = before[: len(before) - glue]
    same = _SAME.search(head)
    parts: list[Part] = []
    if same:
        start = low + same.start()
    else:
        parts = _front(text, head, low)
    titles = [part for part in parts if part.name == "title"]
    name = text[titles[-1].start : titles[-1].end] if titles else ""
    if not same and not _is_reference(units, name, linked, note, known, bool(parts)):
        return None
    if units in (["page"], ["issue"]) or not _is_title(name, units, linked):
        if not same and set(units) <= {"page", "date"} and not _is_title(name, units, linked):
            return None
    if titles:
        periodical = "imprint" not in units and (
            "issue" in units or any(u == "date" and len(c[0]) > 4 for u, c in zip(units, cores, strict=True)) or name in known
        )
        last = titles[-1]
        if last.attributes.get("level") is None:
            parts[parts.index(last)] = Part(last.start, last.end, "title", {"level": "j" if periodical else "m"})
        start = parts[0].start
    end = cores[-1].end()
    for core in cores:
        parts += _core(text, core)
    return Reference(start, end, tuple(parts))


def _is_title(name: str, units: Sequence[str], linked: str) -> bool:
    """Whether a page alone makes the words before it a title: not “his remarks to Smith, p. 5”."""
    words = [word for word in re.findall(r"[\w’'-]+", name) if word[:1].isupper()]
    return len(words) >= 2 or (bool(name) and "imprint" in units) or (bool(name) and "(" not in linked and set(units) != {"page"})


def _is_reference(
    units: Sequence[str], name: str, linked: str, note: bool, known: Collection[str], front: bool
) -> bool:
    kinds = set(units)
    if "volume" in kinds or ("issue" in kinds and front):
        return True
    if not front:
        return False
    if "imprint" in kinds:
        return note or bool(kinds - {"imprint"}) or name in known
    if "page" in kinds:
        return True
    if "date" in kinds:
        if name.strip(" .,") in known:
            return True
        return note and "of" not in linked and ("," in linked or "(" in linked) and len(name.split()) > 1
    return False


def _front(text: str, head: str, low: int) -> list[Part]:
    """Author and title that end ``head``, which begins at ``low``."""
    parts: list[Part] = []
    title = _TITLE.search(head)
    if title is not None:
        begin = title.start("title")
        name = title["title"]
        if lead := _LEADING.match(name):
            begin += lead.end()
            name = name[lead.end() :]
        if ":" in name:
            # “Smith: A Book” is author and title, “A Book: Its Story” a title.
            first, rest = name.split(":", 1)
            if re.fullmatch(r"(?:[A-Z]\.\s*)*[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}", first) and len(first.split()) <= 3:
                parts.append(Part(low + begin, low + begin + len(first), "author", {}))
                begin += len(first) + 1 + len(rest) - len(rest.lstrip())
                name = rest.lstrip()
        if _NOT_TITLE.match(name) or not name.strip():
            return []
        end = begin + len(name.rstrip())
        if not parts and (author := _AUTHOR.search(head[:begin])) and head[:begin].rstrip()[-1:] == ":":
            parts.append(Part(low + author.start("author"), low + author.end("author"), "author", {}))
        elif not parts:
            parts += _article(head[:begin], low)
        parts.append(Part(low + begin, low + end, "title", {}))
        return parts
    return _article(head, low)


def _article(head: str, low: int) -> list[Part]:
    """A title in quotation marks, and its author."""
    quoted = _QUOTED.search(head)
    if quoted is None:
        return []
    parts = [Part(low + quoted.start("title"), low + quoted.end("title"), "title", {"level": "a"})]
    if author := _AUTHOR.search(head[: quoted.start() + 1]):
        parts.insert(0, Part(low + author.start("author"), low + author.end("author"), "author", {}))
    return parts


def _core(text: str, core: re.Match[str]) -> list[Part]:
    unit = core.lastgroup or ""
    start, end = core.span()
    if unit == "imprint":
        return list(_imprint(text, start + 1, end - 1))
    if unit == "date":
        return [Part(start, end, "date", date_attributes(core[0]))]
    if unit == "edition":
        return [Part(start, end, "edition", {})]
    attributes = {"unit": unit}
    numbers = re.findall(r"\d+", core[0])
    if unit == "page" and len(numbers) == 2 and re.search(r"\d\s?[-–]\s?\d", core[0]):
        attributes |= {"from": numbers[0], "to": _full(*numbers)}
    return [Part(start, end, "biblScope", attributes)]


def _imprint(text: str, start: int, end: int) -> Iterator[Part]:
    """What stands in “(Publisher, Place, 1939)”."""
    pieces: list[tuple[int, int]] = []
    for match in re.finditer(r"[^,]+", text[start:end]):
        value = match[0]
        left = start + match.start() + len(value) - len(value.lstrip())
        pieces.append((left, start + match.end() - (len(value) - len(value.rstrip()))))
    if pieces and re.fullmatch(DATE, text[pieces[-1][0] : pieces[-1][1]]):
        date = pieces.pop()
        if pieces and re.fullmatch(MONTH + r"(?:\s*\d{1,2})?", text[pieces[-1][0] : pieces[-1][1]]):
            date = (pieces.pop()[0], date[1])
        last: tuple[int, int] | None = date
    else:
        last = None
    for number, (left, right) in enumerate(pieces):
        name = "publisher" if len(pieces) > 1 and number == 0 and " " in text[left:right] and right - left > 12 else "pubPlace"
        yield Part(left, right, name, {})
    if last:
        yield Part(last[0], last[1], "date", date_attributes(text[last[0] : last[1]]))


def _full(first: str, last: str) -> str:
    """“3” in “221-3” is 223."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) else last


def find_cross_references(
    text: str,
    pages: Collection[str],
    divisions: Mapping[str, str],
    references: Sequence[Reference] = (),
) -> list[Reference]:
    """References to places of this edition: its ``pages`` (as printed) and ``divisions`` (title: id).

    What stands inside bibliographic ``references`` is left out. Each page of “pp. 3-4, 221” is one.
    """
    starts = [reference.start for reference in references]
    found: list[Reference] = []
    for match in _CROSS.finditer(text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < references[at].end:
            continue
        if name := match["appendix"]:
            target = divisions.get(" ".join(name.split()))
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.end() + 3]
            if target and not re.match(r"Appendix\s+[A-Z]\s*(?:$|\n|—|-|\s—)", line):
                found.append(Reference(match.start(), match.end(), target=f"#{target}", type="appendix"))
            continue
        pieces = list(_ONE.finditer(text, match.start("pages"), match.end("pages")))
        for number, piece in enumerate(pieces):
            if piece["first"] in pages:
                # The first one takes the “pp.” with it.
                start = match.start() if number == 0 else piece.start()
                found.append(Reference(start, piece.end(), target=f"#p{piece['first']}", type="page"))
    return found


def reference_spans(flow: Flow, references: Sequence[Reference], prefix: str = "b") -> list[Span]:
    """``bibl`` with its parts, ``ref`` for cross-references; each ``bibl`` has an id (``prefix`` and number)."""
    spans: list[Span] = []
    number = 0
    for reference in references:
        start, end = flow.place(reference.start, reference.end)
        if reference.target is not None:
            spans.append(Span(start, end, "ref", {"type": reference.type or "page", "target": reference.target}))
            continue
        number += 1
        spans.append(Span(start, end, "bibl", {"xml:id": f"{prefix}{number}"}))
        for part in reference.parts:
            left, right = flow.place(part.start, part.end)
            spans.append(Span(left, right, part.name, dict(part.attributes)))
    return spans
