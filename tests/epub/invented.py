"""A small invented book for the tests of the judges: good as it is, and a test spoils what it wants found."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile

CONTAINER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PACKAGE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:0f2c2a52-8d1d-5a0c-9b0a-3d5c0b8b2a11</dc:identifier>
<dc:title>Two Lamps</dc:title>
<dc:language>en</dc:language>
<meta property="dcterms:modified">2020-01-02T03:04:05Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">pageBreakMarkers</meta>
<meta property="schema:accessibilityFeature">pageNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text, with the pages of a print.</meta>
<meta property="pageBreakSource">urn:isbn:9780000000002</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="book.css" media-type="text/css"/>
</manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine>
</package>
"""
PAGE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><meta charset="utf-8"/><title>{title}</title><link rel="stylesheet" href="book.css"/></head>
<body>{body}</body>
</html>
"""
NAV: Final = """<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>Contents</h1><ol>
<li><a href="one.xhtml">One lamp</a></li><li><a href="two.xhtml#h2">The other</a></li></ol></nav>
<nav epub:type="page-list" role="doc-pagelist" aria-label="Pages" hidden="hidden"><ol>
<li><a href="one.xhtml#p1">1</a></li><li><a href="two.xhtml#p2">2</a></li></ol></nav>"""
ONE: Final = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="h1">
<h1 id="h1">One lamp</h1>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p1" aria-label="1"></span>A lamp stood on the
<em>far</em>ther shore<a epub:type="noteref" role="doc-noteref" id="r1" href="#n1">*</a>; see
<a href="two.xhtml#here">the other</a>.</p>
<p class="gen">An index says nothing.</p>
<aside epub:type="footnote" role="doc-footnote" id="n1"><p>Or a lantern.
<a class="gen" role="doc-backlink" href="#r1" aria-label="back to the text">↩</a></p></aside>
</section>"""
TWO: Final = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="h2">
<h1 id="h2">The other</h1>
<p><span epub:type="pagebreak" role="doc-pagebreak" id="p2" aria-label="2"></span>It went out.</p>
<p id="here">Nobody<br/>saw. <span hidden="hidden">Somebody did.</span></p>
</section>"""
CSS: Final = "body { margin: 0; }\n"

#: The files of the book.
FILES: Final[dict[str, str]] = {
    "META-INF/container.xml": CONTAINER,
    "EPUB/package.opf": PACKAGE,
    "EPUB/nav.xhtml": PAGE.format(title="Contents", body=NAV),
    "EPUB/one.xhtml": PAGE.format(title="One lamp", body=ONE),
    "EPUB/two.xhtml": PAGE.format(title="The other", body=TWO),
    "EPUB/book.css": CSS,
}


def book(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """Write the book; each change names a file (``one.xhtml``), what stands there, and what is to."""
    files = dict(FILES)
    for name, old, new in changes:
        full_name = f"EPUB/{name}"
        assert old in files[full_name], f"{old!r} is not in {name}"
        files[full_name] = files[full_name].replace(old, new, 1)
    return write(folder / "book.epub", files)


def write(path: Path, files: dict[str, str]) -> Path:
    """Write an EPUB of ``files`` to ``path``."""
    with ZipFile(path, "w", ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in files.items():
            archive.writestr(name, content)
    return path
