"""Paragraphs (verses, items …) that were put in, split or joined."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from tei.markup import Kind, escaped
from tei.merge.carrier import Carrier, NotWholeError, RefusedError
from tei.names import qualified

_LIKE: Final = frozenset({"p", "ab", "l", "item", "seg"})
_BEGINS_WITH_LINE: Final = re.compile(r"\s*<(?:[^\s/>:]+:)?lb\b")
_BLANK_BEFORE: Final = re.compile(r"\s*\Z")
_BLANK_BETWEEN: Final = re.compile(r"(\s+)<[^/!?]")
_ATTRIBUTE: Final = re.compile(r"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_BETWEEN: Final = frozenset(["lb", "pb", "cb", "gb", "milestone", "anchor", "note", "fw", "gap", "space"])
# What belongs to the page, not to the words on it.
_STAYS: Final = frozenset(["pb", "cb", "gb", "note", "fw"])
#: What an audience does, and what is noted of it, is told within a paragraph, or between two.
_WHOLE: Final = frozenset(["kinesic", "vocal", "incident", "note"])
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

    def line_break(self, element: int) -> str:
        """The tag of a line's beginning, as ``element`` would have it; ``""`` where the text has none."""
        start, end = self.markup.inside(element)
        if not _BEGINS_WITH_LINE.match(self.markup.raw[start : min(end, start + 200)]):
            return ""
        return f"<{self.markup.prefixed(element, 'lb')}/>"

    def new_blocks(self, contents: list[str], beside: int, *, after: bool) -> None:
        """Put in new blocks before or after the block ``beside``; ``contents`` is XML."""
        name = self.name(beside)
        while name not in _LIKE and self._parent_name(beside) in _LIKE - {"item"}:
            # No paragraph stands in another.
            beside = self.markup.elements[beside].parent
            name = self.name(beside)
        attributes = _without_own(self.markup.tag(beside)) if name == "ab" else ""
        name = self.markup.prefixed(beside, name if name in _LIKE else "p")
        lead = "" if self.plain else self.line_break(beside)
        apart = self._apart(beside)
        start, end = self.markup.outside(beside)
        blocks = [f"<{name}{attributes}>{lead}{content}</{name}>" for content in contents]
        for block in blocks:
            self.put(end if after else start, apart + block if after else block + apart, raw=True)

    def _parent_name(self, element: int) -> str:
        parent = self.markup.elements[element].parent
        return self.name(parent) if parent >= 0 else ""

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
        blocks = {block, self.block(markup.around(place))}
        opening = "".join(self._again(element, element in blocks) for element in reversed(chain))
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
        before = next((at for at in range(start - 1, -1, -1) if not text[at].isspace()), None)
        after = next((at for at in range(end, len(text)) if not text[at].isspace()), None)
        first, last = self._whole(start, end - 1, before, after)
        return self._taken(first, last)

    def take_element(self, element: int) -> None:
        """Take out an element; page breaks, notes and running heads in it stay."""
        self._taken(element, element)

    def _taken(self, first: int, last: int) -> str:
        """Take out the elements ``first`` to ``last`` but for what stays, and give them as XML."""
        markup, elements = self.markup, self.markup.elements
        pieces = []
        token, closing = elements[first].opening, elements[last].closing
        while token <= closing:
            kind, owner = markup.kinds[token], markup.owners[token]
            if kind in (Kind.OPEN, Kind.EMPTY) and self.name(owner) in _STAYS and owner != first:
                token = elements[owner].closing + 1
                continue
            low, high = markup.starts[token], markup.ends[token]
            pieces.append(markup.raw[low:high])
            self.splices.delete(low, high)
            token += 1
        return "".join(pieces)

    def _whole(self, start: int, end: int, before: int | None, after: int | None) -> tuple[int, int]:
        """The first and the last of the elements that the characters ``start`` to ``end`` fill.

        ``before`` and ``after`` are the characters beside them. The elements are as far out as can be.

        :raises NotWholeError: there are no such elements.
        """
        low = self.end(before) if before is not None else 0
        high = self.start(after) if after is not None else len(self.markup.raw)
        one, other = self.block_at(start), self.block_at(end)
        if one is not None and other is not None and low is not None and high is not None:
            firsts = [
                element for element in self.markup.ancestors(one) if self.markup.outside(element)[0] >= low
            ]
            lasts = [
                element for element in self.markup.ancestors(other) if self.markup.outside(element)[1] <= high
            ]
            parents = {self.markup.elements[element].parent: element for element in lasts}
            for element in reversed(firsts):
                last = parents.get(self.markup.elements[element].parent)
                if last is not None and self._follows(element, last):
                    return element, last
        raise NotWholeError("what was moved is not made of whole paragraphs")

    def _follows(self, first: int, last: int) -> bool:
        elements = self.markup.elements
        return elements[first].opening <= elements[last].opening

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
        above = [(one, other)]
        while elements[above[-1][0]].parent != elements[above[-1][1]].parent:
            groups = elements[above[-1][0]].parent, elements[above[-1][1]].parent
            if {self.name(group) for group in groups} != {"lg"}:
                raise RefusedError(
                    f"the two stand in different elements: {self._where(one)} and {self._where(other)}"
                )
            above.append(groups)
        one, other = above[-1]
        self._check_between(one, other)
        for first, second in above:
            self._join_elements(first, second)
        one, other = above[0]
        return self.markup.inside(one)[1], self.markup.inside(other)[0]

    def _check_between(self, one: int, other: int) -> None:
        """Make sure that nothing stands between two elements that would come to stand in them."""
        elements = self.markup.elements
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

    def _join_elements(self, first: int, second: int) -> None:
        """Take out the tags that end the one element and begin the other."""
        if self.markup.needed(second):
            raise RefusedError(f"something points at the second of them ({self.markup.needed(second)})")
        for token in (self.markup.elements[first].closing, self.markup.elements[second].opening):
            self.splices.delete(self.markup.starts[token], self.markup.ends[token])

    def absorb(self, before: int, after: int, words: str) -> None:
        """Put the words of two blocks that are not alike into one, ``words`` between them; the other goes.

        A paragraph takes the words of a heading and the like; of two that are as good the first takes them.
        """
        one, other = self._words_of(before), self._words_of(after)
        low, high = self.markup.outside(one)[1], self.markup.outside(other)[0]
        if low > high or one == other:
            raise RefusedError("they stand in another order in the file, or in each other")
        for token in self.tokens(low, high):
            owner = self.markup.owners[token]
            if self.markup.kinds[token] in (Kind.OPEN, Kind.EMPTY) and self.name(owner) in _STAYS:
                raise RefusedError(f"a <{self.name(owner)}> stands between the two")
        to_first = self.name(one) in _LIKE or self.name(other) not in _LIKE
        host, guest = (one, other) if to_first else (other, one)
        place = self.markup.inside(host)[1 if to_first else 0]
        if self.name(guest) in _WHOLE:
            start, end = self.markup.outside(guest)
        else:
            start, end = self.markup.inside(guest)
            if self.markup.needed(guest) is not None:
                raise RefusedError(f"something points at the <{self.name(guest)}> that would go")
            if any(self.block(element) != guest for element in self._elements(guest)):
                raise RefusedError(f"the <{self.name(guest)}> holds more than the words that were joined")
        self.notes.append(f"the <{self.name(guest)}> went into the <{self.name(host)}>")
        content, words = self.markup.raw[start:end].strip(), escaped(words)
        self.splices.delete(start, end)
        self.put(place, words + content if to_first else content + words, raw=True)

    def _words_of(self, at: int) -> int:
        """The block, the reaction of an audience or the note that a character stands in."""
        place = self.start(at)
        if place is not None:
            around = self.markup.around(place)
            block = self.block(around)
            for element in self.markup.ancestors(around):
                if element == block or self.name(element) in _WHOLE:
                    return element
        raise RefusedError("what was joined is not made of paragraphs, verses or items")

    def _elements(self, element: int) -> list[int]:
        """An element and all in it."""
        one = self.markup.elements[element]
        owners = self.markup.owners[one.opening : one.closing + 1]
        return list(dict.fromkeys(owners))

    def alike(self, before: int, after: int) -> bool:
        """Whether the blocks of two characters can be joined by taking out the tags between them."""
        one, other = self.block_at(before), self.block_at(after)
        if one is None or other is None or self.name(one) != self.name(other):
            return False
        elements = self.markup.elements
        return self.name(one) == "l" or elements[one].parent == elements[other].parent

    def regroup(self, before: int, after: int, *, apart: bool) -> bool:
        """Part the group of two verses (``apart``) or make their two groups one; whether it can be done."""
        one, other = self.block_at(before), self.block_at(after)
        if one is None or other is None or not self.name(one) == self.name(other) == "l":
            return False
        first, second = self.markup.elements[one].parent, self.markup.elements[other].parent
        if {self.name(first), self.name(second)} != {"lg"} or (first == second) != apart:
            return False
        if apart:
            self.split(self.markup.outside(one)[1], first, [])
        else:
            self._check_between(first, second)
            self._join_elements(first, second)
        return True

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
