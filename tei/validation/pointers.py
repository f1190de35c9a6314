"""Ids and what points at them (TEI Guidelines, chapter 16.2): every ``#id`` needs its element, one of it.

RELAX NG and W3C schema see only whether a pointer is written correctly, not whether it arrives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from lxml import etree

from tei.names import T, local_name
from tei.problems import Problem, Severity
from tei.validation.identities import WrongId, nearest, wrong_ids
from tei.validation.index import XML_ID, Index, Pointer
from tei.validation.noted import Noted, as_problems
from tei.validation.targets import fits, kind_problems, pair_problems

MOST: Final = 1000
"""How many problems of one kind are looked for in one file."""

_LINK: Final = "SA.html#SAPTL"
# Large projects keep what these lead to in one file for all, and its name is often left out.
_OUTSIDE: Final = frozenset({"ana", "decls", "hand", "ref", "rendition", "resp", "scheme", "who"})
_NOTE: Final = f"{T}note"
# Of the pointers that the schema lets lead anywhere, those whose words could be ids of this file.
_FIND_ADDRESSES: Final = etree.XPath("//@*[name() = 'resp' or name() = 'source'][not(contains(., '#'))]")
_LISTED: Final = 5


def check_pointers(
    tree: etree._ElementTree, path: str | Path, data: bytes | None = None, *, own: bool = True
) -> list[Problem]:
    """Return the problems of ids and of pointers within the file.

    One for each repeated ``xml:id``; one for each id that is pointed at and that nothing has; one for each
    pointer that leads to the wrong kind of thing, or that has no answer (``next`` and ``prev``). ``own``: the
    file keeps to the schema of this project, which allows fewer kinds. Pointers out of the file
    (``https://…``, ``people.xml#x``) are not followed. With the bytes of the file, problems have columns.
    """
    return as_problems(note_pointers(Index(tree), own=own), tree, path, data)


def note_pointers(index: Index, *, own: bool, most: int = MOST) -> list[Noted]:
    """Do what :func:`check_pointers` does, and leave the places to be looked up.

    ``index`` takes every element for the one that it most likely should be.
    """
    missing = dict(islice(index.missing.items(), most))
    wrong = list(islice(wrong_ids(index), most))
    for one in wrong:
        index.ids[one.name] = one.right if one.right is not None else one.element
        if one.meant is not None:
            index.ids[one.meant] = one.element
            missing.pop(one.meant, None)
    noted = [_repeated(index, one) if one.right is not None else _misspelt(index, one) for one in wrong]
    lonely = _lonely_notes(index) if missing else []
    for name, pointers in missing.items():
        near = _nearest(index, name, pointers, lonely)
        noted.append(_missing(name, pointers, near, own=own))
        if near is not None:
            index.ids[name] = index.ids[near]
    if own:
        noted += islice(_without_sign(index), most)
    noted += islice(kind_problems(index, own=own), most)
    noted += islice(pair_problems(index, own=own), most)
    return noted


def _without_sign(index: Index) -> Iterator[Noted]:
    """The name of an element of this file where an address may stand: its ``#`` was forgotten."""
    for value in _FIND_ADDRESSES(index.tree):
        element, attribute, words = value.getparent(), value.attrname, value.split()
        wrong = [word for word in words if word in index.ids]
        if wrong:
            yield Noted(
                code="TEI-P001",
                severity="error",
                message=f'{attribute}="{wrong[0]}" on <{local_name(element.tag)}> points at no xml:id here',
                element=element,
                attribute=attribute,
                hint=f'did you mean "#{wrong[0]}"? a pointer to an xml:id begins with #',
                link=_LINK,
                mend=" ".join(f"#{word}" if word in wrong else word for word in words),
            )


def _repeated(index: Index, wrong: WrongId) -> Noted:
    other, element = wrong.right, wrong.element
    assert other is not None
    hint = f"an id names one element; <{local_name(other.tag)}> in line {other.sourceline} has this one, too"
    if wrong.meant is not None:
        hint += f"; {_leading(index, wrong.meant)}: it may be meant here"
    return Noted(
        code="TEI-P002",
        severity="error",
        message=f'xml:id="{wrong.name}" is used again on <{local_name(element.tag)}>',
        element=element,
        attribute=XML_ID,
        hint=hint,
        link=_LINK,
        mend=wrong.meant,
    )


def _misspelt(index: Index, wrong: WrongId) -> Noted:
    assert wrong.meant is not None
    return Noted(
        code="TEI-P005",
        severity="error",
        message=f'nothing points at xml:id="{wrong.name}" on <{local_name(wrong.element.tag)}>, '
        f"and {_leading(index, wrong.meant)}",
        element=wrong.element,
        attribute=XML_ID,
        hint=f'did you mean xml:id="{wrong.meant}"?',
        link=_LINK,
        mend=wrong.meant,
    )


def _leading(index: Index, name: str) -> str:
    count = len(index.missing[name])
    pointers = "a pointer leads" if count == 1 else f"{count} pointers lead"
    return f'{pointers} to "#{name}", which nothing has'


def _missing(name: str, pointers: Sequence[Pointer], near: str | None, *, own: bool) -> Noted:
    # Where a page is missed, the pages beside it are nearest to the mistake.
    first = next((one for one in pointers if local_name(one.element.tag) == "pb"), pointers[0])
    message = (
        f'{first.attribute}="{first.written}" on <{local_name(first.element.tag)}> points at no xml:id here'
    )
    severity: Severity = (
        "error" if own or not _OUTSIDE.issuperset(p.attribute for p in pointers) else "warning"
    )
    hint = f'did you mean "#{near}"?' if near else "mend the pointer, or give its target this xml:id"
    others = [one for one in pointers if one is not first]
    if others:
        hint += f"; {_counted(len(others), 'more pointer')} to it, {_lines(others)}"
    words = first.element.get(first.attribute, "").split()
    mend = " ".join(f"#{near}" if word == first.written else word for word in words) if near else None
    return Noted(
        "TEI-P001", severity, message, first.element, first.attribute, hint, _LINK, mend=mend, lost=name
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _lines(pointers: Sequence[Pointer]) -> str:
    lines = sorted({one.element.sourceline or 0 for one in pointers})
    shown = ", ".join(map(str, lines[:_LISTED]))
    return f"in line{'s' if len(lines) > 1 else ''} {shown}" + (" …" if len(lines) > _LISTED else "")


def _lonely_notes(index: Index) -> list[str]:
    """The ids of the notes to which nothing points: notes are there to be pointed at."""
    pointed = {pointer.target for pointer in index.pointers}
    notes = (note for note in index.tree.iter(_NOTE) if note.get("place") and not note.get("prev"))
    return [name for note in notes if (name := note.get(XML_ID)) is not None and name not in pointed]


def _nearest(index: Index, name: str, pointers: Sequence[Pointer], lonely: Sequence[str]) -> str | None:
    """The id of the right kind that looks most like ``name``, or the only one that nothing points at."""
    ids = (one for one, element in index.ids.items() if all(fits(pointer, element) for pointer in pointers))
    waiting = [one for one in lonely if all(fits(pointer, index.ids[one]) for pointer in pointers)]
    return nearest(name, ids) or (waiting[0] if len(waiting) == 1 else None)
