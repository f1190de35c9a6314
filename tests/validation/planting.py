"""Mistakes that people make in a file by hand, planted at random places of an edition."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final, NamedTuple


class Planted(NamedTuple):
    """A file with one mistake: its text, where the mistake is (lines from 1), the codes that may tell it."""

    text: str
    lines: frozenset[int]
    codes: frozenset[str]
    what: str


Plant = Callable[[str, random.Random], "Planted | None"]
MISTAKES: Final[dict[str, Plant]] = {}
WITHOUT_PLACE: Final = frozenset({"page break deleted"})
"""Where these were can only be told by what stands around them."""
ELSEWHERE: Final = WITHOUT_PLACE | {
    "page breaks exchanged",
    "page break moved",
    "mark of a note no longer a link",
}
"""What these break is told at another place than that of the edit, or depends on it."""

_INLINE: Final = "persName|said|soCalled|q|term|title|hi|quote|emph|mentioned|gloss"


def _mistake(plant: Plant) -> Plant:
    MISTAKES[plant.__name__.strip("_").replace("_", " ")] = plant
    return plant


def _places(pattern: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(pattern, text[text.index("<text ") :]))


def _edit(text: str, start: int, end: int, new: str, codes: str, *, lines: int = 1) -> Planted:
    """``text[start:end]``, counted from ``<text``, becomes ``new``."""
    base = text.index("<text ")
    start, end = start + base, end + base
    first = text.count("\n", 0, start) + 1
    what = f"{text[max(0, start - 30) : start]}[{text[start:end]} -> {new}]{text[end : end + 20]}"
    return Planted(
        text[:start] + new + text[end:],
        frozenset(range(first, first + lines)),
        frozenset(codes.split()),
        what,
    )


def _one(
    pattern: str, text: str, chance: random.Random, new: str | Callable[[re.Match[str]], str], codes: str
) -> Planted | None:
    """The group of one of the places that ``pattern`` matches is replaced."""
    places = _places(pattern, text)
    if not places:
        return None
    match = chance.choice(places)
    return _edit(text, match.start(1), match.end(1), new if isinstance(new, str) else new(match), codes)


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if word[at] != word[at + 1] else f"{word}x"


@_mistake
def closing_tag_deleted(text: str, chance: random.Random) -> Planted | None:
    return _one(rf"<(?:{_INLINE})\b[^>]*>[^<>\n]+(</(?:{_INLINE})>)", text, chance, "", "TEI040")


@_mistake
def closing_tag_of_a_paragraph_deleted(text: str, chance: random.Random) -> Planted | None:
    return _one(r"(</(?:p|item|head|note)>)", text, chance, "", "TEI040")


@_mistake
def closing_tag_misspelt(text: str, chance: random.Random) -> Planted | None:
    return _one(r"</(\w{4,})>", text, chance, lambda m: _misspelt(m[1], chance), "TEI040")


@_mistake
def opening_tag_misspelt(text: str, chance: random.Random) -> Planted | None:
    return _one(
        r"<(persName|soCalled|title|quote|choice)\b(?=[^>]*[^/]>)",
        text,
        chance,
        lambda m: f"{m[1]}s",
        "TEI040",
    )


@_mistake
def ampersand_not_escaped(text: str, chance: random.Random) -> Planted | None:
    return _one(r"[a-z]( )[a-z]", text, chance, " & ", "TEI040")


@_mistake
def less_than_sign(text: str, chance: random.Random) -> Planted | None:
    return _one(r"[a-z]( )[a-z]", text, chance, " < ", "TEI040")


@_mistake
def quotation_mark_missing(text: str, chance: random.Random) -> Planted | None:
    return _one(r'<\w+ (?:\w+="[^"]*" )*\w+="[^"\n]*(")/?>', text, chance, "", "TEI040")


@_mistake
def element_name_misspelt(text: str, chance: random.Random) -> Planted | None:
    places = _places(
        r"<(persName|said|soCalled|title|sic|corr|head|note|term|label)\b([^>]*)>([^<>\n]+)</\1>", text
    )
    if not places:
        return None
    match = chance.choice(places)
    name = _misspelt(match[1], chance)
    return _edit(text, match.start(), match.end(), f"<{name}{match[2]}>{match[3]}</{name}>", "TEI-S001")


@_mistake
def empty_element_misspelt(text: str, chance: random.Random) -> Planted | None:
    return _one(r"<(pb|lb)(?: [^>]*)?/>", text, chance, lambda m: m[1][::-1], "TEI-S001")


@_mistake
def attribute_misspelt(text: str, chance: random.Random) -> Planted | None:
    return _one(
        r'<(?!TEI)\w+(?: [\w:]+="[^"]*")* ((?:xml:)?\w{2,})="',
        text,
        chance,
        lambda m: f"{m[1][:-1]}{m[1][-1]}{m[1][-1]}",
        "TEI-S004",
    )


@_mistake
def attribute_missing(text: str, chance: random.Random) -> Planted | None:
    return _one(
        r'<(?:pb|note|div|kinesic|vocal|surplus)\b[^>]*?( (?:xml:id|n|type|place|reason)="[^"]*")',
        text,
        chance,
        "",
        "TEI-S005 TEI-R014 TEI-C007",
    )


@_mistake
def value_not_in_the_list(text: str, chance: random.Random) -> Planted | None:
    return _one(r'(?:cert|force|place|level|break)="(\w+)"', text, chance, lambda m: f"{m[1]}x", "TEI-S006")


@_mistake
def bad_date(text: str, chance: random.Random) -> Planted | None:
    return _one(r'<date when="([^"]+)"', text, chance, lambda m: f"{m[1][:4]}-13-01", "TEI-S006")


@_mistake
def id_twice(text: str, chance: random.Random) -> Planted | None:
    names = re.findall(r'<(?:pb|note)\b[^>]*xml:id="([^"]+)"', text)
    if len(names) < 2:
        return None
    return _one(
        r'<(?:pb|note)\b[^>]*xml:id="([^"]+)"',
        text,
        chance,
        lambda m: chance.choice([name for name in names if name != m[1]]),
        "TEI-P002",
    )


@_mistake
def person_with_the_id_of_another(text: str, chance: random.Random) -> Planted | None:
    places = list(re.finditer(r'<person xml:id="([^"]+)"', text))
    one, other = chance.sample(places, 2)
    start, end = one.span(1)
    line = text.count("\n", 0, start) + 1
    lines = {line, text.count("\n", 0, other.start()) + 1}
    new = text[:start] + other[1] + text[end:]
    return Planted(new, frozenset(lines), frozenset({"TEI-P002"}), f"{one[1]} -> {other[1]}")


@_mistake
def pointer_to_nowhere(text: str, chance: random.Random) -> Planted | None:
    return _one(
        r'<(?!lb)\w+\b[^>]* (?:ref|who|target|ana|next|prev|corresp|resp)="#([^" ]+)"',
        text,
        chance,
        lambda m: f"{m[1]}zz",
        "TEI-P001",
    )


@_mistake
def pointer_without_sign(text: str, chance: random.Random) -> Planted | None:
    return _one(r'<(?:said|q|note|pb|sp)\b[^>]* (?:who|next|prev|corresp)="(#)', text, chance, "", "TEI-S006")


@_mistake
def name_that_points_at_a_group_of_reactions_or_a_note(text: str, chance: random.Random) -> Planted | None:
    wrong = chance.choice(re.findall(r'<(?:pb|note|category|respStmt)\b[^>]* ?xml:id="([^"]+)"', text))
    return _one(r'<persName ref="#([^"]+)"', text, chance, wrong, "TEI-P003")


@_mistake
def speaker_who_is_no_person(text: str, chance: random.Random) -> Planted | None:
    wrong = chance.choice(re.findall(r'<(?:pb|note|category)\b[^>]* ?xml:id="([^"]+)"', text))
    return _one(r'<(?:said|q|sp|kinesic)\b[^>]* who="#([^" ]+)"', text, chance, wrong, "TEI-P003")


@_mistake
def page_that_points_at_another(text: str, chance: random.Random) -> Planted | None:
    pages = re.findall(r'<pb\b[^>]*xml:id="([^"]+)"', text)
    return _one(
        r'<pb\b[^>]* (?:next|prev|corresp)="#([^"]+)"',
        text,
        chance,
        lambda m: chance.choice([page for page in pages if page != m[1] and page not in m[0]]),
        "TEI-P004",
    )


@_mistake
def letter_changed(text: str, chance: random.Random) -> Planted | None:
    return _one(r"\n<lb/>[^<>\n]*\b[a-z]+([aeo])[a-z]+\b[^<>\n]*(?=<)", text, chance, "u", "TEI-T001")


@_mistake
def word_deleted(text: str, chance: random.Random) -> Planted | None:
    return _one(r"(?<=[a-z]) ([a-z]{3,} )(?=[a-z])", text, chance, "", "TEI-T001")


@_mistake
def space_doubled(text: str, chance: random.Random) -> Planted | None:
    return _one(r"\n<lb/>[^<>\n]*[a-z]( )(?=[a-z]{3,})", text, chance, "  ", "TEI-T001")


@_mistake
def lines_joined(text: str, chance: random.Random) -> Planted | None:
    return _one(r"[a-z,]( ?\n<lb/>)(?=[a-z])", text, chance, " ", "TEI-T001")


@_mistake
def line_deleted(text: str, chance: random.Random) -> Planted | None:
    planted = _one(r"[a-z] ?(\n<lb/>[a-z][^<>\n]+[a-z] ?)(?=\n<lb/>[a-z])", text, chance, "", "TEI-T001")
    return planted and planted._replace(lines=planted.lines | {line + 1 for line in planted.lines})


@_mistake
def line_break_removed(text: str, chance: random.Random) -> Planted | None:
    return _one(r"\n(<lb/>)(?=[a-z]|\n)", text, chance, "", "TEI-C011")


@_mistake
def broken_word_not_joined(text: str, chance: random.Random) -> Planted | None:
    return _one(r'</pc> ?\n<lb( break="no")/>[a-z]', text, chance, "", "TEI-C012")


@_mistake
def page_breaks_exchanged(text: str, chance: random.Random) -> Planted | None:
    pages = list(re.finditer(r"<pb\b[^>]*/>", text))
    if len(pages) < 2:
        return None
    at = chance.randrange(len(pages) - 1)
    one, other = pages[at], pages[at + 1]
    new = text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
    lines = {text.count("\n", 0, page.start()) + 1 for page in (one, other)}
    return Planted(new, frozenset(lines), frozenset({"TEI-C001", "TEI-T002"}), one[0] + other[0])


@_mistake
def page_break_moved(text: str, chance: random.Random) -> Planted | None:
    rows = text.split("\n")
    places = [at for at, row in enumerate(rows) if re.match(r'<pb\b[^>]*corresp="[^>]*/>', row)]
    if not places:
        return None
    at = chance.choice(places)
    tag = re.match(r"<pb\b[^>]*/>", rows[at])
    assert tag is not None
    to = next((n for n in range(at + 3, len(rows)) if re.match(r"<lb/>[a-z]", rows[n])), None)
    if to is None or any("<pb" in row for row in rows[at + 1 : to + 1]):
        return None
    rows[at] = rows[at][tag.end() :]
    rows[to] = tag[0] + rows[to]
    return Planted("\n".join(rows), frozenset(range(at + 1, to + 2)), frozenset({"TEI-T002"}), tag[0])


@_mistake
def page_break_deleted(text: str, chance: random.Random) -> Planted | None:
    planted = _one(r"(<pb\b[^>]*/>)", text, chance, "", "TEI-P001 TEI-C002")
    return planted and planted._replace(lines=frozenset())


@_mistake
def mark_of_a_note_no_longer_a_link(text: str, chance: random.Random) -> Planted | None:
    places = [
        match
        for match in _places(r'<ref type="noteAnchor" target="#([^"]+)">([^<]+)</ref>', text)
        if text.count(f'target="#{match[1]}"') == 1
    ]
    if not places:
        return None
    match = chance.choice(places)
    planted = _edit(text, match.start(), match.end(), match[2], "TEI-C005")
    note = re.search(rf'<note\b[^>]*xml:id="{re.escape(match[1])}"', planted.text)
    assert note is not None
    return planted._replace(lines=frozenset({planted.text.count("\n", 0, note.start()) + 1}))


@_mistake
def mark_of_a_note_deleted(text: str, chance: random.Random) -> Planted | None:
    return _one(r'(<ref type="noteAnchor" target="#[^"]+">[^<]+</ref>)', text, chance, "", "TEI-T001")


@_mistake
def paragraph_in_a_paragraph(text: str, chance: random.Random) -> Planted | None:
    return _one(r"<p>()<lb/>[A-Z]", text, chance, "<p>x</p>", "TEI-S001 TEI-T001") and _one(
        r"<p><lb/>((?:[A-Z][^<>\n]{10,}))\n", text, chance, lambda m: f"<p>{m[1]}</p>", "TEI-S001"
    )


@_mistake
def text_loose_in_a_division(text: str, chance: random.Random) -> Planted | None:
    return _one(r"</p>()\s*\n<lb/>\s*\n<p>", text, chance, "loose words", "TEI-S003 TEI-T001")


@_mistake
def reaction_without_type(text: str, chance: random.Random) -> Planted | None:
    return _one(r'<(?:kinesic|vocal|incident)( type="[^"]*")', text, chance, "", "TEI-S005")


@_mistake
def year_of_a_date(text: str, chance: random.Random) -> Planted | None:
    return _one(
        r'<date when="(\d{4})[^"]*">[^<]*\b\1\b[^<]*<', text, chance, lambda m: f"18{m[1][2:]}", "TEI-C015"
    )


@_mistake
def words_taken_out_of_their_correction(text: str, chance: random.Random) -> Planted | None:
    return _one(
        r"(<choice><sic>[^<>]+</sic><corr\b[^>]*>[^<>]+</corr></choice>)",
        text,
        chance,
        lambda m: re.sub(r".*<corr\b[^>]*>([^<>]+)</corr></choice>", r"\1", m[1]),
        "TEI-T001",
    )
