"""Who speaks when: turns of a transcript or play, found by their labels (TEI Guidelines, chapters 7.2.2 and 8).

Nothing is taken for a label on its looks alone ("Three causes: …" looks like "Anna Smith: …"). The
shapes that occur are weighed over the whole text first: does a shape come back, with the same names, over
enough of the paragraphs? The evidence is data (`Convention`), so that a program can show it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tei.span import Span
from tei.speech.labels import Kind, Label, find_labels, slug

__all__ = ["Convention", "Turn", "find_conventions", "find_turns", "turn_spans"]

_SENTENCE_END: Final = frozenset(".!?:;…)]}>”’\"'-–—*")
_BLANK_LINE: Final = re.compile(r"(?>\r\n?|\n)[ \t]*+[\r\n]")
_SENTENCE_MARKS: Final = ".!?…"
_ONE_SPEAKER: Final = "the one speaker is named at the beginning"
_ANSWERS: Final = "people with titles answer each other"


@dataclass(frozen=True, slots=True)
class Convention:
    """A shape of labels and the evidence on it.

    ``alone`` means that the label has a line of its own. ``uses`` counts what has the shape, ``speakers``
    the different names, ``recurring`` those that come back, ``personal`` the uses with a title, an office or a
    party, ``sentences`` the uses that are followed by at least a sentence; ``share`` is the part of the
    paragraphs between first and last use that begin so. ``accepted`` is the verdict, ``reason`` says why.
    """

    kind: Kind
    alone: bool
    uses: int
    speakers: int
    recurring: int
    personal: int
    sentences: int
    share: float
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says, up to the next label: ``text[start:end]``, which begins with the label.

    ``label`` are the label's offsets, ``name`` the speaker as printed there, ``blocks`` the first and the last
    paragraph it takes part in (indices), ``kind`` the shape of the label.
    """

    start: int
    end: int
    label: tuple[int, int]
    name: str
    blocks: tuple[int, int]
    kind: Kind


class _Paragraphs:
    """The paragraphs of a text, for questions about offsets."""

    def __init__(self, text: str, blocks: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.blocks = blocks
        self.starts = [start for start, _ in blocks]

    def index(self, offset: int) -> int | None:
        """The paragraph an offset stands in."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.blocks[index][1] else None

    def leads(self, label: Label) -> bool:
        """Whether the label begins its paragraph."""
        index = self.index(label.start)
        return index is not None and label.line_start <= self.starts[index] <= label.start


def find_turns(text: str, blocks: Sequence[tuple[int, int]], boundaries: Iterable[int] = ()) -> list[Turn]:
    """Find the turns of a text whose paragraphs stand at ``blocks`` (offsets, in order).

    No turn reaches over a place of ``boundaries`` (offsets of headings and divisions). A text that does not
    print its speakers gives no turns.
    """
    paragraphs = _Paragraphs(text, blocks)
    labels, wide = _accepted(paragraphs)
    if not labels:
        return []
    stops = sorted({*boundaries, *(label.line_start for label in labels)})
    turns: list[Turn] = []
    for label in labels:
        first = paragraphs.index(label.start)
        assert first is not None
        place = bisect_right(stops, label.start)
        limit = stops[place] if place < len(stops) else len(text)
        if not wide:
            # A few labels in a long text: minutes that it cites. Nobody knows how far the last one speaks.
            limit = min(limit, blocks[first][1])
        last = max(first, bisect_right(paragraphs.starts, limit - 1) - 1)
        end = max(label.end, _without_space(text, min(limit, blocks[last][1])))
        turns.append(Turn(label.start, end, (label.start, label.end), label.name, (first, last), label.kind))
    return turns


def _without_space(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end


def find_conventions(text: str, blocks: Sequence[tuple[int, int]]) -> list[Convention]:
    """The evidence: every shape of label in a text, with the verdict on it."""
    return [convention for convention, _ in _weigh(_Paragraphs(text, blocks))]


def turn_spans(turns: Sequence[Turn]) -> tuple[list[Span], list[tuple[str, str]]]:
    """The spans ``sp`` (with ``@who``) and ``speaker`` for some turns, and the speakers (id, name) in order.

    A surname alone is the one person whose full name, printed elsewhere, ends in it.
    """
    names: dict[str, str] = {}
    for turn in turns:
        names.setdefault(slug(turn.name), turn.name)
    same = _same_people(names)
    spans: list[Span] = []
    for turn in turns:
        key = slug(turn.name)
        spans.append(Span(turn.start, turn.end, "sp", {"who": f"#{same.get(key, key)}"}))
        spans.append(Span(*turn.label, "speaker"))
    return spans, [(key, name) for key, name in names.items() if key not in same]


def _same_people(names: dict[str, str]) -> dict[str, str]:
    """Which ids mean a person that has a fuller name."""
    by_surname: dict[str, list[str]] = {}
    for key, name in names.items():
        if " " in name:
            by_surname.setdefault(slug(name.split()[-1]), []).append(key)
    return {
        key: by_surname[key][0]
        for key, name in names.items()
        if " " not in name and len(by_surname.get(key, ())) == 1
    }


def _accepted(paragraphs: _Paragraphs) -> tuple[list[Label], bool]:
    """The labels that are taken for labels, and whether they run through the whole text."""
    weighed = _weigh(paragraphs)
    chosen = [label for convention, labels in weighed if convention.accepted for label in labels]
    colons = {
        convention.alone
        for convention, _ in weighed
        if convention.accepted and convention.kind in {"colon-caps", "colon-name"}
    }
    for convention, labels in weighed:
        # Where labels with a colon are the custom, one with a title is a label in either sort of letters.
        if not convention.accepted and convention.kind in {"colon-caps", "colon-name"}:
            chosen += [label for label in labels if label.personal and convention.alone in colons]
    chosen.sort(key=lambda label: label.start)
    alone = any(convention.accepted and convention.reason == _ONE_SPEAKER for convention, _ in weighed)
    return chosen, alone or len(chosen) * 100 >= len(paragraphs.blocks)


def _weigh(paragraphs: _Paragraphs) -> list[tuple[Convention, list[Label]]]:
    """Sort the labels by their shape and judge each shape by its evidence."""
    families: dict[tuple[Kind, bool], list[Label]] = {}
    for label in find_labels(paragraphs.text, paragraphs.starts):
        if _well_placed(paragraphs, label):
            families.setdefault((label.kind, label.alone), []).append(label)
    weighed = [_judge(paragraphs, kind, labels, alone=alone) for (kind, alone), labels in families.items()]
    if sum(convention.accepted for convention, _ in weighed) > 1:
        # Beside another custom, names that do not come back are a list (of the cast, of those present).
        weighed = [
            (replace(convention, accepted=convention.reason != _ANSWERS and convention.accepted), labels)
            for convention, labels in weighed
        ]
    return weighed


def _well_placed(paragraphs: _Paragraphs, label: Label) -> bool:
    """Whether a label stands where labels stand: at the start of a paragraph, or of a line after a full stop."""
    if paragraphs.index(label.start) is None:
        return False
    leads = paragraphs.leads(label)
    text = paragraphs.text
    if label.kind in {"question-answer", "colon-bold", "colon-caps"} or (leads and label.personal):
        return True
    if label.stage and not leads:
        return False
    if "<" in text[label.line_start : label.start]:
        return True  # someone has tagged it
    before = text[max(0, label.line_start - 40) : label.line_start]
    gap = len(before) - len(before.rstrip())
    ended = not before.strip() or before.rstrip()[-1] in _SENTENCE_END or _BLANK_LINE.search(before[-gap:])
    return bool(ended) and (leads or label.kind == "colon-name" or label.personal)


def _judge(
    paragraphs: _Paragraphs, kind: Kind, labels: list[Label], *, alone: bool
) -> tuple[Convention, list[Label]]:
    counts = Counter(label.key for label in labels)
    recurring = sum(1 for uses in counts.values() if uses > 1)
    personal = [label for label in labels if label.personal]
    sentences = _followed_by_sentences(paragraphs, labels)
    share = _share(paragraphs, labels)
    reason = ""
    kept = labels
    match kind:
        case "question-answer":
            if len(counts) == 2 and len(labels) >= 3:
                reason = "questions and answers alternate"
        case "colon-caps":
            sure = [label for label in labels if label.personal or counts[label.key] > 1]
            kept = sure if alone else _between(labels, sure)
            if recurring and (len(counts) > 1 or len(labels) >= 3):
                reason = "names in capitals come back"
            elif len({label.key for label in personal}) > 1 and sentences * 2 >= len(labels):
                reason, kept = "several offices or titles speak", personal
            elif personal and _opens(paragraphs, personal[0]):
                reason, kept = _ONE_SPEAKER, personal[:1]
        case "colon-bold":
            if recurring and (len(counts) > 1 or len(labels) >= 3):
                reason = "names in bold come back"
        case "colon-name":
            reason, kept = _judge_names(paragraphs, labels, counts, personal, sentences, share)
        case "point-caps":
            kept = [label for label in labels if label.personal or counts[label.key] > 1 or len(labels) >= 20]
            if alone:
                kept = [label for label in labels if counts[label.key] > 1]
            if recurring and len(counts) > 1 and len(kept) >= (10 if alone else 3):
                reason = "names in capitals come back before the words"
        case "point-name":
            reason, kept = _judge_points(paragraphs, labels, counts, personal, alone=alone)
    convention = Convention(
        kind=kind,
        alone=alone,
        uses=len(labels),
        speakers=len(counts),
        recurring=recurring,
        personal=len(personal),
        sentences=sentences,
        share=round(share, 3),
        accepted=bool(reason),
        reason=reason or "too little comes back",
    )
    return convention, kept


def _judge_names(
    paragraphs: _Paragraphs,
    labels: list[Label],
    counts: Counter[str],
    personal: list[Label],
    sentences: int,
    share: float,
) -> tuple[str, list[Label]]:
    """Names in small letters before a colon look like run-in headings: they need the most evidence."""
    kept = [label for label in labels if label.personal or counts[label.key] > 1]
    recurring = {label.key for label in labels if counts[label.key] > 1}
    if len(recurring) > 1 and len(kept) >= 5 and share >= 0.05 and sentences * 2 >= len(labels):
        return "several names come back before sentences", kept
    titled = {label.key for label in personal}
    if len(titled) > 1 and recurring & titled:
        return "people with titles come back", kept
    answered = [
        label
        for pair in pairwise(personal)
        for label in pair
        if pair[0].key != pair[1].key
        and pair[1].start - pair[0].end < 2000
        and all(_speaks(paragraphs, label, pair[1].start if label is pair[0] else None) for label in pair)
    ]
    if answered:
        return _ANSWERS, list(dict.fromkeys(answered))
    return "", kept


def _judge_points(
    paragraphs: _Paragraphs,
    labels: list[Label],
    counts: Counter[str],
    personal: list[Label],
    *,
    alone: bool,
) -> tuple[str, list[Label]]:
    """Names in small letters before a full stop look like short sentences: most paragraphs must begin so."""
    kept = [label for label in labels if counts[label.key] > 2]
    if alone:
        return "", kept
    if len({label.key for label in kept}) > 1 and len(kept) >= 10 and _share(paragraphs, kept) >= 0.3:
        return "the same names begin most paragraphs", kept
    titled = {label.key for label in personal}
    again = {key for key in titled if counts[key] > 1}
    if len(titled) > 1 and len(again) > 1 and len(personal) >= 5 and _share(paragraphs, personal) >= 0.1:
        return "people with titles come back", personal
    return "", kept


def _between(labels: list[Label], sure: list[Label]) -> list[Label]:
    """The labels from the first sure one to the last, and those at the end that follow closely."""
    if not sure:
        return []
    return [label for label in labels if sure[0].start <= label.start <= sure[-1].start]


def _share(paragraphs: _Paragraphs, labels: Sequence[Label]) -> float:
    """The part of the paragraphs from the first label to the last in which one stands."""
    if not labels:
        return 0.0
    indices = {paragraphs.index(label.start) for label in labels}
    places = [index for index in indices if index is not None]
    return len(places) / (max(places) - min(places) + 1)


def _followed_by_sentences(paragraphs: _Paragraphs, labels: Sequence[Label]) -> int:
    following: list[int | None] = [label.line_start for label in labels[1:]]
    return sum(
        _speaks(paragraphs, label, until) for label, until in zip(labels, [*following, None], strict=True)
    )


def _speaks(paragraphs: _Paragraphs, label: Label, until: int | None) -> bool:
    """Whether after a label come words of a sentence, and not a name or a number as in a list."""
    index = paragraphs.index(label.start)
    end = label.end + 400 if until is None else min(until, label.end + 400)
    if index is not None and not label.alone:
        end = min(end, paragraphs.blocks[index][1])
    said = paragraphs.text[label.end : end]
    words = said.split()
    small = sum(word[0].islower() for word in words)
    return small * 3 >= len(words) > 1 and any(mark in said for mark in _SENTENCE_MARKS)


def _opens(paragraphs: _Paragraphs, label: Label) -> bool:
    """Whether a label stands before nearly all of the words of a text."""
    return label.start * 5 <= len(paragraphs.text) and not label.alone
