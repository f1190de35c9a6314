"""Carry the changes that a person made in a text view of a TEI file back into the file."""

from __future__ import annotations

from tei.merge.changes import Change
from tei.merge.corrections import Correction
from tei.merge.merge import Merged, merge

__all__ = ["Change", "Correction", "Merged", "merge"]
