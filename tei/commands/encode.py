"""``tei encode``: a text or an edition to TEI."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("source", metavar="EDITION_DIR|FILE.txt", type=click.Path(path_type=Path))
@output_option
def command(source: Path, output: Path | None) -> None:
    """Encode a text, or an edition, as TEI.

    A directory is an edition: edition.toml describes source.txt beside it. A text file alone is
    encoded with sound defaults; '-' is standard input.

    \b
    Example:
      tei encode encoded/my-edition -o my-edition.xml
      tei encode speech.txt > speech.xml
    """
    from tei.encode import encode_path

    write_result(output, encode_path(source).xml)
