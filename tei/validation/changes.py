"""What was changed in a text since it was encoded: one problem for one change, at the words that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from tei.diff.hunks import by_words, hunks, moves
from tei.diff.texts import Edit
from tei.markup import Markup
from tei.places import place_at, text_of
from tei.validation.noted import Noted
from tei.views.placed import Placed, placed_source

MOST: Final = 50
"""How many changes are listed one by one."""

_WORD: Final = re.compile(r"\w")
_SHOWN: Final = 60
_AROUND: Final = 25
_NEAR: Final = 400
_PAGE: Final = re.compile(r"(?:\s|</?(?!pb\b)[A-Za-z]+\b[^<>]*>)*+<pb\b")
_PAGE_BEFORE: Final = re.compile(r"<pb\b[^<>]*>(?:\s|</?[A-Za-z]+\b[^<>]*>)*+\Z")
_HINT: Final = (
    "put the source's words back; to read them otherwise write "
    "<choice><sic>source</sic><corr>reading</corr></choice>"
)
_LINK: Final = "CO.html#COEDCOR"


def changes(root: etree._Element, data: bytes, wanted: str, source: str) -> list[Noted]:
    """Return what was changed in the text of ``root``, which was ``wanted``; ``source`` names its file.

    ``data`` are the bytes that ``root`` was parsed from. At most :data:`MOST` changes, and one that says so.
    """
    return list(_Changes(root, data, wanted, source).noted())


class _Changes:
    def __init__(self, root: etree._Element, data: bytes, wanted: str, source: str) -> None:
        self.root = root
        self.raw = text_of(data)
        self.markup = Markup(self.raw, root)
        self.placed: Placed = placed_source(root, self.markup)
        self.ours = self.placed.text
        self.wanted = wanted
        self.source = source

    def noted(self) -> Iterator[Noted]:
        """The changes, in the order of the text."""
        edits = by_words(self.wanted, hunks(self.wanted, self.ours))
        moved = moves(self.wanted, self.ours, edits) or self._lines_moved(edits)
        told: set[int] = set()
        count = 0
        for number, edit in enumerate(edits):
            if number in told:
                continue
            count += 1
            if count > MOST:
                message = f"more than {MOST} places of the text differ from {self.source}"
                yield Noted("TEI-T001", "error", message, self.root)
                return
            if number in moved:
                told.add(moved[number])
                other = edits[moved[number]]
                yield self._moved(edit, other) if edit.start_new < edit.end_new else self._moved(other, edit)
            else:
                yield self._changed(edit)

    def _lines_moved(self, edits: list[Edit]) -> dict[int, int]:
        """Lines that went from here and came there, the same but for empty ones between them."""
        gone = [n for n, edit in enumerate(edits) if edit.start_new == edit.end_new]
        come = [n for n, edit in enumerate(edits) if edit.start_old == edit.end_old]
        if len(gone) != 1 or len(come) != 1:
            return {}
        one, other = edits[gone[0]], edits[come[0]]
        texts = self.wanted[one.start_old : one.end_old], self.ours[other.start_new : other.end_new]
        lines = [sorted(filter(None, map(str.strip, text.split("\n")))) for text in texts]
        return {gone[0]: come[0], come[0]: gone[0]} if lines[0] == lines[1] else {}

    def _moved(self, come: Edit, gone: Edit) -> Noted:
        words = self.ours[come.start_new : come.end_new]
        first, last = self._written(come)
        count = words.strip("\n").count("\n") + 1
        message = (
            f"{_counted(count, 'line')} of the text stand{'s' if count == 1 else ''} here that the source "
        )
        message += f"has elsewhere, from {self._line_of(gone.start_old)} on: {_shown(words)}"
        hint = "put the words back where the source has them"
        if _PAGE.match(self.raw, last, last + _NEAR):
            hint = "was the page break below moved? put it back before the text of its page"
        elif _PAGE_BEFORE.search(self.raw, max(0, first - _NEAR), first):
            hint = "was the page break above moved? put it back before the text of its page"
        return self._noted("TEI-T002", message, first, hint, "CO.html#CORS5")

    def _changed(self, edit: Edit) -> Noted:
        edit = self._in_words(edit)
        gone = self.wanted[edit.start_old : edit.end_old]
        come = self.ours[edit.start_new : edit.end_new]
        if gone.split() == come.split():
            message = _spaces(gone, come)
            hint = "put the white space back as it was"
            if gone.count("\n") > come.count("\n"):
                hint = "begin a new line here, with <lb/>: each line of the source is a line of the file"
        elif not come:
            message = f"{_shown(gone)} is missing here"
            hint = (
                "put the source's words back; if they are superfluous write <surplus>…</surplus> around them"
            )
        elif not gone:
            message = f"{_shown(come)} does not stand in the source"
            hint = 'remove it; what an editor adds stands in <supplied>, or in <note type="editorial">'
        else:
            message, hint = f"the text is {_shown(come)}, in the source it is {_shown(gone)}", _HINT
        message += f": {self._line_of(edit.start_old)} reads {self._around(edit)}"
        return self._noted("TEI-T001", message, self._offset(edit.start_new), hint, _LINK)

    def _in_words(self, edit: Edit) -> Edit:
        """The edit with the rest of the words that it changes; whole words that went or came stay alone."""
        start_old, end_old, start_new, end_new = edit
        old, new = self.wanted, self.ours
        if old[start_old:end_old].isspace() and new[start_new:end_new].isspace():
            return edit
        if start_old == end_old or start_new == end_new:
            inside = old[start_old:end_old] or new[start_new:end_new]
            before = start_old > 0 and _is_letter(old[start_old - 1])
            behind = end_old < len(old) and _is_letter(old[end_old])
            in_word = (before and _is_letter(inside[0])) or (behind and _is_letter(inside[-1]))
            if not in_word and not (before and behind and not inside.strip() and "\n" not in inside):
                return edit
        least, most = max(0, start_old - _AROUND), end_old + _AROUND
        while start_old > least and start_new and _is_letter(old[start_old - 1]):
            start_old, start_new = start_old - 1, start_new - 1
        while end_old < min(most, len(old)) and _is_letter(old[end_old]):
            end_old, end_new = end_old + 1, end_new + 1
        return Edit(start_old, end_old, start_new, end_new)

    def _line_of(self, place: int) -> str:
        return f"{self.source}:{self.wanted.count(chr(10), 0, place) + 1}"

    def _around(self, edit: Edit) -> str:
        """The line of the source in which ``edit`` begins, cut around it."""
        first = self.wanted.rfind("\n", 0, edit.start_old) + 1
        last = self.wanted.find("\n", edit.start_old)
        last = len(self.wanted) if last < 0 else last
        begin, end = max(first, edit.start_old - _AROUND), min(last, edit.end_old + _AROUND)
        # A word is shown whole or not at all.
        begin = self.wanted.rfind(" ", first, begin) + 1 or first
        end = last if (space := self.wanted.find(" ", end, last)) < 0 else space
        words = self.wanted[begin:end].strip()
        if not words:
            return "nothing, it is empty"
        return f"“{'… ' if begin > first else ''}{words}{' …' if end < last else ''}”"

    def _written(self, edit: Edit) -> tuple[int, int]:
        """Where in the file the words begin and end that an edit put in."""
        words = self.ours[edit.start_new : edit.end_new]
        first = edit.start_new + len(words) - len(words.lstrip())
        last = edit.end_new - (len(words) - len(words.rstrip())) - 1
        return self.placed.starts[first], self.placed.ends[max(first, last)]

    def _offset(self, at: int) -> int:
        """The place in the file of the character ``at``; at the end of a line, that behind the one before."""
        if at == 0 or (at < len(self.ours) and self.ours[at] != "\n"):
            return self.placed.starts[at] if self.ours else 0
        return self.placed.ends[at - 1]

    def _noted(self, code: str, message: str, offset: int, hint: str, link: str) -> Noted:
        owner = self.markup.around(offset) if self.ours else -1
        element = self.markup.elements[owner].node if owner >= 0 else self.root
        return Noted(code, "error", message, element, None, hint, link, place_at(self.raw, offset))


def _is_letter(character: str) -> bool:
    return _WORD.match(character) is not None


def _spaces(gone: str, come: str) -> str:
    if gone.count("\n") > come.count("\n"):
        return "a line break of the source is missing here"
    if gone.count("\n") < come.count("\n"):
        return "a line begins here that does not begin in the source"
    if not come:
        return "a space of the source is missing here"
    if not gone:
        return "a space stands here that does not stand in the source"
    return "the white space here is not that of the source"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(words: str) -> str:
    lines = words.strip("\n").split("\n")
    text = lines[0].strip() if words.strip() else " " * len(words)
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"“{text}”" + (f" and {_counted(len(lines) - 1, 'line')} more" if len(lines) > 1 else "")
