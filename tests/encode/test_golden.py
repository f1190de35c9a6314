"""The example of the documentation, checked by hand: a small text whole, from its words to its TEI.

Where the encoding changes on purpose, ``make golden`` writes the file anew; look at the difference.
"""

from __future__ import annotations

from pathlib import Path

from tei.encode import encode_path

GOLDEN = Path(__file__).with_name("golden") / "speech.xml"


def test_the_example_is_encoded_as_it_was(root: Path) -> None:
    now = encode_path(root / "docs" / "example" / "speech.txt").xml.decode()
    assert now == GOLDEN.read_text(encoding="utf-8"), "if this is as it should be now: make golden"
