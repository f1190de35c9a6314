"""Are pages and divisions in order, and do they have what belongs to them?

TEI Guidelines, chapters 3.11 and 4.1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from lxml import etree

from tei.names import T
from tei.validation.index import XML_ID
from tei.validation.noted import Noted

_PB: Final = f"{T}pb"
_DIV: Final = f"{T}div"
_HEAD: Final = f"{T}head"
_ARABIC: Final = re.compile(r"[0-9]{1,6}")
_ROMAN: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_FEW: Final = 3
# A rule of the schema asks for the head of these.
_HEADED: Final = frozenset({"part", "chapter", "appendix"})
_PAGES: Final = "CO.html#CORS5"
_DIVISIONS: Final = "DS.html#DSDIV"


def note_pages(root: etree._Element) -> Iterator[Noted]:
    """Page breaks whose numbers do not rise, and pages that are left out.

    Pages that face each other stand apart in the file, each sequence in its own division: they are looked at
    sequence by sequence. Roman numbers come before Arabic ones; brackets around a number do not count.
    """
    for pages in _sequences(root):
        numbers = [_page_number(page.get("n", "")) for page in pages]
        steps = [
            b[1] - a[1] for a, b in pairwise(numbers) if a is not None and b is not None and a[0] == b[0]
        ]
        usual = max(set(steps), key=steps.count) if steps else 0
        yield from _out_of_order(pages, numbers, usual if steps.count(usual) > len(steps) // 2 else 0)


def _out_of_order(
    pages: Sequence[etree._Element], numbers: Sequence[tuple[int, int] | None], usual: int
) -> Iterator[Noted]:
    last: tuple[int, int] | None = None
    before, present = pages[0], frozenset(numbers)
    skipped = False  # pages that are not in order, or have no number, stand behind the last one
    for page, number, following in zip(pages, numbers, [*numbers[1:], None], strict=True):
        if number is None:
            skipped = True
            continue
        between = last is not None and _is_another(last, number, following, usual)
        if last is not None and (
            between or number <= last or (following is not None and last < following <= number)
        ):
            yield Noted(
                code="TEI-C001",
                severity="error",
                message=f"page {page.get('n')} stands here behind page {before.get('n')}"
                + (f" and before page {following[1]}" if following is not None and number > last else ""),
                element=page,
                attribute="n",
                hint=f'did you mean n="{last[1] + usual}"? a misprinted number stands in <fw>'
                if between and _ARABIC.fullmatch(page.get("n", ""))
                else "put the page breaks in order, or mend n; a misprinted number stands in <fw>",
                link=_PAGES,
            )
            skipped = True
            # What follows is measured by the one before; or by this one, if the count goes on from here.
            if following is None or following > last or following[1] - number[1] != usual:
                continue
        elif last is not None and not skipped and _leaves_out(last, number, usual, present):
            yield Noted(
                code="TEI-C002",
                severity="warning",
                message=f"page {last[1] + usual} is missing: {page.get('n')} comes behind {before.get('n')}",
                element=page,
                hint="was a <pb/> removed? put it back",
                link=_PAGES,
                lost=_id_of(page, last[1] + usual),
            )
        last, before, skipped = number, page, False


def _is_another(
    last: tuple[int, int], number: tuple[int, int], following: tuple[int, int] | None, usual: int
) -> bool:
    """Whether a page stands where the steps before and behind it leave room for just one, and is not that."""
    expected = (last[0], last[1] + usual)
    return usual > 0 and following == (last[0], last[1] + 2 * usual) and number != expected


def _leaves_out(
    last: tuple[int, int], number: tuple[int, int], usual: int, present: Collection[tuple[int, int] | None]
) -> bool:
    """Whether one page is left out between two, and stands nowhere else."""
    missing = (last[0], last[1] + usual)
    return usual > 0 and number == (last[0], last[1] + 2 * usual) and missing not in present


def _id_of(page: etree._Element, number: int) -> str | None:
    """The id that a missing page should have, by the id of another one."""
    written, identifier = _ARABIC.findall(page.get("n", "")), page.get(XML_ID, "")
    if len(written) != 1 or identifier.count(written[0]) != 1:
        return None
    return identifier.replace(written[0], str(number))


def _sequences(root: etree._Element) -> list[list[etree._Element]]:
    """The page breaks, those of each facing division apart; a break right before a division belongs to it."""
    found: dict[etree._Element | None, list[etree._Element]] = {}
    for page in root.iter(_PB):
        found.setdefault(_facing_division(page), []).append(page)
    return list(found.values())


def _facing_division(page: etree._Element) -> etree._Element | None:
    following = page.getnext()
    if (
        following is not None
        and following.tag == _DIV
        and following.get("corresp")
        and not (page.tail or "").strip()
    ):
        return following
    return next((one for one in page.iterancestors(_DIV) if one.get("corresp")), None)


def _page_number(written: str) -> tuple[int, int] | None:
    """A page's number as something that can be compared: Roman ones come first."""
    plain = written.strip("[]() .").lower()
    if _ARABIC.fullmatch(plain):
        return 1, int(plain)
    return (0, _roman(plain)) if plain and _ROMAN.fullmatch(plain) else None


def note_divisions(root: etree._Element) -> Iterator[Noted]:
    """Divisions of one kind, side by side, whose numbers do not count on; one without a head among others."""
    for parent in root.iter(_DIV, f"{T}front", f"{T}body", f"{T}back"):
        kinds: dict[str, list[etree._Element]] = {}
        for child in parent.iterchildren(_DIV):
            kinds.setdefault(child.get("type", ""), []).append(child)
        if "" in kinds:  # what kind it is the schema asks for; until then there is nothing to count
            continue
        for kind, divisions in kinds.items():
            yield from _miscounted(kind, divisions)
            if kind not in _HEADED:
                yield from _headless(kind, divisions)


def _miscounted(kind: str, divisions: Sequence[etree._Element]) -> Iterator[Noted]:
    written = [one.get("n", "").strip(" .()[]") for one in divisions]
    values = max((_values(written, read) for read in (_arabic, _roman_or_none, _letter)), key=_rising)
    for at in range(1, len(divisions)):
        one, other = values[at - 1], values[at]
        if one is None or other is None or other == one + 1 or _rising(values) < _FEW - 1:
            continue
        yield Noted(
            code="TEI-C003",
            severity="warning",
            message=f'{kind} n="{divisions[at].get("n")}" comes behind n="{divisions[at - 1].get("n")}"',
            element=divisions[at],
            attribute="n",
            hint=f"is a {kind} missing or at the wrong place, or is n wrong?",
            link=_DIVISIONS,
        )


def _headless(kind: str, divisions: Sequence[etree._Element]) -> Iterator[Noted]:
    without = [one for one in divisions if one.find(_HEAD) is None]
    if len(without) == 1 and len(divisions) > _FEW:
        yield Noted(
            code="TEI-C004",
            severity="warning",
            message=f'this <div type="{kind}"> has no head; the {len(divisions) - 1} beside it have one',
            element=without[0],
            hint="write <head> around its heading",
            link="DS.html#DSHD",
        )


def _rising(values: Sequence[int | None]) -> int:
    """How often a number is followed by the next one."""
    return sum(one is not None and other == one + 1 for one, other in pairwise(values))


def _values(written: Sequence[str], read: object) -> list[int | None]:
    assert callable(read)
    return [read(one.lower()) if one else None for one in written]


def _arabic(written: str) -> int | None:
    return int(written) if _ARABIC.fullmatch(written) else None


def _roman_or_none(written: str) -> int | None:
    return _roman(written) if written and _ROMAN.fullmatch(written) else None


def _letter(written: str) -> int | None:
    return ord(written) - ord("a") if len(written) == 1 and "a" <= written <= "z" else None


def _roman(written: str) -> int:
    values = [_VALUES[letter] for letter in written]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
