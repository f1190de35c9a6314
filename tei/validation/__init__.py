"""Is a file well-formed, valid by the schema, whole in its pointers, true to its source?

Each finding is a ``Problem``.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tei.errors import LimitError, ParseError
from tei.parse import parse_file
from tei.problems import Problem, in_order
from tei.validation.fidelity import check_fidelity
from tei.validation.pointers import check_pointers
from tei.validation.schema import validate_schema

__all__ = ["check_fidelity", "check_pointers", "validate", "validate_schema", "validate_tree"]


def validate(path: str | Path) -> list[Problem]:
    """Return all problems of the TEI file ``path`` (``-`` is standard input), by line; none means valid.

    A file that is not well-formed, or beyond a bound, gives one problem with the code of that error. The text
    of one that stands in the directory of its edition is compared with the source.

    :raises FileError: the file, or the source of its edition, is missing or may not be read.
    :raises EditionError: the edition file beside it is faulty.
    """
    try:
        tree = parse_file(path)
    except (ParseError, LimitError) as error:
        return [
            Problem(
                code=error.code,
                severity="error",
                message=error.message,
                path=error.path or str(path),
                line=error.line,
                column=error.column,
                hint=error.hint,
            )
        ]
    return in_order([*validate_tree(tree, path), *check_fidelity(tree, path)])


def validate_tree(tree: etree._ElementTree, path: str | Path) -> list[Problem]:
    """Return all problems of a tree in memory, by line; ``path`` is the name to report."""
    # Both checks see a repeated id; the one for pointers knows where the first one stands.
    schema = [problem for problem in validate_schema(tree, path) if problem.code != "TEI-S010"]
    return in_order([*schema, *check_pointers(tree, str(path))])
