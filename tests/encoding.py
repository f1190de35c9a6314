"""Encode small invented texts, and draw what comes of them in a few lines.

Whatever a test encodes here is also checked for what holds of every text: the source comes back byte
for byte, and the TEI is valid by the project's schema.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path

from lxml import etree

from tei.edition.decisions import Decisions
from tei.edition.load import default_edition
from tei.edition.model import Edition
from tei.encode import encode
from tei.names import EDITORIAL, T, local_name
from tei.parse import parse_bytes
from tei.source import read_source
from tei.validation.pointers import check_pointers
from tei.validation.schema import check_schema
from tei.views import source_bytes

_SHOWN = frozenset(
    {
        *("front", "body", "back", "div", "floatingText", "opener", "closer", "postscript", "salute"),
        *("signed", "dateline", "byline", "address", "addrLine", "trailer", "head", "p", "ab", "lg", "l"),
        *("list", "item", "sp", "speaker", "note", "titlePage", "docTitle", "titlePart"),
        *("docImprint", "docAuthor", "publisher", "pubPlace", "docDate", "imprimatur", "epigraph", "kinesic"),
        *("vocal", "incident"),
    }
)  # fmt: skip
_ATTRIBUTES = ("type", "n", "rend", "part", "who")


def pages(*texts: str, first: int = 1) -> str:
    """Pages with their numbers at the foot, counted up from ``first``; no text has a line feed at its end."""
    return "\n\n\n\n".join(f"{text}\n\n{n}" for n, text in enumerate(texts, start=first)) + "\n"


def document(text: str, decisions: str = "", edition: str = "") -> etree._ElementTree:
    """The TEI of ``text``; ``decisions`` and ``edition`` are TOML; ``edition`` adds to the defaults."""
    data = text.encode()
    source = read_source(data)
    encoded = encode(source, made_edition(edition), read_decisions(decisions), "text.txt", "text")
    tree = parse_bytes(encoded.xml)
    assert source_bytes(tree.getroot()) == data
    assert_valid(tree)
    return tree


def assert_valid(tree: etree._ElementTree) -> None:
    """The tree is valid by our RELAX NG schema, and every pointer leads somewhere."""
    if problems := check_schema(tree, "text.xml"):
        text = etree.tostring(text_of(tree), encoding="unicode")
        raise AssertionError(f"not valid: {problems[0]}\n{text[:3000]!s}")
    assert [str(problem) for problem in check_pointers(tree, "text.xml")] == []


def made_edition(toml: str = "") -> Edition:
    """An edition with nothing in it but what ``toml`` says besides the defaults of a loose text."""
    base = default_edition(Path("text.txt")).model_dump(exclude_unset=True)
    return Edition.model_validate({**base, **tomllib.loads(toml)})


def read_decisions(toml: str) -> Decisions:
    """The decisions that ``toml`` holds."""
    return Decisions.model_validate(tomllib.loads(toml))


def text_of(tree: etree._ElementTree) -> etree._Element:
    """The element ``text``."""
    found = tree.find(f"{T}text")
    assert found is not None
    return found


def drawn(text: str, decisions: str = "", edition: str = "", *, inline: Collection[str] = ()) -> str:
    """What becomes of a text: a line for each block and division, two spaces further in for each level.

    A line shows an element, its attributes and, where no block stands in it, its words as in the source;
    ``|`` is a page break. ``inline`` names elements within the words that are shown by ``<name target>…<>``.
    The element ``body`` that holds everything is left out.
    """
    return sketch(text_of(document(text, decisions, edition)), inline=inline)


def sketch(element: etree._Element, *, inline: Collection[str] = ()) -> str:
    """See ``drawn``."""
    lines: list[str] = []
    whole = [child for child in element if local_name(child.tag) in ("front", "body", "back")]
    for child in whole[0] if len(whole) == 1 else element:
        _draw(child, 0, frozenset(inline), lines)
    return "\n".join(lines)


def _is_shown(element: etree._Element) -> bool:
    """Whether an element has a line of its own: a quotation only where it is set off."""
    return local_name(element.tag) in _SHOWN or element.get("rend") == "block"


def _draw(element: etree._Element, level: int, inline: frozenset[str], lines: list[str]) -> None:
    name = local_name(element.tag)
    parent = element.getparent()
    if not _is_shown(element) or (name == "body" and parent is not None and parent.tag == f"{T}floatingText"):
        for child in element:
            _draw(child, level, inline, lines)
        return
    attributes = [element.get(key, "") for key in _ATTRIBUTES if element.get(key)]
    label = f"{name}[{' '.join(attributes)}]" if attributes else name
    if any(_is_shown(child) and name != "head" for child in element.iterdescendants()):
        own = _folded(_own(element, inline))
        lines.append("  " * level + (f"{label} {own}" if own else label))
        for child in element:
            _draw(child, level + 1, inline, lines)
    else:
        lines.append("  " * level + f"{label} {words(element, inline)}".rstrip())


def _own(element: etree._Element, inline: frozenset[str]) -> str:
    """The words of a block that stand beside the blocks in it; a block in them is shown as …."""
    found = [element.text or ""]
    for child in element:
        name = local_name(child.tag)
        if name not in EDITORIAL:
            found.append("…" if _is_shown(child) else _inline(child, inline))
        found.append(child.tail or "")
    own = "".join(found)
    return own if own.replace("…", "").replace("|", "").strip() else ""


def words(element: etree._Element, inline: Collection[str] = ()) -> str:
    """The words of an element as in the source, without running matter; white space folded."""
    chunks = [element.text or ""]
    for child in element:
        chunks += [_inline(child, frozenset(inline)), child.tail or ""]
    return _folded("".join(chunks))


def _folded(text: str) -> str:
    """White space folded; a page break stands close before what follows it."""
    return re.sub(r"\|\s+", "|", " ".join(text.split()))


def _inline(element: etree._Element, inline: frozenset[str]) -> str:
    name = local_name(element.tag)
    if name == "pb":
        return "|"
    if name == "fw" or name in EDITORIAL:
        return ""
    inner = "".join([element.text or "", *(_inline(c, inline) + (c.tail or "") for c in element)])
    if name not in inline:
        return inner
    target = element.get("target") or element.get("type") or element.get("part") or ""
    return f"<{name} {target}>{inner}<>" if target else f"<{name}>{inner}<>"


def block(drawing: str) -> str:
    """A drawing as a test states it: the margin and the empty first and last line taken off."""
    lines = drawing.strip("\n").rstrip().split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    return "\n".join(line[margin:] for line in lines)
