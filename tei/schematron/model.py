"""A Schematron schema as data, all includes and abstract parts resolved, and what it finds.

The names are those of ISO/IEC 19757-3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from tei.problems import Severity


class Failure(NamedTuple):
    """What one rule says of one place in a document.

    ``kind``: an ``assert`` that does not hold, a ``report`` that does, or ``unrun``: a rule that could not be
    run, here or at all. ``element`` is where: the element itself, the one that the text or the attribute
    hangs on (``attribute`` is its full name), ``None`` for the whole document. ``severity`` comes from
    ``role``. ``see`` is the address of a page that tells more. ``context`` is the rule's;
    ``schema`` and ``line`` are where it stands.
    """

    kind: Literal["assert", "report", "unrun"]
    message: str
    element: etree._Element | None
    attribute: str | None = None
    id: str | None = None
    role: str | None = None
    severity: Severity = "error"
    see: str | None = None
    diagnostics: tuple[str, ...] = ()
    context: str = ""
    schema: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """An expression as it stands in a schema: with the prefixes known there, and its place."""

    source: str
    namespaces: Mapping[str, str]
    path: str
    line: int | None


@dataclass(frozen=True, slots=True)
class ValueOf:
    """``value-of``: the value of an expression."""

    select: Text


@dataclass(frozen=True, slots=True)
class Name:
    """``name``: the name of the node, or of the one that ``path`` leads to."""

    path: Text | None


Message = tuple[str | ValueOf | Name, ...]


@dataclass(frozen=True, slots=True)
class Let:
    """A variable; ``None`` stands for a value that is content, which cannot be worked out here."""

    name: str
    value: Text | None


@dataclass(frozen=True, slots=True)
class Check:
    """An ``assert`` or a ``report``."""

    kind: Literal["assert", "report"]
    test: Text
    message: Message
    id: str | None
    role: str | None
    see: str | None
    subject: Text | None
    diagnostics: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the nodes that it is for, and what is asked of them."""

    context: Text
    lets: tuple[Let, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: of its rules, the first one that fits a node is the one for that node."""

    id: str | None
    lets: tuple[Let, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase: the patterns that are active in it."""

    id: str
    active: frozenset[str]
    lets: tuple[Let, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a schema that cannot be run, and why."""

    what: str
    reason: str
    path: str
    line: int | None


@dataclass(slots=True)
class Schema:
    """A whole schema. ``first`` says that its expressions are in XPath 1.0."""

    path: str
    first: bool = False
    lets: list[Let] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)
    phases: dict[str, Phase] = field(default_factory=dict)
    default_phase: str | None = None
    left_out: list[LeftOut] = field(default_factory=list)
