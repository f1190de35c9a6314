"""Compare headers, element by element: each change with the path of its element.

White space is folded, unless the element itself has ``xml:space="preserve"``. Elements of the same
content are the same wherever they stand among their brothers; of the others, those with the same
``xml:id``, then those of the same name are compared with each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from lxml import etree

from tei.diff.model import AttributeChange, Change, What, attribute_changes
from tei.diff.read import Document, attributes_of, inner_markup, markup, special_markup, special_name
from tei.diff.texts import align_items
from tei.names import XML_NS
from tei.views.walk import SPACE, name_of

_RUN: Final = re.compile(f"[{SPACE}]+")
_XML_SPACE: Final = f"{{{XML_NS}}}space"
_XML_ID: Final = f"{{{XML_NS}}}id"


def compare_headers(old: Document, new: Document) -> list[Change]:
    """The changes of the headers, and of comments and instructions outside of the root; in document order."""
    comparison = _Comparison()
    comparison.around(old, new)
    several = max(len(old.headers), len(new.headers)) > 1
    for number in range(max(len(old.headers), len(new.headers))):
        path = f"/teiHeader[{number + 1}]" if several else "/teiHeader"
        one = old.headers[number] if number < len(old.headers) else None
        other = new.headers[number] if number < len(new.headers) else None
        if one is None or other is None:
            comparison.tell("added" if one is None else "removed", path, one, other)
        else:
            comparison.compare(one, other, path)
    return comparison.found


class _Comparison:
    def __init__(self) -> None:
        self.found: list[Change] = []
        self._numbers: dict[Hashable, int] = {}
        self._likeness: dict[etree._Element, int] = {}

    def around(self, old: Document, new: Document) -> None:
        one = [(name, content) for name, content, _ in old.around]
        other = [(name, content) for name, content, _ in new.around]
        for edit in align_items(one, other):
            for at in range(max(edit.end_old - edit.start_old, edit.end_new - edit.start_new)):
                i, j = edit.start_old + at, edit.start_new + at
                was, now = i < edit.end_old, j < edit.end_new
                name = other[j][0] if now else one[i][0]
                self.found.append(
                    Change(
                        "header",
                        "replaced" if was and now else "added" if now else "removed",
                        old.around[i][2] if was else None,
                        new.around[j][2] if now else None,
                        old=special_markup(*one[i]) if was else "",
                        new=special_markup(*other[j]) if now else "",
                        path=f"/{_step(name)}",
                    )
                )

    def compare(self, old: etree._Element, new: etree._Element, path: str) -> None:
        if self.likeness(old) == self.likeness(new):
            return
        attributes = (
            attribute_changes(attributes_of(old), attributes_of(new)) if isinstance(new.tag, str) else ()
        )
        mixed = _is_mixed(old) or _is_mixed(new)
        texts = [_content(node) if mixed else _text(node) for node in (old, new)]
        if texts[0] != texts[1]:
            self.tell("replaced", path, old, new, attributes, texts)
        elif attributes:
            self.tell("attributes", path, old, new, attributes)
        if not mixed:
            self._children(list(old), list(new), path)

    def _children(self, old: list[etree._Element], new: list[etree._Element], path: str) -> None:
        edits = align_items([self.likeness(node) for node in old], [self.likeness(node) for node in new])
        if not edits:
            return
        steps_old, steps_new = _steps(old), _steps(new)
        gone = dict.fromkeys(at for edit in edits for at in range(edit.start_old, edit.end_old))
        come = dict.fromkeys(at for edit in edits for at in range(edit.start_new, edit.end_new))
        moved = _paired(gone, come, lambda at: self.likeness(old[at]), lambda at: self.likeness(new[at]))
        alike = _paired(gone, come, lambda at: _identity(old[at]), lambda at: _identity(new[at]))
        # What has no identifier is compared with what took its place.
        place_old = {at: edit.start_old for edit in edits for at in range(edit.start_old, edit.end_old)}
        place_new = {at: edit.start_old for edit in edits for at in range(edit.start_new, edit.end_new)}
        for has_old, has_new in ((False, False), (False, True), (True, False)):
            alike |= _paired(
                gone,
                come,
                _by_place(old, place_old, identified=has_old),
                _by_place(new, place_new, identified=has_new),
            )
        for at in gone:
            self.tell("removed", f"{path}/{steps_old[at]}", old[at], None)
        for at in come:
            self.tell("added", f"{path}/{steps_new[at]}", None, new[at])
        for i, j in moved.items():
            self.tell("moved", f"{path}/{steps_new[j]}", old[i], new[j])
        for i, j in alike.items():
            self.compare(old[i], new[j], f"{path}/{steps_new[j]}")

    def tell(
        self,
        what: What,
        path: str,
        old: etree._Element | None,
        new: etree._Element | None,
        attributes: tuple[AttributeChange, ...] = (),
        texts: Sequence[str] = (),
    ) -> None:
        node = new if new is not None else old
        assert node is not None
        if not texts:
            texts = [_RUN.sub(" ", markup(one)).strip(" ") if one is not None else "" for one in (old, new)]
        if what in ("attributes", "moved"):
            texts = ("", "")
        self.found.append(
            Change(
                "header",
                what,
                (old.sourceline or None) if old is not None else None,
                (new.sourceline or None) if new is not None else None,
                element=_name(node),
                attributes=attributes,
                old=texts[0],
                new=texts[1],
                path=path,
            )
        )

    def likeness(self, node: etree._Element) -> int:
        """A number that is the same for elements in which nothing differs."""
        known = self._likeness.get(node)
        if known is None:
            mixed = _is_mixed(node)
            inside = _content(node) if mixed else (_text(node), *(self.likeness(child) for child in node))
            own = (_name(node), frozenset(attributes_of(node).items()) if isinstance(node.tag, str) else None)
            known = self._likeness[node] = self._numbers.setdefault((own, inside), len(self._numbers))
        return known


def _paired(
    gone: dict[int, None],
    come: dict[int, None],
    key_old: Callable[[int], Hashable | None],
    key_new: Callable[[int], Hashable | None],
) -> dict[int, int]:
    """Pairs of what is in ``gone`` and ``come`` with the same key, in order; they are taken out of both."""
    found: dict[Hashable, deque[int]] = defaultdict(deque)
    for at in come:
        key = key_new(at)
        if key is not None:
            found[key].append(at)
    pairs: dict[int, int] = {}
    for at in gone:
        others = found.get(key_old(at))
        if others:
            pairs[at] = others.popleft()
    for i, j in pairs.items():
        del gone[i], come[j]
    return pairs


def _by_place(
    nodes: Sequence[etree._Element], places: Mapping[int, int], *, identified: bool
) -> Callable[[int], Hashable | None]:
    """A key of the place and the name, for those that have an identifier or have none."""

    def key(at: int) -> Hashable | None:
        node = nodes[at]
        return (places[at], _name(node)) if (_identity(node) is not None) == identified else None

    return key


def _identity(node: etree._Element) -> Hashable | None:
    identifier = node.get(_XML_ID) if isinstance(node.tag, str) else None
    return (_name(node), identifier) if identifier else None


def _steps(nodes: Sequence[etree._Element]) -> list[str]:
    """How each of some brothers is named in a path: with its number where others have its name."""
    totals = Counter(_name(node) for node in nodes)
    seen: Counter[str] = Counter()
    steps: list[str] = []
    for node in nodes:
        name = _name(node)
        seen[name] += 1
        steps.append(_step(name) + (f"[{seen[name]}]" if totals[name] > 1 else ""))
    return steps


def _name(node: etree._Element) -> str:
    return special_name(node) or name_of(node)


def _step(name: str) -> str:
    """A name as XPath says it."""
    if name == "!--":
        return "comment()"
    return f"processing-instruction({name[1:]})" if name.startswith("?") else name


def _is_mixed(node: etree._Element) -> bool:
    """Whether words stand in ``node`` beside elements."""
    if not isinstance(node.tag, str) or not len(node):
        return False
    texts = [node.text, *(child.tail for child in node)]
    return any(text and text.strip(SPACE) for text in texts)


def _text(node: etree._Element) -> str:
    text = node.text or ""
    if isinstance(node.tag, str) and _keeps_space(node):
        return text
    return _RUN.sub(" ", text).strip(" ")


def _content(node: etree._Element) -> str:
    content = inner_markup(node)
    return content if _keeps_space(node) else _RUN.sub(" ", content).strip(" ")


def _keeps_space(node: etree._Element) -> bool:
    return node.get(_XML_SPACE) == "preserve"
