"""``tei merge``: what was changed by hand back into the TEI file, or into a newer one."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("first", metavar="BASE.xml", type=click.Path(path_type=Path))
@click.argument("second", metavar="EDITED.txt|EDITED.epub", type=click.Path(path_type=Path))
@click.option(
    "--base",
    "old",
    type=click.Path(path_type=Path),
    metavar="OLD.xml",
    help="Join two TEI files that were both made of OLD.xml.",
)
@click.option(
    "--name",
    metavar="NAME",
    help="What messages call the file, in place of the name of MINE.xml (git: %P). Needs --base.",
)
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
    first: Path,
    second: Path,
    old: Path | None,
    name: str | None,
    view: str | None,
    as_correction: bool,
    resp: str | None,
    partial: bool,
    report: Path | None,
    output: Path | None,
) -> None:
    """Carry changes made by hand back into the TEI file.

    EDITED is what 'tei text' or 'tei epub' made of BASE.xml, changed by a person.
    All markup stays where its text still stands; everything outside of the changes stays as it is, byte for
    byte. A valid file stays valid. Each change is listed. What cannot be placed is refused with the reason;
    nothing is written then, and the exit status is 1.

    With --base OLD.xml the two files are MINE.xml, which is OLD.xml with edits by hand, and NEW.xml, which
    'tei encode' makes now. The result is NEW.xml with these edits. Where both changed the same, the lines of
    both are written, between conflict markers as git has them, and the exit status is 1.

    \b
    Example:
      tei text my-edition.xml > proof.txt
      tei merge my-edition.xml proof.txt -o my-edition.xml
      tei merge --base old.xml my-edition.xml new.xml -o my-edition.xml
    """
    if old is not None:
        if view or as_correction or resp or partial:
            raise click.UsageError("--view, --as-correction, --resp and --partial do not go with --base")
        ctx.exit(_join(old, first, second, name or str(first), report, output))
    if resp and not as_correction:
        raise click.UsageError("--resp goes with --as-correction")
    if name:
        raise click.UsageError("--name goes with --base")
    from tei.files import read_bytes, write_atomically
    from tei.merge import Correction, merge

    correction = Correction(f"#{resp.removeprefix('#')}" if resp else None) if as_correction else None
    merged = merge(
        read_bytes(first),
        read_bytes(second),
        path=first,
        edited_path=second,
        view="source" if view == "source" else "reading" if view == "reading" else None,
        correction=correction,
    )
    lines = [change.render(str(second), str(first)) for change in merged.changes]
    if report is not None:
        write_atomically(report, "".join(f"{line}\n" for line in lines).encode("utf-8"))
        lines = [change.render(str(second), str(first)) for change in merged.refused]
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


def _join(old: Path, mine: Path, new: Path, name: str, report: Path | None, output: Path | None) -> int:
    """Join MINE and NEW; the exit status."""
    from tei.files import is_standard_stream, read_bytes, write_atomically
    from tei.merge.threeway import merge_three

    if sum(is_standard_stream(path) for path in (old, mine, new)) > 1:
        raise click.UsageError("standard input can be only one of the three files")
    joint = merge_three(
        *(read_bytes(path) for path in (old, mine, new)), old_path=old, mine_path=name, new_path=new
    )
    conflicts = [conflict.render(name) for conflict in joint.conflicts]
    if report is not None:
        lines = [*conflicts, *(taken.render(name) for taken in joint.taken)]
        write_atomically(report, "".join(f"{line}\n" for line in lines).encode("utf-8"))
    for line in (*conflicts, *map(str, joint.problems)):
        click.echo(line, err=True)
    write_result(output, joint.xml)
    count = len(joint.taken)
    summary = f"tei: {name}: {count} change{'' if count == 1 else 's'} of MINE taken over"
    if conflicts:
        count = len(conflicts)
        summary += f", {count} conflict{'' if count == 1 else 's'}: see the lines between <<<<<<< and >>>>>>>"
    if joint.problems:
        summary += "; the result is not valid"
    click.echo(summary, err=True)
    return 1 if conflicts or joint.problems else 0
