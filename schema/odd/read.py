"""Read an ODD whose content models are PureODD, and that says itself all that counts.

What this compiler does not know it refuses, with the line: an ODD that TEI's own tools understand otherwise
must not pass in silence. So specifications are whole (``mode`` is ``add`` or ``replace``), and attributes
and contents that TEI would hand down have to be stated.
"""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, cast

from lxml import etree

from schema.odd.model import (
    Attribute,
    ClassSpec,
    Content,
    Data,
    DataReference,
    DataSpec,
    ElementSpec,
    Empty,
    Group,
    MacroSpec,
    Odd,
    OddError,
    Reference,
    Rule,
    Section,
    Spec,
    Text,
    Value,
    ValueOf,
    Values,
    ValueType,
)
from tei.names import T
from tei.parse import parse_file

_SCH: Final = "{http://purl.oclc.org/dsdl/schematron}"
_EXAMPLES: Final = "http://www.tei-c.org/ns/Examples"
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
_REFERENCES: Final[dict[str, Literal["element", "class", "macro"]]] = {
    "elementRef": "element",
    "classRef": "class",
    "macroRef": "macro",
}
_KINDS: Final[dict[str, type[Spec]]] = {
    "element": ElementSpec,
    "class": ClassSpec,
    "macro": MacroSpec,
    "data": DataSpec,
}
_OCCURRENCES: Final = frozenset({(1, 1), (0, 1), (0, None), (1, None)})
_SPECS: Final = frozenset({"elementSpec", "classSpec", "macroSpec", "dataSpec"})
_MARKS: Final = {"gi": "`<{}>`", "att": "`@{}`", "val": '`"{}"`', "code": "`{}`", "q": "“{}”", "emph": "*{}*"}


def read_odd(path: Path) -> Odd:
    """Return what the ODD in the file ``path`` says.

    :raises OddError: it says something that is wrong or that is not known here.
    :raises tei.errors.TeiError: the file cannot be read, or is not well-formed.
    """
    return _Reader(path).odd()


class _Reader:
    """One ODD while it is read: every complaint names its file and line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._root = parse_file(path).getroot()

    def odd(self) -> Odd:
        found = list(self._root.iter(f"{T}schemaSpec"))
        if len(found) != 1:
            raise self._wrong(self._root, f"an ODD has one schemaSpec; here are {len(found)}")
        schema = found[0]
        groups: dict[str, tuple[Spec, ...]] = {}
        for group in self._root.iter(f"{T}specGrp"):
            groups[self._need(group, _XML_ID)] = tuple(self._spec(child) for child in _children(group))
        specs = self._put_together(schema, groups)
        title = self._root.find(f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}title")
        if title is None:
            raise self._wrong(self._root, "the header names no title")
        return Odd(
            title=_words(title),
            start=self._need(schema, "start"),
            namespace=self._need(schema, "ns"),
            sections=tuple(self._section(div, groups) for div in self._root.iter(f"{T}div")),
            specs=specs,
        )

    def _put_together(self, schema: etree._Element, groups: dict[str, tuple[Spec, ...]]) -> dict[str, Spec]:
        specs: dict[str, Spec] = {}
        used: set[str] = set()
        for child in _children(schema):
            if child.tag == f"{T}moduleRef":
                continue  # TEI's own modules: here each specification stands for itself.
            if child.tag != f"{T}specGrpRef":
                raise self._unknown(child)
            key = self._need(child, "target").removeprefix("#")
            if key not in groups:
                raise self._wrong(child, f"there is no specGrp with the xml:id {key}")
            used.add(key)
            for spec in groups[key]:
                if specs.setdefault(spec.ident, spec) is not spec:
                    raise self._wrong(child, f"{spec.ident} is specified twice")
        if left := sorted(groups.keys() - used):
            raise self._wrong(schema, f"these groups are not part of the schema: {', '.join(left)}")
        self._check(specs)
        return specs

    def _check(self, specs: dict[str, Spec]) -> None:
        """Each key names a specification of the right kind."""
        for spec in specs.values():
            for reference in _references(spec):
                name = "data" if isinstance(reference, DataReference) else reference.kind
                kind = _KINDS[name]
                if not isinstance(specs.get(reference.key), kind):
                    raise OddError(f"{self._path}:{reference.line}: there is no {name}Spec {reference.key}")
            if isinstance(spec, ElementSpec | ClassSpec):
                for key in spec.classes:
                    if not isinstance(specs.get(key), ClassSpec):
                        raise OddError(f"{self._path}:{spec.line}: there is no classSpec {key}")

    def _section(self, div: etree._Element, groups: dict[str, tuple[Spec, ...]]) -> Section:
        head = div.find(f"{T}head")
        if head is None:
            raise self._wrong(div, "a div of an ODD has a head")
        specs = (
            spec for group in div.iterchildren(f"{T}specGrp") for spec in groups[str(group.get(_XML_ID))]
        )
        return Section(
            ident=self._need(div, _XML_ID),
            title=_words(head),
            paragraphs=tuple(self._prose(p) for p in div.iterchildren(f"{T}p")),
            specs=tuple(specs),
        )

    # specifications

    def _spec(self, element: etree._Element) -> Spec:
        name = etree.QName(element).localname
        if name not in _SPECS:
            raise self._unknown(element)
        if element.get("mode") not in {"add", "replace"}:
            raise self._wrong(
                element, f'<{name}> needs mode="add" or mode="replace": what TEI has is not known here'
            )
        if name == "elementSpec":
            return self._element(element)
        if name == "classSpec":
            return self._class(element)
        self._only(element, "desc", "content")
        content = self._child(element, "content")
        ident, description = self._need(element, "ident"), self._text(element, "desc")
        if name == "macroSpec":
            return MacroSpec(ident, description, self._content(content), _line(element))
        children = list(_children(content))
        if len(children) == 1 and children[0].tag == f"{T}alternate":
            children = list(_children(children[0]))
        types = tuple(self._type(child) for child in children)
        return DataSpec(ident, description, types, _line(element))

    def _element(self, element: etree._Element) -> ElementSpec:
        self._only(
            element,
            "altIdent",
            "gloss",
            "desc",
            "classes",
            "content",
            "constraintSpec",
            "attList",
            "exemplum",
            "remarks",
        )
        ident = self._need(element, "ident")
        alternative = element.find(f"{T}altIdent")
        remarks = (p for remark in element.iterchildren(f"{T}remarks") for p in _children(remark))
        return ElementSpec(
            ident=ident,
            name=ident if alternative is None else _words(alternative),
            gloss=self._text(element, "gloss"),
            description=self._text(element, "desc"),
            classes=self._classes(element),
            content=self._content(self._child(element, "content")),
            rules=self._rules(element),
            attributes=self._attributes(element),
            examples=tuple(self._example(example) for example in element.iterchildren(f"{T}exemplum")),
            remarks=tuple(self._prose(p) for p in remarks),
            line=_line(element),
        )

    def _class(self, element: etree._Element) -> ClassSpec:
        self._only(element, "desc", "classes", "constraintSpec", "attList")
        kind = element.get("type")
        if kind not in {"atts", "model"}:
            raise self._wrong(element, f'type="{kind}" is no kind of class')
        return ClassSpec(
            ident=self._need(element, "ident"),
            kind=cast('Literal["atts", "model"]', kind),
            description=self._text(element, "desc"),
            classes=self._classes(element),
            rules=self._rules(element),
            attributes=self._attributes(element),
            line=_line(element),
        )

    def _classes(self, element: etree._Element) -> tuple[str, ...]:
        return tuple(self._need(member, "key") for member in element.iterfind(f"{T}classes/{T}memberOf"))

    # content

    def _content(self, content: etree._Element) -> Content:
        children = list(_children(content))
        if not children:
            return Empty()
        if len(children) > 1:
            raise self._wrong(children[1], "put the parts of a content model into a sequence or an alternate")
        return self._pattern(children[0])

    def _pattern(self, element: etree._Element) -> Content:
        name = etree.QName(element).localname
        if name in {"textNode", "empty"}:
            self._attributes_of(element)
            return Text() if name == "textNode" else Empty()
        self._attributes_of(element, "key", "minOccurs", "maxOccurs")
        least, most = self._occurrences(element)
        if name in _REFERENCES:
            key = self._need(element, "key")
            return Reference(_REFERENCES[name], key, _line(element), least, most)
        if name not in {"sequence", "alternate"}:
            raise self._unknown(element)
        parts = tuple(self._pattern(child) for child in _children(element))
        if not parts:
            raise self._wrong(element, f"an empty <{name}>")
        return Group(cast('Literal["sequence", "alternate"]', name), parts, least, most)

    def _occurrences(self, element: etree._Element) -> tuple[int, int | None]:
        least, most = element.get("minOccurs", "1"), element.get("maxOccurs", "1")
        try:
            found = (int(least), None if most == "unbounded" else int(most))
        except ValueError:
            found = (-1, -1)
        if found not in _OCCURRENCES:
            raise self._wrong(element, f'minOccurs="{least}" with maxOccurs="{most}" is not known here')
        return found

    # attributes and values

    def _attributes(self, element: etree._Element) -> tuple[Attribute, ...]:
        lists = list(element.iterchildren(f"{T}attList"))
        for each in lists:
            self._attributes_of(each)
            self._only(each, "attDef")
        return tuple(self._attribute(attribute) for each in lists for attribute in _children(each))

    def _attribute(self, element: etree._Element) -> Attribute:
        self._only(element, "desc", "datatype", "valList")
        self._attributes_of(element, "ident", "usage")
        datatype = self._child(element, "datatype")
        self._attributes_of(datatype, "maxOccurs")
        children = list(_children(datatype))
        if len(children) != 1:
            raise self._wrong(datatype, "a datatype has one dataRef")
        type_ = self._type(children[0])
        suggested: tuple[Value, ...] = ()
        listed = element.find(f"{T}valList")
        if listed is not None and listed.get("type") == "open":
            suggested = self._values(listed)
        elif listed is not None:
            type_ = self._type(listed)
        return Attribute(
            name=self._need(element, "ident"),
            required=self._need(element, "usage") == "req",
            description=self._text(element, "desc"),
            type=type_,
            many=datatype.get("maxOccurs") == "unbounded",
            suggested=suggested,
        )

    def _type(self, element: etree._Element) -> ValueType:
        if element.tag == f"{T}valList":
            if element.get("type") != "closed":
                raise self._wrong(element, "a list of values is closed or, for an attribute, open")
            return Values(self._values(element))
        if element.tag != f"{T}dataRef":
            raise self._unknown(element)
        key, name = element.get("key"), element.get("name")
        if key is not None:
            self._attributes_of(element, "key")
            return DataReference(key, _line(element))
        if name is None:
            raise self._wrong(element, "a dataRef has a key or a name")
        self._attributes_of(element, "name", "restriction")
        pattern = element.get("restriction")
        facets = [] if pattern is None else [("pattern", pattern)]
        for facet in _children(element):
            if facet.tag != f"{T}dataFacet":
                raise self._unknown(facet)
            facets.append((self._need(facet, "name"), self._need(facet, "value")))
        return Data(name, tuple(facets))

    def _values(self, element: etree._Element) -> tuple[Value, ...]:
        self._only(element, "valItem")
        return tuple(
            Value(self._need(item, "ident"), self._text(item, "desc")) for item in _children(element)
        )

    # rules, examples, prose

    def _rules(self, element: etree._Element) -> tuple[Rule, ...]:
        return tuple(self._rule(spec) for spec in element.iterchildren(f"{T}constraintSpec"))

    def _rule(self, spec: etree._Element) -> Rule:
        if self._need(spec, "scheme") != "schematron":
            raise self._wrong(spec, "rules are Schematron")
        rules = list(self._child(spec, "constraint").iterchildren(etree.Element))
        asserts = list(rules[0].iterchildren(etree.Element)) if len(rules) == 1 else []
        if len(asserts) != 1 or rules[0].tag != f"{_SCH}rule" or asserts[0].tag != f"{_SCH}assert":
            raise self._wrong(spec, "a constraint holds one Schematron rule with one assert")
        code = self._need(spec, "ident")
        if self._need(asserts[0], "id") != code:
            raise self._wrong(
                asserts[0], f'the id of the assert is the ident of its constraintSpec: id="{code}"'
            )
        *values, remedy = [*asserts[0].iterchildren(etree.Element)] or [asserts[0]]
        if remedy.tag != f"{_SCH}span":
            raise self._wrong(
                asserts[0], "a message ends with a <span>, which says how to mend what is wrong"
            )
        message: list[str | ValueOf] = [asserts[0].text or ""]
        for value in values:
            if value.tag != f"{_SCH}value-of":
                raise self._unknown(value)
            message += [ValueOf(self._need(value, "select")), value.tail or ""]
        message[-1] = str(message[-1]).rstrip().removesuffix(";")
        return Rule(
            code=code,
            description=self._text(spec, "desc"),
            context=self._need(rules[0], "context"),
            test=self._need(asserts[0], "test"),
            message=tuple(message),
            remedy=_words(remedy),
            role=self._need(asserts[0], "role"),
            see=self._need(asserts[0], "see"),
        )

    def _example(self, exemplum: etree._Element) -> str:
        example = exemplum.find(f"{{{_EXAMPLES}}}egXML")
        if example is None:
            raise self._wrong(exemplum, "an exemplum holds an egXML")
        parts = []
        for child in example.iterchildren(etree.Element):
            alone = copy.deepcopy(child)
            alone.tail = None
            etree.cleanup_namespaces(alone)
            parts.append(
                _outdented(etree.tostring(alone, encoding="unicode").replace(f' xmlns="{_EXAMPLES}"', ""))
            )
        return "\n".join(parts)

    def _prose(self, paragraph: etree._Element) -> str:
        """A paragraph in Markdown."""
        words = paragraph.text or ""
        for child in paragraph:
            name, inside = etree.QName(child).localname, _words(child)
            if name == "ref":
                words += f"[{inside}]({self._need(child, 'target')})"
            elif name in _MARKS:
                words += _MARKS[name].format(inside)
            elif name == "altIdent" or len(child):
                raise self._unknown(child)
            words += child.tail or ""
        return " ".join(words.split())

    # what is needed, what is known

    def _need(self, element: etree._Element, attribute: str) -> str:
        value = element.get(attribute)
        if value is None:
            name = attribute.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
            raise self._wrong(element, f"<{etree.QName(element).localname}> needs the attribute {name}")
        return str(value)

    def _child(self, element: etree._Element, name: str) -> etree._Element:
        found = element.findall(f"{T}{name}")
        if len(found) != 1:
            raise self._wrong(element, f"<{etree.QName(element).localname}> needs one <{name}>")
        return found[0]

    def _text(self, element: etree._Element, name: str) -> str:
        return _words(self._child(element, name))

    def _only(self, element: etree._Element, *names: str) -> None:
        for child in _children(element):
            if etree.QName(child).localname not in names:
                raise self._unknown(child)

    def _attributes_of(self, element: etree._Element, *names: str) -> None:
        for name in element.attrib:
            if name not in names:
                raise self._wrong(element, f"{name} on <{etree.QName(element).localname}> is not known here")

    def _unknown(self, element: etree._Element) -> OddError:
        return self._wrong(element, f"<{etree.QName(element).localname}> is not known here")

    def _wrong(self, element: etree._Element, message: str) -> OddError:
        return OddError(f"{self._path}:{_line(element)}: {message}")


def _references(spec: Spec) -> Iterator[Reference | DataReference]:
    if isinstance(spec, ElementSpec | MacroSpec):
        yield from references(spec.content)
    if isinstance(spec, ElementSpec | ClassSpec):
        yield from (a.type for a in spec.attributes if isinstance(a.type, DataReference))
    if isinstance(spec, DataSpec):
        yield from (one for one in spec.types if isinstance(one, DataReference))


def references(content: Content) -> Iterator[Reference]:
    """Every reference in ``content``, in its order."""
    if isinstance(content, Reference):
        yield content
    elif isinstance(content, Group):
        for part in content.parts:
            yield from references(part)


def _children(element: etree._Element) -> Iterable[etree._Element]:
    return element.iterchildren(f"{T}*")


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _outdented(example: str) -> str:
    """``example`` without the indentation that it has in the ODD: its first line has lost it already."""
    first, *rest = example.split("\n")
    return "\n".join([first, *textwrap.dedent("\n".join(rest)).split("\n")]) if rest else first


def _line(element: etree._Element) -> int:
    return element.sourceline or 0
