"""The order of pages on paper, where a text is encoded in another.

``pb/@next`` and ``@prev`` name the neighbours on paper of a page that stands elsewhere in the
encoding (TEI Guidelines, chapters 3.11.3 and 17.1: ``att.global.linking``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tei.errors import ParseError


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A ``pb``: its ``xml:id``, ``n``, ``next`` and ``prev`` as written, and its line in the file."""

    identifier: str | None
    n: str | None
    following: str | None
    preceding: str | None
    line: int | None

    def __str__(self) -> str:
        attributes = (("n", self.n), ("xml:id", self.identifier))
        return "<pb" + "".join(f' {name}="{value}"' for name, value in attributes if value is not None) + ">"


def paper_order(breaks: Sequence[PageBreak]) -> list[int]:
    """The pieces that ``breaks`` cut a text into, in their order on paper.

    Piece 0 comes before the first break, piece ``i`` after break ``i`` (from 1). A page is
    followed by the one that its ``@next`` names or that names it in ``@prev``; else by the next one
    in the document, unless that follows another. Takes linear time.

    Raises ``ParseError`` naming the ``pb`` where a pointer leads nowhere, or two to one page,
    and where some pages cannot be reached.
    """
    pieces = len(breaks) + 1
    if all(page.following is None and page.preceding is None for page in breaks):
        return list(range(pieces))
    after, before = _stated(breaks)
    assumed: set[int] = set()
    for one in range(pieces - 1):
        if one not in after and one + 1 not in before:
            after[one], before[one + 1] = one + 1, one
            assumed.add(one)
    order: list[int] = []
    for head in (one for one in range(pieces) if one not in before):
        # Text before the first page leads on to whichever page is the first on paper.
        if len(order) > 1:
            hint = "let @next of the page before it on paper name it"
            raise _error(breaks[head - 1], "no page leads to {}", hint)
        order += _run(head, after)
    if len(order) < pieces:
        lost = min(set(range(pieces)).difference(order))
        circle = _run(lost, after)
        last = _last_of(circle, assumed, breaks) if len(order) == 1 and len(circle) == pieces - 1 else None
        if last is None:
            message = "the pages lead round in a circle through {}"
            raise _error(breaks[lost - 1], message, "mend its @next or @prev")
        at = circle.index(last) + 1
        order += circle[at:] + circle[:at]
    return order


def _run(start: int, after: dict[int, int]) -> list[int]:
    """The pieces from ``start`` on, up to the end or to where they come round again."""
    run = [start]
    piece = after.get(start)
    while piece is not None and piece != start:
        run.append(piece)
        piece = after.get(piece)
    return run


def _last_of(circle: list[int], assumed: set[int], breaks: Sequence[PageBreak]) -> int | None:
    """The last page on paper, where the encoding goes on with the first, so that no pointer tells them.

    It leads on only because nothing else is stated; if that is so of several, it has the higher number.
    """
    ends = [piece for piece in circle if piece in assumed]
    if len(ends) > 1:
        ends = [piece for piece in ends if _number(breaks[piece - 1]) > _number(breaks[piece])]
    return ends[0] if len(ends) == 1 else None


def _number(one: PageBreak) -> int:
    digits = re.search("[0-9]+", one.n or "")
    return int(digits[0][:18]) if digits else -1


def _stated(breaks: Sequence[PageBreak]) -> tuple[dict[int, int], dict[int, int]]:
    """What ``@next`` and ``@prev`` say: the piece after each, the piece before each."""
    by_id: dict[str, int] = {}
    twice: set[str] = set()
    for piece, one in enumerate(breaks, start=1):
        if one.identifier is not None:
            if one.identifier in by_id:
                twice.add(one.identifier)
            by_id[one.identifier] = piece
    after: dict[int, int] = {}
    before: dict[int, int] = {}
    for piece, one in enumerate(breaks, start=1):
        for attribute, pointer in (("next", one.following), ("prev", one.preceding)):
            if pointer is None:
                continue
            identifier = pointer.strip().removeprefix("#")
            other = by_id.get(identifier)
            if other is None or other == piece or identifier in twice:
                what = "no" if other is None else "this" if other == piece else "more than one"
                message = f'@{attribute}="{pointer}" of {{}} names {what} page break of this text'
                raise _error(one, message, "name the xml:id of one other pb")
            left, right = (piece, other) if attribute == "next" else (other, piece)
            if after.setdefault(left, right) != right:
                raise _error(breaks[left - 1], "two pages are said to follow {}", "mend @next or @prev")
            if before.setdefault(right, left) != left:
                raise _error(breaks[right - 1], "two pages are said to come before {}", "mend @next or @prev")
    return after, before


def _error(place: PageBreak, message: str, hint: str) -> ParseError:
    return ParseError(message.replace("{}", str(place)), line=place.line, hint=hint)
