"""What is inconsistent in a file; the examples of the catalogue (`tei/codes`) are tried by tests/report."""

from __future__ import annotations

import pytest

from tei.parse import parse_bytes
from tei.problems import Problem
from tei.validation.consistency import note_inconsistencies
from tei.validation.index import Index
from tei.validation.noted import as_problems


def found(body: str) -> list[Problem]:
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{body}</body></text></TEI>'.encode()
    tree = parse_bytes(data)
    return as_problems(note_inconsistencies(Index(tree), data), tree, "a.xml", data)


def pages(*numbers: str) -> str:
    return "<p>" + "".join(f'word <pb n="{n}" xml:id="p{n.strip("[]")}"/>' for n in numbers) + "</p>"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("i ii iv 1 2 3", ["TEI-C002"]),
        ("i ii iii 1 2 [3] 4", []),
        ("1 2 2 3 4", ["TEI-C001"]),
        ("1 2 3 30 5 6 7", ["TEI-C001"]),
        ("1 2 3 4 50 6 7", ["TEI-C001"]),
        ("1 3 2 4 5 6", ["TEI-C001"]),
        ("1 2 3 5 6 7", ["TEI-C002"]),
        ("1 2 3 9 10 11", []),  # a stretch of the book
        ("1 2 3 A B", []),
    ],
)
def test_the_order_of_pages(numbers: str, expected: list[str]) -> None:
    assert [problem.code for problem in found(pages(*numbers.split()))] == expected


@pytest.mark.parametrize(("number", "meant"), [("5", "6"), ("7", "6")])
def test_a_page_that_has_the_number_of_the_page_that_faces_it(number: str, meant: str) -> None:
    (problem,) = found(pages("2", "4", number, "8", "10", "12"))
    assert problem.code == "TEI-C001"
    assert f'n="{meant}"' in (problem.hint or "")


def test_facing_pages_are_two_sequences() -> None:
    one = "".join(f'<pb n="{n}" xml:id="p{n}"/>' for n in (2, 4, 6, 8))
    other = "".join(f'<pb n="{n}" xml:id="p{n}"/>' for n in (5, 7, 9))
    body = f'<div corresp="#b" xml:id="a"><p>{one}a</p></div><pb n="3" xml:id="p3"/>'
    body += '<div corresp="#a" xml:id="b"><p>{}b</p></div>'
    assert found(body.format(other)) == []
    (problem,) = found(body.format(other.replace('n="7"', 'n="3"')))
    assert problem.code == "TEI-C001"


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        ("I II III IV", 0),
        ("I II IV V", 1),
        ("A B C E", 1),
        ("1 2 3 3", 1),
        ("C D E", 0),
        ("1 5 9", 0),
        ("x y", 0),
    ],
)
def test_the_numbers_of_divisions(numbers: str, count: int) -> None:
    body = "".join(f'<div type="section" n="{n}"><head>{n}</head><p>x</p></div>' for n in numbers.split())
    assert [problem.code for problem in found(body)] == count * ["TEI-C003"]


REACTION = '<vocal type="laughter" ana="#laughter"><desc>(Laughter.)</desc></vocal>'


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ('<vocal type="laughter"><desc>(Laughter.)</desc></vocal>', "TEI-C007"),
        ('<vocal type="cough" ana="#laughter"><desc>(Laughter.)</desc></vocal>', "TEI-C008"),
        ('<incident type="laughter" ana="#laughter"><desc>(Laughter.)</desc></incident>', "TEI-C008"),
        ('<vocal type="laughter" ana="#laughter"><desc>Laughter.)</desc></vocal>', "TEI-C009"),
    ],
)
def test_reactions(odd: str, code: str) -> None:
    assert found(f"<p>{REACTION * 8}</p>") == []
    (problem,) = found(f"<p>{REACTION * 8}\n{odd}</p>")
    assert (problem.code, problem.severity, problem.line) == (code, "warning", 2)


def test_a_label_that_is_two_people() -> None:
    speech = '<sp who="#{}"><speaker>{}</speaker><p>x</p></sp>\n'
    usual = 3 * speech.format("ann", "ANN.")
    assert found(usual + speech.format("bob", "BOB:")) == []
    (problem,) = found(usual + speech.format("bob", "Ann:"))
    assert (problem.code, problem.line) == ("TEI-C010", 4)


def test_people_whom_nobody_mentions() -> None:
    people = '<person xml:id="ann"/><person xml:id="bob"/><person xml:id="cy" role="author"/>'
    (problem,) = found(f'{people}<p><persName ref="#ann">Ann</persName></p>')
    assert (problem.code, problem.severity, '"bob"' in problem.message) == ("TEI-C013", "info", True)
    assert found(f"{people}<p>Ann</p>") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("<p><lb/>One\n<lb/>two\nthree\n<lb/>four</p>", [(3, 1)]),
        ("<p><lb/>One\n<lb/>two\n <hi>three</hi></p>", [(3, 6)]),
        ("<p><lb/>One\n<lb/>two</p>\n<p><lb/>three</p>\n", []),
        ("<p><lb/>One\n<lb/>two <choice><sic>x</sic><corr>\nwhy</corr></choice></p>", []),
        ("<p>One\ntwo\nthree</p>", []),
        ("<p><lb/>One\ntwo\nthree\nfour</p>", []),  # no lb is meant here
        ("<p><lb/>a</p>\n<lb/>\n<p><lb/>b</p>\n<lb/>\n<p><lb/>c</p>\n\n<p><lb/>d</p>", [(6, 1)]),
        (
            "<p><lb/>a</p>\n\n<p><lb/>b</p>\n<lb/>\n<p><lb/>c</p>\n\n<p><lb/>d</p>",
            [],
        ),  # most empty lines have none
        ("<p><lb/>&#233;&amp;\n<lb/>two\n&amp; three\n<lb/></p>", [(3, 1)]),
    ],
)
def test_lines_without_lb(text: str, places: list[tuple[int, int]]) -> None:
    problems = found(text)
    assert [(problem.line, problem.column) for problem in problems] == places
    assert all(problem.code == "TEI-C011" for problem in problems)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<p><lb/>har<pc force="weak">-</pc>\n<lb break="no"/>bour</p>', 0),
        ('<p><lb/>har<pc force="weak">-</pc>\n<lb/>bour</p>', 1),
        ('<p><lb/>well-\n<lb break="no"/>known</p>', 0),
        ('<p><lb/>har\n<lb break="no"/>bour</p>', 1),
        ('<p><lb/>har<pc force="weak">-</pc>\n<lb/>\n<fw><lb/>12</fw>\n<lb break="no"/>bour</p>', 0),
        ('<p><lb/>har<choice><sic>*</sic><corr>-</corr></choice>\n<lb break="no"/>bour</p>', 0),
    ],
)
def test_broken_words(text: str, count: int) -> None:
    assert [problem.code for problem in found(text)] == count * ["TEI-C012"]


@pytest.mark.parametrize("holds", ["x", "<pb/>", '<gap reason="torn"/>', REACTION, "<hi>y</hi>"])
def test_what_holds_something_is_not_empty(holds: str) -> None:
    assert found(f"<p>{holds}</p>") == []


@pytest.mark.parametrize("name", ["p", "persName", "said", "item"])
def test_empty_elements(name: str) -> None:
    (problem,) = found(f"<ab>a<{name}> <lb/> </{name}></ab>")
    assert (problem.code, problem.line, f"<{name}>" in problem.message) == ("TEI-C014", 1, True)


@pytest.mark.parametrize(
    ("date", "count"),
    [
        ('when="1956-04-20">April 20, 1956', 0),
        ('when="1965-04-20">April 20, 1956', 1),
        ('when="1956-04-20">20 April', 0),
        ('from="1934" to="1936">1934-36', 0),
        ('from="1934" to="1936">in 1935', 0),
        ('notBefore="1934" notAfter="1936">1953', 1),
    ],
)
def test_years(date: str, count: int) -> None:
    assert [problem.code for problem in found(f"<p><date {date}</date></p>")] == count * ["TEI-C015"]
