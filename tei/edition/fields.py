"""What every section of ``edition.toml`` is built from: the base class and the checked kinds of value.

A validator's message ends a sentence that begins with the value found: it says what is
wrong and what would be right. A field's ``description`` says what belongs there; the
loader quotes it when the value has the wrong type or is missing.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from tei.names import FORBIDDEN


class Section(BaseModel):
    """Base of every table of an edition file: immutable, strict, and closed to unknown keys.

    A list of values is declared ``Annotated[tuple[X, ...], LIST]``, so that nothing in a section can change.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_NAME_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# Nearly all are plain, and the pattern of the others takes long to compile.
_PLAIN_NCNAME: Final = re.compile("[A-Z_a-z][-.0-9A-Z_a-z]*")
_NCNAME: Final = f"[{_NAME_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_NAME_START}]*"
# Ids that the encoder gives out itself: pages (p12), notes (n12.1), characters (u000C), divisions (part-ii).
_MADE_BY_THE_PROGRAM: Final = re.compile(r"[pn][0-9].*|u[0-9A-F]{4,6}|(?:part|chapter|appendix)-.*")
# BCP 47 (RFC 5646, section 2.1) without the grandfathered tags.
_LANGUAGE_TAG: Final = re.compile(
    r"""(?xi: (?: [a-z]{2,3} (?:-[a-z]{3}){0,3}           # language, extended language
                  (?:-[a-z]{4})?                          # script
                  (?:-(?:[a-z]{2}|[0-9]{3}))?             # region
                  (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*  # variants
                  (?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*     # extensions
                  (?:-x(?:-[a-z0-9]{1,8})+)?              # private use
              ) | x(?:-[a-z0-9]{1,8})+ )"""
)
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_NO_SPACE: Final = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ufffe\uffff]+")


def _xml_text(value: str) -> str:
    bad = FORBIDDEN.search(value)
    if bad:
        raise ValueError(f"holds U+{ord(bad.group()):04X}, a character that XML cannot carry; take it out")
    if not value.strip():
        raise ValueError("is empty; write the text, or leave the key out where it may be left out")
    return value


def _line(value: str) -> str:
    return _folded(_xml_text(value))


def _prose(value: str) -> str:
    return "\n\n".join(paragraphs(_xml_text(value)))


def _ncname(value: str) -> str:
    if not (_PLAIN_NCNAME.fullmatch(value) or re.fullmatch(_NCNAME, value)):
        raise ValueError(
            "is no XML name; begin with a letter or _, go on with letters, digits, '.', '-' and '_'"
        )
    return value


def _own_id(value: str) -> str:
    if _MADE_BY_THE_PROGRAM.fullmatch(_ncname(value)):
        raise ValueError(
            "looks like an id that the program gives out itself (p12 pages, n12.1 notes, u000C characters, "
            "part-ii divisions); "
            "choose another, such as a name"
        )
    return value


def _language(value: str) -> str:
    if not _LANGUAGE_TAG.fullmatch(value):
        raise ValueError(
            'is no language tag (BCP 47); write for instance "en", "en-GB", "grc", or "und" when undetermined'
        )
    return value


def _iso_date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if not match:
        raise ValueError('is no ISO date; write "YYYY", "YYYY-MM" or "YYYY-MM-DD"')
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError(f"is no date that exists ({error}); write a year, month and day that do") from None
    return value


def _url(value: str) -> str:
    message = 'is no web address; write one that begins with "https://" or "http://", without spaces'
    if not _NO_SPACE.fullmatch(value):
        raise ValueError(message)
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValueError(message) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(message)
    return value


def _reference(value: str) -> str:
    if value.startswith("#"):
        try:
            _ncname(value[1:])
        except ValueError:
            raise ValueError(
                'is no reference; write "#" and the id of a person, group, organization or responsibility'
            ) from None
        return value
    try:
        return _url(value)
    except ValueError:
        raise ValueError(
            'is no reference; write "#" and the id of a person, group, organization or responsibility, '
            "or a web address"
        ) from None


def _pointers(value: str) -> str:
    for pointer in value.split() or [""]:
        try:
            _ncname(pointer.removeprefix("#") if pointer.startswith("#") else "")
        except ValueError:
            raise ValueError('is no pointer; write "#" and an id, several with spaces between') from None
    return value


def _pointers_or_none(value: str) -> str:
    return value if value == "none" else _pointers(value)


def _sha256(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", value):
        raise ValueError("is no SHA-256; write the 64 digits 0-9 a-f that `sha256sum` prints for the file")
    return value


def _word(value: str) -> str:
    if not _WORD.fullmatch(value):
        raise ValueError(
            "is not one plain word; begin with a letter, go on with letters A-Z, digits, '.', '-' and '_'"
        )
    return value


def _file_name(value: str) -> str:
    parts = _xml_text(value).split("/")
    if "\\" in value or ":" in value or any(part in {"", ".", ".."} for part in parts):
        raise ValueError('is no file of this edition; write a path below its directory, such as "source.txt"')
    return value


def _codec(value: str) -> str:
    try:
        "".encode(value)
    except (LookupError, ValueError):
        raise ValueError(
            'is no character encoding; write for instance "utf-8", "utf-16-le", "latin-1" or "cp1252", '
            "or leave the key out to have it detected"
        ) from None
    return value


def paragraphs(prose: str) -> list[str]:
    """The paragraphs of ``prose``, which blank lines set apart; white space inside them is folded."""
    return [_folded(part) for part in re.split(r"\n[ \t\r]*\n", prose) if part.strip()]


def _folded(text: str) -> str:
    # XML's white space only: a no-break space is a character of the text.
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Line = Annotated[str, AfterValidator(_line)]
"""Text of one line; white space is folded."""
Prose = Annotated[str, AfterValidator(_prose)]
"""One or more paragraphs, set apart by blank lines."""
OwnId = Annotated[str, AfterValidator(_own_id)]
"""A name for ``xml:id`` that cannot meet the ids that the encoder gives to pages, notes and characters."""
LanguageTag = Annotated[str, AfterValidator(_language)]
"""A BCP 47 tag, checked for its form."""
IsoDate = Annotated[str, AfterValidator(_iso_date)]
"""``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, a date that exists."""
WebAddress = Annotated[str, AfterValidator(_url)]
"""An ``http`` or ``https`` address."""
Reference = Annotated[str, AfterValidator(_reference)]
"""``#id`` of something in the same file, or a web address."""
Pointers = Annotated[str, AfterValidator(_pointers)]
"""``#id``, or several of them with spaces between."""
PointersOrNone = Annotated[str, AfterValidator(_pointers_or_none)]
"""The same, or ``none`` to deny that there is one."""
Sha256 = Annotated[str, AfterValidator(_sha256)]
"""64 lower-case hexadecimal digits."""
Word = Annotated[str, AfterValidator(_word)]
"""One word of ASCII letters, digits and ``.-_`` (an instance of TEI's ``teidata.enumerated``)."""
FileName = Annotated[str, AfterValidator(_file_name)]
"""A path below the edition's directory, with ``/``."""
Codec = Annotated[str, AfterValidator(_codec)]
"""The name of a text encoding that Python knows."""
LIST: Final = BeforeValidator(_as_tuple)
"""Marks a tuple that is written as a list: ``Annotated[tuple[Name, ...], LIST]``."""
