"""Text as a browser shows it: runs of white space are one space, and none at the ends of a block."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from tei.names import T
from tei.views.walk import SPACE

_NOTE: Final = f"{T}note"
_AFTER_MARK: Final = re.compile(r"\A\s*[\])]?[.:]?(?=\s|\Z)\s*")
_SPACES: Final = re.compile(f"[{SPACE}\f]+")


class Writer:
    """Writes text and elements to the end of ``into``."""

    def __init__(self, into: etree._Element) -> None:
        self._open = [into]
        self._blank = True  # whether white space, or nothing, stands before
        self._after_mark = False  # whether nothing but a note's own mark stands before
        self._last: tuple[etree._Element, bool] | None = None  # what ended in a space; whether in its tail

    def text(self, text: str | None) -> None:
        """Add text, white space folded."""
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._after_mark:
            text = _AFTER_MARK.sub("", text, count=1)
            self._after_mark = False
        if self._blank:
            text = text.lstrip(" ")
        if not text:
            return
        top = self._open[-1]
        before = next(top.iterchildren(reversed=True), None)
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            top.text = (top.text or "") + text
        self._blank = text.endswith(" ")
        self._last = (top if before is None else before, before is not None) if self._blank else None

    def open(self, made: etree._Element) -> None:
        """Begin an element."""
        self._open[-1].append(made)
        self._open.append(made)

    def close(self) -> None:
        """End the innermost element."""
        self._open.pop()

    def empty(self, made: etree._Element) -> None:
        """Add an element that has its content already."""
        self._open[-1].append(made)
        if made.text:
            self._blank, self._last = made.tag == _NOTE and self._blank, None

    def leave_out_mark(self) -> None:
        """A note's own mark is left out here; so are the brackets around it."""
        top = self._open[-1]
        if not len(top) and (top.text or "").strip() in ("", "[", "("):
            top.text = None
            self._blank = self._after_mark = True

    def line(self, made: etree._Element) -> None:
        """Add the beginning of a line."""
        self.trim()
        self._open[-1].append(made)
        self._blank = True

    def trim(self) -> None:
        """Take off a space at the end."""
        if self._last is not None:
            node, tail = self._last
            if tail:
                node.tail = (node.tail or "").rstrip(" ")
            else:
                node.text = (node.text or "").rstrip(" ")
            self._last = None
