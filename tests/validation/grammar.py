"""Make up documents that our own RELAX NG schema allows, each choice of the grammar in its turn."""

from __future__ import annotations

import random
from collections import Counter
from itertools import count
from typing import Final

from lxml import etree

from tei.names import TEI_NS
from tei.validation.files import RELAX_NG, schema_file
from tests.validation.samples import RNG

# By the name of the definition, the pattern or the type: values that the data of the schema may have.
VALUES: Final[dict[str, list[str]]] = {
    "data.word": ["x", "a-b.c_9"],
    "data.value": ["90", "[87]", "xiv–xv", "12*"],
    "data.line-of-text": ["90", "a (b) – c"],
    "data.local": ["#x1", "#é"],
    "data.pointer": [
        "#x1",
        "source.txt",
        "scan/90%20a.png",
        "https://example.org:80/a?b=c&d=(e)#f",
        "urn:isbn:1-2",
    ],
    "data.w3c-date": ["1901-02-03", "1901", "1901-02", "--02-03", "1901-02-03T10:11:12Z"],
    "data.amount": ["3", "1.50"],
    "language": ["en", "de-Latn-1996"],
    "nonNegativeInteger": ["0", "100"],
    "positiveInteger": ["1", "12"],
    "data.media-type": ["text/plain", "charset=utf-8"],
    "data.size": ["12px", "50.5%"],
    "data.version": ["1", "0.1.2", "2rc1.0"],
}
DEEPEST: Final = 10
SHALLOW: Final = 4
LARGEST: Final = 40


class Grammar:
    """The schema, and how often each of its alternatives has been used."""

    def __init__(self, seed: int) -> None:
        grammar = etree.parse(schema_file(RELAX_NG)).getroot()
        etree.strip_elements(grammar, "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation")
        self.start = grammar[0]
        self.definitions = {str(d.get("name")): list(d) for d in grammar.iter(f"{RNG}define")}
        self.used: Counter[etree._Element] = Counter()
        self.alternatives = {
            option
            for choice in grammar.iter(f"{RNG}choice")
            for option in choice
            if option.tag != f"{RNG}data"
        }
        self._random = random.Random(seed)
        self._ids = count(1)
        self._patterns = [
            pattern for pattern in grammar.iter(etree.Element) if pattern.tag != f"{RNG}grammar"
        ]
        self._least = self._measure()
        self._size = 0

    @property
    def unused(self) -> set[etree._Element]:
        """The alternatives that no document has had yet."""
        return {option for option in self.alternatives if not self.used[option]}

    def document(self) -> bytes:
        """A new document, valid by construction."""
        self._size = 0
        holder = etree.Element("holder", nsmap={None: TEI_NS})
        self._make(self.start, holder, 0)
        return etree.tostring(holder[0], encoding="UTF-8")

    def _make(self, pattern: etree._Element, parent: etree._Element, depth: int) -> None:
        kind = etree.QName(pattern).localname
        if kind == "element":
            # The parts near the root share nothing: a large front must not starve the back.
            self._size = 0 if depth < SHALLOW else self._size + 1
            child = etree.SubElement(parent, f"{{{TEI_NS}}}{pattern.get('name')}")
            self._all(pattern, child, depth + 1)
            if depth < SHALLOW:
                self._size = 0
        elif kind == "attribute":
            self._attribute(pattern, parent)
        elif kind == "ref":
            for part in self.definitions[str(pattern.get("name"))]:
                self._make(part, parent, depth)
        elif kind == "choice":
            self._make(self._choose(pattern, depth), parent, depth)
        elif kind in {"zeroOrMore", "oneOrMore", "optional"}:
            for _ in range(self._times(kind, pattern, depth)):
                self._all(pattern, parent, depth)
        elif kind in {"group", "start"}:
            self._all(pattern, parent, depth)
        elif kind == "text":
            self._text(parent)
        else:
            assert kind == "empty", kind

    def _all(self, pattern: etree._Element, parent: etree._Element, depth: int) -> None:
        for part in pattern.iterchildren(etree.Element):
            self._make(part, parent, depth)

    def _choose(self, choice: etree._Element, depth: int) -> etree._Element:
        options = list(choice.iterchildren(etree.Element))
        if self._exhausted(depth):
            return min(options, key=self._least.__getitem__)
        return self._next(options)

    def _next(self, options: list[etree._Element]) -> etree._Element:
        option = min(options, key=lambda o: (self.used[o], self._random.random()))
        self.used[option] += 1
        return option

    def _times(self, kind: str, pattern: etree._Element, depth: int) -> int:
        least = int(kind == "oneOrMore")
        if self._exhausted(depth):
            return least
        if kind == "optional":
            return (
                self._random.randrange(6) // 5 if self._is_attribute(pattern) else self._random.randrange(2)
            )
        return least + self._random.choice([0, 1, 1, 2, 3])

    def _is_attribute(self, pattern: etree._Element) -> bool:
        part = pattern[0]
        while part.tag == f"{RNG}ref":
            part = self.definitions[str(part.get("name"))][0]
        return part.tag == f"{RNG}attribute"

    def _exhausted(self, depth: int) -> bool:
        return depth > DEEPEST or self._size > LARGEST

    def _measure(self) -> dict[etree._Element, int]:
        """How many elements deep the least is that each pattern allows."""
        least = dict.fromkeys(self._patterns, 1000)
        while True:
            found = {pattern: self._least_of(pattern, least) for pattern in self._patterns}
            if found == least:
                return found
            least = found

    def _least_of(self, pattern: etree._Element, least: dict[etree._Element, int]) -> int:
        kind = etree.QName(pattern).localname
        if kind in {"zeroOrMore", "optional", "attribute"}:
            return 0
        named = kind == "ref"
        parts = (
            self.definitions[str(pattern.get("name"))] if named else list(pattern.iterchildren(etree.Element))
        )
        depths = [least[part] for part in parts] or [0]
        if kind == "choice":
            return min(depths)
        return max(depths) + (kind == "element")

    def _text(self, parent: etree._Element) -> None:
        if len(parent):
            parent[-1].tail = f"{parent[-1].tail or ''}text"
        else:
            parent.text = f"{parent.text or ''}text"

    def _attribute(self, pattern: etree._Element, element: etree._Element) -> None:
        name = str(pattern.get("name"))
        if name.startswith("xml:"):
            name = f"{{http://www.w3.org/XML/1998/namespace}}{name[4:]}"
        element.set(name, self._value(pattern[0], str(pattern.get("name"))))

    def _value(self, pattern: etree._Element, attribute: str) -> str:
        kind = etree.QName(pattern).localname
        if kind == "value":
            return str(pattern.text)
        if kind == "choice":
            return self._value(self._next(list(pattern)), attribute)
        if kind == "list":
            part = pattern[0][0]
            return " ".join(self._value(part, attribute) for _ in range(self._random.choice([1, 1, 2])))
        if kind == "ref":
            name = str(pattern.get("name"))
            if name in VALUES:
                return self._random.choice(VALUES[name])
            return self._value(self.definitions[name][0], attribute)
        assert kind == "data", kind
        if pattern.get("type") == "ID":
            return f"x{next(self._ids)}"
        return self._random.choice(VALUES.get(attribute) or VALUES[str(pattern.get("type"))])
