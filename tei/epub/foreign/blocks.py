"""The blocks of a stranger's EPUB as TEI: paragraphs, lists, quotations, verse, tables, figures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from lxml import etree

from tei.epub.foreign.divisions import DIVISION_TYPES, Divisions
from tei.epub.foreign.inlines import Inlines, page_break
from tei.epub.foreign.links import Links
from tei.epub.foreign.markup import (
    BLOCKS,
    HEADINGS,
    UNREAD,
    VERSE,
    classes,
    copy_language,
    element,
    holds_blocks,
    is_empty,
    kinds,
    name_in_html,
    without,
    words_of,
)  # fmt: skip
from tei.epub.foreign.notes import Notes
from tei.epub.foreign.pictures import (
    FIGURE,
    holds_anything,
    in_place_of,
    is_picture,
    leave_out_repetition,
    pictures,
)  # fmt: skip
from tei.epub.foreign.tables import Row, is_layout, rows_of, spans_of
from tei.epub.foreign.verse import is_all_verse, stanzas
from tei.epub.foreign.writer import Writer
from tei.names import T, qualified
from tei.views.walk import SPACE

_ID: Final = qualified("xml:id")
_WAYS: Final = frozenset({"toc", "landmarks", "page-list", "loi", "lot", "cover", "titlepage"})
_DIVISIONS: Final = frozenset({"section", "chapter", "part"})
_SECTIONS: Final = frozenset({"section", "article"})
_P: Final = f"{T}p"
_BESIDE: Final = frozenset({f"{T}{name}" for name in ("pb", "anchor", "note")})
# What a set-off quotation may hold, and a figure.
_IN_QUOTE: Final = _BESIDE | {f"{T}{name}" for name in ("p", "ab", "lg", "list", "table")}
_IN_FIGURE: Final = _BESIDE | {f"{T}{name}" for name in ("p", "ab", "head", "graphic", "figDesc")}
# How Project Gutenberg and others say that an element is a figure, or its caption.
_FIGURES: Final = frozenset({"figcenter", "figleft", "figright", "figure", "illustration"})
_CAPTIONS: Final = frozenset({"caption", "figcaption"})


class Blocks:
    """Writes the pages of a book into ``divisions``."""

    def __init__(self, links: Links, notes: Notes, divisions: Divisions) -> None:
        self.links = links
        self.notes = notes
        self.divisions = divisions
        self.in_verse = 0  # how many elements of verse are under way
        self.inlines = Inlines(links, notes, self.fill)

    def page(self, body: etree._Element) -> None:
        """A whole page."""
        if not _WAYS & kinds(body):
            self.flow(body, None)

    def flow(self, node: etree._Element, into: etree._Element | None) -> None:
        """The content of ``node``, blocks and loose words, into an element, or into the divisions."""
        run: list[str | etree._Element] = [node.text or ""]
        for child in node:
            name = name_in_html(child)
            if name in BLOCKS or (name and holds_blocks(child)) or (
                page_break(child, self.links) is not None and not _has_words(run)
            ):  # fmt: skip
                self._run(run, into)
                self.block(child, name, into)
                run = [child.tail or ""]
            else:
                run += [child, child.tail or ""]
        self._run(run, into)

    def fill(self, node: etree._Element, into: etree._Element) -> None:
        """The content of ``node`` into an element that may hold words or blocks (a note, an item)."""
        copy_language(node, into)
        if name_in_html(node) == "p" or not holds_blocks(node):
            writer = Writer(into)
            self.inlines.content(node, writer)
            writer.trim()
            if found := pictures(into):
                into.text = None
                del into[:]
                for one in found:
                    self.put(one, into)
        else:
            self.flow(node, into)

    def block(self, node: etree._Element, name: str, into: etree._Element | None) -> None:
        """A block; one that means nothing by itself gives way to its content."""
        if name in UNREAD or node in self.notes.by_body or _WAYS & kinds(node) or name == "nav":
            return
        if (page := page_break(node, self.links)) is not None:
            self.put(page, into)
        elif name in HEADINGS:
            self._heading(node, int(name[1]), into)
        elif name == "hgroup" or (name == "header" and into is None):
            self._headings(node, into)
        elif VERSE & (kinds(node) | classes(node)) and words_of(node):
            self._verse(node, name, into)
        elif self.in_verse and name == "p" and words_of(node):
            self._stanzas(node, into)
        elif not self._reads(node) or self._pictured(node, name, into):
            return
        elif into is None and (name in _SECTIONS or (name == "div" and _DIVISIONS & classes(node))):
            self._section(node)
        elif name in _MAKERS and not (name == "table" and is_layout(node)):
            self._made(node, name, into)
        else:
            if (identifier := self.links.id_of(node)) is not None:
                self.put(element("anchor", xml_id=identifier), into)
            self.flow(node, into)

    def put(self, made: etree._Element, into: etree._Element | None) -> None:
        """Put a block where it belongs; a paragraph of pictures alone gives way to them."""
        if made.tag == _P and (found := in_place_of(made)):
            for one in found:
                self.put(one, into)
            return
        if into is None:
            self.divisions.add(made)
            return
        if into.tag == FIGURE and made.tag == FIGURE and is_picture(made):
            if (identifier := made.get(_ID)) is not None:
                self.put(element("anchor", xml_id=identifier), into)
            for part in list(made):
                self.put(part, into)
            return
        allowed = _IN_FIGURE if into.tag == FIGURE else _IN_QUOTE if into.get("rend") == "block" else None
        if allowed is not None and made.tag not in allowed:
            paragraph = element("p")
            paragraph.append(made)
            made = paragraph
        into.append(made)
        made.tail = "\n"

    def _made(self, node: etree._Element, name: str, into: etree._Element | None) -> None:
        made = _MAKERS[name](self, node)
        if made is None:
            return
        if name == "blockquote" and all(child.tag in _BESIDE for child in made):
            # There is nothing to quote: a page may begin here all the same.
            for child in list(made):
                self.put(child, into)
            return
        identifier = self.links.id_of(node)
        if identifier is not None and made.get(_ID) is None:
            made.set(_ID, identifier)
        if not is_empty(made) or name == "hr":
            self.put(made, into)

    def _run(self, run: Iterable[str | etree._Element], into: etree._Element | None) -> None:
        """Loose words between blocks are a paragraph."""
        made = element("p")
        writer = Writer(made)
        for one in run:
            if isinstance(one, str):
                writer.text(one)
            else:
                self.inlines.element(one, writer)
        writer.trim()
        if (made.text or "").strip(SPACE) or any(child.tag != f"{T}anchor" or child.tail for child in made):
            self.put(made, into)
        else:
            for child in list(made):
                self.put(child, into)

    # Divisions and their headings.

    def _section(self, node: etree._Element) -> None:
        found = kinds(node) or classes(node)
        types = sorted(DIVISION_TYPES[one] for one in found if one in DIVISION_TYPES)
        level = next((int(name_in_html(one)[1]) for one in node.iter(*(f"{{*}}{h}" for h in HEADINGS))), 0)
        if not level and (not types or name_in_html(node) == "div"):
            self.flow(node, None)
            return
        above = node.getparent()
        fixed = any(name_in_html(one) in _SECTIONS and not _is_shell(one) for one in node.iterancestors())
        if not fixed and above is not None and _is_shell(node):
            self.flow(node, None)
            return
        made = self.divisions.begin(without("section", types), level, fixed=fixed)
        copy_language(node, made)
        if (identifier := self.links.id_of(node)) is not None:
            made.set(_ID, identifier)
        self.flow(node, None)
        if fixed:
            self.divisions.end(made)

    def _reads(self, node: etree._Element) -> bool:
        """Whether more than notes, which are moved to their marks, and a heading stands in a section."""
        bodies = [one for one in node.iterdescendants() if one in self.notes.by_body]
        if not bodies:
            return True
        inside = {*bodies, *node.iterdescendants(*(f"{{*}}{h}" for h in HEADINGS))}
        outermost = [one for one in inside if not any(above in inside for above in one.iterancestors())]
        return _inked(node) > sum(_inked(one) for one in outermost)

    def _heading(self, node: etree._Element, level: int, into: etree._Element | None) -> None:
        if not words_of(node) and not any(True for _ in node.iterdescendants("{*}img")):
            return
        if into is not None:
            self.put(self.inlines.filled("ab", node, type="head"), into)
        else:
            self.divisions.heading(self.inlines.filled("head", node), level)

    def _headings(self, node: etree._Element, into: etree._Element | None) -> None:
        """A heading of several lines."""
        first = True
        for child in node:
            name = name_in_html(child)
            if name in HEADINGS and (first or into is not None):
                self._heading(child, int(name[1]), into)
                first = False
            elif into is None and not first and name in ("p", *HEADINGS) and words_of(child):
                self.divisions.sub_heading(self.inlines.filled("head", child))
            elif name in BLOCKS:
                self.block(child, name, into)
            else:
                self._run([child], into)

    # Blocks, each as an element that has no place yet.

    def paragraph(self, node: etree._Element) -> etree._Element | None:
        """A paragraph, or a line between two parts."""
        return self.inlines.filled("p", node)

    def rule(self, _node: etree._Element) -> etree._Element | None:
        """A line between two parts."""
        return element("ab", type="break")

    def preformatted(self, node: etree._Element) -> etree._Element | None:
        """Lines that are to stay as they are."""
        made = element("ab", type="preformatted")
        made.text = "".join(str(text) for text in node.itertext("*")).strip("\n")
        return made

    def quotation(self, node: etree._Element) -> etree._Element | None:
        """A set-off quotation."""
        made = element("quote", rend="block")
        copy_language(node, made)
        self.flow(node, made)
        return made

    def itemized(self, node: etree._Element) -> etree._Element | None:
        """A list; what is no item in it belongs to the one before."""
        made = element("list", rend="numbered" if name_in_html(node) == "ol" else "bulleted")
        last: etree._Element | None = None
        for child in node:
            if not name_in_html(child) or child in self.notes.by_body:
                continue
            if name_in_html(child) == "li" or last is None:
                last = self._item("item", child)
                self._add(made, last)
            else:
                _into_paragraph(last)
                self.block(child, name_in_html(child), last)
        return made if last is not None else None

    def glossary(self, node: etree._Element) -> etree._Element | None:
        """A list of labels, each with its item."""
        made = element("list", type="gloss")
        last: etree._Element | None = None
        for child in node.iter("{*}dt", "{*}dd"):
            if next(child.iterancestors("{*}dl"), None) is not node or child in self.notes.by_body:
                continue
            awaited = last is not None and last.tag == f"{T}label"
            if name_in_html(child) == "dt":
                if awaited:
                    self._add(made, element("item"))
                last = self.inlines.filled("label", child)
                self._add(made, last)
            elif awaited or last is None:
                if last is None:
                    self._add(made, element("label"))
                last = self._item("item", child)
                self._add(made, last)
            else:
                _into_paragraph(last)
                self.put(self.inlines.filled("p", child), last)
        if last is not None and last.tag == f"{T}label":
            self._add(made, element("item"))
        return made if last is not None else None

    def table(self, node: etree._Element) -> etree._Element | None:
        """A table; without any rows, the words of it."""
        made = element("table")
        copy_language(node, made)
        for caption in node.iterchildren("{*}caption"):
            head = self.inlines.filled("head", caption)
            if not is_empty(head):
                self._add(made, head)
        rows = rows_of(node)
        for row in rows:
            if row.node not in self.notes.by_body:
                self._add(made, self._row(row))
        if not any(child.tag == f"{T}row" for child in made):
            return self.inlines.filled("p", node)
        return made

    def _row(self, row: Row) -> etree._Element:
        made = element("row", **({"role": "label"} if row.labels else {}))
        if name_in_html(row.node) == "tr":
            copy_language(row.node, made)
            if (identifier := self.links.id_of(row.node)) is not None:
                made.set(_ID, identifier)
        for node in row.cells:
            cell = element("cell") if node in self.notes.by_body else self._item("cell", node)
            if name_in_html(node) == "th":
                cell.set("role", "label")
            for name, number in spans_of(node).items():
                cell.set(name, number)
            self._add(made, cell)
        return made

    def _pictured(self, node: etree._Element, name: str, into: etree._Element | None) -> bool:
        """A figure, or the caption of one; tells whether it is dealt with."""
        if name == "figure" or (into is None and _is_figure(node, name)):
            self._figure(node, into)
        elif into is not None and into.tag == FIGURE and _is_caption(node, name):
            caption = self.inlines.filled("head", node)
            if not is_empty(caption):
                self.put(caption, into)
        else:
            return False
        return True

    def _figure(self, node: etree._Element, into: etree._Element | None) -> None:
        """A picture with its caption; a table with one; what holds neither gives way to its content."""
        if not any(True for _ in node.iterdescendants("{*}img", "{*}svg")):
            captioned = self._captioned(node)
            if captioned is not None:
                self.put(captioned, into)
            else:
                self.flow(node, into)
            return
        made = element("figure")
        copy_language(node, made)
        if (identifier := self.links.id_of(node)) is not None:
            made.set(_ID, identifier)
        made.text = "\n"
        self.flow(node, made)
        leave_out_repetition(made)
        if holds_anything(made):
            self.put(made, into)
        else:
            for child in list(made):
                self.put(child, into)

    def _captioned(self, node: etree._Element) -> etree._Element | None:
        """The table of a figure that holds nothing besides but its caption."""
        inside = {name_in_html(one): one for one in node}
        if len(inside) != len(node) or inside.keys() != {"table", "figcaption"}:
            return None
        made = self.table(inside["table"])
        if made is None or made.tag != f"{T}table":
            return None
        head = self.inlines.filled("head", inside["figcaption"])
        head.tail = "\n"
        if not is_empty(head):
            made.insert(0, head)
        identifier = self.links.id_of(inside["table"]) or self.links.id_of(node)
        if identifier is not None:
            made.set(_ID, identifier)
        return made

    def _verse(self, node: etree._Element, name: str, into: etree._Element | None) -> None:
        """A poem, which may have headings and the like, or a part of one."""
        if not is_all_verse(node):
            self.in_verse += 1
            if into is None and name in _SECTIONS:
                self._section(node)
            elif name in _MAKERS:
                self._made(node, name, into)
            else:
                self.flow(node, into)
            self.in_verse -= 1
        elif name == "blockquote":
            holder = element("quote", rend="block")
            self._stanzas(node, holder)
            if len(holder):
                self.put(holder, into)
        else:
            self._stanzas(node, into)

    def _stanzas(self, node: etree._Element, into: etree._Element | None) -> None:
        """Stanzas and their lines."""
        identifier = self.links.id_of(node)
        for stanza in stanzas(node):
            made = element("lg")
            if identifier is not None:
                made.set(_ID, identifier)
                identifier = None
            for line in stanza:
                written = element("l")
                writer = Writer(written)
                for one in line:
                    if isinstance(one, str):
                        writer.text(one)
                    else:
                        self.inlines.element(one, writer)
                writer.trim()
                last = next(written.iterchildren(reversed=True), None)
                if last is not None and last.tag == f"{T}lb" and not last.tail:
                    written.remove(last)
                if not is_empty(written):
                    self._add(made, written)
            if len(made):
                self.put(made, into)

    def _item(self, name: str, node: etree._Element) -> etree._Element:
        made = element(name)
        if (identifier := self.links.id_of(node)) is not None:
            made.set(_ID, identifier)
        self.fill(node, made)
        return made

    @staticmethod
    def _add(into: etree._Element, made: etree._Element) -> None:
        into.text = into.text or "\n"
        into.append(made)
        made.tail = "\n"


_MAKERS: Final = {
    "p": Blocks.paragraph,
    "hr": Blocks.rule,
    "pre": Blocks.preformatted,
    "blockquote": Blocks.quotation,
    "ul": Blocks.itemized,
    "ol": Blocks.itemized,
    "menu": Blocks.itemized,
    "dl": Blocks.glossary,
    "table": Blocks.table,
}


def _is_figure(node: etree._Element, name: str) -> bool:
    """Whether a ``div`` holds a picture with its caption, as a ``figure`` does."""
    if name != "div" or not _FIGURES & classes(node) or not any(True for _ in node.iterdescendants("{*}img")):
        return False
    return not any(True for _ in node.iterdescendants(*(f"{{*}}{one}" for one in (*HEADINGS, "section"))))


def _is_caption(node: etree._Element, name: str) -> bool:
    """Whether an element in a figure is its caption, and no longer than a paragraph."""
    if name != "figcaption" and not (name in ("p", "div") and _CAPTIONS & classes(node)):
        return False
    inside = [name for one in node.iterdescendants() if (name := name_in_html(one)) in BLOCKS]
    return len(inside) <= 1 and all(name in ("p", "div") for name in inside)


def _inked(node: etree._Element) -> int:
    return len(words_of(node).replace(" ", ""))


def _has_words(run: Iterable[str | etree._Element]) -> bool:
    return any(not isinstance(one, str) or one.strip(SPACE) for one in run)


def _into_paragraph(item: etree._Element) -> None:
    """Make a paragraph of the words of an item, which is to hold others."""
    if not (item.text or "").strip(SPACE) and all(child.tag in _IN_QUOTE for child in item):
        return
    if any(child.tag in (f"{T}p", f"{T}ab", f"{T}list") for child in item):
        return
    paragraph = element("p")
    paragraph.text, item.text = item.text, None
    paragraph.extend(list(item))
    paragraph.tail = "\n"
    item.append(paragraph)


def _is_shell(node: etree._Element) -> bool:
    """Whether a section holds one other and nothing else (Standard Ebooks: the part around a chapter)."""
    inside = list(islice((one for one in node if name_in_html(one)), 2))
    return len(inside) == 1 and name_in_html(inside[0]) in _SECTIONS and not (node.text or "").strip(SPACE)
