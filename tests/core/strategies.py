"""Random texts, spans and trees."""

from __future__ import annotations

from hypothesis import strategies as st
from lxml import etree

from tei.names import FORBIDDEN, TEI_NS, T
from tei.span import Span

# Half of what comes is what breaks programs: white space of all kinds, characters that XML forbids or
# changes, marks of direction and composition, characters beyond the first plane.
ODD = "\n\n\n  \t\r\f\x00\x0b\x1f\x7f\x85\xa0\u2028\ufeff\ufffe\ufffd\U0001fffe\U0001f600e\u0301<&>]'\"-¬*"
characters = st.one_of(st.sampled_from(ODD), st.sampled_from("abcdeXYZ"), st.characters())
texts = st.text(characters, max_size=60)

#: What XML can hold: attribute values, an editor's text.
holdable = st.text(characters.filter(lambda c: not FORBIDDEN.match(c)), max_size=8)

BLOCKS = ("div", "p", "quote", "note", "fw", "list", "item", "lg", "l", "head", "sp", "floatingText", "body")
INLINES = ("hi", "said", "persName", "choice", "sic", "seg", "foreign", "pc", "{urn:x}mark")
EMPTY = ("pb", "lb", "anchor", "milestone", "p", "hi")
READINGS = ("corr", "supplied", "reg", "expan", "ex")


@st.composite
def attributes(draw: st.DrawFn) -> dict[str, str]:
    """Attributes without identifiers, which ``spans`` gives out one by one."""
    names = st.sampled_from(("n", "rend", "who", "xml:lang", "type"))
    found = draw(st.dictionaries(names, holdable, max_size=2))
    return {**found, "rend": "block"} if "rend" in found and draw(st.booleans()) else found


@st.composite
def spans(draw: st.DrawFn, text: str) -> list[Span]:
    """Spans over ``text``: around it, empty, an editor's; many share a start or an end."""
    place = st.integers(0, len(text))
    places = [*draw(st.lists(place, min_size=1, max_size=4)), 0, len(text)]
    some = st.one_of(st.sampled_from(places), place)
    found: list[Span] = []
    for number in range(draw(st.integers(0, 9))):
        start, end = sorted((draw(some), draw(some)))
        given = draw(attributes())
        if draw(st.booleans()):
            # The very shape of the identifiers that weaving makes up, too.
            given["xml:id"] = draw(
                st.sampled_from((f"own{number}", f"hi-{number}", f"p-{number}.part1", f"x{number}.part2"))
            )
        kind = draw(st.integers(0, 5))
        if kind == 0:
            found.append(Span(start, start, draw(st.sampled_from(EMPTY)), given))
        elif kind == 1:
            found.append(Span(start, start, draw(st.sampled_from(READINGS)), given, draw(holdable)))
        elif kind == 2 and found:
            found.append(Span(found[-1].start, found[-1].end, "hi", given))
        else:
            found.append(Span(start, end, draw(st.sampled_from(BLOCKS + INLINES)), given))
    return found


texts_and_spans = texts.flatmap(lambda text: st.tuples(st.just(text), spans(text)))

_FOREIGN = "urn:example:other"
_MAPS: tuple[dict[str | None, str], ...] = (
    {},
    {},
    {None: TEI_NS},
    {"t": TEI_NS},
    {"o": _FOREIGN},
    {"o": "urn:example:third", "q": _FOREIGN},
    {None: _FOREIGN, "o": _FOREIGN},
    {None: ""},
)
_TAGS = (f"{T}p", f"{T}hi", f"{T}corr", f"{T}g", f"{T}lb", f"{{{_FOREIGN}}}x", "bare")


@st.composite
def trees(draw: st.DrawFn) -> etree._Element:
    """An element of any sort with whatever may stand in one, parsed from its own serialisation."""
    known = {**draw(st.sampled_from(_MAPS[:-1])), "k": "urn:example:attribute"}
    root = etree.Element(draw(st.sampled_from(_TAGS)), nsmap=known)
    nodes = [root]
    for _ in range(draw(st.integers(0, 12))):
        parent = draw(st.sampled_from(nodes))
        kind = draw(st.integers(0, 9))
        if kind == 0:
            node: etree._Element = etree.Comment(draw(st.sampled_from(("", " a & b ", "ü"))))
            parent.append(node)
        elif kind == 1:
            node = etree.ProcessingInstruction("target", draw(st.sampled_from((None, 'a="b"'))))
            parent.append(node)
        else:
            # A default namespace cannot be undone on a child of what stands in it by no prefix.
            undone = parent.prefix or not str(parent.tag).startswith("{")
            declared = draw(st.sampled_from(_MAPS if undone else _MAPS[:-1]))
            node = etree.SubElement(parent, draw(st.sampled_from(_TAGS)), nsmap=declared or None)
            nodes.append(node)
        node.tail = draw(holdable)
    for node in nodes:
        node.text = draw(holdable)
        for name in draw(st.sets(st.sampled_from(("n", "{urn:example:attribute}y")))):
            node.set(name, draw(holdable))
        if node.tag == f"{T}g" and draw(st.booleans()):
            node.set("ref", draw(st.sampled_from(("#u000C", "#u0041", "#x", "#uFFFFFF", "#u0000"))))
    return etree.fromstring(etree.tostring(root))
