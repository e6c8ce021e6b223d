"""An invitation leads to the page that its mail was about, and never out of this site."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from parvis.consultations.operations.invitations import invitation_path, invite_contact
from parvis.web.partners.destination import destination
from tests.sheets.scene import Sheets, make_sheets

SHEETS = "/partenaires/fiches/"


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("", SHEETS),
        ("relecture=abc", "/partenaires/relectures/abc/"),
        ("atelier=abc", "/partenaires/rencontres/#r-abc"),
        ("actions=1", "/partenaires/mes-actions/"),
        ("relecture=//x.example", SHEETS),
        ("relecture=..%2F..%2Fx", SHEETS),
        ("atelier=%22%3E", SHEETS),
        ("relecture=", SHEETS),
    ],
)
def test_only_pages_of_partners(query: str, page: str) -> None:
    assert destination(QueryDict(query)) == page


@pytest.mark.django_db
def test_the_link_leads_there_once_opened() -> None:
    world: Sheets = make_sheets()
    contact = world.participant(world.caf).contact
    assert contact is not None
    path = invitation_path(invite_contact(world.scene.alice, world.consultation, contact), "check", "abc123")
    assert path.endswith("/?relecture=abc123")
    assert Client().post(path).headers["Location"] == "/partenaires/relectures/abc123/"
