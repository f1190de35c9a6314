"""Random edits: the view of the result is the edited text, all other markup untouched, the file valid."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tei.diff.hunks import hunks, normal, trimmed
from tei.diff.texts import Shift, align, apply
from tei.errors import TeiError
from tei.merge import Correction, Merged, merge
from tei.parse import parse_bytes
from tei.span import Span
from tei.unweave import unweave
from tei.validation import validate_tree
from tei.views import reading_text, source_text
from tei.views.placed import View
from tests.jing import invalid, require_jing, tei_all
from tests.merge.random_edits import LEVELS, edit

ROOT = Path(__file__).resolve().parents[2]
VIEWS: dict[str, Callable[[etree._Element], str]] = {"source": source_text, "reading": reading_text}
ESSAY = ROOT / "encoded" / "deutscher-1956" / "deutscher-1956.xml"
BOOK = ROOT / "encoded" / "wolfe-1957" / "wolfe-1957.xml"
SMALL = ROOT / "tests" / "encode" / "golden" / "speech.xml"
_NOTE = re.compile(r"^\[([0-9]+)\] ", re.MULTILINE)
CASES = [(view, level) for view in VIEWS for level in LEVELS]


def check(base: bytes, view: str, text: str, edited: str, merged: Merged) -> None:
    """What is promised of a merge: compared with its input by other means than its own."""
    old = trimmed(text).text
    new = normal(edited, text, folded=view == "reading")
    found = hunks(old, new)
    assert len(found) == len(merged.changes)
    kept = [one for one, change in zip(found, merged.changes, strict=True) if change.refused is None]
    root = parse_bytes(merged.xml).getroot()
    expected = normal(apply(old, new, kept), text, folded=view == "reading")
    if view == "reading" and any("is gone" in (change.note or "") for change in merged.changes):
        expected = renumbered(expected, old)
    assert normal(VIEWS[view](root), text, folded=view == "reading") == expected
    lost = lost_spans(parse_bytes(base).getroot(), root)
    if not any("\n" in change.old + change.new for change in merged.changes):
        assert not lost
    # Where paragraphs were joined, split or moved, elements begin or end, and the unwoven text does not tell.
    assert len(lost) <= 4 * sum(change.refused is None for change in merged.changes), lost


def renumbered(expected: str, old: str) -> str:
    """``expected`` with the marks and numbers of its notes as they are without those that went."""
    before, after = (set(map(int, _NOTE.findall(one))) for one in (old, expected))
    gone = before - after

    def numbered(match: re.Match[str]) -> str:
        number = int(match[1])
        return "" if number in gone else f"[{number - sum(one < number for one in gone)}]"

    return normal(re.sub(r"\[([0-9]+)\]", numbered, expected), old, folded=True)


def lost_spans(old: etree._Element, new: etree._Element) -> list[tuple[object, ...]]:
    """The spans that no change touches and that are not where they were."""
    one, other = unweave(old), unweave(new)
    edits = align(one.text, other.text)
    shift = Shift(edits)
    there = Counter((span.start, span.end, span.name, attributes_of(span)) for span in other.spans)
    elsewhere = Counter(words_of(span, other.text) for span in other.spans)
    lost: list[tuple[object, ...]] = []
    for span in one.spans:
        if shift.edit_at(span.start) is not None or shift.edit_at(span.end) is not None:
            continue
        start, end = shift.range(span.start)[0], shift.range(span.end)[1]
        key = (start, end, span.name, attributes_of(span))
        if there[key]:
            there[key] -= 1
            elsewhere[words_of(span, one.text)] -= 1
        else:
            lost.append(words_of(span, one.text))
    # What was moved as a whole is elsewhere, with its words.
    return sorted((Counter(lost) - +elsewhere).elements())


def attributes_of(span: Span) -> tuple[tuple[str, str], ...]:
    # Where a word is joined over a line's end, the break says so.
    return tuple(sorted(item for item in span.attributes.items() if (span.name, item[0]) != ("lb", "break")))


def words_of(span: Span, text: str) -> tuple[object, ...]:
    """A span and its words, wherever it stands."""
    return span.name, attributes_of(span), " ".join(text[span.start : span.end].split())


def assert_valid(merged: Merged) -> None:
    assert not validate_tree(parse_bytes(merged.xml), "merged.xml")


def run(file: Path, view: str, level: str, count: int) -> tuple[int, int]:
    """Merge ``count`` edits, one by one; gives how many there were, and how many were refused."""
    base = file.read_bytes()
    text = VIEWS[view](parse_bytes(base).getroot())
    done = refused = 0
    for seed in range(count):
        edited = edit(text, level, view == "source", random.Random(f"{view} {level} {seed}"))
        if edited == text:
            continue
        merged = merge(base, edited.encode(), view="source" if view == "source" else "reading")
        check(base, view, text, edited, merged)
        assert_valid(merged)
        done += 1
        refused += bool(merged.refused)
    return done, refused


# How many may be refused: words are always placed; the mark of a note does not go without the note.
ALLOWED = {"character": 0.0, "word": 0.0, "line": 0.05, "paragraph": 0.08}


@pytest.mark.parametrize(("view", "level"), CASES)
def test_edits_come_back(view: str, level: str) -> None:
    done, refused = run(ESSAY, view, level, 8)
    assert refused <= max(1, ALLOWED[level] * done)


@pytest.mark.slow
@pytest.mark.parametrize(("view", "level"), CASES)
def test_hundreds_of_edits_come_back(view: str, level: str) -> None:
    done, refused = run(ESSAY, view, level, 40)
    assert refused <= ALLOWED[level] * done


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_many_edits_of_a_book(view: str) -> None:
    base = BOOK.read_bytes()
    text = VIEWS[view](parse_bytes(base).getroot())
    count = refused = 0
    for batch in range(2):
        chance = random.Random(f"{view} {batch}")
        edited = text
        for _ in range(50):
            edited = edit(edited, chance.choice(LEVELS), view == "source", chance)
        merged = merge(base, edited.encode())
        assert merged.view == view
        check(base, view, text, edited, merged)
        assert_valid(merged)
        count += len(merged.changes)
        refused += len(merged.refused)
    assert refused < count * 0.08


def correct(view: str, level: str, count: int) -> int:
    """Record ``count`` edits as corrections, one by one; gives how many were refused."""
    base = ESSAY.read_bytes()
    root = parse_bytes(base).getroot()
    text = VIEWS[view](root)
    chosen: View = "source" if view == "source" else "reading"
    refused = 0
    for seed in range(count):
        edited = edit(text, level, view == "source", random.Random(f"{view} {level} {seed}"))
        if edited == text:
            continue
        merged = merge(base, edited.encode(), view=chosen, correction=Correction())
        out = parse_bytes(merged.xml).getroot()
        assert source_text(out) == source_text(root)
        assert_valid(merged)
        refused += bool(merged.refused)
        if merged.refused or any("mark stays" in (change.note or "") for change in merged.changes):
            continue
        if view == "reading":
            assert reading_text(out) == normal(edited, text, folded=True) + "\n"
            continue
        plain = merge(base, edited.encode(), view=chosen)
        assert plain.refused or reading_text(out) == reading_text(parse_bytes(plain.xml).getroot())
    return refused


@pytest.mark.parametrize(("view", "level"), CASES)
def test_corrections_leave_the_source(view: str, level: str) -> None:
    assert correct(view, level, 3) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("view", "level"), CASES)
def test_many_corrections_leave_the_source(view: str, level: str) -> None:
    assert correct(view, level, 40) <= 5  # of headings and paragraphs that were joined


def valid_ones(shared: Path) -> set[Path]:
    """The files by other hands that are valid against tei_all."""
    corpus = shared / "corpus"
    rows = [line.split("\t") for line in (corpus / "tei" / "LIST.tsv").read_text("utf-8").splitlines()[1:]]
    # Those of the list are judged with their inclusions, and of some the document type is not there.
    listed = [corpus / row[0] for row in rows if row[6] == "yes"]
    listed = [file for file in listed if b"<!DOCTYPE" not in file.read_bytes()]
    return set(listed) - invalid(tei_all(), listed)


@pytest.mark.corpus
@pytest.mark.slow
def test_edits_of_files_by_other_hands(shared: Path, tmp_path: Path) -> None:
    require_jing()
    valid = valid_ones(shared)
    files = sorted((shared / "corpus" / "tei").rglob("*.xml"), key=lambda file: file.stat().st_size)[:50]
    results: list[Path] = []
    totals: Counter[str] = Counter()
    for file in files:
        base = file.read_bytes()
        try:
            views = {view: make(parse_bytes(base).getroot()) for view, make in VIEWS.items()}
            merge(base, b"", view="source")
        except TeiError:
            continue
        for view, level in CASES:
            text = views[view]
            if len(text.split()) < 20:
                continue
            edited = edit(text, level, view == "source", random.Random(f"{file.name} {view} {level}"))
            if edited == text:
                continue
            merged = merge(base, edited.encode(), view="source" if view == "source" else "reading")
            check(base, view, text, edited, merged)
            totals[f"{level} done"] += 1
            totals[f"{level} refused"] += bool(merged.refused)
            if file in valid and not merged.refused:
                results.append(tmp_path / f"{len(results)}.xml")
                results[-1].write_bytes(merged.xml)
    assert invalid(tei_all(), results) == set()
    for level in ("character", "word"):
        assert totals[f"{level} refused"] <= totals[f"{level} done"] / 20
    blocks = totals["line refused"] + totals["paragraph refused"]
    assert blocks <= (totals["line done"] + totals["paragraph done"]) / 6
