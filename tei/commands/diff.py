"""``tei diff``: what changed between two TEI files, in the text, in the markup, in the header."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("old", metavar="OLD.xml", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.xml", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="text: one line a change. json: for programs. html: one page that needs nothing else.",
)
@click.option(
    "--exit-zero", is_flag=True, help="Exit with 0 whatever changed, as git wants it of a diff driver."
)
@output_option
@click.pass_context
def command(
    ctx: click.Context, old: Path, new: Path, form: str, output: Path | None, *, exit_zero: bool
) -> None:
    """Show what changed between two TEI files: text, markup, header.

    Each change is shown once, with its line in both files, the page of the print and a few words around
    it. The exit status tells what changed: 0 nothing, else the sum of 4 (text), 8 (markup) and 16 (header).

    \b
    Example:
      tei diff old.xml new.xml
      tei diff old.xml new.xml --format html -o changes.html
    """
    from tei.diff import compare_files
    from tei.diff.page import as_html
    from tei.diff.report import as_json, as_text
    from tei.files import is_standard_stream

    if is_standard_stream(old) and is_standard_stream(new):
        raise click.UsageError("standard input can be only one of the two files")
    difference = compare_files(old, new)
    if form == "text":
        to_terminal = (output is None or is_standard_stream(output)) and sys.stdout.isatty()
        report = as_text(difference, colour=to_terminal and not os.environ.get("NO_COLOR"))
    elif form == "json":
        report = as_json(difference, str(old), str(new))
    else:
        report = as_html(difference, str(old), str(new))
    # In JSON, this is how a character is written that no encoding can carry.
    write_result(output, report.encode("utf-8", errors="backslashreplace"))
    if not exit_zero:
        ctx.exit(difference.status)
