"""Reading the words between two brackets: do all of them belong to reports of an audience?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from tei.speech.vocabulary import Profile

_LETTER: Final = r"[^\W\d_]"
_BREAK: Final = r"[-¬\u00ad]\s{0,4}(?>\r\n?|\n)\s{0,8}"
_TOKEN: Final = re.compile(
    rf"""
    (?P<quote> [“„"«»] [^“”„"«»]{{1,300}} [”“"»«] | (?<!\w)[‘'](?=\w) [^‘"\n]{{1,200}}? [’'](?!\w) )
  | (?P<word> {_LETTER}+ (?: (?: {_BREAK} | [’'\-\u00ad] ) {_LETTER}+ )* )
  | (?P<time> \d\d?:\d\d (?: :\d\d )? (?: [.,]\d+ )? )
  | (?P<number> \d+ )
  | (?P<inner> [(\[{{] [^()\[\]{{}}]{{1,80}} [)\]}}] )
  | (?P<colon> : )
  | (?P<stop> [.;!?–—…|]+ | \s-+\s )
  | (?P<other> [\s*_\\&¡¿/,-]+ | [’'"“”„«»‘] )
    """,
    re.VERBOSE,
)
_WORD_BREAK: Final = re.compile(r"[-¬\u00ad]\s*[\r\n]\s*|\u00ad")
# Dashes part the pieces of a long report ("Beifall bei … – Zuruf von …"), unless quotation marks hold them.
_QUOTED: Final = r"(?P<quote>[“„«][^“”„«»]{1,300}[”“»])"
_PARTING: Final = r"(?P<dash>\s[–—-]\s|(?<=[.!?…])\s?[–—-]\s?(?=[^\s–—-]))"
_DASH: Final = re.compile(f"{_QUOTED}|{_PARTING}")
_STOP: Final = re.compile(rf"{_QUOTED}|{_PARTING}|(?P<point>[.!?…]\s+)(?=[^\W\d_])")
# "Dr. Jane Smith [Labour]:" is a member, named with a party or with a title.
_MEMBER: Final = re.compile(
    r"\s*(?P<title>(?:(?:Dr|Mr|Mrs|Ms|Prof|Abg|Hon|Sen|Mme|M|On|Deputy|Delegate|Comrade|Poseł|Posłanka"
    r"|Poslanec|Poslankyně|(?:(?:El|La|O|A)\s)?(?:señora?|Sra?|Deputad[oa]))\b\.?\s+)*)"
    r"(?P<name>(?:[^\W\d_](?:[\w.’'-]{0,40})\s+){0,6}[^\W\d_][\w.’'-]{0,40})"
    r"(?P<party>(?:\s*[(\[][^()\[\]]{1,60}[)\]]){0,2})\s*:(?=\s)"
)
_UNIT_OF_TIME: Final = re.compile(r"[\s-]{1,9}(?:min|sec|sek|минут|секунд)", re.IGNORECASE)
_ARTICLES: Final = frozenset({"the", "a", "an", "la", "le", "il", "el", "die", "der", "das", "de", "het"})
# Whose words may follow after a colon without quotation marks.
_CALLING: Final = frozenset({"voices", "cheering", "booing", "interjection", "indignation"})

_LONGEST_PARTY: Final = 6

KIND, VERB, WEAK, MODIFIER, SUBJECT, PLACE, OPENER = (1 << bit for bit in range(7))


class Entry(NamedTuple):
    """What a word is (flags), the kind it names as a noun, and the kind it names as a verb."""

    flags: int
    kind: str
    verb: str


_UNKNOWN: Final = Entry(0, "", "")


class Vocabulary:
    """A profile, made ready for looking words up."""

    __slots__ = ("_cries", "_exact", "_known", "_lengths", "_stems")

    def __init__(self, profile: Profile) -> None:
        self._exact: dict[str, Entry] = {}
        self._stems: dict[str, Entry] = {}
        self._known: dict[str, Entry] = {}
        for kind, words in profile.kinds.items():
            self._add(words, KIND, kind=kind)
        for kind, words in profile.verbs.items():
            self._add(words, VERB, verb=kind)
        for words, flag in (
            (profile.weak, WEAK),
            (profile.modifiers, MODIFIER),
            (profile.subjects, SUBJECT),
            (profile.places, PLACE),
            (profile.openers, OPENER),
        ):
            self._add(words, flag)
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._cries: dict[str, list[re.Pattern[str]]] = {}
        for cry in sorted(profile.cries, key=len, reverse=True):
            parts = cry.split()
            mark = r"(?:\s?[!])" + ("?" if len(parts) > 1 else "")
            pattern = r"[\s,!]{1,4}".join(map(re.escape, parts)) + r"(?!\w)" + mark
            self._cries.setdefault(parts[0], []).append(re.compile(pattern, re.IGNORECASE))

    def _add(self, words: Iterable[str], flag: int, *, kind: str = "", verb: str = "") -> None:
        for entry in words:
            word = entry.casefold()
            table = self._stems if word.endswith("*") else self._exact
            key = word.rstrip("*").replace("-", "")
            old = table.get(key, _UNKNOWN)
            # The first kind that names a word keeps it ("acclamations": applause, not cheering).
            table[key] = Entry(old.flags | flag, old.kind or kind, old.verb or verb)

    def look_up(self, word: str) -> Entry:
        """What a word is; it may be broken over two lines."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[word] = self._judge(_WORD_BREAK.sub("", word).casefold())
        return found

    def _judge(self, word: str) -> Entry:
        whole = word.replace("-", "").replace("’", "'")
        flags, kind, verb = self._exact.get(whole, _UNKNOWN)
        for length in self._lengths:
            stem = self._stems.get(whole[:length])
            if stem is not None and len(whole) >= length:
                flags, kind, verb = flags | stem.flags, kind or stem.kind, verb or stem.verb
        if flags:
            return Entry(flags, kind, verb)
        if "-" in word and all(self._judge(part).flags for part in word.split("-") if part):
            return Entry(MODIFIER, "", "")
        return self._judge(whole[:-2]) if whole.endswith("'s") else _UNKNOWN

    def cry(self, word: str, text: str, start: int, end: int) -> int | None:
        """Where a fixed exclamation ends that begins with ``word`` at ``start``, its mark included."""
        for pattern in self._cries.get(word.casefold(), ()):
            match = pattern.match(text, start, end)
            if match is not None:
                return match.end()
        return None


@lru_cache(maxsize=16)
def vocabulary(profile: Profile) -> Vocabulary:
    """The vocabulary of a profile; made once."""
    return Vocabulary(profile)


@dataclass(slots=True)
class Reading:
    """What was read in a bracket.

    ``nouns`` and ``verbs`` name kinds, ``calls`` are what members call out by name (offset and kind).
    ``strong`` tells of a word that means nothing else, ``article`` that "the" or "a" comes first.
    """

    nouns: list[tuple[int, str]] = field(default_factory=list)
    verbs: list[tuple[int, str]] = field(default_factory=list)
    calls: list[tuple[int, str]] = field(default_factory=list)
    voices: list[tuple[int, int]] = field(default_factory=list)
    strong: bool = False
    subject: bool = False
    place: bool = False
    article: bool = False

    def kinds(self) -> tuple[str, ...]:
        """The kinds in printed order, each once; verbs count if someone does it or nothing else is named."""
        named = self.nouns + self.calls
        if self.subject or not named:
            named += self.verbs
        return tuple(dict.fromkeys(kind for _, kind in sorted(named)))

    def absorb(self, other: Reading) -> None:
        """Add what another piece of the same bracket says."""
        self.nouns += other.nouns
        self.verbs += other.verbs
        self.voices += other.voices
        self.strong |= other.strong
        self.subject |= other.subject
        self.place |= other.place
        self.article |= other.article


def begins_well(text: str, start: int, words: Vocabulary) -> bool:
    """Whether the first word at ``start`` is one of the vocabulary."""
    token = _TOKEN.match(text, start)
    return token is not None and token.lastgroup == "word" and bool(words.look_up(token.group()).flags)


def read_content(text: str, start: int, end: int, words: Vocabulary) -> Reading | None:
    """Read what stands between the brackets; ``None`` if anything else than reactions stands there."""
    reading = Reading()
    free = 0
    pieces = list(_pieces(text, start, end))
    for number, (piece_start, piece_end) in enumerate(pieces):
        piece = _Piece(text, piece_end, words).read(piece_start)
        if piece is not None and piece.kinds():
            reading.absorb(piece)
        elif (voice := _member_voice(text, piece_start, piece_end)) is not None:
            reading.voices.append(voice)
            reading.calls.append((piece_start, "interjection"))
        elif number == 0:
            return _among_others(text, start, end, words)
        else:
            # What else is told, or a dash within what a member says: as long as it is the lesser part.
            free += 1
    return None if free * 2 >= len(pieces) else reading


def _among_others(text: str, start: int, end: int, words: Vocabulary) -> Reading | None:
    """What is reported first or last, beside something else: "(He shows the paper. Applause.)"."""
    # Sentences in brackets end with a full stop; titles of books do not.
    stops = {"dash", "point"} if text[end - 1] in ".!?…" else {"dash"}
    places = [stop.end() for stop in _STOP.finditer(text, start, end) if stop.lastgroup in stops]
    if not places or not text[start:end].lstrip()[:1].isupper():
        return None
    for first, last in ((places[-1], end), (start, places[0])):
        piece = _Piece(text, last, words).read(first)
        if piece is not None and piece.nouns and piece.strong:
            return piece
    return None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for dash in _DASH.finditer(text, start, end):
        if dash.lastgroup == "dash":
            yield position, dash.start()
            position = dash.end()
    yield position, end


def _member_voice(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words after "Name [Party]:" or "Mr. Name:"."""
    match = _MEMBER.match(text, start, end)
    if match is None or not (match["party"] or match["title"]):
        return None
    if any(word[0].islower() and len(word) > 3 for word in match["name"].split()):
        return None  # "Mrs. Smith looks in: …"; particles such as "von" are short
    return _trimmed(text, match.end(), end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


class _Piece:
    """One piece of a report, read word by word."""

    __slots__ = ("end", "first", "last", "names", "parties", "reading", "text", "words")

    def __init__(self, text: str, end: int, words: Vocabulary) -> None:
        self.text = text
        self.end = end
        self.words = words
        self.reading = Reading()
        self.names = False  # whether names may stand here ("from the Left")
        self.last = ""  # the kind named last, or "stop" after the end of a sentence
        self.first = True
        self.parties = False  # whether capitals set off a party ("CDU"), as they do not among capitals

    def read(self, start: int) -> Reading | None:
        """What the piece says; ``None`` if a word in it is foreign to reactions."""
        position = start
        self.parties = not self.text[start : self.end].isupper()
        while position < self.end:
            token = _TOKEN.match(self.text, position, self.end)
            if token is None:
                return None
            after = self._take(token)
            if after is None:
                return None
            position = after
        return self.reading

    def _take(self, token: re.Match[str]) -> int | None:
        """Where to go on after a token; ``None`` if it does not belong."""
        reading = self.reading
        match token.lastgroup:
            case "word":
                return self._word(token)
            case "quote":
                if self.first:
                    return None
                reading.voices.append(token.span())
            case "colon":
                return self._colon(token.end())
            case "number":
                if not self.names and not _UNIT_OF_TIME.match(self.text, token.end(), self.end):
                    return None
            case "inner":
                if not self.names:
                    return None
            case "stop":
                # The point of an abbreviation ("Abg. Meier") does not end the names.
                self.names &= token.group() == "."
                self.last = "stop"
            case _:
                pass
        return token.end()

    def _word(self, token: re.Match[str]) -> int | None:
        word = token.group()
        reading = self.reading
        if self.first or self.last == "stop":
            cry = self.words.cry(word, self.text, token.start(), self.end)
            if cry is not None:
                reading.voices.append((token.start(), cry))
                reading.nouns.append((token.start(), "voices"))
                self.first, self.last = False, "voices"
                return cry
        flags, kind, verb = self.words.look_up(word)
        party = self.parties and word.isupper() and 1 < len(word) <= _LONGEST_PARTY
        if not flags and not party and not (self.names and word[0].isupper()):
            return None
        if flags & KIND:
            reading.nouns.append((token.start(), kind))
            reading.strong |= not flags & WEAK
        elif flags & VERB:
            reading.verbs.append((token.start(), verb))
        if flags & (KIND | VERB):
            self.last = kind or verb
        elif self.last == "stop":
            self.last = ""
        reading.article |= self.first and word.casefold() in _ARTICLES
        reading.subject |= bool(flags & SUBJECT)
        reading.place |= bool(flags & PLACE)
        self.names |= bool(flags & OPENER)
        self.first = False
        return token.end()

    def _colon(self, after: int) -> int:
        """After "A voice:" the rest is what the voice says, where it has no quotation marks of its own."""
        said = _trimmed(self.text, after, self.end)
        if said is None:
            return after
        reading = self.reading
        quote = _TOKEN.match(self.text, said[0], self.end)
        quoted = quote is not None and quote.lastgroup == "quote"
        if reading.subject and not (reading.nouns or reading.verbs):
            # Members are named first, then what they call out ("A delegate: Never!").
            if not quoted and self.text[said[1] - 1] not in "!?":
                return after
            reading.nouns.append((after, "voices"))
        elif self.last not in _CALLING:
            return after
        if quoted:
            return after
        reading.voices.append(said)
        return self.end
