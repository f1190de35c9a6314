"""Pictures in a stranger's EPUB as figures of TEI (TEI Guidelines, chapter 14.4).

The files of the pictures stay in the EPUB; ``graphic`` names each by its path there.
"""

from __future__ import annotations

import posixpath
from typing import Final

from lxml import etree

from tei.epub.foreign.markup import element
from tei.names import T, qualified

FIGURE: Final = f"{T}figure"

_ID: Final = qualified("xml:id")
_LANG: Final = qualified("xml:lang")
#: The core media types for images (EPUB 3.3, section 3.2), by the endings that their files mostly have.
_MEDIA_TYPES: Final = {
    ".gif": "image/gif",
    **dict.fromkeys((".jpg", ".jpeg"), "image/jpeg"),
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_WORDS: Final = (f"{T}ref", f"{T}seg")  # what stands for a picture in a line
_AROUND: Final = frozenset(f"{T}{name}" for name in ("hi", "emph", "seg", "foreign", "title"))
_BESIDE: Final = frozenset(f"{T}{name}" for name in ("pb", "anchor", "note"))
_CONTENT: Final = frozenset(f"{T}{name}" for name in ("graphic", "head", "p", "ab", "figDesc"))


def pictures(holder: etree._Element) -> list[etree._Element]:
    """The figures, and the breaks and notes beside them, of an element that holds no words besides.

    Empty if it holds words, or no picture at all.
    """
    found: list[etree._Element] = []
    if not _collect(holder, found) or not any(one.tag == FIGURE for one in found):
        return []
    return found


def in_place_of(paragraph: etree._Element) -> list[etree._Element]:
    """As ``pictures``; the first figure has the language and the id of the paragraph."""
    found = pictures(paragraph)
    if not found:
        return []
    first = next(one for one in found if one.tag == FIGURE)
    if (language := paragraph.get(_LANG)) is not None:
        first.set(_LANG, language)
    if (identifier := paragraph.get(_ID)) is not None:
        if first.get(_ID) is None:
            first.set(_ID, identifier)
        else:
            found.insert(0, element("anchor", xml_id=identifier))
    return found


def is_picture(figure: etree._Element) -> bool:
    """Whether a figure is a picture alone, without a caption or the like."""
    return all(child.tag in (f"{T}graphic", f"{T}figDesc") for child in figure)


def holds_anything(figure: etree._Element) -> bool:
    """Whether a figure has what it needs (a picture, or words) besides breaks and notes."""
    return any(child.tag in _CONTENT for child in figure)


def leave_out_repetition(figure: etree._Element) -> None:
    """Take out a description that says the same as the caption."""
    captions = {" ".join("".join(map(str, head.itertext())).split()) for head in figure.iter(f"{T}head")}
    for described in list(figure.iterchildren(f"{T}figDesc")):
        if described.text in captions and any(True for _ in figure.iterchildren(f"{T}graphic")):
            figure.remove(described)


def _collect(node: etree._Element, found: list[etree._Element]) -> bool:
    """Add what stands in ``node`` to ``found``; tells whether no words are among it."""
    if (node.text or "").strip():
        return False
    for child in node:
        if (child.tail or "").strip():
            return False
        if child.tag in _WORDS and child.get("type") == "image":
            found.append(_figure(child))
        elif child.tag in _BESIDE:
            found.append(child)
        elif child.tag in _AROUND:
            if (identifier := child.get(_ID)) is not None:
                found.append(element("anchor", xml_id=identifier))
            if not _collect(child, found):
                return False
        elif child.tag != f"{T}lb":
            return False
    return True


def _figure(image: etree._Element) -> etree._Element:
    made = element("figure")
    if (identifier := image.get(_ID)) is not None:
        made.set(_ID, identifier)
    if (url := image.get("target")) is not None:
        graphic = etree.SubElement(made, f"{T}graphic", {"url": url})
        media_type = _MEDIA_TYPES.get(posixpath.splitext(url)[1].lower())
        if media_type is not None:
            graphic.set("mimeType", media_type)
    if image.text:
        etree.SubElement(made, f"{T}figDesc").text = image.text
    return made
