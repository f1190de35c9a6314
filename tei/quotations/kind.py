"""The kinds of quotations."""

from __future__ import annotations

from typing import Literal, NamedTuple

KindName = Literal["said", "quote", "soCalled", "mentioned", "term", "gloss", "title"]
Certainty = Literal["high", "medium", "low"]


class Kind(NamedTuple):
    """``name`` is the element that fits, ``reason`` says why in a few words, ``level`` is a title's."""

    name: KindName
    cert: Certainty
    reason: str
    level: str | None = None
