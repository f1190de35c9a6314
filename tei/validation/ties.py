"""Do notes, speakers, reactions and people belong together?

TEI Guidelines, chapters 3.9, 3.13, 8.3 and 15.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from tei.names import EDITORIAL, T, local_name
from tei.validation.index import XML_ID, Index
from tei.validation.noted import Noted, mark_of

_NOTE: Final = f"{T}note"
_REACTIONS: Final = (f"{T}kinesic", f"{T}vocal", f"{T}incident")
_READINGS: Final = frozenset(T + name for name in EDITORIAL)
_REPLACED: Final = frozenset(T + name for name in ("sic", "orig", "abbr", "surplus"))
# Brackets, and what stands for them or before them in plain text and Markdown.
_BRACKETS: Final = ("([{（［—–-*_\\", ")]}）］—–-*_.")
_OFTEN: Final = 3


def note_notes(index: Index) -> Iterator[Noted]:
    """Notes that no mark in the text points at, and marks that are not those of their notes."""
    pointed = {pointer.target for pointer in index.pointers if pointer.attribute == "target"}
    for note in index.tree.iter(_NOTE):
        identifier = note.get(XML_ID)
        if (
            note.get("place") is None
            or note.get("type") == "editorial"
            or note.get("prev")
            or note.get("target")
        ):
            continue
        if note.get("place") == "inline" or identifier is None or identifier in pointed:
            continue
        yield Noted(
            code="TEI-C005",
            severity="error",
            message=f'no mark in the text leads to this note: nothing has target="#{identifier}"',
            element=note,
            attribute=XML_ID,
            hint=f'mark its place: <ref type="noteAnchor" target="#{identifier}">{note.get("n", "*")}</ref>',
            link="CO.html#CONONO",
        )
    for pointer in index.pointed_by("target", "ref"):
        target = index.ids.get(pointer.target)
        if target is None or target.tag != _NOTE or pointer.element.get("type") != "noteAnchor":
            continue
        mark, own = mark_of(_read(pointer.element)), mark_of(target.get("n", ""))
        if mark and own and mark != own:
            yield Noted(
                code="TEI-C006",
                severity="warning",
                message=f"the mark “{mark}” leads to a note whose mark is “{own}”",
                element=pointer.element,
                attribute="target",
                hint=f"the note stands in line {target.sourceline}: mend the target here, or n there",
                link="CO.html#CONONO",
            )


def _read(element: etree._Element) -> str:
    """The text of an element as it should read: corrected."""
    corrected = element.iter(*_READINGS)
    if next(corrected, None) is None:
        return "".join(element.itertext()).strip()
    wrong = {text for one in element.iter(*_REPLACED) for text in one.iter()}
    parts = [one.text or "" for one in element.iter() if one not in wrong]
    parts += [one.tail or "" for one in element.iter() if one is not element and one.getparent() not in wrong]
    return "".join(parts).strip()


def note_reactions(index: Index) -> Iterator[Noted]:
    """Reactions of an audience without a category, or without the brackets that they are printed in."""
    reactions = list(index.tree.iter(*_REACTIONS))
    usual = _usual_kinds(reactions)
    without = sum(not one.get("ana") for one in reactions)
    for one in reactions:
        name = local_name(one.tag)
        if not one.get("ana") and len(reactions) - without >= _OFTEN * without:
            yield Noted(
                "TEI-C007",
                "warning",
                f"this <{name}> has no ana: which reactions it tells of is not said",
                one,
                None,
                'write ana="#…" with the xml:id of a category in the header',
                "ref-att.global.analytic.html",
            )
        first = one.get("ana", "").split()[:1]
        expected = usual.get(first[0]) if first else None
        if expected is not None and one.get("type") and expected != (name, one.get("type")):
            yield Noted(
                "TEI-C008",
                "warning",
                f'<{name} type="{one.get("type")}"> tells of {first[0]}; the others that do are '
                f'<{expected[0]} type="{expected[1]}">',
                one,
                "type",
                "mend type or ana",
                "TS.html#TSBAVO",
            )
        words = " ".join("".join(one.itertext()).split())
        if words and (words[0] not in _BRACKETS[0] or words[-1] not in _BRACKETS[1]):
            yield Noted(
                "TEI-C009",
                "warning",
                f"the words of this <{name}> do not stand in brackets: “{words[:40]}”",
                one,
                None,
                "the printed brackets belong into <desc>; words that are spoken do not",
                "TS.html#TSBAVO",
            )


def _usual_kinds(reactions: list[etree._Element]) -> dict[str, tuple[str, str | None]]:
    """For each category that stands first in ``ana``, what nearly all of its reactions are."""
    counts: dict[str, Counter[tuple[str, str | None]]] = {}
    for one in reactions:
        for category in one.get("ana", "").split()[:1]:
            counts.setdefault(category, Counter())[local_name(one.tag), one.get("type")] += 1
    usual = {category: kinds.most_common(1)[0] for category, kinds in counts.items()}
    return {
        c: kind
        for c, (kind, count) in usual.items()
        if count > _OFTEN * (counts[c].total() - count) and count > 1
    }


def note_speakers(index: Index) -> Iterator[Noted]:
    """One label, two people: the fewer speeches are likely given to the wrong one."""
    speeches: dict[str, dict[str, list[etree._Element]]] = {}
    for speech in index.tree.iter(f"{T}sp"):
        label = speech.find(f"{T}speaker")
        if label is not None and speech.get("who"):
            name = _read(label).strip(" .:—–-").casefold()
            speeches.setdefault(name, {}).setdefault(speech.get("who", ""), []).append(speech)
    for by_person in speeches.values():
        if len(by_person) < 2:
            continue
        usual = max(by_person, key=lambda who: len(by_person[who]))
        if len(by_person[usual]) < _OFTEN:
            continue
        for who, found in by_person.items():
            if len(found) == 1 and who != usual:
                yield Noted(
                    "TEI-C010",
                    "warning",
                    f'who="{who}" under the label “{_read(found[0][0])[:30]}”, which is {usual} '
                    f"in {len(by_person[usual])} other speeches",
                    found[0],
                    "who",
                    f'write who="{usual}", if the same person is meant',
                    "DR.html#DRSP",
                )


def note_people(index: Index) -> Iterator[Noted]:
    """People in the header to whom nothing points."""
    pointed = {pointer.target for pointer in index.pointers}
    if not pointed:
        return
    for person in index.tree.iter(f"{T}person"):
        identifier = person.get(XML_ID)
        if identifier is not None and identifier not in pointed and not person.get("role"):
            yield Noted(
                "TEI-C013",
                "info",
                f'nothing points at the person "{identifier}"',
                person,
                XML_ID,
                "remove the entry, or mark where the person is named or speaks",
                "ND.html#NDPERSE",
            )
