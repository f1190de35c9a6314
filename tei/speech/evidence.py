"""The evidence on a shape of labels, and who judges it: do names come back, do words of a sentence follow?"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from tei.speech.labels import Kind, Label

_SENTENCE_MARKS: Final = ".!?…"
ONE_SPEAKER: Final = "the one speaker is named at the beginning"
ANSWERS: Final = "people with titles answer each other"
# In a conversation, labels stand before this part of the paragraphs or more.
_DENSE: Final = 0.2


class Paragraphs:
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

    def speaks(self, label: Label, until: int | None = None) -> bool:
        """Whether after a label come words of a sentence, and not a name or a number as in a list."""
        index = self.index(label.start)
        end = label.end + 400 if until is None else min(until, label.end + 400)
        if index is not None and not label.alone:
            end = min(end, self.blocks[index][1])
        said = self.text[label.end : end]
        words = said.split()
        small = sum(word[0].islower() for word in words)
        return small * 3 >= len(words) > 1 and any(mark in said for mark in _SENTENCE_MARKS)

    def heads(self, label: Label) -> bool:
        """Whether what follows on the line is set like a heading: with capitals, and no full stop."""
        line = self.text[label.end : label.end + 80].lstrip(" \t").partition("\n")[0].rstrip()
        words = line.split()
        if len(words) < 2:
            return False
        title = line[-1].isalpha() and all(word[0].isupper() for word in words if len(word) > 3)
        return title or line.isupper()

    def share(self, labels: Sequence[Label]) -> float:
        """The part of the paragraphs from the first label to the last in which one stands."""
        if not labels:
            return 0.0
        indices = {self.index(label.start) for label in labels}
        places = [index for index in indices if index is not None]
        return len(places) / (max(places) - min(places) + 1)

    def opens(self, label: Label) -> bool:
        """Whether a label stands before nearly all of the words of a text (a title may come first)."""
        return (label.start < 500 or label.start * 5 <= len(self.text)) and not label.alone


class Evidence:
    """What the judges look at: the labels of one shape, counted; the vague ones for themselves.

    ``recurring`` are the names that come back before the same mark (`Label.mark`) in whatever shape.
    """

    def __init__(
        self, paragraphs: Paragraphs, labels: list[Label], recurring: Container[tuple[str, str]]
    ) -> None:
        self.paragraphs = paragraphs
        self.labels = [label for label in labels if not label.vague]
        self.alone = labels[0].alone
        self.counts = Counter(label.key for label in self.labels)
        self.recurring = {label.key for label in self.labels if (label.mark, label.key) in recurring}
        self.personal = [label for label in self.labels if label.personal]
        self.titled = {label.key for label in self.personal}
        self.sure = [label for label in self.labels if label.personal or label.key in self.recurring]
        self.sentences = self._followed_by_sentences()
        self.share = paragraphs.share(self.labels)
        uses = Counter(label.key for label in labels if label.vague)
        self.vague = [label for label in labels if label.vague and uses[label.key] > 2]

    @property
    def returns(self) -> bool:
        """A name comes back, beside others or often."""
        return bool(self.recurring) and (len(self.counts) > 1 or len(self.labels) >= 3)

    def between(self, labels: Sequence[Label]) -> list[Label]:
        """The labels that stand among the sure ones."""
        first, last = self.sure[0].start, self.sure[-1].start
        return [label for label in labels if first <= label.start <= last]

    def often(self, times: int) -> list[Label]:
        """The labels of those who come back so many times."""
        return [label for label in self.labels if self.counts[label.key] >= times]

    def _followed_by_sentences(self) -> int:
        following: list[int | None] = [label.line_start for label in self.labels[1:]]
        return sum(
            self.paragraphs.speaks(label, until)
            for label, until in zip(self.labels, [*following, None][: len(self.labels)], strict=True)
        )


# A judge gives the reason for accepting a shape ("" for none), and which of its labels are good.
Verdict = tuple[str, list[Label]]


def _judge_letters(evidence: Evidence) -> Verdict:
    """Questions and answers, or initials: letters that alternate, and do not count up as in a list."""
    pair = [label for label in evidence.labels if label.key in {"q", "a"}]
    if len({label.key for label in pair}) == 2 and len(pair) >= 3:
        return "questions and answers alternate", pair
    often = evidence.often(3)
    turns = [(ord(second.key[-1]) - ord(first.key[-1])) for first, second in pairwise(often)]
    spoken = evidence.sentences * 2 >= len(evidence.labels)
    if turns and spoken and turns.count(1) * 2 < len(turns) and turns.count(0) * 3 < len(turns):
        return "people named by a letter answer each other", often
    return "", []


def _judge_capitals(evidence: Evidence) -> Verdict:
    labels, personal, sure = evidence.labels, evidence.personal, evidence.sure
    if evidence.returns:
        if evidence.alone or not sure:
            return "names in capitals come back", sure
        # One who speaks once has no title, maybe, but speaks among the others.
        certain = {label.start for label in sure}
        single = [label for label in labels if label.start in certain or not evidence.paragraphs.heads(label)]
        return "names in capitals come back", evidence.between(single)
    if len(evidence.titled) > 1 and evidence.sentences * 2 >= len(labels):
        return "several offices or titles speak", personal
    if personal and evidence.paragraphs.opens(personal[0]):
        return ONE_SPEAKER, personal[:1]
    return "", []


def _judge_capitals_before_dashes(evidence: Evidence) -> Verdict:
    """A dash parts many things: several names come back before sentences, or people with titles speak."""
    paragraphs = evidence.paragraphs
    sure = [label for label in evidence.sure if label.personal or not paragraphs.heads(label)]
    spoken = evidence.sentences * 2 >= len(evidence.labels)
    if not spoken or len({label.key for label in sure}) < 2 or len(sure) < 3:
        return "", []
    if evidence.recurring:
        more = [label for label in evidence.between(evidence.labels) if paragraphs.speaks(label)]
        kept = {label.start: label for label in [*sure, *more]}
        return "names in capitals come back before dashes", sorted(kept.values(), key=_place)
    return ("several offices or titles speak", sure) if len(evidence.titled) > 1 else ("", [])


def _judge_bold(evidence: Evidence) -> Verdict:
    if evidence.returns:
        return "names in bold come back", sorted([*evidence.labels, *evidence.vague], key=_place)
    return "", []


def _judge_emphasised(evidence: Evidence) -> Verdict:
    """Words set off that end with a full stop, or fill a line, may be stage directions or headings."""
    said = [label for label in [*evidence.labels, *evidence.vague] if evidence.paragraphs.leads(label)]
    uses = Counter(label.key for label in said)
    kept = sorted((label for label in said if uses[label.key] > 1), key=_place)
    several = len({label.key for label in kept}) > 1 and len(kept) >= 4
    if several and evidence.paragraphs.share(kept) >= _DENSE:
        return "emphasised names come back", kept
    return "", []


def _judge_capitals_before_points(evidence: Evidence) -> Verdict:
    labels = evidence.labels
    kept = labels if len(labels) >= 20 else evidence.sure
    if evidence.alone:
        kept = evidence.often(2)
    enough = len(kept) >= (10 if evidence.alone else 3)
    if evidence.recurring and len(evidence.counts) > 1 and enough:
        return "names in capitals come back before the words", kept
    return "", []


def _judge_capitals_above(evidence: Evidence) -> Verdict:
    """Names in capitals on a line of their own look like headings: they come back, right above the words."""
    kept = evidence.often(3)
    if len({label.key for label in kept}) > 1 and evidence.paragraphs.share(kept) >= _DENSE:
        return "names in capitals come back above the words", evidence.often(2)
    return "", []


def _judge_names_with_times(evidence: Evidence) -> Verdict:
    """The time beside a name says that someone begins to speak."""
    again = sum(label.key in evidence.recurring for label in evidence.labels)
    if again >= 4 and again * 3 >= len(evidence.labels) * 2:
        return "names with times come back", evidence.labels
    return "", []


def _judge_names(evidence: Evidence) -> Verdict:
    """Names in small letters before a colon look like run-in headings: they need the most evidence."""
    labels, recurring, paragraphs = evidence.labels, evidence.recurring, evidence.paragraphs
    spoken = evidence.sentences * 2 >= len(labels)
    if len(recurring) > 1 and len(evidence.sure) >= 5 and evidence.share >= 0.05 and spoken:
        sure = [label for label in evidence.sure if label.personal or not paragraphs.heads(label)]
        kept = {label.start: label for label in sure}
        if paragraphs.share(evidence.sure) >= _DENSE:
            # In a conversation, one who speaks once is known by name and surname.
            single = [label for label in evidence.between(labels) if " " in label.name]
            more = [label for label in [*single, *evidence.vague] if paragraphs.leads(label)]
            kept |= {label.start: label for label in more if label.vague or paragraphs.speaks(label)}
        return "several names come back before sentences", sorted(kept.values(), key=_place)
    if len(evidence.titled) > 1 and recurring & evidence.titled:
        return "people with titles come back", evidence.sure
    answers: list[Label] = []
    for first, second in pairwise(evidence.personal):
        near = second.start - first.end < 2000 and first.key != second.key
        if near and paragraphs.speaks(first, second.start) and paragraphs.speaks(second):
            answers += [first, second]
    if answers:
        return ANSWERS, list(dict.fromkeys(answers))
    return "", []


def _judge_names_before_points(evidence: Evidence) -> Verdict:
    """Names in small letters before a full stop look like short sentences: most paragraphs must begin so."""
    paragraphs = evidence.paragraphs
    kept = evidence.often(3)
    several = len({label.key for label in kept}) > 1 and len(kept) >= 10
    if several and paragraphs.share(kept) >= (0.4 if evidence.alone else 0.3):
        return "the same names begin most paragraphs", sorted({*kept, *evidence.personal}, key=_place)
    if evidence.alone:
        return "", []
    personal = evidence.personal
    several = len(evidence.titled & evidence.recurring) > 1 and len(personal) >= 5
    if several and paragraphs.share(personal) >= 0.1:
        return "people with titles come back", personal
    return "", []


def _place(label: Label) -> int:
    return label.start


JUDGES: Final[Mapping[Kind, Callable[[Evidence], Verdict]]] = MappingProxyType(
    {
        "question-answer": _judge_letters,
        "colon-caps": _judge_capitals,
        "colon-bold": _judge_bold,
        "colon-bracket": _judge_bold,
        "colon-name": _judge_names,
        "dash-caps": _judge_capitals_before_dashes,
        "dash-name": _judge_names,
        "point-caps": _judge_capitals_before_points,
        "point-name": _judge_names_before_points,
        "point-bold": _judge_emphasised,
        "plain-caps": _judge_capitals_above,
        "plain-bold": _judge_emphasised,
        "plain-name": _judge_names_with_times,
    }
)
"""Who judges which shape."""
