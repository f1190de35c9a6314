"""What the elements of TEI mean for a plain text: one table for each question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from tei.views.blocks import BLANK, BLOCK, LINE, NONE


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Never shown to a reader: page furniture, what was struck out, and data that is no text
#: (TEI Guidelines, chapters 3.5, 11.3, 11.6, 17 and 18).
_LEFT_OUT: Final = _names(
    """
    teiHeader standOff facsimile fw surplus del metamark figDesc binaryObject index interp interpGrp span
    spanGrp link linkGrp join joinGrp alt altGrp timeline certainty precision respons witDetail wit fs fvLib
    listRelation substJoin listTranspose rdg rdgGrp
    """
)

#: ``@type`` of what lies in a digital source without being part of the work.
_NOT_OF_THE_WORK: Final = frozenset({"libraryStamp", "librarySlip", "scanNoise"})
_CARRIERS: Final = frozenset({"ab", "div", "p"})

DIVISIONS: Final = frozenset({"div", "div0", "div1", "div2", "div3", "div4", "div5", "div6", "div7"})

_STRENGTH: Final[dict[str, int]] = {
    **dict.fromkeys(DIVISIONS, BLOCK),
    **dict.fromkeys(
        _names("""
        text front body back group floatingText titlePage docTitle docImprint sp u p ab head lg list item
        table opener closer postscript trailer epigraph argument castList listBibl listPerson listPlace
        listOrg listEvent entry entryFree superEntry zone
        """),
        BLOCK,
    ),
    **dict.fromkeys(
        _names("l row titlePart byline salute signed dateline address addrLine castItem castGroup sense"),
        LINE,
    ),
    "line": BLANK,
}

#: Elements that hold blocks only: whatever stands in one of them is a block.
CONTAINERS: Final = DIVISIONS | _names(
    """
    TEI TEI.2 teiCorpus text front body back group floatingText sp lg titlePage list table epigraph argument
    postscript performance prologue epilogue set castList listBibl listPerson listPlace listOrg listEvent
    msDesc physDesc msContents sourceDoc surface surfaceGrp zone listApp
    """
)
# Records of data: their fields are set apart by spaces, even where the file has none between them.
_RECORDS: Final = _names(
    """
    entry entryFree form gramGrp sense person place org event biblStruct analytic monogr imprint msItem
    msIdentifier castItem castGroup affiliation objectDesc history additional accMat
    """
)

#: Elements in a line in which white space is there for the look of the file only.
ALTERNATIVES: Final = frozenset({"choice", "app", "subst"})

#: Divisions whose lists have an entry a line.
COMPACT: Final = frozenset({"contents", "toc", "index"})
#: Divisions that hold chapters.
PARTS: Final = frozenset({"part", "book", "volume"})
_BETTER: Final = frozenset({"corr", "reg", "expan"})


def strength(name: str, parent: str) -> int:
    """How the element ``name`` in an element ``parent`` is set apart from its surroundings."""
    fixed = _STRENGTH.get(name)
    if fixed is not None:
        return fixed
    if parent in CONTAINERS:
        return BLOCK
    if parent == "u" and name == "seg":
        return BLOCK
    return BLANK if parent in _RECORDS else NONE


def readable_children(node: etree._Element, name: str) -> Iterable[etree._Element] | None:
    """What a reader sees of an element: its children, of ``choice`` and ``app`` the one that counts.

    ``None`` when the element is left out.
    """
    if name in _LEFT_OUT:
        if name != "del" and not name.startswith("rdg"):
            return None
        parent = node.getparent()
        above = parent.tag.rpartition("}")[2] if parent is not None and isinstance(parent.tag, str) else ""
        # A deletion that was taken back; a reading that stands where no lemma does.
        return node if above == "restore" or (name != "del" and above in ("app", "rdgGrp")) else None
    if name == "choice":
        return _chosen(node, _BETTER)
    if name in ("app", "rdgGrp"):
        return _chosen(node, frozenset({"lem"}))
    if name == "am":
        # The mark of an abbreviation that is written out.
        parent = node.getparent()
        return None if parent is not None and str(parent.tag).endswith("expan") else node
    if name in _CARRIERS and node.get("type") in _NOT_OF_THE_WORK:
        return None
    return node


def _chosen(node: etree._Element, better: frozenset[str]) -> list[etree._Element]:
    """The first child that is one of ``better``, else the first child."""
    children = [child for child in node if isinstance(child.tag, str)]
    for child in children:
        if str(child.tag).rpartition("}")[2] in better:
            return [child]
    return children[:1]
