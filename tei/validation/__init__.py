"""Is a file well-formed, valid by the schema, whole in its pointers, true to its source, consistent?

Each finding is a ``Problem``; :data:`LAYERS` names the layers of checks.
"""

from __future__ import annotations

from tei.validation.layers import LAYERS, validate, validate_tree
from tei.validation.pointers import check_pointers
from tei.validation.schema import check_schema

__all__ = ["LAYERS", "check_pointers", "check_schema", "validate", "validate_tree"]
