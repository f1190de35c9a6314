"""Take a tree apart into its text and the spans over it: the inverse of ``tei.weave``.

Any TEI (or other XML) element will do, ours or a stranger's: elements, comments,
processing instructions, entities and namespace declarations all become spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from tei.names import EDITORIAL, XML_NS, T, id_character, local_name
from tei.span import Span

_PART: Final = re.compile(r"#(.+)\.part([0-9]{1,9})")
_XML: Final = f"{{{XML_NS}}}"


@dataclass(frozen=True)
class Unwoven:
    """The text of an element and the spans of all that stands in it, in document order.

    ``name`` and ``attributes`` are the element's own, named as in ``Span``; all namespaces known in it
    are among the attributes. ``weave(u.text, u.spans, u.name, u.attributes)`` builds the same element.
    """

    text: str
    spans: tuple[Span, ...]
    name: str = "text"
    attributes: Mapping[str, str] = field(default_factory=dict)

    def joined(self) -> list[Span]:
        """The spans without depths, the parts of split elements put together again."""
        return join_parts(self.spans)


def unweave(root: etree._Element) -> Unwoven:
    """The text and the spans of ``root``'s content, and its own name; ``weave`` builds the same from them.

    Characters that XML forbids come back from their ``<g>``; the text of an editor's
    reading (``corr``, ``supplied`` …) is the span's ``content`` and not part of the text.
    """
    chunks: list[str] = []
    spans: list[Span | None] = []
    place = 0

    def put(text: str | None) -> None:
        nonlocal place
        if text:
            chunks.append(text)
            place += len(text)

    put(root.text)
    # A stack of our own: how deep a document is, is not Python's affair.
    walk: list[_Visit] = [_Visit(root, 0, 0)]
    while walk:
        visit = walk[-1]
        node = next(visit.children, None)
        if node is None:
            walk.pop()
            if not walk:
                break
            spans[visit.index] = Span(
                visit.start, place, _name(visit.node), _attributes(visit.node), None, len(walk) - 1
            )
            put(visit.node.tail)
            continue
        depth = len(walk) - 1
        special = _special_name(node)
        character = _forbidden_character(node)
        if special:
            content = node.text or ""
            spans.append(
                Span(place, place, special, {}, content.strip("&;") if special == "&" else content, depth)
            )
        elif character is not None:
            put(character)
        elif _is_reading(node):
            spans.append(Span(place, place, local_name(node.tag), _attributes(node), node.text or "", depth))
        else:
            walk.append(_Visit(node, len(spans), place))
            spans.append(None)
            put(node.text)
            continue
        put(node.tail)
    return Unwoven(
        "".join(chunks),
        tuple(span for span in spans if span is not None),
        _name(root),
        _declared(root, {}) | _attributes(root),
    )


class _Visit:
    """An element under way: its place among the spans, where its text starts, its children to come."""

    __slots__ = ("children", "index", "node", "start")

    def __init__(self, node: etree._Element, index: int, start: int) -> None:
        self.node = node
        self.index = index
        self.start = start
        self.children = iter(node)


def _special_name(node: etree._Element) -> str:
    """The span name of a node that is no element; ``""`` for an element."""
    tag: object = node.tag
    if tag is etree.Comment:
        return "!--"
    if tag is etree.ProcessingInstruction:
        return f"?{getattr(node, 'target', '')}"
    return "&" if tag is etree.Entity else ""


def join_parts(spans: Iterable[Span]) -> list[Span]:
    """Spans with the parts that ``weave`` made of one put together, ``depth`` forgotten."""
    joined: list[Span] = []
    open_parts: dict[str, int] = {}
    chained: dict[int, str] = {}  # what follows the last part in a longer chain
    last_parts: dict[str, int] = {}  # what stands before the next span of such a chain
    for span in spans:
        free = replace(span, depth=None)
        identifier = span.attributes.get("xml:id")
        before = open_parts.pop(identifier, None) if identifier else None
        if before is not None:
            joined[before] = replace(joined[before], end=span.end)
            index = before
        else:
            joined.append(free)
            index = len(joined) - 1
        following = _PART.fullmatch(span.attributes.get("next", ""))
        if following:
            open_parts[span.attributes["next"][1:]] = index
        elif before is not None and "next" in span.attributes:
            chained[index] = span.attributes["next"]
            last_parts[f"#{identifier}"] = index
    whole = [_whole(span, chained.get(at)) for at, span in enumerate(joined)]
    for at, span in enumerate(whole):
        before = last_parts.get(span.attributes.get("prev", ""))
        if before is not None and "xml:id" in whole[before].attributes:
            own = f"#{whole[before].attributes['xml:id']}"
            whole[at] = replace(span, attributes={**span.attributes, "prev": own})
    return whole


def _whole(span: Span, chained: str | None) -> Span:
    """A joined span without the pointers and the identifier that splitting gave it."""
    following = _PART.fullmatch(span.attributes.get("next", ""))
    if not following:
        return span
    # ``weave`` numbers the first part too where the span had no identifier of its own.
    made = span.attributes.get("xml:id") == f"{following[1]}.part1"
    dropped = {"next", "xml:id"} if made else {"next"}
    kept = {key: value for key, value in span.attributes.items() if key not in dropped}
    return replace(span, attributes={**kept, "next": chained} if chained else kept)


def same_spans(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Whether two lists hold the same spans, in whatever order."""

    def key(span: Span) -> tuple[int, int, str, tuple[tuple[str, str], ...], str]:
        return (span.start, span.end, span.name, tuple(sorted(span.attributes.items())), span.content or "")

    return sorted(map(key, one)) == sorted(map(key, other))


def _name(node: etree._Element) -> str:
    tag = str(node.tag)
    if tag.startswith(T):
        return tag[len(T) :]
    return tag if tag.startswith("{") else f"{{}}{tag}"


def _attributes(node: etree._Element) -> dict[str, str]:
    parent = node.getparent()
    found = _declared(node, parent.nsmap if parent is not None else {})
    for name, value in node.attrib.items():
        key = str(name)
        found[f"xml:{key[len(_XML) :]}" if key.startswith(_XML) else key] = str(value)
    return found


def _declared(node: etree._Element, outer: Mapping[str | None, str]) -> dict[str, str]:
    """The namespaces that ``node`` knows beyond ``outer``.

    Where its own has several prefixes, the one it bears comes first, known outside or not: the builder
    takes the first. (Which of several prefixes an attribute bears, lxml does not say.)
    """
    known = node.nsmap
    own = node.prefix
    found: dict[str | None, str] = {}
    if list(known.values()).count(known.get(own, "")) > 1:
        found[own] = known[own]
    for prefix, uri in known.items():
        # That an element is in no namespace, its name says.
        if outer.get(prefix) != uri and (uri or own or str(node.tag).startswith("{")):
            found.setdefault(prefix, uri)
    return {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in found.items()}


def _forbidden_character(node: etree._Element) -> str | None:
    if node.tag != f"{T}g" or len(node) or node.text or list(_attributes(node)) != ["ref"]:
        return None
    return id_character(node.get("ref", ""))


def _is_reading(node: etree._Element) -> bool:
    return local_name(node.tag) in EDITORIAL and str(node.tag).startswith(T) and len(node) == 0
