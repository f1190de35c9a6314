"""Find the texts of a TEI document (TEI Guidelines, chapters 4 and 15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from tei.errors import ParseError
from tei.names import TEI_NS
from tei.views.walk import name_of, walk

_DOCUMENTS: Final = frozenset({"TEI", "TEI.2", "tei", "teiCorpus", "teiCorpus.2", "teiHeader"})


def check_is_tei(root: etree._Element) -> None:
    """Raise ``ParseError`` unless ``root`` is TEI: of its namespace, or of none and with a ``teiHeader``."""
    name = etree.QName(root)
    if name.namespace == TEI_NS:
        return
    if name.namespace is None and (name.localname in _DOCUMENTS or root.find("teiHeader") is not None):
        return
    raise ParseError(
        f"this is no TEI: its outermost element is <{name.localname}>"
        + (f" of the namespace {name.namespace}" if name.namespace else " of no namespace"),
        line=_line(root),
        hint=f'a TEI file begins with <TEI xmlns="{TEI_NS}">',
    )


def texts(root: etree._Element) -> list[etree._Element]:
    """The outermost ``text`` elements of ``root``, in order.

    Where there is none, the transcriptions (``sourceDoc``); where ``root`` is no whole
    document but a part of one, ``root`` itself.
    """
    search = _Search()
    walk(root, search)
    if search.texts or search.transcriptions:
        return search.texts or search.transcriptions
    return [] if name_of(root) in _DOCUMENTS else [root]


class _Search:
    def __init__(self) -> None:
        self.texts: list[etree._Element] = []
        self.transcriptions: list[etree._Element] = []

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        name = name_of(node)
        if name == "text":
            self.texts.append(node)
        elif name == "sourceDoc":
            self.transcriptions.append(node)
        elif name != "teiHeader":
            return node
        return None

    def text(self, text: str) -> None:
        """Text matters to nobody here."""

    def leave(self, node: etree._Element) -> None:
        """Nothing to be done."""


def _line(node: etree._Element) -> int | None:
    return node.sourceline or None
