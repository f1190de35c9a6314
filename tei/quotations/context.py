"""What stands around a quotation: the words before and after it, as far as they belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tei.quotations.marks import Quotation

NEAR: Final = 160
"""How much of what precedes a quotation is looked at for a verb or a noun that belongs to it."""

_BEFORE: Final = 320
_AFTER: Final = 200
_NOTE: Final = re.compile(r"\s*(?:[*♦•†‡]{1,3}|\[\d{1,3}\])(?=\s|$|[—,.;)])")
# The point first, so that the engine skips from one to the next; then what it must not belong to.
_SENTENCE: Final = re.compile(
    r"[.!?…](?<![A-Z]\.)(?<!Vol\.)(?<!Dr\.)(?<!Mr\.)(?<!Mrs\.)(?<!No\.)(?<!cf\.)(?<!pp\.)(?<! p\.)(?<!i\.e\.)"
    r"(?<!etc\.)(?<! \.\.)(?<! \. \.)[)\]”’\"*]*\s+(?=[\"“‘«„(\[]?\s?[A-Z])"
)
_EDGES: Final = re.compile(r"^[\s“”„\"«»‹›‘’‚'`]+|[\s“”\"«»‹›‘’'`]+$")
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True)
class Context:
    """A quotation in its surroundings. ``block``: a set-off one, without marks."""

    text: str
    quotation: Quotation
    block: bool = False

    @cached_property
    def inner(self) -> str:
        """The words, without the marks around them."""
        return _EDGES.sub("", self.text[self.quotation.start : self.quotation.end])

    @cached_property
    def words(self) -> list[str]:
        """The words one by one (no more than the first fifty)."""
        return [match[0] for match in _WORD.finditer(self.inner[:600])][:50]

    @cached_property
    def before_start(self) -> int:
        """Where ``before`` begins."""
        start = self.quotation.start
        low = max(0, start - _BEFORE)
        line = self.text.rfind("\n", low, start) + 1
        if line and not self.text[line:start].strip(" .…([“‘\"'"):
            # It begins its paragraph: the one before may introduce it.
            previous = max(0, line - 1 - _BEFORE)
            return max(previous, self.text.rfind("\n", previous, line - 1) + 1)
        return max(low, line)

    @cached_property
    def leads(self) -> bool:
        """Whether the quotation begins its paragraph."""
        line = self.text.rfind("\n", max(0, self.quotation.start - 16), self.quotation.start) + 1
        return (line > 0 or self.quotation.start < 16) and not self.text[line : self.quotation.start].strip(
            " .…([“‘\"'"
        )

    @cached_property
    def before(self) -> str:
        """What precedes in the paragraph (or in the one before), no more than a few hundred characters."""
        return self.text[self.before_start : self.quotation.start].rstrip(" \n([*♦•")

    @cached_property
    def sentence_start(self) -> int:
        """Where the sentence begins that leads to the quotation."""
        start = self.before_start
        before = self.before
        for match in _SENTENCE.finditer(before):
            if match.end() < len(before):
                start = self.before_start + match.end()
        return start

    @cached_property
    def lead(self) -> str:
        """The part of the sentence before the quotation."""
        return self.before[self.sentence_start - self.before_start :]

    @cached_property
    def noted(self) -> bool:
        """Whether the marker of a note follows."""
        return _NOTE.match(self.text, self.quotation.end) is not None

    @cached_property
    def after_start(self) -> int:
        """Where ``after`` begins."""
        match = _NOTE.match(self.text, self.quotation.end)
        return match.end() if match else self.quotation.end

    @cached_property
    def after(self) -> str:
        """What follows in the paragraph, a note's marker left out."""
        line = self.text.find("\n", self.after_start, self.after_start + _AFTER)
        return self.text[self.after_start : line if line >= 0 else self.after_start + _AFTER]


def contexts(text: str, quotations: Sequence[Quotation]) -> list[Context]:
    """``quotations`` of ``text`` with what stands around them; those without marks are set-off ones."""
    return [Context(text, quotation, quotation.family == "none") for quotation in quotations]


def set_off(start: int, end: int) -> Quotation:
    """A block quotation, which has no marks."""
    return Quotation(start, end, 0, ((start, end),), "none")
