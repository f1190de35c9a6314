"""An edit of the markup may not change a character of the text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tei.encode import encode_path
from tei.validation import validate
from tests.structure.made import EDITION

TEXT = "Fine boats and\nold nets.\n\nRain fell.\nIt fell for days.\n"


def edition(folder: Path, text: str = TEXT) -> Path:
    """An edition with its TEI."""
    directory = folder / "made"
    directory.mkdir()
    (directory / "edition.toml").write_text(EDITION, encoding="utf-8")
    (directory / "source.txt").write_bytes(text.encode())
    file = directory / "made.xml"
    file.write_bytes(encode_path(directory).xml)
    return file


def edited(file: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    """The problems after an edit: code, message and the words on the line they are reported for."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    rows = file.read_text(encoding="utf-8").split("\n")
    return [(one.code, one.message, rows[(one.line or 1) - 1]) for one in validate(file)]


def test_nothing_is_wrong_with_what_was_encoded(tmp_path: Path) -> None:
    assert validate(edition(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "message", "words"),
    [
        ("old nets.", "new nets.", "the text is “new”, in the source it is “old”: source.txt:2", "new nets."),
        (
            "old nets.",
            "olds nets.",
            "the text is “olds”, in the source it is “old”: source.txt:2",
            "olds nets.",
        ),
        (
            "It fell",
            "It  fell",
            "a space stands here that does not stand in the source: source.txt:5",
            " fell",
        ),
        ("Rain fell.", "Rain.", "“fell” is missing here: source.txt:4 reads “Rain fell.”", "."),
        ("\n<lb/>It fell for days.", "", "“It fell for days.” is missing here: source.txt:5", "</body>"),
        ("Rain fell.", "Rain fell.\n<lb/>Hard.", "“Hard.” does not stand in the source", "Hard."),
        (
            "boats and\n<lb/>old",
            "boats and <lb/>old",
            "a line break of the source is missing here",
            " <lb/>old",
        ),
        ("for days.", "for days. And nights.", "“And nights.” does not stand in the source", " And nights."),
    ],
)
def test_a_changed_text(old: str, new: str, message: str, words: str, tmp_path: Path) -> None:
    file = edition(tmp_path)
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    rows = file.read_text(encoding="utf-8").split("\n")
    (problem,) = validate(file)
    assert problem.code == "TEI-T001"
    assert message in problem.message
    assert problem.line is not None
    assert problem.column is not None
    row = "\n".join(rows[problem.line - 1 :])
    assert row[problem.column - 1 :].lstrip("\n").startswith(words), row


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old", "<choice><sic>old</sic><corr>cold</corr></choice>"),
        ("Rain", "<term>Rain</term>"),
        ("for days", 'for <supplied reason="lost">some </supplied>days'),
    ],
)
def test_markup_is_free(old: str, new: str, tmp_path: Path) -> None:
    assert edited(edition(tmp_path), old, new) == []


def test_line_ends_that_the_header_misstates(tmp_path: Path) -> None:
    ((code, message, _),) = edited(edition(tmp_path), ">LF<", ">CRLF<")
    assert (code, "other line ends" in message) == ("TEI-T003", True)


def test_a_checksum_that_is_not_that_of_the_source(tmp_path: Path) -> None:
    file = edition(tmp_path)
    ((code, _, line),) = edited(file, 'type="sha256">', 'type="sha256">0')
    assert (code, "sha256" in line) == ("TEI-T004", True)


def test_a_note_that_was_deleted_is_one_mistake(tmp_path: Path) -> None:
    file = edition(tmp_path, "The nets were old.[1]\n\nNobody mended them.\n\n1. Harbour Gazette.\n")
    note = re.search(r"<note place.*?</note>\n?", file.read_text(encoding="utf-8"), re.DOTALL)
    assert note is not None
    ((code, message, _),) = edited(file, note[0], "")
    assert (code, "Harbour Gazette" in message) == ("TEI-T001", True)
    (problem,) = validate(file)
    assert problem.hint == 'put the note with xml:id="n1" back: a mark leads to it'


def test_elsewhere_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    file = edition(tmp_path)
    copy = tmp_path / "made.xml"
    shutil.copy(file, copy)
    assert edited(copy, "old nets", "new nets") == []


def test_a_faulty_edition_file_is_said_and_hides_nothing(tmp_path: Path) -> None:
    file = edition(tmp_path)
    (file.parent / "edition.toml").write_text("[work", encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace("<p>", '<p ana="#x">', 1), encoding="utf-8")
    problems = {problem.code: Path(problem.path).name for problem in validate(file)}
    assert problems == {"TEI030": "edition.toml", "TEI-P001": file.name}


def test_many_changes_are_cut_short(tmp_path: Path) -> None:
    text = "".join(f"Line {number} of them.\n\n" for number in range(60))
    file = edition(tmp_path, text)
    file.write_text(file.read_text(encoding="utf-8").replace(" of them", " of those"), encoding="utf-8")
    problems = validate(file)
    assert len(problems) == 51
    assert sum("more than 50 places" in problem.message for problem in problems) == 1
