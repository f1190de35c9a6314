"""The automaton that a schema is: states, and steps between them, made when first needed.

A state is what content may still come: a pattern, or several of them side by side where an element has
several definitions in one place. Every step is worked out once, by derivatives, and then looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tei.relaxng.derivatives import Derivatives, blank, split
from tei.relaxng.grammar import Grammar
from tei.relaxng.names import contains
from tei.relaxng.patterns import (
    NOT_ALLOWED,
    Attribute,
    Data,
    Element,
    Pattern,
    Patterns,
    attributes_in,
)

MAX_STATES: Final = 50_000
"""How many states are kept; beyond that all are forgotten and made again when needed."""
MAX_VALUES: Final = 2_000
"""How many values of one attribute or state are remembered."""
_LONGEST: Final = 200  # a longer value is not worth remembering


class Content:
    """A state inside of an element: what may still come there."""

    __slots__ = ("children", "lax", "nullable", "patterns", "strings", "text", "values")

    def __init__(self, patterns: tuple[Pattern, ...], *, lax: bool = False) -> None:
        self.patterns = patterns
        self.lax = lax
        """Nothing is expected and everything allowed: inside of an element that is not known."""
        self.nullable = lax or any(pattern.nullable for pattern in patterns)
        self.strings = any(pattern.strings for pattern in patterns)
        """The text matters: it has a datatype."""
        self.children: dict[str, Step] = {}
        self.text: Content | None = self if lax else None
        """The state behind a text, where it is known."""
        self.values: dict[str, Content] = {}


class Opening:
    """A state inside of a start tag: what attributes may come, and what content behind them."""

    __slots__ = ("bare", "closed", "patterns", "shapes", "slots")

    def __init__(
        self, patterns: tuple[Pattern, ...], shapes: tuple[Shape, ...], bare: Content | None
    ) -> None:
        self.patterns = patterns
        self.shapes = shapes
        self.bare = bare
        """The content if there are no attributes; ``None`` if some are required."""
        self.slots: dict[str, Slot] = {}
        self.closed: dict[tuple[Reading, ...], Content] = {}


class Shape:
    """The content of an element: attributes that stand alone by name, and the rest of the pattern."""

    __slots__ = ("alone", "required", "rest")

    def __init__(self, alone: dict[str, tuple[Attribute, bool]], rest: Pattern) -> None:
        self.alone = alone
        self.rest = rest
        self.required = frozenset(name for name, (_, required) in alone.items() if required)


class Reading:
    """An attribute with a value: which patterns it matches. Equal readings are the same object."""

    __slots__ = ("accepted", "name")

    def __init__(self, name: str, accepted: frozenset[Pattern]) -> None:
        self.name = name
        self.accepted = accepted


class Slot:
    """One attribute of an element: the patterns that its value may match, and the values seen so far."""

    __slots__ = ("known", "name", "patterns", "readings", "unique")

    def __init__(self, name: str, patterns: tuple[Pattern, ...]) -> None:
        self.name = name
        self.patterns = patterns
        self.known: dict[str, Reading] = {}
        self.readings: dict[frozenset[Pattern], Reading] = {}
        # An id never comes twice: nothing is gained by remembering it.
        self.unique = any(isinstance(p, Data) and p.type.name == "ID" for p in patterns)


class Step:
    """The step into an element and, at its end, out of it."""

    __slots__ = ("after", "ids", "name", "opening", "outcomes", "pairs")

    def __init__(
        self,
        name: str,
        opening: Opening,
        after: Content | None,
        pairs: tuple[tuple[tuple[int, Pattern], ...], ...],
        ids: dict[str, str] | None,
    ) -> None:
        self.name = name
        self.opening = opening
        self.after = after
        """The state behind the element, where it does not depend on what stood in it."""
        self.pairs = pairs
        """For each pattern of the state before: which definition leaves what behind."""
        self.ids = ids
        """The attributes of the element that hold ids."""
        self.outcomes: dict[tuple[bool, ...], Content] = {}


class Automaton:
    """The states of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.patterns = Patterns(grammar)
        self.derive = Derivatives(self.patterns)
        self.definitions = grammar.definitions()
        self.lax = Content((), lax=True)
        """The state inside of what is not known: children are checked by their own definitions."""
        self.lax_opening = Opening((), (), self.lax)
        self._contents: dict[tuple[Pattern, ...], Content] = {}
        self._openings: dict[tuple[Pattern, ...], Opening] = {}
        self._shapes: dict[Pattern, Shape] = {}
        self.start = self.content((self.patterns.pattern(grammar.start),))

    def tidy(self) -> None:
        """Forget the states if there are too many of them; one that is in use stays valid."""
        self.patterns.work = 0
        if len(self._contents) > MAX_STATES or self.patterns.crowded:
            for content in (self.lax, *self._contents.values()):
                content.children.clear()
                content.values.clear()
                content.text = self.lax if content is self.lax else None
            self._contents.clear()
            self._openings.clear()
            self._shapes.clear()
            self.patterns.forget()
            self.start = self.content((self.patterns.pattern(self.grammar.start),))

    def content(self, patterns: tuple[Pattern, ...]) -> Content:
        """Return the state in which ``patterns``, side by side, are what may still come."""
        found = self._contents.get(patterns)
        if found is None:
            found = self._contents[patterns] = Content(patterns)
        return found

    # ---- into an element and out of it

    def step(self, state: Content, name: str) -> Step | None:
        """Return the step from ``state`` into an element ``name``; ``None`` where there is none."""
        if state.lax:
            step = self.foreign(state, name)
        else:
            pairs = tuple(self.derive.opened(pattern, name) for pattern in state.patterns)
            if not any(pairs):
                return None
            step = self._step(name, pairs)
        state.children[name] = step
        return step

    def _step(self, name: str, pairs: tuple[tuple[tuple[Element, Pattern], ...], ...]) -> Step:
        places: dict[Pattern, int] = {}
        rows: list[tuple[tuple[int, Pattern], ...]] = []
        for row in pairs:
            numbered = []
            for element, rest in row:
                inside = self.patterns.pattern(element.content)
                numbered.append((places.setdefault(inside, len(places)), rest))
            rows.append(tuple(numbered))
        after = None
        if len(places) == 1:
            after = self.content(tuple(self.patterns.choice([rest for _, rest in row]) for row in rows))
        return Step(name, self.opening(tuple(places)), after, tuple(rows), self.grammar.ids.get(name))

    def unexpected(self, name: str, pairs: tuple[tuple[tuple[Element, Pattern], ...], ...]) -> Step:
        """Return a step into an element ``name`` that is read as one of ``pairs`` against the rules."""
        return self._step(name, pairs)

    def foreign(self, after: Content, name: str) -> Step:
        """Return a step into an element that has no place here, by whatever definitions it has elsewhere."""
        inside = dict.fromkeys(
            self.patterns.pattern(self.patterns.element(number).content)
            for number in self.definitions.get(name, ())
        )
        opening = self.opening(tuple(inside)) if inside else self.lax_opening
        return Step(name, opening, after, (), self.grammar.ids.get(name))

    def outcome(self, step: Step, inside: Content) -> Content:
        """Return the state behind the element of ``step`` that ended in the state ``inside``."""
        if step.after is not None:
            return step.after
        ended = tuple(pattern.nullable for pattern in inside.patterns)
        if not any(ended):
            # A mistake, reported elsewhere: all definitions stay possible.
            ended = tuple(pattern is not NOT_ALLOWED for pattern in inside.patterns)
        found = step.outcomes.get(ended)
        if found is None:
            choice = self.patterns.choice
            patterns = tuple(choice([rest for place, rest in row if ended[place]]) for row in step.pairs)
            found = step.outcomes[ended] = self.content(patterns)
        return found

    # ---- attributes

    def opening(self, patterns: tuple[Pattern, ...]) -> Opening:
        """Return the state in a start tag, where ``patterns`` are the contents that the element may have."""
        found = self._openings.get(patterns)
        if found is None:
            shapes = tuple(self._shape(pattern) for pattern in patterns)
            found = self._openings[patterns] = Opening(patterns, shapes, self._after(shapes, ()))
        return found

    def _shape(self, pattern: Pattern) -> Shape:
        found = self._shapes.get(pattern)
        if found is None:
            found = self._shapes[pattern] = Shape(*split(self.patterns, pattern))
        return found

    def slot(self, opening: Opening, name: str) -> Slot:
        """Return what is known of the attribute ``name`` in ``opening``; no patterns: there is no such."""
        found: dict[Pattern, None] = {}
        for shape in opening.shapes:
            if name in shape.alone:
                found[shape.alone[name][0].value] = None
            for attribute in attributes_in(shape.rest):
                if contains(attribute.name, name):
                    found[attribute.value] = None
        slot = Slot(name, tuple(found))
        # Names that no schema knows would be remembered without end.
        if found and len(opening.slots) < MAX_VALUES:
            opening.slots[name] = slot
        return slot

    def reading(self, slot: Slot, value: str) -> Reading:
        """Return how ``value`` is read as the attribute of ``slot``."""
        found = slot.known.get(value)
        if found is not None:
            return found
        accepted = frozenset(pattern for pattern in slot.patterns if self.derive.holds(pattern, value))
        found = slot.readings.get(accepted)
        if found is None:
            found = slot.readings[accepted] = Reading(slot.name, accepted)
        if not slot.unique and len(value) <= _LONGEST:
            if len(slot.known) >= MAX_VALUES:
                slot.known.clear()
            slot.known[value] = found
        return found

    def close(self, opening: Opening, readings: tuple[Reading, ...]) -> Content | None:
        """Return the content behind a start tag with these attributes; ``None`` where they do not fit."""
        found = self._after(opening.shapes, readings)
        if found is not None:
            if len(opening.closed) >= MAX_VALUES:
                opening.closed.clear()
            opening.closed[readings] = found
        return found

    def _after(self, shapes: Iterable[Shape], readings: tuple[Reading, ...]) -> Content | None:
        patterns = tuple(self._left(shape, readings) for shape in shapes)
        return None if all(pattern is NOT_ALLOWED for pattern in patterns) else self.content(patterns)

    def _left(self, shape: Shape, readings: tuple[Reading, ...]) -> Pattern:
        rest, missing = shape.rest, set(shape.required)
        for reading in readings:
            name = reading.name
            if name in shape.alone:
                missing.discard(name)
                if shape.alone[name][0].value not in reading.accepted:
                    return NOT_ALLOWED
            else:
                rest = self.derive.attribute(rest, name, reading.accepted)
        return NOT_ALLOWED if missing else self.derive.closed(rest)

    # ---- text

    def text(self, state: Content, value: str) -> Content | None:
        """Return the state behind the text ``value``, which is not blank; ``None`` where it has no place."""
        if not state.strings:
            after = self._behind(state, value)
            state.text = after
            return after
        found = state.values.get(value)
        if found is None:
            found = self._behind(state, value)
            if found is not None and len(value) <= _LONGEST:
                if len(state.values) >= MAX_VALUES:
                    state.values.clear()
                state.values[value] = found
        return found

    def _behind(self, state: Content, value: str) -> Content | None:
        patterns = tuple(self.derive.text(pattern, value) for pattern in state.patterns)
        return None if all(pattern is NOT_ALLOWED for pattern in patterns) else self.content(patterns)

    def whole_text(self, state: Content, value: str) -> Content | None:
        """Return the state at the end of an element that holds the text ``value`` only; ``None`` as above."""
        if not blank(value):
            return self.text(state, value)
        patterns = tuple(
            self.patterns.choice((pattern, self.derive.text(pattern, value))) if pattern.strings else pattern
            for pattern in state.patterns
        )
        return self.content(patterns)
