"""A consultation taken over from a former one: what is ticked, at its new dates, and nothing that anybody said."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.consultations.enums import Audience, PhaseControl, PhaseKind
from parvis.consultations.models import (
    Consultation,
    Contribution,
    Invitation,
    Participant,
    Partner,
    Phase,
    TeamMember,
    ThemeAlias,
)
from parvis.consultations.operations.create_consultation import ConsultationDetails
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.meetings.models import Attendance, Meeting, Minutes
from parvis.meetings.operations.copy_consultation import CopiedPart, CopyPlan, copy_consultation, first_day
from parvis.people.enums import OrganisationType, RoleKind
from parvis.people.models import Contact, Organisation, Role
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet, Opinion, SheetFile
from tests.meetings.scene import agent
from tests.rights.town import make_town
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db

PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def plan(*parts: CopiedPart, begins_on: datetime.date | None = None) -> CopyPlan:
    return CopyPlan(ConsultationDetails("Le cycle suivant", "suivant", "Vallières"), begins_on, parts)


@pytest.fixture
def world() -> Sheets:
    """Its review began on 5 January 2026; its meeting was on 12 March, at 15:00 in Paris."""
    world = make_sheets()
    Phase.objects.filter(consultation=world.consultation).update(
        opens_on=datetime.date(2026, 1, 5), closes_on=datetime.date(2026, 4, 30), control=PhaseControl.CLOSED
    )
    return world


def test_everything_ticked_is_there_at_its_new_dates(world: Sheets) -> None:
    scene, source = world.scene, world.consultation
    ThemeAlias.objects.create(theme=scene.jobs, label="Travail")
    scene.meeting.themes.set([scene.jobs])
    partner = Partner.objects.get(organisation=world.caf)
    partner.themes.set([scene.health])
    partner.territories.set([source.territory])
    world.permis.lead = world.asso
    world.permis.save()
    made = copy_consultation(scene.alice, source, plan(*CopiedPart, begins_on=datetime.date(2026, 7, 6)))
    assert (made.opened_at, made.archived_at, made.territory_id) == (None, None, source.territory_id)
    assert [(row.name, row.audience) for row in made.themes.all()] == [
        (row.name, row.audience) for row in source.themes.all()
    ]
    assert made.themes.get(slug="emploi").aliases.get().label == "Travail"
    review = made.phases.get(kind=PhaseKind.REVIEW)
    shifted = (datetime.date(2026, 7, 6), datetime.date(2026, 10, 29), PhaseControl.DATES)
    assert (review.opens_on, review.closes_on, review.control) == shifted
    assert made.phases.count() == len(PhaseKind)
    meeting = made.meetings.get()
    assert meeting.starts_at.astimezone(PARIS) == datetime.datetime(2026, 9, 10, 15, tzinfo=PARIS)
    assert (meeting.audience, meeting.title) == (Audience.TEAM, "Atelier du mardi")
    assert [theme.consultation_id for theme in meeting.themes.all()] == [made.pk]
    copied = made.partners.get(organisation=world.caf)
    assert [theme.slug for theme in copied.themes.all()] == ["sante"]
    assert list(copied.territories.all()) == [source.territory]
    sheet = made.sheets.get(title=world.permis.title)
    assert (sheet.state, sheet.copied_from, sheet.lead) == (SheetState.DRAFT, world.permis, world.asso)
    assert sheet.number == world.permis.number
    assert {theme.consultation_id for theme in sheet.themes.all()} == {made.pk}
    assert [member.user for member in made.members.all()] == [scene.alice]
    assert list(made.steps.values_list("kind", flat=True)) == list(source.steps.values_list("kind", flat=True))
    entry = JournalEntry.objects.get(verb="copy_consultation")
    assert (entry.subject, entry.values["source"], entry.values["sheets"]) == (made.journal_name, source.code, 2)


def test_nothing_that_was_said_nor_sent_is_copied() -> None:
    town = make_town()
    scene, source = town.sheets.scene, town.sheets.consultation
    town.sheets.permis.internal_note = "Appeler Jeanne Porte"
    town.sheets.permis.save()
    watched = (Opinion, Contribution, Participant, Invitation, Attendance, Minutes, SheetFile, Contact, Organisation)
    before = [model._default_manager.count() for model in watched]
    made = copy_consultation(scene.alice, source, plan(*CopiedPart, begins_on=datetime.date(2027, 1, 4)))
    assert [model._default_manager.count() for model in watched] == before
    assert set(made.sheets.values_list("internal_note", "state", "embargo_until")) == {("", SheetState.DRAFT, None)}
    assert set(made.meetings.values_list("people_count", "changed_at", "audience")) == {(None, None, Audience.TEAM)}


def test_nothing_ticked_gives_a_consultation_as_new(world: Sheets) -> None:
    made = copy_consultation(world.scene.alice, world.consultation, plan())
    assert (made.themes.count(), made.phases.count(), made.sheets.count()) == (7, 8, 0)
    assert (made.partners.count(), made.meetings.count(), made.members.count()) == (0, 0, 1)
    assert set(made.phases.values_list("opens_on", flat=True)) == {None}


def test_sheets_without_their_themes_find_those_of_the_same_name(world: Sheets) -> None:
    world.scene.health.__class__.objects.filter(pk=world.scene.health.pk).update(slug="sante-sport")
    world.velo.themes.set([world.scene.health])
    made = copy_consultation(world.scene.alice, world.consultation, plan(CopiedPart.SHEETS))
    assert [theme.name for theme in made.sheets.get(title=world.velo.title).themes.all()] == ["Santé / Sport"]


def test_only_what_the_agent_reads_is_copied(world: Sheets) -> None:
    """A coordinator who is not of the team never had the reserved sheet nor meeting; hidden ones stay behind."""
    outsider = agent("Zoé", (RoleKind.COORDINATOR, world.consultation.territory))
    ActionSheet.objects.filter(pk=world.permis.pk).update(audience=Audience.TEAM)
    Meeting.objects.update(audience=Audience.RESTRICTED)
    world.scene.other_meeting(title="Annulée", cancelled_at=datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC))
    made = copy_consultation(outsider, world.consultation, plan(*CopiedPart, begins_on=datetime.date(2027, 1, 4)))
    assert [sheet.title for sheet in made.sheets.all()] == [world.velo.title]
    assert made.meetings.count() == 0


def test_who_no_longer_works_there_does_not_join_the_team(world: Sheets) -> None:
    for name in ("Bob", "Partie"):
        user = world.scene.bob if name == "Bob" else agent(name)
        TeamMember.objects.create(consultation=world.consultation, user=user)
    Role.objects.filter(user=world.scene.alice).delete()
    Role.objects.create(user=world.scene.dan, kind=RoleKind.COORDINATOR, territory=world.consultation.territory)
    made = copy_consultation(world.scene.dan, world.consultation, plan(CopiedPart.TEAM))
    assert {member.user for member in made.members.all()} == {world.scene.bob, world.scene.dan}


def test_as_many_statements_whatever_the_size(world: Sheets) -> None:
    def statements(slug: str) -> int:
        details = ConsultationDetails("Suivant", slug, "Vallières")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            copy_consultation(
                world.scene.alice, world.consultation, CopyPlan(details, datetime.date(2027, 1, 4), tuple(CopiedPart))
            )
        return len(asked)

    territory = world.consultation.territory

    def fill(number: int) -> None:
        house = Organisation.objects.create(
            territory=territory, name=f"Organisme {number}", type=OrganisationType.ASSOCIATION
        )
        partner = Partner.objects.create(consultation=world.consultation, organisation=house)
        partner.themes.set([world.scene.jobs])
        partner.territories.set([territory])
        world.sheet(f"Action {number}").territories.set([territory])
        world.scene.other_meeting(title=f"Rencontre {number}").themes.set([world.scene.jobs])
        ThemeAlias.objects.create(theme=world.scene.jobs, label=f"Autre nom {number}")

    fill(0)
    few = statements("petit")
    for number in range(1, 60):
        fill(number)
    more = statements("grand") - few
    assert few < 60
    assert more <= 2  # SQLite takes so many values in one insert: sixty sheets are two, and sixty meetings


def test_it_is_all_or_nothing(world: Sheets) -> None:
    copy_consultation(world.scene.alice, world.consultation, plan())
    with pytest.raises(RefusedInput):
        copy_consultation(world.scene.alice, world.consultation, plan())
    assert Consultation.objects.count() == 2


def test_the_page_asks_then_copies_an_archived_one_too(world: Sheets) -> None:
    Consultation.objects.update(archived_at=datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC))
    desk = Client()
    desk.force_login(world.scene.alice)
    address = f"/gestion/concertations/{world.consultation.code}/reprendre/"
    assert first_day(world.consultation) == datetime.date(2026, 1, 5)
    assert "5 janvier 2026" in desk.get(address).content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    sent = {"title": "Cycle 2027", "parts": ["themes", "phases", "sheets"]}
    refused = desk.post(address, sent)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["begins_on"]
    answer = desk.post(address, sent | {"begins_on": "2027-01-04"})
    made = Consultation.objects.get(slug="cycle-2027")
    assert answer["Location"] == f"/gestion/concertations/{made.code}/"
    sheet = made.sheets.get(title=world.permis.title)
    page = desk.get(f"/gestion/concertations/{made.code}/fiches/{sheet.code}/").content.decode()
    assert "Reprise de la fiche" in page
    assert desk.post(address, sent | {"title": "Quartiers 2030", "begins_on": "2027-01-04"}).status_code == 422
