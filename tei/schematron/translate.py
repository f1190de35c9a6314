"""Translate an expression to XPath 1.0, where it certainly means the same there.

libxml2 runs XPath 1.0 a hundred times as fast as anything in Python runs XPath 2.0 or 3.1, and most rules
of TEI schemas say little more than 1.0 can say. What the versions see differently (W3C: XPath 2.0,
appendix I) is not translated: an order of strings, a number made of an attribute, a function of strings
given several nodes, and all that 1.0 does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from tei.schematron.lexer import MAX_LENGTH, Token, tokens
from tei.schematron.quick import (
    CURRENT,
    FUNCTIONS,
    NUMBERS,
    ONLY_FIRST,
    RENAMED,
    NotQuickError,
    Quick,
    Type,
    asked,
    at_most_one,
    joined,
    literal,
    suits,
    truth,
)

_AXES: Final = frozenset(
    (
        "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
        "following-sibling", "parent", "preceding", "preceding-sibling", "self",
    )
)  # fmt: skip
_WIDE: Final = frozenset({"following", "following-sibling", "preceding", "preceding-sibling"})
_DEEP: Final = frozenset({"descendant", "descendant-or-self"})
_NODE_TESTS: Final = frozenset({"node", "text", "comment", "processing-instruction"})
_GENERAL: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_VALUE: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def translate(expression: str, known: Mapping[str, Quick], *, first: bool) -> Quick:
    """Return ``expression`` in XPath 1.0.

    ``known`` are the variables that could be translated themselves; ``first`` says that the expression is in
    XPath 1.0 already.

    :raises NotQuickError: it cannot be done, or not with certainty.
    :raises SchemaError: the expression cannot even be cut into tokens.
    """
    reader = _Reader(expression, known, first=first)
    return truth(reader.whole(reader.expression()))


def translate_pattern(expression: str, known: Mapping[str, Quick], *, first: bool) -> Quick:
    """Return the expression in XPath 1.0 that finds all nodes of a document that match a pattern of XSLT.

    Raises as :func:`translate`.
    """
    reader = _Reader(expression, known, first=first)
    return reader.whole(reader.pattern())


class _Reader:
    """Reads an expression from left to right (recursive descent) and writes it in XPath 1.0."""

    def __init__(self, source: str, known: Mapping[str, Quick], *, first: bool) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.known = known
        self.first = first
        self.at = 0
        self.inside = 0  # how many predicates are open
        self.nested = 0
        self.written = 0  # how long the variables are that have been written out

    # --- tokens

    def _peek(self, ahead: int = 0) -> Token:
        number = self.at + ahead
        return self.tokens[number] if number < len(self.tokens) else Token("mark", "", -1, -1)

    def _is(self, *texts: str) -> bool:
        token = self._peek()
        return token.text in texts and token.kind in ("mark", "name")

    def _take(self, *texts: str) -> str | None:
        if self._is(*texts):
            self.at += 1
            return self.tokens[self.at - 1].text
        return None

    def _need(self, text: str) -> None:
        if self._take(text) is None:
            raise NotQuickError(f"{text} expected")

    def whole(self, result: Quick) -> Quick:
        """Return ``result`` if nothing of the expression is left."""
        if self.at < len(self.tokens):
            raise NotQuickError(f"{self._peek().text} is not known")
        return result

    # --- operators

    def expression(self) -> Quick:
        """Read one expression."""
        self.nested += 1
        if self.nested > 60:
            raise NotQuickError("nested too deeply")
        result = self._if() if self._is("if") and self._peek(1).text == "(" and not self.first else self._or()
        self.nested -= 1
        return result

    def _if(self) -> Quick:
        self.at += 2
        condition = truth(self.expression())
        self._need(")")
        self._need("then")
        yes = truth(self.expression())
        self._need("else")
        no = truth(self.expression())
        c, y, n = condition.text, yes.text, no.text
        return joined(f"((({c}) and ({y})) or (not({c}) and ({n})))", "verdict", condition, yes, no)

    def _or(self) -> Quick:
        return self._chain(self._and, "or")

    def _and(self) -> Quick:
        return self._chain(self._comparison, "and")

    def _chain(self, operand: Callable[[], Quick], word: str) -> Quick:
        parts = [operand()]
        while self._take(word):
            parts.append(operand())
        if len(parts) == 1:
            return parts[0]
        return joined(f" {word} ".join(truth(part).text for part in parts), "boolean", *parts, bracket=True)

    def _comparison(self) -> Quick:
        left: Quick | list[Quick] = self._list() or self._sum()
        operator = self._take(*_GENERAL) or (None if self.first else self._take(*_VALUE))
        if operator is None:
            if isinstance(left, list):
                raise NotQuickError("a sequence")
            return left
        right: Quick | list[Quick] = self._list() or self._sum()
        if self.first and self._is(*_GENERAL):
            raise NotQuickError("a chain of comparisons")
        if operator in _VALUE:
            if isinstance(left, list) or isinstance(right, list):
                raise NotQuickError("a sequence")
            return self._compared(left, operator, right)
        pairs = [
            self._compared(one, operator, other)
            for one in (left if isinstance(left, list) else [left])
            for other in (right if isinstance(right, list) else [right])
        ]
        if len(pairs) == 1:
            return pairs[0]
        return joined(" or ".join(pair.text for pair in pairs), "boolean", *pairs, bracket=True)

    def _list(self) -> list[Quick] | None:
        """Read ``('a', 'b')``, a sequence of literals, if that is what stands here."""
        number = 1
        while self._peek(number).kind == "string" and self._peek(number + 1).text == ",":
            number += 2
        if self.first or not self._is("(") or self._peek(number).kind != "string":
            return None
        if number < 3 or self._peek(number + 1).text != ")":
            return None
        found = [Quick(literal(self._peek(n).text), "string") for n in range(1, number + 1, 2)]
        self.at += number + 2
        return found

    def _compared(self, left: Quick, operator: str, right: Quick) -> Quick:
        kinds = {left.type, right.type}
        sign = _VALUE.get(operator, operator)
        result: Type = "boolean"
        if not self.first:
            same = kinds in ({"number"}, {"boolean"}) or (
                kinds <= {"nodes", "string"} and sign in ("=", "!=")
            )
            if not same or ("boolean" in kinds and sign not in ("=", "!=")):
                raise NotQuickError("a comparison that XPath 1.0 sees differently")
            if operator in _VALUE and "nodes" in kinds:
                if not (at_most_one(left) and at_most_one(right)):
                    raise NotQuickError("several nodes compared by their value")
                result = "verdict"
        return joined(f"{left.text} {sign} {right.text}", result, left, right, bracket=True)

    def _sum(self) -> Quick:
        result = self._product()
        while sign := self._take("+", "-"):
            result = self._calculated(result, sign, self._product())
        return result

    def _product(self) -> Quick:
        result = self._unary()
        while sign := self._take("*", *(("div", "mod") if self.first else ())):
            result = self._calculated(result, sign, self._unary())
        return result

    def _calculated(self, left: Quick, sign: str, right: Quick) -> Quick:
        if not self.first and {left.type, right.type} != {"number"}:
            raise NotQuickError("a calculation with something that may not be a number")
        return joined(f"{left.text} {sign} {right.text}", "number", left, right, bracket=True)

    def _unary(self) -> Quick:
        if self._take("-"):
            operand = self._unary()
            if not self.first and operand.type != "number":
                raise NotQuickError("a calculation with something that may not be a number")
            return joined(f"-{operand.text}", "number", operand, bracket=True)
        parts = [self._path()]
        while self._take("|") or (not self.first and self._take("union")):
            parts.append(self._path())
        if len(parts) == 1:
            return parts[0]
        if any(part.type != "nodes" for part in parts):
            raise NotQuickError("a union of what are no nodes")
        return joined(" | ".join(part.text for part in parts), "nodes", *parts, bracket=True)

    # --- paths

    def _path(self) -> Quick:
        if self._is("/", "//"):
            return self._steps(self._begun())
        primary = self._primary()
        if primary is None:
            return self._steps(self._step(Quick("", "nodes", single=True)))
        if not self._is("[", "/", "//"):
            return primary
        if primary.type != "nodes":
            raise NotQuickError("a path from what is no node")
        if self._is("["):
            primary = replace(primary, text=f"({primary.text})")
            primary = self._predicates(primary, filtered=True)
        return self._steps(primary)

    def _begun(self) -> Quick:
        """Read the beginning of a path from the root of the document."""
        root = Quick("/", "nodes", single=True, absolute=True)
        if self._take("//"):
            return self._step(Quick("//", "nodes", absolute=True, degree=1))
        self.at += 1
        token = self._peek()
        if not (token.kind == "name" or token.text in ("*", "@", ".", "..")):
            return root
        # A document has one element, so a step down to an element is one node at most.
        down = token.text == "*" or (token.kind == "name" and self._peek(1).text not in ("(", "::"))
        step = self._step(root)
        return replace(step, single=step.single or down)

    def _steps(self, path: Quick) -> Quick:
        while slash := self._take("/", "//"):
            if path.rest:
                raise NotQuickError("a step behind a predicate that has no equal")
            deep = slash == "//"
            before = replace(
                path,
                text=path.text + ("" if path.text == "/" else slash),
                single=path.single and not deep,
                degree=max(path.degree, int(deep)),
            )
            path = self._step(before)
        return path

    def _step(self, path: Quick) -> Quick:
        """Read one step behind ``path``, which ends in a slash or is empty."""
        begun = self.at
        if dots := self._take(".", ".."):
            if not self._is("["):
                return replace(path, text=path.text + dots)
            full = "self::node()" if dots == "." else "parent::node()"
            return self._predicates(replace(path, text=path.text + full), one_from=path.single)
        axis = "child"
        if self._take("@"):
            axis, written = "attribute", "@"
        elif self._peek(1).text == "::":
            axis = self._peek().text
            written = f"{axis}::"
            self.at += 2
            if axis not in _AXES:
                raise NotQuickError(f"the axis {axis}")
        else:
            written = ""
        follows = axis in ("following", "following-sibling")
        if follows and path.text.rpartition("/")[0].rpartition("/")[2].startswith(("@", "attribute::")):
            raise NotQuickError("what follows an attribute")
        test = self._node_test()
        named = axis == "attribute" and "*" not in test and "(" not in test
        degree = path.degree
        if axis in _DEEP or (axis in _WIDE and path.single):
            degree = max(degree, 1)
        elif axis in _WIDE:
            degree += 1
        step = replace(
            path,
            text=path.text + written + test,
            single=path.single and (axis in ("self", "parent") or named),
            degree=degree,
            follows=path.follows or axis == "following",
        )
        step = self._predicates(step, one_from=path.single)
        # «//p» is «/descendant-or-self::node()/p», which libxml2 walks node by node, texts too. A step down
        # may be taken at once unless a position is asked for, which counts among the children of each parent.
        if path.text.endswith("//"):
            behind = step.text[len(path.text) :]
            if axis == "attribute":
                return replace(step, text=f"{path.text[:-1]}descendant-or-self::*/{behind}")
            if not written and not self._asks_position(begun):
                return replace(step, text=f"{path.text[:-1]}descendant::{behind}")
        return step

    def _node_test(self) -> str:
        token = self._peek()
        self.at += 1
        if token.text == "*" and token.kind == "mark":
            return "*"
        if token.kind != "name" or token.text[0] == "*" or token.text.startswith("Q{"):
            raise NotQuickError(f"{token.text or 'the end'} is no step")
        if not self._is("("):
            return token.text
        if token.text not in _NODE_TESTS:
            raise NotQuickError(f"the function {token.text}")
        self._need("(")
        argument = ""
        if self._peek().kind == "string" and token.text == "processing-instruction":
            argument = literal(self._peek().text)
            self.at += 1
        self._need(")")
        return f"{token.text}({argument})"

    def _predicates(self, step: Quick, *, one_from: bool = False, filtered: bool = False) -> Quick:
        while self._is("["):
            begun = self.at
            self.at += 1
            self.inside += 1
            try:
                if step.rest:
                    raise NotQuickError("behind a predicate that has no equal")
                inner = self.expression()
                self._need("]")
            except NotQuickError:
                if self.inside > 1:
                    raise
                step = replace(step, rest=(*step.rest, self._skipped(begun)))
                continue
            finally:
                self.inside -= 1
            step = replace(
                step,
                text=f"{step.text}[{inner.text}]",
                single=step.single
                or ((one_from or filtered) and inner.type == "number" and inner.text.isdigit()),
                current=step.current or inner.current,
                follows=step.follows or inner.follows,
                degree=max(step.degree, inner.degree + (0 if step.single else min(1, step.degree))),
            )
        return step

    def _skipped(self, begun: int) -> str:
        """Return the predicate that begins with the token ``begun``, as it stands, and go behind it."""
        depth = 0
        for number in range(begun, len(self.tokens)):
            text = self.tokens[number].text
            depth += (text in ("[", "(")) - (text in ("]", ")"))
            if depth == 0:
                inner = self.tokens[begun + 1 : number]
                if any(token.text in ("position", "last") for token in inner) or len(inner) < 2:
                    break
                self.at = number + 1
                return self.source[self.tokens[begun].end : self.tokens[number].start]
        raise NotQuickError("a predicate by position")

    # --- values

    def _primary(self) -> Quick | None:
        """Read a literal, a variable, a bracket or a call; ``None`` where a step of a path stands."""
        token = self._peek()
        if token.kind == "string":
            self.at += 1
            return Quick(literal(token.text), "string", absolute=True)
        if token.kind == "number":
            if not self.first and not token.text.isdigit():
                raise NotQuickError("a number that is no integer")
            self.at += 1
            return Quick(token.text, "number", absolute=True)
        if token.kind == "variable":
            return self._variable(token)
        if self._take("("):
            inner = self.expression()
            self._need(")")
            return replace(inner, text=f"({inner.text})")
        if token.kind == "name" and self._peek(1).text == "(" and token.text not in _NODE_TESTS:
            return self._call(token.text)
        return None

    def _variable(self, token: Token) -> Quick:
        self.at += 1
        value = self.known.get(token.text[1:])
        if value is None or (self.inside and not value.absolute) or value.placed or value.current:
            raise NotQuickError("a variable")
        self.written += len(value.text)
        if self.written > MAX_LENGTH:
            raise NotQuickError("variables that hold too much")
        return replace(value, text=f"({value.text})")

    def _call(self, name: str) -> Quick:
        self.at += 2
        if name == "current":
            self._need(")")
            if self.inside:
                return Quick(f"${CURRENT}", "nodes", single=True, current=True)
            return Quick(".", "nodes", single=True)
        arguments: list[Quick] = []
        while not self._take(")"):
            if arguments:
                self._need(",")
            arguments.append(self.expression())
        form = FUNCTIONS.get(name) or (ONLY_FIRST.get(name) if self.first else None)
        if form is None or (self.first and name in RENAMED):
            raise NotQuickError(f"the function {name}")
        result, needed, more = form
        if not len(needed) <= len(arguments) <= len(needed) + len(more):
            raise NotQuickError(f"the number of arguments of {name}")
        if not self.first and not all(map(suits, arguments, (*needed, *more))):
            raise NotQuickError(f"the arguments of {name}")
        if needed in (("any",), ("nodes",)) and result == "boolean":
            written = asked(arguments[0])
        else:
            written = ", ".join(argument.text for argument in arguments)
        call = joined(f"{RENAMED.get(name, name)}({written})", result, *arguments)
        relative = not arguments and name not in ("true", "false")
        placed = call.placed or (name in ("position", "last") and not self.inside)
        return replace(call, placed=placed, absolute=call.absolute and not relative)

    # --- patterns

    def pattern(self) -> Quick:
        """Read a pattern; see :func:`translate_pattern`."""
        parts = [self._alternative()]
        while self._take("|", "union"):
            parts.append(self._alternative())
        if len(parts) == 1:
            return parts[0]
        if any(part.rest or part.text == "/" for part in parts):
            raise NotQuickError("a union with a predicate that has no equal")
        return joined(" | ".join(part.text for part in parts), "nodes", *parts, bracket=True)

    def _alternative(self) -> Quick:
        if self._is("/", "//"):
            return self._steps(self._begun())
        return self._steps(self._step(Quick("//", "nodes", absolute=True, degree=1)))

    def _asks_position(self, begun: int) -> bool:
        return any(
            token.kind in ("number", "variable") or token.text in NUMBERS
            for token in self.tokens[begun : self.at]
        )
