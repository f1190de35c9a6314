"""The rows and cells of tables in a stranger's EPUB (HTML standard, section 4.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from tei.epub.foreign.markup import UNREAD, kinds, name_in_html, words_of

_GROUPS: Final = frozenset({"thead", "tbody", "tfoot"})
_CELLS: Final = frozenset({"td", "th"})
_NOT_ROWS: Final = frozenset({"caption", "col", "colgroup", *UNREAD})
_LAYOUT: Final = frozenset({"presentation", "none"})
# The standard allows 1000 columns and 65534 rows; more than four digits are a mistake.
_SPAN: Final = re.compile(r"0*([1-9][0-9]{0,3})")


@dataclass(frozen=True)
class Row:
    """A row: its element, those of its cells, and whether all of them are headings."""

    node: etree._Element
    cells: tuple[etree._Element, ...]
    labels: bool


def rows_of(table: etree._Element) -> list[Row]:
    """The rows of a table that have cells, in the order in which they are shown: ``tfoot`` comes last.

    What should not stand in a table, but does, is a cell in a row of its own.
    """
    rows = [(row, of) for row, of in _rows(table, "") if row.cells]
    return [row for row, of in rows if of != "tfoot"] + [row for row, of in rows if of == "tfoot"]


def is_layout(table: etree._Element) -> bool:
    """Whether a table does no more than place things: it says so, or it has one cell."""
    if _LAYOUT & kinds(table):
        return True
    return next(table.iterchildren("{*}caption"), None) is None and sum(
        len(row.cells) for row in rows_of(table)
    ) == 1  # fmt: skip


def spans_of(cell: etree._Element) -> dict[str, str]:
    """``cols`` and ``rows`` of TEI for a cell that goes over several."""
    found = {}
    for ours, theirs in (("cols", "colspan"), ("rows", "rowspan")):
        match = _SPAN.fullmatch(cell.get(theirs, "").strip())
        if match and match[1] != "1":
            found[ours] = match[1]
    return found


def _rows(node: etree._Element, group: str) -> Iterator[tuple[Row, str]]:
    for child in node:
        name = name_in_html(child)
        if name == "tr":
            cells = tuple(one for one in child if name_in_html(one) in _CELLS or _strays(one))
            labels = group == "thead" or all(name_in_html(one) == "th" for one in cells)
            yield Row(child, cells, labels), group
        elif name in _GROUPS:
            yield from _rows(child, name)
        elif name not in _NOT_ROWS and _strays(child):
            yield Row(child, (child,), False), group


def _strays(node: etree._Element) -> bool:
    name = name_in_html(node)
    return bool(name) and name not in UNREAD and bool(words_of(node))
