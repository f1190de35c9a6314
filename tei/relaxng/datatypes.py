"""The datatypes of values: the two of RELAX NG itself, and those of XML Schema 1.0 (part 2).

Where XML Schema leaves room, or jing takes more or less than it says, jing is followed: schemas are made
and files judged by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, NamedTuple

from tei.relaxng.calendar import CALENDAR, calendar_value, compare
from tei.relaxng.regex import RegexError, compile_regex
from tei.relaxng.steady import Matcher
from tei.relaxng.uri import is_uri

BUILT_IN: Final = ""
XSD: Final = "http://www.w3.org/2001/XMLSchema-datatypes"
_SPACE: Final = " \t\n\r"
_REPLACED: Final = str.maketrans("\t\n\r", "   ")


class DatatypeError(ValueError):
    """A datatype or a parameter that is not known, or not sound."""


Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Datatype:
    """A datatype with its parameters: ``allows`` takes the text of a value and says whether it is one.

    ``key`` gives the same for equal values (section 6.2.9); it is only asked about values that are allowed.
    """

    name: str
    allows: Callable[[str], object]
    key: Callable[[str], Hashable]
    parameters: Parameters = ()


def _squeeze(text: str) -> str:
    if " " not in text and text.isprintable():
        return text  # nothing to squeeze, as in most values
    # Only the four white space characters of XML: a no-break space is part of the value.
    return " ".join(part for part in text.translate(_REPLACED).split(" ") if part)


class _Kind(NamedTuple):
    """What is particular to a type: its white space, its lexical space, its values."""

    lexical: Callable[[str], object] | None = None
    value: Callable[[str], Any] | None = None  # None where the value is the text itself
    white_space: str = "collapse"
    length: Callable[[str], int] = len
    family: str = "string"


@lru_cache(maxsize=4096)
def datatype(library: str, name: str, parameters: Parameters = ()) -> Datatype:
    """Return the datatype ``name`` of ``library`` with ``parameters``.

    :raises DatatypeError: there is no such datatype or parameter, or a parameter has no sense.
    """
    if library == BUILT_IN:
        if name not in ("string", "token"):
            raise DatatypeError(f"there is no datatype “{name}” in RELAX NG itself")
        if parameters:
            raise DatatypeError(f"the datatype “{name}” of RELAX NG takes no parameters")
        return Datatype(name, _everything, _squeeze if name == "token" else str)
    if library != XSD:
        raise DatatypeError(f"the datatype library {library} is not known")
    kind = _KINDS.get(name)
    if kind is None:
        raise DatatypeError(f"there is no datatype “{name}” in XML Schema")
    normal = _WHITE_SPACE[kind.white_space]
    value = kind.value
    key: Callable[[str], Hashable] = normal if value is None else lambda text: value(normal(text))
    tests: list[Callable[[str], object]] = [] if kind.lexical is None else [kind.lexical]
    tests += [_facet(kind, facet, argument) for facet, argument in parameters]
    return Datatype(name, _allowed(normal, tests), key, parameters)


def _allowed(
    normal: Callable[[str], str], tests: Sequence[Callable[[str], object]]
) -> Callable[[str], object]:
    if not tests:
        return _everything
    if len(tests) == 1:
        test = tests[0]
        return lambda text: test(normal(text))

    def allows(text: str) -> bool:
        text = normal(text)
        return all(test(text) for test in tests)

    return allows


def _preserve(text: str) -> str:
    return text


def _everything(_: str) -> bool:
    return True


def _replace(text: str) -> str:
    return text.translate(_REPLACED)


_WHITE_SPACE: Final[dict[str, Callable[[str], str]]] = {
    "preserve": _preserve,
    "replace": _replace,
    "collapse": _squeeze,
}


# ---- parameters


def _facet(kind: _Kind, name: str, argument: str) -> Callable[[str], object]:
    if name == "pattern":
        try:
            return compile_regex(argument)
        except RegexError as problem:
            raise DatatypeError(f"not a regular expression of XML Schema: {argument}: {problem}") from problem
    if name in ("length", "minLength", "maxLength"):
        return _length_facet(kind, name, argument)
    if name in ("totalDigits", "fractionDigits"):
        return _digits_facet(kind, name, argument)
    if name in _BOUNDS:
        return _bound_facet(kind, name, argument)
    raise DatatypeError(f"there is no parameter “{name}”")


def _number(name: str, argument: str) -> int:
    text = argument.strip(_SPACE)
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise DatatypeError(f"{name} needs a number, not “{argument}”")
    return int(text)


def _length_facet(kind: _Kind, name: str, argument: str) -> Callable[[str], object]:
    if kind.family not in ("string", "list"):
        raise DatatypeError(f"{name} has no sense for this datatype")
    number, length = _number(name, argument), kind.length
    if name == "length":
        return lambda text: length(text) == number
    if name == "minLength":
        return lambda text: length(text) >= number
    return lambda text: length(text) <= number


def _digits_facet(kind: _Kind, name: str, argument: str) -> Callable[[str], object]:
    if kind.family != "decimal":
        raise DatatypeError(f"{name} has no sense for this datatype")
    number = _number(name, argument)

    def count(text: str) -> bool:
        whole, _, fraction = text.strip("+-").partition(".")
        return len(fraction) + (len(whole.lstrip("0")) if name == "totalDigits" else 0) <= number

    return count


_BOUNDS: Final[dict[str, Callable[[int], bool]]] = {
    "minInclusive": lambda order: order >= 0,
    "minExclusive": lambda order: order > 0,
    "maxInclusive": lambda order: order <= 0,
    "maxExclusive": lambda order: order < 0,
}


def _bound_facet(kind: _Kind, name: str, argument: str) -> Callable[[str], object]:
    if kind.family not in ("decimal", "float", "calendar") or kind.value is None:
        raise DatatypeError(f"{name} has no sense for this datatype")
    text, value, accept, calendar = _squeeze(argument), kind.value, _BOUNDS[name], kind.family == "calendar"
    if kind.lexical is not None and not kind.lexical(text):
        raise DatatypeError(f"{name} needs a value of the datatype, not “{argument}”")
    bound = value(text)

    def within(text: str) -> bool:
        found = value(text)
        if found is None or found != found:  # noqa: PLR0124 - what is not a number differs from itself
            return False
        order = compare(found, bound) if calendar else (found > bound) - (found < bound)
        return order is not None and accept(order)

    return within


# ---- the types


def _pattern(expression: str) -> Matcher:
    return re.compile(expression, re.ASCII).fullmatch


def _ranged(least: int | None, most: int | None) -> _Kind:
    digits = _pattern(r"[+\-]?[0-9]+")

    def lexical(text: str) -> bool:
        if not digits(text):
            return False
        number = _decimal(text)
        return (least is None or number >= least) and (most is None or number <= most)

    return _Kind(lexical, _decimal, family="decimal")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _float(text: str) -> float:
    return float(text)


def _calendar(name: str) -> _Kind:
    return _Kind(
        lambda text: calendar_value(name, text) is not None,
        lambda text: calendar_value(name, text),
        family="calendar",
    )


def _names(first: str, further: str = r"\c") -> Matcher:
    return compile_regex(f"{first}{further}*")


_ncname: Final = _names(r"[\i-[:]]", r"[\c-[:]]")
_name: Final = _names(r"\i")
_token: Final = compile_regex(r"\c+")


def _qname(text: str) -> bool:
    prefix, colon, rest = text.partition(":")
    return bool(_ncname(prefix) and (not colon or _ncname(rest)))


def _listed(test: Matcher) -> _Kind:
    return _Kind(
        lambda text: text != "" and all(test(part) for part in text.split(" ")),
        lambda text: tuple(text.split(" ")),
        length=lambda text: len(text.split(" ")),
        family="list",
    )


def _base64_length(text: str) -> int:
    plain = text.replace(" ", "")
    return len(plain) * 3 // 4 - plain.count("=")


_base64: Final = _pattern(
    r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|"
    r"[A-Za-z0-9+/] ?[AQgw] ?= ?=)?"
)
_float_kind: Final = _Kind(
    _pattern(r"[+\-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+\-]?[0-9]+)?|-?INF|NaN"), _float, family="float"
)
_KINDS: Final[dict[str, _Kind]] = {
    "string": _Kind(white_space="preserve"),
    "normalizedString": _Kind(white_space="replace"),
    "token": _Kind(),
    "language": _Kind(_pattern(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")),
    "Name": _Kind(_name),
    **dict.fromkeys(("NCName", "ID", "IDREF"), _Kind(_ncname)),
    # No file that is read here declares an entity or a notation.
    "ENTITY": _Kind(lambda _: False),
    "ENTITIES": _Kind(lambda _: False, family="list", length=lambda text: len(text.split(" "))),
    "NMTOKEN": _Kind(_token),
    "NMTOKENS": _listed(_token),
    "IDREFS": _listed(_ncname),
    "anyURI": _Kind(is_uri),
    "QName": _Kind(_qname),
    "NOTATION": _Kind(_qname),
    "boolean": _Kind(_pattern("true|false|1|0"), lambda text: text in ("true", "1"), family="boolean"),
    "hexBinary": _Kind(_pattern("(?:[0-9A-Fa-f]{2})*"), str.lower, length=lambda text: len(text) // 2),
    "base64Binary": _Kind(_base64, lambda text: text.replace(" ", ""), length=_base64_length),
    "decimal": _Kind(_pattern(r"[+\-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"), _decimal, family="decimal"),
    "float": _float_kind,
    "double": _float_kind,
    **{name: _calendar(name) for name in sorted(CALENDAR)},
    "integer": _ranged(None, None),
    "nonPositiveInteger": _ranged(None, 0),
    "negativeInteger": _ranged(None, -1),
    "nonNegativeInteger": _ranged(0, None),
    "positiveInteger": _ranged(1, None),
    **{
        name: _ranged(-(2**bits), 2**bits - 1)
        for name, bits in (("byte", 7), ("short", 15), ("int", 31), ("long", 63))
    },
    **{
        name: _ranged(0, 2**bits - 1)
        for name, bits in (
            ("unsignedByte", 8),
            ("unsignedShort", 16),
            ("unsignedInt", 32),
            ("unsignedLong", 64),
        )
    },
}
