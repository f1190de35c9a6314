"""Runs a document through the automaton of a schema: start tags, texts and end tags in their order.

What fits is a look-up; what does not is handed to :class:`~tei.relaxng.recovery.Recovery`, which notes
the mistake and says how to go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from tei.errors import LimitError
from tei.relaxng.automaton import Automaton, Content, Step
from tei.relaxng.derivatives import blank
from tei.relaxng.findings import Mistake
from tei.relaxng.ids import Ids
from tei.relaxng.recovery import Recovery, Stop
from tei.relaxng.words import Words

MAX_VALUE: Final = 16 * 1024 * 1024
"""The longest text of a datatype that is read."""
_TIDY: Final = 0x3FFF


class Machine:
    """One document on its way through ``automaton``; at most ``limit`` mistakes are noted.

    Call :meth:`start`, :meth:`text` and :meth:`end` for each tag and text, :meth:`finish` last. A text
    may come in pieces. Tags are counted in ``event``: that is how a mistake says where it is.

    :meth:`start` and :meth:`end` raise :class:`~tei.relaxng.recovery.Stop` when there are more mistakes.
    """

    def __init__(self, automaton: Automaton, words: Words, limit: int) -> None:
        automaton.tidy()
        self.automaton = automaton
        self.event = 0
        self.stack: list[Step] = []
        self.state: Content = automaton.start
        self.ids = Ids()
        self.recovery = Recovery(automaton, words, limit)
        self._buffer: list[str] = []
        self._opened: list[int] = []

    def walk(self, events: Iterable[tuple[str, etree._Element]]) -> None:
        """Take a whole tree, as :func:`lxml.etree.iterwalk` gives it.

        What most tags and texts come to is done here, without a call: it is a third of the time.
        """
        stack, opened, buffer, frames = self.stack, self._opened, self._buffer, self.recovery.frames
        for kind, element in events:
            if kind == "start":
                name: str = element.tag  # type: ignore[assignment] # no other tags come with start
                attributes = element.items()
                event = self.event + 1
                step = self.state.children.get(name)
                if attributes or buffer or step is None or step.opening.bare is None or not event & _TIDY:
                    self.start(name, attributes)
                else:
                    self.event = event
                    stack.append(step)
                    opened.append(event)
                    self.state = step.opening.bare
                value = element.text
            else:
                if kind == "end":
                    state, after = self.state, stack[-1].after
                    if after is None or frames or state.strings or not state.nullable:
                        self.end()
                    else:
                        self.event += 1
                        stack.pop()
                        opened.pop()
                        self.state = after
                value = element.tail
            if value:
                # In mixed content a text changes nothing.
                state = self.state
                if state.text is not state and stack:
                    self.text(value)

    def start(self, name: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Take the start tag of an element; names are written as lxml writes them."""
        state = self.state if not self._buffer else self._text_before_child()
        self.event = event = self.event + 1
        if not event & _TIDY:
            self.automaton.tidy()
        step = state.children.get(name)
        if step is None:
            step = self.automaton.step(state, name)
            if step is None:
                step = self.recovery.element(state, name, event, self.stack)
        self.stack.append(step)
        self._opened.append(event)
        opening = step.opening
        if attributes and opening is not self.automaton.lax_opening:
            slots, ids = opening.slots, step.ids
            readings = []
            for attribute, value in attributes:
                slot = slots.get(attribute)
                if slot is None:
                    slot = self.automaton.slot(opening, attribute)
                readings.append(slot.known.get(value) or self.automaton.reading(slot, value))
                if ids is not None and attribute in ids:
                    self.ids.add(ids[attribute], value, event)
            key = tuple(readings)
            content = opening.closed.get(key) or self.automaton.close(opening, key)
        else:
            content = opening.bare
        if content is None:
            content = self.recovery.attributes(opening, attributes, step, event, self.stack)
        self.state = content

    def text(self, value: str) -> None:
        """Take a text."""
        state = self.state
        after = state.text
        if after is state:
            return
        if state.strings:
            self._buffer.append(value)
        elif value.strip(" \t\n\r"):
            if after is None:
                after = self.automaton.text(state, value)
                if after is None:
                    self.recovery.text(state, value, self.event, self.stack)
                    return
            self.state = after

    def end(self) -> None:
        """Take the end tag of the element that was opened last."""
        self.event += 1
        state = self.state
        step = self.stack.pop()
        opened = self._opened.pop()
        if state.strings:
            value = self._take_buffer()
            after = self.automaton.whole_text(state, value)
            if after is None or not after.nullable:
                self.recovery.value(state, value, self.event, opened, self.stack, step)
            else:
                state = after
        elif not state.nullable:
            self.recovery.incomplete(state, step, self.event, opened, len(self.stack) + 1)
        if self.recovery.frames:
            self.recovery.leave(len(self.stack) + 1)
        after = step.after
        self.state = after if after is not None else self.automaton.outcome(step, state)

    def finish(self) -> list[Mistake]:
        """Return all mistakes; those with ids are found only now. More than the limit: one more is there."""
        recovery = self.recovery
        try:
            for depth in sorted(recovery.frames, reverse=True):
                recovery.leave(depth)
            for name, place, _ in self.ids.repeated:
                recovery.note(
                    Mistake("id", place, f"the id “{name}” stands twice", "", name=name, opened=place)
                )
            for name, place in self.ids.missing():
                message = f"nothing in this file has the id “{name}”"
                recovery.note(Mistake("idref", place, message, "", name=name, opened=place))
        except Stop:
            pass
        return sorted(recovery.mistakes, key=lambda mistake: mistake.event)

    def _take_buffer(self) -> str:
        value = "".join(self._buffer)
        self._buffer.clear()
        if len(value) > MAX_VALUE:
            raise LimitError(f"a value is longer than {MAX_VALUE} characters")
        return value

    def _text_before_child(self) -> Content:
        state, value = self.state, self._take_buffer()
        if blank(value):
            return state
        after = self.automaton.text(state, value)
        if after is None:
            self.recovery.text(state, value, self.event, self.stack)
            return state
        return after
