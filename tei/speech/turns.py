"""Who speaks when: turns of a transcript or play, by their labels (TEI Guidelines, chapters 7.2.2 and 8).

Nothing is taken for a label on its looks alone ("Three causes: …" looks like "Anna Smith: …"). The
shapes that occur are weighed over the whole text first: does a shape come back, with the same names, over
enough of the paragraphs? The evidence is data (`Convention`), so that a program can show it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tei.span import Span
from tei.speech.labels import Kind, Label, find_labels, slug

__all__ = ["Convention", "Turn", "find_conventions", "find_turns", "turn_spans"]

_SENTENCE_END: Final = frozenset(".!?:;…)]}>”’\"'-–—*")
_BLANK_LINE: Final = re.compile(r"(?>\r\n?|\n)[ \t]*+[\r\n]")
_SENTENCE_MARKS: Final = ".!?…"
_POINTS: Final = frozenset({"point-caps", "point-name"})
_ONE_SPEAKER: Final = "the one speaker is named at the beginning"
_ANSWERS: Final = "people with titles answer each other"


@dataclass(frozen=True, slots=True)
class Convention:
    """A shape of labels and the evidence on it.

    ``alone`` means that the label has a line of its own. ``uses`` counts what has the shape, ``speakers``
    the different names, ``recurring`` those that come back, ``personal`` the uses with a title, an office
    or a party, ``sentences`` the uses that are followed by at least a sentence; ``share`` is the part of
    the paragraphs between first and last use that hold one. ``accepted`` is the verdict, ``reason`` why.
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

    ``label`` are the label's offsets, ``name`` the speaker as printed there, ``blocks`` the first and the
    last paragraph it takes part in (indices), ``kind`` the shape of the label.
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
            chosen += [
                label
                for label in labels
                if label.personal and convention.alone in colons and _speaks(paragraphs, label)
            ]
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
    return _one_custom(weighed)


def _one_custom(weighed: list[tuple[Convention, list[Label]]]) -> list[tuple[Convention, list[Label]]]:
    """A text has one custom, names before a colon or before a full stop: the one with more uses."""
    accepted = [(convention, len(labels)) for convention, labels in weighed if convention.accepted]
    if len(accepted) < 2:
        return weighed
    points = sum(uses for convention, uses in accepted if convention.kind in _POINTS)
    others = sum(uses for convention, uses in accepted if convention.kind not in _POINTS)
    settled = []
    for convention, labels in weighed:
        prevails = (convention.kind in _POINTS) == (points > others)
        # Names that do not come back are, beside another custom, a list (of the cast, of those present).
        if convention.accepted and (not prevails or convention.reason == _ANSWERS):
            reason = "another custom prevails in the text"
            settled.append((replace(convention, accepted=False, reason=reason), labels))
        else:
            settled.append((convention, labels))
    return settled


def _well_placed(paragraphs: _Paragraphs, label: Label) -> bool:
    """Whether a label stands where labels do: at the start of a paragraph, or of a line after a full stop."""
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
    evidence = _Evidence(paragraphs, labels, alone=alone)
    reason, kept = _JUDGES[kind](evidence)
    convention = Convention(
        kind=kind,
        alone=alone,
        uses=len(labels),
        speakers=len(evidence.counts),
        recurring=len(evidence.recurring),
        personal=len(evidence.personal),
        sentences=evidence.sentences,
        share=round(evidence.share, 3),
        accepted=bool(reason),
        reason=reason or "too little comes back",
    )
    return convention, kept


class _Evidence:
    """What the judges look at: the labels of one shape, counted."""

    def __init__(self, paragraphs: _Paragraphs, labels: list[Label], *, alone: bool) -> None:
        self.paragraphs = paragraphs
        self.labels = labels
        self.alone = alone
        self.counts = Counter(label.key for label in labels)
        self.recurring = {key for key, uses in self.counts.items() if uses > 1}
        self.personal = [label for label in labels if label.personal]
        self.titled = {label.key for label in self.personal}
        self.sure = [label for label in labels if label.personal or label.key in self.recurring]
        self.sentences = _followed_by_sentences(paragraphs, labels)
        self.share = _share(paragraphs, labels)

    @property
    def returns(self) -> bool:
        """A name comes back, beside others or often."""
        return bool(self.recurring) and (len(self.counts) > 1 or len(self.labels) >= 3)


# A judge gives the reason for accepting a shape ("" for none), and which of its labels are good.
_Verdict = tuple[str, list[Label]]


def _judge_questions(evidence: _Evidence) -> _Verdict:
    both = len(evidence.counts) == 2 and len(evidence.labels) >= 3
    return "questions and answers alternate" if both else "", evidence.labels


def _judge_capitals(evidence: _Evidence) -> _Verdict:
    labels, personal, sure = evidence.labels, evidence.personal, evidence.sure
    if evidence.returns:
        if evidence.alone or not sure:
            return "names in capitals come back", sure
        # One who speaks once has no title, maybe, but speaks among the others.
        between = [label for label in labels if sure[0].start <= label.start <= sure[-1].start]
        return "names in capitals come back", between
    if len(evidence.titled) > 1 and evidence.sentences * 2 >= len(labels):
        return "several offices or titles speak", personal
    if personal and _opens(evidence.paragraphs, personal[0]):
        return _ONE_SPEAKER, personal[:1]
    return "", sure


def _judge_bold(evidence: _Evidence) -> _Verdict:
    return "names in bold come back" if evidence.returns else "", evidence.labels


def _judge_capitals_before_points(evidence: _Evidence) -> _Verdict:
    labels = evidence.labels
    kept = labels if len(labels) >= 20 else evidence.sure
    if evidence.alone:
        kept = [label for label in labels if label.key in evidence.recurring]
    enough = len(kept) >= (10 if evidence.alone else 3)
    if evidence.recurring and len(evidence.counts) > 1 and enough:
        return "names in capitals come back before the words", kept
    return "", kept


def _judge_names(evidence: _Evidence) -> _Verdict:
    """Names in small letters before a colon look like run-in headings: they need the most evidence."""
    labels, recurring = evidence.labels, evidence.recurring
    spoken = evidence.sentences * 2 >= len(labels)
    if len(recurring) > 1 and len(evidence.sure) >= 5 and evidence.share >= 0.05 and spoken:
        return "several names come back before sentences", evidence.sure
    if len(evidence.titled) > 1 and recurring & evidence.titled:
        return "people with titles come back", evidence.sure
    answers: list[Label] = []
    for first, second in pairwise(evidence.personal):
        near = second.start - first.end < 2000 and first.key != second.key
        if (
            near
            and _speaks(evidence.paragraphs, first, second.start)
            and _speaks(evidence.paragraphs, second)
        ):
            answers += [first, second]
    if answers:
        return _ANSWERS, list(dict.fromkeys(answers))
    return "", evidence.personal


def _judge_names_before_points(evidence: _Evidence) -> _Verdict:
    """Names in small letters before a full stop look like short sentences: most paragraphs must begin so."""
    paragraphs, counts = evidence.paragraphs, evidence.counts
    kept = [label for label in evidence.labels if counts[label.key] > 2]
    if evidence.alone:
        return "", kept
    if len({label.key for label in kept}) > 1 and len(kept) >= 10 and _share(paragraphs, kept) >= 0.3:
        return "the same names begin most paragraphs", kept
    personal = evidence.personal
    several = len(evidence.titled & evidence.recurring) > 1 and len(personal) >= 5
    if several and _share(paragraphs, personal) >= 0.1:
        return "people with titles come back", personal
    return "", kept


_JUDGES: Final[dict[Kind, Callable[[_Evidence], _Verdict]]] = {
    "question-answer": _judge_questions,
    "colon-caps": _judge_capitals,
    "colon-bold": _judge_bold,
    "colon-name": _judge_names,
    "point-caps": _judge_capitals_before_points,
    "point-name": _judge_names_before_points,
}


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


def _speaks(paragraphs: _Paragraphs, label: Label, until: int | None = None) -> bool:
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
    """Whether a label stands before nearly all of the words of a text (a title may come first)."""
    return (label.start < 500 or label.start * 5 <= len(paragraphs.text)) and not label.alone
