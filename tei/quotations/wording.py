"""English words that tell how a quotation is meant, and the *shape* of a sentence made of them.

A shape has one letter for each word, by its class, and keeps the points: “In his letter, Brown wrote:” is
``ijD,NW:``. So small patterns tell what many words do, and a sentence is looked up only once. A text in
another language has fewer hints, and its quotations are told by their length and their surroundings alone.

=====  ========================================  =====  ==================================================
``O``  a verb of words spoken (``o``: “asks”)    ``N``  a name: another word with a capital
``V``  one that serves for writing too (``v``)   ``h``  he, she; ``e``: they; ``m``: it, him …
``W``  a verb of writing; ``r``: “read”          ``I``  I, we
``S``  speak; ``Q``: quote                       ``j``  his, her; ``n``: its, their …
``C``  call; ``K``: another verb of naming       ``d``  the, a, this …; ``l``: these …
``R``  known (as)                                ``t``  that; ``q``: who, which, when, because …
``G``  use, invoke, coin                         ``B``  is, was …; ``A``: has, would, not …
``D``  a document; ``U``: an edition             ``f``  of; ``F``: for; ``a``: as
``T``  a document that may have a title          ``p``  another preposition; ``b``: by; ``i``: in
``H``  entitled, headed …; ``J``: title          ``c``  and, or, but
``E``  what a person utters: a reply …           ``u``  up, out; ``y``: once, again, …ly
``X``  an expression: a term …; ``x``: words     ``s``  ’s
``M``  means, signifies …; ``L``: a language     ``g``  voices; ``k``: so-called; ``z``: instead
``Z``  according; ``Y``: see, cf.                ``0``  a number; ``P``: Vol., p.; ``w``: any other word
=====  ========================================  =====  ==================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

TOKEN: Final = re.compile(r"\w+(?:-\w+)*|['’][a-z]{1,3}\b|[^\w\s]")
"""What stands for one letter in a shape."""

# Regular verbs of one class: their forms are derived. “+” doubles the last letter.
_VERBS: Final = {
    "O": "ask answer reply cry shout exclaim whisper mutter murmur growl beg+ retort interrupt yell"
    " inquire scream rejoin sneer order command joke quip+ wonder swear+ plead",
    "V": "declare state add continue point warn announce assure admit+ insist remark observe explain"
    " boast proclaim claim assert argue complain conclude promise urge demand predict maintain affirm"
    " concede confess testify recall report suggest repeat mention describe denounce charge attack"
    " accuse inform stress emphasize gloss greet hail praise express note reveal exhort comment"
    " counsel advise summarize caution propose recommend assail condemn contend deny reiterate",
    "W": "publish print telegraph wire cable decree resolve communicate inscribe stipulate sign draft"
    " dictate",
    "Q": "quote cite",
    "K": "dub+ nickname name term label christen baptize shorten abbreviate",
    "G": "use invoke coin formulate characterize",
    "M": "mean signify translate render",
}
# Forms of these verbs that are nouns much more often.
_NOUNS: Final = (
    "answer attack boast charge claim command comment complaint counsel cry demand gloss joke note order"
    " praise promise remark reply report state stress decree decrees cable cables wire wires print prints"
    " draft drafts sign signs"
)
# All other words; the forms of irregular verbs stand among them.
_WORDS: Final = {
    "O": "told telling thought think thinking thinks swore",
    "o": "tells begs quips swears",
    "V": "say said saying begin began begun begins put putting wanted",
    "v": "says puts",
    "W": "write wrote writes written writing reads reading runs provides provided stating declaring"
    " resolving",
    "r": "read",
    "S": "speak speaks spoke speaking spoken",
    "C": "call calls called calling",
    "R": "known referred defined",
    "m": "it him them me us himself herself itself themselves",
    "L": "Russian English German French Latin Greek Italian Spanish Polish Hebrew Yiddish Chinese Arabic",
    "U": "edition editions version versions copy copies volume volumes author authors editor editors",
    "M": "meant meaning translation literally",
    "H": "entitled titled headed headlined",
    "B": "is are was were be been being am",
    "A": "has have had will would could can may might must shall should do does did not never cannot"
    " having won didn",
    "Z": "according",
    "D": "letter letters telegram telegrams cable cables decree decrees verdict verdicts indictment"
    " indictments declaration declarations documents minutes decision decisions directive directives"
    " message messages memorandum program programs statute statutes constitution constitutions"
    " proclamation proclamations appeal appeals notes diary diaries memoir memoirs stenogram sentence"
    " passage passages paragraph paragraphs testament footnote footnotes communique communiqué"
    " communiqués dispatch dispatches text postscript works anthem line lines proverb writings law"
    " article articles",
    "T": "book books film films novel novels pamphlet pamphlets play plays essay essays chapter chapters"
    " journal journals newspaper newspapers magazine magazines poem poems song songs hymn hymns opera"
    " operas symphony symphonies story stories biography biographies history histories editorial"
    " editorials document report lecture resolution resolutions review preface prefaces introduction"
    " introductions leaflet thesis theses brochure",
    "E": "speech statement denunciation warning plea address accusation description"
    " advice injunction opinion definition explanation theory doctrine account complaint dictum"
    " prediction proposal question admission tribute view testimony talk observation",
    "X": "term terms word phrase phrases formula formulas slogan slogans concept concepts name names"
    " expression expressions adjective adjectives prefix nickname nicknames epithet epithets label"
    " labels synonym synonyms euphemism euphemisms catchword catchwords notion invention coinage",
    "x": "words",
    "J": "title titles",
    "h": "he she",
    "e": "they",
    "j": "his her",
    "n": "its their our my your whose",
    "d": "the a an this some any no every each another such",
    "l": "these those following",
    "t": "that",
    "q": "who which whom when where while how what why because if since until though although unless",
    "a": "as like",
    "f": "of",
    "F": "for",
    "i": "in",
    "b": "by",
    "p": "at to on from with against about under after before between into than through upon among"
    " toward towards near outside inside within during over without",
    "c": "and or but",
    "u": "up out",
    "y": "once again then here there now later also already still ever even thus so yet only just indeed"
    " perhaps finally too first next",
    "w": "one two three all both most many few other others more less nothing nobody everybody",
    "g": "voice voices exclamation exclamations",
    "z": "instead place",
    "k": "so-called alleged supposed pseudo",
    "P": "vol p pp",
    "Y": "see cf re",
    "N": "Comrade",
}
_POINTS: Final = {
    **{point: point for point in ".,:;!?—–()[]“”\"‘’'/@"},
    **dict.fromkeys("*♦•†‡", "*"),
    **dict.fromkeys("«„‹", "“"),
    **dict.fromkeys("»›", "”"),
    "…": ".",
    "’s": "s",
    "'s": "s",
    "-": "–",
    "I": "I",
    "we": "I",
    "We": "I",
}


def _forms(verb: str) -> tuple[str, str, str, str]:
    """The forms of a regular verb; the second is that of the present, third person."""
    stem = verb.rstrip("+")
    if stem.endswith("e"):
        return stem, stem + "s", stem + "d", stem[:-1] + "ing"
    if stem.endswith("y"):
        return stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"
    double = stem + stem[-1] if verb.endswith("+") else stem
    return stem, stem + ("es" if stem.endswith(("s", "sh", "x")) else "s"), double + "ed", double + "ing"


def _table() -> Iterator[tuple[str, str]]:
    """Each word with its class; a later one takes the place of an earlier."""
    nouns = _NOUNS.split()
    for letter, verbs in _VERBS.items():
        present = letter.lower() if letter in "OV" else letter
        for verb in verbs.split():
            for number, form in enumerate(_forms(verb)):
                yield form, "E" if form in nouns else present if number == 1 else letter
    for letter, words in _WORDS.items():
        for word in words.split():
            yield word, letter


_CLASSES: Final[dict[str, str]] = {}
for _word, _letter in _table():
    # A noun that has the letters of a verb of speech is told from it by what precedes.
    if _letter not in "DTEX" or _CLASSES.get(_word, "K") in "KE":
        _CLASSES[_word] = _CLASSES[_word.capitalize()] = _letter
_CLASSES.update(_POINTS)


def shape(tokens: Iterable[str]) -> str:
    """One letter for each of ``tokens``."""
    get = _CLASSES.get
    return "".join(
        [
            get(token)
            or ("N" if token[0].isupper() else "y" if token[-2:] == "ly" else "0" if token.isdigit() else "w")
            for token in tokens
        ]
    )
