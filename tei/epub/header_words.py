"""The words of the header's elements: one line each, in one language, without what is no part of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from tei.epub.language import language_tag
from tei.names import qualified

_LANG: Final = qualified("xml:lang")
# What stands inside a title, a name or a statement and is no part of it.
_ASIDE: Final = frozenset(
    re.findall(r"\w+", "note idno email address affiliation figDesc graphic fw index del surplus")
)
# Of two readings of a word, the one for readers (TEI Guidelines, 3.5).
_READ: Final = ("corr", "reg", "expan")
_APART: Final = frozenset(
    re.findall(r"\w+", "p ab item licence head addrLine l lg lb pb cb list desc bibl title")
)
# The parts of a name that has no words of its own, in the order in which it is spoken.
_SPOKEN: Final = ("roleName", "forename", "addName", "nameLink", "surname", "genName")
_HANGING: Final = re.compile(r"[\s,;:/=]+$")
_STOP_AFTER_YEAR: Final = re.compile(r"(?<=[0-9])\.$")


def local(element: etree._Element) -> str:
    """The local name of an element, in whatever namespace; ``""`` for a comment or the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words(element: etree._Element | None, leave_out: frozenset[str] = _ASIDE) -> str:
    """All words of ``element`` as one line, without those of the elements named in ``leave_out``."""
    return "" if element is None else " ".join("".join(_pieces(element, leave_out)).split())


def phrase(element: etree._Element | None) -> str:
    """The words of a title or a name, without the punctuation that a catalogue leaves at its end."""
    return _HANGING.sub("", words(element))


def in_language(elements: Sequence[etree._Element], language: str) -> list[etree._Element]:
    """Those of ``elements`` that say the same in one language: ``language``, or else the first one given.

    Those that are not marked as being in any language always belong to them.
    """
    tags = [_primary(element) for element in elements]
    marked = [tag for tag in tags if tag]
    wanted = language.partition("-")[0]
    chosen = wanted if wanted in marked else next(iter(marked), "")
    return [element for element, tag in zip(elements, tags, strict=True) if tag in ("", chosen)]


def best(elements: Sequence[etree._Element], language: str) -> etree._Element | None:
    """The first of ``elements`` that is in ``language`` or in none that is marked; else the first of all."""
    wanted = ("", language.partition("-")[0])
    return next((one for one in elements if _primary(one) in wanted), next(iter(elements), None))


def people(elements: Iterable[etree._Element], language: str) -> tuple[str, ...]:
    """The names of the people or bodies in ``author``, ``editor`` and the like, each once, in their order."""
    names = (name for element in elements for name in _names(element, language))
    return tuple(dict.fromkeys(name for name in names if name))


def body_name(element: etree._Element | None, language: str) -> str:
    """The name of a publisher, without the address."""
    return "" if element is None else next(iter(people([element], language)), "")


def _names(element: etree._Element, language: str) -> Iterator[str]:
    parts = [child for child in element if local(child) in ("persName", "name")]
    parts = parts or [child for child in element if local(child) == "orgName"]
    if not parts:
        yield _person(element)
        return
    # Several names without a language are several people; several in languages, one.
    plain = [part for part in parts if not _primary(part)]
    if plain:
        yield from map(_person, plain)
    else:
        found = best(parts, language)
        yield _person(found) if found is not None else ""


def _person(element: etree._Element) -> str:
    own = (element.text or "", *(child.tail or "" for child in element))
    if not any(text.strip() for text in own):
        spoken = [words(child) for kind in _SPOKEN for child in element if local(child) == kind]
        if spoken:
            return " ".join(filter(None, spoken))
    return _STOP_AFTER_YEAR.sub("", phrase(element))


def _pieces(element: etree._Element, leave_out: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    children = list(element)
    if local(element) == "choice":
        read = [child for child in children if local(child) in _READ] or children
        children = read[:1]
    for child in children:
        name = local(child)
        if name and name not in leave_out:
            apart = name in _APART
            yield " " if apart else ""
            yield from _pieces(child, leave_out)
            yield " " if apart else ""
        yield child.tail or ""


def _primary(element: etree._Element) -> str:
    return language_tag(element.get(_LANG)).partition("-")[0]
