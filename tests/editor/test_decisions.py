"""Every kind of decision: found, not found, found twice; and what the more curious ones do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.edition.decisions import Decisions
from tei.encode import encode_path
from tei.errors import EditionError
from tests.encoding import block, document, drawn, pages, text_of, words
from tests.structure.made import EDITION, reading_of

# Each decision with a place for the words {words} on the page {page}; on its own it is a right one.
KINDS = {
    "body": "[body]\n{at}",
    "back": "[back]\n{at}",
    "region": '[[region]]\n{at}type = "imprint"',
    "head": '[[head]]\n{at}type = "chapter"',
    "not_head": "[[not_head]]\n{at}",
    "block": '[[block]]\n{at}name = "byline"',
    "join": "[[join]]\n{at}",
    "split": "[[split]]\n{at}",
    "extract": "[[extract]]\n{at}",
    "not_extract": "[[not_extract]]\n{at}",
    "verse": "[[verse]]\n{at}",
    "items": "[[items]]\n{at}",
    "not_items": "[[not_items]]\n{at}",
    "document": '[[document]]\n{at}type = "letter"',
    "note": "[[note]]\n{at}",
    "hyphen": "[[hyphen]]\n{at}soft = true",
    "name": '[[name]]\n{at}ref = "#ann"',
    "quotation": '[[quotation]]\n{at}to = "and more."\nkind = "mentioned"',
    "correct": '[[correct]]\n{at}read = "Beautiful boats"',
    "misplaced": '[[misplaced]]\n{at}after = "Old nets."\nafter_page = "2"',
    "title_page": "[title_page]\n{at}",
}
TEXT = pages("Fine boats-\nmen and more.\n\nFish.", "Old nets.\n\nFish.\n\nFish.", "Last words.")


def at(words: str, page: str | None) -> str:
    return f'text = "{words}"\n' + (f'page = "{page}"\n' if page else "")


def failure(folder: Path, decisions: str) -> tuple[EditionError, str]:
    """The error that an edition with ``decisions`` gives, and the message with the directory left out."""
    (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
    (folder / "decisions.toml").write_text(decisions, encoding="utf-8")
    (folder / "source.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        encode_path(folder)
    return caught.value, str(caught.value).replace(f"{folder}/", "")


def test_every_kind_of_decision_is_tried() -> None:
    assert set(KINDS) == set(Decisions.model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_that_finds_its_place(kind: str) -> None:
    # Only the front and the back hold a title page or a region.
    more = '[body]\npage = "2"\ntext = "Old nets."\n' if kind in ("region", "title_page") else ""
    place = at("Last words.", "3") if kind == "back" else at("Fine boats", "1")
    if kind == "title_page":
        place += 'part = [{ kind = "main", text = "Fine boats-" }]\n'
    person = '[[person]]\nid = "ann"\nname = "Ann"\n'
    document(TEXT, more + KINDS[kind].format(at=place), person)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("words", "page", "message"),
    [
        ("Fine goats", "1", "'Fine goats' on page 1 is not there; quote the source as it is printed"),
        ("Fine goats", None, "'Fine goats' is not there; quote the source as it is printed"),
        # Right words, wrong page; half a word is no word.
        ("Fine boats", "2", "'Fine boats' on page 2 is not there; quote the source as it is printed"),
        ("ine boats", "1", "'ine boats' on page 1 is not there; quote the source as it is printed"),
        ("Fish.", "2", "'Fish.' on page 2 stands there more than once; quote more words"),
        ("Fish.", None, "'Fish.' stands there more than once; quote more words"),
        ("Fine boats", "9", "there is no page '9'"),
    ],
)
def test_a_decision_that_does_not(
    kind: str, words: str, page: str | None, message: str, tmp_path: Path
) -> None:
    decisions = "# By hand.\n" + KINDS[kind].format(at=at(words, page))
    _, said = failure(tmp_path, decisions)
    # The file, the line that quotes the words, and the kind of decision.
    assert said.startswith(f"decisions.toml:3: {kind}: {message}")


TWICE = """
[[correct]]
text = "Fine boats"
read = "Fine goats"
[[correct]]
text = "{text}"
read = "{read}"
"""


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        (
            TWICE.format(text="boats-men", read="boatsmen"),
            "correct: 'boatsmen' stands for words that 'Fine goats' stands for, too",
        ),
        (TWICE.format(text="Fine boats", read="Fine coats"), "stands for words that"),
        (
            '[[extract]]\ntext = "Old nets."\nto = "Fine boats"\nto_page = "1"',
            "extract: 'Fine boats' on page 1 stands before",
        ),
        ('[[extract]]\ntext = "Old nets."\nto = "New nets."', "extract: 'New nets.' is not there"),
        (
            '[[misplaced]]\ntext = "Old nets."\nafter = "Fine hats"\nafter_page = "1"',
            "misplaced.after: 'Fine hats' on page 1 is not there",
        ),
        (
            '[[note]]\ntext = "Last words."\nanchor = "Fine hats*"',
            "note.anchor: 'Fine hats*' is not there",
        ),
        (
            '[[note]]\ntext = "Last words."\nanchor = "Old nets"',
            "note.anchor: 'Old nets' ends with no marker",
        ),
        ('[[note]]\ntext = "Last words."\nto = "Fine hats"', "note.to: 'Fine hats' is not there"),
        (
            '[[hyphen]]\ntext = "Old nets."\nsoft = true',
            "hyphen: 'Old nets.' does not stand at a hyphen that ends a line",
        ),
        (
            '[[document]]\ntext = "Old nets."\ntype = "letter"\npart = [{ kind = "head", text = "Hats" }]',
            "document.part: 'Hats' is not there",
        ),
        (
            '[title_page]\ntext = "Old nets."\npart = [{ kind = "main", text = "Fine hats" }]',
            "title_page.part: 'Fine hats' is not there",
        ),
    ],
)
def test_a_decision_that_contradicts_itself_or_another(decisions: str, message: str, tmp_path: Path) -> None:
    _, said = failure(tmp_path, decisions)
    assert said.startswith("decisions.toml:")
    assert message in said


def test_white_space_and_line_end_hyphens_do_not_count() -> None:
    for quoted in ("Fine boats-men and", "Fine  boatsmen and", "Fineboats- men and"):
        assert drawn(TEXT, f'[[head]]\n{at(quoted, "1")}type = "chapter"').startswith(
            "div[chapter]\n  head Fine"
        )


def test_of_several_places_the_one_that_makes_up_its_line_is_meant() -> None:
    text = "All the boats.\n\nboats\n\nMore boats."
    assert drawn(text, '[[head]]\ntext = "boats"\ntype = "chapter"').splitlines()[1:3] == [
        "div[chapter]",
        "  head boats",
    ]


def test_pages_never_printed_and_what_is_on_no_page_have_names() -> None:
    text = "Slip.\n\n\n\n" + pages("Words.", "Words.", "Words.", "Last.", first=7)
    decisions = (
        '[body]\npage = "7"\ntext = "Words."\n[[region]]\npage = "front"\ntext = "Slip."\ntype = "scanNoise"'
    )
    assert drawn(text, decisions).startswith(
        "front\n  div[scanNoise]\n    ab[scanNoise] Slip.\nbody\n  p Words."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "soft", "expected"),
    [
        ("A boat-\nhouse.", None, "A boathouse.\n"),
        ("A boat-\nhouse.", True, "A boathouse.\n"),
        ("A boat-\nhouse.", False, "A boat-house.\n"),
        ("A boat¬\nhouse.", False, "A boat-house.\n"),
        ("A self-\nmade man.", None, "A self-made man.\n"),
        ("A self-\nmade man.", True, "A selfmade man.\n"),
    ],
)
def test_hyphens(source: str, soft: bool | None, expected: str) -> None:
    quoted = source.partition("\n")[0]
    decisions = "" if soft is None else f'[[hyphen]]\ntext = "{quoted}"\nsoft = {str(soft).lower()}'
    assert reading_of(document(source, decisions)) == expected


@pytest.mark.parametrize(
    ("source", "text", "read", "expected"),
    [
        # The hyphen of a broken word is in the reading, in the source, or in both.
        ("The off1-\ncers came.", "off1-", "offi-", "The officers came.\n"),
        ("The off1-\ncers came.", "off1-cers", "officers", "The officers came.\n"),
        ("The offi\ncers came.", "offi", "offi-", "The officers came.\n"),
        ("The offi.\ncers came.", "offi.", "offi-", "The officers came.\n"),
        ("The offi-\nccrs came.", "ccrs", "cers", "The officers came.\n"),
        ("A se1f-\nmade man.", "se1f-", "self-", "A self-made man.\n"),
        ("A sclf-\nrnade man.", "sclf-rnade", "self-made", "A self-made man.\n"),
    ],
)
def test_hyphens_in_readings(source: str, text: str, read: str, expected: str) -> None:
    assert reading_of(document(source, f'[[correct]]\ntext = "{text}"\nread = "{read}"')) == expected


def test_a_misplaced_line() -> None:
    text = pages("The boats are\nnot here.", "Nets dry\nin the boat¬", "sun and in the\nhouse.", "Last.")
    decisions = '[[misplaced]]\npage = "1"\ntext = "not here."\nafter = "Nets dry"\nafter_page = "2"'
    tree = document(text, decisions)
    [surplus] = text_of(tree).iter("{*}surplus")
    [supplied] = text_of(tree).iter("{*}supplied")
    assert words(surplus) == "not here."
    assert (supplied.text, supplied.get("corresp")) == (" not here.", "#misplaced-line1")
    assert surplus.get("{http://www.w3.org/XML/1998/namespace}id") == "misplaced-line1"
    read = reading_of(tree)
    assert "Nets dry not here. in the boat" in read
    assert read.count("not here.") == 1


def test_notes_by_the_editors_word() -> None:
    text = pages("The boats + are here.\n\nMany of them.", "Fish.", "Last words.")
    decisions = '[[note]]\ntext = "Many of them."\nanchor = "boats +"\nmarker = "+"'
    assert drawn(text, decisions, inline=["ref"]).startswith(
        block(
            """
            p The boats <ref #n1.1>+<> are here. … |Fish. |Last words.
              note
                p Many of them.
            """
        )
    )
