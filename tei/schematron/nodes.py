"""A node of a document as a rule sees it: an element, an attribute, a text or the document itself."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from lxml import etree


class CannotRunError(Exception):
    """An expression that cannot be run here, or not on this document; the message says why."""


class Node(NamedTuple):
    """A node: an element (or comment, or processing instruction), or something that hangs on one.

    ``element`` is ``None`` for the document. ``attribute`` is the full name of the attribute that is meant;
    ``text`` says that the text at the beginning of the element is meant, or the one behind it.
    """

    element: etree._Element | None
    attribute: str | None = None
    text: Literal["text", "tail"] | None = None


def as_node(found: object) -> Node:
    """Return the node for something that an XPath of lxml has found.

    :raises TypeError: it is no node.
    """
    if isinstance(found, etree._Element):  # noqa: SLF001 - it has no other name
        return Node(found)
    parent = getattr(found, "getparent", lambda: None)()
    if parent is None:
        raise TypeError("no node")
    if getattr(found, "is_attribute", False):
        return Node(parent, attribute=str(getattr(found, "attrname", "")))
    return Node(parent, text="tail" if getattr(found, "is_tail", False) else "text")


class Nodes:
    """The tree of elementpath over a document, made when first needed."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self._tree = tree
        self._root: Any = None
        self.steps = 0
        """How many steps elementpath has taken in it."""

    @property
    def root(self) -> Any:
        """The node of the document."""
        if self._root is None:
            # elementpath takes long to import, and few documents need it.
            from tei.schematron.tree import node_tree  # noqa: PLC0415

            self._root = node_tree(self._tree)
        return self._root

    def find(self, node: Node) -> Any:
        """Return elementpath's node for ``node``."""
        if node.element is None:
            return self.root
        element = self.root.elements[node.element]
        if node.attribute is not None:
            return next(one for one in element.attributes if one.name == node.attribute)
        if node.text == "text":
            return next(child for child in element if _is_text(child))
        if node.text == "tail":
            siblings = list(element.parent)
            return siblings[siblings.index(element) + 1]
        return element

    def back(self, node: Any) -> Node:
        """Return the node that elementpath's ``node`` stands for."""
        parent = node.parent
        if _is_text(node):
            siblings = list(parent)
            number = siblings.index(node)
            if number:
                return Node(siblings[number - 1].value, text="tail")
            return Node(parent.value, text="text")
        if node is self.root:
            return Node(None)
        if hasattr(node.value, "tag"):
            return Node(node.value)
        return Node(parent.value, attribute=node.name)


def _is_text(node: Any) -> bool:
    return str(node.node_kind) == "text"
