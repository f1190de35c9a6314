"""``tei format``: write TEI files in one canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import write_result


@click.command()
@click.argument("files", metavar="{FILE|DIR|-}...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; list the files that are not formatted.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Where to write the one FILE, which stays as it is; '-' is standard output.",
)
@click.pass_context
def command(
    ctx: click.Context, files: tuple[Path, ...], check: bool, show: bool, output: Path | None
) -> None:
    """Write TEI files in one canonical form.

    Each FILE, and all TEI below each DIR, is replaced by its formatted form, unless it is formatted already;
    '-' reads standard input and writes standard output. Attributes get their order, quotes, prefixes and
    references their one form, the header its indentation. Text and meaning stay: in <text> no white space
    is touched but that within tags. With --check or --diff, the exit status is 1 if a file is not formatted.

    \b
    Example:
      tei format my-edition.xml
      tei format --check encoded/
    """
    from tei.batch.files import find_files
    from tei.errors import TeiError
    from tei.files import is_standard_stream, read_bytes, write_atomically
    from tei.format import format_bytes
    from tei.format.differences import first_difference, unified

    if output is not None and (check or show):
        raise click.UsageError("-o does not go with --check and --diff: they write nothing")
    found = find_files(files).files
    if len(found) != 1 and (output is not None or any(map(is_standard_stream, found))):
        raise click.UsageError("-o and standard input go with one FILE only")
    different = failed = 0
    for path in found:
        name = "standard input" if is_standard_stream(path) else str(path)
        try:
            data = read_bytes(path)
            new = format_bytes(data, name)
            is_formatted = new == data
            if not (check or show) and (output is not None or is_standard_stream(path)):
                write_result(output, new)
                continue
            different += not is_formatted
            if is_formatted:
                continue
            if not (check or show):
                write_atomically(path, new)
                click.echo(f"{name}: formatted", err=True)
        except TeiError as error:
            failed += 1
            click.echo(f"tei: {error}", err=True)
            continue
        if check:
            line, stands, wanted = first_difference(data, new)
            click.echo(f"{name}:{line}: not formatted\n  found:  {stands}\n  wanted: {wanted}")
        if show:
            write_result(None, "".join(unified(data, new, name)).encode("utf-8", errors="replace"))
    if len(found) != 1 or check:
        click.echo(_summary(len(found), different, failed, written=not (check or show)), err=True)
    ctx.exit(1 if failed or (different and (check or show)) else 0)


def _summary(count: int, different: int, failed: int, *, written: bool) -> str:
    parts = [
        (different, "formatted" if written else "not formatted"),
        (count - different - failed, "left as they are" if written else "formatted"),
        (failed, "not read or written"),
    ]
    said = [f"{number} {what}" for number, what in parts if number]
    return f"tei: {count} file{'' if count == 1 else 's'}{': ' * bool(said)}{', '.join(said)}"
