"""The layer of rules: what the Schematron schemas of a choice say of a tree.

A schema may be the project's own, with codes of its own for its rules, or anybody's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from tei.problems import Problem
from tei.schematron import Failure, Schematron, load_schematron
from tei.validation.models import Choice

FOREIGN: Final = "TEI-R900"
"""What a rule says that has no code of its own."""
UNRUN: Final = "TEI-R901"
"""A rule that could not be run."""

_OWN: Final = re.compile(r"TEI-R[0-9]{3}")


def check_rules(tree: etree._ElementTree, path: str | Path, choice: Choice) -> list[Problem]:
    """Return what the rules of ``choice`` find in ``tree``; ``path`` is the name to report.

    :raises SchemaError, FileError, ParseError, LimitError: one of the schemas cannot be used.
    """
    found: dict[tuple[str, str, str | None], Problem] = {}
    for rules in choice.schematron:
        for failure in _loaded(rules.path, _stamp(rules.path)).check(tree, rules.phase):
            problem = _problem(failure, tree, str(path))
            # Schemas often hold one rule twice: tei_all does, and so do two schemas of one project.
            found.setdefault((problem.code, problem.message, problem.xpath), problem)
    return list(found.values())


@lru_cache(maxsize=8)
def _loaded(path: Path, _: tuple[int, int]) -> Schematron:
    return load_schematron(path)


def _stamp(path: Path) -> tuple[int, int]:
    """What changes with the file ``path``, so that a schema that was edited is read again."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _problem(failure: Failure, tree: etree._ElementTree, path: str) -> Problem:
    element = failure.element
    if failure.kind == "unrun":
        return Problem(
            UNRUN,
            "warning",
            f"a rule was not run: {failure.message}",
            path,
            line=None if element is None else element.sourceline,
            xpath=None if element is None else tree.getpath(element),
            hint=_where(failure),
        )
    own = failure.id is not None and _OWN.fullmatch(failure.id) is not None
    said = failure.message or f"the rule {failure.id or 'of the schema'} is broken"
    message = said if own or not failure.id else f"{said} [{failure.id}]"
    return Problem(
        str(failure.id) if own else FOREIGN,
        failure.severity,
        message,
        path,
        line=tree.getroot().sourceline if element is None else element.sourceline,
        xpath="/*" if element is None else _xpath(failure, tree, element),
        hint=" ".join(failure.diagnostics) or (None if own else _where(failure)),
        link=failure.see,
    )


def _xpath(failure: Failure, tree: etree._ElementTree, element: etree._Element) -> str:
    place = tree.getpath(element)
    if failure.attribute is None:
        return place
    name = etree.QName(failure.attribute)
    prefix = next((p for p, uri in element.nsmap.items() if p and uri == name.namespace), None)
    if name.namespace == "http://www.w3.org/XML/1998/namespace":
        prefix = "xml"
    return f"{place}/@{prefix}:{name.localname}" if prefix else f"{place}/@{name.localname}"


def _where(failure: Failure) -> str | None:
    """Say where a rule stands, so that its reader can look it up."""
    if not failure.schema:
        return None
    line = f", line {failure.line}" if failure.line is not None else ""
    return f"the rule stands in {Path(failure.schema).name}{line}"
