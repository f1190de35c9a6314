"""What stands around a quotation: the words before and after it, as far as they belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from tei.quotations.marks import Quotation
from tei.quotations.wording import TOKEN, shape

NEAR: Final = 160
"""How much of what precedes a quotation is looked at for a verb or a noun that belongs to it."""

_BEFORE: Final = 320
_AFTER: Final = 200
_BEHIND: Final = 60
_INDENT: Final = " .…([“‘\"'"
_NOTE: Final = re.compile(r"\s*(?:[*♦•†‡]{1,3}|\[\d{1,3}\])(?=\s|$|[—,.;)])")
# The point first, so that the engine skips from one to the next; then what it must not belong to.
_SENTENCE: Final = re.compile(
    r"[.!?…](?<![A-Z]\.)(?<!Vol\.)(?<!Dr\.)(?<!Mr\.)(?<!Mrs\.)(?<!No\.)(?<!cf\.)(?<!pp\.)(?<! p\.)(?<!i\.e\.)"
    r"(?<!etc\.)(?<! \.\.)(?<! \. \.)[)\]”’\"*]*\s+(?=[\"“‘«„(\[]?\s?[A-Z])"
)
_MARKS: Final = " \t\n\r\u00a0\u2009\u202f“”„\"«»‹›‘’‚'`"
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


class Context:
    """A quotation in its surroundings. ``block``: a set-off one, without marks.

    ``inner`` are its words without the marks around them; ``before`` is what precedes in the paragraph (or
    in the one before, if it ``leads`` its own), no more than a few hundred characters, from ``before_start``;
    ``lead`` is that part of the sentence itself, from ``sentence_start``.
    ``after`` is what follows in the paragraph, the marker of a note left out, from ``after_start``.
    ``noted``: such a marker follows.
    """

    def __init__(self, text: str, quotation: Quotation, block: bool = False) -> None:
        self.text = text
        self.quotation = quotation
        self.block = block
        start, end = quotation.start, quotation.end
        self.inner = text[start:end].strip(_MARKS)
        low = max(0, start - _BEFORE)
        line = text.rfind("\n", low, start) + 1
        self.leads = (line > 0 or low == 0) and not text[line:start].strip(_INDENT)
        if line and self.leads:
            # The paragraph before may introduce it.
            low = max(0, line - 1 - _BEFORE)
            line = text.rfind("\n", low, line - 1) + 1
        self.before_start = max(low, line)
        self.before = text[self.before_start : start].rstrip(" \n([*♦•")
        sentence = 0
        for match in _SENTENCE.finditer(self.before):
            if match.end() < len(self.before):
                sentence = match.end()
        self.sentence_start = self.before_start + sentence
        self.lead = self.before[sentence:]
        note = _NOTE.match(text, end)
        self.noted = note is not None
        self.after_start = note.end() if note else end
        line = text.find("\n", self.after_start, self.after_start + _AFTER)
        self.after = text[self.after_start : line if line >= 0 else self.after_start + _AFTER]

    @cached_property
    def words(self) -> list[str]:
        """The words one by one (no more than the first fifty)."""
        return _WORD.findall(self.inner[:600])[:50]

    @cached_property
    def lead_words(self) -> list[str]:
        """The words and points next before the quotation, in its sentence."""
        return TOKEN.findall(self.lead[-NEAR:])

    @cached_property
    def lead_shape(self) -> str:
        """Their shape."""
        return shape(self.lead_words)

    @cached_property
    def after_shape(self) -> str:
        """The shape of what follows next."""
        return shape(TOKEN.findall(self.after[:_BEHIND]))


def contexts(text: str, quotations: Sequence[Quotation]) -> list[Context]:
    """``quotations`` of ``text`` with what stands around them; those without marks are set-off ones."""
    return [Context(text, quotation, quotation.family == "none") for quotation in quotations]


def set_off(start: int, end: int) -> Quotation:
    """A block quotation, which has no marks."""
    return Quotation(start, end, 0, ((start, end),), "none")
