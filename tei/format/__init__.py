"""One way to write a TEI file: its canonical serialisation.

Text and meaning stay what they are; only how they are written down is settled: the order of attributes,
quotes, prefixes, references, white space within tags, and the indentation of what holds no text.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from tei.errors import ParseError, TeiError
from tei.format.write import written
from tei.parse import parse_bytes
from tei.views.texts import check_is_tei

__all__ = ["format_bytes"]


def format_bytes(data: bytes, path: str | Path | None = None) -> bytes:
    """The TEI document ``data`` in canonical form: UTF-8, lines ended by ``\\n``.

    What is formatted already comes back as it is. ``path`` is the name that errors speak of.

    :raises ParseError: it is not well-formed, not safe, not TEI, or declares elements in its document type.
    :raises LimitError: it is too large or nested too deeply.
    """
    tree = parse_bytes(data, path)
    try:
        check_is_tei(tree.getroot())
        if tree.docinfo.doctype:
            _check_document_type(data)
        return written(tree).encode("utf-8")
    except TeiError as error:
        error.path = None if path is None else str(path)
        raise


def _check_document_type(data: bytes) -> None:
    """Raise ``ParseError`` for declarations within the file: they can give attributes values of their own."""
    scanner = expat.ParserCreate()

    def at_start(_name: str, _system: str | None, _public: str | None, declares: int) -> None:
        if declares:
            raise ParseError(
                "the document type declares something inside of the file; such a file is not formatted",
                line=scanner.CurrentLineNumber,
                hint="remove what stands between [ and ] in <!DOCTYPE …>, or the whole of it: TEI needs none",
            )

    scanner.StartDoctypeDeclHandler = at_start
    scanner.Parse(data, True)
