"""An edited EPUB: what a person changed in its pages comes back, what programs do to them does not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tei.epub.edition import epub_bytes
from tei.errors import MergeError, ParseError, TeiError
from tei.merge import Correction, Merged, merge
from tei.merge.epub import EditedPages
from tei.parse import parse_bytes
from tei.views import reading_text, source_text
from tests.epub.links import words
from tests.jing import invalid, require_jing, tei_all
from tests.merge.epub_edits import LEVELS, SAVES, edited_epub, pages_of, rezipped
from tests.merge.test_random import BOOK, ESSAY, SMALL, assert_valid, lost_spans, valid_ones
from tests.merge.test_rules import FOOT, HEAD, document


def check(base: bytes, edited: bytes, merged: Merged, folder: Path) -> None:
    """The words of the result's own EPUB are those of ``edited``, and other markup stands where it stood."""
    root = parse_bytes(merged.xml).getroot()
    one, other = folder / "edited.epub", folder / "merged.epub"
    one.write_bytes(edited)
    other.write_bytes(epub_bytes(root.getroottree()))
    assert words(one) == words(other)
    assert len(lost_spans(parse_bytes(base).getroot(), root)) <= 4 * len(merged.changes)


def run(file: Path, level: str, count: int, folder: Path) -> tuple[int, int]:
    """Merge ``count`` edited EPUBs, one by one; gives how many there were, and how many were refused."""
    base = file.read_bytes()
    epub = epub_bytes(parse_bytes(base))
    done = refused = 0
    for seed in range(count):
        plain, saved = edited_epub(epub, level, random.Random(f"{file.name} {level} {seed}"))
        merged = merge(base, saved)
        if not merged.refused:
            check(base, plain, merged, folder)
        assert_valid(merged)
        done += bool(merged.changes)
        refused += bool(merged.refused)
    return done, refused


@pytest.mark.parametrize("level", LEVELS)
def test_edits_come_back(level: str, tmp_path: Path) -> None:
    done, refused = run(SMALL, level, 6, tmp_path)
    assert done
    assert refused <= 1


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_hundreds_of_edits_come_back(level: str, tmp_path: Path) -> None:
    done, refused = run(ESSAY, level, 50, tmp_path)
    assert refused <= 0.03 * done


@pytest.mark.slow
def test_edits_of_a_book(tmp_path: Path) -> None:
    found = [run(BOOK, level, 1, tmp_path) for level in LEVELS]
    assert sum(refused for _, refused in found) <= 1


@pytest.mark.corpus
@pytest.mark.slow
def test_edits_of_files_by_other_hands(shared: Path, tmp_path: Path) -> None:
    require_jing()
    files = sorted((shared / "corpus" / "tei").rglob("*.xml"), key=lambda file: file.stat().st_size)[:50]
    valid = valid_ones(shared)
    results: list[Path] = []
    done = refused = 0
    for file in files:
        base = file.read_bytes()
        try:
            tree = parse_bytes(base)
            epub = epub_bytes(tree)
        except TeiError:
            continue
        # What the pages show is the reading view, to the letter.
        assert EditedPages(epub, file.name).text.text == reading_text(tree.getroot()), file
        for level in LEVELS:
            try:
                plain, saved = edited_epub(epub, level, random.Random(f"{file.name} {level}"))
            except IndexError:  # no words to edit
                continue
            merged = merge(base, saved)
            done += bool(merged.changes)
            refused += bool(merged.refused)
            if not merged.refused:
                check(base, plain, merged, tmp_path)
                if file in valid:
                    results.append(tmp_path / f"{len(results)}.xml")
                    results[-1].write_bytes(merged.xml)
    assert invalid(tei_all(), results) == set()
    assert refused <= done * 0.15


@pytest.mark.parametrize("file", [SMALL, ESSAY], ids=lambda file: file.stem)
@pytest.mark.parametrize("save", SAVES)
def test_what_programs_do_to_pages_is_no_edit(save: Callable[[etree._Element], bytes], file: Path) -> None:
    base = file.read_bytes()
    epub = epub_bytes(parse_bytes(base))
    pages = {name: save(root) for name, root in pages_of(epub).items()}
    merged = merge(base, rezipped(epub, pages, random.Random(1)))
    assert merged.changes == []
    assert merged.xml == base


# One by one


def edited(content: str, old: str, new: str) -> tuple[bytes, bytes]:
    """A document, and its EPUB with ``old`` (a pattern) replaced by ``new`` in one of its pages."""
    base = document(content)
    epub = epub_bytes(parse_bytes(base))
    pages = {name: etree.tostring(root, encoding="unicode") for name, root in pages_of(epub).items()}
    assert sum(len(re.findall(old, page)) for page in pages.values()) == 1, pages
    return base, rezipped(
        epub, {name: re.sub(old, new, page).encode() for name, page in pages.items()}, random.Random(0)
    )


def carried(content: str, old: str, new: str, correction: Correction | None = None) -> Merged:
    return merge(*edited(content, old, new), edited_path="proof.epub", correction=correction)


def content_of(merged: Merged) -> str:
    return merged.xml.decode().removeprefix(HEAD).removesuffix(FOOT)


# Something for each element to stand in, so that nothing new is made.
MORE = '<p>Z<hi rend="bold">z</hi></p>'
TWO = '<p rend="x" xml:id="a">one two</p><p>three <hi rend="italic">four</hi> five</p>'


@pytest.mark.parametrize(
    ("content", "old", "new", "expected"),
    [
        (TWO, "two", "2", TWO.replace("two", "2")),
        # Enter: the second part has the attributes of the first, its id too, or none at all.
        (
            TWO,
            '(<p class="tei-p" id="a"[^>]*>)one two</p>',
            r"\1one</p>\n\1two</p>",
            TWO.replace("one two</p>", 'one</p><p rend="x">two</p>'),
        ),
        (TWO, "one two</p>", "one</p><p>two</p>", TWO.replace("one two</p>", 'one</p><p rend="x">two</p>')),
        (
            TWO,
            "one two</p><p[^>]*>",
            "one two ",
            '<p rend="x" xml:id="a">one two three <hi rend="italic">four</hi> five</p>',
        ),
        (TWO, "one two</p>", "one two</p><div>new</div>", TWO.replace("two</p>", "two</p><p>new</p>")),
        (TWO, "<p[^>]*>three.*?</p>", "", '<p rend="x" xml:id="a">one two</p>'),
        # Emphasis that says how words look is taken over; so it is where it lies around markup of ours.
        (TWO, "two", "<i>two</i>", TWO.replace("two", '<hi rend="italic">two</hi>')),
        (
            TWO,
            "two",
            "2 <b>t<sup>o</sup></b>",
            TWO.replace("two", '2 <hi rend="bold">t<hi rend="sup">o</hi></hi>'),
        ),
        (
            TWO,
            "three (.*?) five",
            r"<strong>three \1</strong> five",
            TWO.replace("three", '<hi rend="bold">three').replace("</hi> five", "</hi></hi> five"),
        ),
        # The elements that programs put in for themselves say nothing.
        (TWO, "two", '<span class="k" style="color:red">t</span>wo', TWO),
        (TWO, '(<span class="tei-hi[^>]*>)four', r"\1<span>fo</span>re", TWO.replace("four", "fore")),
        # A note, an entry, a verse.
        ("<p>a<note>N</note> b</p>", ">N<", ">M<", "<p>a<note>M</note> b</p>"),
        (
            "<list><item>a</item><item>b</item></list>",
            "(<li[^>]*>a</li>)",
            r"\1<li>new</li>",
            "<list><item>a</item><item>new</item><item>b</item></list>",
        ),
        (
            "<lg><l>a</l><l>b c</l></lg>",
            "(<div[^>]*>)b c",
            r"\1b</div>\1c",
            "<lg><l>a</l><l>b</l><l>c</l></lg>",
        ),
    ],
)
def test_what_was_edited_in_a_page(content: str, old: str, new: str, expected: str) -> None:
    merged = carried(content + MORE, old, new)
    assert [change.refused for change in merged.refused] == []
    assert content_of(merged) == expected + MORE


@pytest.mark.parametrize(
    ("content", "old", "new", "reason"),
    [
        (TWO, "two", '<a href="http://example.org/">two</a>', "<a> does not say what this is in TEI"),
        (TWO, "<p([^>]*)>one two</p>", r"<h2\1>one two</h2>", "<h2> does not say what this is in TEI"),
        (
            TWO,
            "<p([^>]*)>one two</p>",
            r"<blockquote><p\1>one two</p></blockquote>",
            "<blockquote> does not say what this is in TEI",
        ),
        (
            TWO,
            "three (<span[^>]*>)four</span>",
            r"<i>three \1fo</span></i>\1ur</span>",
            "begins or ends within other markup",
        ),
        (TWO, "two", 'two<img src="x.png" alt=""/>', "<img> does not say what this is in TEI"),
        (TWO, "one two", "one<br/>two", "<br> does not say what this is in TEI"),
        (
            "<p>a <gap/> b</p>",
            r"(<span[^>]*>\[…\]</span>)",
            r"<i>\1</i>",
            "begins or ends within other markup",
        ),
    ],
)
def test_what_cannot_be_taken_over_is_told(content: str, old: str, new: str, reason: str) -> None:
    merged = carried(content + MORE, old, new)
    assert [reason in (change.refused or "") for change in merged.refused] == [True]
    assert content_of(merged) == content + MORE


def test_markup_that_the_pages_have_lost_stays() -> None:
    merged = carried(TWO + MORE, "<span[^>]*>four</span>", "four")
    assert [(change.kind, change.refused, change.note) for change in merged.changes] == [
        ("markup", None, "the <hi> that the pages have lost stays in the file")
    ]
    assert content_of(merged) == TWO + MORE
    assert "markup of “four”" in merged.changes[0].render("proof.epub", "base.xml")


def test_a_change_is_told_with_its_page_and_line() -> None:
    merged = carried("<p>one</p>\n<p>two</p>\n<p>three</p>", "three", "<b>3</b>")
    text, markup = (change.render("proof.epub", "base.xml") for change in merged.changes)
    assert re.fullmatch(r"proof\.epub!EPUB/c001\.xhtml:\d+: changed “three” to “3” \(base\.xml:3\)", text)
    assert markup == f'{text.split(": ")[0]}: markup of “3”; it is <hi rend="bold"> now'
    line = int(text.split(":")[1])
    _, data = edited("<p>one</p>\n<p>two</p>\n<p>three</p>", "three", "<b>3</b>")
    page = etree.tostring(pages_of(data)["EPUB/c001.xhtml"]).split(b"\n")
    assert b"<b>3</b>" in page[line - 1]


def test_corrections() -> None:
    base = SMALL.read_bytes()
    epub = epub_bytes(parse_bytes(base))
    pages = {
        name: etree.tostring(root).replace(b"three winters", b"four winters")
        for name, root in pages_of(epub).items()
    }
    merged = merge(base, rezipped(epub, pages, random.Random(2)), correction=Correction("#anna-berg"))
    assert [(change.old, change.new, change.refused) for change in merged.changes] == [
        ("three", "four", None)
    ]
    before, after = parse_bytes(base).getroot(), parse_bytes(merged.xml).getroot()
    assert source_text(before) == source_text(after)
    assert reading_text(after) == reading_text(before).replace("three winters", "four winters")


def test_an_epub_that_is_not_of_the_file() -> None:
    other = epub_bytes(parse_bytes(ESSAY.read_bytes()))
    with pytest.raises(MergeError, match="another TEI file") as caught:
        merge(SMALL.read_bytes(), other, edited_path="other.epub")
    assert caught.value.path == "other.epub"
    epub = epub_bytes(parse_bytes(SMALL.read_bytes()))
    strange = {
        name: re.sub(rb' (class|data-tei|id)="[^"]*"', b"", etree.tostring(root))
        for name, root in pages_of(epub).items()
    }
    with pytest.raises(MergeError, match="has not made it"):
        merge(SMALL.read_bytes(), rezipped(epub, strange, random.Random(3)))
    with pytest.raises(MergeError, match="not the source view"):
        merge(SMALL.read_bytes(), epub, view="source")
    with pytest.raises(ParseError):
        merge(SMALL.read_bytes(), epub[:-400])


def test_an_epub_that_does_not_show_the_reading_view() -> None:
    base, data = edited("<div>one <g/>two<p>three</p></div>", "three", "3")
    with pytest.raises(MergeError, match="do not show its reading view"):
        merge(base, data)


@pytest.mark.parametrize("level", LEVELS)
def test_edits_as_corrections(level: str) -> None:
    base = SMALL.read_bytes()
    root = parse_bytes(base).getroot()
    epub = epub_bytes(root.getroottree())
    for seed in range(4):
        plain, saved = edited_epub(epub, level, random.Random(f"{level} {seed}"))
        merged = merge(base, saved, correction=Correction())
        out = parse_bytes(merged.xml).getroot()
        assert source_text(out) == source_text(root)
        assert merged.refused or reading_text(out) == EditedPages(plain, "edited").text.text
        assert_valid(merged)
