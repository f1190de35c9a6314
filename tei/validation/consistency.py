"""Is the encoding consistent in itself? What no schema can say of a file that keeps to our conventions.

The conventions are those of docs/encoding.md. Each check is silent where a text gives it nothing to go by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

from tei.names import T, local_name
from tei.validation.index import Index
from tei.validation.lines import note_lines
from tei.validation.noted import Noted
from tei.validation.order import note_divisions, note_pages
from tei.validation.ties import note_notes, note_people, note_reactions, note_speakers

_MOST: Final = 1000
_HOLDERS: Final = tuple(
    T + name
    for name in ("p", "head", "item", "l", "said", "q", "quote", "persName", "orgName", "note", "title", "hi")
)
# Elements that hold no text and say something all the same.
_SAYING: Final = tuple(
    T + name
    for name in ("pb", "gap", "space", "figure", "graphic", "g", "anchor", "kinesic", "vocal", "incident")
)
_YEAR: Final = re.compile(r"(?<![0-9])(?:1[0-9]{3}|20[0-9]{2})(?![0-9])")


def note_inconsistencies(index: Index, data: bytes | None) -> list[Noted]:
    """Return what is inconsistent in a file that keeps to our schema; ``data`` are its bytes."""
    root = index.tree.getroot()
    checks = (
        note_pages(root),
        note_divisions(root),
        note_notes(index),
        note_reactions(index),
        note_speakers(index),
        note_people(index),
        iter(note_lines(root, data)),
        _empty_elements(root),
        _dates(root),
    )
    return [noted for check in checks for noted in islice(check, _MOST)]


def _empty_elements(root: etree._Element) -> Iterator[Noted]:
    """Elements that are there for their text and have none."""
    for element in root.iter(*_HOLDERS):
        if len(element) == 0 and element.text and not element.text.isspace():
            continue
        if next((words for words in element.itertext() if words.strip()), None) is not None:
            continue
        if next(element.iter(*_SAYING), None) is None:
            name = local_name(element.tag)
            hint = f"remove <{name}>, or write what belongs into it"
            yield Noted("TEI-C014", "warning", f"this <{name}> holds nothing", element, None, hint)


def _dates(root: etree._Element) -> Iterator[Noted]:
    """Dates whose attribute names another year than is written."""
    for date in root.iter(f"{T}date"):
        stated = [date.get(name, "") for name in ("when", "from", "to", "notBefore", "notAfter")]
        years = {value[:4] for value in stated if _YEAR.match(value)}
        written = set(_YEAR.findall("".join(date.itertext())))
        if not years or not written or years & written:
            continue
        if any(min(years) <= year <= max(years) for year in written):
            continue
        name = next(name for name in ("when", "from", "to", "notBefore", "notAfter") if date.get(name))
        message = f'{name}="{date.get(name)}" is another year than is written: {", ".join(sorted(written))}'
        yield Noted("TEI-C015", "warning", message, date, name, f"mend {name}", "CO.html#CONADA")
