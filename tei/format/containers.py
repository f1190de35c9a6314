"""Where white space does not count: the TEI elements that hold elements and no text."""

from __future__ import annotations

from typing import Any, Final, cast

from lxml import etree

from tei.names import T

_NAMES: Final = """
    abstract additional address adminInfo alternate altGrp altIdentifier analytic annotation
    annotationBlock app appInfo application arc argument attDef attList availability back biblFull
    biblStruct bicond binding bindingDesc body broadcast calendar calendarDesc castGroup castList
    category certainty char charDecl charProp cit citeStructure classDecl classes classSpec climate cond
    constraintSpec content correction correspAction correspContext correspDesc cRefPattern custodialHist
    dataRef dataSpec datatype decoDesc dimensions div div1 div2 div3 div4 div5 div6 div7 divGen docTitle
    editionStmt editorialDecl eLeaf elementSpec ellipsis encodingDesc entry epigraph epilogue equipment
    eTree event exemplum facsimile fDecl figure fileDesc fLib floatingText forest front fs fsConstraints
    fsdDecl fsDecl fvLib gap glyph graph graphic group handDesc handNotes history hom hyphenation if
    imprint incident index iNode interpGrp interpretation join joinGrp keywords kinesic langKnowledge
    langUsage layoutDesc leaf lg linkGrp list listAnnotation listApp listBibl listChange listEvent
    listForest listNym listObject listOrg listPerson listPlace listPrefixDef listRef listRelation
    listTranspose listWit location locusGrp macroSpec media metDecl model modelGrp modelSequence
    moduleRef moduleSpec monogr msContents msDesc msFrag msIdentifier msItem msItemStruct msPart
    namespace node normalization notatedMusic noteGrp notesStmt nym object objectDesc objectIdentifier
    org paramList paramSpec particDesc performance person persona personGrp physDesc place population
    postscript precision prefixDef profileDesc projectDesc prologue publicationStmt punctuation quotation
    rdgGrp recordHist recording recordingStmt refsDecl relatedItem relation remarks respons respStmt
    revisionDesc root row samplingDecl schemaRef schemaSpec scriptDesc scriptStmt seal sealDesc
    segmentation sequence seriesStmt set setting settingDesc sourceDesc sp space spanGrp specGrp specList
    spGrp standOff state stdVals styleDefDecl substJoin superEntry supportDesc surface surfaceGrp table
    tagsDecl taxonomy TEI teiCorpus teiHeader terrain textClass textDesc timeline titlePage titleStmt
    trait transcriptionDesc transpose tree triangle typeDesc unitDecl unitDef valItem valList vAlt vColl
    vDefault vLabel vMerge vNot vocal vRange
    """

CONTAINERS: Final = frozenset(_NAMES.split())
"""Elements whose content model in TEI P5 (4.x, all modules) has no text.

Left out are those that stand within running text or are the text: ``choice``, ``subst``, ``ruby``, ``text``
and ``sourceDoc``. A test derives the list from the schema of the TEI.
"""

DOCUMENTS: Final = frozenset({f"{T}TEI", f"{T}teiCorpus", f"{T}teiHeader"})
"""The outermost elements of files that are laid out; any other is a piece of a text."""

TEXTS: Final = frozenset({f"{T}text", f"{T}sourceDoc"})
"""What the views take for the text: all white space in it is a part of the text."""

_WITH_TEXT: Final = etree.XPath("//*[text()[normalize-space()]]")


def containers_of(tree: etree._ElementTree) -> frozenset[str]:
    """The Clark names of the elements that may be laid out in this file.

    An element that holds text anywhere in the file, whatever TEI says, is none of them. Empty where the file
    is no whole document.
    """
    if tree.getroot().tag not in DOCUMENTS:
        return frozenset()
    found = cast("list[Any]", _WITH_TEXT(tree))
    return frozenset(T + name for name in CONTAINERS).difference(str(node.tag) for node in found)
