"""Random TEI documents, and the many ways to write one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st
from lxml import etree

from tei.names import FORBIDDEN, TEI_NS, T

ODD = "\n\n  \t\r\x7f\x85\xa0\u2028\ufeff\ufffd\U0001f600e\u0301<&>]'\"-;#"
characters = st.one_of(st.sampled_from(ODD), st.sampled_from("abcXYZ"), st.characters())
texts = st.text(characters.filter(lambda c: not FORBIDDEN.match(c)), max_size=12)
spaces = st.sampled_from(("", "", " ", "\n", "\n  ", "\n\n\n ", "\t", " \n \n"))
asides = st.text(st.sampled_from("ab <&>'\"\n#"), max_size=8)


class Node(NamedTuple):
    """An element, its attributes in some order, and what it holds; ``!`` a comment, ``?`` an instruction."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Any, ...] = ()


names = st.sampled_from(("type", "n", "xml:id", "xml:lang", "rend", "next", "prev", "who", "cert", "x:a"))
attributes = st.dictionaries(names, texts, max_size=4).map(lambda found: tuple(found.items()))
special = st.one_of(
    st.builds(lambda text: Node("!", (), (text,)), asides),
    st.builds(lambda text: Node("?", (), (text.replace("?", "").lstrip("\n "),)), asides),
)
phrases = st.recursive(
    st.one_of(texts, special),
    lambda inner: st.builds(
        Node,
        st.sampled_from(
            ("hi", "persName", "choice", "sic", "lb", "note", "q", "cb", "x:mark", "list", "item")
        ),
        st.one_of(attributes, st.just((("xml:space", "preserve"),))),
        st.lists(inner, max_size=4).map(tuple),
    ),
    max_leaves=8,
)


def _container(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    among = st.one_of(inner, special)
    return st.builds(
        Node,
        st.sampled_from(("fileDesc", "respStmt", "listPerson", "person", "list", "particDesc", "standOff")),
        st.one_of(attributes, attributes, st.just((("xml:space", "preserve"),))),
        st.lists(st.tuples(spaces, among, spaces), max_size=4).map(lambda rows: tuple(sum(rows, ()))),
    )


mixed = st.builds(Node, st.sampled_from(("p", "persName", "title", "item")), attributes, st.tuples(phrases))
records = st.recursive(mixed, _container, max_leaves=8)
documents = st.builds(
    lambda header, gap, text, extra: Node(
        "TEI",
        (),
        (
            gap,
            Node("teiHeader", (), header),
            gap,
            *extra,
            Node("text", (), (gap, Node("body", (), (Node("div", (), (gap, *text, gap)),)))),
        ),
    ),
    st.lists(st.one_of(records, special, spaces), max_size=4).map(tuple),
    spaces,
    st.lists(mixed, max_size=3).map(tuple),
    st.lists(special, max_size=1).map(tuple),
)


def plain(document: Node) -> str:
    """A document as it stands in the model, in one way that a program could write it."""
    return _written(document, None, "", root=True)


def messy(document: Node, chance: Random) -> str:
    """The same document written by somebody careless: other quotes, orders, prefixes, references, CDATA."""
    prefix = chance.choice(("", "tei:"))
    declaration = chance.choice(("", "<?xml version='1.0'?>\n", '<?xml version="1.0" standalone="no" ?>'))
    return declaration + _written(document, chance, prefix, root=True) + chance.choice(("", "\n\n"))


def _written(node: Any, chance: Random | None, prefix: str, *, root: bool = False) -> str:
    if isinstance(node, str):
        return _text(node, chance)
    if node.name == "!":
        return f"<!--{node.children[0].replace('-', '')}-->"
    if node.name == "?":
        return f"<?do {node.children[0]}?>"
    name = node.name if ":" in node.name else prefix + node.name
    given = list(node.attributes)
    if chance:
        chance.shuffle(given)
        # The order of these two is the one thing that is left to the file.
        if {"next", "prev"} <= {key for key, _ in given}:
            given = list(node.attributes)
    if root:
        given += [("xmlns:x", "urn:x"), (f"xmlns{prefix and ':tei'}", TEI_NS)]
    tag = f"<{name}{''.join(_attribute(key, value, chance) for key, value in given)}"
    inside = "".join(_written(child, chance, prefix) for child in node.children)
    if not inside and (chance is None or chance.random() < 0.5):
        return f"{tag}/>"
    end = chance.choice(("", " ", "\n")) if chance else ""
    return f"{tag}{end}>{inside}</{name}{end}>"


def _attribute(key: str, value: str, chance: Random | None) -> str:
    quote = chance.choice("\"'") if chance else '"'
    space = chance.choice((" ", "\n  ", "\t")) if chance else " "
    equals = chance.choice(("=", " = ")) if chance else "="
    return f"{space}{key}{equals}{quote}{''.join(_reference(one, quote, chance) for one in value)}{quote}"


def _reference(character: str, quote: str, chance: Random | None) -> str:
    if character in f"<&\t\n\r{quote}" or (chance and chance.random() < 0.1):
        return f"&#{ord(character)};" if not chance or chance.random() < 0.5 else f"&#x{ord(character):x};"
    return character


def _text(text: str, chance: Random | None) -> str:
    if chance and chance.random() < 0.2 and text and not {"\r"} & set(text) and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    return "".join(
        "&gt;" if one == ">" else _reference(one, "\r", chance if one != "\n" else None) for one in text
    )


def parts(root: etree._Element) -> Iterator[tuple[object, ...]]:
    """All that a document says, but for white space of its own between the elements of its header."""
    texts = (f"{T}text", f"{T}sourceDoc")
    inside = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        assert isinstance(node, etree._Element)
        if event == "end":
            inside -= node.tag in texts
        else:
            inside += node.tag in texts
            yield str(node.tag), tuple(sorted(map(str, node.attrib.items()))), getattr(node, "target", None)
            yield from _said([node.text], inside if event == "start" else 1)
        if node is not root and event != "start":
            yield from _said([node.tail], inside)


def _said(found: Iterable[str | None], exactly: int) -> Iterator[tuple[object, ...]]:
    for text in found:
        if text and (exactly or text.strip(" \t\r\n")):
            yield (text,)
