"""What a person writes by hand about an edition, in ``encoded/<edition>/edition.toml``.

One class for each table of the file, one field for each key; ``Edition`` is the whole file. The
sections here feed the TEI header (TEI Guidelines, chapter 2) and ask for nothing about how
the text is analysed. ``load_edition`` in ``tei.edition.load`` reads the file and words the errors.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, ValidationInfo, model_validator

from tei.edition import declarations as default
from tei.edition.fields import (
    LIST,
    Codec,
    FileName,
    IsoDate,
    LanguageTag,
    Line,
    OwnId,
    Prose,
    Reference,
    Section,
    Sha256,
    WebAddress,
    Word,
)
from tei.edition.rules import broken_rules
from tei.edition.text import Layout, Stream


class Named(Section):
    """Someone named as author or editor."""

    name: Line = Field(description="the name as text")
    ref: Reference | None = Field(None, description='"#id" of a person in this file, or a web address')


class Identifier(Section):
    """An identifier in a numbering that others know."""

    type: Word = Field(description='the kind of number in one word, such as "ISBN"')
    value: Line = Field(description="the number as text")


class Language(Section):
    """A language of the text."""

    ident: LanguageTag = Field(description='a language tag such as "en"')
    name: Line = Field(description='the name of the language, such as "English"')


class Work(Section):
    """``[work]``: what was written, by whom, in which language."""

    title: Line = Field(description="the title as text")
    subtitle: Line | None = Field(None, description="the subtitle as text")
    authors: Annotated[tuple[Named, ...], LIST] = Field((), description='a list such as [{ name = "…" }]')
    editors: Annotated[tuple[Named, ...], LIST] = Field((), description='a list such as [{ name = "…" }]')
    language: LanguageTag = Field(description='the language tag of the text, such as "en", or "und"')
    languages: Annotated[tuple[Language, ...], LIST] = Field(
        (), description='a list such as [{ ident = "de", name = "German" }]'
    )
    date: IsoDate | None = Field(None, description='the date of the text in quotes, such as "1901-02"')


class Responsibility(Section):
    """``[[responsibility]]``: who did what for this edition."""

    resp: Line = Field(description='what was done, such as "transcription"')
    name: Line = Field(description="who did it")
    id: OwnId | None = Field(None, description="an id in quotes, by which corrections and changes point here")


class Scope(Section):
    """A part of a larger publication: a volume, an issue, pages."""

    unit: Word = Field(description='one word, such as "volume", "issue" or "page"')
    value: Line = Field(description='the number or range in quotes, such as "14"')


class Print(Section):
    """``[print]``: the printed publication that was transcribed."""

    title: Line = Field(description="the title as printed")
    authors: Annotated[tuple[Named, ...], LIST] = Field((), description='a list such as [{ name = "…" }]')
    container: Line | None = Field(
        None, description="the title of the journal or collection that the text was printed in"
    )
    container_level: Literal["j", "m"] = Field(
        "j", description='"j" when the container is a journal, "m" when it is a collection'
    )
    publisher: Line | None = Field(None, description="the publisher as text")
    pub_place: Line | None = Field(None, description="the place of publication as text")
    date: IsoDate = Field(description='the date of the print in quotes, such as "1901"')
    extent: Line | None = Field(None, description='the extent as text, such as "322 pages"')
    scope: Annotated[tuple[Scope, ...], LIST] = Field(
        (), description='a list such as [{ unit = "volume", value = "14" }]'
    )
    idno: Annotated[tuple[Identifier, ...], LIST] = Field(
        (), description='a list such as [{ type = "ISBN", value = "…" }]'
    )
    note: Prose | None = Field(None, description="a note as text")
    url: WebAddress | None = Field(None, description="a web address in quotes")


class SourceFile(Section):
    """``[source]``: the digital text that is encoded."""

    file: FileName = Field("source.txt", description='the name of the text file, such as "source.txt"')
    sha256: Sha256 | None = Field(
        None, description="the SHA-256 of the file in quotes, 64 hexadecimal digits"
    )
    encoding: Codec | None = Field(None, description='the character encoding, such as "utf-8"')
    origin: Prose = Field(description="where the digital text comes from, in a sentence or more")


class Publication(Section):
    """``[publication]``: who publishes this digital edition, and when.

    Exactly one of ``publisher`` and ``authority`` is given (an authority answers for an
    edition that no publisher publishes). ``date`` may be ``None`` only in an edition that was not
    read from a file; it is the only date the program knows, since it never asks the clock.
    """

    publisher: Line | None = Field(None, description="the publisher as text")
    authority: Line | None = Field(None, description="who answers for the edition, as text")
    pub_place: Line | None = Field(None, description="the place of publication as text")
    date: IsoDate | None = Field(description='the date of this edition in quotes, such as "2001-02-03"')
    edition: Line | None = Field(None, description='the version of this edition in quotes, such as "1.0"')
    idno: Annotated[tuple[Identifier, ...], LIST] = Field(
        (), description='a list such as [{ type = "DOI", value = "…" }]'
    )


class Licence(Section):
    """The licence that the edition is given under."""

    target: WebAddress = Field(description="the web address of the licence in quotes")
    text: Line | None = Field(None, description="the name of the licence as text")


class Rights(Section):
    """``[rights]``: what is known of the rights in the text, said as it is."""

    status: Literal["free", "unknown", "restricted"] = Field(
        description='one of "free", "unknown", "restricted"'
    )
    statement: Prose = Field(description="the rights in prose; blank lines set paragraphs apart")
    licence: Licence | None = Field(None, description='a table such as { target = "https://…", text = "…" }')


class Declarations(Section):
    """``[declarations]``: the practice of the encoding in prose, by default what the program does."""

    project: Prose = Field(default.PROJECT, description="the purpose of the encoding in prose")
    correction: Prose = Field(default.CORRECTION, description="prose on corrections")
    hyphenation: Prose = Field(default.HYPHENATION, description="prose on hyphens")
    normalization: Prose = Field(default.NORMALIZATION, description="prose on normalised forms")
    punctuation: Prose = Field(default.PUNCTUATION, description="prose on punctuation")
    quotation: Prose = Field(default.QUOTATION, description="prose on quotation marks")
    segmentation: Prose = Field(default.SEGMENTATION, description="prose on how the text is divided")
    interpretation: Prose = Field(default.INTERPRETATION, description="prose on what the markup interprets")


class Person(Section):
    """``[[person]]``: someone the text speaks of, or who speaks in it."""

    id: OwnId = Field(description='an id in quotes, such as "smith"')
    name: Line = Field(description="the name as text")
    variants: Annotated[tuple[Line, ...], LIST] = Field(
        (), description="a list of other spellings of the name"
    )
    roles: Annotated[tuple[Word, ...], LIST] = Field((), description='a list of words such as ["speaker"]')
    birth: IsoDate | None = Field(None, description="the date of birth in quotes")
    death: IsoDate | None = Field(None, description="the date of death in quotes")
    idno: Annotated[tuple[Identifier, ...], LIST] = Field(
        (), description='a list such as [{ type = "VIAF", value = "…" }]'
    )
    note: Prose | None = Field(None, description="a note as text")


class Group(Section):
    """``[[group]]``: several people who speak or react as one, such as an audience."""

    id: OwnId = Field(description='an id in quotes, such as "audience"')
    name: Line = Field(description="the name as text")
    note: Prose | None = Field(None, description="a note as text")


class Organization(Section):
    """``[[organization]]``: a body that speaks or writes as one, such as a committee or a newspaper."""

    id: OwnId = Field(description='an id in quotes, such as "senate"')
    name: Line = Field(description="the name as text")
    note: Prose | None = Field(None, description="a note as text")


class Change(Section):
    """``[[change]]``: an entry in the edition's history; the newest comes first, as TEI advises."""

    when: IsoDate = Field(description='the date in quotes, such as "2001-02-03"')
    who: OwnId | None = Field(None, description="the id of a responsibility, person or group")
    what: Line = Field(description="what was changed, as text")


class Edition(Section):
    """A whole edition file.

    The keys of the file are the names of the fields. A section on the analysis of the text is added by one
    field here, its class being a ``Section`` of another module; errors, suggestions and line
    numbers then work for it too. Rules across sections stand in ``tei.edition.rules``.
    """

    people: Literal["persons.toml", "../persons.toml"] | None = Field(
        None, description='the file of the people whom the text names: "persons.toml" or "../persons.toml"'
    )
    work: Work = Field(description="the section [work]: what was written, by whom")
    responsibility: Annotated[tuple[Responsibility, ...], LIST] = Field(
        (), description="sections [[responsibility]]"
    )
    print: Print | None = Field(None, description="the section [print]: what was transcribed")
    source: SourceFile = Field(description="the section [source]: the text file and where it comes from")
    publication: Publication = Field(description="the section [publication]: who publishes, and when")
    rights: Rights = Field(description="the section [rights]: the rights in the text")
    declarations: Declarations = Field(Declarations(), description="the section [declarations]")
    person: Annotated[tuple[Person, ...], LIST] = Field((), description="sections [[person]]")
    group: Annotated[tuple[Group, ...], LIST] = Field((), description="sections [[group]]")
    organization: Annotated[tuple[Organization, ...], LIST] = Field(
        (), description="sections [[organization]]"
    )
    change: Annotated[tuple[Change, ...], LIST] = Field((), description="sections [[change]]")
    layout: Layout = Field(Layout(), description="the section [layout]: pages and running heads")
    stream: Annotated[tuple[Stream, ...], LIST] = Field((), description="sections [[stream]]")

    @model_validator(mode="after")
    def _rules_hold(self, info: ValidationInfo) -> Edition:
        # The loader checks the rules itself, on the raw file, to report them beside all other problems.
        if not (info.context and info.context.get(RULES_CHECKED_APART)):
            broken = list(broken_rules(self.model_dump()))
            if broken:
                raise ValueError("; ".join(f"{rule.key}: {rule.message}" for rule in broken))
        return self


RULES_CHECKED_APART: Final = "rules checked apart"
"""Key of the validation context under which ``Edition`` leaves the rules across sections to its caller."""
