"""Where paragraphs begin and end: blank lines, indents, pages, and the editor's word."""

from __future__ import annotations

import pytest

from tests.encoding import block, drawn, pages

# A line as long as the print's are, which ends a sentence, and one that does not.
FULL = "Nobody at the harbour had ever seen so many boats at once."
OPEN = "Nobody at the harbour had ever seen so many boats at once as"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo.\n", "p One two."),
        ("One.\n\nTwo.\n", "p One.\np Two."),
        ("\n\n \t\nOne.\n  \n\n\t\nTwo.", "p One.\np Two."),
        # White space by which XML does not part words is text of its own.
        ("One.\n\u00a0\nTwo.\n", "p One. Two."),
        # An indent from two to eight spaces begins a paragraph, a deeper or lesser one does not.
        ("One\ntwo.\n  Three\nfour.\n", "p One two.\np Three four."),
        ("One\ntwo.\n        Three\nfour.\n", "p One two.\np Three four."),
        ("One\ntwo.\n Three.\n", "p One two. Three."),
        ("One\ntwo.\n         Three.\n", "p One two. Three."),
        # After an indented line an indent says nothing any more.
        ("  One\n  two.\n  Three.\n", "p One two. Three."),
    ],
)
def test_blank_lines_and_indents(text: str, expected: str) -> None:
    assert drawn(text) == expected


def test_a_text_with_a_paragraph_on_each_line() -> None:
    long = [f"{name} {'said the same thing over again ' * 4}." for name in ("Anna", "Ben", "Carl")]
    assert drawn("\n".join(long)) == "\n".join(f"p {' '.join(line.split())}" for line in long)
    # One long line among short ones is not yet such a text.
    assert drawn("\n".join(["One", "two", "three", *long[:1]])).count("\n") == 0


@pytest.mark.parametrize(
    ("before", "after", "one_paragraph"),
    [
        # A word or a sentence goes on over the page, be the line ever so short.
        (f"{FULL}\nThe offi¬", "cers came.", True),
        (f"{FULL}\nThe offi-", "cers came.", True),
        (f"{FULL}\nThey came and", "went.", True),
        (f"{FULL}\nThey came, they saw,", "They went.", True),
        # A short last line that ends a sentence ends its paragraph.
        (f"{FULL}\n{FULL}\nThey came.", "They went.", False),
        (f"{FULL}\n{FULL}\nHe said: “They came.”", "They went.", False),
        (f"{FULL}\n{FULL}\nThey came.*)", "They went.", False),
        (f"{FULL}\n{FULL}\nDid they come?", "They went.", False),
        # A filled one says nothing: the paragraph goes on.
        (f"{FULL}\n{FULL}\n{FULL}", "They went.", True),
        # A blank line within the page parts as it does anywhere.
        (f"{OPEN}\n\n{FULL}", "They went.", None),
    ],
)
def test_over_a_page(before: str, after: str, one_paragraph: bool | None) -> None:
    found = drawn(pages(before, f"{after}\n{OPEN}\nthey do.", "The end."))
    if one_paragraph is None:
        assert found.splitlines()[0] == f"p {OPEN}"
    elif one_paragraph:
        assert " ".join(f"p {before} |{after}".split()) in found
    else:
        assert f"p {after}" in found
        assert found.count("\n") == 2


def test_a_heading_at_the_top_of_a_page() -> None:
    # Even where the sentence before it is not finished.
    text = pages(f"{OPEN}\nthey came and", f"AT THE HARBOUR\n{FULL}", "The end.")
    assert "they came and\n" in drawn(text)
    assert "\np AT THE HARBOUR Nobody" in drawn(text)
    # Four capital letters are no heading: an abbreviation.
    text = pages(f"{OPEN}\nthey came and", f"NATO\n{FULL}", "The end.")
    assert "came and |NATO Nobody" in drawn(text)


def test_a_blank_line_under_a_running_head_begins_a_paragraph() -> None:
    head = '[layout]\nrunning_heads = ["THE HARBOUR BOOK"]'
    filled = f"{FULL}\n{FULL}\n{FULL}"
    apart = drawn(
        pages(f"THE HARBOUR BOOK\n\n{filled}", f"THE HARBOUR BOOK\n\n{filled}", "So."), edition=head
    )
    close = drawn(pages(f"THE HARBOUR BOOK\n\n{filled}", f"THE HARBOUR BOOK\n{filled}", "So."), edition=head)
    assert [line.startswith("p Nobody") for line in apart.splitlines()] == [True, True]
    assert close == f"p {' '.join([FULL] * 3)} |{' '.join([FULL] * 3)} |So."


def test_the_lines_of_a_page_are_compared_with_those_of_its_own_page() -> None:
    # A page in a narrow column: its filled last line is shorter than the lines of other pages.
    narrow = "Boats came in.\nThey all went.\nSo did others."
    assert drawn(pages(f"{FULL}\n{FULL}\n{FULL}", narrow, "The end.")) == (
        f"p {FULL} {FULL} {FULL} |{' '.join(narrow.split())} |The end."
    )


def test_the_editor_joins_and_splits() -> None:
    text = "Alpha\nbeta.\n\nGamma\ndelta.\n"
    assert drawn(text, '[[join]]\ntext = "Gamma"') == "p Alpha beta. Gamma delta."
    assert drawn(text, '[[split]]\ntext = "delta"') == "p Alpha beta.\np Gamma\np delta."
    # A split holds where rules and a decision to join say otherwise.
    assert drawn(text, '[[split]]\ntext = "Gamma"\n[[join]]\ntext = "Gamma"') == drawn(text)
    over = pages(f"{FULL}\n{FULL}\nThey came.", f"They went.\n{FULL}", "The end.")
    assert "They came. |They went." in drawn(over, '[[join]]\npage = "2"\ntext = "They went"')
    over = pages(f"{OPEN}\nthey came", f"They went.\n{FULL}", "The end.")
    assert "they came\np They went." in drawn(over, '[[split]]\npage = "2"\ntext = "They went"')


def test_page_furniture_and_notes_inside_a_paragraph() -> None:
    text = pages(
        f"{OPEN}\nthey did that day* and it was not a\n\n* A Tuesday.", "Sunday at all, they say.", "The end."
    )
    assert drawn(text, inline=["ref"]) == block(
        """
        p Nobody at the harbour had ever seen so many boats at once as they did that day<ref #n1.1>*<> and it was not a … |Sunday at all, they say. |The end.
          note[*] * …
            p A Tuesday.
        """  # noqa: E501
    )


def test_a_body_of_nothing_but_page_furniture_gets_an_empty_paragraph() -> None:
    # The text proper is only numbers and a running head; what there is to read stands behind it.
    edition = '[layout]\nrunning_heads = ["THE HARBOUR BOOK"]'
    text = pages("THE HARBOUR BOOK", "THE HARBOUR BOOK", "Words at the end.")
    assert drawn(text, '[back]\ntext = "Words at the end."', edition) == (
        "body\n  p\nback\n  div[section]\n    p Words at the end."
    )
