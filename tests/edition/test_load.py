"""What is wrong in an edition file is said with its place, the value found and what would be right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from tei.edition import default_edition, load_edition, load_section
from tei.edition.fields import LIST, Section
from tei.edition.load import LARGEST_FILE
from tei.edition.model import Edition, Person, Publication, SourceFile
from tei.errors import EditionError, FileError, KeyProblem, LimitError

Write = Callable[[str], Path]


def problems(directory: Path) -> list[KeyProblem]:
    with pytest.raises(EditionError) as caught:
        load_edition(directory)
    assert str(directory / "edition.toml") in str(caught.value)
    return caught.value.problems


def only_problem(directory: Path) -> KeyProblem:
    found = problems(directory)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def test_a_complete_file_is_read(write: Write, complete: str) -> None:
    edition = load_edition(write(complete))
    assert edition.work.authors[0].ref == "#ann"
    assert edition.print is not None
    assert edition.print.note == "One paragraph.\n\nAnother."
    assert edition.declarations.punctuation == "Kept."
    assert "byte for byte" in edition.declarations.project
    assert edition.person[0].roles == ("author", "speaker")
    assert edition == load_edition(write(complete))
    hash(edition)


def test_the_editions_of_this_project_are_right(root: Path) -> None:
    directories = sorted(path.parent for path in root.glob("encoded/*/edition.toml"))
    assert directories
    for directory in directories:
        edition = load_edition(directory)
        assert edition.source.sha256
        assert edition.publication.date


MISTAKES = [
    # unknown and misspelt keys
    ("subtitle = ", "subtilte = ", "work.subtilte", 'did you mean "subtitle"?'),
    ('note = "A note."', 'sex = "f"', "person[1].sex", "known here: id, name, variants"),
    ("[declarations]", "[declaration]", "declaration", 'did you mean "declarations"?'),
    ("[[group]]", "[[groups]]", "groups", 'did you mean "group"?'),
    ('"Ed Itor" }', '"Ed", reff = "#ann" }', "work.editors[1].reff", 'did you mean "ref"?'),
    # wrong types
    ('title = "A Text"', "title = 7", "work.title", "found the number 7; expected the title as text"),
    ('"1901-02"', "1901", "work.date", "found the number 1901; expected the date of the text in quotes"),
    ('date = "2001-02-03"', "date = 2001-02-03", "publication.date", "a date without quotes, 2001-02-03"),
    ('["A. Author"]', '"A. A."', "person[1].variants", 'found the text "A. A."; expected a list'),
    ('["A. Author"]', "[[]]", "person[1].variants[1]", "found an empty list; expected a list of other"),
    ("[[group]]", "[group]", "group", "found a table; expected sections [[group]]"),
    ('"transcription"', "true", "responsibility[1].resp", "found the truth value true"),
    ('[{ name = "Ed Itor" }]', '["Ed"]', "work.editors[1]", 'found the text "Ed"; expected a list such as'),
    # wrong values
    ('"1901-02"', '"1901-13"', "work.date", '"1901-13" is no date that exists'),
    ('"1910-12-31"', '"1910-02-29"', "person[1].death", '"1910-02-29" is no date that exists'),
    ('"1850"', '"c. 1850"', "person[1].birth", "is no ISO date; write"),
    ('"1850"', '"0000"', "person[1].birth", "is no date that exists"),
    ('"en-GB"', '"english"', "work.language", "is no language tag"),
    ('"grc"', '"en_GB"', "work.languages[1].ident", "is no language tag"),
    ('"audience"', '"the audience"', "group[1].id", "is no XML name"),
    ('"audience"', '"p12"', "group[1].id", "the program gives out itself"),
    ('"audience"', '"u000C"', "group[1].id", "the program gives out itself"),
    ('"https://example.org/licence"', '"ftp://x"', "rights.licence.target", "is no web address"),
    ('"https://example.org/licence"', '"http://[x"', "rights.licence.target", "is no web address"),
    ('"https://example.org/licence"', '"https://a b"', "rights.licence.target", "is no web address"),
    ('"https://example.org/ben"', '"ben"', "work.authors[2].ref", "is no reference"),
    ('"https://example.org/ben"', '"#a b"', "work.authors[2].ref", "is no reference"),
    ('"https://example.org/ben"', '"#ben"', "work.authors[2].ref", "is the id of no person"),
    ('who = "tess"', 'who = "tom"', "change[1].who", "is the id of no person"),
    ('status = "free"', 'status = "fre"', "rights.status", 'did you mean "free"?'),
    ('"Out of copyright."', '" "', "rights.statement", "is empty"),
    ('"A Text"', r'"A\u0001Text"', "work.title", "U+0001"),
    ('"source.txt"', '"../source.txt"', "source.file", "is no file of this edition"),
    ('"source.txt"', '"/etc/passwd"', "source.file", "is no file of this edition"),
    ('encoding = "utf-8"', 'encoding = "utf-9"', "source.encoding", "is no character encoding"),
    ('encoding = "utf-8"', 'encoding = "hex"', "source.encoding", "is no character encoding"),
    ('encoding = "utf-8"', 'sha256 = "abc"', "source.sha256", "is no SHA-256"),
    ('type = "LCCN"', 'type = "LC CN"', "print.idno[1].type", "is not one plain word"),
    ('edition = "1.1"', 'authority = "X"', "publication.authority", "give one of the two"),
    # every id once
    ('id = "audience"', 'id = "ann"', "group[1].id", "is the id of person[1] too"),
    ('id = "audience"', 'id = "tess"', "group[1].id", "is the id of responsibility[1] too"),
]


@pytest.mark.parametrize(("old", "new", "key", "said"), MISTAKES)
def test_each_mistake_has_its_message(
    write: Write, complete: str, old: str, new: str, key: str, said: str
) -> None:
    before, found, after = complete.partition(old)
    assert found
    problem = only_problem(write(before + new + after))
    assert (problem.key, problem.line) == (key, before.count("\n") + 1)
    assert said in problem.message


@pytest.mark.parametrize(
    ("line", "key", "section", "said"),
    [
        (
            'title = "A Text in Print"\n',
            "print.title",
            "[print]",
            "is missing; expected the title as printed",
        ),
        ('origin = "Typed by hand."\n', "source.origin", "[source]", "is missing; expected where"),
        ('when = "2001-02-03"\n', "change[1].when", "[[change]]", "is missing; expected the date in quotes"),
        ('publisher = "The Press"\n', "publication", "[publication]", "needs publisher, or authority"),
    ],
)
def test_a_missing_key_is_reported_at_its_section(
    write: Write, complete: str, line: str, key: str, section: str, said: str
) -> None:
    assert line in complete
    text = complete.replace(line, "")
    problem = only_problem(write(text))
    assert (problem.key, problem.line) == (key, text.split("\n").index(section) + 1)
    assert said in problem.message


def test_a_missing_section_is_named(write: Write, complete: str) -> None:
    start, end = complete.index("[rights]"), complete.index("[declarations]")
    problem = only_problem(write(complete[:start] + complete[end:]))
    assert str(problem) == "rights: is missing; expected the section [rights]: the rights in the text"


def test_all_problems_come_at_once_in_the_order_of_the_file(write: Write) -> None:
    found = problems(write('[wrk]\n[publication]\ndate = "x"\n[[person]]\nid = "a"\n[[person]]\nid = "a"\n'))
    assert [str(problem).partition(";")[0] for problem in found] == [
        "line 1: wrk: unknown key",
        "line 2: publication: needs publisher, or authority (who answers for an edition without a publisher)",
        'line 3: publication.date: "x" is no ISO date',
        "line 4: person[1].name: is missing",
        "line 6: person[2].name: is missing",
        'line 7: person[2].id: "a" is the id of person[1] too',
        "work: is missing",
        "source: is missing",
        "rights: is missing",
    ]


def test_a_great_many_problems_are_counted_but_not_all_printed(write: Write, complete: str) -> None:
    with pytest.raises(EditionError) as caught:
        load_edition(write(complete + "[[group]]\n" * 100))
    assert len(caught.value.problems) == 200
    assert "200 problems" in str(caught.value)
    assert "… and 150 more" in str(caught.value)


def test_a_single_problem_has_its_line_in_the_error(write: Write, complete: str) -> None:
    with pytest.raises(EditionError) as caught:
        load_edition(write(complete.replace('"free"', '"no"')))
    assert caught.value.line == complete.split("\n").index('status = "free"') + 1
    assert caught.value.code == "TEI030"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[work\n", 1, "is no TOML"),
        ('[work]\ntitle = "A\n', 2, 'in "title = "A"'),
        ("[work]\ntitle = A\n", 2, "is no TOML"),
        ('[work]\ntitle = "A"\ntitle = "B"\n', 3, "is no TOML"),
        ('[work]\ntitle = """A\n', 3, "is no TOML"),
        ("a = " + "[" * 5000, None, "nested too deeply"),
        ("a = " + "9" * 5000, None, "is no TOML"),
    ],
)
def test_broken_toml(write: Write, text: str, line: int | None, said: str) -> None:
    problem = only_problem(write(text))
    assert problem.line == line
    assert said in problem.message


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_bytes(b'[work]\ntitle = "\xe9"\n')
    problem = only_problem(tmp_path)
    assert (problem.line, problem.message) == (2, "is not UTF-8: byte 0xE9")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path, complete: str) -> None:
    (tmp_path / "edition.toml").write_text(complete, encoding="utf-8-sig")
    assert load_edition(tmp_path).work.title == "A Text"


def test_no_file_and_too_large_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"edition\.toml"):
        load_edition(tmp_path)
    (tmp_path / "edition.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(LimitError, match=r"edition\.toml"):
        load_edition(tmp_path)


def test_the_sha256_is_compared_when_the_source_is_there(write: Write, complete: str) -> None:
    right = hashlib.sha256(b"text").hexdigest()
    directory = write(complete.replace('encoding = "utf-8"', f'sha256 = "{right}"'))
    load_edition(directory)  # no source: nothing to compare
    (directory / "source.txt").write_bytes(b"text")
    load_edition(directory)
    (directory / "source.txt").write_bytes(b"changed")
    problem = only_problem(directory)
    assert problem.key == "source.sha256"
    assert hashlib.sha256(b"changed").hexdigest() in problem.message


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a_long-name.txt", "A long name"),
        ("-", "Untitled"),
        ("__.txt", "Untitled"),
        ("ünlü.txt", "Ünlü"),
        ("bad\x01\udcffname.txt", "Bad name"),
    ],
)
def test_the_default_edition_invents_nothing(name: str, title: str) -> None:
    edition = default_edition(Path("somewhere", name))
    assert edition.work.title == title
    assert edition.work.language == "und"
    assert edition.rights.status == "unknown"
    assert (edition.work.date, edition.print, edition.publication.date) == (None, None, None)
    assert "somewhere" not in edition.model_dump_json()


def test_an_edition_made_in_python_obeys_the_same_rules() -> None:
    edition = default_edition(Path("a.txt"))
    with pytest.raises(ValueError, match="publication: needs publisher"):
        Edition(
            work=edition.work,
            source=SourceFile(origin="x"),
            publication=Publication(date=None),
            rights=edition.rights,
        )


class Other(Section):
    count: int = Field(ge=1, description="a count")
    person: Annotated[tuple[Person, ...], LIST] = Field((), description="sections [[person]]")


def test_another_file_of_an_edition_is_read_with_the_same_care(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text('count = 2\n[[person]]\nid = "a"\nname = "A"\n', encoding="utf-8")
    other = load_section(path, Other)
    assert other.person[0].id == "a"
    path.write_text('count = 0\n[[person]]\nid = "a"\nnam = "A"\n', encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        load_section(path, Other)
    assert [str(problem) for problem in caught.value.problems] == [
        "line 1: count: found the number 0; it should be greater than or equal to 1; expected a count",
        "line 2: person[1].name: is missing; expected the name as text",
        'line 4: person[1].nam: unknown key; did you mean "name"?',
    ]
