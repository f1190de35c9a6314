"""Stanzas and lines of verse, as the makers of EPUBs mark them up (TEI Guidelines, chapter 6)."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from lxml import etree

from tei.epub.foreign.markup import BLOCKS, classes, holds_blocks, name_in_html
from tei.views.walk import SPACE

Line: TypeAlias = list[str | etree._Element]  # noqa: SLF001 - lxml's name for an element's type

_LINES: Final = re.compile(r"l|line|verse|i\d{1,2}|indent\d*|vs\d*")


def stanzas(node: etree._Element) -> list[list[Line]]:
    """The stanzas in ``node``, each with its lines: text, and elements of which the tails are left out."""
    found: list[list[Line]] = []
    lines: list[Line] = []
    if name_in_html(node) == "p" or not holds_blocks(node):
        return [_lines(node)]
    for child in node:
        if name_in_html(child) not in BLOCKS:
            continue
        if _is_line(child):
            lines.extend(_lines(child))
            continue
        if lines:
            found.append(lines)
            lines = []
        found.extend(stanzas(child))
    return [*found, lines] if lines else found


def is_all_verse(node: etree._Element) -> bool:
    """Whether nothing but stanzas and lines stands in ``node``: no heading, no loose words between them."""
    if name_in_html(node) == "p" or not holds_blocks(node):
        return True
    if name_in_html(node) not in ("div", "blockquote", "section", "article") or (node.text or "").strip(
        SPACE
    ):
        return False
    return all(
        name_in_html(child) in ("", "p", "div", "section")
        and not (child.tail or "").strip(SPACE)
        and (not name_in_html(child) or is_all_verse(child))
        for child in node
    )


def _is_line(node: etree._Element) -> bool:
    return (
        name_in_html(node) in ("div", "p")
        and any(_LINES.fullmatch(one) for one in classes(node))
        and not holds_blocks(node)
        and node.find("{*}br") is None
    )


def _lines(node: etree._Element) -> list[Line]:
    """The lines of a stanza: between breaks, or each in a ``span`` of its own."""
    lines: list[Line] = [[node.text or ""]]
    for child in node:
        name = name_in_html(child)
        if name == "br":
            lines.append([])
        elif name:
            own = (
                name == "span"
                and bool(classes(child))
                and any(_LINES.fullmatch(one) for one in classes(child))
            )
            if own and any(not isinstance(one, str) or one.strip(SPACE) for one in lines[-1]):
                lines.append([])
            lines[-1].append(child)
        lines[-1].append(child.tail or "")
    return [line for line in lines if any(not isinstance(one, str) or one.strip(SPACE) for one in line)]
