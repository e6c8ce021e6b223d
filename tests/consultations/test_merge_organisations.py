"""Two organisations that are one: all that was the other's is the kept one's, counts stay exact, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from parvis.consultations import merging
from parvis.consultations.models import Consultation, Invitation, Participant, Partner
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.operations.invitations import invite_contact, invite_organisation, open_invitation
from parvis.consultations.operations.merge_organisations import merge_organisations
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.models import JournalEntry
from parvis.gathering.recount.verification import verify
from parvis.meetings.enums import Presence
from parvis.meetings.models import Attendance
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from parvis.reading.spreadsheets import read_pasted
from parvis.sheets.models import Position
from parvis.sheets.results import gather_results, read_ready_rows
from parvis.territories.models import Territory
from tests.places import make_agent
from tests.sheets.scene import Sheets, make_sheets, organisation, shared_results

pytestmark = pytest.mark.django_db
NAME = "Caisse d'allocations familiales de l'Essonne"


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def double(world: Sheets) -> Organisation:
    return organisation(world.scene, NAME, OrganisationType.CAF)


def merge(world: Sheets, double: Organisation) -> Organisation:
    return merge_organisations(world.scene.alice, world.caf, double)


def contact(organisation: Organisation, name: str = "", email: str = "", **more: Any) -> Contact:
    return Contact.objects.create(organisation=organisation, name=name, email=email, **more)


def test_all_that_was_the_others_is_of_the_kept_one(world: Sheets, double: Organisation) -> None:
    one, other = world.participant(world.caf), world.participant(double)
    world.opine(one, world.permis, "continue")
    world.opine(other, world.permis, "adapt", comment="À revoir.")
    contact(double, "Awa Diop", "awa@caf.example", is_referent=True)
    led = world.sheet("Une autre action", lead=double, lead_name=NAME)
    house = invite_organisation(world.scene.alice, world.consultation, double)
    Position.objects.create(organisation=double, sheet=world.velo, value="continue", updated_at=clock.now())
    before = gather_results(world.consultation, world.scene.alice).asked_people
    merge(world, double)
    assert not Organisation.objects.filter(name=NAME).exists()
    assert set(Participant.objects.filter(organisation=world.caf)) == {one, other}
    assert {row.value for row in other.opinions.all()} == {"adapt"}
    assert world.caf.contacts.get(is_referent=True).name == "Awa Diop"
    led.refresh_from_db()
    assert (led.lead, led.lead_name) == (world.caf, NAME)
    assert open_invitation(Invitation.objects.get(pk=house.pk)).organisation == world.caf
    assert world.caf.positions.get().sheet == world.velo
    results = gather_results(world.consultation, world.scene.alice)
    assert (before, results.asked_organisations) == (2, 1)
    assert verify().problems == []
    entry = JournalEntry.objects.get(verb="merge_organisations")
    assert (entry.values["absorbed"], entry.values["participant"]) == (double.code, 1)


def test_no_column_that_points_at_an_organisation_is_forgotten(world: Sheets, double: Organisation) -> None:
    """Whatever the model: what points at it is found by looking, and none is left when it is gone."""
    told = {(model, field.name) for model, field in merging.references_to(Organisation)}
    every = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.model is Organisation
    }
    assert told == every
    assert {model._meta.label for model, _ in told} >= {"people.Contact", "sheets.ActionSheet", "sheets.Position"}


def test_the_other_name_is_known_again(world: Sheets, double: Organisation) -> None:
    merge(world, double)
    again = import_partners(None, world.consultation, read_pasted(f"Organisme;Type\n{NAME};CAF\n"))
    assert (again.created, again.changes) == ([], False)
    world.caf.refresh_from_db()
    assert world.caf.other_names == [NAME]


def test_a_funder_named_as_before_is_still_known(world: Sheets, double: Organisation) -> None:
    world.permis.funding = [[NAME, "3 000 €"]]
    world.permis.save()
    assert [named.organisation for named in read_ready_rows(world.consultation).named] == [str(double.pk)]
    merge(world, double)
    assert [named.organisation for named in read_ready_rows(world.consultation).named] == [str(world.caf.pk)]


def test_a_perimeter_is_that_of_both(world: Sheets, double: Organisation) -> None:
    mine = Partner.objects.get(organisation=world.caf)
    other = Partner.objects.get(organisation=double)
    mine.themes.set([world.scene.jobs])
    other.themes.set([world.scene.jobs, world.scene.health])
    other.reads_restricted = True
    other.save()
    merge(world, double)
    partner = Partner.objects.get(organisation=world.caf)
    assert set(partner.themes.all()) == {world.scene.jobs, world.scene.health}
    assert partner.reads_restricted


def test_a_perimeter_that_leaves_nothing_out_wins(world: Sheets, double: Organisation) -> None:
    Partner.objects.get(organisation=world.caf).themes.set([world.scene.jobs])
    merge(world, double)
    assert not Partner.objects.get(organisation=world.caf).themes.exists()


def test_one_person_in_both_is_one(world: Sheets, double: Organisation) -> None:
    mine = contact(world.caf, "Awa Diop", "awa@caf.example")
    other = contact(double, "Mme DIOP Awa", "awa@caf.example", phone="01", position="Directrice", is_referent=True)
    meeting = world.scene.meeting
    Attendance.objects.create(meeting=meeting, contact=mine, presence=Presence.REGISTERED, updated_at=clock.now())
    Attendance.objects.create(meeting=meeting, contact=other, presence=Presence.PRESENT, updated_at=clock.now())
    first = invite_contact(world.scene.alice, world.consultation, mine)
    second = invite_contact(world.scene.alice, world.consultation, other)
    spoke = open_invitation(second)
    world.opine(spoke, world.permis, "continue")
    merge(world, double)
    person = world.caf.contacts.get()
    entry = JournalEntry.objects.get(verb="merge_organisations")
    assert entry.values["same_people"] == [f"{other.code}:{mine.code}"]
    assert (person.phone, person.position, person.is_referent) == ("01", "Directrice", True)
    assert Attendance.objects.get(contact=person).presence == Presence.PRESENT
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.revoked_at is not None
    assert (second.revoked_at, second.contact) == (None, person)
    assert open_invitation(second) == spoke
    assert verify().problems == []


def test_who_only_came_in_joins_who_spoke(world: Sheets, double: Organisation) -> None:
    mine, other = contact(world.caf, "", "awa@caf.example"), contact(double, "", "awa@caf.example")
    silent = open_invitation(invite_contact(world.scene.alice, world.consultation, mine))
    spoke = open_invitation(invite_contact(world.scene.alice, world.consultation, other))
    world.key(silent)
    world.opine(spoke, world.permis, "continue")
    merge(world, double)
    person = Participant.objects.get(contact=mine)
    assert (person, person.keys.count(), person.opinions.count()) == (spoke, 1, 1)
    assert not Participant.objects.filter(pk=silent.pk).exists()


def test_who_spoke_under_both_names_loses_nothing(world: Sheets, double: Organisation) -> None:
    for house in (world.caf, double):
        someone = contact(house, "Awa Diop", "awa@caf.example")
        world.opine(
            open_invitation(invite_contact(world.scene.alice, world.consultation, someone)), world.permis, "continue"
        )
    with pytest.raises(RefusedInput, match="sous les deux noms"):
        merge(world, double)
    assert double.contacts.count() == 1


def test_one_name_without_address_is_one_person_unless_her_words_would_open(
    world: Sheets, double: Organisation
) -> None:
    contact(world.caf, "Awa Diop")
    contact(double, "DIOP Awa", "awa@caf.example")
    secret = contact(world.caf, "Bo Li")
    Participant.objects.create(consultation=world.consultation, organisation=world.caf, contact=secret)
    contact(double, "Bo Li", "agent@ailleurs.example")
    outside = make_agent(world.consultation.territory, name="Irène")
    merge_organisations(outside, world.caf, double)  # who prepares, and is not of the project team
    assert sorted(world.caf.contacts.values_list("name", "email")) == [
        ("Awa Diop", "awa@caf.example"), ("Bo Li", ""), ("Bo Li", "agent@ailleurs.example"),
    ]  # fmt: skip


def test_two_positions_that_differ_are_refused_and_the_same_is_one(world: Sheets, double: Organisation) -> None:
    for house, value in ((world.caf, "continue"), (double, "adapt")):
        Position.objects.create(organisation=house, sheet=world.velo, value=value, updated_at=clock.now())
    with pytest.raises(RefusedInput, match="elles diffèrent"):
        merge(world, double)
    Position.objects.filter(organisation=double).update(value="continue")
    merge(world, double)
    assert world.caf.positions.get().value == "continue"


def test_figures_that_were_shown_do_not_move(world: Sheets, double: Organisation) -> None:
    for house in (world.caf, double):
        world.opine(world.participant(house), world.permis, "continue")
    shared_results(world)
    with pytest.raises(RefusedInput, match="montrés aux porteurs"):
        merge(world, double)
    assert Organisation.objects.filter(pk=double.pk).exists()


def test_shown_figures_do_not_keep_a_double_that_nobody_asked(world: Sheets, double: Organisation) -> None:
    world.opine(world.participant(world.caf), world.permis, "continue")
    contact(double, "Awa Diop")
    shared_results(world)
    before = read_ready_rows(world.consultation)
    merge(world, double)
    assert read_ready_rows(world.consultation) == before


def test_shown_figures_keep_the_college_they_were_counted_in(world: Sheets) -> None:
    double = organisation(world.scene, NAME, OrganisationType.PREFECTURE)
    world.opine(world.participant(double), world.permis, "continue")
    shared_results(world)
    with pytest.raises(RefusedInput, match="montrés aux porteurs"):
        merge(world, double)


def test_what_an_archive_counts_does_not_move(world: Sheets, double: Organisation) -> None:
    for house in (world.caf, double):
        world.opine(world.participant(house), world.permis, "continue")
    put_away = Consultation.objects.filter(pk=world.consultation.pk)
    put_away.update(archived_at=clock.now())
    with pytest.raises(RefusedInput, match="sont archivés"):
        merge(world, double)
    put_away.update(archived_at=None)
    merge(world, double)


def test_an_archive_does_not_keep_a_double_that_nobody_asked(world: Sheets, double: Organisation) -> None:
    Consultation.objects.filter(pk=world.consultation.pk).update(archived_at=clock.now())
    merge(world, double)


def test_what_nobody_settles_is_refused(world: Sheets, double: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "_settlers", {})
    with pytest.raises(RefusedInput, match="un seul peut rester"):
        merge(world, double)
    assert Partner.objects.filter(organisation=double).exists()


def test_who_does_not_prepare_all_that_they_take_part_in_is_refused(world: Sheets, double: Organisation) -> None:
    with pytest.raises(RefusedInput, match="vous ne préparez pas"):
        merge_organisations(world.scene.bob, world.caf, double)


def test_what_is_unknown_of_the_kept_one_is_taken(world: Sheets, double: Organisation) -> None:
    Organisation.objects.filter(pk=double.pk).update(siret="35600000000048", phone="01 02 03 04 05")
    Organisation.objects.filter(pk=world.caf.pk).update(phone="09")
    merge(world, double)
    world.caf.refresh_from_db()
    assert (world.caf.siret, world.caf.phone) == ("35600000000048", "09")


def test_an_organisation_is_not_merged_with_itself_nor_with_another_towns(world: Sheets) -> None:
    town = Territory.objects.exclude(pk=world.caf.territory_id).order_by("pk")[0]
    elsewhere = Organisation.objects.create(territory=town, name="CAF")
    for other in (world.caf, elsewhere):
        with pytest.raises(RefusedInput):
            merge_organisations(world.scene.alice, world.caf, other)
