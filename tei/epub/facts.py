"""What the header of a TEI document says of it (TEI Guidelines, chapter 2), as an EPUB wants to know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from tei.epub.book import Facts
from tei.epub.citation import cite_source, source_of
from tei.epub.dates import last_modified
from tei.epub.header_words import best, body_name, in_language, local, people, phrase, words
from tei.epub.identifiers import made_identifier, public_identifier, text_digest
from tei.epub.language import UNDETERMINED, language_tag
from tei.names import qualified

UNTITLED: Final = "Untitled"
"""The title of a text that has none, neither in its header nor above its first words."""

_ID: Final = qualified("xml:id")
_LANG: Final = qualified("xml:lang")
_MAIN: Final = ("main", "")
_SUB: Final = ("sub", "subtitle", "subordinate")
_LONGEST: Final = 200


def read_facts(root: etree._Element) -> Facts:
    """What the header of the document ``root`` (``TEI``, ``teiCorpus``, or any element with a header) says.

    All of it is folded to single lines. Nothing has to be there: a title is looked for in ``titleStmt``, then
    with the source, then above the first words of the text; the language in ``text/@xml:lang``,
    ``langUsage`` and above; the time of the last change in ``revisionDesc``, then with the publication, where
    ``SOURCE_DATE_EPOCH`` is not set. The identifier is the public one of the publication, or is made from
    title, authors, dates and source.

    :raises TeiError: ``SOURCE_DATE_EPOCH`` is set and is no number.
    """
    header = _header(root)
    language = _language(root, header)
    statement = header.find("{*}fileDesc/{*}titleStmt")
    publication = header.find("{*}fileDesc/{*}publicationStmt")
    sources = header.find("{*}fileDesc/{*}sourceDesc")
    title, subtitle = _titles(statement, language)
    authors = people(_children(statement, "author"), language)
    date = _publication_date(publication)
    return Facts(
        title=title or _title_elsewhere(root, sources, language),
        subtitle=subtitle,
        authors=authors or _source_authors(sources, language),
        editors=people(_editors(statement, translating=False), language),
        translators=people(_editors(statement, translating=True), language),
        language=language or UNDETERMINED,
        identifier=_identifier(root, header, publication, sources),
        publisher=_publisher(publication, language),
        date=date,
        modified=last_modified((*_changes(header), date)),
        rights=_rights(header, language),
        description=words(best(header.findall("{*}profileDesc/{*}abstract"), language)),
        source=cite_source(sources, language),
    )


def _header(root: etree._Element) -> etree._Element:
    if local(root) == "teiHeader":
        return root
    found = root.find("{*}teiHeader")
    found = found if found is not None else next(root.iter("{*}teiHeader"), None)
    return found if found is not None else etree.Element("teiHeader")


def _language(root: etree._Element, header: etree._Element) -> str:
    text = next(root.iter("{*}text"), None)
    body = None if text is None else text.find("{*}body")
    own = [language_tag(one.get(_LANG)) for one in (text, body) if one is not None]
    used = [
        (_share(one), tag)
        for one in header.findall("{*}profileDesc/{*}langUsage/{*}language")
        if (tag := language_tag(one.get("ident")))
    ]
    # The most used where shares are stated, the only one where there is one.
    most = max(used, key=lambda item: item[0], default=(0, ""))
    counted = most[1] if most[0] > 0 or len(used) == 1 else ""
    around = language_tag(root.get(_LANG))
    first = used[0][1] if used else ""
    return next(filter(None, (*own, counted, around, first)), "")


def _share(language: etree._Element) -> int:
    usage = language.get("usage") or ""
    return int(usage) if usage.isascii() and usage.isdigit() and len(usage) < 4 else 0


def _titles(statement: etree._Element | None, language: str) -> tuple[str, str]:
    titles = [one for one in _innermost_titles(statement) if phrase(one)]
    main = [one for one in titles if _kind(one) == "main"]
    main = main or [one for one in titles if _kind(one) in _MAIN] or titles
    below = [one for one in titles if _kind(one) in _SUB and one not in main]
    return phrase(best(main, language)), phrase(best(below, language))


def _innermost_titles(parent: etree._Element | None) -> Iterator[etree._Element]:
    for title in _children(parent, "title"):
        inner = [one for one in title.findall("{*}title") if one.get("type")]
        yield from inner or [title]


def _title_elsewhere(root: etree._Element, sources: etree._Element | None, language: str) -> str:
    source = source_of(sources)
    if source is not None:
        title = phrase(best([*source.iter("{*}title")], language))
        if title:
            return title
    heads = (head for text in root.iter("{*}text") for head in text.iter("{*}head"))
    first = next(filter(None, map(phrase, heads)), "")
    if len(first) > _LONGEST:
        first = first[:_LONGEST].rpartition(" ")[0] + "…"
    return first or root.get(_ID) or UNTITLED


def _source_authors(sources: etree._Element | None, language: str) -> tuple[str, ...]:
    source = source_of(sources)
    if source is None:
        return ()
    # The first element that has any: those of a series or of a further source are not those of the text.
    parent = next((one.getparent() for one in source.iter("{*}author")), None)
    return people(_children(parent, "author"), language)


def _editors(statement: etree._Element | None, *, translating: bool) -> Iterator[etree._Element]:
    for editor in _children(statement, "editor"):
        if ((editor.get("role") or "").lower()[:5] in ("trans", "trl")) == translating:
            yield editor


def _publication_date(publication: etree._Element | None) -> str:
    dates = [] if publication is None else [*publication.iter("{*}date")]
    written = ((one.get("when") or one.get("when-iso") or words(one)).strip() for one in dates)
    return next(filter(None, written), "")


def _changes(header: etree._Element) -> Iterator[str]:
    for change in header.iterfind("{*}revisionDesc//{*}change"):
        inner = change.find("{*}date")
        for one in (change, inner):
            if one is not None:
                yield one.get("when") or one.get("when-iso") or ""
        yield words(inner)


def _identifier(
    root: etree._Element,
    header: etree._Element,
    publication: etree._Element | None,
    sources: etree._Element | None,
) -> str:
    name = root.get(_ID) or ""
    numbers = _children(publication, "idno")
    numbers = [inner for one in numbers for inner in one.iter("{*}idno")]
    public = public_identifier(numbers, name)
    if public:
        return public
    stated = [words(one) for one in numbers]
    checksums = (
        [one for one in sources.iter("{*}idno") if _kind(one) == "sha256"] if sources is not None else []
    )
    told = [words(one) for one in checksums] or [words(sources, frozenset())]
    statement = header.find("{*}fileDesc/{*}titleStmt")
    made_of = [
        words(one, frozenset()) for one in (*_children(statement, "title"), *_children(statement, "author"))
    ]
    if not any((name, *stated, *told)):
        told = [text_digest(root)]
    return made_identifier((name, *made_of, _publication_date(publication), *stated, *told))


def _publisher(publication: etree._Element | None, language: str) -> str:
    for kind in ("publisher", "distributor", "authority"):
        name = next(filter(None, (body_name(one, language) for one in _children(publication, kind))), "")
        if name:
            return name
    return ""


def _rights(header: etree._Element, language: str) -> str:
    statements: list[str] = []
    for availability in header.findall("{*}fileDesc/{*}publicationStmt//{*}availability"):
        parts = in_language([one for one in availability if local(one)], language)
        for part in parts:
            target = part.get("target") or next((one.get("target") or "" for one in part.iter("{*}ref")), "")
            text = words(part)
            if target.startswith("http") and not any(target in said for said in (*statements, text)):
                text = f"{text} ({target})" if text else target
            statements.append(text)
    return " ".join(dict.fromkeys(filter(None, statements)))


def _kind(element: etree._Element) -> str:
    return (element.get("type") or "").strip().lower()


def _children(parent: etree._Element | None, name: str) -> Sequence[etree._Element]:
    return [] if parent is None else parent.findall(f"{{*}}{name}")
