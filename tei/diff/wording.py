"""How a change is said, whether in a terminal or on a page: its place, its subject, its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Final, Literal, NamedTuple

from tei.diff.model import KINDS, Change, Difference
from tei.diff.texts import Edit, align_items

#: Words that stay, that went, that came; the words that an element stands around.
Sign = Literal["=", "-", "+", "|"]

#: The longest stretch of words that is shown whole; of a longer one, its start and its end.
_LONG: Final = 160
_ENDS: Final = 70
_KEPT: Final = 30
#: Changes that differ in their places alone: so many are shown, the others counted.
_SHOWN: Final = 3
_LINES: Final = 12

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
_NAMES: Final = {"!--": "comment", "&": "entity"}
# What a terminal would obey, what turns the direction of a line round, and what no encoding can carry.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Words(NamedTuple):
    """A piece of text and what became of it."""

    sign: Sign
    text: str


class Group(NamedTuple):
    """Changes alike: one that is shown, or the lines of those that are not."""

    change: Change
    others: list[Change]


def safe(text: str) -> str:
    """``text`` with characters that command a terminal, or a page, written as escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def summary(difference: Difference) -> str:
    """How many changes there are of each kind."""
    counts = [(len(difference.of(kind)), kind) for kind in KINDS if difference.of(kind)]
    if not counts:
        return "no changes"
    noun = "change" if counts[0][0] == 1 else "changes"
    (first, kind), *rest = counts
    return ", ".join([f"{first} {noun} of the {kind}", *(f"{count} of the {kind}" for count, kind in rest)])


def lines(change: Change) -> str:
    """The lines of the change in the old and in the new file."""
    old, new = ("-" if line is None else str(line) for line in (change.line_old, change.line_new))
    return f"{old} → {new}"


def subject(change: Change) -> str:
    """What changed, and how, but for the words."""
    name = change.path or _name(change.element)
    listed = ", ".join(_attribute(*attribute) for attribute in _attributes(change))
    along = ", ".join(f"{count:+d} {_name(name)}" for name, count in change.along.items())
    if change.kind == "text":
        said = "moved" if change.what == "moved" else ""
        return f"{said} ({along})" if along and said else f"({along})" if along else said
    what = {
        "attributes": "",
        "content": "",
        "replaced": "",
        "renamed": f"→ {_name(change.renamed)}",
        "edges": "other words",
        "split": "split",
        "joined": "joined",
    }.get(change.what, change.what)
    if change.renamed and change.what != "renamed":
        what = f"→ {_name(change.renamed)}, {what}"
    said = " ".join(filter(None, (name, what, listed)))
    return f"{said} ({along})" if along else said


def _attributes(change: Change) -> Iterable[tuple[str, str | None, str | None]]:
    return ((one.name, one.old, one.new) for one in change.attributes)


def _attribute(name: str, old: str | None, new: str | None) -> str:
    if old is None:
        return f'+{name}="{new}"'
    return f'-{name}="{old}"' if new is None else f'{name}="{old}" → "{new}"'


def _name(name: str) -> str:
    return _NAMES.get(name, f"instruction {name[1:]}" if name.startswith("?") else name)


def words(change: Change) -> list[Words]:
    """The words of the change, with some around; what stays is shortened."""
    if change.kind == "header":
        return between(change.old, change.new)
    start, end = Words("=", change.before), Words("=", change.after)
    if change.kind == "text":
        if change.what == "moved":
            return _filled(start, Words("+", _short(change.new)), end)
        return _filled(start, Words("-", _short(change.old)), Words("+", _short(change.new)), end)
    if change.what == "content":
        return _filled(start, *between(change.old, change.new), end)
    if change.what in ("edges", "joined", "split") and change.old != change.new:
        return _filled(start, *between(change.old, change.new), end)
    return _filled(start, Words("|", _short(change.new or change.old)), end)


def _filled(*pieces: Words) -> list[Words]:
    return [piece for piece in pieces if piece.text]


def between(old: str, new: str) -> list[Words]:
    """What went and what came from ``old`` to ``new``, word by word; what stays is shortened."""
    if not old or not new:
        return _filled(Words("-", _short(old)), Words("+", _short(new)))
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    edits: list[Edit] = []
    for edit in align_items(one, other):
        last = edits[-1] if edits else None
        if last is not None and edit.start_old - last.end_old <= 2:
            edits[-1] = Edit(last.start_old, edit.end_old, last.start_new, edit.end_new)
        else:
            edits.append(edit)
    found: list[Words] = []
    place = 0
    for edit in edits:
        found.append(Words("=", _kept("".join(one[place : edit.start_old]), start=place == 0, end=False)))
        found.append(Words("-", _short("".join(one[edit.start_old : edit.end_old]))))
        found.append(Words("+", _short("".join(other[edit.start_new : edit.end_new]))))
        place = edit.end_old
    found.append(Words("=", _kept("".join(one[place:]), start=place == 0, end=True)))
    return _filled(*found)


def _short(text: str) -> str:
    if len(text) <= _LONG:
        return text
    left_out = len(text) - 2 * _ENDS
    return f"{text[:_ENDS]} … {left_out} characters … {text[-_ENDS:]}"


def _kept(text: str, *, start: bool, end: bool) -> str:
    if len(text) <= 2 * _KEPT:
        return text
    head = "" if start else text[:_KEPT]
    tail = "" if end else text[-_KEPT:]
    return f"{head}…{tail}"


def groups(changes: Iterable[Change]) -> list[Group]:
    """Changes in order; of markup changes that differ in their places alone, three stand for all."""
    alike: dict[Hashable, list[Change]] = defaultdict(list)
    order: list[list[Change]] = []
    for change in changes:
        own = change.kind != "markup" or change.what in ("content", "edges", "split", "joined")
        key = (
            id(change)
            if own
            else (
                change.what,
                change.element,
                change.renamed,
                change.attributes,
                tuple(change.along.items()),
            )
        )
        if not alike[key]:
            order.append(alike[key])
        elif len(alike[key]) < _SHOWN:
            order.append([change])
        alike[key].append(change)
    last = {id(members[_SHOWN - 1]): members[_SHOWN:] for members in alike.values() if len(members) > _SHOWN}
    return [Group(members[0], last.get(id(members[0]), [])) for members in order]


def others(group: Group) -> str:
    """The line that stands for the changes that are not shown."""
    places = [str(change.line_new or change.line_old) for change in group.others]
    listed = ", ".join(places[:_LINES]) + (", …" if len(places) > _LINES else "")
    return f"and {len(places)} more of the same: {'line' if len(places) == 1 else 'lines'} {listed}"
