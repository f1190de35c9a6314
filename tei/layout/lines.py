"""The lines of an arranged text and the part that each plays on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tei.streams import Arrangement

Role = Literal["blank", "body", "running head", "page number", "form feed", "note"]

# What XML counts as white space (XML 1.0, section 2.3); other blanks are text and need an element
# around them.
XML_SPACE: Final = " \t\r\n"


@dataclass(slots=True)
class Line:
    """A line of the arranged text: ``start`` to ``end`` without its line break, on ``page`` (-1: on none)."""

    start: int
    end: int
    page: int
    role: Role
    number: int  # its place among all lines, from 0

    def content(self, text: str) -> str:
        """The line's characters without white space around them."""
        return text[self.start : self.end].strip()


def read_lines(arrangement: Arrangement) -> list[Line]:
    """All lines in reading order; filled ones count as body until another module says otherwise."""
    text = arrangement.text
    starts = [page.start for page in arrangement.pages]
    ends = [page.end for page in arrangement.pages]
    lines: list[Line] = []
    page = -1
    end = -1
    for number, content in enumerate(text.split("\n") if text else ()):
        start, end = end + 1, end + 1 + len(content)
        while page + 1 < len(starts) and starts[page + 1] <= start:
            page += 1
        lines.append(
            Line(
                start,
                end,
                page if page >= 0 and start < ends[page] else -1,
                "body" if content.strip(XML_SPACE) else "blank",
                number,
            )
        )
    return lines


def by_page(lines: list[Line], pages: int) -> list[list[Line]]:
    """The lines of each page."""
    found: list[list[Line]] = [[] for _ in range(pages)]
    for line in lines:
        if line.page >= 0:
            found[line.page].append(line)
    return found


def runs(lines: list[Line], role: Role) -> Iterator[list[Line]]:
    """Runs of lines with ``role`` that no blank line interrupts."""
    run: list[Line] = []
    for line in lines:
        if line.role == role and (not run or line.number == run[-1].number + 1):
            run.append(line)
            continue
        if run:
            yield run
        run = [line] if line.role == role else []
    if run:
        yield run
