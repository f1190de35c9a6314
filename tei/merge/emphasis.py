"""Words that were emphasised in the pages of an EPUB, as ``hi`` in the TEI file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tei.diff.texts import Shift, align
from tei.markup import Markup
from tei.merge.epub import EMPHASIS
from tei.merge.pages import Marked
from tei.merge.splices import Splices
from tei.views.placed import Placed
from tei.views.walk import name_of

_NO_HI: Final = frozenset({"choice", "app", "subst", "pc", "g"})


def emphasise(
    markup: Markup, placed: Placed, text: str, stretches: Sequence[Marked]
) -> tuple[str, list[Marked]]:
    """The file ``markup`` with ``hi`` around the ``stretches``, and those of which none could be made.

    ``placed`` is the file's reading view, ``text`` that which the places of the stretches count in.
    """
    shift = Shift(align(text, placed.text))
    splices = Splices()
    crossing: list[Marked] = []
    for number, one in enumerate(stretches):
        low, high = shift.range(one.start)[1], shift.range(one.end)[0]
        place = _place(markup, placed, low, high)
        if place is None:
            crossing.append(one)
            continue
        name = markup.prefixed(max(0, markup.around(place[0])), "hi")
        # Of two that lie in each other the outer one begins first and ends last.
        splices.insert(place[0], f'<{name} rend="{EMPHASIS[one.tag]}">', number)
        splices.insert(place[1], f"</{name}>", -number - 1)
    return splices.applied(markup.raw), crossing


def _place(markup: Markup, placed: Placed, low: int, high: int) -> tuple[int, int] | None:
    """Where in the file ``hi`` is to begin and to end; ``None`` where it would cross something."""
    if low >= high or "\n" in placed.text[low:high] or placed.made_in(low, high):
        return None
    starts = [place for place in placed.starts[low:high] if place >= 0]
    if starts != sorted(starts) or not starts:
        return None
    start, end = starts[0], placed.ends[high - 1]
    one, other = markup.ancestors(markup.around(start)), markup.ancestors(markup.around(end - 1))
    common = next(element for element in one if element in other)
    # An element that is emphasised as a whole lies within; of any other only a part is.
    for chain, at_end in ((one, False), (other, True)):
        for element in chain[: chain.index(common)]:
            opened, closed = markup.outside(element)
            first, last = markup.inside(element)
            if markup.raw[first:start].strip() if not at_end else markup.raw[end:last].strip():
                return None
            start, end = (start, closed) if at_end else (opened, end)
    return None if name_of(markup.elements[common].node) in _NO_HI else (start, end)
