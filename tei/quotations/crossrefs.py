"""Cross-references: “see p. 164”, “pp. 221-3”, “Appendix C”, “the facing page” (TEI Guidelines, chapter 3.7).

The page of another work is part of its bibliographic reference, or is told by the words behind it (“p. 5 of
his memoirs”); any other page is one of this edition, if the edition has it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tei.flow import Flow
from tei.quotations.scopes import PAGES, Reference, find_pages, plain_spaces, roman_value
from tei.span import Span

# Each of these begins with a fixed letter, which makes them fast to find.
_PAGE_SEEDS: Final = (re.compile(r"p\. ?[\divxlc]"), re.compile(r"ages? [1-9]"))
_PAGES: Final = re.compile(
    rf"(?:[Pp]p?\.|[Pp]ages?) {{0,2}}"
    rf"(?P<pages>{PAGES}(?: {{0,2}}(?:[,;&]|and\b|or\b) {{0,2}}(?=\d){PAGES})*)(?![\w’'])"
)
_KINDS: Final = {
    "appendix": r"(?:Appendi(?:x|ces|xes)|APPENDIX|appendi(?:x|ces))",
    "chapter": r"(?:Chapters?|CHAPTER|chapters?|[Cc]haps?\.)",
    "part": r"(?:Parts?|PART|parts?|[Pp]t\.)",
    "section": r"(?:Sections?|SECTION|sections?|[Ss]ec\.)",
    "book": r"(?:Books?|BOOK|books?)",
}
_DIVISION_SEEDS: Final = {
    "appendix": (r"ppendi", r"PPENDI"),
    "chapter": (r"hap(?:ters?|s?\.) ", r"HAPTER "),
    "part": (r"arts? [IVXLC\dOTFSEN]", r"ART [IVXLC\dOTFSEN]", r"t\. [IVXLC\d]"),
    "section": (r"ec(?:tions?|\.) ", r"ECTION "),
    "book": (r"ooks? [IVXLC\dOTFSEN]", r"OOK [IVXLC\dOTFSEN]"),
}
_WORDS: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NUMBER: Final = rf"(?:[A-Z]|[IVXLC]{{1,7}}|\d{{1,3}}|(?i:{'|'.join(_WORDS)}))(?![\w’'])"
_NUMBERS: Final = re.compile(_NUMBER)
_DIVISION: Final = {
    kind: re.compile(
        rf"(?<![\w-])(?P<kind>{words}) {{1,2}}"
        rf"(?P<numbers>{_NUMBER}(?:(?:, ?(?:and |or )?| and | or | to | ?[-–] ?){_NUMBER})*)"
    )
    for kind, words in _KINDS.items()
}
_PLURAL: Final = re.compile(r"(?:s|ces)\.?$")
# “of this book”, “of the present work” are ours.
_OURS: Final = r"(?!this\b|the present\b|our\b|these\b)"
_OF_ANOTHER: Final = re.compile(
    rf",? (?:of {_OURS}(?:the|his|her|their|its|that|an?|my|[A-ZÀ-Þ“‘\"_])"
    rf"|in (?:his|her|their|[A-ZÀ-Þ“‘\"_]))"
)
_OWNED: Final = re.compile(r"(?:[’']s|s’|\b[Hh]is|\b[Hh]er|\b[Tt]heir|\b[Ii]ts) $")
# “Smith, Cats, p. 5” cites a work by author and short title.
_CITED: Final = re.compile(r"\b[A-ZÀ-Þ][\w’-]{1,24}, (?:[A-ZÀ-Þ&][\w’-]{0,24} ?){1,4}, $")
_HEADING: Final = re.compile(r"\w+ {1,2}\w+ ?[.:]? ?[*†‡§\d]{0,3} ?(?:$|[—–-])", re.MULTILINE)
_BESIDE: Final = re.compile(
    r"(?:the )?(?P<which>facing|opposite|next|following|preceding|previous) page\b(?! of)"
)


class CrossReference(NamedTuple):
    """``text[start:end]`` points to ``target``, an id without ``#``; ``type``: ``page`` or ``division``."""

    start: int
    end: int
    target: str
    type: str


class Pagination(NamedTuple):
    """Where the pages of an edition are in a text.

    ``begins`` (offset in the text, id of the page) in order; ``facing``: the page opposite to each.
    """

    begins: Sequence[tuple[int, str]] = ()
    facing: Mapping[str, str] | None = None

    def beside(self, at: int, which: str) -> str | None:
        """The id of the page before, after or opposite to the one that is read at ``at``."""
        number = bisect_right(self.begins, at, key=lambda page: page[0]) - 1
        if which in ("facing", "opposite"):
            return (self.facing or {}).get(self.begins[number][1]) if number >= 0 else None
        other = number + (1 if which in ("next", "following") else -1)
        return self.begins[other][1] if number >= 0 and 0 <= other < len(self.begins) else None


def find_cross_references(
    text: str,
    pages: Mapping[str, str],
    divisions: Mapping[str, str],
    references: Sequence[Reference] = (),
    *,
    outside: Sequence[tuple[int, int]] = (),
    pagination: Pagination | None = None,
) -> list[CrossReference]:
    """References to places of this edition, in order; they do not overlap.

    ``pages`` gives the id of a page by its number as printed (“164”, “xii”), ``divisions`` that of a division
    by its kind and number in any case (“appendix c”, “part ii”, “chapter 4”; kinds: those of ``_KINDS``);
    numbers are found in whatever form the text has them, “Part Two” too. A division whose number
    occurs twice should not be in it. Left out are: what stands inside bibliographic ``references`` (in order)
    or in the stretches ``outside`` (an index, a table of contents; in order); headings; places of
    other works (“p. 5 of his memoirs”). Each page of “pp. 3-4, 221” is one, and each of “Appendices A and B”;
    a range points to its first page. With ``pagination`` “the facing page” is one, too.
    """
    text = plain_spaces(text)
    taken = sorted([*((one.start, one.end) for one in references), *outside])
    found = [*_page_references(text, pages), *_division_references(text, divisions)]
    if pagination is not None and pagination.begins:
        found += _beside(text, pagination)
    result: list[CrossReference] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        at = bisect_right(taken, one.start, key=lambda place: place[0])
        free = (at == 0 or taken[at - 1][1] <= one.start) and (at == len(taken) or one.end <= taken[at][0])
        if free and (not result or result[-1].end <= one.start):
            result.append(one)
    return result


def _page_references(text: str, pages: Mapping[str, str]) -> Iterator[CrossReference]:
    done = 0
    for seed in sorted(match.start() for pattern in _PAGE_SEEDS for match in pattern.finditer(text)):
        # “pp.” has its seed at the second letter.
        start = seed - 1 if text[seed - 1 : seed] in ("p", "P") else seed
        match = _PAGES.match(text, start)
        if match is None or start < done or text[max(0, start - 1) : start].isalnum():
            continue
        done = match.end()
        if _OF_ANOTHER.match(text, match.end()) or _is_cited(text, start):
            continue
        listed = list(find_pages(text, *match.span("pages")))
        if listed[0].first.lower() not in pages:
            continue  # what follows a page that is not there is none of ours either
        for number, one in enumerate(listed):
            if page := pages.get(one.first.lower()):
                # The first one takes the “pp.” with it.
                yield CrossReference(match.start() if number == 0 else one.start, one.end, page, "page")


def _division_references(text: str, divisions: Mapping[str, str]) -> Iterator[CrossReference]:
    ids = {
        _key(*name.split()): identifier for name, identifier in divisions.items() if len(name.split()) == 2
    }
    for kind in sorted({kind for kind, _ in ids} & _KINDS.keys()):
        for seed in _DIVISION_SEEDS[kind]:
            for found in re.finditer(seed, text):
                match = _DIVISION[kind].match(text, max(0, found.start() - 1))
                if match and not _is_elsewhere(text, match):
                    yield from _divisions(match, kind, ids)


def _divisions(
    match: re.Match[str], kind: str, ids: Mapping[tuple[str, str], str]
) -> Iterator[CrossReference]:
    several = _PLURAL.search(match["kind"]) is not None
    for count, number in enumerate(_NUMBERS.finditer(match.string, *match.span("numbers"))):
        if count and not several:
            return  # “Appendix A, I think”
        if match["kind"][0].islower() and number[0] == "I":
            return  # “in part I agree”
        if target := ids.get(_key(kind, number[0])):
            # The first one takes “Appendices” with it.
            yield CrossReference(number.start() if count else match.start(), number.end(), target, "division")


def _key(kind: str, number: str) -> tuple[str, str]:
    """Kind and number in one form: a numeral in figures, a letter as it is."""
    kind, number = kind.lower(), number.lower()
    if number in _WORDS:
        return kind, str(_WORDS.index(number) + 1)
    # “Appendix C” is the third, not the hundredth.
    if kind != "appendix" and not number.strip("ivxlc"):
        return kind, str(roman_value(number))
    return kind, number


def _is_elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether a division is one of another work, or what is found is its own heading."""
    start = match.start()
    if start == 0 or text[start - 1] == "\n":
        return _HEADING.match(text, start) is not None
    return _OF_ANOTHER.match(text, match.end()) is not None or _is_cited(text, start)


def _is_cited(text: str, start: int) -> bool:
    """Whether the words before a page or a division at ``start`` say whose it is."""
    before = text[max(0, start - 120) : start]
    return _OWNED.search(before) is not None or (before.endswith(", ") and _CITED.search(before) is not None)


def _beside(text: str, pagination: Pagination) -> Iterator[CrossReference]:
    at = text.find(" page")
    while at >= 0:
        for match in _BESIDE.finditer(text, max(0, at - 14), at + 9):
            if target := pagination.beside(match.start(), match["which"]):
                yield CrossReference(match.start("which"), match.end(), target, "page")
        at = text.find(" page", at + 5)


def cross_reference_spans(flow: Flow, references: Sequence[CrossReference]) -> list[Span]:
    """``ref`` with ``@type`` and ``@target``."""
    return [
        Span(*flow.place(one.start, one.end), "ref", {"type": one.type, "target": f"#{one.target}"})
        for one in references
    ]
