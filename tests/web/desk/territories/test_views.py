"""The tree of territories and its import."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.people.enums import RoleKind
from parvis.territories.models import Territory
from parvis.territories.operations.import_territories import import_territories
from tests.places import Places, make_agent
from tests.reading_spreadsheets.books import rows_of, xlsx
from tests.web.desk.conftest import signed_in

TERRITORIES, IMPORT = "/gestion/territoires/", "/gestion/territoires/import/"
AGENTS = "/gestion/agents/"
HEADER = "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci\n"
NEW_QPV = HEADER + "QN00103M,Le Pont,00101,Vallières,200000001,Val de Lune\n"


def test_import_shows_what_it_would_do_before_doing_it(desk: Client) -> None:
    answer = desk.post(IMPORT, {"text": NEW_QPV})
    assert answer.context["summary"] == "ajout de 1 quartier"
    assert not Territory.objects.filter(official_code="QN00103M").exists()
    assert desk.post(IMPORT, {"text": NEW_QPV, "confirm": "1"})["Location"] == TERRITORIES
    assert Territory.objects.get(official_code="QN00103M").name == "Le Pont"


def test_import_of_a_file_brings_its_text_back(desk: Client) -> None:
    file = SimpleUploadedFile("qpv.csv", NEW_QPV.replace(",", ";").encode("cp1252"))
    page = desk.post(IMPORT, {"file": file}).content.decode()
    assert "QN00103M;Le Pont;00101;Vallières" in page


def test_import_of_a_workbook_brings_its_rows_back_as_text_to_confirm(desk: Client) -> None:
    titles, line = (tuple(row.split(",")) for row in NEW_QPV.strip().split("\n"))
    answer = desk.post(IMPORT, {"file": SimpleUploadedFile("qpv.xlsx", xlsx(rows_of(titles, line)))})
    assert answer.context["summary"] == "ajout de 1 quartier"
    text = answer.context["form"]["text"].value()
    assert desk.post(IMPORT, {"text": text, "confirm": "1"})["Location"] == TERRITORIES
    assert Territory.objects.get(official_code="QN00103M").name == "Le Pont"


def test_import_refused_names_the_lines_and_keeps_the_text(desk: Client) -> None:
    answer = desk.post(IMPORT, {"text": NEW_QPV.replace("QN00103M", "<b>PASBON</b>")})
    assert answer.status_code == 422
    assert answer.context["faults"] == (
        "Ligne 2 : « <b>PASBON</b> » n'est pas un code de quartier, par exemple QN09106M.",
    )
    page = answer.content.decode()
    assert "&lt;b&gt;PASBON" in page
    assert "<b>PASBON" not in page
    assert desk.post(IMPORT, {}).context["form"].errors == {
        "text": ["Choisissez un fichier, ou collez les lignes du tableau."]
    }


@pytest.mark.parametrize("role", [role for role in RoleKind if role != RoleKind.ADMINISTRATOR])
def test_import_and_agents_are_for_administrators(role: RoleKind, places: Places) -> None:
    client = signed_in(make_agent(places.lune, role))
    assert [client.get(path).status_code for path in (IMPORT, AGENTS)] == [403, 403]
    assert client.post(IMPORT, {"text": NEW_QPV, "confirm": "1"}).status_code == 403
    assert not Territory.objects.filter(official_code="QN00103M").exists()


def test_import_cannot_take_what_another_territory_administers(desk: Client, places: Places) -> None:
    make_agent(places.large)
    taken = HEADER + "QN00201M,Le Port,00101,Vallières,200000001,Val de Lune\n"
    assert desk.post(IMPORT, {"text": taken, "confirm": "1"}).status_code == 422
    assert str(Territory.objects.get(official_code="QN00201M").parent) == "Rochebelle"


def test_territories_ask_as_much_for_eight_as_for_hundreds(desk: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(TERRITORIES)
    rows = "".join(
        f"QN{20000 + n}M,Quartier {n},{20000 + n // 4},Ville {n // 4},200000001,Val de Lune\n" for n in range(400)
    )
    import_territories(None, HEADER + rows)
    with CaptureQueriesContext(connection) as many:
        assert "Quartier 399" in desk.get(TERRITORIES).content.decode()
    assert len(many) == len(few)
