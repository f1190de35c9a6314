"""Read a Schematron schema: its parts, with abstract rules and patterns filled in (ISO/IEC 19757-3, 5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from tei.errors import LimitError
from tei.files import read_bytes
from tei.names import TEI_NS
from tei.relaxng.syntax import MAX_BYTES, Sources
from tei.schematron.embedded import embedded
from tei.schematron.model import (
    Check,
    LeftOut,
    Let,
    Message,
    Name,
    Pattern,
    Phase,
    Rule,
    Schema,
    Text,
    ValueOf,
)
from tei.schematron.parts import MAX_DEPTH, OLD, Part, children

MAX_CHECKS: Final = 10_000
"""How many assertions one schema may have, those of abstract rules counted each time."""
MAX_LETS: Final = 1_000
"""How many variables one schema may have, those of abstract rules counted each time."""

_FIRST: Final = frozenset({"xslt", "xslt1", "xpath", "xpath1"})
_LATER: Final = frozenset({"xslt2", "xslt3", "xpath2", "xpath3", "xpath31"})
_SILENT: Final = frozenset(
    {"", "title", "p", "properties", "property", "ns", "diagnostics", "param", "rules"}
)
_XSL: Final = "http://www.w3.org/1999/XSL/Transform"
_INLINE: Final = frozenset({"emph", "dir", "span"})

Fill = Callable[[str], str]


def read_schema(path: str | Path) -> Schema:
    """Return the Schematron schema in the file ``path``, or the one embedded in another schema there.

    :raises SchemaError: it cannot be used, with the place of what is wrong.
    :raises FileError, ParseError, LimitError: one of its files cannot be read or parsed, or is too large.
    """
    main = Path(path)
    sources = Sources(main, read_bytes(main, limit=MAX_BYTES))
    # Chains of files are compared by their real paths, so that no link can lead back unseen.
    part = Part(sources.root(), (main.resolve(),))
    schema = Schema(str(path))
    if part.name == "schema":
        _binding(part, schema)
        parts = list(children(part, sources))
        schema.default_phase = part.get("defaultPhase")
    else:
        if isinstance(part.element.tag, str) and etree.QName(part.element).namespace == OLD:
            raise part.error(
                "this is Schematron 1.5, of before the standard; it is not read",
                "change its namespace to http://purl.oclc.org/dsdl/schematron",
            )
        # TEI writes its rules in XPath 2.0; RELAX NG has no place to say so.
        parts = list(embedded(part, sources, schema))
        if not parts:
            raise part.error(
                f"no Schematron rule is in this file; its root is <{etree.QName(part.element).localname}>"
            )
    _Reader(sources, schema, {} if part.name == "schema" else {"tei": TEI_NS}).read(parts)
    return schema


def _binding(part: Part, schema: Schema) -> None:
    binding = (part.get("queryBinding") or "xslt").lower()
    if binding not in _FIRST | _LATER:
        raise part.error(
            f"the query language “{binding}” is not supported",
            'write queryBinding="xslt" (XPath 1.0) or queryBinding="xslt2" (XPath 2.0 and later)',
        )
    schema.first = binding in _FIRST


@dataclass(slots=True)
class _Scope:
    """What is known of the whole schema before its rules are read."""

    namespaces: dict[str, str] = field(default_factory=dict)
    abstract_rules: dict[str, Part] = field(default_factory=dict)
    abstract_patterns: dict[str, Part] = field(default_factory=dict)
    diagnostics: dict[str, Part] = field(default_factory=dict)


class _Reader:
    def __init__(self, sources: Sources, schema: Schema, assumed: Mapping[str, str]) -> None:
        self.sources = sources
        self.assumed = assumed
        self.schema = schema
        self.scope = _Scope()
        self.checks = 0
        self.lets = 0

    def read(self, parts: list[Part]) -> None:
        for part in parts:
            self._collect(part)
        handlers: dict[str, Callable[[Part], None]] = {
            "let": lambda part: self.schema.lets.append(self._let(part, _same)),
            "pattern": self._pattern,
            "phase": self._phase,
        }
        for part in parts:
            handler = handlers.get(part.name)
            if handler is not None:
                handler(part)
            elif part.name not in _SILENT:
                self._leave_out(part, f"<{part.name}>", "it is not supported here")
            elif not part.name:
                self._foreign(part)

    def _collect(self, part: Part) -> None:
        scope = self.scope
        if part.name == "ns":
            scope.namespaces[part.needed("prefix")] = part.needed("uri")
        elif part.name == "pattern":
            if part.get("abstract") == "true":
                scope.abstract_patterns[part.needed("id")] = part
            for child in children(part, self.sources):
                if child.name == "rule" and child.get("abstract") == "true":
                    scope.abstract_rules[child.needed("id")] = child
        elif part.name == "rules":
            for child in children(part, self.sources):
                scope.abstract_rules[child.needed("id")] = child
        elif part.name == "diagnostics":
            for child in children(part, self.sources):
                scope.diagnostics[child.needed("id")] = child

    def _foreign(self, part: Part) -> None:
        name = etree.QName(part.element)
        if name.namespace == _XSL and name.localname not in ("output", "strip-space", "preserve-space"):
            label = part.get("name")
            self._leave_out(
                part,
                f"<xsl:{name.localname}>" + (f" {label}" if label else ""),
                "XSLT inside a schema is not supported; rules that use it are left out",
            )

    def _leave_out(self, part: Part, what: str, reason: str) -> None:
        self.schema.left_out.append(LeftOut(what, reason, str(part.files[-1]), part.element.sourceline))

    # --- parts of a schema

    def _phase(self, part: Part) -> None:
        name = part.needed("id")
        inner = list(children(part, self.sources))
        self.schema.phases[name] = Phase(
            name,
            frozenset(child.needed("pattern") for child in inner if child.name == "active"),
            tuple(self._let(child, _same) for child in inner if child.name == "let"),
        )

    def _pattern(self, part: Part) -> None:
        if part.get("abstract") == "true":
            return
        name, body = part.get("id"), part
        fill: Fill = _same
        if parent := part.get("is-a"):
            if parent not in self.scope.abstract_patterns:
                raise part.error(f"there is no abstract pattern with the id {parent}")
            body = self.scope.abstract_patterns[parent]
            fill = _filler(
                {
                    child.needed("name"): child.needed("value")
                    for child in children(part, self.sources)
                    if child.name == "param"
                }
            )
        if body.get("documents") or part.get("documents"):
            self._leave_out(
                part, f"the pattern {name or ''}".strip(), "it asks for other documents, which are not read"
            )
            return
        inner = list(children(body, self.sources))
        for child in inner:
            if child.name not in _SILENT | {"let", "rule"}:
                self._leave_out(child, f"<{child.name}>", "it is not supported here")
        self.schema.patterns.append(
            Pattern(
                name,
                tuple(self._let(child, fill) for child in inner if child.name == "let"),
                tuple(
                    self._rule(child, fill)
                    for child in inner
                    if child.name == "rule" and child.get("abstract") != "true"
                ),
            )
        )

    def _rule(self, part: Part, fill: Fill) -> Rule:
        context = self._text(part, "context", fill)
        lets: list[Let] = []
        checks: list[Check] = []
        self._rule_body(part, fill, lets, checks, (), part)
        return Rule(context, tuple(lets), tuple(checks))

    def _rule_body(
        self, part: Part, fill: Fill, lets: list[Let], checks: list[Check], chain: tuple[str, ...], rule: Part
    ) -> None:
        for child in children(part, self.sources):
            if child.name == "let":
                lets.append(self._let(child, fill))
            elif child.name in ("assert", "report"):
                self.checks += 1
                if self.checks > MAX_CHECKS:
                    raise LimitError(
                        f"the schema has more than {MAX_CHECKS} assertions", path=self.schema.path
                    )
                checks.append(self._check(child, fill, rule))
            elif child.name == "extends":
                name = child.needed("rule")
                if name in chain or len(chain) > MAX_DEPTH:
                    raise child.error(f"the abstract rule {name} extends itself")
                if name not in self.scope.abstract_rules:
                    raise child.error(f"there is no abstract rule with the id {name}")
                self._rule_body(self.scope.abstract_rules[name], fill, lets, checks, (*chain, name), rule)
            elif child.name and child.name not in _SILENT:
                self._leave_out(child, f"<{child.name}>", "it is not supported here")

    def _check(self, part: Part, fill: Fill, rule: Part) -> Check:
        kind: Literal["assert", "report"] = "assert" if part.name == "assert" else "report"
        diagnostics = []
        for name in (part.get("diagnostics") or "").split():
            if name not in self.scope.diagnostics:
                raise part.error(f"there is no diagnostic with the id {name}")
            diagnostics.append(self._message(self.scope.diagnostics[name], fill))
        subject = part if part.get("subject") else rule
        return Check(
            kind,
            self._text(part, "test", fill),
            self._message(part, fill),
            part.get("id"),
            part.get("severity") or part.get("role") or rule.get("severity") or rule.get("role"),
            part.get("see") or rule.get("see"),
            self._text(subject, "subject", fill) if subject.get("subject") else None,
            tuple(diagnostics),
        )

    def _let(self, part: Part, fill: Fill) -> Let:
        self.lets += 1
        if self.lets > MAX_LETS:
            raise LimitError(f"the schema has more than {MAX_LETS} variables", path=self.schema.path)
        value = None if part.element.get("value") is None else self._text(part, "value", fill)
        return Let(part.needed("name"), value)

    # --- text and expressions

    def _text(self, part: Part, name: str, fill: Fill) -> Text:
        own = {prefix: uri for prefix, uri in part.element.nsmap.items() if prefix}
        namespaces = {**self.assumed, **own, **self.scope.namespaces}
        return Text(fill(part.needed(name)), namespaces, str(part.files[-1]), part.element.sourceline)

    def _message(self, part: Part, fill: Fill) -> Message:
        return tuple(self._pieces(part, fill))

    def _pieces(self, part: Part, fill: Fill) -> Iterable[str | ValueOf | Name]:
        if part.element.text:
            yield part.element.text
        for child in part.element:
            inner = Part(child, part.files)
            if inner.name == "value-of":
                yield ValueOf(self._text(inner, "select", fill))
            elif inner.name == "name":
                yield Name(self._text(inner, "path", fill) if inner.get("path") else None)
            elif isinstance(child.tag, str) and (inner.name in _INLINE or not inner.name):
                yield from self._pieces(inner, fill)
            if child.tail:
                yield child.tail


def _same(text: str) -> str:
    return text


def _filler(values: Mapping[str, str]) -> Fill:
    """Return a function that puts the values of an abstract pattern's parameters in their places."""
    if not values:
        return _same
    # The longest first: $item-name is not $item.
    names = "|".join(re.escape(name) for name in sorted(values, key=len, reverse=True))
    places = re.compile(rf"\$({names})(?![\w.\-])")
    return lambda text: places.sub(lambda match: values[match[1]], text)
