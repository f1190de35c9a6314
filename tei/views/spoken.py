"""The spoken view: the words of the speakers and nothing else.

These are the contents of ``sp`` and ``u``, and of ``div[@type='speech']`` in which there is neither;
without the speakers' labels, reactions of the audience, stage directions, headings, notes and page
furniture. A letter that is read out within a speech is part of it; minutes that are cited outside of
one are not. A text in which nobody speaks gives ``""``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from tei.views.blocks import BLOCK, Blocks
from tei.views.elements import DIVISIONS, readable_children
from tei.views.notes import find_notes
from tei.views.prose import Children, Prose
from tei.views.texts import texts
from tei.views.walk import name_of, walk

_UNSPOKEN: Final = frozenset(
    {"speaker", "stage", "kinesic", "vocal", "incident", "writing", "pause", "note", "head", "castList"}
)


def spoken_text(root: etree._Element) -> str:
    """What the speakers say in ``root``, in blocks as the reading view; ``""`` if nobody speaks."""
    out = Blocks()
    for text in texts(root):
        search = _Search()
        walk(text, search)
        if not search.speeches:
            continue
        listener = _Listener(out, find_notes(text))
        for speech in search.speeches:
            out.separate(BLOCK)
            walk(speech, listener)
            out.separate(BLOCK)
    return out.finish()


class _Search:
    """Collects the outermost speeches."""

    def __init__(self) -> None:
        self.speeches: list[etree._Element] = []

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        name = name_of(node)
        speech = name in DIVISIONS and node.get("type") == "speech" and _has_no_speaker(node)
        if name == "floatingText":
            # A document that the text cites: who speaks in it does not speak here.
            return None
        if speech or name in ("sp", "u"):
            self.speeches.append(node)
            return None
        return readable_children(node, name)

    def text(self, text: str) -> None:
        """Text matters to nobody here."""

    def leave(self, node: etree._Element) -> None:
        """Nothing to be done."""


def _has_no_speaker(division: etree._Element) -> bool:
    return next(division.iter("{*}sp", "{*}u"), None) is None


class _Listener(Prose):
    """Prose without what nobody says."""

    def enter(self, node: etree._Element) -> Children:
        """Begin an element, unless nobody says it."""
        if name_of(node) in _UNSPOKEN:
            # "They went (laughter)." must not end in a space and a full stop.
            self.out.aside()
            return None
        return super().enter(node)

    def mark(self, node: etree._Element) -> Children:
        """A reference begins; a note's mark is not spoken."""
        if node in self.notes.anchors or node.get("type") == "noteAnchor":
            return None
        return super().mark(node)
