"""The catalogue of codes: nothing is missing in it, and its examples are what they say."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tei import errors
from tei.codes import FILES, Entry, catalogue, is_whole, nearest
from tei.encode import encode_path
from tei.problems import layer_of
from tei.validation import LAYERS, validate
from tests.conftest import ROOT
from tests.docs.codes import PAGE, page

CODE = re.compile(r"TEI(?:0[0-9]{2}|-[A-Z][0-9]{3})")
WITH_EXAMPLES = [entry for entry in catalogue().values() if entry.wrong]


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A document with the header that `tei encode` writes, and `{}` for the content of its `body`."""
    text = tmp_path_factory.mktemp("frame") / "example.txt"
    text.write_text("Words.\n", encoding="utf-8")
    before, body, rest = re.split(
        r"(?<=<body>)(.*)(?=</body>)", encode_path(text).xml.decode(), flags=re.DOTALL
    )
    assert "Words." in body
    # Some examples bring a source of their own.
    return re.sub(r'\s*<idno type="sha256">.*?</idno>', "", f"{before}{{}}{rest}")


@cache
def codes_in_the_package() -> dict[str, str]:
    """Every code that is written in the code as a string of its own, with the file that has it."""
    found = {}
    for path in sorted((ROOT / "tei").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found[node.value] = str(path.relative_to(ROOT))
    return found


def test_every_code_that_can_occur_is_explained() -> None:
    used = codes_in_the_package()
    assert {"TEI-S001", "TEI-P001", "TEI040"} <= used.keys(), "the walk found not even these"
    missing = {code: file for code, file in used.items() if code not in catalogue()}
    assert not missing


def test_every_entry_is_of_a_code_that_can_occur() -> None:
    used = codes_in_the_package().keys()
    schematron = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "schema").glob("*.sch"))
    unused = [code for code in catalogue() if code not in used and code not in schematron]
    assert not unused


def test_every_error_has_a_code_of_its_own() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.TeiError)
    ]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(layer_of(kind.code) == "well-formed" for kind in kinds)


def test_layers_have_files_in_their_order() -> None:
    assert tuple(FILES) == LAYERS
    layers = [entry.layer for entry in catalogue().values()]
    assert layers == sorted(layers, key=LAYERS.index)


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_an_entry_reads_well(entry: Entry) -> None:
    assert len(entry.title) <= 70
    assert not entry.title.endswith(".")
    assert entry.text.endswith((".", "?"))
    assert 2 <= len(re.findall(r"[.:?](?= |$)", entry.text)) <= 9, "two to six sentences"
    assert entry.link is None or entry.link.startswith("https://")


def codes_of(example: str, entry: Entry, folder: Path, frame: str) -> list[str]:
    """The codes that the example gives, as a file `example/example.xml` with the other files beside it."""
    place = folder / "example"
    place.mkdir(exist_ok=True)
    for name, content in entry.files.items():
        (place / name).write_text(content.removeprefix("\n"), encoding="utf-8", newline="")
    path = place / "example.xml"
    path.write_text(
        example if is_whole(example) else frame.replace("{}", example), encoding="utf-8", newline=""
    )
    return [problem.code for problem in validate(path)]


@pytest.mark.parametrize("entry", WITH_EXAMPLES, ids=lambda entry: entry.code)
def test_the_wrong_example_gives_this_code_and_the_right_one_none(
    entry: Entry, tmp_path: Path, frame: str
) -> None:
    assert entry.wrong is not None
    assert entry.right is not None
    assert codes_of(entry.wrong, entry, tmp_path, frame) == [entry.code]
    assert codes_of(entry.right, entry, tmp_path, frame) == []


def test_the_page_of_all_codes_is_up_to_date() -> None:
    assert page() == PAGE.read_text(encoding="utf-8"), "`python -m tests.docs.samples` writes it anew"


def test_the_nearest_codes() -> None:
    assert "TEI-S010" in nearest("tei-s10")
    assert nearest("TEI-S0001")[0] == "TEI-S001"
    assert nearest("completely different") == []
