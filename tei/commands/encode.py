"""``tei encode``: a text or an edition to TEI."""

from __future__ import annotations

from pathlib import Path

import click

from tei.commands.output import output_option, write_result


@click.command()
@click.argument("source", metavar="EDITION_DIR|FILE.txt", type=click.Path(path_type=Path))
@output_option
@click.option("--no-validate", is_flag=True, help="Write the result without checking it against the schema.")
@click.pass_context
def command(ctx: click.Context, source: Path, output: Path | None, no_validate: bool) -> None:
    """Encode a text, or an edition, as TEI.

    A directory is an edition: edition.toml describes source.txt beside it. A text file alone is
    encoded with sound defaults; '-' is standard input. What is not valid is not written: its problems
    are shown, and the exit status is 1.

    \b
    Example:
      tei encode encoded/my-edition -o my-edition.xml
      tei encode speech.txt > speech.xml
    """
    from tei.encode import encode_path

    encoded = encode_path(source)
    if not no_validate:
        from tei.parse import parse_bytes
        from tei.validation import validate_tree

        path = output or Path(f"{encoded.name}.xml")
        problems = validate_tree(parse_bytes(encoded.xml, path), path)
        for problem in problems:
            click.echo(str(problem), err=True)
        if any(problem.severity == "error" for problem in problems):
            click.echo("tei: not written: the decisions of the edition do not go together", err=True)
            ctx.exit(1)
    write_result(output, encoded.xml)
