"""What the tests of the encoder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.edition.load import default_edition
from tei.edition.model import Edition


@pytest.fixture(scope="session")
def loose() -> Edition:
    """The edition of a loose text file."""
    return default_edition(Path("text.txt"))
