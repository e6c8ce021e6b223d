"""Coming in, answering without script, leaving; and what never shows on a partner's pages."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.test import Client

from parvis.consultations.enums import Audience
from parvis.consultations.models import Contribution, Invitation, Participant
from parvis.consultations.operations.invitations import (
    invitation_path,
    invite_anyone,
    invite_contact,
    invite_organisation,
)
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.consultations.operations.send_invitations import queue_invitations, queue_reminders
from parvis.core import clock
from parvis.core.errors import RefusedInput
from parvis.core.mailing.sender import send_all_due
from parvis.people.models import Contact
from parvis.sheets.models import ActionSheet, Opinion
from parvis.sheets.operations.share_results import LEADS_ALONE, share_with_leads
from tests.sheets.scene import Sheets, close_review, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


def invited(world: Sheets, name: str = "Chargée de mission") -> Invitation:
    contact = Contact.objects.create(
        organisation=world.caf, name=name, email=f"p{Contact.objects.count()}@organisme.example"
    )
    return invite_contact(world.scene.alice, world.consultation, contact)


def inside(invitation: Invitation) -> Client:
    client = Client()
    client.post(invitation_path(invitation))
    return client


def test_get_opens_nothing_and_post_comes_in(world: Sheets) -> None:
    invitation, client = invited(world), Client()
    page = client.get(invitation_path(invitation))
    assert "Continuer" in page.content.decode()
    assert not Participant.objects.exists()
    assert client.get("/partenaires/fiches/").status_code == 302
    assert client.post(invitation_path(invitation)).headers["Location"] == "/partenaires/fiches/"
    page = client.get("/partenaires/fiches/")
    assert "Permis de conduire solidaire" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"


def test_two_devices_of_one_contact_are_one_participant(world: Sheets) -> None:
    invitation = invited(world)
    inside(invitation)
    inside(invitation)
    invitation.refresh_from_db()
    assert (Participant.objects.count(), invitation.openings) == (1, 2)


def test_an_organisation_s_invitation_opens_one_more_person_each_time(world: Sheets) -> None:
    invitation = invite_organisation(world.scene.alice, world.consultation, world.caf)
    inside(invitation)
    inside(invitation)
    assert Participant.objects.filter(organisation=world.caf).count() == 2


def test_an_open_invitation_asks_from_where(world: Sheets) -> None:
    path, client = invitation_path(invite_anyone(world.scene.alice, world.consultation)), Client()
    assert client.post(path).status_code == 422
    assert client.post(path, {"organisation": "inconnu"}).status_code == 422
    assert client.post(path, {"organisation": world.asso.code}).status_code == 302
    assert Participant.objects.get().organisation == world.asso


def test_a_revoked_invitation_and_its_devices_are_closed(world: Sheets) -> None:
    invitation = invited(world)
    client = inside(invitation)
    revoke_invitation(world.scene.alice, invitation)
    assert client.get("/partenaires/fiches/").status_code == 302
    assert Client().get(invitation_path(invitation)).status_code == 410
    assert Client().post(invitation_path(invitation)).status_code == 410


def test_an_opinion_without_script_then_another(world: Sheets) -> None:
    client = inside(invited(world))
    path = f"/partenaires/fiches/{world.permis.code}/"
    client.post(f"{path}avis/", {"value": "adapt", "comment": "Plus tard le soir", "relation": "funder"})
    client.post(f"{path}avis/", {"value": "continue", "comment": "Plus tard le soir", "relation": "funder"})
    opinion = Opinion.objects.get()
    assert (opinion.value, opinion.comment, opinion.relation) == ("continue", "Plus tard le soir", "funder")
    page = client.get(path).content.decode()
    assert "Plus tard le soir" in page
    assert 'value="continue" checked' in page


def test_an_opinion_is_taken_back_without_script(world: Sheets) -> None:
    client = inside(invited(world))
    path, button = f"/partenaires/fiches/{world.permis.code}/", "data-withdraw hidden>"
    assert button in client.get(path).content.decode()  # nothing stands yet
    said = {"value": "adapt", "comment": "Plus tard le soir", "relation": "funder"}
    client.post(f"{path}avis/", said)
    assert button not in client.get(path).content.decode()
    page = client.post(f"{path}avis/", said | {"withdraw": ""}, follow=True).content.decode()
    assert "Votre avis est retiré" in page
    assert button in page
    opinion = Opinion.objects.get()
    assert (opinion.value, opinion.comment, opinion.relation) == ("", "", "funder")


def test_what_is_not_for_her_is_nowhere(world: Sheets) -> None:
    for number, fields in enumerate(
        ({"audience": Audience.TEAM}, {"audience": Audience.RESTRICTED}, {"state": "draft"}, {"hidden_at": clock.now()})
    ):
        world.sheet(f"zyxcanari {number}", summary="zyxcanari", **fields)
    world.permis.internal_note = "zyxcanari"
    world.permis.save()
    someone = world.participant(world.ddets, name="zyxcanari")
    world.opine(someone, world.permis, "adapt", comment="zyxcanari")
    client = inside(invited(world))
    hidden = [sheet.code for sheet in ActionSheet.objects.filter(title__startswith="zyxcanari")]
    paths = ["", "fiches/", f"fiches/{world.permis.code}/", "contributions/", "qui-voit-mon-nom/", "mes-actions/"]
    for path in paths:
        assert "zyxcanari" not in client.get(f"/partenaires/{path}").content.decode(), path
    for code in hidden:
        assert client.get(f"/partenaires/fiches/{code}/").status_code == 404
        assert client.post(f"/partenaires/fiches/{code}/avis/", {"value": "adapt"}).status_code == 404


def test_her_contribution_is_written_corrected_and_withdrawn(world: Sheets) -> None:
    client = inside(invited(world))
    said = {"contribution_kind": "challenge", "theme": world.scene.jobs.code, "text": "Le bus"}
    assert client.post("/partenaires/contributions/", said | {"text": ""}).status_code == 422
    page = client.post("/partenaires/contributions/", {"contribution_kind": "", "theme": "", "text": "Le bus"})
    assert page.status_code == 422
    assert "Choisissez : défi, atout ou proposition." in page.content.decode().replace("\u00a0:", " :")
    assert "Choisissez la thématique." in page.content.decode()
    client.post("/partenaires/contributions/", said)
    found = Contribution.objects.get()
    client.post(f"/partenaires/contributions/{found.reference}/", said | {"text": "Le bus de 19 h"})
    found.refresh_from_db()
    assert found.text == "Le bus de 19 h"
    client.post(f"/partenaires/contributions/{found.reference}/", {"withdraw": "1"})
    found.refresh_from_db()
    assert found.state == "withdrawn"
    other = inside(invited(world, "Une autre"))
    assert other.get(f"/partenaires/contributions/{found.reference}/").status_code == 404


def test_no_kind_and_no_theme_is_chosen_for_her(world: Sheets) -> None:
    page = inside(invited(world)).get("/partenaires/contributions/").content.decode()
    form = page[page.index("<form") : page.index("</form>")]
    assert "checked" not in form
    assert form[form.index('<select name="theme"') :].split("<option", 2)[1].startswith(' value="" selected>Choisissez')


def test_leaving_closes_this_device_only(world: Sheets) -> None:
    invitation = invited(world)
    first, second = inside(invitation), inside(invitation)
    first.post("/partenaires/quitter/")
    assert first.get("/partenaires/fiches/").status_code == 302
    assert second.get("/partenaires/fiches/").status_code == 200


def test_a_colleague_is_invited_at_most_ten_times(world: Sheets) -> None:
    client = inside(invited(world))
    for _ in range(10):
        assert client.post("/partenaires/transmettre/", {"email": ""}).status_code == 200
    assert client.post("/partenaires/transmettre/", {"email": ""}).status_code == 422


def test_each_mail_leaves_once_and_reminders_once_a_week(world: Sheets) -> None:
    chosen = [invited(world, f"Personne {number}") for number in range(3)]
    assert queue_invitations(world.scene.alice, chosen) == 3
    assert queue_invitations(world.scene.alice, chosen) == 0
    send_all_due()
    assert len(mail.outbox) == 3
    assert invitation_path(chosen[0]) in mail.outbox[0].body
    client = inside(chosen[0])
    client.post(f"/partenaires/fiches/{world.permis.code}/avis/", {"value": "unknown"})
    assert queue_reminders(world.scene.alice, world.consultation) == 0
    with clock.at(clock.now() + datetime.timedelta(days=8)):
        assert queue_reminders(world.scene.alice, world.consultation) == 2
        assert queue_reminders(world.scene.alice, world.consultation) == 0
        send_all_due()
    assert len(mail.outbox) == 5
    close_review(world)
    with pytest.raises(RefusedInput):
        queue_reminders(world.scene.alice, world.consultation)


def test_every_form_says_who_will_see_the_name(world: Sheets) -> None:
    world.permis.lead = world.caf
    world.permis.save()
    client = inside(invited(world))
    Contact.objects.update(is_referent=True)
    client.post(
        "/partenaires/contributions/",
        {"contribution_kind": "challenge", "theme": world.scene.jobs.code, "text": "Le bus"},
    )
    reference = Contribution.objects.get().reference
    close_review(world)
    share_with_leads(world.scene.alice, world.consultation, clock.today() + LEADS_ALONE)
    paths = [
        f"fiches/{world.permis.code}/", "contributions/", f"contributions/{reference}/", "transmettre/", "position/",
        "mes-actions/",
    ]  # fmt: skip
    for path in paths:
        page = client.get(f"/partenaires/{path}").content.decode()
        main = page[page.index("<main") :]
        typed = main.index("<textarea" if path.startswith("fiches/") else "<form")  # the answers have no room above
        assert 0 < main.index("Qui verra mon nom\u00a0?") < typed, path
    assert "Qui verra mon nom\u00a0?" in Client().get(invitation_path(Invitation.objects.get())).content.decode()


def test_a_hidden_contribution_is_told_and_has_no_form(world: Sheets) -> None:
    client = inside(invited(world))
    said = {"contribution_kind": "challenge", "theme": world.scene.jobs.code, "text": "Le bus"}
    client.post("/partenaires/contributions/", said)
    Contribution.objects.update(state="hidden")
    path = f"/partenaires/contributions/{Contribution.objects.get().reference}/"
    page = client.get(path).content.decode()
    assert "La modération a masqué ce texte" in page
    assert "data-note" not in page
    assert client.post(path, said | {"text": "Autre"}).status_code == 422
    assert Contribution.objects.get().text == "Le bus"
