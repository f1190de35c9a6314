"""Does a pointer lead to the right kind of thing, and does its counterpart point back?

The kinds are those of the TEI Guidelines' definitions of the attributes. They leave much open; in a file by
others only that is reported which no reading of the Guidelines allows: a speaker who is a page break.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from tei.names import local_name
from tei.validation.index import XML_ID, Index, Pointer
from tei.validation.noted import Noted


class Kind(NamedTuple):
    """What a pointer may lead to: in this project, elsewhere, in words; the page of the Guidelines."""

    own: frozenset[str]
    wide: frozenset[str]
    words: str
    link: str


def _kind(own: str, wide: str, words: str, link: str) -> Kind:
    narrow = frozenset(own.split())
    return Kind(narrow, narrow | frozenset(wide.split()), words, link)


_PEOPLE: Final = _kind(
    "person personGrp org",
    "persona role castItem castGroup actor name persName orgName respStmt editor author listPerson listOrg "
    "nym speaker roleDesc principal rs resp sponsor funder distributor publisher authority application",
    "a person or a group (person, personGrp, org)",
    "ref-att.ascribed.html",
)
_RESPONSIBLE: Final = _kind(
    "respStmt person personGrp org editor author name persName orgName",
    "resp principal persona handNote sponsor funder publisher authority distributor "
    "application bibl biblStruct listBibl witness rs listPerson",
    "someone who is responsible (respStmt, person, editor, author, org)",
    "ref-att.global.responsibility.html",
)
_NAMED: Final = _kind(
    "person personGrp org",
    "persona role castItem nym name persName orgName respStmt editor author listPerson rs object place actor",
    "a person or a group (person, personGrp, org)",
    "ND.html#NDPER",
)
_PLACE: Final = _kind(
    "place",
    "org listPlace geogName placeName nym name rs object event region country settlement location district",
    "a place",
    "ND.html#NDPLAC",
)
_INTERPRETATION: Final = _kind(
    "category interp interpGrp",
    "taxonomy span spanGrp fs fLib fvLib f symbol string note term desc item",
    "a category or an interp",
    "ref-att.global.analytic.html",
)
_IMAGE: Final = _kind(
    "pb surface zone graphic media",
    "facsimile surfaceGrp sourceDoc line path binaryObject ptr",
    "an image or a part of one (surface, zone, graphic, media)",
    "ref-att.global.facs.html",
)
_HAND: Final = _kind(
    "handNote", "handDesc handShift person author editor", "a handNote", "ref-att.written.html"
)
_RENDITION: Final = _kind("rendition", "styleDefDecl", "a rendition", "ref-att.global.rendition.html")
_TAXONOMY: Final = _kind("taxonomy", "bibl biblStruct category classDecl list", "a taxonomy", "HD.html#HDCL")
_CATEGORY: Final = _kind("category", "taxonomy item term", "a category", "HD.html#HDCL")
_CHARACTER: Final = _kind("char glyph", "g", "a char or a glyph", "WD.html")
_NOTE: Final = _kind("note", "noteGrp anchor ref", "a note", "CO.html#CONONO")
_PAGE: Final = _kind("pb", "pb", "a page break (pb)", "CO.html#CORS5")
_SOURCE: Final = _kind(
    "bibl biblStruct biblFull listBibl note pb witness floatingText div",
    "",
    "a bibl, a note or a page",
    "ref-att.global.source.html",
)

_BY_ATTRIBUTE: Final = {
    "who": _PEOPLE,
    "toWhom": _PEOPLE,
    "resp": _RESPONSIBLE,
    "ana": _INTERPRETATION,
    "facs": _IMAGE,
    "hand": _HAND,
    "rendition": _RENDITION,
    "scheme": _TAXONOMY,
}
_BY_ELEMENT: Final = {
    ("change", "who"): _RESPONSIBLE,
    ("persName", "ref"): _NAMED,
    ("author", "ref"): _NAMED,
    ("editor", "ref"): _NAMED,
    ("docAuthor", "ref"): _NAMED,
    ("orgName", "ref"): _NAMED,
    ("placeName", "ref"): _PLACE,
    ("catRef", "target"): _CATEGORY,
    ("g", "ref"): _CHARACTER,
    ("pb", "next"): _PAGE,
    ("pb", "prev"): _PAGE,
}
# In this project only: elsewhere these attributes are free.
_OWN: Final = {("pb", "corresp"): _PAGE}
_NOTE_ANCHOR: Final = "noteAnchor"
# What is a part of the text and of its page can be nobody and nothing that a text speaks of.
_TEXT: Final = frozenset(
    {
        "TEI",
        "teiHeader",
        "text",
        "group",
        "front",
        "body",
        "back",
        "div",
        "div1",
        "div2",
        "div3",
        "p",
        "ab",
        "sp",
    }
    | {
        "l",
        "lg",
        "head",
        "opener",
        "closer",
        "trailer",
        "argument",
        "epigraph",
        "table",
        "row",
        "cell",
        "w",
        "pc",
    }
    | {"titlePage", "docTitle", "titlePart", "pb", "lb", "cb", "gb", "fw", "milestone", "s", "c"}
)
# ... though a part of the text may well be what an interpretation or an image is about.
_FREE: Final = frozenset({"ana", "facs", "scheme"})


def kind_of(element: etree._Element, attribute: str, *, own: bool) -> Kind | None:
    """What a pointer in ``attribute`` of ``element`` has to lead to; ``None`` if that is free."""
    name = local_name(element.tag)
    if name == "ref" and attribute == "target":
        return _NOTE if own and element.get("type") == _NOTE_ANCHOR else None
    if own and attribute == "source":
        return _SOURCE
    found = _BY_ELEMENT.get((name, attribute)) or _BY_ATTRIBUTE.get(attribute)
    return found or (_OWN.get((name, attribute)) if own else None)


def fits(pointer: Pointer, target: etree._Element) -> bool:
    """Whether ``target`` is of a kind that ``pointer`` may lead to."""
    kind = kind_of(pointer.element, pointer.attribute, own=True)
    name = local_name(target.tag)
    if kind is None and pointer.attribute in {"next", "prev"}:
        return name == local_name(pointer.element.tag)
    return kind is None or name in kind.own


def kind_problems(index: Index, *, own: bool) -> Iterator[Noted]:
    """Pointers that arrive at the wrong kind of thing."""
    for pointer in index.pointers:
        target = index.ids.get(pointer.target)
        if target is None:
            continue
        kind = kind_of(pointer.element, pointer.attribute, own=own)
        if kind is None:
            continue
        name = local_name(target.tag)
        if name in (kind.own if own else kind.wide):
            continue
        if not own and (name not in _TEXT or pointer.attribute in _FREE):
            continue
        yield Noted(
            code="TEI-P003",
            severity="error" if own else "warning",
            message=f'{pointer.attribute}="{pointer.written}" on <{local_name(pointer.element.tag)}> '
            f"leads to a <{name}>, and {kind.words} is needed",
            element=pointer.element,
            attribute=pointer.attribute,
            hint=f"the <{name}> with this xml:id stands in line {target.sourceline}",
            link=kind.link,
        )


def pair_problems(index: Index, *, own: bool) -> Iterator[Noted]:
    """``next`` and ``prev`` that are not answered; in this project, facing pages as well."""
    yield from _Pairs(index, "next", "prev", own=own).problems()
    if own:
        yield from _Pairs(index, "corresp", "corresp", own=own).problems()


class _Pairs:
    """The pairs that one attribute and its counterpart make."""

    def __init__(self, index: Index, one: str, other: str, *, own: bool) -> None:
        self.own = own
        self.index = index
        self.attributes = (one,) if one == other else (one, other)
        self.counterpart = {one: other, other: one}
        # What each element points at, by attribute, and which pointers arrive at it.
        self.leads: dict[tuple[etree._Element, str], list[Pointer]] = {}
        self.arrives: dict[tuple[etree._Element, str], list[Pointer]] = {}
        for pointer in index.pointers:
            target = index.ids.get(pointer.target)
            if pointer.attribute not in self.attributes or target is None:
                continue
            if one == other and not _paired(pointer.element, target):
                continue
            self.leads.setdefault((pointer.element, pointer.attribute), []).append(pointer)
            self.arrives.setdefault((target, pointer.attribute), []).append(pointer)

    def problems(self) -> Iterator[Noted]:
        """The pointers that are not answered, each mistake once."""
        open_ones = [
            pointer for pointers in self.leads.values() for pointer in pointers if not self._answered(pointer)
        ]
        waiting = frozenset(open_ones)
        told: set[Pointer] = set()
        # A pointer that its target contradicts is wrong itself; what waits for its answer is right then.
        for pointer in open_ones:
            if self._contradicted(pointer):
                told |= {pointer, *self._waiting_for(pointer, waiting)}
                yield self._noted(pointer)
        # The one that others wait for is the likelier culprit.
        for pointer in sorted(open_ones, key=lambda one: not self._waiting_for(one, waiting)):
            if self._astray(pointer):
                continue
            if pointer not in told and (self.own or self._replies(pointer)):
                told |= {pointer, *self._waiting_for(pointer, waiting)}
                yield self._noted(pointer)

    def _target(self, pointer: Pointer) -> etree._Element:
        return self.index.ids[pointer.target]

    def _replies(self, pointer: Pointer) -> list[Pointer]:
        return self.leads.get((self._target(pointer), self.counterpart[pointer.attribute]), [])

    def _answered(self, pointer: Pointer) -> bool:
        target, element = self._target(pointer), pointer.element
        arriving = self.arrives.get((element, self.counterpart[pointer.attribute]), [])
        return any(_same_whole(self._target(reply), element) for reply in self._replies(pointer)) or any(
            _same_whole(reply.element, target) for reply in arriving
        )

    def _contradicted(self, pointer: Pointer) -> bool:
        """The target points elsewhere, and is answered from there."""
        replies = self._replies(pointer)
        return bool(replies) and all(self._answered(reply) for reply in replies)

    def _astray(self, pointer: Pointer) -> bool:
        """Whether the answer to a pointer leads nowhere, which has been told already."""
        words = self._target(pointer).get(self.counterpart[pointer.attribute], "").split()
        return any(word[0] == "#" and word[1:] not in self.index.ids for word in words)

    def _waiting_for(self, pointer: Pointer, waiting: frozenset[Pointer]) -> list[Pointer]:
        """The pointers that lead to the element of ``pointer`` and find it pointing elsewhere."""
        attribute = self.counterpart[pointer.attribute]
        arriving = self.arrives.get((pointer.element, attribute), [])
        return [one for one in arriving if one in waiting]

    def _noted(self, pointer: Pointer) -> Noted:
        target, element = self._target(pointer), pointer.element
        name, counterpart = local_name(target.tag), self.counterpart[pointer.attribute]
        back = target.get(counterpart)
        answer = f"has {counterpart}={back!r}".replace("'", '"') if back else f"has no {counterpart}"
        waiting = self.arrives.get((element, counterpart), [])
        meant = next((one.element.get(XML_ID) for one in waiting if one.element is not target), None)
        if meant:
            hint = f'"#{meant}" points at this one: {pointer.attribute}="#{meant}" may be meant'
        else:
            hint = f'write {counterpart}="#{element.get(XML_ID, "…")}" there, in line {target.sourceline}, '
            hint += "or mend the pointer here"
        return Noted(
            code="TEI-P004",
            severity="error" if self.own else "warning",
            message=f'{pointer.attribute}="{pointer.written}" on <{local_name(element.tag)}> is not answered:'
            f" that <{name}> {answer}",
            element=element,
            attribute=pointer.attribute,
            hint=hint,
            mend=f"#{meant}" if meant else None,
            link="SA.html#SAAG" if counterpart in {"next", "prev"} else "SA.html#SACR",
        )


def _same_whole(one: etree._Element, other: etree._Element) -> bool:
    """Whether both are one element, or parts of one that was split (the first has the id of the whole)."""
    if one is other:
        return True
    names = [element.get(XML_ID, "").partition(".part")[0] for element in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def _paired(element: etree._Element, target: etree._Element) -> bool:
    """Whether ``corresp`` ties two pages that face each other."""
    return local_name(element.tag) == local_name(target.tag) == "pb"
