"""Schemas, documents and expressions made for tests."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tei.parse import parse_bytes
from tei.schematron import Failure, Schematron, load_schematron

SCH = "http://purl.oclc.org/dsdl/schematron"
TEI = "http://www.tei-c.org/ns/1.0"


def schema_text(body: str, *, binding: str = "xslt2", head: str = "") -> str:
    return (
        f'<schema xmlns="{SCH}" queryBinding="{binding}" {head}>'
        f'<ns prefix="tei" uri="{TEI}"/><ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>{body}</schema>'
    )


def load(directory: Path, body: str, *, binding: str = "xslt2", head: str = "") -> Schematron:
    """The schema with ``body`` in it."""
    file = directory / "rules.sch"
    file.write_text(schema_text(body, binding=binding, head=head), encoding="utf-8")
    return load_schematron(file)


def document(body: str) -> etree._ElementTree:
    """A TEI document with ``body`` in its body, which stands in line 1."""
    return parse_bytes(f'<TEI xmlns="{TEI}"><text><body>{body}</body></text></TEI>'.encode())


def check(
    directory: Path, body: str, text: str, *, binding: str = "xslt2", phase: str | None = None
) -> list[Failure]:
    return load(directory, body, binding=binding).check(document(text), phase)


def rule(context: str, *checks: str) -> str:
    return f'<pattern><rule context="{context}">{"".join(checks)}</rule></pattern>'


def messages(failures: list[Failure]) -> list[str]:
    return [failure.message for failure in failures]


STEPS = (
    [
        "tei:p",
        "tei:q",
        "tei:hi",
        "*",
        "tei:*",
        "text()",
        "node()",
        "parent::*",
        "self::tei:p",
        "ancestor::tei:p",
    ],
    ["following-sibling::*", "preceding-sibling::tei:p", "preceding::tei:q", "following::tei:hi"],
    ["descendant::tei:hi", "ancestor-or-self::*"],
)


class Expressions:
    """Random expressions; ``later`` adds what only XPath 2.0 has."""

    def __init__(self, seed: int, *, later: bool) -> None:
        self.random = random.Random(seed)
        self.later = later

    def one(self, depth: int = 3) -> str:
        """An expression that is true or false."""
        choose = self.random.choice
        if depth == 0:
            return choose([self.path(0), "true()", f"{self.string(0)} = {self.string(0)}"])
        number, operator = choose("0123"), choose(["<", "<=", ">", ">=", "=", "!="])
        made: dict[str, Callable[[], str]] = {
            "path": lambda: self.path(depth),
            "not": lambda: f"not({self.one(depth - 1)})",
            "both": lambda: f"({self.one(depth - 1)} {choose(['and', 'or'])} {self.one(depth - 1)})",
            "equal": lambda: f"{self.either(depth)} {choose(['=', '!='])} {self.either(depth)}",
            "number": lambda: f"string-length({self.single()}) {operator} {number}",
            "count": lambda: f"count({self.path(depth - 1)}) {operator} {number} + {choose('01')}",
            "string": lambda: f"{choose(['contains', 'starts-with'])}({self.single()}, {self.string(0)})",
        }
        later: dict[str, Callable[[], str]] = {
            "value": lambda: f"{self.single()} {choose(['eq', 'ne'])} {self.string(depth - 1)}",
            "list": lambda: f"{self.path(depth - 1)} {choose(['=', '!='])} ('x', 'b', '')",
            "if": lambda: (
                f"(if ({self.one(depth - 1)}) then {self.one(depth - 1)} else {self.one(depth - 1)})"
            ),
            "exists": lambda: f"{choose(['exists', 'empty'])}({self.path(depth - 1)})",
        }
        return choose(list({**made, **(later if self.later else {})}.values()))()

    def either(self, depth: int) -> str:
        return self.random.choice([self.path(depth - 1), self.string(depth - 1), self.single()])

    def single(self) -> str:
        return self.random.choice(
            ["@a", "@b", ".", "..", "parent::tei:p", "self::tei:q", "tei:p[1]", "(//tei:q)[2]/@a"]
        )

    def string(self, depth: int) -> str:
        choose = self.random.choice
        if depth <= 0:
            return choose(["'x'", "'b'", "''", '"x y"'])
        return choose(
            [
                f"normalize-space({self.single()})",
                f"substring-before({self.single()}, 'y')",
                f"translate({self.single()}, 'xy', 'yx')",
                f"concat({self.single()}, {self.string(depth - 1)})",
                "local-name()",
                f"string({self.single()})",
                f"substring({self.single()}, 2)",
            ]
        )

    def path(self, depth: int) -> str:
        choose = self.random.choice
        steps = [self.step(depth) for _ in range(choose([1, 1, 2, 2, 3]))]
        return choose(["", "", "", "//", ".//", "../", "/tei:TEI/"]) + choose(["/", "/", "//"]).join(steps)

    def step(self, depth: int) -> str:
        choose = self.random.choice
        step = choose([step for steps in STEPS for step in steps])
        if depth and self.random.random() < 0.4:
            predicate = choose(
                [self.one(depth - 1), self.one(depth - 1), "1", "2", "last()", "position() = 1", "@a"]
            )
            step += f"[{predicate}]"
        return step

    def document(self) -> etree._ElementTree:
        """A random document of some twenty elements."""
        choose = self.random.choice
        root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
        elements = [root]
        for _ in range(20):
            element = etree.SubElement(choose(elements[-6:]), f"{{{TEI}}}{choose(['p', 'q', 'hi'])}")
            for name in ("a", "b"):
                if self.random.random() < 0.4:
                    element.set(name, choose(["x", "y", "x y", "", " b "]))
            element.text = choose([None, "x", "b", " x y ", ""])
            element.tail = choose([None, "y", " "])
            elements.append(element)
        return parse_bytes(etree.tostring(root))
