"""A register proposed for a text that has none."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.persons.find import find_names
from tei.persons.proposal import write_proposal
from tei.persons.propose import propose_register
from tei.persons.register import Register

TRANSCRIPT = """\
THE CHAIR: The House will come to order. I call on Mr. Anton Zaborovsky.

MR. ZABOROVSKY: Thank you. Last year in London the Committee met, and the River was high. Dr. Ada Finch
said so, and Finch’s report is here.

MS. FINCH: I said what Zaborowsky said. London is far.

MR. ZABOROVSKY: Moreover, Ada, the Trade Board of Kent knows it. Kurtz, Finch and Zaborovsky wrote it.

MS. FINCH: Kurtz did, as Kurtz told me.
"""


def test_people_and_no_places() -> None:
    found = {candidate.id: candidate for candidate in propose_register(TRANSCRIPT)}
    assert {name for name, candidate in found.items() if not candidate.doubtful} == {
        "zaborovsky",
        "finch",
        "kurtz",
    }
    assert found["zaborovsky"].name == "Anton Zaborovsky"
    assert found["zaborovsky"].forms["Zaborowsky"] == 1
    assert found["finch"].name == "Ada Finch"
    assert found["finch"].forms["Ada"] == 1
    assert found["finch"].evidence["title"] >= 3
    assert found["finch"].contexts


def test_two_of_one_surname() -> None:
    text = "Mr. John Finch spoke. Then Mrs. Ada Finch spoke. J. Finch sat."
    found = [(candidate.id, candidate.name, candidate.count) for candidate in propose_register(text)]
    assert found == [("finch", "John Finch", 2), ("finch-ada", "Ada Finch", 1)]


def test_the_proposal_is_a_register() -> None:
    proposal = write_proposal(propose_register(TRANSCRIPT))
    register = Register.model_validate(tomllib.loads(proposal))
    assert [person.id for person in register.person] == ["finch", "zaborovsky", "kurtz"]
    assert "# " in proposal
    named = [TRANSCRIPT[mention.start : mention.end] for mention in find_names(TRANSCRIPT, register)]
    assert "Zaborowsky" in named
    assert "London" not in named


@given(st.one_of(st.text(), st.text(alphabet="ABab .,’'\"\\\n\t\x00\x7f\u2028")))
def test_any_text_gives_a_file(text: str) -> None:
    proposal = write_proposal(propose_register(text))
    Register.model_validate(tomllib.loads(proposal))
    assert proposal == write_proposal(propose_register(text))


def test_doubtful_ones_are_comments() -> None:
    text = "There lived Brodsky. Then Brodsky’s son and Brodsky’s wife came to Kent."
    proposal = write_proposal(propose_register(text))
    assert tomllib.loads(proposal) == {}
    kept = "\n".join(
        line[2:] if line.startswith(("# [[", "# id", "# name")) else line for line in proposal.split("\n")
    )
    assert Register.model_validate(tomllib.loads(kept)).person[0].id == "brodsky"


@pytest.mark.parametrize(
    "piece", ["Mr. Finch ", "A. ", "Finch, ", "Xy%d, ", "FINCH: yes.\n\n", "\n", "a ", "Xy%dov said. "]
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        text = "".join(piece % n if "%" in piece else piece for n in range(times))
        start = time.process_time()
        propose_register(text)
        return time.process_time() - start

    assert seconds(8000) < 16 * seconds(1000) + 0.6


SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.corpus
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="no corpus beside the checkout")
@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("court-guo-2024-05-24.txt", {"guo", "shroff", "finkel", "murray", "krasner", "torres", "loftus"}),
        ("southafrica-2013-gupta.txt", {"radebe", "zuma", "lekota", "holomisa", "mulder", "meshoe"}),
        ("crec-2005-h6183.txt", {"brown", "otter", "davis", "goode"}),
        ("bundestag-18-181.txt", {"kauder", "bartsch", "cameron", "merkel", "oppermann", "hunko"}),
        ("podcast-gotime-97.md", {"bates", "ryer", "rege", "rice"}),
        ("drama-pygmalion-3825.txt", {"higgins", "doolittle", "pickering", "pearce", "freddy", "clara"}),
    ],
)
def test_speakers_of_strange_transcripts(name: str, people: set[str]) -> None:
    text = (SHARED / "corpus" / "txt" / name).read_text("utf-8-sig")
    found = {candidate.id for candidate in propose_register(text) if not candidate.doubtful}
    assert people <= found
