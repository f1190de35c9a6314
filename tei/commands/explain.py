"""``tei explain``: what a code means, why it matters, how the problem is mended."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from tei.codes import Entry

_WIDTH: Final = 90


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
def command(codes: tuple[str, ...]) -> None:
    """Tell what the code of a problem means.

    Each code is explained, with a wrong and a right example. Without a code all codes are listed, by the
    layer of checks that they belong to.

    \b
    Example:
      tei explain TEI-P001
      tei explain
    """
    from tei.codes import catalogue

    known = catalogue()
    if not codes:
        click.echo(_listed(list(known.values())))
        return
    unknown = [code for code in codes if code.upper() not in known]
    if unknown:
        raise click.BadParameter(_unknown(unknown[0]), param_hint="CODE")
    click.echo("\n".join(_explained(known[code.upper()]) for code in codes), nl=False)


def _listed(entries: list[Entry]) -> str:
    lines: list[str] = []
    layer = None
    for entry in entries:
        if entry.layer != layer:
            layer = entry.layer
            lines += ["", layer] if lines else [layer]
        lines.append(f"  {entry.code:<9} {entry.title}")
    return "\n".join(lines)


def _explained(entry: Entry) -> str:
    parts = [f"{entry.code}  {entry.title}  ({entry.layer})", textwrap.fill(entry.text, _WIDTH)]
    for name, example in (("wrong", entry.wrong), ("right", entry.right)):
        if example:
            parts.append(f"{name}:\n{textwrap.indent(example, '  ')}")
    parts += [f"with the file {name}:\n{textwrap.indent(text, '  ')}" for name, text in entry.files.items()]
    if entry.link:
        parts.append(f"see: {entry.link}")
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _unknown(code: str) -> str:
    from tei.codes import nearest

    near = nearest(code)
    meant = f"did you mean {' or '.join(near)}?" if near else "there is none like it."
    return f"no problem has the code {code!r}; {meant} `tei explain` lists all."
