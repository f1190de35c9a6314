"""Which elements of a stranger's EPUB are notes, and which links are their marks.

Marks say so by ``epub:type="noteref"`` (Standard Ebooks), a role or a class (pandoc); or they are short, and
what they lead to leads back to them (Project Gutenberg).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from tei.epub.foreign.links import Links, Place
from tei.epub.foreign.markup import X, classes, kinds, name_in_html, words_of

_MARKS: Final = frozenset({"noteref", "footnote-ref", "footnoteref", "fnanchor"})
_BACK: Final = frozenset({"backlink", "footnote-back", "footnote-backref"})
_NOTES: Final = frozenset({"footnote", "endnote", "rearnote"})
_AT_END: Final = frozenset({"endnote", "endnotes", "rearnote", "rearnotes"})
_SHORT: Final = re.compile(r"[\[(]?\s*(?:\d{1,4}|[A-Za-z]|[*†‡§¶]{1,4})\s*[\])]?")
# How many links from its beginning on lead back from a note, at most.
_NEAR: Final = 20
# A link of such words in a note is a reference, also to where its mark stands.
_WORD: Final = re.compile(r"[^\W\d]{3}")
_BODIES: Final = frozenset({"li", "aside", "div", "p", "dd", "section"})


@dataclass
class Note:
    """A note: the element that holds it, its mark, its id in TEI; and whether it has found its place."""

    body: etree._Element
    mark: str
    identifier: str
    place: str
    placed: bool = False


class Notes:
    """The notes of a book."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self.by_mark: dict[etree._Element, Note] = {}
        self.by_body: dict[etree._Element, Note] = {}
        self.taken: set[Place] = set()  # the ends of links that are marks of notes, or lead back to them
        for link, place in links.found.items():
            body = self._body(link, place)
            if body is None:
                continue
            note = self.by_body.get(body)
            if note is None:
                number = len(self.by_body) + 1
                at_end = any(_AT_END & kinds(one) for one in (body, *body.iterancestors()))
                mark = words_of(link).strip("[]() ")
                note = Note(body, mark, links.new_id(f"note-{number}"), "end" if at_end else "bottom")
                self.by_body[body] = note
            self.by_mark[link] = note

    def is_back(self, link: etree._Element) -> bool:
        """Whether a link in a note leads back to its mark."""
        if _BACK & (kinds(link) | classes(link)):
            return True
        place = self._links.found.get(link)
        target = self._links.targets.get(place) if place else None
        if target is None or _WORD.search(words_of(link)):
            return False
        note = next((self.by_body[one] for one in link.iterancestors() if one in self.by_body), None)
        near = [*target.iter(f"{X}a"), *target.itersiblings(f"{X}a"), *target.iterancestors(f"{X}a")]
        return note is not None and any(self.by_mark.get(one) is note for one in near)

    def _body(self, link: etree._Element, place: Place) -> etree._Element | None:
        """The note that a link is the mark of."""
        target = self._links.targets.get(place)
        if target is None:
            return None
        said = bool(_MARKS & (kinds(link) | classes(link)))
        if not said and not (_SHORT.fullmatch(words_of(link)) and self._leads_back(target, link)):
            return None
        body = target
        for one in (target, *target.iterancestors()):
            if _NOTES & (kinds(one) | classes(one)):
                body = one
                break
        else:
            while name_in_html(body) not in _BODIES:
                above = body.getparent()
                if above is None or name_in_html(above) == "body":
                    return None
                body = above
        if link in self.by_mark or any(one is body for one in link.iterancestors()):
            return None
        return body

    def _leads_back(self, target: etree._Element, link: etree._Element) -> bool:
        """Whether a link in or around ``target`` leads to ``link``."""
        around = target
        while name_in_html(around) not in _BODIES:
            above = around.getparent()
            if above is None:
                return False
            around = above
        near = {link, *link.iterchildren(f"{X}*"), link.getparent(), link.getprevious()}
        for back in islice(around.iter(f"{X}a"), _NEAR):
            place = self._links.found.get(back)
            end = self._links.targets.get(place) if place else None
            # A mark comes before its note: else each back-link would be one, too.
            if end is not None and end in near and self._links.order[link] < self._links.order[back]:
                return True
        return False
