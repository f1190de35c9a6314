"""Paragraphs (verses, items …) that were put in, split or joined."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from tei.merge.carrier import Carrier, NotWholeError, RefusedError
from tei.merge.markup import Kind, escaped
from tei.names import qualified
from tei.views.walk import name_of

_LIKE: Final = frozenset({"p", "ab", "l", "item", "seg"})
_BEGINS_WITH_LINE: Final = re.compile(r"\s*<(?:[^\s/>:]+:)?lb\b")
_BLANK_BEFORE: Final = re.compile(r"\s*\Z")
_BLANK_BETWEEN: Final = re.compile(r"(\s+)<[^/!?]")
_ATTRIBUTE: Final = re.compile(r"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_BETWEEN: Final = frozenset(["lb", "pb", "cb", "gb", "milestone", "anchor", "note", "fw", "gap", "space"])
# What belongs to the page, not to the words on it.
_STAYS: Final = frozenset(["pb", "cb", "gb", "note", "fw"])
_OWN: Final = ("xml:id", "next", "prev", "part")


class BlockCarrier(Carrier):
    """A carrier that makes, splits and joins blocks; ``plain``: with no space or line break beside them."""

    plain = False

    def block_at(self, at: int | None) -> int | None:
        """The block that a character stands in."""
        if at is None:
            return None
        place = self.start(at)
        return None if place is None else self.block(self.markup.around(place))

    def name(self, element: int) -> str:
        """The name of an element."""
        return name_of(self.markup.elements[element].node)

    def line_break(self, element: int) -> str:
        """The tag of a line's beginning, as ``element`` would have it; ``""`` where the text has none."""
        start, end = self.markup.inside(element)
        if not _BEGINS_WITH_LINE.match(self.markup.raw[start : min(end, start + 200)]):
            return ""
        return f"<{self.markup.prefixed(element, 'lb')}/>"

    def new_blocks(self, contents: list[str], beside: int, *, after: bool) -> None:
        """Put in new blocks before or after the block ``beside``; ``contents`` is XML."""
        name = self.name(beside)
        attributes = _without_own(self.markup.tag(beside)) if name == "ab" else ""
        name = self.markup.prefixed(beside, name if name in _LIKE else "p")
        lead = "" if self.plain else self.line_break(beside)
        apart = self._apart(beside)
        start, end = self.markup.outside(beside)
        blocks = [f"<{name}{attributes}>{lead}{content}</{name}>" for content in contents]
        for block in blocks:
            self.put(end if after else start, apart + block if after else block + apart, raw=True)

    def _apart(self, beside: int) -> str:
        """What stands between two blocks: an empty line where lines are counted, else the space there is."""
        if self.plain:
            return ""
        line = self.line_break(beside)
        if line:
            end = self.markup.line_end
            return f"{end}{line}{end}"
        start, _ = self.markup.outside(beside)
        blank = _BLANK_BEFORE.search(self.markup.raw, max(0, start - 200), start)
        if blank and blank[0]:
            return blank[0]
        # The first in its element has none before it; what parts it from the next one does as well.
        behind = _BLANK_BETWEEN.match(self.markup.raw, self.markup.outside(beside)[1])
        return behind[1] if behind else ""

    def split(self, place: int, block: int, between: list[str]) -> None:
        """End ``block`` at ``place`` and begin another like it, with new blocks ``between`` (XML)."""
        markup = self.markup
        chain = []
        for element in markup.ancestors(markup.around(place)):
            chain.append(element)
            if element == block:
                break
        line = "" if self.plain else self.line_break(block)
        apart = self._apart(block)
        place, lead = self._before_line(place, block, line)
        if lead:
            apart = f"{line}{markup.line_end}"
            line = ""
        closing = "".join(f"</{self._tag_name(element)}>" for element in chain)
        opening = "".join(self._again(element, element == block) for element in reversed(chain))
        name = markup.prefixed(block, self.name(block) if self.name(block) in _LIKE else "p")
        new = "".join(
            f"<{name}>{self.line_break(block) if not self.plain else ''}{one}</{name}>{apart}"
            for one in between
        )
        first = opening.index(">") + 1
        self.put(place, f"{closing}{apart}{new}{opening[:first]}{line}{opening[first:]}", raw=True)

    def _before_line(self, place: int, block: int, line: str) -> tuple[int, bool]:
        """If a line begins at ``place``, the place of its break, so that the new block begins with it."""
        if not line:
            return place, False
        match = re.compile(r"\s*(?=<(?:[^\s/>:]+:)?lb\b)").match(self.markup.raw, place)
        if match is None or self.markup.around(match.end()) != block:
            return place, False
        return match.end(), True

    def _tag_name(self, element: int) -> str:
        return self.markup.prefixed(element, self.markup.elements[element].name)

    def _again(self, element: int, is_block: bool) -> str:
        """The opening tag of an element's second part; the parts of an inline element are tied together."""
        tag = self.markup.tag(element)
        if is_block or _is_plain(self.markup.elements[element].node):
            return _with(tag, dict.fromkeys(_OWN), {})
        node = self.markup.elements[element].node
        own = node.get(qualified("xml:id")) or self._new_id(element)
        first = own if node.get(qualified("xml:id")) else f"{own}.part1"
        second = f"{own}.part2"
        if second in self.markup.ids or node.get("next") or node.get("prev"):
            # A part already: the two go on as they are, each with what stands on its side.
            return _with(tag, dict.fromkeys(_OWN), {})
        opening = self.markup.elements[element].opening
        start, end = self.markup.starts[opening], self.markup.ends[opening]
        self.splices.delete(start, end)
        self.put(start, _with(tag, {}, {"xml:id": first, "next": f"#{second}"}), raw=True)
        return _with(tag, dict.fromkeys(_OWN), {"xml:id": second, "prev": f"#{first}"})

    def _new_id(self, element: int) -> str:
        name = self.name(element).rpartition("}")[2]
        number = 1
        while {f"{name}-s{number}", f"{name}-s{number}.part1"} & (self.markup.ids | self._given):
            number += 1
        self._given.add(f"{name}-s{number}")
        return f"{name}-s{number}"

    @property
    def _given(self) -> set[str]:
        given: set[str] = self.__dict__.setdefault("_given_ids", set())
        return given

    def taken_out(self, start: int, end: int) -> str:
        """Take out the blocks that ``text[start:end]`` consists of, and give them as XML.

        Page breaks, notes and running heads stay where they are.

        :raises RefusedError: it does not consist of whole blocks in one element.
        """
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        first, last = self.block_at(start), self.block_at(end - 1)
        if first is None or last is None:
            raise NotWholeError("what was moved is not made of whole paragraphs")
        before = next((at for at in range(start - 1, -1, -1) if not text[at].isspace()), None)
        after = next((at for at in range(end, len(text)) if not text[at].isspace()), None)
        elements = self.markup.elements
        if (
            self.block_at(before) == first
            or self.block_at(after) == last
            or elements[first].parent != elements[last].parent
            or elements[first].opening > elements[last].opening
        ):
            raise NotWholeError("what was moved is not made of whole paragraphs")
        for one in (first, last):
            if self.name(one) not in _LIKE:
                raise RefusedError(f"a <{self.name(one)}> cannot be moved like a paragraph")
        markup = self.markup
        pieces = []
        token, closing = elements[first].opening, elements[last].closing
        while token <= closing:
            kind, owner = markup.kinds[token], markup.owners[token]
            if kind in (Kind.OPEN, Kind.EMPTY) and self.name(owner) in _STAYS:
                token = elements[owner].closing + 1
                continue
            low, high = markup.starts[token], markup.ends[token]
            pieces.append(markup.raw[low:high])
            self.splices.delete(low, high)
            token += 1
        return "".join(pieces)

    def join(self, before: int, after: int) -> tuple[int, int]:
        """Make one block of those of two characters; gives the first's end and the second's start."""
        one, other = self.block_at(before), self.block_at(after)
        if one is None or other is None:
            raise RefusedError("what was joined is not made of paragraphs, verses or items")
        elements = self.markup.elements
        if one == other:
            raise RefusedError(
                "what was joined is one block already; the line break between is not in the text"
            )
        if self.name(one) != self.name(other):
            raise RefusedError(f"a <{self.name(one)}> and a <{self.name(other)}> cannot be one")
        if elements[one].parent != elements[other].parent:
            raise RefusedError(
                f"the two stand in different elements: {self._where(one)} and {self._where(other)}"
            )
        closing, opening = elements[one].closing, elements[other].opening
        if closing >= opening:
            raise RefusedError("they stand in another order in the file")
        token = closing + 1
        while token < opening:
            kind, element = self.markup.kinds[token], self.markup.owners[token]
            if kind in (Kind.OPEN, Kind.EMPTY):
                if self.name(element) not in _BETWEEN and not self._is_gone(element):
                    raise RefusedError(f"a <{self.name(element)}> stands between the two")
                token = elements[element].closing
            token += 1
        if self.markup.needed(other):
            raise RefusedError(f"something points at the second of them ({self.markup.needed(other)})")
        self.splices.delete(self.markup.starts[closing], self.markup.ends[closing])
        self.splices.delete(self.markup.starts[opening], self.markup.ends[opening])
        return self.markup.starts[closing], self.markup.ends[opening]

    def _is_gone(self, element: int) -> bool:
        gone = self.splices.frozen()
        start, end = self.markup.inside(element)
        raw = self.markup.raw
        return all(
            not raw[low:high].strip()
            for token in self.tokens(start, end)
            if self.markup.kinds[token] <= Kind.CDATA
            for low, high in gone.left(self.markup.starts[token], self.markup.ends[token])
        )

    def _where(self, element: int) -> str:
        parent = self.markup.elements[element].parent
        node = self.markup.elements[parent].node
        what = node.get(qualified("xml:id")) or node.get("type") or node.get("who") or ""
        return f"<{self.name(parent)}{f' {what}' if what else ''}>"


def in_xml(text: str) -> str:
    """Text of a new block as XML."""
    return escaped(text)


def _without_own(tag: str) -> str:
    return "".join(match[0] for match in _ATTRIBUTE.finditer(tag) if match[1] not in _OWN)


def _with(tag: str, dropped: dict[str, None], added: dict[str, str]) -> str:
    """A tag without some attributes and with others."""
    name = re.match(r"<[^\s/>]+", tag)
    assert name is not None
    kept = [match[0] for match in _ATTRIBUTE.finditer(tag) if match[1] not in {*dropped, *added}]
    new = [f' {key}="{escaped(value)}"' for key, value in added.items()]
    return f"{name[0]}{''.join(kept)}{''.join(new)}>"


def _is_plain(node: etree._Element) -> bool:
    return not node.attrib or set(node.attrib) <= {"rend", "style", "rendition"}
