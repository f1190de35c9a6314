"""The names of the book against the hand-made annotation of its open pages."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from tei.encode import encode_path


@pytest.mark.corpus
def test_names_of_the_annotated_pages(root: Path, shared: Path, tmp_path: Path) -> None:
    path = shared / "gold" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)

    result = tmp_path / "edition.xml"
    result.write_bytes(encode_path(root / "encoded" / "wolfe-1957").xml)
    lines = (shared / "gold" / "wolfe-dev.jsonl").read_text("utf-8").splitlines()
    figures = score.score(score.Edition(str(result)), [json.loads(line) for line in lines])
    assert figures["persName"]["p"] >= 0.99
    assert figures["persName"]["r"] >= 0.99
    assert figures["links_bcubed"] >= 0.99
    assert figures["linked_share"] == 1.0
