"""The few words that an EPUB says of its own, in the language of the book where it is one of those below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Labels:
    """Headings of what a book adds, and what its links say; ``{}`` stands for a number or for words.

    ``language`` is the tag of the language they are in.
    """

    language: str
    contents: str
    landmarks: str
    pages: str
    cover: str
    notes: str
    back: str
    facing: str
    cited: str
    printed: str
    people: str
    reactions: str
    edition: str


_LABELS: Final = {
    labels.language: labels
    for labels in (
        Labels(
            "en",
            "Contents",
            "Landmarks",
            "Pages",
            "Cover",
            "Notes",
            "Back to the text, note {}",
            "Facing page {}",
            "The passage on page {}",
            "in the source: {}",
            "Persons",
            "Reactions",
            "This edition",
        ),
        Labels(
            "cs",
            "Obsah",
            "Orientační body",
            "Stránky",
            "Obálka",
            "Poznámky",
            "Zpět k textu, poznámka {}",
            "Protější strana {}",
            "Místo na straně {}",
            "v předloze: {}",
            "Osoby",
            "Reakce",
            "O tomto vydání",
        ),
        Labels(
            "da",
            "Indhold",
            "Orienteringspunkter",
            "Sider",
            "Omslag",
            "Noter",
            "Tilbage til teksten, note {}",
            "Modstående side {}",
            "Stedet på side {}",
            "i forlægget: {}",
            "Personer",
            "Reaktioner",
            "Om denne udgave",
        ),
        Labels(
            "de",
            "Inhalt",
            "Orientierungspunkte",
            "Seiten",
            "Umschlag",
            "Anmerkungen",
            "Zurück zum Text, Anmerkung {}",
            "Gegenüberliegende Seite {}",
            "Die Stelle auf Seite {}",
            "in der Vorlage: {}",
            "Personen",
            "Reaktionen",
            "Zu dieser Ausgabe",
        ),
        Labels(
            "el",
            "Περιεχόμενα",
            "Σημεία αναφοράς",
            "Σελίδες",
            "Εξώφυλλο",
            "Σημειώσεις",
            "Πίσω στο κείμενο, σημείωση {}",
            "Απέναντι σελίδα {}",
            "Το χωρίο στη σελίδα {}",
            "στην πηγή: {}",
            "Πρόσωπα",
            "Αντιδράσεις",
            "Για την έκδοση αυτή",
        ),
        Labels(
            "es",
            "Contenido",
            "Puntos de referencia",
            "Páginas",
            "Cubierta",
            "Notas",
            "Volver al texto, nota {}",
            "Página opuesta {}",
            "El pasaje de la página {}",
            "en el original: {}",
            "Personas",
            "Reacciones",
            "Sobre esta edición",
        ),
        Labels(
            "fr",
            "Table des matières",
            "Points de repère",
            "Pages",
            "Couverture",
            "Notes",
            "Retour au texte, note {}",
            "Page en regard {}",
            "Le passage à la page {}",
            "dans la source : {}",
            "Personnes",
            "Réactions",
            "À propos de cette édition",
        ),
        Labels(
            "it",
            "Indice",
            "Punti di riferimento",
            "Pagine",
            "Copertina",
            "Note",
            "Torna al testo, nota {}",
            "Pagina a fronte {}",
            "Il passo a pagina {}",
            "nella fonte: {}",
            "Persone",
            "Reazioni",
            "Su questa edizione",
        ),
        Labels(
            "la",
            "Index rerum",
            "Loci praecipui",
            "Paginae",
            "Involucrum",
            "Adnotationes",
            "Ad textum, adnotatio {}",
            "Pagina adversa {}",
            "Locus in pagina {}",
            "in fonte: {}",
            "Personae",
            "Voces auditorum",
            "De hac editione",
        ),
        Labels(
            "nl",
            "Inhoud",
            "Oriëntatiepunten",
            "Pagina’s",
            "Omslag",
            "Noten",
            "Terug naar de tekst, noot {}",
            "Tegenoverliggende pagina {}",
            "De passage op pagina {}",
            "in de bron: {}",
            "Personen",
            "Reacties",
            "Over deze uitgave",
        ),
        Labels(
            "pl",
            "Spis treści",
            "Punkty orientacyjne",
            "Strony",
            "Okładka",
            "Przypisy",
            "Powrót do tekstu, przypis {}",
            "Strona naprzeciw {}",
            "Fragment na stronie {}",
            "w źródle: {}",
            "Osoby",
            "Reakcje",
            "O tym wydaniu",
        ),
        Labels(
            "pt",
            "Índice",
            "Pontos de referência",
            "Páginas",
            "Capa",
            "Notas",
            "Voltar ao texto, nota {}",
            "Página oposta {}",
            "A passagem na página {}",
            "na fonte: {}",
            "Pessoas",
            "Reações",
            "Sobre esta edição",
        ),
        Labels(
            "ru",
            "Содержание",
            "Ориентиры",
            "Страницы",
            "Обложка",
            "Примечания",
            "К тексту, примечание {}",
            "Противоположная страница {}",
            "Место на странице {}",
            "в источнике: {}",
            "Лица",
            "Реакции",
            "Об этом издании",
        ),
        Labels(
            "sl",
            "Kazalo",
            "Orientacijske točke",
            "Strani",
            "Naslovnica",
            "Opombe",
            "Nazaj k besedilu, opomba {}",
            "Nasprotna stran {}",
            "Mesto na strani {}",
            "v predlogi: {}",
            "Osebe",
            "Odzivi",
            "O tej izdaji",
        ),
        Labels(
            "sv",
            "Innehåll",
            "Orienteringspunkter",
            "Sidor",
            "Omslag",
            "Noter",
            "Tillbaka till texten, not {}",
            "Motstående sida {}",
            "Stället på sidan {}",
            "i förlagan: {}",
            "Personer",
            "Reaktioner",
            "Om denna utgåva",
        ),
        Labels(
            "uk",
            "Зміст",
            "Орієнтири",
            "Сторінки",
            "Обкладинка",
            "Примітки",
            "До тексту, примітка {}",
            "Протилежна сторінка {}",
            "Місце на сторінці {}",
            "у джерелі: {}",
            "Особи",
            "Реакції",
            "Про це видання",
        ),
    )
}


def labels_for(language: str) -> Labels:
    """The words in ``language`` (a tag; its regions and scripts are not told apart), or else in English."""
    return _LABELS.get(language.partition("-")[0].lower(), _LABELS["en"])
