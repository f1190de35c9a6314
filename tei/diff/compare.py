"""Compare two documents: their texts, then the markup over them, then their headers."""

from __future__ import annotations

import os
from collections import Counter
from operator import itemgetter
from pathlib import Path

from lxml import etree

from tei.diff.edits import TextChange, describe, text_changes
from tei.diff.header import compare_headers
from tei.diff.model import Difference
from tei.diff.read import Document, keeps_space, read
from tei.diff.settle import settle
from tei.diff.spans import Along, compare_marks
from tei.diff.texts import align
from tei.errors import TeiError
from tei.parse import parse_file
from tei.views.texts import check_is_tei


def compare_files(old: str | Path, new: str | Path) -> Difference:
    """What changed from the TEI file ``old`` to ``new``; ``-`` for standard input.

    The null device, which git gives for a file that is not there, is a document without anything in it.

    :raises FileError: a file cannot be read.
    :raises ParseError: one is not well-formed, not safe, or not TEI.
    :raises LimitError: one is too large or nested too deeply.
    """
    return compare(_root(old), _root(new))


def compare(old: etree._Element | None, new: etree._Element | None) -> Difference:
    """What changed from the document (or any element) ``old`` to ``new``; ``None`` is one without anything.

    The difference is empty if and only if both say the same: the same characters, under the same
    elements with the same attributes in the same order. The spelling of the XML (order of attributes,
    prefixes, character references) says nothing, nor does white space at the edges of elements and the
    length of a run of it, unless ``xml:space="preserve"`` holds in both.
    """
    # Where one of them does not keep white space, nothing can be said of that of the other.
    fold = not all(keeps_space(root) for root in (old, new) if root is not None)
    one, other = (read(root, fold=fold) if root is not None else Document() for root in (old, new))
    edits = settle(one, other, align(one.text, other.text))
    markup, along = compare_marks(one, other, edits)
    texts = [
        describe(one, other, change, _along(change, along)) for change in text_changes(one, other, edits)
    ]
    markup.sort(key=itemgetter(0))
    return Difference((*texts, *(change for _, change in markup), *compare_headers(one, other)))


def _along(change: TextChange, along: Along) -> dict[str, int]:
    """The elements that came or went with a change of the text: those of each of its edits."""
    counts: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for part in (change, change.origin):
        for number in range(part.first, part.last + 1) if part else ():
            for name, count in along.get(number, {}).items():
                (counts if count > 0 else gone)[name] += count
    for name, count in gone.items():
        counts[name] += count
    return {name: count for name, count in sorted(counts.items()) if count}


def _root(path: str | Path) -> etree._Element | None:
    if str(path) == os.devnull:
        return None
    root = parse_file(path).getroot()
    try:
        check_is_tei(root)
    except TeiError as error:
        error.path = error.path or str(path)
        raise
    return root
