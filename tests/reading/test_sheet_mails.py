"""Mails, agreements, forms with an instruction under each label: what is no answer is left out of the fields."""

from __future__ import annotations

import pytest
from docx.document import Document as Doc

from parvis.reading.sheet_files import read_sheets, unplaced_pieces
from parvis.reading.sheet_files.label_match import field_of
from tests.reading.formats.office import docx
from tests.reading.sheet_texts import lines

MAIL = (
    "De : Sonia Le <s@csx.example>", "Date : mardi 12 novembre", "Objet : action phare", "Bonjour,",
    "Nom de l'action : Samedis", "Qui porte : Centre social", "Pour qui : familles", "Avec : école, PMI",
    "Ce qu'on regarde : nombre de familles", "Dites-moi s'il manque quelque chose.", "Cordialement,", "Sonia Le",
    "Directrice – 03 88 00 11 22", "N'imprimez ce message que si nécessaire.",
)  # fmt: skip


def test_the_head_and_the_end_of_a_mail_are_in_no_field() -> None:
    (sheet,) = lines(*MAIL).sheets
    assert (sheet.title, sheet.lead, sheet.public, sheet.since) == ("Samedis", "Centre social", "familles", "")
    assert (sheet.indicators, sheet.text, sheet.other) == (("nombre de familles",), "", ())


def test_the_signature_of_a_mail_is_who_to_call_to_be_checked() -> None:
    (sheet,) = lines(*MAIL).sheets
    assert sheet.contact == "Sonia Le, Directrice – 03 88 00 11 22"
    assert "contact" in {doubt.name for doubt in sheet.doubts}
    (named,) = lines(*MAIL[:9], "Contact : accueil", *MAIL[9:]).sheets
    assert named.contact == "accueil"


AGREEMENT = (
    "CONVENTION D'OBJECTIFS", "relative à l'action « Les Jardins »",
    "La commune de Roque, représentée par son maire, ci-après dénommée « la Ville », d'une part,",
    "L'association Racines, sise 14 allée des Mûriers, représentée, ci-après dénommée « le porteur »,",
)  # fmt: skip
ARTICLES = (
    ("Article 1 – Objet", "La convention a pour objet un jardin partagé pour les habitants du quartier."),
    ("Article 2 – Public", "Habitants"), ("Article 3 – Partenaires", "Office public"),
    ("Article 4 – Évaluation", "Le porteur transmet les indicateurs suivants :", "- parcelles", "- ateliers"),
    ("Article 5 – Litiges", "Le tribunal."),
)  # fmt: skip


def _agreement(*head: str) -> bytes:
    def fill(document: Doc) -> None:
        for text in head:
            document.add_paragraph(text)
        for article, *texts in ARTICLES:
            document.add_paragraph().add_run(article).bold = True
            for text in texts:
                document.add_paragraph(text)
        document.add_paragraph("Fait à Roque, le 22 avril 2024")

    return docx(fill)


def test_the_articles_of_an_agreement_are_labels() -> None:
    reading = read_sheets(_agreement(*AGREEMENT), "convention.docx")
    assert unplaced_pieces(reading) == []
    (sheet,) = reading.sheets
    assert (sheet.title, sheet.lead, sheet.public) == ("Les Jardins", "association Racines", "Habitants")
    assert (sheet.partners, sheet.indicators) == (("Office public",), ("parcelles", "ateliers"))
    assert sheet.text.startswith("La convention a pour objet")
    assert sheet.other == (("Litiges", "Le tribunal."),)
    assert {"title", "lead"} <= {doubt.name for doubt in sheet.doubts}


def test_a_report_that_is_no_agreement_gives_no_party() -> None:
    (sheet,) = read_sheets(_agreement("Rapport", *AGREEMENT[1:]), "rapport.docx").sheets
    assert (sheet.title, sheet.lead) == ("Les Jardins", "")


def _with_hints(*fields: tuple[str, str, str]) -> bytes:
    def fill(document: Doc) -> None:
        for label, hint, value in fields:
            document.add_paragraph().add_run(label).bold = True
            document.add_paragraph().add_run(hint).italic = True
            document.add_paragraph(value)

    return docx(fill)


def test_italics_under_each_label_are_instructions() -> None:
    data = _with_hints(
        ("Nom de l'action", "Un titre court et parlant", "Ciné-débat"), ("Porteur", "Nom complet", "Regards"),
        ("Public", "Âge, situation", "Femmes"),
    )  # fmt: skip
    (sheet,) = read_sheets(data, "fiche.docx").sheets
    assert (sheet.title, sheet.lead, sheet.public) == ("Ciné-débat", "Regards", "Femmes")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Veuillez indiquer les partenaires mobilisés", "partners"), ("Nom – Dénomination", "lead"),
        ("Résultats attendus et indicateurs d'évaluation", "indicators"), ("Quel est le public visé", "public"),
        ("Précisez", None),
    ],
)  # fmt: skip
def test_what_comes_before_a_label_does_not_change_it(label: str, field: str | None) -> None:
    named = field_of(label)
    assert (named[0] if named is not None else None) == field


def test_a_label_said_again_after_its_colon_is_no_value() -> None:
    (sheet,) = lines(
        "Titre : Vélo", "Porteur : Régie", "Public : jeunes",
        "Évaluation : indicateurs proposés au regard des objectifs ci-dessus",
        "Nombre de vélos",
    ).sheets  # fmt: skip
    assert sheet.indicators == ("Nombre de vélos",)


def test_a_plain_label_alone_above_a_sentence() -> None:
    (sheet,) = lines(
        "Titre .... Jardin", "Porteur .... Ville", "Démarrage .... 2025", "Présentation",
        "Un jardin est créé sur l'ancien terrain de boules du quartier.",
    ).sheets  # fmt: skip
    assert (sheet.since, sheet.text) == ("2025", "Un jardin est créé sur l'ancien terrain de boules du quartier.")


def test_an_unknown_label_before_boxes_is_kept_under_its_name() -> None:
    def fill(document: Doc) -> None:
        made = document.add_table(rows=3, cols=2)
        known = (("Titre", "Vélo"), ("Porteur", "Régie"), ("Public", "Jeunes"))
        for row, cells in zip(made.rows, known, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("Nature de la demande : ☒ Première ☐ Renouvellement")

    (sheet,) = read_sheets(docx(fill), "fiche.docx").sheets
    assert (sheet.public, sheet.other) == ("Jeunes", (("Nature de la demande", "Première"),))


def test_numbered_labels_are_labels_whatever_their_letters() -> None:
    (sheet,) = lines(
        "1) Intitulé de l'action : Marché", "2) Organisme demandeur : Université",
        "3) Description de l'action",
        "Des habitants enseignent ce qu'ils savent faire.", "4) Population concernée : tout public",
    ).sheets  # fmt: skip
    assert (sheet.lead, sheet.text) == ("Université", "Des habitants enseignent ce qu'ils savent faire.")


def test_an_unknown_label_on_its_line_ends_a_value_of_one_line() -> None:
    (sheet,) = lines(
        "Nom – Dénomination : Bricoleurs d'Arlan",
        "Lettre de mission : non",
        "Intitulé : Bricothèque",
        "Public : habitants",
    ).sheets
    assert (sheet.lead, sheet.other) == ("Bricoleurs d'Arlan", (("Lettre de mission", "non"),))


def test_several_sheets_announced_at_once_are_no_title() -> None:
    reading = lines(
        "Fiches-actions – pilier Cadre de vie", "Fiche-action 1.1 : Squares", "Porteur : Ville", "Public : tous",
        "Budget : 9 €",
    )  # fmt: skip
    assert [sheet.title for sheet in reading.sheets] == ["Squares"]


@pytest.mark.parametrize(
    ("told", "title", "lead"),
    [
        ("L'action « Au frais » est portée par la Ville de Morsang, avec le CCAS.", "Au frais", "la Ville de Morsang"),
        ("Point d'étape de l'action phare « Au frais », portée par le CCAS.", "Au frais", "le CCAS"),
        ("Notre projet « Au frais » est mené par l'Amicale en partenariat avec la CAF.", "Au frais", "l'Amicale"),
    ],
)
def test_a_sentence_above_the_labels_tells_the_action_and_who_carries_it(told: str, title: str, lead: str) -> None:
    (sheet,) = lines(told, "Pour qui : habitants", "Où : Colombier", "Quand : été 2025", "Budget : 9 €").sheets
    assert (sheet.title, sheet.lead, sheet.public) == (title, lead, "habitants")
    assert {"title", "lead"} <= {doubt.name for doubt in sheet.doubts}


def test_a_sentence_beside_labels_that_name_them_changes_nothing() -> None:
    (sheet,) = lines(
        "L'action « Au frais » est portée par la Ville.", "Titre : Canicule", "Porteur : CCAS", "Public : habitants",
        "Quartier : Colombier",
    ).sheets  # fmt: skip
    assert (sheet.title, sheet.lead) == ("Canicule", "CCAS")
