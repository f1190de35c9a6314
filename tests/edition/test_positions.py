"""The line of every key, in all the ways that TOML has of writing one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tei.edition.positions import key_lines, line_of
from tei.edition.rules import Key, key_path

TEXT = '''\
# a comment = 1
top.inner = 1 # [not a table]
"quoted key" = 'a = "b"'
multi = """
fake = 1
\\""" [fake]
"""
literal = \'\'\'
fake2 = 1\'\'\'\'
list = [
  1, # one
  "two ]",
  [3, { four = 4,  five = [] }],
]
[a.b]
x = { y = { z = 1 }, w."v w" = 2 }
[[rows]]
n = 1
[rows.sub]
m = 1
[[rows.more]]
[[rows.more]]
k = 0x1F
[[rows]]
when = 2001-02-03 04:05:06
'''


def every_place(value: Any, at: Key = ()) -> Iterator[Key]:
    if at:
        yield at
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from every_place(inner, (*at, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from every_place(inner, (*at, number))


def test_every_place_has_its_line() -> None:
    lines = key_lines(TEXT)
    assert {key_path(at): line for at, line in lines.items()} == {
        "top": 2, "top.inner": 2, "quoted key": 3, "multi": 4, "literal": 8,
        "list": 10, "list[1]": 11, "list[2]": 12, "list[3]": 13, "list[3][1]": 13, "list[3][2]": 13,
        "list[3][2].four": 13, "list[3][2].five": 13,
        "a": 15, "a.b": 15, "a.b.x": 16, "a.b.x.y": 16, "a.b.x.y.z": 16, "a.b.x.w": 16, "a.b.x.w.v w": 16,
        "rows": 17, "rows[1]": 17, "rows[1].n": 18, "rows[1].sub": 19, "rows[1].sub.m": 20,
        "rows[1].more": 21, "rows[1].more[1]": 21, "rows[1].more[2]": 22, "rows[1].more[2].k": 23,
        "rows[2]": 24, "rows[2].when": 25,
    }  # fmt: skip
    assert set(lines) == set(every_place(tomllib.loads(TEXT)))


def test_a_place_without_a_line_has_that_of_what_is_around_it() -> None:
    lines = key_lines(TEXT)
    assert line_of(lines, ("rows", 1, "missing", "deep")) == 24
    assert line_of(lines, ("missing",)) is None


def test_the_places_of_the_project_s_editions_are_those_that_the_reader_finds(root: Path) -> None:
    for path in root.glob("encoded/*/edition.toml"):
        text = path.read_text(encoding="utf-8")
        assert set(key_lines(text)) == set(every_place(tomllib.loads(text)))


@given(st.text(alphabet="ab=[]{}\"'\\,.#\n 1", max_size=40))
def test_valid_toml_has_exactly_the_reader_s_places_and_no_text_is_a_crash(text: str) -> None:
    found = set(key_lines(text))
    try:
        raw = tomllib.loads(text)
    except ValueError:
        return
    assert found == set(every_place(raw))
