"""The XHTML file around a page: the same for readers that parse XML and for those that parse HTML."""

from __future__ import annotations

import pytest

from tei.epub.book import Page
from tei.epub.document import xhtml_document


def write(xhtml: str, language: str = "en") -> str:
    return xhtml_document(Page("c.xhtml", "T & <t>", xhtml, language=language), "style.css").decode()


def test_the_frame() -> None:
    text = write("<p>a</p>")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns=')
    assert 'lang="en" xml:lang="en"' in text
    assert "<title>T &amp; &lt;t&gt;</title>" in text
    assert 'href="style.css"' in text
    assert text.endswith('<body epub:type="bodymatter"><p>a</p></body>\n</html>\n')


@pytest.mark.parametrize(
    ("language", "has"), [("en", False), ("he", True), ("az-Arab", True), ("ar-Latn", False)]
)
def test_the_direction_follows_from_the_language(language: str, has: bool) -> None:
    assert ('dir="rtl"' in write("<p>a</p>", language)) is has
