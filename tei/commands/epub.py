"""``tei epub``: TEI to an EPUB."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("file", metavar="FILE.xml", type=click.Path(path_type=Path))
@click.option(
    "--css",
    type=click.Path(path_type=Path),
    metavar="FILE.css",
    help="A style sheet in place of the program's own.",
)
@output_option
def command(file: Path, css: Path | None, output: Path | None) -> None:
    """Make an EPUB 3.3 of a TEI file.

    \b
    Example:
      tei epub my-edition.xml -o my-edition.epub
    """
    from tei.epub.edition import epub_bytes
    from tei.files import read_bytes
    from tei.parse import parse_file

    sheet = read_bytes(css) if css is not None else None
    write_result(output, epub_bytes(parse_file(file), css=sheet))
