"""The rules of a schema with their expressions ready to run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from lxml import etree

from tei.problems import Severity
from tei.schematron.expressions import Expression
from tei.schematron.lexer import tokens
from tei.schematron.model import Check, LeftOut, Let, Message, Name, Pattern, Rule, Schema, Text
from tei.schematron.nodes import CannotRunError
from tei.schematron.quick import Quick, asked
from tei.schematron.translate import translate

_SEVERITIES: Final[dict[str, Severity]] = {
    "warning": "warning",
    "warn": "warning",
    "nonfatal": "warning",
    "info": "info",
    "information": "info",
    "hint": "info",
}

Ready = tuple[str | Expression | None, ...]
"""A message: text, values, and ``None`` for the name of the node."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; ``everywhere`` says that it has one value for a whole document.

    ``scope`` are the variables that were declared before it.
    """

    expression: Expression
    everywhere: bool
    scope: Mapping[str, Variable]


@dataclass(frozen=True, slots=True)
class ReadyCheck:
    """An assertion. ``failing`` finds all places in a document at once that it speaks of, if that can be."""

    check: Check
    test: Expression
    message: Ready
    diagnostics: tuple[Ready, ...]
    subject: Expression | None
    failing: etree.XPath | None
    severity: Severity


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule; ``rest`` are conditions of its context that each node found is still to be asked for."""

    rule: Rule
    context: Expression
    rest: tuple[Expression, ...]
    root: bool
    variables: Mapping[str, Variable]
    checks: tuple[ReadyCheck, ...]


@dataclass(frozen=True, slots=True)
class ReadyPattern:
    """A pattern, or as much of it as can be run."""

    pattern: Pattern
    rules: tuple[ReadyRule, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(slots=True)
class _Scope:
    """The variables in force: as expressions, and those that XPath 1.0 can do in XPath 1.0."""

    variables: dict[str, Variable] = field(default_factory=dict)
    known: dict[str, Quick] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def copy(self) -> _Scope:
        return _Scope(dict(self.variables), dict(self.known), dict(self.broken))


class Preparer:
    """Makes the patterns of ``schema`` ready to run.

    Its method raises :class:`~tei.errors.SchemaError` for an expression that is none.
    """

    def __init__(self, schema: Schema) -> None:
        self._first = schema.first
        self._whole = _Scope()
        # A variable of one pattern is seen in all of them by the XSLT that others make of a schema, and ODDs
        # rely on it. One of a pattern's own comes first.
        for pattern in schema.patterns:
            self._add(self._whole, pattern.lets, everywhere=True)
        self._add(self._whole, schema.lets, everywhere=True)
        for phase in schema.phases.values():
            self._add(self._whole, phase.lets, everywhere=True)

    def pattern(self, pattern: Pattern) -> ReadyPattern:
        """Return ``pattern`` ready to run. Behind a rule that cannot be run no other of its pattern is."""
        scope = self._whole.copy()
        self._add(scope, pattern.lets, everywhere=True)
        rules: list[ReadyRule] = []
        left_out: list[LeftOut] = []
        for number, rule in enumerate(pattern.rules):
            try:
                rules.append(self._rule(rule, scope, left_out))
            except CannotRunError as problem:
                left_out.append(_left_out(rule.context, f"the rule for {rule.context.source}", str(problem)))
                left_out += [
                    _left_out(
                        other.context,
                        f"the rule for {other.context.source}",
                        "the rule before it in its pattern cannot be run",
                    )
                    for other in pattern.rules[number + 1 :]
                ]
                break
        return ReadyPattern(pattern, tuple(rules), tuple(left_out))

    def _add(self, scope: _Scope, lets: Iterable[Let], *, everywhere: bool) -> None:
        for let in lets:
            scope.known.pop(let.name, None)
            scope.broken.pop(let.name, None)
            if let.value is None:
                scope.broken[let.name] = (
                    "its value is not in the attribute value, and content is not supported"
                )
                continue
            try:
                expression = self._expression(let.value, scope, value=True)
                scope.variables[let.name] = Variable(expression, everywhere, dict(scope.variables))
            except CannotRunError as problem:
                scope.broken[let.name] = str(problem)
                continue
            # In a rule a variable of its own may be written out; one of the schema has another context.
            if expression.quick is not None and (expression.quick.absolute or not everywhere):
                scope.known[let.name] = translate(let.value.source, scope.known, first=self._first)

    def _rule(self, rule: Rule, outer: _Scope, left_out: list[LeftOut]) -> ReadyRule:
        context = self._expression(rule.context, outer, pattern=True)
        quick = context.quick
        root = quick is not None and quick.text == "/"
        texts = quick.rest if quick is not None else ()
        rest = tuple(self._expression(_like(rule.context, text), _Scope()) for text in texts)
        scope = outer.copy()
        self._add(scope, rule.lets, everywhere=False)
        checks: list[ReadyCheck] = []
        for check in rule.checks:
            try:
                checks.append(self._check(check, context, scope))
            except CannotRunError as problem:
                what = (
                    f"{check.kind} {check.id}" if check.id else f"{check.kind} {_folded(check.test.source)}"
                )
                left_out.append(_left_out(check.test, what, str(problem)))
        return ReadyRule(rule, context, rest, root, scope.variables, tuple(checks))

    def _check(self, check: Check, context: Expression, scope: _Scope) -> ReadyCheck:
        test = self._expression(check.test, scope)
        return ReadyCheck(
            check,
            test,
            self._ready(check.message, scope),
            tuple(self._ready(message, scope) for message in check.diagnostics),
            None if check.subject is None else self._expression(check.subject, scope, value=True),
            _failing(check, context, test),
            _SEVERITIES.get((check.role or "").lower(), "error"),
        )

    def _ready(self, message: Message, scope: _Scope) -> Ready:
        return tuple(
            part
            if isinstance(part, str)
            else (None if part.path is None else self._expression(_named(part.path), scope, value=True))
            if isinstance(part, Name)
            else self._expression(part.select, scope, value=True)
            for part in message
        )

    def _expression(
        self, text: Text, scope: _Scope, *, pattern: bool = False, value: bool = False
    ) -> Expression:
        expression = Expression(text, scope.known, first=self._first, pattern=pattern, value=value)
        for name in expression.variables:
            if name in scope.broken:
                raise CannotRunError(f"the variable ${name} cannot be worked out: {scope.broken[name]}")
            if name not in scope.variables and f"${name}" not in _bound(text.source):
                raise CannotRunError(f"it uses the variable ${name}, which no <let> declares")
        return expression


def _failing(check: Check, context: Expression, test: Expression) -> etree.XPath | None:
    """Return the expression that finds all places that ``check`` speaks of at once, if there can be one."""
    where, what = context.quick, test.quick
    if where is None or what is None or where.rest or what.current:
        return None
    if what.follows and ("@" in where.text or "attribute::" in where.text):
        return None
    condition = f"{'not' if check.kind == 'assert' else 'boolean'}({asked(what)})"
    found = f"({where.text})[{condition}]"
    return test.compile(f"boolean({found})" if where.text == "/" else found)


def _bound(source: str) -> set[str]:
    """Return the variables that an expression declares itself, with their signs."""
    found = tokens(source)
    if any(token.text == "function" for token in found):
        return {token.text for token in found if token.kind == "variable"}
    return {
        token.text
        for token, behind in pairwise(found)
        if token.kind == "variable" and behind.text in ("in", ":=")
    }


def _named(path: Text) -> Text:
    return _like(path, f"name({path.source})")


def _like(text: Text, source: str) -> Text:
    return Text(source, text.namespaces, text.path, text.line)


def _left_out(text: Text, what: str, reason: str) -> LeftOut:
    return LeftOut(_folded(what), reason, text.path, text.line)


def _folded(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 100 else text[:99] + "…"
