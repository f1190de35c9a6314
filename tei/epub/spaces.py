"""White space between the pieces: none where a broken word is joined, some where a line ends without any."""

from __future__ import annotations

from collections.abc import Iterable

from tei.epub.pieces import (
    Close,
    File,
    Join,
    NoteBegin,
    NoteEnd,
    NoteMark,
    NotesBegin,
    NotesEnd,
    Open,
    Piece,
    Shown,
    Space,
    Unread,
    Words,
)
from tei.views.walk import SPACE


def settled(pieces: Iterable[Piece]) -> list[Piece]:
    """``pieces`` with neither ``Join`` nor ``Space``: white space that is not to be read is ``Unread``."""
    out: list[Piece] = []
    swallow = wanted = False
    blank = True  # whether white space, or nothing in its line, stands before
    for piece in pieces:
        if isinstance(piece, Words):
            text = piece.text
            if swallow:
                rest = text.lstrip(SPACE)
                if len(rest) < len(text):
                    out.append(Unread(text[: len(text) - len(rest)]))
                text = rest
                if not text:
                    continue
                swallow = False
            if wanted and text[0] not in SPACE and not blank:
                out.append(Shown(" "))
            wanted = False
            out.append(Words(text) if text is not piece.text else piece)
            blank = text[-1] in SPACE
            continue
        if isinstance(piece, Join):
            _strip(out)
            swallow, wanted, blank = True, False, False
            continue
        if isinstance(piece, Space):
            wanted = wanted or not (swallow or blank)
            continue
        if isinstance(piece, Shown | NoteMark):
            if wanted and not blank and isinstance(piece, Shown):
                out.append(Shown(" "))
            swallow = wanted = blank = False
        elif _ends_line(piece):
            swallow, wanted, blank = False, False, True
        out.append(piece)
    return out


def _ends_line(piece: Piece) -> bool:
    if isinstance(piece, Open | Close):
        return piece.element.block
    return isinstance(piece, File | NotesBegin | NotesEnd | NoteBegin | NoteEnd)


def _strip(out: list[Piece]) -> None:
    """Take the white space off the end of the line that ``out`` ends with."""
    for at in range(len(out) - 1, -1, -1):
        piece = out[at]
        if isinstance(piece, Words):
            text = piece.text.rstrip(SPACE)
            if len(text) < len(piece.text):
                blank = Unread(piece.text[len(text) :])
                out[at : at + 1] = [Words(text), blank] if text else [blank]
            if text:
                return
        elif isinstance(piece, Shown | NoteMark) or _ends_line(piece):
            return
