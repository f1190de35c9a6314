"""Make up small schemas that use all of RELAX NG, and documents that may or may not be valid by them."""

from __future__ import annotations

import random
from typing import Final

NS: Final = (
    'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
)
ELEMENTS: Final = ("a", "b", "c", "d")
ATTRIBUTES: Final = ("x", "y", "z", "v", "w")
TEXTS: Final = ("", "", " ", "t", "1", "-7", "1 2", "t t", "true")


class Maker:
    """One random schema and its documents."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.repeated = 0

    def schema(self) -> str:
        """A grammar with five definitions of elements, which may be used in each other."""
        defines = "".join(f'<define name="e{n}">{self._element()}</define>' for n in range(5))
        twice = f'<define name="m" combine="{self._one("choice", "interleave")}">{{}}</define>'
        more = "".join(twice.format(self.pattern(1)) for _ in range(2))
        return f"<grammar {NS}><start>{self._root()}</start>{defines}{more}</grammar>"

    def _root(self) -> str:
        return f'<element name="r">{self.pattern(3)}</element>'

    def _one(self, *options: str) -> str:
        return self.random.choice(options)

    def _element(self) -> str:
        return f"<element>{self._name(ELEMENTS)}{self.pattern(2)}</element>"

    def _name(self, names: tuple[str, ...]) -> str:
        name = f"<name>{self._one(*names)}</name>"
        kind = self.random.random()
        if kind < 0.8:
            return name
        if kind < 0.9:
            return f"<choice>{name}<name>{self._one(*names)}</name></choice>"
        return self._one(
            f"<anyName><except>{name}</except></anyName>", '<nsName ns="urn:n"/>', "<anyName/>",
            f'<anyName><except><nsName ns="urn:n"/>{name}</except></anyName>',
        )  # fmt: skip

    def pattern(self, depth: int) -> str:
        """A random pattern, of at most ``depth`` levels."""
        if depth == 0 or self.random.random() < 0.15:
            return self._leaf()
        kind = self._one(
            "group", "group", "choice", "choice", "interleave", "optional", "zeroOrMore", "oneOrMore", "mixed"
        )
        count = self.random.randint(2, 3) if kind in ("group", "choice", "interleave") else 1
        # Most schemas should be sound: a group with attributes may not be repeated.
        more = kind.endswith("OrMore")
        self.repeated += more
        inside = "".join(self.pattern(depth - 1) for _ in range(count))
        self.repeated -= more
        return f"<{kind}>{inside}</{kind}>"

    def _leaf(self) -> str:
        kind = self.random.random()
        if kind < 0.45:
            return f'<ref name="e{self.random.randint(0, 4)}"/>'
        if kind < 0.5:
            return '<ref name="m"/>'
        if kind < 0.75 and (not self.repeated or self.random.random() < 0.03):
            name = self._name(ATTRIBUTES)
            made = f"<attribute>{name}{self._value()}</attribute>"
            return f"<oneOrMore>{made}</oneOrMore>" if "Name" in name else made
        if kind < 0.85:
            return "<text/>"
        if kind < 0.92:
            return "<empty/>"
        return self._value() if kind < 0.94 else "<notAllowed/>"

    def _value(self) -> str:
        return self._one(
            "<text/>",
            '<data type="integer"/>',
            '<data type="token"><param name="minLength">1</param></data>',
            "<value>t</value>", '<value type="integer">1</value>',
            "<list><oneOrMore><data type='integer'/></oneOrMore></list>",
            '<data type="token"><except><value>t</value></except></data>',
            "<choice><value>1</value><value>t</value></choice>",
            "<list><value>t</value><optional><value>t</value></optional></list>",
            "<empty/>",
        )  # fmt: skip

    def document(self) -> str:
        """A random document whose names are those of the schemas."""
        return self._make("r", 0)

    def _make(self, name: str, depth: int) -> str:
        attributes = "".join(
            f' {key}="{self._one(*TEXTS)}"' for key in ATTRIBUTES if self.random.random() < 0.25
        )
        space = ' xmlns="urn:n"' if depth and self.random.random() < 0.05 else ""
        inside = self._one(*TEXTS)
        if depth < 3:
            for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
                inside += self._make(self._one(*ELEMENTS), depth + 1) + self._one("", "", "", " ", "t")
        return f"<{name}{space}{attributes}>{inside}</{name}>"
