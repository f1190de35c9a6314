"""The cover: as a drawing, as a page, as a picture."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree
from PIL import Image

from tei.epub.book import Facts
from tei.epub.cover import cover_page, cover_raster, cover_svg
from tei.epub.cover_layout import HEIGHT, LABEL, WIDTH, compose, estimated_width

PLAIN = Facts("The Sea", authors=("Anna Berg",), language="en", identifier="urn:x:1")
ODD = (
    PLAIN,
    Facts("Untitled"),
    Facts("M"),
    Facts(
        "Free Trade, or the Means by Which it May be Made to Flourish " * 12, "A Subtitle " * 60, ("A B",) * 9
    ),
    Facts("Rechtsschutzversicherungsgesellschaftsangestellte" * 8),
    Facts("紅樓夢：一百二十回本" * 12, authors=("曹雪芹",), language="zh"),
    Facts("كتاب ألف ليلة وليلة", language="ar"),
    Facts("e\u0301\u0323\u00adx <&> \"y\" 'z'"),
)


def words(svg: bytes) -> list[str]:
    return [text.text or "" for text in etree.fromstring(svg).iter("{*}text")]


def picture(facts: Facts) -> Image.Image:
    return Image.open(io.BytesIO(cover_raster(facts)))


@pytest.mark.parametrize("facts", ODD)
def test_lines_stay_on_the_label_and_apart_from_each_other(facts: Facts) -> None:
    lines = compose(facts, estimated_width).lines
    left, top, right, bottom = LABEL
    assert all(estimated_width(line.text, line.size, line.italic) <= right - left - 120 for line in lines)
    assert all(top < line.y - line.size and line.y + line.size * 0.3 < bottom for line in lines)
    assert all(after.y - before.y >= after.size for before, after in pairwise(lines))


def test_the_drawing_has_all_words_in_any_script() -> None:
    assert " ".join(words(cover_svg(PLAIN))) == "Anna Berg The Sea"
    assert "".join(words(cover_svg(replace(PLAIN, title="紅樓夢：一百二十回本", authors=("曹雪芹",))))) == (
        "曹雪芹紅樓夢：一百二十回本"
    )


def test_what_is_too_long_for_any_cover_is_cut_and_says_so() -> None:
    assert any(line.endswith("…") for line in words(cover_svg(Facts("word " * 2000))))


@pytest.mark.parametrize("facts", ODD)
def test_the_page_is_a_named_image_with_nothing_from_elsewhere(facts: Facts) -> None:
    page = cover_page(facts)
    svg = etree.fromstring(page).find(".//{*}svg")
    assert svg is not None
    assert svg.get("role") == "img"
    assert facts.title in (svg.get("aria-label") or "")
    assert not any(foreign in page for foreign in (b"url(", b"href=", b"<script"))


@pytest.mark.parametrize("facts", ODD)
def test_the_picture_is_of_the_right_size_small_and_the_same_each_time(facts: Facts) -> None:
    data = cover_raster(facts)
    assert picture(facts).size == (WIDTH, HEIGHT)
    assert len(data) < 60_000
    assert cover_raster(facts) == data


def test_letters_that_cannot_be_drawn_are_left_out_of_the_picture() -> None:
    bare = picture(replace(PLAIN, title="", authors=()))
    assert picture(replace(PLAIN, title="紅樓夢", authors=("曹雪芹",))).tobytes() == bare.tobytes()
    assert picture(PLAIN).tobytes() != bare.tobytes()


def test_words_can_be_read_on_the_label() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for number in range(60):
        ink = compose(replace(PLAIN, identifier=str(number)), estimated_width).ink
        assert (light("#f6f1e6") + 0.05) / (light(ink) + 0.05) >= 7
