"""What the ways back from the two views have in common: where in the file new words may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tei.diff.hunks import Trimmed
from tei.markup import Kind, Markup, escaped
from tei.merge.splices import Splices
from tei.names import EDITORIAL
from tei.views.blocks import LINE
from tei.views.elements import ALTERNATIVES, CONTAINERS, readable_children, strength
from tei.views.placed import Made, Placed, View
from tei.views.walk import SPACE, name_of

#: Elements that hold text whether they do so now or not.
_HOLD_TEXT: Final = frozenset(
    [
        "p",
        "ab",
        "l",
        "head",
        "item",
        "u",
        "seg",
        "label",
        "cell",
        "desc",
        "speaker",
        "salute",
        "signed",
        "dateline",
        "byline",
        "bibl",
        "castItem",
        "stage",
        "titlePart",
        "addrLine",
        "trailer",
    ]
)
_NO_BLOCK: Final = frozenset(["note", "cell", "row", "table", "desc", "fw", "figDesc"])
#: In these TEI allows no break of a line.
_WITHOUT_BREAKS: Final = frozenset({"desc", "catDesc", "rendition", "pc"})
_BREAKS: Final = frozenset({"lb", "pb", "cb", "gb"})
_BREAK_STATED: Final = re.compile(r"(\sbreak\s*=\s*)(\"[^\"]*\"|'[^']*')")
_BLANK: Final = re.compile(f"[{SPACE}]+")
_ORDER_STEP: Final = 10


class RefusedError(Exception):
    """A change that cannot be placed; the message says why."""


class NotWholeError(RefusedError):
    """What was moved is not made of whole blocks: it can be moved as words only."""


class Carrier:
    """Puts changes of a view into the file that the view was made of.

    ``text`` is the view as it is compared; a place in it is an offset, of a character that is kept or taken
    out.
    """

    view: View

    def __init__(self, markup: Markup, placed: Placed, view: Trimmed) -> None:
        self.markup = markup
        self.placed = placed
        self.text = view.text
        self._trimmed = view
        self.splices = Splices()
        self._order = 0
        self.notes: list[str] = []  # what is to be said of the change under way
        self.other_side = False  # whether a new block is to stand beside the other of its neighbours

    # Characters and their places

    def start(self, at: int) -> int | None:
        """Where in the file the character ``at`` begins, or the element that it stands for."""
        place = self.placed.starts[self._trimmed.place(at)]
        if place >= 0:
            return place
        made = self.made(at, at + 1)
        return made[0][0] if made and made[0] is not None else None

    def end(self, at: int) -> int | None:
        """Where in the file the character ``at`` ends, or the element that it stands for."""
        place = self._trimmed.place(at)
        if self.placed.starts[place] >= 0:
            return self.placed.ends[place]
        made = self.made(at, at + 1)
        return made[0][1] if made and made[0] is not None else None

    def place(self, at: int) -> int:
        """Where in the whole view the character ``at`` stands."""
        return self._trimmed.place(at)

    def made_of(self, start: int, end: int) -> list[Made]:
        """What the view has made of ``text[start:end]``."""
        if start >= end:
            return []
        return self.placed.made_in(self.place(start), self.place(end - 1) + 1)

    def made(self, start: int, end: int) -> list[tuple[int, int] | None]:
        """The places of what the view has made of ``text[start:end]``."""
        return [one.place for one in self.made_of(start, end)]

    def own(self, start: int, end: int) -> list[tuple[int, int]]:
        """The places of ``text[start:end]``, with the spaces at line ends; those that touch are one."""
        found: list[tuple[int, int]] = []
        if start >= end:
            return found
        starts, ends = self.placed.starts, self.placed.ends
        for at in range(self._trimmed.place(start), self._trimmed.place(end - 1) + 1):
            place = starts[at]
            if place < 0:
                continue
            if found and found[-1][1] == place:
                found[-1] = found[-1][0], ends[at]
            else:
                found.append((place, ends[at]))
        return found

    def put(self, place: int, text: str, *, raw: bool = False) -> None:
        """Put text in at a place of the file, behind what was put in there before."""
        self._order += _ORDER_STEP
        self.splices.insert(place, text if raw else escaped(text), self._order)

    # Elements

    def name(self, element: int) -> str:
        """The name of an element."""
        return name_of(self.markup.elements[element].node)

    def hides(self, element: int) -> bool:
        """Whether the view shows nothing of an element where it stands."""
        one = self.markup.elements[element]
        name = name_of(one.node)
        if self.view == "source":
            return name in EDITORIAL or (name == "note" and one.node.get("type") == "editorial")
        if name == "note" or readable_children(one.node, name) is None:
            return True
        parent = self.markup.elements[one.parent].node if one.parent >= 0 else None
        if parent is None or name_of(parent) not in ALTERNATIVES:
            return False
        shown = readable_children(parent, name_of(parent))
        return shown is None or one.node not in list(shown)

    def holds_text(self, element: int) -> bool:
        """Whether text may stand in an element: some does, or it is an element for text."""
        if element < 0:
            return False
        name = name_of(self.markup.elements[element].node)
        if name in _HOLD_TEXT:
            return True
        if name in CONTAINERS:
            return False
        node = self.markup.elements[element].node
        return bool((node.text or "").strip(SPACE)) or any((child.tail or "").strip(SPACE) for child in node)

    def block(self, element: int) -> int | None:
        """The block of words that ``element`` stands in: what the views set apart and holds words."""
        for one in self.markup.ancestors(element):
            name = name_of(self.markup.elements[one].node)
            if name in _NO_BLOCK or name in CONTAINERS:
                return None
            parent = self.markup.elements[one].parent
            above = name_of(self.markup.elements[parent].node) if parent >= 0 else ""
            if strength(name, above) >= LINE and self.holds_text(one):
                return one
        return None

    def depth(self, element: int) -> int:
        """How many elements stand around an element."""
        return len(self.markup.ancestors(element))

    def takes_breaks(self, element: int) -> bool:
        """Whether a break of a line may stand in an element."""
        names = (name_of(self.markup.elements[one].node) for one in self.markup.ancestors(element))
        return element >= 0 and _WITHOUT_BREAKS.isdisjoint(names)

    # Between two characters

    def tokens(self, start: int, end: int) -> Iterator[int]:
        """The tokens from ``start`` to ``end``, without those inside of hidden elements."""
        markup = self.markup
        token = markup.token_at(start)
        while token < len(markup.kinds) and markup.starts[token] < end:
            kind = markup.kinds[token]
            if kind == Kind.OPEN and markup.starts[token] >= start:
                element = markup.owners[token]
                closing = markup.elements[element].closing
                if markup.ends[closing] <= end and self.hides(element):
                    token = closing + 1
                    continue
            if markup.ends[token] > start:
                yield token
            token += 1

    def blank(self, start: int | None, end: int | None) -> bool:
        """Whether the file has a space to show between two places."""
        if start is None or end is None:
            return False
        for token in self.tokens(start, end):
            if self.markup.kinds[token] <= Kind.CDATA:
                low, high = max(start, self.markup.starts[token]), min(end, self.markup.ends[token])
                if _BLANK.search(self.markup.raw, low, high):
                    return True
            elif self._is_break(token, "lb") and not _says_no(self._tag(token)):
                return True
        return False

    def close_up(self, start: int | None, end: int | None) -> None:
        """Let no space show between two places: a break of a line is said to be none of a word."""
        if start is None or end is None or start > end:
            raise RefusedError("what stands on both sides of this space lies at different places of the file")
        tokens = list(self.tokens(start, end))
        breaks = [token for token in tokens if self._is_break(token)]
        if self.view == "reading" and breaks:
            for token in breaks:
                self._say_no(token)
            return
        for token in tokens:
            if self.markup.kinds[token] == Kind.TEXT:
                low, high = max(start, self.markup.starts[token]), min(end, self.markup.ends[token])
                for run in _BLANK.finditer(self.markup.raw, low, high):
                    self.splices.delete(*run.span())

    def _is_break(self, token: int, name: str | None = None) -> bool:
        if self.markup.kinds[token] not in (Kind.OPEN, Kind.EMPTY):
            return False
        own = name_of(self.markup.elements[self.markup.owners[token]].node)
        return own == name if name else own in _BREAKS

    def _tag(self, token: int) -> str:
        return self.markup.raw[self.markup.starts[token] : self.markup.ends[token]]

    def _say_no(self, token: int) -> None:
        tag = self._tag(token)
        if _says_no(tag):
            return
        new = _BREAK_STATED.sub(r'\1"no"', tag)
        if new == tag:
            end = 2 if tag.endswith("/>") else 1
            new = f'{tag[:-end].rstrip()} break="no"{tag[-end:]}'
        self.splices.delete(self.markup.starts[token], self.markup.ends[token])
        self.put(self.markup.starts[token], new, raw=True)

    def points(self, start: int, end: int) -> list[tuple[int, int]]:
        """The places between two characters, outside of elements between; each with its element."""
        markup = self.markup
        found = [(start, markup.around(start))]
        token = markup.token_at(start)
        if markup.starts[token] < start:
            token += 1
        while token < len(markup.kinds) and markup.ends[token] <= end:
            if markup.kinds[token] == Kind.OPEN:
                closing = markup.elements[markup.owners[token]].closing
                if markup.ends[closing] <= end:
                    token = closing
            found.append((markup.ends[token], markup.around(markup.ends[token])))
            token += 1
        if found[-1][0] != end:
            found.append((end, markup.around(end)))
        return found

    def point(self, words: str, before: int | None, after: int | None, glued: tuple[bool, bool]) -> int:
        """Where ``words`` are to stand between the characters ``before`` and ``after``.

        ``glued``: whether no space parts them from the one, from the other. Within a word, they belong to
        the element that it ends or begins in; else they stand outside of the elements that end or begin
        here.
        """
        start = self.end(before) if before is not None else None
        end = self.start(after) if after is not None else None
        if start is not None and end is not None and start > end:
            # What follows stands elsewhere in the file.
            start, end = (None, end) if glued[1] and not glued[0] else (start, None)
        if start is None or end is None:
            place = start if end is None else end
            if place is None:
                raise RefusedError("nothing beside it has a place in the file: the view has made it")
            points = self._outwards(place, forwards=end is None)
            start = end = place
        else:
            points = self.points(start, end)
        if glued[0] and before is not None and self.text[before].isalnum() and words[0].isalnum():
            return start
        if glued[1] and after is not None and self.text[after].isalnum() and words[-1].isalnum():
            return end
        points = self._reachable(points, glued)
        fit = [(place, element) for place, element in points if self.holds_text(element)]
        if not fit:
            fit = [one for one in (points[0], points[-1]) if self._beside_text(one[0])]
        if not fit:
            raise RefusedError("no text can stand here")
        shallow = min(self.depth(element) for _, element in fit)
        best = [place for place, element in fit if self.depth(element) == shallow]
        return best[-1] if glued[1] and not glued[0] else best[0]

    def _outwards(self, place: int, *, forwards: bool) -> list[tuple[int, int]]:
        """``place``, and the places outside of the inline elements that end (or begin) there."""
        markup = self.markup
        found = [(place, markup.around(place))]
        token = markup.token_at(place) - (not forwards)
        kind = Kind.CLOSE if forwards else Kind.OPEN
        while 0 <= token < len(markup.kinds) and markup.kinds[token] == kind:
            if self.block(markup.owners[token]) == markup.owners[token]:
                break
            at = markup.ends[token] if forwards else markup.starts[token]
            if not self.holds_text(markup.around(at)):
                break
            found.append((at, markup.around(at)))
            token += 1 if forwards else -1
        return found

    def _reachable(self, points: list[tuple[int, int]], glued: tuple[bool, bool]) -> list[tuple[int, int]]:
        """Those of the points that no space parts from what the words are glued to."""
        if glued[0] == glued[1]:
            return points
        near = points if glued[0] else points[::-1]
        kept = near[:1]
        for one in near[1:]:
            low, high = sorted((near[0][0], one[0]))
            if self.blank(low, high):
                break
            kept.append(one)
        return kept if glued[0] else kept[::-1]

    def _beside_text(self, place: int) -> bool:
        token = self.markup.token_at(place)
        near = {token, token - 1} if self.markup.starts[token] == place else {token}
        return any(
            self.markup.kinds[one] <= Kind.CDATA
            and self.markup.raw[self.markup.starts[one] : self.markup.ends[one]].strip()
            for one in near
        )


def _says_no(tag: str) -> bool:
    stated = _BREAK_STATED.search(tag)
    return stated is not None and stated[2][1:-1] == "no"
