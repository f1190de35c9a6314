"""The divisions of a stranger's EPUB, from its sections and from the levels of its headings.

A heading begins a division that ends at the next heading of its level or above; a ``section`` within another
ends where it ends, one that stands alone on its page goes on over the pages until such a heading comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from tei.epub.foreign.markup import element
from tei.names import T

#: ``epub:type`` (EPUB Structural Semantics Vocabulary) of divisions, and their ``@type`` in TEI.
DIVISION_TYPES: Final = {
    **{
        name: name
        for name in [
            "volume",
            "part",
            "book",
            "chapter",
            "preface",
            "foreword",
            "introduction",
            "dedication",
            "acknowledgments",
            "epigraph",
            "epilogue",
            "prologue",
            "afterword",
            "appendix",
            "bibliography",
            "glossary",
            "index",
            "colophon",
            "conclusion",
            "preamble",
            "imprint",
            "subchapter",
            "division",
            "scene",
            "act",
            "afterword",
            "copyright-page",
        ]
    },
    "halftitlepage": "halftitle",
    "other-credits": "credits",
    "endnotes": "notes",
    "footnotes": "notes",
    "rearnotes": "notes",
}
_DIV: Final = f"{T}div"
_FIGURE: Final = f"{T}figure"
# What may stand between blocks, and before the heading.
_GLOBAL: Final = frozenset({f"{T}pb", f"{T}anchor", f"{T}note", f"{T}lb", _FIGURE})
_HEAD: Final = f"{T}head"


@dataclass
class _Division:
    element: etree._Element
    level: int
    fixed: bool = False  # whether it ends only where its section ends
    fresh: bool = True  # whether it may still get a heading


class Divisions:
    """Puts blocks into the divisions of ``body``."""

    def __init__(self, body: etree._Element) -> None:
        self.body = body
        self._open = [_Division(body, 0, fixed=True, fresh=False)]

    def begin(self, kind: str, level: int, *, fixed: bool) -> etree._Element:
        """Begin the division of a section; ``level`` is that of its heading, 0 if it has none."""
        if level or not fixed:
            self._close_to(level or 1)
        level = max(level, self._open[-1].level + 1)
        return self._push(kind, level, fixed=fixed)

    def end(self, division: etree._Element) -> None:
        """End a division that was begun with ``fixed``, and those in it."""
        while len(self._open) > 1 and any(one.element is division for one in self._open):
            self._open.pop()

    def heading(self, head: etree._Element, level: int) -> None:
        """Put in a heading, which begins a division unless a section has just begun."""
        top = self._open[-1]
        if top.fresh:
            top.fresh = False
            top.level = max(top.level, level)
        else:
            self._close_to(level)
            self._push("section", level, fixed=False)
            top = self._open[-1]
            top.fresh = False
        self._append(top.element, head)

    def sub_heading(self, head: etree._Element) -> None:
        """Put in a heading that goes with the one before."""
        last = self._last()
        if last is not None and last.tag == _HEAD:
            head.set("type", "sub")
            self._append(self._open[-1].element, head)
        else:
            self.heading(head, self._open[-1].level + 1)

    def add(self, made: etree._Element) -> None:
        """Put a block, a figure, a page break or the like at the end."""
        top = self._open[-1]
        if made.tag not in _GLOBAL:
            top.fresh = False
            last = next(
                (one for one in top.element.iterchildren(reversed=True) if one.tag not in _GLOBAL), None
            )
            if last is not None and last.tag == _DIV:
                # No block stands behind a division.
                self._push("section", top.level + 1, fixed=False)
                self._open[-1].fresh = False
        self._append(self._open[-1].element, made)

    def finish(self) -> None:
        """Take away divisions without anything in them; one without blocks gets a paragraph.

        The last figure stands in it; where there is none, it is empty.
        """
        for division in reversed(list(self.body.iter(_DIV))):
            if all(child.tag in _GLOBAL or child.tag == _HEAD for child in division):
                if len(division):
                    self._give_block(division)
                else:
                    above = division.getparent()
                    assert above is not None
                    above.remove(division)
        if all(child.tag in _GLOBAL for child in self.body):
            self._give_block(self.body)
        for division in self.body.iter(_DIV):
            if division[-1].tail is None:
                division[-1].tail = "\n"

    def _give_block(self, division: etree._Element) -> None:
        made = element("p")
        for child in division.iterchildren(_FIGURE, _HEAD, reversed=True):
            if child.tag == _FIGURE:
                division.replace(child, made)
                made.append(child)
                made.tail, child.tail = child.tail, None
                return
            break
        self._append(division, made)

    def _close_to(self, level: int) -> None:
        while not self._open[-1].fixed and self._open[-1].level >= level:
            self._open.pop()

    def _push(self, kind: str, level: int, *, fixed: bool) -> etree._Element:
        made = element("div", type=kind)
        self._append(self._open[-1].element, made)
        self._open.append(_Division(made, level, fixed))
        return made

    def _last(self) -> etree._Element | None:
        top = self._open[-1].element
        return next(top.iterchildren(reversed=True), None)

    @staticmethod
    def _append(into: etree._Element, made: etree._Element) -> None:
        into.text = into.text or "\n"
        into.append(made)
        made.tail = "\n"
