"""Dates, times and durations of XML Schema (part 2, sections 3.2.6 to 3.2.14)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

Comparable = tuple[object, ...]
"""A value: its kind and what equal values have in common."""

_ZONE: Final = r"(?P<zone>Z|[+\-][0-9]{2}:[0-9]{2})?"
_YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
# A leap second is taken, and the point of a fraction with nothing behind it: jing does so.
_TIME: Final = r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>(?:[0-5][0-9]|60)(?:\.[0-9]*)?)"
_FORMS: Final = {
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
}
_PATTERNS: Final[dict[str, re.Pattern[str]]] = {}
_DURATION: Final = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9.])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:((?=\.?[0-9])[0-9]*(?:\.[0-9]*)?)S)?)?"
)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_DIGITS: Final = 400
CALENDAR: Final = frozenset((*_FORMS, "duration"))
"""The names of these datatypes."""


def calendar_value(kind: str, text: str) -> Comparable | None:
    """Return the value that ``text`` is for the datatype ``kind``; ``None`` where it is none."""
    if len(text) > _MOST_DIGITS:
        return None
    if kind == "duration":
        return _duration(text)
    pattern = _PATTERNS.get(kind)
    if pattern is None:
        pattern = _PATTERNS[kind] = re.compile(_FORMS[kind], re.ASCII)
    match = pattern.fullmatch(text)
    if match is None:
        return None
    found = match.groupdict()
    zone = _zone(found["zone"])
    year = int(found.get("year") or 2000)
    if zone is False or year == 0 or abs(year) > 292_000_000:
        return None
    month, day = int(found.get("month") or 1), int(found.get("day") or 1)
    if found.get("month") and found.get("day") and day > _length(year, month):
        return None
    seconds = Decimal(found.get("second") or 0)
    minutes = int(found.get("hour") or 0) * 60 + int(found.get("minute") or 0)
    moment = (_day_number(year, month, day) * 1440 + minutes) * 60 + seconds
    return (kind, moment - (zone or 0) * 60, zone is not None)


def compare(one: Comparable, other: Comparable) -> int | None:
    """Return -1, 0 or 1 as ``one`` is less than, equal to or more than ``other``; ``None``: undecided."""
    if one[0] == "duration":
        return _compare_durations(one, other)
    first, second = one[1], other[1]
    assert isinstance(first, Decimal)
    assert isinstance(second, Decimal)
    if one[2] == other[2]:
        return (first > second) - (first < second)
    # One has no time zone: it may be up to fourteen hours off (section 3.2.7.4).
    if abs(first - second) <= 14 * 3600:
        return None
    return 1 if first > second else -1


def _zone(text: str | None) -> int | Literal[False] | None:
    """The minutes that a zone is ahead; ``None`` without one, ``False`` where there is no such zone."""
    if text is None:
        return None
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:6])
    ahead = hours * 60 + minutes
    if minutes > 59 or ahead > 14 * 60:
        return False
    return -ahead if text[0] == "-" else ahead


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _length(year: int, month: int) -> int:
    # There is no year 0: the one before the year 1 is -1, and a leap year.
    astronomical = year if year > 0 else year + 1
    return 29 if month == 2 and _leap(astronomical) else _DAYS[month - 1]


def _day_number(year: int, month: int, day: int) -> int:
    before = (year if year > 0 else year + 1) - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + sum(_length(year, m) for m in range(1, month)) + day


def _duration(text: str) -> Comparable | None:
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    sign = -1 if match[1] else 1
    years, months, days, hours, minutes = (int(part or 0) for part in match.groups()[1:6])
    seconds = Decimal(match[7] or 0) + ((days * 24 + hours) * 60 + minutes) * 60
    return ("duration", sign * (years * 12 + months), sign * seconds)


# Section 3.2.6.2: a duration is less than another if it is so from each of these days on.
_REFERENCES: Final = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def _compare_durations(one: Comparable, other: Comparable) -> int | None:
    results = {_sign(_end(one, start) - _end(other, start)) for start in _REFERENCES}
    return results.pop() if len(results) == 1 else None


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _end(duration: Comparable, start: tuple[int, int]) -> Decimal:
    months, seconds = duration[1], duration[2]
    assert isinstance(months, int)
    assert isinstance(seconds, Decimal)
    year, month = divmod(start[0] * 12 + start[1] - 1 + months, 12)
    return Decimal(_day_number(year if year > 0 else year - 1, month + 1, 1) * 86400) + seconds
