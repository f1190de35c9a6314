"""A difference as one small page of HTML that needs nothing else: no script, no style sheet, no network."""

from __future__ import annotations

from html import escape
from typing import Final

from tei.diff.model import KINDS, Change, Difference, Kind
from tei.diff.wording import Words, groups, lines, others, safe, subject, summary, words

_TITLES: Final[dict[Kind, str]] = {"text": "Text", "markup": "Markup", "header": "Header"}
_STYLE: Final = """
:root { color-scheme: light dark; --went: #fbd7d4; --came: #cdeccf; --around: #d8e6f7; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --went: #6b2420; --came: #1d5426; --around: #1f3f66; } }
body { font: 1rem/1.5 Georgia, serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; }
tr { border-top: 1px solid var(--line); }
th, td.place { font: .85rem/1.7 system-ui, sans-serif; white-space: nowrap; }
td.what { font: .85rem/1.7 ui-monospace, monospace; overflow-wrap: anywhere; min-width: 10rem; }
td.words { white-space: pre-wrap; overflow-wrap: anywhere; }
del { background: var(--went); } ins { background: var(--came); text-decoration: none; }
mark { background: var(--around); color: inherit; }
"""
_TAGS: Final = {"-": "del", "+": "ins", "|": "mark"}


def as_html(difference: Difference, old: str, new: str) -> str:
    """The page: a table of the changes of each kind."""
    title = _text(f"{old} → {new}")
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width"/>',
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>",
        f"<h1>{title}</h1>\n<p>{_text(summary(difference))}</p>",
    ]
    for kind in KINDS:
        changes = difference.of(kind)
        if changes:
            parts += _table(kind, changes)
    return "\n".join([*parts, "</body></html>\n"])


def _table(kind: Kind, changes: list[Change]) -> list[str]:
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Lines", "Page", "What", "Words"))
    rows = [f"<h2>{_TITLES[kind]}</h2>", f"<table><thead><tr>{heads}</tr></thead><tbody>"]
    for group in groups(changes):
        change = group.change
        cells = {
            "place": _text(lines(change)),
            "place page": _text(change.page or ""),
            "what": _text(subject(change) or change.what),
            "words": "".join(map(_piece, words(change))),
        }
        row = "".join(f'<td class="{name}">{cell}</td>' for name, cell in cells.items())
        rows.append(f"<tr>{row}</tr>")
        if group.others:
            rows.append(f'<tr><td colspan="2"></td><td colspan="2">{_text(others(group))}</td></tr>')
    return [*rows, "</tbody></table>"]


def _piece(piece: Words) -> str:
    text = _text(piece.text)
    tag = _TAGS.get(piece.sign)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _text(text: str) -> str:
    return escape(safe(text))
