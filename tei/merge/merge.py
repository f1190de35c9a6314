"""Merge an edited text view, or an edited EPUB, into the TEI file that it was made of.

The views know of each character where in the file it stands (:mod:`tei.views.placed`). What differs between
the view and the edited text (:mod:`tei.diff.hunks`) becomes changes of the file's own characters, so that
everything else stays as it is, byte for byte (:mod:`tei.merge.attempts`). The pages of an EPUB show the
reading view (:mod:`tei.merge.pages`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tei.diff.texts import Edit
from tei.errors import MergeError, SourceError
from tei.markup import Markup
from tei.merge.attempts import VIEWS, Attempt, Attempts
from tei.merge.changes import Change
from tei.merge.corrections import Correction
from tei.merge.detect import edited_text, view_of
from tei.merge.emphasis import emphasise
from tei.merge.epub import EMPHASIS, EditedPages, is_epub
from tei.merge.pages import Marked
from tei.parse import codec_of, parse_bytes
from tei.views.placed import View, placed_reading, placed_source
from tei.views.texts import check_is_tei


@dataclass
class Merged:
    """The file's bytes with all ``changes`` that are not refused; ``view`` is that of the edited text."""

    xml: bytes
    view: View
    changes: list[Change] = field(default_factory=list)

    @property
    def refused(self) -> list[Change]:
        """The changes that are not in the file."""
        return [change for change in self.changes if change.refused is not None]


def merge(
    base: bytes,
    edited: bytes,
    *,
    path: str | Path = "base",
    edited_path: str | Path = "edited",
    view: View | None = None,
    correction: Correction | None = None,
) -> Merged:
    """Carry the changes in ``edited``, a text view or an EPUB of the TEI file ``base``, into the file.

    ``path`` and ``edited_path`` are the files' names in messages; ``view`` the one that the text was made
    from, found out where it is ``None``; the pages of an EPUB show the reading view. With ``correction`` the
    changes are recorded as an editor's, and the source view stays as it is. A valid file stays valid.

    :raises ParseError, LimitError: the file is not well-formed, not safe, not TEI; or the EPUB is not.
    :raises SourceError: the edited file is no text.
    :raises MergeError: the edited text was made from no view of the file, or the EPUB not of the file.
    """
    tree = parse_bytes(base, path)
    root = tree.getroot()
    check_is_tei(root)
    codec = codec_of(base)
    markup = Markup(base.decode(codec), root)
    if correction is not None and correction.resp and correction.resp[1:] not in markup.ids:
        raise MergeError(
            f"nobody in the file has the id of {correction.resp}",
            path=path,
            hint="name the xml:id of a respStmt, person or editor in the header",
        )
    pages: EditedPages | None = None
    try:
        if is_epub(edited):
            pages = EditedPages(edited, str(edited_path))
            if view == "source":
                raise MergeError("the pages of an EPUB show the reading view, not the source view")
            view = "reading"
            placed = placed_reading(root, markup)
            text = pages.aligned(placed.text)
        else:
            text = edited_text(edited, root)
            view = view or view_of(text, {name: make(root) for name, make in VIEWS.items()})
            placed = (placed_source if view == "source" else placed_reading)(root, markup)
    except (MergeError, SourceError) as error:
        error.path = error.path or str(edited_path)
        raise
    attempts = Attempts(markup, codec, placed, view, text, str(path), correction)
    if pages is not None and attempts.hunks and not attempts.judge.was_valid:
        # Elements in strange places may be set apart in another way.
        pages.check_base(root, placed.text, str(path))
    made = attempts.run() if attempts.hunks else Attempt(base, root, {})
    changes = _changes(attempts, made, pages)
    if pages is None:
        return Merged(made.data, view, changes)
    data, marked = _with_emphasis(attempts, made, pages)
    changes += [*marked, *pages.not_taken(), *pages.lost(root)]
    changes.sort(key=lambda change: (pages.names.index(change.page or ""), change.line))
    return Merged(data, view, changes)


def _with_emphasis(attempts: Attempts, made: Attempt, pages: EditedPages) -> tuple[bytes, list[Change]]:
    """The result with what was emphasised in the pages, and the changes that this means."""
    stretches = pages.emphasised()
    if not stretches:
        return made.data, []
    reasons: dict[Marked, str] = {}
    while True:
        left = [one for one in stretches if one not in reasons]
        markup = Markup(made.data.decode(attempts.codec), made.root)
        raw, crossing = emphasise(markup, placed_reading(made.root, markup), pages.text.text, left)
        reasons |= dict.fromkeys(crossing, "what is emphasised begins or ends within other markup")
        data = raw.encode(attempts.codec, "xmlcharrefreplace")
        fault = attempts.judge.fault(parse_bytes(data, attempts.path))
        if fault is None:
            break
        # Which of them is at fault is not looked for: few are made, and seldom where none may stand.
        reasons |= dict.fromkeys(left, f"the file would not be valid: {fault}")
    return data, [
        pages.change(one, refused=reasons.get(one), note=f'it is <hi rend="{EMPHASIS[one.tag]}"> now')
        for one in stretches
    ]


def _changes(attempts: Attempts, made: Attempt, pages: EditedPages | None) -> list[Change]:
    """What became of each change of the text."""
    found = []
    line, at = 1, 0
    old, new = attempts.old.text, attempts.new
    for number, hunk in enumerate(attempts.hunks):
        line += new.count("\n", at, hunk.start_new)
        at = hunk.start_new
        page, place = (None, (line, at - new.rfind("\n", 0, at))) if pages is None else pages.place(at)
        found.append(
            Change(
                *place,
                _base_line(attempts, hunk),
                old[hunk.start_old : hunk.end_old],
                new[at : hunk.end_new],
                attempts.refused.get(number),
                "; ".join(made.notes.get(number, [])) or None,
                page,
            )
        )
    return found


def _base_line(attempts: Attempts, hunk: Edit) -> int | None:
    for at in range(min(hunk.start_old, len(attempts.old.text) - 1), -1, -1):
        place = attempts.placed.starts[attempts.old.place(at)]
        if place >= 0:
            return attempts.markup.raw.count("\n", 0, place) + 1
    return None
