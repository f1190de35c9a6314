"""A TEI document as a stream of pieces, in the order in which an EPUB shows them.

What a reader sees is told by the rules of the reading view (``tei.views``); all the rest goes along, hidden.
Nothing is lost, so that the document can be built again from the pieces.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from lxml import etree

from tei.epub.carry import Carrier, escaped
from tei.epub.pieces import (
    Close,
    File,
    Join,
    NoteBegin,
    NoteEnd,
    NoteMark,
    NotePlace,
    NotesBegin,
    NotesEnd,
    Open,
    Opened,
    PageBreak,
    Piece,
    Remark,
    Shown,
    Space,
    Unread,
    Words,
)
from tei.epub.table import BLOCKS, DIVISION_ROLES, INLINES, RENDITIONS, ROLES, VOIDS
from tei.names import id_character
from tei.views.blocks import BLANK, LINE
from tei.views.elements import ALTERNATIVES, CONTAINERS, DIVISIONS, PARTS, readable_children, strength
from tei.views.notes import Notes, find_notes
from tei.views.prose import declared_glyphs
from tei.views.reading import AFTER_MARK, beside_mark, own_label
from tei.views.texts import texts
from tei.views.walk import SPACE, name_of

_HYPHENS: Final = frozenset("-¬=⸗\u00ad\u2010\u2011")
_QUOTATIONS: Final = frozenset({"quote", "q", "said", "cit"})
_SET_OFF: Final = frozenset({"block", "blockquote", "display"})
_WITH_NOTES: Final = DIVISIONS | {"text", "front", "body", "back"}
_OPENS_FILE: Final = frozenset({"text", "front", "body", "back"})


_JOIN: Final = Join()
_SPACE: Final = Space()


def stream(root: etree._Element, carrier: Carrier) -> list[Piece]:
    """All of the document ``root`` (with its tail left out) as pieces."""
    return _Stream(root, carrier).run()


@dataclass(slots=True)
class _Frame:
    node: etree._Element
    element: Opened
    shown: Sequence[etree._Element] | None  # of the children; None: all
    after: list[Piece]
    hides: bool = False  # whether all that it holds is hidden, though it is shown itself


class _Stream:
    def __init__(self, root: etree._Element, carrier: Carrier) -> None:
        self.root = root
        self.carrier = carrier
        self.pieces: list[Piece] = []
        self.texts = set(texts(root))
        # What is outside of the texts is not read.
        self.around = {above for text in self.texts for above in text.iterancestors()}
        self.in_text = 0
        self.notes = Notes()
        self.number = 0
        self.numbers: dict[etree._Element, int] = {}
        self.parts: dict[etree._Element, str] = {}
        self.shown_parts: set[etree._Element] = set()
        self.waiting: deque[etree._Element] = deque()
        self.chapter: etree._Element | None = None
        self.in_note = 0
        self.showing: etree._Element | None = None  # the part of a note
        self.own_label: etree._Element | None = None
        self.in_mark = self.after_mark = False  # before and behind a note's own mark
        self.lead = ""  # what the note's first word has in its label
        self.utterances = 0
        self.stack: list[_Frame] = []
        self.hidden = 0
        self.glyphs: dict[str, str] | None = None

    def run(self) -> list[Piece]:
        for node in reversed(list(self.root.itersiblings(preceding=True))):
            self.other(node)
        self.element(self.root)
        self.hide_rest()
        for node in self.root.itersiblings():
            self.other(node)
        return self.pieces

    # Going through the tree.

    def element(self, root: etree._Element) -> None:
        """``root`` and all in it; recursion is spared, depth is bounded by the parser."""
        base = len(self.stack)
        self.enter(root)
        if len(self.stack) == base:
            return
        children = [iter(root)]
        while children:
            frame = self.stack[-1]
            child = next(children[-1], None)
            if child is None:
                children.pop()
                self.leave()
                if children:
                    self.text(frame.node.tail)
                continue
            depth = len(self.stack)
            if not isinstance(child.tag, str):
                self.other(child)
            else:
                self.enter(child)
                if len(self.stack) > depth:
                    children.append(iter(child))
                    continue
            self.text(child.tail)

    def text(self, text: str | None) -> None:
        """Text of the innermost element."""
        if not text:
            return
        if self.hidden:
            self.pieces.append(Unread(text, inside=True))
            return
        if self.in_mark:
            self.pieces.append(Unread(text))
            return
        if self.after_mark:
            self.after_mark = False
            match = AFTER_MARK.match(text)
            if match and match.end():
                self.pieces.append(Unread(match[0]))
                text = text[match.end() :]
                if not text:
                    return
        if self.lead and text.strip(SPACE):
            self.pieces.append(Shown(self.lead))
            self.lead = ""
        if self.stack[-1].element.name in ALTERNATIVES and not text.strip(SPACE):
            self.pieces.append(Unread(text))
        else:
            self.pieces.append(Words(text))

    def other(self, node: etree._Element) -> None:
        """A comment, a processing instruction, an entity that nobody declared."""
        kind: object = node.tag
        if kind is etree.Comment:
            html = f'<span class="tei--comment" hidden="">{escaped(node.text or "")}</span>'
        elif kind is etree.ProcessingInstruction:
            words = " ".join(filter(None, (getattr(node, "target", ""), node.text)))
            html = f'<span class="tei--pi" hidden="">{escaped(words)}</span>'
        else:
            return
        self.pieces.append(Remark(html))

    @property
    def parent_name(self) -> str:
        """The name of the innermost element under way."""
        return self.stack[-1].element.name if self.stack else ""

    # Elements.

    def enter(self, node: etree._Element) -> None:
        name = name_of(node)
        parent = self.stack[-1] if self.stack else None
        above = self.parent_name
        if node in self.texts:
            self.notes = find_notes(node)
            self.in_text += 1
        elif not self.in_text and self.showing is None and node not in self.around:
            self.open(node, name, "span", hidden=True)
            self.text(node.text)
            return
        shown = readable_children(node, name) if not self.hidden else node
        outside = (
            not self.hidden and parent is not None and parent.shown is not None and node not in parent.shown
        )
        if self.hidden or shown is None or outside:
            self.open(node, name, "span", hidden=True)
            self.text(node.text)
            return
        special = self._special.get(name)
        if special is not None and special(self, node):
            return
        apart = LINE if name == "cell" else strength(name, above)
        if name in _QUOTATIONS:
            apart = (
                LINE if above in CONTAINERS or not _SET_OFF.isdisjoint(node.get("rend", "").split()) else 0
            )
        self.open(node, name, "", apart=apart, shown=None if shown is node else list(shown))
        self.text(node.text)

    def open(
        self,
        node: etree._Element,
        name: str,
        tag: str,
        *,
        apart: int = 0,
        shown: Sequence[etree._Element] | None = None,
        hidden: bool = False,
        at_end: Iterable[Piece] = (),
    ) -> Opened:
        """Begin an element; ``tag`` is that of XHTML, if not the table's."""
        block = apart >= LINE
        identifier = self.carrier.identifier(node)
        if not tag:
            tag = (BLOCKS.get(name) or "div") if block else (INLINES.get(name) or "span")
        opened = Opened(node, name, tag, "")
        opened.attributes = self.carrier.attributes(node, identifier)
        opened.block, opened.hidden = block, hidden
        if not hidden:
            if block:
                for frame in reversed(self.stack):
                    if frame.element.flow:
                        break
                    frame.element.flow = True
            if name in DIVISIONS and (role := DIVISION_ROLES.get(node.get("type", "").lower())):
                opened.attributes += f" {role}"
            elif name in ROLES:
                opened.attributes += f" {ROLES[name]}"
            if node is self.showing:
                opened.tag = "div"
            classes = [RENDITIONS[word] for word in node.get("rend", "").split() if word in RENDITIONS]
            opened.classes = " ".join([opened.classes, *classes])
        if node is self.showing:
            opened.note = self.part_id(node)
            opened.attributes += f' data-note="{opened.note}"'
            self.shown_parts.add(node)
        ending: list[Piece] = list(at_end)
        if not hidden:
            if apart == BLANK:
                self.pieces.append(_SPACE)
                ending.append(_SPACE)
            self._before(node, name)
        self.pieces.append(Open(opened))
        self.stack.append(_Frame(node, opened, shown, ending))
        self.hidden += hidden
        return opened

    def leave(self) -> None:
        frame = self.stack.pop()
        self.hidden -= frame.element.hidden
        name = frame.element.name
        if not frame.element.hidden and self.in_note == 0:
            if name == "u":
                self.utterances -= 1
            closes = frame.node is self.chapter or (self.chapter is None and name in _WITH_NOTES)
            if frame.node is self.chapter:
                self.chapter = None
            if frame.node in self.texts:
                self.in_text -= 1
                self.write_notes()
                self.write_rest()
                closes = False
            if closes:
                self.write_notes()
        if frame.hides:
            self.hidden -= 1
            self.pieces.append(Remark("</span>"))
        self.pieces.append(Close(frame.element))
        self.pieces += frame.after

    def _before(self, node: etree._Element, name: str) -> None:
        """What the beginning of a division or a text brings with it."""
        if self.in_note:
            return
        if name == "u":
            self.utterances += 1
        if name in DIVISIONS and self.chapter is None:
            self.write_notes()
            self.pieces.append(File(node))
            if node.get("type") not in PARTS:
                self.chapter = node
        elif name in _OPENS_FILE and self.chapter is None:
            self.pieces.append(File(node))

    def void(self, node: etree._Element, name: str) -> Opened:
        """An element that is empty in XHTML."""
        identifier = self.carrier.identifier(node)
        return Opened(node, name, "wbr", self.carrier.attributes(node, identifier))

    # Elements with a way of their own: each tells whether it has dealt with the element.

    def _lb(self, node: etree._Element) -> bool:
        if node.text or len(node):
            return False
        self.pieces.append(_JOIN if node.get("break") == "no" else _SPACE)
        opened = self.void(node, "lb")
        self.pieces += [Open(opened), Close(opened)]
        if node.get("break") == "no":
            self.pieces.append(_JOIN)
        return True

    def _pb(self, node: etree._Element) -> bool:
        if node.text or len(node):
            return False
        joined = node.get("break") == "no"
        if joined:
            self.pieces.append(_JOIN)
        elif node.get("break") == "yes":
            self.pieces.append(_SPACE)
        opened = Opened(node, "pb", "span", "")
        identifier = self.carrier.identifier(node)
        opened.attributes = self.carrier.attributes(node, identifier)
        self.pieces.append(PageBreak(opened))
        if joined:
            self.pieces.append(_JOIN)
        return True

    def _empty(self, node: etree._Element) -> bool:
        name = name_of(node)
        if node.text or len(node) or name not in VOIDS:
            return False
        if node in self.notes.anchors:
            return self._marked(node)
        opened = self.void(node, name)
        self.pieces += [Open(opened), Close(opened)]
        return True

    def _space(self, node: etree._Element) -> bool:
        self.pieces.append(_SPACE)
        opened = self.open(node, "space", "span")
        opened.hidden = True
        self.stack[-1].after.append(_SPACE)
        self.hidden += 1
        self.text(node.text)
        return True

    def _gap(self, node: etree._Element) -> bool:
        apart = strength("gap", self.parent_name)
        self.open(node, "gap", "span" if apart < LINE else "p", apart=apart)
        self.pieces.append(Shown("[…]"))
        if node.text or len(node):
            # What it holds says more of it than a reader of the text wants to know.
            self.pieces.append(Remark('<span class="wrap" hidden="">'))
            self.stack[-1].hides = True
            self.hidden += 1
            self.text(node.text)
        return True

    def _pc(self, node: etree._Element) -> bool:
        force, mark = node.get("force"), (node.text or "").strip(SPACE)
        if force in ("weak", "strong") and mark in _HYPHENS and not len(node):
            if force == "strong":
                # The hyphen is the word's own: it is read as a plain one.
                self.pieces.append(Shown("-"))
            self.open(node, "pc", "span", hidden=True)
            self.text(node.text)
            return True
        return self._w(node)

    def _w(self, node: etree._Element) -> bool:
        join = node.get("join")
        if join in ("left", "both"):
            self.pieces.append(_JOIN)
        self.open(node, name_of(node), "span", at_end=[_JOIN] if join in ("right", "both") else ())
        self.text(node.text)
        return True

    def _g(self, node: etree._Element) -> bool:
        if node.text or len(node):
            return False
        reference = node.get("ref", "")
        character = id_character(reference)
        if character is not None:
            shown = " " if character in "\f\v" else ""
        else:
            if self.glyphs is None:
                self.glyphs = declared_glyphs(node)
            shown = self.glyphs.get(reference.removeprefix("#"), "")
        self.open(node, "g", "span")
        if shown.strip(SPACE):
            self.pieces.append(Shown(shown))
        elif shown:
            self.pieces.append(_SPACE)
        return True

    def _ref(self, node: etree._Element) -> bool:
        return self._marked(node)

    def _marked(self, node: etree._Element) -> bool:
        """The mark of notes: their numbers stand for what is printed."""
        notes = self.notes.anchors.get(node)
        if notes is None:
            return False
        self.pieces += [NoteMark(self.number_of(note)) for note in notes]
        self.open(node, name_of(node), "span", hidden=True)
        self.text(node.text)
        return True

    def _label(self, node: etree._Element) -> bool:
        if node is not self.own_label:
            return False
        # A note's own mark gives way to its number.
        self.in_mark, self.after_mark = False, True
        self.lead = beside_mark(node, self.notes)
        self.open(node, "label", "span", hidden=True)
        self.text(node.text)
        return True

    def _note(self, node: etree._Element) -> bool:
        if node is self.showing:
            return False
        if node in self.notes.chains and node not in self.notes.anchored:
            between = self.parent_name in CONTAINERS
            transcript = node.get("place") is None and node.get("type") != "editorial"
            if transcript and (between or self.utterances):
                return False
            self.pieces += [NoteMark(self.number_of(node)), NotePlace(self.part_id(node))]
        else:
            self.pieces.append(NotePlace(self.part_id(node)))
        return True

    def part_id(self, note: etree._Element) -> str:
        """How the place of a part of a note and its text find each other."""
        if note not in self.parts:
            self.parts[note] = f"note-part-{len(self.parts) + 1}"
        return self.parts[note]

    def number_of(self, note: etree._Element) -> int:
        if note not in self.numbers:
            self.number += 1
            self.numbers[note] = self.number
            self.waiting.append(note)
        return self.numbers[note]

    def write_rest(self) -> None:
        """Notes that are anchored in nothing but each other."""
        for note in self.notes.anchored:
            if note not in self.numbers:
                self.number_of(note)
                self.write_notes()

    def write_notes(self) -> None:
        """Show the notes that wait."""
        if not self.waiting:
            return
        self.pieces.append(NotesBegin())
        while self.waiting:
            note = self.waiting.popleft()
            self.pieces.append(NoteBegin(self.numbers[note]))
            hidden, self.hidden = self.hidden, 0
            stack, self.stack = self.stack, []
            self.in_note += 1
            for part in self.notes.chains[note]:
                self.show_part(part)
            self.in_note -= 1
            self.stack, self.hidden = stack, hidden
            self.pieces.append(NoteEnd(self.numbers[note]))
        self.pieces.append(NotesEnd())

    def hide_rest(self) -> None:
        """Parts of notes that no text shows go along unseen."""
        for part in [part for part in self.parts if part not in self.shown_parts]:
            self.pieces.append(Remark('<div class="gen" hidden="">'))
            self.in_note += 1
            self.show_part(part)
            self.in_note -= 1
            self.pieces.append(Remark("</div>"))

    def show_part(self, part: etree._Element) -> None:
        """Show a part of a note, out of its place."""
        self.showing = part
        self.own_label, self.in_mark = own_label(part)
        self.element(part)
        self.showing = self.own_label = None
        self.in_mark = self.after_mark = False

    _special: ClassVar[dict[str, Callable[[_Stream, etree._Element], bool]]] = {
        "lb": _lb,
        "pb": _pb,
        **dict.fromkeys(VOIDS - {"lb"}, _empty),
        "space": _space,
        "gap": _gap,
        "pc": _pc,
        "w": _w,
        "g": _g,
        "ref": _ref,
        "ptr": _ref,
        "label": _label,
        "note": _note,
    }
