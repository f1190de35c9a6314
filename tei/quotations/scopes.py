"""Bibliographic references as data, and the scopes in them: volumes, issues, chapters and pages.

``biblScope`` with ``@unit``, ``@from`` and ``@to`` (TEI Guidelines, chapter 3.12.2.5): a single page has both
with the same value, “p. 3 ff.” has ``@from`` alone. Volumes, issues and chapters are given in figures,
as numbers are compared and sorted; pages keep Roman numerals, since those are pages of another count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

NUMBER: Final = r"[1-9]\d{0,3}(?!\d)|(?:[ivxlc]{1,7}|[IVXLC]{1,7})\b(?!\. ?[A-Z]\.)"
"""A number of a page, in figures or Roman ones; “I. L. Smith” has none."""

PAGES: Final = rf"(?:{NUMBER})(?:(?: ?[-–—] ?| {{1,2}}to {{1,2}})(?:{NUMBER}))?(?: {{0,2}}ff?\b\.?)?"
"""A page or a range of pages, “ff.” and all."""

_ONE: Final = re.compile(
    rf"(?P<first>{NUMBER})(?:(?: ?[-–—] ?| {{1,2}}to {{1,2}})(?P<last>{NUMBER}))?(?P<on> {{0,2}}ff?\b\.?)?"
)
# “Ill” and “ll” are misreadings of “III” and “II”, so common that corrections may have left some.
_COUNT: Final = re.compile(
    r"(?P<first>\d{1,4}|I?ll\b|[IVXLC]{1,8}\b|[ivxlc]{1,8}\b)(?: ?[-–—/] ?(?P<last>\d{1,4}|[IVXLC]{1,8}\b))?"
)
_LABEL: Final = re.compile(r"(?!(?:[IVXLC]+|[ivxlc]+|I?ll)\b)[^\W\d]+[.°]? {0,2}")
_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Part(NamedTuple):
    """A piece of a reference: ``text[start:end]`` is the element ``name`` with ``attributes``."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]


class Reference(NamedTuple):
    """A bibliographic reference with its parts."""

    start: int
    end: int
    parts: tuple[Part, ...] = ()


class Pages(NamedTuple):
    """One page or range of pages at ``text[start:end]``; ``last`` is ``None`` for “ff.”."""

    start: int
    end: int
    first: str
    last: str | None


def plain_spaces(text: str) -> str:
    """``text`` with a space for each tab and each space that does not break; of the same length."""
    for space in "\t\u00a0\u2009\u202f":
        text = text.replace(space, " ")
    return text


def find_pages(text: str, start: int, end: int) -> Iterator[Pages]:
    """The pages and ranges of a list such as “3-4, 221 ff.” in ``text[start:end]``."""
    for match in _ONE.finditer(text, start, end):
        first, last = match["first"], match["last"]
        if match["on"]:
            yield Pages(match.start(), match.end(), first, None)
        else:
            yield Pages(match.start(), match.end(), first, full_number(first, last) if last else first)


def scope_parts(text: str, start: int, end: int, unit: str) -> list[Part]:
    """``biblScope`` for a scope such as “Vols. II-III” or “pp. 3-4, 221”: one for each range of pages.

    The first of several takes the “pp.” with it.
    """
    label = _LABEL.match(text, start, end)
    after = label.end() if label else start
    if unit == "page":
        ranges = [(one.start, one.end, one.first, one.last) for one in find_pages(text, after, end)]
    else:
        ranges = [
            (one.start(), one.end(), _arabic(one["first"]), _arabic(one["last"] or one["first"]))
            for one in _COUNT.finditer(text, after, end)
        ]
    parts = []
    for number, (begin, stop, first, last) in enumerate(ranges):
        attributes = {"unit": unit, "from": first} | ({"to": last} if last else {})
        parts.append(Part(start if number == 0 else begin, stop, "biblScope", attributes))
    return parts


def _arabic(number: str) -> str:
    if number[0].isdigit():
        return number
    return str(roman_value("I" * len(number) if number in ("Ill", "ll") else number))


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral: 14 for “XIV”."""
    values = [_DIGITS[letter] for letter in numeral.upper()]
    return sum(
        -one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True)
    )


def full_number(first: str, last: str) -> str:
    """The end of a range with its leading digits: “3” in “221-3” is 223."""
    return first[: len(first) - len(last)] + last if len(last) < len(first) and last.isdigit() else last
