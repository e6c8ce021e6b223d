"""Each form that makes something: sent twice, refused, sent with other words. Nothing is made twice, nothing lost.

What a device keeps (a reload, a session that ended, a way back) is in `tests/browser/test_drafts.py`; two people at
once in `test_two_versions.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from parvis.people.enums import RoleKind
from parvis.people.models import Role
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in
from tests.web.desk.page_forms import form_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Making:
    """A form that makes a row of `model`: what is typed, which of it is long, what a refusal needs emptied."""

    address: str
    model: str
    typed: dict[str, Any]
    long: str
    required: str


ROOT = "/gestion/concertations/{consultation}"
FORMS = {
    "meeting": Making(
        f"{ROOT}/rencontres/nouvelle/", "meetings.Meeting",
        {"title": "Atelier Emploi", "on": "2026-03-12", "starts": "14:00", "introduction": "Venez."},
        "introduction", "title",
    ),
    "consultation": Making(
        "/gestion/concertations/nouvelle/", "consultations.Consultation",
        {"title": "Une autre", "authority": "La ville", "introduction": "Venez.", "territory": "{territory}"},
        "introduction", "authority",
    ),
    "sheet": Making(
        f"{ROOT}/fiches/nouvelle/", "sheets.ActionSheet",
        {"title": "Un marché", "themes": ["{theme}"], "text": "Une longue description."}, "text", "title",
    ),
    "organisation": Making(
        f"{ROOT}/annuaire/nouveau/", "people.Organisation",
        {"name": "Mission locale", "address": "Rue haute"}, "address", "name",
    ),
    "contact": Making(
        f"{ROOT}/annuaire/{{organisation}}/contacts/nouveau/", "people.Contact",
        {"name": "Une personne", "position": "Directrice des quartiers", "email": "p@exemple.fr"}, "position", "email",
    ),
    "theme": Making(
        f"{ROOT}/thematiques/", "consultations.Theme",
        {"name": "Jardins", "aliases": "Nature en ville"}, "aliases", "name",
    ),
    "glossary": Making(
        "/gestion/glossaire/", "consultations.GlossaryEntry",
        {"acronym": "ZAC", "expansion": "Zone d'aménagement concerté", "explanation": "Un quartier neuf.",
         "territory": "{territory}"},
        "explanation", "expansion",
    ),
    "heading": Making(
        "/gestion/intertitres/", "meetings.HeadingWord",
        {"phrase": "Ce qui pèse", "kind": "challenge", "territory": "{territory}"},
        "phrase", "kind",
    ),
}  # fmt: skip


@pytest.fixture
def sheets(db: None) -> Sheets:
    return make_sheets()


@pytest.fixture
def alice(sheets: Sheets) -> Client:
    Role.objects.create(user=sheets.scene.alice, territory=sheets.consultation.territory, kind=RoleKind.ADMINISTRATOR)
    return signed_in(sheets.scene.alice)


def opened(client: Client, sheets: Sheets, name: str) -> tuple[str, dict[str, Any]]:
    """The address of a form, and what it would send once it is filled in."""
    known = {"consultation": sheets.consultation.code, "organisation": sheets.caf.code,
             "theme": sheets.scene.jobs.code, "territory": sheets.consultation.territory.code}  # fmt: skip
    making = FORMS[name]
    address = making.address.format(**known)
    typed = {
        key: [one.format(**known) for one in value] if isinstance(value, list) else value.format(**known)
        for key, value in making.typed.items()
    }
    return address, form_of(client.get(address).content.decode(), making.long) | typed


def count(name: str) -> int:
    return apps.get_model(FORMS[name].model)._default_manager.count()


@pytest.mark.parametrize("name", FORMS)
def test_a_double_click_makes_one(name: str, sheets: Sheets, alice: Client) -> None:
    address, form = opened(alice, sheets, name)
    before = count(name)
    answers = [alice.post(address, form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert len({answer["Location"] for answer in answers}) == 1
    assert count(name) == before + 1


@pytest.mark.parametrize("name", FORMS)
def test_other_words_after_a_way_back_are_shown_again_and_make_nothing(
    name: str, sheets: Sheets, alice: Client
) -> None:
    making = FORMS[name]
    address, form = opened(alice, sheets, name)
    alice.post(address, form)
    before = count(name)
    again = alice.post(address, form | {making.long: "D'autres mots"})
    assert (again.status_code, count(name)) == (422, before)
    assert form_of(again.content.decode(), making.long)[making.long] == ["D'autres mots"]
    assert "Ce formulaire a déjà servi" in again.content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_a_refused_form_keeps_what_was_typed(name: str, sheets: Sheets, alice: Client) -> None:
    making = FORMS[name]
    address, form = opened(alice, sheets, name)
    before = count(name)
    refused = alice.post(address, form | {making.required: "" if making.required != "email" else "sans arobase"})
    assert (refused.status_code, count(name)) == (422, before)
    assert form_of(refused.content.decode(), making.long)[making.long] == [form[making.long]]
    assert alice.post(address, form).status_code == 302
