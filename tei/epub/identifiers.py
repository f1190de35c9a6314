"""The identifier of a text: one that its publisher gave it, or else one made from what its header says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml import etree

from tei.names import TEI_NS

_NAMESPACE: Final = uuid5(NAMESPACE_URL, TEI_NS)
_DOI: Final = re.compile(
    r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.[0-9]{4,9}/[^\s<>\"]+)", re.IGNORECASE
)
_UUID: Final = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URN: Final = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[^\s<>\"]+", re.IGNORECASE)
_ARK: Final = re.compile(r"ark:/?[0-9a-z]{5,}/[^\s<>\"]+", re.IGNORECASE)
# With a path behind the host: the address of a whole site is that of no single text.
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"/?#]+/[^\s<>\"]+", re.IGNORECASE)
# Files and databases number things for themselves; such a number says nothing elsewhere.
_ORDER: Final = ("doi", "isbn", "uuid", "urn", "ark", "handle", "uri", "url", "")


def public_identifier(numbers: Iterable[etree._Element], part: str) -> str:
    """The identifier among ``idno`` elements that means one thing all over the world, as a URI; or ``""``.

    A DOI goes before an ISBN, a UUID, a URN, an ARK, a handle and an address. ``part`` is the ``xml:id`` of
    the document: the files of a corpus often all carry the address of the corpus, and an EPUB must have one
    that is its own (EPUB 3.3, “The dc:identifier element”), so an address that does not name the part gets it
    as its fragment.
    """
    found: list[tuple[int, str]] = []
    for number in numbers:
        kinds = {(number.get(name) or "").strip().lower() for name in ("type", "subtype")}
        value = " ".join((number.text or "").split())
        for rank, kind in enumerate(_ORDER):
            if any(one.startswith(kind) if kind == "isbn" else one == kind for one in kinds):
                uri = _as_uri(kind, value)
                if uri:
                    found.append((rank, uri))
                    break
    if not found:
        return ""
    _, uri = min(found, key=lambda item: item[0])
    shared = uri.lower().startswith("http") and "#" not in uri
    return f"{uri}#{part}" if shared and part and part.lower() not in uri.lower() else uri


def made_identifier(seed: Iterable[str]) -> str:
    """A ``urn:uuid`` (RFC 9562, version 5) that is the same wherever ``seed`` is."""
    return uuid5(_NAMESPACE, "\x1f".join(seed)).urn


def text_digest(root: etree._Element) -> str:
    """The sha256 of all words of a document, for one whose header says nothing that tells it from others."""
    digest = hashlib.sha256()
    for text in root.itertext():
        digest.update(text.encode())
    return digest.hexdigest()


def _as_uri(kind: str, value: str) -> str:
    if kind == "isbn":
        return _isbn(value)
    doi = _DOI.fullmatch(value)
    if doi is not None and (kind == "doi" or not value.startswith("10.")):
        return f"https://doi.org/{doi['doi']}"
    if _UUID.fullmatch(value):
        return UUID(value.lower().removeprefix("urn:uuid:")).urn
    return value if any(form.fullmatch(value) for form in (_URN, _ARK, _ADDRESS)) else ""


def _isbn(value: str) -> str:
    """``urn:isbn:`` and the thirteen digits, where the last of them is right; else ``""``."""
    digits = re.sub(r"^(?:urn:)?isbn:?|[\s\u2010-\u2015-]", "", value, flags=re.IGNORECASE).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(weight * digit for weight, digit in zip(range(10, 0, -1), values, strict=True)) % 11:
            return ""
        digits = f"978{digits[:9]}"
        return f"urn:isbn:{digits}{-_weighted(digits) % 10}"
    if re.fullmatch(r"97[89][0-9]{10}", digits) and _weighted(digits) % 10 == 0:
        return f"urn:isbn:{digits}"
    return ""


def _weighted(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
