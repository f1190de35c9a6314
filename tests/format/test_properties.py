"""Formatting changes no text and no meaning, whatever the file; and once is enough."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tei.errors import ParseError
from tei.format import format_bytes
from tei.names import T
from tei.parse import parse_bytes
from tei.views import reading_text, source_text
from tests.conftest import SHARED
from tests.format.writings import Node, documents, messy, parts, plain


def same(old: bytes, new: bytes) -> None:
    """Assert that two files say the same."""
    one, other = parse_bytes(old).getroot(), parse_bytes(new).getroot()
    assert list(parts(one)) == list(parts(other))


@given(documents)
@example(
    Node(
        "TEI", (), (Node("teiHeader", (), (Node("!", (), ("a",)), " ", Node("list"), Node("?", (), ("b",)))),)
    )
)
@example(Node("TEI", (), (Node("teiHeader", (), ("\r", Node("list", (("n", "\r"),), ("\n",)))),)))
def test_random_documents(document: Node) -> None:
    old = plain(document).encode()
    new = format_bytes(old)
    same(old, new)
    assert format_bytes(new) == new
    assert source_text(parse_bytes(old).getroot()) == source_text(parse_bytes(new).getroot())


@given(documents, st.randoms(use_true_random=False))
def test_one_document_has_one_form(document: Node, chance: Random) -> None:
    written = messy(document, chance)
    assert format_bytes(written.encode()).decode() == format_bytes(plain(document).encode()).decode()


def corpus() -> list[Path]:
    return sorted((SHARED / "corpus" / "tei").glob("*/*.xml"))


@pytest.mark.corpus
@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.stem[:40])
def test_files_by_others(path: Path) -> None:
    old = path.read_bytes()
    try:
        new = format_bytes(old, path)
    except ParseError:
        assert b"<!ENTITY" in old or b"<mediawiki" in old, "no other file is refused"
        return
    same(old, new)
    assert format_bytes(new) == new
    one, other = parse_bytes(old).getroot(), parse_bytes(new).getroot()
    assert source_text(one) == source_text(other)
    assert reading_text(one) == reading_text(other)


def test_what_the_program_writes_is_formatted(root: Path) -> None:
    files = [*root.glob("encoded/*/*.xml"), *root.glob("tests/encode/golden/*.xml")]
    assert len(files) > 2
    for path in files:
        data = path.read_bytes()
        assert format_bytes(data, path) == data, path


@pytest.mark.corpus
def test_what_it_makes_of_unseen_texts_is_formatted(shared: Path) -> None:
    from tei.encode import encode_path

    texts = [path for path in (shared / "corpus" / "txt").iterdir() if path.suffix in {".txt", ".md"}]
    assert texts
    for path in sorted(texts)[::2]:
        data = encode_path(path).xml
        assert format_bytes(data, path) == data, path


def test_edit_by_hand_gives_a_small_difference(root: Path) -> None:
    path = root / "encoded" / "wolfe-1957" / "wolfe-1957.xml"
    if not path.is_file():
        pytest.skip("needs the edition")
    lines = path.read_bytes().split(b"\n")
    at = next(
        number for number, line in enumerate(lines) if b"<persName ref=" in line and b"<said" not in line
    )
    edited = [*lines]
    edited[at] = edited[at].replace(b'<persName ref="', b"<persName cert='low'   ref=\"", 1)
    formatted = format_bytes(b"\n".join(edited)).split(b"\n")
    changed = [
        number for number, (one, other) in enumerate(zip(lines, formatted, strict=True)) if one != other
    ]
    assert changed == [at]
    assert b' cert="low">' in formatted[at]


def test_no_view_is_touched_by_layout() -> None:
    document = parse_bytes(
        format_bytes(b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text> <body>  <p>a</p></body></text></TEI>")
    )
    text = document.find(f"{T}text")
    assert text is not None
    assert text.text == " "
