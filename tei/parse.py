"""Parse an XML file safely: nothing is fetched, nothing is expanded, nothing is without bound.

An entity bomb, a document type that defines entities, an encoding other than UTF-8 and UTF-16, a tree
too deep or a file too large: each is refused with its place. Ids are not collected while parsing
(libxml2 would refuse a file with two equal ones); :mod:`tei.validation.pointers` checks them.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from tei.errors import LimitError, ParseError
from tei.files import MAX_BYTES, is_standard_stream, read_bytes

MAX_DEPTH: Final = 256
"""The deepest nesting of elements that is read; printed texts stay below thirty."""

MAX_ATTRIBUTES: Final = 1000
"""The most attributes that one element may have: to list those of an element takes libxml2 their square."""

ENCODINGS: Final = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii"})

MAX_TAG: Final = 10 * 1024 * 1024
"""The most bytes of a start tag with all of its attributes; of a comment, too, where a stream is read."""

_LARGE: Final = 4_000_000
_TAG: Final = re.compile(rb"""<[^!?/](?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")

_ENTITIES: Final = "write the characters themselves, or numbers such as &#233;"


def parse_file(path: str | Path, *, limit: int = MAX_BYTES) -> etree._ElementTree:
    """Parse the XML file ``path``, or standard input where it is ``-``; at most ``limit`` bytes.

    :raises FileError: the file is missing or may not be read.
    :raises ParseError: it is not well-formed, or not safe.
    :raises LimitError: it is too large or nested too deeply.
    """
    shown = "standard input" if is_standard_stream(path) else str(path)
    return parse_bytes(read_bytes(path, limit=limit), shown, limit=limit)


def parse_bytes(
    data: bytes, path: str | Path | None = None, *, limit: int = MAX_BYTES, depth: int = MAX_DEPTH
) -> etree._ElementTree:
    """Parse XML given as bytes, at most ``limit`` of them and nested at most ``depth`` deep.

    ``path`` is the name that errors speak of. Raises as :func:`parse_file`.
    """
    if len(data) > limit:
        raise LimitError(f"the input is larger than {limit} bytes, the most that is read", path=path)
    if not data.strip():
        raise ParseError("the file is empty", path=path, line=1, column=1)
    _check_encoding(data, path)
    _check_document_type(data, path)
    _check_tags(data, path)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=True,
        collect_ids=False,
    )
    # Without ids libxml2 would load the external subset of the document type, a file of this machine, too.
    parser.resolvers.add(_Nothing())
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, parser, path) from error
    if _too_deep(depth)(tree):
        raise LimitError(f"elements are nested more than {depth} deep", path=path)
    if _too_many_attributes(tree):
        raise LimitError(f"an element has more than {MAX_ATTRIBUTES} attributes", path=path)
    if tree.docinfo.doctype:
        for entity in tree.iter(etree.Entity):
            raise ParseError(
                f"the entity {entity.text} is not declared", path=path, line=entity.sourceline, hint=_ENTITIES
            )
    return tree


def codec_of(data: bytes) -> str:
    """Return how the bytes of an XML file that parses are read and written again.

    A byte order mark is a character then (``U+FEFF``).
    """
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    return "ascii" if b"ascii" in data[:100].lower().partition(b"?>")[0] else "utf-8"


class _Nothing(etree.Resolver):
    """Answers every request for another file with an empty one."""

    def resolve(self, *request: Any, **_: Any) -> Any:
        # ``resolve_empty`` would leave the search to libxml2.
        return self.resolve_string(" ", request[-1])


_too_many_attributes: Final = etree.XPath(f"boolean(/descendant::*/@*[{MAX_ATTRIBUTES + 1}])")


@cache
def _too_deep(depth: int) -> etree.XPath:
    # One step more than allowed: true as soon as any element stands that deep.
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")


def _syntax_error(
    error: etree.XMLSyntaxError, parser: etree.XMLParser, path: str | Path | None
) -> ParseError | LimitError:
    # Not the log of the error itself: that one holds what other parsers and schemas said before.
    entries = list(parser.error_log)
    first = entries[0] if entries else None
    message = (first.message if first is not None else str(error.msg)).strip()
    line = first.line if first is not None else error.lineno
    column = first.column if first is not None else error.offset
    if "xcessive depth" in message:
        return LimitError(f"elements are nested more than {MAX_DEPTH} deep", path=path, line=line)
    return ParseError(f"not well-formed: {message}", path=path, line=line, column=column or None)


def _check_encoding(data: bytes, path: str | Path | None) -> None:
    head = data[:512]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", errors="ignore")
    else:
        text = head.replace(b"\x00", b"").decode("latin-1").removeprefix("\xef\xbb\xbf")
    declared = re.match(r"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", text)
    if declared and declared[1].lower() not in ENCODINGS:
        raise ParseError(
            f"the file says that its encoding is {declared[1]}; only UTF-8 and UTF-16 are read",
            path=path,
            line=1,
            hint="convert it, for instance with iconv, and change the first line",
        )


def _check_tags(data: bytes, path: str | Path | None) -> None:
    """Refuse a tag that is longer than any should be: each copy of its value takes as much memory again."""
    at = data.find(b"<")
    while 0 <= at < len(data) - MAX_TAG:
        following = data.rfind(b"<", at + 1, at + MAX_TAG)
        if following < 0:
            # Nothing else begins for so long: a text, or a tag.
            tag = _TAG.match(data, at)
            if tag is not None and (tag.end() - at > MAX_TAG or data[tag.end() : tag.end() + 1] != b">"):
                line = data.count(b"\n", 0, at) + 1
                raise LimitError(f"a tag is longer than {MAX_TAG} bytes", path=path, line=line)
            following = data.find(b"<", at + 1)
        at = following
    # A tree of so many would take hundreds of megabytes before they could be counted.
    if len(data) > _LARGE and any(tag.count(b"=") > _LARGE // 20 for tag in data.split(b"<")):
        raise LimitError(f"an element has more than {MAX_ATTRIBUTES} attributes", path=path)


def _check_document_type(data: bytes, path: str | Path | None) -> None:
    """Refuse a document type with declarations of entities, before anything could expand one."""
    marks = ("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
    if not any(mark in data for mark in marks):
        return
    scanner = expat.ParserCreate()

    def at_entity(*declaration: object) -> None:
        raise ParseError(
            f"the document type declares the entity {declaration[0]!s}; entities are not read",
            path=path,
            line=scanner.CurrentLineNumber,
            column=scanner.CurrentColumnNumber + 1,
            hint=f"remove the declaration and {_ENTITIES}",
        )

    scanner.EntityDeclHandler = at_entity
    scanner.StartElementHandler = _stop
    try:
        scanner.Parse(data, True)
    except (_PrologReadError, expat.ExpatError):
        # The root was reached; or the file is broken, which the real parser says better.
        return


class _PrologReadError(Exception):
    """Not an error: the scan has seen what it wanted."""


def _stop(*_: object) -> None:
    raise _PrologReadError
