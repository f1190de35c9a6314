"""The layers of validation, in their order, and how a mistake that several of them see is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, get_args

from lxml import etree

from tei.errors import EditionError, FileError, LimitError, ParseError
from tei.files import is_standard_stream, read_bytes
from tei.names import T, local_name
from tei.parse import parse_bytes
from tei.problems import Layer, Problem, in_order, problems_of
from tei.validation.index import XML_ID, Index
from tei.validation.models import Choice, chosen, own_choice
from tei.validation.noted import Noted, as_problems, element_at, mark_of, with_columns
from tei.validation.pointers import note_pointers
from tei.validation.schema import check_schema

LAYERS: Final[tuple[str, ...]] = get_args(Layer)
"""The layers of checks, in the order in which they run."""

MAX_PROBLEMS: Final = 200
"""How many problems of one file are listed."""

LARGE: Final = 64 * 1024 * 1024
"""A file of more bytes is never in memory as a whole; it goes through fewer layers."""

_MOST_TAGS: Final = 1_000_000
_LONGEST: Final = 1000  # letters of a message


def validate(
    path: str | Path,
    *,
    layers: Sequence[str] | None = None,
    schemas: Sequence[str] = (),
    limit: int = MAX_PROBLEMS,
) -> list[Problem]:
    """Return all problems of the TEI file ``path`` (``-`` is standard input), by line; none means valid.

    ``layers`` are names from :data:`LAYERS`; all that apply to the file by default. ``schemas`` are paths of
    schemas (``.rng``, ``.rnc``, ``.xsd``, ``.sch``) or the word ``tei-edition``; by default those that the
    file names in ``<?xml-model?>``, else the project's own. At most ``limit`` problems, and one that says so.

    A file that is not well-formed, not safe, or beyond a bound gives one problem, and no other layer runs. A
    mistake is told once, by the first layer that sees it. The layer ``text`` runs on the file of an edition,
    ``consistency`` on files that keep to the project's schema. A file of more than 64 MiB, or of more than
    half a million elements, goes through well-formed, schema and pointers only, and one problem (``info``)
    says so.

    :raises FileError: the file or a schema is missing or may not be read.
    :raises SchemaError: a schema cannot be used.
    :raises ValueError: there is no such layer.
    """
    wanted = _wanted(layers)
    shown = "standard input" if is_standard_stream(path) else str(path)
    if _is_larger(path, LARGE):
        return _of_large(path, wanted, schemas, limit)
    data = b""
    try:
        data = read_bytes(path)
        # A tree takes far more room than the tags that it is made of.
        if data.count(b"<") > _MOST_TAGS and _is_larger(path, 0):
            return _of_large(path, wanted, schemas, limit)
        tree = parse_bytes(data, shown)
    except (ParseError, LimitError) as error:
        from tei.validation.wellformed import explain

        return problems_of(explain(data, error), shown)
    return _at_most(_Check(tree, path, data, wanted, limit).run(chosen(tree, path, schemas)), shown, limit)


def validate_tree(tree: etree._ElementTree, path: str | Path) -> list[Problem]:
    """Return what the project's schema and the pointers of a tree in memory have against it, by line.

    ``path`` is the name to report.
    """
    check = _Check(tree, path, None, frozenset({"schema", "pointers"}), MAX_PROBLEMS)
    return in_order(check.run(own_choice()))


@dataclass
class _Check:
    """One tree on its way through the layers."""

    tree: etree._ElementTree
    path: str | Path
    data: bytes | None
    wanted: frozenset[str]
    limit: int
    found: list[Problem] = field(default_factory=list)

    def run(self, choice: Choice) -> list[Problem]:
        if "schema" in self.wanted:
            self.found += check_schema(self.tree, self.path, self.data, choice, limit=self.limit)
        elif "rules" in self.wanted:
            self.found += choice.problems
        if self.wanted.isdisjoint(LAYERS[2:]) or self._is_no_tei():
            return self.found
        from tei.validation.mends import mended, of_schema

        with mended(of_schema(self.tree, self.found) if choice.own else []):
            if "rules" in self.wanted and choice.schematron:
                from tei.validation.rules import check_rules

                rules = check_rules(self.tree, self.path, choice)[: self.limit + 1]
                self.found += with_columns(rules, self.tree, self.data)
            self._own_layers(own=choice.own)
        return self.found

    def _is_no_tei(self) -> bool:
        """Whether the schema has said that the whole file is in another namespace than TEI."""
        outside = not str(self.tree.getroot().tag).startswith(T)
        return outside and any(problem.code == "TEI-S007" for problem in self.found)

    def _own_layers(self, *, own: bool) -> None:
        from tei.validation.mends import mended, of_notes

        pointers: list[Noted] = []
        index = Index(self.tree)
        text = "text" in self.wanted and self.data is not None
        consistency = "consistency" in self.wanted and own
        if "pointers" in self.wanted or text or consistency:
            pointers = note_pointers(index, own=own, most=self.limit + 1)
        mends = of_notes(pointers)
        with mended(mends):
            noted: list[Noted] = []
            if text and self.data is not None:
                from tei.validation.fidelity import note_changes

                try:
                    noted += note_changes(self.tree, self.path, self.data)
                except (EditionError, FileError) as error:
                    # What is wrong with the edition's own files must not hide what is wrong with this one.
                    self.found += problems_of(error, str(self.path))
            if consistency:
                from tei.validation.consistency import note_inconsistencies

                noted += note_inconsistencies(Index(self.tree) if mends else index, self.data)
            if "pointers" not in self.wanted:
                pointers = []
        problems = as_problems(_without_echoes(pointers, noted), self.tree, self.path, self.data)
        self.found = _once([*self.found, *problems], self.tree)


def _once(problems: list[Problem], tree: etree._ElementTree) -> list[Problem]:
    """Leave out what only follows from a mistake that another layer has told."""
    layers = {problem.layer for problem in problems}
    if not layers - {"schema"} or len(problems) == 1:
        return problems
    errors = [problem for problem in problems if problem.severity == "error" and problem.line is not None]
    lines = {problem.line for problem in errors if problem.layer in {"schema", "pointers", "text"}}
    changed = {problem.line for problem in errors if problem.layer == "text"}
    loose = {
        p.line for p in errors if p.code == "TEI-S003" or (p.code == "TEI-S002" and _READING in p.message)
    }
    values = {
        (_steps(p.xpath), name) for p in errors if p.code in _OF_ATTRIBUTES for name in _names_in(p.message)
    }
    # An id that is no name: what was to point at it is not wrong.
    unfit = tuple(f'did you mean "#{_value_in(p.message)}"' for p in errors if _is_of_id(p))
    pages = any(p.layer in {"schema", "pointers"} and _is_page(tree, p.xpath) for p in errors)
    # Whom nothing points at any more, a pointer that is wrong may have meant.
    astray = sum(p.code in _OF_PEOPLE and p.message.startswith(("who=", "ref=")) for p in errors)
    alone = sum(problem.code == "TEI-C013" for problem in problems)
    doubled = any(problem.code == "TEI-P002" for problem in errors)

    def follows(problem: Problem) -> bool:
        match problem.layer:
            case "schema":  # the pointers know which of two ids is wrong
                return doubled and problem.code == "TEI-S010"
            case "pointers":
                attribute = problem.message.partition("=")[0].rpartition(" ")[2]
                meant = (problem.hint or "").startswith(unfit)
                return meant or (_steps(problem.xpath), attribute) in values
            case "text":
                return pages if problem.code == "TEI-T003" else problem.line in loose
            case "rules":
                return problem.line in changed
            case "consistency":
                return problem.line in lines or (problem.code == "TEI-C013" and alone <= astray)
            case _:
                return False

    return [problem for problem in problems if not follows(problem)]


def _without_echoes(pointers: list[Noted], others: list[Noted]) -> list[Noted]:
    """Put together what pointers, text and consistency have noted of one mistake."""
    codes = {one.code for one in others}
    gone = [
        mark_of(one.message.partition("”")[0])
        for one in others
        if one.code == "TEI-T001" and _GONE in one.message
    ]
    lost = {one.lost: at for at, one in enumerate(others) if one.code == "TEI-C002" and one.lost}
    found: list[Noted] = []
    for one in pointers:
        at = lost.get(one.lost or "")
        if at is not None:
            # A page that is pointed at was taken out: the place of the page is the better one.
            others[at] = replace(others[at], severity="error")
        elif (at := _gone_note(one, others)) is not None:
            others[at] = replace(
                others[at], hint=f'put the note with xml:id="{one.lost}" back: a mark leads to it'
            )
        else:
            found.append(one)
    pages = any(one.attribute in _OF_PAGES and local_name(one.element.tag) == "pb" for one in found)
    astray = any(one.element.get("type") == "noteAnchor" and one.attribute == "target" for one in found)
    for one in others:
        if one.code == "TEI-C001" and ("TEI-T002" in codes or pages):
            continue
        if one.code == "TEI-C002" and pages and one.severity != "error":
            continue
        if one.code == "TEI-C005" and (mark_of(one.element.get("n", "")) in gone or astray):
            continue
        if one.code == "TEI-T003" and "TEI-C002" in codes:
            continue
        found.append(one)
    return found


def _gone_note(pointer: Noted, others: list[Noted]) -> int | None:
    """Which of ``others`` misses the note that ``pointer`` does not find: lines of the page of its mark."""
    whole = [
        (at, one.place.line)
        for at, one in enumerate(others)
        if one.code == "TEI-T001" and _GONE in one.message and one.place is not None and one.place.column == 1
    ]
    if pointer.code != "TEI-P001" or not whole:
        return None
    root = pointer.element.getroottree().getroot()
    pages = [page.sourceline or 0 for page in root.iter(f"{T}pb")]
    for mark in root.iter(f"{T}ref"):
        if mark.get("type") == "noteAnchor" and mark.get("target") == f"#{pointer.lost}":
            first = mark.sourceline or 0
            for at, last in whole:
                if last is not None and not any(first < page < last for page in pages):
                    return at
    return None


_OF_PAGES: Final = frozenset({"next", "prev", "corresp", XML_ID})
_OF_ATTRIBUTES: Final = frozenset({"TEI-S004", "TEI-S006"})
_OF_PEOPLE: Final = frozenset({"TEI-S006", "TEI-P001", "TEI-P003"})
_READING: Final = "in <choice>"  # the reading of the source was taken out
_GONE: Final = "” is missing here"


def _steps(xpath: str | None) -> str | None:
    """``xpath`` in the one form that both writers of XPaths agree in: of an only child, one has no number."""
    return None if xpath is None else xpath.replace("[1]", "")


def _names_in(message: str) -> list[str]:
    """The names of attributes that the message of a schema speaks of."""
    return [word for word in message.replace("=", " ").split() if word.replace(":", "").isalnum()]


def _is_of_id(problem: Problem) -> bool:
    return problem.code == "TEI-S006" and problem.message.startswith("xml:id=")


def _value_in(message: str) -> str:
    return message.partition('"')[2].partition('"')[0]


def _is_page(tree: etree._ElementTree, xpath: str | None) -> bool:
    element = element_at(tree, xpath)
    return element is not None and str(element.tag).startswith(f"{T}pb")


def _wanted(layers: Sequence[str] | None) -> frozenset[str]:
    unknown = sorted(set(layers or ()).difference(LAYERS))
    if unknown:
        raise ValueError(f"there is no layer {unknown[0]!r}; the layers are {', '.join(LAYERS)}")
    return frozenset(LAYERS if layers is None else layers)


def _of_large(path: str | Path, wanted: frozenset[str], schemas: Sequence[str], limit: int) -> list[Problem]:
    from tei.validation.large import check_large

    return _at_most(check_large(Path(path), wanted, schemas, limit), str(path), limit)


def _is_larger(path: str | Path, size: int) -> bool:
    """Whether ``path`` is a file, no pipe or device, of more than ``size`` bytes."""
    try:
        file = Path(path)
        return not is_standard_stream(path) and file.is_file() and file.stat().st_size > size
    except (OSError, ValueError):
        return False


def _readable(problem: Problem) -> Problem:
    """Cut what a file makes too long by names and values of thousands of letters."""
    message, hint = problem.message, problem.hint
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}…"
    if hint is not None and len(hint) > _LONGEST:
        hint = f"{hint[:_LONGEST]}…"
    return problem._replace(message=message, hint=hint)


def _at_most(problems: list[Problem], path: str, limit: int) -> list[Problem]:
    found = [_readable(problem) for problem in dict.fromkeys(problems)]
    if len(found) <= limit:
        return in_order(found)
    # What is left out should not be what matters most.
    found.sort(key=lambda problem: problem.severity != "error")
    more = Problem(
        code="TEI-S099",
        severity=found[0].severity,
        message=f"there are more than {limit} problems; only these are listed",
        path=path,
        hint="mend the first ones: often others go with them",
    )
    return [*in_order([one for one in found[:limit] if one.code != more.code]), more]
