"""Expressions made to run for ever, or to fill the memory, end with a word on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.schematron.made import check, document, load, messages, rule

MANY = "<p>" + "<hi/>" * 3_000 + "</p>"


@pytest.mark.parametrize(
    "test",
    [
        "count(1 to 1000000000) = 1",
        "some $a in 1 to 100000, $b in 1 to 100000 satisfies $a + $b lt 0",
        "count(for $a in 1 to 9999, $b in 1 to 9999 return 1) = 1",
        "matches(string-join(for $a in 1 to 60 return 'a', ''), '^(a+)+$|b\\1')",
        "replace(string-join(for $a in 1 to 60 return 'a', ''), '(a*)*b', '')",
        "tokenize(string-join(for $a in 1 to 60 return 'a', ''), '(a|aa)+$') = 'x'",
        "replace(string-join(for $a in 1 to 9999 return 'a', ''), 'a*a*a*a*b', '') = 'x'",
        "count(//*[count(//*[matches(local-name(), '^x')]) gt 0]) gt 0",
        "let $f := function($g) { $g($g) } return $f($f)",
    ],
)
def test_elementpath_is_stopped(tmp_path: Path, test: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tei.schematron.full.MAX_STEPS", 20_000)
    body = rule(
        "/", f'<assert test="{test.replace("<", "&lt;")}">x</assert>', '<assert test="false()">y</assert>'
    )
    found = check(tmp_path, body, MANY)
    assert [f.kind for f in found] == ["unrun", "assert"]


def test_a_pattern_without_references_back_is_matched_in_steady_time(tmp_path: Path) -> None:
    body = rule("tei:p", "<assert test=\"matches(., '^(a+)+$')\">x</assert>")
    assert messages(check(tmp_path, body, f"<p>{'a' * 5_000}b</p><p>{'a' * 5_000}</p>")) == ["x"]


@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_walks_inside_walks_are_estimated_beforehand(tmp_path: Path, binding: str) -> None:
    test = "//*[//*[//*[//*[@none]]]]"
    (found,) = check(tmp_path, rule("tei:hi", f'<assert test="{test}">x</assert>'), MANY, binding=binding)
    assert found.kind == "unrun"
    assert "more than 4,000,000,000 elements would be looked at" in found.message


def test_what_one_assertion_may_not_look_at_leaves_the_others_alone(tmp_path: Path) -> None:
    checks = '<assert test="//*[//*[//*]]">x</assert>', '<assert test="@n">y</assert>'
    found = check(tmp_path, rule("tei:hi[not(preceding::tei:hi)]", *checks), MANY)
    assert [f.kind for f in found] == ["unrun", "assert"]


def test_a_context_that_would_take_too_long_stops_its_pattern(tmp_path: Path) -> None:
    body = (
        '<pattern><rule context="tei:hi[//*[//*[//*]]]"><assert test="@n">x</assert></rule>'
        '<rule context="tei:hi"><assert test="@n">y</assert></rule></pattern>'
    )
    found = check(tmp_path, body + rule("tei:p", '<assert test="@n">z</assert>'), MANY)
    assert [f.kind for f in found] == ["unrun", "assert"]
    assert found[1].message == "z"


def test_what_comes_before_is_not_put_in_order_to_see_whether_there_is_any(tmp_path: Path) -> None:
    checks = [
        f'<assert test="not({axis}::tei:hi)">{axis}</assert>' for axis in ("preceding", "preceding-sibling")
    ]
    body = rule("tei:hi[not(preceding::tei:hi)]", *checks) + rule(
        "tei:hi", '<assert test="preceding::tei:hi">x</assert>'
    )
    assert messages(check(tmp_path, body, "<p>" + "<hi/>" * 20_000 + "</p>")) == ["x"]


def test_the_same_expression_runs_on_a_small_document(tmp_path: Path) -> None:
    body = rule("tei:p", '<assert test="//*[//*[//*[//*[@none]]]]">x</assert>')
    assert messages(check(tmp_path, body, "<p/>")) == ["x"]


def test_variables_that_double_are_stopped(tmp_path: Path) -> None:
    lets = '<let name="v0" value="matches(., \'x\')"/>' + "".join(
        f'<let name="v{n + 1}" value="string-join(($v{n}, $v{n}), string($v{n}))"/>' for n in range(60)
    )
    found = check(tmp_path, rule("tei:p", lets, "<assert test=\"matches($v60, 'x')\">x</assert>"), "<p/>")
    assert [f.kind for f in found] == ["unrun"]


def test_variables_written_out_do_not_grow_without_end(tmp_path: Path) -> None:
    lets = '<let name="v0" value="string(.)"/>' + "".join(
        f'<let name="v{n + 1}" value="concat($v{n}, $v{n})"/>' for n in range(60)
    )
    found = load(tmp_path, rule("tei:p", lets, '<assert test="$v60 = 1">x</assert>')).check(
        document("<p>a</p>")
    )
    assert [f.kind for f in found] == ["unrun"]


def test_deep_brackets_end(tmp_path: Path) -> None:
    found = check(tmp_path, rule("tei:p", f'<assert test="{"(" * 300}@n{")" * 300}">x</assert>'), "<p/>")
    assert messages(found) == ["x"]
