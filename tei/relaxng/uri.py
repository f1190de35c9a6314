"""References as the datatype ``anyURI`` takes them: RFC 2396 with any other character counted as escaped.

XML Schema 1.0 (part 2, section 3.2.17) says no more than that; what is left open is done as jing does it.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Final

_ESCAPED: Final = "%[0-9A-Fa-f]{2}"
_AUTHORITY: Final = rf"(?:[^%#?/\[\]]|{_ESCAPED})+"
_HOST: Final = r"(?:[^%#?/\[\]@]*@)?\[(?P<address>[0-9A-Fa-f:.]+)(?:%[0-9A-Za-z]+)?\](?::[0-9]*)?"
_PATH: Final = rf"(?:[^%#?\[\]]|{_ESCAPED})*"
_ANY: Final = rf"(?:[^%#]|{_ESCAPED})*"
_REFERENCE: Final = re.compile(
    # A scheme with anything behind it; or a scheme, an authority and a path, all of which may be missing.
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?:[^%#/]|{_ESCAPED}){_ANY}(?:\#{_ANY})?"
    rf"|(?:[A-Za-z][A-Za-z0-9+.\-]*:(?=/)|(?![^/?\#]*:))"
    rf"(?://(?:{_HOST}(?=[/?\#]|\Z)|{_AUTHORITY}(?=[/?\#]|\Z)|(?=[/?\#]))|(?!//)){_PATH}(?:\?{_ANY})?(?:\#{_ANY})?",
    re.DOTALL,
)
_PLAIN: Final = re.compile(r"#?[A-Za-z0-9._\-]*", re.ASCII)


def is_uri(text: str) -> bool:
    """Say whether ``text`` is a reference, absolute or relative; white space around it is not expected."""
    if _PLAIN.fullmatch(text):
        return True
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return False
    address = match["address"]
    if address is None:
        return True
    try:
        IPv6Address(address)
    except AddressValueError:
        return False
    return True
