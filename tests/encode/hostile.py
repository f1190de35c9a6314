"""Texts that a program stumbles over: everything that looks like structure, at the wrong place."""

from __future__ import annotations

import random
from typing import Final

from hypothesis import strategies as st

from tei.edition.decisions import Decisions
from tei.edition.model import Edition
from tei.encode import encode
from tei.source import read_source

# What becomes white space, page breaks, notes, reactions, turns, lists, headings, hyphens, quotations; and
# characters that XML forbids, changes or gives a meaning to.
FRAGMENTS: Final = (
    *("\n", "\n", "\n\n", "\n\n\n", "\n\n\n\n", "\r\n", "\r"),
    *(" ", "\t", "   ", "\f", "\f\n", "\n\f", "\u00a0"),
    *("\x00", "\x07", "\x0b", "\x1b", "\x85", "\u2028"),
    *("\ufeff", "\ufffe", "\U0001ffff", "e\u0301", "\u202e"),
    *("<b>&amp;", "]]>", "<!--", "&#0;", "\ud7ff", "<?x?>", '"', "’", "“quote”", "„Wort“", "«mot»"),
    *("12\n", "1\n\n\n", "2\n\n\n\n", "3\n\n\n", "\n\n4\n\n\n"),
    *("\n\n5\n\n\n\n", "\n6\n", "- 7 -\n\n\n", "l2\n\n\n"),
    *("[[Page 12]]\n", "[[Page 13]]\n", "\n[[Page 14]]\n", "THE RUNNING HEAD\n", "THE RUNN1NG HEAD\n"),
    *("* note", "\n\n* A note that goes on and", "*", "**", " *\n"),
    *("♦ x", "†", "word.* ", "[1]", "1. Note text\n"),
    *("[2]", "\n\n[2] Second note.\n", "• item\n"),
    *("(Applause.)\n", "(Laughter, voices: “No”)", "[Applause]"),
    *("(Ap-\nplause.)", "(Stormy\napplause.)", "(Appl¬\nause)"),
    *("MR. SMITH: Hello there.\n", "MR. JONES: Yes indeed.\n\n"),
    *("\nMR. SMITH: (Laughter.)\n", "Q. What?\nA. That.\n"),
    *("**Bob:** hi there\n\n", "Name (X) : yes\n", "\nANNA\n\n"),
    *("SMITH:\n", "The PRESIDENT. Order.\n\n", "\\[Applause\\]\n"),
    *("1. item\n", "2. item\n", "\n\n1. item\n\n", "\n\n2. item\n\n"),
    *("a) x\n", "b) y\n", "\n\na) x\n\n", "\n\nb) y\n\n"),
    *("PART ONE\n", "PART TWO\n\n", "I. TITLE HERE\n"),
    *("\n\nII. TITLE\n\n", "A. Something here\n", "\n\nB. Something\n\n"),
    *("# Head\n", "## Sub\n", "\n\n# Head\n\n", "CONTENTS\n"),
    *("APPENDIX A\n\n", "\n\nI. A HEAD*\n\n", "\nMORE OF IT\n\n"),
    *("word¬\nrest", "word-\nrest", "-", "¬", "self-\nmade", "\u00ad\n", "wo¬\n\n1\n\n\n\nrd", " -\n"),
    *("Some words in a sentence.\n", "they said this:\n\n", "and", "s.", "A"),
    "A longer line of text that goes on for a while and ends here\n",
    *("x", "\n"),
    *("\n\n", "A line of smaller type, which has more letters in each of its lines.\n"),
)  # fmt: skip

ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "latin-1")
LINE_ENDS: Final = ("\n", "\r\n", "\r")

fragments = st.sampled_from(FRAGMENTS)
hostile_texts = st.lists(st.one_of(fragments, fragments, st.text(max_size=6)), max_size=30).map("".join)


def random_text(seed: int) -> str:
    """A hostile text, the same for a number always; the higher the number, the longer it may get."""
    chosen = random.Random(seed)
    return "".join(chosen.choices(FRAGMENTS, k=chosen.randint(1, 10 + seed // 3)))


def as_bytes(text: str, encoding: str, line_end: str) -> bytes | None:
    """The bytes of ``text`` as a file; ``None`` where the encoding has not all of its characters."""
    try:
        return text.replace("\n", line_end).encode(encoding)
    except UnicodeEncodeError:
        return None


def encoded(data: bytes, edition: Edition, told: str | None = None) -> bytes:
    """The TEI of a file."""
    return encode(read_source(data, told), edition, Decisions(), "text.txt", "text").xml
