"""Is a changed file as sound as it was? A valid one stays valid; in another one nothing new may be wrong."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tei.validation import validate_tree
from tei.views.blocks import LINE
from tei.views.elements import DIVISIONS, strength
from tei.views.walk import SPACE, name_of

_TEXT: Final = "text"
# TEI has these wherever there is text (model.global, model.global.spoken); ``desc`` apart.
_ANYWHERE: Final = frozenset(
    ["lb", "pb", "cb", "gb", "milestone", "note", "fw", "anchor", "kinesic", "vocal", "incident"]
)
# ``p`` may stand in these, words may stand in those (model.common; macro.phraseSeq and the like).
_WITH_PARAGRAPHS: Final = DIVISIONS | {"body", "note", "quote", "item", "sp", "argument", "epigraph", "said"}
_WITH_WORDS: Final = frozenset(["p", "ab", "l", "head", "item", "seg", "u", "quote", "bibl", "hi", "label"])
# Words, and what may stand wherever they may (model.phrase).
_WORDS: Final = frozenset(
    [_TEXT, "hi", "date", "time", "name", "persName", "placeName", "orgName", "rs", "num", "measure", "title"]
)
_EDITING: Final = frozenset(["choice", "sic", "corr", "supplied", "surplus"])


class Judge:
    """Says of changed files what is wrong in them that was not in the file ``tree``, named ``path``."""

    def __init__(self, tree: etree._ElementTree, path: str) -> None:
        self._root = tree.getroot()
        self._path = path
        found = validate_tree(tree, path)
        #: Whether the file is valid by the project's schema; most TEI by other hands is not.
        self.was_valid = not any(problem.layer == "schema" for problem in found)
        self._known = {(problem.code, problem.message) for problem in found}

    def fault(self, tree: etree._ElementTree) -> str | None:
        """The first thing that is wrong in a changed file and was not before, if there is one."""
        if not self.was_valid and (new := _made_anew(self._root, tree.getroot())) is not None:
            return new
        for problem in validate_tree(tree, self._path):
            judged = self.was_valid or problem.layer != "schema"
            if judged and problem.severity == "error" and (problem.code, problem.message) not in self._known:
                return problem.message
        return None


def _made_anew(old: etree._Element, new: etree._Element) -> str | None:
    """What stands in the new file where nothing like it stands in the old one; ``None`` if nothing does.

    An element in an element, or text in one, that occurs nowhere in the old file may be against the
    rules of its schema, and so may an element be that holds no other, where all like it hold some.
    """
    before, after = _pairs(old), _pairs(new)
    with_text = {parent for parent, child in before if child == _TEXT}
    for parent, child in sorted(after - before):
        if parent in _EDITING or child in _ANYWHERE or (not child and parent in with_text):
            continue
        if child in _EDITING and parent in with_text | _WITH_WORDS and parent != "desc":
            continue
        if parent == "p" and ("note", child) in before and strength(child, parent) < LINE:
            continue  # words of a note that are in a paragraph of it now
        if parent in (_WITH_PARAGRAPHS if child == "p" else _WITH_WORDS if child in _WORDS else ()):
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
