"""``tei validate``: are these files valid TEI, by the schema, the rules, their pointers, their text?"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import click

from tei.commands.output import output_option, write_result
from tei.problems import Layer

if TYPE_CHECKING:
    from tei.batch.check import Check
    from tei.batch.files import Found
    from tei.report import Report

LAYERS: Final[tuple[str, ...]] = get_args(Layer)
FORMATS: Final = ("text", "json", "sarif", "junit", "github")
"""A test holds both to what the library knows, which is not imported for ``--help``."""

_MOST_JOBS: Final = 256
_UNBOUNDED: Final = 100_000


def _number_of_jobs(_: click.Context, param: click.Parameter, value: str) -> int | None:
    """``auto`` is ``None``; fail with what would be right."""
    if value in {"auto", "0"}:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 9 and int(value) <= _MOST_JOBS):
        raise click.BadParameter(
            f"{value!r} is neither auto nor a number from 1 to {_MOST_JOBS}", param=param
        )
    return int(value)


@click.command()
@click.argument("files", metavar="[FILE|DIR|-]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-s",
    "--schema",
    "schemas",
    multiple=True,
    metavar="SCHEMA",
    help="The schema to judge by: an .rng, .rnc, .xsd or .sch file, or tei-edition, the one of this project. "
    "May be given several times. Left out: those that a file names itself in <?xml-model?>, or tei-edition.",
)
@click.option(
    "-l",
    "--layer",
    "layers",
    multiple=True,
    type=click.Choice(LAYERS),
    help="Only this layer of checks. May be given several times. Left out: all that apply.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text: for people. json, sarif, junit: for programs. github: annotations in GitHub Actions.",
)
@output_option
@click.option(
    "-j",
    "--jobs",
    callback=_number_of_jobs,
    metavar="N",
    default="auto",
    show_default=True,
    help="How many processes share the files; auto: as many as there are processors, if it is worth it.",
)
@click.option(
    "--changed-since",
    "revision",
    metavar="REV",
    help="Only files that this branch changed since it left REV of git (origin/main, say), committed or not.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Report only problems that are not in FILE, the list of what is accepted for now.",
)
@click.option(
    "--update-baseline", is_flag=True, help="Write all problems found into the file after --baseline."
)
@click.option("-q", "--quiet", is_flag=True, help="No closing summary.")
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    *,
    files: tuple[Path, ...],
    schemas: tuple[str, ...],
    layers: tuple[str, ...],
    form: str,
    output: Path | None,
    jobs: int | None,
    revision: str | None,
    baseline: Path | None,
    update_baseline: bool,
    quiet: bool,
) -> None:
    """Check TEI files against the schema and the rules.

    Of a directory all TEI below it is checked. Every problem is reported with its place and a code;
    `tei explain CODE` tells more of it. The report goes to standard output, a summary to standard error. The
    exit status is 1 if a file has errors; warnings alone leave it at 0.

    \b
    Example:
      tei validate my-edition.xml
      tei validate texts/ --schema tei_all.rng --format sarif -o report.sarif
      tei validate --changed-since origin/main
    """
    from tei.batch.check import Check
    from tei.report import render
    from tei.report.model import summary

    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if not files and revision is None:
        raise click.UsageError("no file given: name files or directories, '-', or use --changed-since REV")
    _check_schemas(schemas, layers or LAYERS)
    accepted = None
    if baseline is not None:
        from tei.report.baseline import load_baseline

        accepted = load_baseline(baseline, new=update_baseline)
    found = _find(files, revision, schemas)
    # Accepted problems must not use up the places for new ones.
    limit = {} if accepted is None else {"limit": _UNBOUNDED}
    report = _checked(found, Check(layers=layers or None, schemas=schemas, **limit), jobs)
    if accepted is not None and baseline is not None:
        if update_baseline:
            from tei.files import write_atomically

            accepted = accepted.updated(report)
            write_atomically(baseline, accepted.as_json())
        report = accepted.without_accepted(report)
    text = render(report, form, colour=_is_coloured(output))
    write_result(output, text.encode("utf-8", errors="backslashreplace"))
    if not quiet:
        click.echo(summary(report), err=True)
    if report.invalid:
        ctx.exit(1)


def _check_schemas(schemas: Sequence[str], layers: Sequence[str]) -> None:
    """What is wrong with a schema is told at once, not for each file."""
    if not schemas:
        return
    from tei.errors import FileError, SchemaError
    from tei.parse import parse_bytes
    from tei.validation.models import chosen

    try:
        choice = chosen(None, "-", schemas)
    except (FileError, SchemaError) as error:
        raise click.BadParameter(str(error), param_hint="--schema") from error
    tree = parse_bytes(b"<TEI/>")
    if "schema" in layers:
        from tei.validation.schema import check_schema

        check_schema(tree, "-", None, choice)
    if "rules" in layers:
        from tei.validation.rules import check_rules

        check_rules(tree, "-", choice)


def _find(files: Sequence[Path], revision: str | None, schemas: Sequence[str]) -> Found:
    if revision is None:
        from tei.batch.files import find_files

        return find_files(files)
    from tei.batch.changes import changed_files

    return changed_files(revision, files, [Path(schema) for schema in schemas])


def _checked(found: Found, check: Check, jobs: int | None) -> Report:
    from tei.batch.check import shown
    from tei.batch.run import check_all
    from tei.report import Checked, Report

    # The bar is for a person who waits; a pipe or a log gets none.
    with click.progressbar(
        length=len(found.files),
        file=sys.stderr,
        hidden=len(found.files) < 2 or not sys.stderr.isatty(),
        item_show_func=lambda file: file,
    ) as bar:
        problems = check_all(found.files, check, jobs=jobs, tell=lambda file: bar.update(1, file.name))
    checked = tuple(
        Checked(shown(file), tuple(found)) for file, found in zip(found.files, problems, strict=True)
    )
    return Report(checked, check.layers or LAYERS, left_out=found.others)


def _is_coloured(output: Path | None) -> bool:
    to_terminal = (output is None or str(output) == "-") and sys.stdout.isatty()
    return to_terminal and not os.environ.get("NO_COLOR")
