"""Our schema is a subset of TEI: whatever it allows, tei_all allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.validation.files import RELAX_NG, schema_file
from tests.jing import jing, require_jing, tei_all
from tests.validation.grammar import Grammar
from tests.validation.samples import by_relax_ng, by_w3c_schema

DOCUMENTS = 80


@pytest.mark.slow
def test_documents_made_from_the_grammar_are_valid_tei(tmp_path: Path) -> None:
    require_jing()
    grammar = Grammar(seed=1)
    files = [tmp_path / f"{number}.xml" for number in range(DOCUMENTS)]
    for file in files:
        file.write_bytes(grammar.document())
        assert by_relax_ng(file.read_bytes())
        assert by_w3c_schema(file.read_bytes())
    # Nearly every alternative of every content model has stood in one of them.
    assert len(grammar.unused) < len(grammar.alternatives) / 10
    for schema in (schema_file(RELAX_NG), tei_all()):
        assert {file.name: found for file, found in jing(schema, files).items() if found} == {}
