"""A proposed register as a file that the editor corrects: ``persons.toml`` with the evidence in comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from tei.names import FORBIDDEN
from tei.persons.propose import Candidate

_HEADER = """\
# Proposed by `tei names`: correct it, and `tei encode` will use it.
#
# Join people who are one: move the forms of one into `forms` of the other, and delete the first. Delete
# who is no person. The surname alone, initials, capitals, "Surname, Forename" and misreadings need not
# be listed. What stands behind `#` is for you and not read. At the end are doubtful ones: take the `#`
# away to keep them.
"""


def write_proposal(candidates: Iterable[Candidate]) -> str:
    """The text of a ``persons.toml``: a ``[[person]]`` for each candidate, those in doubt as comments.

    ``tei.persons.register.load_register`` reads it as it is.
    """
    lines = [_HEADER]
    for candidate in candidates:
        mark = "# " if candidate.doubtful else ""
        lines.extend(f"{mark if not line.startswith('#') else ''}{line}" for line in _person(candidate))
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _person(candidate: Candidate) -> Iterator[str]:
    times = "once" if candidate.count == 1 else f"{candidate.count} times"
    evidence = ", ".join(f"{kind} {count}" for kind, count in sorted(candidate.evidence.items()))
    yield f"# {times}; {evidence}" if evidence else f"# {times}"
    for context in candidate.contexts:
        yield f"#   … {_clean(context)} …"
    yield "[[person]]"
    yield f"id = {_quoted(candidate.id)}"
    yield f"name = {_quoted(candidate.name)}"
    forms = [form for form, _ in sorted(candidate.forms.items(), key=lambda item: (-item[1], item[0]))]
    others = [form for form in forms if form != candidate.name and form != candidate.name.split()[-1]]
    if others:
        yield f"forms = [{', '.join(map(_quoted, others))}]"


def _clean(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in FORBIDDEN.sub("", text))


def _quoted(text: str) -> str:
    return json.dumps(_clean(text), ensure_ascii=False)
