"""Dates of a header: which of them a package document may show, and when a text was last changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from tei.errors import TeiError

EARLIEST: Final = "1980-01-01T00:00:00Z"
"""The time of a text that states none; no ZIP archive can hold an earlier one."""

EPOCH_VARIABLE: Final = "SOURCE_DATE_EPOCH"

_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)


def w3c_date(text: str) -> str:
    """The day, month or year that ``text`` names as W3CDTF writes it (``2026-11-22``); ``""`` if it is none.

    EPUB 3.3 (“The dc:date element”) wants ``dc:date`` in this form.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None or _moment(match) is None:
        return ""
    return "-".join(part for part in match.group("year", "month", "day") if part)


def last_modified(dates: Iterable[str]) -> str:
    """The newest of ``dates`` (ISO 8601; anything else is passed over) as a time in UTC, to the second.

    A month or a year stands for its first day. The variable ``SOURCE_DATE_EPOCH`` of the environment, where
    it is set, goes before all of them; no date at all gives ``EARLIEST``, as does an earlier one.

    :raises TeiError: the variable holds something other than a number of seconds.
    """
    epoch = os.environ.get(EPOCH_VARIABLE)
    if epoch:
        return _from_epoch(epoch)
    matches = (_DATE.fullmatch(text.strip()) for text in dates)
    moments = [moment for match in matches if match is not None and (moment := _moment(match)) is not None]
    return max((_written(moment) for moment in moments), default=EARLIEST)


def _moment(match: re.Match[str]) -> datetime | None:
    try:
        year, month, day = (int(match[part] or 1) for part in ("year", "month", "day"))
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        zone = match["zone"]
        # A zone behind a mere day says where it was that day; it does not make it another one.
        if zone and zone != "Z" and match["hour"]:
            offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
            moment = moment - offset if zone[0] == "+" else moment + offset
    except (ValueError, OverflowError):
        return None
    return moment


def _written(moment: datetime) -> str:
    return max(moment.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"), EARLIEST)


def _from_epoch(epoch: str) -> str:
    try:
        return _written(datetime.fromtimestamp(int(epoch), UTC))
    except (ValueError, OverflowError, OSError) as error:
        raise TeiError(
            f"the environment variable {EPOCH_VARIABLE} holds {epoch!r}; a number of seconds is needed",
            hint="the seconds since 1970-01-01 in UTC, as reproducible-builds.org describes it, or nothing",
        ) from error
