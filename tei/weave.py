"""Weave spans into a text: how elements nest, and where they are split; ``tei.loom`` builds them.

``weave`` takes a text and spans in any order, overlapping or not, and gives a tree
whose text is that text. Where two spans overlap, the inner kind of element is split
and its parts point at each other with ``@next`` and ``@prev`` (TEI Guidelines,
chapter 21.3, "Reconstitution of Virtual Elements"). ``tei.unweave`` is the way back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Generic, TypeVar

from lxml import etree

from tei.errors import WeaveError
from tei.loom import Loom, TextLoom, TreeLoom
from tei.span import Span

N = TypeVar("N")

# How far inside an element stands: of two that start at one place the lower rank is
# the outer one, and an inline element that meets a block is split at the block.
TEXT, SIDE, PAGE, DIVISION, GROUP, BLOCK, LINE, INLINE, CHOICE, READING = range(10)

_RANKS: Final[dict[str, int]] = {
    **dict.fromkeys(("text", "group"), TEXT),
    **dict.fromkeys(("front", "back"), SIDE),
    **dict.fromkeys(("pb", "cb"), PAGE),
    **dict.fromkeys(("body", "floatingText", "div", "titlePage"), DIVISION),
    **dict.fromkeys(
        (
            "fw",
            "note",
            "sp",
            "list",
            "lg",
            "opener",
            "closer",
            "postscript",
            "cit",
            "docTitle",
            "docImprint",
            "epigraph",
            "argument",
        ),
        GROUP,
    ),
    **dict.fromkeys(
        (
            *(
                "p",
                "ab",
                "head",
                "l",
                "item",
                "speaker",
                "salute",
                "signed",
                "dateline",
                "address",
                "trailer",
            ),
            *("byline", "titlePart", "imprimatur", "table", "row", "cell", "figure"),
        ),
        BLOCK,
    ),
    **dict.fromkeys(("choice", "subst"), CHOICE),
    **dict.fromkeys(("sic", "orig", "abbr", "corr", "reg", "expan", "supplied"), READING),
    "lb": LINE,
}
# Running matter and notes stand where they are printed, in the middle of a quotation or a
# name if need be, and hold blocks of their own.
_INTERRUPTING: Final = frozenset({"note", "fw", "pb", "cb", "floatingText"})


def rank(span: Span) -> int:
    """How far inside the span's element stands among those that start at one place."""
    if span.name in ("quote", "q") and span.attributes.get("rend") == "block":
        return GROUP
    if span.name == "ab" and span.attributes.get("type") == "extract":
        return GROUP  # it holds nothing but such a quotation
    return _RANKS.get(span.name, INLINE)


def weave(
    text: str, spans: Iterable[Span], root: str = "text", attributes: Mapping[str, str] | None = None
) -> etree._Element:
    """The element ``root`` around ``text`` with ``spans`` woven in; names and ``attributes`` as in ``Span``.

    ``spans`` are either all free (``depth`` is ``None``: nesting follows from offsets,
    kinds of element and, for equals, their order) or all from ``unweave`` (in document
    order with depths: the tree they came from is built again).
    Raises ``WeaveError`` for a span beyond the text, for spans that cannot nest, and for a name,
    a value or an editor's text that XML cannot hold.
    """
    loom = TreeLoom(text, root, attributes or {})
    _weave(loom, list(spans))
    return loom.finish()


def weave_xml(text: str, spans: Iterable[Span], root: str, attributes: Mapping[str, str]) -> str:
    """What ``weave`` gives, as the text of an XML file; all names are TEI's, and no namespace is declared."""
    loom = TextLoom(text, root, attributes)
    _weave(loom, list(spans))
    return loom.finish()


def _weave(loom: Loom[N], spans: Sequence[Span]) -> None:
    for span in spans:
        if span.end > len(loom.text):
            raise WeaveError(
                f"<{span.name}> at {span.start}..{span.end} reaches beyond the text "
                f"({len(loom.text)} characters)"
            )
    if spans and all(span.depth is not None for span in spans):
        _weave_nested(loom, spans)
    else:
        _Free(loom).weave(spans)


def _weave_nested(loom: Loom[N], spans: Sequence[Span]) -> None:
    """Spans in document order with their depths: close down to the depth, open."""
    ends: list[int] = []
    for span in spans:
        depth = span.depth or 0
        if depth > len(ends):
            raise WeaveError(
                f"<{span.name}> at {span.start} is {depth} deep, but only {len(ends)} elements are open"
            )
        while len(ends) > depth:
            loom.advance(ends.pop())
            loom.close()
        if span.start < loom.place or (ends and span.end > ends[-1]):
            raise WeaveError(f"<{span.name}> at {span.start}..{span.end} does not fit into its parent")
        loom.advance(span.start)
        if span.content is not None:
            loom.empty(span)
            continue
        loom.open(span)
        ends.append(span.end)
    while ends:
        loom.advance(ends.pop())
        loom.close()


class _Open(Generic[N]):
    """A span on its way through the tree: how often it was split, and its part now open."""

    __slots__ = ("element", "end", "identifier", "parts", "rank", "span")

    def __init__(self, span: Span, rank: int) -> None:
        self.span = span
        self.end = span.end
        self.rank = rank
        self.parts = 0
        self.identifier = span.attributes.get("xml:id", "")
        self.element: N | None = None

    def part_id(self, part: int) -> str:
        """The ``xml:id`` of a part, from 1; the first keeps the span's own, if it has one."""
        own = part == 1 and "xml:id" in self.span.attributes
        return self.identifier if own else f"{self.identifier}.part{part}"


class _Free(Generic[N]):
    """Weaving of spans that say nothing of their nesting."""

    def __init__(self, loom: Loom[N]) -> None:
        self.loom = loom
        self.stack: list[_Open[N]] = []
        # Split elements wait here until text comes that they are to stand around: the
        # white space between two paragraphs is in neither part of a quotation.
        self.waiting: list[_Open[N]] = []
        # Where the first of all that is open or waits ends.
        self.next_end = len(loom.text) + 1
        # Editorial texts that bind backwards, the next one last.
        self.bound: list[Span] = []
        self.numbers: Counter[str] = Counter()
        self.taken: set[str] = set()
        # The last part of each split span that has an identifier of its own.
        self.last_parts: dict[str, str] = {}

    def weave(self, spans: Sequence[Span]) -> None:
        loom, text = self.loom, self.loom.text
        given = [span.attributes["xml:id"] for span in spans if "xml:id" in span.attributes]
        self.taken = {*given, *(identifier.partition(".part")[0] for identifier in given)}
        free: list[tuple[int, int, int, int, int]] = []
        for number, span in enumerate(spans):
            if span.content is not None and _binds_backwards(text, span):
                self.bound.append(span)
            else:
                own = rank(span)
                # Inline elements nest by their extent, whatever their kind.
                free.append((span.start, min(INLINE, own), -span.end, own, number))
        # A word is corrected inside the passage that is regularised.
        self.bound.sort(key=lambda span: (-span.start, span.name != "reg"))
        free.sort()
        for start, _, end, own, number in free:
            self.close_until(start)
            if start == -end:
                # An empty element splits nothing; it stands inside what is open or outside what waits.
                self.advance(start)
                loom.empty(spans[number])
            else:
                self.open(_Open(spans[number], own))
        self.close_until(len(text))

    def advance(self, place: int) -> None:
        """Text up to ``place``; what waits opens before its first character that is no space."""
        loom = self.loom
        if self.waiting and place > loom.place:
            chunk = loom.text[loom.place : place]
            blank = len(chunk) - len(chunk.lstrip())
            if blank < len(chunk):
                loom.advance(loom.place + blank)
                self.reopen()
        loom.advance(place)

    def reopen(self) -> None:
        """Open what waits, but for what a note or running head interrupts that is now open."""
        waiting, self.waiting = self.waiting, []
        for item in waiting:
            if any(
                other.span.name in _INTERRUPTING and item.span.start < other.span.start
                for other in self.stack
                if other.end <= item.end
            ):
                self.waiting.append(item)
            else:
                self.push(item)

    def open(self, item: _Open[N]) -> None:
        span = item.span
        self.advance(span.start)
        if item.rank <= BLOCK and span.name not in _INTERRUPTING:
            at = len(self.stack)
            while at and self.stack[at - 1].rank >= INLINE:
                at -= 1
            self.waiting[:0] = self.closed_from(at)
        elif item.rank >= INLINE and self.waiting:
            self.reopen()
        self.push(item)
        self.next_end = min(self.next_end, item.end)

    def push(self, item: _Open[N]) -> None:
        if item.parts:
            # The part that stands already points at the one that is about to open.
            self.link(item, item.parts + 1)
            self.last_parts[f"#{item.identifier}"] = f"#{item.part_id(item.parts + 1)}"
        elif before := self.last_parts.get(item.span.attributes.get("prev", "")):
            # In a longer chain, what follows something split follows its last part.
            item.span = replace(item.span, attributes={**item.span.attributes, "prev": before})
        item.element = self.loom.open(item.span)
        item.parts += 1
        if item.parts > 1:
            # A part of a longer chain: what follows it, follows its last part.
            self.link(item)
        self.stack.append(item)

    def link(self, item: _Open[N], following: int | None = None) -> None:
        """Let the part now open point at the one before it and at the ``following`` one."""
        assert item.element is not None
        if not item.identifier:
            item.identifier = self.new_identifier(item.span.name.rpartition("}")[2])
        attributes = {"xml:id": item.part_id(item.parts)}
        if item.parts > 1:
            attributes["prev"] = f"#{item.part_id(item.parts - 1)}"
        if following:
            attributes["next"] = f"#{item.part_id(following)}"
        self.loom.amend(item.element, item.span, attributes)

    def new_identifier(self, name: str) -> str:
        """An identifier for the parts of a ``name`` that has none of its own."""
        while True:
            self.numbers[name] += 1
            identifier = f"{name}-{self.numbers[name]}"
            if identifier not in self.taken:
                return identifier

    def closed_from(self, at: int) -> list[_Open[N]]:
        """What was open from ``at`` on the stack inwards, now closed."""
        inner = self.stack[at:]
        if inner:
            del self.stack[at:]
            self.loom.close(len(inner))
        return inner

    def close_until(self, place: int) -> None:
        """Close everything that ends at or before ``place``, splitting what is in the way."""
        while self.next_end <= place or (self.bound and self.bound[-1].start <= place):
            if self.bound and self.bound[-1].start <= self.next_end:
                self.bind(self.bound.pop())
            else:
                self.close_at(self.next_end)
            ends = [item.end for item in (*self.stack, *self.waiting)]
            self.next_end = min(ends, default=len(self.loom.text) + 1)

    def bind(self, span: Span) -> None:
        """Editorial text stands right behind what it corrects, inside the element that holds both."""
        self.advance(span.start)
        choices = [at for at, item in enumerate(self.stack) if item.rank == CHOICE and item.end == span.start]
        if choices:
            self.closed_from(choices[-1] + 1)
        self.loom.empty(span)
        if choices:
            self.closed_from(choices[-1])

    def close_at(self, end: int) -> None:
        self.advance(end)
        ended = [item for item in self.waiting if item.end == end]
        if ended:
            # It never met text again: an empty last part keeps the span's end on record.
            self.waiting = [item for item in self.waiting if item.end != end]
            for item in ended:
                self.push(item)
        at = 0
        while self.stack[at].end != end:
            at += 1
        self.waiting[:0] = [item for item in self.closed_from(at) if item.end != end]


def _binds_backwards(text: str, span: Span) -> bool:
    """A reading belongs to the word before it, unless it stands at the start of a word."""
    return span.start > 0 and not text[span.start - 1].isspace()
