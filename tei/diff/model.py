"""What a comparison finds, as data; how it is shown is decided last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["text", "markup", "header"]
KINDS: Final[tuple[Kind, ...]] = ("text", "markup", "header")

#: The bit of the exit status that each kind of change sets. 1 and 2 mean that something went wrong.
BITS: Final[Mapping[Kind, int]] = {"text": 4, "markup": 8, "header": 16}

What = Literal[
    "inserted",
    "deleted",
    "replaced",
    "moved",
    "added",
    "removed",
    "renamed",
    "attributes",
    "content",
    "edges",
    "split",
    "joined",
]


@dataclass(frozen=True, slots=True)
class AttributeChange:
    """An attribute with its values before and after; ``None`` where it was not there."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change and its place.

    ``line_old`` and ``line_new`` are lines of the two files, from 1; ``page`` the number of the page of
    the print. ``before`` and ``after`` are words around it. ``old`` and ``new`` are

    - for text: what became what;
    - for markup: the words that the element stands around, or its content where that is an editor's;
    - for the header: the value at ``path``.

    ``element`` is the name before (after, where it was added), ``renamed`` the name after where it is
    another. ``along`` counts the elements that came (above 0) or went (below 0) with this change.
    """

    kind: Kind
    what: What
    line_old: int | None = None
    line_new: int | None = None
    page: str | None = None
    element: str = ""
    renamed: str = ""
    attributes: tuple[AttributeChange, ...] = ()
    old: str = ""
    new: str = ""
    before: str = ""
    after: str = ""
    path: str = ""
    along: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two documents: first those of the text, then of the markup, then of the header."""

    changes: tuple[Change, ...] = ()

    def of(self, kind: Kind) -> list[Change]:
        """The changes of one kind, in the order of their places."""
        return [change for change in self.changes if change.kind == kind]

    @property
    def status(self) -> int:
        """The sum of the ``BITS`` of the kinds that changed; 0 where nothing did."""
        return sum(BITS[kind] for kind in KINDS if any(change.kind == kind for change in self.changes))


def attribute_changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[AttributeChange, ...]:
    """The attributes whose values differ, by name."""
    return tuple(
        AttributeChange(name, old.get(name), new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )
