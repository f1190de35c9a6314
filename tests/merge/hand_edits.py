"""Seeded edits of TEI as an editor makes them by hand: in the tags and between them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_TOKENS = re.compile(
    r"""<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+""", re.DOTALL
)
_WORD = re.compile(r"(?<![\w&#;])[A-Za-z]{4,12}(?![\w;])")
_IN = frozenset(["p", "head", "quote", "q", "said", "soCalled", "hi", "item", "l", "note", "ab"])
_TAKEN_OFF = frozenset(["hi", "persName", "soCalled", "emph", "title"])

#: Every edit leaves a trace with the editor's word in it.
TRACES = (
    'rend="{}hand"',
    "{} look",
    "{}Thus.",
    'subtype="{}r"',
    "{}ish",
    "{}s</corr>",
    "{}x",
    "{}A new one",
    '"{}n"',
)
KINDS = (
    *("wrap", "correct", "note", "comment", "word", "attribute", "unwrap", "split", "header"),
    *("rename", "delete", "insert", "stretch"),
)


@dataclass
class Edited:
    """The edited file, and how many edits of each kind are in it."""

    xml: str
    made: dict[str, int] = field(default_factory=dict)


class _File:
    def __init__(self, xml: str) -> None:
        self.tokens = _TOKENS.findall(xml)
        self.parents: list[str] = []
        self.closings: dict[int, int] = {}
        self.body = 0
        opened: list[tuple[str, int]] = []
        for at, token in enumerate(self.tokens):
            name = re.match(r"</?([\w:]+)", token)
            if token.startswith("</"):
                self.closings[opened.pop()[1]] = at
            self.parents.append(opened[-1][0] if opened else "")
            if name and not token.startswith("</") and not token.endswith("/>"):
                opened.append((name[1], at))
            if name and name[1] == "teiHeader":
                self.body = at

    def name(self, at: int) -> str:
        found = re.match(r"<([\w:]+)", self.tokens[at])
        return found[1] if found else ""


def edited(
    xml: str,
    seed: int,
    count: int,
    *,
    word: str = "",
    half: int | None = None,
    kinds: tuple[str, ...] = KINDS,
) -> Edited:
    """``xml`` with ``count`` edits at places far enough from each other; ``word`` tells two editors apart.

    ``half``: 0, only in the first half of the tags and texts; 1, only in the second.
    """
    rng = random.Random(seed)
    file = _File(xml)
    done = Edited("")
    middle = len(file.tokens) // 2
    places = list(range(len(file.tokens)))
    if half is not None:
        places = places[: middle - 9] if half == 0 else places[middle + 9 :]
    rng.shuffle(places)
    used: set[int] = set()
    order = [kinds[number % len(kinds)] for number in range(count)]
    for kind in order:
        for at in places:
            if any(near in used for near in range(at - 6, at + 7)):
                continue
            if _edit(file, at, kind, rng, word):
                used.add(at)
                done.made[kind] = done.made.get(kind, 0) + 1
                break
    done.xml = "".join(file.tokens)
    return done


def _edit(file: _File, at: int, kind: str, rng: random.Random, mark: str) -> bool:
    if kind == "header":
        in_text = at < file.body and not file.tokens[at].startswith("<")
        return in_text and _in_word(file, at, rng, lambda word: f"{word}{mark}x")
    if at < file.body or not file.body:
        return False
    if kind == "stretch":
        return _stretch(file, at)
    if kind in ("attribute", "unwrap", "rename", "delete", "insert"):
        return at in file.closings and _edit_element(file, at, kind, mark)
    if file.tokens[at].startswith("<") or file.parents[at] not in _IN:
        return False
    if kind == "split" and file.parents[at] != "p":
        return False
    return _in_word(
        file,
        at,
        rng,
        lambda word: {
            "wrap": f'<hi rend="{mark}hand">{word}</hi>',
            "correct": f"<choice><sic>{word}</sic><corr>{word}{mark}s</corr></choice>",
            "note": f'{word}<note type="editorial" place="inline" xml:id="{mark}{at}">{mark}Thus.</note>',
            "comment": f"{word}<!-- {mark} look -->",
            "word": f"{word}{mark}ish",
            "split": f"{word}</p><p>",
        }[kind],
    )


def _edit_element(file: _File, at: int, kind: str, mark: str) -> bool:
    end, token = file.closings[at], file.tokens[at]
    if kind == "insert":
        if file.name(at) == "p":
            file.tokens[end] += f"\n<p>{mark}A new one.</p>"
        return file.name(at) == "p"
    if kind == "attribute":
        fits = file.name(at) in ("persName", "div", "seg") and "subtype" not in token
        if fits:
            file.tokens[at] = re.sub(r"^<[\w:]+", rf'\g<0> subtype="{mark}r"', token)
        return fits
    if file.name(at) not in _TAKEN_OFF or any("xml:id" in one for one in file.tokens[at:end]):
        return False
    if kind == "rename":
        file.tokens[at], file.tokens[end] = f'<seg type="{mark}n">', "</seg>"
    elif kind == "unwrap":
        file.tokens[at] = file.tokens[end] = ""
    else:
        file.tokens[at : end + 1] = [""] * (end + 1 - at)
    return True


def _stretch(file: _File, at: int) -> bool:
    """Take the next word into an element."""
    if not re.match(r"</(hi|persName|title|soCalled|emph)>", file.tokens[at]) or at + 1 == len(file.tokens):
        return False
    word = re.match(r" [A-Za-z]{3,}(?![\w;])", file.tokens[at + 1])
    if word is None:
        return False
    file.tokens[at + 1] = f"{word[0]}{file.tokens[at]}{file.tokens[at + 1][word.end() :]}"
    file.tokens[at] = ""
    return True


def _in_word(file: _File, at: int, rng: random.Random, change: Callable[[str], str]) -> bool:
    words = list(_WORD.finditer(file.tokens[at]))
    if not words:
        return False
    word = rng.choice(words)
    token = file.tokens[at]
    file.tokens[at] = token[: word.start()] + change(word[0]) + token[word.end() :]
    return True
