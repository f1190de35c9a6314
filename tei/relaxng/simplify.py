"""From a RELAX NG schema as written to its simple form (RELAX NG specification, section 4).

Includes, external references, ``combine``, nested grammars, ``parentRef``, ``div``, prefixes, defaults:
all of it is gone in the :class:`~tei.relaxng.grammar.Grammar` that comes out. What contradicts the
specification is an error with its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from lxml import etree

from tei.errors import LimitError
from tei.relaxng import grammar as g
from tei.relaxng.datatypes import BUILT_IN, XSD, DatatypeError, datatype
from tei.relaxng.grammar import Grammar, Node
from tei.relaxng.ids import id_attributes
from tei.relaxng.names import ANY, EITHER, NAMESPACE, XML_NAMESPACE, NameClass, full_name
from tei.relaxng.restrictions import check_restrictions
from tei.relaxng.syntax import Sources, children, error, local

_XMLNS: Final = "http://www.w3.org/2000/xmlns"
_PATTERNS: Final = frozenset(
    (
        "element", "attribute", "group", "interleave", "choice", "optional", "zeroOrMore",
        "oneOrMore", "list", "mixed", "ref", "parentRef", "empty", "value", "data", "notAllowed",
        "externalRef", "grammar", "text"
    )
)  # fmt: skip
_NAME_CLASSES: Final = frozenset({"name", "anyName", "nsName", "choice"})
_QUALIFIED: Final = frozenset({"QName", "NOTATION"})
_SPACE: Final = " \t\r\n"
_START: Final = ""  # no definition is named so


@dataclass(frozen=True, slots=True)
class _Context:
    """What a place of the schema inherits from those around it."""

    chain: tuple[Path, ...]
    namespace: str = ""
    library: str = ""

    @property
    def path(self) -> Path:
        return self.chain[-1]

    def at(self, element: etree._Element) -> _Context:
        """The context inside of ``element``."""
        namespace, library = element.get("ns"), element.get("datatypeLibrary")
        if namespace is None and library is None:
            return self
        return replace(
            self,
            namespace=self.namespace if namespace is None else namespace,
            library=self.library if library is None else library,
        )


@dataclass(slots=True)
class _Definition:
    """One ``define`` or ``start`` of a grammar."""

    name: str
    element: etree._Element
    context: _Context


@dataclass(slots=True)
class _Scope:
    """The definitions of one ``grammar`` element; ``parent`` is the grammar around it."""

    parent: _Scope | None
    numbers: dict[str, int] = field(default_factory=dict)
    used: dict[str, tuple[etree._Element, _Context]] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)


def simplify(sources: Sources) -> Grammar:
    """Return the simple form of the schema whose files are ``sources``.

    :raises SchemaError: the schema is not sound RELAX NG.
    """
    builder = _Builder(sources)
    context = _Context((sources.main.resolve(),))
    try:
        start = builder.pattern(sources.root(), context, None)
        made = Grammar(builder.nodes, start)
        check_restrictions(made, sources.main)
    except RecursionError as problem:
        raise LimitError("the patterns of the schema are nested too deeply", path=sources.main) from problem
    made.ids = id_attributes(made)
    return made


class _Builder:
    """Writes the table of patterns while it goes through the elements of the schema."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}

    def pattern(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        """Return the number of the pattern that ``element`` stands for."""
        kind = local(element)
        if kind not in _PATTERNS:
            found = f"<{kind}>" if kind else f"<{etree.QName(element).localname}> of another namespace"
            raise error(element, context.path, f"a pattern of RELAX NG is expected here, not {found}")
        inside = context.at(element)
        result: int = getattr(self, f"_{kind}")(element, inside, scope)
        return result

    def _add(self, node: Node) -> int:
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return number

    def _many(
        self, kind: str, element: etree._Element, context: _Context, scope: _Scope | None, *, skip: int = 0
    ) -> int:
        """The children of ``element`` but the first ``skip``, joined as ``kind`` where there are several."""
        numbers = tuple(self.pattern(child, context, scope) for child in list(children(element))[skip:])
        if not numbers:
            raise error(element, context.path, f"<{local(element)}> needs a pattern inside")
        return numbers[0] if len(numbers) == 1 else self._add((kind, numbers))

    # ---- patterns of several parts

    def _group(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        return self._many(g.GROUP, element, context, scope)

    def _interleave(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        return self._many(g.INTERLEAVE, element, context, scope)

    def _choice(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        return self._many(g.CHOICE, element, context, scope)

    def _optional(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        return self._add((g.CHOICE, (self._group(element, context, scope), self._add((g.EMPTY,)))))

    def _oneOrMore(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:  # noqa: N802
        return self._add((g.MORE, self._group(element, context, scope)))

    def _zeroOrMore(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:  # noqa: N802
        return self._add((g.CHOICE, (self._oneOrMore(element, context, scope), self._add((g.EMPTY,)))))

    def _mixed(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        return self._add((g.INTERLEAVE, (self._group(element, context, scope), self._add((g.TEXT,)))))

    def _list(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        return self._add((g.LIST, self._group(element, context, scope)))

    # ---- single ones

    def _empty(self, *_: object) -> int:
        return self._add((g.EMPTY,))

    def _text(self, *_: object) -> int:
        return self._add((g.TEXT,))

    def _notAllowed(self, *_: object) -> int:  # noqa: N802
        return self._add((g.NOT_ALLOWED,))

    def _value(self, element: etree._Element, context: _Context, _: _Scope | None) -> int:
        kind, library, text = element.get("type"), context.library, element.text or ""
        if kind is None:
            kind, library = "token", BUILT_IN
        kind = kind.strip(_SPACE)
        if kind in _QUALIFIED and library == XSD:
            text = _qualified(text.strip(_SPACE), element, context, context.namespace)
        _check_datatype(library, kind, (), element, context, text)
        return self._add((g.VALUE, library, kind, text))

    def _data(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        kind = (element.get("type") or "").strip(_SPACE)
        parameters: list[tuple[str, str]] = []
        excluded: int | None = None
        for child in children(element):
            if local(child) == "param":
                parameters.append(((child.get("name") or "").strip(_SPACE), child.text or ""))
            elif local(child) == "except" and excluded is None:
                excluded = self._many(g.CHOICE, child, context.at(child), scope)
            else:
                raise error(child, context.path, f"<{local(child)}> has no place in <data>")
        _check_datatype(context.library, kind, tuple(parameters), element, context)
        return self._add((g.DATA, context.library, kind, tuple(parameters), excluded))

    # ---- elements and attributes

    def _element(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        if element.get("name") is not None:
            name: NameClass = _own_name(element, context, context.namespace)
            return self._add((g.ELEMENT, name, self._many(g.GROUP, element, context, scope)))
        first = next(children(element), None)
        if first is None:
            raise error(element, context.path, "<element> needs a name")
        name = _name_class(first, context)
        return self._add((g.ELEMENT, name, self._many(g.GROUP, element, context, scope, skip=1)))

    def _attribute(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        inside = list(children(element))
        if element.get("name") is not None:
            # Section 4.8: the namespace of an attribute is not inherited.
            name: NameClass = _own_name(element, context, element.get("ns") or "")
        elif inside:
            name = _name_class(inside.pop(0), context)
        else:
            raise error(element, context.path, "<attribute> needs a name")
        _check_attribute_name(name, element, context)
        if len(inside) > 1:
            raise error(element, context.path, "<attribute> has one pattern inside at most")
        value = self.pattern(inside[0], context, scope) if inside else self._add((g.TEXT,))
        return self._add((g.ATTRIBUTE, name, value))

    # ---- references and grammars

    def _ref(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:
        if scope is None:
            raise error(element, context.path, "<ref> stands outside of any grammar")
        return self._reserve(element, context, scope)

    def _parentRef(self, element: etree._Element, context: _Context, scope: _Scope | None) -> int:  # noqa: N802
        if scope is None or scope.parent is None:
            raise error(element, context.path, "<parentRef> stands in a grammar with none around it")
        return self._reserve(element, context, scope.parent)

    def _reserve(self, element: etree._Element, context: _Context, scope: _Scope) -> int:
        name = (element.get("name") or "").strip(_SPACE)
        if not name:
            raise error(element, context.path, f"<{local(element)}> needs a name")
        scope.used.setdefault(name, (element, context))
        return self._number(scope, name)

    def _number(self, scope: _Scope, name: str) -> int:
        if name not in scope.numbers:
            scope.numbers[name] = len(self.nodes)
            # A place of its own: what it stands for is known when the grammar has been read.
            self.nodes.append((g.NOT_ALLOWED,))
        return scope.numbers[name]

    def _externalRef(self, element: etree._Element, context: _Context, _: _Scope | None) -> int:  # noqa: N802
        path, root = self.sources.included(element, context.chain)
        return self.pattern(root, replace(context, chain=(*context.chain, path), library=""), None)

    def _grammar(self, element: etree._Element, context: _Context, parent: _Scope | None) -> int:
        scope = _Scope(parent)
        definitions = self._definitions(element, context)
        by_name: dict[str, list[_Definition]] = {}
        for definition in definitions:
            by_name.setdefault(definition.name, []).append(definition)
        if _START not in by_name:
            raise error(element, context.path, "the grammar has no <start>")
        for name, parts in by_name.items():
            number = self._number(scope, name)
            self.nodes[number] = self._combined(parts, scope)
        for name, (place, used_in) in scope.used.items():
            if name not in by_name:
                raise error(place, used_in.path, f"there is no definition of “{name}” in this grammar")
        return scope.numbers[_START]

    def _combined(self, parts: list[_Definition], scope: _Scope) -> Node:
        """All definitions of one name as one (section 4.17)."""
        how: str | None = None
        plain = 0
        for part in parts:
            combine = (part.element.get("combine") or "").strip(_SPACE)
            if not combine:
                plain += 1
                if plain > 1:
                    raise error(
                        part.element, part.context.path, f"{_called(part)} is defined twice, without combine"
                    )
            elif combine not in ("choice", "interleave") or (how is not None and how != combine):
                raise error(
                    part.element,
                    part.context.path,
                    f'combine="{combine}" does not fit the other {_called(part)}',
                )
            else:
                how = combine
        # Each has a body of its own kind: a definition may hold several patterns, a start one.
        numbers = tuple(
            self._many(g.GROUP, part.element, part.context.at(part.element), scope) for part in parts
        )
        if len(numbers) == 1:
            # An alias; the alias of one that is not known yet has to wait for it.
            return (g.GROUP, numbers)
        return (g.CHOICE if how == "choice" else g.INTERLEAVE, numbers)

    def _definitions(
        self, element: etree._Element, context: _Context, replaced: frozenset[str] = frozenset()
    ) -> list[_Definition]:
        """What ``element`` (a grammar, a div or an include) defines, but for the names in ``replaced``."""
        found: list[_Definition] = []
        for child in children(element):
            kind = local(child)
            if kind in ("define", "start"):
                name = (child.get("name") or "").strip(_SPACE) if kind == "define" else _START
                if kind == "define" and not name:
                    raise error(child, context.path, "<define> needs a name")
                if name not in replaced:
                    found.append(_Definition(name, child, context))
            elif kind == "div":
                found += self._definitions(child, context.at(child), replaced)
            elif kind == "include":
                found += self._include(child, context.at(child), replaced)
            else:
                raise error(
                    child,
                    context.path,
                    f"<{kind}> has no place here: <define>, <start>, <div> or <include> is expected",
                )
        return found

    def _include(
        self, element: etree._Element, context: _Context, replaced: frozenset[str]
    ) -> list[_Definition]:
        path, root = self.sources.included(element, context.chain)
        if local(root) != "grammar":
            raise error(
                element, context.path, f"{element.get('href')} is not a grammar, and cannot be included"
            )
        own = self._definitions(element, context)
        for child in element.iter(f"{{{etree.QName(element).namespace}}}include"):
            if child is not element:
                raise error(child, context.path, "<include> has no place inside of <include>")
        names = {definition.name for definition in own}
        inner = replace(context, chain=(*context.chain, path), library="").at(root)
        there = self._definitions(root, inner, frozenset())
        missing = names - {definition.name for definition in there}
        if missing:
            what = ", ".join(sorted(f"“{name}”" if name else "start" for name in missing))
            raise error(
                element,
                context.path,
                f"{element.get('href')} does not define {what}, which is to be replaced",
            )
        kept = [definition for definition in there if definition.name not in names]
        return [definition for definition in (*kept, *own) if definition.name not in replaced]


def _called(definition: _Definition) -> str:
    return f"“{definition.name}”" if definition.name else "<start>"


def _own_name(element: etree._Element, context: _Context, namespace: str) -> str:
    return _qualified((element.get("name") or "").strip(_SPACE), element, context, namespace)


def _qualified(name: str, element: etree._Element, context: _Context, namespace: str) -> str:
    """Return the full name that the QName ``name`` means at ``element``."""
    prefix, colon, rest = name.partition(":")
    if not colon:
        prefix, rest = "", name
    if not rest or ":" in rest or any(c in _SPACE for c in name):
        raise error(element, context.path, f"not a name: “{name}”")
    if not colon:
        return full_name(namespace, rest)
    if prefix == "xml":
        return full_name(XML_NAMESPACE, rest)
    uri = element.nsmap.get(prefix)
    if uri is None:
        raise error(element, context.path, f"the prefix “{prefix}” is not declared")
    return full_name(uri, rest)


def _name_class(element: etree._Element, context: _Context) -> NameClass:
    """Return the name class that ``element`` stands for."""
    kind, context = local(element), context.at(element)
    inside = list(children(element))
    if kind == "name":
        return _qualified((element.text or "").strip(_SPACE), element, context, context.namespace)
    if kind == "choice" and inside:
        return _either([_name_class(child, context) for child in inside])
    if kind in ("anyName", "nsName"):
        excluded: NameClass | None = None
        if inside:
            if len(inside) > 1 or local(inside[0]) != "except" or not list(children(inside[0])):
                raise error(inside[0], context.path, f"<{kind}> may hold one <except>, and that some name")
            inner = context.at(inside[0])
            excluded = _either([_name_class(child, inner) for child in children(inside[0])])
            _check_exception(kind, inside[0], context)
        return (ANY, excluded) if kind == "anyName" else (NAMESPACE, context.namespace, excluded)
    raise error(element, context.path, f"a name is expected here, not <{kind or str(element.tag)}>")


def _check_exception(kind: str, element: etree._Element, context: _Context) -> None:
    """Section 4.16: no anyName in an exception, no nsName in that of an nsName."""
    for child in element.iter(etree.Element):
        if local(child) == "anyName" or (kind == "nsName" and local(child) == "nsName"):
            raise error(child, context.path, f"<{local(child)}> has no place in the exception of <{kind}>")


def _either(classes: list[NameClass]) -> NameClass:
    return classes[0] if len(classes) == 1 else (EITHER, *classes)


def _check_attribute_name(name: NameClass, element: etree._Element, context: _Context) -> None:
    """Section 4.16: what declares a namespace is no attribute."""
    if isinstance(name, str):
        if name == "xmlns" or name.startswith(f"{{{_XMLNS}"):
            raise error(element, context.path, "no attribute may be named xmlns")
    elif name[0] == NAMESPACE and str(name[1]).startswith(_XMLNS):
        raise error(element, context.path, "no attribute may be of the namespace of xmlns")
    elif name[0] == EITHER:
        for part in name[1:]:
            if part is not None:
                _check_attribute_name(part, element, context)


def _check_datatype(
    library: str,
    name: str,
    parameters: tuple[tuple[str, str], ...],
    element: etree._Element,
    context: _Context,
    value: str | None = None,
) -> None:
    try:
        found = datatype(library, name, parameters)
    except DatatypeError as problem:
        raise error(element, context.path, str(problem)) from problem
    if value is not None and name not in _QUALIFIED and not found.allows(value):
        raise error(element, context.path, f"“{value}” is not a value of the datatype “{name}”")
