"""Turn what a schema finds into problems that a reader of TEI understands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tei.names import TEI_NS, T
from tei.problems import Problem
from tei.relaxng.findings import Finding
from tei.relaxng.names import local_of, namespace_of
from tei.relaxng.words import listed

_ELEMENT_PAGE: Final = "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-{}.html"
# What people know from HTML and word processors, and how TEI says it (Guidelines, chapters 3 and 14).
_HTML: Final = {
    **dict.fromkeys(("i", "em", "italic", "italics"), '<hi rend="italic">'),
    **dict.fromkeys(("b", "strong", "bold"), '<hi rend="bold">'),
    **dict.fromkeys(("u", "s", "small", "sup", "sub", "font", "underline", "center"), '<hi rend="…">'),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "<head>"),
    **dict.fromkeys(("ul", "ol", "dl"), "<list>"),
    **dict.fromkeys(("li", "dd"), "<item>"),
    **dict.fromkeys(("td", "th"), "<cell>"),
    "a": "<ref>",
    "blockquote": "<quote>",
    "br": "<lb/>",
    "dt": "<label>",
    "img": "<graphic>",
    "section": "<div>",
    "span": "<seg>",
    "tr": "<row>",
}
_LISTED_KINDS: Final = frozenset({"root", "element", "missing", "incomplete", "value", "attribute-value"})


def as_problem(finding: Finding, path: str, known: Callable[[str], bool]) -> Problem:
    """Return ``finding`` as a problem of the file ``path``; ``known`` tells the elements of the schema."""
    named = (finding.element, finding.parent or "")
    return Problem(
        code=finding.code,
        severity="error",
        message=finding.message,
        path=path,
        line=finding.line,
        column=finding.column,
        xpath=finding.xpath,
        hint=_from_html(finding, known) or _hint(finding) or None,
        link=next((page for name in named if known(name) and (page := element_page(name))), None),
    )


def element_page(name: str) -> str | None:
    """Return the address of the Guidelines' page on the element ``name``; ``None`` if it is none of TEI."""
    return _ELEMENT_PAGE.format(local_of(name)) if namespace_of(name) == TEI_NS else None


def _from_html(finding: Finding, known: Callable[[str], bool]) -> str | None:
    meant = _HTML.get(local_of(finding.element).lower())
    if finding.kind != "element" or meant is None or known(finding.element):
        return None
    return f"in TEI that is {meant}" if known(T + meant[1:].partition(" ")[0].rstrip("/>")) else None


def _hint(finding: Finding) -> str:
    said = [finding.hint] if finding.hint else []
    expected = finding.expected
    if finding.kind in _LISTED_KINDS and expected:
        said.append(f"expected {listed(expected)}")
    elif finding.kind == "text":
        holders = [one for one in expected if one.startswith("<")]
        such = "<p>" if "<p>" in holders else next(iter(holders), None)
        said.append(f"put it into an element such as {such}, or remove it" if such else "remove it")
    elif finding.kind == "attribute" and not finding.hint:
        said.append(f"remove it; allowed here: {listed(expected, 'and')}" if expected else "remove it")
    return "; ".join(said)
