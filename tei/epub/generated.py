"""Small things that a book adds, each made from an element alone."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from tei.epub.carry import escaped, quoted
from tei.views.walk import SPACE

_SPACES: Final = re.compile(f"[{SPACE}]+")
_SPANS: Final = (("cols", "colspan"), ("rows", "rowspan"))
# Each fifth verse shows its number, as editions do.
_VERSES: Final = 5


def numeral(words: str) -> str:
    """A number for the eye: of a verse, or of a page that begins within a word."""
    return f'<span class="gen n" aria-hidden="true">{escaped(words)}</span>'


def verse_number(node: etree._Element) -> str:
    """The number of a verse (``l``), or ``""`` where none is due; its later parts have none of their own."""
    n = node.get("n", "")
    if not re.fullmatch("[1-9][0-9]{0,5}", n) or int(n) % _VERSES or node.get("part") in ("M", "F"):
        return ""
    return numeral(n)


def cell_spans(node: etree._Element) -> str:
    """The attributes of a ``cell`` that takes more than one column or row."""
    found = ((html, node.get(own, "")) for own, html in _SPANS)
    return "".join(f' {html}="{n}"' for html, n in found if re.fullmatch("[1-9][0-9]?", n))


def is_first(node: etree._Element) -> bool:
    """Whether an element is the first thing in its parent."""
    parent = node.getparent()
    return parent is not None and node.getprevious() is None and not (parent.text or "").strip(SPACE)


def is_label(cell: etree._Element) -> bool:
    """Whether a ``cell`` holds a heading: by its own ``@role``, else by that of its row."""
    row = cell.getparent()
    role = cell.get("role") or (row.get("role") if row is not None else None)
    return role == "label" and _has_words(cell)


def label_scope(cell: etree._Element) -> str:
    """The attribute for what a cell is the heading of: its column in a row of headings, else its row."""
    row = cell.getparent()
    headings = row is not None and all(is_label(one) or not _has_words(one) for one in row)
    return f' scope="{"col" if headings else "row"}"'


def _has_words(node: etree._Element) -> bool:
    return any(str(text).strip(SPACE) for text in node.itertext("*"))


def picture(description: etree._Element) -> str:
    """What stands for a picture, whose file is not in the book: the words of its ``figDesc``, or ``""``."""
    words = _SPACES.sub(" ", "".join(map(str, description.itertext("*")))).strip(SPACE)
    return f'<span class="gen picture">{escaped(words)}</span>' if words else ""


def page_link(kind: str, href: str, label: str, n: str) -> str:
    """A link to page ``n`` of the print; ``href`` is the attribute, ``label`` what a reader hears."""
    return f'<a class="gen {kind}"{href} aria-label={quoted(label)}>{escaped(n)}</a>'


def link_words(node: etree._Element) -> str:
    """What there is to tap in a link that has no words of its own, such as a ``ptr``."""
    if len(node) or (node.text or "").strip(SPACE):
        return ""
    target = node.get("target", "").split()[0]
    label = "" if target.startswith("#") else f' aria-label={quoted(target)} role="img"'
    return f'<span class="gen"{label}>\u2192</span>'


def mended(node: etree._Element) -> str | None:
    """What ``corr`` mends: the words of its ``sic``."""
    parent = node.getparent()
    if parent is None or not str(parent.tag).endswith("choice"):
        return None
    wrong = next((one for one in parent if str(one.tag).endswith("}sic") or one.tag == "sic"), None)
    if wrong is None:
        return None
    return _SPACES.sub(" ", "".join(str(text) for text in wrong.itertext())).strip(SPACE)
