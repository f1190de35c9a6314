"""From an ODD to a RELAX NG schema in the XML syntax.

Each specification becomes a definition of its own name. A class of elements is the choice among its
members, a class of attributes their group. The definitions are kept apart, and not expanded, since trang
makes the types and groups of the W3C schema from them.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from schema.odd.model import (
    Attribute,
    ClassSpec,
    Content,
    Data,
    DataReference,
    ElementSpec,
    Empty,
    Group,
    MacroSpec,
    Odd,
    OddError,
    Spec,
    Text,
    ValueType,
)

_RNG: Final = "http://relaxng.org/ns/structure/1.0"
_ANNOTATIONS: Final = "http://relaxng.org/ns/compatibility/annotations/1.0"
_TYPES: Final = "http://www.w3.org/2001/XMLSchema-datatypes"
_REPEATED: Final = {(0, 1): "optional", (0, None): "zeroOrMore", (1, None): "oneOrMore"}


def relax_ng(odd: Odd, *, documented: bool) -> etree._Element:
    """Return the grammar of ``odd``.

    ``documented`` puts the descriptions of elements, attributes and values into it: editors of XML show them.

    :raises OddError: a class has neither members nor attributes.
    """
    return _Writer(odd, documented=documented).grammar()


class _Writer:
    def __init__(self, odd: Odd, *, documented: bool) -> None:
        self._odd = odd
        self._documented = documented

    def grammar(self) -> etree._Element:
        namespaces = {None: _RNG, "a": _ANNOTATIONS} if self._documented else {None: _RNG}
        grammar = etree.Element(
            f"{{{_RNG}}}grammar",
            nsmap=namespaces,
            attrib={"ns": self._odd.namespace, "datatypeLibrary": _TYPES},
        )
        grammar.append(_make("start", _make("ref", name=self._odd.start)))
        grammar.extend(_make("define", *self._definition(s), name=s.ident) for s in self._odd.specs.values())
        return grammar

    def _definition(self, spec: Spec) -> list[etree._Element]:
        if isinstance(spec, ElementSpec):
            return [self._element(spec)]
        if isinstance(spec, MacroSpec):
            return _patterns(spec.content)
        if isinstance(spec, ClassSpec):
            return self._class(spec)
        types = [part for one in spec.types for part in self._type(one)]
        return types if len(types) == 1 else [_make("choice", *types)]

    def _element(self, spec: ElementSpec) -> etree._Element:
        described = spec.gloss if spec.gloss == spec.description else f"({spec.gloss}) {spec.description}"
        inherited = [key for key in spec.classes if self._holds_attributes(key)]
        return _make(
            "element",
            *self._documentation(described),
            *(_make("ref", name=key) for key in inherited),
            *(self._attribute(attribute) for attribute in spec.attributes),
            *_patterns(spec.content),
            name=spec.name,
        )

    def _class(self, spec: ClassSpec) -> list[etree._Element]:
        if spec.kind == "model":
            members = [_make("ref", name=member.ident) for member in self._odd.members(spec.ident)]
            if not members:
                raise OddError(f"the class {spec.ident} has no members")
            return [_make("choice", *members)]
        parts = [_make("ref", name=key) for key in spec.classes]
        parts += [self._attribute(attribute) for attribute in spec.attributes]
        if not parts:
            raise OddError(f"the class {spec.ident} has no attributes")
        return parts

    def _holds_attributes(self, key: str) -> bool:
        spec = self._odd.specs[key]
        return isinstance(spec, ClassSpec) and spec.kind == "atts"

    def _attribute(self, attribute: Attribute) -> etree._Element:
        value = self._type(attribute.type)
        if attribute.many:
            value = [_make("list", _make("oneOrMore", *value))]
        made = _make("attribute", *self._documentation(attribute.description), *value, name=attribute.name)
        return made if attribute.required else _make("optional", made)

    def _type(self, type_: ValueType) -> list[etree._Element]:
        if isinstance(type_, DataReference):
            return [_make("ref", name=type_.key)]
        if isinstance(type_, Data):
            made = _make("data", type=type_.name)
            for name, value in type_.facets:
                parameter = _make("param", name=name)
                parameter.text = value
                made.append(parameter)
            return [made]
        parts: list[etree._Element] = []
        for each in type_.values:
            listed = _make("value")
            listed.text = each.name
            # What describes a value follows it: a value has no room for elements.
            parts += [listed, *self._documentation(each.description)]
        return [_make("choice", *parts)] if len(type_.values) > 1 else parts

    def _documentation(self, words: str) -> list[etree._Element]:
        if not self._documented:
            return []
        made = etree.Element(f"{{{_ANNOTATIONS}}}documentation", nsmap={"a": _ANNOTATIONS})
        made.text = words
        return [made]


def _patterns(content: Content) -> list[etree._Element]:
    """The patterns, one behind the other, that ``content`` stands for."""
    if isinstance(content, Text):
        return [_make("text")]
    if isinstance(content, Empty):
        return [_make("empty")]
    if not isinstance(content, Group):
        made = [_make("ref", name=content.key)]
    elif content.kind == "sequence":
        made = [pattern for part in content.parts for pattern in _patterns(part)]
    else:
        made = [_make("choice", *(_one(_patterns(part)) for part in content.parts))]
    occurrence = (content.least, content.most)
    return made if occurrence == (1, 1) else [_make(_REPEATED[occurrence], *made)]


def _one(patterns: list[etree._Element]) -> etree._Element:
    return patterns[0] if len(patterns) == 1 else _make("group", *patterns)


def _make(tag: str, /, *parts: etree._Element, **attributes: str) -> etree._Element:
    made = etree.Element(f"{{{_RNG}}}{tag}", nsmap={None: _RNG}, attrib=attributes)
    made.extend(parts)
    return made
