"""Without script, a contribution sent twice is one; another text sent after a way back is not lost."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from parvis.consultations.models import Contribution
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db

ADDRESS = "/partenaires/contributions/"


@pytest.fixture
def sheets(db: None) -> Sheets:
    return make_sheets()


@pytest.fixture
def partner(sheets: Sheets, client: Client) -> Client:
    session = client.session
    session["participant_key"] = sheets.key(sheets.participant(sheets.caf))
    session.save()
    return client


def form_on(client: Client, sheets: Sheets) -> dict[str, str]:
    return {
        "contribution_kind": "challenge", "theme": sheets.scene.jobs.code, "text": "Le dernier bus est à 20 h",
        "op_id": op_id_of(client.get(ADDRESS).content.decode()),
    }  # fmt: skip


def op_id_of(page: str) -> str:
    match = re.search(r'name="op_id" value="([^"]+)"', page)
    assert match is not None
    return match[1]


def texts() -> list[str]:
    return list(Contribution.objects.order_by("id").values_list("text", flat=True))


def test_a_contribution_sent_twice_is_one(sheets: Sheets, partner: Client) -> None:
    form = form_on(partner, sheets)
    assert [partner.post(ADDRESS, form).status_code for _ in range(3)] == [302, 302, 302]
    assert texts() == [form["text"]]
    assert "C&#x27;est enregistré" in partner.get(ADDRESS).content.decode()


def test_another_text_under_the_same_name_comes_back_and_is_added_on_purpose(sheets: Sheets, partner: Client) -> None:
    form = form_on(partner, sheets)
    partner.post(ADDRESS, form)
    again = partner.post(ADDRESS, form | {"text": "Un tout autre texte"})
    page = again.content.decode()
    assert (again.status_code, texts()) == (422, [form["text"]])
    assert "Un tout autre texte" in page
    assert form["text"] in page
    assert partner.post(ADDRESS, form | {"text": "Un tout autre texte", "op_id": op_id_of(page)}).status_code == 302
    assert texts() == [form["text"], "Un tout autre texte"]
