"""Where the schema files are: inside the package once installed, beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import tei
from tei.errors import FileError

RELAX_NG: Final = "tei-edition.rng"
W3C_SCHEMA: Final = "tei-edition.xsd"
RULES: Final = "tei-edition.sch"


@cache
def schema_directory() -> Path:
    """Return the directory that holds the schema files.

    :raises FileError: neither the installed nor the checked-out place has them.
    """
    package = Path(tei.__file__).parent
    for directory in (package / "_schema", package.parent / "schema"):
        if (directory / RELAX_NG).is_file():
            return directory
    raise FileError("the schema files of this program are missing", hint="install it again")


def schema_file(name: str) -> Path:
    """Return the path of the schema file ``name``."""
    return schema_directory() / name
