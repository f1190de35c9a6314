"""``tei text``: TEI back to plain text."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("file", metavar="FILE.xml", type=click.Path(path_type=Path))
@click.option(
    "--view",
    type=click.Choice(["source", "reading", "spoken"]),
    default="reading",
    show_default=True,
    help="source: the text that was encoded, byte for byte. "
    "reading: no page furniture, words rejoined, notes gathered, corrections applied. "
    "spoken: the words of the speakers alone.",
)
@output_option
def command(file: Path, view: str, output: Path | None) -> None:
    """Turn TEI back into plain text.

    \b
    Example:
      tei text my-edition.xml
      tei text my-edition.xml --view source -o source.txt
    """
    from tei.views import view_text

    write_result(output, view_text(file, view))
