"""What can be read out of a TEI file as plain text: the source, a text to read, the speakers' words.

Each view has a module of its own: :mod:`tei.views.source`, :mod:`tei.views.reading`,
:mod:`tei.views.spoken`. The functions on trees take any element and look for the texts in it.
"""

from __future__ import annotations

from pathlib import Path

from tei.errors import TeiError
from tei.parse import parse_file
from tei.views.reading import reading_text
from tei.views.source import source_bytes, source_text
from tei.views.spoken import spoken_text
from tei.views.texts import check_is_tei

__all__ = ["VIEWS", "reading_text", "source_bytes", "source_text", "spoken_text", "view_text"]

VIEWS = ("source", "reading", "spoken")


def view_text(path: str | Path, view: str) -> bytes:
    """The TEI file ``path`` (``-`` for standard input) in one of the ``VIEWS``.

    The source view is in the encoding and with the line ends of the source; the
    other two are UTF-8 with lines ended by ``\\n``.

    :raises FileError: the file cannot be read.
    :raises ParseError: it is not well-formed, not safe, not TEI, or its page breaks lead nowhere.
    :raises LimitError: it is too large or nested too deeply.
    :raises SourceError: the source's encoding is unknown or cannot hold the text.
    """
    if view not in VIEWS:
        raise ValueError(f"no such view: {view!r}; there are {', '.join(VIEWS)}")
    root = parse_file(path).getroot()
    try:
        check_is_tei(root)
        if view == "source":
            return source_bytes(root)
        text = reading_text(root) if view == "reading" else spoken_text(root)
        return text.encode("utf-8")
    except TeiError as error:
        if error.path is None:
            error.path = str(path)
        raise
