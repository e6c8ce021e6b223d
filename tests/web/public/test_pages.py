"""Public pages as a stranger gets them: light, constant, the same for all, safe with any text."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from parvis.consultations.operations.glossary import Definition, save_entry
from parvis.meetings.models import Meeting
from parvis.meetings.operations.publish_minutes import publish_minutes
from parvis.people.models import User
from parvis.publishing.enums import FlagState
from parvis.publishing.models import Flag
from parvis.web.public.kept_pages import answers
from tests.meetings.scene import Scene, make_scene
from tests.web.public.square import EXTENSIONS, everywhere, visit

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    made.published()
    return made


def pages(scene: Scene) -> list[str]:
    code = scene.meeting.code
    return [
        "/", "/rencontres/", f"/concertations/{scene.consultation.slug}/", f"/rencontres/{code}/", "/glossaire/",
        "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", f"/signaler/rencontre/{code}/",
    ]  # fmt: skip


def queries(path: str) -> int:
    Client().get(path)
    cache.clear()
    answers.forget()
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200
    return len(captured)


def test_queries_do_not_grow_and_are_ten_at_most(scene: Scene) -> None:
    before = {path: queries(path) for path in pages(scene)}
    assert max(before.values()) <= 10, "nine, and the version under which the page is kept"
    Meeting.objects.bulk_create(
        Meeting(
            consultation=scene.consultation, title=f"Rencontre {n}", territory=scene.consultation.territory,
            starts_at=timezone.now() + datetime.timedelta(hours=n - 1_000),
        )
        for n in range(2_000)
    )  # fmt: skip
    assert {path: queries(path) for path in pages(scene)} == before


def test_strangers_get_no_cookie_and_nothing_is_asked_of_others(scene: Scene) -> None:
    for path in pages(scene):
        response = Client().get(path)
        assert not response.cookies, path
        html = response.content.decode()
        assert re.findall(r'(?:\ssrc|<link[^>]*\shref)="(?:https?:)?//(?!localhost)[^"]*"', html) == [], path
        assert " style=" not in html
        assert "<script>" not in html
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_an_agent_reads_the_same_page_as_a_stranger(scene: Scene) -> None:
    agent = Client()
    agent.force_login(scene.alice)
    for path in pages(scene):
        response = agent.get(path)
        assert response.content == Client().get(path).content, path
        assert response["Cache-Control"] == "private, no-store"


def test_any_text_is_only_text(db: None) -> None:
    scene = make_scene()
    scene.consultation.title = scene.consultation.introduction = scene.consultation.authority = EVIL
    scene.consultation.save()
    for field in ("title", "place", "address", "introduction"):
        setattr(scene.meeting, field, EVIL)
    scene.meeting.save()
    territory = scene.consultation.territory
    territory.name = EVIL
    territory.save()
    save_entry(scene.alice, territory, Definition("QPV", EVIL, EVIL))
    minutes = scene.ready(scene.draft(f"Titre\nEmploi / Insertion\nDéfis\n1. QPV {EVIL}\n- {EVIL}\n"))
    scene.jobs.name = EVIL
    scene.jobs.save()
    minutes.title = EVIL
    minutes.save()
    publish_minutes(scene.alice, minutes)
    for place, said in everywhere(scene.meeting).items():
        if place in EXTENSIONS or place.endswith(".ics"):
            continue
        assert "<script>alert" not in said, place
        assert "<img src=x" not in said, place
    assert EVIL in Client().get(f"/rencontres/{scene.meeting.code}/compte-rendu.json").json()["title"]


def test_not_found_is_a_page_that_leads_somewhere(db: None) -> None:
    response = Client().get("/rencontres/inconnue/")
    assert response.status_code == 404
    assert 'href="/rencontres/"' in response.content.decode()


def test_calendar_follows_the_filters_and_keeps_what_is_cancelled(scene: Scene) -> None:
    other = scene.other_meeting(title="Rencontre annulée", cancelled_at=timezone.now())
    calendar = Calendar.from_ical(visit("/rencontres/agenda.ics"))
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {scene.meeting.title, f"Annulé : {other.title}"}
    assert events[f"Annulé : {other.title}"]["status"] == "CANCELLED"


def test_filters_say_what_they_could_not_read(scene: Scene) -> None:
    response = Client().get("/rencontres/?du=hier&page=99&territoire=inconnu")
    assert response.status_code == 200
    assert "notice--waiting" in response.content.decode()


def test_flag_is_kept_with_its_number_and_can_be_followed(scene: Scene) -> None:
    address = f"/signaler/rencontre/{scene.meeting.code}/"
    empty = Client().post(address, {"reason": "", "comment": "On reconnaît ma voisine"})
    assert empty.status_code == 422
    assert "On reconnaît ma voisine" in empty.content.decode()
    assert Flag.objects.count() == 0
    kept = Client().post(address, {"reason": "person", "comment": "On reconnaît ma voisine"}, follow=True)
    flag = Flag.objects.get()
    assert flag.state == FlagState.OPEN
    assert flag.code in kept.content.decode()
    assert "voisine" not in visit(f"/signalements/{flag.code}/"), "the number alone does not give the words away"
    assert not kept.cookies


def test_flag_from_another_site_is_refused(scene: Scene) -> None:
    address = f"/signaler/rencontre/{scene.meeting.code}/"
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}):
        assert Client().post(address, {"reason": "person"}, headers=headers).status_code == 403
    assert Flag.objects.count() == 0


def test_no_table_keeps_an_address_of_a_machine(scene: Scene) -> None:
    from django.apps import apps

    names = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert not {name for name in names if re.search(r"(^|_)ip(_|$)|user_agent|remote", name)}
    assert User.objects.exists()


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_file_can_be_kept_and_says_what_it_is(scene: Scene, extension: str) -> None:
    response = Client().get(f"/rencontres/{scene.meeting.code}/compte-rendu.{extension}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Disposition"].endswith(f'edition-1.{extension}"')
    assert response["X-Content-Type-Options"] == "nosniff"


def test_unknown_file_and_unpublished_report_are_not_found(scene: Scene) -> None:
    other = scene.other_meeting()
    assert Client().get(f"/rencontres/{scene.meeting.code}/compte-rendu.exe").status_code == 404
    assert Client().get(f"/rencontres/{other.code}/compte-rendu.pdf").status_code == 404


def test_health(db: None) -> None:
    assert Client().get("/sante").json() == {"ok": True, "database": True, "writes": True}


def test_no_two_sections_of_a_report_are_called_the_same(db: None) -> None:
    """Two themes have their challenges: a list of landmarks tells them apart."""
    scene = make_scene()
    kinds = "Défis\n- Un\nAtouts\n- Deux\n"
    scene.published(f"Emploi / Insertion\n{kinds}\nSanté / Sport\n{kinds}")
    html = Client().get(f"/rencontres/{scene.meeting.code}/").content.decode()
    words = dict(re.findall(r'<h\d[^>]* id="([^"]+)">(.*?)</h\d>', html, re.DOTALL))
    sections = re.findall(r'<section[^>]* aria-labelledby="([^"]+)"', html)
    names = ["|".join(re.sub(r"<[^>]+>", "", words[part]).strip() for part in each.split()) for each in sections]
    assert len([name for name in names if "|" in name]) == 4
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_the_legal_page_names_the_host_and_the_director_once_they_are_set(settings: Any) -> None:
    bare = Client().get("/mentions-legales/").content.decode()
    assert "Qui héberge" not in bare
    assert "Direction de la publication" not in bare
    settings.LEGAL_HOST, settings.LEGAL_DIRECTOR = "Hébergeur <1 rue Haute>", "Irène Martin"
    answers.forget()
    named = Client().get("/mentions-legales/").content.decode()
    assert "Hébergeur &lt;1 rue Haute&gt;" in named
    assert "Direction de la publication\u00a0: Irène Martin." in named
