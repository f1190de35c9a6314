"""``python -m bench [RUNS]``: one table, every figure from the same run on the same machine."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import merging, validation
from bench.measure import FailedRunError, Figure, best, largest_source

PACKAGE: Final = Path(__file__).resolve().parent.parent / "tei"
EDITIONS: Final = Path(__file__).resolve().parent.parent / "encoded"
TEI: Final = str(Path(sys.executable).with_name("tei"))
FLOOR: Final = """
import sys
from lxml import etree
etree.parse(sys.argv[1]).write(sys.argv[2], encoding="utf-8", xml_declaration=True)
"""


def main() -> int:
    """Print the table; the status is 1 where something could not be measured."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"best of {runs} runs, whole processes, Python {sys.version.split()[0]}\n")
    # As pip does when it installs: a checkout may be run where no byte code is written.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(PACKAGE)], check=True)
    failures = _start_up(max(runs, 20))
    edition = largest_source(EDITIONS)
    if edition is None:
        print("\nencoding: not measured, encoded/ holds no edition")
        return 1
    with tempfile.TemporaryDirectory() as directory:
        failures += _encoding(edition, Path(directory), runs)
        failures += _epub(edition, Path(directory), runs)
        failures += _growth(edition, Path(directory), runs)
        failures += validation.measure(edition, Path(directory), runs, _table)
        failures += merging.measure(edition, Path(directory), runs, _table)
    return 1 if failures else 0


def _start_up(runs: int) -> int:
    return _table(
        "start",
        {
            "python -c 'import click'": [[sys.executable, "-c", "import click"]],
            "tei --help": [[TEI, "--help"]],
        },
        runs,
    )


def _encoding(edition: Path, directory: Path, runs: int) -> int:
    source, xml, other = edition / "source.txt", directory / "out.xml", directory / "other.xml"
    print(f"\n{edition.name}: {source.stat().st_size / 1e6:.2f} MB of text")
    encode = [TEI, "encode", "--no-validate", str(edition), "-o", str(xml)]
    checked = [TEI, "encode", str(edition), "-o", str(xml)]
    rows: dict[str, list[list[str]]] = {}
    if pandoc := _pandoc():
        rows["pandoc -f commonmark -t tei -s"] = [
            [pandoc, "-f", "commonmark", "-t", "tei", "-s", "-o", str(other), str(source)]
        ]
    else:
        print("pandoc: not measured, pypandoc_binary is not installed")
    rows["tei encode --no-validate"] = [encode]
    rows["tei encode"] = [checked]
    rows["floor: lxml parses and writes the TEI"] = [[sys.executable, "-c", FLOOR, str(xml), str(other)]]
    return _table("encoding", rows, runs)


def _epub(edition: Path, directory: Path, runs: int) -> int:
    source, xml = edition / "source.txt", edition / f"{edition.name}.xml"
    ours, theirs = directory / "ours.epub", directory / "theirs.epub"
    print()
    rows: dict[str, list[list[str]]] = {}
    if pandoc := _pandoc():
        rows["pandoc -f commonmark -t epub3"] = [
            [pandoc, "-f", "commonmark", "-t", "epub3", "-o", str(theirs), str(source)]
        ]
    rows["tei epub"] = [[TEI, "epub", str(xml), "-o", str(ours)]]
    failures = _table("EPUB", rows, runs)
    if ours.is_file() and theirs.is_file():
        ratio = ours.stat().st_size / theirs.stat().st_size
        print(f"size: {ours.stat().st_size} bytes, {ratio:.2f} of pandoc's")
    return failures


def _growth(edition: Path, directory: Path, runs: int) -> int:
    """The text once, four times and sixteen times over: what is linear keeps its time for each copy."""
    text = (edition / "source.txt").read_text(encoding="utf-8")
    print()
    rows: dict[str, list[list[str]]] = {}
    for times in (1, 4, 16):
        copy = directory / f"{times}.txt"
        copy.write_text(text * times, encoding="utf-8")
        rows[f"tei encode, {times} x the text alone"] = [
            [TEI, "encode", "--no-validate", str(copy), "-o", str(directory / "copy.xml")]
        ]
    return _table("growth", rows, max(1, runs // 3))


def _table(title: str, rows: dict[str, list[list[str]]], runs: int) -> int:
    """Measure and print the rows; ratios are to the first row. Return the number of failures."""
    print(f"{title:<40}{'seconds':>9}{'ratio':>8}{'MiB':>8}{'ratio':>8}")
    base: Figure | None = None
    failures = 0
    for name, steps in rows.items():
        try:
            figure = best(steps, runs)
        except FailedRunError as error:
            print(f"{name:<40}   failed: {error}")
            failures += 1
            continue
        base = base or figure
        print(
            f"{name:<40}{figure.seconds:>9.3f}{figure.seconds / base.seconds:>8.2f}"
            f"{figure.peak / 1048576:>8.1f}{figure.peak / base.peak:>8.2f}",
            flush=True,
        )
    return failures


def _pandoc() -> str | None:
    # Found, not imported: see bench.measure.run.
    found = importlib.util.find_spec("pypandoc")
    program = Path(found.origin).parent / "files" / "pandoc" if found and found.origin else None
    return str(program) if program and program.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
