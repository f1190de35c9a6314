"""What an ODD says, as plain values: specifications of elements, classes, macros and types of values.

The words are those of chapter 22 of the TEI Guidelines, Documentation Elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


class OddError(ValueError):
    """An ODD says something that is wrong, or that the compiler does not know; with file and line."""


@dataclass(frozen=True, slots=True)
class Text:
    """``textNode``: any text."""


@dataclass(frozen=True, slots=True)
class Empty:
    """``empty``: nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """``elementRef``, ``classRef`` or ``macroRef``; ``most`` is ``None`` for any number."""

    kind: Literal["element", "class", "macro"]
    key: str
    line: int
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True)
class Group:
    """``sequence`` or ``alternate`` of other content."""

    kind: Literal["sequence", "alternate"]
    parts: tuple[Content, ...]
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True)
class Data:
    """``dataRef`` with a name: a type of W3C XML Schema and what narrows it, as (facet, value)."""

    name: str
    facets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DataReference:
    """``dataRef`` with a key: a ``dataSpec`` of the same ODD."""

    key: str
    line: int


@dataclass(frozen=True, slots=True)
class Value:
    """``valItem``: one value of a list, and what it means."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Values:
    """A closed ``valList``."""

    values: tuple[Value, ...]


Content = Text | Empty | Reference | Group
ValueType = Data | DataReference | Values


@dataclass(frozen=True, slots=True)
class Attribute:
    """``attDef``; ``many``: the value is a list; ``suggested``: the values of an open ``valList``."""

    name: str
    required: bool
    description: str
    type: ValueType
    many: bool
    suggested: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ValueOf:
    """``sch:value-of``: what an expression gives in the document."""

    select: str


@dataclass(frozen=True, slots=True)
class Rule:
    """``constraintSpec``: one Schematron assertion in one context.

    ``message`` says what is wrong, ``remedy`` how to mend it; ``see`` is a web address.
    """

    code: str
    description: str
    context: str
    test: str
    message: tuple[str | ValueOf, ...]
    remedy: str
    role: str
    see: str


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """``elementSpec``; ``name`` differs from ``ident`` where an element has several specifications.

    ``examples`` are XML in the namespace of TEI, without declaring it; ``remarks`` are Markdown.
    """

    ident: str
    name: str
    gloss: str
    description: str
    classes: tuple[str, ...]
    content: Content
    rules: tuple[Rule, ...]
    attributes: tuple[Attribute, ...]
    examples: tuple[str, ...]
    remarks: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ClassSpec:
    """``classSpec``: a class of attributes (``atts``) or of elements (``model``)."""

    ident: str
    kind: Literal["atts", "model"]
    description: str
    classes: tuple[str, ...]
    rules: tuple[Rule, ...]
    attributes: tuple[Attribute, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MacroSpec:
    """``macroSpec``: a content model with a name."""

    ident: str
    description: str
    content: Content
    line: int


@dataclass(frozen=True, slots=True)
class DataSpec:
    """``dataSpec``: a type of values with a name; several types are alternatives."""

    ident: str
    description: str
    types: tuple[ValueType, ...]
    line: int


Spec = ElementSpec | ClassSpec | MacroSpec | DataSpec


@dataclass(frozen=True, slots=True)
class Section:
    """A ``div`` of the ODD: heading, paragraphs in Markdown, and the specifications in it."""

    ident: str
    title: str
    paragraphs: tuple[str, ...]
    specs: tuple[Spec, ...]


@dataclass(frozen=True, slots=True)
class Odd:
    """A whole ODD; ``specs`` are those of its schema, by ``ident``, in the order of the schema."""

    title: str
    start: str
    namespace: str
    sections: tuple[Section, ...]
    specs: dict[str, Spec]

    def elements(self) -> Iterator[ElementSpec]:
        """The specifications of elements, in the order of the schema."""
        return (spec for spec in self.specs.values() if isinstance(spec, ElementSpec))

    def classes(self) -> Iterator[ClassSpec]:
        """The classes, in the order of the schema."""
        return (spec for spec in self.specs.values() if isinstance(spec, ClassSpec))

    def members(self, key: str) -> list[ElementSpec | ClassSpec]:
        """The elements and classes that name the class ``key`` as theirs, in the order of the schema."""
        return [
            spec
            for spec in self.specs.values()
            if isinstance(spec, ElementSpec | ClassSpec) and key in spec.classes
        ]

    def rules(self) -> list[Rule]:
        """All rules, by code."""
        holders = (s for s in self.specs.values() if isinstance(s, ElementSpec | ClassSpec))
        return sorted((rule for holder in holders for rule in holder.rules), key=lambda rule: rule.code)
