"""What the header has to be told: facts about the source file, and about the encoded text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tei.names import FORBIDDEN
from tei.source import Source


class SourceFacts(NamedTuple):
    """What the header records of the digital source, so that the file can be had back from the TEI.

    ``file_name`` is the bare name; ``size_bytes`` counts bytes, ``lines`` lines; ``charset`` is the
    parameter of the media type (``utf-8``, or ``utf-8; bom=yes``); ``line_end`` is LF, CRLF or CR;
    ``control_characters`` are those in the text that XML forbids, sorted.
    """

    file_name: str
    sha256: str
    size_bytes: int
    lines: int
    charset: str
    line_end: str
    control_characters: tuple[str, ...] = ()


class Rendition(NamedTuple):
    """How a kind of element looked in the print: a CSS selector and CSS (TEI Guidelines, 2.3.4)."""

    selector: str
    css: str


class Used(NamedTuple):
    """What the encoded text makes use of, for the header to declare.

    ``reactions``: id and description of each category of audience reaction. ``renditions``: looks in print.
    ``measures``: counts of the text for ``extent``, a unit in the singular and a number,
    such as ``("page", 90)``. The order of all three is kept.
    """

    reactions: Sequence[tuple[str, str]] = ()
    renditions: Sequence[Rendition] = ()
    measures: Sequence[tuple[str, int]] = ()


def source_facts(source: Source, file_name: str) -> SourceFacts:
    """The facts about ``source``, which was read from a file of the name ``file_name``."""
    text = source.text
    return SourceFacts(
        file_name=file_name,
        sha256=source.sha256,
        size_bytes=source.size,
        lines=text.count("\n") + (not text.endswith("\n") and text != ""),
        charset=source.encoding.charset,
        line_end=source.encoding.line_end,
        control_characters=tuple(sorted(set(FORBIDDEN.findall(text)))),
    )
