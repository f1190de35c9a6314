"""The files of a Schematron schema, put together: ``include`` and ``extends`` with an address (section 5.4).

Only files in the directory of the schema, or below it, are read; see :class:`tei.relaxng.syntax.Sources`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from tei.errors import SchemaError
from tei.relaxng.syntax import Sources

SCH: Final = "http://purl.oclc.org/dsdl/schematron"
OLD: Final = "http://www.ascc.net/xml/schematron"
MAX_DEPTH: Final = 60
"""How deep parts of a schema may refer to each other."""

_PREFIX: Final = f"{{{SCH}}}"
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a schema, and the files that led to it: the main one first, its own last."""

    element: etree._Element
    files: tuple[Path, ...]

    @property
    def name(self) -> str:
        """The name of a Schematron element without its namespace; an empty string for any other."""
        tag = self.element.tag
        return tag[len(_PREFIX) :] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""

    def get(self, name: str) -> str | None:
        """Return an attribute without white space around it."""
        value = self.element.get(name)
        return value.strip() if value is not None else None

    def needed(self, name: str) -> str:
        """Return an attribute that has to be there.

        :raises SchemaError: it is not, or is empty.
        """
        value = self.get(name)
        if not value:
            raise self.error(f"<{self.name}> needs the attribute {name}")
        return value

    def error(self, message: str, hint: str | None = None) -> SchemaError:
        """Return the error that ``message`` tells of, with the place of this element."""
        return SchemaError(message, path=self.files[-1], line=self.element.sourceline, hint=hint)


def children(part: Part, sources: Sources) -> Iterator[Part]:
    """Yield the Schematron elements in ``part``; in place of an address, what stands there.

    :raises SchemaError, FileError, ParseError, LimitError: a file cannot be used, or refers to itself.
    """
    for child in part.element:
        inner = Part(child, part.files)
        if inner.name == "include":
            found = _referred(inner, sources)
            # A whole schema stands for what is in it.
            yield from children(found, sources) if found.name == "schema" else (found,)
        elif inner.name == "extends" and inner.get("href"):
            yield from children(_referred(inner, sources), sources)
        elif isinstance(child.tag, str):
            yield inner


def _referred(part: Part, sources: Sources) -> Part:
    """Return the element that ``part/@href`` leads to: the root of a file, or the one with that id."""
    address, _, fragment = part.needed("href").partition("#")
    if len(part.files) > MAX_DEPTH:
        raise part.error("the files of this schema refer to each other too deeply")
    if not address:
        raise part.error(f"not a file beside the schema: #{fragment}")
    pointer = etree.Element(part.element.tag, href=address)
    try:
        path, root = sources.included(pointer, part.files)
    except SchemaError as error:
        raise part.error(error.message, error.hint) from error
    if not fragment:
        return Part(root, (*part.files, path))
    for element in root.iter():
        if fragment in (element.get("id"), element.get(_XML_ID)):
            return Part(element, (*part.files, path))
    raise part.error(f"nothing in {address} has the id {fragment}")
