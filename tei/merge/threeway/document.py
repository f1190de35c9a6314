"""A file taken apart into its characters and its tags, each as it is written.

The text is *all* that stands between the tags: also that of the header, and also what an editor adds.
White space and references (``&amp;``) are characters like others. So a file can be put together again
byte for byte.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from tei.diff.read import Document, Mark, attributes_of
from tei.markup import Kind, Markup
from tei.parse import codec_of, parse_bytes
from tei.views.texts import check_is_tei

ID = "xml:id"


@dataclass
class Cut:
    """A file as text and marks, in the order of their start tags.

    - ``document``: the text and the marks over it, without their identifiers (they may be numbered anew);
    - ``before``, ``after``: what stands outside of the outermost element;
    - ``opening``, ``closing``: the tags of each mark as written; ``closing`` is empty where the mark is
      one tag only, or is no element;
    - ``ids``: the identifiers of the marks that have one;
    - ``events``: all tags in their order, ``2 * mark`` for a start tag or a lone one, ``2 * mark + 1`` for
      an end tag; ``ranks``: the place of each event among them;
    - ``tokens``, ``token_ends``: where in ``raw`` each mark begins and ends;
    - ``codec``, ``order`` (a byte order mark or none), ``line_end``: how the file was written.
    """

    raw: str
    document: Document
    codec: str
    order: str
    line_end: str
    before: str = ""
    after: str = ""
    opening: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)
    events: list[int] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    token_ends: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All characters outside of tags."""
        return self.document.text

    @property
    def marks(self) -> list[Mark]:
        """The marks, by number."""
        return self.document.marks

    def encoded(self, text: str) -> bytes:
        """``text`` written as this file is."""
        return f"{self.order}{text.replace(chr(10), self.line_end)}".encode(self.codec, "xmlcharrefreplace")

    def place(self, event: int) -> int:
        """Where in the text an event stands."""
        mark = self.document.marks[event >> 1]
        return mark.end if event & 1 else mark.start

    def written(self, mark: int) -> str:
        """A mark with all that is inside of it, as it is written."""
        return self.raw[self.tokens[mark] : self.token_ends[mark]]

    def line(self, mark: int) -> int:
        """The line of the file on which a mark begins, from 1."""
        return self.raw.count("\n", 0, self.tokens[mark]) + 1

    def line_of(self, place: int) -> int:
        """The line of the file that the character at ``place`` of the text stands on, from 1."""
        at = bisect_right(self.marks, place, key=lambda mark: mark.start) - 1
        within = self.opening[at].count("\n") + self.text.count("\n", self.marks[at].start, place)
        return self.line(at) + within


def cut(data: bytes, path: str) -> Cut:
    """Take apart the file ``data``; ``path`` is its name in messages. In ``raw``, all lines end with ``\\n``.

    :raises ParseError: it is not well-formed, not safe, or not TEI.
    :raises LimitError: it is too large or nested too deeply.
    """
    tree = parse_bytes(data, path)
    root = tree.getroot()
    check_is_tei(root)
    codec = codec_of(data)
    written = data.decode(codec)
    order = "\ufeff" if written.startswith("\ufeff") else ""
    raw = written.removeprefix(order).replace("\r\n", "\n")
    found = Cut(raw, Document(), codec, order, "\r\n" if "\r\n" in written else "\n")
    _take_apart(found, Markup(raw, root))
    return found


def _take_apart(found: Cut, markup: Markup) -> None:
    """Fill in all that stands in the outermost element."""
    raw = found.raw
    outermost = markup.elements[0]
    found.before = raw[: markup.starts[outermost.opening]]
    found.after = raw[markup.ends[outermost.closing] :]
    marks = found.document.marks
    pieces: list[str] = []
    open_marks: list[int] = []
    waiting = iter(markup.elements)
    place = 0
    for number in range(outermost.opening, outermost.closing + 1):
        kind = markup.kinds[number]
        token = raw[markup.starts[number] : markup.ends[number]]
        if kind == Kind.TEXT:
            pieces.append(token)
            place += len(token)
        elif kind == Kind.CLOSE:
            mark = open_marks.pop()
            marks[mark].end = place
            found.closing[mark] = token
            found.token_ends[mark] = markup.ends[number]
            found.events.append(2 * mark + 1)
        else:
            parent = open_marks[-1] if open_marks else -1
            if kind in (Kind.OPEN, Kind.EMPTY):
                element = next(waiting)
                attributes = attributes_of(element.node)
                if (identifier := attributes.pop(ID, None)) is not None:
                    found.ids[len(marks)] = identifier
                new = Mark(place, place, element.name, attributes, None, parent, 0, True)
            else:
                new = Mark(place, place, _special(token), {}, token, parent, 0, True)
            if kind == Kind.OPEN:
                open_marks.append(len(marks))
            found.events.append(2 * len(marks))
            marks.append(new)
            found.opening.append(token)
            found.closing.append("")
            found.tokens.append(markup.starts[number])
            found.token_ends.append(markup.ends[number])
    found.document.text = "".join(pieces)
    found.ranks = [0] * (2 * len(marks))
    for at, event in enumerate(found.events):
        found.ranks[event] = at


def _special(token: str) -> str:
    """The name of what is no element, as :mod:`tei.diff.read` gives it: ``!--``, ``?target``, ``!``."""
    if token.startswith("<?"):
        return token[1:].split(maxsplit=1)[0].rstrip("?>")
    return "!--" if token.startswith("<!--") else "!"
