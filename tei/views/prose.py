"""From TEI to running text: what the reading view and the spoken view have in common.

Lines of the source are joined and broken words rejoined; page furniture and what was struck out is
left out; corrections, regularised and expanded forms stand for what they mend; a gap is ``[…]``.
Elements that no table knows are transparent, ``egXML`` too: the words of an example are
printed, its tags are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Final, TypeAlias

from lxml import etree

from tei.names import id_character, qualified
from tei.views.blocks import BLANK, BLOCK, LINE, NONE, Blocks
from tei.views.elements import ALTERNATIVES, COMPACT, CONTAINERS, readable_children, strength
from tei.views.notes import Notes
from tei.views.walk import SPACE, name_of

Children: TypeAlias = Iterable[etree._Element] | None  # noqa: SLF001 - lxml's name for an element's type

# What can stand at a line's end for a hyphen; ``pc/@force`` on anything else is no word division.
_HYPHENS: Final = frozenset("-¬=⸗\u00ad\u2010\u2011")
_SET_OFF: Final = frozenset({"block", "blockquote", "display"})
_ID: Final = qualified("xml:id")
_MAPPINGS: Final = ("standard", "normalized", "modern", "Unicode", "unicode")


class Prose:
    """Writes the text of the elements it visits to ``out``."""

    def __init__(self, out: Blocks, notes: Notes) -> None:
        self.out = out
        self.notes = notes
        # Of each element under way: its name, what sets it apart, what is to be done at its end.
        self.open_elements: list[tuple[str, int, Callable[[], None] | None]] = []
        self.utterances = 0  # how many ``u`` are under way
        self._compact = 0
        self._cells: list[int] = []
        self._glyphs: dict[str, str] | None = None

    def enter(self, node: etree._Element) -> Children:
        """Begin an element."""
        name = name_of(node)
        special = self._special.get(name)
        if special is not None:
            return special(self, node)
        return self.begin(node, name)

    def text(self, text: str) -> None:
        """Text of the innermost element."""
        if self.open_elements[-1][0] not in ALTERNATIVES or text.strip(SPACE):
            self.out.write(text)

    def leave(self, _node: etree._Element) -> None:
        """End the innermost element."""
        _name, apart, at_end = self.open_elements.pop()
        if at_end is not None:
            at_end()
        if apart:
            self.out.separate(apart)

    def begin(
        self,
        node: etree._Element,
        name: str,
        apart: int | None = None,
        at_end: Callable[[], None] | None = None,
    ) -> Children:
        """Begin an element as the tables say: its children, or ``None`` where it is left out."""
        children = readable_children(node, name)
        if children is None:
            return None
        if apart is None:
            apart = strength(name, self.parent)
        if apart:
            self.out.separate(apart)
        self.open_elements.append((name, apart, at_end))
        return children

    @property
    def parent(self) -> str:
        """The name of the innermost element under way."""
        return self.open_elements[-1][0] if self.open_elements else ""

    def note(self, node: etree._Element) -> Children:
        """A note begins."""
        return self.begin(node, "note")

    def mark(self, node: etree._Element) -> Children:
        """A reference begins, or a place that something can refer to."""
        return self.begin(node, name_of(node), NONE)

    def label(self, node: etree._Element) -> Children:
        """The label of an item stands before its text, in one line with it."""
        if self.parent == "list":
            return self.begin(node, "label", LINE if self._compact else BLOCK, self._tie_label)
        return self.begin(node, "label", None, self._tie_text if self.parent == "item" else None)

    def _tie_label(self) -> None:
        self.out.write(" ")
        self.out.tie(BLANK)
        # The strength with which the label ends was meant for what comes before it.
        self.out.separate(BLANK)

    def _tie_text(self) -> None:
        self.out.tie(BLANK)

    def _line_break(self, node: etree._Element) -> Children:
        if node.get("break") == "no":
            self.out.join()
        else:
            self.out.write(" ")
        return None

    def _page_break(self, node: etree._Element) -> Children:
        # Without @break the white space of the file decides: a page can end within a word.
        if node.get("break") == "no":
            self.out.join()
        elif node.get("break") == "yes":
            self.out.write(" ")
        return None

    def _blank(self, _: etree._Element) -> Children:
        self.out.write(" ")
        return None

    def _gap(self, _: etree._Element) -> Children:
        apart = strength("gap", self.parent)
        self.out.separate(apart)
        self.out.write("[…]")
        self.out.separate(apart)
        return None

    def _punctuation(self, node: etree._Element) -> Children:
        if node.get("force") in ("weak", "strong") and (node.text or "").strip(SPACE) in _HYPHENS:
            if node.get("force") == "strong":
                self.out.write("-")
            return None
        return self._token(node)

    def _token(self, node: etree._Element) -> Children:
        join = node.get("join")
        if join in ("left", "both"):
            self.out.join()
        return self.begin(node, name_of(node), at_end=self.out.join if join in ("right", "both") else None)

    def _character(self, node: etree._Element) -> Children:
        if node.text or len(node):
            return self.begin(node, "g")
        reference = node.get("ref", "")
        character = id_character(reference)
        if character is not None:
            # Form feed and vertical tab end a line; other control characters say nothing to a reader.
            self.out.write(" " if character in "\f\v" else "")
            return None
        if self._glyphs is None:
            self._glyphs = declared_glyphs(node)
        self.out.write(self._glyphs.get(reference.removeprefix("#"), ""))
        return None

    def division(self, node: etree._Element) -> Children:
        """A division begins."""
        return self.compact(node)

    def compact(self, node: etree._Element) -> Children:
        """A division or list begins; in contents and index an item is a line."""
        name = name_of(node)
        # A list within an entry of the contents starts on a line, as the entry itself.
        apart = LINE if self._compact and self.parent == "item" else None
        if node.get("type") not in COMPACT:
            return self.begin(node, name, apart)
        self._compact += 1
        return self.begin(node, name, apart, self._end_compact)

    def _end_compact(self) -> None:
        self._compact -= 1

    def _item(self, node: etree._Element) -> Children:
        return self.begin(node, "item", LINE if self._compact else BLOCK)

    def _quotation(self, node: etree._Element) -> Children:
        set_off = self.parent in CONTAINERS or not _SET_OFF.isdisjoint(node.get("rend", "").split())
        return self.begin(node, name_of(node), BLOCK if set_off else None)

    def _speech(self, node: etree._Element) -> Children:
        return self.begin(node, "sp", at_end=self._untie)

    def _untie(self) -> None:
        self.out.tie(BLOCK)

    def _utterance(self, node: etree._Element) -> Children:
        self.utterances += 1
        return self.begin(node, "u", at_end=self._end_utterance)

    def _end_utterance(self) -> None:
        self.utterances -= 1

    def _speaker(self, node: etree._Element) -> Children:
        self.out.separate(BLOCK)
        return self.begin(node, "speaker", NONE, self._tie_speech)

    def _tie_speech(self) -> None:
        self.out.separate(LINE)
        self.out.tie(LINE)

    def _row(self, node: etree._Element) -> Children:
        self._cells.append(0)
        return self.begin(node, "row", at_end=self._end_row)

    def _end_row(self) -> None:
        self._cells.pop()

    def _cell(self, node: etree._Element) -> Children:
        first = not self._cells or self._cells[-1] == 0
        if self._cells:
            self._cells[-1] += 1
        self.out.cell(first)
        return self.begin(node, "cell", NONE, self.out.end_cell)

    _special: ClassVar[dict[str, Callable[[Prose, etree._Element], Children]]] = {
        "lb": _line_break,
        **dict.fromkeys(("pb", "cb", "gb"), _page_break),
        **dict.fromkeys(("milestone", "handShift", "shift"), lambda *_: None),
        "space": _blank,
        "gap": _gap,
        "pc": _punctuation,
        "w": _token,
        "g": _character,
        "note": lambda self, node: self.note(node),
        **dict.fromkeys(("ref", "ptr", "anchor"), lambda self, node: self.mark(node)),
        "label": lambda self, node: self.label(node),
        **dict.fromkeys(
            ("div", "div0", "div1", "div2", "div3", "div4", "div5", "div6", "div7"),
            lambda self, node: self.division(node),
        ),
        "list": compact,
        "item": _item,
        **dict.fromkeys(("quote", "q", "said", "cit"), _quotation),
        "sp": _speech,
        "u": _utterance,
        "speaker": _speaker,
        "row": _row,
        "cell": _cell,
    }


def declared_glyphs(node: etree._Element) -> dict[str, str]:
    """What each ``char`` or ``glyph`` of the header is to be read as."""
    found: dict[str, str] = {}
    namespace = str(node.tag).rpartition("}")[0]
    prefix = f"{namespace}}}" if namespace else ""
    for declared in node.getroottree().iter(f"{prefix}char", f"{prefix}glyph"):
        mappings = {
            mapping.get("type"): "".join(str(text) for text in mapping.itertext())
            for mapping in reversed(declared.findall(f"{prefix}mapping"))
        }
        best = next((mappings[kind] for kind in _MAPPINGS if kind in mappings), None)
        found[declared.get(_ID, "")] = best if best is not None else next(reversed(mappings.values()), "")
    return found
