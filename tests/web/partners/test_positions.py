"""The référent's positions: one is saved at the tap, and no other moves."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.people.models import Contact
from parvis.sheets.models import Position
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db

TAPPED = {"Accept": "application/json"}
ADDRESS = "/partenaires/position/"


@pytest.fixture
def sheets(db: None) -> Sheets:
    return make_sheets()


@pytest.fixture
def referent(sheets: Sheets, client: Client) -> Client:
    participant = sheets.participant(sheets.caf)
    assert participant.contact is not None
    Contact.objects.filter(pk=participant.contact.pk).update(is_referent=True)
    session = client.session
    session["participant_key"] = sheets.key(participant)
    session.save()
    return client


def positions() -> dict[str, str]:
    return dict(Position.objects.values_list("sheet__code", "value"))


def test_one_position_is_saved_as_it_is_chosen_and_the_others_stay(sheets: Sheets, referent: Client) -> None:
    one, other = sheets.permis, sheets.sheet("Une autre action", sheets.scene.jobs)
    referent.post(ADDRESS, {f"v-{other.code}": "adapt"}, headers=TAPPED)
    answer = referent.post(ADDRESS, {f"v-{one.code}": "continue"}, headers=TAPPED)
    assert (answer.status_code, answer.json()) == (200, {"refusal": ""})
    assert positions() == {one.code: "continue", other.code: "adapt"}


def test_without_script_all_that_were_moved_are_saved_and_what_another_device_gave_stays(
    sheets: Sheets, referent: Client
) -> None:
    one, other, third = sheets.permis, sheets.sheet("Deux", sheets.scene.jobs), sheets.sheet("Trois", sheets.scene.jobs)
    referent.post(ADDRESS, {f"v-{third.code}": "adapt"}, headers=TAPPED)
    moved = {f"v-{one.code}": "continue", f"v-{other.code}": "strengthen", f"v-{third.code}": ""}
    shown = {f"was-{sheet.code}": "" for sheet in (one, other, third)}
    assert referent.post(ADDRESS, moved | shown).status_code == 302
    assert positions() == {one.code: "continue", other.code: "strengthen", third.code: "adapt"}


def test_a_refusal_is_told_at_the_tap(sheets: Sheets, referent: Client) -> None:
    answer = referent.post(ADDRESS, {f"v-{sheets.permis.code}": "n'importe quoi"}, headers=TAPPED)
    assert answer.status_code == 422
    assert answer.json()["refusal"].startswith("Choisissez une des sept réponses")
    assert positions() == {}
