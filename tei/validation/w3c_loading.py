"""Load W3C schemas (XSD 1.0) within bounds: files of one directory, no network, nothing without end."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Final

from lxml import etree
from xmlschema import XMLSchema10, XMLSchemaException
from xmlschema.validators import XMLSchemaModelDepthError, XsdPatternFacets
from xmlschema.validators.builders import XsdBuilders

from tei.errors import LimitError, SchemaError
from tei.files import read_bytes
from tei.names import XML_NS
from tei.parse import parse_bytes
from tei.references import referred_file
from tei.relaxng.regex import RegexError, compile_regex
from tei.relaxng.words import short

MAX_BYTES: Final = 8 * 1024 * 1024
"""How large all files of a W3C schema may be together; that of all of TEI has one megabyte."""
MAX_FILES: Final = 100
"""How many files a W3C schema may be made of."""
MAX_ELEMENTS: Final = 40_000
"""How many elements its files may have together; that of all of TEI has 15,000."""
_MAX_DEPTH: Final = 60
_MAX_OCCURS: Final = 10_000
_MAX_SIZE: Final = 50_000  # of a group or type, all that it refers to written out

XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_FILES: Final = tuple(f"{XS}{name}" for name in ("include", "import", "redefine", "override"))
# The attributes by which groups and simple types refer to others of their kind.
_REFERENCES: Final = ("ref", "base", "itemType", "memberTypes")
_NAMED: Final = frozenset(f"{XS}{name}" for name in ("group", "attributeGroup", "simpleType"))


@lru_cache(maxsize=4)
def load_w3c(path: Path, _stamp: tuple[int, int] = (0, 0)) -> XMLSchema10:
    """Return the W3C schema in the file ``path``, built; a changed ``_stamp`` has it built again.

    Only files in its directory are read, within bounds, and nothing from the network; to match one of its
    patterns takes no more time than a value is long.

    :raises SchemaError, ParseError, LimitError, FileError: it cannot be used.
    """
    _look_through(path)
    try:
        with warnings.catch_warnings():
            # What cannot be imported was refused above; the rest it can do without.
            warnings.simplefilter("ignore")
            return _Schema(path, allow="local", defuse="always")
    except (XMLSchemaException, RecursionError, ValueError, TypeError) as error:
        line = getattr(error, "sourceline", None)
        raise SchemaError(f"not a sound W3C schema: {sentence(error)}", path=path, line=line) from error


def sentence(error: BaseException) -> str:
    """Return the reason alone: the text of an error of xmlschema goes on with a copy of the schema."""
    if isinstance(error, RecursionError | XMLSchemaModelDepthError):
        return "it is nested too deeply, or defined by itself"
    said = str(getattr(error, "message", None) or error).partition("\n\n")[0]
    return short(said.rstrip(".:"), 200)


class _Pattern:
    """Takes the place of Python's own expression in xmlschema, which might try for ever."""

    def __init__(self, expression: str) -> None:
        self._matches = compile_regex(expression)

    def match(self, value: str) -> object:
        return self._matches(value) or None


class _Patterns(XsdPatternFacets):
    """Patterns whose translation does not take seconds, as that of xmlschema does for all of TEI."""

    __slots__ = ()

    def _parse_value(self, elem: Any) -> Any:
        expression = elem.get("value", "")
        try:
            return _Pattern(expression)
        except RegexError as error:
            self.parse_error(f"the pattern {short(expression)} cannot be used: {error}", elem)
            return _Pattern(".*")


class _Schema(XMLSchema10):
    builders = XsdBuilders("1.0", _Patterns)


def _look_through(main: Path) -> None:
    """Read all files of the schema, as xmlschema will, and refuse what is not safe."""
    directory = main.parent.resolve()
    ahead, seen = [main.resolve()], {main.resolve()}
    size = count = 0
    references: dict[str, list[str]] = {}
    while ahead:
        path = ahead.pop()
        data = read_bytes(path, limit=MAX_BYTES)
        root = parse_bytes(data, path, depth=_MAX_DEPTH).getroot()
        if root.tag != f"{XS}schema":
            raise SchemaError("not a W3C schema: its outermost element is another one", path=path, line=1)
        size += len(data)
        for element in root.iter(f"{XS}*"):
            count += 1
            _check_occurs(element, path)
        if size > MAX_BYTES or count > MAX_ELEMENTS:
            message = f"the schema is larger than {MAX_BYTES} bytes or {MAX_ELEMENTS} elements"
            raise LimitError(message, path=main)
        for component in root.iterchildren(*_NAMED):
            references.setdefault(f"{component.tag!s} {component.get('name')!s}", []).extend(
                _referred(component)
            )
        for element in root.iterchildren(*_FILES):
            found = _included(element, path, directory)
            if found is not None and found not in seen:
                seen.add(found)
                ahead.append(found)
        if len(seen) > MAX_FILES:
            raise SchemaError(f"the schema is made of more than {MAX_FILES} files", path=main)
    _check_sizes(references, main)


def _check_occurs(element: etree._Element, path: Path) -> None:
    for name in ("minOccurs", "maxOccurs"):
        value = element.get(name, "1").strip()
        if value.isdecimal() and (len(value) > 9 or int(value) > _MAX_OCCURS):
            message = f"{name}={value[:12]} is more than the {_MAX_OCCURS} times that can be counted"
            raise SchemaError(message, path=path, line=element.sourceline)


def _included(element: etree._Element, path: Path, directory: Path) -> Path | None:
    """The file that ``element`` includes; ``None`` where it names none, or one that xmlschema has itself."""
    location = (element.get("schemaLocation") or "").strip()
    remote = "://" in location and element.tag == f"{XS}import" and element.get("namespace") == XML_NS
    if not location or remote:
        return None
    try:
        return referred_file(location, path, directory)
    except SchemaError as problem:
        problem.path, problem.line = str(path), element.sourceline
        raise


def _referred(component: etree._Element) -> Iterator[str]:
    """What a group or a simple type refers to, by kind and local name; not what its elements do."""
    ahead = [component]
    while ahead:
        for element in ahead.pop().iterchildren(f"{XS}*"):
            kind = str(element.tag) if element.tag in _NAMED else f"{XS}simpleType"
            for attribute in _REFERENCES:
                for name in (element.get(attribute) or "").split():
                    yield f"{kind} {name.rpartition(':')[2]}"
            if element.tag != f"{XS}element":
                ahead.append(element)


def _check_sizes(references: dict[str, list[str]], main: Path) -> None:
    """Refuse groups and types that double from one to the next: written out, they would have no end."""
    sizes: dict[str, int] = {}
    try:
        for name in TopologicalSorter(references).static_order():
            sizes[name] = 1 + sum(sizes[other] for other in references.get(name, ()))
            if sizes[name] > _MAX_SIZE:
                message = f"{name.rpartition(' ')[2]} refers to others that refer to others, too many times"
                raise SchemaError(message, path=main)
    except CycleError:
        return  # xmlschema says it better
