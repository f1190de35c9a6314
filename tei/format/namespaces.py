"""Which namespaces are declared where: TEI without a prefix, others as the file has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias, cast

from lxml import etree

from tei.names import TEI_NS, XML_NS

_Starts: TypeAlias = Iterable[tuple[str, tuple[str, str]]]

_NAMES: Final = {"xsi": "http://www.w3.org/2001/XMLSchema-instance"}
# Names without a prefix may be meant for no namespace: an element is, a type of XML Schema can be.
_BOUND: Final = etree.XPath("boolean(//*[namespace-uri() = ''] | //@xsi:type)", namespaces=_NAMES)
_IN_ATTRIBUTES: Final = etree.XPath("boolean(//@*[namespace-uri() = $uri])")
_IN_CONTENT: Final = etree.XPath(
    "boolean((//@* | //text() | //processing-instruction())[contains(., $name)])"
)


class Scope:
    """The namespaces that are declared at a place of the output: ``declared`` there, the others in ``outer``.

    ``""`` is the prefix of the default one. Answers are kept: none is looked for in scope after scope.
    """

    def __init__(self, declared: Mapping[str, str] | None = None, outer: Scope | None = None) -> None:
        self.declared = declared or {}
        self.outer = outer
        #: All prefixes of a namespace that are declared here, by alphabet.
        self.prefixes: defaultdict[str, list[str]] = defaultdict(list)
        for prefix, uri in sorted(self.declared.items()):
            if prefix:
                self.prefixes[uri].append(prefix)
        self._elements: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self._default = self.uri("")

    def uri(self, prefix: str) -> str:
        """What ``prefix`` stands for here; ``""`` if nothing."""
        scope: Scope | None = self
        while scope is not None:
            uri = scope.declared.get(prefix)
            if uri is not None:
                return uri
            scope = scope.outer
        return ""

    def element(self, node: etree._Element) -> str:
        """The name of an element as it is written here: with its own prefix, if it needs one."""
        tag = str(node.tag)
        name = self._elements.get(tag)
        if name is not None:
            return name
        uri, local = _split(tag)
        if uri == self._default:
            self._elements[tag] = local
            return local
        return f"{node.prefix}:{local}"

    def attribute(self, key: str) -> str:
        """The name of an attribute as it is written here; ``key`` is its Clark name."""
        name = self._attributes.get(key)
        if name is None:
            uri, local = _split(key)
            name = self._attributes[key] = f"{self.prefix(uri)}:{local}" if uri else local
        return name

    def prefix(self, uri: str) -> str:
        """A prefix that stands for ``uri`` here; there must be one."""
        found = self._found.get(uri)
        if found is None:
            found = self._found[uri] = self._find(uri)
        return found

    def _find(self, uri: str) -> str:
        if uri in self.prefixes:
            return self.prefixes[uri][0]
        if self.outer is None:
            assert uri == XML_NS, f"{uri} has no prefix"
            return "xml"
        found = self.outer.prefix(uri)
        if found not in self.declared:
            return found
        # Something else has that name here.
        return next(prefix for prefix in self.outer.all_prefixes(uri) if self.uri(prefix) == uri)

    def all_prefixes(self, uri: str) -> Iterator[str]:
        """All prefixes that were declared for ``uri``, the innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield from scope.prefixes.get(uri, ())
            scope = scope.outer


class Declarations:
    """The declarations to write in a document.

    A file whose elements are written ``tei:p`` gets TEI as its default namespace. The prefix stays declared
    only where something may still need it: an attribute, or a value or text with ``tei:`` in it.
    """

    def __init__(self, tree: etree._ElementTree) -> None:
        root = tree.getroot()
        self._adds_default = (
            etree.QName(root).namespace == TEI_NS and None not in root.nsmap and not _BOUND(tree)
        )
        self._dropped: frozenset[str] = frozenset()
        if self._adds_default:
            self._dropped = _unneeded(tree)

    def of(self, declared: Mapping[str, str], scope: Scope) -> dict[str, str]:
        """What to declare at an element that the file has the prefixes ``declared`` at, within ``scope``."""
        wanted = {
            prefix: uri for prefix, uri in declared.items() if not (prefix in self._dropped and uri == TEI_NS)
        }
        if self._adds_default and not scope.declared:
            wanted[""] = TEI_NS
        return {prefix: uri for prefix, uri in wanted.items() if scope.uri(prefix) != uri}


def declarations(root: etree._Element) -> Iterator[dict[str, str]]:
    """What each element declares in the file, by prefix, in document order."""
    declared: dict[str, str] = {}
    for event, item in cast("_Starts", etree.iterwalk(root, events=("start-ns", "start"))):
        if event == "start":
            yield declared
            declared = {}
        else:
            prefix, uri = item
            declared[prefix] = uri


def _unneeded(tree: etree._ElementTree) -> frozenset[str]:
    """The prefixes of TEI that no name but those of elements makes use of."""
    prefixes = set()
    for _, (prefix, uri) in cast("_Starts", etree.iterwalk(tree, events=("start-ns",))):
        if uri == TEI_NS:
            prefixes.add(prefix)
        elif not prefix:
            # Within another default namespace TEI needs its prefix.
            return frozenset()
    if _IN_ATTRIBUTES(tree, uri=TEI_NS):
        return frozenset()
    return frozenset(prefix for prefix in prefixes if prefix and not _IN_CONTENT(tree, name=f"{prefix}:"))


def _split(clark: str) -> tuple[str, str]:
    if not clark.startswith("{"):
        return "", clark
    uri, _, local = clark[1:].rpartition("}")
    return uri, local
