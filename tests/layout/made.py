"""Invented pages, and what the layout modules make of them."""

from __future__ import annotations

from typing import NamedTuple

from tei.edition.text import Layout, PageFact, Stream
from tei.layout.furniture import mark_furniture
from tei.layout.lines import Line, Role, read_lines
from tei.layout.notes import Note, NoteDecisions, find_notes
from tei.layout.pages import find_pages
from tei.span import Span
from tei.streams import Arrangement, arrange


class Laid(NamedTuple):
    """A text with its pages, streams, furniture and notes found."""

    text: str
    arrangement: Arrangement
    lines: list[Line]
    spans: list[Span]
    notes: list[Note]

    def marked(self, name: str, kind: str | None = None) -> list[str]:
        """What the elements ``name`` (of one ``@type``) stand around, in order."""
        return [
            self.text[span.start : span.end]
            for span in sorted(self.spans, key=lambda span: span.start)
            if span.name == name and (kind is None or span.attributes.get("type") == kind)
        ]

    def role(self, role: Role) -> list[str]:
        """The lines that play a part."""
        return [line.content(self.text) for line in self.lines if line.role == role]

    def tied(self) -> list[tuple[str, str | None, str | None]]:
        """For each note its identifier, and its anchor with the word before it; the note it goes on in."""
        return [
            (
                note.identifier,
                self.text[: note.anchor[1]].split()[-1] if note.anchor else None,
                note.following,
            )
            for note in self.notes
        ]


def lay(
    text: str,
    *,
    streams: tuple[Stream, ...] = (),
    heads: tuple[str, ...] = (),
    facts: tuple[PageFact, ...] = (),
    titles: tuple[str, ...] = (),
    decisions: NoteDecisions | None = None,
) -> Laid:
    """Run the layout modules over ``text`` as the encoder does."""
    layout = Layout(running_heads=heads, page=facts)
    arrangement = arrange(text, find_pages(text, layout), streams)
    lines = read_lines(arrangement)
    starts = frozenset(arrangement.text.index(title) for title in titles)
    spans = mark_furniture(arrangement, lines, layout, starts)
    notes = find_notes(arrangement, lines, decisions or NoteDecisions())
    return Laid(arrangement.text, arrangement, lines, spans, notes)


def foot(*pages: str, first: int = 1, gap: str = "\n\n\n") -> str:
    """Pages with their numbers at the foot, counted up from ``first``."""
    return gap.join(f"{page}\n\n{number}" for number, page in enumerate(pages, start=first)) + "\n"


def page_texts(text: str, layout: Layout | None = None) -> list[tuple[str, str]]:
    """For each page its ``n`` and its filled lines without the number."""
    found = []
    for page in find_pages(text, layout or Layout()):
        content = text[page.start : page.end]
        if page.number:
            start, end = page.number[0] - page.start, page.number[1] - page.start
            content = content[:start] + content[end:]
        found.append((page.n, " ".join(content.split())))
    return found
