"""From the rules of an ODD to one ISO Schematron schema.

Each rule has a pattern of its own: within one pattern, only the first rule that fits a node is tried. The
language of the expressions is XPath 1.0 (``queryBinding="xslt"``), and they mean the same in XPath 2.0.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from schema.odd.model import Odd, ValueOf

_SCH: Final = "http://purl.oclc.org/dsdl/schematron"


def schematron(odd: Odd) -> etree._Element:
    """Return the schema of the rules of ``odd``, by their codes."""
    schema = etree.Element(f"{{{_SCH}}}schema", nsmap={None: _SCH}, attrib={"queryBinding": "xslt"})
    title = etree.SubElement(schema, f"{{{_SCH}}}title")
    title.text = f"The rules of {odd.title}"
    etree.SubElement(schema, f"{{{_SCH}}}ns", attrib={"prefix": "tei", "uri": odd.namespace})
    for each in odd.rules():
        pattern = etree.SubElement(schema, f"{{{_SCH}}}pattern")
        rule = etree.SubElement(pattern, f"{{{_SCH}}}rule", attrib={"context": each.context})
        remedy = f"{each.code}-remedy"
        check = {
            "id": each.code,
            "role": each.role,
            "see": each.see,
            "diagnostics": remedy,
            "test": each.test,
        }
        made = etree.SubElement(rule, f"{{{_SCH}}}assert", attrib=check)
        for piece in each.message:
            if isinstance(piece, ValueOf):
                etree.SubElement(made, f"{{{_SCH}}}value-of", attrib={"select": piece.select})
            elif len(made):
                made[-1].tail = piece
            else:
                made.text = piece
    diagnostics = etree.SubElement(schema, f"{{{_SCH}}}diagnostics")
    for each in odd.rules():
        named = {"id": f"{each.code}-remedy"}
        etree.SubElement(diagnostics, f"{{{_SCH}}}diagnostic", attrib=named).text = each.remedy
    return schema
