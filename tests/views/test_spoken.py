"""The spoken view, rule by rule, and all views on TEI by other hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei.errors import ParseError
from tei.names import TEI_NS
from tei.views import VIEWS, spoken_text, view_text


def spoken(content: str) -> str:
    return spoken_text(etree.fromstring(f'<body xmlns="{TEI_NS}">{content}</body>'))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>Nobody <said>speaks</said>.</p>", ""),
        (
            "<head>H</head><sp><speaker>A</speaker><p>a</p></sp><p>x</p><sp><l>b</l><l>c</l></sp>",
            "a\n\nb\nc\n",
        ),
        ("<sp><p>Go <stage>(to B)</stage>.</p><kinesic><desc>(x)</desc></kinesic></sp>", "Go.\n"),
        ("<sp><p>Go <stage>(to B)</stage> now.</p></sp>", "Go now.\n"),
        ('<sp><p>a<ref type="noteAnchor" target="#n">*</ref><note xml:id="n">N</note> b</p></sp>', "a b\n"),
        (
            "<u><seg>a <gap/> b</seg><note>N</note><vocal><desc>(x)</desc></vocal><seg>c</seg></u>",
            "a […] b\n\nc\n",
        ),
        ('<div type="speech"><head>H</head><p>a</p></div>', "a\n"),
        ('<div type="speech"><p>He rises.</p><sp><p>a</p></sp></div>', "a\n"),
        ("<sp><p>a</p><floatingText><body><head>H</head><p>b</p></body></floatingText></sp>", "a\n\nb\n"),
        ('<ab type="scanNoise"><sp><p>a</p></sp></ab>', ""),
    ],
)
def test_rules(content: str, expected: str) -> None:
    assert spoken(content) == expected


@pytest.mark.corpus
@pytest.mark.parametrize("view", VIEWS)
def test_tei_by_other_hands(shared: Path, view: str) -> None:
    refused = []
    for file in sorted((shared / "corpus" / "tei").glob("*/*.xml")):
        try:
            data = view_text(file, view)
        except ParseError as error:
            refused.append((file.name, error.message))
            continue
        if view != "source":
            text = data.decode("utf-8")
            assert text == "" or (text.endswith("\n") and "\n\n\n" not in text and " \n" not in text), file
    # Files that declare entities, and one that is no TEI.
    assert all("declares the entity" in message or "no TEI" in message for _, message in refused), refused
