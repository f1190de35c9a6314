"""The pages of an EPUB of our own, read back into the TEI that they were made of.

The classes and ``data-`` attributes of the pages tell all (``tei.epub.carry``); what the book has added for
its readers is left out, what stands in another place for them is brought back. The TEI is put together as
text and parsed once, so that whatever the pages hold, the result is well-formed or there is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from tei.epub.carry import escaped
from tei.epub.document import XHTML_NS
from tei.epub.reading.tags import CarriedError, End, TagReader, carried_name
from tei.errors import LimitError, ParseError
from tei.files import MAX_BYTES
from tei.views.walk import SPACE

_X: Final = f"{{{XHTML_NS}}}"
_EVENTS: Final = ("start", "end", "comment", "pi")
# What editing programs put in, and what it is in TEI; other elements without a class of ours are transparent.
_PLAIN: Final[dict[str, tuple[str, str]]] = {
    "p": ("<p>", "</p>"),
    **dict.fromkeys(("i", "em"), ('<hi rend="italic">', "</hi>")),
    **dict.fromkeys(("b", "strong"), ('<hi rend="bold">', "</hi>")),
    "u": ('<hi rend="underline">', "</hi>"),
    "sup": ('<hi rend="sup">', "</hi>"),
    "sub": ('<hi rend="sub">', "</hi>"),
    "br": ("<lb>", "</lb>"),
    **dict.fromkeys(("ul", "ol"), ("<list>", "</list>")),
    "li": ("<item>", "</item>"),
    "blockquote": ("<quote>", "</quote>"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ("<head>", "</head>")),
}


def is_own_page(body: etree._Element) -> bool:
    """Whether a page holds TEI as we write it: its outermost element tells its whole start-tag."""
    for node in body.iter(f"{_X}*"):
        if (data := node.get("data-tei")) is not None:
            return data.startswith("<") or node is not body
        if (classes := node.get("class")) and "cont" in classes.split() and "tei-" in classes:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Place:
    """Here stands what is shown elsewhere as ``identifier``."""

    identifier: str


@dataclass(slots=True)
class _Level:
    """What is to be done at the end of an element of XHTML."""

    end: End | None = None
    skipping: bool = False  # whether what follows it is left out
    out: list[str | _Place] | None = None  # where what follows it is put, if it was shown out of its place
    within: int = 0  # how many elements of TEI are open behind it


class PageReader:
    """Puts the TEI together, page by page."""

    def __init__(self) -> None:
        self._out: list[str | _Place] = []
        self._parts: dict[str, list[str | _Place]] = {}
        self._tags = TagReader()
        self._skipping = False
        self._within = 0
        self._path = ""

    def read(self, body: etree._Element, path: str) -> None:
        """Add the page with this ``body``; ``path`` is its name in errors.

        :raises ParseError: it does not hold what we write.
        """
        self._path = path
        self._skipping, self._within = False, 0
        levels: list[_Level] = []
        for event, node in etree.iterwalk(body, events=_EVENTS):
            if event == "start":
                if node is not body:
                    levels.append(self._begin(node))
                self._text(node.text, node)
                continue
            if event == "end":
                if node is body:
                    return
                self._end(levels.pop())
            self._text(node.tail, node)

    def finish(self) -> bytes:
        """The whole document, as XML.

        :raises ParseError: a part of a note is missing, or belongs nowhere.
        """
        text: list[str] = []
        size = 0
        for chunk in self._in_place():
            text.append(chunk)
            size += len(chunk)
            if size > MAX_BYTES:
                raise LimitError(f"the TEI would be larger than {MAX_BYTES} bytes, the most that is written")
        if self._parts:
            raise ParseError(
                f"the note that is shown with data-note={next(iter(self._parts))!r} belongs nowhere: no"
                " element has that in data-at",
                path=self._path,
            )
        return "".join(text).encode()

    def _in_place(self) -> Iterator[str]:
        """What was put out, with the parts of notes where they belong."""
        under_way = [iter(self._out)]
        while under_way:
            for chunk in under_way[-1]:
                if isinstance(chunk, _Place):
                    part = self._parts.pop(chunk.identifier, None)
                    if part is None:
                        raise ParseError(
                            f"the note that stands at data-at={chunk.identifier!r} is missing: no element"
                            " has that in data-note",
                            path=self._path,
                            hint="if it was taken out on purpose, take out the element with data-at, too",
                        )
                    under_way.append(iter(part))
                    break
                yield chunk
            else:
                under_way.pop()

    def _begin(self, node: etree._Element) -> _Level:
        level = _Level(None, self._skipping, None, self._within)
        part = node.get("data-note")
        if part is not None:
            if part in self._parts:
                raise self._error(f"two elements have data-note={part!r}", node)
            level.out, self._out = self._out, []
            self._parts[part] = self._out
            self._skipping = False
        elif self._skipping:
            return level
        classes = (node.get("class") or "").split()
        if "gen" in classes and part is None:
            self._skipping = True
            if (at := node.get("data-at")) is not None:
                self._out.append(_Place(at))
            return level
        name = carried_name(classes)
        if name is not None:
            self._carried(node, name, classes, level)
        elif "wrap" not in classes and self._within:
            tags = _PLAIN.get(etree.QName(node).localname)
            if tags is not None:
                self._out.append(tags[0])
                level.end = End(tags[1])
        return level

    def _carried(self, node: etree._Element, name: str, classes: list[str], level: _Level) -> None:
        """An element of TEI, a comment or an instruction begins."""
        if name in ("-comment", "-pi"):
            self._out.append(self._remark(node, name))
            self._skipping = True
            return
        self._within += 1
        if "cont" in classes:
            level.end = self._go_on(node, name)
            return
        try:
            start, level.end = self._tags.tags(node, name)
        except CarriedError as error:
            raise self._error(str(error), node) from error
        self._out.append(start)

    def _go_on(self, node: etree._Element, name: str) -> End:
        """Take back the end-tag that the page before ends with."""
        end = self._out[-1] if self._out else ""
        if not isinstance(end, End) or name not in ("other", end[2:-1].rpartition(":")[2]):
            raise self._error(
                f"this page goes on with an element <{name}> that the page before does not end with",
                node,
                hint="the spine must name the pages in the order in which they were written",
            )
        self._out.pop()
        return end

    def _end(self, level: _Level) -> None:
        if level.end is not None:
            self._out.append(level.end)
        if level.out is not None:
            self._out = level.out
        self._skipping, self._within = level.skipping, level.within

    def _text(self, text: str | None, node: etree._Element) -> None:
        if not text or self._skipping:
            return
        if self._within:
            self._out.append(escaped(text))
        elif text.strip(SPACE):
            raise self._error(
                f"the words {text.strip(SPACE)[:40]!r} stand outside of the edition's text", node
            )

    def _remark(self, node: etree._Element, name: str) -> str:
        text = "".join(str(part) for part in node.itertext())
        if name == "-comment":
            if "--" in text or text.endswith("-"):
                raise self._error("a comment may not hold '--'", node)
            return f"<!--{text}-->"
        if "?>" in text or not text.strip(SPACE):
            raise self._error("this is no processing instruction", node)
        return f"<?{text}?>"

    def _error(self, message: str, node: etree._Element, hint: str | None = None) -> ParseError:
        return ParseError(message, path=self._path, line=node.sourceline, hint=hint)
