"""Schematron that stands in another schema: RELAX NG (ISO/IEC 19757-3, annex F), W3C schema, or a TEI ODD.

In an ODD (TEI Guidelines, chapter 23, “Additional Constraints”) rules stand in
``constraintSpec/constraint``; an assertion alone is for the element, or the attribute, that is specified
around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from tei.errors import LimitError
from tei.names import TEI_NS, T
from tei.relaxng.syntax import RNG, Sources
from tei.schematron.model import LeftOut, Schema
from tei.schematron.parts import MAX_DEPTH, SCH, Part

_S: Final = f"{{{SCH}}}"
_R: Final = f"{{{RNG}}}"
_FILES: Final = (f"{_R}include", f"{_R}externalRef")
_KEPT: Final = ("ns", "let", "pattern", "phase", "diagnostics", "rules")
_INNER: Final = ("rule", "assert", "report")
_SCHEMES: Final = ("schematron", "isoschematron", None)
_OWN: Final = "tei-context"


def embedded(part: Part, sources: Sources, schema: Schema) -> Iterator[Part]:
    """Yield the Schematron elements in the file of ``part``, as if they stood in a schema of their own.

    What cannot be run goes to ``schema.left_out``. Raises as :func:`tei.schematron.read.read_schema`.
    """
    if len(part.files) > MAX_DEPTH:
        raise LimitError("the files of this schema refer to each other too deeply", path=part.files[0])
    seen: set[tuple[str, str]] = set()
    for element in part.element.iter(f"{_S}*", *_FILES):
        if element.tag in _FILES:
            path, root = sources.included(element, part.files)
            yield from embedded(Part(root, (*part.files, path)), sources, schema)
            continue
        found = Part(element, part.files)
        parent = element.getparent()
        if parent is not None and str(parent.tag).startswith(_S) and parent.tag != f"{_S}schema":
            continue
        if found.name in _KEPT:
            if _counts(element):
                yield from (found,) if found.name != "ns" or _new(found, seen) else ()
        elif found.name in _INNER and _counts(element):
            yield from _wrapped(found, schema)


def _new(part: Part, seen: set[tuple[str, str]]) -> bool:
    """Whether a prefix is declared here for the first time; tei_all says each several times."""
    key = (part.needed("prefix"), part.needed("uri"))
    found = key not in seen
    seen.add(key)
    return found


def _counts(element: etree._Element) -> bool:
    """Whether a constraint of an ODD is in force, and in a language known here; anything else is."""
    spec = next(element.iterancestors(f"{T}constraintSpec"), None)
    if spec is None:
        # Rules in an example of the prose, or in a document about Schematron, are no rules.
        return etree.QName(element.getroottree().getroot()).namespace != TEI_NS
    return spec.get("mode") != "delete" and spec.get("scheme") in _SCHEMES


def _wrapped(part: Part, schema: Schema) -> Iterator[Part]:
    """Put a rule or an assertion that stands alone into a pattern of its own."""
    pattern = etree.Element(f"{_S}pattern", nsmap=dict(part.element.nsmap))
    inner = pattern
    if part.name != "rule":
        context = _context(part.element)
        if context is None:
            reason = 'it has no context: put it into <sch:rule context="…">'
            schema.left_out.append(
                LeftOut(f"<{part.name}>", reason, str(part.files[-1]), part.element.sourceline)
            )
            return
        namespace, path = context
        inner = etree.SubElement(pattern, f"{_S}rule", nsmap={_OWN: namespace} if namespace else None)
        inner.set("context", path)
        _number(inner, part.element)
    # The copy keeps the line; what is moved would be missing where it stood.
    copied = etree.fromstring(etree.tostring(part.element, with_tail=False))
    _number(copied, part.element)
    inner.append(copied)
    yield Part(pattern, part.files)


def _number(copied: etree._Element, element: etree._Element) -> None:
    """Give the elements of a copy the lines of those that they were made from."""
    for new, old in zip(copied.iter(), element.iter(), strict=False):
        setattr(new, "sourceline", old.sourceline)  # noqa: B010 - its types say that it cannot be set


def _context(element: etree._Element) -> tuple[str, str] | None:
    """Return the namespace and the pattern of what is declared around ``element``."""
    attribute = ""
    for around in element.iterancestors():
        if around.tag == f"{T}attDef":
            attribute = f"/@{around.get('ident')}"
        elif around.tag == f"{T}elementSpec":
            names = next(around.iterancestors(f"{T}schemaSpec"), around)
            namespace = around.get("ns") or names.get("ns") or TEI_NS
            return namespace, f"{_OWN}:{around.get('ident')}{attribute}"
        elif around.tag == f"{_R}element" and around.get("name"):
            given = (one.get("ns") for one in (around, *around.iterancestors()))
            space = next((value for value in given if value is not None), "")
            name = str(around.get("name"))
            return ("", name) if ":" in name or not space else (space, f"{_OWN}:{name}")
    return None
