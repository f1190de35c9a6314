"""A problem found in a file, as data; :mod:`tei.report` decides last how it is shown."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from tei.errors import EditionError, TeiError

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

    ``code`` is stable (``TEI-S…`` schema, ``TEI-R…`` project rules, ``TEI-P…`` pointers, ``TEI-T…`` the
    text, ``TEI-C…`` consistency, ``TEI0…`` a file that cannot be judged); :mod:`tei.codes` explains each.
    ``line`` and ``column`` (in characters) count from 1; ``None`` where they are not known. ``xpath`` names
    the element, ``link`` a page that explains the rule.
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
        return layer_of(self.code)

    @property
    def place(self) -> str:
        """``path:line:column``, without what is not known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        """Render as ``path:line:col: severity CODE message``, the hint on a line of its own."""
        text = f"{self.place}: {self.severity} {self.code} {self.message}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def layer_of(code: str) -> Layer:
    """Return the layer of checks that ``code`` belongs to: ``TEI0…`` to the first."""
    return _LAYERS.get(code[4:5], "well-formed") if code.startswith("TEI-") else "well-formed"


def problems_of(error: TeiError, path: str) -> list[Problem]:
    """Return what an error says as problems; ``path`` is named where the error names no file itself."""
    place = error.path or path
    if isinstance(error, EditionError) and len(error.problems) > 1:
        return [
            Problem(error.code, "error", f"{key}: {said}" if key else said, place, line, hint=error.hint)
            for key, said, line in error.problems
        ]
    return [Problem(error.code, "error", error.message, place, error.line, error.column, hint=error.hint)]


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return ``problems`` by line and column, those without a line last; otherwise in the order given."""
    last = float("inf")
    return sorted(problems, key=lambda p: (last if p.line is None else p.line, p.column or 0))
