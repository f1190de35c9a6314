"""What is wrong with a schema, as an error with a place."""

from __future__ import annotations

from tei.errors import TeiError


class SchemaError(TeiError):
    """A schema that cannot be used: not RELAX NG, not sound, not safe, or too large."""

    code = "TEI070"
