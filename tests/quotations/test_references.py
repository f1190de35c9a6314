from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.flow import Flow
from tei.quotations.references import (
    find_all_references,
    find_references,
    known_titles,
    reference_spans,
    titles_in,
)


def parts(text: str, *, note: bool = True, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [
        (part.name, text[part.start : part.end])
        for reference in find_references(text, note=note, known=known)
        for part in reference.parts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "* John Smith: A Life of Cats. (New York, 1949), p. 272.",
            "author=John Smith title=A Life of Cats pubPlace=New York date=1949 biblScope=p. 272",
        ),
        (
            "* The Morning Post, January 13, 1953, p. 4; Evening News, No. 3, January 1953, pp. 10-22.",
            (
                "title=The Morning Post date=January 13, 1953 biblScope=p. 4 title=Evening News "
                "biblScope=No. 3 date=January 1953 biblScope=pp. 10-22"
            ),
        ),
        (
            "** Collected Letters, Vol. XXXIII, pp. 57-58.",
            "title=Collected Letters biblScope=Vol. XXXIII biblScope=pp. 57-58",
        ),
        ("* Vol. XII, p. 35.", "biblScope=Vol. XII biblScope=p. 35"),
        ("* Ibid., p. 169.", "biblScope=p. 169"),
        (
            "* A. B. Smith, “The Cat in the Rain,” New Leader, Jan. 16, 1956.",
            "author=A. B. Smith title=The Cat in the Rain title=New Leader date=Jan. 16, 1956",
        ),
        (
            "* A Short History. Ed. W. Jones. (London, 1935), p. 7.",
            "title=A Short History editor=W. Jones pubPlace=London date=1935 biblScope=p. 7",
        ),
        (
            "* J. Smith: Cats of the World. Catpress (London, 1956), p. 41.",
            (
                "author=J. Smith title=Cats of the World publisher=Catpress pubPlace=London date=1956 "
                "biblScope=p. 41"
            ),
        ),
        (
            "See W. Brown in Cats and Dogs (London), April 18, 1956.",
            "author=W. Brown title=Cats and Dogs pubPlace=London date=April 18, 1956",
        ),
        ("(Globe and Mail, Jan. 21, 1956).", "title=Globe title=Mail date=Jan. 21, 1956"),
        (
            "* J. Smith: Cats, Paris, 1953, p. 7.",
            "author=J. Smith title=Cats pubPlace=Paris date=1953 biblScope=p. 7",
        ),
        (
            "* John Smith, A Life of Cats (London: Catpress, 1949), p. 272.",
            (
                "author=John Smith title=A Life of Cats pubPlace=London publisher=Catpress date=1949 "
                "biblScope=p. 272"
            ),
        ),
        (
            "See also J. Smith and A. Brown, Cats and Kings, 2nd ed. (Oxford, 1950), ch. 3.",
            "author=J. Smith and A. Brown title=Cats and Kings pubPlace=Oxford date=1950 biblScope=ch. 3",
        ),
        (
            "* Smith, “The Cat in the Rain,” Cat Studies, XII (1950), 345-67.",
            (
                "author=Smith title=The Cat in the Rain title=Cat Studies biblScope=XII date=1950 "
                "biblScope=345-67"
            ),
        ),
        (
            "* A. Müller, Geschichte der Katzen, Bd. II, Berlin, 1931, S. 45 ff.",
            (
                "author=A. Müller title=Geschichte der Katzen biblScope=Bd. II pubPlace=Berlin date=1931 "
                "biblScope=S. 45 ff."
            ),
        ),
        (
            "* Jean Dupont, La vie des chats (Paris, 1934), t. II, p. 45.",
            (
                "author=Jean Dupont title=La vie des chats pubPlace=Paris date=1934 biblScope=t. II "
                "biblScope=p. 45"
            ),
        ),
        (
            "* V. I. Ivanov, Katalog, XXI, 399.",
            "author=V. I. Ivanov title=Katalog biblScope=XXI biblScope=399",
        ),
        ("* Le Chat, 5 mai 1950.", "title=Le Chat date=5 mai 1950"),
        (
            "* J. Doe, _The Life of Cats_ (London, 1951), p. 8.",
            "author=J. Doe title=The Life of Cats pubPlace=London date=1951 biblScope=p. 8",
        ),
        ("* Smith, op. cit., p. 33.", "author=Smith biblScope=p. 33"),
        ("* See Smith (1950), p. 45.", "author=Smith date=1950 biblScope=p. 45"),
        ("* So it is (Smith 1950: 45).", "author=Smith date=1950 biblScope=45"),
        (
            "* Smith: Cat Portraits. (London, 1923.) Cited by Brown.",
            "author=Smith title=Cat Portraits pubPlace=London date=1923",
        ),
        (
            "* Letter to Brown, May 5, 1920, Collected Letters, Vol. II, p. 45.",
            (
                "title=Letter to Brown date=May 5, 1920 title=Collected Letters biblScope=Vol. II "
                "biblScope=p. 45"
            ),
        ),
        (
            "* It is in Volume IV (English) of the Third Edition of Smith’s Collected Works.",
            "biblScope=Volume IV author=Smith title=Collected Works",
        ),
        ("* See page 41 of the same volume (II) of Smith’s works.", "biblScope=page 41 author=Smith"),
        (
            "* Smith's Collected Works, Vol. X, 174-6.",
            "author=Smith title=Collected Works biblScope=Vol. X biblScope=174-6",
        ),
        (
            "* A. Cat: Mice (Fables), Berlin, no date. J. Mouse Verlag.",
            "author=A. Cat title=Mice pubPlace=Berlin date=no date publisher=J. Mouse Verlag",
        ),
        (
            "* A Cat Book, pp. 12-17: “The Great Mouse.”",
            "title=A Cat Book biblScope=pp. 12-17 title=The Great Mouse",
        ),
        ("* See Jane Doe: Kings and Cats.", "author=Jane Doe title=Kings and Cats"),
        ("* The May issue of Cat World says more.", "date=May title=Cat World"),
        ("*Editorial of July 6, 1956.", "title=Editorial date=July 6, 1956"),
        (
            "* Taken from Smith’s Report to the Cat Club.",
            "author=Smith title=Report to the Cat Club",
        ),
        ("* A character in Brown's Mouse King.", "author=Brown title=Mouse King"),
        (
            "* So in his Economic Problems of Cats in the City, he said.",
            "title=Economic Problems of Cats in the City",
        ),
        ("* Compare the remarks to John Brown, p. 164.", ""),
        ("* The Second Congress (London, 1903) decided otherwise.", ""),
        ("* The Battle of Waterloo, June 18, 1815, was lost.", ""),
        ("* President Brown, January 8, 1918.", ""),
        ("* Born in London, 1876.", ""),
        ("* He lived in Order No. 5, p. 7.", ""),
        ("* Sections 7, 8 and 9 of the Penal Code.", ""),
        ("On May 3, 1953 he went to London.", ""),
        ("See his remarks to Smith, p. 164.", ""),
        ("For more see Appendix A, pp. 271-6.", ""),
        ("The Trial of March 2-3, 1938.", ""),
    ],
)
def test_references(text: str, expected: str) -> None:
    assert " ".join(f"{name}={value}" for name, value in parts(text)) == expected


def test_running_text_needs_a_known_title_or_a_number() -> None:
    text = "He wrote in the Morning Post of July 6, 1956. In May, 1956 it rained."
    assert parts(text, note=False) == []
    assert parts(text, note=False, known=frozenset({"Morning Post"})) == [
        ("title", "Morning Post"),
        ("date", "July 6, 1956"),
    ]
    assert parts("It is in his Collected Letters (p. 389).", note=False)[0] == ("title", "Collected Letters")


def test_titles_are_learnt() -> None:
    text = "* Evening News, April 20, 1956."
    assert known_titles(find_references(text, note=True), text) == {"Evening News"}


def scopes(text: str) -> list[tuple[str, str, str, str | None]]:
    return [
        (
            text[part.start : part.end],
            part.attributes["unit"],
            part.attributes["from"],
            part.attributes.get("to"),
        )
        for reference in find_references(text, note=True)
        for part in reference.parts
        if part.name == "biblScope"
    ]


def test_scopes() -> None:
    assert scopes("* A Cat Book, Vol. XIV, pp. 77-81, 196; Vol. Ill, No. 7-8, p. 5 ff.; p. XV.") == [
        ("Vol. XIV", "volume", "14", "14"),
        ("pp. 77-81", "page", "77", "81"),
        ("196", "page", "196", "196"),
        ("Vol. Ill", "volume", "3", "3"),
        ("No. 7-8", "issue", "7", "8"),
        ("p. 5 ff.", "page", "5", None),
    ]
    assert scopes("* A Cat Book, Vols. II and IV, p. XV.") == [
        ("Vols. II", "volume", "2", "2"),
        ("IV", "volume", "4", "4"),
        ("p. XV", "page", "XV", "XV"),
    ]


def levels(text: str) -> list[str]:
    return [
        part.attributes["level"]
        for reference in find_references(text, note=True)
        for part in reference.parts
        if part.name == "title"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* J. Smith: A Cat Book (London, 1950), p. 5.", ["m"]),
        ("* Cat World, May 1, 1950.", ["j"]),
        ("* Cat Review, Vol. II, p. 5.", ["j"]),
        ("* Smith, “Cats,” Mind, vol. lix, p. 5.", ["a", "j"]),
        ("* J. Smith: Behind the Great Cat (Cat World, London, May 1, 1950), p. 5.", ["a", "j"]),
        ("* He wrote an article entitled The Last Mouse (July, 1953).", ["a"]),
        ("* Report to the Cat Club, May 1, 1950.", ["u"]),
    ],
)
def test_levels(text: str, expected: list[str]) -> None:
    assert levels(text) == expected


def test_all_texts_learn_from_each_other() -> None:
    texts = [
        (
            "The Mouser of July 6, 1956 said so; its editorial of July 7, 1956 did not.\nIn 1950 it rained.",
            False,
        ),
        ("* The Mouser, May 1, 1950.", True),
        ("* It was published in The Mouser.", True),
        ("* The Lives of the Cats were first published in The Mouser in May 1920.", True),
        ("* In Lives of the Cats.", True),
        ("* The lives of the cats were nine.", True),
        ("* The Mouser, Berlin, Dec. 1923.", True),
    ]
    found = find_all_references(texts)
    assert [
        [text[one.start : one.end] for one in ones] for (text, _), ones in zip(texts, found, strict=True)
    ] == [
        ["The Mouser of July 6, 1956", "editorial of July 7, 1956"],
        ["The Mouser, May 1, 1950"],
        ["The Mouser"],
        ["Lives of the Cats", "The Mouser in May 1920"],
        ["Lives of the Cats"],
        [],
        ["The Mouser, Berlin, Dec. 1923"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "See John Smith, A Life of Cats (London, 1950), p. 5.",
            ["John Smith, A Life of Cats (London, 1950), p. 5"],
        ),
        ("In Volume VII of his Collected Works (p. 389) he", ["Volume VII of his Collected Works (p. 389)"]),
        ("A book entitled: Since Tom Died (New York, 1925).", ["Since Tom Died (New York, 1925)"]),
        (
            "J. Smith’s classic Cats: A History, published in 1935, is",
            ["J. Smith’s classic Cats: A History, published in 1935"],
        ),
        ("So (Smith 1950: 45; Brown 1951) it is.", ["Smith 1950: 45"]),
        ("And ibid., p. 7. And so on.", ["ibid., p. 7"]),
        ("The Peace of Riga (Riga, 1921) held. Born in Oxford (Oxfordshire, 1876).", []),
        ("The Cats (No. 5 on the list), the Chairman of the Board, No. 5 Main Street.", []),
        ("He lived in New York, 1950, and in Vol. I of this work he said so, p. 5 too.", []),
    ],
)
def test_running_text(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_references(text)] == expected


def flow(text: str) -> Flow:
    return Flow.plain(text)


def test_spans() -> None:
    text = "* A. B. Smith, “The Cat in the Rain,” New Leader, Jan. 16, 1956, pp. 221-3."
    found = find_references(text, note=True)
    spans = reference_spans(flow(text), found)
    assert spans[0].name == "bibl"
    assert dict(spans[0].attributes) == {"xml:id": "b1"}
    scope = next(span for span in spans if span.name == "biblScope")
    assert dict(scope.attributes) == {"unit": "page", "from": "221", "to": "223"}
    # A title that is a quotation too has its element from there.
    quoted = (text.index("“"), text.index("”") + 1)
    assert titles_in(found) == {quoted[0] + 1}
    again = reference_spans(flow(text), found, quoted=[quoted])
    assert [span.name for span in again].count("title") == 1


@given(st.text(alphabet="Vol. IXp123,()“”; :\nAbc May 1956 No.", max_size=120))
def test_parts_lie_inside(text: str) -> None:
    end = 0
    for reference in find_references(text, note=True):
        assert end <= reference.start < reference.end <= len(text)
        end = reference.end
        for part in reference.parts:
            assert reference.start <= part.start < part.end <= reference.end


@pytest.mark.parametrize(
    "unit",
    [
        "Vol. I, ",
        "(A",
        "A Cat and ",
        "p. 1, 2, ",
        "May 1, 1956, ",
        "“A ",
        "A: ",
        " ",
        "A-",
        "Ibid. ",
        "Cats, p. 5",
        "(A, A, 1950",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        for note in (True, False):
            find_references("* Cats, May 1, 1950. May " + unit * count, note=note)
        return time.process_time() - begin

    small, large = seconds(2_000), seconds(16_000)
    assert large < 30 * small + 1.0


def test_spaces_that_do_not_break() -> None:
    text = "* J.\u00a0Smith: A Cat Book (London,\u00a01950), p.\u00a05."
    assert parts(text)[-1] == ("biblScope", "p.\u00a05")
