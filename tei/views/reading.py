"""The reading view: the text as a reader wants it.

A paragraph, a heading, an item is a block, a verse line or a part of a letter a line; a speaker's
name stands on the line before the speech; a row of a table is a line with tabs. Contents and index have
a line for each entry. Reactions of an audience stand as printed; library stamps are left out.

Notes are numbered through. ``[1]`` stands where a note is anchored, or where a note without
an anchor itself stands; its text follows at the end of the *chapter*: the outermost
division that is no part (``type`` part, book, volume). What comes before the chapters of a
part, or has no division, is followed by its notes where the next chapter or the end of the part
or text comes. A note on several pages is one. What a stenographer notes between or
within speeches (``note`` without ``@place`` in an element of blocks or in ``u``) stays where it is.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Final

from lxml import etree

from tei.views.blocks import BLANK, BLOCK, NONE, Blocks
from tei.views.elements import CONTAINERS, DIVISIONS, PARTS
from tei.views.notes import Notes, find_notes
from tei.views.prose import Children, Prose
from tei.views.texts import texts
from tei.views.walk import SPACE, name_of, walk

# Where a note's own mark is to be looked for: its first element, inside of these.
_AROUND_LABEL: Final = frozenset({"p", "ab", "seg", "hi"})
_BEFORE_MARK: Final = re.compile(f"[{SPACE}]*[\\[(]?[{SPACE}]*")
AFTER_MARK: Final = re.compile(f"\\A[{SPACE}]*(?:[\\])][.:]?|[.:])?(?=[{SPACE}]|$)")
_MORE_THAN_MARK: Final = re.compile(r"[*♦•†‡§¶0-9 ]++[.)\]]?+ *(\S.*)")
_BREAKS: Final = frozenset({"lb", "pb", "cb", "gb", "fw", "milestone", "anchor"})
# After these the notes of what is in no chapter are written.
_WITH_NOTES: Final = DIVISIONS | {"text", "front", "body", "back"}


def reading_text(root: etree._Element) -> str:
    """The reading view of all texts in ``root``: blocks, a blank line between two; or ``""``."""
    return read_into(Blocks(), root)


def read_into(out: Blocks, root: etree._Element, reader_type: type[Reader] | None = None) -> str:
    """As ``reading_text``, by way of ``out`` and, where given, of a reader of one's own."""
    number = 0
    for text in texts(root):
        reader = (reader_type or Reader)(out, find_notes(text), number)
        walk(text, reader)
        out.separate(BLOCK)
        reader.end_text()
        number = reader.number
    return out.finish()


class Reader(Prose):
    """Prose with its notes."""

    def __init__(self, out: Blocks, notes: Notes, number: int) -> None:
        super().__init__(out, notes)
        self.number = number  # of the note numbered last
        self._numbers: dict[etree._Element, int] = {}
        self._waiting: deque[etree._Element] = deque()
        self._chapter: etree._Element | None = None
        self._note: etree._Element | None = None  # the part of a note that is being written
        self._own_label: etree._Element | None = None
        self._in_mark = False  # within a note, before its own mark
        self._after_mark = False

    def enter(self, node: etree._Element) -> Children:
        """Begin an element; the note that is being written is no note within itself."""
        if node is self._note:
            return self.begin(node, "note", NONE)
        return super().enter(node)

    def text(self, text: str) -> None:
        """Text of the innermost element, but for the brackets around a note's own mark."""
        if self._in_mark:
            return
        if self._after_mark:
            self._after_mark = False
            text = AFTER_MARK.sub("", text)
        super().text(text)

    def leave(self, node: etree._Element) -> None:
        """End the innermost element, and write the notes that belong after it."""
        super().leave(node)
        if node is self._chapter:
            self._chapter = None
        elif self._chapter is not None or self._note is not None or name_of(node) not in _WITH_NOTES:
            return
        self._write_notes()

    def division(self, node: etree._Element) -> Children:
        """A division begins, it may be a chapter."""
        if self._chapter is None and self._note is None and node.get("type") not in PARTS:
            self._write_notes()
            children = super().division(node)
            self._chapter = node if children is not None else None
            return children
        return super().division(node)

    def label(self, node: etree._Element) -> Children:
        """A label begins; a note's own mark gives way to the number."""
        if node is self._own_label:
            self._in_mark, self._after_mark = False, True
            more = beside_mark(node, self.notes)
            if more:
                self.out.write(more)
                self.out.join()
                self.out.tie(NONE)
            return None
        return super().label(node)

    def mark(self, node: etree._Element) -> Children:
        """The numbers of the notes that are anchored here, in place of the printed mark."""
        notes = self.notes.anchors.get(node)
        if notes is None:
            return super().mark(node)
        for note in notes:
            self.out.write(f"[{self._number(note)}]")
        return None

    def note(self, node: etree._Element) -> Children:
        """A note stands here: anchored, or to be numbered here, or part of a transcript."""
        if node not in self.notes.chains or node in self.notes.anchored:
            return None
        between_blocks = self.parent in CONTAINERS
        transcript = node.get("place") is None and node.get("type") != "editorial"
        if transcript and (between_blocks or self.utterances):
            return self.begin(node, "note")
        self.out.mark(f"[{self._number(node)}]", between_blocks)
        return None

    def end_text(self) -> None:
        """Write the notes that are left, those too that are anchored in nothing but each other."""
        self._write_notes()
        for note in self.notes.anchored:
            if note not in self._numbers:
                self._number(note)
                self._write_notes()

    def _number(self, note: etree._Element) -> int:
        if note not in self._numbers:
            self.number += 1
            self._numbers[note] = self.number
            self._waiting.append(note)
        return self._numbers[note]

    def _write_notes(self) -> None:
        while self._waiting:
            note = self._waiting.popleft()
            self.out.separate(BLOCK)
            self.out.write(f"[{self._numbers[note]}] ")
            self.out.tie(BLANK)
            for at, part in enumerate(self.notes.chains[note]):
                if at:
                    self.out.resume()
                self._write_part(part)
            self.out.tie(BLOCK)
            self.out.separate(BLOCK)

    def _write_part(self, part: etree._Element) -> None:
        self._note = part
        self._own_label, self._in_mark = own_label(part)
        walk(part, self)
        self._note = self._own_label = None
        self._in_mark = self._after_mark = False


def beside_mark(label: etree._Element, notes: Notes) -> str:
    """What a correction has put into a note's label besides the mark: a word's first letters, mostly none."""
    alone = Blocks()
    walk(label, Prose(alone, notes))
    more = _MORE_THAN_MARK.match(alone.finish())
    return more[1] if more else ""


def own_label(note: etree._Element) -> tuple[etree._Element | None, bool]:
    """The label that a note begins with, but for an opening bracket, and whether there is one."""
    node = note
    while node is note or name_of(node) in _AROUND_LABEL:
        if not _BEFORE_MARK.fullmatch(node.text or ""):
            break
        child = next(
            (child for child in node.iterchildren(etree.Element) if not _is_blank_break(child)),
            None,
        )
        if child is None:
            break
        if name_of(child) == "label":
            return child, True
        node = child
    return None, False


def _is_blank_break(node: etree._Element) -> bool:
    """Whether a line or page begins here and the text does not."""
    return name_of(node) in _BREAKS and not (node.tail or "").strip(SPACE)
