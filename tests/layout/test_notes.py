"""Foot notes: where they stand, what they are anchored to, how they run on."""

from __future__ import annotations

import pytest

from tei.edition.text import Stream
from tei.layout.notes import NoteDecisions, note_spans
from tests.layout.made import foot, lay

PLAIN = "The harbour was shut that year\nand nobody sailed before May\nor was allowed to sail."


def note_texts(*pages: str, **options: NoteDecisions) -> list[str]:
    laid = lay(foot(*pages, PLAIN, PLAIN, PLAIN), **options)  # type: ignore[arg-type]
    return [" ".join(laid.text[note.start : note.end].split()) for note in laid.notes]


@pytest.mark.parametrize("marker", ["*", "**", "♦", "†", "‡", "* *"])
def test_a_marker_at_the_foot_answers_one_in_the_text(marker: str) -> None:
    laid = lay(foot(f"The harbour{marker} was shut\nthat year.\n\n{marker} A small one.", PLAIN, PLAIN))
    (note,) = laid.notes
    assert laid.text[slice(*note.marker or (0, 0))] == marker
    assert note.anchor is not None
    assert laid.text[: note.anchor[0]].endswith("harbour")
    assert laid.text[slice(*note.anchor)] == marker
    assert laid.role("note") == [f"{marker} A small one."]
    assert laid.role("body")[:2] == [f"The harbour{marker} was shut", "that year."]


def test_a_marker_may_be_glued_to_the_note() -> None:
    assert note_texts("The harbour* was shut.\n\n*A small one.") == ["*A small one."]


def test_notes_are_named_by_their_page() -> None:
    text = foot("A* b** c.\n\n* One.\n** Two.", PLAIN, "A* c.\n\n* Three.", first=88)
    assert lay(text).tied() == [("n88.1", "A*", None), ("n88.2", "b**", None), ("n90.1", "A*", None)]


def test_two_notes_in_one_block_and_in_two() -> None:
    one = "Ships* and boats** lay\nin the ice.\n\n* Large.\nVery large.\n** Small."
    two = one.replace("\n**", "\n\n**")
    for page in (one, two):
        assert note_texts(page) == ["* Large. Very large.", "** Small."]
        assert [tied[1] for tied in lay(foot(page, PLAIN, PLAIN)).tied()] == ["Ships*", "boats**"]


def test_a_note_of_several_paragraphs() -> None:
    assert note_texts("Ships* lay.\n\n* Large.\n\nNot all of them.\n\nBut most.") == [
        "* Large. Not all of them. But most."
    ]


def test_bullets_are_no_notes() -> None:
    laid = lay(foot("We saw:\n\n• gulls\n\n• terns", "• auks\n\n• puffins", PLAIN))
    assert laid.notes == []
    assert laid.role("note") == []


def test_a_row_of_asterisks_is_no_note() -> None:
    assert note_texts("It snowed.*\n\n* * *\n\nIt thawed.") == []


def test_a_starred_line_that_nothing_above_answers_is_no_note() -> None:
    assert note_texts("It snowed.\n\n* It thawed.") == []
    # An anchor below is no answer.
    assert note_texts("It snowed.\n\n* It thawed.\n\nIt froze.*") == []


def test_a_starred_line_within_a_paragraph_is_no_note() -> None:
    assert note_texts("It snowed*\n* and it thawed.") == []


def test_the_anchor_with_the_same_number_of_stars_is_chosen() -> None:
    page = "Ice** and fog* and rain*** came.\n\n* Thick."
    assert [tied[1] for tied in lay(foot(page, PLAIN, PLAIN)).tied()] == ["fog*"]


def test_a_marker_that_is_misread_is_answered_all_the_same() -> None:
    page = "Ice♦ and fog** came.\n\n* Thin.\n* Thick."
    assert [tied[1] for tied in lay(foot(page, PLAIN, PLAIN)).tied()] == ["Ice♦", "fog**"]


def test_notes_and_anchors_come_in_one_order() -> None:
    page = "Fog** and ice* and rain** came.\n\n* Thin.\n** Wet."
    assert [tied[1] for tied in lay(foot(page, PLAIN, PLAIN)).tied()] == ["ice*", "rain**"]


def test_an_anchor_among_false_asterisks() -> None:
    # A quotation mark misread, a star within a word; the marker has space behind it.
    page = "‘Ice’* cracked’*said he. The fo*g came*\nat last.\n\n* Thick."
    assert [tied[1] for tied in lay(foot(page, PLAIN, PLAIN)).tied()] == ["came*"]


def test_more_notes_than_anchors() -> None:
    page = "Ice* came.\n\n* Thin.\n** Lost."
    assert [tied[1] for tied in lay(foot(page, PLAIN, PLAIN)).tied()] == ["Ice*", None]


FIRST = "A ship* came\ninto the harbour\n\n"
SECOND = "that was shut\nall year.\n\n"
LONG = (
    "* This is set in a smaller type, so that its lines are longer,\nand it runs on over the page, where its"
)
REST = "lines are again much longer than those that stand above them there;\nso it goes, and there it ends."


def test_a_note_runs_on_over_the_page() -> None:
    laid = lay(foot(FIRST + LONG, SECOND + REST, PLAIN))
    assert laid.tied() == [("n1.1", "ship*", "n2.1"), ("n2.1", None, None)]
    assert laid.notes[1].preceding == "n1.1"
    assert laid.notes[1].marker is None
    assert laid.role("body")[:4] == ["A ship* came", "into the harbour", "that was shut", "all year."]


def test_a_finished_note_does_not_run_on() -> None:
    first = FIRST + f"{LONG} end."
    laid = lay(foot(first, SECOND + REST, PLAIN))
    assert laid.tied() == [("n1.1", "ship*", None)]


def test_a_block_no_wider_than_the_text_is_no_rest_of_a_note() -> None:
    first = FIRST + LONG
    assert lay(foot(first, "that was shut\nall that year.\n\nThen all open", PLAIN)).tied() == [
        ("n1.1", "ship*", None)
    ]
    # But one that is wider, is.
    wider = lay(foot(first, "that was shut\nall that year.\n\nThen all was opened.", PLAIN))
    assert wider.tied() == [("n1.1", "ship*", "n2.1"), ("n2.1", None, None)]


def test_a_note_runs_on_and_another_follows() -> None:
    page = f"that was shut**\nall year.\n\n{REST}\n** And a second."
    laid = lay(foot(FIRST + LONG, page, PLAIN))
    assert laid.tied() == [("n1.1", "ship*", "n2.1"), ("n2.1", None, None), ("n2.2", "shut**", None)]


def test_a_note_runs_on_over_three_pages() -> None:
    middle = REST.replace("ends.", "goes on and")
    laid = lay(foot(FIRST + LONG, f"that was\nlate.\n\n{middle}", f"It\nsailed.\n\n{REST}", PLAIN))
    assert [(i, f) for i, _, f in laid.tied()] == [("n1.1", "n2.1"), ("n2.1", "n3.1"), ("n3.1", None)]


TALK = Stream(id="talk", type="speech", first=2, last=6)
GLOSS = Stream(id="gloss", type="commentary", first=3, last=7)


def test_a_note_runs_on_from_odd_to_odd_page() -> None:
    text = foot(
        PLAIN, "He said\na word.", FIRST + LONG, "He said\nanother.",
        SECOND + REST, "He\nended.", PLAIN,
    )  # fmt: skip
    assert lay(text, streams=(TALK, GLOSS)).tied() == [("n3.1", "ship*", "n5.1"), ("n5.1", None, None)]


def test_a_note_does_not_run_on_into_another_stream() -> None:
    text = foot(
        PLAIN, "He said\na word.", "Sea\nsalt.", "He said\nanother.", "Salt\nsea.",
        FIRST + LONG, SECOND + REST, PLAIN,
    )  # fmt: skip
    # On paper page 7 follows page 6; a reader goes from 6 back to 3.
    assert lay(text, streams=(TALK, GLOSS)).tied() == [("n6.1", "ship*", None)]
    assert lay(text).tied() == [("n6.1", "ship*", "n7.1"), ("n7.1", None, None)]


def test_what_an_editor_decides() -> None:
    text = foot("Ice came\nand stayed.\n\nThin ice.", "Fog* came.\n\n* Thick.", PLAIN)
    at = text.index
    assert lay(text).tied() == [("n2.1", "Fog*", None)]
    anchored = NoteDecisions(starts={at("Thin"): (at("came"), at("came") + 4)})
    assert lay(text, decisions=anchored).tied()[0] == ("n1.1", "came", None)
    assert lay(text, decisions=NoteDecisions(starts={at("Thin"): None})).tied()[0] == ("n1.1", None, None)
    assert lay(text, decisions=NoteDecisions(text=frozenset({at("* Thick")}))).tied() == []


def test_an_anchor_that_the_editor_gives_to_one_note_is_no_other_notes() -> None:
    text = foot("Ice* and fog came.\n\n* Thin.\n* Thick.", PLAIN, PLAIN)
    assert [tied[1] for tied in lay(text).tied()] == ["Ice*", None]
    star = text.index("*")
    decided = NoteDecisions(starts={text.index("* Thick"): (star, star + 1)})
    assert [tied[1] for tied in lay(text, decisions=decided).tied()] == [None, "Ice*"]


def test_a_decided_note_with_neither_marker_nor_anchor_takes_no_others() -> None:
    text = foot("Ice* came.\n\nUnmarked.\n\n* Thin.", PLAIN, PLAIN)
    decided = NoteDecisions(starts={text.index("Unmarked"): None})
    assert lay(text, decisions=decided).tied() == [("n1.1", None, None), ("n1.2", "Ice*", None)]


def test_an_editor_says_that_a_note_runs_on() -> None:
    text = foot("Ice* came\nand stayed.\n\n* Thin ice.", "Fog came.\n\nNot so thin.", PLAIN)
    assert lay(text).tied() == [("n1.1", "Ice*", None)]
    decided = NoteDecisions(continuations=frozenset({text.index("Not so")}))
    assert lay(text, decisions=decided).tied() == [("n1.1", "Ice*", "n2.1"), ("n2.1", None, None)]


def test_numbered_notes_at_the_end() -> None:
    text = "Ice [1] and fog [2] came.\n\nThen rain.\n\nNotes\n\n"
    text += "[1] Thin.\n\n[2] Thick,\nand wet.\n\nMore of it.\n"
    laid = lay(text)
    assert laid.tied() == [("n1", "[1]", None), ("n2", "[2]", None)]
    assert laid.role("note") == ["[1] Thin.", "[2] Thick,", "and wet.", "More of it."]
    assert laid.role("body") == ["Ice [1] and fog [2] came.", "Then rain.", "Notes"]
    assert lay(text.replace("\n[1]", "\n1.").replace("\n[2]", "\n2)")).tied() == laid.tied()


@pytest.mark.parametrize(
    "text",
    [
        "Ice [1] and fog [2] came.\n\n[1] Thin.\n",  # one is missing
        "Ice and fog came.\n\n1. Thin.\n\n2. Thick.\n",  # a list
        "Ice [2] came.\n\n[2] Thin.\n",  # they do not begin with 1
        "[1] Thin.",  # nothing stands above
        "[1] Thin.\n\n[2] Thick.\n",
        "Ice [1] came.",
        "",
    ],
)
def test_what_are_no_numbered_notes(text: str) -> None:
    laid = lay(text)
    assert (laid.notes, laid.role("note")) == ([], [])


def test_spans_of_notes() -> None:
    laid = lay(foot(FIRST + f"{LONG}  ", SECOND + REST, PLAIN))
    spans = note_spans(laid.text, laid.notes, lambda start, end: laid.text[start:end])
    assert [(span.name, laid.text[span.start : span.end], dict(span.attributes)) for span in spans] == [
        ("note", LONG, {"place": "bottom", "xml:id": "n1.1", "n": "*", "next": "#n2.1"}),
        ("label", "*", {}),
        ("ref", "*", {"type": "noteAnchor", "target": "#n1.1"}),
        ("note", REST, {"place": "bottom", "xml:id": "n2.1", "prev": "#n1.1"}),
    ]
    assert laid.text[spans[2].start - 1] == "p"
    # What the editor reads for a misread marker is its name.
    corrected = note_spans(laid.text, laid.notes, lambda *_: "♦ ")
    assert corrected[0].attributes["n"] == "♦"
