"""Promises about the repository itself: who imports whom, what is named where, what is documented."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import click
import pytest

from tei import __version__
from tei.commands import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tei"
SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
MAX_LINES = 500
# Design, principle 2: what is particular to a text stands with its edition.
NAMES_OF_TEXTS = ("khrushchev", "stalin", "wolfe", "deutscher")


def imports_of(module: str) -> set[str]:
    """The modules of the package that `module` imports anywhere but for its types alone."""
    path = SOURCES[module]
    parts = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    found: set[str] = set()
    for node in _run_time_nodes(ast.parse(path.read_text(encoding="utf-8")), lazy=module != "tei"):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, [start, node.module or ""]))
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            # `from a.b import c` means the module a.b.c, or else something in a.b.
            found |= {name if name in SOURCES else name.rpartition(".")[0]} & SOURCES.keys()
    return found - {module}


def _run_time_nodes(node: ast.AST, *, lazy: bool) -> Iterator[ast.AST]:
    """All nodes below `node` except `if TYPE_CHECKING:`; inside functions only where `lazy`.

    The facade `tei/__init__.py` may hand out names of modules that stand on it, when asked for.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if not lazy and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        yield child
        yield from _run_time_nodes(child, lazy=lazy)


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: imports_of(module) for module in SOURCES}
    assert graph["tei.commands"], "the walk found no import at all"
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("imports go round in a circle: " + " -> ".join(error.args[1]))


def test_nobody_imports_the_command_line() -> None:
    outside = {m for m in SOURCES if not m.startswith("tei.commands") and m != "tei.__main__"}
    guilty = {m for m in outside if any(i.startswith("tei.commands") for i in imports_of(m))}
    assert not guilty


def test_no_text_is_named_in_the_package() -> None:
    pattern = re.compile("|".join(NAMES_OF_TEXTS).encode(), re.IGNORECASE)
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    guilty = [str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_bytes())]
    assert not guilty


@pytest.mark.parametrize("folder", ["tei", "schema", "bench"])
def test_no_module_is_long(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / folder).rglob("*.py")
    }
    assert not {name: length for name, length in lengths.items() if length > MAX_LINES}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help is not None
    assert command.name in {name, "command"}
    assert "Example:" in command.help, "--help needs an example"
    assert f"  tei {name}" in command.help, "the example must show the command"
    assert command.help.split("\n\n")[0] == COMMANDS[name], "the table in tei.commands is out of date"
    assert f"`tei {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"## tei {name}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_command_module_is_in_the_table() -> None:
    folder = PACKAGE / "commands"
    modules = {
        path.stem.rstrip("_") for path in folder.glob("*.py") if "@click.command" in path.read_text("utf-8")
    }
    assert modules == set(COMMANDS)


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys; from tei.commands import cli; cli(['--help'], standalone_mode=False);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), sep='\\n', file=sys.stderr);"
        "print(*[name for name in sys.modules if name.startswith('tei.')], sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stderr.split())
    assert not loaded & {"lxml", "pydantic", "xmlschema", "tomllib", "asyncio"}
    assert {name for name in loaded if name.startswith("tei.")} == {"tei.commands", "tei.errors"}
    for name, text in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(text)}$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("start", [["cli.py"], ["-m", "tei"]], ids=["cli.py", "python -m tei"])
def test_other_ways_to_start(start: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *start, "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == f"tei, version {__version__}\n"


def test_lock_files_name_no_host_and_pin_everything() -> None:
    for name in ("requirements.lock", "requirements-data.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        requirements = re.findall(r"^(?![#\s]).+", text, re.MULTILINE)
        assert requirements
        assert all(re.match(r"[A-Za-z0-9_.-]+==\S+ ", line) for line in requirements)
        assert text.count("--hash=sha256:") >= len(requirements)
