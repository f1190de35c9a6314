"""What an edition file says of the text's outward form: its pages and its streams."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tei.edition.fields import LIST, Line, OwnId, Reference, Section, Word


class PageFact(Section):
    """``[[layout.page]]``: what the source itself does not show of a page."""

    n: int = Field(ge=1, description="the page's number, such as 87")
    printed: bool = Field(True, description="false when the print has no number on this page")
    blank: bool = Field(False, description="true for an empty page")
    begins: Line | None = Field(None, description="the first words of the page")


class Layout(Section):
    """``[layout]``: how the pages are laid out."""

    page_numbers: Literal["auto", "top", "bottom", "none"] = Field(
        "auto", description='one of "auto", "top", "bottom", "none"'
    )
    running_heads: Annotated[tuple[Line, ...], LIST] = Field(
        (), description="a list of the running heads as they should read"
    )
    page: Annotated[tuple[PageFact, ...], LIST] = Field((), description="sections [[layout.page]]")


class Stream(Section):
    """``[[stream]]``: pages that a reader reads on end though others stand between them on paper.

    Streams that share a range of pages face each other, in the order of the file.
    """

    id: OwnId = Field(description='an id in quotes, such as "speech"')
    type: Word = Field(description='what the stream is, in one word: "speech" or "commentary"')
    first: int = Field(ge=1, description="the number of the first page")
    last: int = Field(ge=1, description="the number of the last page")
    step: int = Field(2, ge=1, description="2 for every other page")
    who: Reference | None = Field(None, description='"#id" of the person who speaks')
    audience: Reference | None = Field(None, description='"#id" of the group that the reactions are of')

    @property
    def pages(self) -> range:
        """The numbers of the stream's pages."""
        return range(self.first, self.last + 1, self.step)
