"""Edits of what has a correction beside it: of ``sic``, ``orig`` or ``abbr`` in a ``choice``.

TEI Guidelines, 3.5, “Simple Editorial Changes”.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tei.diff.texts import Shift, align
from tei.markup import escaped
from tei.merge.carrier import Carrier

CORRECTED: Final = frozenset({"sic", "orig", "abbr"})
"""What stands in a ``choice`` for the source."""
_BETTER: Final = frozenset({"corr", "reg", "expan"})


@dataclass(frozen=True, slots=True)
class Beside:
    """An edit within one of two readings: ``choice`` and ``better`` are elements by their numbers.

    ``start`` and ``end`` are the edit's place in the reading ``old``, that of the source, which it makes
    ``new``; ``correction`` is the other reading; all are XML.
    """

    choice: int
    better: int
    start: int
    end: int
    old: str
    new: str
    correction: str


def beside_correction(carrier: Carrier, start: int, end: int, new: str) -> Beside | None:
    """What stands beside the edit of ``carrier.text[start:end]`` to ``new``, if it is all in one ``sic``."""
    markup, text = carrier.markup, carrier.text
    first, last = (start, end - 1) if start < end else (start - 1, start)
    if first < 0 or last >= len(text) or "\n" in text[start:end] + new:
        return None
    low, high = carrier.start(first), carrier.end(last)
    if low is None or high is None or low > high:
        return None
    source = markup.around(low)
    choice = markup.elements[source].parent
    if carrier.name(source) not in CORRECTED or choice < 0 or carrier.name(choice) != "choice":
        return None
    inside, outside = markup.inside(source)
    better = [markup.number(child) for child in markup.elements[choice].node if isinstance(child.tag, str)]
    better = [one for one in better if carrier.name(one) in _BETTER]
    if high > outside or len(better) != 1:
        return None
    if start == end:
        low = high = carrier.end(first) or low
    old, correction = markup.raw[inside:outside], markup.raw[slice(*markup.inside(better[0]))]
    changed = f"{markup.raw[inside:low]}{escaped(new)}{markup.raw[high:outside]}"
    if not changed.strip():
        return None  # the whole of it goes, and its correction with it
    return Beside(choice, better[0], low - inside, high - inside, old, changed, correction)


def follow(carrier: Carrier, edit: Beside, new: str) -> bool:
    """Let the correction follow an edit of what it corrects; whether the edit is made with that, too."""
    markup = carrier.markup
    if edit.new.split() == edit.correction.split():
        start, end = markup.outside(edit.choice)
        carrier.splices.delete(start, end)
        carrier.put(start, edit.new, raw=True)
        carrier.notes.append("it is what its correction says, and needs none any more")
        return True
    shift = Shift(align(edit.old, edit.correction))
    inside = markup.inside(edit.better)[0]
    same = shift.edit_at(edit.start) is None and shift.edit_at(edit.end) is None
    start, end = shift.range(edit.start)[1], shift.range(edit.end)[0]
    words = edit.old[edit.start : edit.end]
    if same and words == edit.correction[start:end] and "<" not in words:
        carrier.splices.delete(inside + start, inside + end)
        carrier.put(inside + start, new)
        carrier.notes.append("and in its correction")
    else:
        carrier.notes.append(f"its correction, “{edit.correction}”, stays as it is")
    return False
