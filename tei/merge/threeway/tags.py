"""A start tag as it is written: its name and its attributes, and one merged of three."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_HEAD: Final = re.compile(r"<([^\s/>]+)")
_ATTRIBUTE: Final = re.compile(r"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE: Final = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_POINTER: Final = re.compile(r"(?:(?<=\s)|^)#(\S+)")


@dataclass(frozen=True, slots=True)
class Tag:
    """``attributes`` holds each attribute as ``(value, what is written)``, by its name with prefix."""

    name: str
    attributes: Mapping[str, tuple[str, str]]
    tail: str  # from the last attribute to the end: ``>``, ``/>``, `` />``

    def values(self) -> dict[str, str]:
        """The values of the attributes."""
        return {name: value for name, (value, _) in self.attributes.items()}


@lru_cache(maxsize=4096)
def read_tag(written: str) -> Tag:
    """The start tag (or empty tag) ``written``; a comment or an instruction is a name only."""
    head = _HEAD.match(written)
    if head is None or written[1] in "!?":
        return Tag(written, {}, "")
    attributes: dict[str, tuple[str, str]] = {}
    at = head.end()
    while match := _ATTRIBUTE.match(written, at):
        attributes[match[1]] = _plain(match[2][1:-1]), match[0]
        at = match.end()
    return Tag(head[1], attributes, written[at:])


def write_tag(tag: Tag, *, empty: bool) -> str:
    """The tag as XML, ``empty``: with the slash of an element that is this tag only."""
    if not tag.tail:
        return tag.name
    attributes = "".join(written for _, written in tag.attributes.values())
    space = tag.tail.rstrip("/>")
    return f"<{tag.name}{attributes}{space}{'/>' if empty else '>'}"


def pointers(value: str) -> list[str]:
    """The identifiers that an attribute's value points at in its own file: those of ``#a #b``."""
    return _POINTER.findall(value) if "#" in value else []


def pointing(written: str, value: str, renamed: Mapping[str, str]) -> tuple[str, str]:
    """An attribute, as ``(value, written)``, whose pointers follow the identifiers that were ``renamed``."""
    if not any(one in renamed for one in pointers(value)):
        return value, written
    new = _POINTER.sub(lambda match: f"#{renamed.get(match[1], match[1])}", value)
    return rewritten(written, new)


def rewritten(written: str, value: str) -> tuple[str, str]:
    """The attribute ``written`` with another value, as ``(value, written)``."""
    head = written[: written.index("=") + 1]
    safe = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return value, f'{head}"{safe}"'


def _plain(written: str) -> str:
    return _REFERENCE.sub(_character, written) if "&" in written else written


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    return chr(int(match[1]) if match[1] else int(match[2], 16))
