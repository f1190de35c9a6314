"""Who speaks when: turns of a transcript or play, by their labels (TEI Guidelines, chapters 7.2.2 and 8).

Nothing is taken for a label on its looks alone ("Three causes: …" looks like "Anna Smith: …"). The
shapes that occur are weighed over the whole text first: does a shape come back, with the same names, over
enough of the paragraphs? The evidence is data (`Convention`), so that a program can show it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Final, NamedTuple

from tei.span import Span
from tei.speech.evidence import ANSWERS, JUDGES, ONE_SPEAKER, Evidence, Paragraphs
from tei.speech.labels import Kind, Label, find_labels
from tei.speech.naming import slug

__all__ = ["Convention", "Turn", "find_conventions", "find_turns", "turn_spans"]

_SENTENCE_END: Final = frozenset(".!?:;…)]}>”’\"'-–—*")
_BLANK_LINE: Final = re.compile(r"(?>\r\n?|\n)[ \t]*+[\r\n]")
# Before these marks names stand in capitals or in small letters, in one text.
_EITHER_CASE: Final = frozenset({"colon", "dash"})


class Convention(NamedTuple):
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


class Turn(NamedTuple):
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


def find_turns(text: str, blocks: Sequence[tuple[int, int]], boundaries: Iterable[int] = ()) -> list[Turn]:
    """Find the turns of a text whose paragraphs stand at ``blocks`` (offsets, in order).

    No turn reaches over a place of ``boundaries`` (offsets of headings and divisions). A text that does not
    print its speakers gives no turns.
    """
    paragraphs = Paragraphs(text, blocks)
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
    return [convention for convention, _ in _weigh(Paragraphs(text, blocks))]


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


def _accepted(paragraphs: Paragraphs) -> tuple[list[Label], bool]:
    """The labels that are taken for labels, and whether they run through the whole text."""
    weighed = _weigh(paragraphs)
    chosen = [label for convention, labels in weighed if convention.accepted for label in labels]
    alone = any(convention.accepted and convention.reason == ONE_SPEAKER for convention, _ in weighed)
    if not alone:
        others = [label for convention, labels in weighed if not convention.accepted for label in labels]
        chosen += _beside(paragraphs, chosen, others)
    chosen.sort(key=lambda label: label.start)
    return chosen, alone or len(chosen) * 100 >= len(paragraphs.blocks)


def _beside(paragraphs: Paragraphs, chosen: list[Label], others: list[Label]) -> list[Label]:
    """Those of ``others`` that are labels, too, beside the ``chosen`` ones, which the text is known for."""
    known = {label.key for label in chosen}
    customs = {(label.mark, label.alone) for label in chosen}
    marks = {mark for mark, _ in customs}
    uses = Counter((label.mark, label.key) for label in others)
    text = paragraphs.text
    found: list[Label] = []
    for label in others:
        again = uses[label.mark, label.key] > (2 if label.mark == "question" else 1)
        if label.mark == "question":
            # Questions whose answers have a name before them; one named by a letter.
            letter = label.key == "q" or (again and text[label.end - 1] == ":")
            good = letter and bool(marks & _EITHER_CASE)
        elif label.mark not in marks:
            good = False
        elif label.key in known:
            good = True
        elif label.mark in _EITHER_CASE:
            # A title will do, in either sort of letters.
            good = label.personal and (label.mark, label.alone) in customs and paragraphs.speaks(label)
        else:
            good = label.personal and again and paragraphs.leads(label) and paragraphs.speaks(label)
        if good:
            found.append(label)
    return found


def _weigh(paragraphs: Paragraphs) -> list[tuple[Convention, list[Label]]]:
    """Sort the labels by their shape and judge each shape by its evidence."""
    families: dict[tuple[Kind, bool], list[Label]] = {}
    for label in find_labels(paragraphs.text, paragraphs.starts):
        if _well_placed(paragraphs, label):
            families.setdefault((label.kind, label.alone), []).append(label)
    uses = Counter(
        (label.mark, label.key) for labels in families.values() for label in labels if not label.vague
    )
    weighed = [
        _judge(paragraphs, labels, {key for key, times in uses.items() if times > 1})
        for labels in families.values()
    ]
    return _one_custom(weighed)


def _one_custom(weighed: list[tuple[Convention, list[Label]]]) -> list[tuple[Convention, list[Label]]]:
    """A text has one custom, names before a colon, say, or before a full stop: the one with most uses."""
    uses: Counter[str] = Counter()
    for convention, labels in weighed:
        if convention.accepted:
            uses[_custom(convention)] += len(labels)
    if sum(convention.accepted for convention, _ in weighed) < 2:
        return weighed
    prevailing = uses.most_common(1)[0][0]
    settled = []
    for convention, labels in weighed:
        # Names that do not come back are, beside another custom, a list (of the cast, of those present).
        other = _custom(convention) != prevailing or convention.reason == ANSWERS
        if convention.accepted and other:
            reason = "another custom prevails in the text"
            settled.append((convention._replace(accepted=False, reason=reason), labels))
        else:
            settled.append((convention, labels))
    return settled


def _custom(convention: Convention) -> str:
    """What marks the labels of a convention; questions and answers go with names before a colon."""
    mark = convention.kind.partition("-")[0]
    return "colon" if mark == "question" else mark


def _well_placed(paragraphs: Paragraphs, label: Label) -> bool:
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
    return bool(ended) and (leads or label.mark in {"colon", "dash", "plain"} or label.personal)


def _judge(
    paragraphs: Paragraphs, labels: list[Label], recurring: Container[tuple[str, str]]
) -> tuple[Convention, list[Label]]:
    kind, alone = labels[0].kind, labels[0].alone
    evidence = Evidence(paragraphs, labels, recurring)
    reason, kept = JUDGES[kind](evidence)
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
    return convention, kept if reason else labels
