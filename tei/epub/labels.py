"""The few words that an EPUB says of its own, in the language of the book where it is one of those below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Labels:
    """Headings of the ways through a book; ``language`` is the tag of the language they are in."""

    language: str
    contents: str
    landmarks: str
    pages: str
    cover: str
    notes: str = "Notes"
    back: str = "Back to the text, note {}"
    facing: str = "Facing page {}"
    cited: str = "The passage on page {}"
    printed: str = "in the source: {}"
    people: str = "Persons"
    reactions: str = "Reactions"
    edition: str = "This edition"


_LABELS: Final = {
    labels.language: labels
    for labels in (
        Labels("en", "Contents", "Landmarks", "Pages", "Cover"),
        Labels("cs", "Obsah", "Orientační body", "Stránky", "Obálka"),
        Labels("da", "Indhold", "Orienteringspunkter", "Sider", "Omslag"),
        Labels("de", "Inhalt", "Orientierungspunkte", "Seiten", "Umschlag"),
        Labels("el", "Περιεχόμενα", "Σημεία αναφοράς", "Σελίδες", "Εξώφυλλο"),
        Labels("es", "Contenido", "Puntos de referencia", "Páginas", "Cubierta"),
        Labels("fr", "Table des matières", "Points de repère", "Pages", "Couverture"),
        Labels("it", "Indice", "Punti di riferimento", "Pagine", "Copertina"),
        Labels("la", "Index rerum", "Loci praecipui", "Paginae", "Involucrum"),
        Labels("nl", "Inhoud", "Oriëntatiepunten", "Pagina’s", "Omslag"),
        Labels("pl", "Spis treści", "Punkty orientacyjne", "Strony", "Okładka"),
        Labels("pt", "Índice", "Pontos de referência", "Páginas", "Capa"),
        Labels("ru", "Содержание", "Ориентиры", "Страницы", "Обложка"),
        Labels("sl", "Kazalo", "Orientacijske točke", "Strani", "Naslovnica"),
        Labels("sv", "Innehåll", "Orienteringspunkter", "Sidor", "Omslag"),
        Labels("uk", "Зміст", "Орієнтири", "Сторінки", "Обкладинка"),
    )
}


def labels_for(language: str) -> Labels:
    """The words in ``language`` (a tag; its regions and scripts are not told apart), or else in English."""
    return _LABELS.get(language.partition("-")[0].lower(), _LABELS["en"])
