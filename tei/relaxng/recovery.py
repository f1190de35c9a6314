"""What happens at a mistake: it is noted once, and the way on leads to no second one.

Behind an element that has no place, both readings are followed: it was too much, or it stood for the one
that should be there. Behind one that came too early: it was too much, or something before it is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from tei.relaxng.automaton import Automaton, Content, Opening, Reading, Step
from tei.relaxng.findings import Kind, Mistake
from tei.relaxng.names import local_of, namespace_of, shown, simple_names
from tei.relaxng.patterns import EMPTY, NOT_ALLOWED, Pattern, attributes_in
from tei.relaxng.words import LISTED, Words, alike, elsewhere, listed, short, tag, values

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
        self._behind: dict[int, tuple[Content, list[Pattern]]] = {}
        """By depth: the state behind what had no place there last, and what may come if it stays."""
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
            self._no_place(state, name, event, stack)
            if parent is not None:
                self.excused.add(len(stack) + 1)
            step = automaton.foreign(state, name)
            rests = [(automaton.derive.behind_any(pattern),) for pattern in state.patterns]
        choice = automaton.patterns.choice
        step.after = automaton.content(
            tuple(choice((pattern, *rest)) for pattern, rest in zip(state.patterns, rests, strict=True))
        )
        self._behind[len(stack)] = step.after, [rest for row in rests for rest in row]
        return step

    def _early(self, state: Content, name: str, event: int, stack: Sequence[Step]) -> None:
        parent = stack[-1].name
        needed = [tag(other) for other in self.words.needed(state.patterns)]
        what = listed(needed) if 0 < len(needed) <= _SEPARATE else "something"
        _, rests = self._behind.get(len(stack), (None, []))
        again = not any(self.automaton.derive.later(rest, name) for rest in rests)
        self._offence(
            len(stack),
            state,
            Mistake(
                "missing",
                event,
                f"{tag(name)} comes too early in {tag(parent)}: {what} is missing before it",
                name,
                parent,
                expected=self.words.content(state.patterns, parent, nullable=state.nullable),
                opened=event,
                cause=frozenset({"missing"} if again or not rests else ()),
            ),
        )

    def _no_place(self, state: Content, name: str, event: int, stack: Sequence[Step]) -> None:
        depth, parent = len(stack), stack[-1].name if stack else None
        expected = self.words.content(state.patterns, parent, nullable=state.nullable)
        message = f"{tag(name)} may not be the outermost element"
        if parent is not None:
            message = f"{tag(name)} is not allowed here in {tag(parent)}"
        hint, cause = None, frozenset[str]()
        if name not in self.automaton.definitions:
            namespace = elsewhere(name, self.automaton.definitions)
            meant = alike(name, self.words.names(state.patterns)) or alike(name, self.automaton.definitions)
            if namespace is not None:
                own = namespace_of(name)
                message += f": it is in the namespace {own}" if own else ": it is in no namespace"
                hint = f"the namespace must be {namespace}" if namespace else "it must be in no namespace"
                if parent is None and namespace:
                    hint = f'write {tag(name)[:-1]} xmlns="{namespace}" …>'
                expected = ()
            elif parent is not None:
                message = f"{tag(name)} in {tag(parent)} is not an element of this schema"
            if meant is not None and namespace is None:
                hint, expected = f"perhaps {tag(meant)} was meant", ()
        elif parent is not None and self._misplaced(stack[-1], name):
            message = f"{tag(name)} may stand in {tag(parent)}, but not here"
            hint = _inside(self.words.holders(name, state.patterns))
            hint = hint or "it must come earlier, or it is one too many"
            expected = expected if len(expected) <= LISTED else ()
            cause = frozenset({"misplaced"})
        elif name == parent:
            hint, expected = f"perhaps the end tag of the {tag(name)} around it is missing", ()
        else:
            holders = self.words.holders(name, state.patterns)
            hint, cause = _inside(holders), frozenset(holders)
            if hint is None and parent is not None and self.words.holds(name, parent):
                hint = f"{tag(name)} may stand around {tag(parent)}, not inside it"
                expected = expected if len(expected) <= LISTED else ()
        kind: Kind = "root" if parent is None else "element"
        mistake = Mistake(kind, event, message, name, parent, expected=expected, hint=hint, opened=event)
        mistake.cause = cause
        self._offence(depth, state, mistake)

    def _misplaced(self, parent: Step, name: str) -> bool:
        """Whether an element ``name`` may stand in ``parent`` at some other place."""
        return any(self.automaton.derive.later(pattern, name) for pattern in parent.opening.patterns)

    def _offence(self, depth: int, state: Content, mistake: Mistake) -> None:
        """Keep ``mistake`` until the element around it ends: only then is it known how many there are."""
        frame = self.frames.setdefault(depth, [])
        if frame and frame[-1].cause & mistake.cause and state is self._behind.get(depth, (None,))[0]:
            # Right behind it, and of the same cause: a tag around both is missing, say.
            frame[-1].cause &= mistake.cause
            if len(frame[-1].more) < self.limit * 10:
                frame[-1].more.append(mistake.event)
            return
        frame.append(mistake)
        if len(self.frames[depth]) > self.limit * 10:
            self.leave(depth)

    def leave(self, depth: int) -> None:
        """The element at ``depth`` has ended: report what had no place in it, the same thing once."""
        found = self.frames.pop(depth, None)
        self._behind.pop(depth, None)
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
            # So much of it does not fit: it is the wrong element, or one around all of these is missing.
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
        if depth in self.excused or self.frames.get(depth):
            return  # what has no place in it stands for what is missing
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
            state,
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
                meant = self._unknown_attribute(opening, attributes, name, step, event, parent)
                if meant is not None:
                    # Misspelt: the right one is not missing besides.
                    readings.append(Reading(meant, frozenset(self.automaton.slot(opening, meant).patterns)))
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
    ) -> str | None:
        """Note that there is no attribute ``name``; return the one that was meant, where that can be told."""
        given = {other for other, _ in attributes}
        names = [other for other in self._attribute_names(opening) if other not in given]
        meant = alike(name, names)
        space = namespace_of(name) if shown(name) == local_of(name) else ""
        self.note(
            Mistake(
                "attribute",
                event,
                f"the attribute {shown(name)}{space and f' of the namespace {space}'} is not allowed on"
                f" {tag(step.name)}",
                step.name,
                parent,
                name=name,
                expected=tuple(shown(other) for other in names),
                hint=None if meant is None else f"perhaps {shown(meant)} was meant",
                opened=event,
            )
        )
        return meant

    def _bad_value(
        self, patterns: Sequence[Pattern], name: str, value: str, step: Step, event: int, parent: str | None
    ) -> None:
        expected = values(patterns)
        # Only where the values are a list can one of them be meant.
        listed_values = [word.strip("“”") for word in expected if word.startswith("“")]
        pointer = f"#{value}"
        if any(self.automaton.derive.holds(pattern, pointer) for pattern in patterns) and not listed_values:
            meant: str | None = pointer
            expected = ()
        else:
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

    def _example(self, opening: Opening, name: str) -> str:
        """The attribute ``name`` as it might be written."""
        words = values(self.automaton.slot(opening, name).patterns)
        filled = words[0].strip("“”") if len(words) == 1 and words[0].startswith("“") else "…"
        closed = len(words) > 1 and all(word.startswith("“") for word in words)
        choices = f" ({listed(words)})" if closed else ""
        return f'{shown(name)}="{filled}"{choices}'

    def _missing_attribute(
        self, opening: Opening, lacking: set[str], step: Step, event: int, parent: str | None
    ) -> None:
        always = [name for shape in opening.shapes for name in shape.required if name in lacking]
        names = sorted({shown(name) for name in always or lacking})
        last = "and" if always else "or"
        self.note(
            Mistake(
                "attribute-missing",
                event,
                f"{tag(step.name)} needs the attribute {listed(names, last)}",
                step.name,
                parent,
                name=min(always or lacking),
                expected=tuple(names),
                hint="add "
                + listed([self._example(opening, name) for name in always or sorted(lacking)], last),
                opened=event,
            )
        )


def _inside(holders: Collection[str]) -> str | None:
    """Say in which elements, of those allowed, one that is not might stand."""
    if not 0 < len(holders) <= _SEPARATE:
        return None
    return f"it may stand inside of {listed([tag(name) for name in holders])}, which is allowed here"
