"""``tei names``: propose a register of the people whom a text names."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("source", metavar="EDITION_DIR|FILE.txt", type=click.Path(path_type=Path))
@output_option
def command(source: Path, output: Path | None) -> None:
    """Propose a register of the people whom a text names.

    The result is a persons.toml: candidates with how often and in what words they occur, the variants of
    a name grouped. Correct it, put it beside the text, and name it in edition.toml:
    people = "persons.toml".

    \b
    Example:
      tei names speech.txt -o persons.toml
    """
    from tei.encode import encode_path
    from tei.parse import parse_bytes
    from tei.persons.proposal import write_proposal
    from tei.persons.propose import propose_register
    from tei.views import reading_text

    text = reading_text(parse_bytes(encode_path(source).xml).getroot())
    write_result(output, write_proposal(propose_register(text)).encode("utf-8"))
