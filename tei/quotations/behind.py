"""What stands behind the hard parts of a reference: “… of Smith’s Works”, a publisher, a chapter."""

from __future__ import annotations

import re
from typing import Final

from tei.quotations.cores import EDITION
from tei.quotations.fronts import PERSON, SMALL, is_title
from tei.quotations.scopes import Part

_SMALL: Final = "|".join(sorted(SMALL))
CAPITAL: Final = r"[A-ZÀ-Þ][\w’'&-]{0,24}"
TITLE: Final = rf"{CAPITAL}(?::? (?:{CAPITAL}|&)|(?: (?:{_SMALL})\b){{1,3}} {CAPITAL}){{0,16}}"
"""Words with capitals and the small ones between them: what may be a title."""
OWNER: Final = (
    rf"(?:(?:the (?:author|writer|editor|same)[’']s|[Hh]is|[Hh]er|[Tt]heir|the latter[’']s|the)"
    rf"|(?P<author>{PERSON})[’']s) "
)
"""Whose work it is, before its title."""

_OF: Final = re.compile(
    rf"(?: ?\([^()\n]{{2,60}}\))? of (?P<same>the same volume(?: \([IVXLC\d]+\))?(?: of )?)?(?:the )?"
    rf"(?P<edition>{EDITION}(?: of (?:the )?|(?!\w)))?(?:{OWNER})?"
    rf"(?:(?:(?<=the )|(?<=of )|(?<=’s )|(?<='s )|(?<=is )|(?<=er )|(?<=eir ))"
    rf"(?P<title>{TITLE}|works\b|writings\b))?"
)
_PUBLISHER: Final = re.compile(
    r"\.? ?[.,] (?P<publisher>(?:[A-ZÀ-Þ]\. ?|[A-ZÀ-Þ][\w’&-]{1,24} ){0,4}"
    r"(?:Verlag|Press|Publishers|Books|Publishing (?:House|Company|Co\.)|[ÉE]ditions|Edizioni|Izdatelstvo))"
    r"(?= {0,2}(?:[.,;)]|$))"
)
_CHAPTER: Final = re.compile(r" ?: ?[“\"](?P<title>[^“”\"\n]{3,100}?)[.,]?[”\"]")


def read_of(text: str, end: int, level: str) -> tuple[int, list[Part]] | None:
    """“of the Third Edition of Smith’s Works” at ``end``: where it ends, and author and title; or nothing."""
    found = _OF.match(text, end)
    if found is None or not (found["same"] or found["edition"] or found["title"]):
        return None
    parts = [
        Part(*found.span(name), name, {"level": level} if name == "title" else {})
        for name in ("author", "title")
        if found[name]
    ]
    stop = parts[-1].end if parts else end + len(found[0].rstrip())
    return stop, [part for part in parts if text[part.start].isupper()]


def read_publisher(text: str, end: int) -> Part | None:
    """The publisher in “Berlin, 1920. J. Smith Verlag”."""
    found = _PUBLISHER.match(text, end)
    return Part(*found.span("publisher"), "publisher", {}) if found else None


def read_chapter(text: str, end: int) -> tuple[int, Part] | None:
    """The title of the chapter in “pp. 3-7: “A Chapter.””, and where it ends."""
    found = _CHAPTER.match(text, end)
    if found is None or not is_title(found["title"]):
        return None
    return found.end(), Part(*found.span("title"), "title", {"level": "a"})
