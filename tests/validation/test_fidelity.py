"""An edit of the markup may not change a character of the text."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from tei.encode import encode_path
from tei.errors import EditionError
from tei.validation import validate
from tests.conftest import ROOT
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
    ("old", "new", "message", "line"),
    [
        ("old nets.", "new nets.", "the text is 'new nets.', in the source", "new nets."),
        ("It fell", "It  fell", "the text is 'It  fell for days.', in the source", "It  fell"),
        ("Rain fell.", "Rain.", "the text is 'Rain.', in the source", "Rain."),
        ("\n<lb/>It fell for days.", "", "the line 'It fell for days.' of", ""),
        ("Rain fell.", "Rain fell.\n<lb/>Hard.", "the line 'Hard.' does not stand in the source", "Hard."),
    ],
)
def test_a_changed_text(old: str, new: str, message: str, line: str, tmp_path: Path) -> None:
    ((code, said, row),) = edited(edition(tmp_path), old, new)
    assert code == "TEI-T001"
    assert message in said
    assert "source.txt:" in said
    assert line in row


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
    assert (code, "other line ends" in message) == ("TEI-T001", True)


def test_elsewhere_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    file = edition(tmp_path)
    copy = tmp_path / "made.xml"
    shutil.copy(file, copy)
    assert edited(copy, "old nets", "new nets") == []


def test_a_faulty_edition_file_is_said(tmp_path: Path) -> None:
    file = edition(tmp_path)
    (file.parent / "edition.toml").write_text("[work", encoding="utf-8")
    with pytest.raises(EditionError):
        validate(file)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["wolfe-1957", "deutscher-1956"])
def test_a_word_changed_anywhere_is_found_on_its_line(name: str, seed: int, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "encoded", tmp_path / "encoded")
    file = tmp_path / "encoded" / name / f"{name}.xml"
    rows = file.read_text(encoding="utf-8").split("\n")
    first = next(number for number, row in enumerate(rows) if "<text " in row)
    places = [
        (number, word)
        for number, row in enumerate(rows)
        if number > first and "<corr" not in row and "<supplied" not in row and "<lb" in row
        for word in re.finditer(r"(?<= )[a-z]{4,}(?= [a-z])", row)
    ]
    number, word = random.Random(seed).choice(places)
    rows[number] = f"{rows[number][: word.start()]}xx{rows[number][word.end() :]}"
    file.write_text("\n".join(rows), encoding="utf-8")
    (problem,) = validate(file)
    assert (problem.code, problem.line) == ("TEI-T001", number + 1)
