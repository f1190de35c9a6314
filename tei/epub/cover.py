"""The cover, made from what the header says: a drawing for the book, a picture for the shelf.

The drawing (SVG) stands in the page of the cover and shows every script that the reader has letters for; the
picture is what a library or a shop shows, and hence the ``cover-image`` of the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from tei.epub.book import Facts
from tei.epub.cover_layout import (
    FRAMES,
    HEIGHT,
    LABEL,
    PAPER,
    WIDTH,
    Composition,
    compose,
    estimated_width,
)
from tei.epub.document import document
from tei.epub.labels import labels_for
from tei.epub.language import UNDETERMINED

_SVG_NS: Final = "http://www.w3.org/2000/svg"
_FONTS: Final = "'EB Garamond', Garamond, 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif"
# The drawing fills the page without being cut or scrolled, in whatever window.
_STYLE: Final = (
    "<style>html, body { margin: 0; padding: 0; height: 100%; text-align: center; }\n"
    "svg { display: block; margin: 0 auto; width: 100%; height: 100vh; max-width: 100%; max-height: 100vh; }"
    "</style>\n"
)


def cover_svg(facts: Facts) -> bytes:
    """The cover as an SVG file."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _svg(facts, "").encode() + b"\n"


def cover_raster(facts: Facts) -> bytes:
    """The cover as a PNG of 1600 by 2560 dots, of less than 60 kB."""
    # Slow to import, and of use here only.
    from tei.epub.cover_raster import draw_cover  # noqa: PLC0415

    return draw_cover(facts)


def cover_page(facts: Facts) -> bytes:
    """The page of the cover: the drawing, as an image that is named by title and authors."""
    title = ": ".join(filter(None, (facts.title, facts.subtitle)))
    spoken = ", ".join((f"{labels_for(facts.language).cover}: {title}", *facts.authors))
    attributes = f' role="img" aria-label="{escape(spoken)}"'
    body = f"\n<section>\n{_svg(facts, attributes)}\n</section>\n"
    return document(
        labels_for(facts.language).cover,
        body.encode(),
        kind="cover",
        language=facts.language,
        head=_STYLE,
    )


def _svg(facts: Facts, attributes: str) -> str:
    composition = compose(facts, estimated_width)
    lang = "" if facts.language == UNDETERMINED else f' xml:lang="{escape(facts.language)}"'
    start = (
        f'<svg xmlns="{_SVG_NS}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="xMidYMid meet"{lang}{attributes}>'
    )
    return "\n".join((start, *_shapes(composition), *_words(composition), "</svg>"))


def _shapes(composition: Composition) -> Iterator[str]:
    left, top, right, bottom = LABEL
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{composition.ink}"/>'
    yield f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="{PAPER}"/>'
    for inside, thick in FRAMES:
        shift = inside + thick / 2
        yield (
            f'<rect x="{left + shift}" y="{top + shift}" width="{right - left - 2 * shift}" '
            f'height="{bottom - top - 2 * shift}" '
            f'fill="none" stroke="{composition.ink}" stroke-width="{thick}"/>'
        )
    for begin, end, y in composition.rules:
        yield f'<path d="M{begin} {y}H{end}" stroke="{composition.ink}" stroke-width="3"/>'
    for lozenges, fill in ((composition.on_label, composition.ink), (composition.on_ground, PAPER)):
        if lozenges:
            path = "".join(
                f"M{x - half} {y}L{x} {y - half}L{x + half} {y}L{x} {y + half}Z" for x, y, half in lozenges
            )
            yield f'<path d="{path}" fill="{fill}"/>'


def _words(composition: Composition) -> Iterator[str]:
    yield f'<g fill="{composition.ink}" text-anchor="middle" font-family="{escape(_FONTS)}">'
    for line in composition.lines:
        style = ' font-style="italic"' if line.italic else ""
        yield f'<text x="{line.x}" y="{line.y}" font-size="{line.size}"{style}>{escape(line.text)}</text>'
    yield "</g>"
