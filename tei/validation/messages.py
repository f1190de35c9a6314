"""Turn what xmlschema says into problems that a reader of TEI understands.

xmlschema knows more than its sentences say: the child that does not fit, what was expected, the attribute.
Where its own sentence has to be read for a fact, an unknown sentence is passed on as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from lxml import etree

from tei.names import TEI_NS, local_name
from tei.problems import Problem

if TYPE_CHECKING:
    from xmlschema import XMLSchemaValidationError

_ELEMENT_PAGE: Final = "https://www.tei-c.org/Vault/P5/4.3.0/doc/tei-p5-doc/en/html/ref-{}.html"
_MISSING: Final = re.compile(r"missing required attribute '([^']+)'")
_NOT_ALLOWED: Final = re.compile(r"'([^']+)' attribute not allowed")
_VALUE: Final = re.compile(r"attribute ([^=\s]+)='(.*?)': (.*)", re.DOTALL)
_LISTED: Final = 12
_ANYWHERE: Final = frozenset(
    {"anchor", "fw", "gap", "incident", "kinesic", "lb", "note", "pb", "space", "vocal"}
)
_MOST_TEXT: Final = 40


def as_problem(error: XMLSchemaValidationError, path: str) -> Problem:
    """Return the problem that ``error`` speaks of; ``path`` is the name of the file."""
    from xmlschema import XMLSchemaChildrenValidationError

    found: object = error.elem  # lxml's own, whatever the types of xmlschema say
    element = found if isinstance(found, etree._Element) else None  # noqa: SLF001 - it has no other name
    if isinstance(error, XMLSchemaChildrenValidationError) and element is not None:
        return _child_problem(error, element, path)
    reason = error.reason or str(error)
    if "character data" in reason and element is not None:
        return _text_problem(element, path)
    if match := _MISSING.search(reason):
        name = _attribute(match[1])
        return _problem(
            "TEI-S005", f"<{_tag(element)}> needs the attribute {name}", element, path, hint=f'add {name}="…"'
        )
    if match := _NOT_ALLOWED.search(reason):
        name = _attribute(match[1])
        return _problem(
            "TEI-S004", f"the attribute {name} is not allowed on <{_tag(element)}>", element, path
        )
    if "xs:ID" in reason:
        return _problem("TEI-S010", reason, element, path)
    if match := _VALUE.search(reason):
        return _problem(
            "TEI-S006",
            f'{_attribute(match[1])}="{_short(match[2])}" on <{_tag(element)}> is not a value allowed there',
            element,
            path,
            hint=_readable(match[3]),
        )
    return _problem("TEI-S009", reason, element, path)


def _child_problem(error: XMLSchemaValidationError, element: etree._Element, path: str) -> Problem:
    expected = _expected(getattr(error, "expected", None))
    child = getattr(error, "invalid_child", None)
    if child is None:
        return _problem(
            "TEI-S002", f"the content of <{_tag(element)}> is not complete", element, path, hint=expected
        )
    name = _tag(child)
    message = f"<{name}> is not allowed here in <{_tag(element)}>"
    namespace = etree.QName(child).namespace
    if namespace != TEI_NS:
        message += f": it is in the namespace {namespace}" if namespace else ": it is in no namespace"
    return _problem("TEI-S001", message, child, path, hint=expected)


def _text_problem(element: etree._Element, path: str) -> Problem:
    """Name the first text that stands loose, and its own line."""
    line, text = element.sourceline, element.text or ""
    if not text.strip():
        child = next((c for c in element if c.tail and c.tail.strip()), None)
        if child is None:
            return _problem("TEI-S003", f"text is not allowed directly in <{_tag(element)}>", element, path)
        # The text begins where the child ends: below it, if it has several lines.
        line, text = _last_line(child), child.tail or ""
    before = text[: len(text) - len(text.lstrip())]
    return Problem(
        code="TEI-S003",
        severity="error",
        message=f"text is not allowed directly in <{_tag(element)}>: “{_short(text.strip())}”",
        path=path,
        line=None if line is None else line + before.count("\n"),
        xpath=element.getroottree().getpath(element),
        hint="put it into an element such as <p>, or remove it",
        link=_page(element),
    )


def _last_line(element: etree._Element) -> int | None:
    """The line that the end tag of ``element`` stands in."""
    line, inside = element.sourceline, element.text or ""
    if len(element):
        line, inside = _last_line(element[-1]), element[-1].tail or ""
    return None if line is None else line + inside.count("\n")


def _problem(
    code: str, message: str, element: etree._Element | None, path: str, *, hint: str | None = None
) -> Problem:
    return Problem(
        code=code,
        severity="error",
        message=message,
        path=path,
        line=None if element is None else element.sourceline,
        xpath=None if element is None else element.getroottree().getpath(element),
        hint=hint,
        link=_page(element),
    )


def _expected(particles: object) -> str | None:
    """Say which elements could stand in this place, a dozen at most."""
    if not isinstance(particles, Iterable):
        return None
    found = {str(getattr(particle, "local_name", None) or "") for particle in particles} - {""}
    if not found:
        return None
    # What may stand anywhere helps nobody: it comes last.
    names = sorted(found, key=lambda name: (name in _ANYWHERE, name))
    more = f" … ({len(names)} in all)" if len(names) > _LISTED else ""
    return "expected " + ", ".join(f"<{name}>" for name in names[:_LISTED]) + more


def _tag(element: etree._Element | None) -> str:
    if element is None:
        return "?"
    return etree.QName(element).localname if isinstance(element.tag, str) else "?"


def _page(element: etree._Element | None) -> str | None:
    name = "" if element is None else local_name(element.tag)
    return _ELEMENT_PAGE.format(name) if name and "{" not in name else None


def _attribute(name: str) -> str:
    return name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"


def _readable(reason: str) -> str:
    if match := re.search(r"value must be one of (\[.*\])", reason):
        return "one of " + ", ".join(re.findall(r"'([^']*)'", match[1]))
    if match := re.search(r"value doesn't match any pattern of (\[.*\])", reason):
        return f"it must look like {match[1].strip('[]')}"
    return reason
