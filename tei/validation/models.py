"""Which schemas is a file to be judged by? Those that were asked for, those that it names, or our own.

A file names its schemas in processing instructions before its root: ``<?xml-model href="…" …?>`` (W3C Working
Group Note "Associating Schemas with XML documents 1.0"). Nothing is fetched from another machine, and
``xsi:schemaLocation`` is not followed: TEI files have it for other programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PureWindowsPath
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from lxml import etree

from tei.errors import FileError, SchemaError
from tei.files import is_standard_stream
from tei.problems import Problem
from tei.validation.files import RELAX_NG, RULES, W3C_SCHEMA, schema_file

OWN: Final = "tei-edition"
"""The word for the schema of this project, where a schema is asked for."""

Language = Literal["relax-ng", "xsd", "schematron"]

_BY_SUFFIX: Final[dict[str, Language]] = {
    ".rng": "relax-ng",
    ".rnc": "relax-ng",
    ".xsd": "xsd",
    ".sch": "schematron",
}
_BY_NAMESPACE: Final[dict[str, Language]] = {
    "http://relaxng.org/ns/structure/1.0": "relax-ng",
    "http://www.w3.org/2001/XMLSchema": "xsd",
    "http://purl.oclc.org/dsdl/schematron": "schematron",
    "http://www.ascc.net/xml/schematron": "schematron",
}
_BY_TYPE: Final[dict[str, Language]] = {"application/relax-ng-compact-syntax": "relax-ng"}
_OWN_NAMES: Final = frozenset({RELAX_NG, W3C_SCHEMA, RULES})
_LINK: Final = "https://www.w3.org/TR/xml-model/"
_LANGUAGES: Final = "RELAX NG (.rng, .rnc), W3C schemas (.xsd) and Schematron (.sch) are read"
_GIVE: Final = "choose a schema on this machine with --schema FILE, or --schema tei-edition"
_HEAD: Final = 1 << 16
_MOST: Final = 20  # instructions that are looked at

# name="value": the pseudo-attributes of the note, section 4. A name has an end, or a long one would be tried
# from each of its letters.
_PAIR: Final = re.compile(r"""\b([A-Za-z_][\w.\-]{0,30})\s{0,30}=\s{0,30}(?:"([^"<]*)"|'([^'<]*)')""")
_REFERENCE: Final = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));")
_ENTITIES: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Rules(NamedTuple):
    """A Schematron schema, or one that stands inside a RELAX NG schema, and the phase asked for."""

    path: Path
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a file is judged by.

    ``problems`` are those of choosing: a schema that the file names and that is not here, say.
    """

    relax_ng: tuple[Path, ...] = ()
    xsd: tuple[Path, ...] = ()
    schematron: tuple[Rules, ...] = ()
    own: bool = False
    """The schema of this project is one of them: its own layers of checks apply."""
    problems: tuple[Problem, ...] = ()


class Model(NamedTuple):
    """An ``xml-model`` instruction: its pseudo-attributes, and where it stands."""

    says: dict[str, str]
    line: int | None
    column: int | None


def own_choice() -> Choice:
    """Return the choice of this project's own schema and rules."""
    rules = schema_file(RULES)
    return Choice(
        relax_ng=(schema_file(RELAX_NG),), schematron=(Rules(rules),) if rules.is_file() else (), own=True
    )


def chosen(tree: etree._ElementTree | None, path: str | Path, schemas: Sequence[str] = ()) -> Choice:
    """Return what the TEI file ``path`` is to be judged by.

    ``schemas`` are paths of schemas, or the word ``tei-edition``; where there are none, the file itself says
    it, and a file that names no schema is judged by our own. ``tree`` is the file as parsed; with ``None``
    the instructions are read from the beginning of the file ``path``.

    :raises FileError: one of ``schemas`` is not there.
    :raises SchemaError: it is not on this machine, or in no language known here.
    """
    if schemas:
        choice = Choice()
        for schema in dict.fromkeys(schemas):
            choice = _with_given(choice, schema)
        return choice
    models = list(_models_of(tree) if tree is not None else _models_in(path))[:_MOST]
    if not models:
        return own_choice()
    choice = Choice()
    for model in models:
        choice = _with_model(choice, model, path)
    return choice


def _with_given(choice: Choice, schema: str) -> Choice:
    if schema == OWN:
        return _joined(choice, own_choice())
    if _is_remote(schema):
        raise SchemaError(
            "a schema at an address is not fetched", path=schema, hint="download it and give the file"
        )
    file = Path(schema)
    if not file.is_file():
        kind = "this is a directory; a file is needed" if file.is_dir() else "there is no such file"
        raise FileError(kind, path=schema, hint="give the path of a schema, or tei-edition")
    language = _language(file)
    if language is None:
        raise SchemaError("this is no schema in a language known here", path=schema, hint=_LANGUAGES)
    return _joined(choice, _single(file, language, None))


def _with_model(choice: Choice, model: Model, path: str | Path) -> Choice:
    says = model.says
    href = says.get("href", "").strip()
    if href.rpartition("/")[2] in _OWN_NAMES:
        return _joined(choice, own_choice())
    found = _model_choice(href, says, path)
    if isinstance(found, Choice):
        return _joined(choice, found)
    if any(problem.message == found.message for problem in choice.problems):
        return choice  # RELAX NG and the Schematron inside it are one file, named twice
    problem = found._replace(line=model.line, column=model.column)
    return replace(choice, problems=(*choice.problems, problem))


def _model_choice(href: str, says: dict[str, str], path: str | Path) -> Choice | Problem:
    """What one instruction asks for, or what is wrong with it."""

    def problem(code: str, message: str, hint: str) -> Problem:
        severity: Literal["warning", "error"] = "warning" if code == "TEI-S022" else "error"
        return Problem(code, severity, message, _shown(path), hint=hint, link=_LINK)

    if not href:
        return problem("TEI-S021", "an xml-model instruction names no schema", 'write href="…" into it')
    if says.get("type") == "application/xml-dtd" or href.endswith((".dtd", ".nvdl")):
        return problem(
            "TEI-S022", f"the file names the schema {href}, in a language that is not read", _LANGUAGES
        )
    if _is_remote(href):
        message = f"the file names a schema by its address, which is not fetched: {href}"
        return problem("TEI-S020", message, f"download it and give it with --schema {_file_name(href)}")
    name = unquote(urlsplit(href).path)
    if not name or "\0" in name or "\\" in name or name.startswith("/") or PureWindowsPath(name).drive:
        return problem(
            "TEI-S021", f"the schema that the file names is not given by a path relative to it: {href}", _GIVE
        )
    beside = Path() if is_standard_stream(path) else Path(path).parent
    try:
        file = beside / name
        # A device or a pipe is none: reading it might never end.
        here = file.is_file()
    except OSError:
        here = False
    if not here:
        return problem("TEI-S021", f"the schema that the file names is not there: {href}", _GIVE)
    space = says.get("schematypens", "").strip()
    language = _BY_NAMESPACE.get(space) or _BY_TYPE.get(says.get("type", "").strip()) or _language(file)
    if language is None or (space and space not in _BY_NAMESPACE):
        return problem(
            "TEI-S022", f"the file names the schema {href}, in a language that is not read", _LANGUAGES
        )
    return _single(file, language, says.get("phase"))


def _single(file: Path, language: Language, phase: str | None) -> Choice:
    own = file.name in _OWN_NAMES and file.resolve() == schema_file(file.name).resolve()
    if own and language == "relax-ng":
        return own_choice()
    if own and language == "xsd":
        return replace(own_choice(), relax_ng=(), xsd=(file,))
    if language == "relax-ng":
        return Choice(relax_ng=(file,))
    return Choice(xsd=(file,)) if language == "xsd" else Choice(schematron=(Rules(file, phase),))


def _joined(one: Choice, other: Choice) -> Choice:
    return Choice(
        relax_ng=tuple(dict.fromkeys((*one.relax_ng, *other.relax_ng))),
        xsd=tuple(dict.fromkeys((*one.xsd, *other.xsd))),
        schematron=tuple(dict.fromkeys((*one.schematron, *other.schematron))),
        own=one.own or other.own,
        problems=(*one.problems, *other.problems),
    )


@lru_cache(maxsize=64)
def _language(file: Path) -> Language | None:
    """The language of a schema: by the end of its name, else by its outermost element."""
    known = _BY_SUFFIX.get(file.suffix.lower())
    if known is not None:
        return known
    namespace: list[str] = []
    parser = expat.ParserCreate(None, "}")

    def at_root(name: str, _: object) -> None:
        namespace.append(name.partition("}")[0])
        raise _ReadError

    parser.StartElementHandler = at_root
    _read_head(parser, file)
    return _BY_NAMESPACE.get(namespace[0]) if namespace else None


def _models_of(tree: etree._ElementTree) -> Iterator[Model]:
    before = []
    node = tree.getroot().getprevious()
    while node is not None:
        before.append(node)
        node = node.getprevious()
    for node in reversed(before):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":  # noqa: SLF001
            yield Model(_pairs(node.text or ""), node.sourceline, None)


def _models_in(path: str | Path) -> list[Model]:
    found: list[Model] = []
    parser = expat.ParserCreate()

    def at_instruction(target: str, data: str) -> None:
        if target == "xml-model":
            found.append(Model(_pairs(data), parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    def at_root(*_: object) -> None:
        raise _ReadError

    parser.ProcessingInstructionHandler = at_instruction
    parser.StartElementHandler = at_root
    _read_head(parser, Path(path))
    return found


class _ReadError(Exception):
    """Not an error: the part that matters has been read."""


def _read_head(parser: expat.XMLParserType, file: Path) -> None:
    """Read on until a handler has seen enough; what is broken is told by those who read it all."""
    try:
        with file.open("rb") as stream:
            parser.Parse(stream.read(_HEAD), False)
    except (_ReadError, expat.ExpatError):
        return
    except OSError as error:
        raise FileError(f"not read: {error.strerror}", path=file) from error


def _pairs(data: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, one, other in _PAIR.findall(data[:_HEAD]):
        found.setdefault(name, _REFERENCE.sub(_character, one or other))
    return found


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _ENTITIES[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code <= 0x10FFFF else ""


def _is_remote(href: str) -> bool:
    """Whether ``href`` begins with a scheme other than the letter of a drive; ``file:`` counts too."""
    scheme, colon, _ = href.partition(":")
    return href.startswith("//") or (bool(colon) and len(scheme) > 1 and scheme.isalpha())


def _file_name(href: str) -> str:
    return href.rpartition("/")[2] or "FILE"


def _shown(path: str | Path) -> str:
    return "standard input" if is_standard_stream(path) else str(path)
