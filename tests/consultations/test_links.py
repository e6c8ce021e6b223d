"""Who holds the link of a partner, who opened it, and what dies with it when it is taken back."""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from parvis.consultations.models import DeviceKey, Invitation, Participant
from parvis.consultations.operations.contacts import NOT_HER_ADDRESS, ContactDetails, save_contact
from parvis.consultations.operations.import_partners import import_partners
from parvis.consultations.operations.invitations import (
    CLOSED,
    NOT_BY_YOU,
    forward_invitation,
    invitation_path,
    invite_anyone,
    invite_contact,
    invite_organisation,
    open_invitation,
    token_of,
)
from parvis.consultations.operations.revoke_invitation import revoke_invitation
from parvis.core.errors import RefusedInput
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import JournalEntry
from parvis.people.enums import RoleKind
from parvis.people.models import Contact, User
from parvis.reading.spreadsheets import read_table
from tests.meetings.scene import agent
from tests.sheets.scene import Sheets, make_sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Sheets:
    return make_sheets()


@pytest.fixture
def outsider(world: Sheets) -> User:
    """Administers the territory, and is not of the project team."""
    return agent("Irene", (RoleKind.ADMINISTRATOR, world.consultation.territory))


def invited(world: Sheets, email: str = "claire@caf.example") -> Invitation:
    contact = Contact.objects.create(organisation=world.caf, name="Claire", email=email)
    return invite_contact(world.scene.alice, world.consultation, contact)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def desk(world: Sheets, end: str) -> str:
    return f"/gestion/concertations/{world.consultation.code}/{end}"


def test_links_are_the_team_s_and_each_taking_is_written(world: Sheets, outsider: User) -> None:
    invitation = invited(world)
    token, one = token_of(invitation.code), desk(world, f"invitations/{invitation.code}/")
    ways = [
        (desk(world, "invitations/liens.csv"), {}),
        (one, {"show": ""}),
        (desk(world, "imprimer/lettres/"), {"who": "tous", "support": "docx"}),
        (desk(world, f"imprimer/lettres/{invitation.code}/"), {"docx": ""}),
    ]
    for address, sent in ways:
        refused = signed_in(outsider).post(address, sent, follow=True)
        assert token.encode() not in b"".join(refused.streaming_content) if refused.streaming else refused.content
    for page in (one, desk(world, "invitations/"), desk(world, "imprimer/")):
        for user in (outsider, world.scene.alice):
            assert token not in signed_in(user).get(page).content.decode()
    assert not JournalEntry.objects.filter(verb="take_links").exists()
    for address, sent in ways:
        assert signed_in(world.scene.alice).post(address, sent).status_code == 200
    assert token in signed_in(world.scene.alice).post(one, {"show": ""}).content.decode()
    written = JournalEntry.objects.filter(verb="take_links")
    assert all(entry.actor == world.scene.alice.journal_name for entry in written)
    assert all(invitation.code in entry.values["invitations"] for entry in written)
    assert len(written) == 5


def test_an_agent_outside_the_team_does_not_come_in_by_a_link(world: Sheets, outsider: User) -> None:
    for invitation in (invited(world), invite_organisation(world.scene.alice, world.consultation, world.caf)):
        answer = signed_in(outsider).post(invitation_path(invitation))
        assert (answer.status_code, "équipe projet seule" in answer.content.decode()) == (422, True)
    assert not Participant.objects.exists()
    door = invite_anyone(world.scene.alice, world.consultation)
    assert signed_in(outsider).post(invitation_path(door), {"organisation": world.caf.code}).status_code == 302


def test_an_opening_by_the_team_is_written_and_told(world: Sheets) -> None:
    invitation, client = invited(world), signed_in(world.scene.alice)
    assert "sera prévenue par courriel" in client.get(invitation_path(invitation)).content.decode()
    client.post(invitation_path(invitation))
    participant = Participant.objects.get()
    entry = JournalEntry.objects.get(verb="open_as_agent")
    assert (entry.actor, entry.subject) == (world.scene.alice.journal_name, participant.journal_name)
    send_all_due()
    assert [letter.to for letter in mail.outbox] == [["claire@caf.example"]]
    assert "Alice, de l'équipe projet, vient d'ouvrir votre accès" in mail.outbox[0].body
    hers = Client()
    hers.post(invitation_path(invitation))
    page = hers.get("/partenaires/").content.decode()
    assert "Alice, de l&#x27;équipe projet, a ouvert votre accès" in page.replace("l'équipe", "l&#x27;équipe")
    assert "2 appareils ouverts" in page


def test_an_agent_who_is_a_partner_too_opens_her_own_link_as_anyone(world: Sheets, outsider: User) -> None:
    client = signed_in(outsider)
    assert client.post(invitation_path(invited(world, outsider.email))).status_code == 302
    assert not JournalEntry.objects.filter(verb="open_as_agent").exists()


def test_a_link_taken_back_takes_those_it_gave_however_far(world: Sheets) -> None:
    invitation = invited(world)
    claire = open_invitation(invitation)
    by_mail, by_hand = forward_invitation(claire, "paul@caf.example"), forward_invitation(claire)
    paul, unnamed = open_invitation(by_mail), open_invitation(by_hand)
    further = forward_invitation(unnamed)
    far = open_invitation(further)
    apart = open_invitation(invited(world, "ana@caf.example"))
    for someone in (claire, paul, unnamed, far, apart):
        world.key(someone)
    assert revoke_invitation(world.scene.alice, invitation) == 3
    standing = Invitation.objects.filter(revoked_at=None)
    assert [row.contact.email if row.contact else "" for row in standing] == ["ana@caf.example"]
    assert list(Participant.objects.filter(revoked_at=None)) == [apart]
    assert list(DeviceKey.objects.values_list("participant", flat=True)) == [apart.pk]
    for link in (by_mail, by_hand, further):
        assert Client().post(invitation_path(link)).status_code == 410
    revoked = JournalEntry.objects.filter(verb="revoke_invitation")
    assert len(revoked) == 4


def test_an_open_link_taken_off_its_wall_closes_nobody(world: Sheets) -> None:
    door = invite_anyone(world.scene.alice, world.consultation)
    someone = open_invitation(door, world.caf)
    revoke_invitation(world.scene.alice, door)
    someone.refresh_from_db()
    assert someone.revoked_at is None


def test_a_colleague_does_not_bring_back_whom_the_team_took_out(world: Sheets) -> None:
    invitation, colleague = invited(world), open_invitation(invited(world, "ana@caf.example"))
    claire = open_invitation(invitation)
    revoke_invitation(world.scene.alice, invitation)
    with pytest.raises(RefusedInput, match=NOT_BY_YOU):
        forward_invitation(colleague, "Claire@CAF.example ")
    with pytest.raises(RefusedInput, match=CLOSED):
        forward_invitation(claire)
    client = signed_in(world.scene.alice)
    client.post(desk(world, "invitations/"), {"geste": "lien", "tous": "on"})
    claire.refresh_from_db()
    assert claire.revoked_at is not None
    contact = invitation.contact
    assert contact is not None
    client.post(desk(world, "invitations/"), {"geste": "lien", "contact": contact.code})
    claire.refresh_from_db()
    assert claire.revoked_at is None


def test_her_address_is_not_turned_to_who_may_not_read_her(world: Sheets, outsider: User) -> None:
    contact = invited(world).contact
    assert contact is not None
    details = ContactDetails(name="Claire", email="irene@exemple.fr")
    world.opine(open_invitation(Invitation.objects.get()), world.permis, "adapt")
    with pytest.raises(RefusedInput, match="avis"):
        save_contact(outsider, world.caf, details, contact)
    save_contact(outsider, world.caf, ContactDetails(name="Claire B.", email=contact.email), contact)
    contact.refresh_from_db()
    contact.email = ""
    contact.save()
    table = read_table(b"Organisme;Contact;Courriel\nCAF;Claire B.;irene@exemple.fr\n", "annuaire.csv")
    with pytest.raises(RefusedInput) as refused:
        import_partners(outsider, world.consultation, table)
    assert NOT_HER_ADDRESS in refused.value.lines[0]
    save_contact(world.scene.alice, world.caf, details, contact)


@pytest.mark.django_db(transaction=True)
def test_a_link_given_while_one_s_own_is_taken_back_does_not_survive(on_a_file: None) -> None:
    world = make_sheets()
    for _ in range(8):
        invitation = invited(world, f"p{Contact.objects.count()}@caf.example")
        giver, start = open_invitation(invitation), threading.Barrier(2)

        def give(giver: Participant = giver, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                forward_invitation(giver)
            except RefusedInput:
                pass
            finally:
                connection.close()

        thread = threading.Thread(target=give)
        thread.start()
        start.wait()
        revoke_invitation(world.scene.alice, invitation)
        thread.join()
        assert not Invitation.objects.filter(forwarded_by=giver, revoked_at=None).exists()
