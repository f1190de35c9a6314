"""Foot notes: where they stand, what they are anchored to, how they run on (TEI Guidelines, chapter 3.9).

A note stands at the foot of a page, after a blank line, led by a marker that answers one in
the text above. A note that runs over the page goes on at the foot of the next page of
its stream, with no marker: it is known by the note before it, which does not end, and by its
longer lines, notes being set in smaller type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from tei.layout.lines import XML_SPACE, Line, by_page, runs
from tei.span import Span
from tei.streams import Arrangement

MARKERS: Final = "*♦•†‡"
# Two asterisks that close again in the line are emphasis: "**Name:**".
_LEADING: Final = re.compile(
    rf"\s*(?!\*\*\S[^*\n]*\*\*)([{MARKERS}](?:\s?[{MARKERS}]){{0,3}})\s*(?=[^\s{MARKERS}])"
)
# The marker first, so that the engine skips from one to the next; then what it must stand behind.
_ANCHOR: Final = re.compile(rf"[{MARKERS}](?:(?<=\S.)|(?<=\S[ ].))(?:[ ]?[{MARKERS}]){{0,2}}")
_NUMBERED: Final = re.compile(r"\[([0-9]{1,3})\]")
_END_NOTE: Final = re.compile(r"\s*(?:\[([0-9]{1,3})\]|([0-9]{1,3})[.)])\s+(?=\S)")
_FINISHED: Final = re.compile(r"[.!?…:]\W*\Z")
# How much longer than the lines of the text a note's lines are at least.
_WIDER: Final = 1.1


@dataclass(slots=True)
class Note:
    """A note, or the part of one that stands on one page.

    ``lines`` are its lines; ``marker`` is the printed mark at its head, ``anchor`` the one in the text
    (offsets); ``following`` and ``preceding`` are the parts on other pages.
    """

    page: int
    identifier: str
    lines: list[Line]
    marker: tuple[int, int] | None = None
    anchor: tuple[int, int] | None = None
    following: str | None = None
    preceding: str | None = None

    @property
    def start(self) -> int:
        """Where the note's first line starts."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where the note's last line ends, its line break left out."""
        return self.lines[-1].end


@dataclass(frozen=True)
class NoteDecisions:
    """What the editor says of notes where the rules would go wrong (offsets of the arranged text)."""

    starts: Mapping[int, tuple[int, int] | None] = field(default_factory=dict)  # line start -> anchor
    continuations: frozenset[int] = frozenset()  # line starts
    ends: Mapping[int, int] = field(default_factory=dict)  # line start -> end of the note's last line
    text: frozenset[int] = frozenset()  # line starts that are no notes though they look like one


def find_notes(arrangement: Arrangement, lines: list[Line], decisions: NoteDecisions) -> list[Note]:
    """All notes in reading order; their lines get the role ``note``."""
    if not arrangement.pages:
        return _end_notes(arrangement.text, lines)
    finder = _Finder(arrangement, decisions)
    for page, on_page in enumerate(by_page(lines, len(arrangement.pages))):
        finder.read(page, on_page)
    return finder.notes


class _Finder:
    def __init__(self, arrangement: Arrangement, decisions: NoteDecisions) -> None:
        self.arrangement = arrangement
        self.text = arrangement.text
        self.decisions = decisions
        self.notes: list[Note] = []
        self.unfinished: Note | None = None
        self.stream: str | None = None

    def read(self, page: int, lines: list[Line]) -> None:
        placed = self.arrangement.pages[page]
        if placed.stream != self.stream:
            self.stream, self.unfinished = placed.stream, None
        body = [line for line in lines if line.role == "body"]
        if not body:
            return
        marked = self._first_marked(lines)
        runs_on = self._continuation(lines, marked)
        area = [line for line in body if min(marked, runs_on) <= line.number <= self._last(lines)]
        if not area:
            self.unfinished = None
            return
        for line in area:
            line.role = "note"
        notes = self._split(page, placed.page.n, area, runs_on < marked)
        self._tie(notes, [line for line in body if line.role == "body"])
        if notes[0].marker is None and self.unfinished is not None:
            self.unfinished.following = notes[0].identifier
            notes[0].preceding = self.unfinished.identifier
        self.notes += notes
        last = notes[-1]
        ended = _FINISHED.search(self.text, max(last.start, last.end - 12), last.end)
        # A note decided to run on may well end a sentence here.
        self.unfinished = last if not ended or self.decisions.continuations else None

    def _first_marked(self, lines: list[Line]) -> int:
        """The number of the line that the page's marked notes begin with."""
        for run in runs(lines, "body"):
            if self._is_marked(run[0], lines):
                return run[0].number
            decided = next((line for line in run if line.start in self.decisions.starts), None)
            if decided:
                return decided.number
        return _NEVER

    def _is_marked(self, first: Line, lines: list[Line]) -> bool:
        """Whether a block's first line begins with a marker, and one in the text above answers it."""
        if first.start in self.decisions.text or not _LEADING.match(self.text, first.start, first.end):
            return False
        above = [line for line in lines if line.role == "body" and line.number < first.number]
        return bool(above) and bool(_ANCHOR.search(self.text, above[0].start, above[-1].end))

    def _continuation(self, lines: list[Line], marked: int) -> int:
        """The number of the line that the rest of the note from the page before begins with."""
        for line in lines:
            if line.start in self.decisions.continuations:
                return line.number
        if self.unfinished is None or _FINISHED.search(self.text, self.unfinished.start, self.unfinished.end):
            return _NEVER
        blocks = [run for run in runs(lines, "body") if run[0].number < marked]
        if len(blocks) < 2:
            return _NEVER
        width = median(line.end - line.start for run in blocks[:-1] for line in run)
        first = _NEVER
        for run in reversed(blocks[1:]):
            if max(line.end - line.start for line in run) < width * _WIDER:
                break
            first = run[0].number
        return first

    def _last(self, lines: list[Line]) -> int:
        """The number of the last line that may be a note's, where the editor says that text follows."""
        end = next(
            (self.decisions.ends[line.start] for line in lines if line.start in self.decisions.ends), None
        )
        return _NEVER if end is None else max(line.number for line in lines if line.start <= end)

    def _split(self, page: int, n: str, area: list[Line], runs_on: bool) -> list[Note]:
        notes: list[Note] = []
        for line in area:
            leading = _LEADING.match(self.text, line.start, line.end)
            starts = leading and line.start not in self.decisions.text
            if not notes or starts or line.start in self.decisions.starts:
                identifier = f"n{re.sub(r'[^0-9A-Za-z]', '', n)}.{len(notes) + 1}"
                is_rest = not notes and runs_on
                marker = leading.span(1) if leading and starts and not is_rest else None
                notes.append(Note(page, identifier, [line], marker))
            else:
                notes[-1].lines.append(line)
        return notes

    def _tie(self, notes: list[Note], body: list[Line]) -> None:
        """Give each note that begins on the page its anchor in the text above."""
        wanting = [note for note in notes if note.marker is not None or note.start in self.decisions.starts]
        decided = {note.identifier: self.decisions.starts.get(note.start) for note in wanting}
        anchors = [span for line in body for span in self._anchors(line)]
        taken = {anchor for anchor in decided.values() if anchor}
        anchors = [
            anchor
            for anchor in anchors
            if not any(anchor[0] < end and start < anchor[1] for start, end in taken)
        ]
        for note in wanting:
            note.anchor = decided[note.identifier]
        rest = [note for note in wanting if note.anchor is None and note.marker is not None]
        for note, anchor in zip(rest, self._best(rest, anchors), strict=True):
            note.anchor = anchor

    def _anchors(self, line: Line) -> list[tuple[int, int]]:
        return [match.span() for match in _ANCHOR.finditer(self.text, line.start, line.end)]

    def _best(
        self, notes: Sequence[Note], anchors: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int] | None]:
        """The best increasing assignment of ``anchors`` to ``notes``: stars, then what surrounds them."""
        # score[i][j]: the best for the first i notes and j anchors.
        score = [[0.0] * (len(anchors) + 1) for _ in range(len(notes) + 1)]
        for i, note in enumerate(notes, start=1):
            for j, anchor in enumerate(anchors, start=1):
                fit = score[i - 1][j - 1] + self._fit(note, i, anchor)
                score[i][j] = max(fit, score[i][j - 1], score[i - 1][j])
        chosen: list[tuple[int, int] | None] = [None] * len(notes)
        i, j = len(notes), len(anchors)
        while i and j:
            if score[i][j] == score[i][j - 1]:
                j -= 1
            elif score[i][j] == score[i - 1][j]:
                i -= 1
            else:
                chosen[i - 1] = anchors[j - 1]
                i, j = i - 1, j - 1
        return chosen

    def _fit(self, note: Note, rank: int, anchor: tuple[int, int]) -> float:
        start, end = anchor
        assert note.marker is not None
        stars = self._stars(anchor)
        fit = 1.0 + (2.0 if stars == self._stars(note.marker) else 1.0 if stars == rank else 0.0)
        if self.text[end : end + 1].strip() or self.text[start - 1] in "’‘'":
            # Nothing but space follows a marker as a rule; next to a single quote it is often a misread
            # quotation mark.
            fit -= 0.75
        return fit

    def _stars(self, span: tuple[int, int]) -> int:
        return sum(character in MARKERS for character in self.text[span[0] : span[1]])


_NEVER: Final = 1 << 60


def _end_notes(text: str, lines: list[Line]) -> list[Note]:
    """Numbered notes at the end of a text without pages: ``1.`` or ``[1]`` answers ``[1]`` in the text."""
    anchors: dict[str, tuple[int, int]] = {}
    for match in _NUMBERED.finditer(text):
        # The first is the anchor; the note's own number may look the same.
        anchors.setdefault(match[1], match.span())
    if not anchors:
        return []
    behind = text.find("\n", max(end for _, end in anchors.values()))
    if behind < 0:
        return []
    notes: list[Note] = []
    for run in runs([line for line in lines if line.start >= behind], "body"):
        leading = _END_NOTE.match(text, run[0].start, run[0].end)
        number = (leading[1] or leading[2]) if leading else None
        if leading and number in anchors and int(number) == len(notes) + 1:
            marker = (leading.start(), leading.start() + len(leading[0].rstrip()))
            notes.append(Note(-1, f"n{number}", list(run), marker, anchors[number]))
        elif notes:
            notes[-1].lines += run
    if len(notes) != len(anchors):
        return []
    for note in notes:
        for line in note.lines:
            line.role = "note"
    return notes


def note_spans(text: str, notes: Sequence[Note], corrected: Callable[[int, int], str]) -> list[Span]:
    """The notes, their markers and the anchors that point at them; ``tei.structure`` adds the paragraphs."""
    spans: list[Span] = []
    for note in notes:
        attributes = {"place": "bottom", "xml:id": note.identifier}
        if note.marker:
            attributes["n"] = corrected(*note.marker).split()[0]
        if note.following:
            attributes["next"] = f"#{note.following}"
        if note.preceding:
            attributes["prev"] = f"#{note.preceding}"
        spans.append(
            Span(
                note.start,
                note.start + len(text[note.start : note.end].rstrip(XML_SPACE)),
                "note",
                attributes,
            )
        )
        if note.marker:
            spans.append(Span(*note.marker, "label"))
        if note.anchor:
            spans.append(Span(*note.anchor, "ref", {"type": "noteAnchor", "target": f"#{note.identifier}"}))
    return spans
