"""The types of the organisations that a table brings: uncertain ones first, corrected one by one or several at once."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from parvis.people.enums import College
from parvis.people.models import Organisation
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db

TABLE = """Organisme;Contact;Courriel
CPAM de Lisandre;Awa Diop;awa@cpam.example
Ville de Lisandre;Bo Li;bo@lisandre.example
Jeunes Pousses;Chi Ba;chi@pousses.example
Jeunes pousses;Dan Fo;dan@pousses.example
Zy'va;Eve Go;eve@zyva.example
"""


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


def address(world: Sheets) -> str:
    return f"/gestion/concertations/{world.consultation.code}/annuaire/importer/"


def types() -> dict[str, str]:
    names = ["CPAM de Lisandre", "Ville de Lisandre", "Jeunes Pousses", "Zy'va"]
    return dict(Organisation.objects.filter(name__in=names).values_list("name", "type"))


def test_what_is_uncertain_comes_first(world: Sheets, alice: Client) -> None:
    typed = alice.post(address(world), {"text": TABLE}).context["typed"]
    assert [(row.name, row.cue, row.rank) for row in typed.doubtful] == [
        ("Jeunes Pousses", "rien ne le dit", 2), ("Zy'va", "rien ne le dit", 4),
        ("Ville de Lisandre", "deviné par un mot du nom", 1),
    ]  # fmt: skip
    assert [(row.name, row.college) for row in typed.sure] == [("CPAM de Lisandre", College.SOCIAL_AND_HEALTH)]


def test_one_is_corrected_and_several_at_once(world: Sheets, alice: Client) -> None:
    chosen = {"type-1": "municipal_service", "bulk_type": "association", "pick": ["2", "4"]}
    seen = alice.post(address(world), {"text": TABLE, **chosen})
    typed = seen.context["typed"]
    assert not typed.doubtful
    assert {row.cue for row in typed.sure} == {"d'après le tableau", "d'après son nom"}
    assert types() == {}
    alice.post(address(world), {"text": seen.context["grid_text"], "type-0": "", "confirm": "1"})
    assert types() == {
        "CPAM de Lisandre": "cpam", "Ville de Lisandre": "municipal_service", "Jeunes Pousses": "association",
        "Zy'va": "association",
    }  # fmt: skip


def test_all_that_are_doubtful_are_given_a_type_at_once(world: Sheets, alice: Client) -> None:
    typed = alice.post(address(world), {"text": TABLE}).context["typed"]
    chosen = {"bulk_type": "association", "all_doubtful": typed.doubtful_ranks, "type-0": "other"}
    alice.post(address(world), {"text": TABLE, **chosen, "confirm": "1"})
    assert types() == {
        "CPAM de Lisandre": "other", "Ville de Lisandre": "association", "Jeunes Pousses": "association",
        "Zy'va": "association",
    }  # fmt: skip


def test_what_is_chosen_as_one_imports_counts(world: Sheets, alice: Client) -> None:
    alice.post(address(world), {"text": TABLE, "type-4": "company", "confirm": "1"})
    assert types()["Zy'va"] == "company"


def test_what_was_chosen_survives_a_refusal_and_goes_with_the_lines_given_back(world: Sheets, alice: Client) -> None:
    wrong = "Organisme;Courriel\nZy'va;pas une adresse\n"
    refused = alice.post(address(world), {"text": wrong, "type-0": "company", "confirm": "1"})
    assert refused.status_code == 422
    assert "Entreprise" in refused.context["grid_text"]
    assert refused.context["form"].initial["text"] == refused.context["grid_text"]
    half = alice.post(
        address(world), {"text": f"{TABLE}Autre lieu;pas une adresse;\n".replace(";;", ";"), "type-5": "company"}
    )
    assert half.status_code == 200
    half = alice.post(address(world), {"text": TABLE + "Autre lieu;;pas une adresse\n", "type-5": "company"})
    assert "Entreprise" in half.context["refused_text"]


def test_a_type_column_that_stands_is_written_and_no_other_is_added(world: Sheets, alice: Client) -> None:
    text = "Type;Organisme\nMachin;Zy'va\nCAF;CAF du Sud\n"
    seen = alice.post(address(world), {"text": text, "type-0": "chamber"})
    assert seen.context["grid_text"] == "Type;Organisme\nChambre consulaire;Zy'va\nCAF;CAF du Sud\n"


def test_nonsense_is_no_choice(world: Sheets, alice: Client) -> None:
    odd = {"type-0": "rien", "type-99": "caf", "bulk_type": "caf", "pick": ["99", "x", "²", "9" * 40]}
    seen = alice.post(address(world), {"text": TABLE, **odd})
    assert "Type" not in seen.context["grid_text"].partition("\n")[0]


def test_two_hundred_organisations_fit_in_one_form(world: Sheets, alice: Client) -> None:
    text = "Organisme;Contact\n" + "".join(f"Lieu {rank};\n" for rank in range(450))
    seen = alice.post(address(world), {"text": text})
    typed = seen.context["typed"]
    assert (len(typed.doubtful), typed.left) == (400, 50)
    page = html.unescape(seen.content.decode())
    fields = set(re.findall(r'name="(type-\d+)"', page))
    assert len(fields) == 400
    every = dict.fromkeys(fields, "association") | {"pick": [field[5:] for field in fields]}
    done = alice.post(address(world), {"text": seen.context["grid_text"], **every, "confirm": "1"}, follow=True)
    assert done.status_code == 200
    assert Organisation.objects.filter(name__startswith="Lieu", type="association").count() == 400


def test_lines_keep_the_numbers_that_they_have_in_the_file(world: Sheets, alice: Client) -> None:
    """A title above the table, an empty line in it: the text that the page sends back has neither."""
    text = "Annuaire 2026;\n\nOrganisme;Courriel\nZy'va;eve@zyva.example\n\nJeunes Pousses;pas une adresse\n"
    seen = alice.post(address(world), {"text": text})
    sent = {"text": seen.context["grid_text"], "lines": seen.context["grid_lines"], "confirm": "1"}
    done = alice.post(address(world), sent)
    assert [number for number, _ in seen.context["reasons"]] == [number for number, _ in done.context["reasons"]] == [6]
