"""The catalogue of codes: what each kind of problem means, and how it is mended.

One table a code, in one TOML file a layer::

    [TEI-P001]
    title = "A pointer leads nowhere"
    text = "Two to six plain sentences: what it means, why it matters, how to mend it."
    wrong = '<p ana="#nobody">…</p>'
    right = '<p>…</p>'
    link = "https://…"

``wrong`` and ``right`` are the content of ``<body>``, or a whole document if they begin with ``<?xml``,
``<!DOCTYPE``, ``<TEI`` or ``<teiCorpus``. They come together or, for codes that no TEI file can show, not
at all. ``link`` and ``files`` are optional; ``files`` is a table of further files by name that stand beside
the example, ``example/example.xml`` (a schema that its ``<?xml-model?>`` names, the ``source.txt`` and
``edition.toml`` of an edition).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any, Final

from tei.problems import Layer, layer_of

FILES: Final[Mapping[Layer, str]] = {
    "well-formed": "wellformed.toml",
    "schema": "schema.toml",
    "rules": "rules.toml",
    "pointers": "pointers.toml",
    "text": "text.toml",
    "consistency": "consistency.toml",
}
"""The file of each layer, in the order of the checks."""

_WHOLE: Final = ("<?xml", "<!DOCTYPE", "<TEI", "<teiCorpus")
_KEYS: Final = frozenset({"title", "text", "wrong", "right", "link", "files"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one code; ``text`` is one paragraph, without line breaks."""

    code: str
    title: str
    text: str
    wrong: str | None = None
    right: str | None = None
    link: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def layer(self) -> Layer:
        """The layer of checks that the code belongs to."""
        return layer_of(self.code)


def is_whole(example: str) -> bool:
    """Whether an example is a whole document, not only the content of ``<body>``."""
    return example.startswith(_WHOLE)


@cache
def catalogue() -> Mapping[str, Entry]:
    """Return all entries by code, in the order of the layers and of the codes.

    :raises ValueError: an entry of the package itself is not as this module says.
    """
    found: dict[str, Entry] = {}
    for layer, name in FILES.items():
        file = resources.files(__name__) / name
        if not file.is_file():
            continue
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        for code in sorted(tables):
            if layer_of(code) != layer:
                raise ValueError(f"{name}: the code {code} belongs to another layer")
            found[code] = _entry(code, tables[code])
    return found


def nearest(code: str) -> list[str]:
    """Return the codes most like ``code``, best first, three at most."""
    known = list(catalogue())
    return get_close_matches(code.upper(), known, n=3, cutoff=0.5)


def _entry(code: str, table: Mapping[str, Any]) -> Entry:
    if unknown := table.keys() - _KEYS:
        raise ValueError(f"{code}: unknown keys: {', '.join(sorted(unknown))}")
    if not table.get("title") or not table.get("text"):
        raise ValueError(f"{code}: title and text are needed")
    if ("wrong" in table) != ("right" in table):
        raise ValueError(f"{code}: wrong and right come together")
    texts = {
        key: value.strip("\n") for key, value in table.items() if key in {"title", "wrong", "right", "link"}
    }
    return Entry(code=code, text=" ".join(table["text"].split()), files=dict(table.get("files", {})), **texts)
