"""Who sees what partners think, when, and how little it tells of each."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from parvis.core import clock
from parvis.core.errors import ForbiddenMove, NotAllowed, RefusedInput
from parvis.gathering.recount.verification import verify
from parvis.gathering.results.for_leads import gather_led
from parvis.gathering.results.published import gather_published
from parvis.publishing.digests import verify_edition
from parvis.sheets.models import ResultsRelease
from parvis.sheets.operations.enter_position import enter_position
from parvis.sheets.operations.reply_as_lead import reply_as_lead
from parvis.sheets.operations.share_results import share_with_leads
from parvis.sheets.results import gather_results
from tests.sheets.scene import Sheets, close_review, make_sheets, publish, published_results

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def later(days: int) -> datetime.date:
    return clock.today() + datetime.timedelta(days=days)


def test_perimeter_and_silence_are_counted(world: Sheets) -> None:
    a, b = world.participant(world.caf), world.participant(world.caf)
    world.participant(world.ddets)
    world.asso.partnerships.get().themes.set([world.scene.health])
    world.participant(world.asso)
    world.opine(a, world.permis, "continue")
    world.opine(b, world.permis, "unknown")
    found = {row.code: row.figures for row in gather_results(world.consultation, world.scene.alice).sheets}
    permis, velo = found[world.permis.code], found[world.velo.code]
    assert (permis.organisations.asked, permis.organisations.answered, permis.organisations.knows) == (2, 1, 1)
    assert (permis.people.asked, permis.people.answered, permis.people.knows) == (3, 2, 1)
    assert velo.organisations.asked == 3


def test_the_number_of_queries_does_not_grow(world: Sheets, django_assert_max_num_queries: object) -> None:
    for number in range(15):
        someone = world.participant(world.caf)
        world.opine(someone, world.sheet(f"Action {number}"), "continue")
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert len(gather_results(world.consultation, world.scene.alice).sheets) == 17


def test_leads_then_everyone_and_never_before(world: Sheets) -> None:
    lead = world.participant(world.caf)
    world.permis.lead = world.caf
    world.permis.save()
    with pytest.raises(ForbiddenMove):
        share_with_leads(world.scene.alice, world.consultation, later(6))  # the review is open
    close_review(world)
    assert gather_led(lead) == ()
    share_with_leads(world.scene.alice, world.consultation, later(6))
    assert [led.results.code for led in gather_led(lead)] == [world.permis.code]
    assert gather_led(world.participant(world.ddets)) == ()
    with pytest.raises(ForbiddenMove):
        publish(world)
    reply_as_lead(lead, world.permis, "Nous avons changé les horaires.")
    with pytest.raises(NotAllowed):
        reply_as_lead(world.participant(world.ddets), world.permis, "Pas la nôtre")
    assert gather_published(world.consultation) is None
    with clock.at(clock.now() + datetime.timedelta(days=8)):
        edition = publish(world)
        with pytest.raises(ForbiddenMove):
            publish(world)
    assert verify_edition(edition) == []
    assert verify().problems == []
    published = gather_published(world.consultation)
    assert published is not None
    assert [sheet.reply for sheet in published.sheets] == ["Nous avons changé les horaires.", ""]
    world.permis.audience = "partners"
    world.permis.save()
    after = gather_published(world.consultation)
    assert after is not None
    assert [sheet.code for sheet in after.sheets] == [world.velo.code]


def test_nothing_that_anyone_may_read_is_not_published_once_for_all(world: Sheets) -> None:
    for sheet in (world.permis, world.velo):
        sheet.audience = "partners"
        sheet.save()
    close_review(world)
    share_with_leads(world.scene.alice, world.consultation, later(6))
    client = Client()
    client.force_login(world.scene.alice)
    page = client.get(f"/gestion/concertations/{world.consultation.code}/avis/diffusion/").content.decode()
    assert "0 fiche sur 2 sera publiée" in page
    assert 'name="publish"' not in page
    with clock.at(clock.now() + datetime.timedelta(days=8)):
        with pytest.raises(RefusedInput):
            publish(world)
        world.permis.audience = "public"
        world.permis.save()
        publish(world)


def test_a_public_page_counts_from_five_and_says_no_name(world: Sheets) -> None:
    for sheet in (world.permis, world.velo):
        sheet.audience = "public"
        sheet.save()
    someone = world.participant(world.caf, name="zyxcanari")
    world.opine(someone, world.permis, "adapt", comment="zyxcanari")
    page = Client().get(f"/concertations/{world.consultation.slug}/avis/")
    assert page.status_code == 404
    published_results(world)
    page = Client().get(f"/concertations/{world.consultation.slug}/avis/")
    said = page.content.decode()
    assert "zyxcanari" not in said
    assert "Moins de 5 organismes ont répondu." in said
    for extension in ("csv", "xlsx", "ods", "pdf"):
        file = Client().get(f"/concertations/{world.consultation.slug}/avis-des-partenaires.{extension}")
        assert file.status_code == 200
        assert b"zyxcanari" not in file.content
    world.permis.hidden_at = clock.now()
    world.permis.save()
    assert world.permis.title not in Client().get(f"/concertations/{world.consultation.slug}/avis/").content.decode()
    world.consultation.embargo_until = clock.now() + datetime.timedelta(days=1)
    world.consultation.save()
    assert Client().get(f"/concertations/{world.consultation.slug}/avis/").status_code == 404


def test_only_the_named_team_sees_who_said_what(world: Sheets) -> None:
    someone = world.participant(world.caf, name="zyxcanari")
    world.opine(someone, world.permis, "adapt")
    base = f"/gestion/concertations/{world.consultation.code}/avis/"
    for agent, sees in ((world.scene.alice, True), (world.scene.bob, False), (world.scene.dan, False)):
        client = Client()
        client.force_login(agent)
        answer = client.get(f"{base}{world.permis.code}/")
        assert (answer.status_code == 200 and "zyxcanari" in answer.content.decode()) is sees
        assert "zyxcanari" not in client.get(base).content.decode()


def test_only_the_referent_gives_the_position(world: Sheets) -> None:
    someone = world.participant(world.caf)
    with pytest.raises(NotAllowed):
        enter_position(someone, world.permis, "adapt")
    assert someone.contact is not None
    someone.contact.is_referent = True
    someone.contact.save()
    enter_position(someone, world.permis, "adapt")
    found = gather_results(world.consultation, world.scene.alice, only=world.permis.code).sheets[0].figures
    assert found.organisations.counts["adapt"] == 1
    close_review(world)
    with pytest.raises(NotAllowed):
        enter_position(someone, world.permis, "continue")
    assert not ResultsRelease.objects.exists()
