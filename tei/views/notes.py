"""Which notes a text has, which of them go on in another, and where they are anchored (TEI Guidelines, 3.9).

A note is anchored where a ``ref[@type='noteAnchor']`` names it. In TEI by other hands also
where its own ``@target`` names an ``anchor``, ``ref`` or ``ptr``, and where a ``ref`` or ``ptr`` names it
whose own text is no longer than a note's mark: "see note 3" is a reference, "3" is a mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from tei.names import qualified
from tei.views.elements import readable_children
from tei.views.walk import SPACE, name_of, walk

_LONGEST_MARK: Final = 4
_ID: Final = qualified("xml:id")


@dataclass
class Notes:
    """The notes of a text.

    ``chains``: each note, by its first part, with all its parts in order. ``anchors``: for each element
    that stands for a note's mark, the first parts of the notes it is the mark of.
    ``anchored``: the notes that have a mark, in the order of their marks.
    """

    chains: dict[etree._Element, list[etree._Element]] = field(default_factory=dict)
    anchors: dict[etree._Element, list[etree._Element]] = field(default_factory=dict)
    anchored: dict[etree._Element, None] = field(default_factory=dict)


def find_notes(text: etree._Element) -> Notes:
    """The notes in ``text`` that a reader can get to see."""
    survey = _Survey()
    walk(text, survey)
    by_id = _by_id(survey.notes)
    found = Notes()
    head_of: dict[etree._Element, etree._Element] = {}
    for head in _heads(survey.notes, by_id):
        found.chains[head] = _chain(head, by_id, head_of)
    for note in survey.notes:
        if note not in head_of:  # of a chain that bites its own tail
            found.chains[note] = _chain(note, by_id, head_of)
    for mark in survey.marks:
        for target in mark.get("target", "").split():
            named = by_id.get(target[1:]) if target.startswith("#") else None
            if named is not None and (mark.get("type") == "noteAnchor" or _is_mark(mark)):
                _anchor(found, mark, head_of[named])
    places = _by_id(survey.marks)
    for note in survey.notes:
        for target in note.get("target", "").split():
            place = places.get(target[1:]) if target.startswith("#") else None
            if place is not None and note in found.chains and note not in found.anchored:
                _anchor(found, place, note)
    return found


def _by_id(nodes: list[etree._Element]) -> dict[str, etree._Element]:
    """The first of ``nodes`` with each ``xml:id``."""
    return {identifier: node for node in reversed(nodes) if (identifier := node.get(_ID))}


def _heads(notes: list[etree._Element], by_id: dict[str, etree._Element]) -> list[etree._Element]:
    followed = {id(by_id[target]) for note in notes if (target := note.get("next", "")[1:]) in by_id}
    return [note for note in notes if note.get("prev", "")[1:] not in by_id and id(note) not in followed]


def _chain(
    head: etree._Element, by_id: dict[str, etree._Element], head_of: dict[etree._Element, etree._Element]
) -> list[etree._Element]:
    parts: list[etree._Element] = []
    part: etree._Element | None = head
    while part is not None and part not in head_of:
        head_of[part] = head
        parts.append(part)
        part = by_id.get(part.get("next", "")[1:])
    return parts


def _anchor(found: Notes, mark: etree._Element, note: etree._Element) -> None:
    notes = found.anchors.setdefault(mark, [])
    if note not in notes:
        notes.append(note)
    found.anchored[note] = None


def _is_mark(mark: etree._Element) -> bool:
    length = 0
    for text in mark.itertext("*"):
        length += len(str(text).strip(SPACE))
        if length > _LONGEST_MARK:
            return False
    return True


class _Survey:
    """Collects notes and what may be their marks, in so far as a reader sees them."""

    def __init__(self) -> None:
        self.notes: list[etree._Element] = []
        self.marks: list[etree._Element] = []

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        name = name_of(node)
        if name == "note":
            self.notes.append(node)
        elif name in ("ref", "ptr", "anchor"):
            self.marks.append(node)
        return readable_children(node, name)

    def text(self, text: str) -> None:
        """Text matters to nobody here."""

    def leave(self, node: etree._Element) -> None:
        """Nothing to be done."""
