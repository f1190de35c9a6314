"""The register as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.errors import EditionError
from tei.persons.find import find_names
from tei.persons.register import load_register

FILE = """
not_names = ["Marlow Sound"]

[[person]]
id = "marlow"
name = "Charles Marlow"
forms = ["Charlie"]
note = "A captain."

[[group]]
id = "crew"
name = "The crew"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "persons.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_register_is_read(tmp_path: Path) -> None:
    register = load_register(write(tmp_path, FILE))
    assert register.person[0].forms == ("Charlie",)
    assert register.group[0].id == "crew"
    assert [mention.ref for mention in find_names("Charlie on Marlow Sound", register)] == ["marlow"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FILE.replace('"crew"', '"marlow"'), "gives the id 'marlow' twice"),
        (FILE.replace("forms", "form"), "form"),
        (FILE.replace('"marlow"', '"p12"'), "looks like an id that the program gives out"),
        (FILE.replace('"Charles Marlow"', '""'), "is empty"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(EditionError, match=message):
        load_register(write(tmp_path, text))
