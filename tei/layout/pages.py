"""Where the pages of a source begin and end, and what number each bears.

A page number is a line of its own that holds nothing else. A run of them that counts
up through the text is taken for the page numbers; numbers that were misread or lost
are inferred from their neighbours and from the gap of blank lines that a page ends with.
Offsets are those of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Final, Literal, NamedTuple

from tei.edition.text import Layout, PageFact
from tei.errors import EditionError

NumberState = Literal["clean", "garbled", "lost", "never"]

_NUMBER: Final = re.compile(r"[-–—\[( ]{0,3}([0-9]{1,4})[-–—\]) .]{0,3}")
# "[[Page S705]]", "### Source page 12": a mark that says itself that it is a page's number.
_MARK: Final = re.compile(r"\W{0,8}(?:source )?page:? ([A-Z]?[0-9]{1,5})\W{0,4}", re.IGNORECASE)
_PAGE: Final = re.compile(r"[Pp][Aa][Gg][Ee]\b")
_MARK_LINE: Final = re.compile(r"(?im)^[^\n]{0,12}\bpage\b[^\n]{0,12}$")
_FEWEST: Final = 3
_LONGEST_GARBLED: Final = 5
# A form feed parts more than the blank line that may stand between a number and the text of its page.
_FEED: Final = 3


class Page(NamedTuple):
    """A page: ``start`` to ``end`` in the source, its number, and where the number stands."""

    value: int
    start: int
    end: int
    number: tuple[int, int] | None = None
    state: NumberState = "clean"
    label: str | None = None

    @property
    def n(self) -> str:
        """The number for ``pb/@n``; in brackets when the print shows none."""
        if self.label:
            return self.label
        return f"[{self.value}]" if self.state == "never" else str(self.value)


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    content: str
    before: int  # blank lines directly before
    after: int  # blank lines directly after


def find_pages(text: str, layout: Layout) -> list[Page]:
    """The pages of ``text`` in order, contiguous; text before the first belongs to none.

    Raises ``EditionError`` when the edition states a page that cannot be found.
    """
    if layout.page_numbers == "none":
        return []
    marked = _marked_pages(text)
    if marked:
        return marked
    lines = _filled_lines(text)
    fewest = _FEWEST if layout.page_numbers == "auto" else 1
    numbers = _counting_up([line for line in lines if line.before or line.after])
    if len(numbers) < fewest:
        return _fed_pages(text)
    at_top = layout.page_numbers == "top" or (
        layout.page_numbers == "auto"
        and sum(line.before for line, _ in numbers) > sum(line.after for line, _ in numbers)
    )
    if at_top:
        return _pages_by_top(text, numbers)
    return _Foot(text, lines, layout).pages(numbers)


def _filled_lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    blank = end = 0
    for row in text.split("\n"):
        start, end = end, end + len(row) + 1
        content = row.strip()
        if not content:
            blank += 1 + _FEED * row.count("\f")
            continue
        before, _, after = row.partition(content)
        blank += _FEED * before.count("\f")
        if found:
            found[-1].after = blank
        found.append(_Line(start, min(end, len(text)), content, blank if found else blank + 1, 1))
        blank = _FEED * after.count("\f")
    return found


def _counting_up(lines: Iterable[_Line]) -> list[tuple[_Line, int]]:
    """The lone numbers that count up best: the chain with the most steps of one.

    Other lone numbers (in an index, on a slip) do not fit into the count and drop out.
    """
    found = [(line, int(match[1])) for line in lines if (match := _NUMBER.fullmatch(line.content))]
    best: list[tuple[float, int]] = []
    for at, (_, value) in enumerate(found):
        score, previous = 1.0, -1
        for earlier in range(max(0, at - 60), at):
            step = value - found[earlier][1]
            if 0 < step <= 12:
                gain = best[earlier][0] + (2.0 if step == 1 else 1.5 - step / 8)
                if gain > score:
                    score, previous = gain, earlier
        best.append((score, previous))
    if not best:
        return []
    at = max(range(len(best)), key=lambda i: best[i][0])
    chain: list[tuple[_Line, int]] = []
    while at >= 0:
        chain.append(found[at])
        at = best[at][1]
    return chain[::-1]


def _pages_by_top(text: str, numbers: Sequence[tuple[_Line, int]]) -> list[Page]:
    ends = [line.start for line, _ in numbers[1:]] + [len(text)]
    return [
        Page(value, line.start, end, _trimmed(text, line.start, line.end))
        for (line, value), end in zip(numbers, ends, strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    content = text[start:end]
    return start + len(content) - len(content.lstrip()), start + len(content.rstrip())


def _marked_pages(text: str) -> list[Page]:
    """Pages that begin with a mark such as ``[[Page S705]]`` on a line of its own, and come once."""
    marks = []
    labels = set()
    for seed in _PAGE.finditer(text):
        start = text.rfind("\n", max(0, seed.start() - 13), seed.start()) + 1
        match = _MARK_LINE.match(text, start)
        mark = _MARK.fullmatch(match[0].strip()) if match else None
        if match and mark and mark[1] not in labels:
            labels.add(mark[1])
            marks.append((match, mark[1]))
    if len(marks) < _FEWEST:
        return []
    ends = [match.start() for match, _ in marks[1:]] + [len(text)]
    return [
        Page(
            int(re.sub(r"\D", "", label)),
            match.start(),
            end,
            _trimmed(text, match.start(), match.end()),
            "clean",
            label,
        )
        for (match, label), end in zip(marks, ends, strict=True)
    ]


def _fed_pages(text: str) -> list[Page]:
    """Pages that form feeds set apart, in a text that prints no numbers; one may also end the last page."""
    starts = sorted({0, *(_page_behind(text, match.start()) for match in re.finditer("\f", text))})
    while len(starts) > 1 and not text[starts[-1] :].strip():
        starts.pop()
    if "\f" not in text.strip():
        return []
    return [
        Page(value, start, end, None, "never")
        for value, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1)
    ]


def _page_behind(text: str, feed: int) -> int:
    """Where the page begins that a form feed brings: with its line, or behind it when it ends a line."""
    line, end = text.rfind("\n", 0, feed) + 1, text.find("\n", feed)
    if not text[line:feed].strip():
        return line
    end = len(text) if end < 0 else end + 1
    return end if not text[feed:end].strip() else feed + 1


class _Foot:
    """Pages whose number stands at the foot, followed by a gap."""

    def __init__(self, text: str, lines: list[_Line], layout: Layout) -> None:
        self.text = text
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.facts = {fact.n: fact for fact in layout.page}

    def pages(self, numbers: Sequence[tuple[_Line, int]]) -> list[Page]:
        gap = median_low(line.after for line, _ in numbers)
        pages: list[Page] = []
        first, value = numbers[0]
        pages.append(
            Page(
                value,
                self._first_start(first, gap),
                self._next_start(first),
                _trimmed(self.text, first.start, first.end),
            )
        )
        for line, value in numbers[1:]:
            pages += self._missing(pages[-1], line, value, gap)
            pages.append(
                Page(value, pages[-1].end, self._next_start(line), _trimmed(self.text, line.start, line.end))
            )
        return [self._with_fact(page) for page in pages]

    def _first_start(self, number: _Line, gap: int) -> int:
        """The first numbered page starts after the last gap before its number."""
        if gap < 2:
            return 0
        for line in reversed(self.lines[: self._index(number.start)]):
            if line.before >= gap:
                return line.start
        return 0

    def _index(self, start: int) -> int:
        return bisect_right(self.starts, start) - 1

    def _next_start(self, line: _Line) -> int:
        index = self._index(line.start) + 1
        return self.lines[index].start if index < len(self.lines) else len(self.text)

    def _missing(self, last: Page, until: _Line, value: int, gap: int) -> list[Page]:
        """The pages between a page and the one numbered ``value``, whose numbers are not clean."""
        facts = [self.facts.get(n, PageFact(n=n)) for n in range(last.value + 1, value)]
        ends = self._page_ends(last.end, until, sum(not fact.blank for fact in facts), gap)
        pages: list[Page] = []
        start = last.end
        for fact in facts:
            if fact.blank:
                pages.append(Page(fact.n, start, start, None, "lost" if fact.printed else "never"))
                continue
            if not ends:
                break
            line, number = ends.pop(0)
            if not fact.printed:
                number = None
            end = self._next_start(line)
            state: NumberState = "garbled" if number else "lost" if fact.printed else "never"
            pages.append(Page(fact.n, start, end, number, state))
            start = end
        return pages

    def _page_ends(
        self, start: int, until: _Line, wanted: int, gap: int
    ) -> list[tuple[_Line, tuple[int, int] | None]]:
        """The last lines of ``wanted`` pages up to ``until``: misread numbers first, then gaps."""
        between = self.lines[self._index(start) : self._index(until.start)]
        garbled = [
            line
            for line in between
            if line.before and line.after >= gap and len(line.content) <= _LONGEST_GARBLED
        ]
        gaps = sorted(
            (line for line in between if line.after >= max(gap, 2) and line not in garbled),
            key=lambda line: -line.after,
        )
        chosen = sorted([*garbled, *gaps][:wanted], key=lambda line: line.start)
        return [
            (line, _trimmed(self.text, line.start, line.end) if line in garbled else None) for line in chosen
        ]

    def _with_fact(self, page: Page) -> Page:
        fact = self.facts.get(page.value)
        if fact and fact.begins and not self.text[page.start : page.end].lstrip().startswith(fact.begins):
            found = self.text[page.start : page.start + 40]
            raise EditionError(
                f"layout.page: page {page.value} begins {found!r}, not {fact.begins!r}",
                hint="state the pages that have no printed number, and the blank ones",
            )
        return page
