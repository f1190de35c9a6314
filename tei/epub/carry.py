"""How a TEI element travels in XHTML: its name and attributes, so that it can be built again.

The name is the class ``tei-name``. Attributes stand in ``data-tei``, written as in a start-tag, but for
``xml:id`` and ``xml:lang``, which are ``id`` and ``xml:lang`` of XHTML where they can be. They come first;
where they do not, their bare names in ``data-tei`` say where. The outermost element, and one with a prefix,
or of another namespace, or that declares a namespace, has its whole start-tag in ``data-tei``.
Elements of class ``gen`` are not of the text; those of class ``wrap`` are transparent; those of class
``cont`` go on from the file before. An element with ``data-note`` stands in truth where the one with the same
``data-at`` is. ``tei.epub.reading.pages`` reads all this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from tei.epub.language import language_tag
from tei.names import XML_NS
from tei.views.walk import name_of

OWN_ID: Final = "x-"
"""How the ids begin that are no ``xml:id``."""

_ID: Final = f"{{{XML_NS}}}id"
_LANG: Final = f"{{{XML_NS}}}lang"
_XML: Final = f"{{{XML_NS}}}"
_NCNAME: Final = re.compile(r"[^\W\d][\w.\-\u00b7]*")


def escaped(text: str) -> str:
    """``text`` as character data of XML."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        text = text.replace("\r", "&#13;")
    return text


def quoted(value: str) -> str:
    """``value`` as an attribute's value, in double quotes."""
    value = escaped(value)
    for character, reference in (('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        if character in value:
            value = value.replace(character, reference)
    return f'"{value}"'


def _single(value: str) -> str:
    """``value`` in single quotes: in an attribute of XHTML they need no reference."""
    value = escaped(value).replace("'", "&#39;")
    for character, reference in (("\n", "&#10;"), ("\t", "&#9;")):
        if character in value:
            value = value.replace(character, reference)
    return f"'{value}'"


class Carrier:
    """Writes the attributes of XHTML that carry elements of one document."""

    def __init__(self, root: etree._Element) -> None:
        # Most documents declare their namespaces at the root.
        self._declares = etree.tostring(root).count(b"xmlns") > len(root.nsmap)
        self._root = root
        self.ids: set[str] = set()

    def identifier(self, node: etree._Element) -> str | None:
        """The ``xml:id`` of an element if XHTML can have it: a name, the first of its kind, none of ours."""
        identifier = node.get(_ID)
        if identifier is None or identifier in self.ids or identifier.startswith(OWN_ID):
            return None
        if not _NCNAME.fullmatch(identifier):
            return None
        self.ids.add(identifier)
        return identifier

    def attributes(self, node: etree._Element, identifier: str | None) -> str:
        """``id``, ``lang`` and ``data-tei`` of an element, each with a space before it."""
        found = [f' id="{identifier}"'] if identifier else []
        own: list[str] = []
        moved: list[str] = []  # what of ``own`` is a bare name
        for name, value in node.attrib.items():
            if name == _ID and identifier:
                moved.append("xml:id")
                own.append("xml:id")
            elif name == _LANG and (tag := language_tag(str(value))):
                found.append(f' lang="{tag}" xml:lang="{tag}"')
                if tag == value:
                    moved.append("xml:lang")
                    own.append("xml:lang")
                else:
                    # TEI's "eng" is no tag that a reader of XHTML knows.
                    own.append(f"xml:lang={_single(str(value))}")
            else:
                own.append(f"{self._name(node, str(name))}={_single(str(value))}")
        if moved and moved == sorted(moved) == own[: len(moved)]:
            own = own[len(moved) :]
        declared = self._declared(node) if self._declares or node is self._root else {}
        if declared or node.prefix is not None or node is self._root or name_of(node).startswith("{"):
            own[:0] = [
                f"{'xmlns:' + prefix if prefix else 'xmlns'}={_single(uri)}"
                for prefix, uri in declared.items()
            ]
            name = etree.QName(node).localname
            own.insert(0, f"<{node.prefix + ':' if node.prefix else ''}{name}")
        if own:
            found.append(f" data-tei={quoted(' '.join(own))}")
        return "".join(found)

    def _declared(self, node: etree._Element) -> Mapping[str | None, str]:
        """The namespaces that an element declares itself."""
        parent = node.getparent()
        above = parent.nsmap if parent is not None else {}
        own = {prefix: uri for prefix, uri in node.nsmap.items() if above.get(prefix) != uri}
        if None in above and None not in node.nsmap:
            own[None] = ""
        return own

    def _name(self, node: etree._Element, name: str) -> str:
        if not name.startswith("{"):
            return name
        if name.startswith(_XML):
            return f"xml:{name[len(_XML) :]}"
        uri, _, local = name[1:].partition("}")
        prefixes = [prefix for prefix, of in node.nsmap.items() if of == uri and prefix]
        if len(prefixes) > 1:
            # Only XPath tells which of them is written.
            return str(node.xpath("name(@*[$number])", number=list(node.attrib).index(name) + 1))
        return f"{prefixes[0]}:{local}"
