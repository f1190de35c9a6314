"""Write a TEI document in its one canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, cast

from lxml import etree

from tei.format.attributes import in_order
from tei.format.containers import TEXTS, containers_of
from tei.format.namespaces import Declarations, Scope, declarations
from tei.names import XML_NS, T

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = f"{{{XML_NS}}}space"
_INDENT: Final = "  "
_SPECIAL_IN_TEXT: Final = frozenset("&<>\r")
_IN_VALUES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def written(tree: etree._ElementTree) -> str:
    """The canonical text of a document. Takes linear time.

    Outside of ``text`` and ``xml:space="preserve"``, the children of a container
    (:mod:`tei.format.containers`) stand each on a line of its own, indented; of several blank lines one is
    kept. Where another element holds no text, the line breaks that it has are kept, and indented. All around
    it must be so, too; elsewhere no white space is touched.
    """
    root = tree.getroot()
    pieces = [_DECLARATION, _document_type(tree)]
    pieces += [f"{_aside(node)}\n" for node in reversed(list(root.itersiblings(preceding=True)))]
    pieces += _Writer(tree).pieces(root)
    pieces.append("\n")
    pieces += [f"{_aside(node)}\n" for node in root.itersiblings()]
    return "".join(pieces)


class _Spaces(IntEnum):
    """What is done to the white space in an element."""

    KEPT = 0
    INDENTED = 1
    LAID_OUT = 2


class _Open:
    """An element whose end is still to come."""

    __slots__ = ("end", "gap", "is_first", "scope", "spaces")

    def __init__(self, end: str, scope: Scope, spaces: _Spaces, gap: str) -> None:
        self.end = end
        self.scope = scope
        self.spaces = spaces
        #: The white space of the file before the next child or the end.
        self.gap = gap
        #: Whether the next child is the first one.
        self.is_first = True


class _Writer:
    def __init__(self, tree: etree._ElementTree) -> None:
        self._containers = containers_of(tree)
        self._declarations = Declarations(tree)
        self._open: list[_Open] = []
        self._pieces: list[str] = []

    def pieces(self, root: etree._Element) -> list[str]:
        # Not lxml's own walk, but for the namespaces: with comments, its time is quadratic.
        declared = declarations(root)
        self._start(root, next(declared))
        under_way = [(root, iter(root))]
        while under_way:
            node, rest = under_way[-1]
            child = next(rest, None)
            if child is None:
                under_way.pop()
                self._end(node)
            elif isinstance(child.tag, str):
                self._start(child, next(declared))
                under_way.append((child, iter(child)))
            else:
                self._before(child)
                self._pieces.append(_aside(child))
                self._after(child)
        return self._pieces

    def _start(self, node: etree._Element, declared: Mapping[str, str]) -> None:
        self._before(node)
        outer = self._open[-1] if self._open else None
        scope = outer.scope if outer else Scope()
        new = self._declarations.of(declared, scope) if declared or outer is None else {}
        if new:
            scope = Scope(new, scope)
        name = scope.element(node)
        tag = [f"<{name}"]
        for prefix, uri in sorted(new.items()):
            tag.append(f' xmlns{prefix and ":"}{prefix}="{_value(uri)}"')
        attributes = node.attrib
        if len(attributes) > 1:
            tag += [
                f' {scope.attribute(key)}="{_value(attributes[key])}"'
                for key in in_order(str(node.tag), tuple(map(str, attributes)))
            ]
        elif attributes:
            tag += [f' {scope.attribute(key)}="{_value(value)}"' for key, value in attributes.items()]
        spaces = self._spaces_in(node, outer)
        text = node.text or ""
        if len(node) == 0 and (not text or spaces == _Spaces.LAID_OUT):
            self._pieces.append("".join(tag) + "/>")
            self._open.append(_Open("", scope, _Spaces.KEPT, ""))
            return
        self._pieces.append("".join(tag) + ">")
        self._open.append(_Open(f"</{name}>", scope, spaces, text))
        if text and not spaces:
            self._pieces.append(_text(text))

    def _spaces_in(self, node: etree._Element, outer: _Open | None) -> _Spaces:
        if (outer is not None and not outer.spaces) or not self._containers:
            return _Spaces.KEPT
        tag = str(node.tag)
        if node.get(_SPACE) == "preserve" or tag in TEXTS or not tag.startswith(T):
            return _Spaces.KEPT
        if tag in self._containers:
            return _Spaces.LAID_OUT
        if len(node) and _is_space(node.text) and all(_is_space(child.tail) for child in node):
            return _Spaces.INDENTED
        return _Spaces.KEPT

    def _end(self, node: etree._Element) -> None:
        closed = self._open.pop()
        if closed.spaces == _Spaces.LAID_OUT or (closed.spaces and "\n" in closed.gap):
            self._pieces.append("\n" + _INDENT * len(self._open))
        elif closed.spaces:
            self._pieces.append(closed.gap)
        if closed.end:
            self._pieces.append(closed.end)
        self._after(node)

    def _before(self, node: etree._Element) -> None:
        """Go to a new line for ``node``, where lines are laid out."""
        outer = self._open[-1] if self._open else None
        if outer is None or not outer.spaces:
            return
        lines = outer.gap.count("\n")
        laid_out = outer.spaces == _Spaces.LAID_OUT
        if lines or (laid_out and not _is_comment(node)):
            blank = lines > 1 and not outer.is_first
            self._pieces.append("\n" * (1 + blank) + _INDENT * len(self._open))
        elif laid_out:
            # A remark on what stands before it in the line.
            self._pieces.append(" ")
        else:
            self._pieces.append(outer.gap)
        outer.is_first = False

    def _after(self, node: etree._Element) -> None:
        outer = self._open[-1] if self._open else None
        if outer is not None and outer.spaces:
            outer.gap = node.tail or ""
        elif outer is not None and node.tail:
            self._pieces.append(_text(node.tail))


def _is_space(text: str | None) -> bool:
    return not text or not text.strip(" \t\r\n")


def _text(text: str) -> str:
    if _SPECIAL_IN_TEXT.isdisjoint(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _value(value: str) -> str:
    return value.translate(_IN_VALUES)


def _aside(node: etree._Element) -> str:
    """A comment or a processing instruction."""
    if _is_comment(node):
        return f"<!--{node.text or ''}-->"
    target = cast("Any", node).target
    return f"<?{target} {node.text}?>" if node.text else f"<?{target}?>"


def _is_comment(node: etree._Element) -> bool:
    # The tag of a comment is the function that makes one, whatever the types say.
    return cast("object", node.tag) is etree.Comment


def _document_type(tree: etree._ElementTree) -> str:
    info = tree.docinfo
    if not info.doctype:
        return ""
    system = info.system_url
    public = info.public_id
    if system is None:
        return f"<!DOCTYPE {info.root_name}>\n"
    quote = "'" if '"' in system else '"'
    named = f'PUBLIC "{public}"' if public is not None else "SYSTEM"
    return f"<!DOCTYPE {info.root_name} {named} {quote}{system}{quote}>\n"
