"""A name for each problem that stays the same while other lines come and go."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from tei.problems import Problem
from tei.report.excerpts import Excerpt

_BEFORE: Final = 60
_BEHIND: Final = 140
_NUMBERS: Final = re.compile(r"[0-9]+")


def fingerprints(
    problems: Iterable[Problem], lines: Mapping[tuple[str, int, int | None], Excerpt]
) -> list[str]:
    """Return a fingerprint for each of ``problems``, those of one file together, in the order of the file.

    It is made of the code, the words of the message without their numbers, and the line of the file around
    the place with white space folded; neither the number of the line nor the name of the file is in it, so
    it stays when lines are put in above or the file is renamed. ``:2`` and so on at the end tells apart
    those that are alike otherwise.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for problem in problems:
        line = None if problem.line is None else lines.get((problem.path, problem.line, problem.column))
        text = "\0".join((problem.code, _NUMBERS.sub("0", problem.message), _around(line)))
        digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]
        seen[problem.path, digest] += 1
        found.append(f"{digest}:{seen[problem.path, digest]}")
    return found


def _around(line: Excerpt | None) -> str:
    if line is None:
        return ""
    at = line.at or 0
    return " ".join(line.text[max(0, at - _BEFORE) : at + _BEHIND].split())
