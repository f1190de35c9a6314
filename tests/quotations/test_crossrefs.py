from __future__ import annotations

import time

import pytest

from tei.flow import Flow
from tei.quotations.crossrefs import Pagination, cross_reference_spans, find_cross_references
from tei.quotations.references import find_references

PAGES = {str(number): f"p{number}" for number in range(1, 300)} | {"xii": "pxii"}
DIVISIONS = {
    "appendix a": "app-a",
    "Appendix B": "app-b",
    "appendix c": "app-c",
    "part ii": "part-2",
    "chapter 4": "chap-4",
}


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.target) for one in find_cross_references(text, PAGES, DIVISIONS)]


def test_cross_references() -> None:
    text = (
        "On p. 114 and pp. 3-4, 221 see more; page 106 and Appendix C too; Collected Letters, p. 5; p. 999.\n"
        "Appendix C\nAppendix C—More"
    )
    pages = {str(number): f"p{number}" for number in range(1, 300)}
    references = find_references(text, note=True)
    found = find_cross_references(text, pages, {"Appendix C": "appendix-c"}, references)
    assert [(text[one.start : one.end], one.target) for one in found] == [
        ("p. 114", "p114"),
        ("pp. 3-4", "p3"),
        ("221", "p221"),
        ("page 106", "p106"),
        ("Appendix C", "appendix-c"),
    ]
    spans = cross_reference_spans(Flow.plain(text), found)
    assert dict(spans[0].attributes) == {"type": "page", "target": "#p114"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See above, p. 5, and below, pages 83 to 85.", [("p. 5", "p5"), ("pages 83 to 85", "p83")]),
        ("See pp. 221-1 and p. 297 ff.", [("pp. 221-1", "p221"), ("p. 297 ff.", "p297")]),
        ("See note on p. 5; cf. p. xii.", [("p. 5", "p5"), ("p. xii", "pxii")]),
        ("On p. 5 of his memoirs; p. 7 of the Cat News; Smith’s p. 9.", []),
        ("On p. 5 of this book.", [("p. 5", "p5")]),
        ("He read Smith, Cats, p. 12.", []),
        ("The pp. of it; p. 500; 45 p. 100th; page\n12.", []),
        (
            "So: see appendix C, APPENDIX C and Appendix Z.",
            [("appendix C", "app-c"), ("APPENDIX C", "app-c")],
        ),
        ("Appendices A, B and C.", [("Appendices A", "app-a"), ("B", "app-b"), ("C", "app-c")]),
        ("See Appendix A, B said.", [("Appendix A", "app-a")]),
        (
            "In Part Two, Part 2, Part II of this book.",
            [("Part Two", "part-2"), ("Part 2", "part-2"), ("Part II", "part-2")],
        ),
        ("In Part II of his memoirs; his Chapter 4; in part two of us agree.", []),
        ("In chapter IV and chapters 3 and 4.", [("chapter IV", "chap-4"), ("4", "chap-4")]),
        ("PART II.*\nAppendix A—Cats\nSee Part II.", [("Part II", "part-2")]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_stretches_are_left_out() -> None:
    text = "See p. 5.\nCats, p. 7\nDogs, Appendix A\nSee p. 9."
    outside = [(text.index("Cats"), text.index("See p. 9"))]
    ones = find_cross_references(text, PAGES, DIVISIONS, outside=outside)
    assert [one.target for one in ones] == ["p5", "p9"]


def test_pages_beside() -> None:
    text = "One. See the facing page.\nTwo: the next page, the preceding page, the next page of it."
    pagination = Pagination([(0, "p1"), (text.index("Two"), "p2"), (len(text), "p3")], {"p1": "p9"})
    ones = find_cross_references(text, PAGES, DIVISIONS, pagination=pagination)
    assert [(text[one.start : one.end], one.target) for one in ones] == [
        ("facing page", "p9"),
        ("next page", "p3"),
        ("preceding page", "p1"),
    ]
    assert find_cross_references(text, PAGES, DIVISIONS) == []


@pytest.mark.parametrize(
    "unit", ["p. 1, 2, ", "pp. 5-", "Appendices A, B, ", "part I ", "the facing page ", " ", "p. 5 of "]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        text = "See " + unit * count
        find_cross_references(text, PAGES, DIVISIONS, pagination=Pagination([(0, "p1")], {"p1": "p2"}))
        return time.process_time() - begin

    small, large = seconds(2_000), seconds(16_000)
    assert large < 30 * small + 1.0
