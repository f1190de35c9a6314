"""What elements of XHTML say of themselves, by name, ``epub:type``, role and class."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from tei.epub.document import EPUB_NS, XHTML_NS
from tei.epub.language import language_tag
from tei.names import T, qualified
from tei.views.walk import SPACE

X: Final = f"{{{XHTML_NS}}}"
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements that words do not run across (HTML standard, section 15.3).
BLOCKS: Final = frozenset(
    {
        *HEADINGS,
        *[
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
        ],
        *[
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "hr",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
        ],
        *["td", "tfoot", "th", "thead", "tr", "ul"],
    }
)
UNREAD: Final = frozenset(
    {"script", "style", "head", "template", "title", "audio", "video", "object", "iframe"}
)
VERSE: Final = frozenset(
    [
        "z3998:verse",
        "z3998:poem",
        "z3998:song",
        "z3998:hymn",
        "poem",
        "poetry",
        "verse",
        "line-block",
        "lineblock",
        "linegroup",
        "stanza",
    ]
)

_TYPE: Final = f"{{{EPUB_NS}}}type"
_LANG: Final = qualified("xml:lang")
_ID: Final = qualified("xml:id")
_SPACES: Final = re.compile(f"[{SPACE}]+")


def name_in_html(node: etree._Element) -> str:
    """The local name of an element of XHTML, SVG or MathML; ``""`` of a comment or the like."""
    tag: object = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def kinds(node: etree._Element) -> frozenset[str]:
    """What ``epub:type`` and ``role`` say of an element; ``doc-chapter`` is ``chapter``."""
    words = f"{node.get(_TYPE, '')} {node.get('role', '').replace('doc-', '')}".split()
    return frozenset(words)


def classes(node: etree._Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(node.get("class", "").split())


def words_of(node: etree._Element) -> str:
    """The words of an element, white space folded."""
    chunks = (str(text) for text in node.itertext("*") if text)
    return _SPACES.sub(" ", "".join(chunks)).strip()


def holds_blocks(node: etree._Element) -> bool:
    """Whether blocks stand in an element, at any depth."""
    return any(name_in_html(one) in BLOCKS for one in node.iterdescendants(f"{X}*"))


def element(name: str, **attributes: str) -> etree._Element:
    """A new element of TEI; ``xml_id`` is ``xml:id``."""
    made = etree.Element(f"{T}{name}")
    for key, value in attributes.items():
        made.set(qualified(key.replace("xml_", "xml:", 1)), value)
    return made


def copy_language(node: etree._Element, to: etree._Element) -> None:
    """Give an element of TEI the language that its element of XHTML has of its own."""
    language = language_tag(node.get(_LANG) or node.get("lang"))
    if language:
        to.set(_LANG, language)


def is_empty(made: etree._Element) -> bool:
    """Whether an element of TEI holds nothing, and nobody can lead to it."""
    return not len(made) and not (made.text or "").strip(SPACE) and made.get(_ID) is None


def without(kind: str, found: Iterable[str]) -> str:
    """The first of ``found`` without the prefix of its vocabulary, or ``kind``."""
    return next((one.rpartition(":")[2] for one in found), kind)
