"""What happens at a mistake: it is noted once, and the way on leads to no second one.

Behind an element that has no place, both readings are followed: it was too much, or it stood for the one
that should be there. Behind one that came too early: it was too much, or something before it is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tei.relaxng.automaton import Automaton, Content, Opening, Reading, Step
from tei.relaxng.findings import Kind, Mistake
from tei.relaxng.names import namespace_of, shown, simple_names
from tei.relaxng.patterns import EMPTY, NOT_ALLOWED, Pattern, attributes_in
from tei.relaxng.words import Words, alike, elsewhere, listed, short, tag, values

_SEPARATE: Final = 3
"""So many different things that have no place in one element are told one by one."""


class Stop(Exception):  # noqa: N818 - not an error: enough has been found
    """As many mistakes as were asked for have been noted."""


class Recovery:
    """Notes the mistakes of one document, at most ``limit``, and finds the state to go on in."""

    def __init__(self, automaton: Automaton, words: Words, limit: int) -> None:
        self.automaton = automaton
        self.words = words
        self.limit = limit
        self.mistakes: list[Mistake] = []
        self.frames: dict[int, list[Mistake]] = {}
        """By depth: what had no place in the elements that are open there."""
        self.excused: set[int] = set()
        """Depths of elements that have no place themselves: their content may well not fit."""

    def note(self, mistake: Mistake) -> None:
        """Add ``mistake`` to what is reported."""
        self.mistakes.append(mistake)
        if len(self.mistakes) > self.limit:
            raise Stop

    # ---- elements

    def element(self, state: Content, name: str, event: int, stack: Sequence[Step]) -> Step:
        """An element ``name`` has no place in ``state``: note it, and return the step to take anyway."""
        automaton, parent = self.automaton, stack[-1].name if stack else None
        late = tuple(automaton.derive.later(pattern, name) for pattern in state.patterns)
        if any(late):
            self._early(state, name, event, stack)
            step = automaton.unexpected(name, late)
            rests = [tuple(rest for _, rest in row) for row in late]
        else:
            self._no_place(state, name, event, parent, len(stack))
            if parent is not None:
                self.excused.add(len(stack) + 1)
            step = automaton.foreign(state, name)
            rests = [(automaton.derive.behind_any(pattern),) for pattern in state.patterns]
        choice = automaton.patterns.choice
        step.after = automaton.content(
            tuple(choice((pattern, *rest)) for pattern, rest in zip(state.patterns, rests, strict=True))
        )
        return step

    def _early(self, state: Content, name: str, event: int, stack: Sequence[Step]) -> None:
        parent = stack[-1].name
        needed = [tag(other) for other in self.words.needed(state.patterns)]
        what = listed(needed) if 0 < len(needed) <= _SEPARATE else "something"
        self._offence(
            len(stack),
            Mistake(
                "missing",
                event,
                f"{tag(name)} comes too early in {tag(parent)}: {what} is missing before it",
                name,
                parent,
                expected=self.words.content(state.patterns, parent, nullable=state.nullable),
                opened=event,
            ),
        )

    def _no_place(self, state: Content, name: str, event: int, parent: str | None, depth: int) -> None:
        expected = self.words.content(state.patterns, parent, nullable=state.nullable)
        names = self.words.names(state.patterns)
        where = f"is not allowed here in {tag(parent)}" if parent is not None else "is the outermost element"
        message = f"{tag(name)} {where}"
        hint = None
        if name not in self.automaton.definitions:
            namespace = elsewhere(name, self.automaton.definitions)
            meant = alike(name, names) or alike(name, self.automaton.definitions)
            if namespace is not None:
                own = namespace_of(name)
                message += f": it is in the namespace {own}" if own else ": it is in no namespace"
                hint = f"the namespace must be {namespace}" if namespace else "it must be in no namespace"
            elif parent is not None:
                message = f"{tag(name)} in {tag(parent)} is not an element of this schema"
            if meant is not None and namespace is None:
                hint = f"perhaps {tag(meant)} was meant"
        else:
            holders = [tag(other) for other in self.words.holders(name, names)]
            if 0 < len(holders) <= _SEPARATE:
                hint = f"it may stand inside of {listed(holders)}, which is allowed here"
        kind: Kind = "root" if parent is None else "element"
        self._offence(
            depth, Mistake(kind, event, message, name, parent, expected=expected, hint=hint, opened=event)
        )

    def _offence(self, depth: int, mistake: Mistake) -> None:
        """Keep ``mistake`` until the element around it ends: only then is it known how many there are."""
        self.frames.setdefault(depth, []).append(mistake)
        if len(self.frames[depth]) > self.limit * 10:
            self.leave(depth)

    def leave(self, depth: int) -> None:
        """The element at ``depth`` has ended: report what had no place in it, the same thing once."""
        found = self.frames.pop(depth, None)
        if depth in self.excused:
            self.excused.discard(depth)
            return
        if not found:
            return
        for first, *others in self._grouped(found):
            first.more += [other.event for other in others]
            self.note(first)

    def _grouped(self, found: list[Mistake]) -> list[list[Mistake]]:
        """What was most likely one mistake together."""
        strange = [[mistake] for mistake in found if not self._known(mistake)]
        known = [mistake for mistake in found if self._known(mistake)]
        names = {mistake.element for mistake in known if mistake.kind != "text"}
        texts = any(mistake.kind == "text" for mistake in known)
        if len(names) > _SEPARATE or (names and texts):
            # So much of it does not fit: it is itself the wrong element, or one around all of these is
            # missing.
            return [known, *strange]
        by_name: dict[tuple[str, str], list[Mistake]] = {}
        for mistake in known:
            by_name.setdefault((mistake.kind, mistake.element), []).append(mistake)
        if len(known) <= _SEPARATE:
            return [*strange, *([mistake] for mistake in known)]
        return [*strange, *by_name.values()]

    def _known(self, mistake: Mistake) -> bool:
        """Whether it is about an element of the schema: one with an unknown name is a mistake of its own."""
        return mistake.kind != "element" or mistake.element in self.automaton.definitions

    def incomplete(self, state: Content, step: Step, event: int, opened: int, depth: int) -> None:
        """The element of ``step`` ends in ``state``, where it must go on."""
        if depth in self.excused or any(mistake.kind != "text" for mistake in self.frames.get(depth, ())):
            return  # something in it stands for what is missing
        needed = [tag(name) for name in self.words.needed(state.patterns)]
        if 0 < len(needed) <= _SEPARATE:
            message = f"{tag(step.name)} is not complete: {listed(needed)} is missing"
        else:
            message = f"{tag(step.name)} is not complete"
        expected = self.words.content(state.patterns, None, nullable=False)
        self.note(Mistake("incomplete", event, message, step.name, expected=expected, opened=opened))

    # ---- text

    def text(self, state: Content, value: str, event: int, stack: Sequence[Step]) -> None:
        """The text ``value`` has no place in ``state``."""
        inside = stack[-1].name
        self._offence(
            len(stack),
            Mistake(
                "text",
                event,
                f"text is not allowed directly in {tag(inside)}: “{short(value)}”",
                inside,
                stack[-2].name if len(stack) > 1 else None,
                expected=self.words.content(state.patterns, inside, nullable=state.nullable),
            ),
        )

    def value(
        self, state: Content, value: str, event: int, opened: int, stack: Sequence[Step], step: Step
    ) -> None:
        """The whole text of an element is not of the datatype that is asked for."""
        if len(stack) + 1 in self.excused:
            return
        expected = self.words.content(state.patterns, step.name, nullable=state.nullable)
        said = (
            f"“{short(value)}” is not a value allowed in {tag(step.name)}"
            if value.strip()
            else f"{tag(step.name)} needs a value"
        )
        parent = stack[-1].name if stack else None
        self.note(Mistake("value", event, said, step.name, parent, expected=expected, opened=opened))

    # ---- attributes

    def attributes(
        self,
        opening: Opening,
        attributes: Sequence[tuple[str, str]],
        step: Step,
        event: int,
        stack: Sequence[Step],
    ) -> Content:
        """The attributes do not fit ``opening``: note why, and return the content to go on in."""
        excused = len(stack) in self.excused
        readings: list[Reading] = []
        parent = stack[-2].name if len(stack) > 1 else None
        for name, value in attributes:
            slot = self.automaton.slot(opening, name)
            reading = self.automaton.reading(slot, value)
            if not slot.patterns:
                if excused:
                    continue
                self._unknown_attribute(opening, attributes, name, step, event, parent)
                continue
            if not reading.accepted:
                self._bad_value(slot.patterns, name, value, step, event, parent)
                # Its value aside, the attribute is taken as right.
                reading = Reading(name, frozenset(slot.patterns))
            readings.append(reading)
        content = self.automaton.close(opening, tuple(readings))
        return content or self._conflict(opening, readings, step, event, parent, excused=excused)

    def _unknown_attribute(
        self,
        opening: Opening,
        attributes: Sequence[tuple[str, str]],
        name: str,
        step: Step,
        event: int,
        parent: str | None,
    ) -> None:
        given = {other for other, _ in attributes}
        names = [other for other in self._attribute_names(opening) if other not in given]
        meant = alike(name, names)
        self.note(
            Mistake(
                "attribute",
                event,
                f"the attribute {shown(name)} is not allowed on {tag(step.name)}",
                step.name,
                parent,
                name=name,
                expected=tuple(shown(other) for other in names),
                hint=None if meant is None else f"perhaps {shown(meant)} was meant",
                opened=event,
            )
        )

    def _bad_value(
        self, patterns: Sequence[Pattern], name: str, value: str, step: Step, event: int, parent: str | None
    ) -> None:
        expected = values(patterns)
        # Only where the values are a list can one of them be meant.
        listed_values = [word.strip("“”") for word in expected if word.startswith("“")]
        meant = alike(value.strip(), listed_values)
        self.note(
            Mistake(
                "attribute-value",
                event,
                f'{shown(name)}="{short(value)}" on {tag(step.name)} is not a value allowed there',
                step.name,
                parent,
                name=name,
                expected=expected,
                hint=None if meant is None else f"perhaps “{meant}” was meant",
                opened=event,
            )
        )

    def _attribute_names(self, opening: Opening) -> list[str]:
        found: dict[str, None] = {}
        for shape in opening.shapes:
            found.update(dict.fromkeys(shape.alone))
            for attribute in attributes_in(shape.rest):
                if isinstance(attribute.name, str):
                    found[attribute.name] = None
        return list(found)

    def _conflict(
        self,
        opening: Opening,
        readings: Sequence[Reading],
        step: Step,
        event: int,
        parent: str | None,
        *,
        excused: bool,
    ) -> Content:
        """Each attribute has a place, but not all together, or one that is needed is not there."""
        derive = self.automaton.derive
        left: list[Pattern] = []
        conflicts: dict[str, None] = {}
        missing: list[set[str]] = []
        for shape in opening.shapes:
            rest, given = shape.rest, set()
            for reading in readings:
                given.add(reading.name)
                if reading.name not in shape.alone:
                    following = derive.attribute(rest, reading.name, reading.accepted)
                    if following is NOT_ALLOWED:
                        conflicts[reading.name] = None
                    else:
                        rest = following
            lacking = set(shape.required - given)
            if derive.closed(rest) is NOT_ALLOWED:
                lacking |= {name for a in attributes_in(rest) for name in simple_names(a.name)} - given
            missing.append(lacking)
            left.append(derive.closed(rest, missing=EMPTY))
        lacking = min(missing, key=len) if missing else set()
        if excused:
            return self.automaton.content(tuple(left))
        if lacking:
            self._missing_attribute(opening, lacking, step, event, parent)
        elif not conflicts:
            message = f"{tag(step.name)} needs another attribute"
            self.note(Mistake("attribute-missing", event, message, step.name, parent, opened=event))
        for name in conflicts if not lacking else ():
            self.note(
                Mistake(
                    "attribute",
                    event,
                    f"the attribute {shown(name)} is not allowed on {tag(step.name)} beside the others",
                    step.name,
                    parent,
                    name=name,
                    opened=event,
                )
            )
        return self.automaton.content(tuple(left))

    def _missing_attribute(
        self, opening: Opening, lacking: set[str], step: Step, event: int, parent: str | None
    ) -> None:
        always = [name for shape in opening.shapes for name in shape.required if name in lacking]
        names = sorted({shown(name) for name in always or lacking})
        self.note(
            Mistake(
                "attribute-missing",
                event,
                f"{tag(step.name)} needs the attribute {listed(names, 'and' if always else 'or')}",
                step.name,
                parent,
                name=min(always or lacking),
                expected=tuple(names),
                opened=event,
            )
        )
