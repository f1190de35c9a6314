"""From a source text and its edition to TEI: the order in which the analysers work.

Each analyser turns text (and what was found before) into spans; ``weave`` puts them into
one tree. Nothing here knows a particular text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

from tei.edition.decisions import Decisions
from tei.edition.load import EDITION_FILE, default_edition, load_edition, load_section
from tei.edition.model import Edition, Group, Organization, Person
from tei.editor.decided import Decided, Move, resolve
from tei.editor.names import with_names
from tei.editor.places import DecisionError, Finder
from tei.editor.readings import Corrected, Emendation, emendations, reading_spans
from tei.errors import EditionError, FileError, SourceError
from tei.files import read_bytes
from tei.flow import note_flows, text_flows
from tei.header import Used, build_header, source_facts
from tei.layout.furniture import mark_furniture
from tei.layout.hyphens import HYPHENS, BrokenWord, Lexicon, broken_words, hyphen_spans, joined
from tei.layout.lines import Line, read_lines
from tei.layout.notes import Note, find_notes, note_spans
from tei.layout.pages import find_pages
from tei.names import TEI_NS, T
from tei.persons.mark import pointed_at
from tei.persons.register import Register, load_register
from tei.source import Source, read_source
from tei.span import Span
from tei.speech.reactions import REACTION_CATEGORIES, Reaction, find_reactions, reaction_spans
from tei.streams import Arrangement, arrange
from tei.structure.blocks import Block
from tei.structure.extracts import holder
from tei.structure.outline import outline
from tei.weave import weave_xml
from tei.wording import mark_words

DECISIONS_FILE: Final = "decisions.toml"
"""The name of the file of an editor's decisions, beside the edition file; it need not exist."""


_NOBODY: Final = Register()


class Encoded(NamedTuple):
    """A TEI document: its bytes, the edition's name, how much it holds, and the bytes of its source."""

    name: str
    xml: bytes
    counts: Mapping[str, int]
    source: bytes


def encode_path(path: Path) -> Encoded:
    """Encode an edition's directory, or a loose text file (``-``: standard input).

    Raises ``FileError``, ``LimitError``, ``SourceError`` and ``EditionError``.
    """
    if not path.is_dir():
        name = "standard input" if path == Path("-") else path.name
        return encode(_source(path, None), default_edition(path), Decisions(), name, path.stem)
    edition = load_edition(path)
    file = path / edition.source.file
    if not file.is_file():
        raise FileError(
            f"the edition has no {edition.source.file}",
            path=path,
            hint=f"put the text there, or name it in {EDITION_FILE}: source.file",
        )
    decisions_file = path / DECISIONS_FILE
    decisions = load_section(decisions_file, Decisions) if decisions_file.is_file() else Decisions()
    register = load_register(path / edition.people) if edition.people else _NOBODY
    source = _source(file, edition.source.encoding)
    try:
        return encode(source, edition, decisions, edition.source.file, path.resolve().name, register)
    except DecisionError as error:
        error.path, error.line = str(decisions_file), _line_with(decisions_file, error.words)
        raise
    except EditionError as error:
        error.path = str(path / EDITION_FILE)
        raise


def _source(path: Path, encoding: str | None) -> Source:
    try:
        return read_source(read_bytes(path), encoding)
    except SourceError as error:
        error.path = str(path)
        raise


def _line_with(path: Path, words: str) -> int | None:
    """The first line of a TOML file that quotes ``words``."""
    wanted = words.replace("\\", "\\\\").replace('"', '\\"')
    rows = read_bytes(path).decode("utf-8").split("\n")
    return next((number for number, row in enumerate(rows, start=1) if wanted in row), None)


def encode(
    source: Source,
    edition: Edition,
    decisions: Decisions,
    file_name: str,
    name: str,
    register: Register = _NOBODY,
) -> Encoded:
    """Encode ``source`` as ``edition`` says; people are those of ``register``.

    ``file_name`` is recorded in the header.

    Raises ``EditionError`` when the edition says what the text does not bear out.
    """
    pages = find_pages(source.text, edition.layout)
    arrangement = arrange(source.text, pages, edition.stream)
    text = arrangement.text
    decided = resolve(decisions, Finder(arrangement))
    changes = emendations(text, decided.readings)
    corrected = Corrected(text, changes)
    lines = read_lines(arrangement)
    heads = frozenset(head.start for head in decided.heads)
    spans = mark_furniture(arrangement, lines, edition.layout, heads)
    if all(line.role != "body" for line in lines):
        # Nothing but numbers and form feeds: they are all the text there is.
        spans = [span for span in spans if span.name == "pb"]
        for line in lines:
            line.role = "blank" if line.role == "blank" else "body"
    notes = find_notes(arrangement, lines, decided.notes)
    spans += note_spans(text, notes, corrected)
    reactions = _within_one_kind(lines, find_reactions(text))
    structure = outline(arrangement, lines, notes, decided, corrected, reactions)
    edition = _with_speakers(edition, structure.speakers)
    words = _broken_words(text, lines, notes, decided, corrected)
    body = [block for block in structure.blocks if not _is_apart(block, structure.apart)]
    flows = text_flows(text, body, notes, words, corrected)
    marked = mark_words(flows, register, edition, arrangement, notes, structure, changes, decided)
    marked = with_names(_outside_reactions(marked, reactions), decided.names)
    edition = _with_people(edition, register, marked)
    for audience, some in _by_audience(arrangement, reactions):
        spans += reaction_spans(text, some, audience)
    spans += _breaks(arrangement, lines, words, decided.moves)
    spans += hyphen_spans(text, words)
    spans += _reactions_over_lines(text, reactions, words, corrected)
    resp = next((f"#{who.id}" for who in edition.responsibility if who.id), None)
    spans += reading_spans(text, _without_hyphens(text, changes, words), decided.moves, resp)
    # Of two elements with one extent the structure's is the outer one.
    spans = [
        *_joined_pages(spans, arrangement, words),
        *_with_sources(structure.spans, marked),
        *_inline(marked),
    ]
    woven = weave_xml(text, spans if text else _EMPTY, "text", {"xml:space": "preserve"})
    counts = _counts(spans, arrangement, notes, edition)
    used = Used(
        reactions=REACTION_CATEGORIES if reactions else (),
        measures=tuple((unit, number) for unit, number in (("page", counts["pages"]),) if number),
    )
    header = build_header(edition, source_facts(source, file_name), used)
    return Encoded(name, _document(edition, header, woven), counts, source.to_bytes())


# An empty file is an empty paragraph: a body needs a block (TEI Guidelines, chapter 4.1).
_EMPTY: Final = (Span(0, 0, "body", depth=0), Span(0, 0, "p", depth=1))


def _within_one_kind(lines: Sequence[Line], reactions: Iterable[Reaction]) -> list[Reaction]:
    """``reactions`` without what only looks like one: a bracket left open in a note that text closes."""
    starts = [line.start for line in lines]
    return [
        reaction
        for reaction in reactions
        if len({line.role for line in lines[slice(*_touched(starts, reaction))]}) == 1
    ]


def _touched(starts: Sequence[int], reaction: Reaction) -> tuple[int, int]:
    """The numbers of the first line that a reaction stands in and of the one behind its last."""
    return bisect_right(starts, reaction.start) - 1, bisect_left(starts, reaction.end)


def _by_audience(
    arrangement: Arrangement, reactions: Sequence[Reaction]
) -> Iterator[tuple[str | None, list[Reaction]]]:
    """The reactions of each stream with its audience; those elsewhere with none."""
    rest = list(reactions)
    for stream, start, end in arrangement.streams:
        inside = [reaction for reaction in reactions if start <= reaction.start < end]
        rest = [reaction for reaction in rest if reaction not in inside]
        yield stream.audience, inside
    yield None, rest


def _broken_words(
    text: str,
    lines: Sequence[Line],
    notes: Iterable[Note],
    decided: Decided,
    corrected: Corrected,
) -> list[BrokenWord]:
    lexicon = Lexicon(text)
    moved = [(move.start, move.end) for move in decided.moves]
    body = [
        line
        for line in lines
        if line.role == "body" and not any(start < line.end and line.start < end for start, end in moved)
    ]
    hyphens = {**dict.fromkeys(decided.hard_hyphens, False), **dict.fromkeys(decided.soft_hyphens, True)}
    touched = {line.number: corrected(line.start, line.end) for line in corrected.lines(lines)}
    return [
        word
        for flow in (body, *note_flows(notes))
        for word in broken_words(text, flow, lexicon, hyphens, touched)
    ]


def _without_hyphens(
    text: str, changes: Iterable[Emendation], words: Iterable[BrokenWord]
) -> list[Emendation]:
    """``changes`` with no soft hyphen at the end of a line: the break shows that the word goes on."""
    ends = {
        word.line.start + len(text[word.line.start : word.line.end].rstrip()) for word in words if word.soft
    }
    return [
        change._replace(read=change.read.rstrip(HYPHENS)) if change.end in ends else change
        for change in changes
    ]


def _breaks(
    arrangement: Arrangement,
    lines: Sequence[Line],
    words: Iterable[BrokenWord],
    moves: Iterable[Move],
) -> list[Span]:
    """``<lb/>`` at every line start."""
    joins = {word.rest.start for word in words}
    for move in moves:
        if arrangement.text[move.start : move.end].endswith(tuple(HYPHENS)):
            joins.add(arrangement.text.find("\n", move.to) + 1)
    size = len(arrangement.text)
    return [
        Span(line.start, line.start, "lb", {"break": "no"} if line.start in joins else {})
        for line in lines
        if line.start < size or line.end > line.start
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


def _reactions_over_lines(
    text: str, reactions: Iterable[Reaction], words: Iterable[BrokenWord], corrected: Corrected
) -> list[Span]:
    """A reaction printed over two lines: ``<desc>`` holds a line break only in a ``<choice>``."""
    spans: list[Span] = []
    for reaction in reactions:
        start, end = reaction.start, reaction.end
        if "\n" not in text[start:end]:
            continue
        read = corrected(start, end)
        for word in words:
            if start < word.start and word.end < end:
                read = read.replace(text[word.start : word.end], joined(text, word))
        spans += [Span(start, end, "choice"), Span(start, end, "orig")]
        spans.append(Span(end, end, "reg", {}, " ".join(read.split())))
    return spans


def _with_speakers(edition: Edition, speakers: Iterable[tuple[str, str]]) -> Edition:
    """The edition with the speakers whom the text names and the edition file does not."""
    known = _ids(edition)
    new = tuple(Person(id=key, name=name) for key, name in speakers if key not in known)
    return edition.model_copy(update={"person": (*edition.person, *new)}) if new else edition


def _outside_reactions(marked: Iterable[Span], reactions: Sequence[Reaction]) -> Iterator[Span]:
    """``marked`` without what a reaction has taken: the voices in it are marked already.

    What reaches into a reaction is cut off there.
    """
    starts = [reaction.start for reaction in reactions]
    for span in marked:
        first, last = bisect_right(starts, span.start) - 1, bisect_left(starts, span.end) - 1
        if first >= 0 and span.end <= reactions[first].end:
            if span.name == "persName":
                yield span
            continue
        start, end = span.start, span.end
        if first >= 0 and reactions[first].start < start < reactions[first].end:
            start = reactions[first].end
        if last >= 0 and reactions[last].start < end < reactions[last].end:
            end = reactions[last].start
        if start < end:
            yield replace(span, start=start, end=end) if (start, end) != (span.start, span.end) else span


def _with_sources(structure: Sequence[Span], marked: Iterable[Span]) -> list[Span]:
    """The spans of the structure, the set-off quotations among them with what is known of their words."""
    quotes = {(span.start, span.end): span for span in marked if _is_set_off(span)}
    found: list[Span] = []
    for span in structure:
        known = quotes.get((span.start, span.end), span) if _is_set_off(span) else span
        if known is not span and known.name == "q" and holder(structure, span.start, span.end) == "sp":
            # TEI has no q right in a speech (Guidelines, chapter 3.13.2).
            found.append(Span(span.start, span.end, "ab", {"type": "extract"}))
        found.append(known)
    return found


def _inline(marked: Iterable[Span]) -> list[Span]:
    return [span for span in marked if not _is_set_off(span)]


def _is_set_off(span: Span) -> bool:
    return span.attributes.get("rend") == "block"


def _is_apart(block: Block, apart: Iterable[tuple[int, int]]) -> bool:
    return any(start <= block.start < end for start, end in apart)


def _with_people(edition: Edition, register: Register, marked: Sequence[Span]) -> Edition:
    """The edition with all of the register whom the text names; its own people come first."""
    wanted = pointed_at(marked) - _ids(edition)
    people = tuple(
        Person(id=one.id, name=one.name, variants=one.forms, roles=one.roles, note=one.note)
        for one in register.person
        if one.id in wanted
    )
    groups = tuple(
        Group(id=one.id, name=one.name, note=one.note) for one in register.group if one.id in wanted
    )
    organizations = tuple(
        Organization(id=one.id, name=one.name, note=one.note)
        for one in register.organization
        if one.id in wanted
    )
    return edition.model_copy(
        update={
            "person": (*edition.person, *people),
            "group": (*edition.group, *groups),
            "organization": (*edition.organization, *organizations),
        }
    )


def _ids(edition: Edition) -> set[str]:
    """The ids of all people and bodies of an edition."""
    people: tuple[Person | Group | Organization, ...] = (
        *edition.person,
        *edition.group,
        *edition.organization,
    )
    return {one.id for one in people}


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


def _document(edition: Edition, header: etree._Element, text: str) -> bytes:
    root = etree.Element(f"{T}TEI", nsmap={None: TEI_NS})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", edition.work.language)
    root.text = "\n  "
    root.append(header)
    header.tail = "\n  "
    xml: str = etree.tostring(root, encoding="unicode")
    xml = xml.removesuffix("</TEI>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}{text}\n</TEI>\n'.encode()
