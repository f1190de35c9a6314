"""Bibliographic references (TEI Guidelines, chapter 3.12) in prose and notes.

A reference is known by its hard parts (``cores``): volume, number and page, a date, an imprint in brackets.
What stands before them (``fronts``) is read from right to left; some have more ``behind`` them. Some notes
name a work without any of these (``soft``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tei.flow import Flow
from tei.quotations.behind import read_chapter, read_of, read_publisher
from tei.quotations.cores import NAME, PRINTED, Core, clusters, core_parts, joined
from tei.quotations.fronts import Front, read_author, read_front, without_edition
from tei.quotations.scopes import Part, Reference, full_number, plain_spaces
from tei.quotations.soft import besides, is_title_of_work, pieces_at, soft_references
from tei.quotations.works import FREE, Claim, capitals, is_known, is_noted, is_work, levelled
from tei.span import Span

__all__ = [
    "Part",
    "Reference",
    "Titles",
    "find_all_references",
    "find_references",
    "full_number",
    "known_titles",
    "reference_spans",
    "titles_in",
]

# Behind these what stands before a title is its author.
_FIRM: Final = frozenset({"page", "volume", "chapter", "imprint", "published"})
_SCOPES: Final = frozenset({"volume", "page", "issue", "chapter"})
_OPENING: Final = ("“", "‘", '"')
_NEAR: Final = 80
"""How far before a year the title of a newspaper may end."""
_BACK: Final = 260
"""How far before its hard parts a reference may begin."""
_AHEAD: Final = 260
# Running text is read only around these; they are found fast, as each begins with a fixed letter.
_SEEDS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"ol(?:umes?|s)?\b\.? *[IVXLC\d]",
        r"ages? \d",
        r"p\. ?[IVXLCivxlc]",
        r"bid\.",
        r"cit\.",
    )
)
_FIGURE: Final = re.compile(r"[0-9]")
_HARD_WORDS: Final = "bid|cit|Vol|vol|p. |Idem|benda|Ebd| O.|ome |hap|ch.|Bd|date|n.d|n. d|s. a|s.a"
_FIGURELESS: Final = tuple(_HARD_WORDS.split("|"))
_STOPPED: Final = re.compile(r"\. ?[1-9]")
_LABEL: Final = re.compile(r"\b(?:[Vv]ols?|[Nn]os?|[Nn]r|pp?|Bd)$")
_YEARS: Final = (re.compile(r"1[5-9]\d\d"), re.compile(r"20\d\d"))
_IMPRINT: Final = re.compile(r", (?:1[5-9]|20)\d\d\.?\)")
_CLOSED: Final = re.compile(r"\. *\($")
_LANGUAGE: Final = re.compile(r"English|French|German|Italian|Russian|Spanish|Latin")
_IN_PLACE: Final = re.compile(rf" ?\((?P<place>{NAME})\)")
_WORKLIKE: Final = re.compile(r"^[A-ZÀ-Þ][\w’'-]+(?: [\w’'&:-]+){2,}$")


@dataclass(slots=True)
class Titles:
    """The titles that references name: one that is cited once is known everywhere."""

    periodicals: set[str] = field(default_factory=set)
    works: set[str] = field(default_factory=set)

    def learn(self, references: Iterable[Reference], text: str) -> None:
        """Note the titles that ``references`` of ``text`` name."""
        for reference in references:
            for part in reference.parts:
                name = text[part.start : part.end].strip(" .,")
                level = part.attributes.get("level") if part.name == "title" else None
                if level == "j":
                    self.periodicals.add(name)
                elif (
                    level == "m"
                    and is_title_of_work(name, 2)
                    and _WORKLIKE.match(name)
                    and not FREE.match(name)
                ):
                    self.works.add(name)


def find_references(
    text: str, *, note: bool = False, known: Collection[str] = (), works: Collection[str] = ()
) -> list[Reference]:
    """Bibliographic references in ``text``, in order; they do not overlap.

    In a ``note`` a title and a date, or the words around, are enough for one; in running text the title must
    be among the periodicals ``known`` (see ``known_titles``) or have a volume, a page or an imprint.
    ``works`` are titles of books that count in a note even without any number.
    """
    return _Text(text, note=note).references(known, works)


def find_all_references(texts: Sequence[tuple[str, bool]]) -> list[list[Reference]]:
    """The references in each of ``texts`` (text, whether a note), as ``find_references`` gives them.

    What one of the texts cites is known in all.
    """
    read = [_Text(text, note=note) for text, note in texts]
    titles = Titles()
    for one in read:
        titles.learn(one.references((), ()), one.text)
    return [one.references(titles.periodicals, titles.works) for one in read]


def known_titles(references: Iterable[Reference], text: str) -> set[str]:
    """The periodicals that ``references`` of ``text`` name: one cited once is known everywhere."""
    titles = Titles()
    titles.learn(references, text)
    return titles.periodicals


@dataclass(slots=True)
class _Parsed:
    """Hard parts with what was read around them: that is the same whatever titles are known.

    ``name`` is the title that the hard parts belong to; ``plain`` the reference where it is not known from
    elsewhere (``None`` if it is none then), once that was asked for.
    """

    cores: Sequence[Core]
    units: frozenset[str]
    front: Front
    linked: str
    parts: Sequence[Part]
    name: str
    behind: Sequence[Part]
    end: int
    numbers: Sequence[Part] = ()
    plain: tuple[Reference | None] | None = None


class _Text:
    """A text whose hard parts are looked for once."""

    def __init__(self, text: str, *, note: bool) -> None:
        self.text = plain_spaces(text)
        self.note = note
        self._years: list[int] = []
        self._hard: list[tuple[int, int]] = self._whole() if note else self._windows()
        self._clusters: dict[tuple[int, int], list[list[Core]]] = {}
        self._parsed: dict[tuple[int, int], _Parsed] = {}
        self._soft: list[Reference] | None = None

    def references(self, known: Collection[str], works: Collection[str]) -> list[Reference]:
        """The references, with titles ``known`` from elsewhere."""
        result: list[Reference] = []
        done = 0
        for window in self._with_known(known):
            found = self._clusters.get(window)
            if found is None:
                found = self._clusters[window] = list(clusters(self.text, *window))
            for at, cores in enumerate(found):
                if cores[0].start < done:
                    continue
                following = found[at + 1] if at + 1 < len(found) else []
                reference = self._reference(cores, following, done, known)
                if reference is not None:
                    if result and _continues(self.text, result[-1], reference):
                        first = result.pop()
                        reference = Reference(first.start, reference.end, (*first.parts, *reference.parts))
                    result.append(reference)
                    done = reference.end
        result += besides(result, self._without_numbers(result, known, works))
        return sorted(result, key=lambda reference: reference.start)

    def _without_numbers(
        self, found: Sequence[Reference], known: Collection[str], works: Collection[str]
    ) -> list[Reference]:
        """Those that the words around tell, besides ``found``; without a known title they stay the same."""
        text = self.text
        if not self.note:
            return pieces_at(text, self._years)
        ends = [0, *(one.end for one in found)]
        starts = [*(one.start for one in found), len(text)]
        rest = "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))
        if any(title in rest for title in known) or any(title in rest for title in works):
            return soft_references(text, known, works)
        if self._soft is None:
            self._soft = soft_references(text, (), ())
        return self._soft

    def _whole(self) -> list[tuple[int, int]]:
        """All of the text, if any hard part may be in it."""
        text = self.text
        return [(0, len(text))] if _FIGURE.search(text) or any(word in text for word in _FIGURELESS) else []

    def _windows(self) -> list[tuple[int, int]]:
        """The surroundings of volumes, pages and imprints; a date alone is none, but is kept in mind."""
        text = self.text
        seeds = [match.start() for pattern in _SEEDS for match in pattern.finditer(text)]
        stops = (match.start() for match in _STOPPED.finditer(text))
        seeds += (stop for stop in stops if _LABEL.search(text, max(0, stop - 5), stop))
        for pattern in _YEARS:
            for match in pattern.finditer(text):
                start, end = match.span()
                if text[start - 1 : start].isdigit() or text[end : end + 1].isdigit():
                    continue
                if _IMPRINT.match(text, start - 2) or "published " in text[max(0, start - 40) : start]:
                    seeds.append(start)
                self._years.append(start)
        return _merged(self._around(seed) for seed in sorted(seeds))

    def _around(self, seed: int) -> tuple[int, int]:
        """The paragraph around ``seed``, as far as a reference reaches."""
        low, high = max(0, seed - _BACK), min(len(self.text), seed + _AHEAD)
        end = self.text.find("\n", seed, high)
        return self.text.rfind("\n", low, seed) + 1 or low, high if end < 0 else end

    def _with_known(self, known: Collection[str]) -> list[tuple[int, int]]:
        """The parts of the text to read, those with a date behind a title that is ``known`` among them."""
        dated = [
            self._around(year)
            for year in self._years
            if (near := self.text[max(0, year - _NEAR) : year]) and any(title in near for title in known)
        ]
        return _merged(sorted([*self._hard, *dated])) if dated else self._hard

    def _reference(
        self, cores: list[Core], following: list[Core], done: int, known: Collection[str]
    ) -> Reference | None:
        start = cores[0].start
        low = max(done, self.text.rfind("\n", max(0, start - _BACK), start) + 1, start - _BACK)
        parsed = self._parsed.get((start, low))
        if parsed is None:
            parsed = self._parsed[start, low] = self._parse(cores, following, low)
        if is_known(parsed.name, known):
            return self._decide(parsed, known)
        if placed := _with_place(parsed, known):
            return placed
        if parsed.plain is None:
            parsed.plain = (self._decide(parsed, ()),)
        return parsed.plain[0]

    def _parse(self, cores: list[Core], following: list[Core], low: int) -> _Parsed:
        """What stands before and behind ``cores``, not farther back than ``low``."""
        text = self.text
        units = frozenset(core.unit for core in cores)
        before = text[low : cores[0].start]
        head = without_edition(before[: _linked_at(before)])
        linked = before[len(head) :]
        if "same" in units:
            return _Parsed(cores, units, Front([]), linked, read_author(head, low), "", (), cores[-1].end)
        front = read_front(head, low, firm=not units.isdisjoint(_FIRM))
        parts = front.parts
        name = _title_of(text, parts)
        phrase = (len(name.split()) == 1 and "(" in linked) or _CLOSED.search(linked)
        if (phrase and cores[0].unit == "volume") or (_LANGUAGE.fullmatch(name) and len(parts) == 1):
            parts, name = [], ""  # the end of a phrase
        end = cores[-1].end
        behind: list[Part] = []
        if not name and cores[-1].unit in _SCOPES:
            work = read_of(text, end, "j" if "issue" in units else "m")
            if work is not None:
                end, behind = work
                if following and joined(text, end, following[0].start):
                    cores, end = [*cores, *following], following[-1].end
        return _Parsed(cores, units, front, linked, parts, name or _title_of(text, behind), behind, end)

    def _decide(self, parsed: _Parsed, known: Collection[str]) -> Reference | None:
        """The reference that was read, if it is one."""
        text, cores, end = self.text, parsed.cores, parsed.end
        if not self._is_reference(parsed, known):
            return None
        parts = levelled(text, parsed.parts, cores, known)
        dated = cores[0].unit == "date" and any(part.attributes.get("level") == "j" for part in parts)
        if dated and (place := _IN_PLACE.match(parsed.linked)):
            low = cores[0].start - len(parsed.linked)
            parts.append(Part(low + place.start("place"), low + place.end("place"), "pubPlace", {}))
        start = min([cores[0].start, *(part.start for part in parts)])
        article = parts and parts[0].attributes.get("level") == "a"
        if text[start - 1 : start] in (_OPENING if article else ("_",)):
            start -= 1
        parsed.numbers = parsed.numbers or core_parts(cores)
        parts += sorted([*parsed.numbers, *parsed.behind], key=lambda part: part.start)
        if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
            end += 1
        elif text[start - 1 : start] == "(" and text.count(")", start, end) > text.count("(", start, end):
            start -= 1
        return self._extended(start, end, parts, cores[-1].unit)

    def _extended(self, start: int, end: int, parts: list[Part], unit: str) -> Reference:
        """The reference with the publisher or the chapter that may stand behind it."""
        if unit in PRINTED and (publisher := read_publisher(self.text, end)):
            parts.append(publisher)
            end = publisher.end
        elif unit == "page" and (chapter := read_chapter(self.text, end)):
            end = chapter[0]
            parts.append(chapter[1])
        return Reference(start, end, tuple(parts))

    def _is_reference(self, parsed: _Parsed, known: Collection[str]) -> bool:
        """Whether hard parts are a reference with what is around them."""
        name, front, units = parsed.name, parsed.front, parsed.units - {"edition"}
        if "same" in units:
            return self.note or len(units) > 1
        if not units or units == {"chapter"}:
            return len(front.parts) > 1
        if parsed.behind or parsed.end > parsed.cores[-1].end:
            return "volume" in units or _is_named(self.text, parsed.behind, known)
        if "volume" in units:
            return len(units) > 1 or bool(name)
        if not name:
            paged = "page" in units and not units.isdisjoint({"place", "date"})
            return self.note and ("imprint" in units or paged)
        if is_known(name, known):
            return True
        claim = Claim(name, units, parsed.linked, front.before, front.named or len(front.parts) > 1)
        return is_work(claim) or (self.note and is_noted(claim))


def _with_place(parsed: _Parsed, known: Collection[str]) -> Reference | None:
    """“The Cat, Berlin, May 1, 1950”, where The Cat is known: what was taken for the title is the place."""
    if parsed.units != {"date"} or len(parsed.parts) != 1 or not parsed.front.before.endswith(", "):
        return None
    before = parsed.front.before.rstrip(" ,")
    title = next((title for title in known if before.endswith(title)), None)
    if title is None:
        return None
    place = parsed.parts[0]
    end = place.start - len(parsed.front.before) + len(before)
    periodical = Part(end - len(title), end, "title", {"level": "j"})
    parts = (periodical, place._replace(name="pubPlace", attributes={}), *core_parts(parsed.cores))
    return Reference(periodical.start, parsed.end, parts)


def _title_of(text: str, parts: Sequence[Part]) -> str:
    return next((text[part.start : part.end] for part in reversed(parts) if part.name == "title"), "")


def _merged(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in windows:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _linked_at(before: str) -> int:
    """Where “, in (”, “of”, “(London),” and the like begin that end ``before``."""
    end = len(before)
    while True:
        stop, end = end, len(before[:end].rstrip(" \t,(."))
        if stop > end and before.endswith((" of", " in", " on"), 0, end):
            end -= 3
            continue
        opening = before.rfind("(", max(1, end - 62), end)
        if before[end - 1 : end] != ")" or opening < 0 or before[opening - 1] != " ":
            return end
        end = opening


def _continues(text: str, first: Reference, second: Reference) -> bool:
    """Whether ``first`` is a letter or a speech, and ``second`` says where it is printed."""
    written = any(part.attributes.get("level") == "u" for part in first.parts)
    return written and text[first.end : second.start] in (", ", ", in ")


def _is_named(text: str, parts: Sequence[Part], known: Collection[str]) -> bool:
    """Whether author and title behind a page (“p. 5 of …”) are of another work."""
    for part in parts:
        words = text[part.start : part.end]
        if part.name == "author" or words in known or capitals(words) > 1:
            return True
    return False


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
        start, end = reference.start, reference.end
        parts: list[Span] = []
        for part in reference.parts:
            around = next(
                (place for place in quoted if place[0] <= part.start and part.end <= place[1]), None
            )
            if around is not None and part.name == "title":
                start, end = min(start, around[0]), max(end, around[1])
                continue
            parts.append(Span(*flow.place(part.start, part.end), part.name, dict(part.attributes)))
        spans.append(Span(*flow.place(start, end), "bibl", {"xml:id": f"{prefix}{number}"}))
        spans += parts
    return spans
