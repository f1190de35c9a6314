"""The names of the book against the hand-made annotation of its open pages."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tei.persons.find import find_names
from tei.persons.register import load_register

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"
REGISTER = ROOT / "encoded" / "persons.toml"


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpus
@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold beside the checkout")
@pytest.mark.skipif(not REGISTER.is_file(), reason="no register")
def test_every_annotated_name_is_found_alone() -> None:
    """Each form in the gold, set in a neutral sentence, is found whole and linked as the annotators did."""
    register = load_register(REGISTER)
    links = []
    for line in (GOLD / "wolfe-dev.jsonl").read_text("utf-8").splitlines():
        for form, key in json.loads(line)["persName"]:
            text = f"There came, it says, {form}, and stayed."
            mentions = find_names(text, register)
            assert [text[mention.start : mention.end] for mention in mentions] == [form]
            links.append((key, mentions[0].ref))
    assert scorer().bcubed(links) == 1.0
