"""Texts by other hands, where they stand beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.encode import encode_path
from tei.parse import parse_bytes
from tei.views import source_bytes
from tests.conftest import SHARED
from tests.encoding import assert_valid
from tests.jing import jing, require_jing, tei_all

TEXTS = sorted(path for path in (SHARED / "corpus" / "txt").glob("*") if path.suffix in (".txt", ".md"))


@pytest.mark.corpus
@pytest.mark.slow
def test_texts_by_other_hands(tmp_path: Path) -> None:
    require_jing()
    assert len(TEXTS) >= 14
    files = []
    for path in TEXTS:
        encoded = encode_path(path)
        tree = parse_bytes(encoded.xml)
        assert source_bytes(tree.getroot()) == path.read_bytes(), path.name
        assert_valid(tree)
        assert encoded.name == path.stem
        files.append(tmp_path / f"{path.name}.xml")
        files[-1].write_bytes(encoded.xml)
    assert {file.name: found[:3] for file, found in jing(tei_all(), files).items() if found} == {}
