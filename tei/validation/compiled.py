"""The two compiled schemas: RELAX NG for the verdict, W3C schema for the messages.

RELAX NG compiles in milliseconds and stays in memory. The W3C schema takes longer to build, so the built
object is kept in the user's cache directory; without one it is built each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from tei.validation.files import RELAX_NG, W3C_PARTS, W3C_SCHEMA, schema_file

if TYPE_CHECKING:
    from xmlschema import XMLSchema10, XMLSchemaValidationError


@cache
def relax_ng() -> etree.RelaxNG:
    """Return the compiled RELAX NG schema."""
    return etree.RelaxNG(etree.parse(schema_file(RELAX_NG)))


@cache
def w3c_schema() -> XMLSchema10:
    """Return the built W3C schema: from memory, from the cache, or built now (and then cached)."""
    path = _cache_file()
    schema = _load(path) if path is not None else None
    if schema is None:
        schema = _build()
        if path is not None:
            _save(path, schema)
    return schema


def w3c_errors(tree: etree._ElementTree) -> Iterator[XMLSchemaValidationError]:
    """Yield what the W3C schema finds in ``tree``, in document order, without stopping at the first."""
    # xmlschema takes lxml's trees; its types do not say so.
    return w3c_schema().iter_errors(cast("Any", tree))


def cache_directory() -> Path | None:
    """Return where this program may keep what it can make again, ``None`` where there is no such place."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        directory = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:  # no home
        return None
    # A relative path would leave files wherever the program happens to run.
    return directory / "tei-edition" if directory.is_absolute() else None


def _build() -> XMLSchema10:
    import xmlschema

    return xmlschema.XMLSchema10(schema_file(W3C_SCHEMA), allow="local")


def _cache_file() -> Path | None:
    directory = cache_directory()
    if directory is None:
        return None
    # The pickle holds the place of the schema files too, so their path is part of the name.
    parts = [schema_file(W3C_SCHEMA).as_posix().encode(), *(schema_file(n).read_bytes() for n in W3C_PARTS)]
    parts += [metadata.version(name).encode() for name in ("xmlschema", "elementpath")]
    parts.append(sys.version.encode())
    digest = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts))
    return directory / f"schema-{digest.hexdigest()}.pickle"


def _load(path: Path) -> XMLSchema10 | None:
    try:
        # Reading a pickle runs what stands in it: only a file of the user's own will do.
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        schema = pickle.loads(path.read_bytes())  # noqa: S301
    except Exception:  # noqa: BLE001 - whatever is wrong with a cache, building anew mends it
        return None
    from xmlschema import XMLSchema10

    return schema if isinstance(schema, XMLSchema10) else None


def _save(path: Path, schema: XMLSchema10) -> None:
    """Write the cache whole or not at all; a place that cannot be written to is no error."""
    with contextlib.suppress(OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError):
        data = pickle.dumps(schema, protocol=pickle.HIGHEST_PROTOCOL)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
