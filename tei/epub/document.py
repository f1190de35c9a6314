"""The XHTML file around a page's content (EPUB 3.3, “XHTML content documents”)."""

from __future__ import annotations

from html import escape
from typing import Final

from tei.epub.book import Page
from tei.epub.language import is_right_to_left

XHTML_NS: Final = "http://www.w3.org/1999/xhtml"
EPUB_NS: Final = "http://www.idpf.org/2007/ops"


# HTML, “Void elements”.
def xhtml_document(page: Page, stylesheet: str) -> bytes:
    """The XHTML file of ``page``, which links to ``stylesheet`` (``""`` for none)."""
    return document(
        page.title, page.html.encode(), kind=page.kind, language=page.language, stylesheet=stylesheet
    )


def document(
    title: str, body: bytes, *, kind: str = "", language: str = "", stylesheet: str = "", head: str = ""
) -> bytes:
    """An XHTML file with ``body`` (serialised XHTML) in its body; ``head`` is further content of its head.

    ``kind`` is the ``epub:type`` of the body. The direction of the text follows from ``language``.
    """
    tag = _attribute(language)
    lang = f' lang="{tag}" xml:lang="{tag}"' if language else ""
    direction = ' dir="rtl"' if is_right_to_left(language) else ""
    link = f'<link rel="stylesheet" type="text/css" href="{_attribute(stylesheet)}"/>\n' if stylesheet else ""
    meaning = f' epub:type="{_attribute(kind)}"' if kind else ""
    shown = escape(" ".join(title.split()) or "…", quote=False)
    start = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML_NS}" xmlns:epub="{EPUB_NS}"{lang}{direction}>\n'
        f'<head>\n<meta charset="UTF-8"/>\n<title>{shown}</title>\n'
        f"{link}{head}</head>\n<body{meaning}>"
    )
    return b"".join((start.encode(), body, b"</body>\n</html>\n"))


def _attribute(value: str) -> str:
    return escape(value, quote=True)
