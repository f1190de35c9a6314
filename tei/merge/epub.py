"""An edited EPUB: its pages, and what of their markup a person has changed."""

from __future__ import annotations

from collections import Counter
from typing import Final

from lxml import etree

from tei.diff.texts import Shift, align
from tei.epub.document import XHTML_NS
from tei.epub.labels import labels_for
from tei.epub.reading.container import Container
from tei.epub.reading.tags import carried_name
from tei.epub.xhtml import write
from tei.errors import MergeError, TeiError
from tei.merge.changes import Change
from tei.merge.detect import check_is_of
from tei.merge.pages import MEANT, Marked, PageText, page_text
from tei.parse import MAX_DEPTH, parse_bytes
from tei.views.walk import name_of

_BODY: Final = f"{{{XHTML_NS}}}body"
_ZIP: Final = b"PK\x03\x04"
# Editing programs drop or add them; they say nothing of words.
_EMPTY: Final = frozenset({"lb", "pb", "cb", "gb", "milestone", "anchor", "handShift", "shift", "other"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NEW_BLOCKS: Final = _HEADINGS | {"ul", "ol", "dl", "blockquote", "table"}
_PARAGRAPHS: Final = frozenset({"p", "ab", "seg", "l", "u"})
_NOT_TAKEN: Final = "a page's <{}> does not say what this is in TEI; mark it up in the TEI file"
#: What emphasis of XHTML is in TEI (Guidelines, 3.3.2, “Emphasis, Foreign Words, and Unusual Language”).
EMPHASIS: Final[dict[str, str]] = {
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("b", "strong"), "bold"),
    "u": "underline",
    "s": "strikethrough",
    "sup": "sup",
    "sub": "sub",
}


def is_epub(data: bytes) -> bool:
    """Whether an edited file is a ZIP archive, as an EPUB is, and no text."""
    return data.startswith(_ZIP)


class EditedPages:
    """The pages of an EPUB that was made of a TEI file and changed since.

    :raises ParseError, LimitError: it is no EPUB, broken, encrypted, too large; a page is not well-formed.
    :raises MergeError: its pages were not made by this program.
    """

    def __init__(self, data: bytes, shown: str) -> None:
        container = Container(data, shown)
        pages: list[tuple[str, etree._Element]] = []
        self._carried: Counter[str] = Counter()
        for item in container.spine():
            if "nav" in item.properties or not item.linear:
                continue
            body = container.xml(item.path).find(_BODY)
            carried = Counter() if body is None else _carried(body)
            # A page with a picture alone is a cover.
            if body is not None and (carried or "".join(map(str, body.itertext())).strip()):
                pages.append((item.path, body))
                self._carried += carried
        if not self._carried:
            raise MergeError(
                "no page of this EPUB says what it is in TEI: 'tei epub' has not made it",
                hint="'tei import' makes TEI of an EPUB by others",
            )
        self.text: PageText = page_text(pages)
        #: The pages in their order.
        self.names = ["", *(name for name, _ in pages)]

    def aligned(self, view: str) -> str:
        """The text of the pages as an edited ``view``, which is the reading view of the TEI file.

        :raises MergeError: the pages are those of another file.
        """
        check_is_of(self.text.text, view)
        self.text = self.text.parted_like(view)
        return self.text.text

    def check_base(self, root: etree._Element, view: str, path: str) -> None:
        """Make sure that unedited pages of the TEI document ``root``, named ``path``, show its ``view``.

        :raises MergeError: they do not, so that it cannot be told what a person has changed in them.
        """
        if page_text(_pages(root)).parted_like(view).text != view:
            raise MergeError(
                "the pages that are made of this TEI file do not show its reading view to the letter",
                path=path,
                hint="merge an edited text: 'tei text FILE.xml' writes it",
            )

    def place(self, at: int) -> tuple[str, tuple[int, int]]:
        """The page on which a character stands, its line there, and 0 for its column."""
        page, line = self.text.place(at)
        return page, (line, 0)

    def emphasised(self) -> list[Marked]:
        """What was emphasised in the pages with an element that says no more than how it looks."""
        return [one for one in self.text.marked if one.own is None and one.tag in EMPHASIS]

    def not_taken(self) -> list[Change]:
        """Elements in the pages of which nothing can be taken over but their words."""
        found = []
        for one in self.text.marked:
            if one.own is None:
                meant = one.tag in _NEW_BLOCKS or (one.tag in MEANT and one.tag not in EMPHASIS)
                if one.tag == "br":
                    # In a paragraph of its own it means no more than the paragraph does.
                    meant = self.text.text[max(0, one.start - 1) : one.start + 1].strip() != ""
                    meant = meant and "\n" not in self.text.text[max(0, one.start - 1) : one.start]
            else:
                meant = one.own in _PARAGRAPHS and one.tag in _HEADINGS | {"blockquote", "li"}
            if meant:
                found.append(self.change(one, refused=_NOT_TAKEN.format(one.tag)))
        return found

    def lost(self, root: etree._Element) -> list[Change]:
        """Elements of the TEI document ``root`` whose words stand in the pages as before, without them."""
        there: Counter[str] = Counter(name_of(node) for node in root.iter(etree.Element))
        if all(self._carried[name] >= count for name, count in there.items() if name not in _EMPTY):
            return []
        before = page_text(_pages(root))
        shift = Shift(align(before.text, self.text.text))
        now = {(one.start, one.end, one.own) for one in self.text.marked}
        found = []
        for one in before.marked:
            if one.own in _EMPTY or before.text.find("\n", one.start, one.end) >= 0:
                continue
            if shift.edit_at(one.start) is not None or shift.edit_at(one.end) is not None:
                continue
            start, end = shift.range(one.start)[0], shift.range(one.end)[1]
            same = self.text.text[start:end] == before.text[one.start : one.end]
            if same and (start, end, one.own) not in now:
                note = f"the <{one.own}> that the pages have lost stays in the file"
                found.append(self.change(Marked(start, end, one.tag, one.own), note=note))
        return found

    def change(self, one: Marked, *, refused: str | None = None, note: str | None = None) -> Change:
        """A change of markup alone, as data."""
        page, line = self.text.place(one.start)
        words = self.text.text[one.start : one.end]
        return Change(line, 0, None, words, words, refused, note, page)


def _carried(body: etree._Element) -> Counter[str]:
    """How often the pages name each element of TEI."""
    found: Counter[str] = Counter()
    for node in body.iter(etree.Element):
        classes = (node.get("class") or "").split()
        name = carried_name(classes)
        if name is not None and "cont" not in classes:
            found[name] += 1
    return found


def _pages(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """The pages as they are written for a TEI document, or none where no EPUB can be made of it."""
    try:
        files = write(root, labels_for("en")).files
    except TeiError:
        return []
    start = f'<body xmlns="{XHTML_NS}" xmlns:epub="http://www.idpf.org/2007/ops">'
    return [
        (name, parse_bytes(f"{start}{html}</body>".encode(), name, depth=4 * MAX_DEPTH).getroot())
        for name, _, html in files
    ]
