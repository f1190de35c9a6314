"""Dates as references give them: “July 6, 1956”, “May, 1956”, “25 October 1917”, “March 10-21, 1939”."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\s?\.?"
)
"""The name of a month, abbreviated or not."""

DATE: Final = (
    rf"(?:{MONTH}\s*\d{{1,2}}(?:\s*(?:[-–]|and)\s*\d{{1,2}})?(?:\s*,\s*(?:1[5-9]|20)\d\d)?(?!\d)"
    rf"|\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?\s+{MONTH}\s*,?\s*(?:1[5-9]|20)\d\d|{MONTH}\s*(?:[-–]\s*{MONTH})?\s*,?\s*(?:1[5-9]|20)\d\d)"
)
"""A month with a day, a year or both."""

YEAR: Final = r"(?:1[5-9]|20)\d\d"
"""A year."""

_PARTS: Final = re.compile(rf"(?P<month>{MONTH})|(?P<year>(?:1[5-9]|20)\d\d)|(?P<day>\d{{1,2}})")


def date_attributes(text: str) -> dict[str, str]:
    """``@when``, or ``@from`` and ``@to``, for a date such as ``DATE`` matches; nothing without a year."""
    year: str | None = None
    months: list[int] = []
    days: list[int] = []
    for match in _PARTS.finditer(text):
        if match["month"]:
            months.append(_MONTHS.index(match["month"][:3].lower()) + 1)
        elif match["year"]:
            year = match["year"]
        else:
            days.append(int(match["day"]))
    if year is None:
        return {}
    if len(months) > 1:
        return {"from": f"{year}-{months[0]:02}", "to": f"{year}-{months[1]:02}"}
    month = f"{year}-{months[0]:02}" if months else year
    if not months or not days or not all(1 <= day <= 31 for day in days):
        return {"when": month}
    if len(days) > 1:
        return {"from": f"{month}-{days[0]:02}", "to": f"{month}-{days[-1]:02}"}
    return {"when": f"{month}-{days[0]:02}"}
