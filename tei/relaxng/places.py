"""Where the mistakes are: line, column, XPath. A second pass, made only when there are any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from lxml import etree

from tei.relaxng.documents import safe_parser, scan
from tei.relaxng.findings import Finding, Mistake

_SPACE = " \t\r\n"


@dataclass(slots=True)
class Place:
    """Where a tag or a text is, and the way to its element."""

    line: int | None
    column: int | None
    xpath: str
    element: str


Key = tuple[str, int]
"""``tag`` or ``text``, and the number of the tag: the one meant, or the one before the text."""
Places = dict[Key, Place]


def findings(mistakes: Sequence[Mistake], places: Places) -> list[Finding]:
    """Return ``mistakes`` with their places."""
    return [_finding(mistake, places) for mistake in mistakes]


def _finding(mistake: Mistake, places: Places) -> Finding:
    kind = "text" if mistake.kind == "text" else "tag"
    place = places.get((kind, mistake.event))
    opened = places.get(("tag", mistake.opened))
    also = [places.get((k, event)) for event in mistake.more for k in ("text", "tag")]
    lines = sorted({other.line for other in also if other is not None and other.line is not None})
    message = mistake.message
    if mistake.more:
        last = f", up to line {lines[-1]}" if lines and place and lines[-1] != place.line else ""
        message += f" (and {len(mistake.more)} more like it in the same element{last})"
    return Finding(
        kind=mistake.kind,
        message=message,
        element=mistake.element or (place.element if place else ""),
        parent=mistake.parent,
        name=mistake.name,
        expected=mistake.expected,
        hint=mistake.hint,
        line=place.line if place else None,
        column=place.column if place else None,
        start=opened.line if opened else None,
        xpath=place.xpath if place else None,
        also=tuple(lines),
    )


def _wanted(mistakes: Iterable[Mistake]) -> set[Key]:
    wanted: set[Key] = set()
    for mistake in mistakes:
        kind = "text" if mistake.kind == "text" else "tag"
        wanted |= {(kind, mistake.event), ("tag", mistake.opened)}
        # In one element, text and tags may have been taken together.
        wanted |= {(kind, event) for event in mistake.more for kind in ("tag", "text")}
    return wanted


def places_in_stream(stream: IO[bytes], mistakes: Iterable[Mistake]) -> Places:
    """Return the places of ``mistakes`` in the file that ``stream`` reads.

    :raises ParseError: it cannot be read by itself; a tree that was made from it has no columns then.
    """
    wanted = _wanted(mistakes)
    found: Places = {}
    parser = safe_parser()
    parser.buffer_text = False  # the place of a text is that of its first piece
    path: list[tuple[str, str]] = []
    counts = [0]
    event = 0
    waiting = False

    def here(kind: str, ahead: int = 0) -> None:
        xpath = "".join(step for step, _ in path)
        column = parser.CurrentColumnNumber + 1 + ahead
        found[kind, event] = Place(parser.CurrentLineNumber, column, xpath, path[-1][1] if path else "")

    def at_start(name: str, _: list[str]) -> None:
        nonlocal event, waiting
        event += 1
        counts[-1] += 1
        path.append((f"/*[{counts[-1]}]" if path else "/*", f"{{{name}" if "}" in name else name))
        counts.append(0)
        if ("tag", event) in wanted:
            here("tag")
        waiting = ("text", event) in wanted

    def at_end(_: str) -> None:
        nonlocal event, waiting
        event += 1
        if ("tag", event) in wanted:
            here("tag")
        path.pop()
        counts.pop()
        waiting = ("text", event) in wanted

    def at_text(value: str) -> None:
        nonlocal waiting
        if waiting and value.strip(_SPACE):
            here("text", len(value) - len(value.lstrip(_SPACE)))
            waiting = False

    scan(stream, at_start, at_end, at_text, parser)
    return found


def places_in_tree(tree: etree._ElementTree, mistakes: Iterable[Mistake]) -> Places:
    """Return the places of ``mistakes`` in ``tree``, which knows lines only."""
    wanted = _wanted(mistakes)
    found: Places = {}
    event = 0
    for kind, element in etree.iterwalk(tree, events=("start", "end")):
        event += 1
        keys: tuple[Key, ...] = (("tag", event), ("text", event))
        for key in keys:
            if key not in wanted:
                continue
            line = _line(kind, element, text=key[0] == "text")
            # Text behind an end tag stands in the element around it.
            parent = element.getparent()
            owner = parent if key[0] == "text" and kind == "end" and parent is not None else element
            found[key] = Place(line, None, tree.getpath(owner), str(owner.tag))
    return found


def _line(kind: str, element: etree._Element, *, text: bool) -> int | None:
    line = element.sourceline if kind == "start" else last_line(element)
    if line is None or not text:
        return line
    value = (element.text if kind == "start" else element.tail) or ""
    return line + value[: len(value) - len(value.lstrip(_SPACE))].count("\n")


def last_line(element: etree._Element) -> int | None:
    """The line that the end tag of ``element`` stands in."""
    lines = 0
    # The last line of the last child, the text behind it added; downwards without recursion.
    while True:
        if not len(element):
            line = element.sourceline
            return None if line is None else line + lines + (element.text or "").count("\n")
        element = element[-1]
        lines += (element.tail or "").count("\n")
