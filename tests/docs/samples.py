"""The samples in README.md and docs/: what they show is what the program does.

A comment before a fenced block (or a table) says what the block is:

    sample: file PATH        the file PATH of the checkout
    sample: encoded PATH     the <text> that `tei encode` makes of PATH
    sample: from PATH        excerpts of what `tei encode` makes of PATH; a line "…" stands between two
    sample: write NAME       is written to the file NAME of the page's directory
    sample: console          commands after "$ ", and what they print; "…" stands for anything
    sample: python           is run; the blocks of a page share their names
    sample: keys MODEL       the keys of a section of edition.toml, decisions.toml or persons.toml

Each page has a directory of its own that begins as a copy of docs/example. Run as a program
(`python -m tests.docs.samples`), this brings the blocks up to date; as a test, it compares.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tei.edition.decisions import Decisions
from tei.edition.model import Edition
from tei.encode import encode_path
from tei.persons.register import Register
from tests.docs import codes

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
EXAMPLES: Final = ROOT / "docs" / "example"

_SAMPLE: Final = re.compile(
    r"^<!-- sample: (?P<kind>\w+)(?: (?P<argument>[^\n]*?))? -->\n+"
    r"(?:(?P<fence>```\w*\n)(?P<block>.*?)^```$|(?P<table>(?:\|[^\n]*\n)+))",
    re.DOTALL | re.MULTILINE,
)
_SHELL: Final = 'tei() { "$PYTHON" -m tei "$@"; }\n'


@dataclass(frozen=True)
class Sample:
    """A block of a page, and where its text stands there (offsets)."""

    kind: str
    argument: str
    text: str
    start: int
    end: int


def samples(page: str) -> list[Sample]:
    """The marked blocks of a page, in order."""
    found = []
    for match in _SAMPLE.finditer(page):
        group = "block" if match["fence"] else "table"
        found.append(Sample(match["kind"], match["argument"] or "", match[group], *match.span(group)))
    return found


def expected(sample: Sample, names: dict[str, Any]) -> str:
    """What the block should be, run in the page's directory; ``names`` are those of its Python."""
    return _KINDS[sample.kind](sample, names)


@contextlib.contextmanager
def page_directory() -> Iterator[Path]:
    """A fresh copy of the examples as the working directory."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory) / "example"
        shutil.copytree(EXAMPLES, place)
        os.chdir(place)
        try:
            yield place
        finally:
            os.chdir(before)


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for space at line ends; "…" in the first stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in _trimmed(one).split("…"))
    return re.fullmatch(pattern, _trimmed(other), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


# What each kind should show


def _file(sample: Sample, _: dict[str, Any]) -> str:
    return (ROOT / sample.argument).read_text(encoding="utf-8")


def _encoded(sample: Sample, _: dict[str, Any]) -> str:
    xml = encoded_xml(sample.argument)
    return xml[xml.index("<text ") : xml.index("</text>") + len("</text>")] + "\n"


def _from(sample: Sample, _: dict[str, Any]) -> str:
    xml = _trimmed(encoded_xml(sample.argument))
    for excerpt in re.split(r"^…$", sample.text, flags=re.MULTILINE):
        wanted = _trimmed(excerpt)
        assert wanted in xml, f"this is not in the TEI of {sample.argument}:\n{wanted}"
    return sample.text


def _write(sample: Sample, _: dict[str, Any]) -> str:
    path = Path(sample.argument)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sample.text, encoding="utf-8")
    return sample.text


def _console(sample: Sample, _: dict[str, Any]) -> str:
    lines = []
    status = 0
    for command in re.findall(r"^\$ (.*)$", sample.text, re.MULTILINE):
        lines.append(f"$ {command}\n")
        done = subprocess.run(
            ["/bin/sh", "-c", f"{_SHELL}(exit {status})\n{command}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHON": sys.executable},
            encoding="utf-8",
            check=False,
        )
        status = done.returncode
        lines.append(done.stdout if done.stdout.endswith("\n") or not done.stdout else f"{done.stdout}\n")
    # How long a build takes differs from run to run.
    return re.sub(r" [0-9]+\.[0-9]{2}(?=  (?:ok|FAILED)$)", "    …", "".join(lines), flags=re.MULTILINE)


def _python(sample: Sample, names: dict[str, Any]) -> str:
    exec(compile(sample.text, "<sample>", "exec"), names)
    return sample.text


@cache
def encoded_xml(path: str) -> str:
    """The TEI of a text or edition of the checkout."""
    return encode_path(ROOT / path).xml.decode("utf-8")


# The keys of the edition's files


@cache
def models() -> dict[str, type[BaseModel]]:
    """Every section of ``edition.toml``, ``decisions.toml`` and ``persons.toml`` by the name of its class."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = [Edition, Decisions, Register]
    while waiting:
        model = waiting.pop(0)
        if model.__name__ not in found:
            found[model.__name__] = model
            waiting += [
                inner for field in model.model_fields.values() for inner in _models_in(field.annotation)
            ]
    return found


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]


def _keys(sample: Sample, _: dict[str, Any]) -> str:
    model = models()[sample.argument]
    rows = [
        f"| `{name}` | {_given(field)} | {field.description} |" for name, field in model.model_fields.items()
    ]
    return "\n".join(["| key | if left out | what belongs there |", "|---|---|---|", *rows]) + "\n"


def _given(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be given**"
    default = field.default
    if default is None or default == () or isinstance(default, BaseModel):
        return "nothing"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, str):
        return f'`"{default}"`' if len(default) < 40 else "what the program does, in prose"
    return f"`{default}`"


_KINDS: Final[dict[str, Callable[[Sample, dict[str, Any]], str]]] = {
    "file": _file,
    "encoded": _encoded,
    "from": _from,
    "write": _write,
    "console": _console,
    "python": _python,
    "keys": _keys,
}


def main() -> None:
    """Bring the samples of all pages up to date."""
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        names: dict[str, Any] = {"__name__": "__main__"}
        changes = []
        with page_directory():
            for sample in samples(page):
                try:
                    now = expected(sample, names)
                except AssertionError as error:  # an excerpt is chosen by a person
                    sys.stdout.write(f"{path.relative_to(ROOT)}: {error}\n")
                    continue
                if not same(sample.text, now):
                    changes.append((sample, now))
        for sample, now in reversed(changes):
            page = page[: sample.start] + now + page[sample.end :]
        if changes:
            path.write_text(page, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(ROOT)}: {len(changes)} brought up to date\n")
    codes.main()


if __name__ == "__main__":
    main()
