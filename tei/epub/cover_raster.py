"""The cover as a picture made of dots, for libraries that show no other kind.

The letters are those of EB Garamond (Latin, Greek and Cyrillic). What they cannot write is not on the
picture: an ornament is better than empty boxes. The cover in the book itself has it all.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from tei.epub.book import Facts
from tei.epub.cover_layout import FRAMES, HEIGHT, LABEL, PAPER, WIDTH, Composition, compose

_FONT_PACKAGE: Final = "fontpkg_eb_garamond"
_FONT_FILES: Final = {False: "files/EBGaramond[wght].ttf", True: "files/EBGaramond-Italic[wght].ttf"}
# The plain one: the other depends on libraries of the system.
_LAYOUT: Final = ImageFont.Layout.BASIC
_NO_CHARACTER: Final = "\U0010ffff"
# Four shades from the one colour to the other, two bits for each dot: enough at this size, and small.
_STEPS: Final = 3
_PAPER: Final = 255
_INK: Final = 0


def draw_cover(facts: Facts) -> bytes:
    """The cover as a PNG of 1600 by 2560 dots and four shades."""
    shown = replace(
        facts,
        title=_writable(facts.title, italic=False),
        subtitle=_writable(facts.subtitle, italic=True),
        authors=tuple(filter(None, (_writable(author, italic=False) for author in facts.authors))),
    )
    composition = compose(shown, _width)
    image = Image.new("L", (WIDTH, HEIGHT), _INK)
    _draw(ImageDraw.Draw(image), composition)
    shades = image.point([(value * _STEPS + 127) // 255 for value in range(256)])
    return _png(shades, composition.ink)


def _draw(draw: ImageDraw.ImageDraw, composition: Composition) -> None:
    left, top, right, bottom = LABEL
    draw.rectangle((left, top, right - 1, bottom - 1), fill=_PAPER)
    for inside, thick in FRAMES:
        box = (left + inside, top + inside, right - 1 - inside, bottom - 1 - inside)
        draw.rectangle(box, outline=_INK, width=thick)
    for start, end, y in composition.rules:
        draw.rectangle((start, y - 1, end, y + 1), fill=_INK)
    for lozenges, fill in ((composition.on_label, _INK), (composition.on_ground, _PAPER)):
        for x, y, half in lozenges:
            draw.polygon(((x - half, y), (x, y - half), (x + half, y), (x, y + half)), fill=fill)
    for line in composition.lines:
        font = _font(line.size, line.italic)
        draw.text((line.x, line.y), line.text, fill=_INK, font=font, anchor="ms")


def _png(shades: Image.Image, ink: str) -> bytes:
    dark, light = ([int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in (ink, PAPER))
    palette = [
        round(first + (last - first) * step / _STEPS)
        for step in range(_STEPS + 1)
        for first, last in zip(dark, light, strict=True)
    ]
    picture = Image.frombytes("P", shades.size, shades.tobytes())
    picture.putpalette(palette)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", bits=2, optimize=True)
    return buffer.getvalue()


def _writable(text: str, *, italic: bool) -> str:
    """``text``, if the font has all of its letters; else ``""``."""
    composed = "".join(
        one for one in unicodedata.normalize("NFC", text) if unicodedata.category(one) not in ("Cf", "Cc")
    )
    return composed if all(one.isspace() or _has(one, italic) for one in set(composed)) else ""


@cache
def _has(character: str, italic: bool) -> bool:
    # A mark that could not be joined with its letter needs shaping, which is not asked of the picture.
    if unicodedata.combining(character):
        return False
    font = _font(40, italic)
    missing, found = font.getmask(_NO_CHARACTER), font.getmask(character)
    return found.size != missing.size or bytes(found) != bytes(missing)


def _width(text: str, size: int, italic: bool) -> float:
    return _font(size, italic).getlength(text)


@cache
def _font(size: int, italic: bool) -> ImageFont.FreeTypeFont:
    file = str(resources.files(_FONT_PACKAGE).joinpath(_FONT_FILES[italic]))
    return ImageFont.truetype(file, size, layout_engine=_LAYOUT)
