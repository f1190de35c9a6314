"""Other implementations as the judge: for XPath 1.0 the transformation that comes with lxml."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree, isoschematron

from tei.schematron import load_schematron
from tests.schematron.made import Expressions, schema_text

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
CONTEXTS = [
    "tei:p",
    "tei:q[@a]",
    "tei:hi | tei:p[@b]",
    "*[@a = 'x']",
    "tei:p/tei:q",
    "tei:p//tei:hi",
    "tei:*[tei:q]",
]
CONTEXTS += ["tei:p[1]", "tei:q[last()]", "*"]


def random_schema(made: Expressions) -> str:
    patterns = []
    for _ in range(4):
        rules = []
        for _ in range(made.random.choice([1, 1, 2, 3])):
            checks = "".join(
                f'<{kind} test="{made.one(2).replace("<", "&lt;").replace(chr(34), "&quot;")}">'
                f'{made.random.random()} of <name/>: <value-of select="{made.single()}"/></{kind}>'
                for kind in made.random.choices(["assert", "report"], k=2)
            )
            rules.append(f'<rule context="{made.random.choice(CONTEXTS)}">{checks}</rule>')
        patterns.append(f"<pattern>{''.join(rules)}</pattern>")
    return schema_text("".join(patterns), binding="xslt")


@pytest.mark.parametrize("seed", range(25))
def test_random_schemas_on_random_documents(tmp_path: Path, seed: int) -> None:
    made = Expressions(seed, later=False)
    file = tmp_path / "random.sch"
    file.write_text(random_schema(made), encoding="utf-8")
    mine = load_schematron(file)
    judge = isoschematron.Schematron(etree.parse(file), store_report=True, validate_schema=False)
    for _ in range(3):
        tree = made.document()
        judge.validate(tree)
        report = judge.validation_report
        assert report is not None
        said = Counter(
            (" ".join(str(etree.XPath("string()")(found)).split()), tree.xpath(str(found.get("location")))[0])
            for found in report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
        )
        assert Counter((failure.message, failure.element) for failure in mine.check(tree)) == said
