"""What the schema expects, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from tei.relaxng import grammar as g
from tei.relaxng.derivatives import first_elements, first_strings
from tei.relaxng.grammar import Grammar
from tei.relaxng.names import describe, local_of, namespace_of, shown, simple_names
from tei.relaxng.patterns import (
    TEXT,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Value,
)

LISTED: Final = 12
"""How many of the things expected a message names."""
_SAMPLE: Final = 40
_LONGEST: Final = 100  # the length of a name that may still be a slip for another one
_READABLE: Final = 40  # the length of a pattern that may still tell something
_TYPES: Final = {
    "ID": "an id: a letter or _, then letters, digits, . - _",
    "NCName": "a name: a letter or _, then letters, digits, . - _",
    "Name": "a name: a letter, _ or :, then letters, digits, . - _ :",
    "IDREF": "the id of an element",
    "anyURI": "a URI or a reference such as #id",
    "boolean": "true or false",
    "date": "a date such as 1901-02-28",
    "gYear": "a year such as 1901",
    "gYearMonth": "a year and month such as 1901-02",
    "dateTime": "a date and time such as 1901-02-28T10:30:00",
    "time": "a time such as 10:30:00",
    "gMonthDay": "a month and day such as --02-28",
    "gMonth": "a month such as --02",
    "gDay": "a day such as ---28",
    "duration": "a duration such as P1Y2M or PT30M",
    "decimal": "a decimal number",
    "double": "a number",
    "float": "a number",
    "integer": "a whole number",
    "nonNegativeInteger": "a whole number, 0 or more",
    "positiveInteger": "a whole number, 1 or more",
    "language": "a language tag such as en or de-AT",
    "token": "a text",
    "string": "a text",
}
# The patterns of the datatypes of TEI (Guidelines, appendix D) and of our own schema.
_PATTERNS: Final = {
    r"[^\p{C}\p{Z}]+": "a word without blanks",
    r"[A-Za-z][A-Za-z0-9._\-]*": "a word of letters, digits, . _ and -, with a letter first",
    r"[0-9]+(\.[0-9]+)?": "a number such as 3 or 1.5",
    r"(\-?[\d]+/\-?[\d]+)": "a fraction such as 1/2",
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)": "a point such as 10,20",
    r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|gd|rem|vw|vh|vm)": "a length such as 2.5cm or 10px",
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date, time or duration of ISO 8601 such as 1901-02-28 or P1Y",
    r"[\d]+(\.[\d]+){0,2}": "a version such as 1.0.2",
    r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}": "a version such as 1.0.2",
    r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}": "a version such as 1.0.2",
    r"#[\i-[:]][\c-[:]]*": "a reference to an id of this file, such as #id",
}


def tag(name: str) -> str:
    """Return the element ``name`` as it looks in a file."""
    return f"<{shown(name)}>"


def short(text: str, most: int = 40) -> str:
    """Return ``text`` on one line, cut where it has more than ``most`` characters."""
    text = " ".join(text[: most * 10].split())
    return text if len(text) <= most else text[: most - 1] + "…"


def listed(parts: Sequence[str], last: str = "or") -> str:
    """Join ``parts`` to a list in words, a dozen at most."""
    if len(parts) > LISTED:
        return ", ".join(parts[:LISTED]) + f" … ({len(parts)} in all)"
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


class Words:
    """Finds words for what a grammar expects; what may stand nearly anywhere is named last."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._common: Counter[str] | None = None
        self._definitions: dict[str, tuple[int, ...]] | None = None
        self._insides: dict[int, frozenset[str]] = {}

    def content(self, patterns: Iterable[Pattern], inside: str | None, *, nullable: bool) -> tuple[str, ...]:
        """Say what may come next in an element ``inside`` whose content may go on with ``patterns``."""
        patterns = list(patterns)
        found: dict[str, None] = dict.fromkeys(tag(name) for name in self.names(patterns))
        found.update(dict.fromkeys(self._open_names(patterns)))
        if any(pattern.texts for pattern in patterns):
            found["text"] = None
        for pattern in patterns:
            if pattern.strings:
                found.update(dict.fromkeys(values([pattern])))
        if nullable and inside is not None:
            found[f"the end of {tag(inside)}"] = None
        return tuple(found)

    def names(self, patterns: Iterable[Pattern]) -> list[str]:
        """Return the names of the elements that may come next: the needed first, the common last."""
        patterns = list(patterns)
        common = self._commonness()
        needed = set(self.needed(patterns))
        found = {
            name: None
            for pattern in patterns
            for element in first_elements(pattern)
            for name in simple_names(element.name)
        }
        order = {name: place for place, name in enumerate(found)}
        return sorted(found, key=lambda name: (name not in needed, common[name], order[name]))

    def needed(self, patterns: Iterable[Pattern]) -> list[str]:
        """Return the names of the elements one of which must come before anything else that must."""
        found: dict[str, None] = {}
        for pattern in patterns:
            for element in _needed(pattern):
                found.update(dict.fromkeys(simple_names(element.name)))
        return list(found)

    def holders(self, name: str, patterns: Iterable[Pattern]) -> list[str]:
        """Return the names of the elements that may come next and in which an element ``name`` may stand.

        Those that may stand nearly anywhere themselves are left out: they hold what was meant too seldom.
        """
        common = self._commonness()
        bound = max(common.values(), default=0) / 3
        return [other for other in self.names(patterns) if common[other] < bound and self.holds(other, name)]

    def holds(self, outer: str, inner: str) -> bool:
        """Say whether an element ``inner`` may stand in some element ``outer``."""
        if self._definitions is None:
            self._definitions = self.grammar.definitions()
        numbers = self._definitions.get(outer, ())
        return any(inner in self._inside(self.grammar.nodes[number][2]) for number in numbers)

    def _open_names(self, patterns: Iterable[Pattern]) -> list[str]:
        return [
            f"an element with {describe(element.name)}"
            for pattern in patterns
            for element in first_elements(pattern)
            if not any(True for _ in simple_names(element.name))
        ]

    def _commonness(self) -> Counter[str]:
        """In how many of some forty elements of the schema each element may stand."""
        if self._common is None:
            self._common = Counter()
            elements = [n for n in sorted(self.grammar.reachable()) if self.grammar.nodes[n][0] == g.ELEMENT]
            for number in elements[:: max(1, len(elements) // _SAMPLE)]:
                self._common.update(self._inside(self.grammar.nodes[number][2]))
        return self._common

    def _inside(self, content: int) -> frozenset[str]:
        """The names of the elements that stand in the pattern ``content``."""
        known = self._insides.get(content)
        if known is not None:
            return known
        names: set[str] = set()
        seen = {content}
        ahead = [content]
        while ahead:
            node = self.grammar.nodes[ahead.pop()]
            if node[0] == g.ELEMENT:
                names.update(simple_names(node[1]))
            elif node[0] != g.ATTRIBUTE:
                for child in g.children(node):
                    if child not in seen:
                        seen.add(child)
                        ahead.append(child)
        found = self._insides[content] = frozenset(names)
        return found


def _needed(pattern: Pattern) -> list[Element]:
    while isinstance(pattern, Group) and pattern.left.nullable:
        pattern = pattern.right
    if pattern.nullable:
        return []
    if isinstance(pattern, Element):
        return [pattern]
    if isinstance(pattern, Choice):
        return [element for option in pattern.options for element in _needed(option)]
    if isinstance(pattern, Group):
        return _needed(pattern.left)
    if isinstance(pattern, Interleave):
        return [*_needed(pattern.left), *_needed(pattern.right)]
    return _needed(pattern.body) if isinstance(pattern, OneOrMore) else []


def values(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """Say what ``patterns``, those of an attribute or of a text, take."""
    found: dict[str, None] = {}
    for pattern in patterns:
        if pattern is TEXT or pattern.texts:
            found["any text"] = None
        for part in first_strings(pattern):
            if isinstance(part, Value):
                found[f"“{part.text}”" if part.text else "nothing"] = None
            elif isinstance(part, List):
                words = values([part.body])
                found[f"{listed(words)}; several with blanks in between" if words else "no text"] = None
            elif isinstance(part, Data):
                found[_data(part)] = None
    order = {said: place for place, said in enumerate(_TYPES.values())}
    return tuple(sorted(found, key=lambda said: -1 if said.startswith("“") else order.get(said, 99)))


def _data(data: Data) -> str:
    name, parameters = data.type.name, data.type.parameters
    patterns = [argument for facet, argument in parameters if facet == "pattern"]
    if any(pattern.startswith("#") for pattern in patterns) and name == "anyURI":
        return _PATTERNS[r"#[\i-[:]][\c-[:]]*"]
    if len(patterns) == len(parameters) == 1 and patterns[0] in _PATTERNS:
        return _PATTERNS[patterns[0]]
    said = _TYPES.get(name, f"a value of the type {name}")
    for facet, argument in parameters:
        if facet != "pattern":
            said += f" ({facet} {argument})"
        elif len(argument) <= _READABLE:
            said += f" of the pattern {argument}"
    return said


def alike(name: str, names: Iterable[str]) -> str | None:
    """Return the one of ``names`` that ``name`` looks like a slip for, if there is one."""
    by_local = {local_of(other): other for other in names}
    local = local_of(name)
    if len(local) > _LONGEST:
        return None
    for slip in (str.lower, sorted):  # a capital; letters that have changed places
        for other, full in by_local.items():
            if slip(other) == slip(local):
                return full
    found = get_close_matches(local, list(by_local), 1, 0.7)
    return by_local[found[0]] if found else None


def elsewhere(name: str, names: Iterable[str]) -> str | None:
    """Return the namespace in which one of ``names`` has the same local name as ``name``, if another one."""
    for other in names:
        if other != name and local_of(other) == local_of(name):
            return namespace_of(other)
    return None
