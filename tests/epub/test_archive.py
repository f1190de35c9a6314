"""The archive: what readers and the file systems of readers rely on."""

from __future__ import annotations

import io
import zipfile

import pytest

from tei.epub.archive import write_archive

FILES = [
    ("META-INF/container.xml", b"<a/>" * 100),
    ("EPUB/ö.xhtml", b"<b/>" * 100),
    ("EPUB/c.png", b"\x89PNG" * 9),
]


def infos(data: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(data)).infolist()


def test_the_media_type_comes_first_and_can_be_read_in_place() -> None:
    data = write_archive(FILES)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert infos(data)[0].compress_type == zipfile.ZIP_STORED
    assert infos(data)[0].extra == b""


def test_files_keep_their_order_and_bytes() -> None:
    archive = zipfile.ZipFile(io.BytesIO(write_archive(FILES)))
    assert archive.namelist()[1:] == [path for path, _ in FILES]
    assert all(archive.read(path) == data for path, data in FILES)
    assert archive.testzip() is None


def test_the_same_files_give_the_same_bytes() -> None:
    assert write_archive(FILES, modified="2020-01-02T03:04:06Z") == write_archive(
        FILES, modified="2020-01-02T03:04:06Z"
    )


@pytest.mark.parametrize(
    ("modified", "stored"),
    [
        ("2020-01-02T03:04:06Z", (2020, 1, 2, 3, 4, 6)),
        ("1970-01-01T00:00:00Z", (1980, 1, 1, 0, 0, 0)),
        ("2400-01-01T00:00:00Z", (2107, 12, 31, 23, 59, 58)),
    ],
)
def test_all_files_have_the_time_given(modified: str, stored: tuple[int, ...]) -> None:
    assert {info.date_time for info in infos(write_archive(FILES, modified=modified))} == {stored}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/./b",
        "a:b",
        "a\\b",
        'a"b',
        "a*",
        "a?",
        "a|b",
        "a\n",
        "a.",
        "x" * 256,
        "mimetype",
    ],
)
def test_paths_that_no_epub_may_have_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="EPUB"):
        write_archive([(path, b"")])


def test_paths_that_some_system_takes_for_one_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        write_archive([("EPUB/A.xhtml", b""), ("EPUB/a.xhtml", b"")])
