"""The page of minutes: title, meetings, steps, preview, publication."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from parvis.consultations.enums import Kind, StepKind
from parvis.consultations.models import ValidationStep
from parvis.core import clock
from parvis.meetings.models import Minutes
from parvis.meetings.operations import review
from parvis.meetings.operations.room.drafting import close_workshop
from parvis.meetings.operations.room.photos import add_photo
from parvis.publishing.enums import PublishingState
from parvis.publishing.models import Edition
from parvis.publishing.operations.submit_draft import submit_draft
from tests.meetings.room.scene import make_room
from tests.meetings.room.test_photos import picture
from tests.meetings.scene import Scene, items
from tests.web.desk.conftest import signed_in


def at(minutes: Minutes, name: str = "desk:minutes") -> str:
    return reverse(name, args=[minutes.code])


def state(minutes: Minutes) -> str:
    return Minutes.objects.values_list("state", flat=True).get(pk=minutes.pk)


def test_title_and_meetings_are_saved(scene: Scene, alice: Client) -> None:
    minutes, other = scene.draft(), scene.other_meeting()
    title = {"titre-title": "L'atelier emploi", "titre-version": minutes.version}
    assert alice.post(at(minutes, "desk:rename_minutes"), title).status_code == 302
    minutes.refresh_from_db()
    meetings = {"rencontres-meetings": [scene.meeting.code, other.code], "rencontres-version": minutes.version}
    assert alice.post(at(minutes, "desk:cover_meetings"), meetings).status_code == 302
    minutes.refresh_from_db()
    assert (minutes.title, minutes.meetings.count()) == ("L'atelier emploi", 2)


def test_refused_title_comes_back(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    response = alice.post(
        at(minutes, "desk:rename_minutes"), {"titre-title": "Le mien", "titre-version": minutes.version + 5}
    )
    assert response.status_code == 422
    assert response.context["title_form"]["title"].value() == "Le mien"
    assert "Quelqu'un d'autre" in response.context["title_form"].non_field_errors()[0]


def test_meeting_of_others_cannot_be_covered(scene: Scene, alice: Client) -> None:
    minutes, other = scene.draft(), scene.other_meeting(audience="team")
    scene.consultation.members.all().delete()
    data = {"rencontres-meetings": [scene.meeting.code, other.code], "rencontres-version": minutes.version}
    response = alice.post(at(minutes, "desk:cover_meetings"), data)
    assert (response.status_code, minutes.meetings.count()) == (422, 1)


def test_submit_steps_publish(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    assert alice.post(at(minutes, "desk:submit_minutes")).status_code == 302
    for step in ("participants", "project_team"):
        data = {"etape-step": step, "etape-note": "Relu ensemble"}
        assert alice.post(at(minutes, "desk:pass_step"), data).status_code == 302
    page = alice.get(at(minutes)).content.decode()
    assert "Toutes les étapes sont passées\u00a0: vous pouvez publier." in page
    assert "«\u00a0Relu ensemble\u00a0»" in page
    assert alice.post(at(minutes, "desk:publish_minutes")).status_code == 302
    assert (state(minutes), Edition.objects.count()) == (PublishingState.PUBLISHED, 1)
    assert reverse("public:meeting", args=[scene.meeting.code]) in alice.get(at(minutes)).content.decode()


def test_submit_refused_says_what_to_do(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    review.set_kind(scene.alice, minutes, [items(minutes)[0].code], Kind.UNSORTED)
    response = alice.post(at(minutes, "desk:submit_minutes"))
    assert (response.status_code, state(minutes)) == (422, PublishingState.DRAFT)
    assert response.context["refusal"] == "1 contribution sans thématique ou à classer : complétez d'abord."


def test_step_of_others_is_refused_and_the_note_comes_back(scene: Scene) -> None:
    minutes = scene.draft()
    submit_draft(scene.alice, minutes)
    bob = signed_in(scene.bob)
    bob.post(at(minutes, "desk:pass_step"), {"etape-step": "participants"})
    response = bob.post(at(minutes, "desk:pass_step"), {"etape-step": "project_team", "etape-note": "Ma remarque"})
    assert response.status_code == 422
    assert response.context["step_form"]["note"].value() == "Ma remarque"
    assert state(minutes) == PublishingState.VALIDATION


def test_elected_member_reads_the_preview_and_passes_her_step_only(scene: Scene) -> None:
    scene.consultation.steps.all().delete()
    ValidationStep.objects.create(consultation=scene.consultation, kind=StepKind.STEERING_COMMITTEE)
    minutes = scene.draft()
    edith = signed_in(scene.edith)
    assert edith.get(at(minutes, "desk:preview_minutes")).status_code == 403
    submit_draft(scene.alice, minutes)
    assert edith.get(at(minutes, "desk:preview_minutes")).status_code == 200
    for name in ("desk:rename_minutes", "desk:submit_minutes", "desk:reopen_minutes", "desk:publish_minutes"):
        assert edith.post(at(minutes, name)).status_code == 403
    assert edith.post(at(minutes, "desk:pass_step"), {"etape-step": "steering_committee"}).status_code == 302
    assert state(minutes) == PublishingState.READY


def test_facilitator_does_not_publish(scene: Scene) -> None:
    minutes = scene.ready(scene.draft())
    bob = signed_in(scene.bob)
    assert bob.get(at(minutes, "desk:publish_minutes")).status_code == 403
    assert bob.post(at(minutes, "desk:publish_minutes")).status_code == 403
    assert Edition.objects.count() == 0


def test_not_ready_is_not_published(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    response = alice.post(at(minutes, "desk:publish_minutes"))
    assert (response.status_code, Edition.objects.count()) == (422, 0)


def test_correction_asks_what_changed(scene: Scene, alice: Client) -> None:
    minutes = scene.published()
    assert alice.post(at(minutes, "desk:reopen_minutes")).status_code == 302
    minutes.refresh_from_db()
    scene.ready(minutes)
    refused = alice.post(at(minutes, "desk:publish_minutes"), {"note": ""})
    assert (refused.status_code, Edition.objects.count()) == (422, 1)
    assert alice.post(at(minutes, "desk:publish_minutes"), {"note": "Une faute"}).status_code == 302
    assert list(Edition.objects.order_by("number").values_list("note", flat=True)) == ["", "Une faute"]


def test_who_will_read_is_said_above_publish(scene: Scene, alice: Client) -> None:
    minutes = scene.ready(scene.draft())
    scene.meeting.embargo_until = clock.now() + datetime.timedelta(days=3)
    scene.meeting.save()
    scene.health.audience = "team"
    scene.health.save()
    readers = alice.get(at(minutes, "desk:publish_minutes")).context["readers"]
    assert (readers.audience, readers.since, readers.reserved_themes) == (
        "public",
        scene.meeting.embargo_until,
        ("Santé / Sport",),
    )


def test_narrowest_audience_is_said(scene: Scene, alice: Client) -> None:
    minutes = scene.ready(scene.draft())
    scene.meeting.audience = "team"
    scene.meeting.save()
    page = alice.get(at(minutes, "desk:publish_minutes"))
    assert (page.context["readers"].audience, page.context["readers"].public) == ("team", False)


def test_preview_shows_what_would_be_published(scene: Scene, alice: Client) -> None:
    page = alice.get(at(scene.draft(), "desk:preview_minutes")).content.decode()
    assert "Le dernier bus part trop tôt" in page
    assert "Synthèse des échanges" in page


def test_page_of_each_state_opens(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    for wanted in PublishingState.values:
        Minutes.objects.filter(pk=minutes.pk).update(state=wanted)
        for name in ("desk:minutes", "desk:review", "desk:preview_minutes", "desk:publish_minutes"):
            assert alice.get(at(minutes, name)).status_code == 200


def test_other_territory_finds_nothing(scene: Scene) -> None:
    minutes = scene.draft()
    for name in ("desk:minutes", "desk:review", "desk:preview_minutes", "desk:publish_minutes"):
        assert signed_in(scene.dan).get(at(minutes, name)).status_code == 404


def test_publication_without_csrf_token_is_refused(scene: Scene) -> None:
    minutes = scene.ready(scene.draft())
    assert signed_in(scene.alice, csrf=True).post(at(minutes, "desk:publish_minutes")).status_code == 403
    assert Edition.objects.count() == 0


@pytest.mark.django_db
def test_photographs_of_the_workshop_are_for_those_who_write(client: Client) -> None:
    room = make_room()
    photo = add_photo(
        room.board.seats.get(role="secretary"), reference=uuid.uuid4(), data=picture(), alt="Le tableau de la table 1"
    )
    minutes = close_workshop(room.scene.bob, room.board, lambda _: ())
    address = f"/gestion/comptes-rendus/{minutes.code}/photographies/{photo.code}/"
    client.force_login(room.scene.bob)
    assert client.get(f"/gestion/comptes-rendus/{minutes.code}/").context["photos"] == [photo]
    assert client.get(address).content == bytes(photo.data)
    for who in (room.scene.edith, room.scene.dan):
        refusal = 404 if who == room.scene.dan else 403  # she may read the consultation, he may not
        client.force_login(who)
        assert client.get(address).status_code == refusal
