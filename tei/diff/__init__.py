"""What changed between two TEI documents: in the text, in the markup, in the header.

:mod:`tei.diff.compare` is the place to begin; :mod:`tei.diff.texts` aligns two texts and knows
nothing of TEI.
"""

from __future__ import annotations

from tei.diff.compare import compare, compare_files
from tei.diff.model import BITS, KINDS, AttributeChange, Change, Difference

__all__ = ["BITS", "KINDS", "AttributeChange", "Change", "Difference", "compare", "compare_files"]
