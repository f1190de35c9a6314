"""Passages in quotation marks (TEI Guidelines, chapter 3.3.3).

The text is one as a reader meets it: a line is a paragraph. Marks are paired by a stack. What a mark does
is told by its shape and by its neighbours, so that one that was misread the wrong way round still does its
work; an apostrophe closes nothing. All offsets are in code points, half open, and include the marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

Family = Literal["double", "single", "angle", "half-angle", "none"]
"""The kind of marks; ``none`` is for set-off quotations."""

_MARK: Final = re.compile(r"[“”„‟\"«»‹›‘’‚‛'`](?:(?<=')'|(?<=`)`|(?<!`))")
_FAMILIES: Final[dict[str, Family]] = {
    **dict.fromkeys(("``", "''", "“", "”", "„", "‟", '"'), "double"),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'"), "single"),
    **dict.fromkeys(("«", "»"), "angle"),
    **dict.fromkeys(("‹", "›"), "half-angle"),
}
_OPENING: Final = frozenset({"``", "“", "„", "‟", "«", "‹", "‘", "‚", "‛"})
_CLOSING: Final = frozenset({"''", "”", "»", "›", "’"})
_LOW: Final = frozenset("„‚")
_BRACKETS: Final = frozenset("([{<")
_DASHES: Final = frozenset("—–-―/")
_MARKS: Final = frozenset("“”„‟\"«»‹›‘’‚‛'`")
_POINTS: Final = frozenset(".,;:!?…")
# Words that begin with an apostrophe, or are one: 'tis, rock 'n' roll, the '90s.
_ELISION: Final = re.compile(
    r"(?:tis|twas|twere|twill|em|til|till|cause|bout|round|n)\b|\d\ds?\b", re.IGNORECASE
)
# A possessive is followed by what is owned; words such as these say that a quotation has ended instead.
_AFTER_QUOTATION: Final = re.compile(
    r"\s+(?:an?|and|are|as|at|but|by|can|could|did|do|does|for|from|had|has|have|he|if|in|into|is|it|may|might|must|nor"
    r"|not|of|on|or|over|she|should|so|than|that|the|then|they|this|to|under|upon|was|we|were|when|where"
    r"|which|while|who|whom|whose|will|with|within|without|would)\b"
)
_MISREAD_CLOSER: Final = re.compile(r"[.,;!?…)](?:['’`]{1,2}|[*/]['’])(?=[\s)\]*♦•]|$)")
_ASIDE: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_SENTENCE_END: Final = re.compile(r"[.!?…][)\]]?(?=\s)")
_DEEPEST: Final = 8
_FAR: Final = 4000


class Quotation(NamedTuple):
    """A passage in quotation marks: ``text[start:end]``, the marks included.

    ``depth`` counts the quotations around it. ``parts`` are its offsets paragraph by paragraph (one pair for
    most). ``family`` is the kind of marks, ``closed`` whether a closing mark was found.
    """

    start: int
    end: int
    depth: int
    parts: tuple[tuple[int, int], ...]
    family: Family
    closed: bool = True


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    shape: str
    family: Family
    left: str
    right: str

    @property
    def may_open(self) -> bool:
        """Whether the neighbours are those of an opening mark."""
        before = self.left in _BRACKETS or self.left in _DASHES or self.left in _MARKS or self.left.isspace()
        return before and not self.right.isspace() and self.right not in ")],;"

    @property
    def may_close(self) -> bool:
        """Whether the neighbours are those of a closing mark."""
        return not self.left.isspace() and self.left not in _BRACKETS and not self.right.isalnum()


@dataclass(slots=True)
class _Open:
    mark: _Mark
    parts: list[tuple[int, int]] = field(default_factory=list)
    part: int = 0


def find_quotations(text: str) -> list[Quotation]:
    """All passages of ``text`` in quotation marks, in order of their starts.

    >>> [text for q in find_quotations("He said, “It is not ‘so.’”") for text in [q.start, q.end, q.depth]]
    [9, 26, 0, 20, 25, 1]
    """
    return _Pairing(text).run()


class _Pairing:
    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = list(_find_marks(text))
        self.starts = [mark.start for mark in self.marks]
        self.stack: list[_Open] = []
        self.found: list[tuple[_Open, int, bool]] = []

    def run(self) -> list[Quotation]:
        at = 0
        size = len(self.text)
        begin = 0
        while begin < size and at < len(self.marks):
            if not self.stack:
                # Nothing is open: on to the paragraph of the next mark.
                begin = self.text.rfind("\n", 0, self.marks[at].start) + 1
            end = self.text.find("\n", begin)
            end = size if end < 0 else end
            at = self._paragraph(at, begin, end)
            begin = end + 1
        for opened in self.stack:
            self.found.append((opened, opened.parts[-1][1], False))
        return self._result()

    def _paragraph(self, at: int, begin: int, end: int) -> int:
        at = self._reopen(at, begin)
        while at < len(self.marks) and self.marks[at].start < end:
            self._mark(at, end)
            at += 1
        self._end_paragraph(at, end)
        return at

    def _reopen(self, at: int, begin: int) -> int:
        """Skip the marks that only say that the open quotations go on."""
        for opened in self.stack:
            opened.part = begin
            if at >= len(self.marks) or not self._leads(self.marks[at], begin):
                continue
            if self.marks[at].family == opened.mark.family:
                at += 1
        return at

    def _leads(self, mark: _Mark, begin: int) -> bool:
        """Whether ``mark`` stands at the beginning of its paragraph (other marks may precede it)."""
        if mark.shape in _CLOSING and mark.shape not in "”»":
            return False
        return mark.start - begin <= 12 and not self.text[begin : mark.start].strip(" .…([“‘\"'«„‚")

    def _mark(self, at: int, end: int) -> None:
        mark = self.marks[at]
        if mark.family == "single":
            self._single(at, end)
        elif self._closes(mark):
            self._close(mark)
        elif self._opens(mark):
            self._open(mark)

    def _closes(self, mark: _Mark) -> bool:
        opened = self._opened(mark.family)
        if opened is None:
            return False
        if mark.shape in _LOW:
            return False
        if mark.shape in "«»‹›":
            return mark.shape != opened.mark.shape
        if mark.shape in _OPENING:
            low = opened.mark.shape in _LOW
            return mark.may_close and (low or not mark.may_open)
        if mark.shape in _CLOSING:
            return True
        return mark.may_close or not mark.may_open

    def _opens(self, mark: _Mark) -> bool:
        if mark.shape in _OPENING:
            return not mark.right.isspace() or not mark.may_close
        return mark.may_open and not (mark.may_close and mark.shape in _CLOSING)

    def _opened(self, family: Family) -> _Open | None:
        return next((opened for opened in reversed(self.stack) if opened.mark.family == family), None)

    def _open(self, mark: _Mark) -> None:
        if len(self.stack) < _DEEPEST:
            self.stack.append(_Open(mark, part=mark.start))

    def _close(self, mark: _Mark) -> None:
        while self.stack:
            opened = self.stack.pop()
            if opened.mark.family == mark.family:
                opened.parts.append((opened.part, mark.end))
                self.found.append((opened, mark.end, True))
                return
            self._give_up(opened, mark.start)

    def _give_up(self, opened: _Open, end: int) -> None:
        """``opened`` has no closing mark; it ends at ``end`` or before."""
        if opened.mark.shape == "'":
            return
        misread = _MISREAD_CLOSER.search(self.text, max(opened.mark.end, opened.part), end)
        if misread and opened.mark.family != "single":
            end = misread.end()
        elif self._shares_closer(opened, end):
            end = self.found[-1][1]
        # The marker of a note is not part of the words.
        while end > opened.mark.end and (self.text[end - 1].isspace() or self.text[end - 1] in "*♦•†‡"):
            end -= 1
        if end > opened.mark.end and any(char.isalnum() for char in self.text[opened.mark.end : end][:200]):
            opened.parts.append((opened.part, end))
            self.found.append((opened, end, False))

    def _shares_closer(self, opened: _Open, end: int) -> bool:
        """Whether one closing mark serves the last two quotations that end the paragraph.

        So it does when the inner one stands in the middle of a sentence of the outer one.
        """
        if not self.found:
            return False
        inner, inner_end, closed = self.found[-1]
        if not closed or inner.mark.family != opened.mark.family or inner.mark.start <= opened.mark.start:
            return False
        if inner.mark.start >= end and self.text[inner_end : inner_end + 1] not in ("", "\n"):
            return False
        before = self.text[opened.mark.end : inner.mark.start].rstrip()
        return (
            bool(before) and before[-1] not in ".!?…:" and self.text[inner_end : inner_end + 1] in ("", "\n")
        )

    def _single(self, at: int, end: int) -> None:
        mark = self.marks[at]
        opened = self._opened("single")
        if opened is not None and mark.shape != "‚" and self._single_closes(at, opened, end):
            self._close(mark)
        elif mark.shape in "‘‛" or (mark.shape in "‚'" and mark.may_open):
            if _ELISION.match(self.text, mark.end) or (mark.right.isspace() and not self._spaced(mark)):
                return
            if mark.left.isalnum() and mark.right.isalnum():
                return
            if mark.shape in "'‚" and not self._has_closer(at, end):
                return
            self._open(mark)

    def _spaced(self, mark: _Mark) -> bool:
        """Whether a mark with a space after it may open all the same."""
        return mark.left.isspace() or mark.left in _MARKS

    def _single_closes(self, at: int, opened: _Open, end: int) -> bool:
        mark = self.marks[at]
        if mark.left.isalnum() and mark.right.isalnum():
            return False
        if mark.shape in "‘‛":
            return mark.may_close and not mark.may_open
        if self.stack[-1] is not opened and self._later_closer(at, end):
            return False  # inside a double quotation that is still to be closed
        if mark.left.isspace():
            return not mark.right.isalnum()
        if mark.right.isalpha() and mark.left not in _POINTS:
            return False
        return not (self._possessive(mark) and self._better_closer(at, end))

    def _later_closer(self, at: int, end: int) -> bool:
        """Whether the quotation on top of the stack is closed soon behind mark number ``at``."""
        family = self.stack[-1].mark.family
        for mark in self.marks[at + 1 : at + 6]:
            if mark.start >= end:
                return False
            if mark.family == family:
                return mark.may_close
        return False

    def _possessive(self, mark: _Mark) -> bool:
        """Whether the mark may be the apostrophe of “the workers’ paper” or "goin' home"."""
        if mark.left not in "sSxz" or not mark.right.isspace():
            return False
        return not _AFTER_QUOTATION.match(self.text, mark.end)

    def _better_closer(self, at: int, end: int) -> bool:
        """Whether, before another quotation opens, a mark follows that is sure to close one."""
        for mark in self.marks[at + 1 : at + 6]:
            if mark.start >= end or mark.start - self.marks[at].start > 300:
                return False
            if mark.family != "single" or (mark.shape in "‘‛'‚" and mark.may_open):
                return False
            if mark.left.isalnum() and mark.right.isalnum():
                continue
            if mark.may_close and not self._possessive(mark):
                return True
        return False

    def _has_closer(self, at: int, end: int) -> bool:
        """Whether a mark follows in the paragraph that could close a straight or low single one."""
        for mark in self.marks[at + 1 : at + 12]:
            if mark.start >= end:
                return False
            if (
                mark.family == "single"
                and mark.may_close
                and not (mark.left.isalnum() and mark.right.isalnum())
            ):
                return True
        return False

    def _end_paragraph(self, at: int, end: int) -> None:
        """Close the paragraph: what is open goes on in the next one, or ends."""
        if not self.stack:
            return
        following = self._following(end)
        keep = 0
        lead = at
        for opened in self.stack:
            if following is not None and lead < len(self.marks) and self._leads(self.marks[lead], following):
                if self.marks[lead].family != opened.mark.family:
                    break
                lead += 1
                keep += 1
            elif keep or self._closed_later(at, opened, end):
                # The inner one of a continued quotation need not be opened again.
                if keep and not self._closed_later(lead, opened, end):
                    break
                keep += 1
            else:
                break
        for number in range(len(self.stack) - 1, keep - 1, -1):
            opened = self.stack[number]
            limit = end
            later = bisect_right(self.starts, opened.mark.start)
            if opened.part == opened.mark.start and opened.mark.family != "single":
                limit = self._before_next(opened, later, end)
            self._give_up(opened, limit)
        del self.stack[keep:]
        for opened in self.stack:
            opened.parts.append((opened.part, end))

    def _before_next(self, opened: _Open, later: int, end: int) -> int:
        """The end of the sentence before the next opening mark of the same family, else ``end``."""
        for mark in self.marks[later : later + 12]:
            if mark.start >= end:
                break
            if mark.family == opened.mark.family and mark.may_open:
                ends = [m.end() for m in _SENTENCE_END.finditer(self.text, opened.mark.end, mark.start)]
                return ends[-1] if ends else mark.start
        return end

    def _following(self, end: int) -> int | None:
        """Where the next paragraph begins that is more than an aside in brackets."""
        for _ in range(3):
            begin = end + 1
            if begin >= len(self.text):
                return None
            end = self.text.find("\n", begin)
            end = len(self.text) if end < 0 else end
            if end > begin and not (end - begin < 200 and _ASIDE.match(self.text[begin:end])):
                return begin
        return None

    def _closed_later(self, at: int, opened: _Open, end: int) -> bool:
        """Whether the next mark of its family, in one of the next paragraphs, closes ``opened``."""
        for mark in self.marks[at : at + 6]:
            if mark.start - end > _FAR or self.text.count("\n", end, mark.start) > 6:
                return False
            if mark.family != opened.mark.family:
                continue
            if mark.family == "single":
                return mark.left in _POINTS and mark.may_close
            return mark.shape in _CLOSING and mark.may_close and not mark.may_open
        return False

    def _result(self) -> list[Quotation]:
        raw = sorted(self.found, key=lambda item: (item[0].mark.start, -item[1]))
        result: list[Quotation] = []
        ends: list[int] = []
        for opened, last, closed in raw:
            while ends and ends[-1] <= opened.mark.start:
                ends.pop()
            end = min(last, ends[-1]) if ends else last
            parts = tuple((a, min(b, end)) for a, b in opened.parts if a < min(b, end))
            result.append(Quotation(opened.mark.start, end, len(ends), parts, opened.mark.family, closed))
            ends.append(end)
        return result


def _find_marks(text: str) -> Iterator[_Mark]:
    size = len(text)
    for match in _MARK.finditer(text):
        start, end = match.span()
        shape = match[0]
        left = text[start - 1] if start else "\n"
        right = text[end] if end < size else "\n"
        if shape in "'’" and left.isalnum() and right.isalnum():
            continue  # an apostrophe
        yield _Mark(start, end, shape, _FAMILIES[shape], left, right)
