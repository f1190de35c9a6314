"""No text is refused, none comes back changed, none makes invalid TEI."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tei.edition.load import default_edition
from tei.edition.model import Edition
from tei.errors import SourceError
from tei.parse import parse_bytes
from tei.views import reading_text, source_bytes, spoken_text
from tests.encode.hostile import ENCODINGS, LINE_ENDS, as_bytes, encoded, hostile_texts, random_text
from tests.encoding import assert_valid
from tests.jing import jing, require_jing, tei_all
from tests.validation.samples import by_w3c_schema

EDITION = default_edition(Path("text.txt"))
DOCUMENTS = 300

EXTREMES = {
    "empty": b"",
    "line feed": b"\n",
    "white space": b" \t\n \n\n\t \r\n " * 20,
    "other white space": "\u00a0\u2003\u2028\x85\x0b\x0c".encode() * 9,
    "control characters": bytes(range(1, 9)) * 30,
    "NUL": b"\x00",
    "form feeds": b"\x0c" * 50,
    "byte order mark": b"\xef\xbb\xbf",
    "two byte order marks": b"\xef\xbb\xbf" * 2,
    "numbers": b"\n\n\n".join(b"%d" % n for n in range(1, 40)),
    "hyphens": b"-\n" * 200,
    "stars": b"* *\n\n" * 200,
    "brackets": b"(" * 3000 + b")" * 3000,
    "quotation marks": "“".encode() * 3000,
    "a line of 1 MB": b"word " * 200_000,
    "a word of 1 MB": b"x" * 1_000_000,
    "many empty lines": b"\n" * 100_000,
    "many short lines": b"A b.\n" * 20_000,
}


def check(data: bytes, told: str | None = None) -> bytes:
    xml = encoded(data, EDITION, told)
    tree = parse_bytes(xml)
    assert source_bytes(tree.getroot()) == data
    assert_valid(tree)
    return xml


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(hostile_texts)
@example("(Applause.)\n\n* ")
@example("1. item\n\nMR. SMITH: Hello there.\n\n2. item\n\nMR. JONES: Yes indeed.\n\n")
@example("I. TITLE HERE\n\nTHE RUNNING HEAD\n")
# A label in a note, one behind a lone carriage return.
@example(":*\n\n†d\x0c\n*\n\nM JH:(\x0c\ne")
@example(":*\n\n*m\nQ. ?\nA. T\n\x0c?\nA. [Applaus")
@example("\n\n\n\nMR H:(\ns.\n\x0c\nA\rMR: .\n\n\n\n.")
# The first item of a list set off as a quotation.
@example("-\n[Applaus\n\n1. tt\na)tem\n\ufeff\n\n2. \n\x0cT")
# A reaction over two paragraphs, and one that begins in a note.
@example("(Appl¬\nause)a) " + "x" * 130)
@example(".*\n\n*\x0c(Storm\napplaus")
@example("word.*\n\n1\n\n\n\n* note wo¬\n\n2\n\n\n\nrd\n\n3\n\n\n")
def test_any_text(text: str) -> None:
    data = as_bytes(text, "utf-8", "\n")
    assert data is not None
    try:
        check(data)
    except SourceError as error:
        # Only what is no UTF-16 either, though every other byte is NUL, is taken for binary.
        pytest.fail(f"refused: {error}")


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(hostile_texts, st.sampled_from(ENCODINGS), st.sampled_from(LINE_ENDS))
def test_any_text_in_any_encoding(text: str, encoding: str, line_end: str) -> None:
    data = as_bytes(text, encoding, line_end)
    if data is None:
        return
    check(data, encoding)
    try:
        check(data)
    except SourceError as error:
        if "binary" not in str(error) or encoding not in ("cp1252", "latin-1", "utf-16-be"):
            raise


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(hostile_texts)
def test_same_input_same_bytes_and_views_that_do_not_fail(text: str) -> None:
    data = text.encode()
    xml = encoded(data, EDITION)
    assert encoded(data, EDITION) == xml
    root = parse_bytes(xml).getroot()
    assert not any(character in reading_text(root) for character in "\x00\x0b\r")
    spoken_text(root)


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes(name: str) -> None:
    before = time.process_time()
    check(EXTREMES[name])
    # A second or so of work; what takes a minute grows faster than the text.
    assert time.process_time() - before < 20


@pytest.mark.slow
def test_hundreds_of_texts_are_valid_by_every_judge(tmp_path: Path) -> None:
    require_jing()
    files = []
    for seed in range(DOCUMENTS):
        line_end = LINE_ENDS[seed % 3] if seed % 5 == 0 else "\n"
        data = as_bytes(random_text(seed), "utf-8", line_end)
        assert data is not None
        files.append(tmp_path / f"{seed}.xml")
        files[-1].write_bytes(check(data))
        if seed % 10 == 0:
            assert by_w3c_schema(files[-1].read_bytes())
    for number, name in enumerate(EXTREMES):
        if len(EXTREMES[name]) < 100_000:
            files.append(tmp_path / f"extreme-{number}.xml")
            files[-1].write_bytes(encoded(EXTREMES[name], EDITION))
    assert {file.name: found[:3] for file, found in jing(tei_all(), files).items() if found} == {}


def test_the_texts_hold_what_they_are_to_hold(loose: Edition) -> None:
    """The random texts do make every element that the encoder finds without an editor's word."""
    found: set[str] = set()
    for seed in range(0, DOCUMENTS, 2):
        for element in parse_bytes(encoded(random_text(seed).encode(), loose)).iter("{*}*"):
            found.add(str(element.tag).partition("}")[2])
    wanted = "pb fw note ref label sp speaker kinesic vocal desc choice orig reg sic corr div head list item"
    assert {*wanted.split(), "p", "lb", "pc", "g", "quote"} - found == set()
