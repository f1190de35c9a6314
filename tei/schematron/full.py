"""Run expressions of XPath 1.0, 2.0 and 3.1 with the library elementpath, within bounds.

Nothing outside the document can be read: the functions that could are refused when an expression is read.
What an expression may cost is bounded: :data:`MAX_STEPS` nodes and items visited for one node of a rule's
context (and ten times as many for a whole document), :data:`MAX_RANGE` numbers in ``1 to n``,
:data:`MAX_STRING` characters of a variable, and no regular expression that could go back and forth for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any, Final, cast

from elementpath import ElementPathError, XPath1Parser, XPathContext
from elementpath.xpath31 import XPath31Parser
from elementpath.xpath_nodes import AttributeNode, ElementNode, XPathNode
from elementpath.xpath_tokens import XPathToken

from tei.errors import SchemaError
from tei.schematron.lexer import Token, replaced, tokens
from tei.schematron.nodes import CannotRunError, Node, Nodes
from tei.schematron.regexes import check_regex, finder

MAX_STEPS: Final = 500_000
MAX_RANGE: Final = 100_000
MAX_STRING: Final = 1_000_000
_REFUSED: Final = frozenset(
    (
        "doc", "doc-available", "document", "collection", "uri-collection", "unparsed-text", "json-doc",
        "unparsed-text-lines", "unparsed-text-available", "environment-variable", "parse-xml", "transform",
        "available-environment-variables", "parse-xml-fragment", "load-xquery-module", "function-lookup",
        "random-number-generator", "trace", "serialize",
    )
)  # fmt: skip
_OF_XSLT: Final = frozenset(
    (
        "key", "system-property", "element-available", "function-available", "type-available", "regex-group",
        "current-group", "current-grouping-key", "unparsed-entity-uri", "unparsed-entity-public-id",
        "accumulator-before", "accumulator-after", "analyze-string",
    )
)  # fmt: skip
_CURRENT: Final = "tei-current"


class Steps:
    """How many steps an expression may still take, in a document where ``before`` have been taken."""

    def __init__(self, before: int) -> None:
        whole = 10 * MAX_STEPS - before
        self._most = self.left = min(MAX_STEPS, whole)
        self.reason = (
            f"it looks at more than {MAX_STEPS:,} nodes for one place"
            if whole > MAX_STEPS
            else f"the rules look at more than {10 * MAX_STEPS:,} nodes in this document"
        )

    @property
    def taken(self) -> int:
        """How many have been taken."""
        return self._most - self.left


class _Context(XPathContext):
    """A context that counts what is visited, and stops where that is too much."""

    def __copy__(self) -> XPathContext:
        self._count()
        return super().__copy__()

    def _count(self) -> None:
        steps: Steps = self.__dict__["steps"]
        steps.left -= 1
        if steps.left < 0:
            raise CannotRunError(steps.reason)

    def iter_descendants(self, axis: str | None = None) -> Iterator[XPathNode | None]:
        for node in super().iter_descendants(axis):
            self._count()
            yield node

    def iter_preceding(self) -> Iterator[Any]:
        # In elementpath 5.1.4 all of the document precedes an attribute.
        item = self.item
        if isinstance(item, AttributeNode):
            self.item = item.parent  # type: ignore[assignment]
        for node in super().iter_preceding():
            self._count()
            yield node
        self.item = item

    def iter_followings(self) -> Iterator[Any]:
        # In elementpath 5.1.4 nothing follows a text or an attribute.
        before: Any = self.item
        status = self.item, self.axis
        self.axis = "following"
        if isinstance(before, AttributeNode):
            before = before.parent
            for self.item in before.iter_descendants(with_self=False):
                self._count()
                yield self.item
        while getattr(before, "parent", None) is not None:
            behind = False
            for sibling in before.parent:
                inner = sibling.iter_descendants() if isinstance(sibling, ElementNode) else (sibling,)
                for self.item in inner if behind else ():
                    self._count()
                    yield self.item
                behind = behind or sibling is before
            before = before.parent
        self.item, self.axis = status

    def iter_siblings(self, axis: str | None = None) -> Iterator[Any]:
        for node in super().iter_siblings(axis):
            self._count()
            yield node

    def iter_product(self, *arguments: Any) -> Iterator[Any]:
        for row in super().iter_product(*arguments):
            self._count()
            yield row


class _Parser(XPath31Parser):
    """XPath 3.1, which holds 2.0, with its few costly words bounded."""

    symbol_table = dict(XPath31Parser.symbol_table)  # noqa: RUF012 - so it is declared there


def _bounded(symbol: str, guard: Callable[[Any, Any], bool | None]) -> None:
    """Have ``guard`` asked before each call of ``symbol``; an answer of its own stands for the call."""
    plain: Any = XPath31Parser.symbol_table[symbol]

    def evaluate(self: Any, context: Any = None) -> Any:
        answer = guard(self, context)
        return plain.evaluate(self, context) if answer is None else answer

    _Parser.symbol_table[symbol] = type(plain)(f"_Bounded{plain.__name__}", (plain,), {"evaluate": evaluate})


def _ordered(symbol: str) -> None:
    """Have a path give its nodes in the order of the document (XPath 3.1, 3.3), unlike elementpath 5.1.4."""
    plain: Any = XPath31Parser.symbol_table[symbol]

    def select(self: Any, context: Any = None) -> Iterator[Any]:
        found = list(plain.select(self, context))
        if len(found) > 1 and all(isinstance(item, XPathNode) for item in found):
            found.sort(key=lambda node: node.position)
        return iter(found)

    _Parser.symbol_table[symbol] = type(plain)(f"_Ordered{plain.__name__}", (plain,), {"select": select})


def _guard_range(call: Any, context: Any) -> None:
    first, last = (list(part.select(copy(context))) for part in call)
    ends = [*first, *last]
    if len(ends) == 2 and all(isinstance(end, int) for end in ends) and ends[1] - ends[0] > MAX_RANGE:
        raise CannotRunError(f"it counts further than {MAX_RANGE}")


def _guard_matches(call: Any, context: Any) -> bool | None:
    text, pattern, flags = _regex_arguments(call, context, 2)
    find = None if flags else finder(pattern)
    if find is not None:
        return bool(find(text))
    check_regex(pattern, text)
    return None


def _guard_replace(call: Any, context: Any) -> None:
    text, pattern, _ = _regex_arguments(call, context, 3)
    check_regex(pattern, text)


def _guard_tokenize(call: Any, context: Any) -> None:
    if len(call) > 1:
        text, pattern, _ = _regex_arguments(call, context, 2)
        check_regex(pattern, text)


for _symbol, _guard in (
    ("to", _guard_range),
    ("matches", _guard_matches),
    ("replace", _guard_replace),
    ("tokenize", _guard_tokenize),
):
    _bounded(_symbol, _guard)
_ordered("/")
_ordered("//")


def _regex_arguments(call: Any, context: Any, flags: int) -> tuple[str, str, str]:
    """Return the text, the regular expression and the flags (the argument number ``flags``) of ``call``."""
    text = call.get_argument(copy(context), default="", cls=str)
    pattern = call.get_argument(copy(context), 1, required=True, cls=str)
    given = call.get_argument(copy(context), flags, default="", cls=str) if len(call) > flags else ""
    return str(text), str(pattern), str(given)


class Full:
    """An expression read by elementpath."""

    def __init__(self, source: str, namespaces: Mapping[str, str], *, first: bool) -> None:
        self._first = first
        self._token = _parsed(source, tuple(sorted(namespaces.items())), first)

    def items(self, nodes: Nodes, node: Node, variables: Mapping[str, Any]) -> list[Any]:
        """Return what the expression gives at ``node``.

        :raises CannotRunError: it cannot be run here; the message says why.
        """
        item = nodes.find(node)
        context = _Context(nodes.root, item=item)
        steps = context.__dict__["steps"] = Steps(nodes.steps)
        context.variables = {**variables, _CURRENT: [item]}
        try:
            return list(self._token.select(context))
        except CannotRunError:
            raise
        except ElementPathError as error:
            raise CannotRunError(_said(error)) from error
        except RecursionError as error:
            raise CannotRunError("it calls itself without end") from error
        except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
            # A fault of the library, or of what it was given: this rule cannot be asked here.
            raise CannotRunError(f"{type(error).__name__}: {error}") from error
        finally:
            nodes.steps += steps.taken

    def truth(self, items: list[Any]) -> bool:
        """Return the effective boolean value of ``items`` (XPath 2.0, section 2.4.3)."""
        try:
            return bool(self._token.boolean_value(items))
        except ElementPathError as error:
            raise CannotRunError(_said(error)) from error

    def too_long(self, items: list[Any]) -> bool:
        """Whether ``items`` are more than a variable may hold."""
        return (
            sum(len(item) for item in items if isinstance(item, str)) > MAX_STRING or len(items) > MAX_STEPS
        )

    def text(self, items: list[Any]) -> str:
        """Return ``items`` as text: the first one in XPath 1.0, else all with spaces between them."""
        return " ".join(self._token.string_value(item) for item in (items[:1] if self._first else items))


@lru_cache(maxsize=64)
def _parser(namespaces: tuple[tuple[str, str], ...], first: bool) -> Any:
    return (XPath1Parser if first else _Parser)(namespaces=dict(namespaces))


def _parsed(source: str, namespaces: tuple[tuple[str, str], ...], first: bool) -> XPathToken:
    found = tokens(source)
    for number, token in enumerate(found):
        name = re.split("[:}]", token.text)[-1]
        if token.kind == "name" and number + 1 < len(found) and found[number + 1].text in ("(", "#"):
            if name in _REFUSED:
                raise CannotRunError(f"it calls {name}(), which could read something beside the document")
            if name in _OF_XSLT:
                raise CannotRunError(f"it calls {name}(), which is not supported")
    try:
        return cast("XPathToken", _parser(namespaces, first).parse(replaced(source, _current)))
    except ElementPathError as error:
        if "XPST0017" in str(error.code):
            later = '; queryBinding="xslt2" in the schema allows those of later versions' if first else ""
            raise CannotRunError(f"it calls an {_said(error)}{later}") from error
        raise SchemaError(f"not an expression of XPath: {_said(error)}") from error
    except RecursionError as error:
        raise SchemaError("an expression is nested too deeply") from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise CannotRunError(f"{type(error).__name__}: {error}") from error


def _current(found: list[Token], number: int) -> tuple[str, int] | None:
    """XSLT's ``current()`` is a variable here."""
    if [token.text for token in found[number : number + 3]] == ["current", "(", ")"]:
        return f"${_CURRENT}", 3
    return None


def _said(error: ElementPathError) -> str:
    """Return what elementpath says, without the names of its Python classes."""
    text = re.sub(r"UntypedAtomic\((.*?)\)", r"\1", str(error.message))
    return re.sub(r"<class '[\w.]*?\.(\w+?)(?:10)?'>", r"xs:\1", text)
