"""A complete edition file to break in every way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

COMPLETE = '''\
[work]
title = "A Text"
subtitle = "With a subtitle"
authors = [{ name = "Ann Author", ref = "#ann" }, { name = "Ben Author", ref = "https://example.org/ben" }]
editors = [{ name = "Ed Itor" }]
language = "en-GB"
languages = [{ ident = "grc", name = "Ancient Greek" }]
date = "1901-02"

[[responsibility]]
resp = "transcription"
name = "Tess Scriber"
id = "tess"

[print]
title = "A Text in Print"
authors = [{ name = "Ann Author", ref = "#ann" }]
publisher = "A & Sons"
pub_place = "London"
date = "1901"
extent = "12 pages"
scope = [{ unit = "volume", value = "14" }]
idno = [{ type = "LCCN", value = "01-1" }]
note = """
One paragraph.

Another."""
url = "https://example.org/print?a=1&b=2"

[source]
file = "source.txt"
encoding = "utf-8"
origin = "Typed by hand."

[publication]
publisher = "The Press"
pub_place = "Leeds"
date = "2001-02-03"
edition = "1.1"
idno = [{ type = "DOI", value = "10.1000/182" }]

[rights]
status = "free"
statement = "Out of copyright."
licence = { target = "https://example.org/licence", text = "A Licence" }

[declarations]
punctuation = "Kept."

[[person]]
id = "ann"
name = "Ann Author"
variants = ["A. Author"]
roles = ["author", "speaker"]
birth = "1850"
death = "1910-12-31"
idno = [{ type = "VIAF", value = "1" }]
note = "A note."

[[group]]
id = "audience"
name = "The audience"
note = "Those present."

[[change]]
when = "2001-02-03"
who = "tess"
what = "Made."
'''


@pytest.fixture
def complete() -> str:
    """The text of an edition file that uses every key, without problems."""
    return COMPLETE


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes an edition file and returns its directory."""

    def write_edition(text: str) -> Path:
        (tmp_path / "edition.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write_edition
