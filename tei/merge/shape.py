"""Is a changed file as sound as it was? For TEI that the project's schema does not cover."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tei.validation import validate_schema
from tei.views.walk import SPACE, name_of

_TEXT: Final = "text"
# TEI has these wherever there is text (model.global, model.pPart.edit); ``desc`` apart.
_ANYWHERE: Final = frozenset(["lb", "pb", "cb", "gb", "milestone", "note", "fw", "anchor"])
_EDITING: Final = frozenset(["choice", "sic", "corr", "supplied", "surplus"])


def is_valid(tree: etree._ElementTree) -> bool:
    """Whether a file is valid by the project's schema."""
    return not validate_schema(tree, limit=1)


def made_anew(old: etree._Element, new: etree._Element) -> str | None:
    """What stands in the new file where nothing like it stands in the old one; ``None`` if nothing does.

    An element in an element, or text in one, that occurs nowhere in the old file may be against the
    rules of its schema, and so may an element be that holds no other, where all like it hold some.
    """
    before, after = _pairs(old), _pairs(new)
    with_text = {parent for parent, child in before if child == _TEXT}
    for parent, child in sorted(after - before):
        if parent in _EDITING or child in _ANYWHERE or (not child and parent in with_text):
            continue
        if child in _EDITING and parent in with_text and parent != "desc":
            continue
        if child == _TEXT:
            return f"there would be text in <{parent}>"
        if not child:
            return f"there would be a <{parent}> with nothing in it"
        return f"there would be a <{child}> in <{parent}>"
    return None


def _pairs(root: etree._Element) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for node in root.iter(etree.Element):
        name = name_of(node)
        filled = False
        if (node.text or "").strip(SPACE):
            found.add((name, _TEXT))
            filled = True
        for child in node.iterchildren():
            if isinstance(child.tag, str):
                found.add((name, name_of(child)))
                filled = True
            if (child.tail or "").strip(SPACE):
                found.add((name, _TEXT))
                filled = True
        if not filled:
            found.add((name, ""))
    return found
