"""The kinds of quotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

KindName = Literal["said", "quote", "soCalled", "mentioned", "term", "gloss", "title"]
Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Kind:
    """``name`` is the element that fits, ``reason`` says why in a few words, ``level`` is a title's."""

    name: KindName
    cert: Certainty
    reason: str
    level: str | None = None
