"""What pydantic found wrong in an edition file, in words for the person who wrote the file."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from tei.edition.rules import Key

_LONGEST_VALUE: Final = 60


def described_errors(
    error: ValidationError, model: type[BaseModel], raw: Mapping[str, Any]
) -> Iterator[tuple[Key, str]]:
    """The place of each error of ``model`` read from ``raw``, and what was found and would be right there."""
    for details in error.errors(include_url=False):
        place = _place_in(raw, details["loc"])
        yield place, _message(details, place, model)


def shown(value: object) -> str:
    """``value`` as a person wrote it, shortened when it is long."""
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
        return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in text) + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return str(value)[:_LONGEST_VALUE]


def _place_in(raw: Mapping[str, Any], location: tuple[int | str, ...]) -> Key:
    """``location`` without the marks that pydantic puts in for the branch of a union that it tried."""
    place: list[str | int] = []
    value: Any = raw
    for number, part in enumerate(location):
        is_last = number == len(location) - 1
        known = (
            part in value if isinstance(value, Mapping) else isinstance(value, list) and isinstance(part, int)
        )
        if known:
            value = value[part]
        if known or is_last:
            place.append(part)
    return tuple(place)


def _message(details: ErrorDetails, place: Key, model: type[BaseModel]) -> str:
    kind, value = details["type"], details["input"]
    field = _field_at(model, place)
    expected = field.description if field and field.description else ""
    if kind == "extra_forbidden":
        return _unknown_key(place, model)
    if kind == "missing":
        return f"is missing; expected {expected or 'a value'}"
    if kind == "value_error":
        return f"{shown(value)} {details['ctx']['error']}"
    if kind == "literal_error":
        allowed = _literals(field)
        return f"found {_kind_of(value)}{shown(value)}; expected {expected}{_nearest(value, allowed)}"
    found = f"found {_kind_of(value)}{shown(value)}"
    if kind.endswith("_type"):
        return f"{found}; expected {expected or details['msg']}"
    # A bound of the field's own, such as "Input should be greater than or equal to 1".
    bound = details["msg"].replace("Input should", "it should", 1)
    return f"{found}; {bound}; expected {expected}" if expected else f"{found}; {bound}"


def _unknown_key(place: Key, model: type[BaseModel]) -> str:
    around = _model_at(model, place[:-1])
    known = list(around.model_fields) if around else []
    nearest = _nearest(place[-1], known)
    if nearest:
        return f"unknown key{nearest}"
    return f"unknown key; known here: {', '.join(known)}" if known else "unknown key; take it out"


def _nearest(value: object, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(str(value).lower(), list(known), n=1)
    return f'; did you mean "{found[0]}"?' if found else ""


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return "the truth value "
    if isinstance(value, int | float):
        return "the number "
    if isinstance(value, dt.date | dt.time):
        return "a date without quotes, "
    return "the text " if isinstance(value, str) else ""


def _field_at(model: type[BaseModel], place: Key) -> FieldInfo | None:
    keys = [number for number, part in enumerate(place) if isinstance(part, str)]
    if not keys:
        return None
    around = _model_at(model, place[: keys[-1]])
    return around.model_fields.get(str(place[keys[-1]])) if around else None


def _model_at(model: type[BaseModel], place: Key) -> type[BaseModel] | None:
    found: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, int):
            continue
        field = found.model_fields.get(part) if found else None
        found = _model_in(field.annotation) if field else None
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found:
            return found
    return None


def _literals(field: FieldInfo | None) -> list[str]:
    return [value for value in get_args(field.annotation) if isinstance(value, str)] if field else []
