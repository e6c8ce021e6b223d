"""The same, twice at the same moment: one is kept, the other reads why hers was not."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.forms import Form
from django.test import Client

from parvis.core.errors import RefusedInput
from parvis.core.models import Count
from parvis.core.uniqueness import SAME_MOMENT, refusing_duplicates
from parvis.people.models import Role
from parvis.web.components.form_pages import saved


def same_twice() -> None:
    for _ in range(2):
        Count.objects.create(subject="a", window=1, ends_at="2026-01-01T00:00Z")


def test_a_duplicate_becomes_a_refusal_and_nothing_of_the_block_stays(db: None) -> None:
    with pytest.raises(RefusedInput, match="déjà"), refusing_duplicates("C'est déjà là."):
        same_twice()
    assert not Count.objects.exists()


def test_another_fault_stays_a_fault(db: None) -> None:
    with pytest.raises(IntegrityError), refusing_duplicates():
        Role.objects.create(user=None, territory=None, kind="administrator")


@pytest.mark.django_db(transaction=True)
def test_a_form_says_so_and_keeps_what_was_typed() -> None:
    form = Form({})
    assert not saved(form, same_twice)
    assert form.non_field_errors() == [SAME_MOMENT]


@pytest.mark.django_db(transaction=True)
def test_whatever_nobody_foresaw_answers_409(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.web.room.views.entrance.find_room", lambda _: same_twice())
    client = Client(raise_request_exception=False)
    assert client.post("/atelier/", {"code": "ABCDEF"}).status_code == 409
