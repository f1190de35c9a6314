"""Write the result: tags as they are in the files, but for merged ones and for pointers that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Final

from tei.diff.pairs import NONE
from tei.merge.threeway.document import ID
from tei.merge.threeway.nodes import SIDES, Node, Three
from tei.merge.threeway.placing import Findings, Placed, has_end
from tei.merge.threeway.regions import MINE, NEW, Joined, Side
from tei.merge.threeway.tags import Tag, pointers, pointing, read_tag, rewritten, write_tag
from tei.merge.threeway.weaving import Woven

POINTER: Final = "one side points at it, the other removed it"


class Writer:
    """Makes the file of one variant."""

    def __init__(self, three: Three, joined: Joined, placed: Placed) -> None:
        self.three = three
        self.joined = joined
        self.placed = placed
        self.final: dict[int, str] = {}
        self.renamed: dict[Side, dict[str, str]] = {MINE: {}, NEW: {}}
        self.homes: dict[Side, dict[str, int]] = {
            side: {name: three.node_of[side][mark] for mark, name in three.of(side).ids.items()}
            for side in SIDES
        }
        self._identify()
        self._renumbered: dict[Side, set[int]] = {
            side: {self.homes[side][identifier] for identifier in self.renamed[side]} for side in SIDES
        }

    # Identifiers

    def _identify(self) -> None:
        """Find the identifier of each element of the result, and which of them are new to either side."""
        nodes = {node for side in SIDES for node in self.homes[side].values() if self.placed.alive(node)}
        owners: dict[str, list[int]] = defaultdict(list)
        for node in sorted(nodes):
            identifier = self._own_id(node)
            if identifier is not None:
                self.final[node] = identifier
                owners[identifier].append(node)
        taken = set(owners) | set(self.homes[MINE]) | set(self.homes[NEW])
        for identifier, same in owners.items():
            for node in same if len(same) > 1 else ():
                # The encoder will give its own again; so the other one is changed.
                if self._is_hand_made(node, identifier, same):
                    number = 2
                    while f"{identifier}-{number}" in taken:
                        number += 1
                    self.final[node] = f"{identifier}-{number}"
                    taken.add(self.final[node])
        for side in SIDES:
            for identifier, node in self.homes[side].items():
                now = self.final.get(node)
                if now is not None and now != identifier:
                    self.renamed[side][identifier] = now

    def _own_id(self, node: int) -> str | None:
        side = self.placed.whole[node]
        if side is not None:
            return self.three.of(side).ids.get(self.three.nodes[node].of(side))
        merged = self.three.nodes[node].merged
        assert merged is not None
        pair = merged.tag.attributes.get(ID)
        return pair[0] if pair else None

    def _is_hand_made(self, node: int, identifier: str, same: list[int]) -> bool:
        """Whether NEW gives the identifier to another element, and no file gives it to both."""
        of_new = self.homes[NEW].get(identifier)
        if node == of_new or of_new not in same:
            return False
        return not any(self._id_in(node, side) == identifier == self._id_in(of_new, side) for side in SIDES)

    def _id_in(self, node: int, side: Side) -> str | None:
        return self.three.of(side).ids.get(self.three.nodes[node].of(side))

    # Pointers

    def findings(self, forced: Container[int]) -> Findings:
        """Elements that one side's changes point at, and that the other removed: with what points at them.

        Those in conflict already (``forced``) speak for themselves.
        """
        found = Findings()
        known = set(self.final.values())
        for number, node in enumerate(self.three.nodes):
            for side in SIDES if self.placed.alive(number) else ():
                for identifier in self._new_pointers(node, side):
                    home = self.homes[side].get(identifier)
                    if home is None or home in forced or number in forced:
                        continue
                    if not self.placed.alive(home) and identifier not in known:
                        found.nodes[number] = found.nodes[home] = POINTER
        return found

    def _new_pointers(self, node: Node, side: Side) -> Iterator[str]:
        """What an element points at by a change of a side."""
        if node.of(side) == NONE or not (node.old == NONE or side in node.retagged):
            return
        written = self.three.of(side).opening[node.of(side)]
        if "#" not in written:
            return
        before = self.three.old.opening[node.old] if node.old != NONE else ""
        for value in read_tag(written).values().values():
            yield from (one for one in pointers(value) if f"#{one}" not in before)

    # The file

    def write(self, woven: Woven) -> str:
        """The outermost element of the result as XML."""
        return "".join(piece for piece, _ in self._pieces(woven))

    def lines(self, woven: Woven, line: int) -> Iterator[tuple[int, int]]:
        """The lines of the result that speak of an element: of its tags and of its parent's start tag.

        ``line`` is that of the first tag.
        """
        opened: list[int] = []
        for piece, event in self._pieces(woven):
            if event is None:
                pass
            elif event & 1:
                opened.pop()
                yield line, event >> 1
            else:
                yield line, event >> 1
                if opened:
                    yield opened[-1], event >> 1
                if self._has_end(event >> 1):
                    opened.append(line)
            line += piece.count("\n")

    def _pieces(self, woven: Woven) -> Iterator[tuple[str, int | None]]:
        """Texts and tags, each tag with its event."""
        text = self.joined.text
        at = 0
        for place, event in woven.events:
            if place > at:
                yield text[at:place], None
                at = place
            node = event >> 1
            yield self._closing(node) if event & 1 else self._opening(node), event
        yield text[at:], None

    def _has_end(self, node: int) -> bool:
        return has_end(self.three, self.placed, node)

    def _opening(self, number: int) -> str:
        with_end = self._has_end(number)
        node = self.three.nodes[number]
        side = self.placed.whole[number]
        if side is None:
            assert node.merged is not None
            origin: Mapping[str, Side] = node.merged.origin
            return write_tag(self._following(number, node.merged.tag, origin, NEW), empty=not with_end)
        cut = self.three.of(side)
        written = cut.opening[node.of(side)]
        renamed = self.renamed[side]
        as_written = bool(cut.closing[node.of(side)]) == with_end
        if as_written and number not in self._renumbered[side] and not (renamed and "#" in written):
            return written
        return write_tag(self._following(number, read_tag(written), {}, side), empty=not with_end)

    def _following(self, number: int, tag: Tag, origin: Mapping[str, Side], side: Side) -> Tag:
        """A tag whose pointers follow, and with the identifier that its element has in the result."""
        attributes = {
            name: pointing(written, value, self.renamed[origin.get(name, side)])
            for name, (value, written) in tag.attributes.items()
        }
        identifier = self.final.get(number)
        if identifier is not None and ID in attributes and attributes[ID][0] != identifier:
            attributes[ID] = rewritten(attributes[ID][1], identifier)
        return Tag(tag.name, attributes, tag.tail)

    def _closing(self, number: int) -> str:
        node = self.three.nodes[number]
        side = self.placed.shape[number]
        if self.placed.whole[number] == side:
            return self.three.of(side).closing[node.of(side)]
        return f"</{self._name(number)}>"

    def _name(self, number: int) -> str:
        node = self.three.nodes[number]
        side = self.placed.whole[number]
        if side is not None:
            return read_tag(self.three.of(side).opening[node.of(side)]).name
        assert node.merged is not None
        return node.merged.tag.name
