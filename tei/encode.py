"""From a source text and its edition to TEI: the order in which the analysers work.

Each analyser turns text (and what was found before) into spans; ``weave`` puts them into
one tree. Nothing here knows a particular text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lxml import etree

from tei.edition.decisions import Decisions
from tei.edition.load import EDITION_FILE, default_edition, load_edition, load_section
from tei.edition.model import Edition, Person
from tei.editor.decided import Decided, Move, resolve
from tei.editor.places import Finder
from tei.editor.readings import Corrected, emendations, reading_spans
from tei.errors import EditionError, FileError, SourceError
from tei.files import read_bytes
from tei.header import Used, build_header, source_facts
from tei.layout.furniture import mark_furniture
from tei.layout.hyphens import HYPHENS, BrokenWord, Lexicon, broken_words, hyphen_spans
from tei.layout.lines import Line, read_lines
from tei.layout.notes import Note, find_notes, note_spans
from tei.layout.pages import find_pages
from tei.names import TEI_NS, T
from tei.source import Source, read_source
from tei.span import Span
from tei.speech.reactions import REACTION_CATEGORIES, find_reactions, reaction_spans
from tei.streams import Arrangement, arrange
from tei.structure.outline import outline
from tei.weave import weave

DECISIONS_FILE: Final = "decisions.toml"
"""The name of the file of an editor's decisions, beside the edition file; it need not exist."""


@dataclass(frozen=True)
class Encoded:
    """A TEI document: its bytes, the edition's name, and how much of what it holds."""

    name: str
    xml: bytes
    counts: Mapping[str, int]


def encode_path(path: Path) -> Encoded:
    """Encode an edition's directory, or a loose text file (``-``: standard input).

    Raises ``FileError``, ``LimitError``, ``SourceError`` and ``EditionError``.
    """
    if not path.is_dir():
        source = _with_path(path, None)
        return encode(source, default_edition(path), Decisions(), path.name, path.stem)
    edition = load_edition(path)
    file = path / edition.source.file
    if not file.is_file():
        raise FileError(
            f"the edition has no {edition.source.file}",
            path=path,
            hint=f"put the text there, or name it in {EDITION_FILE}: source.file",
        )
    decisions = Decisions()
    if (path / DECISIONS_FILE).is_file():
        decisions = load_section(path / DECISIONS_FILE, Decisions)
    source = _with_path(file, edition.source.encoding)
    try:
        return encode(source, edition, decisions, edition.source.file, path.resolve().name)
    except EditionError as error:
        if error.path is None:
            error.path = str(path / EDITION_FILE)
        elif error.path == DECISIONS_FILE:
            error.path = str(path / DECISIONS_FILE)
        raise


def _with_path(path: Path, encoding: str | None) -> Source:
    try:
        return read_source(read_bytes(path), encoding)
    except SourceError as error:
        error.path = str(path)
        raise


def encode(source: Source, edition: Edition, decisions: Decisions, file_name: str, name: str) -> Encoded:
    """Encode ``source`` as ``edition`` says. ``file_name`` is recorded in the header.

    Raises ``EditionError`` when the edition says what the text does not bear out.
    """
    pages = find_pages(source.text, edition.layout)
    arrangement = arrange(source.text, pages, edition.stream)
    text = arrangement.text
    decided = resolve(decisions, Finder(arrangement, DECISIONS_FILE))
    lines = read_lines(arrangement)
    heads = frozenset(head.start for head in decided.heads)
    spans = mark_furniture(arrangement, lines, edition.layout, heads)
    notes = find_notes(arrangement, lines, decided.notes)
    spans += note_spans(text, notes)
    changes = emendations(text, decided.readings)
    reactions = find_reactions(text)
    structure = outline(arrangement, lines, notes, decided, Corrected(text, changes), reactions)
    edition = _with_speakers(edition, structure.speakers)
    audience = next((f"#{group.id}" for group in edition.group), None)
    words = _broken_words(text, lines, notes, decided)
    inside = [(reaction.start, reaction.end) for reaction in reactions]
    spans += reaction_spans(text, reactions, audience)
    spans += _breaks(arrangement, lines, words, decided.moves, inside)
    spans += hyphen_spans(text, [word for word in words if not _within(word.hyphen, inside)])
    resp = next((f"#{who.id}" for who in edition.responsibility if who.id), None)
    spans += reading_spans(text, changes, decided.moves, resp)
    spans = _joined_pages(spans, arrangement, words) + structure.spans
    woven = weave(text, spans or _EMPTY, "text", {"xml:space": "preserve"})
    counts = _counts(spans, arrangement, notes, edition)
    used = Used(
        reactions=REACTION_CATEGORIES if reactions else (),
        measures=tuple((unit, number) for unit, number in (("page", counts["pages"]),) if number),
    )
    header = build_header(edition, source_facts(source, file_name), used)
    return Encoded(name, _document(edition, header, woven), counts)


# An empty file is an empty paragraph: a body needs a block (TEI Guidelines, chapter 4.1).
_EMPTY: Final = (Span(0, 0, "body", depth=0), Span(0, 0, "p", depth=1))


def _broken_words(
    text: str, lines: Sequence[Line], notes: Iterable[Note], decided: Decided
) -> list[BrokenWord]:
    lexicon = Lexicon(text)
    moved = [(move.start, move.end) for move in decided.moves]
    flows: list[Iterable[Line]] = [
        [
            line
            for line in lines
            if line.role == "body" and not any(start < line.end and line.start < end for start, end in moved)
        ]
    ]
    flows += _note_flows(notes)
    return [
        word
        for flow in flows
        for word in broken_words(text, flow, lexicon, decided.hard_hyphens, decided.soft_hyphens)
    ]


def _note_flows(notes: Iterable[Note]) -> list[list[Line]]:
    """The lines of each note, those of the pages that it runs on to with them."""
    flows: dict[str, list[Line]] = {}
    for note in notes:
        flow = flows.pop(note.identifier, [])
        flow += note.lines
        flows[note.following or note.identifier] = flow
    return list(flows.values())


def _breaks(
    arrangement: Arrangement,
    lines: Sequence[Line],
    words: Iterable[BrokenWord],
    moves: Iterable[Move],
    barred: Sequence[tuple[int, int]],
) -> list[Span]:
    """``<lb/>`` at every line start but inside a ``<desc>``, which may not hold one."""
    joined = {word.rest.start for word in words}
    for move in moves:
        if arrangement.text[move.start : move.end].endswith(tuple(HYPHENS)):
            joined.add(arrangement.text.find("\n", move.to) + 1)
    size = len(arrangement.text)
    return [
        Span(line.start, line.start, "lb", {"break": "no"} if line.start in joined else {})
        for line in lines
        if (line.start < size or line.end > line.start) and not _within(line.start, barred)
    ]


def _joined_pages(spans: Iterable[Span], arrangement: Arrangement, words: Iterable[BrokenWord]) -> list[Span]:
    """``spans`` with ``@break`` on each page break that a word of the text goes on over."""
    joined = {
        arrangement.pages[word.rest.page].page.n
        for word in words
        if word.rest.page != word.line.page and word.rest.role == "body"
    }
    return [
        replace(span, attributes={**span.attributes, "break": "no"})
        if span.name == "pb" and span.attributes["n"] in joined
        else span
        for span in spans
    ]


def _within(offset: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether ``offset`` lies inside one of ``stretches``, which are in order and do not overlap."""
    at = bisect_left(stretches, (offset, 0)) - 1
    return at >= 0 and stretches[at][0] < offset < stretches[at][1]


def _with_speakers(edition: Edition, speakers: Iterable[tuple[str, str]]) -> Edition:
    """The edition with the speakers whom the text names and the edition file does not."""
    known = {person.id for person in edition.person} | {group.id for group in edition.group}
    new = tuple(Person(id=key, name=name) for key, name in speakers if key not in known)
    return edition.model_copy(update={"person": (*edition.person, *new)}) if new else edition


def _counts(
    spans: Iterable[Span], arrangement: Arrangement, notes: Iterable[Note], edition: Edition
) -> dict[str, int]:
    names = [span.name for span in spans]
    return {
        "pages": len(arrangement.pages),
        "paragraphs": names.count("p"),
        "notes": sum(note.preceding is None for note in notes),
        "reactions": sum(names.count(name) for name in ("kinesic", "vocal", "incident")),
        "persons": len(edition.person),
    }


def _document(edition: Edition, header: etree._Element, text: etree._Element) -> bytes:
    root = etree.Element(f"{T}TEI", nsmap={None: TEI_NS})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", edition.work.language)
    root.text = "\n  "
    root.append(header)
    header.tail = "\n  "
    root.append(text)
    text.tail = "\n"
    xml: bytes = etree.tostring(root, encoding="UTF-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + xml + b"\n"
