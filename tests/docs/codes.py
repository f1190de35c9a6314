"""The page of all codes, made from the catalogue: `python -m tests.docs.codes` writes it anew."""

from __future__ import annotations

import sys
from typing import Final

from tei.codes import FILES, Entry, catalogue
from tests.conftest import ROOT

PAGE: Final = ROOT / "docs" / "codes.md"

_BEGINNING: Final = """# All codes

Every problem that `tei` reports has a code, which never changes its meaning. The codes are grouped by the
[layer of checks](validation.md#layers) that finds the problem. `tei explain CODE` says the same.
"""
_LAYERS: Final = {
    "well-formed": "## A file that cannot be judged",
    "schema": "## The schema",
    "rules": "## Rules",
    "pointers": "## Pointers",
    "text": "## The text",
    "consistency": "## Consistency",
}


def page() -> str:
    """The whole page."""
    parts = [_BEGINNING]
    for layer in FILES:
        parts.append(f"{_LAYERS[layer]}\n")
        parts += [_section(entry) for entry in catalogue().values() if entry.layer == layer]
    return "\n".join(parts)


def _section(entry: Entry) -> str:
    parts = [f"### {entry.code}\n", f"**{entry.title}.** {_escaped(entry.text)}\n"]
    if entry.wrong and entry.right:
        parts += [f"Wrong:\n\n```xml\n{entry.wrong}\n```\n", f"Right:\n\n```xml\n{entry.right}\n```\n"]
    parts += [f"with `{name}`:\n\n```text\n{text.strip()}\n```\n" for name, text in entry.files.items()]
    if entry.link:
        parts.append(f"[More about it]({entry.link})\n")
    return "\n".join(parts)


def _escaped(text: str) -> str:
    """Markdown takes angle brackets for tags, and a backtick for code."""
    return (
        text.replace("\\", "\\\\")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("`", "\\`")
        .replace("*", "\\*")
    )


def main() -> None:
    """Write the page anew if it differs."""
    now = page()
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != now:
        PAGE.write_text(now, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{PAGE.relative_to(ROOT)}: brought up to date\n")


if __name__ == "__main__":
    main()
