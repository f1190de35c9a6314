"""What tests of the structure and of the editor's decisions share."""

from __future__ import annotations

from lxml import etree

from tei.views import reading_text

EDITION = """\
[work]
title = "A Text"
language = "en"
[source]
origin = "Typed by hand."
[publication]
authority = "Ann"
date = "2001"
[rights]
status = "free"
statement = "Free."
"""


def reading_of(tree: etree._ElementTree) -> str:
    """The reading view of a document."""
    return reading_text(tree.getroot())
