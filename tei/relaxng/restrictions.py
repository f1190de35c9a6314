"""What a schema may not say (RELAX NG, sections 4.19 and 7), found when it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tei.errors import SchemaError
from tei.relaxng import grammar as g
from tei.relaxng.grammar import Grammar
from tei.relaxng.names import NameClass, describe, is_open, overlap

# Section 7.1: inside of what (outside of any element in between) which kinds may not stand.
_FORBIDDEN: Final[dict[str, frozenset[str]]] = {
    "attribute": frozenset({g.ATTRIBUTE, g.ELEMENT}),
    "list": frozenset({g.LIST, g.ATTRIBUTE, g.ELEMENT, g.TEXT, g.INTERLEAVE}),
    "except": frozenset({g.ATTRIBUTE, g.ELEMENT, g.LIST, g.TEXT, g.EMPTY, g.GROUP, g.INTERLEAVE, g.MORE}),
    "start": frozenset(
        {g.ATTRIBUTE, g.DATA, g.VALUE, g.LIST, g.TEXT, g.EMPTY, g.GROUP, g.INTERLEAVE, g.MORE}
    ),
}

# Section 7.2: what kind of content a pattern is.
_NOTHING, _COMPLEX, _SIMPLE = 0, 1, 2


def check_restrictions(grammar: Grammar, path: Path) -> None:
    """Check ``grammar``, made from the file ``path``.

    :raises SchemaError: it breaks one of the rules.
    """
    _check_circles(grammar, path)
    _Checker(grammar, path).check()


def _check_circles(grammar: Grammar, path: Path) -> None:
    """Section 4.19: every circle of definitions goes through an element."""
    done: set[int] = set()
    for root in sorted(grammar.reachable()):
        if root in done:
            continue
        # A walk in depth without recursion: what is on the way down must not be met again.
        way: set[int] = {root}
        stack = [(root, iter(_inner(grammar, root)))]
        while stack:
            number, ahead = stack[-1]
            child = next(ahead, None)
            if child is None:
                stack.pop()
                way.discard(number)
                done.add(number)
            elif child in way:
                raise SchemaError("a definition refers to itself with no element in between", path=path)
            elif child not in done:
                way.add(child)
                stack.append((child, iter(_inner(grammar, child))))


def _inner(grammar: Grammar, number: int) -> tuple[int, ...]:
    node = grammar.nodes[number]
    return () if node[0] == g.ELEMENT else g.children(node)


class _Checker:
    """Goes through each element of a grammar; what a pattern holds is worked out once."""

    def __init__(self, grammar: Grammar, path: Path) -> None:
        self.grammar = grammar
        self.nodes = grammar.nodes
        self.path = path
        self._kinds: dict[int, int] = {}
        self._held: dict[tuple[str, int], tuple[int, ...]] = {}
        self._possible: dict[int, bool] = {}

    def check(self) -> None:
        self._forbid("start", self.grammar.start)
        for number in self._walk(self.grammar.start, across=True):
            node = self.nodes[number]
            kind = node[0]
            if kind == g.ELEMENT:
                self._element(node)
            elif kind == g.ATTRIBUTE:
                self._forbid("attribute", node[2])
            elif kind == g.LIST:
                self._forbid("list", node[1])
            elif kind == g.DATA and node[4] is not None:
                self._forbid("except", node[4])
            elif kind in (g.GROUP, g.INTERLEAVE) and len(node[1]) > 1:
                self._apart(node)
            elif kind == g.MORE:
                self._repeated(node[1])

    def _error(self, message: str) -> SchemaError:
        return SchemaError(message, path=self.path)

    def _forbid(self, inside: str, root: int) -> None:
        for number in self._walk(root):
            node = self.nodes[number]
            kind = node[0]
            # A name that stands for one pattern is kept as a group of one.
            if kind in _FORBIDDEN[inside] and not (kind == g.GROUP and len(node[1]) == 1):
                where = "at the start of the schema" if inside == "start" else f"inside of <{inside}>"
                raise self._error(f"<{kind}> may not stand {where}")

    def _walk(self, root: int, *, across: bool = False) -> Iterator[int]:
        """Yield the patterns in ``root``, those inside of its elements and attributes only ``across`` them.

        What can never match is left out, as section 4.20 takes it out of the schema.
        """
        seen, ahead = {root}, [root]
        while ahead:
            number = ahead.pop()
            if not self._can_be(number):
                continue
            yield number
            node = self.nodes[number]
            if across or node[0] not in (g.ELEMENT, g.ATTRIBUTE):
                for child in reversed(g.children(node)):
                    if child not in seen:
                        seen.add(child)
                        ahead.append(child)

    def _repeated(self, root: int) -> None:
        """Section 7.1.2: several attributes together may not be repeated."""
        for number in self._walk(root):
            node = self.nodes[number]
            if node[0] in (g.GROUP, g.INTERLEAVE) and len(node[1]) > 1 and self._holds(g.ATTRIBUTE, number):
                raise self._error(
                    "a group with attributes may not stand inside of <oneOrMore> or <zeroOrMore>"
                )

    def _can_be(self, number: int) -> bool:
        """Whether the pattern is more than ``notAllowed`` (section 4.20)."""
        known = self._possible.get(number)
        if known is None:
            node = self.nodes[number]
            kind, parts = node[0], g.children(node)
            if kind == g.NOT_ALLOWED:
                known = False
            elif kind == g.CHOICE:
                known = any(self._can_be(part) for part in parts)
            else:
                known = kind in (g.ELEMENT, g.DATA) or all(self._can_be(part) for part in parts)
            self._possible[number] = known
        return known

    def _element(self, node: g.Node) -> None:
        try:
            self._content(node[2])
        except _MixedError as problem:
            raise self._error(
                f"the element {describe(node[1])} has text of a datatype beside other content"
            ) from problem
        for attribute in self._attributes_outside_more(node[2]):
            if is_open(self.nodes[attribute][1]):
                raise self._error(
                    f"the element {describe(node[1])} has an attribute of any name that is not repeated"
                )

    def _content(self, number: int) -> int:
        """The kind of content of a pattern (section 7.2)."""
        known = self._kinds.get(number)
        if known is not None:
            return known
        node = self.nodes[number]
        kind = node[0]
        if kind in (g.DATA, g.VALUE, g.LIST):
            found = _SIMPLE
        elif kind in (g.ELEMENT, g.TEXT):
            found = _COMPLEX
        elif kind in (g.ATTRIBUTE, g.EMPTY, g.NOT_ALLOWED) or not self._can_be(number):
            found = _NOTHING
        else:
            parts = [self._content(part) for part in g.children(node)]
            found = max(parts, default=_NOTHING)
            if kind in (g.GROUP, g.INTERLEAVE) and found == _SIMPLE and sum(map(bool, parts)) > 1:
                raise _MixedError
            if kind == g.MORE and found == _SIMPLE:
                raise _MixedError
        self._kinds[number] = found
        return found

    def _holds(self, kind: str, number: int) -> tuple[int, ...]:
        """The elements, attributes or texts in a pattern, outside of its elements and attributes."""
        known = self._held.get((kind, number))
        if known is None:
            node = self.nodes[number]
            if not self._can_be(number):
                known = ()
            elif node[0] == kind:
                known = (number,)
            elif node[0] in (g.ELEMENT, g.ATTRIBUTE, g.LIST, g.DATA):
                known = ()
            else:
                found = dict.fromkeys(n for part in g.children(node) for n in self._holds(kind, part))
                known = tuple(found)
            self._held[kind, number] = known
        return known

    def _apart(self, node: g.Node) -> None:
        """Sections 7.3 and 7.4: no attribute twice, and in an interleave no element and no text."""
        if self._overlap([self._holds(g.ATTRIBUTE, part) for part in node[1]]):
            raise self._error("an element has the same attribute twice")
        if node[0] == g.INTERLEAVE:
            if self._overlap([self._holds(g.ELEMENT, part) for part in node[1]]):
                raise self._error("the parts of an <interleave> have an element in common")
            if sum(bool(self._holds(g.TEXT, part)) for part in node[1]) > 1:
                raise self._error("two parts of an <interleave> have text")

    def _overlap(self, parts: list[tuple[int, ...]]) -> bool:
        parts = [part for part in parts if part]
        if len(parts) < 2:
            return False
        names: set[str] = set()
        wide: list[NameClass] = []
        for part in parts:
            own: list[NameClass] = [self.nodes[number][1] for number in part]
            single = {name for name in own if isinstance(name, str)}
            if single & names or any(overlap(name, other) for name in own for other in wide):
                return True
            rest = [name for name in own if not isinstance(name, str)]
            if any(overlap(name, other) for name in rest for other in names):
                return True
            names |= single
            wide += rest
        return False

    def _attributes_outside_more(self, root: int) -> Iterable[int]:
        seen, ahead = {root}, [root]
        while ahead:
            number = ahead.pop()
            node = self.nodes[number]
            if node[0] == g.ATTRIBUTE:
                yield number
            elif node[0] not in (g.ELEMENT, g.MORE):
                for child in g.children(node):
                    if child not in seen:
                        seen.add(child)
                        ahead.append(child)


class _MixedError(Exception):
    """Text of a datatype stands beside other content."""
