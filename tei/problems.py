"""A problem found in a file, as data; how it is printed is decided last."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
Layer = Literal["well-formed", "schema", "rules", "pointers", "text", "consistency"]

_LAYERS: Final[dict[str, Layer]] = {
    "S": "schema",
    "R": "rules",
    "P": "pointers",
    "T": "text",
    "C": "consistency",
}


class Problem(NamedTuple):
    """Something wrong at a place: what it is, where it is, how to mend it.

    ``code`` is stable (``TEI-S…`` schema, ``TEI-R…`` project rules, ``TEI-P…`` pointers, ``TEI-T…`` the text,
    ``TEI-C…`` consistency, ``TEI0…`` a file that cannot be judged).
    ``line`` and ``column`` count from 1; ``None`` where they are not known. ``xpath`` names the element,
    ``link`` a page that explains the rule.
    """

    code: str
    severity: Severity
    message: str
    path: str
    line: int | None = None
    column: int | None = None
    xpath: str | None = None
    hint: str | None = None
    link: str | None = None

    @property
    def layer(self) -> Layer:
        """The layer of checks that found it, as its code tells."""
        return _LAYERS.get(self.code.removeprefix("TEI-")[:1], "well-formed")

    def __str__(self) -> str:
        """Render as ``path:line:col: severity CODE message``, the hint on a line of its own."""
        return self.render()

    def render(self, *, hint: bool = True) -> str:
        """Render for a terminal or a log; ``hint=False`` keeps it to one line."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        text = f"{place}: {self.severity} {self.code} {self.message}"
        return f"{text}\n  hint: {self.hint}" if hint and self.hint else text


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return ``problems`` by line and column, those without a line last; otherwise in the order given."""
    last = float("inf")
    return sorted(problems, key=lambda p: (last if p.line is None else p.line, p.column or 0))
