"""The editions of this repository: the committed TEI is what the program makes, and it is right."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from tei.encode import encode_path
from tei.names import local_name, qualified
from tei.parse import parse_bytes
from tei.validation import check_pointers
from tei.views import reading_text, source_bytes, spoken_text
from tests.conftest import ROOT, SHARED
from tests.encoding import assert_valid, text_of
from tests.jing import jing, require_jing, tei_all
from tests.validation.samples import by_w3c_schema

EDITIONS = sorted(path.parent for path in (ROOT / "encoded").glob("*/edition.toml"))
# The one that was printed as a book with pages.
BOOK = next(path for path in EDITIONS if "[[stream]]" in (path / "edition.toml").read_text(encoding="utf-8"))
PAGES = 322
ID = qualified("xml:id")

each = pytest.mark.parametrize("edition", EDITIONS, ids=lambda path: path.name)


@cache
def xml(edition: Path) -> bytes:
    return encode_path(edition).xml


@cache
def tree(edition: Path) -> etree._ElementTree:
    return parse_bytes(xml(edition))


def elements(edition: Path, name: str) -> Iterator[etree._Element]:
    return text_of(tree(edition)).iter(f"{{*}}{name}")


def test_there_are_two() -> None:
    assert len(EDITIONS) == 2


@each
def test_the_committed_tei_is_what_the_program_makes(edition: Path) -> None:
    file = edition / f"{edition.name}.xml"
    # `make editions` writes them anew; look at the difference before it is committed.
    assert file.is_file(), f"{file.name} is missing: make editions"
    assert xml(edition) == file.read_bytes(), f"{file.name} is stale: make editions"


@each
def test_the_source_comes_back(edition: Path) -> None:
    assert source_bytes(tree(edition).getroot()) == (edition / "source.txt").read_bytes()


@each
@pytest.mark.corpus
def test_the_source_is_the_one_that_was_given(edition: Path) -> None:
    given = SHARED / "sources" / f"{edition.name}.txt"
    assert (edition / "source.txt").read_bytes() == given.read_bytes()


@each
def test_every_line_of_the_source_is_a_line_of_the_tei(edition: Path) -> None:
    """And has its ``lb``: the differences of two versions can be read line by line."""
    lines = (edition / "source.txt").read_bytes().decode().split("\n")
    text = etree.tostring(text_of(tree(edition)), encoding="unicode", with_tail=False).split("\n")
    assert len(text) == len(lines)
    assert sum(1 for _ in elements(edition, "lb")) == len(lines) - (lines[-1] == "")
    outside = [line for line in text if "<lb" not in line]
    assert len(outside) <= 1


@each
def test_valid_by_our_schemas(edition: Path) -> None:
    assert_valid(tree(edition))
    assert by_w3c_schema(xml(edition))
    assert check_pointers(tree(edition), edition.name) == []


@pytest.mark.slow
def test_valid_tei(tmp_path: Path) -> None:
    require_jing()
    files = [tmp_path / f"{edition.name}.xml" for edition in EDITIONS]
    for edition, file in zip(EDITIONS, files, strict=True):
        file.write_bytes(xml(edition))
    assert {file.name: found[:3] for file, found in jing(tei_all(), files).items() if found} == {}


def paper_order() -> list[etree._Element]:
    """The page breaks as ``@next`` leads through them, or else as they stand."""
    breaks = list(elements(BOOK, "pb"))
    by_id = {pb.get(ID): number for number, pb in enumerate(breaks)}
    order: list[etree._Element] = []
    at = 0
    while at < len(breaks) and len(order) <= len(breaks):
        order.append(breaks[at])
        target = breaks[at].get("next")
        at = by_id[target[1:]] if target else at + 1
    return order


def test_every_page_once_and_in_the_order_of_the_paper() -> None:
    found = [int(pb.get("n", "").strip("[]")) for pb in paper_order()]
    assert found == list(range(1, PAGES + 1))


def test_every_chain_of_pages_is_whole() -> None:
    order = paper_order()
    standing = list(elements(BOOK, "pb"))
    for one, other in pairwise(order):
        follows = standing.index(other) == standing.index(one) + 1
        assert (one.get("next") == f"#{other.get(ID)}") or (follows and one.get("next") is None)
        assert (other.get("prev") == f"#{one.get(ID)}") or (follows and other.get("prev") is None)


def test_facing_pages_point_at_each_other() -> None:
    facing = {f"#{pb.get(ID)}": pb.get("corresp") for pb in elements(BOOK, "pb") if pb.get("corresp")}
    assert len(facing) > 150
    assert all(target and facing[target] == one for one, target in facing.items())
    streams = [div for div in elements(BOOK, "div") if div.get("type") in ("speech", "commentary")]
    assert [div.get("corresp") for div in streams] == [f"#{div.get(ID)}" for div in reversed(streams)]


@each
def test_every_note_is_tied(edition: Path) -> None:
    notes = list(elements(edition, "note"))
    anchors = Counter(
        ref.get("target") for ref in elements(edition, "ref") if ref.get("type") == "noteAnchor"
    )
    by_id = {f"#{note.get(ID)}": note for note in notes}
    assert set(anchors) <= set(by_id)
    for note in notes:
        identifier = f"#{note.get(ID)}"
        if note.get("prev"):
            assert by_id[note.get("prev", "")].get("next") == identifier
            assert anchors[identifier] == 0
        else:
            assert anchors[identifier] == 1, identifier
        if note.get("next"):
            assert by_id[note.get("next", "")].get("prev") == identifier
    if edition == BOOK:
        assert len(notes) > 120


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def source_words(element: etree._Element, without: str = "") -> str:
    """The words of an element as they stand in the source, those of the elements ``without`` left out."""
    chunks = [element.text or ""]
    for child in element:
        if local_name(child.tag) not in ("corr", "reg", "supplied", without):
            chunks.append(source_words(child, without))
        chunks.append(child.tail or "")
    return "".join(chunks)


@pytest.mark.parametrize("view", [reading_text, spoken_text], ids=["reading", "spoken"])
def test_no_running_matter_in_a_view_for_readers(view: object) -> None:
    assert callable(view)
    text = view(tree(BOOK).getroot())
    lines = {folded(line) for line in text.split("\n")}
    furniture = {folded(source_words(fw)) for fw in elements(BOOK, "fw")}
    corrected = {"".join(c.itertext()) for fw in elements(BOOK, "fw") for c in fw.iter("{*}corr")}
    assert len(furniture) > 300
    titles = {folded(source_words(head)) for head in elements(BOOK, "head")}
    assert (furniture | corrected) & lines - titles - {""} == set()
    # Furniture in the middle of a paragraph would stand in the middle of a line, too.
    headers = {folded(source_words(fw)) for fw in elements(BOOK, "fw") if fw.get("type") == "header"}
    read, printed = folded(text), folded(source_words(text_of(tree(BOOK)), without="fw"))
    assert len(headers) > 1
    assert [head for head in headers if read.count(head) > printed.count(head)] == []


def test_no_note_amid_the_text() -> None:
    """Each note stands in the reading view once, as a paragraph under its number; in the spoken one never."""
    reading = [folded(line) for line in reading_text(tree(BOOK).getroot()).split("\n")]
    spoken = folded(spoken_text(tree(BOOK).getroot()))
    whole = "\n".join(reading)
    numbered = [line for line in reading if re.match(r"\[\d+\] ", line)]
    firsts = [note for note in elements(BOOK, "note") if not note.get("prev")]
    assert [int(line[1 : line.index("]")]) for line in numbered] == list(range(1, len(firsts) + 1))
    seen = 0
    for note in firsts:
        paragraph = next(note.iter("{*}p"), None)
        if paragraph is None or any(True for _ in paragraph.iter("{*}choice", "{*}pc", "{*}surplus")):
            continue
        words = folded(source_words(paragraph))[:50]
        if len(words) == 50:
            seen += 1
            assert whole.count(words) == 1
            assert any(line.partition("] ")[2].startswith(words) for line in numbered)
            assert words not in spoken
    assert seen > 40


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpus
def test_scores_on_the_pages_annotated_by_hand(tmp_path: Path) -> None:
    gold_file = SHARED / "gold" / f"{BOOK.name.partition('-')[0]}-dev.jsonl"
    gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines() if line.strip()]
    file = tmp_path / "book.xml"
    file.write_bytes(xml(BOOK))
    result = scorer().score(scorer().Edition(str(file)), gold)
    assert len(gold) == 22
    assert {what: result[what]["f1"] for what in ("reactions", "notes", "heads")} == {
        "reactions": 1.0,
        "notes": 1.0,
        "heads": 1.0,
    }
    assert all(result[what]["gold"] > 0 for what in ("reactions", "notes", "heads"))
    assert result["blocks_within_one"] >= 0.95
    # Names and quotations: what was reached when they came; never less.
    assert result["persName"]["f1"] >= 0.99
    assert result["links_bcubed"] >= 0.99
    assert result["quotes"]["f1"] >= 0.98
    assert result["quote_kind_strict"] >= 0.95
