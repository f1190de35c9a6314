"""``tei merge``: an edited text view back into the TEI file it was made of."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("base", metavar="BASE.xml", type=click.Path(path_type=Path))
@click.argument("edited", metavar="EDITED.txt", type=click.Path(path_type=Path))
@click.option(
    "--view",
    type=click.Choice(["source", "reading"]),
    help="The view that the text was made from; found out if left out.",
)
@click.option(
    "--as-correction",
    is_flag=True,
    help="Record each change as a correction (choice, supplied, surplus): the source view stays the same.",
)
@click.option(
    "--resp",
    metavar="ID",
    help="Who answers for the corrections: an xml:id of the header. Needs --as-correction.",
)
@click.option(
    "--partial",
    is_flag=True,
    help="Write what can be placed even if some changes are refused; the exit status is 1.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to list the changes; else standard error.",
)
@output_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    ctx: click.Context,
    base: Path,
    edited: Path,
    view: str | None,
    as_correction: bool,
    resp: str | None,
    partial: bool,
    report: Path | None,
    output: Path | None,
) -> None:
    """Carry the changes of an edited text view back into the TEI file.

    EDITED.txt is what 'tei text --view source' or '--view reading' made of BASE.xml, changed by a person.
    All markup stays where its text still stands; everything outside of the changes stays as it is, byte for
    byte. A valid file stays valid. Each change is listed. What cannot be placed is refused with the reason;
    nothing is written then, and the exit status is 1.

    \b
    Example:
      tei text my-edition.xml > proof.txt
      tei merge my-edition.xml proof.txt -o my-edition.xml
    """
    from tei.files import read_bytes, write_atomically
    from tei.merge import Correction, merge

    if resp and not as_correction:
        raise click.UsageError("--resp goes with --as-correction")
    correction = Correction(f"#{resp.removeprefix('#')}" if resp else None) if as_correction else None
    merged = merge(
        read_bytes(base),
        read_bytes(edited),
        path=base,
        edited_path=edited,
        view="source" if view == "source" else "reading" if view == "reading" else None,
        correction=correction,
    )
    lines = [change.render(str(edited), str(base)) for change in merged.changes]
    if report is not None:
        write_atomically(report, "".join(f"{line}\n" for line in lines).encode("utf-8"))
        lines = [change.render(str(edited), str(base)) for change in merged.refused]
    for line in lines:
        click.echo(line, err=True)
    if not merged.refused or partial:
        write_result(output, merged.xml)
    count, refused = len(merged.changes), len(merged.refused)
    summary = f"{count} change{'' if count == 1 else 's'} in the {merged.view} view"
    if refused:
        written = "the rest is written" if partial else "nothing is written (--partial writes the rest)"
        click.echo(f"tei: {summary}, {refused} refused: {written}", err=True)
        ctx.exit(1)
    click.echo(f"tei: {summary}, all of them placed", err=True)
