"""Is a file valid by its schemas, and if not, where and why?

RELAX NG is judged by :mod:`tei.relaxng`, a W3C schema by xmlschema (:mod:`tei.validation.w3c`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from lxml import etree

from tei.places import Places
from tei.problems import Problem, in_order
from tei.relaxng import Schema, load_schema
from tei.relaxng.findings import Finding
from tei.validation.messages import as_problem
from tei.validation.models import Choice, own_choice
from tei.validation.noted import element_at, with_columns

_OF_ATTRIBUTES: Final = frozenset({"attribute", "attribute-value"})

MAX_PROBLEMS: Final = 200
"""How many problems of one file are listed."""


def check_schema(
    tree: etree._ElementTree,
    path: str | Path,
    data: bytes | None = None,
    choice: Choice | None = None,
    *,
    limit: int = MAX_PROBLEMS,
) -> list[Problem]:
    """Return what the grammars of ``choice`` find in ``tree``, by line; an empty list means valid.

    ``path`` is the name to report; ``data`` are the bytes that ``tree`` was parsed from: with them the
    problems have columns. Without a choice our own schema is taken. More than ``limit`` problems: the last
    one says so.

    :raises SchemaError, ParseError, LimitError, FileError: a schema cannot be used.
    """
    choice = own_choice() if choice is None else choice
    problems = list(choice.problems)
    for file in choice.relax_ng:
        schema = _schema(file)
        found = _at_attributes(schema.validate(tree, data, limit=limit), tree, data)
        problems += [as_problem(finding, str(path), schema.knows) for finding in found]
    for file in choice.xsd:
        from tei.validation.w3c import w3c_problems

        problems += with_columns(list(islice(w3c_problems(tree, path, file), limit + 1)), tree, data)
    return _at_most(problems, path, limit)


def check_schema_file(path: str | Path, choice: Choice, *, limit: int = MAX_PROBLEMS) -> list[Problem]:
    """Do what :func:`check_schema` does with a file that is never in memory as a whole.

    :raises ParseError: the file is not well-formed, or declares entities.
    :raises SchemaError: as above; a W3C schema cannot be used for such a file.
    """
    problems = list(choice.problems)
    for file in choice.relax_ng:
        schema = _schema(file)
        problems += [as_problem(f, str(path), schema.knows) for f in schema.validate_file(path, limit=limit)]
    problems += [_too_large(path, file) for file in choice.xsd]
    return _at_most(problems, path, limit)


def _at_attributes(findings: list[Finding], tree: etree._ElementTree, data: bytes | None) -> list[Finding]:
    """Move what is said of an attribute from its tag, which may have several lines, to the attribute."""
    elements = {
        finding.xpath: element
        for finding in findings
        if finding.kind in _OF_ATTRIBUTES and finding.column is not None
        if (element := element_at(tree, finding.xpath)) is not None
    }
    if not elements:
        return findings
    places = Places(tree, data, elements.values())
    found = []
    for finding in findings:
        element = elements.get(finding.xpath)
        if element is not None and finding.kind in _OF_ATTRIBUTES:
            place = places.of(element, finding.name)
            finding = finding._replace(line=place.line, column=place.column)  # noqa: PLW2901
        found.append(finding)
    return found


def _schema(file: Path) -> Schema:
    status = file.stat()
    return _loaded(file, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=8)
def _loaded(file: Path, _stamp: tuple[int, int]) -> Schema:
    """One schema serves all files of a run: the more it has seen, the faster it is."""
    return load_schema(file)


def _at_most(problems: list[Problem], path: str | Path, limit: int) -> list[Problem]:
    found = in_order(list(dict.fromkeys(problems)))
    if len(found) <= limit:
        return found
    more = Problem(
        code="TEI-S099",
        severity="error",
        message=f"there are more than {limit} problems; only these are listed",
        path=str(path),
        hint="mend the first ones: often others go with them",
    )
    return [*found[:limit], more]


def _too_large(path: str | Path, file: Path) -> Problem:
    return Problem(
        code="TEI-S023",
        severity="error",
        message=f"the file is too large to be checked against the W3C schema {file.name}",
        path=str(path),
        hint="check it against the same schema in RELAX NG, for which no file is too large",
    )
