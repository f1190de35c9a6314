from __future__ import annotations

import pytest

from tei.quotations.dates import date_attributes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 6, 1956", {"when": "1956-07-06"}),
        ("25 October 1917", {"when": "1917-10-25"}),
        ("May, 1956", {"when": "1956-05"}),
        ("March 10-21, 1939", {"from": "1939-03-10", "to": "1939-03-21"}),
        ("July-August, 1956", {"from": "1956-07", "to": "1956-08"}),
        ("1928", {"when": "1928"}),
        ("May 3", {}),
        ("no date", {}),
        ("5. Mai 1950", {"when": "1950-05-05"}),
        ("5 août 1950", {"when": "1950-08-05"}),
        ("17/V/1922", {"when": "1922-05-17"}),
        ("5.12.1950", {"when": "1950-12-05"}),
        ("Spring 1939", {"when": "1939"}),
        ("Sunday, June 2, 1940", {"when": "1940-06-02"}),
        ("March 28-April 2, 1939", {"from": "1939-03-28", "to": "1939-04-02"}),
        ("March 4 and 6, 1956", {"when": "1956-03"}),
        ("1932-35", {"from": "1932", "to": "1935"}),
        ("February 30, 1950", {"when": "1950-02"}),
    ],
)
def test_dates(text: str, expected: dict[str, str]) -> None:
    assert date_attributes(text) == expected
