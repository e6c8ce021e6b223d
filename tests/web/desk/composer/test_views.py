"""A mail is written, looked at, tried; a fault stands beside its field and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils.html import escape

from parvis.consultations.mail_kinds import mail_kinds
from parvis.consultations.mail_writing import proposed_details, text_faults
from parvis.consultations.models import Consultation, Invitation, MailText
from parvis.consultations.operations.send_invitations import INVITATION_TEXT
from parvis.core.mailing.sender import send_all_due
from parvis.core.models import OutgoingMail
from parvis.people.models import Contact
from tests.sheets.scene import Sheets, close_review, make_sheets
from tests.web.desk.conftest import signed_in

pytestmark = pytest.mark.django_db
BODY = "{salutation},\n\nDe {organisme} : {lien}\n{qui_voit_mon_nom}\n\n{signature}"


@pytest.fixture
def world(db: None) -> Sheets:
    return make_sheets()


@pytest.fixture
def desk(world: Sheets) -> Client:
    return signed_in(world.scene.alice)


def address(world: Sheets, rest: str = "courriels/invitation/") -> str:
    return f"/gestion/concertations/{world.consultation.code}/{rest}"


def typed(**more: str) -> dict[str, str]:
    return {"subject": "Votre avis, {organisme}", "body": BODY, "sender_name": "Ville d'Exemple",
            "reply_to": "equipe@ville.example", "signatory": "La Maire", "cosignatory": "Le Préfet"} | more  # fmt: skip


def someone(world: Sheets, **fields: Any) -> Contact:
    values = {"name": "Mme Anne Exemple", "position": "Maire", "email": "anne@caf.example"} | fields
    return Contact.objects.create(organisation=world.caf, **values)


def sent(desk: Client, world: Sheets, **data: Any) -> str:
    desk.post(address(world, "invitations/envoyer/inviter/"), {"confirmed": "1", **data})
    send_all_due()
    return mail.outbox[-1].body if mail.outbox else ""


def test_every_mail_has_its_page_and_a_text_without_fault(world: Sheets, desk: Client) -> None:
    for kind in mail_kinds():
        assert text_faults(kind, proposed_details(world.consultation, kind)) == {}
        assert escape(kind.label) in desk.get(address(world, "courriels/")).content.decode()
        assert "Aperçu" in desk.get(address(world, f"courriels/{kind.purpose}/")).content.decode()


def test_what_is_written_is_what_leaves(world: Sheets, desk: Client) -> None:
    assert desk.post(address(world), typed(save="1")).status_code == 302
    body = sent(desk, world, contact=someone(world).code)
    letter = mail.outbox[0]
    assert body.startswith("Madame la Maire,\n\nDe CAF\xa0: http")
    assert "La Maire\nLe Préfet\n" in body
    assert letter.subject == "Votre avis, CAF"
    assert letter.reply_to == ["equipe@ville.example"]
    assert letter.from_email.startswith('"Ville d\'Exemple" <') or letter.from_email.startswith("Ville d'Exemple <")


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("body", BODY + "{toto}", "Le champ {toto} n'existe pas ici"),
        ("body", "{salutation} {qui_voit_mon_nom}", "Il manque {lien}"),
        ("body", "{salutation} {lien}", "Il manque {qui_voit_mon_nom}"),
        ("subject", "Votre avis {lien}", "Le champ {lien} n'existe pas ici"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_lost(
    world: Sheets, desk: Client, field: str, value: str, fault: str
) -> None:
    answer = desk.post(address(world), typed(save="1", **{field: value}))
    page = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 422
    assert re.search(rf'id="id_{field}"[^>]*aria-invalid|aria-invalid[^>]*id="id_{field}"', page)
    assert f'id="id_{field}_error"' in page
    assert fault in page
    assert value in page
    assert "Le Préfet" in page
    assert not MailText.objects.exists()


def test_a_trial_goes_to_oneself_and_opens_nothing(world: Sheets, desk: Client) -> None:
    page = desk.post(address(world), typed(trial="1")).content.decode()
    send_all_due()
    assert "Un essai part à" in page
    assert [letter.to for letter in mail.outbox] == [[world.scene.alice.email]]
    assert mail.outbox[0].subject == "[Essai] Votre avis, Ville d'Exemple"
    assert "partenaires/invitation/…" in mail.outbox[0].body
    assert not MailText.objects.exists()
    assert not Invitation.objects.exists()


def test_only_what_is_not_saved_is_called_so(world: Sheets, desk: Client) -> None:
    assert "Ce texte n'est pas encore enregistré" in desk.post(address(world), typed(trial="1")).content.decode()
    desk.post(address(world), typed(save="1"))
    assert "Ce texte n'est pas encore enregistré" not in desk.post(address(world), typed(trial="1")).content.decode()


def test_an_organiser_that_begins_with_an_article_signs_with_a_capital(world: Sheets, desk: Client) -> None:
    Consultation.objects.update(authority="la communauté d'agglomération")
    body = sent(desk, world, contact=someone(world).code)
    assert body.rstrip().splitlines()[-1] == "La communauté d'agglomération"
    assert "=?utf-8?q?La_communaut" in mail.outbox[-1].from_email


def test_trials_are_counted(world: Sheets, desk: Client) -> None:
    answers = [desk.post(address(world), typed(trial="1")).status_code for _ in range(21)]
    assert (answers.count(200), answers[-1], OutgoingMail.objects.count()) == (20, 422, 20)


def test_a_text_is_escaped_where_it_is_previewed(world: Sheets, desk: Client) -> None:
    page = desk.post(address(world), typed(body=BODY + "<script>x</script>")).content.decode()
    assert "<script>x</script>" not in page
    assert page.count("&lt;script&gt;x&lt;/script&gt;") == 2


def test_one_comes_back_to_the_text_proposed(world: Sheets, desk: Client) -> None:
    desk.post(address(world), typed(save="1"))
    assert desk.post(address(world), {"forget": "1"}).status_code == 302
    assert not MailText.objects.exists()


def test_the_confirmation_counts_and_lists_who_has_no_address(world: Sheets, desk: Client) -> None:
    someone(world)
    someone(world, name="Sans Adresse", email="", phone="01 02 03 04 05")
    page = desk.post(address(world, "invitations/envoyer/inviter/"), {"tous": "on"}).content.decode()
    assert "1 courriel à envoyer." in page
    assert "Sans Adresse, CAF · 01 02 03 04 05" in page
    assert "Madame la Maire," in page
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_nobody_is_invited_once_the_review_is_over(world: Sheets, desk: Client) -> None:
    close_review(world)
    contact = someone(world)
    assert "étape des avis est fermée" in desk.post(
        address(world, "invitations/envoyer/inviter/"), {"tous": "on"}
    ).content.decode().replace("&#x27;", "'")  # fmt: skip
    assert sent(desk, world, contact=contact.code) == ""
    assert not Invitation.objects.exists()


def test_what_waits_at_the_closing_does_not_leave(world: Sheets, desk: Client) -> None:
    desk.post(address(world, "invitations/envoyer/inviter/"), {"confirmed": "1", "contact": someone(world).code})
    close_review(world)
    send_all_due()
    assert mail.outbox == []
    assert OutgoingMail.objects.get().state == "set_aside"


def test_a_text_of_another_purpose_is_none(world: Sheets, desk: Client) -> None:
    assert desk.get(address(world, "courriels/inconnu/")).status_code == 404
    assert desk.post(address(world, "invitations/envoyer/inconnu/")).status_code == 404
    assert INVITATION_TEXT in mail_kinds()


def test_a_partner_hands_no_invitation_on_by_mail_once_the_review_is_over(world: Sheets) -> None:
    giver = world.participant(world.caf)
    close_review(world)
    client = Client()
    session = client.session
    session["participant_key"] = world.key(giver)
    session.save()
    answer = client.post("/partenaires/transmettre/", {"email": "collegue@caf.example"})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_text_whose_fields_are_no_longer_known_is_not_sent(world: Sheets, desk: Client) -> None:
    """It may come from a backup of another version: the mail leaves with the text proposed, signed as it was."""
    desk.post(address(world), typed(save="1"))
    MailText.objects.update(body="{ancien}")
    body = sent(desk, world, contact=someone(world).code)
    assert body.startswith("Madame la Maire,\n\n")
    assert "{" not in body
    assert "La Maire\nLe Préfet\n" in body
