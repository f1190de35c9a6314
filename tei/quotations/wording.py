"""English words that tell how a passage in quotation marks is meant: verbs of speech, of writing, of naming.

Each is a piece of a regular expression. A text in another language has fewer hints, and its quotations are
told by their shape and length alone.
"""

from __future__ import annotations

from typing import Final


def _any(words: str) -> str:
    """One of ``words``; ``_`` stands for a space."""
    return "(?:" + "|".join(words.split()).replace("_", r"\s+") + ")"


ORAL: Final = _any(
    "ask(?:s|ed|ing)? answer(?:s|ed|ing)? repl(?:y|ies|ied|ying) cr(?:ies|ied|ying) shout(?:s|ed|ing)?"
    " exclaim(?:s|ed|ing)? t(?:ells|old|elling) whisper(?:s|ed|ing)? mutter(?:s|ed|ing)? murmur(?:s|ed|ing)?"
    " growl(?:s|ed|ing)? begg(?:ed|ing) begs retort(?:s|ed|ing)? interrupt(?:s|ed|ing)? call(?:s|ed)?_out"
    " yell(?:s|ed|ing)? inquir(?:es|ed|ing) scream(?:s|ed|ing)? rejoin(?:s|ed) sneer(?:s|ed|ing)?"
    " sp(?:oke|oken)_up order(?:s|ed|ing) command(?:s|ed|ing) joke[sd] quip(?:s|ped) th(?:ought|inks|ink)"
)
"""Verbs of words spoken (or thought)."""

VOICE: Final = _any(
    "sa(?:ys?|id|ying) declar(?:es?|ed|ing) stat(?:es|ed|ing) add(?:s|ed|ing)? continu(?:es|ed|ing)"
    " point(?:s|ed|ing)?_out warn(?:s|ed|ing)? announc(?:es|ed|ing) assur(?:es|ed|ing) admit(?:s|ted|ting)?"
    " insist(?:s|ed|ing)? remark(?:s|ed|ing)? observ(?:es|ed|ing) explain(?:s|ed|ing)? boast(?:s|ed|ing)?"
    " proclaim(?:s|ed|ing)? claim(?:s|ed|ing)? assert(?:s|ed|ing)? argu(?:es|ed|ing) complain(?:s|ed|ing)?"
    " conclud(?:es|ed|ing) promis(?:es|ed|ing) urg(?:es|ed|ing) demand(?:s|ed|ing)? predict(?:s|ed|ing)?"
    " maintain(?:s|ed|ing)? affirm(?:s|ed|ing)? concede[sd] confess(?:es|ed|ing)? testif(?:ies|ied|ying)"
    " recall(?:s|ed|ing)? report(?:s|ed|ing)? suggest(?:s|ed|ing)? repeat(?:s|ed|ing)?"
    " sp(?:eaks?|oke|eaking)_of mention(?:s|ed|ing)? described? describ(?:es|ing) denounc(?:es|ed|ing)"
    " charg(?:es|ed|ing) attack(?:s|ed|ing)? accus(?:es|ed|ing) inform(?:s|ed|ing)? stress(?:es|ed|ing)?"
    " emphasiz(?:es|ed|ing) glossed called_for"
    " begins? began beg[au]n greet(?:s|ed|ing)? hail(?:s|ed|ing)? prais(?:es|ed|ing) put(?:s|ting)?_it"
    " express(?:es|ed|ing)? not(?:es|ed|ing) reveal(?:s|ed|ing)? exhort(?:s|ed|ing)? cit(?:es|ed|ing)"
    " quot(?:es|ed|ing) commented counsel(?:s|ed)? advis(?:es|ed|ing) summ(?:ed|ing)_up wanted"
)
"""Verbs of speech that serve for writing too."""

WRITTEN: Final = _any(
    "wr(?:ites?|ote|itten|iting) reads? reading read: runs inscribed publish(?:es|ed|ing) print(?:s|ed|ing)"
    " telegraph(?:s|ed|ing) wir(?:es|ed|ing) cabl(?:es|ed|ing) decree[sd] decreeing resolv(?:es|ed)"
    " stipulat(?:es|ed|ing) communicated provid(?:es|ed)"
)
"""Verbs of writing."""

DOCUMENT: Final = _any(
    "letters? telegrams? cables? articles? books? editorials? pamphlets? decrees? resolutions? verdicts?"
    " indictments? declarations? documents? declaration minutes decisions? directives? messages? memorandum"
    " programs? statutes? constitutions? proclamations? appeals? notes? biograph(?:y|ies) histor(?:y|ies)"
    " diar(?:y|ies) memoirs? stenogram sentence chapter passages? paragraphs? testament will footnotes?"
    " communiqu[eé]s? dispatch(?:es)? newspapers? journals? magazines? edition version proof_copy text"
    " translation thes[ie]s postscript prefaces? introductions? works? poems? anthem lines? proverb"
    " writings own_hand"
)
"""Things that are written."""

LABEL: Final = (
    r"(?:(?:called|known\s+as|named|dubbed|nicknamed|termed|label(?:l)?ed|branded|christened|styled"
    r"|referred\s+to\s+as|designated|described\s+as)"
    r"(?:\s+(?:as|by|it|him|her|them|himself|themselves|itself|this|these|the|an?|so))*)"
)
"""What stands before a name or label."""

WORD: Final = (
    r"(?:terms?|words?|phrases?|concepts?|formulas?|names?|expressions?|adjectives?|prefix|nicknames?"
    r"|epithets?|titles?|labels?|synonyms?|euphemisms?|catchwords?)"
)
"""Nouns for expressions."""

MEANING: Final = (
    r"(?:means?|meant|meaning|signif(?:y|ies|ied|ying)|translat(?:es|ed|ion)(?:\s+as)?|stands\s+for|literally"
    r"|i\.\s?e\.|that\s+is|in\s+Russian|in\s+English|instead\s+of|in\s+place\s+of|rendered(?:\s+as)?)"
)
"""What stands before an explanation of words, or a rendering."""

WORK: Final = (
    r"(?:books?|articles?|films?|novels?|pamphlets?|plays?|essays?|chapters?|journals?|newspapers?|poems?|songs?"
    r"|hymns?|operas?|symphon(?:y|ies)|stor(?:y|ies)|biograph(?:y|ies)|histor(?:y|ies)|editorials?|document|report"
    r"|lecture|resolution|review|preface|introduction|leaflet|thesis|theses|brochure|entitled|titled"
    r"|headed|headlined|under\s+the\s+title(?:\s+of)?|title(?:\s+of)?)"
)
"""What stands before a title."""

PRONOUN: Final = r"(?:he|she|they|we|I|He|She|They|We)"
EVIDENT: Final = (
    r"(?:words?|phrase|reply|formula|slogan|letter|article|speech|report|statement|answer|remark|telegram|denunciation"
    r"|boast|claim|charge|warning|verdict|plea|address|appeal|order|accusation|description|advice|injunction"
    r"|opinion|expression|testament|declaration|definition|explanation|promise|book|theory|doctrine|thesis"
    r"|account|version|complaint|dictum|prediction|proposal|attack|demand|question|admission|tribute|view)"
)
"""What of a person's is quoted: “Smith’s reply that …”."""

NOT_NOUN: Final = "".join(
    rf"(?<!{word} )"
    for word in [
        r"\bthe",
        r"\bthis",
        r"\bof",
        r"\ba",
        r"\ban",
        r"\bhis",
        r"\btheir",
        r"\bin",
        r"’s",
        r"'s",
    ]
)
"""Stands before a verb that has the letters of a noun: not “the answer”."""
