"""Rules that hold between the sections of an edition file.

They work on the raw file, as TOML gives it, so that they find their problems whether or
not the single values are right; what is not of the expected type they pass over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

Key = tuple[str | int, ...]
"""The way to a value: names of keys, and positions in lists, which count from 0."""

_PEOPLE: Final = ("responsibility", "person", "group", "organization")


class BrokenRule(NamedTuple):
    """A place where a rule is broken. ``value`` is what stands there (``None``: nothing does)."""

    at: Key
    value: object
    message: str

    @property
    def key(self) -> str:
        """The place as a person writes it."""
        return key_path(self.at)


def key_path(at: Key) -> str:
    """``print.date`` or ``person[3].id``: keys as written in TOML, entries of a list counted from 1."""
    text = ""
    for part in at:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def broken_rules(raw: Mapping[str, object]) -> Iterator[BrokenRule]:
    """Every place in ``raw`` (an edition file as nested tables and lists) that breaks a rule."""
    ids: dict[str, Key] = {}
    for section, table in raw.items():
        for number, entry in _entries(table):
            identifier = entry.get("id")
            at = (section, number, "id")
            if not isinstance(identifier, str):
                continue
            if identifier in ids:
                message = f"is the id of {key_path(ids[identifier][:-1])} too; every id may stand once"
                yield BrokenRule(at, identifier, message)
            else:
                ids[identifier] = at
    people = {identifier for identifier, at in ids.items() if at[0] in _PEOPLE}
    yield from _dangling(raw, (), people)
    yield from _publisher(raw.get("publication"))


def _publisher(publication: object) -> Iterator[BrokenRule]:
    if not isinstance(publication, Mapping):
        return
    given = [key for key in ("publisher", "authority") if publication.get(key) is not None]
    if not given:
        message = "needs publisher, or authority (who answers for an edition without a publisher)"
        yield BrokenRule(("publication",), None, message)
    elif len(given) == 2:
        message = "stands beside publisher; give one of the two"
        yield BrokenRule(("publication", "authority"), publication["authority"], message)


def _dangling(value: object, at: Key, people: AbstractSet[str]) -> Iterator[BrokenRule]:
    """Pointers at people that are not there: ``ref``, ``who``, ``audience``; in changes without "#"."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _dangling(inner, (*at, key), people)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _dangling(inner, (*at, number), people)
    elif isinstance(value, str) and at[-1] in {"ref", "who", "audience"}:
        is_local = value.startswith("#") or at[0] == "change"
        if is_local and value.removeprefix("#") not in people:
            message = (
                "is the id of no person, group, organization or responsibility in this file; add one, "
                "or name one of them"
            )
            yield BrokenRule(at, value, message)


def _entries(value: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    if isinstance(value, list | tuple):
        for number, entry in enumerate(value):
            if isinstance(entry, Mapping):
                yield number, entry
