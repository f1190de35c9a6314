"""What the encoder does with a text, in prose for the header's ``editorialDecl`` (TEI Guidelines, 2.3.3).

These are the defaults of the section ``declarations``; an edition may word each of them anew.
They must stay true: whoever changes what ``tei encode`` writes changes the prose here.
"""

from __future__ import annotations

from typing import Final

PROJECT: Final = """\
The text was encoded in TEI P5 by the program tei-edition from a plain text file. The markup is woven into \
the characters of that file and alters none of them: with the tags taken out again, the file comes back \
byte for byte."""

CORRECTION: Final = """\
The characters of the source are kept, its errors included. Where a misreading or misprint is corrected, the \
reading of the source stands in sic beside the correction in corr, both in choice; characters that an editor \
adds stand in supplied, those that do not belong to the text in surplus."""

HYPHENATION: Final = """\
All hyphenation at line ends is kept. A mark that only divides a word at the end of a line or page stands in \
a pc with force "weak", and the following lb or pb has break "no"; a mark that also stands for a hyphen of \
the word itself stands in a pc with force "strong", unless it is a plain hyphen, which is left as text."""

NORMALIZATION: Final = """\
Spelling, capitals and white space are those of the source; line breaks are kept as they are, and lb stands \
at the start of each line. A regularised form, where given, stands in reg beside the form of the source in \
orig. Control characters that XML cannot carry are represented by g and described in charDecl."""

PUNCTUATION: Final = "All punctuation of the source is kept as text."

QUOTATION: Final = """\
Quotation marks are kept as text, inside the elements: said for words spoken, q with type "written" for \
words cited from a known author, quote for others, soCalled, mentioned, term, gloss and title for the rest. \
Set-off extracts without marks are q or quote with rend "block"; words called out within a reaction of the \
audience stand in q. Kind, who and source were found by program and by the editor's decisions; cert says \
where that is a close call."""

SEGMENTATION: Final = """\
Pages, printed lines, divisions, paragraphs, lists and verse are marked as far as the layout of the source \
shows them. Page breaks, running heads, page numbers and foot notes stand where they are printed; a \
paragraph that runs on over a page break is one paragraph. Sentences and words are not marked. A page that \
bears no number has the number due to it in brackets; where the number was lost, pb has cert. Where the \
text is read in another order than that of the pages, next and prev on pb give their order on paper, and \
corresp the page that faces it."""

INTERPRETATION: Final = """\
The structure, the speakers and, where they are registered, the people were found by program and by the \
editor's decisions recorded with the edition. Reactions of an audience, where the text prints any, stand in \
kinesic, vocal or incident, with their kind in the attribute type and, where several kinds are printed \
together, all of them in the attribute ana; the printed words are kept in desc."""
