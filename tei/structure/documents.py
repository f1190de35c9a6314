"""Letters and other documents that a text prints whole (TEI Guidelines, chapters 4.2.2 and 4.3.2).

What opens and closes them stands in ``opener`` and ``closer``; a part that runs on in the
last line of a paragraph ends that paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tei.editor.decided import Decided, DocumentPart
from tei.layout.lines import XML_SPACE
from tei.span import Span
from tei.structure.blocks import inked
from tei.structure.draft import Draft

_OPENING: Final = frozenset({"salute", "dateline", "address", "byline", "signed"})
_CLOSING: Final = frozenset({"salute", "dateline", "signed", "address"})


class Piece(NamedTuple):
    """A run of a document's text that becomes one element."""

    start: int
    end: int
    name: str


def document_spans(start: int, end: int, kind: str, pieces: Sequence[Piece]) -> list[Span]:
    """A ``floatingText`` around ``pieces``, which are in order.

    What precedes the first paragraph goes into an ``opener``, what follows the last into a ``closer``;
    a postscript stands between two closers.
    """
    spans = [Span(start, end, "floatingText", {"type": kind}), Span(start, end, "body")]
    paragraphs = [number for number, piece in enumerate(pieces) if piece.name in ("p", "speaker")]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(pieces), -1)
    for number, piece in enumerate(pieces):
        if first < number < last and piece.name in (*_OPENING, "trailer"):
            # Between paragraphs TEI has no place for them but a block of their own.
            spans.append(Span(piece.start, piece.end, "ab", {"type": piece.name}))
        elif piece.name == "address":
            spans.append(Span(piece.start, piece.end, "addrLine"))
        elif piece.name == "postscript":
            spans += [Span(piece.start, piece.end, "postscript"), Span(piece.start, piece.end, "p")]
        else:
            spans.append(Span(piece.start, piece.end, piece.name))
    spans += _group(pieces, "address", frozenset({"address"}))
    spans += _group(pieces[:first], "opener", _OPENING) + _speeches(pieces)
    spans += _group(pieces[last + 1 :], "closer", _CLOSING)
    return spans


def _group(pieces: Sequence[Piece], name: str, allowed: frozenset[str]) -> list[Span]:
    """``name`` around each run of the parts that it may hold."""
    spans: list[Span] = []
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and piece.name in allowed:
            run.append(piece)
            continue
        if run:
            spans.append(Span(run[0].start, run[-1].end, name))
        run = []
    return spans


def _speeches(pieces: Sequence[Piece]) -> list[Span]:
    """``sp`` from each speaker's label to the next or to the last paragraph."""
    labels = [number for number, piece in enumerate(pieces) if piece.name == "speaker"]
    paragraphs = [number for number, piece in enumerate(pieces) if piece.name == "p"]
    spans: list[Span] = []
    for number, following in zip(labels, [*labels, len(pieces)][1:], strict=True):
        spoken = [at for at in paragraphs if number < at < following]
        if spoken:
            spans.append(Span(pieces[number].start, pieces[spoken[-1]].end, "sp"))
    return spans


def cut(text: str, start: int, end: int, parts: Sequence[DocumentPart]) -> list[Piece]:
    """A paragraph cut at the parts that run on in it; white space between the pieces is in none of them."""
    pieces: list[Piece] = []
    place = start
    for part in parts:
        _add(text, pieces, place, part.start, "p")
        _add(text, pieces, part.start, part.end, part.kind)
        place = part.end
    _add(text, pieces, place, end, "p")
    return pieces


def _add(text: str, pieces: list[Piece], start: int, end: int, name: str) -> None:
    content = text[start:end]
    start += len(content) - len(content.lstrip(XML_SPACE))
    end = start + len(text[start:end].rstrip(XML_SPACE))
    if start >= end:
        return
    if name == "p" and pieces and not any(character.isalnum() for character in text[start:end]):
        # A full stop or a marker behind a signature belongs to it.
        pieces[-1] = Piece(pieces[-1].start, end, pieces[-1].name)
        return
    pieces.append(Piece(start, end, name))


def mark_documents(draft: Draft, decided: Decided) -> None:
    """The documents that the editor names."""
    for region in decided.documents:
        pieces: list[Piece] = []
        for block in draft.within(region):
            if block.name == "p":
                start, end = inked(draft.text, block)
                parts = [part for part in region.parts if start <= part.start < end]
                pieces += cut(draft.text, start, end, parts)
                block.name = ""
        draft.spans += document_spans(region.start, draft.inked_end(region.end), region.type, pieces)
