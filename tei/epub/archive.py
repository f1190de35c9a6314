"""The ZIP archive that an EPUB is (EPUB 3.3, “Open Container Format”)."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from tei.epub.dates import EARLIEST

MEDIA_TYPE: Final = "application/epub+zip"

_LATEST: Final = "2107-12-31T23:59:58Z"
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
# EPUB 3.3, “File paths and file names”: characters that some file system does not bear.
_FORBIDDEN: Final = re.compile(
    r'["*:<>?|\\\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff]'
)
# Compressed already: deflating them costs time and wins nothing.
_STORED: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2", ".mp3"})


def write_archive(files: Sequence[tuple[str, bytes]], *, modified: str = EARLIEST) -> bytes:
    """The EPUB that holds ``files`` (path from the root of the archive, content) in the order given.

    ``mimetype`` comes first by itself, stored, as a reader of the first bytes expects it (EPUB 3.3,
    “OCF ZIP container media type identification”). All files have the time ``modified``
    (``2026-11-22T00:00:00Z``, brought into the years that a ZIP archive knows, 1980 to 2107) and the same
    rights, so that the same files give the same bytes.

    :raises ValueError: a path that no EPUB may have, or two that are one on some file system.
    """
    check_paths(path for path, _ in files)
    time = datetime.strptime(min(max(modified, EARLIEST), _LATEST), _TIME).timetuple()[:6]  # noqa: DTZ007
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", MEDIA_TYPE.encode(), time, stored=True)
        for path, data in files:
            _add(archive, path, data, time, stored=PurePosixPath(path).suffix.lower() in _STORED)
    return buffer.getvalue()


def check_paths(paths: Iterable[str]) -> None:
    """Make sure that ``paths`` may stand in an EPUB together (EPUB 3.3, “File paths and file names”).

    :raises ValueError: one of them may not.
    """
    seen = {"mimetype"}
    for path in paths:
        parts = path.split("/")
        if _FORBIDDEN.search(path) or any(
            part in ("", ".", "..") or part.endswith((".", " ")) for part in parts
        ):
            raise ValueError(f"{path!r} is no path of a file in an EPUB")
        if len(path.encode()) > 65535 or any(len(part.encode()) > 255 for part in parts):
            raise ValueError(f"{path[:80]!r}… is too long for a path in an EPUB")
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if folded in seen:
            raise ValueError(f"{path!r} stands twice in the EPUB, letter case and accents' coding aside")
        seen.add(folded)


def _add(archive: zipfile.ZipFile, path: str, data: bytes, time: tuple[int, ...], *, stored: bool) -> None:
    year, month, day, hour, minute, second = time
    entry = zipfile.ZipInfo(path, (year, month, day, hour, minute, second))
    # Not the ones of the system that the program runs on.
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    if stored:
        archive.writestr(entry, data, zipfile.ZIP_STORED)
    else:
        archive.writestr(entry, data, zipfile.ZIP_DEFLATED, compresslevel=9)
