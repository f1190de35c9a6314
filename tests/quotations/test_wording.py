from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.quotations.wording import TOKEN, shape


def shaped(text: str) -> str:
    return shape(TOKEN.findall(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In his letter, Brown wrote:", "ijD,NW:"),
        ("he asks, she replied, they promise", "ho,hO,eE"),
        ("We then said that Brown’s answer", "IyVtNsE"),
        ("so-called experts at 12", "kwp0"),
        ("begged begging tries cries", "OOwo"),
        ("He spoke of it—slowly.", "hSfm—y."),
        ("the term, the words, the title", "dX,dx,dJ"),
    ],
)
def test_shape(text: str, expected: str) -> None:
    assert shaped(text) == expected


@given(st.text(max_size=60))
def test_one_letter_for_each_token(text: str) -> None:
    assert len(shaped(text)) == len(TOKEN.findall(text))
