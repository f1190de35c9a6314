"""What a W3C schema finds, by xmlschema, in plain words.

xmlschema knows more than its sentences say: the child that does not fit, what was expected, the attribute.
Where its own sentence has to be read for a fact, an unknown sentence is passed on as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree
from xmlschema import (
    XMLSchema10,
    XMLSchemaChildrenValidationError,
    XMLSchemaException,
    XMLSchemaValidationError,
)

from tei.errors import SchemaError
from tei.problems import Problem
from tei.relaxng.names import shown
from tei.relaxng.places import last_line
from tei.relaxng.words import listed, short, tag
from tei.validation.messages import element_page
from tei.validation.w3c_loading import load_w3c, sentence

_OF_SCHEMAS: Final = "{http://www.w3.org/2001/XMLSchema}"
_MISSING: Final = re.compile(r"missing required attribute '([^']+)'")
_NOT_ALLOWED: Final = re.compile(r"'([^']+)' attribute not allowed")
_ONE_OF: Final = re.compile(r"value must be one of (\[.*\])")
_PATTERN: Final = re.compile(r"value doesn't match any pattern of \[(.*)\]")
_VALUE: Final = re.compile(r"attribute ([^=\s]+)='(.*?)': (.*)", re.DOTALL)


def w3c_problems(tree: etree._ElementTree, path: str | Path, schema: Path) -> Iterator[Problem]:
    """Yield what the W3C schema in the file ``schema`` finds in ``tree``, in the order of the document.

    ``path`` is the name of the file to report; the problems have lines, no columns.

    :raises SchemaError, ParseError, LimitError, FileError: the schema cannot be used.
    """
    status = schema.stat()
    built = load_w3c(schema, (status.st_mtime_ns, status.st_size))
    root = tree.getroot()
    if root.tag not in built.maps.elements:
        yield _wrong_root(root, str(path), built)
        return
    try:
        # xmlschema takes lxml's trees; its types do not say so.
        for error in built.iter_errors(cast("Any", tree)):
            yield _problem_of(error, str(path))
    except (XMLSchemaException, RecursionError) as error:
        raise SchemaError(f"the schema cannot be applied: {sentence(error)}", path=schema) from error


def _wrong_root(root: etree._Element, path: str, schema: XMLSchema10) -> Problem:
    name = etree.QName(root)
    # xmlschema counts the elements of schemas themselves among those of a schema.
    own = sorted(str(other) for other in schema.maps.elements if not str(other).startswith(_OF_SCHEMAS))
    same = [other for other in own if other.rpartition("}")[2] == name.localname]
    message = f"{tag(str(root.tag))} may not be the outermost element"
    hint = f"expected {listed([tag(other) for other in own])}"
    if same:
        message += (
            f": it is in the namespace {name.namespace}" if name.namespace else ": it is in no namespace"
        )
        hint = f"the namespace must be {etree.QName(same[0]).namespace or 'none'}"
    return Problem(
        "TEI-S007",
        "error",
        message,
        path,
        root.sourceline,
        xpath="/*",
        hint=hint,
        link=element_page(str(root.tag)),
    )


def _problem_of(error: XMLSchemaValidationError, path: str) -> Problem:
    found: object = error.elem  # lxml's own, whatever the types of xmlschema say
    element = found if isinstance(found, etree._Element) else None  # noqa: SLF001 - it has no other name
    reason = error.reason or str(error)
    if element is None:
        return Problem("TEI-S009", "error", short(reason, 200), path)
    if isinstance(error, XMLSchemaChildrenValidationError):
        return _child_problem(error, element, path)
    if "character data" in reason:
        return _text_problem(element, path)
    return _attribute_problem(reason, element, path) or _value_problem(error, reason, element, path)


def _attribute_problem(reason: str, element: etree._Element, path: str) -> Problem | None:
    here = tag(str(element.tag))
    if match := _MISSING.search(reason):
        name = shown(match[1])
        return _problem("TEI-S005", f"{here} needs the attribute {name}", element, path, f'add {name}="…"')
    if match := _NOT_ALLOWED.search(reason):
        message = f"the attribute {shown(match[1])} is not allowed on {here}"
        return _problem("TEI-S004", message, element, path, "remove it")
    if match := _VALUE.search(reason):
        message = f'{shown(match[1])}="{short(match[2])}" on {here} is not a value allowed there'
        return _problem("TEI-S006", message, element, path, _readable(match[3]))
    return None


def _value_problem(
    error: XMLSchemaValidationError, reason: str, element: etree._Element, path: str
) -> Problem:
    if "xs:ID" in reason:
        return _problem("TEI-S010", short(reason, 200), element, path)
    if isinstance(error.obj, str):
        value = f"“{short(error.obj)}” is not a value allowed in {tag(str(element.tag))}"
        return _problem("TEI-S008", value, element, path, _readable(reason))
    return _problem("TEI-S009", short(reason, 200), element, path)


def _child_problem(error: XMLSchemaValidationError, element: etree._Element, path: str) -> Problem:
    expected = _expected(getattr(error, "expected", None))
    child = getattr(error, "invalid_child", None)
    here = tag(str(element.tag))
    if child is None:
        return _problem("TEI-S002", f"{here} is not complete", element, path, expected)
    message = f"{tag(child.tag)} is not allowed here in {here}"
    namespace = etree.QName(child).namespace
    if namespace != etree.QName(element).namespace:
        message += f": it is in the namespace {namespace}" if namespace else ": it is in no namespace"
    return _problem("TEI-S001", message, child, path, expected)


def _text_problem(element: etree._Element, path: str) -> Problem:
    """Name the first text that stands loose, and its own line."""
    line, text = element.sourceline, element.text or ""
    if not text.strip():
        child = next((c for c in element if c.tail and c.tail.strip()), None)
        if child is not None:
            # The text begins where the child ends: below it, if it has several lines.
            line, text = last_line(child), child.tail or ""
    before = text[: len(text) - len(text.lstrip())]
    message = f"text is not allowed directly in {tag(str(element.tag))}"
    message += f": “{short(text.strip())}”" if text.strip() else ""
    problem = _problem("TEI-S003", message, element, path, "put it into an element such as <p>, or remove it")
    return problem._replace(line=None if line is None else line + before.count("\n"))


def _problem(code: str, message: str, element: etree._Element, path: str, hint: str | None = None) -> Problem:
    return Problem(
        code=code,
        severity="error",
        message=message,
        path=path,
        line=element.sourceline,
        xpath=element.getroottree().getpath(element),
        hint=hint,
        link=element_page(str(element.tag)),
    )


def _expected(particles: object) -> str | None:
    """Say which elements could stand in this place, a dozen at most."""
    if not isinstance(particles, Iterable):
        return None
    found = dict.fromkeys(str(getattr(particle, "name", None) or "") for particle in particles)
    names = [tag(name) for name in found if name]
    return f"expected {listed(names)}" if names else None


def _readable(reason: str) -> str:
    if match := _ONE_OF.search(reason):
        values = [f"“{value}”" for value in re.findall(r"'([^']*)'", match[1])]
        return f"expected {listed(values)}"
    if match := _PATTERN.search(reason):
        return f"it must look like {match[1]}"
    return short(reason, 200)
