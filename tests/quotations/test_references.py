from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.flow import Flow
from tei.quotations.crossrefs import cross_reference_spans, find_cross_references
from tei.quotations.dates import date_attributes
from tei.quotations.references import find_references, known_titles, reference_spans, titles_in


def parts(text: str, *, note: bool = True, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [
        (part.name, text[part.start : part.end])
        for reference in find_references(text, note=note, known=known)
        for part in reference.parts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "* John Smith: A Life of Cats. (New York, 1949), p. 272.",
            "author=John Smith title=A Life of Cats pubPlace=New York date=1949 biblScope=p. 272",
        ),
        (
            "* The Morning Post, January 13, 1953, p. 4; Evening News, No. 3, January 1953, pp. 10-22.",
            (
                "title=The Morning Post date=January 13, 1953 biblScope=p. 4 title=Evening News "
                "biblScope=No. 3 date=January 1953 biblScope=pp. 10-22"
            ),
        ),
        (
            "** Collected Letters, Vol. XXXIII, pp. 57-58.",
            "title=Collected Letters biblScope=Vol. XXXIII biblScope=pp. 57-58",
        ),
        ("* Vol. XII, p. 35.", "biblScope=Vol. XII biblScope=p. 35"),
        ("* Ibid., p. 169.", "biblScope=p. 169"),
        (
            "* A. B. Smith, “The Cat in the Rain,” New Leader, Jan. 16, 1956.",
            "author=A. B. Smith title=The Cat in the Rain title=New Leader date=Jan. 16, 1956",
        ),
        (
            "* A Short History. Ed. W. Jones. (London, 1935), p. 7.",
            "title=A Short History editor=W. Jones pubPlace=London date=1935 biblScope=p. 7",
        ),
        (
            "* J. Smith: Cats of the World. Catpress (London, 1956), p. 41.",
            (
                "author=J. Smith title=Cats of the World publisher=Catpress pubPlace=London date=1956 "
                "biblScope=p. 41"
            ),
        ),
        (
            "See W. Brown in Cats and Dogs (London), April 18, 1956.",
            "author=W. Brown title=Cats and Dogs date=April 18, 1956",
        ),
        ("(Globe and Mail, Jan. 21, 1956).", "title=Globe title=Mail date=Jan. 21, 1956"),
        (
            "* J. Smith: Cats, Paris, 1953, p. 7.",
            "author=J. Smith title=Cats pubPlace=Paris date=1953 biblScope=p. 7",
        ),
        ("On May 3, 1953 he went to London.", ""),
        ("See his remarks to Smith, p. 164.", ""),
        ("For more see Appendix A, pp. 271-6.", ""),
        ("The Trial of March 2-3, 1938.", ""),
    ],
)
def test_references(text: str, expected: str) -> None:
    assert " ".join(f"{name}={value}" for name, value in parts(text)) == expected


def test_running_text_needs_a_known_title_or_a_number() -> None:
    text = "He wrote in the Morning Post of July 6, 1956. In May, 1956 it rained."
    assert parts(text, note=False) == []
    assert parts(text, note=False, known=frozenset({"Morning Post"})) == [
        ("title", "Morning Post"),
        ("date", "July 6, 1956"),
    ]
    assert parts("It is in his Collected Letters (p. 389).", note=False)[0] == ("title", "Collected Letters")


def test_titles_are_learnt() -> None:
    text = "* Evening News, April 20, 1956."
    assert known_titles(find_references(text, note=True), text) == {"Evening News"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 6, 1956", {"when": "1956-07-06"}),
        ("25 October 1917", {"when": "1917-10-25"}),
        ("May, 1956", {"when": "1956-05"}),
        ("March 10-21, 1939", {"from": "1939-03-10", "to": "1939-03-21"}),
        ("July-August, 1956", {"from": "1956-07", "to": "1956-08"}),
        ("1928", {"when": "1928"}),
        ("May 3", {}),
        ("no date", {}),
    ],
)
def test_dates(text: str, expected: dict[str, str]) -> None:
    assert date_attributes(text) == expected


def flow(text: str) -> Flow:
    return Flow(text, range(len(text)), range(1, len(text) + 1))


def test_spans() -> None:
    text = "* A. B. Smith, “The Cat in the Rain,” New Leader, Jan. 16, 1956, pp. 221-3."
    found = find_references(text, note=True)
    spans = reference_spans(flow(text), found)
    assert spans[0].name == "bibl"
    assert dict(spans[0].attributes) == {"xml:id": "b1"}
    scope = next(span for span in spans if span.name == "biblScope")
    assert dict(scope.attributes) == {"unit": "page", "from": "221", "to": "223"}
    # A title that is a quotation too has its element from there.
    quoted = (text.index("“"), text.index("”") + 1)
    assert titles_in(found) == {quoted[0] + 1}
    again = reference_spans(flow(text), found, quoted=[quoted])
    assert [span.name for span in again].count("title") == 1


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
    spans = cross_reference_spans(flow(text), found)
    assert dict(spans[0].attributes) == {"type": "page", "target": "#p114"}


@given(st.text(alphabet="Vol. IXp123,()“”; :\nAbc May 1956 No.", max_size=120))
def test_parts_lie_inside(text: str) -> None:
    end = 0
    for reference in find_references(text, note=True):
        assert end <= reference.start < reference.end <= len(text)
        end = reference.end
        for part in reference.parts:
            assert reference.start <= part.start < part.end <= reference.end


@pytest.mark.parametrize("unit", ["Vol. I, ", "(A", "A Cat and ", "p. 1, 2, ", "May 1, 1956, ", "“A ", "A: "])
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.perf_counter()
        text = unit * count
        find_references(text, note=True)
        find_cross_references(text, {"1": "p1"}, {})
        return time.perf_counter() - begin

    small, large = seconds(2_000), seconds(16_000)
    assert large < 30 * small + 1.0
