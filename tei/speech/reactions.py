"""What an audience does while someone speaks: "(Laughter, applause.)" (TEI Guidelines, chapter 8.3.3).

Minutes and transcripts report it in brackets, in words of a small vocabulary. A bracket is
taken for a reaction when all of it belongs to that vocabulary (`tei.speech.vocabulary`), so that an
editor's remark or a bracket in running prose is not. Time grows linearly with the text: no
bracket is read further than `MAX_LENGTH` characters, nor over the end of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from tei.span import Span
from tei.speech.vocabulary import DEFAULT_PROFILE, Profile
from tei.speech.wording import Reading, Vocabulary, begins_well, read_content, vocabulary

__all__ = [
    "DEFAULT_PROFILE",
    "MAX_LENGTH",
    "REACTION_CATEGORIES",
    "REACTION_KINDS",
    "Profile",
    "Reaction",
    "ReactionKind",
    "find_reactions",
    "reaction_spans",
]

MAX_LENGTH: Final = 500
"""No reaction is longer, brackets included (code points)."""


class ReactionKind(NamedTuple):
    """How a kind of reaction is encoded: element, ``@type``, and its description in the taxonomy."""

    element: str
    type: str
    description: str


# Values of @type are ParlaMint's where it has one (kinesic: applause; vocal: laughter, shouting,
# interruption; incident: sound, incident), else the kind's own name.
REACTION_KINDS: Final = MappingProxyType(
    {
        "applause": ReactionKind(
            "kinesic", "applause", "Applause: clapping of hands, or the thumping of desks that stands for it"
        ),
        "ovation": ReactionKind("kinesic", "applause", "Ovation: applause that honours, often standing"),
        "laughter": ReactionKind("vocal", "laughter", "Laughter, merriment"),
        "animation": ReactionKind("incident", "animation", "Animation: a lively stir of interest"),
        "movement": ReactionKind("incident", "movement", "Movement, sensation: a stir in the audience"),
        "commotion": ReactionKind("incident", "commotion", "Commotion, noise, murmuring, unrest"),
        "indignation": ReactionKind("incident", "indignation", "Indignation, protest, dissent"),
        "tumult": ReactionKind("incident", "tumult", "Tumult, uproar"),
        "voices": ReactionKind("vocal", "shouting", "Voices, cries or shouts from the audience"),
        "rising": ReactionKind("incident", "rising", "The audience rises"),
        "booing": ReactionKind("vocal", "shouting", "Booing, hissing, jeering"),
        "cheering": ReactionKind("vocal", "shouting", "Cheers, hurrahs, whistling in approval"),
        "interjection": ReactionKind("vocal", "interruption", "Interjection, interruption of the speaker"),
        "disorder": ReactionKind("incident", "disorder", "Disorder, disturbance of the meeting"),
        "music": ReactionKind("incident", "sound", "Music, singing"),
        "other": ReactionKind("incident", "incident", "Another reaction of the audience"),
    }
)

REACTION_CATEGORIES: Final[Sequence[tuple[str, str]]] = tuple(
    (f"reaction-{kind}", entry.description) for kind, entry in REACTION_KINDS.items()
)
"""The categories (``xml:id``, description) of the taxonomy that ``@ana`` points at."""

By = Literal["audience", "speaker", "member"]
_AUDIENCE: Final[frozenset[By]] = frozenset({"audience"})


class Reaction(NamedTuple):
    """A bracketed reaction: ``text[start:end]``, brackets included.

    ``kinds`` stand in the order in which they are printed. ``voices`` are the offsets of words
    that someone calls out, with their quotation marks. ``by`` tells whose reaction it is: the
    ``audience``'s; the ``speaker``'s own ("(Laughs.)"); or a ``member``'s, where the bracket is
    nothing but a named interjection ("(Smith [Labour]: No!)"). ``closed`` is false where the closing
    bracket is lost.
    """

    start: int
    end: int
    kinds: tuple[str, ...]
    voices: tuple[tuple[int, int], ...] = ()
    by: By = "audience"
    closed: bool = True


_OPEN: Final = re.compile(r"[(\[{](?=\s{0,8}[^\s()\[\]{}])")
_BRACKET_OR_END: Final = re.compile(r"[()\[\]{}]|(?>\r\n?|\n)[ \t]*+[\r\n]")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_BRACKETS: Final = "()[]{}"


def find_reactions(
    text: str, profile: Profile = DEFAULT_PROFILE, *, by: Collection[By] = _AUDIENCE
) -> list[Reaction]:
    """Find the bracketed reactions of a text, in order; they never overlap.

    ``by`` chooses whose: the audience's, and on demand the speaker's own and named members' interjections.
    """
    words = vocabulary(profile)
    found: list[Reaction] = []
    position = 0
    for match in _OPEN.finditer(text):
        # In Markdown a backslash may stand before it.
        start = match.start() - text.endswith("\\", 0, match.start())
        if start < position:
            continue
        reaction = _read_bracket(text, start, match.end(), words)
        if reaction is not None and reaction.by in by:
            found.append(reaction)
            position = reaction.end
    return found


def reaction_spans(text: str, reactions: Iterable[Reaction], who: str | None = None) -> list[Span]:
    """The spans for reactions of ``text``: ``kinesic``, ``vocal`` or ``incident``, inside ``desc`` and ``q``.

    ``who`` is the pointer to the audience (``"#delegates"``); reactions of others go without it.
    Raises ValueError for a reaction that lies beyond the text.
    """
    spans: list[Span] = []
    for reaction in reactions:
        if reaction.end > len(text):
            raise ValueError(f"the reaction {reaction.start}..{reaction.end} is not of this text")
        entry = REACTION_KINDS.get(reaction.kinds[0], REACTION_KINDS["other"])
        attributes = {"type": entry.type}
        if who is not None and reaction.by == "audience":
            attributes["who"] = who
        attributes["ana"] = " ".join(f"#reaction-{kind}" for kind in reaction.kinds)
        spans.append(Span(reaction.start, reaction.end, entry.element, attributes))
        spans.append(Span(reaction.start, reaction.end, "desc"))
        spans.extend(Span(start, end, "q") for start, end in reaction.voices)
    return spans


def _read_bracket(text: str, start: int, inside: int, words: Vocabulary) -> Reaction | None:
    """The reaction whose opening bracket ends at ``inside``, if it is one."""
    close = _closing_bracket(text, inside)
    if close is None:
        return _read_unclosed(text, start, inside, words)
    content_end = close - 1 if text[close - 1] == "\\" else close
    if text[close] == "]" and text.startswith("(", close + 1):
        return None  # a link of Markdown
    reading = read_content(text, inside, content_end, words)
    if reading is None:
        return None
    return _judge(text, start, close + 1, reading, closed=True)


def _closing_bracket(text: str, inside: int) -> int | None:
    """Where the bracket closes that opened before ``inside``; ``None`` where it does not in its paragraph."""
    depth = 0
    for bracket in _BRACKET_OR_END.finditer(text, inside, min(len(text), inside + MAX_LENGTH - 2)):
        character = bracket.group()
        if character in "([{":
            depth += 1
            if depth > 2:
                return None
        elif character not in ")]}":
            return None
        elif depth == 0:
            return bracket.start()
        else:
            depth -= 1
    return None


def _read_unclosed(text: str, start: int, inside: int, words: Vocabulary) -> Reaction | None:
    """A reaction that lost its closing bracket: the rest of its paragraph or line is nothing else."""
    if not begins_well(text, inside, words):
        return None
    limit = min(len(text), inside + MAX_LENGTH)
    stop = _BRACKET_OR_END.search(text, inside, limit)
    # It cannot reach over another bracket, of which one half would be missing.
    ends = [stop.start()] if stop else [limit] if limit == len(text) else []
    if stop is not None and stop.group() in _BRACKETS:
        ends.clear()
        limit = stop.start()
    for line in list(_LINE_END.finditer(text, inside, ends[0] if ends else limit))[:2][::-1]:
        following = text[line.end() : line.end() + 1]
        # Within a paragraph a line end will do only if a new sentence begins after it.
        if not following.islower() and not following.isspace():
            ends.append(line.start())
    for end in ends:
        reading = read_content(text, inside, end, words)
        if reading is not None and reading.nouns and reading.strong:
            printed = len(text[start:end].rstrip())
            return _judge(text, start, start + printed, reading, closed=False)
    return None


def _judge(text: str, start: int, end: int, reading: Reading, *, closed: bool) -> Reaction | None:
    """Make a reaction of what was read, if there is reason enough to take it for one."""
    kinds = reading.kinds()
    if not kinds:
        return None
    by: By = "audience"
    if reading.calls and not reading.nouns:
        by = "member"
    elif not reading.nouns and not reading.subject:
        by = "speaker"
    elif not (
        reading.strong or reading.place or reading.subject or _printed_apart(text, start, end, reading)
    ):
        return None
    return Reaction(start, end, kinds, tuple(reading.voices), by, closed)


def _printed_apart(text: str, start: int, end: int, reading: Reading) -> bool:
    """Whether a bracket with an ambiguous word stands as transcripts print it: alone, or as a sentence."""
    if reading.voices:
        return True
    if reading.article:
        return False
    before = text[max(0, start - 12) : start].rstrip(" \t")
    after = text[end : end + 12].lstrip(" \t")
    if (not before or before[-1] in "\r\n") and (not after or after[0] in "\r\n"):
        return True
    words = text[start:end].strip("\\()[]{} \t\r\n*_")
    return words[:1].isupper() and words[-1:] in {".", "!", "?", "…"}
