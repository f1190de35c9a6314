"""The tree of elementpath over a document, with its string values put right.

In elementpath 5.1.4 the string value of an element has the text behind a child before the text in that
child's own children, and lacks the text behind comments (XPath Data Model 3.1, section 6.2.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from elementpath import get_node_tree
from elementpath.datatypes import UntypedAtomic
from elementpath.xpath_nodes import EtreeDocumentNode, EtreeElementNode
from lxml import etree

_STRING: Final = etree.XPath("string()")


class _Element(EtreeElementNode):
    """An element."""

    __slots__ = ()

    @property
    def string_value(self) -> str:
        return str(_STRING(cast("Any", self.value)))

    @property
    def compat_string_value(self) -> str:
        return self.string_value

    @property
    def iter_typed_values(self) -> Iterator[Any]:
        yield UntypedAtomic(self.string_value)


class _Document(EtreeDocumentNode):
    """A document."""

    __slots__ = ()

    @property
    def string_value(self) -> str:
        return str(_STRING(cast("Any", self.value)))

    @property
    def compat_string_value(self) -> str:
        return self.string_value


def node_tree(tree: etree._ElementTree) -> Any:
    """Return elementpath's node for the document ``tree``."""
    root: Any = get_node_tree(cast("Any", tree))
    root.__class__ = _Document
    for node in root.elements.values():
        if type(node) is EtreeElementNode:
            node.__class__ = _Element
    return root
