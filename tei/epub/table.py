"""What the elements of TEI become in XHTML: one table for each question.

An element that no table knows is a ``div`` where it is set apart from its surroundings (as the reading view
has it, ``tei.views.elements``), else a ``span``. Every element keeps its name as a class: ``tei-said``.
"""

from __future__ import annotations

from typing import Final

from tei.views.elements import DIVISIONS

#: Elements that are set apart, and what they are there. Those that hold blocks of their own become ``div``.
BLOCKS: Final[dict[str, str]] = {
    **dict.fromkeys(DIVISIONS, "section"),
    **dict.fromkeys(("front", "body", "back", "text", "group", "TEI", "teiCorpus"), "div"),
    **dict.fromkeys(("p", "ab", "speaker", "salute", "signed", "dateline", "byline", "trailer", "u"), "p"),
    **dict.fromkeys(("quote", "q", "said", "cit", "epigraph"), "blockquote"),
    "list": "ul",
    "item": "li",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "figure": "figure",
    "floatingText": "div",
}

#: Elements within a line that XHTML has an element for.
INLINES: Final[dict[str, str]] = {
    "emph": "em",
    "foreign": "i",
    "title": "cite",
    "ref": "a",
    "ptr": "a",
    "code": "code",
    "gi": "code",
    "att": "code",
    "val": "code",
    "ident": "code",
    "abbr": "abbr",
}

#: Empty in every text: a void element, so that no reader takes what follows to be inside.
VOIDS: Final = frozenset({"lb", "cb", "gb", "milestone", "handShift", "shift", "anchor"})

#: What an element is for a reader who hears the page (EPUB Accessibility 1.1; Digital Publishing WAI-ARIA).
ROLES: Final[dict[str, str]] = {
    "epigraph": 'epub:type="epigraph" role="doc-epigraph"',
}

#: What divisions are, by their ``@type`` (EPUB Structural Semantics Vocabulary; DPUB-ARIA).
DIVISION_ROLES: Final[dict[str, str]] = {
    **dict.fromkeys(("part", "book", "volume"), 'epub:type="part" role="doc-part"'),
    "chapter": 'epub:type="chapter" role="doc-chapter"',
    "appendix": 'epub:type="appendix" role="doc-appendix"',
    "preface": 'epub:type="preface" role="doc-preface"',
    "foreword": 'epub:type="foreword" role="doc-foreword"',
    "introduction": 'epub:type="introduction" role="doc-introduction"',
    "dedication": 'epub:type="dedication" role="doc-dedication"',
    "acknowledgements": 'epub:type="acknowledgments" role="doc-acknowledgments"',
    "acknowledgments": 'epub:type="acknowledgments" role="doc-acknowledgments"',
    "bibliography": 'epub:type="bibliography" role="doc-bibliography"',
    "index": 'epub:type="index" role="doc-index"',
    "glossary": 'epub:type="glossary" role="doc-glossary"',
    "epilogue": 'epub:type="epilogue" role="doc-epilogue"',
    "prologue": 'epub:type="prologue" role="doc-prologue"',
    "afterword": 'epub:type="afterword" role="doc-afterword"',
    "colophon": 'epub:type="colophon" role="doc-colophon"',
}

#: How ``@rend`` words it, and the class that shows it.
RENDITIONS: Final[dict[str, str]] = {
    **dict.fromkeys(("italic", "italics", "i", "it", "kursiv"), "r-italic"),
    **dict.fromkeys(("bold", "b", "fett"), "r-bold"),
    **dict.fromkeys(("sc", "smallcaps", "small-caps", "smallCaps", "small_caps"), "r-smallcaps"),
    **dict.fromkeys(("sup", "superscript", "super"), "r-sup"),
    **dict.fromkeys(("sub", "subscript"), "r-sub"),
    **dict.fromkeys(("underline", "underlined", "u"), "r-underline"),
    **dict.fromkeys(("spaced", "letterspace", "gesperrt"), "r-spaced"),
    **dict.fromkeys(("center", "centre", "centered"), "r-center"),
    **dict.fromkeys(("right", "align(right)"), "r-right"),
    **dict.fromkeys(("strikethrough", "strike"), "r-strike"),
    **dict.fromkeys(("block", "blockquote", "display"), "r-block"),
}
