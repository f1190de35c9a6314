"""Two editors at work on one file: nothing of either is lost, and what can be joined is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei.diff import compare
from tei.errors import TeiError, WeaveError
from tei.merge.threeway import Joint, merge_three
from tei.parse import parse_bytes
from tei.span import Span
from tei.validation import validate_tree
from tei.weave import weave
from tests.core.strategies import spans, texts_and_spans
from tests.merge.hand_edits import TRACES, edited

ROOT = Path(__file__).resolve().parents[2]
ESSAY = ROOT / "encoded" / "deutscher-1956" / "deutscher-1956.xml"
BOOK = ROOT / "encoded" / "wolfe-1957" / "wolfe-1957.xml"


def sides(text: str) -> tuple[str, str]:
    """The two files that a file with conflict markers stands for."""
    pattern = r"<<<<<<< MINE\r?\n(.*?)=======\r?\n(.*?)>>>>>>> NEW\r?\n"
    mine, new = (re.sub(pattern, part, text, flags=re.DOTALL) for part in (r"\1", r"\2"))
    return mine, new


def traces(text: str, word: str) -> Counter[str]:
    return Counter({trace: text.count(trace.format(word)) for trace in TRACES})


def canonical(data: bytes | str) -> bytes:
    data = data.encode() if isinstance(data, str) else data
    return etree.tostring(parse_bytes(data), method="c14n")


def changes(old: str, new: str) -> Counter[object]:
    """What `tei diff` sees, without the words around."""
    found = compare(parse_bytes(old.encode()).getroot(), parse_bytes(new.encode()).getroot())
    return Counter((one.kind, one.what, one.element, one.attributes) for one in found.changes)


def check(old: str, mine: str, new: str) -> Joint:
    """What is promised of any three files, of which `mine` and `new` were edited by `Qa` and `Qb`."""
    joint = merge_three(old.encode(), mine.encode(), new.encode())
    assert not any("nothing can be joined" in conflict.why for conflict in joint.conflicts)
    text = joint.xml.decode()
    for side, source, word in zip(sides(text), (mine, new), ("Qa", "Qb"), strict=True):
        parse_bytes(side.encode())
        assert traces(side, word) == traces(source, word)
    if not joint.conflicts:
        swapped = merge_three(old.encode(), new.encode(), mine.encode())
        assert not swapped.conflicts
        assert canonical(swapped.xml) == canonical(joint.xml)
    return joint


def both_edited(old: str, seed: int, count: int) -> tuple[str, str]:
    return edited(old, seed, count, word="Qa").xml, edited(old, seed + 1000, count, word="Qb").xml


@pytest.mark.parametrize("seed", range(6))
def test_two_editors_of_an_essay(seed: int) -> None:
    old = ESSAY.read_text(encoding="utf-8")
    joint = check(old, *both_edited(old, seed, 40))
    assert joint.taken
    assert len(joint.conflicts) < 10


@pytest.mark.parametrize("seed", range(4))
def test_edits_far_from_each_other_are_what_is_seen_in_the_result(seed: int) -> None:
    old = ESSAY.read_text(encoding="utf-8")
    mine = edited(old, seed, 30, word="Qa", half=0).xml
    new = edited(old, seed, 30, word="Qb", half=1).xml
    joint = check(old, mine, new)
    assert not joint.conflicts
    assert not joint.problems
    assert changes(new, joint.xml.decode()) == changes(old, mine)
    assert changes(mine, joint.xml.decode()) == changes(old, new)


@pytest.mark.corpus
@pytest.mark.parametrize(
    "folder", ["tei-exemplars", "rusdracor", "epidoc-guidelines", "tei-simple", "tei-p5-test"]
)
def test_two_editors_of_tei_by_other_hands(shared: Path, folder: str) -> None:
    done = 0
    for path in sorted((shared / "corpus" / "tei" / folder).rglob("*.xml")):
        old = path.read_bytes()
        if len(old) < 80_000 and b"\r" not in old and b"<!ENTITY" not in old and done < 3:
            text = old.decode()
            mine, new = both_edited(text, done, 26)
            if is_well_formed(mine, new):
                check(text, mine, new)
                done += 1
    if not done:
        pytest.skip(f"no small file in {folder}")


def is_well_formed(*files: str) -> bool:
    try:
        for file in files:
            parse_bytes(file.encode())
    except TeiError:
        return False
    return True


@st.composite
def changed_trees(draw: st.DrawFn) -> tuple[str, str, str]:
    """Three trees over one text that share most of their elements."""
    text, common = draw(texts_and_spans)

    def changed() -> list[Span]:
        return [span for span in common if draw(st.integers(0, 3))] + draw(spans(text))[:3]

    made = (weave(text, some, "TEI", {}) for some in (common, changed(), changed()))
    old, mine, new = (etree.tostring(root, encoding="unicode") for root in made)
    return old, mine, new


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_random_trees(data: st.DataObject) -> None:
    try:
        old, mine, new = data.draw(changed_trees())
    except WeaveError:
        return
    if not is_well_formed(old, mine, new):
        return
    joint = merge_three(old.encode(), mine.encode(), new.encode())
    for side in sides(joint.xml.decode()):
        parse_bytes(side.encode())
    # The long way, for a file that says the same with other characters.
    same = f"{old}<!-- the same -->"
    for joint, expected in (
        (merge_three(old.encode(), mine.encode(), same.encode()), mine),
        (merge_three(old.encode(), same.encode(), new.encode()), new),
    ):
        assert not joint.conflicts
        assert canonical(joint.xml) == canonical(f"{expected}<!-- the same -->")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_the_book_encoded_anew(seed: int) -> None:
    """200 edits by hand against as many changes of the encoder; what is valid stays valid."""
    old = BOOK.read_text(encoding="utf-8")
    joint = check(old, *both_edited(old, seed, 200))
    assert len(joint.conflicts) < 20
    for side in sides(joint.xml.decode()):
        errors = [
            one
            for one in validate_tree(parse_bytes(side.encode()), "book.xml")
            if one.severity == "error" and one.layer == "schema"
        ]
        assert not errors
