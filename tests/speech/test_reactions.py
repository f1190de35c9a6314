from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei.speech.reactions import (
    DEFAULT_PROFILE,
    MAX_LENGTH,
    REACTION_CATEGORIES,
    REACTION_KINDS,
    Profile,
    Reaction,
    find_reactions,
    reaction_spans,
)

# What is printed, and the kinds it holds in printed order. All samples are invented.
REACTIONS = [
    ("(Applause.)", "applause"),
    ("[APPLAUSE]", "applause"),
    ("\\[laughter\\]", "laughter"),
    ("(Applause,)", "applause"),
    ("( Applause . )", "applause"),
    ("{Applause.]", "applause"),
    ("*(Laughter.)*", "laughter"),
    ("[_Applause_]", "applause"),
    ("(ap¬\nplause)", "applause"),
    ("(ap-\r\nplause in the\r\nhall.)", "applause"),
    ("(laugh\u00adter)", "laughter"),
    ("(Stormy, prolonged applause, turning into an ovation. All rise.)", "applause ovation rising"),
    ("(Applause. All stand. Cries of “Hurrah!”)", "applause rising voices"),
    ("(Laughter , applause, voices: “Well said”)", "laughter applause voices"),
    ("(Standing ovation.)", "ovation"),
    ("(Tumultuous applause)", "applause"),
    ("(Tumultous applause)", "applause"),
    ("(Tumult in the hall.)", "tumult"),
    ("(Uproar)", "tumult"),
    ("(Commotion in the hall.)", "commotion"),
    ("(Movement in the hall.)", "movement"),
    ("(Movement.)", "movement"),
    ("(Sensation.)", "movement"),
    ("(Indignation in the hall.)", "indignation"),
    ("(Animation in the hall , laughter.)", "animation laughter"),
    ('(Laughter and cries of "No, no!" from the Opposition benches.)', "laughter voices"),
    ("(A voice from the floor: Never again!)", "voices"),
    ("(A voice: “Never.”)", "voices"),
    ("(Voices from the Left: Order!)", "voices"),
    ("(Cheers from the Republican side.)", "cheering"),
    ("[Cheers\tand\tapplause.]", "cheering applause"),
    ("(Boos and applause.)", "booing applause"),
    ("[Booing]", "booing"),
    ("(Hear, hear!)", "voices"),
    ("[Interruption.]", "interjection"),
    ("[Interjections.]", "interjection"),
    ("(crosstalk)", "interjection"),
    ("(Sound of desk-thumping.)", "applause"),
    ("(Applause for several minutes.)", "applause"),
    ("(Applause lasting 10 minutes)", "applause"),
    ("[laughter 00:12:03]", "laughter"),
    ("[crowd cheering and applauding]", "cheering applause"),
    ("(Audience laughs.)", "laughter"),
    ("(The delegates rise and applaud.)", "rising applause"),
    ("(The whole house rose and cheered.)", "rising cheering"),
    ("(Prolonged applause; the whole hall rises)", "applause rising"),
    ("(Applause, the Members rising.)", "applause rising"),
    ("(Applause on the Left and in the Centre.)", "applause"),
    ("(Shouts of approval.)", "voices"),
    ("(Cries of indignation in the hall.)", "voices indignation"),
    ("(Music.)", "music"),
    ("(Silence in the hall.)", "other"),
    # German
    ("(Lebhafter Beifall bei der CDU/CSU – Zurufe von der SPD: Nein!)", "applause interjection"),
    ("(Beifall bei der SPD sowie des Abg. Jan Muster [Stadt] [CDU/CSU])", "applause"),
    ("(Beifall beim BÜNDNIS 90/\nDIE GRÜNEN)", "applause"),
    ("(Anna Muster [SPD]: Ja! – Heiterkeit bei der LINKEN)", "interjection laughter"),
    ("(Heiterkeit)", "laughter"),
    ("(Unruhe bei der LINKEN)", "commotion"),
    ("(Widerspruch bei der SPD)", "indignation"),
    ("(Zurufe links)", "interjection"),
    ("(Sehr richtig! rechts)", "voices"),
    # French, Spanish, Italian
    ("(Applaudissements sur les bancs du groupe Les Libres.)", "applause"),
    ("(Vifs applaudissements à gauche. – Exclamations à droite.)", "applause voices"),
    ("(Rires et applaudissements.)", "laughter applause"),
    ("(Très bien ! très bien ! à gauche.)", "voices"),
    ("(Aplausos de las señoras y los señores diputados del Grupo Libre, puestos en pie.)", "applause"),
    ("(Rumores.)", "commotion"),
    ("(Risas y aplausos.)", "laughter applause"),
    ("(Applausi dei deputati del gruppo Partito Libero).", "applause"),
    ("(Commenti del deputato Bianchi).", "interjection"),
    ("(Si ride)", "laughter"),
    # Russian
    ("(Аплодисменты.)", "applause"),
    ("(Бурные, продолжительные аплодисменты, переходящие в овацию. Все встают.)", "applause ovation rising"),
    ("(Смех, оживление в зале.)", "laughter animation"),
    ("(Шум в зале.)", "commotion"),
    ("(Голос с места: «Верно!»)", "voices"),
    ("(Возгласы: «Верно!» Аплодисменты.)", "voices applause"),
    # Afrikaans and Dutch
    ("[Tussenwerpsels.]", "interjection"),
    ("[Applous.]", "applause"),
    ("[Gelag.]", "laughter"),
    # Portuguese, Catalan, Polish, Czech, Turkish and others
    ("(Palmas.)", "applause"),
    ("(Aplausos prolongados do PP, de pé.)", "applause"),
    ("(Risos.)", "laughter"),
    ("(Muito bem! Palmas.)", "voices applause"),
    ("(Aplaudiments forts i perllongats.)", "applause"),
    ("(Oklaski)", "applause"),
    ("(Wesołość na sali, oklaski)", "laughter applause"),
    ("(Część posłów wstaje, długotrwałe oklaski)", "rising applause"),
    ("(Głos z sali: Nigdy!)", "voices"),
    ("(Potlesk poslanců ze středu sálu.)", "applause"),
    ("(AB PARTİ sıralarından alkışlar)", "applause"),
    ("(Dinleyici locasından “Yuh!” sesi)", "voices"),
    ("(Оплески)", "applause"),
    ("(Applåder)", "applause"),
    ("(Taps a kormánypártok padsoraiban.)", "applause"),
    # What members call out, and what they do
    ('[HON. MEMBERS: "Hear, hear."]', "voices"),
    ("[An Hon. Member: “Why?”]", "voices"),
    ("(A delegate: Never!)", "voices"),
    ("(Members interjecting)", "interjection"),
    ("(Chorus of interjections)", "interjection"),
    ("(Zustimmung bei der SPD.)", "other"),
    # Beside something else that is told
    ("(He shows them the paper. Applause.)", "applause"),
    ("(Muestra unas páginas.—Aplausos.)", "applause"),
    ("(Glocke des Präsidenten – Beifall bei der SPD)", "applause"),
    ("(Laughter. The speaker drinks some tea.)", "laughter"),
]

OTHER_BRACKETS = [
    *("(Emphasis added.)", "[Central Committee]", "(mostly in 1937-1938)", "(see p. 12)", "[sic]", "(SPD)"),
    *("(applauds the effort)", "stormy applause", "(the laughter of the gods)", "(Laughter, 1957)"),
    *("(movement)", "(the Movement)", "(a voice)", "(Voices of Spring)", "(a voice in the wilderness)"),
    *("(rising)", "(rising prices)", "(and the rising of 1956)", "[Exit laughing]", "(Music)", "(noise)"),
    *("(Continued on next page)", "(Jury present)", "(Inaudible.)", "[Time expired.]", "(Question put.)"),
    *("(interruption of service)", "(protests in Georgia)", "(in the hall)", "(the audience)", "(left)"),
    *("[laughter](http://example.org/)", "(cf. Applause, by Jones)", "(Laughter is the best medicine.)"),
    *("(He enters to applause from nobody who knew.)", "[Enter Anna, laughing.]"),
    *("(the latter)", "(Roe, J. Laughter)", "(Roe 1911 – a study of laughter)", "(Members: Ann, Jo)"),
    *("(taps)", "(Pausa.)", "(Dzwonek)", "(USSR)", "(approved. See p. 5)", "(He speaks. He goes.)"),
]


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[r.start : r.end], r.kinds) for r in find_reactions(text)]


@pytest.mark.parametrize(("printed", "kinds"), REACTIONS)
@pytest.mark.parametrize("around", ["We said so. {} And then", "{}", "\n\n{}\n\n", "so be it.\n{}*\nNext"])
def test_reaction_with_its_kinds(printed: str, kinds: str, around: str) -> None:
    text = around.format(printed)
    reactions = find_reactions(text)
    assert [r.kinds for r in reactions] == [tuple(kinds.split())]
    assert text[reactions[0].start : reactions[0].end] == printed.strip("*").removesuffix(").") + (
        ")" if printed.endswith(").") else ""
    )
    assert reactions[0].closed


@pytest.mark.parametrize("printed", OTHER_BRACKETS)
def test_other_brackets_are_no_reactions(printed: str) -> None:
    assert found(f"and it was said {printed} by the men of the town") == []


def test_voices_are_the_words_called_out() -> None:
    text = "(Laughter, voices: “Well said”)"
    (reaction,) = find_reactions(text)
    assert [text[a:b] for a, b in reaction.voices] == ["“Well said”"]
    text = "(Beifall bei der SPD – Anna Muster [SPD]: Ja! Ja! – Jan Probe [CDU/CSU]: Nein!)"
    (reaction,) = find_reactions(text)
    assert [text[a:b] for a, b in reaction.voices] == ["Ja! Ja!", "Nein!"]
    text = "(A voice from the Left: Never again!)"
    (reaction,) = find_reactions(text)
    assert [text[a:b] for a, b in reaction.voices] == ["Never again!"]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "Farewell!\n\n(Stormy , prolonged applause ending in ovation . All\nrise. \n\n\n252\n",
            "(Stormy , prolonged applause ending in ovation . All\nrise.",
        ),
        ("Thank you.\n(APPLAUSE\nAnd so (really) we go.\n", "(APPLAUSE"),
        ("Thank you. (Laughter.", "(Laughter."),
    ],
)
def test_closing_bracket_lost(text: str, printed: str) -> None:
    (reaction,) = find_reactions(text)
    assert text[reaction.start : reaction.end] == printed
    assert not reaction.closed


@pytest.mark.parametrize(
    "text",
    ["(applause\nwhich they had not earned\n\nAnd", "(laughter and other things", "("],
)
def test_unclosed_bracket_with_other_words_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_line_ends_of_all_kinds_within_a_reaction() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"We go.{end}(Prolonged{end}applause.){end}{end}Next{end}"
        assert [kinds for _, kinds in found(text)] == [("applause",)]


def test_a_reaction_does_not_reach_over_a_blank_line() -> None:
    assert found("(and then\n\napplause)") == []


def test_reactions_of_others_are_given_on_demand() -> None:
    text = "Well. (Laughs.) Yes. (Anna Muster [SPD]: Nein!) No. (Laughter.)"
    assert [r.by for r in find_reactions(text)] == ["audience"]
    everyone = find_reactions(text, by=("audience", "speaker", "member"))
    assert [(r.by, r.kinds) for r in everyone] == [
        ("speaker", ("laughter",)),
        ("member", ("interjection",)),
        ("audience", ("laughter",)),
    ]


def test_spans() -> None:
    text = "Yes. (Applause, voices: “Well said”) No. (Laughs.)"
    reactions = find_reactions(text, by=("audience", "speaker"))
    spans = reaction_spans(text, reactions, "#delegates")
    assert [(s.name, text[s.start : s.end], dict(s.attributes)) for s in spans] == [
        (
            "kinesic",
            "(Applause, voices: “Well said”)",
            {"type": "applause", "who": "#delegates", "ana": "#reaction-applause #reaction-voices"},
        ),
        ("desc", "(Applause, voices: “Well said”)", {}),
        ("q", "“Well said”", {}),
        ("vocal", "(Laughs.)", {"type": "laughter", "ana": "#reaction-laughter"}),
        ("desc", "(Laughs.)", {}),
    ]
    assert "who" not in reaction_spans(text, reactions)[0].attributes


def test_spans_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="not of this text"):
        reaction_spans("short", [Reaction(0, 10, ("applause",))])


def test_every_kind_has_its_category_and_words() -> None:
    assert [category for category, _ in REACTION_CATEGORIES] == [
        f"reaction-{kind}" for kind in REACTION_KINDS
    ]
    assert set(DEFAULT_PROFILE.kinds) == set(REACTION_KINDS)
    assert set(DEFAULT_PROFILE.verbs) <= set(REACTION_KINDS)
    assert {entry.element for entry in REACTION_KINDS.values()} == {"kinesic", "vocal", "incident"}


def test_a_profile_of_ones_own() -> None:
    esperanto = DEFAULT_PROFILE.extended({"applause": ["Aplaŭd*"]}, modifiers=["Longa"])
    text = "(Longa aplaŭdo)"
    assert find_reactions(text) == []
    assert [r.kinds for r in find_reactions(text, esperanto)] == [("applause",)]
    only = Profile(kinds={"laughter": ["nauru"]})
    assert [r.kinds for r in find_reactions("(Nauru.) (Applause.)", only)] == [("laughter",)]


ALPHABET = st.sampled_from(
    [
        *"()[]{}“”\"':;.,!–-¬\n\r\t *_\\aZ9é",
        "applause",
        "Laughter",
        " voices: ",
        "All rise",
        "Beifall",
        "\r\n",
        " – ",
    ]
)


@given(st.lists(ALPHABET, max_size=80).map("".join))
def test_whatever_the_text_spans_lie_within_it_and_apart(text: str) -> None:
    reactions = find_reactions(text, by=("audience", "speaker", "member"))
    end = 0
    for reaction in reactions:
        assert end <= reaction.start < reaction.end <= len(text)
        assert reaction.end - reaction.start <= MAX_LENGTH + 2
        assert text[reaction.start] in "\\([{"
        assert reaction.kinds
        assert len(set(reaction.kinds)) == len(reaction.kinds)
        for start, stop in reaction.voices:
            assert reaction.start < start < stop <= reaction.end
        end = reaction.end
    assert len(reaction_spans(text, reactions)) >= 2 * len(reactions)


HOSTILE = [
    *(
        "(",
        "[(",
        "()",
        "(a",
        "(a ",
        "(applause ",
        "(applause\n",
        "(applause,",
        "(a voice: “",
        "“",
        "('a ",
        "(Dr. ",
    ),
    *("(A B C D E F G H ", "(\n", "((applause) ", "(applause – ", "a-", "(applause-\n", "(Zuruf: ", "(\\"),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts_come_to_an_end(unit: str) -> None:
    find_reactions(unit * (1_000_000 // len(unit)), by=("audience", "speaker", "member"))


@pytest.mark.corpus
def test_counts_of_the_corpus(shared: Path) -> None:
    with (shared / "corpus" / "txt" / "LIST.tsv").open(encoding="utf-8") as listing:
        rows = list(csv.DictReader(listing, delimiter="\t"))
    for row in rows:
        if row["audience_reactions_counted"]:
            text = (shared / "corpus" / row["file"]).read_bytes().decode("utf-8-sig")
            counted = int(row["audience_reactions_counted"])
            assert abs(len(find_reactions(text)) - counted) <= 0.03 * counted, row["file"]


@pytest.mark.corpus
def test_a_speech_with_commentary_and_an_essay(shared: Path) -> None:
    book = (shared / "sources" / "wolfe-1957.txt").read_bytes().decode("utf-8")
    reactions = find_reactions(book)
    assert len(reactions) == 54
    assert sum(not reaction.closed for reaction in reactions) == 1
    essay = (shared / "sources" / "deutscher-1956.txt").read_bytes().decode("utf-8")
    assert find_reactions(essay) == []
