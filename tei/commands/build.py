"""``tei build``: every output of every edition, checked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

EDITIONS: Final = Path("encoded")
EDITION_FILE: Final = "edition.toml"
COUNTED: Final = ("pages", "paragraphs", "notes", "reactions", "persons")
STEPS: Final = ("encode", "validate", "source view", "reading view", "spoken view", "EPUB")


@dataclass
class Built:
    """What became of one edition: its counts, how long it took, what there is to say of it."""

    name: str
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    messages: list[str] = field(default_factory=list)
    failed: bool = False

    def fail(self, message: str) -> None:
        """Note why this edition is not as it should be."""
        self.messages.append(message)
        self.failed = True


@click.command()
@click.argument("editions", metavar="[EDITION_DIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build"),
    show_default=True,
    metavar="DIR",
    help="The directory to write to; it is made if it does not exist.",
)
@click.pass_context
def command(ctx: click.Context, editions: tuple[Path, ...], output: Path) -> None:
    """Make and check all outputs of all editions.

    For each edition: NAME.xml, validated; its source view compared with source.txt byte for byte;
    NAME.txt, the reading view; NAME.spoken.txt, the spoken view; NAME.epub. Without arguments: all
    directories under encoded/ that hold an edition.toml. A table on standard output closes the work; the exit
    status is 1 if anything failed.

    \b
    Example:
      tei build
      tei build encoded/my-edition -o out
    """
    from tei.files import make_directory

    chosen = editions or _all_editions()
    make_directory(output)
    # The bar is for a person who waits; a pipe or a log gets none.
    with click.progressbar(
        length=len(chosen) * len(STEPS),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda step: step,
    ) as bar:
        done = [_build(edition, output, lambda step: bar.update(1, step)) for edition in chosen]
    for built in done:
        for message in built.messages:
            click.echo(f"tei: {built.name}: {message}", err=True)
    click.echo(_table(done))
    if any(built.failed for built in done):
        ctx.exit(1)


def _all_editions() -> tuple[Path, ...]:
    from tei.errors import FileError

    found = tuple(sorted(path.parent for path in EDITIONS.glob(f"*/{EDITION_FILE}")))
    if not found:
        raise FileError(
            f"no edition found: no directory in it holds an {EDITION_FILE}",
            path=EDITIONS,
            hint="name the directory of an edition, or run this where encoded/ is",
        )
    return found


def _build(edition: Path, output: Path, tell: Callable[[str], None]) -> Built:
    """Make all outputs of one edition; a failure is noted, and the next edition has its turn."""
    from tei.errors import TeiError

    built = Built(edition.resolve().name)
    start = time.perf_counter()
    taken = 0
    try:
        for step in _steps(edition, output, built):
            tell(f"{built.name}: {step}")
            taken += 1
    except TeiError as error:
        built.fail(str(error))
    for step in STEPS[taken:]:  # the bar counts what was not reached, too
        tell(f"{built.name}: {step}")
    built.seconds = time.perf_counter() - start
    return built


def _steps(edition: Path, output: Path, built: Built) -> Iterable[str]:
    from tei.encode import encode_path
    from tei.epub.edition import epub_bytes
    from tei.files import write_atomically
    from tei.parse import parse_file
    from tei.validation import validate
    from tei.views import view_text

    encoded = encode_path(edition)
    built.counts = encoded.counts
    target = output / f"{built.name}.xml"
    write_atomically(target, encoded.xml)
    yield "encode"
    for problem in validate(target):
        built.messages.append(str(problem))
        built.failed |= problem.severity == "error"
    yield "validate"
    if (place := _first_difference(view_text(target, "source"), encoded.source)) is not None:
        built.fail(f"the source view of {target} differs from the source from byte {place} on")
    yield "source view"
    write_atomically(output / f"{built.name}.txt", view_text(target, "reading"))
    yield "reading view"
    write_atomically(output / f"{built.name}.spoken.txt", view_text(target, "spoken"))
    yield "spoken view"
    write_atomically(output / f"{built.name}.epub", epub_bytes(parse_file(target)))
    yield "EPUB"


def _first_difference(one: bytes, other: bytes) -> int | None:
    """Return the offset of the first byte that differs, ``None`` where all are the same."""
    if one == other:
        return None
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _table(done: Sequence[Built]) -> str:
    rows: list[tuple[str, ...]] = [("edition", *COUNTED, "seconds", "")]
    for built in done:
        counts = (f"{built.counts[key]}" if key in built.counts else "-" for key in COUNTED)
        rows.append((built.name, *counts, f"{built.seconds:.2f}", "FAILED" if built.failed else "ok"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < column <= len(COUNTED) + 1 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
