"""RELAX NG in Python: both syntaxes of schemas, verdicts by derivatives, messages for people.

:func:`load_schema` reads a schema, :meth:`Schema.validate` judges a tree by it.
"""

from __future__ import annotations

from tei.errors import SchemaError
from tei.relaxng.findings import Finding
from tei.relaxng.schema import Schema, load_schema

__all__ = ["Finding", "Schema", "SchemaError", "load_schema"]
