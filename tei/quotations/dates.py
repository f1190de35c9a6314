"""Dates as references give them: “July 6, 1956”, “May, 1956”, “25 October 1917”, “Spring 1939”.

The attributes are those of ``att.datable.w3c`` (TEI Guidelines, chapters 3.6.4 and 14.4).
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

# Full names and abbreviations in English and German, full names in French.
_NAMES: Final = (
    r"Jan(?:uary?)?|Feb(?:ruary?)?|Mar(?:ch)?|März|Apr(?:il)?|Ma[iy]|Jun[ei]?|Jul[iy]?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?"
    r"|janvier|février|mars|avril|mai|jui(?:n|llet)|août|(?:septem|octo|novem|décem)bre"
)
_BY_LETTERS: Final = {
    letters: number
    for number, forms in enumerate(
        (
            "jan",
            "feb fév",
            "mar mär",
            "apr avr",
            "may mai",
            "jun juin",
            "jul juil",
            "aug aoû",
            "sep",
            "oct okt",
            "nov",
            "dec dez déc",
        ),
        start=1,
    )
    for letters in forms.split()
}
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

MONTH: Final = rf"(?:{_NAMES})\b ?\.?"
"""The name of a month, abbreviated or not."""

YEAR: Final = r"(?:1[5-9]|20)\d\d"
"""A year."""

_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY: Final = r"\d{1,2}(?!\d)"
_TO: Final = r" ?(?:[-–—]|and|to|und|et) ?"

DATE: Final = (
    rf"(?:(?:{_WEEKDAY},? )?{MONTH} {{0,2}}"
    rf"(?:{_DAY}(?:{_TO}{_DAY}| ?[-–—] ?{MONTH} {{0,2}}{_DAY})?(?: {{0,2}}, {{0,2}}{YEAR})?(?!\d)"
    rf"|(?:[-–] {{0,2}}{MONTH})? {{0,2}},? {{0,2}}{YEAR})"
    rf"|{_DAY}\.?(?:{_TO}{_DAY}\.?)? {{1,2}}{MONTH} {{0,2}},? {{0,2}}{YEAR}"
    rf"|(?:Spring|Summer|Autumn|Fall|Winter) {{0,2}},? {{0,2}}{YEAR}"
    rf"|{_DAY}[./] ?[IVX]{{1,4}}[./] ?{YEAR}|{_DAY}\. ?{_DAY}\. ?{YEAR})"
)
"""A month with a day, a year or both; a season with a year; day, month and year in figures."""

_PARTS: Final = re.compile(rf"(?P<month>{MONTH}|\b[IVX]+\b)|(?P<year>{YEAR})|(?P<day>\d{{1,2}})")
_BOTH: Final = re.compile(r"\d\.? ?(?:and|und|et) ")
_YEARS: Final = re.compile(rf"({YEAR}) ?[-–—] ?(\d{{4}}|\d\d)")


def date_attributes(text: str) -> dict[str, str]:
    """``@when``, or ``@from`` and ``@to``, of a date as ``DATE`` matches it; none without a year."""
    if years := _YEARS.fullmatch(text.strip()):
        return {"from": years[1], "to": years[1][: 4 - len(years[2])] + years[2]}
    year: str | None = None
    months: list[int] = []
    days: list[int] = []
    for match in _PARTS.finditer(text):
        if match["month"]:
            months.append(_month(match["month"]))
        elif match["year"]:
            year = match["year"]
        else:
            days.append(int(match["day"]))
    if year is None:
        return {}
    if not months and len(days) == 2:
        days, months = days[:1], days[1:]  # “5.12.1950”
    if not all(1 <= month <= 12 for month in months):
        return {"when": year}
    known = all(1 <= day <= monthrange(int(year), month)[1] for day, month in _pairs(days, months))
    stamps = [f"{year}-{month:02}" for month in months] or [year]
    if known and months:
        stamps = [f"{year}-{month:02}-{day:02}" for day, month in _pairs(days, months)] or stamps
    if len(stamps) == 1:
        return {"when": stamps[0]}
    if len(months) == 1 and _BOTH.search(text):
        return {"when": f"{year}-{months[0]:02}"}  # “March 4 and 6” are no range
    return {"from": stamps[0], "to": stamps[-1]}


def _month(name: str) -> int:
    if name in _ROMAN:
        return _ROMAN.index(name) + 1
    letters = name.lower()
    return _BY_LETTERS.get(letters[:3], _BY_LETTERS.get(letters[:4], 0))


def _pairs(days: list[int], months: list[int]) -> list[tuple[int, int]]:
    """Each day with its month; the days of one month share it."""
    if len(months) == 1:
        return [(day, months[0]) for day in days]
    return list(zip(days, months, strict=False)) if len(days) == len(months) else []
