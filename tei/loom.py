"""What the weaver builds with: a tree, or the text of an XML file, which is made several times as fast.

Both grow at their end, element by element; the text between is put in whole when one opens or closes.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Generic, TypeVar

from lxml import etree

from tei.errors import WeaveError
from tei.names import FORBIDDEN, TEI_NS, T, character_id, element_name, qualified
from tei.span import Span

# How the names of spans begin that become no element: a comment, a processing instruction, an entity.
_SPECIAL: Final = ("!", "?", "&")
_NAME: Final = re.compile(r"(?:xml:)?[A-Za-z][A-Za-z0-9.-]*")
_NOT_PLAIN: Final = re.compile(f'{FORBIDDEN.pattern}|[&<>"\t\n\r]')
_ESCAPED: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)

N = TypeVar("N")


class Loom(ABC, Generic[N]):
    """What is built around ``text``, up to ``place`` in it. ``N`` is what stands for an element."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._written = 0
        self._forbidden = self._next_forbidden()

    @abstractmethod
    def open(self, span: Span) -> N:
        """Open an element at this place, inside the innermost open one."""

    @abstractmethod
    def amend(self, element: N, span: Span, attributes: Mapping[str, str]) -> None:
        """Give the element of ``span``, opened before, these ``attributes`` besides its own."""

    @abstractmethod
    def close(self, count: int = 1) -> None:
        """Close the ``count`` innermost elements."""

    @abstractmethod
    def _put_text(self, text: str) -> None: ...

    @abstractmethod
    def _put_empty(self, span: Span) -> None: ...

    def empty(self, span: Span) -> None:
        """Put in an element that holds nothing but an editor's text."""
        self._write()
        self._put_empty(span)

    def advance(self, place: int) -> None:
        """The text up to ``place`` stands in the innermost open element."""
        self.place = place

    def _write(self) -> None:
        while self._forbidden < self.place:
            if self._written < self._forbidden:
                self._put_text(self.text[self._written : self._forbidden])
            self._put_empty(Span(0, 0, "g", {"ref": f"#{character_id(self.text[self._forbidden])}"}))
            self._written = self._forbidden + 1
            self._forbidden = self._next_forbidden()
        if self._written < self.place:
            self._put_text(self.text[self._written : self.place])
            self._written = self.place

    def _next_forbidden(self) -> int:
        """The first character from here on that XML cannot hold, or the end of the text."""
        match = FORBIDDEN.search(self.text, self._written)
        return match.start() if match else len(self.text)


class TextLoom(Loom[int]):
    """Builds the text of an XML file; names are TEI's, and the namespace is declared further out."""

    def __init__(self, text: str, root: str, attributes: Mapping[str, str]) -> None:
        super().__init__(text)
        self._pieces: list[str] = []
        # The open elements: where their tags are among the pieces, and their names.
        self._open: list[tuple[int, str]] = []
        self.open(Span(0, 0, root, attributes))

    def open(self, span: Span) -> int:
        """Write the start tag; its number among the pieces."""
        self._write()
        at = len(self._pieces)
        self._pieces.append(_tag(span, span.attributes))
        self._open.append((at, span.name))
        return at

    def amend(self, element: int, span: Span, attributes: Mapping[str, str]) -> None:
        """Write the start tag anew."""
        is_empty = self._pieces[element].endswith("/>")
        self._pieces[element] = _tag(span, {**span.attributes, **attributes}, "/>" if is_empty else ">")

    def close(self, count: int = 1) -> None:
        """Write end tags; what holds nothing becomes an empty tag."""
        self._write()
        for _ in range(count):
            at, name = self._open.pop()
            if at == len(self._pieces) - 1:
                self._pieces[at] = f"{self._pieces[at][:-1]}/>"
            else:
                self._pieces.append(f"</{name}>")

    def finish(self) -> str:
        """Put in the rest of the text; the whole."""
        self.place = len(self.text)
        self.close(len(self._open))
        return "".join(self._pieces)

    def _put_text(self, text: str) -> None:
        if "&" in text or "<" in text or ">" in text or "\r" in text:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            text = text.replace("\r", "&#13;")
        self._pieces.append(text)

    def _put_empty(self, span: Span) -> None:
        if span.content:
            self._pieces.append(_tag(span, span.attributes))
            self._put_text(_checked(span, span.content))
            self._pieces.append(f"</{span.name}>")
        else:
            self._pieces.append(_tag(span, span.attributes, "/>"))


def _tag(span: Span, attributes: Mapping[str, str], end: str = ">") -> str:
    """The start tag of ``span`` with ``attributes``; with another ``end`` the tag of an empty element."""
    tag = f"<{_name(span.name)}"
    for name, value in attributes.items():
        plain = value if _NOT_PLAIN.search(value) is None else _escaped(span, value)
        tag += f' {_name(name)}="{plain}"'
    return tag + end


def _escaped(span: Span, value: str) -> str:
    if FORBIDDEN.search(value):
        raise _unfit(span, f"the value {value!r} holds a character that XML forbids")
    return value.translate(_ESCAPED)


@lru_cache
def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise WeaveError(f"{name!r} is no name in the TEI namespace")
    return name


class TreeLoom(Loom["etree._Element"]):
    """Builds a tree, with names of any namespace."""

    def __init__(self, text: str, root: str, attributes: Mapping[str, str]) -> None:
        super().__init__(text)
        self.root = _new_element(None, Span(0, 0, root, attributes))
        self._elements: list[etree._Element] = [self.root]
        # The element that was closed last, when it is the last child of the innermost open one.
        self._closed: etree._Element | None = None

    def open(self, span: Span) -> etree._Element:
        """Append an element to the innermost open one."""
        self._write()
        element = _new_element(self._elements[-1], span)
        self._elements.append(element)
        self._closed = None
        return element

    def amend(self, element: etree._Element, span: Span, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        """Set attributes."""
        for name, value in attributes.items():
            element.set(qualified(name), value)

    def close(self, count: int = 1) -> None:
        """Go back to an outer element."""
        self._write()
        self._closed = self._elements[-count]
        del self._elements[-count:]

    def finish(self) -> etree._Element:
        """Put in the rest of the text; the tree."""
        self.place = len(self.text)
        self._write()
        return self.root

    def _put_text(self, text: str) -> None:
        if self._closed is None:
            self._elements[-1].text = text
        else:
            self._closed.tail = text

    def _put_empty(self, span: Span) -> None:
        self._closed = _new_element(self._elements[-1], span)
        if span.content and isinstance(self._closed.tag, str):
            self._closed.text = _checked(span, span.content)


def _new_element(parent: etree._Element | None, span: Span) -> etree._Element:
    """The node of ``span``, the last child of ``parent`` or a root."""
    try:
        if parent is None or span.name[:1] not in _SPECIAL:
            return _element(parent, span)
        node: etree._Element
        if span.name == "&":
            node = etree.Entity(span.content or "")
        elif span.name == "!--":
            node = etree.Comment(span.content or "")
        else:
            node = etree.ProcessingInstruction(span.name[1:], span.content or None)
    except ValueError as error:
        raise _unfit(span, error) from error
    parent.append(node)
    return node


def _element(parent: etree._Element | None, span: Span) -> etree._Element:
    declared: dict[str | None, str] = {}
    others: dict[str, str] = {}
    for name, value in span.attributes.items():
        if name.startswith("xmlns") and name[5:6] in ("", ":"):
            declared[name[6:] or None] = value
        else:
            others[qualified(name)] = value
    name = element_name(span.name)
    if parent is None:
        if name.startswith(T) and TEI_NS not in declared.values():
            declared[None] = TEI_NS
        element = etree.Element(name, nsmap=declared)
    else:
        if not name.startswith("{") and parent.nsmap.get(None):
            # Or else it would be read back as one of its parent's namespace.
            declared[None] = ""
        return etree.SubElement(parent, name, others, declared or None)
    for name, value in others.items():
        element.set(name, value)
    return element


def _checked(span: Span, content: str) -> str:
    """An editor's text; only the source's own characters are carried by ``<g>``."""
    if FORBIDDEN.search(content):
        raise _unfit(span, f"the text {content!r} holds a character that XML forbids")
    return content


def _unfit(span: Span, problem: object) -> WeaveError:
    return WeaveError(f"<{span.name}> at {span.start}..{span.end}: {problem}")
