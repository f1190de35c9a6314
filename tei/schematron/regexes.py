"""Keep the regular expressions of rules from going back and forth for ever.

Those of XPath (XQuery and XPath Functions 3.1, section 5.6) are those of XML Schema with anchors, reluctant
repetitions and references back. Where a pattern has none of the latter two it is matched in steady time; any
other is run by Python, unless its form and the length of the text say that this may take too long.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from tei.relaxng.regex import RegexError, compile_regex
from tei.schematron.nodes import CannotRunError

_MAX_WORK: Final = 1e9
_SHORT: Final = 25  # so few characters can be tried in all ways


@lru_cache(maxsize=512)
def finder(pattern: str) -> Callable[[str], object] | None:
    """Return a function that says in steady time whether ``pattern`` is in a text; ``None`` if none can."""
    begins = pattern.startswith("^")
    ends = pattern.endswith("$") and not pattern.endswith(r"\$")
    body = pattern[begins : len(pattern) - ends].replace("(?:", "(")
    # An anchor inside, a reluctant repetition, a back-reference: those are not of XML Schema.
    if re.search(r"(?<!\\)(?:\\\\)*(?:\\[0-9^$]|[$]|[*+?}]\?)|(?<![\[\\])\^", body):
        return None
    try:
        return compile_regex(("" if begins else r"[\s\S]*") + f"({body})" + ("" if ends else r"[\s\S]*"))
    except RegexError:
        return None


@lru_cache(maxsize=512)
def _repetitions(pattern: str) -> int | None:
    """Return how many repetitions without end ``pattern`` has; ``None`` if one stands inside another."""
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", pattern)
    open_groups = [False]
    found = 0
    for match in re.finditer(r"[()|]|[*+]|\{\d+,\d*\}", plain):
        sign = match[0]
        if sign == "(":
            open_groups.append(False)
        elif sign == ")":
            inner = open_groups.pop() if len(open_groups) > 1 else False
            repeated = plain[match.end() : match.end() + 1] in ("*", "+", "{")
            if inner and repeated:
                return None
            open_groups[-1] = open_groups[-1] or inner
        else:
            open_groups[-1] = True
            found += sign != "|"
    return found


def check_regex(pattern: str, text: str) -> None:
    """Let ``pattern`` pass if Python can look for it in ``text`` in bounded time.

    :raises CannotRunError: it may take too long.
    """
    repetitions = _repetitions(pattern)
    if repetitions is None:
        if len(text) > _SHORT:
            raise CannotRunError(f"its regular expression repeats what repeats: {pattern}")
    elif repetitions > 1 and len(text) ** min(repetitions, 12) > _MAX_WORK:
        raise CannotRunError(
            f"its regular expression could take too long on a text of {len(text)} characters: {pattern}"
        )
