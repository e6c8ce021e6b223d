"""Labels that no list foresaw: spoken questions, a known noun with other words, several on a line, a pictogram."""

from __future__ import annotations

import pytest
from docx.document import Document as Doc

from parvis.reading.sheet_files import ReadSheet, read_sheets, unplaced_pieces
from parvis.reading.sheet_files.label_guess import guessed_field
from parvis.reading.sheet_files.label_match import field_of
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import lines, table


def _bold(*texts: str) -> ReadSheet:
    """The sheet of a file whose labels are in bold letters before a colon."""

    def fill(document: Doc) -> None:
        for text in texts:
            label, _, value = text.partition(" : ")
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label} :").bold = True
            paragraph.add_run(f" {value}")

    reading = read_sheets(docx(fill), "fiche.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    return sheet


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Qui s’en charge ?", "lead"), ("Qui peut venir ?", "public"), ("À qui on s’adresse", "public"),
        ("Avec qui on travaille ?", "partners"), ("Dans quels lieux ?", "territories"),
        ("Où on se retrouve ?", "territories"),
        ("À partir de quand ?", "since"), ("Combien il faut ?", "budget"), ("Qui paie ?", "funding"),
        ("Comment s’appelle votre projet ?", "title"), ("À quoi verra-t-on que c’est réussi ?", "indicators"),
        ("Qu’est-ce qu’on va faire ?", "text"), ("Qui appeler ?", "contact"),
        ("Thématique de la cité éducative", "themes"), ("Partenaires du collège", "partners"),
        ("Indicateurs de la convention", "indicators"), ("Rappel", None), ("Lien avec le projet urbain", None),
        ("Date limite de dépôt", None), ("À quels besoins répondez-vous ?", "text"), ("Qui y participe ?", "partners"),
        ("Comment allez-vous évaluer ?", "indicators"), ("À qui s'adresser ?", "contact"),
        ("Service ou structure porteuse", "lead"), ("Bilan rédigé par", "contact"), ("Ce qu'on compte", "indicators"),
    ],
)  # fmt: skip
def test_a_label_is_guessed_by_its_question_or_its_noun(label: str, field: str | None) -> None:
    assert guessed_field(label) == field


def test_who_does_it_is_no_description_of_how() -> None:
    assert field_of("Mise en œuvre") == ("text", 0)
    assert field_of("Mise en œuvre par") == ("lead", 1)
    assert field_of("Qui est concerné ?") == ("public", 0)


def test_a_guessed_label_is_to_be_checked_and_gives_way_to_a_known_one() -> None:
    sheet = table(
        ("Action", "Verger"), ("Porteur", "Les Pommiers"), ("Partenaires", "École"),
        ("Thématique de la GUP", "Propreté"), ("Pilote de la cité", "Collège"), ("Avancement", "En cours"),
    )  # fmt: skip
    assert (sheet.themes, sheet.lead) == (("Propreté",), "Les Pommiers")
    assert sheet.other == (("Pilote de la cité", "Collège"), ("Avancement", "En cours"))
    told = [doubt.text for doubt in sheet.doubts if doubt.name == "themes"]
    assert told == ["« Thématique de la GUP » est une étiquette devinée"]


def test_spoken_questions_make_a_sheet() -> None:
    sheet = lines(
        "Comité des voisins", "C’est quoi ? Un four à pain dans la cour.", "Ça s’appelle comment ? Le fournil",
        "Qui s’en occupe ? le comité", "Avec qui ? la MJC", "Pour qui ? les voisins", "Où ça ? la cour du 12",
        "Quand ? au printemps", "Combien ça coûte ? 900 €", "Comment on saura que ça marche ? si on y revient",
        "Pour nous joindre : Zoé, 06 39 98 00 11",
    ).sheets[0]  # fmt: skip
    assert (sheet.title, sheet.lead, sheet.public) == ("Le fournil", "le comité", "les voisins")
    assert (sheet.territories, sheet.since, sheet.budget) == (("la cour du 12",), "au printemps", "900 €")
    assert (sheet.indicators, sheet.contact) == (("si on y revient",), "Zoé, 06 39 98 00 11")
    assert sheet.text == "Un four à pain dans la cour."


def test_questions_in_strong_letters_teach_what_labels_look_like() -> None:
    def fill(document: Doc) -> None:
        for text in (
            "Titre de l’idée", "La fontaine", "Quel problème voulez-vous résoudre ?", "Il fait trop chaud l’été.",
            "Qui s’en charge ?", "Le comité", "Qui serait concerné ?", "Tout le monde", "Vos coordonnées", "Zoé",
        ):  # fmt: skip
            document.add_paragraph().add_run(text).bold = text.endswith("?") or text.startswith(("Vos", "Titre"))

    (sheet,) = read_sheets(docx(fill), "idee.docx").sheets
    assert (sheet.title, sheet.lead, sheet.public) == ("La fontaine", "Le comité", "Tout le monde")
    assert sheet.text == "Il fait trop chaud l’été."


def test_boxes_may_follow_an_unknown_label_and_a_figure_a_strong_one() -> None:
    sheet = _bold(
        "Titre : Verger", "Nature du projet : ☐ nouveau ☒ repris", "Porteur : Les Pommiers", "Public : familles",
        "Arbres plantés : 40",
    )  # fmt: skip
    assert (sheet.title, sheet.public) == ("Verger", "familles")
    assert sheet.other == (("Nature du projet", "repris"), ("Arbres plantés", "40"))


def test_bars_part_labels_on_a_line_and_stay_in_a_value() -> None:
    sheet = lines(
        "Intitulé : Verger",
        "Porteur : Les Pommiers | Démarrage : mai 2024  |  Budget : 900 €",
        "Public : petits | grands",
    ).sheets[0]
    assert (sheet.lead, sheet.since, sheet.budget) == ("Les Pommiers", "mai 2024", "900 €")
    assert sheet.public == "petits | grands"


def test_a_telephone_sign_is_a_contact() -> None:
    sheet = lines(
        "Intitulé : Verger", "Porteur : Les Pommiers", "Public : familles", "☎ Mme Roux, 06 39 98 12 34"
    ).sheets[0]
    assert (sheet.public, sheet.contact) == ("familles", "Mme Roux, 06 39 98 12 34")


def test_a_sentence_under_the_action_is_its_description() -> None:
    sheet = lines(
        "Titre : Verger",
        "Porteur : Les Pommiers",
        "Public : tous",
        "L’ACTION :",
        "Les voisins plantent et taillent douze arbres chaque hiver.",
    ).sheets[0]
    assert (sheet.title, sheet.text) == ("Verger", "Les voisins plantent et taillent douze arbres chaque hiver.")


def test_a_value_written_as_labels_are_is_the_value_of_an_empty_label_to_be_checked() -> None:
    reading = lines(
        "INTITULE", "Les mercredis du stade", "PORTEUR", "ASC FOOT", "PUBLIC", "Filles", "CALENDRIER",
        "SUITES DONNEES", "On continue.",
    )  # fmt: skip
    (sheet,) = reading.sheets
    assert (sheet.title, sheet.lead, sheet.public, sheet.since) == ("Les mercredis du stade", "ASC FOOT", "Filles", "")
    assert sheet.other == (("SUITES DONNEES", "On continue."),)
    assert "lead" in [doubt.name for doubt in sheet.doubts]


def test_a_head_count_is_kept_apart_from_who_they_are() -> None:
    sheet = _bold("Titre : Verger", "Porteur : Les Pommiers", "Public : familles", "Nombre de bénéficiaires : 80")
    assert (sheet.public, sheet.other) == ("familles", (("Nombre de bénéficiaires", "80"),))
    alone = _bold("Titre : Verger", "Porteur : Les Pommiers", "Nombre de bénéficiaires : 80", "Lieu : Nord")
    assert alone.public == "80"


def test_since_when_an_action_that_is_not_new_is_led() -> None:
    sheet = table(
        ("Titre", "Verger"), ("Porteur", "Régie"),
        ("L’action est-elle nouvelle ?", "☐ oui ☒ non"), ("Si non, depuis quand ?", "2022"),
    )  # fmt: skip
    assert sheet.since == "2022"


def test_an_answered_survey_is_no_sheet() -> None:
    def fill(document: Doc) -> None:
        for question, answer in (
            ("Qui êtes-vous ?", "Une habitante"), ("Où habitez-vous ?", "Aux Lilas"), ("Depuis quand ?", "1998"),
            ("Que pensez-vous du quartier ?", "Il est calme."), ("Avec qui venez-vous ?", "Ma fille"),
        ):  # fmt: skip
            document.add_paragraph().add_run(question).bold = True
            document.add_paragraph(answer)

    assert read_sheets(docx(fill), "enquete.docx").sheets == ()


def test_a_line_that_says_who_leads_is_no_part_of_the_title() -> None:
    (sheet,) = lines(
        "Projet : Lire en fête", "Porté par l’association Pages", "Public : familles", "Lieu : place"
    ).sheets
    assert (sheet.title, sheet.lead) == ("Lire en fête", "l’association Pages")


def test_a_title_of_several_lines_is_told() -> None:
    (sheet,) = lines("Projet : Lire en fête", "avec les écoles", "Porteur : Pages", "Public : familles").sheets
    assert "l'intitulé tient sur plusieurs lignes" in [doubt.text for doubt in sheet.doubts if doubt.name == "title"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Chargé de projet", "contact"), ("Orientation stratégique", "themes"), ("Chiffrage", "budget"),
        ("Actions prévues", "text"), ("Ce qui est prévu", "text"), ("N° SIRET", "other"), ("Intervenants", "partners"),
        ("Profil des bénéficiaires", "public"), ("Modalités de financement", "funding"), ("Désignation", "title"),
    ],
)  # fmt: skip
def test_words_of_other_forms_are_labels_too(label: str, field: str) -> None:
    named = field_of(label)
    assert named is not None
    assert named[0] == field


def test_the_point_between_two_labels_of_a_line_is_in_no_value() -> None:
    (sheet,) = lines(
        "Action : Passeport. Porteur : Mission locale. Public : jeunes. Budget : 12 000 €. Axe : Emploi"
    ).sheets
    assert (sheet.title, sheet.lead, sheet.public) == ("Passeport", "Mission locale", "jeunes")
    assert (sheet.budget, sheet.themes) == ("12 000 €", ("Emploi",))


@pytest.mark.parametrize(
    ("label", "field"), [("Nombre et profil des participants", "public"), ("Partenaires et rôle de chacun", "partners")]
)
def test_a_part_of_a_label_that_names_no_field_is_not_asked_for(label: str, field: str) -> None:
    named = field_of(label)
    assert named is not None
    assert named[0] == field
    assert field_of("Nombre et rôle") is None


def test_a_question_in_strong_letters_and_a_label_with_a_year_among_others() -> None:
    def fill(document: Doc) -> None:
        for label, value in (
            ("1. Titre", "Jardin"), ("2. Qui êtes-vous ?", "Régie"), ("3. Quartiers", "Mésanges"),
            ("4. Financements", "Ville : 9 €"),
        ):  # fmt: skip
            document.add_paragraph().add_run(label).bold = True
            document.add_paragraph(value)

    (sheet,) = read_sheets(docx(fill), "fiche.docx").sheets
    assert (sheet.title, sheet.lead, sheet.territories) == ("Jardin", "Régie", ("Mésanges",))
    dated = _bold("Action : Vélo", "Porteur : Régie", "Pilier du contrat 2024-2030 : Cohésion", "Public : jeunes")
    assert dated.themes == ("Cohésion",)


def test_a_sentence_with_a_colon_in_a_plain_text_is_no_label() -> None:
    told = "Le bouche-à-oreille : la moitié des familles sont venues par une voisine."
    (sheet,) = lines("Titre : Vélo", "Porteur : Régie", "Public : jeunes", "Bilan : très bon.", told).sheets
    assert sheet.other == ()


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Ce qui est proposé", None), ("Montant demandé au FPH", "funding"),
        ("Date et lieu de la manifestation", "since"),
        ("Subvention sollicitée auprès de l'agglomération", "funding"), ("Qui ?", "lead"),
    ],
)  # fmt: skip
def test_what_is_asked_for_and_what_is_proposed(label: str, field: str | None) -> None:
    named = field_of(label)
    assert (named[0] if named is not None else None) == field


def test_a_count_on_its_line_is_in_no_list_but_that_of_indicators() -> None:
    known = ("Titre : Soupe", "Porteur : Amicale", "Public : jeunes")
    (sheet,) = lines(*known, "Partenaires :", "l'école", "Nombre d'habitants attendus : 150").sheets
    assert (sheet.partners, sheet.other) == (("l'école",), (("Nombre d'habitants attendus", "150"),))
    (counted,) = lines(*known, "Indicateurs :", "Nombre de repas servis : 150").sheets
    assert counted.indicators == ("Nombre de repas servis : 150",)


def test_boxes_of_parts_under_who_carries_the_action_are_its_theme_to_be_checked() -> None:
    (sheet,) = lines("Titre : École", "Porteur : École Veil", "Axe 1 □   Axe 2 ■", "Public : parents").sheets
    assert (sheet.lead, sheet.themes) == ("École Veil", ("Axe 2",))
    assert "themes" in {doubt.name for doubt in sheet.doubts}


def test_a_short_sentence_under_labels_of_one_line_is_the_description() -> None:
    (sheet,) = lines(
        "Titre : Bus", "Porteur : CMS. Public : tous. Quartier : Les Pins", "Dépistage dentaire gratuit sur le marché.",
        "Budget : 9 €",
    ).sheets  # fmt: skip
    assert (sheet.territories, sheet.text) == (("Les Pins",), "Dépistage dentaire gratuit sur le marché.")


def test_what_it_costs_is_a_budget_and_no_one_who_pays() -> None:
    sheet = _bold("Action : Café", "Porteur : Régie", "Public : tous", "Ce que ça coûte : 4 200 €", "Lieu : Sablons")
    assert (sheet.budget, sheet.funding) == ("4 200 €", ())
