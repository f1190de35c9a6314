"""Any two trees: nothing is reported of what is the same, everything of what is not, each change once."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import assume, given, note
from hypothesis import strategies as st
from lxml import etree

from tei.diff import compare
from tei.names import EDITORIAL, T
from tei.weave import weave
from tests.core.strategies import spans, texts, trees

KEEPS = {"xml:space": "preserve"}


def canonical(root: etree._Element) -> bytes:
    return etree.tostring(root, method="c14n", exclusive=True)


@st.composite
def woven(draw: st.DrawFn) -> etree._Element:
    """A text with markup, its white space kept."""
    text = draw(texts)
    return parsed(weave(text, draw(spans(text)), attributes=KEEPS))


@st.composite
def two_of_one_text(draw: st.DrawFn) -> tuple[etree._Element, etree._Element]:
    text = draw(texts)
    some = draw(spans(text))
    others = draw(st.one_of(spans(text), st.permutations(some), st.just(some[1:])))
    one, other = (parsed(weave(text, chosen, attributes=KEEPS)) for chosen in (some, others))
    return one, other


def parsed(root: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(root))


@given(st.one_of(trees(), woven()))
def test_a_tree_does_not_differ_from_itself(root: etree._Element) -> None:
    assert compare(root, parsed(root)).changes == ()


@given(two_of_one_text())
def test_no_difference_of_the_markup_goes_unseen(pair: tuple[etree._Element, etree._Element]) -> None:
    difference = compare(*pair)
    assert (difference.changes == ()) == (canonical(pair[0]) == canonical(pair[1]))
    assert difference.of("text") == difference.of("header") == []


@given(woven(), woven())
def test_any_two_trees(one: etree._Element, other: etree._Element) -> None:
    difference = compare(one, other)
    assert (difference.changes == ()) == (canonical(one) == canonical(other))
    assert bool(difference.status & 4) == bool(difference.of("text"))


# One change gives one line.


def rename(node: etree._Element) -> None:
    node.tag = f"{T}renamed"


def give_attribute(node: etree._Element) -> None:
    node.set("n", f"{node.get('n', '')}+")


def wrap_inside(node: etree._Element) -> None:
    around = etree.Element(f"{T}around")
    around.text, node.text = node.text, None
    around.extend(list(node))
    node.append(around)


def take_away(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    node.tag = f"{T}taken"
    etree.strip_tags(parent, f"{T}taken")


def put_point(node: etree._Element) -> None:
    point = etree.Element(f"{T}point")
    point.tail, node.text = node.text, None
    node.insert(0, point)


def write(node: etree._Element) -> None:
    node.text = f"novum {node.text or ''}"


def erase(node: etree._Element) -> None:
    assume((node.text or "").strip())
    node.text = None


CHANGES: dict[str, tuple[Callable[[etree._Element], None], str, str]] = {
    "rename": (rename, "markup", "renamed"),
    "give_attribute": (give_attribute, "markup", "attributes"),
    "wrap_inside": (wrap_inside, "markup", "added"),
    "take_away": (take_away, "markup", "removed"),
    "put_point": (put_point, "markup", "added"),
    "write": (write, "text", "inserted"),
    "erase": (erase, "text", "deleted"),
}


@given(woven(), st.sampled_from(sorted(CHANGES)), st.data())
def test_one_change_is_one_of_its_kind(root: etree._Element, name: str, data: st.DataObject) -> None:
    # What an editor wrote is the content of its element and no markup of the text.
    nodes = [node for node in root.iter(f"{T}*") if node is not root and node.tag not in OTHERS]
    assume(nodes)
    other = parsed(root)
    change, kind, what = CHANGES[name]
    at = data.draw(st.integers(0, len(nodes) - 1))
    change([node for node in other.iter(f"{T}*") if node is not other and node.tag not in OTHERS][at])
    note(etree.tostring(root, encoding="unicode"))
    note(etree.tostring(other, encoding="unicode"))
    (found,) = compare(root, parsed(other)).changes
    # Beside letters, what came or went makes another word of them.
    also = "replaced" if kind == "text" else what
    assert found.kind == kind
    assert found.what in (what, also)


OTHERS = {T + name for name in EDITORIAL} | {f"{T}g"}
