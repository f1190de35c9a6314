"""What is wrong with a document, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal[
    "root",
    "element",
    "missing",
    "incomplete",
    "text",
    "attribute",
    "attribute-missing",
    "attribute-value",
    "value",
    "id",
    "idref",
]
"""The kinds of findings.

``root``: the outermost element is another one; ``element``: it has no place here; ``missing``: something
must stand before it; ``incomplete``: an element ends too early; ``text``: text has no place here;
``attribute``: it is not allowed; ``attribute-missing``: one is needed; ``attribute-value`` and ``value``: not
a value allowed in the attribute, in the element; ``id``: an id stands twice; ``idref``: a reference to an id
that is nowhere.
"""

CODES: dict[Kind, str] = {
    "root": "TEI-S007",
    "element": "TEI-S001",
    "missing": "TEI-S002",
    "incomplete": "TEI-S002",
    "text": "TEI-S003",
    "attribute": "TEI-S004",
    "attribute-missing": "TEI-S005",
    "attribute-value": "TEI-S006",
    "value": "TEI-S008",
    "id": "TEI-S010",
    "idref": "TEI-S011",
}


class Finding(NamedTuple):
    """One mistake.

    ``element`` and ``parent`` are full names (``{namespace}local``); ``xpath`` leads to ``element``.
    ``line`` and ``column`` count from 1 and are those of the tag or the text that is wrong; for
    ``incomplete`` those of the end tag, ``start`` being the line of the start tag. ``expected`` are parts of
    a sentence: ``<p>``, ``text``, ``the end of <div>``. ``also`` are the lines of further places that the
    same mistake most likely caused.
    """

    kind: Kind
    message: str
    element: str
    parent: str | None = None
    name: str | None = None
    """The attribute, for a finding about one."""
    expected: tuple[str, ...] = ()
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    start: int | None = None
    xpath: str | None = None
    also: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        """The stable code of this kind of finding."""
        return CODES[self.kind]


@dataclass(slots=True)
class Mistake:
    """A finding before its place is known: ``event`` is the number of the tag, or the one before the text."""

    kind: Kind
    event: int
    message: str
    element: str
    parent: str | None = None
    name: str | None = None
    expected: tuple[str, ...] = ()
    hint: str | None = None
    opened: int = 0
    """The number of the start tag of ``element``."""
    more: list[int] = field(default_factory=list)
    """The events of the further places."""
    cause: frozenset[str] = frozenset()
    """What it comes from: right behind it, another mistake with a cause in common is the same mistake."""
