"""The layer of rules: failures as problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei.codes import catalogue
from tei.errors import SchemaError
from tei.parse import parse_file
from tei.problems import Problem
from tei.validation.models import Choice, Rules, chosen
from tei.validation.rules import check_rules
from tests.schematron.made import TEI, document, rule, schema_text


def problems(tmp_path: Path, body: str, text: str, phase: str | None = None) -> list[Problem]:
    file = tmp_path / "house.sch"
    file.write_text(schema_text(body))
    return check_rules(document(text), "my.xml", Choice(schematron=(Rules(file, phase),)))


def test_a_rule_with_a_code_of_its_own(tmp_path: Path) -> None:
    body = rule(
        "tei:p", '<assert id="TEI-R777" role="warning" see="https://example.org" test="@n">no n</assert>'
    )
    (found,) = problems(tmp_path, body, "<p/>")
    assert found == Problem(
        "TEI-R777",
        "warning",
        "no n",
        "my.xml",
        line=1,
        xpath="/*/*/*/*",
        link="https://example.org",
    )
    assert found.layer == "rules"


def test_a_rule_of_somebody_else_says_where_it_stands(tmp_path: Path) -> None:
    (found,) = problems(
        tmp_path, rule("tei:p/@n", '<assert id="nums" test=". = 1">no <name/></assert>'), '<p n="2"/>'
    )
    assert (found.code, found.message, found.hint) == (
        "TEI-R900",
        "no n [nums]",
        "the rule stands in house.sch, line 1",
    )
    assert found.xpath == "/*/*/*/*/@n"


def test_diagnostics_are_the_hint(tmp_path: Path) -> None:
    body = rule("tei:p", '<assert diagnostics="d" test="@n">no n</assert>')
    body += '<diagnostics><diagnostic id="d">Number it.</diagnostic></diagnostics>'
    assert problems(tmp_path, body, "<p/>")[0].hint == "Number it."


def test_a_rule_that_was_not_run_is_a_warning(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, rule("tei:p", "<assert test=\"doc('x')\">x</assert>"), "<p/>")
    assert (found.code, found.severity) == ("TEI-R901", "warning")
    assert found.message.startswith("a rule was not run: assert doc('x'): it calls doc()")


def test_one_mistake_is_one_problem_though_two_rules_say_it(tmp_path: Path) -> None:
    body = rule("tei:p", '<assert test="@n">no n</assert>') * 2
    assert len(problems(tmp_path, body, "<p/><p/>")) == 2


def test_the_phase_of_the_choice_is_run(tmp_path: Path) -> None:
    body = '<phase id="none"/>' + rule("tei:p", '<assert test="@n">no n</assert>')
    assert problems(tmp_path, body, "<p/>", "none") == []
    with pytest.raises(SchemaError, match="no phase some"):
        problems(tmp_path, body, "<p/>", "some")


def test_a_schema_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        problems(tmp_path, rule("tei:p", '<assert test="@n =">x</assert>'), "<p/>")


@pytest.mark.parametrize("code", ["TEI-R900", "TEI-R901"])
def test_the_examples_of_the_catalogue(tmp_path: Path, code: str) -> None:
    entry = catalogue()[code]
    for name, text in entry.files.items():
        (tmp_path / name).write_text(text)
    file = tmp_path / "example.xml"
    for example, expected in ((entry.wrong, [code]), (entry.right, [])):
        assert example is not None
        file.write_text(example)
        tree = parse_file(file)
        assert [problem.code for problem in check_rules(tree, file, chosen(tree, file))] == expected


def test_the_rules_in_a_relax_ng_schema_that_the_file_names_as_schematron(tmp_path: Path) -> None:
    (tmp_path / "my.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0" '
        f'xmlns:s="http://purl.oclc.org/dsdl/schematron" xmlns:t="{TEI}">'
        '<start><element name="x"><s:pattern><s:rule context="t:p">'
        '<s:assert test="@n">no n</s:assert></s:rule></s:pattern>'
        "<empty/></element></start></grammar>"
    )
    file = tmp_path / "my.xml"
    file.write_text(
        '<?xml-model href="my.rng" schematypens="http://purl.oclc.org/dsdl/schematron"?>'
        f'<TEI xmlns="{TEI}"><text><body><p/></body></text></TEI>'
    )
    tree = parse_file(file)
    assert [problem.message for problem in check_rules(tree, file, chosen(tree, file))] == ["no n"]
