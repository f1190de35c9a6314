"""The source view: the text that was encoded, character for character, in its order on paper.

All text of ``text`` counts, white space between paragraphs too. Left out is what an editor
adds: ``corr``, ``reg``, ``expan``, ``ex``, ``supplied`` (TEI Guidelines, chapters 3.5 and 11.3) and
``note[@type='editorial']``. ``<g ref="#u000C"/>`` is the character that XML forbids.

A TEI file that was not made from a text file gives the text as it stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from tei.errors import ParseError, SourceError
from tei.names import EDITORIAL, TEI_NS, T, id_character, qualified
from tei.source import LINE_ENDS, Encoding
from tei.views.paper import PageBreak, paper_order
from tei.views.texts import texts
from tei.views.walk import walk

_EDITORIAL: Final = frozenset(T + name for name in EDITORIAL)
_CHARSET: Final = re.compile(r"(?i);\s*charset\s*=\s*\"?([^;\"]+)\"?\s*(?:;\s*bom\s*=\s*(yes|no)\s*)?")
_NAMES: Final = {"t": TEI_NS}
_PLAIN: Final = Encoding("utf-8", byte_order_mark=False, line_end="LF")


def source_text(root: etree._Element) -> str:
    """The text that ``root`` was encoded from, its lines ended by ``\\n``; several texts one after the other.

    Raises ``ParseError`` where the page breaks do not lead through all pages.
    """
    return "".join(_text_on_paper(text) for text in texts(root))


def source_bytes(root: etree._Element) -> bytes:
    """The file that ``root`` was encoded from, in the encoding and with the line ends that the header states.

    Where it states none (``sourceDesc/bibl[@type='digital']``): UTF-8 and ``\\n``. Raises
    ``ParseError`` as ``source_text`` and for facts in the header that make no sense,
    ``SourceError`` for a character that the encoding cannot hold.
    """
    return b"".join(_in_encoding(_text_on_paper(text), source_encoding(text)) for text in texts(root))


def source_encoding(text: etree._Element) -> Encoding:
    """How the file that ``text`` comes from was written, as its header states it; else UTF-8 with ``\\n``."""
    document = text.getparent()
    if document is None:
        return _PLAIN
    digital = document.find("t:teiHeader/t:fileDesc/t:sourceDesc/t:bibl[@type='digital']", _NAMES)
    if digital is None:
        return _PLAIN
    line_end = (digital.findtext("t:note[@type='lineEnd']", "LF", _NAMES) or "").strip()
    if line_end not in LINE_ENDS:
        raise ParseError(
            f"the header says that the source's line end is {line_end!r}",
            line=digital.sourceline or None,
            hint='write LF, CRLF or CR in <note type="lineEnd">',
        )
    reference = digital.find("t:ref[@mimeType]", _NAMES)
    stated = _CHARSET.search(reference.get("mimeType", "")) if reference is not None else None
    charset = stated[1].strip() if stated else "utf-8"
    if stated and (stated[2] or "").lower() == "yes":
        charset += "; bom=yes"
    try:
        return Encoding.from_charset(charset, line_end)
    except SourceError as error:
        raise ParseError(
            f"the header says that the source is in an {error.message}",
            line=digital.sourceline or None,
            hint='write for example mimeType="text/plain; charset=utf-8"',
        ) from error


def _in_encoding(text: str, encoding: Encoding) -> bytes:
    try:
        return encoding.to_bytes(text)
    except (LookupError, UnicodeError):
        # Python's codecs that are no character encodings (hex), and those with limits of their own (idna).
        raise SourceError(f"the text cannot be written in the source's encoding, {encoding.codec}") from None


def _text_on_paper(text: etree._Element) -> str:
    cut = Cut()
    walk(text, cut)
    order = paper_order(cut.breaks)
    return "".join("".join(cut.pieces[piece]) for piece in order)


class Cut:
    """The text cut at its page breaks."""

    def __init__(self) -> None:
        self.pieces: list[list[str]] = [[]]
        self.breaks: list[PageBreak] = []
        self.text = self.pieces[0].append

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        """Begin an element: a page break begins a piece, an editor's words are left out."""
        tag = node.tag
        if tag in _EDITORIAL or (tag == _NOTE and node.get("type") == "editorial"):
            return None
        if tag == _PAGE:
            identifier, n, following, preceding = (node.get(name) for name in _POINTERS)
            self.breaks.append(PageBreak(identifier, n, following, preceding, node.sourceline or None))
            self.pieces.append([])
            self.text = self.pieces[-1].append
        elif tag == _CHARACTER and not node.text and not len(node):
            character = id_character(node.get("ref", ""))
            if character:
                self.text(character)
        return node

    def leave(self, node: etree._Element) -> None:
        """Nothing to be done."""


_NOTE: Final = f"{T}note"
_PAGE: Final = f"{T}pb"
_CHARACTER: Final = f"{T}g"
_POINTERS: Final = (qualified("xml:id"), "n", "next", "prev")
