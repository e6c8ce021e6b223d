"""Shapes of sheets beyond those of the corpus, what is told to be checked, and what is refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from docx.document import Document as Doc

from parvis.core.errors import RefusedInput
from parvis.reading.sheet_files import read_sheets
from parvis.reading.sheet_files.label_match import field_of
from parvis.reading.sheet_files.money import money_lines, worth
from tests.reading.formats.office import changed, docx
from tests.reading.sheet_texts import lines, table

SHORT = ("Intitulé : Vélo", "Porteur : Régie", "Public : les jeunes", "Budget : 3 000 €")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("INTITULÉ DE L’ACTION :", "title"), ("Nom du projet", "title"), ("3. Structure porteuse", None),
        ("Porteur(s) de projet", "lead"), ("Partenaires associé·e·s", "partners"), ("QPV / communes", "territories"),
        ("Où ?", "territories"), ("Public(s) visé(s) (âge, nombre)", "public"), ("Depuis quand ?", "since"),
        ("Coût total de l'action en euros", "budget"), ("Plan de financement prévisionnel", "funding"),
        ("Objectifs et résultats attendus", "text"), ("Principaux partenaires", "partners"), ("La météo", None),
        ("Service chef de file", "lead"), ("Réseau mobilisé", "partners"), ("Ciblage", "public"),
        ("Ce qu’on regardera", "indicators"),
        ("Indicateurs d’évaluation", "indicators"), ("Comment ?", "text"), ("En quelques mots", "summary"), ("", None),
    ],
)  # fmt: skip
def test_labels_in_the_words_people_use(label: str, name: str | None) -> None:
    field = field_of(label)
    assert (field[0] if field else None) == name


def test_values_in_a_table_of_four_columns() -> None:
    sheet = table(
        ("Intitulé", "Vélo", "Porteur", "Régie"), ("Public", "Les jeunes", "QPV", "Bellevue et La Cité"),
        ("Budget", "", "Depuis", "2019"),
    )  # fmt: skip
    assert (sheet.title, sheet.lead, sheet.public, sheet.since) == ("Vélo", "Régie", "Les jeunes", "2019")
    assert (sheet.territories, sheet.budget) == (("Bellevue", "La Cité"), "")


def test_labels_in_the_value_of_another_are_read() -> None:
    sheet = table(("Intitulé", "Vélo"), ("Porteur", "Régie"), ("Moyens", "Budget : 3 000 €\nFinanceurs : CAF 3 000 €"))
    assert (sheet.budget, sheet.funding) == ("3 000 €", (("CAF", "3 000 €"),))


def test_a_label_inside_a_value_stays_there_when_its_field_has_its_own() -> None:
    sheet = table(
        ("Intitulé", "Vélo"), ("Porteur", "Régie"), ("Public", "les jeunes"), ("Description", "Public : tout le monde")
    )
    assert (sheet.public, sheet.text) == ("les jeunes", "Public : tout le monde")


@pytest.mark.parametrize("payer", ["Ville", "Commune", "Association", "Action"])
def test_who_pays_is_no_label(payer: str) -> None:
    fields = ("Intitulé", "Vélo"), ("Porteur", "Régie"), ("Financeurs", f"CAF : 6 000 €\n{payer} : 5 000 €")
    assert table(*fields).funding == (("CAF", "6 000 €"), (payer, "5 000 €"))
    (sheet,) = lines(*SHORT, "Financeurs :", "CAF : 6 000 €", f"{payer} : 5 000 €").sheets
    assert sheet.funding == (("CAF", "6 000 €"), (payer, "5 000 €"))


def test_what_has_no_field_keeps_its_label_and_is_a_doubt() -> None:
    (sheet,) = lines(*SHORT, "Météo : pluie").sheets
    assert sheet.other == (("Météo", "pluie"),)
    assert [(doubt.name, doubt.line) for doubt in sheet.doubts] == [("themes", 0), ("other", 5)]


def test_two_sheets_of_the_same_labels_part_at_the_second_title() -> None:
    first, second = lines(*SHORT, *(text.replace("Vélo", "Chant") for text in SHORT)).sheets
    assert (first.title, second.title) == ("Vélo", "Chant")
    assert (first.last_line, second.first_line) == (4, 5)


def test_two_sheets_under_headings_of_word() -> None:
    def fill(document: Doc) -> None:
        for title in ("Vélo", "Chant"):
            document.add_heading(title, 1)
            for label in ("Porteur", "Public", "Budget", "Objectifs"):
                document.add_heading(label, 2)
                document.add_paragraph(f"{label} de {title}")

    assert [sheet.title for sheet in read_sheets(docx(fill), "fiches.docx").sheets] == ["Vélo", "Chant"]


def test_boxes_say_what_is_ticked_alone() -> None:
    (sheet,) = lines(*SHORT, "Thématiques :", "[x] Santé  [ ] Emploi", "☑ Autre : le sport", "☐ Logement").sheets
    assert sheet.themes == ("Santé", "le sport")


def test_boxes_may_come_after_their_words() -> None:
    sheet = table(("Intitulé", "Vélo"), ("Porteur", "Régie"), ("Public", "Jeunes ☒  Familles ☐  Seniors ☒"))
    assert sheet.public == "Jeunes, Seniors"


def test_a_form_of_three_columns_leaves_its_guidance_aside() -> None:
    sheet = table(
        ("Rubrique", "Consigne", "Réponse"), ("Intitulé", "court", "Vélo"), ("Porteur", "", "Régie"),
        ("Public", "préciser l'âge", "Enfants"), ("Budget", "en euros", "12 000"),
    )  # fmt: skip
    assert (sheet.title, sheet.lead, sheet.public, sheet.budget) == ("Vélo", "Régie", "Enfants", "12 000")


@pytest.mark.parametrize("sign", [" - ", " – ", " ........ ", " ………… "])
def test_labels_before_dashes_and_leaders(sign: str) -> None:
    (sheet,) = lines(*(text.replace(" : ", sign) for text in SHORT)).sheets
    assert (sheet.title, sheet.lead, sheet.public, sheet.budget) == ("Vélo", "Régie", "les jeunes", "3 000 €")


def test_no_box_ticked_is_a_doubt() -> None:
    (sheet,) = lines(*SHORT, "Thématiques : ☐ Santé ☐ Emploi").sheets
    assert sheet.themes == ()
    assert "aucune case n'est cochée" in [doubt.text for doubt in sheet.doubts]


@pytest.mark.parametrize("value", ["Cliquez ici pour entrer du texte.", "(préciser le nombre)", "…………", "Néant", "/"])
def test_a_field_left_as_it_was_says_nothing(value: str) -> None:
    (sheet,) = lines(*SHORT, "Partenaires :", value).sheets
    assert sheet.partners == ()


def test_instructions_in_italics_are_no_value() -> None:
    def fill(document: Doc) -> None:
        for text in (*SHORT, "Objectifs :"):
            document.add_paragraph(text)
        document.add_paragraph().add_run("Indiquez trois objectifs au plus").italic = True
        document.add_paragraph("Réparer ensemble.")

    (sheet,) = read_sheets(docx(fill), "fiche.docx").sheets
    assert sheet.text == "Réparer ensemble."


def test_an_answer_in_italics_is_kept_with_a_doubt() -> None:
    def fill(document: Doc) -> None:
        for text in (*SHORT, "Objectifs :"):
            document.add_paragraph(text)
        document.add_paragraph().add_run("Réparer ensemble.").italic = True

    (sheet,) = read_sheets(docx(fill), "fiche.docx").sheets
    assert sheet.text == "Réparer ensemble."
    assert ("text", "en italique : une réponse, ou une consigne ?") in [
        (doubt.name, doubt.text) for doubt in sheet.doubts
    ]


def test_how_to_reach_the_lead_is_for_the_team() -> None:
    sheet = table(("Intitulé", "Vélo"), ("Public", "tous"), ("Porteur", "Régie\nregie@velo.example\n02 61 91 00 00"))
    assert sheet.lead == "Régie"
    assert sheet.contact == "regie@velo.example, 02 61 91 00 00"
    assert "des coordonnées sont écrites avec le porteur" in [doubt.text for doubt in sheet.doubts]


def test_funding_that_does_not_make_the_budget_is_a_doubt() -> None:
    (sheet,) = lines(*SHORT, "Financeurs : CAF 1 000 €, Ville 1 500 €").sheets
    assert sheet.funding == (("CAF", "1 000 €"), ("Ville", "1 500 €"))
    assert [doubt.text for doubt in sheet.doubts if doubt.name == "funding"] == [
        "les financements font 2\u202f500 €, le budget dit 3\u202f000 €"
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("État : 12 000 € ; CAF (3 000 €)", [("État", "12 000 €"), ("CAF", "3 000 €")]),
        ("12,5 k€ de la Ville", [("Ville", "12,5 k€")]),
        ("Ville : 2 000 € (acquis)", [("Ville (acquis)", "2 000 €")]),
        ("Ville, CAF", [("Ville", ""), ("CAF", "")]),
    ],
)
def test_amounts_and_who_gives_them(text: str, pairs: list[tuple[str, str]]) -> None:
    assert money_lines(text) == pairs


def test_what_an_amount_is_worth() -> None:
    assert [worth(text) for text in ("1 200,50 €", "1.200 €", "12,5 k€", "rien")] == [1200.5, 1200.0, 12500.0, None]


def test_the_picture_that_is_no_logo_is_offered() -> None:
    image = _png()

    def fill(document: Doc) -> None:
        for text in SHORT:
            document.add_paragraph(text)
        for alt in ("Logo de la ville", "La cour de l'atelier"):
            shape = document.add_picture(io.BytesIO(image))
            shape._inline.docPr.set("descr", alt)

    reading = read_sheets(docx(fill), "fiche.docx")
    assert reading.picture is not None
    assert (reading.picture.alt, reading.picture.data) == ("La cour de l'atelier", image)


@pytest.mark.parametrize(
    "texts",
    [
        ("Ordre du jour", "Date : le 3 mars", "Lieu : mairie", "1. Budget", "2. Questions"),
        ("Madame,", "Vous nous avez demandé notre fiche, avec ses objectifs et son budget.", "Cordialement"),
        ("Présents : la CAF, la Ville", "Budget : voté", "Prochaine réunion : mardi"),
        ("Intitulé", "Porteur"),
        ("Compte-rendu", "Objectifs : préparer", "Budget : voté", "Public : vingt personnes", "Calendrier : avril"),
    ],
)
def test_a_file_that_is_no_sheet_gives_none_and_says_so(texts: tuple[str, ...]) -> None:
    reading = lines(*texts)
    assert reading.sheets == ()
    assert reading.warnings[0].startswith("Aucune fiche n'a été reconnue dans ce fichier")


def test_a_blank_form_is_told_as_such() -> None:
    reading = lines("Intitulé :", "Porteur :", "Public :", "Objectifs :", "Budget :", "Partenaires : (préciser)")
    assert (reading.sheets, reading.warnings[0][:29]) == ((), "Ce fichier est un modèle de f")


def _refusal(data: bytes) -> str:
    with pytest.raises(RefusedInput) as caught:
        read_sheets(data, "fiche.docx")
    return caught.value.message


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_hostile_and_foreign_files_are_refused() -> None:
    sheet = docx(lambda document: [document.add_paragraph(text) for text in SHORT])
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert _refusal(b" \n") == "Le fichier est vide : choisissez une fiche écrite en Word, en Excel ou en LibreOffice."
    assert "ancien document Word" in _refusal(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    assert "ni un document Word" in _refusal(b"%PDF-1.7 ")
    assert "abîmé" in _refusal(sheet[:-400])
    assert "déclare ce qu'un document" in _refusal(
        changed(sheet, {"word/document.xml": lambda part: part.replace(b"<w:document", entity + b"<w:document", 1)})
    )
    assert "gonfle" in _refusal(_zip(**{"word__document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}))
    assert "ni un texte ni un tableau" in _refusal(_zip(**{"ppt__presentation.xml": b"<a/>"}))
    assert "abîmé" in _refusal(_zip(**{"xl__workbook.xml": b"<a/>"}))
    assert "20 Mo" in _refusal(b"PK\x03\x04" + bytes(20_000_001))


def test_a_picture_that_swells_does_not_refuse_the_words() -> None:
    def fill(document: Doc) -> None:
        for text in SHORT:
            document.add_paragraph(text)
        document.add_picture(io.BytesIO(_png()))

    data = changed(docx(fill), {"word/media/image1.png": lambda part: part + bytes(14_000_000)})
    reading = read_sheets(data, "fiche.docx")
    assert (len(reading.sheets), reading.picture) == (1, None)


def _png() -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


def test_free_text_after_a_one_line_label_is_no_part_of_it_and_is_to_be_checked() -> None:
    words = "Elle intervient depuis dix ans auprès des personnes âgées de la commune."
    reading = lines(
        "Intitulé : Le fil", "Porteur : Association Fil bleu", words, "Public : les aînés", "Budget : 900 €"
    )
    (sheet,) = reading.sheets
    assert (sheet.lead, sheet.text) == ("Association Fil bleu", words)
    assert [(doubt.name, doubt.line) for doubt in sheet.doubts if doubt.name == "text"] == [("text", 3)]


def test_labels_numbered_as_those_of_a_subsidy_form_are_labels_known_or_not() -> None:
    texts = ("1.1 Nom de l'association", "Le Canal", "1.2 Adresse du siège social", "4 quai des Bateliers")
    action = ("3.1 Intitulé de l'action", "Réparer", "3.2 Public bénéficiaire", "Familles", "3.3 Territoire", "Canal")
    (sheet,) = lines(*texts, "3. Présentation de l'action", *action, "3.4 Subvention demandée", "800 €").sheets
    assert (sheet.title, sheet.lead, sheet.public, sheet.territories) == ("Réparer", "Le Canal", "Familles", ("Canal",))
    assert (sheet.budget, sheet.funding) == ("", (("Subvention demandée", "800 €"),))
    assert sheet.other == (("Adresse du siège social", "4 quai des Bateliers"),)


def test_abbreviated_labels() -> None:
    texts = (
        "Intitulé : Vélo",
        "Resp. : Régie",
        "Terr. : Bel Air",
        "Pub. : adultes",
        "Fin. : CAF : 3 000 €",
        "Obj. : rouler",
    )
    (sheet,) = lines(*texts).sheets
    assert (sheet.lead, sheet.territories, sheet.public) == ("Régie", ("Bel Air",), "adultes")
    assert (sheet.funding, sheet.since, sheet.text) == ((("CAF", "3 000 €"),), "", "rouler")
    assert [doubt.name for doubt in sheet.doubts if "Resp." in doubt.text] == ["lead"]


def test_what_looks_like_a_label_in_a_short_field_is_to_be_checked() -> None:
    (sheet,) = lines(*SHORT[:2], "Public :", "les jeunes", "une météo de la semaine :", "la pluie", SHORT[3]).sheets
    assert "public" in [doubt.name for doubt in sheet.doubts]
