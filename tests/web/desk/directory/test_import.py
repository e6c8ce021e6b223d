"""A table of partners on screen: the good lines come in, the others are given back; a model to fill in."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from parvis.consultations.operations.import_partners import import_partners
from parvis.people.models import Organisation
from parvis.reading.spreadsheets import read_table
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db

TABLE = """Organisme;Type;Nom;Courriel;Téléphone;Référent
Ville de Lisandre;;Awa Diop;awa@lisandre.example;601020304;oui
Ville de Lisandre;;Bo Li;bo@lisandre.example;;oui
Mission locale;;Chi Ba;pas une adresse;6,01E+08;
"""


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


def address(world: Sheets, end: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/annuaire/importer/{end}"


def test_good_lines_come_in_and_the_others_are_told_before(world: Sheets, alice: Client) -> None:
    seen = alice.post(address(world), {"text": TABLE})
    page = seen.content.decode()
    assert seen.context["left_out"] == 2
    assert "Ligne 3" in page
    assert "déjà un référent" in page
    assert not Organisation.objects.filter(name="Ville de Lisandre").exists()
    done = alice.post(address(world), {"text": seen.context["grid_text"], "confirm": "1"}, follow=True)
    assert "C'est importé, sauf 2 lignes" in done.content.decode().replace("\u00a0", " ")
    given_back = alice.post(address(world, "a-corriger.xlsx"), {"refused": done.context["refused_text"]})
    assert len(read_table(given_back.content, "lignes.xlsx").rows) == 2
    town = Organisation.objects.get(name="Ville de Lisandre")
    assert (town.type, [str(person) for person in town.contacts.all()]) == ("municipality", ["Awa Diop"])
    assert not Organisation.objects.filter(name="Mission locale").exists()


def test_lines_to_correct_come_back_with_their_reasons_and_are_read_again(world: Sheets, alice: Client) -> None:
    seen = alice.post(address(world), {"text": TABLE})
    answer = alice.post(address(world, "a-corriger.xlsx"), {"refused": seen.context["refused_text"]})
    grid = read_table(answer.content, "lignes.xlsx")
    assert [row.cells[0] for row in grid.rows] == ["Ville de Lisandre", "Mission locale"]
    assert "adresse électronique" in grid.rows[1].cells[-1]
    assert "arrondi" in grid.rows[1].cells[-1]
    assert grid.header[-1] == "Raison"
    again = alice.post(address(world), {"text": grid.as_text()})
    assert again.context["left_out"] == 1
    assert "Raison" not in str(again.context["columns"])
    corrected = (
        grid.as_text().replace("pas une adresse", "chi@ml.example").replace("6,01E+08", "").replace(";oui;", ";;")
    )
    done = alice.post(address(world), {"text": corrected, "confirm": "1"}, follow=True)
    assert "2 organismes nouveaux" in done.content.decode().replace("\u00a0", " ")
    assert "n'a pas été lue" not in again.content.decode().replace("&#x27;", "'")


def test_no_line_to_correct_is_said(world: Sheets, alice: Client) -> None:
    answer = alice.post(address(world, "a-corriger.xlsx"), {"refused": ""})
    assert answer["Location"] == address(world)


def test_nothing_good_is_refused_as_a_whole(world: Sheets, alice: Client) -> None:
    answer = alice.post(address(world), {"text": "Organisme;Courriel\nX;pas une adresse\n", "confirm": "1"})
    assert answer.context["faults"]
    assert not Organisation.objects.filter(name="X").exists()


def test_the_model_filled_in_is_read_without_a_warning(world: Sheets, alice: Client) -> None:
    book = load_workbook(io.BytesIO(alice.get(address(world, "modele.xlsx")).content))
    book.worksheets[0].append(["Ville de Lisandre", "Commune", "", "Awa Diop"])
    filled = io.BytesIO()
    book.save(filled)
    seen = alice.post(address(world), {"text": read_table(filled.getvalue(), "modele.xlsx").as_text()})
    assert seen.context["preview"].created == ["Ville de Lisandre"]
    assert not seen.context["preview"].warnings


def test_the_page_lists_the_types_by_college(world: Sheets, alice: Client) -> None:
    page = alice.get(address(world)).content.decode()
    assert "Conseil citoyen, table de quartier" in page
    assert "Emploi et entreprises" in page


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_the_directory_taken_away_is_brought_back_without_a_change(
    world: Sheets, alice: Client, extension: str
) -> None:
    text = "Organisme;Type;Nom;Fonction;Courriel;Tél;Thématiques;Adresse;CP;Commune\n"
    text += "=Vélos & Cie;;Mme Awa Diop;Directrice;awa@velo.example;+33 6 01;Emploi / Insertion;1 rue;1300;Ici\n"
    text += "=Vélos & Cie;;Bo Li;;;;;;;\nCPAM;;;;;199000001;;;;\n"
    alice.post(address(world), {"text": text, "confirm": "1"})
    taken = alice.get(address(world).replace("importer/", f"annuaire.{extension}"))
    done = import_partners(None, world.consultation, read_table(taken.content, f"annuaire.{extension}"))
    assert not done.changes
    assert done.unchanged >= 2


def test_the_directory_is_taken_away_in_no_other_format(world: Sheets, alice: Client) -> None:
    assert alice.get(address(world).replace("importer/", "annuaire.pdf")).status_code == 404


def test_a_column_nobody_knows_is_given_its_meaning(world: Sheets, alice: Client) -> None:
    text = "Acteurs;Qui;Fonction;Divers\nVille de Lisandre;Awa Diop;Maire;rien\n"
    lost = alice.post(address(world), {"text": text})
    assert [column.title for column in lost.context["columns"].unknown] == ["Acteurs", "Qui", "Divers"]
    given = {"column-0": "organisation", "column-1": "name", "column-3": "ailleurs"}
    seen = alice.post(address(world), {"text": lost.context["grid_text"], **given})
    assert [column.title for column in seen.context["columns"].unknown] == ["Divers"]
    assert seen.context["sample"] == (
        ["Organisme", "Contact", "Fonction"],
        [["Ville de Lisandre", "Awa Diop", "Maire"]],
    )
    assert not Organisation.objects.filter(name="Ville de Lisandre").exists()
    alice.post(address(world), {"text": seen.context["grid_text"], "confirm": "1"})
    assert str(Organisation.objects.get(name="Ville de Lisandre").contacts.get()) == "Awa Diop"


def test_a_column_read_wrongly_is_told_otherwise(world: Sheets, alice: Client) -> None:
    """« Nom » is that of the organisation here, and « Partenaire » a person."""
    text = "Nom;Partenaire;Fonction\nVille de Lisandre;Awa Diop;Maire\n"
    seen = alice.post(address(world), {"text": text})
    assert seen.context["preview"].created == ["Awa Diop"]
    chosen = {"column-0": "organisation", "column-1": "name", "column-2": "-"}
    seen = alice.post(address(world), {"text": seen.context["grid_text"], **chosen})
    assert seen.context["preview"].created == ["Ville de Lisandre"]
    assert seen.context["sample"][1] == [["Ville de Lisandre", "Awa Diop"]]
    alice.post(address(world), {"text": seen.context["grid_text"], "confirm": "1"})
    person = Organisation.objects.get(name="Ville de Lisandre").contacts.get()
    assert (person.name, person.position) == ("Awa Diop", "")


def test_a_meaning_given_to_a_column_leaves_the_one_that_had_it(world: Sheets, alice: Client) -> None:
    text = "Organisme;Courriel;Mail pro\nVille de Lisandre;vieux@lisandre.example;awa@lisandre.example\n"
    seen = alice.post(address(world), {"text": text, "column-1": "email", "column-2": "email"})
    assert {column.title: column.meaning for column in seen.context["columns"].known} == {
        "Organisme": "organisation", "Ne pas lire (Courriel)": "", "Courriel": "email",
    }  # fmt: skip
    assert "awa@lisandre.example" in seen.context["sample"][1][0]
    back = alice.post(address(world), {"text": seen.context["grid_text"], "column-1": "email"})
    assert "vieux@lisandre.example" in back.context["sample"][1][0]


def test_an_organisation_written_once_goes_with_the_line_given_back(world: Sheets, alice: Client) -> None:
    text = "Organisme;Contact;Courriel\nVille de Lisandre;Awa Diop;awa@lisandre.example\n"
    text += ";Bo Li;pas une adresse\n;Chi Ba;chi@lisandre.example\nCPAM;Dan Fo;\n;Eve Go;eve@cpam.example\n"
    seen = alice.post(address(world), {"text": text})
    assert seen.context["sample"][1][1][0] == "Ville de Lisandre"
    assert "Ville de Lisandre;Bo Li;pas une adresse;" in seen.context["refused_text"]


def test_the_columns_of_a_second_person_stay_hers(world: Sheets, alice: Client) -> None:
    text = "Organisme;Nom;Courriel;Nom;Courriel\nVille de Lisandre;Awa;awa@lisandre.example;Bo;bo@lisandre.example\n"
    seen = alice.post(address(world), {"text": text})
    columns = seen.context["columns"]
    assert (len(columns.unknown), seen.context["preview"].contacts_created) == (0, 2)
    same = {column.name: column.meaning for column in columns.known}
    again = alice.post(address(world), {"text": seen.context["grid_text"], **same})
    assert again.context["grid_text"] == seen.context["grid_text"]
