"""Notes that an edit of the reading view takes out: their words, and with them the marks that name them.

A note has a number in brackets at its mark and before its words. Whoever takes out the words with the number
before them means the note; what is left of its marks would lead nowhere. A mark alone says nothing of that.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Final

from lxml import etree

from tei.diff.texts import Edit
from tei.merge.blocks import BlockCarrier
from tei.merge.carrier import RefusedError
from tei.views.blocks import Blocks
from tei.views.placed import Made
from tei.views.reading import Reader, read_into

_NUMBER: Final = re.compile(r"\[([0-9]{1,9})\]")

_SOURCE: Final = re.compile(r"""\ssource\s*=\s*(?:"[^"]*"|'[^']*')""")

#: One of several pointers, with the space that parts it from the next one.
_POINTER: Final = re.compile(r"""(?<=["'\s])([^\s"']+)(?:\s+(?=[^\s"'])|(?=\s*["']))""")


def note_of(carrier: BlockCarrier, made: Made, gone: Container[int]) -> int | None:
    """The one of the notes with the numbers ``gone`` that a stretch is the number of, or is a part of."""
    number = carrier.placed.number_of(made)
    if number is None and made.place is not None:
        for element in carrier.markup.ancestors(carrier.markup.around(made.place[0])):
            number = carrier.placed.numbers.get(carrier.markup.elements[element].node, number)
    return number if number is not None and number in gone else None


def notes_taken_out(carrier: BlockCarrier, edits: Mapping[int, Edit], new: str) -> dict[int, int]:
    """The notes that ``edits``, which make ``new`` of the view, take out, by number; each with its edit's."""
    put_in = {
        int(found) for edit in edits.values() for found in _NUMBER.findall(new[edit.start_new : edit.end_new])
    }
    return {
        number: key
        for key, edit in edits.items()
        if edit.start_old < edit.end_old and not new[edit.start_new : edit.end_new].strip()
        for made in carrier.made_of(edit.start_old, edit.end_old)
        if made.place is None
        and (number := carrier.placed.number_of(made)) is not None
        and number not in put_in
        and _covers(carrier, edit, made, number)
    }


def _covers(carrier: BlockCarrier, edit: Edit, made: Made, number: int) -> bool:
    """Whether an edit takes in all that the view shows of a note, from its number on."""
    placed = carrier.placed
    if carrier.place(edit.start_old) > made.start:
        return False
    ranges = [carrier.markup.span(part) for part in placed.notes[number]]

    def is_own(place: int) -> bool:
        return any(low <= place < high for low, high in ranges)

    at = made.end
    while at < len(placed.text):
        if placed.starts[at] >= 0 and not is_own(placed.starts[at]):
            break
        other = placed.made_in(at, at + 1)
        if other and ((place := other[0].place) is None or not is_own(place[0])):
            break
        at += 1
    return not placed.text[carrier.place(edit.end_old - 1) + 1 : at].strip()


def take_note_out(carrier: BlockCarrier, number: int, gone: Container[int]) -> None:
    """Take out one of the notes that are ``gone`` with its marks; page breaks and running heads in it stay.

    :raises RefusedError: a mark of the note is that of one that stays, too.
    """
    placed, markup = carrier.placed, carrier.markup
    going = {markup.number(part) for part in placed.notes[number]}
    places = {mark.place for mark in placed.marks.get(number, ()) if mark.place is not None}
    if any(other not in gone for place in places for other in placed.marked[place]):
        raise RefusedError(f"the mark of the note “[{number}]” is that of another one, too")
    marks = {markup.owners[markup.token_at(start)] for start, _ in places}
    for element in sorted(going | marks):
        carrier.take_element(element)
        start, end = markup.outside(element)
        if markup.raw[start - 1] == markup.raw[end] == " ":
            carrier.splices.delete(end, end + 1)
    with_mark = " with its mark" if marks - going else ""
    carrier.notes.append(f"the note “[{number}]” is gone{with_mark}; those behind it have other numbers now")
    for element in sorted(going):
        _drop_sources(carrier, element)


def _drop_sources(carrier: BlockCarrier, note: int) -> None:
    """Take out of the quotations beside a note that it, or an entry in it, is their source."""
    markup = carrier.markup
    first, last = markup.elements[note].opening, markup.elements[note].closing
    inside = range(first, last + 1)
    pointers = {f"#{own}" for one in set(markup.owners[first : last + 1]) if (own := markup.needed(one))}
    if not pointers:
        return
    for number in markup.with_source:
        element = markup.elements[number]
        named = element.node.get("source", "").split()
        if pointers.isdisjoint(named) or element.opening in inside:
            continue
        start = markup.starts[element.opening]
        stated = _SOURCE.search(markup.raw, start, markup.ends[element.opening])
        if stated is None:
            continue
        if pointers.issuperset(named):
            carrier.splices.delete(*stated.span())
        else:
            for pointer in _POINTER.finditer(markup.raw, *stated.span()):
                if pointer[1] in pointers:
                    carrier.splices.delete(*pointer.span())
        carrier.notes.append(f"a <{carrier.name(number)}> named it as its source and does so no longer")


def reading_without(root: etree._Element, gone: Container[int]) -> str:
    """The reading view of ``root``, its notes numbered as if the numbers ``gone`` were given away."""

    class Numbering(Reader):
        """Leaves out some of the numbers."""

        def _number(self, note: etree._Element) -> int:
            while note not in self._numbers and self.number + 1 in gone:
                self.number += 1
            return super()._number(note)

    return read_into(Blocks(), root, Numbering)
