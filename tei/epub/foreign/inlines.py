"""What stands in a line of a stranger's EPUB, as TEI (TEI Guidelines, chapters 3.3 to 3.7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Final
from urllib.parse import quote

from lxml import etree

from tei.epub.foreign.links import Links
from tei.epub.foreign.markup import (
    BLOCKS,
    UNREAD,
    classes,
    copy_language,
    element,
    is_empty,
    kinds,
    name_in_html,
    words_of,
)  # fmt: skip
from tei.epub.foreign.notes import Notes
from tei.epub.foreign.writer import Writer
from tei.names import qualified

_ID: Final = qualified("xml:id")
_LANG: Final = qualified("xml:lang")
_XLINK: Final = "http://www.w3.org/1999/xlink"
_RENDERED: Final = {
    **dict.fromkeys(("i", "var"), "italic"),
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "u": "underline",
    "sup": "sup",
    "sub": "sub",
    "small": "small",
}
_NAMED: Final = {"em": "emph", "cite": "title", "q": "q", "dfn": "term"}
_TITLES: Final = re.compile(r"se:name\.(?:publication|visual-art|music|broadcast)|z3998:publication-title")
_CLASSES: Final = {
    **dict.fromkeys(("smallcaps", "small-caps", "smcap", "sc"), "sc"),
    **dict.fromkeys(("italic", "italics"), "italic"),
    **dict.fromkeys(("bold", "strong"), "bold"),
    **dict.fromkeys(("gesperrt", "spaced"), "spaced"),
    **dict.fromkeys(("underline", "u"), "underline"),
}
_PAGES: Final = frozenset({"pagenum", "pageno", "pagebreak", "page-number", "pagenumber"})
_PAGE: Final = re.compile(r"\[?(?:pg|page|p\.|{)?\s*([0-9]{1,5}|[ivxlcdm]{1,9})\s*[\]}]?", re.IGNORECASE)


class Inlines:
    """Writes the inline content of XHTML as TEI; ``write_note`` fills a note with what is in its body."""

    def __init__(
        self, links: Links, notes: Notes, write_note: Callable[[etree._Element, etree._Element], None]
    ) -> None:
        self.links = links
        self.notes = notes
        self.write_note = write_note

    def content(self, node: etree._Element, writer: Writer) -> None:
        """All that stands in ``node``."""
        writer.text(node.text)
        for child in node:
            self.element(child, writer)
            writer.text(child.tail)

    def filled(self, name: str, node: etree._Element, **attributes: str) -> etree._Element:
        """A new element of TEI with the content of ``node``, its language and its id."""
        made = element(name, **attributes)
        copy_language(node, made)
        if (identifier := self.links.id_of(node)) is not None and node not in self.notes.by_body:
            made.set(_ID, identifier)
        writer = Writer(made)
        self.content(node, writer)
        writer.trim()
        return made

    def element(self, node: etree._Element, writer: Writer) -> None:
        """``node``, without its tail."""
        name = name_in_html(node)
        if not name or name in UNREAD or node in self.notes.by_body:
            return
        if (page := page_break(node, self.links)) is not None:
            writer.empty(page)
            return
        if name == "a" and self._link(node, writer):
            return
        if name == "br":
            self._anchor(node, writer)
            writer.line(element("lb"))
        elif name in ("img", "svg", "math", "image"):
            self._image(node, name, writer)
        elif name in BLOCKS:
            # Out of place here: at least its words stay apart.
            writer.text(" ")
            self._anchor(node, writer)
            self.content(node, writer)
            writer.text(" ")
        elif name not in ("rp", "wbr"):
            self._phrase(node, name, writer)

    def image(self, node: etree._Element) -> etree._Element | None:
        """The words that stand for an image, linked to its file."""
        words = node.get("alt", "") if name_in_html(node) == "img" else _described(node)
        words = " ".join(words.split())
        source = node.get("src", "") if name_in_html(node) == "img" else _source(node)
        if not words and not source:
            return None
        if not source or re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", source):
            made = element("seg", type="image")
        else:
            made = element(
                "ref", type="image", target=quote(self.links.path_from(node, source), safe="/.-_~")
            )
        if (identifier := self.links.id_of(node)) is not None:
            made.set(_ID, identifier)
        made.text = words
        return made

    def _phrase(self, node: etree._Element, name: str, writer: Writer) -> None:
        made = _phrase_element(node, name)
        if name == "sup" and any(one in self.notes.by_mark for one in node.iterdescendants("{*}a")):
            made = None  # The note is no longer a mark.
        if made is None:
            self._anchor(node, writer)
            self.content(node, writer)
            return
        copy_language(node, made)
        if (identifier := self.links.id_of(node)) is not None:
            made.set(_ID, identifier)
        writer.open(made)
        self.content(node, writer)
        writer.close()
        if is_empty(made):
            above = made.getparent()
            if above is not None and not made.tail and not made.text:
                above.remove(made)

    def _anchor(self, node: etree._Element, writer: Writer) -> None:
        if (identifier := self.links.id_of(node)) is not None:
            writer.empty(element("anchor", xml_id=identifier))

    def _link(self, node: etree._Element, writer: Writer) -> bool:
        """A link; tells whether it is dealt with."""
        note = self.notes.by_mark.get(node)
        if note is None and self.notes.is_back(node) and any(
            one in self.notes.by_body for one in node.iterancestors()
        ):  # fmt: skip
            writer.leave_out_mark()
            return True
        if note is not None and not note.placed:
            note.placed = True
            made = element("note", place=note.place, xml_id=note.identifier)
            if note.mark:
                made.set("n", note.mark)
            self.write_note(note.body, made)
            writer.empty(made)
            return True
        place = self.links.found.get(node)
        target = self.links.web(node)
        if note is not None:
            target = f"#{note.identifier}"
        elif place is not None:
            body = self.links.targets[place]
            inside = self.notes.by_body.get(body)
            target = f"#{inside.identifier if inside is not None else self.links.id_at(place)}"
        if target is None or any(name_in_html(one) == "a" for one in node.iterancestors()):
            return False
        self._anchor(node, writer)
        writer.open(element("ref", target=target))
        self.content(node, writer)
        writer.close()
        return True

    def _image(self, node: etree._Element, name: str, writer: Writer) -> None:
        if name == "math":
            writer.text(node.get("alttext") or words_of(node))
            return
        made = self.image(node)
        if made is not None:
            writer.empty(made)


def page_break(node: etree._Element, links: Links) -> etree._Element | None:
    """The page break of the print that an element stands for."""
    if "pagebreak" not in kinds(node) and not _PAGES & classes(node):
        return None
    words = words_of(node)
    said = node.get("aria-label") or node.get("title") or words
    match = _PAGE.fullmatch(said.strip().rstrip("."))
    number = match[1] if match else said.strip()
    if not number or len(number) > 20 or len(words) > 20:
        return None
    inner = next((one for one in (node, *node.iterdescendants("{*}a", "{*}span")) if links.id_of(one)), node)
    identifier = links.id_of(inner) or links.new_id(
        f"p{number}" if number.isalnum() and number.isascii() else "p"
    )
    return element("pb", n=" ".join(number.split()), xml_id=identifier)


def _phrase_element(node: etree._Element, name: str) -> etree._Element | None:
    if any(_TITLES.match(kind) for kind in kinds(node)):
        return element("title")
    if name in _NAMED:
        return element(_NAMED[name])
    rend = _RENDERED.get(name)
    if name == "i" and (node.get("lang") or node.get(_LANG)):
        return element("foreign", rend="italic")
    if rend is None:
        rend = next((_CLASSES[one] for one in sorted(classes(node)) if one in _CLASSES), None)
    if rend is not None:
        return element("hi", rend=rend)
    if node.get("lang") or node.get(_LANG):
        return element("foreign")
    return None


def _source(node: etree._Element) -> str:
    """The file that an SVG image shows, if it shows no more than one."""
    inside = list(islice(node.iter("{*}image"), 2))
    if len(inside) != 1 or name_in_html(node) not in ("svg", "image"):
        return ""
    return inside[0].get("href", "") or inside[0].get(f"{{{_XLINK}}}href", "")


def _described(node: etree._Element) -> str:
    """What an SVG image says that it shows."""
    return node.get("aria-label") or " ".join(
        words_of(one) for one in node.iter("{*}title", "{*}desc", "{*}text")
    )
