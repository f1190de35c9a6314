"""What is not well-formed is said so that a beginner can mend it, where it is to be mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.validation import validate

BLOCKS = "<div>\n<p>One.\n\n<p>Two.</p>\n<p>Three.</p>\n</div>"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("<p>Boats & nets</p>", (1, 10), "& stands by itself: “& nets</p>”"),
        ("<p>caf&eacute;</p>", (1, 7), "the entity &eacute; is not declared"),
        ("<p>&#0;</p>", (1, 4), "&#0; is a character that XML forbids"),
        ("<p>1 < 2</p>", (1, 6), "< stands in the text: “< 2</p>”"),
        ("<p>a\x01</p>", (1, 5), "U+0001 is a control character"),
        ("<p n=3/>", (1, 4), "the value of n of <p> is not in quotation marks"),
        ("<p n/>", (1, 4), "the attribute n of <p> has no value"),
        ("<p n='1' n='2'/>", (1, 10), "<p> has the attribute n twice"),
        ("<p n='1'rend='b'/>", (1, 9), "a space is missing before rend in <p>"),
        ("<p n='1>x</p>\n<p n='2'/>", (1, 4), "its closing quotation mark is missing"),
        ("<p n='a&b'/>", (1, 8), "& stands by itself"),
        ("<p>a</p><p>b</p>", (1, 9), "<p> is a second outermost element"),
        ("<p>a</p> b", (1, 10), "text stands behind the end of <p>: “b”"),
        ("a <p>b</p>", (1, 1), "text stands before the first element: “a”"),
        ("<p><x:b/></p>", (1, 4), "the prefix x of x:b is not declared"),
        ("<p x:n='1'/>", (1, 4), "the prefix x of x:n is not declared"),
        ("<p>\n<hi>a</p>", (2, 1), "<hi> is not closed: </hi> is missing, and </p> follows in line 2"),
        ("<p><hi>a</hl></p>", (1, 9), "</hi> is expected here: <hi>, opened in line 1, is still open"),
        ("<p><h><hi>a</hi></label></h></p>", (1, 17), "</label> has no opening tag"),
        ("<p><hi><b>a</hi></b></p>", (1, 12), "<b>, opened in line 1, must be closed before </hi>"),
        (
            BLOCKS,
            (2, 8),
            "</p> is missing: the <p> opened in line 2 is not closed, and </div> follows in line 6",
        ),
        ("<p>a</p>\n<!-- b", (2, 1), "a comment begins here and does not end"),
        ("<p><!-- a -- b --></p>", (1, 11), "-- stands inside a comment"),
        ("<p>a", (1, 5), "</p> is missing"),
        ("\n<?xml version='1.0'?><p/>", (2, 1), "the XML declaration is not at the very beginning"),
        ("<p>]]></p>", (1, 4), "]]> stands in the text"),
        ("<p>a\n<<<<<<< MINE\nb\n=======\nc\n>>>>>>> NEW\n</p>", (2, 1), "a merge has left a conflict here"),
        ("<p>\n<note place='x' xm", (2, 1), "the file ends in the middle of the tag <note"),
        ("<list><item>𝄞 & a</item></list>", (1, 15), "& stands by itself"),
    ],
)
def test_a_mistake_is_one_problem_at_its_place(
    text: str, place: tuple[int, int], message: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.xml"
    file.write_bytes(text.encode())
    (problem,) = validate(file)
    assert (problem.code, problem.severity) == ("TEI040", "error")
    assert message in problem.message
    assert (problem.line, problem.column) == place
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "<div>\n<sp><p>One.</p></sp>\n<sp><p>Two.</p>\nThree.\n</p></sp>\n</div>",
            (4, 1),
            "<p> is missing here: </p> follows in line 5",
        ),
        ("<div><p>One.</p>\n<q>Two.</p></q>\n<q>Three.</q></div>", (2, 8), "</p> has no opening tag"),
        ("<p>One <note>\na <hi>b</hi></p></note></p>", (2, 13), "</p> has no opening tag"),
    ],
)
def test_an_opening_tag_that_was_lost(
    text: str, place: tuple[int, int], message: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.xml"
    file.write_bytes(text.encode())
    (problem,) = validate(file)
    assert message in problem.message
    assert (problem.line, problem.column) == place


def test_bytes_of_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "bad.xml"
    file.write_bytes("<p>\ncafé</p>".encode("latin-1"))
    (problem,) = validate(file)
    assert (problem.line, problem.column) == (2, 4)
    assert "0xE9 is no UTF-8" in problem.message


def test_the_name_that_the_file_knows_is_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "bad.xml"
    file.write_text("<p><hi>a</hi>\n<hl>b</hi></p>", encoding="utf-8")
    (problem,) = validate(file)
    assert (problem.line, problem.column) == (2, 1)
    assert problem.hint == "write the same name in both tags: <hi>"
