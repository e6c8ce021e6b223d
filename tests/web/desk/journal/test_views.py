"""« Qui a fait quoi »: each entry a sentence, filtered, in pages, in files; nothing told to who may not read it."""

from __future__ import annotations

import datetime
import re
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.enums import Audience
from parvis.core import journal
from parvis.core.models import JournalEntry
from parvis.gathering.journal.words import WORDS
from parvis.meetings.operations.frame_minutes import rename_minutes
from parvis.people.enums import RoleKind
from parvis.people.operations.erase_person import erase_person
from parvis.sheets.operations.many_sheets import hide_many
from tests.html import squeezed
from tests.meetings.scene import agent, town
from tests.sheets.scene import Sheets, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> Sheets:
    return make_sheets()


def address(world: Sheets, more: str = "") -> str:
    return f"/gestion/concertations/{world.consultation.code}/journal/{more}"


def told(client: Client, where: str) -> list[str]:
    """The sentences of a page, as they are read."""
    html = squeezed(client.get(where).content.decode())
    rows = re.findall(r'<div class="row__body"> ?<p>(.*?)</p>', html)
    return [unescape(re.sub(r"<[^>]+>", "", row)).replace("\u00a0", " ").replace("\u202f", " ") for row in rows]


def coordinator_outside_the_team(world: Sheets) -> Client:
    return signed_in(agent("Inès", (RoleKind.COORDINATOR, world.consultation.territory)))


def test_who_did_what_is_a_sentence_with_its_link(world: Sheets) -> None:
    hide_many(world.scene.alice, world.permis.consultation, [world.permis.code], hidden=True)
    client = signed_in(world.scene.alice)
    assert told(client, address(world))[0] == f"Alice a masqué la fiche « {world.permis.title} »."
    link = f"/gestion/concertations/{world.consultation.code}/fiches/{world.permis.code}/"
    assert f'<a href="{link}">' in client.get(address(world)).content.decode()


def test_what_is_gone_is_told_without_a_link(world: Sheets) -> None:
    hide_many(world.scene.alice, world.velo.consultation, [world.velo.code], hidden=True)
    world.velo.delete()
    assert told(signed_in(world.scene.alice), address(world))[0] == "Alice a masqué une fiche supprimée."


def test_an_agent_reads_her_consultation_only(world: Sheets) -> None:
    other = agent("Zoé", (RoleKind.COORDINATOR, world.consultation.territory))
    journal.record(other, "sign_in", other)
    elsewhere = town("Ailleurs", "200000009")
    journal.record(other, "save_glossary_entry", elsewhere, entry="x")
    assert [row for row in told(signed_in(world.scene.alice), address(world)) if "Zoé" in row] == []
    assert signed_in(world.scene.dan).get(address(world)).status_code == 404
    assert signed_in(world.scene.bob).get(address(world)).status_code == 403


def test_a_partner_has_a_name_for_those_alone_who_read_names(world: Sheets) -> None:
    someone = world.participant(world.caf, "Reine Vasseur")
    journal.record(someone, "enter_position", world.permis, value="reconsider")
    journal.record(world.scene.alice, "enter_booklet", someone, sheets=3)
    team, outside = signed_in(world.scene.alice), coordinator_outside_the_team(world)
    assert told(team, address(world))[1].startswith("Reine Vasseur (CAF")
    assert told(outside, address(world))[:2] == [
        "Alice a saisi le carnet d'un partenaire : 3 avis.",
        f"Un partenaire a donné la position de son organisme sur la fiche « {world.permis.title} ».",
    ]
    for extension in ("csv", "xlsx", "ods"):
        file = outside.get(address(world, f"qui-a-fait-quoi.{extension}"))
        assert file.status_code == 200
        assert b"Vasseur" not in file.content
    assert "réinterroger" not in team.get(address(world)).content.decode(), "an answer is never told here"


def test_a_funder_kept_from_names_does_not_read_them_here(world: Sheets) -> None:
    someone = world.participant(world.caf, "Reine Vasseur")
    journal.record(someone, "ask_presentation", world.permis)
    world.consultation.names_kept_from_funders = True
    world.consultation.save()
    world.consultation.funders.add(world.scene.alice)
    assert "Vasseur" not in signed_in(world.scene.alice).get(address(world)).content.decode()


def test_one_cannot_pick_out_a_partner(world: Sheets) -> None:
    """A filter on who is not named would name her."""
    someone = world.participant(world.caf)
    journal.record(world.scene.alice, "update_sheet", world.velo)
    journal.record(someone, "ask_presentation", world.permis)
    rows = told(coordinator_outside_the_team(world), address(world, f"?qui={someone.code}"))
    assert len(rows) == 2, "an unknown name filters nothing"
    assert told(signed_in(world.scene.alice), address(world, "?qui=partenaires"))[0].startswith("Une personne (CAF")


def test_reserved_minutes_are_not_named(world: Sheets) -> None:
    minutes = world.scene.draft()
    rename_minutes(world.scene.alice, minutes, "Hall du 12, rue des Lilas")
    world.scene.meeting.audience, world.scene.meeting.title = Audience.RESTRICTED, "Les rixes du hall"
    world.scene.meeting.save()
    outside = coordinator_outside_the_team(world)
    assert told(outside, address(world))[0] == "Alice a changé le titre d'un compte-rendu réservé."
    page = outside.get(address(world)).content.decode()
    assert "Lilas" not in page
    assert "rixes" not in page
    assert minutes.code not in page
    assert "Lilas" in signed_in(world.scene.alice).get(address(world)).content.decode()


def test_an_erased_person_has_no_name(world: Sheets) -> None:
    ines = agent("Inès", (RoleKind.COORDINATOR, world.consultation.territory))
    hide_many(ines, world.permis.consultation, [world.permis.code], hidden=True)
    erase_person(None, ines.email)
    page = signed_in(world.scene.alice).get(address(world)).content.decode()
    assert "Inès" not in page
    assert "efface-" not in page
    assert f"Une personne effacée a masqué la fiche « {world.permis.title} »." in told(
        signed_in(world.scene.alice), address(world)
    )


@pytest.mark.parametrize(
    ("query", "rows"),
    [("quoi=fiches", 2), ("quoi=rencontres", 0), ("du=2026-03-02", 1), ("au=2026-03-01", 1), ("qui=parvis", 0)],
)
def test_filters(world: Sheets, query: str, rows: int) -> None:
    JournalEntry.objects.all().delete()
    for day, hour in ((1, 22), (1, 23)):  # in Paris, 23 h and midnight of the next day
        journal.record(world.scene.alice, "update_sheet", world.permis, audience="public")
        moment = datetime.datetime(2026, 3, day, hour, 30, tzinfo=datetime.UTC)
        JournalEntry.objects.filter(pk=JournalEntry.objects.latest("id").pk).update(at=moment)
    assert len(told(signed_in(world.scene.alice), address(world, f"?{query}"))) == rows


def test_days_in_the_wrong_order_are_told(world: Sheets) -> None:
    page = signed_in(world.scene.alice).get(address(world, "?du=2026-03-02&au=2026-03-01")).content.decode()
    assert "Ce jour vient avant le premier" in page


def _fill(world: Sheets, count: int) -> None:
    people = [world.participant(world.caf, f"Personne {number}") for number in range(4)]
    for number in range(count):
        journal.record(people[number % 4], "ask_presentation", (world.permis, world.velo)[number % 2])


def test_pages_of_a_hundred_in_few_queries(world: Sheets) -> None:
    client = signed_in(world.scene.alice)
    counts = []
    for count in (8, 250):
        _fill(world, count)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(told(client, address(world))) <= 100
        counts.append(len(queries))
    assert len(told(client, address(world))) == 100
    assert counts[0] == counts[1] <= 30
    rows = client.get(address(world, "qui-a-fait-quoi.csv")).content.decode().strip().splitlines()
    assert len(rows) >= 259


def test_administrators_read_all_of_their_territories_and_nothing_else(world: Sheets) -> None:
    elsewhere = world.scene.dan.roles.get().territory
    irene = agent("Irène", (RoleKind.ADMINISTRATOR, world.consultation.territory))
    hide_many(world.scene.alice, world.permis.consultation, [world.permis.code], hidden=True)
    journal.record(world.scene.dan, "save_glossary_entry", elsewhere, entry="x")
    journal.record(world.scene.dan, "sign_in", world.scene.dan)
    journal.record(world.scene.bob, "sign_in", world.scene.bob)
    rows = told(signed_in(irene), "/gestion/journal/")
    assert rows[0] == "Bob est entré·e dans l'espace des agents."
    assert [row for row in rows if row.startswith("Dan")] == []
    assert f"Alice a masqué la fiche « {world.permis.title} »." in rows
    assert signed_in(world.scene.alice).get("/gestion/journal/").status_code == 403


def test_every_verb_can_be_told_even_without_its_values(world: Sheets) -> None:
    """Older entries hold fewer values, and things of every kind may be gone."""
    JournalEntry.objects.all().delete()
    for verb in WORDS:
        journal.record(world.scene.alice, verb, world.consultation)
        journal.record(
            world.scene.alice, verb, world.consultation, lines=["a"], until="2026-03-01", theme="x", sheet="x",
            member="x", meeting="x", minutes="x", territory="x", target="meeting:x",
        )  # fmt: skip
    client = signed_in(world.scene.alice)
    rows = [row for number in range(1, 5) for row in told(client, address(world, f"?page={number}"))]
    assert len(rows) == 2 * len(WORDS)
    assert [row for row in rows if "{" in row or "[" in row or "None" in row] == []


def test_entries_written_before_are_given_their_place(world: Sheets) -> None:
    hide_many(world.scene.alice, world.permis.consultation, [world.permis.code], hidden=True)
    journal.record(world.scene.alice, "update_meeting", world.scene.meeting)
    JournalEntry.objects.update(place="")
    migration: Any = import_module("parvis.meetings.migrations.0024_place_of_journal_entries")
    migration.give_places(apps, None)
    places = JournalEntry.objects.filter(verb__in=("hide_sheet", "update_meeting")).values_list("place", flat=True)
    assert set(places) == {world.consultation.code}
