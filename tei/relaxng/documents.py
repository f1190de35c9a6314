"""Feeds documents to the machine, as trees or as streams of bytes, and finds out where the mistakes are.

Where the mistakes are is the affair of :mod:`tei.relaxng.places`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Final
from xml.parsers import expat

from lxml import etree

from tei.errors import LimitError, ParseError
from tei.parse import MAX_ATTRIBUTES, MAX_TAG
from tei.relaxng.machine import Machine
from tei.relaxng.recovery import Stop

MAX_DEPTH: Final = 10_000
"""The deepest nesting of elements that is read from a stream."""
_CHUNK: Final = 1 << 21
_NESTED: Final = "the patterns of the schema are nested too deeply"
_EVENTS: Final = ("start", "end", "comment", "pi")


def run_tree(machine: Machine, tree: etree._ElementTree) -> None:
    """Feed a tree to ``machine``. An unresolved entity counts as text."""
    try:
        machine.walk(etree.iterwalk(tree, events=_EVENTS))
    except Stop:
        return
    except RecursionError as problem:
        raise LimitError(_NESTED) from problem


def run_stream(machine: Machine, stream: IO[bytes]) -> None:
    """Feed a file to ``machine`` as it is read; only the open elements are in memory.

    :raises ParseError: it is not well-formed, or declares entities.
    """
    names: dict[str, str] = {}

    def full(name: str) -> str:
        known = names.get(name)
        if known is None:
            if len(names) > 10_000:
                names.clear()
            known = names[name] = f"{{{name}" if "}" in name else name
        return known

    def at_start(name: str, attributes: list[str]) -> None:
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise LimitError(f"an element has more than {MAX_ATTRIBUTES} attributes")
        if len(machine.stack) >= MAX_DEPTH:
            raise LimitError(f"elements are nested more than {MAX_DEPTH} deep")
        items = [(full(key), value) for key, value in zip(attributes[::2], attributes[1::2], strict=True)]
        machine.start(full(name), items)

    def at_end(_: str) -> None:
        machine.end()

    try:
        scan(stream, at_start, at_end, machine.text)
    except Stop:
        return
    except RecursionError as problem:
        raise LimitError(_NESTED) from problem


def scan(
    stream: IO[bytes],
    at_start: Callable[[str, list[str]], None],
    at_end: Callable[[str], None],
    at_text: Callable[[str], None],
    parser: expat.XMLParserType | None = None,
) -> None:
    """Read ``stream``, calling back for each tag and text; expat's names are ``namespace}local``."""
    parser = safe_parser() if parser is None else parser
    parser.StartElementHandler = at_start
    parser.EndElementHandler = at_end
    parser.CharacterDataHandler = at_text
    try:
        taken = 0
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            taken += len(chunk)
            if taken - max(parser.CurrentByteIndex, 0) > MAX_TAG:
                raise LimitError(f"a tag or a comment is longer than {MAX_TAG} bytes")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ParseError(
            f"not well-formed: {expat.errors.messages[error.code]}",
            line=error.lineno,
            column=error.offset + 1,
        ) from error


def safe_parser() -> expat.XMLParserType:
    """Return a parser that refuses entities and fetches nothing."""
    parser = expat.ParserCreate(None, "}")
    parser.ordered_attributes = True
    parser.buffer_text = True

    def at_entity(*declaration: object) -> None:
        raise ParseError(
            f"the document type declares the entity {declaration[0]!s}; entities are not read",
            line=parser.CurrentLineNumber,
            column=parser.CurrentColumnNumber + 1,
        )

    parser.EntityDeclHandler = at_entity
    return parser
