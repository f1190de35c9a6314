"""Which schemas a file is judged by: those given, those that it names, our own; and nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.errors import FileError, SchemaError
from tei.parse import parse_bytes
from tei.validation.files import RELAX_NG, W3C_SCHEMA, schema_file
from tei.validation.models import Choice, Rules, chosen, own_choice

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
XSD = "http://www.w3.org/2001/XMLSchema"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory with schemas, and one beside it for the files."""
    (tmp_path / "texts").mkdir()
    for name in ("a.rng", "a.rnc", "a.xsd", "a.sch", "with blank.rng", "x.dtd"):
        (tmp_path / name).write_text("")
    for name, namespace in (("rng.xml", RNG), ("xsd.xml", XSD), ("sch.xml", SCH), ("odd.xml", "urn:x")):
        (tmp_path / name).write_text(f"<!-- x --><s:x xmlns:s='{namespace}'/>")
    return tmp_path


def _choice(project: Path, *instructions: str, root: str = "<TEI/>") -> Choice:
    file = project / "texts" / "x.xml"
    file.write_text("<?xml version='1.0'?>\n" + "\n".join(f"<?xml-model {i}?>" for i in instructions) + root)
    choice = chosen(parse_bytes(file.read_bytes()), file)
    # The head of a file that is not parsed says the same; only the column of a problem is known then.
    streamed = chosen(None, file)
    assert [p._replace(column=None) for p in streamed.problems] == list(choice.problems)
    assert (streamed.relax_ng, streamed.xsd, streamed.schematron) == (
        choice.relax_ng,
        choice.xsd,
        choice.schematron,
    )
    return choice


def _names(choice: Choice) -> list[str]:
    rules = [f"{rules.path.name}#{rules.phase}" for rules in choice.schematron]
    return [file.name for file in (*choice.relax_ng, *choice.xsd)] + rules


@pytest.mark.parametrize(
    ("instruction", "names"),
    [
        (f'href="../a.rng" type="application/xml" schematypens="{RNG}"', ["a.rng"]),
        ('href="../a.rng"', ["a.rng"]),
        ("href='../a.rnc' type='application/relax-ng-compact-syntax'", ["a.rnc"]),
        ('href="../a.rnc"', ["a.rnc"]),
        ('href="../a.xsd"', ["a.xsd"]),
        ('href = "../a.sch"', ["a.sch#None"]),
        (f'href="../a.sch" schematypens="{SCH}" phase="strict"', ["a.sch#strict"]),
        (f'href="../a.rng" schematypens="{SCH}"', ["a.rng#None"]),
        ('href="../with%20blank.rng"', ["with blank.rng"]),
        ('href="..&#x2F;a.rng"', ["a.rng"]),
        ('href="../rng.xml"', ["rng.xml"]),
        ('href="../xsd.xml"', ["xsd.xml"]),
        ('href="../sch.xml"', ["sch.xml#None"]),
    ],
)
def test_a_file_names_its_schema(project: Path, instruction: str, names: list[str]) -> None:
    choice = _choice(project, instruction)
    assert _names(choice) == names
    assert (choice.own, choice.problems) == (False, ())


def test_a_file_names_several_schemas(project: Path) -> None:
    rng = 'href="../a.rng" schematypens="%s"'
    choice = _choice(project, rng % RNG, rng % SCH, 'href="../a.xsd"', rng % RNG)
    assert _names(choice) == ["a.rng", "a.xsd", "a.rng#None"]


@pytest.mark.parametrize(
    ("instruction", "code", "said"),
    [
        ('href="https://example.org/tei_all.rng"', "TEI-S020", "--schema tei_all.rng"),
        ('href="file:///etc/passwd"', "TEI-S020", "--schema passwd"),
        ('href="//example.org/a.rng"', "TEI-S020", "--schema a.rng"),
        ('href="http://["', "TEI-S020", "--schema"),
        ('href="../gone.rng"', "TEI-S021", "--schema FILE"),
        ('href="/etc/passwd"', "TEI-S021", "--schema FILE"),
        ('href="C:\\a.rng"', "TEI-S021", "--schema FILE"),
        ('href="../../../../../../../dev/zero"', "TEI-S021", "--schema FILE"),
        ('href=".."', "TEI-S021", "--schema FILE"),
        ('href=""', "TEI-S021", "href"),
        ('type="application/xml"', "TEI-S021", "href"),
        ('href="../x.dtd" type="application/xml-dtd"', "TEI-S022", ".rng"),
        (
            'href="../a.rng" schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"',
            "TEI-S022",
            ".rng",
        ),
        ('href="../odd.xml"', "TEI-S022", ".rng"),
    ],
)
def test_a_schema_that_cannot_be_followed(project: Path, instruction: str, code: str, said: str) -> None:
    choice = _choice(project, instruction, instruction)
    [problem] = choice.problems
    assert (problem.code, problem.line, problem.severity) == (
        code,
        2,
        "warning" if code == "TEI-S022" else "error",
    )
    assert problem.hint
    assert said in problem.hint
    assert (_names(choice), choice.own) == ([], False)


@pytest.mark.parametrize(
    "name", ["tei-edition.rng", "https://example.org/x/tei-edition.xsd", "tei-edition.sch"]
)
def test_our_own_schema_is_known_by_its_name(project: Path, name: str) -> None:
    assert _choice(project, f'href="{name}"') == own_choice()


def test_without_a_word_it_is_our_own(project: Path) -> None:
    assert _choice(project) == own_choice()
    assert own_choice().own
    # Behind the root, or for a validator of W3C schemas only, nothing is said.
    location = "<TEI xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:schemaLocation='a ../a.xsd'/>"
    assert _choice(project, root=location + "<?xml-model href='../a.rng'?>") == own_choice()


def test_what_is_given_goes_before_what_the_file_says(project: Path) -> None:
    tree = parse_bytes(b"<?xml-model href='https://example.org/x.rng'?><TEI/>")
    given = [str(project / "a.rnc"), str(project / "a.sch"), str(project / "rng.xml")]
    choice = chosen(tree, project / "x.xml", given)
    assert _names(choice) == ["a.rnc", "rng.xml", "a.sch#None"]
    assert (choice.own, choice.problems) == (False, ())
    assert chosen(tree, "x.xml", ["tei-edition"]) == own_choice()
    assert chosen(tree, "x.xml", [str(schema_file(RELAX_NG))]) == own_choice()
    both = chosen(tree, "x.xml", ["tei-edition", given[0]])
    assert both.own
    assert both.relax_ng == (schema_file(RELAX_NG), project / "a.rnc")
    w3c = chosen(tree, "x.xml", [str(schema_file(W3C_SCHEMA))])
    assert (w3c.own, w3c.relax_ng, w3c.xsd) == (True, (), (schema_file(W3C_SCHEMA),))


@pytest.mark.parametrize(
    ("schema", "error"),
    [
        ("gone.rng", FileError),
        (".", FileError),
        ("odd.xml", SchemaError),
        ("x.dtd", SchemaError),
        ("https://example.org/tei_all.rng", SchemaError),
    ],
)
def test_what_cannot_be_given(
    project: Path, monkeypatch: pytest.MonkeyPatch, schema: str, error: type[Exception]
) -> None:
    monkeypatch.chdir(project)
    with pytest.raises(error) as caught:
        chosen(parse_bytes(b"<TEI/>"), "x.xml", [schema])
    assert getattr(caught.value, "path", None) == schema
    assert getattr(caught.value, "hint", None)


def test_rules_are_told_apart_by_their_phase(project: Path) -> None:
    choice = _choice(project, 'href="../a.sch" phase="a"', 'href="../a.sch" phase="b"')
    assert choice.schematron == (
        Rules(project / "texts" / ".." / "a.sch", "a"),
        Rules(project / "texts" / ".." / "a.sch", "b"),
    )


def test_an_instruction_without_end_costs_nothing(project: Path) -> None:
    tree = etree.ElementTree(etree.fromstring("<?xml-model " + "a" * 1_000_000 + "?><TEI/>"))
    assert [problem.code for problem in chosen(tree, "x.xml").problems] == ["TEI-S021"]
