"""Go through a tree in document order without recursion: how deep a document is, is not Python's affair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from lxml import etree

from tei.names import local_name

#: The white space of XML. No-break spaces and the like are characters of the text.
SPACE: Final = " \t\r\n"


class Visitor(Protocol):
    """What ``walk`` tells of a tree."""

    def enter(self, node: etree._Element, /) -> Iterable[etree._Element] | None:
        """An element begins. Gives the children to visit, or ``None`` to leave the element out."""

    def text(self, text: str, /) -> None:
        """Text of the innermost element that has begun and not ended; never empty."""

    def leave(self, node: etree._Element, /) -> None:
        """An element ends that was not left out."""


def walk(root: etree._Element, visitor: Visitor) -> None:
    """Tell ``visitor`` of ``root`` and all in it, but for comments, instructions and ``root``'s tail.

    A visitor with a method ``at(node, tail)`` is told before each text where it stands: in ``node.text`` or,
    where ``tail`` is true, in ``node.tail``.
    """
    at = getattr(visitor, "at", None)
    children = visitor.enter(root)
    if children is None:
        return
    _tell(visitor, at, root, False)
    under_way: list[tuple[etree._Element, Iterator[etree._Element]]] = [(root, iter(children))]
    while True:
        node, rest = under_way[-1]
        child = next(rest, None)
        if child is None:
            under_way.pop()
            visitor.leave(node)
            if not under_way:
                return
            _tell(visitor, at, node, True)
            continue
        if isinstance(child.tag, str):
            children = visitor.enter(child)
            if children is not None:
                _tell(visitor, at, child, False)
                under_way.append((child, iter(children)))
                continue
        _tell(visitor, at, child, True)


def _tell(
    visitor: Visitor, at: Callable[[etree._Element, bool], None] | None, node: etree._Element, tail: bool
) -> None:
    text = node.tail if tail else node.text
    if text:
        if at is not None:
            at(node, tail)
        visitor.text(text)


_NAMES: Final[dict[object, str]] = {}


def name_of(node: etree._Element) -> str:
    """The local name of an element of TEI or of no namespace (TEI before P5), else its Clark name."""
    tag = node.tag
    name = _NAMES.get(tag)
    if name is None:
        name = local_name(tag)
        if len(_NAMES) < 2000:
            _NAMES[tag] = name
    return name
