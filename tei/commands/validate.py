"""``tei validate``: are these files valid TEI, by the schema and by the rules?"""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print the problems, not the summary.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], *, quiet: bool) -> None:
    """Check TEI files against the schema and the rules.

    Every problem is said on standard error, with its place. The exit status is 1 if a file is not
    valid; warnings alone leave it at 0.

    \b
    Example:
      tei validate my-edition.xml
      tei validate build/*.xml
    """
    from tei.errors import TeiError
    from tei.validation import validate

    found = failed = 0
    for file in files:
        # A file that cannot be read must not hide the problems of the next one.
        try:
            problems = validate(file)
        except TeiError as error:
            click.echo(str(error), err=True)
            found += 1
            failed += 1
            continue
        for problem in problems:
            click.echo(str(problem), err=True)
        found += len(problems)
        failed += any(problem.severity == "error" for problem in problems)
    if not quiet:
        summary = f"{_counted(len(files), 'file')}: {f'{failed} not valid' if failed else 'valid'}"
        click.echo(f"{summary}, {_counted(found, 'problem')}" if found else summary)
    if failed:
        ctx.exit(1)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
