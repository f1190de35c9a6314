"""Random edits of an EPUB's pages, and what editing programs do to pages besides; a seed makes the same."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable
from html.entities import codepoint2name
from typing import Final

from lxml import etree

from tests.merge.random_edits import LEVELS, edit_line, some_words

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_PARAGRAPHS: Final = ("p", "li")


def edited_epub(data: bytes, level: str, chance: random.Random) -> tuple[bytes, bytes]:
    """An EPUB with one random edit of a level; and the same, all its pages saved again by another program."""
    pages = _pages(data)
    trees = {name: etree.fromstring(page) for name, page in pages.items()}
    texts = [
        (node, tail)
        for root in trees.values()
        for body in root.iter(f"{XHTML}body")
        for node in body.iter(etree.Element)
        for tail in (False, True)
        if len(re.findall(r"\w{2,}", _words(node, tail))) > 1 and _is_read(node, tail)
    ]
    if level in ("character", "word"):
        node, tail = chance.choice(texts)
        changed = edit_line(_words(node, tail), level, chance)
        if tail:
            node.tail = changed
        else:
            node.text = changed
    else:
        _BLOCK_EDITS[chance.randrange(len(_BLOCK_EDITS))](
            [one for one in texts if _block(one[0]) is not None], chance
        )
    save = chance.choice(SAVES)
    plain = rezipped(data, {name: _as_xml(root) for name, root in trees.items()}, chance)
    return plain, rezipped(data, {name: save(root) for name, root in trees.items()}, chance)


def rezipped(data: bytes, pages: dict[str, bytes], chance: random.Random) -> bytes:
    """The archive with other pages in it, its files in another order and all of them packed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()} | pages
    names = list(files)
    chance.shuffle(names)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, files[name])
    return buffer.getvalue()


def _pages(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if re.search(r"/c\d+\.xhtml$", name)}


def pages_of(data: bytes) -> dict[str, etree._Element]:
    """The pages of an EPUB that hold its text."""
    return {name: etree.fromstring(page) for name, page in _pages(data).items()}


# What a page shows


def _words(node: etree._Element, tail: bool) -> str:
    return (node.tail if tail else node.text) or ""


def _is_read(node: etree._Element, tail: bool) -> bool:
    """Whether a reader sees a text as text of the edition."""
    around = node.getparent() if tail else node
    return around is not None and not any(
        one.get("hidden") is not None or "gen" in (one.get("class") or "").split()
        for one in (around, *around.iterancestors())
        if "note" not in (one.get("class") or "").split() and "notes" not in (one.get("class") or "").split()
    )


def _block(node: etree._Element) -> etree._Element | None:
    """The paragraph that an element is, if it is one."""
    return node if node.tag in {f"{XHTML}{name}" for name in _PARAGRAPHS} else None


# Edits of blocks


_Texts = list[tuple[etree._Element, bool]]


def _paragraph_out(texts: _Texts, chance: random.Random) -> None:
    _removed(chance.choice(texts)[0])


def _removed(node: etree._Element) -> None:
    """Take an element out; what stands behind it stays."""
    parent, before = node.getparent(), node.getprevious()
    assert parent is not None
    if before is None:
        parent.text = (parent.text or "") + (node.tail or "")
    else:
        before.tail = (before.tail or "") + (node.tail or "")
    node.tail = None
    parent.remove(node)


def _paragraph_in(texts: _Texts, chance: random.Random) -> None:
    node = chance.choice(texts)[0]
    new = etree.Element(f"{XHTML}p")
    new.text = some_words(chance)
    new.tail = "\n"
    node.addprevious(new)


def _paragraph_split(texts: _Texts, chance: random.Random) -> None:
    """Split as the key Enter does it: the second part has the attributes of the first, its id too."""
    whole = [node for node, tail in texts if not tail and " " in _words(node, tail).strip()]
    if not whole:
        return
    node = chance.choice(whole)
    words = node.text or ""
    at = words.index(" ", len(words) - len(words.lstrip()))
    second = copy.deepcopy(node)
    if chance.random() < 0.5:
        second.attrib.clear()
    second.text, node.text = words[at + 1 :], words[:at]
    second.tail = node.tail
    for child in list(node):
        node.remove(child)
    node.tail = "\n"
    node.addnext(second)


def _paragraphs_joined(texts: _Texts, chance: random.Random) -> None:
    pairs = [
        (node, beside)
        for node, tail in texts
        if not tail
        and (beside := node.getnext()) is not None
        and beside.tag == node.tag
        and beside.get("class") == node.get("class")
        and not (node.tail or "").strip()
    ]
    if not pairs:
        return
    node, beside = chance.choice(pairs)
    last = node[-1] if len(node) else None
    words = f" {beside.text or ''}"
    if last is None:
        node.text = (node.text or "") + words
    else:
        last.tail = (last.tail or "") + words
    for child in list(beside):
        node.append(child)
    _removed(beside)


def _paragraph_moved(texts: _Texts, chance: random.Random) -> None:
    node = chance.choice(texts)[0]
    beside = node.getnext()
    if beside is not None and beside.tag == node.tag:
        node.tail, tail = None, node.tail
        beside.addnext(node)
        node.tail = tail


_BLOCK_EDITS: Final[tuple[Callable[[_Texts, random.Random], None], ...]] = (
    _paragraph_out,
    _paragraph_in,
    _paragraph_split,
    _paragraphs_joined,
    _paragraph_moved,
)

# How programs save a page


def _as_xml(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def _with_line_ends_of_windows(root: etree._Element) -> bytes:
    return _as_xml(root).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _with_entities(root: etree._Element) -> bytes:
    text = etree.tostring(root, encoding="unicode")
    named = "".join(
        f"&{codepoint2name[ord(one)]};" if ord(one) > 127 and ord(one) in codepoint2name else one
        for one in text
    )
    kind = '"-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"'
    return f"<!DOCTYPE html PUBLIC {kind}>\n{named}".encode()


def _tidied(root: etree._Element) -> bytes:
    """Attributes in another order, spans and classes of the program's own, end tags for empty elements."""
    root = copy.deepcopy(root)
    for number, node in enumerate(root.iter(etree.Element)):
        attributes = sorted(node.attrib.items(), reverse=True)
        node.attrib.clear()
        node.attrib.update(attributes)
        if node.tag == f"{XHTML}p":
            node.set("class", f"{node.get('class') or ''} calibre{number % 7}".strip())
            node.set("style", "margin: 0")
            span = etree.Element(f"{XHTML}span", {"class": "koboSpan"})
            span.text, node.text = node.text, None
            node.insert(0, span)
    return _with_end_tags(etree.tostring(root, encoding="unicode")).encode()


def _with_end_tags(text: str) -> str:
    return re.sub(
        r"<((?:span|a|td|li|div|p)\b[^<>]*?)/>", lambda tag: f"<{tag[1]}></{tag[1].split()[0]}>", text
    )


def _pretty(root: etree._Element) -> bytes:
    """Each block on lines of its own, indented."""
    text = etree.tostring(root, encoding="unicode")
    text = re.sub(r"(?<!<)(</?(?:p|li|ul|section|h[1-6]|blockquote)\b[^<>]*>)", r"\n    \1\n    ", text)
    return text.encode()


def _without_attributes(root: etree._Element) -> bytes:
    """A program that knows of no attributes of data, and of no elements that are empty."""
    root = copy.deepcopy(root)
    for node in list(root.iter(etree.Element)):
        for name in list(node.attrib):
            if str(name).startswith(("data-", "aria-", "role")):
                del node.attrib[name]
        if node.tag == f"{XHTML}wbr":
            _removed(node)
    return _as_xml(root)


SAVES: Final[tuple[Callable[[etree._Element], bytes], ...]] = (
    _as_xml,
    _with_line_ends_of_windows,
    _with_entities,
    _tidied,
    _pretty,
    _without_attributes,
)

__all__ = ["LEVELS", "SAVES", "edited_epub", "pages_of", "rezipped"]
