"""Is the text still the one that was encoded? An edit of the markup may not change a character of it.

A TEI file that stands in the directory of its edition is compared with the source there: its source view must
be the source, byte for byte. What is to be read otherwise stands in ``choice`` (TEI Guidelines, 3.5.1).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from lxml import etree

from tei.errors import ParseError, SourceError
from tei.files import is_standard_stream, read_bytes
from tei.names import T
from tei.validation.noted import Noted
from tei.views.paper import paper_order
from tei.views.source import Cut, source_bytes
from tei.views.texts import texts
from tei.views.walk import walk

_EDITION_FILE: Final = "edition.toml"
_SOURCE_FILE: Final = "source.txt"
_DIGITAL: Final = f"{T}teiHeader/{T}fileDesc/{T}sourceDesc/{T}bibl[@type='digital']"
_MOST_PAGES: Final = 5000


def note_changes(tree: etree._ElementTree, path: str | Path, data: bytes) -> list[Noted]:
    """Return what makes the text of ``tree`` differ from the source, once for each change.

    Nothing where no edition file stands beside the file ``path``. ``data`` are the bytes that ``tree`` was
    parsed from.

    :raises FileError, EditionError: the edition or its source cannot be read.
    """
    source = _source_file(path)
    if source is None:
        return []
    root = tree.getroot()
    given = read_bytes(source)
    try:
        if source_bytes(root) == given:
            return _wrong_checksum(root, given)
        swapped = _swapped(root, path, source, given)
    except (ParseError, SourceError) as error:
        at = next((page for page in root.iter(f"{T}pb") if page.sourceline == error.line), root)
        return [
            Noted(
                "TEI-T003",
                "error",
                f"the text cannot be compared with its source: {error.message}",
                at,
                None,
                error.hint,
            )
        ]
    if swapped is not None:
        return [swapped]
    from tei.validation.changes import changes

    found = changes(root, data, _wanted(path, given), source.name)
    if found:
        return found
    message = "the header states another encoding or other line ends than the source has"
    hint = "mend sourceDesc/bibl[@type='digital'] in the header"
    digital = root.find(_DIGITAL)
    return [Noted("TEI-T003", "error", message, root if digital is None else digital, None, hint)]


def _wrong_checksum(root: etree._Element, given: bytes) -> list[Noted]:
    stated = root.find(f"{_DIGITAL}/{T}idno[@type='sha256']")
    own = sha256(given).hexdigest()
    if stated is None or (stated.text or "").strip() == own:
        return []
    message = "the header states another checksum than the source has"
    return [Noted("TEI-T004", "error", message, stated, None, f"write {own}")]


def _source_file(path: str | Path) -> Path | None:
    """The source of the edition whose TEI file ``path`` is; ``None`` if it is that of none."""
    directory = Path(path).parent
    edition = directory / _EDITION_FILE
    if is_standard_stream(path) or not edition.is_file() or Path(path).stem != directory.resolve().name:
        return None
    name: object = None
    try:
        stated = tomllib.loads(edition.read_text(encoding="utf-8")).get("source", {})
        name = stated.get("file", _SOURCE_FILE) if isinstance(stated, dict) else None
    except (OSError, ValueError):
        name = None
    if not isinstance(name, str) or not (directory / name).is_file():
        # Something is wrong with the edition file: who reads it with care says what. It takes longer to load.
        from tei.edition.load import load_edition

        name = load_edition(directory).source.file
    source = directory / name
    return source if source.is_file() else None


def _wanted(path: str | Path, given: bytes) -> str:
    from tei.edition.load import load_edition
    from tei.source import read_source

    return read_source(given, load_edition(Path(path).parent).source.encoding).text


def _swapped(root: etree._Element, path: str | Path, source: Path, given: bytes) -> Noted | None:
    """Whether all the text is there, page by page, and only the page breaks stand before the wrong pages."""
    pages, pieces = _pages(root)
    if not 1 < len(pages) <= _MOST_PAGES:
        return None
    wanted = _wanted(path, given)
    if sum(map(len, pieces)) != len(wanted):
        return None
    misplaced = [
        page for page, expected in zip(pages, _in_source(pieces, wanted), strict=False) if not expected
    ]
    if not misplaced:
        return None
    first, *others = sorted(misplaced, key=lambda page: page.sourceline or 0)
    message = f'<pb n="{first.get("n", "")}"> stands before the text of another page'
    hint = "put each page break back before the text of its own page"
    if others:
        message += f', and so does <pb n="{others[0].get("n", "")}">'
        hint += f"; the other one stands in line {others[0].sourceline}"
    if len(others) > 1:
        message += f"; {len(misplaced)} pages in all are not in the order of {source.name}"
    return Noted("TEI-T002", "error", message, first, None, hint, "CO.html#CORS5")


def _pages(root: etree._Element) -> tuple[list[etree._Element], list[str]]:
    """The page breaks in their order on paper, each with the text up to the next one; the first has none."""
    pages: list[etree._Element] = []
    pieces: list[str] = []
    for text in texts(root):
        cut = Cut()
        walk(text, cut)
        breaks = [text, *text.iter(f"{T}pb")]
        for piece in paper_order(cut.breaks):
            pages.append(breaks[piece])
            pieces.append("".join(cut.pieces[piece]))
    return pages, pieces


def _in_source(pieces: list[str], wanted: str) -> Iterator[bool]:
    """For each piece, whether the source has it where it is; nothing, if the source has other text."""
    place = 0
    left = set(range(len(pieces)))
    right: list[bool] = []
    for number, piece in enumerate(pieces):
        found = number if wanted.startswith(piece, place) else -1
        if found < 0:
            filled = (one for one in sorted(left) if pieces[one] and one != number)
            found = next((one for one in filled if wanted.startswith(pieces[one], place)), -1)
        if found not in left:
            return
        left.remove(found)
        right.append(found == number)
        place += len(pieces[found])
    yield from right
