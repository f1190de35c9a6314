"""The rows of merging: what was edited in a view or in an EPUB back into the TEI, beside making the TEI."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

Rows = dict[str, list[list[str]]]
Table = Callable[[str, Rows, int], int]
"""Prints a table of the rows, each measured so many times; returns how many failed."""

TEI: Final = str(Path(sys.executable).with_name("tei"))
EDITS: Final = 50
# Words mended all over the text: in lines of the views, and between the tags of the pages.
EDIT: Final = r"""
import io, re, sys, zipfile
from pathlib import Path

directory, count = Path(sys.argv[1]), int(sys.argv[2])
WORD = re.compile(r"(?<= )[a-z]{7,}(?= )")

def edited(text, lines):
    found = [word for line in lines.finditer(text) for word in [WORD.search(text, *line.span())] if word]
    for word in reversed(found[:: max(1, len(found) // count)]):
        text = text[: word.end() - 1] + text[word.end() :]
    return text

for view in ("source", "reading"):
    path = directory / f"{view}.txt"
    path.write_text(edited(path.read_text("utf-8"), re.compile("[^\n]+")), encoding="utf-8")
book = directory / "book.epub"
with zipfile.ZipFile(book) as archive:
    files = {name: archive.read(name) for name in archive.namelist()}
pages = [name for name in files if re.search(r"/c\d+\.xhtml$", name)]
plain = re.compile(r'(?<=<wbr class="tei-lb"/>)[^<\n]+(?= \n)')
whole = edited("\0".join(files[name].decode() for name in pages), plain)
files |= {name: page.encode() for name, page in zip(pages, whole.split("\0"), strict=True)}
with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in files.items():
        archive.writestr(name, data)
"""

# Words marked all over the text: the one half of them by hand, the other by an encoder.
MARKED: Final = r"""
import re, sys
from pathlib import Path

xml, directory, count = Path(sys.argv[1]).read_text("utf-8"), Path(sys.argv[2]), int(sys.argv[3])
words = list(re.finditer(r'(?<=<lb/>)[A-Z]?[a-z]{5,}(?= [^<\n]+\n)', xml))
chosen = words[:: max(1, len(words) // (2 * count))]
for name, some, element in (("mine", chosen[::2], "hi"), ("new", chosen[1::2], "emph")):
    text = xml
    for word in reversed(some):
        text = f"{text[: word.start()]}<{element}>{word[0]}</{element}>{text[word.end() :]}"
    (directory / f"{name}.xml").write_text(text, encoding="utf-8")
"""
MARKS: Final = 200


def measure(edition: Path, directory: Path, runs: int, table: Table) -> int:
    """Print the table for the TEI file of ``edition``; ``directory`` is for files. Return the failures."""
    xml, out = edition / f"{edition.name}.xml", directory / "merged.xml"
    views = {view: directory / f"{view}.txt" for view in ("source", "reading")}
    book = directory / "book.epub"
    for view, path in views.items():
        subprocess.run([TEI, "text", str(xml), "--view", view, "-o", str(path)], check=True)
    subprocess.run([TEI, "epub", str(xml), "-o", str(book)], check=True)
    subprocess.run([sys.executable, "-c", EDIT, str(directory), str(EDITS)], check=True)
    rows: Rows = {"tei encode": [[TEI, "encode", str(edition), "-o", str(directory / "encoded.xml")]]}
    for name, edited in (*views.items(), ("EPUB", book)):
        rows[f"tei merge, {EDITS} edits, {name}"] = [
            [TEI, "merge", str(xml), str(edited), "--report", str(directory / "report"), "-o", str(out)]
        ]
    subprocess.run([sys.executable, "-c", MARKED, str(xml), str(directory), str(MARKS)], check=True)
    both = [str(directory / f"{name}.xml") for name in ("mine", "new")]
    rows[f"tei merge --base, {MARKS} edits each"] = [
        [TEI, "merge", "--base", str(xml), *both, "-o", str(out)]
    ]
    print()
    return table("merging", rows, runs)
