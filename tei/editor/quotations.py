"""The editor's word on quotations, given to those who tell their kinds and speakers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final

from tei.editor.decided import DecidedQuotation
from tei.editor.places import DecisionError
from tei.flow import Flow
from tei.quotations.kind import Kind
from tei.quotations.marks import Quotation

# What may stand between the start of a quotation and its first word.
_OPENING: Final = " \n.…([“„\"«‹‘‚'`”’"


Decision = tuple[int, int, DecidedQuotation]
"""The first and the last place in a flow for where the words of a decision begin, and the decision."""


def decided_in(flow: Flow, decisions: Sequence[DecidedQuotation]) -> Iterator[Decision]:
    """Those of ``decisions``, which are in order, that are on words of ``flow``."""
    if not flow.text:
        return
    first = bisect_left(decisions, flow.start(0), key=_start)
    end = bisect_left(decisions, flow.start(len(flow.text) - 1) + 1, key=_start)
    for decision in decisions[first:end]:
        at = flow.index(decision.start)
        place = flow.start(at)
        if place < decision.end:
            # A reading has several characters at one place of the source.
            last = max(at, flow.index(place + 1) - 1)
            yield at + flow.text[at].isspace(), last, decision


_start: Final = attrgetter("start")


def with_missed(flow: Flow, quotations: Sequence[Quotation], decided: Iterable[Decision]) -> list[Quotation]:
    """``quotations`` with those that only the editor knows, in order."""
    new: dict[int, Quotation] = {}
    for at, _, decision in decided:
        if decision.to is not None:
            end = flow.index(decision.to)
            depth = sum(one.start <= at and end <= one.end for one in quotations)
            new[at] = Quotation(at, end, depth, ((at, end),), "double")
    # The editor knows better where it ends that begins here.
    rest = [one for one in quotations if one.start not in new or one.family == "none"]
    return sorted([*rest, *new.values()], key=lambda one: (one.start, -one.end))


def by_number(
    flow: Flow, quotations: Sequence[Quotation], decided: Iterable[Decision]
) -> tuple[list[Quotation], dict[int, DecidedQuotation]]:
    """The quotations that the editor lets stand, and the decision on some of them, by their numbers.

    A decision is on the innermost quotation that begins with its words. Raises ``EditionError`` for
    one on words that begin none.
    """
    starts = [one.start for one in quotations]
    found: dict[int, DecidedQuotation] = {}
    for at, last, decision in decided:
        number = bisect_right(starts, last) - 1
        if number < 0 or flow.text[starts[number] : at].strip(_OPENING):
            raise DecisionError(
                f"quotation: {decision.words!r} begins no quotation; quote its first words, "
                'or name the last ones of one that the rules miss with "to"',
                decision.words,
            )
        found[number] = decision
    kept = [
        number for number in range(len(quotations)) if number not in found or found[number].kind != "none"
    ]
    decided_kept = {new: found[old] for new, old in enumerate(kept) if old in found}
    return [quotations[number] for number in kept], decided_kept


def with_kinds(kinds: Sequence[Kind], decided: Mapping[int, DecidedQuotation]) -> list[Kind]:
    """``kinds`` with those that the editor gives for theirs."""
    result = list(kinds)
    for number, decision in decided.items():
        if decision.kind is not None and decision.kind != "none":
            level = kinds[number].level if decision.kind == kinds[number].name else None
            result[number] = Kind(decision.kind, decision.cert or "high", "the editor's word", level)
    return result
