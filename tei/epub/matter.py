"""What a book has besides its text: title page, index of persons, the reactions in their order.

Each is made from what the header says and from what was met while the text was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from lxml import etree

from tei.epub.book import Facts
from tei.epub.carry import escaped, quoted
from tei.epub.labels import Labels
from tei.epub.written import Mention
from tei.names import qualified
from tei.views.walk import SPACE

_ID: Final = qualified("xml:id")
_NAMES: Final = ("persName", "name", "orgName")


def title_page(facts: Facts, root: etree._Element, labels: Labels) -> str:
    """The title page, with a description of the edition and its rights."""
    lines = [f'<p class="by">{escaped(name)}</p>' for name in facts.authors]
    lines.append(f"<h1>{escaped(facts.title)}</h1>")
    if facts.subtitle:
        lines.append(f'<p role="doc-subtitle">{escaped(facts.subtitle)}</p>')
    imprint = ", ".join(part for part in (facts.publisher, facts.date) if part)
    about = [facts.description, facts.source, *_purpose(root), facts.rights, imprint]
    prose = "".join(f"<p>{escaped(part)}</p>" for part in about if part)
    return (
        f'<section class="gen title-page" epub:type="titlepage">{"".join(lines)}</section>'
        f'<section class="gen edition"><h2>{escaped(labels.edition)}</h2>{prose}</section>'
    )


def _purpose(root: etree._Element) -> Iterable[str]:
    """The paragraphs in which the header says why the text was encoded, and how (TEI Guidelines, 2.3.1)."""
    namespace = str(root.tag).rpartition("}")[0]
    prefix = f"{namespace}}}" if namespace else ""
    header = next(root.iter(f"{prefix}teiHeader"), None)
    if header is None:
        return
    for declaration in header.iter(f"{prefix}projectDesc"):
        for paragraph in declaration.iter(f"{prefix}p"):
            if words := _words(paragraph):
                yield words


def index_of_persons(root: etree._Element, people: Sequence[Mention], labels: Labels) -> str:
    """Where the text names whom, by the pages of the print; ``""`` where it names nobody."""
    named = _named(root)
    mentions: dict[str, list[Mention]] = {}
    for mention in people:
        for pointer in mention.node.get("ref", "").split():
            name = named.get(pointer.removeprefix("#")) if pointer.startswith("#") else None
            if name:
                mentions.setdefault(name, []).append(mention)
    if not mentions:
        return ""
    entries = [
        f"<dt>{escaped(name)}</dt><dd>{_by_page(mentions[name])}</dd>"
        for name in sorted(mentions, key=_sorting)
    ]
    return (
        f'<section class="gen persons" epub:type="index" role="doc-index"><h1>{escaped(labels.people)}</h1>'
        f"<dl>{''.join(entries)}</dl></section>"
    )


def _by_page(mentions: Sequence[Mention]) -> str:
    """A link for each page, to the first mention on it, and how many there are if more than one."""
    found: list[str] = []
    in_order = sorted(mentions, key=lambda mention: _number(mention.page))
    for number, (page, group) in enumerate(groupby(in_order, key=lambda mention: mention.page), start=1):
        first, *rest = group
        link = f"<a href={quoted(first.href)}>{escaped(page) or number}</a>"
        found.append(f"{link}\u00a0({len(rest) + 1})" if rest else link)
    return ", ".join(found)


def _number(page: str) -> int:
    """What a page is sorted by; those without a number of their own come first, as they came."""
    return int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 0


def _named(root: etree._Element) -> dict[str, str]:
    """The name of everybody who has an entry in the document."""
    found: dict[str, str] = {}
    for entry in root.iter("{*}person", "{*}personGrp", "{*}org"):
        identifier = entry.get(_ID)
        name = next((one for one in entry if str(one.tag).rpartition("}")[2] in _NAMES), None)
        if identifier and name is not None and (words := _ordered(name)):
            found.setdefault(identifier, words)
    return found


def _ordered(name: etree._Element) -> str:
    """A name as an index has it: the surname first."""
    surname = name.find("{*}surname")
    if surname is not None:
        rest = " ".join(_words(one) for one in name if one is not surname and isinstance(one.tag, str))
        return f"{_words(surname)}, {rest}" if rest else _words(surname)
    words = _words(name).split(" ")
    if str(name.tag).endswith("persName") and len(words) > 1 and "," not in " ".join(words):
        return f"{words[-1]}, {' '.join(words[:-1])}"
    return " ".join(words)


def _sorting(name: str) -> tuple[str, str]:
    return name.casefold(), name


def timeline(reactions: Sequence[Mention], labels: Labels) -> str:
    """The reactions of the audience in the order in which they came; ``""`` where there were none."""
    if not reactions:
        return ""
    entries = "".join(
        f"<li>{_page(one)}<a href={quoted(one.href)}>{escaped(_words(one.node))}</a></li>"
        for one in reactions
    )
    return f'<section class="gen reactions"><h1>{escaped(labels.reactions)}</h1><ol>{entries}</ol></section>'


def _page(mention: Mention) -> str:
    return f'<span class="page">{escaped(mention.page)}</span> ' if mention.page else ""


def _words(node: etree._Element) -> str:
    """The words of an element, white space folded; of a choice the better ones."""
    chunks: list[str] = []
    for one in node.iter():
        if (
            isinstance(one.tag, str)
            and str(one.tag).rpartition("}")[2] in ("sic", "orig", "abbr")
            and one is not node
        ):
            continue
        above = one.getparent()
        if (
            above is not None
            and str(above.tag).rpartition("}")[2] in ("sic", "orig", "abbr")
            and above is not node
        ):
            continue
        if isinstance(one.tag, str):
            chunks.append(one.text or "")
        if one is not node:
            chunks.append(one.tail or "")
    return " ".join("".join(chunks).split(" ")).strip(SPACE).replace("\n", " ")
