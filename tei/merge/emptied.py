"""Elements of which all text was taken out: they go, and what they hold besides stays where it stood."""

from __future__ import annotations

from typing import Final

from tei.markup import Kind
from tei.merge.carrier import Carrier
from tei.merge.splices import Gone
from tei.views.walk import SPACE, name_of

#: What stays when the text around it goes.
_KEPT: Final = frozenset(["pb", "cb", "gb", "milestone", "anchor", "note", "fw", "gb", "handShift"])
#: What is no text, and no reason to keep the element around it.
_EMPTY: Final = _KEPT | {"lb"}
#: What holds a text together stays, even if it is empty; the cells of a row go with the row.
_STAY: Final = frozenset(
    ["TEI", "text", "body", "front", "back", "floatingText", "group", "cell", "TEI.2", "teiCorpus"]
)
#: With nothing but these, what holds blocks would hold too little.
_NOT_ENOUGH: Final = _EMPTY | frozenset(
    [
        "head",
        "speaker",
        "opener",
        "closer",
        "salute",
        "signed",
        "dateline",
        "byline",
        "label",
        "trailer",
        "argument",
        "epigraph",
    ]
)
_NOTE_MARK: Final = "noteAnchor"


def drop_emptied(carrier: Carrier) -> None:
    """Take out the elements that the changes have emptied."""
    _Drop(carrier, carrier.splices.frozen()).run()


class _Drop:
    def __init__(self, carrier: Carrier, gone: Gone) -> None:
        self.carrier = carrier
        self.markup = carrier.markup
        self.gone = gone
        self.known: dict[int, bool] = {}
        self.dropped: set[int] = set()

    def run(self) -> None:
        found: list[int] = []
        seen: set[int] = set()
        for start, end in list(self.carrier.splices.deleted):
            token = self.markup.token_at(start)
            # Where a character is an element of its own, the deletion begins with a tag.
            while token < len(self.markup.kinds) and self.markup.starts[token] < end:
                if self.markup.kinds[token] <= Kind.CDATA and self._had_text(token, start, end):
                    element = self.markup.owners[token]
                    top = self._outermost(element) if element not in seen else None
                    seen.add(element)
                    if top is not None:
                        found.append(top)
                token += 1
        for element in dict.fromkeys(found):
            self._drop(element)

    def _had_text(self, token: int, start: int, end: int) -> bool:
        low, high = max(start, self.markup.starts[token]), min(end, self.markup.ends[token])
        return bool(self.markup.raw[low:high].strip(SPACE))

    def _outermost(self, element: int) -> int | None:
        """The outermost element around a text that is empty now and may go."""
        top: int | None = None
        for one in self.markup.ancestors(element):
            if not self._is_empty(one):
                break
            if self._name(one) not in _STAY:
                top = one
            elif self._name(one) != "cell":
                break
        return top

    def _name(self, element: int) -> str:
        return name_of(self.markup.elements[element].node)

    def _is_empty(self, element: int) -> bool:
        known = self.known.get(element)
        if known is None:
            known = self.known[element] = self._look(element)
        return known

    def _look(self, element: int) -> bool:
        markup = self.markup
        start, end = markup.inside(element)
        if self.gone.filled(start, end):
            return False
        token = markup.elements[element].opening + 1
        closing = markup.elements[element].closing
        while token < closing:
            kind, owner = markup.kinds[token], markup.owners[token]
            if kind <= Kind.CDATA:
                left = self.gone.left(markup.starts[token], markup.ends[token])
                if any(markup.raw[low:high].strip(SPACE) for low, high in left):
                    return False
            elif kind in (Kind.OPEN, Kind.EMPTY) and not self.gone.covers(markup.starts[token]):
                name = self._name(owner)
                if name in _KEPT or (kind == Kind.OPEN and self.carrier.hides(owner)):
                    token = markup.elements[owner].closing
                elif kind == Kind.EMPTY and name not in _EMPTY:
                    return False
            token += 1
        return True

    def _drop(self, element: int) -> None:
        markup = self.markup
        if any(self._stays(one) for one in self._within(element)):
            return
        parent = markup.elements[element].parent
        if not self.carrier.holds_text(parent) and not self._enough_without(parent, element):
            return
        self.dropped.add(element)
        in_source = self.carrier.view == "source"
        token, closing = markup.elements[element].opening, markup.elements[element].closing
        while token <= closing:
            kind, owner = markup.kinds[token], markup.owners[token]
            if kind in (Kind.OPEN, Kind.EMPTY) and owner != element and self._is_kept(owner):
                token = markup.elements[owner].closing + 1
                continue
            if in_source and kind == Kind.OPEN and self.carrier.hides(owner):
                self.carrier.splices.delete(*markup.outside(owner))
                token = markup.elements[owner].closing + 1
                continue
            # In the source view white space is text; what is left of it was not taken out.
            if kind != Kind.OTHER and not (in_source and (kind <= Kind.CDATA or self._name(owner) == "lb")):
                self.carrier.splices.delete(markup.starts[token], markup.ends[token])
            token += 1

    def _is_kept(self, element: int) -> bool:
        """Whether an element stays when the one around it goes; a note that was emptied, too, does not."""
        if self._name(element) not in _KEPT:
            return False
        one = self.markup.elements[element]
        hollow = one.opening != one.closing and self._is_empty(element) and self._had_some(element)
        return not hollow or self.markup.needed(element) is not None

    def _had_some(self, element: int) -> bool:
        start, end = self.markup.inside(element)
        return self.gone.left(start, end) != [(start, end)]

    def _stays(self, element: int) -> bool:
        """Whether something points at an element, or it is the mark of a note."""
        node = self.markup.elements[element].node
        return self.markup.needed(element) is not None or node.get("type") == _NOTE_MARK

    def _within(self, element: int) -> list[int]:
        """An element and those inside of it that would go with it."""
        markup = self.markup
        found = []
        token, closing = markup.elements[element].opening, markup.elements[element].closing
        while token <= closing:
            if markup.kinds[token] in (Kind.OPEN, Kind.EMPTY):
                owner = markup.owners[token]
                if owner != element and self._is_kept(owner):
                    token = markup.elements[owner].closing
                else:
                    found.append(owner)
            token += 1
        return found

    def _enough_without(self, parent: int, element: int) -> bool:
        for child in self.markup.elements[parent].node:
            if not isinstance(child.tag, str):
                continue
            number = self.markup.number(child)
            if number != element and number not in self.dropped and name_of(child) not in _NOT_ENOUGH:
                return True
        return False
