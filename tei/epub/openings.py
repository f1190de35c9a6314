"""Where the files of a book begin: with the page of the print that begins there."""

from __future__ import annotations

from collections.abc import Iterable

from tei.epub.pieces import Close, File, Join, Open, PageBreak, Piece, Remark, Space, Unread, Words
from tei.views.walk import SPACE


def with_their_pages(pieces: Iterable[Piece]) -> list[Piece]:
    """``pieces`` with each ``File`` before the page breaks that only what is not read sets apart from it.

    So a page that begins with a chapter does not begin behind the notes of the chapter before.
    """
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, File):
            out.insert(_opening(out), piece)
        else:
            out.append(piece)
    return out


def _opening(out: list[Piece]) -> int:
    found = at = len(out)
    while at:
        piece = out[at - 1]
        if isinstance(piece, PageBreak):
            found = at - 1
        elif isinstance(piece, Close) and (piece.element.hidden or piece.element.tag == "wbr"):
            while not (isinstance(before := out[at - 1], Open) and before.element is piece.element):
                at -= 1
        elif not (
            isinstance(piece, Unread | Space | Join | Remark)
            or (isinstance(piece, Words) and not piece.text.strip(SPACE))
        ):
            break
        at -= 1
    return found
