"""What is left of a pattern behind something: the derivatives of James Clark's algorithm.

His pattern "after" is not needed: what a start tag leaves is given as pairs of an element, whose content
comes next, and the pattern that is left behind its end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from tei.relaxng.names import contains
from tei.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Patterns,
    Value,
    parts_of,
)

Opened = tuple[tuple[Element, Pattern], ...]
"""Pairs of an element that may begin and what is left behind it; each element once."""

_SPACE: Final = " \t\n\r"
_BLANKS: Final = str.maketrans("\t\n\r", "   ")


def blank(text: str) -> bool:
    """Say whether ``text`` is nothing but the white space of XML."""
    return not text.strip(_SPACE)


class Derivatives:
    """The derivatives of the patterns that ``patterns`` makes."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    # ---- start tags

    def opened(self, pattern: Pattern, name: str) -> Opened:
        """Return what a start tag ``name`` leaves of ``pattern``; nothing where it has no place."""
        if pattern.__class__ is Element:
            matches = contains(pattern.name, name)
            return ((pattern, EMPTY),) if matches else ()
        known = pattern.opened
        if known is None:
            if not parts_of(pattern):
                return ()
            known = pattern.opened = {}
        found = known.get(name)
        if found is None:
            found = known[name] = self._opened(pattern, name)
        return found

    def _opened(self, pattern: Pattern, name: str) -> Opened:
        patterns = self.patterns
        pairs: list[tuple[Element, Pattern]] = []
        if isinstance(pattern, Choice):
            for option in pattern.options:
                if option.__class__ is Element and option.name.__class__ is str:
                    if option.name == name:
                        pairs.append((option, EMPTY))
                else:
                    pairs += self.opened(option, name)
        elif isinstance(pattern, OneOrMore):
            again = patterns.optional(pattern)
            pairs = [(e, patterns.group(rest, again)) for e, rest in self.opened(pattern.body, name)]
        elif isinstance(pattern, Interleave):
            left, right = pattern.left, pattern.right
            pairs = [(e, patterns.interleave(rest, right)) for e, rest in self.opened(left, name)]
            pairs += [(e, patterns.interleave(left, rest)) for e, rest in self.opened(right, name)]
        else:
            # Down the spine of a group without recursion: it may be long.
            while isinstance(pattern, Group):
                following = pattern.right
                pairs += [(e, patterns.group(rest, following)) for e, rest in self.opened(pattern.left, name)]
                if not pattern.left.nullable:
                    break
                pattern = following
            else:
                pairs += self.opened(pattern, name)
        return self.merged(pairs)

    def merged(self, pairs: list[tuple[Element, Pattern]]) -> Opened:
        """Return ``pairs`` with each element once: what is left behind it is a choice then."""
        if len(pairs) < 2:
            return tuple(pairs)
        by_element: dict[Element, list[Pattern]] = {}
        for element, rest in pairs:
            by_element.setdefault(element, []).append(rest)
        return tuple(
            (element, rests[0] if len(rests) == 1 else self.patterns.choice(rests))
            for element, rests in by_element.items()
        )

    # ---- text

    def text(self, pattern: Pattern, value: str) -> Pattern:
        """Return what the text ``value`` leaves of ``pattern``."""
        return self._text(pattern, value, {})

    def _text(self, pattern: Pattern, value: str, known: dict[Pattern, Pattern]) -> Pattern:
        if not (pattern.texts or pattern.strings):
            return NOT_ALLOWED
        if pattern is TEXT:
            return TEXT
        found = known.get(pattern)
        if found is not None:
            return found
        patterns = self.patterns
        if isinstance(pattern, Choice):
            found = patterns.choice([self._text(option, value, known) for option in pattern.options])
        elif isinstance(pattern, Group):
            found = patterns.group(self._text(pattern.left, value, known), pattern.right)
            if pattern.left.nullable:
                found = patterns.choice((found, self._text(pattern.right, value, known)))
        elif isinstance(pattern, Interleave):
            found = patterns.choice(
                (
                    patterns.interleave(self._text(pattern.left, value, known), pattern.right),
                    patterns.interleave(pattern.left, self._text(pattern.right, value, known)),
                )
            )
        elif isinstance(pattern, OneOrMore):
            found = patterns.group(self._text(pattern.body, value, known), patterns.optional(pattern))
        else:
            found = EMPTY if self._is(pattern, value) else NOT_ALLOWED
        known[pattern] = found
        return found

    def _is(self, pattern: Pattern, value: str) -> bool:
        if isinstance(pattern, Data):
            excluded = pattern.excluded
            return bool(pattern.type.allows(value)) and (excluded is None or not self.holds(excluded, value))
        if isinstance(pattern, Value):
            return bool(pattern.type.allows(value)) and pattern.type.key(value) == pattern.key
        return isinstance(pattern, List) and self._words(pattern.body, value)

    def _words(self, body: Pattern, value: str) -> bool:
        words = value.split() if value.isascii() else [w for w in _split(value) if w]
        single = _repeated(body)
        if single is not None:
            return all(self._is_word(single, word) for word in words) and (bool(words) or body.nullable)
        for word in words:
            body = self.text(body, word)
            if body is NOT_ALLOWED:
                return False
        return body.nullable

    def _is_word(self, pattern: Pattern, word: str) -> bool:
        if isinstance(pattern, Choice):
            return any(self._is(option, word) for option in pattern.options)
        return self._is(pattern, word)

    def holds(self, pattern: Pattern, value: str) -> bool:
        """Say whether ``value`` is all that stands where ``pattern`` is expected: an attribute, say."""
        if pattern is TEXT or (pattern.nullable and blank(value)):
            return True
        if isinstance(pattern, Data | Value | List):
            return self._is(pattern, value)
        return self.text(pattern, value).nullable

    # ---- attributes

    def attribute(self, pattern: Pattern, name: str, accepted: Collection[Pattern]) -> Pattern:
        """Return what the attribute ``name``, whose value matches ``accepted``, leaves of ``pattern``."""
        return self._attribute(pattern, name, accepted, {})

    def _attribute(
        self, pattern: Pattern, name: str, accepted: Collection[Pattern], known: dict[Pattern, Pattern]
    ) -> Pattern:
        if not pattern.attributes:
            return NOT_ALLOWED
        found = known.get(pattern)
        if found is not None:
            return found
        patterns = self.patterns
        if isinstance(pattern, Attribute):
            found = EMPTY if pattern.value in accepted and contains(pattern.name, name) else NOT_ALLOWED
        elif isinstance(pattern, Choice):
            found = patterns.choice([self._attribute(o, name, accepted, known) for o in pattern.options])
        elif isinstance(pattern, Group | Interleave):
            join = patterns.group if isinstance(pattern, Group) else patterns.interleave
            left, right = pattern.left, pattern.right
            found = patterns.choice(
                (
                    join(self._attribute(left, name, accepted, known), right),
                    join(left, self._attribute(right, name, accepted, known)),
                )
            )
        elif isinstance(pattern, OneOrMore):
            left = self._attribute(pattern.body, name, accepted, known)
            found = patterns.group(left, patterns.optional(pattern))
        else:
            found = NOT_ALLOWED
        known[pattern] = found
        return found

    def closed(self, pattern: Pattern, *, missing: Pattern = NOT_ALLOWED) -> Pattern:
        """Return what the end of a start tag leaves: attributes still expected become ``missing``."""
        return self._closed(pattern, missing, {})

    def _closed(self, pattern: Pattern, missing: Pattern, known: dict[Pattern, Pattern]) -> Pattern:
        if not pattern.attributes:
            return pattern
        if isinstance(pattern, Attribute):
            return missing
        found = known.get(pattern)
        if found is None:
            found = known[pattern] = self._rebuilt(pattern, lambda part: self._closed(part, missing, known))
        return found

    def _rebuilt(self, pattern: Pattern, change: Callable[[Pattern], Pattern]) -> Pattern:
        patterns = self.patterns
        if isinstance(pattern, Choice):
            return patterns.choice([change(option) for option in pattern.options])
        if isinstance(pattern, Group):
            return patterns.group(change(pattern.left), change(pattern.right))
        if isinstance(pattern, Interleave):
            return patterns.interleave(change(pattern.left), change(pattern.right))
        if isinstance(pattern, OneOrMore):
            return patterns.more(change(pattern.body))
        return pattern

    # ---- going on behind a mistake

    def later(self, pattern: Pattern, name: str) -> Opened:
        """Return what an element ``name`` leaves if whatever must stand before it were there."""
        return self.merged(self._skipping(pattern, name, {}))

    def _skipping(
        self, pattern: Pattern, name: str | None, known: dict[Pattern, list[tuple[Element, Pattern]]]
    ) -> list[tuple[Element, Pattern]]:
        """Pairs for an element ``name``, whatever should be before it; ``None``: for any that is next."""
        if isinstance(pattern, Element):
            return [(pattern, EMPTY)] if name is None or contains(pattern.name, name) else []
        if pattern in known:
            return known[pattern]
        patterns = self.patterns
        pairs: list[tuple[Element, Pattern]] = []
        if isinstance(pattern, Choice):
            for option in pattern.options:
                pairs += self._skipping(option, name, known)
        elif isinstance(pattern, OneOrMore):
            again = patterns.optional(pattern)
            pairs = [
                (e, patterns.group(rest, again)) for e, rest in self._skipping(pattern.body, name, known)
            ]
        elif isinstance(pattern, Interleave):
            left, right = pattern.left, pattern.right
            pairs = [(e, patterns.interleave(rest, right)) for e, rest in self._skipping(left, name, known)]
            pairs += [(e, patterns.interleave(left, rest)) for e, rest in self._skipping(right, name, known)]
        elif isinstance(pattern, Group):
            right = pattern.right
            pairs = [
                (e, patterns.group(rest, right)) for e, rest in self._skipping(pattern.left, name, known)
            ]
            if name is not None or pattern.left.nullable:
                pairs += self._skipping(right, name, known)
        known[pattern] = pairs = list(self.merged(pairs))
        return pairs

    def behind_any(self, pattern: Pattern) -> Pattern:
        """Return what is left if the next element, whichever it is, is taken as read."""
        return self.patterns.choice([rest for _, rest in self._skipping(pattern, None, {})])


def first_elements(pattern: Pattern) -> list[Element]:
    """Return the elements that may come next, each once, in the order of the schema."""
    found: dict[Element, None] = {}
    seen: set[Pattern] = {pattern}
    ahead = [pattern]
    while ahead:
        part = ahead.pop()
        if isinstance(part, Element):
            found[part] = None
            continue
        parts = parts_of(part)
        if isinstance(part, Group) and not part.left.nullable:
            parts = (part.left,)
        for child in reversed(parts):
            if child not in seen:
                seen.add(child)
                ahead.append(child)
    return list(found)


def first_strings(pattern: Pattern) -> list[Pattern]:
    """Return the data, values and lists that may come next."""
    seen: set[Pattern] = {pattern}
    ahead = [pattern]
    found: list[Pattern] = []
    while ahead:
        part = ahead.pop()
        if isinstance(part, Data | Value | List):
            found.append(part)
        for child in reversed(parts_of(part)):
            if child not in seen:
                seen.add(child)
                ahead.append(child)
    return found


def split(patterns: Patterns, pattern: Pattern) -> tuple[dict[str, tuple[Attribute, bool]], Pattern]:
    """Take the attributes that stand alone out of ``pattern``.

    Return them by name, each with whether it is required, and the pattern without them. An attribute in a
    choice with anything but nothing, or of no single name, stays in the pattern: there its derivatives
    decide.
    """
    alone: dict[str, tuple[Attribute, bool]] = {}
    return alone, _without(patterns, pattern, alone)


def _without(patterns: Patterns, pattern: Pattern, alone: dict[str, tuple[Attribute, bool]]) -> Pattern:
    if not pattern.attributes:
        return pattern
    if isinstance(pattern, Group | Interleave):
        join = patterns.group if isinstance(pattern, Group) else patterns.interleave
        return join(_without(patterns, pattern.left, alone), _without(patterns, pattern.right, alone))
    attribute, required = pattern, True
    if isinstance(pattern, Choice) and len(pattern.options) == 2 and EMPTY in pattern.options:
        attribute, required = next(option for option in pattern.options if option is not EMPTY), False
    if isinstance(attribute, Attribute) and isinstance(attribute.name, str) and attribute.name not in alone:
        alone[attribute.name] = (attribute, required)
        return EMPTY
    return pattern


def _repeated(body: Pattern) -> Pattern | None:
    """The pattern of one word, where ``body`` is any number of the same."""
    if isinstance(body, Choice) and len(body.options) == 2 and EMPTY in body.options:
        body = next(option for option in body.options if option is not EMPTY)
    if not isinstance(body, OneOrMore):
        return None
    words = body.body.options if isinstance(body.body, Choice) else (body.body,)
    return body.body if all(isinstance(word, Data | Value) for word in words) else None


def _split(value: str) -> list[str]:
    return value.translate(_BLANKS).split(" ")
