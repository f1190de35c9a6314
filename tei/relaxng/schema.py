"""A RELAX NG schema and what it says of documents: the two functions that the rest of the program uses."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree

from tei.errors import LimitError, ParseError
from tei.files import read_bytes
from tei.relaxng import cache
from tei.relaxng.automaton import Automaton
from tei.relaxng.documents import run_stream, run_tree
from tei.relaxng.findings import Finding
from tei.relaxng.grammar import Grammar
from tei.relaxng.machine import Machine
from tei.relaxng.places import findings, places_in_stream, places_in_tree
from tei.relaxng.syntax import MAX_BYTES, Sources
from tei.relaxng.words import Words

MAX_FINDINGS: Final = 200
"""How many mistakes of one document are listed, if not said otherwise."""


class Schema:
    """A schema ready for use. It learns: the more documents it has seen, the faster it is."""

    def __init__(self, grammar: Grammar) -> None:
        self._automaton = Automaton(grammar)
        self._words = Words(grammar)

    def knows(self, name: str) -> bool:
        """Say whether an element ``name`` (``{namespace}local``) is defined by name somewhere."""
        return name in self._automaton.definitions

    def validate(
        self, tree: etree._ElementTree, source: bytes | None = None, *, limit: int = MAX_FINDINGS
    ) -> list[Finding]:
        """Return what is wrong with ``tree``, in the order of the document; an empty list means valid.

        ``source`` are the bytes that ``tree`` was parsed from: with them each finding has its exact line
        and column, without them the line alone. At most ``limit`` findings come back, and one more if there
        are more.
        """
        machine = Machine(self._automaton, self._words, limit)
        run_tree(machine, tree)
        mistakes = machine.finish()
        if not mistakes:
            return []
        if source is not None:
            try:
                return findings(mistakes, places_in_stream(BytesIO(source), mistakes))
            except ParseError:
                pass  # a document type that only the other parser takes, say
        return findings(mistakes, places_in_tree(tree, mistakes))

    def validate_file(self, path: str | Path, *, limit: int = MAX_FINDINGS) -> list[Finding]:
        """Return what is wrong with the file ``path``, which is never in memory as a whole.

        :raises ParseError: the file is not well-formed, or declares entities.
        """
        machine = Machine(self._automaton, self._words, limit)
        try:
            with Path(path).open("rb") as stream:
                run_stream(machine, stream)
                mistakes = machine.finish()
                if not mistakes:
                    return []
                stream.seek(0)
                return findings(mistakes, places_in_stream(stream, mistakes))
        except (ParseError, LimitError) as error:
            error.path = error.path or str(path)
            raise


def load_schema(path: str | Path, *, cached: bool = True) -> Schema:
    """Return the RELAX NG schema in the file ``path``, in the compact syntax if it ends in ``.rnc``.

    ``cached=False`` neither reads nor writes the user's cache.

    :raises SchemaError: the schema cannot be used, with the place of what is wrong.
    :raises FileError, ParseError, LimitError: one of its files cannot be read or parsed, or is too large.
    """
    main = Path(path)
    data = read_bytes(main, limit=MAX_BYTES)
    grammar = cache.load(main, data) if cached else None
    if grammar is None:
        from tei.relaxng.simplify import simplify  # noqa: PLC0415 - not needed where the cache has it

        sources = Sources(main, data)
        grammar = simplify(sources)
        if cached:
            cache.save(main, data, sources.hashes, grammar)
    return Schema(grammar)
