"""The pieces that a document is taken apart into on its way to XHTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree


class Opened:
    """An element on its way into XHTML."""

    __slots__ = ("attributes", "block", "classes", "flow", "hidden", "name", "node", "note", "tag")

    def __init__(self, node: etree._Element, name: str, tag: str, attributes: str) -> None:
        self.node = node
        self.name = name
        self.tag = tag
        self.attributes = attributes
        self.classes = f"tei-{'other' if name.startswith('{') else name}"
        self.block = False
        # Whether blocks stand in it.
        self.flow = False
        self.hidden = False
        # Which part of a note it is, shown out of its place.
        self.note = ""


@dataclass(frozen=True, slots=True)
class Open:
    """An element begins."""

    element: Opened


@dataclass(frozen=True, slots=True)
class Close:
    """An element ends."""

    element: Opened


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is read."""

    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Text that is not read: of a hidden element, or white space that only the file needs."""

    text: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """Words that are read and that the text does not have as such: a hyphen for ``¬``, ``[…]`` for a gap."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or processing instruction, as XHTML."""

    html: str


@dataclass(frozen=True, slots=True)
class Join:
    """No white space here, if both sides share a line."""


@dataclass(frozen=True, slots=True)
class Space:
    """White space here, if there is none."""


@dataclass(frozen=True, slots=True)
class File:
    """A new file may begin here, before the element ``node``."""

    node: etree._Element


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page of the print begins."""

    element: Opened


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of note ``number`` stands here."""

    number: int


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A note, or a part of one, stands here; it is shown elsewhere, with this as ``data-note``."""

    identifier: str


@dataclass(frozen=True, slots=True)
class NotesBegin:
    """Notes are shown from here on."""


@dataclass(frozen=True, slots=True)
class NotesEnd:
    """No more notes are shown here."""


@dataclass(frozen=True, slots=True)
class NoteBegin:
    """Note ``number`` is shown here."""

    number: int


@dataclass(frozen=True, slots=True)
class NoteEnd:
    """Note ``number`` has been shown."""

    number: int


Piece: TypeAlias = (
    Open | Close | Words | Unread | Shown | Remark | Join | Space | File | PageBreak
    | NoteMark | NotePlace | NotesBegin | NotesEnd | NoteBegin | NoteEnd
)  # fmt: skip
