"""Which view an edited text was made from, and how its bytes are to be read."""

from __future__ import annotations

from collections import Counter
from typing import Final

from lxml import etree

from tei.errors import MergeError, ParseError
from tei.source import read_source
from tei.views.placed import View
from tei.views.source import source_encoding
from tei.views.texts import texts

#: So much of the words of a view must still be there for a text to be taken for that view.
_ENOUGH: Final = 0.3
_GUESSED: Final = frozenset({"cp1252", "latin-1"})


def edited_text(data: bytes, root: etree._Element) -> str:
    """The text of an edited file: in UTF-8, as its byte order mark says, or in the source's encoding."""
    source = read_source(data)
    if source.encoding.codec in _GUESSED:
        for text in texts(root):
            try:
                told = source_encoding(text).codec
            except ParseError:
                break
            if told.lower() not in ("utf-8", "utf8"):
                return read_source(data, told).text
    return source.text


def view_of(edited: str, views: dict[View, str]) -> View:
    """Which of ``views`` a text was made from.

    :raises MergeError: it has too little in common with each of them, or as much with the one as with the
        other.
    """
    if not any(_is_of(edited, text) for text in views.values()):
        raise MergeError(
            "this text was made from no view of the TEI file: hardly a word of it stands there",
            hint="name the view it was made from with --view, if it is the right file",
        )
    lines = _lines(edited)
    # A line of the one is hardly ever a line of the other; where nothing is left of both, their number tells.
    shares = {
        view: (_share(_lines(text), lines), -abs(len(_lines(text)) - len(lines)))
        for view, text in views.items()
    }
    if len(set(shares.values())) > 1 or len(set(map(str.strip, views.values()))) == 1:
        return max(shares, key=lambda view: shares[view])
    raise MergeError("both views are as near to this text", hint="say --view source or --view reading")


def check_is_of(pages: str, reading: str) -> None:
    """Make sure that the words of an EPUB's pages are those of a reading view, by and large.

    :raises MergeError: they are others.
    """
    if not _is_of(pages, reading):
        raise MergeError(
            "this EPUB was made of another TEI file: hardly a word of its pages stands in this one",
            hint="merge an EPUB into the file that it was made of",
        )


def _is_of(edited: str, view: str) -> bool:
    return edited.split() == view.split() or _share(view.split(), edited.split()) >= _ENOUGH


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _share(view: list[str], edited: list[str]) -> float:
    """How much of a view and of an edited text is in pieces that both have."""
    one, other = Counter(view), Counter(edited)
    common = sum(len(piece) * count for piece, count in (one & other).items())
    return 2 * common / max(1, sum(len(piece) * count for piece, count in (one + other).items()))
