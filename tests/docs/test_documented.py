"""README.md and docs/ are true: their samples are what the program does, and no key is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.docs.samples import PAGES, ROOT, expected, models, page_directory, same, samples


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_samples_are_true(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    found = samples(page)
    assert len(found) == page.count("<!-- sample: "), "a marker stands before no block"
    names: dict[str, Any] = {"__name__": "__main__"}
    with page_directory():
        for sample in found:
            now = expected(sample, names)
            line = page.count("\n", 0, sample.start) + 1
            assert same(sample.text, now), (
                f"{path.name}, line {line}: this is shown now; bring it up to date with "
                f"`python -m tests.docs.samples`\n{now}"
            )


@pytest.mark.parametrize("name", models())
def test_every_section_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "edition-files.md").read_text(encoding="utf-8")
    shown = [sample.argument for sample in samples(page) if sample.kind == "keys"]
    assert shown.count(name) == 1, f"docs/edition-files.md needs the table <!-- sample: keys {name} -->"


def test_every_field_says_what_belongs_there() -> None:
    bare = [
        f"{name}.{key}"
        for name, model in models().items()
        for key, field in model.model_fields.items()
        if not field.description
    ]
    assert not bare


@pytest.mark.parametrize("path", PAGES[1:], ids=lambda path: path.stem)
def test_every_page_is_in_the_menu(path: Path) -> None:
    assert f": {path.name}\n" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
