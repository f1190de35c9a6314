"""Expressions of XPath 1.0 that say the same as one of a later version, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Type = Literal["nodes", "string", "number", "boolean", "verdict"]
"""What an expression gives. A verdict is good for true or false only: in XPath 2.0 it may be empty."""

CURRENT: Final = "tei-current"
"""The variable that holds the node of a rule's context where ``current()`` stands in a predicate."""

_STRINGS: Final = ("string?",)

# What each function takes: "string?" is a string or at most one node, "string" a string, "any" anything whose
# truth can be told, "nodes" nodes, "node?" at most one. The first tuple is what must be there.
FUNCTIONS: Final[dict[str, tuple[Type, tuple[str, ...], tuple[str, ...]]]] = {
    "position": ("number", (), ()),
    "last": ("number", (), ()),
    "count": ("number", ("nodes",), ()),
    "not": ("boolean", ("any",), ()),
    "boolean": ("boolean", ("any",), ()),
    "true": ("boolean", (), ()),
    "false": ("boolean", (), ()),
    "exists": ("boolean", ("nodes",), ()),
    "empty": ("boolean", ("nodes",), ()),
    "string": ("string", (), _STRINGS),
    "normalize-space": ("string", (), _STRINGS),
    "string-length": ("number", (), _STRINGS),
    "contains": ("boolean", ("string?", "string?"), ()),
    "starts-with": ("boolean", ("string?", "string?"), ()),
    "substring-before": ("string", ("string?", "string?"), ()),
    "substring-after": ("string", ("string?", "string?"), ()),
    "substring": ("string", ("string?", "number"), ("number",)),
    "translate": ("string", ("string?", "string", "string"), ()),
    "concat": ("string", ("string?", "string?"), ("string?",) * 100),
    "local-name": ("string", (), ("node?",)),
    "name": ("string", (), ("node?",)),
    "namespace-uri": ("string", (), ("node?",)),
}
ONLY_FIRST: Final[dict[str, tuple[Type, tuple[str, ...], tuple[str, ...]]]] = {
    "number": ("number", (), ("any",)),
    "sum": ("number", ("nodes",), ()),
    "floor": ("number", ("any",), ()),
    "ceiling": ("number", ("any",), ()),
    "round": ("number", ("any",), ()),
    "lang": ("boolean", ("string",), ()),
}
NUMBERS: Final = {name for name, form in {**FUNCTIONS, **ONLY_FIRST}.items() if form[0] == "number"}
RENAMED: Final = {"exists": "boolean", "empty": "not"}


class NotQuickError(Exception):
    """The expression has no equal in XPath 1.0, or none that is certain."""


@dataclass(frozen=True, slots=True)
class Quick:
    """An expression in XPath 1.0.

    ``single``: it gives one node at most. ``placed``: it asks for the position of its context. ``current``:
    it needs the variable :data:`CURRENT`. ``absolute``: it does not depend on its context. ``degree``: how
    many walks through the whole document stand inside each other. ``rest``: predicates (of a pattern's last
    step) that could not be translated and are still to be asked of each node. ``follows``: it asks what
    follows a node, which libxml2 gets wrong for an attribute: what is in its element follows it as well.
    """

    text: str
    type: Type
    single: bool = False
    placed: bool = False
    current: bool = False
    absolute: bool = False
    degree: int = 0
    rest: tuple[str, ...] = ()
    follows: bool = False


def truth(part: Quick) -> Quick:
    """Return ``part`` if all of it could be translated.

    :raises NotQuickError: it could not.
    """
    if part.rest:
        raise NotQuickError("a predicate that has no equal")
    return part


def joined(text: str, kind: Type, *parts: Quick, bracket: bool = False) -> Quick:
    """Return the expression ``text``, which is made of ``parts``.

    :raises NotQuickError: one of them could not be translated, or is no more than a verdict.
    """
    if any(part.rest for part in parts) or (kind != "verdict" and _loose(kind, parts)):
        raise NotQuickError("a part that has no equal")
    return Quick(
        f"({text})" if bracket else text,
        kind,
        placed=any(part.placed for part in parts),
        current=any(part.current for part in parts),
        follows=any(part.follows for part in parts),
        absolute=all(part.absolute for part in parts),
        degree=max((part.degree for part in parts), default=0),
    )


def _loose(kind: Type, parts: tuple[Quick, ...]) -> bool:
    """Whether a verdict is used for something else than true or false."""
    return kind in ("string", "number", "nodes") and any(part.type == "verdict" for part in parts)


def asked(part: Quick) -> str:
    """Write ``part`` where only its truth is asked.

    libxml2 puts the nodes that a function is given in order first, and takes the square of their number where
    they come backwards; of those in a predicate it looks for the first alone.
    """
    return f"self::node()[{part.text}]" if part.type == "nodes" else part.text


def at_most_one(part: Quick) -> bool:
    """Whether ``part`` is one value, or one node, or nothing."""
    return part.type != "nodes" or part.single


def suits(argument: Quick, wanted: str) -> bool:
    """Whether ``argument`` means the same in all versions where a function takes what ``wanted`` says."""
    if wanted == "any":
        return True
    if wanted == "string?":
        return argument.type == "string" or (argument.type == "nodes" and argument.single)
    if wanted == "node?":
        return argument.type == "nodes" and argument.single
    return argument.type == wanted


def literal(text: str) -> str:
    """Write a string as XPath 1.0 can, which has no doubled quotation marks."""
    mark = text[0]
    inner = text[1:-1]
    if mark * 2 not in inner:
        return text
    plain = inner.replace(mark * 2, mark)
    other = "'" if mark == '"' else '"'
    if other in plain:
        raise NotQuickError("a string with both quotation marks")
    return f"{other}{plain}{other}"
