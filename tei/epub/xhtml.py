"""The pieces of a document written as XHTML, file by file.

XHTML has rules that TEI does not have: no block in a ``p``, only ``li`` in a ``ul``. So what a TEI element
becomes depends on what stands in it and around it; elements of class ``wrap`` help where none fits.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from tei.epub import pieces as s
from tei.epub.carry import Carrier, escaped, quoted
from tei.epub.generated import (
    cell_spans,
    is_first,
    is_label,
    label_scope,
    link_words,
    mended,
    numeral,
    page_link,
    picture,
    verse_number,
)  # fmt: skip
from tei.epub.labels import Labels
from tei.epub.openings import with_their_pages
from tei.epub.spaces import settled
from tei.epub.stream import stream
from tei.epub.written import Heading, Mention, Written, pointer
from tei.names import qualified
from tei.views.elements import DIVISIONS
from tei.views.walk import SPACE

# What alone may stand in them, and what is put around anything else.
_ONLY: Final = {"ul": ("li",), "table": ("tr", "caption"), "tr": ("td", "th")}
_WRAPS: Final = {
    "ul": ('<li class="wrap"{}>', "</li>"),
    "table": ('<tr class="wrap"{}><td class="wrap">', "</td></tr>"),
    "tr": ('<td class="wrap"{}>', "</td>"),
}
_WITHIN: Final = {"li": "ul", "tr": "table", "td": "tr"}
# Elements of XHTML that hold words only; with blocks in them they are ``div``.
_PHRASING: Final = frozenset({"p", "span", "em", "i", "cite", "a", "code", "abbr"})
_HEADED: Final = DIVISIONS | {"text", "front", "body", "back", "group", "floatingText"}
_REACTIONS: Final = frozenset({"kinesic", "vocal", "incident"})
_QUOTATIONS: Final = frozenset({"quote", "q", "said"})
_PARAGRAPHS: Final = frozenset({"p", "ab", "seg"})
_WEB: Final = re.compile(r"(?:https?://|mailto:)[^\s<>\"{}|\\^`]+")
_ID: Final = qualified("xml:id")
_SPACES: Final = re.compile(f"[{SPACE}]+")


def write(root: etree._Element, labels: Labels) -> Written:
    """All of the document ``root`` as XHTML; ``labels`` are the words that the book adds."""
    return _Writer(root, labels).run()


class _Tag:
    """An element of XHTML that is open."""

    __slots__ = ("again", "element", "headed", "here", "last", "name", "wrap")

    def __init__(self, name: str, again: str, element: s.Opened) -> None:
        self.name = name
        self.again = again
        self.element = element
        self.headed = False  # whether it has a heading
        self.here = True  # whether it begins in this file
        self.wrap: int | None = None  # where in the file the wrapper begins that is open in it
        self.last = ""  # the name of the last block in it


class _Writer:
    def __init__(self, root: etree._Element, labels: Labels) -> None:
        self.root = root
        self.labels = labels
        self.carrier = Carrier(root)
        self.written = Written()
        self.out: list[str] = []
        self.tags: list[_Tag] = []
        self.seen = False  # whether the file has words
        self.seen_in_wrap = False
        self.title = ""
        self.page = ""
        self.count = 0
        self.links = 0  # how many ``a`` are open
        self.marked: set[int] = set()  # the notes that a mark has led to
        self.hidden = 0
        self.note = 0  # the number of the note under way
        self.blank = True  # whether no word is under way
        self.listed: set[str] = set()  # the numbers of the pages so far
        self.held: list[str] = []  # links that wait for a word to end
        self.head: list[str] | None = None
        self.note_pages: dict[str, str] = {}  # the page that each part of a note is printed on
        self.pages_before: list[str] = []
        self.first_mentions: dict[tuple[str, str], str] = {}
        prefix = str(root.tag).rpartition("}")[0]
        self.breaks = {
            identifier: one.get("n", "")
            for one in root.iter(f"{prefix}}}pb" if prefix else "pb")
            if (identifier := one.get(_ID))
        }

    def run(self) -> Written:
        for piece in settled(with_their_pages(stream(self.root, self.carrier))):
            self.piece(piece)
        self.end_file()
        written = self.written
        written.files = [(name, title, written.linked(html)) for name, title, html in written.files]
        return written

    @property
    def name(self) -> str:
        """The name of the file under way."""
        return f"c{len(self.written.files) + 1:03}.xhtml"

    def piece(self, piece: s.Piece) -> None:
        match piece:
            case s.Words(text):
                self.words(text)
            case s.Open(element):
                self.open(element)
            case s.Close(element):
                self.close(element)
            case s.Unread(text, inside):
                self.unread(text, inside)
            case s.Shown(text):
                self.see(text)
                self.inline(f'<span class="gen read">{escaped(text)}</span>')
            case s.Remark(html):
                self.inline(html)
            case s.PageBreak(element):
                self.page_break(element)
            case s.File():
                self.new_file()
            case _:
                self.note_piece(piece)

    def note_piece(self, piece: s.Piece) -> None:
        match piece:
            case s.NoteMark(number):
                self.note_mark(number)
            case s.NotePlace(identifier):
                self.note_pages[identifier] = self.page
                self.inline(f'<wbr class="gen" data-at="{identifier}"/>')
            case s.NotesBegin():
                self.release()
                label = quoted(self.labels.notes)
                self.out.append(f'<section class="gen notes" epub:type="footnotes" aria-label={label}>')
            case s.NotesEnd():
                self.out.append("</section>")
            case s.NoteBegin(number):
                self.begin_note(number)
            case s.NoteEnd():
                self.note = 0
                self.release()
                self.out.append("</aside>")

    # Words.

    def see(self, text: str) -> None:
        """Take note of words that a reader sees."""
        self.seen = self.seen_in_wrap = True
        self.blank = text[-1:] in SPACE
        if self.head is not None:
            self.head.append(text)

    def words(self, text: str) -> None:
        if not text.strip(SPACE):
            if self.head is not None and self.head[-1:] != ["\n"]:
                self.head.append(" ")
            self.release()
            self.blank = True
            # White space may stand anywhere.
            self.out.append(escaped(text))
            return
        self.see(text)
        if self.held:
            at = next((at for at, character in enumerate(text) if character in SPACE), len(text))
            self.inline(escaped(text[:at]))
            text = text[at:]
            if text:
                self.release()
        self.inline(escaped(text))

    def unread(self, text: str, inside: bool) -> None:
        if inside:
            self.out.append(escaped(text))
        else:
            self.inline(f'<span class="wrap" hidden="">{escaped(text)}</span>')

    def inline(self, html: str) -> None:
        """Put in what may stand in a line."""
        if self.tags:
            self.wrap(self.tags[-1])
        self.out.append(html)

    def release(self) -> None:
        """Put in the links that waited for a word to end."""
        if self.held:
            held, self.held = self.held, []
            for html in held:
                self.inline(html)

    def wrap(self, tag: _Tag) -> None:
        """Begin a wrapper in ``tag`` where one is needed and none is open."""
        if tag.name in _ONLY and tag.wrap is None:
            tag.wrap = len(self.out)
            self.out.append("")
            self.seen_in_wrap = False

    def unwrap(self, tag: _Tag) -> None:
        """End the wrapper that is open in ``tag``; where nothing in it is seen, it is hidden."""
        if tag.wrap is not None:
            begin, end = _WRAPS[tag.name]
            self.out[tag.wrap] = begin.format("" if self.seen_in_wrap else ' hidden=""')
            self.out.append(end)
            tag.wrap = None

    # Elements.

    def open(self, element: s.Opened) -> None:
        if element.tag == "wbr":
            self.void(element)
            return
        if element.note:
            self.pages_before.append(self.page)
            self.page = self.note_pages.get(element.note, self.page)
        extra = ""
        if element.hidden:
            name = "span"
            if not self.hidden:
                extra = ' hidden=""'
            shown = element.name == "figDesc" and not self.hidden
            self.hidden += 1
            self.inline(picture(element.node) if shown else "")
        else:
            if element.block:
                self.release()
                self.blank = True
            name = self.tag_of(element)
            top = self.tags[-1] if self.tags else None
            if top is not None:
                if name in _ONLY.get(top.name, ()):
                    self.unwrap(top)
                else:
                    self.wrap(top)
            extra = self.attributes(element, name)
        self.place(element)
        classes = element.classes if name != "div" or not element.block else f"{element.classes} b"
        if element.block and self.tags and not element.hidden:
            above = self.tags[-1]
            if element.name in _PARAGRAPHS and above.last in _PARAGRAPHS:
                classes += " next"
            above.last = element.name
        self.out.append(f'<{name} class="{classes}"{element.attributes}{extra}>')
        self.tags.append(_Tag(name, f'<{name} class="{classes} cont">', element))
        if element.name == "l" and element.block and not element.hidden:
            self.out.append(verse_number(element.node))
        if name == "a":
            self.links += 1
            self.out.append(link_words(element.node))

    def void(self, element: s.Opened) -> None:
        """An empty element; an empty line in a heading sets its parts apart."""
        if element.name == "lb" and self.head and not self.hidden:
            if self.head[-1] == "\n":
                self.out.append('<br class="gen"/>')
            elif any(words.strip(SPACE) for words in self.head):
                self.head.append("\n")
        self.inline(f'<wbr class="{element.classes}"{element.attributes}/>')
        self.place(element)

    def tag_of(self, element: s.Opened) -> str:
        """The element of XHTML for ``element``, which is seen, where it stands."""
        name = element.tag
        parent = self.tags[-1] if self.tags else None
        if element.name == "head" and element.block and parent is not None and parent.element.name in _HEADED:
            return self.heading_tag(element, parent)
        if element.name == "head" and parent is not None and parent.name == "table":
            # A caption comes first (HTML standard, section 4.9.2).
            name = "caption" if is_first(element.node) else name
        if element.name == "head" and not element.flow and name != "caption":
            name = "p"
        if name in _WITHIN and (parent is None or parent.name != _WITHIN[name]):
            name = "div"
        if name == "td" and is_label(element.node):
            return "th"
        if element.flow and name in _PHRASING:
            return "figure" if element.name == "figure" else "div"
        if name == "a" and (self.links or not self.target(element.node)):
            return "span"
        if name == "cite" and self.head is not None:
            return "span"
        return name

    def heading_tag(self, element: s.Opened, parent: _Tag) -> str:
        if parent.headed:
            element.attributes += ' role="doc-subtitle"' if not element.flow else ""
            return "div" if element.flow else "p"
        level = min(6, 1 + sum(tag.headed and tag.here for tag in self.tags))
        parent.headed = True
        self.head = []
        if element.flow:
            element.attributes += f' role="heading" aria-level="{level}"'
            return "div"
        return f"h{level}"

    def place(self, element: s.Opened) -> None:
        identifier = element.node.get(_ID)
        if identifier is not None and f' id="{identifier}"' in element.attributes:
            self.written.places.setdefault(identifier, f"{self.name}#{identifier}")

    def own_id(self, element: s.Opened) -> str:
        """The id of an element, which gets one of ours where it has none; the place of it."""
        match = re.match(r' id="([^"]*)"', element.attributes)
        if match:
            return f"{self.name}#{match[1]}"
        self.count += 1
        element.attributes = f' id="x-{self.count}"{element.attributes}'
        return f"{self.name}#x-{self.count}"

    def attributes(self, element: s.Opened, name: str) -> str:
        """What depends on the element's part in the book; what an index wants to know is noted."""
        node = element.node
        if element.name == "persName" and node.get("ref"):
            self.person(element)
        elif element.name in _REACTIONS:
            self.written.reactions.append(Mention(node, self.own_id(element), self.page))
        elif element.name == "corr" and (wrong := mended(node)) is not None:
            return f" title={quoted(self.labels.printed.format(wrong))}"
        elif element.name in _HEADED and element.block:
            self.own_id(element)
        elif name == "a":
            return self.target(node)
        elif name in ("td", "th"):
            return cell_spans(node) + (label_scope(node) if name == "th" else "")
        return ""

    def person(self, element: s.Opened) -> None:
        """Somebody is named: the first mention on a page gets an id, which the index can lead to."""
        key = (element.node.get("ref", ""), self.page)
        if key not in self.first_mentions or not self.page:
            # Readers that show notes in a pop-up alone have no other place for what stands in one.
            mark = f"{self.name}#x-a{self.note}"
            self.first_mentions[key] = mark if self.note else self.own_id(element)
        self.written.people.append(Mention(element.node, self.first_mentions[key], self.page))

    def target(self, node: etree._Element) -> str:
        """The attribute for the first target that leads somewhere, or ``""``."""
        for target in node.get("target", "").split():
            if target.startswith("#"):
                return pointer(target[1:])
            if _WEB.fullmatch(target):
                return f" href={quoted(target)}"
        return ""

    def close(self, element: s.Opened) -> None:
        if element.tag == "wbr":
            return
        tag = self.tags.pop()
        self.unwrap(tag)
        if element.block and not element.hidden:
            self.release()
        self.out.append(f"</{tag.name}>")
        if element.note:
            self.page = self.pages_before.pop()
        if tag.name == "a":
            self.links -= 1
        if element.hidden:
            self.hidden -= 1
            return
        if self.head is not None and element.name == "head" and tag.name not in ("p", "caption"):
            self.end_heading()
        if element.name in _QUOTATIONS:
            self.source(element)

    def end_heading(self) -> None:
        words = _SPACES.sub(" ", "".join(self.head or ())).strip(SPACE)
        self.head = None
        if not words or self.hidden:
            return
        parent = self.tags[-1]
        depth = sum(tag.headed for tag in self.tags) - 1
        identifier = re.search(r' id="([^"]*)"', parent.element.attributes)
        href = f"{self.name}#{identifier[1]}" if identifier and parent.here else self.name
        self.written.headings.append(Heading(words, href, depth))
        self.title = self.title or words

    def source(self, element: s.Opened) -> None:
        """A link from a quotation to the page that it cites."""
        for target in element.node.get("source", "").split():
            n = self.breaks.get(target[1:]) if target.startswith("#") else None
            if n is not None and not self.links:
                label = self.labels.cited.format(n)
                self.held.append(page_link("source", pointer(target[1:]), label, n))

    # Pages and notes.

    def page_break(self, element: s.Opened) -> None:
        node = element.node
        n = node.get("n", "").strip(SPACE)
        self.page = n or self.page
        self.seen_in_wrap = True
        # A page is what the list of pages can name: it has a number, and the number is its own.
        listed = bool(n) and not self.hidden and n not in self.listed
        meaning = ""
        if listed:
            self.listed.add(n)
            self.written.pages.append((n, self.own_id(element)))
            meaning = f' epub:type="pagebreak" role="doc-pagebreak" aria-label={quoted(n)}'
        self.place(element)
        self.inline(f'<span class="{element.classes}"{element.attributes}{meaning}></span>')
        if self.hidden:
            return
        if n and (node.get("break") == "no" or not listed):
            # Within a word the number would be in the way: it stands behind.
            self.held.append(numeral(f"[{n}]"))
        for target in node.get("corresp", "").split():
            facing = self.breaks.get(target[1:]) if target.startswith("#") else None
            if facing is not None and not self.links:
                label = self.labels.facing.format(facing)
                self.held.append(page_link("facing", pointer(target[1:]), label, facing))
        if self.blank:
            self.release()

    def note_mark(self, number: int) -> None:
        self.see("")
        element = "a" if not self.links else "span"
        attributes = f' href="#x-n{number}"' if element == "a" else ""
        if number not in self.marked:
            # Of several marks of one note, the note leads back to the first.
            self.marked.add(number)
            attributes += f' id="x-a{number}"'
        self.inline(
            f'<{element} class="gen mark" epub:type="noteref" role="doc-noteref"{attributes}>'
            f"{number}</{element}>"
        )

    def begin_note(self, number: int) -> None:
        self.note = number
        label = quoted(self.labels.back.format(number))
        self.out.append(
            f'<aside class="gen note" id="x-n{number}" epub:type="footnote" role="doc-footnote">'
            f'<a class="gen back" href="#x-a{number}" role="doc-backlink" aria-label={label}>{number}</a> '
        )

    # Files.

    def new_file(self) -> None:
        """Begin a file, if the one under way has any words; what is open goes on in it."""
        if not self.seen:
            return
        open_tags = self.tags
        self.end_file()
        for at, tag in enumerate(open_tags):
            above = open_tags[at - 1] if at else None
            if above is not None and tag.name not in _ONLY.get(above.name, ()):
                self.wrap(above)
            self.out.append(tag.again)
            tag.here = False

    def end_file(self) -> None:
        self.release()
        for tag in reversed(self.tags):
            self.unwrap(tag)
            self.out.append(f"</{tag.name}>")
        self.written.files.append((self.name, self.title, "".join(self.out)))
        self.out, self.title, self.seen = [], "", False
