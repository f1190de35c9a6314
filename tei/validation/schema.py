"""Is a tree valid against the project's schema, and if not, where and why?

libxml2's RELAX NG is fast but its messages are of no use: it may only say "valid". Anything else is
explained by xmlschema, from the W3C schema made from the same source.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

from lxml import etree

from tei.names import T, local_name
from tei.parse import parse_file
from tei.problems import Problem, in_order
from tei.validation.compiled import relax_ng, w3c_errors

MAX_PROBLEMS: Final = 200
"""How many problems of one file are listed."""

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_FIND_XSI: Final = etree.XPath(f"//*[@*[namespace-uri() = '{_XSI}']]")


def validate_schema(
    source: etree._ElementTree | str | Path, path: str | Path | None = None, *, limit: int = MAX_PROBLEMS
) -> list[Problem]:
    """Return all problems that the schema finds, by line, at most ``limit`` and then one that says so.

    ``source`` is a tree or the path of a file; ``path`` the name to report. An empty list means valid.

    :raises FileError, ParseError, LimitError: ``source`` is a path and the file cannot be read or parsed.
    """
    if isinstance(source, str | Path):
        path = source if path is None else path
        tree = parse_file(source)
    else:
        tree = source
    if relax_ng().validate(tree):
        return []
    return _explain(tree, _name(tree, path), limit)


def _explain(tree: etree._ElementTree, path: str, limit: int) -> list[Problem]:
    root = tree.getroot()
    if root.tag != f"{T}TEI":
        return [_wrong_root(root, path)]
    # Every element may carry these attributes as far as the W3C schema is concerned.
    problems = [_instance_attribute(element, path) for element in islice(_FIND_XSI(tree), limit)]
    from tei.validation.messages import as_problem

    problems += [as_problem(error, path) for error in islice(w3c_errors(tree), limit + 1 - len(problems))]
    if not problems:
        return [_disagreement(path)]
    if len(problems) > limit:
        return [*in_order(problems[:limit]), _too_many(path, limit)]
    return in_order(problems)


def _wrong_root(root: etree._Element, path: str) -> Problem:
    name = etree.QName(root)
    where = f"in the namespace {name.namespace}" if name.namespace else "in no namespace"
    known = local_name(root.tag) == name.localname and name.namespace is not None
    return Problem(
        code="TEI-S007",
        severity="error",
        message=f"the outermost element is <{name.localname}>" + ("" if known else f", {where}"),
        path=path,
        line=root.sourceline,
        xpath="/*",
        hint='a TEI file begins with <TEI xmlns="http://www.tei-c.org/ns/1.0">',
        link="https://www.tei-c.org/Vault/P5/4.3.0/doc/tei-p5-doc/en/html/ref-TEI.html",
    )


def _instance_attribute(element: etree._Element, path: str) -> Problem:
    name = next(etree.QName(key).localname for key in element.attrib if str(key).startswith(f"{{{_XSI}}}"))
    return Problem(
        code="TEI-S004",
        severity="error",
        message=f"the attribute xsi:{name} is not allowed on <{local_name(element.tag)}>",
        path=path,
        line=element.sourceline,
        xpath=element.getroottree().getpath(element),
        hint="remove it: the schema of this project is chosen by the program",
    )


def _disagreement(path: str) -> Problem:
    """The two schemas differ: a fault of this program, but the file must not pass for valid."""
    entries = list(relax_ng().error_log)
    first = entries[0] if entries else None
    return Problem(
        code="TEI-S098",
        severity="error",
        message=f"not valid against the RELAX NG schema: {first.message if first else 'no reason was given'}",
        path=path,
        line=first.line if first else None,
        hint="the W3C schema finds nothing wrong; please report this file",
    )


def _too_many(path: str, limit: int) -> Problem:
    return Problem(
        code="TEI-S099",
        severity="error",
        message=f"there are more than {limit} problems; only these are listed",
        path=path,
        hint="mend the first ones: often others go with them",
    )


def _name(tree: etree._ElementTree, path: str | Path | None) -> str:
    return str(path) if path is not None else (tree.docinfo.URL or "document")
