"""``char``: what is known of a character that XML cannot carry (TEI Guidelines, 5.2)."""

from __future__ import annotations

import unicodedata
from typing import Final

from lxml import etree

from tei.header.elements import add
from tei.names import character_id

# Control characters have no name in Unicode; these are their aliases (NameAliases.txt, type control).
_ALIASES: Final = (
    "NULL",
    "START OF HEADING",
    "START OF TEXT",
    "END OF TEXT",
    "END OF TRANSMISSION",
    "ENQUIRY",
    "ACKNOWLEDGE",
    "ALERT",
    "BACKSPACE",
    "CHARACTER TABULATION",
    "LINE FEED",
    "LINE TABULATION",
    "FORM FEED",
    "CARRIAGE RETURN",
    "SHIFT OUT",
    "SHIFT IN",
    "DATA LINK ESCAPE",
    "DEVICE CONTROL ONE",
    "DEVICE CONTROL TWO",
    "DEVICE CONTROL THREE",
    "DEVICE CONTROL FOUR",
    "NEGATIVE ACKNOWLEDGE",
    "SYNCHRONOUS IDLE",
    "END OF TRANSMISSION BLOCK",
    "CANCEL",
    "END OF MEDIUM",
    "SUBSTITUTE",
    "ESCAPE",
    "INFORMATION SEPARATOR FOUR",
    "INFORMATION SEPARATOR THREE",
    "INFORMATION SEPARATOR TWO",
    "INFORMATION SEPARATOR ONE",
)
_FIRST_PICTURE: Final = 0x2400  # SYMBOL FOR NULL; the others follow in the order of the controls


def add_character(declaration: etree._Element, character: str) -> None:
    """A ``char`` for ``character``, with the id that ``g`` points at, as the next child of ``charDecl``.

    The code point says which character it is; a control character also has its alias and,
    for readers that want to show something, the picture that Unicode has for it.
    """
    code = ord(character)
    entry = add(declaration, "char", xml_id=character_id(character))
    if code < len(_ALIASES):
        add(entry, "unicodeProp", name="Name_Alias", value=_ALIASES[code])
    add(entry, "unicodeProp", name="General_Category", value=unicodedata.category(character))
    add(entry, "localProp", name="codePoint", value=f"U+{code:04X}")
    if code < len(_ALIASES):
        add(entry, "mapping", chr(_FIRST_PICTURE + code), type="picture")
