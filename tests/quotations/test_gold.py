"""The hand-made annotations: what the rules reach on the pages that are open.

The thresholds are what was reached; names are those of the annotations, so that only this package is tried.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import tei.encode
from tei.flow import Flow
from tei.quotations.alignment import Cited
from tei.quotations.attribution import Attribution, Surroundings, attribute, find_passages
from tei.quotations.context import contexts
from tei.quotations.kind import Kind
from tei.quotations.kinds import classify
from tei.quotations.marks import find_quotations
from tei.streams import Arrangement

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

KINDS = {"soCalled": "socalled", "mentioned": "term", "gloss": "term"}
BODIES = {"Pravda": "pravda", "Central Committee": "central-committee", "Congress": "twentieth-congress"}


@dataclass(frozen=True)
class Found:
    words: str
    kind: Kind
    attribution: Attribution


def fold(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", text.lower())


def recorded(monkeypatch: pytest.MonkeyPatch, edition: Path) -> tuple[Arrangement, list[Flow]]:
    """The arranged text of an edition and its flows, as the encoding makes them on its way."""
    seen: dict[str, Any] = {}

    def record(name: str) -> None:
        function: Callable[..., Any] = getattr(tei.encode, name)

        def recording(*arguments: Any, **named: Any) -> Any:
            seen[name] = function(*arguments, **named)
            return seen[name]

        monkeypatch.setattr(tei.encode, name, recording)

    record("arrange")
    record("text_flows")
    tei.encode.encode_path(edition)
    return seen["arrange"], seen["text_flows"]


def annotated(shared: Path) -> dict[str, dict[str, Any]]:
    lines = (shared / "gold" / "wolfe-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return {str(page["page"]): page for page in map(json.loads, lines)}


def names_in(text: str, gold: dict[str, dict[str, Any]]) -> list[tuple[int, int, str]]:
    known = {name.split()[-1]: key for page in gold.values() for name, key in page["persName"]} | BODIES
    known = {name: key for name, key in known.items() if len(name) > 3}
    pattern = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return [
        (match.start(), match.end(), known[match[0]]) for match in re.finditer(rf"\b(?:{pattern})\b", text)
    ]


def bcubed(links: Sequence[tuple[str, str]]) -> float:
    precision = recall = 0.0
    for key, found in links:
        both = links.count((key, found))
        precision += both / sum(other == found for _, other in links)
        recall += both / sum(other == key for other, _ in links)
    precision, recall = precision / len(links), recall / len(links)
    return 2 * precision * recall / (precision + recall)


def test_open_pages(root: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrangement, flows = recorded(monkeypatch, root / "encoded" / "wolfe-1957")
    gold = annotated(shared)
    body = flows[0]
    first, last = (
        body.index(edge)
        for edge in next((s, e) for stream, s, e in arrangement.streams if stream.type == "speech")
    )
    speech = Cited(body.text, first, last, "khrushchev")
    by_page: dict[str, list[Found]] = defaultdict(list)
    for flow in flows:
        found = contexts(flow.text, find_quotations(flow.text))
        known = Surroundings(
            names_in(flow.text, gold),
            bodies=set(BODIES.values()),
            cited=[(last if flow is body else 0, len(flow.text), speech)],
        )
        passages = find_passages(found, known)
        kinds = classify(found, {found[number].quotation.start for number in passages})
        for context, kind, one in zip(found, kinds, attribute(found, kinds, known, passages), strict=True):
            start, end = flow.place(context.quotation.start, context.quotation.end)
            place = next((p.page.n for p in arrangement.pages if p.start <= start < p.end), "")
            by_page[place].append(Found(fold(arrangement.text[start:end]), kind, one))
    hits = wanted = extra = right = counted = 0
    who: list[tuple[str, str]] = []
    for number, page in gold.items():
        left = by_page[number]
        for quote in page["quotes"]:
            if quote["form"] == "block":
                continue
            match = next((one for one in left if one.words.startswith(fold(quote["start"])[:14])), None)
            if match:
                left.remove(match)
            if quote.get("continues") == "from-previous":
                continue
            wanted += 1
            if match is None:
                continue
            hits += 1
            if quote["who"] and quote["kind"] in ("said", "quote"):
                who.append((quote["who"], match.attribution.who or f"?{len(who)}"))
            if not quote.get("unsure"):
                counted += 1
                right += KINDS.get(match.kind.name, match.kind.name) == quote["kind"]
        extra += len(left)
    assert 2 * hits / (wanted + hits + extra) >= 0.98
    assert right / counted >= 0.97
    assert sum(not found.startswith("?") for _, found in who) / len(who) >= 0.95
    assert bcubed(who) >= 0.95
