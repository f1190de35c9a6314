"""Open a book in a real reader (foliate-js, in headless Chromium), and tell what a person meets there."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from tests.epub.tools import NODE_MODULES, browser_environment, require_node, require_node_package

Screen = Literal["phone", "desktop"]
Scheme = Literal["light", "dark"]

_DRIVE: Final = Path(__file__).with_name("drive.mjs")
_SECONDS: Final = 900


@dataclass(frozen=True)
class Report:
    """What was done with a book, and what went wrong.

    ``sections`` are the files of the spine, ``contents`` and ``pages`` the numbers of entries in the table of
    contents and the page list, ``links`` that of the links in the text that lead into the book, ``notes``
    that of the references to notes among them. All screens and schemes together, ``rendered`` counts the
    sections shown, ``followed`` the targets gone to, ``tapped`` the links tapped, ``opened`` the notes.

    Each of ``problems`` names screen, scheme and place; none means a book that can be read. Not a problem in
    itself are links into a note (``into_notes``); but readers that keep notes for pop-ups show nothing then.
    """

    title: str
    sections: tuple[str, ...]
    contents: int
    pages: int
    rendered: int
    links: int
    followed: int
    tapped: int
    notes: int
    opened: int
    problems: tuple[str, ...]
    into_notes: tuple[str, ...]
    screenshots: tuple[Path, ...]


def open_in_reader(
    path: Path,
    screenshots: Path | None = None,
    *,
    places: Sequence[str] | None = None,
    screens: Sequence[Screen] = ("phone", "desktop"),
    schemes: Sequence[Scheme] = ("light", "dark"),
    max_notes: int | None = 20,
    max_links: int | None = None,
) -> Report:
    """Read the book ``path`` on each of ``screens`` in each of ``schemes``.

    Each section has to appear without an error, with all text inside its column and in sufficient contrast.
    Under the first scheme, each link (of contents, page list, landmarks and text; of more than ``max_links``
    targets, that many from first to last) has to bring an element on the screen, and each note (of at most
    ``max_notes``) to open in a pop-up; and the first link of each section is tapped. Into the directory
    ``screenshots`` go pictures of ``places`` (``EPUB/c003.xhtml#p95``: paths in the archive; without any, of
    the beginning of each section), and of the first note.
    """
    node, _ = require_node(), (require_node_package("foliate-js"), require_node_package("puppeteer-core"))
    if screenshots is not None:
        screenshots.mkdir(parents=True, exist_ok=True)
    wanted = {
        "book": str(path.resolve(strict=True)),
        "modules": str(NODE_MODULES),
        "screens": list(screens),
        "schemes": list(schemes),
        "places": None if places is None else list(places),
        "screenshots": None if screenshots is None else str(screenshots.resolve()),
        "maxNotes": max_notes,
        "maxLinks": max_links,
    }
    told = run_script(node, _DRIVE, json.dumps(wanted))
    for key in ("sections", "problems", "into_notes"):
        told[key] = tuple(told[key])
    told["screenshots"] = tuple(map(Path, told["screenshots"]))
    return Report(**told)


def run_script(node: Path, script: Path, argument: str) -> dict[str, Any]:
    """Return the JSON object that a script which starts the browser prints."""
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        result = subprocess.run(
            [str(node), str(script), argument],
            env=browser_environment(Path(folder)),
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    if result.returncode != 0:
        raise AssertionError(f"{script.name} failed ({result.returncode}): {result.stderr[-4000:]}")
    told: dict[str, Any] = json.loads(result.stdout)
    return told
