"""``profileDesc`` and ``revisionDesc``: languages, people, history (TEI Guidelines, 2.4 and 2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from tei.edition.model import Change, Edition, Group, Organization, Person
from tei.header.elements import add, add_date, add_identifiers, add_notes

# What to call a language that the edition gives no name: the commoner ones, by ISO 639.
_LANGUAGE_NAMES: Final = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "grc": "Ancient Greek",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "la": "Latin",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sa": "Sanskrit",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "undetermined",
    "zh": "Chinese",
}


def add_profile_description(header: etree._Element, edition: Edition) -> None:
    """``profileDesc`` as the next child of ``header``."""
    description = add(header, "profileDesc")
    if edition.work.date:
        add_date(add(description, "creation"), "date", edition.work.date)
    usage = add(description, "langUsage")
    for ident, name in _languages(edition).items():
        add(usage, "language", name, ident=ident)
    if edition.person or edition.group or edition.organization:
        participants = add(description, "particDesc")
        if edition.person or edition.group:
            people = add(participants, "listPerson")
            for person in edition.person:
                _person(people, person)
            for group in edition.group:
                _body(people, group, "personGrp", "name")
        if edition.organization:
            bodies = add(participants, "listOrg")
            for organization in edition.organization:
                _body(bodies, organization, "org", "orgName")


def add_revision_description(header: etree._Element, changes: Sequence[Change]) -> None:
    """``revisionDesc`` as the last child of ``header``; none where there are no changes."""
    if changes:
        description = add(header, "revisionDesc")
        for change in changes:
            add(description, "change", change.what, when=change.when, who=change.who and f"#{change.who}")


def _languages(edition: Edition) -> dict[str, str]:
    """Tag and name of each language, the main one first."""
    work = edition.work
    main = work.language
    named = {language.ident: language.name for language in work.languages}
    return {main: _LANGUAGE_NAMES.get(main.partition("-")[0].lower(), main), **named}


def _person(people: etree._Element, person: Person) -> None:
    entry = add(people, "person", xml_id=person.id, role=" ".join(person.roles) or None)
    for name in (person.name, *person.variants):
        add(entry, "persName", name)
    add_date(entry, "birth", person.birth)
    add_date(entry, "death", person.death)
    add_identifiers(entry, person.idno)
    add_notes(entry, person.note)


def _body(bodies: etree._Element, body: Group | Organization, name: str, named: str) -> None:
    entry = add(bodies, name, xml_id=body.id)
    add(entry, named, body.name)
    add_notes(entry, body.note)
