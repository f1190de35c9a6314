"""What an editor decides where the rules would go wrong: ``decisions.toml`` beside ``edition.toml``.

A decision names its place by the page and the words that stand there, as printed (white
space and line-end hyphens do not count). Each must find its place, once; ``tei.editor`` sees to that.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tei.edition.fields import LIST, Line, Pointers, PointersOrNone, Section, Word

PART_KINDS = Literal[
    "address",
    "author",
    "byline",
    "date",
    "dateline",
    "epigraph",
    "head",
    "imprint",
    "label",
    "main",
    "place",
    "postscript",
    "publisher",
    "salute",
    "signed",
    "speaker",
    "sub",
    "trailer",
]


HEADED = Literal[
    "text", "sub", "part", "chapter", "appendix", "speech", "commentary", "section", "subsection"
]


class Place(Section):
    """Words on a page."""

    page: Line | None = Field(None, description='the number of the page in quotes, such as "87"')
    text: Line = Field(description="words as they stand in the source")


class Stretch(Place):
    """From the line that ``text`` begins in to the one that ``to`` ends in."""

    to: Line | None = Field(None, description="the last words, when they are not those of text")
    to_page: Line | None = Field(None, description="the page of the last words, when it is another")


class Correction(Place):
    """``[[correct]]``: a misreading, and what the print has or should have."""

    read: Line = Field(description="the words as they should read")
    cert: Literal["high", "medium", "low"] = Field("high", description='one of "high", "medium", "low"')


class Misplaced(Place):
    """``[[misplaced]]``: a line that belongs behind other words."""

    after: Line = Field(description="the words that it belongs behind")
    after_page: Line = Field(description="the page that those stand on")


class Heading(Stretch):
    """``[[head]]``: a heading that the rules miss, or of which they mistake level or number."""

    type: Literal[
        "text", "sub", "part", "chapter", "appendix", "speech", "commentary", "section", "subsection"
    ] = Field(description='what it heads, such as "chapter"; "text": the whole text; "sub": it is a subtitle')
    run_in: bool = Field(False, description="true when the paragraph goes on in the same line")
    n: Line | None = Field(None, description="the number or letter that it should bear")


class BlockDecision(Place):
    """``[[block]]``: a paragraph that is something else."""

    name: Literal["ab", "byline", "dateline", "epigraph"] = Field(
        description='the element: "ab", "byline", "dateline" or "epigraph"'
    )
    type: Word | None = Field(None, description='for "ab": what it is, in one word')


class NameDecision(Place):
    """``[[name]]``: whose name words are, or that they are nobody's."""

    ref: PointersOrNone = Field(description='"#id" of the person whose name it is; "none" for no name')
    after: Line | None = Field(
        None, description="the words before, when the words stand there more than once"
    )
    cert: Literal["high", "medium", "low"] | None = Field(None, description='one of "high", "medium", "low"')


class QuotationDecision(Stretch):
    """``[[quotation]]``: what a quotation is, whose words it holds and where they come from.

    ``text`` are its first words. With ``to``, its last ones, it is one that the rules miss.
    """

    after: Line | None = Field(
        None, description="the words before, when the words stand there more than once"
    )
    kind: Literal["said", "quote", "soCalled", "mentioned", "term", "gloss", "title", "none"] | None = Field(
        None, description='the element, such as "said"; "none" for what is no quotation'
    )
    who: PointersOrNone | None = Field(
        None, description='"#id" of the speaker or author; "none" when nobody knows'
    )
    source: Pointers | None = Field(None, description='"#id" of the note, reference or page that it is from')
    cert: Literal["high", "medium", "low"] | None = Field(None, description='one of "high", "medium", "low"')


class Hyphen(Place):
    """``[[hyphen]]``: whether the hyphen at the end of these words belongs to the word."""

    soft: bool = Field(description="true for a hyphen that only the line's end brought in")


class NoteDecision(Place):
    """``[[note]]``: a foot note by its first words."""

    anchor: Line | None = Field(
        None, description="the words before the note's marker in the text, with the marker"
    )
    marker: Line | None = Field(None, description="the marker, as it ends those words")
    anchor_page: Line | None = Field(None, description="the page of the anchor, when it is another")
    to: Line | None = Field(None, description="the last words of the note, when text follows it on the page")
    kind: Literal["note", "continuation", "text"] = Field(
        "note", description='"note", "continuation" of a note of an earlier page, or "text" that is none'
    )


class Part(Section):
    """A part of a document or title page."""

    kind: PART_KINDS = Field(description='such as "salute", "signed", "dateline", "main"')
    text: Line = Field(description="its words as they stand in the source")
    after: Line | None = Field(
        None, description="the words before it, when its own stand there more than once"
    )
    page: Line | None = Field(None, description="its page, when it is not the document's first")


class Document(Stretch):
    """``[[document]]``: a letter, decree or the like that the text prints whole."""

    type: Literal["letter", "document", "minutes"] = Field(
        description='one of "letter", "document", "minutes"'
    )
    part: Annotated[tuple[Part, ...], LIST] = Field((), description="its parts, such as salute and signed")


class TitlePage(Stretch):
    """``[title_page]``: the title page and its parts."""

    part: Annotated[tuple[Part, ...], LIST] = Field(
        (), description="its parts: main, sub, author, publisher …"
    )


class Region(Stretch):
    """``[[region]]``: a stretch that is something of its own."""

    type: Word = Field(
        description='what it is: "contents", "index", "libraryStamp", "librarySlip", or a word of your own'
    )


class Decisions(Section):
    """All decisions of an edition."""

    title_page: TitlePage | None = Field(None, description="the section [title_page]")
    body: Place | None = Field(
        None, description="the section [body]: where the text proper begins, after the front matter"
    )
    back: Place | None = Field(None, description="the section [back]: where the matter after the text begins")
    region: Annotated[tuple[Region, ...], LIST] = Field((), description="sections [[region]]")
    head: Annotated[tuple[Heading, ...], LIST] = Field((), description="sections [[head]]")
    not_head: Annotated[tuple[Place, ...], LIST] = Field(
        (), description="lines that look like headings and are none"
    )
    block: Annotated[tuple[BlockDecision, ...], LIST] = Field((), description="sections [[block]]")
    join: Annotated[tuple[Place, ...], LIST] = Field(
        (), description="lines that go on with the paragraph before"
    )
    split: Annotated[tuple[Place, ...], LIST] = Field((), description="lines that begin a new paragraph")
    extract: Annotated[tuple[Stretch, ...], LIST] = Field((), description="set-off quotations")
    not_extract: Annotated[tuple[Place, ...], LIST] = Field(
        (), description="paragraphs that only look set off"
    )
    verse: Annotated[tuple[Stretch, ...], LIST] = Field((), description="lines of verse")
    items: Annotated[tuple[Stretch, ...], LIST] = Field(
        (), description="lists of which each paragraph is an item"
    )
    not_items: Annotated[tuple[Place, ...], LIST] = Field(
        (), description="paragraphs that only look like list items"
    )
    document: Annotated[tuple[Document, ...], LIST] = Field((), description="sections [[document]]")
    note: Annotated[tuple[NoteDecision, ...], LIST] = Field((), description="sections [[note]]")
    hyphen: Annotated[tuple[Hyphen, ...], LIST] = Field((), description="hyphens at line ends")
    name: Annotated[tuple[NameDecision, ...], LIST] = Field((), description="names of persons")
    quotation: Annotated[tuple[QuotationDecision, ...], LIST] = Field(
        (), description="passages in quotation marks, and extracts"
    )
    correct: Annotated[tuple[Correction, ...], LIST] = Field((), description="misreadings")
    misplaced: Annotated[tuple[Misplaced, ...], LIST] = Field((), description="lines at a wrong place")
