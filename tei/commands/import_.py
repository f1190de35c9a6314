"""``tei import``: an EPUB to TEI."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command("import")
@click.argument("file", metavar="FILE.epub", type=click.Path(path_type=Path))
@output_option
def command(file: Path, output: Path | None) -> None:
    """Make TEI of an EPUB; of one of ours the very TEI again.

    \b
    Example:
      tei import my-edition.epub -o my-edition.xml
    """
    from tei.epub.reading.importer import import_epub, tei_bytes

    write_result(output, tei_bytes(import_epub(file)))
