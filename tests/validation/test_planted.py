"""Mistakes planted at random places of both editions: each is found, on its line, and told once."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tei.validation import validate
from tests.conftest import ROOT
from tests.validation.planting import ELSEWHERE, MISTAKES, WITHOUT_PLACE

EDITIONS = ("deutscher-1956", "wolfe-1957")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the editions."""
    folder = tmp_path_factory.mktemp("planted") / "encoded"
    shutil.copytree(ROOT / "encoded", folder)
    return folder


@pytest.mark.parametrize("name", EDITIONS)
def test_without_a_mistake_there_is_no_problem(name: str) -> None:
    assert validate(ROOT / "encoded" / name / f"{name}.xml") == []


def one_problem(editions: Path, name: str, kind: str, seed: int) -> None:
    """Plant one mistake; the file gives one problem, of its code, at its line."""
    source = (ROOT / "encoded" / name / f"{name}.xml").read_text(encoding="utf-8")
    planted = MISTAKES[kind](source, random.Random(f"{kind}{seed}{name}"))
    if planted is None:
        # The essay has no pages and few notes; the book has all of it.
        assert name == EDITIONS[0]
        return
    assert planted.text != source
    file = editions / name / f"{name}.xml"
    file.write_text(planted.text, encoding="utf-8")
    problems = validate(file)
    assert len(problems) == 1, (planted.what, [str(problem) for problem in problems])
    (problem,) = problems
    assert problem.code in planted.codes, (planted.what, str(problem))
    assert problem.column is not None
    if kind not in WITHOUT_PLACE:
        assert problem.line in planted.lines, (planted.what, str(problem))


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_in_the_essay(kind: str, editions: Path) -> None:
    for seed in range(3):
        one_problem(editions, EDITIONS[0], kind, seed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_in_the_book(kind: str, editions: Path) -> None:
    for seed in range(3):
        one_problem(editions, EDITIONS[1], kind, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [6, 7, 8, 9])
def test_two_dozen_mistakes_at_once(seed: int, editions: Path) -> None:
    name = EDITIONS[1]
    text = (ROOT / "encoded" / name / f"{name}.xml").read_text(encoding="utf-8")
    lines = text.count("\n")
    chance = random.Random(seed)
    kinds = [kind for kind in MISTAKES if kind not in ELSEWHERE]
    chance.shuffle(kinds)
    planted = []
    for kind in kinds:
        one = MISTAKES[kind](text, chance)
        if one is not None and "TEI040" not in one.codes and one.text.count("\n") == lines:
            planted.append(one)
            text = one.text
    file = editions / name / f"{name}.xml"
    file.write_text(text, encoding="utf-8")
    found = [problem for problem in validate(file) if problem.severity != "info"]
    for one in planted:
        fitting = [problem for problem in found if problem.line in one.lines and problem.code in one.codes]
        assert fitting, one.what
        found.remove(fitting[0])
    assert found == []
    assert len(planted) > 20
