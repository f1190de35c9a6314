"""Rules that hold between the sections of an edition file.

They work on the raw file, as TOML gives it, so that they find their problems whether or
not the single values are right; what is not of the expected type they pass over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

Key = tuple[str | int, ...]
"""The way to a value: names of keys, and positions in lists, which count from 0."""

_WITH_IDS: Final = ("responsibility", "person", "group")


@dataclass(frozen=True)
class BrokenRule:
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
    for section in _WITH_IDS:
        for number, entry in _entries(raw.get(section)):
            identifier = entry.get("id")
            at = (section, number, "id")
            if not isinstance(identifier, str):
                continue
            if identifier in ids:
                message = f"is the id of {key_path(ids[identifier][:-1])} too; every id may stand once"
                yield BrokenRule(at, identifier, message)
            else:
                ids[identifier] = at
    yield from _dangling(raw, ids)
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


def _dangling(raw: Mapping[str, object], ids: Mapping[str, Key]) -> Iterator[BrokenRule]:
    message = "is the id of no person, group or responsibility in this file; add one, or name one of them"
    for number, change in _entries(raw.get("change")):
        who = change.get("who")
        if isinstance(who, str) and who not in ids:
            yield BrokenRule(("change", number, "who"), who, message)
    for section, key in (("work", "authors"), ("work", "editors"), ("print", "authors")):
        table = raw.get(section)
        names = table.get(key) if isinstance(table, Mapping) else None
        for number, named in _entries(names):
            ref = named.get("ref")
            if isinstance(ref, str) and ref.startswith("#") and ref[1:] not in ids:
                yield BrokenRule((section, key, number, "ref"), ref, message)


def _entries(value: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    if isinstance(value, list | tuple):
        for number, entry in enumerate(value):
            if isinstance(entry, Mapping):
                yield number, entry
