"""Run the rules of a schema on a document (ISO/IEC 19757-3, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from lxml import etree

from tei.errors import SchemaError
from tei.schematron.expressions import Expression
from tei.schematron.model import Failure, LeftOut, Schema
from tei.schematron.nodes import CannotRunError, Node, Nodes, as_node
from tei.schematron.read import read_schema
from tei.schematron.rules import Preparer, Ready, ReadyCheck, ReadyPattern, ReadyRule, Variable

MAX_FAILURES: Final = 1_000
"""How many failures of one document are listed."""
MAX_VISITS: Final = 4_000_000_000
"""How many elements libxml2 may look at in one document, as estimated from the expressions."""
MAX_WRONG: Final = 20
"""In how many places an assertion is tried that could not be run there."""
MAX_CHAIN: Final = 100
"""How many variables may depend on each other in a row."""
_LONGEST: Final = 1_000
_ALL: Final = "#ALL"
_STRING: Final = etree.XPath("string()")
_COUNT: Final = etree.XPath("count(//*)")


class Schematron:
    """A Schematron schema, ready for use on any number of documents."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        preparer = Preparer(schema)
        self._patterns = [preparer.pattern(pattern) for pattern in schema.patterns]

    @property
    def left_out(self) -> list[LeftOut]:
        """What of the schema cannot be run, and why."""
        return [*self._schema.left_out, *(one for pattern in self._patterns for one in pattern.left_out)]

    @property
    def phases(self) -> tuple[str, ...]:
        """The names of the phases of the schema."""
        return tuple(self._schema.phases)

    def check(self, tree: etree._ElementTree, phase: str | None = None) -> list[Failure]:
        """Return what the rules say of ``tree``, rule by rule, at most :data:`MAX_FAILURES`.

        ``phase`` is the phase to run; ``#ALL`` and, where the schema names no default, ``None`` are all
        patterns. What could not be run comes back as failures of the kind ``unrun``.

        :raises SchemaError: the schema has no such phase.
        """
        run = _Run(tree)
        for one in self._schema.left_out:
            run.failures.append(_unrun(one))
        for pattern in self._active(phase):
            for one in pattern.left_out:
                run.failures.append(_unrun(one))
            run.pattern(pattern)
            if len(run.failures) >= MAX_FAILURES:
                more = f"there are more than {MAX_FAILURES} failures; only these are listed"
                return [*run.failures[:MAX_FAILURES], Failure("unrun", more, None)]
        return run.failures

    def _active(self, phase: str | None) -> list[ReadyPattern]:
        name = phase or self._schema.default_phase or _ALL
        if name == _ALL:
            return self._patterns
        if name not in self._schema.phases:
            raise SchemaError(
                f"the schema has no phase {name}",
                path=self._schema.path,
                hint=f"its phases are: {', '.join(self.phases)}"
                if self.phases
                else "it has no phases at all",
            )
        active = self._schema.phases[name].active
        return [pattern for pattern in self._patterns if pattern.pattern.id in active]


def load_schematron(path: str | Path) -> Schematron:
    """Return the Schematron schema in the file ``path``: one by itself, or rules embedded in another schema.

    That may be a RELAX NG schema, a W3C schema or a TEI ODD.

    :raises SchemaError: the schema cannot be used, with the place of what is wrong.
    :raises FileError, ParseError, LimitError: one of its files cannot be read or parsed, or is too large.
    """
    return Schematron(read_schema(path))


class _ContextError(Exception):
    """The nodes that a rule is for cannot be found."""


class _Run:
    """One document being checked."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self.tree = tree
        self.nodes = Nodes(tree)
        self.failures: list[Failure] = []
        self._size: int | None = None
        self._visits = 0
        self._values: dict[int, list[Any]] = {}

    @property
    def size(self) -> int:
        """How many elements the document has."""
        if self._size is None:
            self._size = int(_COUNT(self.tree))
        return self._size

    def pattern(self, pattern: ReadyPattern) -> None:
        """Run the rules of ``pattern``; a node belongs to the first rule that fits it."""
        earlier = _Earlier(self)
        for rule in pattern.rules:
            try:
                for check in rule.checks:
                    self._check(rule, check, earlier)
                    if len(self.failures) >= MAX_FAILURES:
                        return
            except _ContextError as problem:
                # Which nodes it would have taken is not known: the rules behind it would say wrong things.
                self._stopped(rule, str(problem))
                return
            earlier.rules.append(rule)

    def _stopped(self, rule: ReadyRule, reason: str) -> None:
        text = rule.rule.context
        what = f"the rule for {' '.join(text.source.split())}"
        self.failures.append(_unrun(LeftOut(what, reason, text.path, text.line)))

    def _check(self, rule: ReadyRule, check: ReadyCheck, earlier: _Earlier) -> None:
        try:
            nodes = self._failing(rule, check, earlier)
        except CannotRunError as problem:
            self.failures.append(self._unrun_at(check, Node(None), str(problem)))
            return
        for node in nodes:
            if len(self.failures) >= MAX_FAILURES:
                return
            self.failures.append(self._failure(rule, check, node))

    # --- where

    def candidates(self, rule: ReadyRule) -> list[Node]:
        """Return the nodes of the document that fit the context of ``rule``."""
        try:
            return self._candidates(rule)
        except CannotRunError as problem:
            raise _ContextError(str(problem)) from problem

    def _candidates(self, rule: ReadyRule) -> list[Node]:
        if rule.root:
            return [Node(None)]
        context = rule.context
        if context.quick is None:
            items = context.full.items(self.nodes, Node(None), self._variables(rule, context, None))
            return [self.nodes.back(item) for item in items]
        self._afford(1, context.quick.degree)
        found = [as_node(one) for one in context.find(self.tree)]
        for condition in rule.rest:
            found = [node for node in found if self._fits(rule, condition, node)]
        return found

    def _fits(self, rule: ReadyRule, condition: Expression, node: Node) -> bool:
        """Whether a predicate of the context that XPath 1.0 cannot say holds at ``node``."""
        items = condition.full.items(self.nodes, node, self._variables(rule, condition, node))
        if len(items) == 1 and isinstance(items[0], int | float | Decimal) and not isinstance(items[0], bool):
            raise CannotRunError("a predicate asks for a position that is worked out")
        return condition.full.truth(items)

    def _failing(self, rule: ReadyRule, check: ReadyCheck, earlier: _Earlier) -> list[Node]:
        """Return the nodes that ``check`` speaks of."""
        if check.failing is not None and check.test.quick is not None and rule.context.quick is not None:
            degree = check.test.quick.degree
            # Contexts that take long themselves are found once, and stop the rule if they take too long.
            if degree or rule.context.quick.degree > 1:
                self._afford(len(earlier.of(rule)), degree)
            try:
                found = check.failing(self.tree)
            except etree.XPathError as error:
                raise CannotRunError(str(error)) from error
            nodes = [as_node(one) for one in found] if not rule.root else [Node(None)] if found else []
            return earlier.without(nodes) if nodes else nodes
        nodes = []
        wanted = check.check.kind == "report"
        candidates = earlier.without(earlier.of(rule))
        if check.test.quick is not None:
            self._afford(len(candidates), check.test.quick.degree)
        wrong = 0
        for node in candidates:
            try:
                if self._truth(rule, check.test, node) is wanted:
                    nodes.append(node)
            except CannotRunError as problem:
                # Once is enough to say so, and what takes too long here is not tried everywhere.
                if not wrong:
                    self.failures.append(self._unrun_at(check, node, str(problem)))
                wrong += 1
                if wrong > MAX_WRONG:
                    break
        return nodes

    def _afford(self, times: int, degree: int) -> None:
        """Let an expression pass that is asked ``times`` times, with so many walks inside each other.

        :raises CannotRunError: with it, more would be looked at than may be.
        """
        visits = self._visits + times * self.size**degree if degree else 0
        if visits > MAX_VISITS:
            raise CannotRunError(
                f"with it, more than {MAX_VISITS:,} elements would be looked at in this document"
            )
        self._visits = max(visits, self._visits)

    # --- what

    def _truth(self, rule: ReadyRule, expression: Expression, node: Node) -> bool:
        if expression.runs_at(node) and node.element is not None and expression.quick is not None:
            found = expression.find(node.element, node.element if expression.quick.current else None)
            return bool(found)
        items = expression.full.items(self.nodes, node, self._variables(rule, expression, node))
        return expression.full.truth(items)

    def _value(self, rule: ReadyRule, expression: Expression, node: Node) -> str:
        if expression.runs_at(node) and node.element is not None and expression.quick is not None:
            found = expression.find(node.element, node.element if expression.quick.current else None)
            if found != [] or not expression.reaches_document():
                return _written(found)
        items = expression.full.items(self.nodes, node, self._variables(rule, expression, node))
        return expression.full.text(items)

    def _variables(self, rule: ReadyRule, expression: Expression, node: Node | None) -> dict[str, Any]:
        """Return the values of the variables that ``expression`` needs, at ``node``."""
        return self._values_of(rule.variables, expression, node, {}, 0)

    def _values_of(
        self,
        scope: Mapping[str, Variable],
        expression: Expression,
        node: Node | None,
        known: dict[int, list[Any]],
        depth: int,
    ) -> dict[str, Any]:
        if depth > MAX_CHAIN:
            raise CannotRunError(f"more than {MAX_CHAIN} variables depend on each other in a row")
        values: dict[str, Any] = {}
        for name in expression.variables:
            variable = scope.get(name)
            if variable is None or name in values:
                continue
            cache = self._values if variable.everywhere else known
            key = id(variable)
            if key not in cache:
                # What it needs is what was declared when it was.
                inner = self._values_of(variable.scope, variable.expression, node, known, depth + 1)
                at = Node(None) if variable.everywhere or node is None else node
                cache[key] = variable.expression.full.items(self.nodes, at, inner)
                if variable.expression.full.too_long(cache[key]):
                    raise CannotRunError(f"the variable ${name} grows too large")
            values[name] = cache[key]
        return values

    # --- messages

    def _failure(self, rule: ReadyRule, check: ReadyCheck, node: Node) -> Failure:
        place = self._subject(rule, check, node)
        return Failure(
            check.check.kind,
            self._said(rule, check.message, node),
            place.element,
            place.attribute,
            check.check.id,
            check.check.role,
            check.severity,
            check.check.see,
            tuple(self._said(rule, message, node) for message in check.diagnostics),
            " ".join(rule.rule.context.source.split()),
            check.check.test.path,
            check.check.test.line,
        )

    def _subject(self, rule: ReadyRule, check: ReadyCheck, node: Node) -> Node:
        """Return the node that is shown: the one that ``subject`` leads to, or the one that was asked."""
        if check.subject is None:
            return node
        try:
            items = check.subject.full.items(self.nodes, node, self._variables(rule, check.subject, node))
            return self.nodes.back(items[0]) if items and hasattr(items[0], "parent") else node
        except CannotRunError:
            return node

    def _said(self, rule: ReadyRule, message: Ready, node: Node) -> str:
        pieces: list[str] = []
        for part in message:
            if isinstance(part, str):
                pieces.append(part)
            elif part is None:
                pieces.append(_name(node))
            else:
                try:
                    pieces.append(self._value(rule, part, node))
                except CannotRunError:
                    pieces.append("(a value that cannot be shown)")
        text = " ".join("".join(pieces).split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _unrun_at(self, check: ReadyCheck, node: Node, reason: str) -> Failure:
        name = check.check.id or " ".join(check.check.test.source.split())[:100]
        return Failure(
            "unrun",
            f"{check.check.kind} {name} could not be run: {reason}",
            node.element,
            node.attribute,
            check.check.id,
            schema=check.check.test.path,
            line=check.check.test.line,
        )


class _Earlier:
    """The nodes that the rules of a pattern have taken so far; found out only when needed."""

    def __init__(self, run: _Run) -> None:
        self.rules: list[ReadyRule] = []
        self._run = run
        self._found: dict[int, list[Node]] = {}

    def of(self, rule: ReadyRule) -> list[Node]:
        """Return all nodes that fit ``rule``."""
        if id(rule) not in self._found:
            self._found[id(rule)] = self._run.candidates(rule)
        return self._found[id(rule)]

    def without(self, nodes: list[Node]) -> list[Node]:
        """Return ``nodes`` without those that fit an earlier rule."""
        if not self.rules or not nodes:
            return nodes
        taken = {node for rule in self.rules for node in self.of(rule)}
        return [node for node in nodes if node not in taken]


def _unrun(left_out: LeftOut) -> Failure:
    return Failure(
        "unrun", f"{left_out.what}: {left_out.reason}", None, schema=left_out.path, line=left_out.line
    )


def _name(node: Node) -> str:
    """Return the name of ``node`` as the document writes it."""
    if node.element is None or not isinstance(node.element.tag, str) or node.text:
        return ""
    name = etree.QName(node.attribute or node.element.tag)
    if node.attribute is None:
        prefix = node.element.prefix
    else:
        prefix = next((p for p, uri in node.element.nsmap.items() if p and uri == name.namespace), None)
        if name.namespace == "http://www.w3.org/XML/1998/namespace":
            prefix = "xml"
    return f"{prefix}:{name.localname}" if prefix else name.localname


def _written(found: Any) -> str:
    """Return what libxml2 has found as text: numbers without a needless point, nodes with spaces between."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, float):
        return str(int(found)) if found.is_integer() else str(found)
    if isinstance(found, str):
        return found
    return " ".join(item if isinstance(item, str) else str(_STRING(item)) for item in found)
