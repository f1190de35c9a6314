"""Is the text still the one that was encoded? An edit of the markup may not change a character of it.

A TEI file that stands in the directory of its edition is compared with the source there: its source view must
be the source, byte for byte. What is to be read otherwise stands in ``choice`` (TEI Guidelines, 3.5.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from lxml import etree

from tei.edition.load import EDITION_FILE, load_edition
from tei.errors import ParseError, SourceError
from tei.files import read_bytes
from tei.names import T
from tei.problems import Problem
from tei.source import read_source
from tei.views.paper import paper_order
from tei.views.source import Cut, source_bytes
from tei.views.texts import texts
from tei.views.walk import walk

_LINE_BREAK: Final = f"{T}lb"
# Cannot occur in XML.
_MARK: Final = "\0"
_MOST: Final = 50
_SHOWN: Final = 80


def check_fidelity(tree: etree._ElementTree, path: str | Path) -> list[Problem]:
    """A problem for each line of the text that differs from the source beside the file ``path``.

    None where no edition file stands beside it. Raises ``FileError`` and ``EditionError`` when the edition or
    its source cannot be read.
    """
    directory = Path(path).parent
    if str(path) == "-" or not (directory / EDITION_FILE).is_file():
        return []
    edition = load_edition(directory)
    source = directory / edition.source.file
    if not source.is_file() or Path(path).stem != directory.resolve().name:
        return []
    data = read_bytes(source)
    root = tree.getroot()
    try:
        if source_bytes(root) == data:
            return []
        lines = _lines(root)
    except (ParseError, SourceError) as error:
        return [_problem(path, f"the source view cannot be made: {error.message}", error.line, error.hint)]
    wanted = read_source(data, edition.source.encoding).text.split("\n")
    found = list(_differences(path, str(source), lines, wanted))
    if not found:
        hint = "mend sourceDesc/bibl[@type='digital'] in the header"
        return [
            _problem(
                path, "the header states another encoding or other line ends than the source has", None, hint
            )
        ]
    return found


def _lines(root: etree._Element) -> list[tuple[str, int | None]]:
    """The lines of the source view, each with the line of the XML that it begins in."""
    marked = []
    for text in texts(root):
        cut = _MarkedCut()
        walk(text, cut)
        marked += ["".join(cut.pieces[piece]) for piece in paper_order(cut.breaks)]
    found: list[tuple[str, int | None]] = []
    place: int | None = None
    for line in "".join(marked).split("\n"):
        words, *rest = line.split(_MARK)
        for number, more in zip(rest[::2], rest[1::2], strict=True):
            place = int(number) if not words.strip() or place is None else place
            words += more
        found.append((words, place))
        place = int(rest[-2]) + 1 if rest else place and place + 1
    return found


class _MarkedCut(Cut):
    """The text with the line of the XML put in at each line break."""

    def enter(self, node: etree._Element) -> Iterable[etree._Element] | None:
        children = super().enter(node)
        if node.tag == _LINE_BREAK:
            self.text(f"{_MARK}{node.sourceline or 0}{_MARK}")
        return children


def _differences(
    path: str | Path, source: str, lines: list[tuple[str, int | None]], wanted: list[str]
) -> Iterator[Problem]:
    words = [line for line, _ in lines]
    count = 0
    for a, b, c, d in _changes(words, wanted):
        for at in range(max(b - a, d - c)):
            ours = words[a + at] if a + at < b else None
            theirs = wanted[c + at] if c + at < d else None
            number = min(c + at, len(wanted) - 1) + 1
            line = lines[min(a + at, len(lines) - 1)][1]
            count += 1
            if count > _MOST:
                yield _problem(path, f"more than {_MOST} lines of the text differ from {source}", None, None)
                return
            yield _problem(path, _message(ours, theirs, f"{source}:{number}"), line, _HINT)


def _changes(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines that differ; what is alike at both ends is not looked at."""
    head = _alike(ours, theirs)
    rest = min(len(ours), len(theirs)) - head
    tail = min(rest, _alike(ours[::-1], theirs[::-1]))
    # Blank lines and the like, of which there are thousands, lead nowhere and cost all the time.
    matcher = SequenceMatcher(None, ours[head : len(ours) - tail], theirs[head : len(theirs) - tail])
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield head + a, head + b, head + c, head + d


def _alike(ours: list[str], theirs: list[str]) -> int:
    """How many lines are the same from the start."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


_HINT: Final = (
    "put the source's words back; to read them otherwise write "
    "<choice><sic>source</sic><corr>reading</corr></choice>"
)


def _message(ours: str | None, theirs: str | None, place: str) -> str:
    if ours is None:
        return f"the line {_short(theirs or '')} of {place} is missing"
    if theirs is None:
        return f"the line {_short(ours)} does not stand in the source (at {place})"
    at = next(
        (n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    begin = max(0, at - 20)
    return f"the text is {_short(ours[begin:])}, in the source ({place}) it is {_short(theirs[begin:])}"


def _short(words: str) -> str:
    words = words.rstrip()
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…")


def _problem(path: str | Path, message: str, line: int | None, hint: str | None) -> Problem:
    return Problem("TEI-T001", "error", message, str(path), line=line, hint=hint)
