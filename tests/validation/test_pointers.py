"""Pointers arrive, at the right kind of thing, and are answered; a mistake is told once, where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.parse import parse_bytes
from tei.problems import Problem
from tei.validation import check_pointers

FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>
<listPerson><person xml:id="ann"/><person xml:id="bob"/><place xml:id="hull"/></listPerson>
<taxonomy xml:id="kinds"><category xml:id="laughter"/></taxonomy>
<respStmt xml:id="ed"/></teiHeader><text><body>
{}
</body></text></TEI>"""
PAGES = """<pb n="1" xml:id="p1" next="#p2"/><pb n="3" xml:id="p3" prev="#p2" next="#p4"/>
<pb n="2" xml:id="p2" prev="#p1" next="#p3"/>
<pb n="4" xml:id="p4" prev="#p3"/>"""


def found(body: str, *, own: bool = True) -> list[Problem]:
    data = FRAME.format(body).encode()
    return check_pointers(parse_bytes(data), "a.xml", data, own=own)


@pytest.mark.parametrize(
    ("body", "code", "words", "hint", "column"),
    [
        ('<p who="#amn"/>', "TEI-P001", 'who="#amn" on <p> points at no xml:id', 'did you mean "#ann"?', 4),
        ('<corr resp="ed"/>', "TEI-P001", 'resp="ed" on <corr>', 'did you mean "#ed"?', 7),
        ('<p who="#ann #bod"/>', "TEI-P001", 'who="#bod"', 'did you mean "#bob"?', 4),
        ('<p n="1" corresp="#zzz"/>', "TEI-P001", 'corresp="#zzz"', "mend the pointer", 10),
        ('<p xml:id="ann"/>', "TEI-P002", 'xml:id="ann" is used again on <p>', "in line 2", 4),
        ('<said who="#hull"/>', "TEI-P003", "leads to a <place>, and a person or a group", "in line 2", 7),
        ('<persName ref="#laughter"/>', "TEI-P003", "leads to a <category>, and a person", "line 3", 11),
        ('<vocal ana="#ann"/>', "TEI-P003", "leads to a <person>, and a category", "line 2", 8),
        ('<corr resp="#laughter"/>', "TEI-P003", "and someone who is responsible", "line 3", 7),
        ('<p xml:id="x"/><q xml:id="a" next="#x"/>', "TEI-P004", "that <p> has no prev", 'prev="#a"', 30),
        ('<ref type="noteAnchor" target="#ann"/>', "TEI-P003", "and a note is needed", "line 2", 24),
    ],
)
def test_one_mistake(body: str, code: str, words: str, hint: str, column: int) -> None:
    (problem,) = found(body)
    assert (problem.code, problem.severity, problem.line, problem.column) == (code, "error", 5, column)
    assert words in problem.message
    assert problem.hint is not None
    assert hint in problem.hint


def test_pages_in_their_order_on_paper() -> None:
    assert found(PAGES) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('xml:id="p3"', 'xml:id="p1"', "TEI-P002", 5),  # the second has the id of the first
        ('xml:id="p1"', 'xml:id="p4"', "TEI-P002", 5),  # the first has the id of the last
        ('xml:id="p3"', 'xml:id="p33"', "TEI-P005", 5),
        ('prev="#p3"', 'prev="#p1"', "TEI-P004", 7),
        ('next="#p4"', 'next="#p1"', "TEI-P004", 5),
        ('next="#p4"', 'next="#p44"', "TEI-P001", 5),
        ('prev="#p1"', "", "TEI-P004", 5),
    ],
)
def test_one_wrong_page_is_one_problem(old: str, new: str, code: str, line: int) -> None:
    assert PAGES.count(old) == 1
    (problem,) = found(PAGES.replace(old, new))
    assert (problem.code, problem.line) == (code, line), str(problem)


def test_many_pointers_to_one_missing_id_are_one_problem() -> None:
    (problem,) = found('<q who="#zzz"/>\n<q who="#zzz"/>\n<q who="#zzz"/>')
    assert problem.line == 5
    assert problem.hint is not None
    assert "2 more pointers to it, in lines 6, 7" in problem.hint


def test_a_note_that_waits_for_its_mark_is_proposed() -> None:
    (problem,) = found('<note xml:id="n12" place="bottom"/><ref type="noteAnchor" target="#n1"/>')
    assert (problem.code, problem.hint) == ("TEI-P001", 'did you mean "#n12"?')


def test_a_misspelt_id_is_told_at_the_id() -> None:
    (problem,) = found('<note xml:id="n1x" place="bottom"/><ref target="#n1y"/><ref target="#n1y"/>')
    assert problem.code == "TEI-P005"
    assert 'xml:id="n1x"' in problem.message


@pytest.mark.parametrize(
    "body",
    [
        '<p who="people.xml#nobody" ref="https://example.org/#x" n="#nothing"/>',
        '<p xml:base="people.xml"><q who="#nobody"/></p>',
        '<egXML xmlns="http://www.tei-c.org/ns/Examples"><q who="#nobody"/></egXML>',
        '<p corresp="#%61nn"/>',
        '<q xml:id="a" next="#a.part2"/><q xml:id="a.part2" prev="#a" next="#b"/><q xml:id="b" prev="#a"/>',
    ],
)
def test_what_is_not_wrong(body: str) -> None:
    assert found(body) == []


def test_prefixes_that_lead_into_the_file() -> None:
    define = '<prefixDef ident="psn" matchPattern="(.+)" replacementPattern="#$1"/>'
    assert found(f'{define}<q who="psn:ann"/>') == []
    (problem,) = found(f'{define}<q who="psn:anm"/>')
    assert (problem.code, 'who="psn:anm"' in problem.message) == ("TEI-P001", True)
    # A pattern is compared, never run: this one would take for ever.
    slow = '<prefixDef ident="psn" matchPattern="(a+)+b" replacementPattern="#$1"/>'
    assert found(f'{slow}<q who="psn:{"a" * 50}"/>') == []


def test_files_by_others_are_judged_mildly() -> None:
    (problem,) = found('<pb xml:id="p1"/><sp who="#p1"/>', own=False)
    assert (problem.code, problem.severity) == ("TEI-P003", "warning")
    assert found('<sp who="#hull"/><q xml:id="a" next="#b"/><q xml:id="b"/>', own=False) == []
    (problem,) = found('<sp who="#nobody"/>', own=False)
    assert problem.severity == "warning"
    (problem,) = found('<ref target="#nowhere"/>', own=False)
    assert problem.severity == "error"


@pytest.mark.corpus
def test_the_corpus_has_no_pointer_to_the_wrong_kind(shared: Path) -> None:
    from tei.errors import TeiError
    from tei.parse import parse_file

    judged = 0
    for file in sorted((shared / "corpus" / "tei").glob("*/*.xml")):
        try:
            tree = parse_file(file)
        except TeiError:
            continue
        judged += 1
        codes = {problem.code for problem in check_pointers(tree, file, own=False)}
        assert codes <= {"TEI-P001"}, file
    assert judged > 50
