"""An electoral period warns before a meeting is held or something is published in it; it refuses nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from parvis.consultations.electoral_period import electoral_notice, electoral_warning
from parvis.consultations.models import Consultation
from parvis.core import clock
from parvis.meetings.models import Meeting
from tests.meetings.scene import Scene, make_scene
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WARNS = "article L. 52-1"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def desk(scene: Scene) -> Client:
    return signed_in(scene.alice)


def elections(scene: Scene, first: datetime.date, last: datetime.date) -> Consultation:
    Consultation.objects.filter(pk=scene.consultation.pk).update(electoral_from=first, electoral_until=last)
    return Consultation.objects.get(pk=scene.consultation.pk)


def read(answer: Any) -> str:
    return answer.content.decode().replace("&#x27;", "'").replace("\xa0", " ")  # type: ignore[no-any-return]


def test_from_the_first_day_to_the_last(scene: Scene) -> None:
    first = datetime.date(2026, 3, 1)
    consultation = elections(scene, first, first + 20 * DAY)
    days = (-1, 0, 20, 21)
    assert [bool(electoral_warning(consultation, first + day * DAY)) for day in days] == [False, True, True, False]
    assert [bool(electoral_notice(consultation, first + day * DAY)) for day in days] == [True, True, True, False]
    assert "Période électorale du 1er mars au 21 mars 2026 : " in electoral_warning(consultation, first)


def test_a_meeting_and_what_is_published_are_warned_of_and_pass(scene: Scene, desk: Client) -> None:
    today = clock.today()
    elections(scene, today, today + 30 * DAY)
    form = {"kind": "workshop", "title": "Atelier", "starts": "14:00",
            "territory": scene.consultation.territory.code}  # fmt: skip
    new = f"/gestion/concertations/{scene.consultation.code}/rencontres/nouvelle/"
    assert WARNS in read(desk.get(new))
    for ahead, warned in ((10, True), (40, False)):
        page = read(desk.post(new, form | {"on": (today + ahead * DAY).isoformat()}, follow=True))
        assert "La rencontre est créée." in page
        assert (WARNS in page) is warned
    assert Meeting.objects.filter(title="Atelier").count() == 2
    minutes = scene.published()
    assert WARNS in read(desk.get(f"/gestion/comptes-rendus/{minutes.code}/publier/"))
    assert WARNS in read(desk.get(f"/gestion/concertations/{scene.consultation.code}/avis/diffusion/"))
    elections(scene, today - 30 * DAY, today - DAY)
    assert WARNS not in read(desk.get(new))
    assert WARNS not in read(desk.get(f"/gestion/comptes-rendus/{minutes.code}/publier/"))


@pytest.mark.parametrize(("first", "last"), [("2026-03-02", "2026-03-01"), ("2026-03-02", ""), ("", "2026-03-02")])
def test_half_a_period_is_refused_beside_its_field(scene: Scene, desk: Client, first: str, last: str) -> None:
    address = f"/gestion/concertations/{scene.consultation.code}/modifier/"
    form = {"title": "Contrat", "slug": "contrat", "authority": "Val", "audience": "public"}
    answer = desk.post(address, form | {"electoral_from": first, "electoral_until": last})
    assert answer.status_code == 422
    assert 'id="id_electoral_until_error"' in read(answer)
    assert (
        desk.post(address, form | {"electoral_from": "2026-03-01", "electoral_until": "2026-03-22"}).status_code == 302
    )
    assert Consultation.objects.get(pk=scene.consultation.pk).electoral_until == datetime.date(2026, 3, 22)
