"""The register of people, ``persons.toml``: written by hand, or proposed by the program and corrected.

A register may be shared by several editions. It says of each person by what forms a text names
them; ``tei.persons.find`` finds those forms and what follows from them by rule. In TEI it becomes
``particDesc/listPerson`` (TEI Guidelines, chapters 2.4.2 and 14.3.2).

>>> register = Register(person=(Person(id="marlow", name="Charles Marlow", forms=("Charlie",)),))
>>> register.person[0].id
'marlow'
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from tei.edition.fields import LIST, Line, OwnId, Prose, Section, Word
from tei.edition.load import load_section


class RegisteredPerson(Section):
    """``[[person]]``: someone whom a text names.

    The last word of ``name`` is taken for the surname. Found by rule, and not to be listed: the surname
    alone, initials or forenames before it, forename and patronymic, capitals, "Surname, Forename" at the
    start of a line, and misreadings of long surnames.
    """

    id: OwnId = Field(description='an id in quotes, such as "smith"')
    name: Line = Field(description="the fullest name as text, forenames first")
    forms: Annotated[tuple[Line, ...], LIST] = Field(
        (), description='a list of other forms of the name, such as ["J. R. Smith", "Jack"]'
    )
    alone: bool = Field(
        default=True, description="false when the surname alone never means this person, else true"
    )
    near: Annotated[tuple[Line, ...], LIST] = Field(
        (), description="a list of words that tell this person from another of the same name"
    )
    roles: Annotated[tuple[Word, ...], LIST] = Field((), description='a list of words such as ["speaker"]')
    note: Prose | None = Field(None, description="a note as text")


class RegisteredGroup(Section):
    """``[[group]]``: several people who act or speak as one."""

    id: OwnId = Field(description='an id in quotes, such as "audience"')
    name: Line = Field(description="the name as text")
    forms: Annotated[tuple[Line, ...], LIST] = Field(
        (), description="a list of the forms to look for, as the one that speaks or writes"
    )
    note: Prose | None = Field(None, description="a note as text")


class RegisteredOrganization(RegisteredGroup):
    """``[[organization]]``: a body that speaks or writes as one, such as a committee or a newspaper."""


class Register(Section):
    """The whole file. Raises ``ValueError`` when an id is given twice."""

    person: Annotated[tuple[RegisteredPerson, ...], LIST] = Field((), description="sections [[person]]")
    group: Annotated[tuple[RegisteredGroup, ...], LIST] = Field((), description="sections [[group]]")
    organization: Annotated[tuple[RegisteredOrganization, ...], LIST] = Field(
        (), description="sections [[organization]]"
    )
    not_names: Annotated[tuple[Line, ...], LIST] = Field(
        (), description="a list of phrases that hold a name and name no person, such as a street"
    )

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Register:
        people = [person.id for person in self.person]
        counts = Counter([*people, *(body.id for body in (*self.group, *self.organization))])
        twice = sorted(identifier for identifier, count in counts.items() if count > 1)
        if twice:
            raise ValueError(
                f"gives the id {twice[0]!r} twice; people of one name need ids of their own, such as "
                f"{twice[0] + '-anna'!r}"
            )
        return self


Person = RegisteredPerson
Group = RegisteredGroup


def load_register(path: Path) -> Register:
    """The register in the file ``path``. Raises ``FileError``, ``LimitError`` and ``EditionError``."""
    return load_section(path, Register)
